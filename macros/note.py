"""Notes: an editor's annotations, written apart from the text and published where they are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from macros.document import ID
from macros.macro import Context, Footnote, Fragment, Text, macro
from macros.markup import plain, sections
from macros.problem import Problem
from macros.source import Source

KINDS: Mapping[str, str] = {
    "source": "Source",
    "context": "Context",
    "correction": "Correction",
    "textual": "Text",
    "later": "Later",
    "change": "Change",
}
"""The kinds of note, with the word that a reader sees."""


@dataclass(frozen=True)
class Note:
    """One note; `start:end` is its text in the source's body, `between` the clauses a note on a change lies between."""

    document: str
    id: str
    kind: str
    title: str
    source: Source
    heading_start: int
    start: int
    end: int
    between: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """`document#note-id`."""
        return f"{self.document}#note-{self.id}"

    @property
    def text(self) -> Text:
        """The note's text, to be rendered where the note is published."""
        return Text(self.source, self.start, self.end, self)

    @property
    def place(self) -> str:
        """The file and line that the note begins at."""
        return self.source.place(self.heading_start)

    @property
    def words(self) -> str:
        """The note's text as plain words, without its calls."""
        return plain(self.source.masked_of_calls[self.start : self.end])


def read_notes(document: str, source: Source) -> tuple[tuple[Note, ...], tuple[Problem, ...]]:
    """Return the notes of a notes file: each a second-level heading with an id and a kind, then its text."""
    notes: dict[str, Note] = {}
    problems: list[Problem] = []
    for heading, end in sections(source.masked, deepest=2):

        def problem(rule: str, message: str, start: int = heading.start) -> None:
            problems.append(Problem(source.position(start), rule, message))

        attributes = heading.attributes
        kinds = [name for name in attributes.classes if name in KINDS]
        if not attributes.id or len(kinds) != 1 or len(attributes.classes) != 1:
            form = f"`## {heading.text} {{ #some-id .context }}`"
            problem(
                "note-is-well-formed",
                f"a note's heading has an id and one kind ({', '.join(KINDS)}): write {form}",
            )
        elif not ID.fullmatch(attributes.id) or attributes.id in notes:
            continue  # the check of ids reports it
        elif not source.body[heading.end : end].strip():
            problem("note-is-well-formed", f"the note '{attributes.id}' has no text: write it below its heading")
        elif (kinds[0] == "change") != bool(attributes.pairs.get("between")):
            problem(
                "note-is-well-formed",
                'a note of the kind change, and no other, names the clauses it lies between: between="a#x b#x"',
            )
        else:
            between = tuple(attributes.pairs.get("between", "").split())
            notes[attributes.id] = Note(
                document, attributes.id, kinds[0], plain(heading.text), source,
                heading.start, heading.end, end, between,
            )  # fmt: skip
    return tuple(notes.values()), tuple(problems)


@macro(body=None)
def note(context: Context, id: str) -> Footnote:
    """Publish a note as a footnote, and mark the words it is about.

    `id` is the id of a note on this page's document, or the whole address of another document's note.  Around
    words, the call marks them as what the note is about; the footnote's number follows them.
    """
    found = context.edition.note(id, context)
    mark = Fragment("note_mark.html", lambda: {"kind": found.kind}, is_inline=True) if context.call.close else None
    head = Fragment("note_head.html", lambda: {"kind": KINDS[found.kind], "note": found}, is_inline=True)
    return Footnote(f"note-{found.id}", found.text, head, mark)
