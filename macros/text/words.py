"""Wording: a text as the words and punctuation that quotations are compared by.

What is folded away is said once, here, and on both sides of every comparison: NFKC, soft hyphens, white space,
the shapes of dashes and quotation marks; quotation marks at the edge of a word are dropped, and a comma or full
stop beside one is optional (American and British habits differ).  Nothing else is: case and every other sign count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from .traced import Placed

EDITORIAL_START, EDITORIAL_END = "\ue000", "\ue001"
"""Enclose words that an editor put into a text (a variant's source, square brackets in an excerpt)."""

GAP = re.compile(r"\[?(?:\.[ \u00a0]?\.[ \u00a0]?\.|…)(?:[ \u00a0]?\.)?\]?|\[[^\]]*\]")
"""An ellipsis, or a bracketed insertion of the quoting writer: where the pieces of a quotation part."""

ELLIPSIS = re.compile(r"\[?(?:\.[ \u00a0]?\.[ \u00a0]?\.|…)\]?")
"""An ellipsis alone: where the passages of an excerpt part."""

_FOLDED = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("“”„‟«»〝〞", '"'),
        **dict.fromkeys("‘’‚‛ʼ", "'"),
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff"),
    }
)
_FOLDED_SIGN = re.compile(f"[{re.escape(''.join(map(chr, _FOLDED)))}]")
UNSPACED = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
"""Scripts written without spaces, as a range of a regular expression: they are compared sign by sign."""
_WORD = re.compile(
    rf"[{UNSPACED}]|[^\W{UNSPACED}]+(?:'[^\W{UNSPACED}]+)*|[^\w\s]",
)


class Word(NamedTuple):
    """One word or sign; `start:end` is its place in the folded text it came from.

    `joined` says that no space stands before it there, as within `U.S.` and `long-standing`.
    """

    text: str
    optional: bool = False
    editorial: bool = False
    start: int = 0
    end: int = 0
    joined: bool = False


def fold(text: str) -> str:
    """Return `text` with the differences that never count folded away."""
    return _normal(text.translate(_FOLDED)).translate(_FOLDED)


def fold_placed(text: Placed) -> Placed:
    """Return what `fold` makes of a text, each character with its place.

    Signs that normalisation makes one of, or sets in another order, share their place.
    """
    text = text.sub(_FOLDED_SIGN, lambda match: match[0].translate(_FOLDED))
    starts, group = [0], text.text[:1]
    for at, sign in enumerate(text.text[1:], start=1):
        is_mark = not sign.isascii() and unicodedata.combining(unicodedata.normalize("NFKD", sign)[0])
        if is_mark or _normal(group + sign) != _normal(group) + _normal(sign):
            group += sign
        else:
            starts.append(at)
            group = sign
    groups = [text[start:end] for start, end in pairwise([*starts, len(text.text)])] if text.text else []
    normal = Placed.joined(group.standing_for(_normal(group.text)) for group in groups)
    return normal.sub(_FOLDED_SIGN, lambda match: match[0].translate(_FOLDED))


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def words(text: str) -> tuple[Word, ...]:
    """Return the words and signs of plain text, in order."""
    found: list[Word] = []
    editorial = beside_mark = False
    joined, at = True, 0
    for match in _WORD.finditer(fold(text)):
        sign = match[0]
        start, end = match.span()
        joined, at = joined and start == at, end
        if sign in (EDITORIAL_START, EDITORIAL_END):
            editorial = sign == EDITORIAL_START
        elif sign in "\"'":
            if found and found[-1].text in ",.":
                found[-1] = found[-1]._replace(optional=True)
            beside_mark = True
        else:
            found.append(Word(sign, beside_mark and sign in ",.", editorial, start, end, joined))
            beside_mark, joined = False, True
    return tuple(found)


def pieces(quotation: str) -> tuple[tuple[Word, ...], ...]:
    """Split a quotation at ellipses and bracketed insertions into the pieces that must stand in order."""
    return tuple(
        (*piece[:-1], piece[-1]._replace(optional=True)) if piece[-1].text in (",", ".") and len(piece) > 1 else piece
        for part in GAP.split(quotation)
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
    return is_first and one.text[1:] == other.text[1:] and one.text[0].lower() == other.text[0].lower()


def spell(some: Sequence[Word]) -> str:
    """Return words as readable text again, spaced as where they came from, so that a search there finds them."""
    return "".join(word.text if word.joined or not at else f" {word.text}" for at, word in enumerate(some))
