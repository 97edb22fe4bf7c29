"""Notes: an editor's annotations, written apart from the text and published where they are called."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..text.file import TextFile
from ..text.markup import MASKED, Heading, blocks
from ..text.memo import remembered
from ..text.problem import Problem, alike, did_you_mean
from . import finding
from .date import Date
from .passage import ID, as_id

NOTE_KINDS: Mapping[str, str] = {
    "source": "Source",
    "context": "Context",
    "correction": "Correction",
    "textual": "Text",
    "later": "Later",
    "change": "Change",
}
"""The kinds of note, with the word that a reader sees."""
_KINDS = ", ".join(NOTE_KINDS)


REPLY = "reply"
"""The class of a heading below which the author of a text answers the note above, in words that are not edited."""


@dataclass(frozen=True)
class Reply:
    """An author's answer to a note: its title, who gave it, when, and where its text stands in the notes file."""

    title: str
    by: str
    date: Date
    start: int
    end: int


class Note(NamedTuple):
    """One note; `start:end` is its text in the file's body, `between` the clauses a note on a change lies between.

    `aliases` are ids that it had before, under which it is still found.  `verdict` and `since` are what it finds of the
    claim that it is about; they are empty where it is about none.  `change` is what one on a change finds; `also` are
    other names by which it is searched.
    """

    document: str
    id: str
    kind: str
    title: str
    file: TextFile
    heading_start: int
    start: int
    end: int
    between: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    verdict: str = ""
    since: str = ""
    change: str = ""
    replies: tuple[Reply, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """`document#note-id`."""
        return f"{self.document}#note-{self.id}"

    @property
    def anchors(self) -> tuple[str, ...]:
        """The ids that the note has in its page, retired ones included."""
        return tuple(f"note-{id}" for id in (self.id, *self.aliases))

    def holds(self, offset: int) -> bool:
        """Say whether an offset of the file lies in the note's text or in an answer to it."""
        parts = ((self.start, self.end), *((reply.start, reply.end) for reply in self.replies))
        return any(start <= offset < end for start, end in parts)

    @property
    def plain(self) -> dict[str, str | tuple[str, ...]]:
        """The note without its text as templates take it."""
        return {
            "id": self.id,
            "address": self.address,
            "kind": self.kind,
            "label": NOTE_KINDS[self.kind],
            "title": self.title,
            "place": self.place,
            "aliases": self.aliases,
            "verdict": self.verdict,
            "since": self.since,
        }

    @property
    def place(self) -> str:
        """The file and line that the note begins at."""
        return self.file.place(self.heading_start)

    @property
    def gist_span(self) -> tuple[int, int]:
        """Where its first line stands in the file's body, which says by itself what the note finds."""
        text = self.file.body[self.start : self.end]
        line = text.strip().partition("\n")[0]
        start = self.start + text.index(line)
        return start, start + len(line)

    @property
    def gist(self) -> str:
        """Its first line as plain words, without its citations."""
        return self.file.words(*self.gist_span)


@remembered
def read_notes(file: TextFile) -> tuple[tuple[Note, ...], tuple[Problem, ...]]:
    """Return the notes of a notes file: each a second-level heading with an id and a kind, then its text."""
    notes: dict[str, Note] = {}
    problems = [_at_wrong_level(file, heading) for heading in file.headings if heading.level != 2 and _kinds(heading)]
    problems += _above(file)
    last = ""  # the note that an answer is given to
    for heading, end in file.sections(deepest=2):
        attributes = heading.attributes
        kinds = _kinds(heading)

        def problem(message: str, heading: Heading = heading) -> None:
            hides = f"{file.stem}#note-{heading.attributes.id}"
            problems.append(Problem(file.position(heading.start), "note-is-well-formed", message, hides=hides))

        if REPLY in attributes.classes:
            reply = _reply(file, heading, end)
            if isinstance(reply, str):
                problem(reply)
            elif not last:
                problem("a reply stands below the note that it answers: put it there")
            elif last in notes and notes[last].kind == "change":
                problem("a reply answers a note on a text, and the one above is on a change: put it below another")
            elif last in notes:
                notes[last] = notes[last]._replace(replies=(*notes[last].replies, reply))
            continue
        last = attributes.id
        if attributes.strays or (attributes.id and not ID.fullmatch(attributes.id)) or attributes.id in notes:
            continue  # the check of headings reports it
        if not attributes.id or len(kinds) != 1 or len(attributes.classes) != 1:
            problem(_malformed(heading, kinds))
        elif not file.body[heading.end : end].strip():
            problem(f"the note '{attributes.id}' has no text: write it below its heading")
        elif (kinds[0] == "change") != bool(attributes.pairs.get("between")):
            problem('a note of the kind change, and no other, names the clauses it lies between: between="a#x b#x"')
        elif wrong := finding.fault(kinds[0], attributes.pairs):
            problem(wrong)
        else:
            between, aliases = (tuple(attributes.pairs.get(name, "").split()) for name in ("between", "aliases"))
            notes[attributes.id] = Note(
                file.stem, attributes.id, kinds[0], heading.name, file,
                heading.start, heading.end, end, between, aliases,
                attributes.pairs.get("verdict", ""), attributes.pairs.get("since", ""),
                attributes.pairs.get("change", ""), also=attributes.also,
            )  # fmt: skip
    return tuple(notes.values()), tuple(problems)


def _reply(file: TextFile, heading: Heading, end: int) -> Reply | str:
    """Return the reply below a heading, or what is wrong with it."""
    given = heading.attributes.pairs
    if not (given.get("by") and given.get("date")) or len(heading.attributes.classes) != 1:
        return f'a reply says who gave it and when: write `## {heading.name} {{ .reply by="…" date="2010-05-04" }}`'
    if not file.body[heading.end : end].strip():
        return "this reply has no text: write it below its heading"
    try:
        return Reply(heading.name, given["by"], Date.read(given["date"]), heading.end, end)
    except ValueError as error:
        return f"the date of this reply: {error}"


def _above(file: TextFile) -> Iterator[Problem]:
    """Find text above the first note, which is no note's and is published nowhere."""
    first = next((heading.start for heading, _ in file.sections(deepest=2)), len(file.body))
    for block in blocks(file.masked.replace(MASKED, " "), 0, first):
        text = block.text.split("\n")
        if lost := next((line for line in text if line.strip() and not line.startswith("# ")), ""):
            offset = block.start + block.text.index(lost)
            message = "what stands above the first note is published nowhere: write it below the heading of a note"
            yield Problem(file.position(offset), "note-is-well-formed", message, misses=f"{file.stem}#")
            return


def _kinds(heading: Heading) -> list[str]:
    return [name for name in heading.attributes.classes if name in NOTE_KINDS]


def _at_wrong_level(file: TextFile, heading: Heading) -> Problem:
    message = f"a note's heading begins with two hashes: write `## {heading.text} {heading.attributes}`"
    hides = f"{file.stem}#note-{heading.attributes.id}"
    return Problem(file.position(heading.start), "note-is-well-formed", message, hides=hides)


def _malformed(heading: Heading, kinds: Sequence[str]) -> str:
    """Say what is wrong with a note's heading, and how it is written."""
    attributes = heading.attributes
    unknown = [name for name in attributes.classes if name not in NOTE_KINDS]
    kind = kinds[0] if kinds else alike(unknown[0], NOTE_KINDS) if unknown else ""
    kind = kind or "context"
    form = f"`## {heading.text} {{ #{attributes.id or as_id(heading.name)} .{kind} }}`"
    if unknown:
        return f"there is no kind of note '{unknown[0]}'{did_you_mean(unknown[0], NOTE_KINDS)} ({_KINDS}): write {form}"
    return f"a note's heading has an id and one kind ({_KINDS}): write {form}"
