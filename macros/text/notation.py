r"""Notations: a text as received, read as the signs that its reader saw and the marks of how they were set.

No renderer reads a received text: each sign of it is the author's.  Where it is `plain`, that is all there is.  Where
it is `marked`, whoever saved it wrote `# ` before headings, `*…*` around what is emphasized, `[words](address)` for
links and `<https://…>` for bare ones, `> ` before the lines of a quotation, `[^1]` for footnotes, a table with a row
of hyphens below its first, and a rule as a line of `***`.  Nothing else is a mark there, and these only where they
are written tightly: `2*3*4`, `#27 of a series` and `> 5 percent` hold signs.

What a page shows is read into the same tokens, by `page/shown.py`; what can be told without rendering it, here.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .stretch import lines_of, replaced

JOINED, SPACE, LINE, ITEM, PARAGRAPH = range(5)
"""What stands before a token: nothing, a space, a new line, a new item of a list or row of a table, a new paragraph."""

SIGN, MARK, BULLET = "", "mark", "bullet"
"""Kinds of tokens: what a reader sees, how it is set, and the bullet of a list of two items or more."""

BULLETS = frozenset("•*-–·◦‣⁃▪▫■□●○\uf0b7")
"""What a received text may have where a list of the page has bullets."""

_SHELTER = 0xF0000  # a private plane of Unicode, where escaped signs wait while the others are read
_SHELTERED = {_SHELTER + code: code for code in range(128)}
_SIGN = re.compile(r"[^\W_]+|[^\w\s]|_")
_BLANK = re.compile(r"\n(?:[ \t]*\n)+")
_TARGET = r"(?:[^()\s<>\\&\U000f0000-\U000f007f]++|&(?![#\w]{1,32};))*+"
_LINK = re.compile(
    r"(?P<image>!?)\[(?P<words>(?:[^\[\]]++|\[[^\[\]]*+\])++)\]"
    rf"\((?P<target>{_TARGET}(?:\({_TARGET}\){_TARGET})*+)(?:[ ]++\"[^\"\n]*+\")?\)"
    r"(?P<list>\{:?[ .#\w][^{}\n]*+\})?"
)
_BARE_LINK = re.compile(r"<(?P<target>[A-Za-z][A-Za-z0-9+.-]*+://[^<>\s]*+|[^<>\s!/?@]++@[^@<>\s]++)>")
# Within a word a star is a mark only between two letters and two more: `2*3*4` and `x*y*z` hold signs.
_EMPHASIS = re.compile(  # it begins with a star, by which its places are found fast
    r"(?P<stars>\*(?<![*\d]\*)(?:(?<!\w\*)|(?<=[^\W\d_]{2}\*))\*{0,2}+)(?=[^\s*])"
    r"(?P<words>(?:[^*]|(?<![\w*])(?P<inner>\*{1,2}+)(?=[^\s*])[^*]+(?<=[^\s*])(?P=inner)(?![\w*]))+?)"
    r"(?<=[^\s*])(?P=stars)(?![*\d])(?:(?!\w)|(?=[^\W\d_]{2}))"
)
_SET_PLAINLY = re.compile(r"(?P<stars>\*(?<![\w*]\*)\*?)(?=[^\s*])(?P<words>[^*]*)(?<=[^\s*])(?P=stars)(?![\w*])")
"""Emphasis that holds none, and parts no word."""
_STARS = re.compile(r"\*{1,2}")
_HEADING = re.compile(r"#{1,6}[ ]+(?=\S)")
_HEADING_LINE = re.compile(r"^(#{1,6}[ ]+\S.*)$", re.MULTILINE)
_RULE = re.compile(r"[ ]{0,3}([-_*])[ ]{0,2}(?:\1[ ]{0,2}){2,}")
_OF_SEPARATORS = frozenset(" |:-")
_BAR = re.compile(r"\|")
_QUOTED = re.compile(r"[ ]{0,3}>(?![ ]?[\d$€£¥<>=+−-])[ ]?")
_DEFINED = re.compile(r"\[\^(?P<label>[^\]\s]+)\]:[ ]*")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_OPENING, _CLOSING = "\x0e", "\x0f"  # stand in a link's place while emphasis is looked for

_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()>#+\-.!])")
_SAYING = re.compile(r"\b(?:title|dir|aria-\w+)[ ]*=", re.IGNORECASE)  # in a list of attributes, told where it is shown
_ATTRIBUTES = re.compile(r"\{:?(?:[ ]*+(?:[.#][\w-]++|[\w-]++=\"[^\"\n{}]*+\"))++[ ]*+\}[ ]*+")
_OF_UNSURE = re.compile(r"[`{|*\x02!_<&\[\]]")
"""Finds, fast, a sign without which the next one finds nothing."""
_UNSURE = re.compile(r"[`{|*\x02]|!\[|(?<!\w)_|_(?!\w)|<(?=[a-zA-Z/!?])|&[\w#]+;|\[\^|\[TOC\]|\](?=\s?[\[(:])")
_UNSURE_LINE = re.compile(r"\n(?:(?<=[ ]{2}\n)|[ ]|#|>|:[ ]|[-+][ ]|\d+\.[ ]|[-=]+[ ]*\n|~~~|!!!|\?\?\?)")
"""Finds how a line begins that is or may be no text, or that the one above it ends in a break."""


def _reference(labels: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(\[\^(?:{'|'.join(map(re.escape, labels))})\])")


def _received(label: str) -> re.Pattern[str]:
    """Return what refers to a footnote in a plain text, or begins it at the head of a line."""
    raised = "[⁰¹²³⁴⁵⁶⁷⁸⁹]"
    figures = rf"|(?<!{raised}){label.translate(_RAISED)}(?!{raised})" if label.isdecimal() else ""
    return re.compile(rf"(?P<head>^)?(?:\[\^?{re.escape(label)}\]{figures})(?P<colon>:?(?=[ \t]))?", re.MULTILINE)


class Token(NamedTuple):
    """A word or sign that a reader sees, or a mark of how others are set, and what stands before it."""

    text: str
    gap: int = SPACE
    kind: str = SIGN

    @property
    def joined(self) -> bool:
        """Whether nothing stands before it."""
        return self.gap == JOINED

    @property
    def key(self) -> tuple[str, bool]:
        """What it is, wherever it stands."""
        return self.text, self.kind == MARK


class Tokens:
    """Collects the tokens of a text; `labels` are those of its footnotes.

    Of a plain text it is not known how it was set: then headings are not told from paragraphs.
    """

    def __init__(self, labels: Iterable[str] = (), *, is_marked: bool = True) -> None:
        self.is_marked = is_marked
        self.found: list[Token] = []
        self.pending = JOINED
        self._reference = _reference(labels) if labels else None

    def gap(self, gap: int) -> None:
        """Part what comes next from what was there, by this at least."""
        self.pending = max(self.pending, gap)

    def put(self, *texts: str, kind: str = MARK) -> None:
        """Take in tokens as they are."""
        for text in texts:
            self.found.append(Token(text, self.pending, kind))
            self.pending = JOINED

    def signs(self, text: str) -> None:
        """Take in the words and signs of a text in which nothing is a mark but a reference to a footnote."""
        for number, part in enumerate(self._reference.split(text) if self._reference else (text,)):
            if number % 2:
                self.put(part)
                continue
            end = 0
            for match in _SIGN.finditer(part):
                self._space(part[end : match.start()])
                self.put(match[0].translate(_SHELTERED) if match[0] > "\uffff" else match[0], kind=SIGN)
                end = match.end()
            self._space(part[end:])

    def _space(self, text: str) -> None:
        if text:
            self.gap(LINE if "\n" in text else SPACE)

    def inline(self, text: str) -> None:
        """Take in words, signs and marks of a paragraph."""
        end = 0
        for mark in marks(text):
            self.signs(text[end : mark.start])
            self.put(*mark.shown)
            end = mark.end
        self.signs(text[end:])

    def block(self, text: str) -> None:
        """Take in a block of marked text that is no quotation."""
        lines = text.split("\n")
        if len(lines) == 1 and _RULE.fullmatch(text):
            self.put("---")
        elif _is_table(lines):
            for row in (lines[0], *lines[2:]):
                self.gap(LINE)
                for number, cell in enumerate(_cells(row.rstrip(" |"), lines[0])):
                    self.put(*("|",) * (number > 0))
                    self.gap(SPACE)
                    self.inline(cell.strip())
        elif heading := _HEADING.match(text):
            self.put(*("#",) * self.is_marked)
            self.inline(text[heading.end() :])
        else:
            self.inline(text)

    def blocks(self, text: str) -> None:
        """Take in marked text, the first block without a gap of its own."""
        was_quoted = False
        for number, block in enumerate(_BLANK.split(spaced(text).strip("\n"))):
            self.gap(PARAGRAPH if number else JOINED)
            lines = block.split("\n")
            is_quoted = all(map(_QUOTED.match, lines))
            if is_quoted != was_quoted:
                self.put(">")
                self.gap(PARAGRAPH)
            was_quoted = is_quoted
            if is_quoted:
                self.blocks("\n".join(_QUOTED.sub("", line, count=1) for line in lines))
            else:
                self.block(block)
        if was_quoted:
            self.gap(PARAGRAPH)
            self.put(">")


def spaced(text: str) -> str:
    """Return a marked text with empty lines around headings, which may stand within a block."""
    return _HEADING_LINE.sub(r"\n\n\1\n\n", text) if "\n#" in text else text


def _is_table(lines: Sequence[str]) -> bool:
    """Say whether lines are a table: what is beyond the columns of its head would be lost, so that it is none."""
    if len(lines) < 2 or "|" not in lines[0] or not lines[0].strip(" |"):
        return False
    if "-" not in lines[1] or not _OF_SEPARATORS.issuperset(lines[1]):
        return False
    columns, *others = (len(_cells(line, lines[0])) for line in lines)
    is_one = columns == 1 and all(line.lstrip().startswith("|") for line in lines)
    return columns == others[0] and columns >= max(others) and (columns > 1 or is_one)


def _cells(row: str, first: str) -> list[str]:
    """Return the cells of a row; it has no border where the first has none."""
    row, first = row.strip(), first.strip()
    return row.removeprefix("|" * first.startswith("|")).removesuffix("|" * first.endswith("|")).split("|")


class Mark(NamedTuple):
    """What stands in a text for how it is set: its place, and what it is called."""

    start: int
    end: int
    shown: tuple[str, ...]


def marks(text: str) -> list[Mark]:
    """Return the marks of links and emphasis within a paragraph, in order."""
    links: list[Mark] = []
    for match in _LINK.finditer(text) if "](" in text else ():
        target = "#" if "editorial" in (match["list"] or "") else match["target"]
        links.append(Mark(match.start(), match.start("words"), ("!", "[") if match["image"] else ("[",)))
        links.append(Mark(match.end("words"), match.end(), (f"]({target})",)))
    for match in _BARE_LINK.finditer(text) if "<" in text else ():
        address = match["target"] if ":" in match["target"] else f"mailto:{match['target']}"
        links.append(Mark(match.start(), match.start() + 1, ("[",)))
        links.append(Mark(match.end() - 1, match.end(), (f"]({address})",)))
    if "*" not in text:
        return sorted(links)
    signs = list(text) if links else [text]
    for number, mark in enumerate(links):
        signs[mark.start : mark.end] = (_CLOSING if number % 2 else _OPENING) * (mark.end - mark.start)
    found = list(links)
    for match in _EMPHASIS.finditer("".join(signs)):
        (start, end), stars = match.span("words"), ("*",) * len(match["stars"])
        is_within_word = text[: match.start()][-1:].isalpha() or text[match.end() :][:1].isalpha()
        if (is_within_word and end - start < 2) or not _is_whole(start, end, links):
            continue
        found += [Mark(match.start(), start, stars), Mark(end, match.end(), stars)]
        for inner in _STARS.finditer(match["words"]):
            found.append(Mark(start + inner.start(), start + inner.end(), ("*",) * len(inner[0])))
    return sorted(found)


def unset(text: str, sign: str = "") -> str:
    """Return a text with a sign in the place of each mark of plain emphasis; a star that is left marks something else.

    This is emphasis that holds no other, and begins and ends with words.
    """
    pieces = _SET_PLAINLY.split(text)
    del pieces[1::3]  # the stars
    return sign.join(pieces)


def fixed(block: str) -> list[tuple[int, int]]:
    """Return the stretches of a block whose signs are no author's, in order: marks of all kinds, and bare addresses."""
    found: list[tuple[int, int]] = []
    lines = block.split("\n")
    quoted = [_QUOTED.match(line) for line in lines]
    is_table = _is_table(lines)
    for number, ((at, line), quotation) in enumerate(zip(lines_of(block), quoted, strict=True)):
        opening = quotation if all(quoted) else _HEADING.match(line)
        if is_table and number == 1:
            found.append((at, at + len(line)))
        elif is_table:
            found += [(at + match.start(), at + match.end()) for match in _BAR.finditer(line)]
        elif opening:
            found.append((at, at + opening.end()))
    found += [match.span() for match in _BARE_LINK.finditer(block)] if "<" in block else []
    inside = [(mark.start, mark.end) for mark in marks(block)]
    return sorted([*found, *(span for span in inside if not any(a <= span[0] < b for a, b in found))])


def _is_whole(start: int, end: int, links: Sequence[Mark]) -> bool:
    """Say whether a stretch holds each link whole or not at all; `links` are their beginnings and ends in turn."""
    return all(
        (start <= a.start and b.end <= end) or b.end <= start or end <= a.start or (a.end <= start and end <= b.start)
        for a, b in zip(links[::2], links[1::2], strict=True)
    )


def read(text: str, labels: Iterable[str], *, is_marked: bool) -> list[Token]:
    """Return the tokens of a received text, in which `labels` are those of the footnotes that its page has.

    Of a plain text the forms `[1]`, `[^1]` and `¹` refer to them.  The footnotes stand at the end, by their labels.
    """
    for label in () if is_marked else labels:
        text = _with_notes(text, label)
    text, notes = _without_notes(text, frozenset(labels), is_marked=is_marked) if labels else (text, {})
    tokens = Tokens(labels, is_marked=is_marked)
    for at, part in (("", text), *sorted(notes.items())):
        tokens.gap(PARAGRAPH)
        if at:
            tokens.put(f"[^{at}]:")
            tokens.gap(PARAGRAPH)
        if is_marked:
            tokens.blocks(part)
            continue
        for block in _BLANK.split(part.strip("\n")):
            tokens.signs(block)
            tokens.gap(PARAGRAPH)
    return tokens.found


def _with_notes(text: str, label: str) -> str:
    """Return a plain text with its marks of a footnote as a page has them."""

    def written(match: re.Match[str]) -> str:
        begins = match["head"] is not None and match["colon"] is not None
        return f"[^{label}]:" if begins else f"[^{label}]{match['colon'] or ''}"

    return _received(label).sub(written, text)


def _without_notes(text: str, labels: frozenset[str], *, is_marked: bool) -> tuple[str, dict[str, str]]:
    """Return a text without its footnotes, and these by their labels; marks set in what belongs to the one above."""
    notes: dict[str, str] = {}
    parts = list[str]()
    label = ""
    for block in _BLANK.split(text):
        label = label if is_marked and block.startswith("    ") else ""
        if label:
            notes[label] += "\n"
        for line in block.split("\n"):
            match = _DEFINED.match(line)
            if match and match["label"] in labels and match["label"] not in notes:
                label = match["label"]
                notes[label] = line[match.end() :]
            elif label:
                notes[label] += f"\n{line.strip()}"
            else:
                parts.append(line)
        parts.append("")
    return "\n".join(parts), notes


def known(block: str) -> str | None:
    """Return a block of a page as marked text, if it is sure without rendering it what Markdown reads in it."""
    text = _ESCAPE.sub(lambda match: chr(_SHELTER + ord(match[1])), block) if "\\" in block else block
    heading = _HEADING.match(text)
    if heading:
        words, brace, rest = text[heading.end() :].partition(" {")
        if "\n" in text or words.endswith("#") or "\\" in words or (brace and not _ATTRIBUTES.fullmatch("{" + rest)):
            return None
        bare = text = words
    elif text.endswith("}"):
        above, _, last = text.rpartition("\n")
        bare = text = above if above and _ATTRIBUTES.fullmatch(last) else text
    else:
        bare = text
    if text is not block and _SAYING.search(block, len(text)):
        return None
    if "*" in text or "](" in text:
        bare = unset(text, _CLOSING)
        if "*" in bare or "](" in text or "<" in text:
            bare = replaced(text, ((mark.start, mark.end, _CLOSING) for mark in marks(text)))
    if (_OF_UNSURE.search(bare) and _UNSURE.search(bare)) or _UNSURE_LINE.search(f"\n{bare}\n"):
        return None
    return f"# {text}" if heading else text


def literal(text: str) -> str:
    """Return known text in which nothing is a mark with its escaped signs as they are read."""
    return text.translate(_SHELTERED)
