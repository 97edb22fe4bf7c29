"""Blocks: what the importer reads a text into, and the few rules by which lines become paragraphs.

A block is a paragraph, a heading, an item of a list or a table.  Its text is what a reader sees, numbers and letters of
lists included; soft hyphens, hard spaces and what else typesetting adds and nobody sees is gone.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import ceil

from ...text.line import one_line

CELL = " | "
"""Stands between the cells of a table's row."""

_INVISIBLE = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u202f\u2007\t\u3000", " "),
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff\u200e\u200f"),
    }
)
_BULLETS = "•◦▪▫‣⁃●○■□·∙\uf0b7\uf0a7"
_BULLET = re.compile(rf"[{_BULLETS}]\s*")
_WIDE = re.compile(r"(?<=[\u3040-\u30ff\u3400-\u9fff。、]) (?=[\u3040-\u30ff\u3400-\u9fff])")
_PARTS = (
    (2, frozenset("part title annex appendix schedule titre annexe".split())),
    (3, frozenset("chapter section chapitre kapitel abschnitt capítulo".split())),
)
MARK = re.compile(
    r"(?:\((?:[a-z]{1,4}|[A-Z]|\d{1,3}|[IVXLC]{1,6})\)|\d{1,3}(?:\.\d{1,3}){0,8}[.)]|[a-zA-Z][.)]|[ivxlcIVXLC]{1,6}[.)]|[•–—])"
    r"(?=\s)"
)
"""What stands before an item: `(a)`, `1.`, `2.3.`, `b)`, `IV.`, a bullet or a dash."""
NAMED = re.compile(
    r"(?:article|section|chapter|part|title|annex|appendix|schedule|artikel|abschnitt|kapitel|titre|chapitre|annexe"
    r"|artículo|capítulo|статья|§)\s*+(?:[\dIVXLC]+[a-z]?\b|[A-Z]\b)|第[\d一二三四五六七八九十百]+[条條章節部]",
    re.IGNORECASE,
)
"""Begins a heading that names its part: `Article 12`, `Annex B`, `第三条`."""
_GOES_ON = re.compile(r" (?!bis\b|ter\b|quater\b)[^\W\d_A-ZÀ-Þ]|, ")
_ENDED = re.compile(r"[.!?:;。！？]['”’»\")\]]*(?:\[\d+\])?(?:(?<=[;,]) (?:and|or|et|ou|und|oder|y|o))?$")
_PIECE = 1_000  # characters, more than any rule on the end of a line looks at
_SHORT, _NARROW, _NARROWEST = 0.75, 60, 45  # of the widest line; characters
_MOST_SHOWN = 12  # words
_LONGEST_HEADING, _LONGEST_TITLE, _LONGEST_NAME = 120, 90, 250  # characters
_NUMBERED = re.compile(r"(?:\d{1,3}|[IVXLC]{1,6})[.):]\s+((?:[^\s.!?;:]+\s+){0,11}[^\s.!?;:]+\.?)")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_SMALL = frozenset("among between from into over that their this under upon with within without".split())
_LONGEST_LINE = 130  # characters of a line that was wrapped; a longer one is a paragraph


@dataclass(frozen=True)
class Block:
    """A part of a text; `level` is that of a heading (1 to 6) or 0, `rows` are the cells of a table.

    `doubt` says why it may be none of the document's words; `is_link` that it consists of links.
    """

    text: str
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    language: str = ""
    doubt: str = ""
    is_link: bool = False


@dataclass(frozen=True)
class Left:
    """Words that were left out: why, and the last words before them."""

    text: str
    why: str
    after: str = ""

    def __str__(self) -> str:
        """Say it in a line."""
        count = len(self.text.split())
        size = f", {count} words" if count > _MOST_SHOWN else ""
        place = f"after “… {self.after}”" if self.after else "at the head"
        return f"“{shortened(self.text)}” ({self.why}{size}), {place}"


class ExtractionError(Exception):
    """A text cannot be taken in; the message is one sentence for the contributor."""


@dataclass(frozen=True)
class Read:
    """What was read of a page, a PDF or a text file: title, blocks and what was left out, in their order.

    `notes` say what else a contributor should know, `doubts`, by a name for each, why it may not be what is wanted.
    `outside` are the words around the text, `everything` all that are there, if others than the parts have.
    """

    title: str
    parts: Sequence[Block | Left]
    notes: tuple[str, ...] = ()
    outside: str = ""
    everything: str = ""
    doubts: Mapping[str, str] = field(default_factory=dict)


def shortened(text: str) -> str:
    """Return a text by its first and last words, where it has many."""
    words = text.split()
    return " ".join(words if len(words) <= _MOST_SHOWN else [*words[:6], "…", *words[-4:]])


def left_out(parts: Sequence[Block | Left], at: int, why: str) -> Left:
    """Return a part as one that is left out, with the words before it."""
    before = next((part.text for part in reversed(parts[:at]) if isinstance(part, Block)), "")
    return Left(clean(parts[at].text), why, " ".join(before.split()[-4:]))


def clean(text: str) -> str:
    """Return a text on one line as a reader sees it."""
    return " ".join(one_line(text.translate(_INVISIBLE)).split())


def item(text: str) -> str:
    """Return the text of a block with its bullet, if it has one, in one shape."""
    found = _BULLET.match(text)
    return f"• {text[found.end() :]}" if found and len(text) > found.end() else text


def has_ended(line: str) -> bool:
    """Say whether a line ends as a sentence or a part of one does."""
    return bool(_ENDED.search(line))


def paragraphs(lines: Sequence[str], join: Callable[[str, str], str] | None = None) -> list[str]:
    """Join lines to paragraphs.

    An empty line ends one.  So does a line that ends a sentence and is short, or where lines are no wrapped text; one
    that is like a heading; and one before a number or letter of a list.
    """
    join = join or with_space
    widths = sorted(len(line) for line in lines if line)
    widest = widths[ceil(len(widths) * 0.95) - 1] if widths else 0
    inner = [line for line, after in pairwise(lines) if line and after]
    is_wrapped = sum(not has_ended(line) for line in inner) * 3 >= len(inner)
    found: list[list[str]] = []  # each paragraph in pieces: only the last is still joined to, or it would take long
    last = ""
    for line in lines:
        if line and last and not _parts(last, found[-1][-1], line, widest, is_wrapped=is_wrapped):
            joined = join(found[-1].pop(), line)
            found[-1] += [joined[:-_PIECE], joined[-_PIECE:]] if len(joined) > 2 * _PIECE else [joined]
        elif line:
            found.append([line])
        last = line
    return ["".join(pieces) for pieces in found]


def _parts(last: str, current: str, line: str, widest: int, *, is_wrapped: bool) -> bool:
    """Say whether a line begins a new paragraph."""
    is_short = len(last) < widest * _SHORT
    if has_ended(last):
        return is_short or not is_wrapped or len(last) > _LONGEST_LINE or bool(MARK.match(line) or NAMED.match(line))
    if line[0].islower() or line[0] in ",;.)":
        return False
    if widest < _NARROWEST or (NAMED.match(last) and len(last) < _NARROW):
        return True
    return is_short and (len(current) < _NARROW or bool(MARK.match(line) or NAMED.match(line)))


def title_of(blocks: Sequence[Block]) -> str:
    """Return the title that a text begins with: a heading, or a line that is no sentence; nothing if there is none."""
    able = [block for block in blocks[:3] if len(block.text) < _LONGEST_NAME and not NAMED.match(block.text)]
    ranked = sorted((block for block in able if block.level), key=lambda block: block.level)
    first = [block for block in able if block is blocks[0] and not has_ended(block.text) and not MARK.match(block.text)]
    return next((block.text for block in (*ranked, *first)), "")


def titled(parts: Sequence[Block | Left]) -> list[Block | Left]:
    """Make a heading of what stands below a heading that is a number alone: `Article 2`, then `The ferry`."""
    found = list(parts)
    blocks = [at for at, part in enumerate(found) if isinstance(part, Block)]
    for at, after in pairwise(blocks):
        number, title = found[at], found[after]
        if isinstance(number, Block) and isinstance(title, Block) and number.level and not title.level:
            is_title = len(title.text) < _LONGEST_TITLE and not has_ended(title.text) and not MARK.match(title.text)
            if NAMED.fullmatch(number.text.rstrip(" .:")) and is_title and not title.rows:
                found[after] = replace(title, level=number.level)
    return found


def with_space(one: str, other: str) -> str:
    """Join two lines: between wide signs there is no space."""
    return _WIDE.sub("", f"{one} {other}")


def level_of(text: str) -> int:
    """Return the level of a heading that nothing marks but its words: capitals, a number and a title, `Article 12`."""
    if len(text) > _LONGEST_HEADING:
        return 0
    if named := NAMED.match(text):
        rest = text[named.end() :]
        is_sentence = (text.endswith((".", ";", ",")) and len(text) > _NARROW) or _GOES_ON.match(rest)
        if is_sentence or re.search(r"[.!?;]\s+\S+\s+\S+\s", rest):
            return 0
        return next((level for level, names in _PARTS if text.split()[0].lower() in names), 4)
    letters = [sign for sign in text if sign.isalpha()]
    if len(letters) > 2 and all(sign.isupper() for sign in letters):
        return 3
    numbered = _NUMBERED.fullmatch(text)
    words = _LONG_WORD.findall(numbered[1]) if numbered else []
    return 4 if words and all(word[0].isupper() or word in _SMALL for word in words) else 0
