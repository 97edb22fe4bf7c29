"""Words: a text as the words and signs that proofs, collations and the search compare.

What is folded away is said once, here, and on both sides of every comparison: normal form C, and one table (ligatures,
the long s, full-width letters and Roman numerals are letters, invisible signs are nothing, hyphens, dashes and
quotation marks have one shape each).  Raised figures and fractions are not folded: 10² is not 102, and ½ is none of
eleven halves.

A token is a run of letters, marks and figures, with apostrophes and hyphens inside, `.` `,` `:` `/` between figures,
the stops of initials (`U.S.`), and an attached sign, currency, percent or raised figure.  Dashes part tokens, for they
are told from hyphens before either is folded; between two letters an en dash is a hyphen, as in compounds of names,
and between two figures a hyphen is a dash.  Scripts that are written without spaces are compared sign by sign.

In a proof, quotation marks at the edge of a word are dropped, and a comma or full stop beside one is optional
(American and British habits differ).  Nothing else is: case and every other sign count.

A search goes further, for readers write what their keyboards have: letters with strokes and ligatures are plain ones
(`letters`), and case and accents are nothing (`bare`).  The scripts do the same by the same table, which stands in
overrides/assets/search/letters.js (`make update` writes it).
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

EDITORIAL_START, EDITORIAL_END = "\ue000", "\ue001"
"""Enclose words that an editor put into a text (a variant's source, square brackets in an excerpt)."""

GAP = re.compile(r"\[?(?:\.[ \u00a0]?\.[ \u00a0]?\.|…)(?:[ \u00a0]?\.)?\]?|\[[^\]]{0,1000}+\]")
"""An ellipsis, or a bracketed insertion of the quoting writer: where the pieces of a quotation part."""

ELLIPSIS = re.compile(r"\[?(?:\.[ \u00a0]?\.[ \u00a0]?\.|…)\]?")
"""An ellipsis alone: where the passages of an excerpt part."""

UNSPACED = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f"
"""Scripts written without spaces, as a range of a regular expression: they are compared sign by sign."""

_INVISIBLE = "\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_HYPHENS, _DASHES = "-‐‑", "‒–—―⸺⸻"
_DOUBLE_MARKS, _SINGLE_MARKS = '"“”„‟«»〝〞「」『』', "'‘’‚‛‹›ʼ"
_CURRENCY = "$¢-¥฿\u20a0-\u20cf"

# Two letters as one, the long s, Roman numerals, and letters, figures, hyphen and slash of full and half width.
_OTHER_SHAPES = (
    "\u0132\u0133\u013f\u0140\u0149\u017f\u01c4-\u01cc\u01f1-\u01f3\u2160-\u217f\ufb00-\ufb4f"
    "\uff0d\uff0f-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uffdc"
)
_PLAIN = "æae œoe ƀb ȼc đd ðd ɇe ǥg ħh ɨi ıi ɉj łl ŋn øo ᵽp ɍr ßss ŧt þth ʉu ɏy ƶz"
_CAPITALS = " ".join(pair.upper() for pair in _PLAIN.split() if pair[0].upper().lower() == pair[0])

TABLE: Mapping[str, str] = {
    "UNSPACED": UNSPACED,
    "INVISIBLE": _INVISIBLE,
    "OTHER_SHAPES": _OTHER_SHAPES,
    "PLAIN": f"{_PLAIN} {_CAPITALS} ẞSS",
    "JOINTS": rf"\-{_HYPHENS[1:]}{_DASHES}/",
    "QUOTES": _DOUBLE_MARKS,
    "APOSTROPHES": _SINGLE_MARKS,
}
"""What a search goes by, and scripts with it: parts of regular expressions, and letters with what stands for each."""

_UNSEEN = re.compile(f"[{_INVISIBLE}]")
_PLAINER = {pair[0]: pair[1:] for pair in TABLE["PLAIN"].split()}
_NOT_PLAIN = re.compile(f"[{''.join(_PLAINER)}]")  # in long texts faster than `translate`
_RESHAPED = re.compile(f"[{_OTHER_SHAPES}]+")
_ALL_RESHAPED = re.compile(rf"[{_OTHER_SHAPES}\uff01-\uffee]+")  # wide stops and brackets too
_SHAPES = str.maketrans(
    {
        **dict.fromkeys(_HYPHENS + "−", "-"),
        **dict.fromkeys(_DASHES, "–"),
        **dict.fromkeys(_DOUBLE_MARKS, '"'),
        **dict.fromkeys(_SINGLE_MARKS, "'"),
        "…": "...",
    }
)
# A stem whose ending the quoting writer changed, a word whose beginning or whose first letter's case he changed.
_STEM, _REST, _EITHER_CASE = "\ue002", "\ue003", "\ue004"
_CHANGED = (
    (re.compile(r"(?<!\w)\[([^\W\d_])\](?=\w)"), rf"{_EITHER_CASE}\1"),
    (re.compile(r"(?<!\w)\[\w+\](?=\w)"), _REST),
    (re.compile(r"(?<=\w)\[['’]?\w+\](?!\w)"), _STEM),
)


class Word(NamedTuple):
    """One word or sign, folded; `start:end` is its place in the text it came from.

    `joined` says that no space stands before it there, as within `No.4`; `changed` what a quoting writer's brackets
    within the word leave open (its ending, its beginning, the case of its first letter), or nothing.
    """

    text: str
    optional: bool = False
    editorial: bool = False
    start: int = 0
    end: int = 0
    joined: bool = False
    changed: str = ""


def fold(text: str) -> str:
    """Return `text` with the differences that never count folded away; folding it again changes nothing."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _reshaped(_ALL_RESHAPED, text).translate(_SHAPES))


def letters(text: str) -> str:
    """Return `text` in the letters that a search knows; doing so again changes nothing."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFD", _reshaped(_RESHAPED, text))
    return unicodedata.normalize("NFC", _NOT_PLAIN.sub(lambda match: _PLAINER[match[0]], text))


def _reshaped(signs: re.Pattern[str], text: str) -> str:
    return signs.sub(lambda match: unicodedata.normalize("NFKC", match[0]), _UNSEEN.sub("", text))


def bare(text: str) -> str:
    """Return `text` in those letters without case and accents; the sound marks of kana are none."""
    text = unicodedata.normalize("NFD", letters(text))
    if found := marks(text):
        text = re.sub(rf"(?<![\u3040-\u30ff])[{found}]", "", text)
    return unicodedata.normalize("NFC", text.upper().lower().replace("ς", "σ"))


def fold_token(token: str) -> str:
    """Return a token folded; within it a dash stands for a hyphen, and by itself a hyphen for a dash."""
    folded = fold(token)
    if folded == "-":
        return "–"
    return folded if len(folded) < 2 else folded.replace("–", "-")


def tokens(text: str) -> Iterator[tuple[int, int]]:
    """Yield the place of each token of a text, in order; white space and invisible signs are in none or inside one."""
    if text.isascii() or not _UNSEEN.search(text):
        yield from (match.span() for match in _pattern(marks(text)).finditer(text))
        return
    seen = [at for at, sign in enumerate(text) if not _UNSEEN.match(sign)]
    shown = "".join(text[at] for at in seen)
    for match in _pattern(marks(shown)).finditer(shown):
        yield seen[match.start()], seen[match.end() - 1] + 1


def plain_tokens(text: str) -> list[str]:
    """Return the tokens of a text in ASCII, as they stand there: `words` of it are these, but for quotation marks."""
    return _pattern("").findall(text)


def marks(text: str) -> str:
    """Return the combining marks that a text has: `re` does not count them as parts of words, as Unicode does."""
    if text.isascii():
        return ""
    return "".join(sorted(sign for sign in set(text) if sign > "\u02ff" and unicodedata.category(sign)[0] == "M"))


@lru_cache(64)  # one or two for each language
def _pattern(marks: str) -> re.Pattern[str]:
    mark = f"[{marks}]" if marks else "(?!)"
    sign = rf"[^\W{UNSPACED}]|{mark}"
    run = rf"(?:{sign})++(?:(?<=\d)[.,:/](?=\d)(?:{sign})++)*+"
    unit = rf"(?:(?<!\w)(?:[^\W\d_{UNSPACED}]\.){{2,}}+(?:{sign})*+|{run})"
    return re.compile(
        rf"[{UNSPACED}](?:{mark}|[ﾞﾟ])*+"
        rf"|(?:(?<![\w.,:;!?…%)\]}}’”])[-+±−](?=[{_CURRENCY}]?\d))?(?:[{_CURRENCY}](?=\d))?"
        rf"{unit}(?:(?:(?!(?<=\d).\d)[{_HYPHENS}]|(?<!\d)[‒–](?!\d)|['’ʼ]|[{_CURRENCY}](?=\d)){unit})*+"
        rf"(?:(?<=\d)[{_CURRENCY}%‰°])?"
        r"|\.\.\.|[^\w\s]"
    )


def words(text: str) -> tuple[Word, ...]:
    """Return the words and signs of plain text, in order."""
    found: list[Word] = []
    editorial = beside_mark = False
    joined, at, changed = True, 0, ""
    for start, end in tokens(text):
        sign = fold_token(text[start:end])
        joined, at = joined and (start == at or not any(map(str.isspace, text[at:start]))), end
        if sign in (EDITORIAL_START, EDITORIAL_END):
            editorial = sign == EDITORIAL_START
        elif sign in (_REST, _EITHER_CASE):
            changed = sign
        elif sign == _STEM:
            found[-1] = found[-1]._replace(changed=sign)
        elif sign in "\"'":
            if found and found[-1].text in ",.":
                found[-1] = found[-1]._replace(optional=True)
            beside_mark = True
        else:
            found.append(Word(sign, beside_mark and sign in ",.", editorial, start, end, joined, changed))
            beside_mark, joined, changed = False, True, ""
    return tuple(found)


def pieces(quotation: str, *, with_brackets: bool = False) -> tuple[tuple[Word, ...], ...]:
    """Split a quotation at ellipses and bracketed insertions into the pieces that must stand in order.

    Brackets within a word say what the quoting writer changed in it: `[t]he` stands for *The* or *the*, `recogniz[ed]`
    for the word with another ending, `[re]consider` for one with another beginning.  `with_brackets` takes them for the
    quoted text's own.
    """
    for pattern, sign in () if with_brackets else _CHANGED:
        quotation = pattern.sub(sign, quotation)
    return tuple(
        (*piece[:-1], piece[-1]._replace(optional=True)) if piece[-1].text in (",", ".") and len(piece) > 1 else piece
        for part in (ELLIPSIS if with_brackets else GAP).split(quotation)
        if (piece := words(part))
    )


def find(
    piece: Sequence[Word], passage: Sequence[Word], start: int = 0, *, with_editorial: bool = False
) -> tuple[int, int] | None:
    """Return where `piece` first stands in `passage` at or after `start`, as a range of words, or nothing.

    The case of the piece's first letter is free; with `with_editorial`, editors' words match only editors' words.
    """
    for begin in range(start, len(passage)):
        end = _match(piece, passage, begin, with_editorial)
        if end is not None:
            return begin, end
    return None


def _match(piece: Sequence[Word], passage: Sequence[Word], begin: int, with_editorial: bool) -> int | None:  # noqa: FBT001
    at, is_first = begin, True
    for word in piece:
        while True:
            if at < len(passage) and _same(word, passage[at], is_first, with_editorial):
                at += 1
                break
            if word.optional:
                break
            if begin < at < len(passage) and passage[at].optional:
                at += 1
                continue
            return None
        is_first = False
    return at


def _same(one: Word, other: Word, is_first: bool, with_editorial: bool) -> bool:  # noqa: FBT001
    if with_editorial and one.editorial != other.editorial:
        return False
    if one.text == other.text:
        return True
    if one.changed in (_STEM, _REST):
        is_stem = one.changed == _STEM
        rest = other.text.removeprefix(one.text) if is_stem else other.text.removesuffix(one.text)
        is_part = other.text.startswith(one.text) if is_stem else other.text.endswith(one.text)
        return is_part and len(rest) <= len(one.text) and not any(map(str.isdigit, rest))
    is_free = is_first or one.changed == _EITHER_CASE
    return is_free and one.text[1:] == other.text[1:] and one.text[0].lower() == other.text[0].lower()


def enumerated(names: Sequence[str]) -> str:
    """Return names as a sentence has them: `one, another and a third`."""
    return ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else "".join(names)


class Spaced(Protocol):
    """A word or sign that knows whether a space stands before it."""

    @property
    def text(self) -> str:
        """What it is."""

    @property
    def joined(self) -> bool:
        """Whether no space stands before it."""


def spell(some: Sequence[Spaced]) -> str:
    """Return words as readable text again, spaced as where they came from, so that a search there finds them."""
    return "".join(word.text if word.joined else f" {word.text}" for word in some).strip()


def lead(some: Sequence[Spaced]) -> str:
    """Return the space before some words, if one stands there."""
    return " " if some and not some[0].joined else ""


def difference(dropped: Sequence[Spaced], added: Sequence[Spaced], most: int | None = None) -> str:
    """Return what was dropped and what was added as a word diff shows it, each by its first words where it has more."""
    sides = (("[-{}-]", dropped), ("{{+{}+}}", added))
    return " ".join(form.format(spell(run[:most]) + " …" * (len(run[:most]) < len(run))) for form, run in sides if run)
