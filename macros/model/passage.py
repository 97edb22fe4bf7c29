"""Passages: the parts of a document that can be cited.

A commentary's passages are its paragraphs, `p1`, `p2`, …; a declaration's are its clauses, the sections under a
heading with an id.  In a clause a blockquote is the document's own words and every other paragraph is ours.
An address names a document or a passage: `document` or `document#passage`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..text.file import TextFile
from ..text.markup import BLOCK_TAGS, Block, Heading, blocks, plain, slug, unmasked, without_quotation_marks
from ..text.memo import remembered
from ..text.problem import Problem
from ..text.stretch import lines_of
from ..text.words import EDITORIAL_END, EDITORIAL_START, ELLIPSIS, Word, fold, words

NAMED = "named"
"""What `record=` says of a clause of which only that it is named is known."""
UNPLACED = "unplaced-"
"""Begins the ids of clauses that hold imported text which nobody has placed yet."""

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""What an id may be."""

_OTHER = re.compile(
    r"#(?!.*(?<!\\)\\(?:\\\\)*$)| {0,3}(?:>|[-*+] |\d+\. |: |(?P<rule>[-*_])[ ]{0,2}(?:(?P=rule)[ ]{0,2}){2,}$"
    rf"|</?(?:{BLOCK_TAGS})\b|\[\^[^\]]+\]:"
    r"|\[[^\[\]]*\]:[ ]*\n?[ ]*\S+[ ]*(?:\n[ ]*)?(?:(?P<mark>[\"']).*(?P=mark)|\(.*\))?[ ]*$)|    ",
    re.IGNORECASE | re.MULTILINE,
)
_ROWS = re.compile(r"(?P<head>[^\n]*+)\n(?P<rule>[|: -]++)(?:\n|\Z)")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")
_QUOTED_LINE = re.compile(r" {0,3}>")
BRACKETED = re.compile(r"\[([^\]]{0,1000}+)\]")
"""Words that an editor put into a document's own."""


@dataclass(frozen=True)
class Passage:
    """The smallest citable part of a document; `start:end` is its place in the file's body."""

    document: str
    id: str
    name: str
    start: int
    end: int

    @cached_property
    def address(self) -> str:
        """`document#passage`."""
        return f"{self.document}#{self.id}"


@dataclass(frozen=True)
class Paragraph(Passage):
    """A numbered paragraph of a commentary."""


@dataclass(frozen=True)
class Clause(Passage):
    """A clause of a declaration: its own words, our summary, and the clauses it comes after.

    `own` holds the plain text of each quoted paragraph, `summary` that of each paragraph of ours, and `arc` says in
    a few words of ours what is new in the clause.  Of one that `is_named` only that is known.
    """

    own: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    own_start: int = 0
    summary_start: int = 0
    heading: Heading | None = None
    arc: str = ""
    is_named: bool = False

    @cached_property
    def passages(self) -> tuple[tuple[Word, ...], ...]:
        """The own words as runs without a gap, brackets taken as an editor's."""
        return tuple(
            run
            for text in self.own
            for part in ELLIPSIS.split(text)
            if (run := words(BRACKETED.sub(rf"{EDITORIAL_START}\1{EDITORIAL_END}", part)))
        )

    @cached_property
    def paragraphs(self) -> tuple[tuple[Word, ...], ...]:
        """The own words of a text held in full, whose ellipses and brackets are its own, but not marks of notes."""
        return tuple(run for text in self.own if (run := words(without_note_marks(text))))

    @cached_property
    def text(self) -> str:
        """The own words as one text."""
        return " ".join(self.own)


_NOTE_MARK = re.compile(r"(?<=[^\s\[])\[(?:\d{1,3}|[*†‡])\](?=[\s\[.,;:!?)”’»]|$)")
"""The mark of a note, which stands close behind a word."""


def without_note_marks(text: str) -> str:
    """Return a text of the same length, with spaces in the place of marks of notes, which are no words."""
    return _NOTE_MARK.sub(lambda mark: " " * len(mark[0]), text)


_LIKE_LATIN = str.maketrans(
    {**dict(zip("аеорсухіјѕһԁԛԝκμνορτυχ", "aeopcyxijshdqwkmvoptux", strict=True)), **dict.fromkeys("_–:/", "-")}
)
"""Cyrillic and Greek letters that look like Latin ones, and the signs that part words in ids of other systems."""


def as_id(text: str) -> str:
    """Return an id for words, or for what was meant to be one; `some-id` where no letter of it may stand in one."""
    return slug(fold(text).lower().translate(_LIKE_LATIN)).strip("-") or "some-id"


def split_address(address: str) -> tuple[str, str]:
    """Return document and passage of an address; the passage is empty where only a document is named."""
    document, _, passage = address.partition("#")
    return document, passage


def is_paragraph(block: str) -> bool:
    """Say whether a block is a paragraph of running text, as Python-Markdown reads it."""
    rows = _ROWS.match(block)
    is_ruled = rows is not None and "|" in rows["head"] and "-" in rows["rule"]
    columns = {row.strip().removeprefix("|").removesuffix("|").count("|") for row in rows.groups()} if rows else ()
    is_table = is_ruled and len(columns) == 1
    return not _OTHER.match(block) and not is_table


@remembered
def paragraphs(file: TextFile) -> tuple[Mapping[str, Passage], tuple[Problem, ...]]:
    """Return the numbered paragraphs of a commentary: the top-level ones not marked `.unnumbered`."""
    found: dict[str, Passage] = {}
    text = file.masked_of_calls
    for block in blocks(text):
        shown = unmasked(block.text, file.body[block.start : block.start + len(block.text)])
        # The tag of a call that opens a paragraph is blanked: its spaces are no indented code.
        shown = shown.lstrip() if file.masked[block.start] == "{" else shown
        if not is_paragraph(shown) or "unnumbered" in block.attributes.classes:
            continue
        if block.text.strip(" \n\0"):  # a call alone is blank here
            number = len(found) + 1
            found[f"p{number}"] = Paragraph(file.stem, f"p{number}", f"paragraph {number}", block.start, block.end)
    return found, ()


@remembered
def clauses(file: TextFile) -> tuple[Mapping[str, Passage], tuple[Problem, ...]]:
    """Return the clauses of a declaration, with the problems of their headings and blocks."""
    found: dict[str, Passage] = {}
    problems: list[Problem] = []
    for heading, end in file.sections():
        id = heading.attributes.id
        if not id:
            words = heading.attributes.strays  # `{ some-id }`: the sign is forgotten
            meant = as_id(words[0] if len(words) == 1 else heading.name)
            form = f"{'#' * heading.level} {heading.text} {{ #{meant} }}"
            message = f"the clause '{heading.text}' has no id: write `{form}`"
            problems.append(Problem(file.position(heading.start), "clause-has-id", message, hides=f"{file.stem}#"))
            continue
        if id in found:
            continue  # the check of ids reports it
        clause, more = _clause(file, heading, end)
        found[id] = clause
        problems += more
    return found, tuple(problems)


def own_blocks(file: TextFile, start: int, end: int) -> Iterator[Block]:
    """Yield the blocks between two offsets that are the document's own words."""
    return (block for block in blocks(file.masked_of_calls, start, end) if _QUOTED_LINE.match(block.text))


def _clause(file: TextFile, heading: Heading, end: int) -> tuple[Clause, list[Problem]]:
    own: list[str] = []
    summary: list[str] = []
    problems: list[Problem] = []
    own_start = summary_start = 0
    for block in blocks(file.masked_of_calls, heading.end, end):
        if not block.text.strip():
            continue
        if not _QUOTED_LINE.match(block.text):
            summary_start = summary_start or block.start
            summary.append(file.words(block.start, block.start + len(block.text)))
            continue
        own_start = own_start or block.start
        for at, line in lines_of(block.text, block.start):
            if not _QUOTED_LINE.match(line):
                message = (
                    "this line would become part of the document's own words above it: put a blank line between them"
                )
                problems.append(Problem(file.position(at), "own-words-stand-apart", message))
                break
        own += [plain(text) for text in _PARAGRAPHS.split(without_quotation_marks(block.text)) if text.strip()]
    pairs = heading.attributes.pairs
    arc = " ".join(pairs.get("arc", "").split())
    return (
        Clause(
            file.stem, heading.attributes.id, heading.name, heading.start, end,
            tuple(own), tuple(text for text in summary if text),
            tuple(pairs.get("after", "").split()), tuple(pairs.get("aliases", "").split()),
            own_start, summary_start, heading, arc, pairs.get("record") == NAMED,
        ),
        problems,
    )  # fmt: skip
