"""Claims: what an author says that a note has a verdict on, in the author's words."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..model.document import Document
from ..model.edition import Edition, derived, kept
from ..model.entry import GRADES, Entry
from ..model.note import Note
from ..text.markup import plain, slug
from .index import grouped, printed
from .uses import cited, published_note


@dataclass(frozen=True)
class Claim:
    """A claim of a document: its words there, and the note that has a verdict on it.

    `start:end` is the place of the words in the document's file.
    """

    document: Document
    words: str
    start: int
    end: int
    note: Note


@derived
def claims(edition: Edition) -> tuple[Claim, ...]:
    """Return the claims that published notes have verdicts on, in the order of the documents and their texts."""
    found: dict[str, Claim] = {}
    for id in edition.documents:
        for claim in _claims_in(edition, id):
            found.setdefault(claim.note.address, claim)
    return tuple(found.values())


@derived
def claims_of(edition: Edition) -> Mapping[str, tuple[Claim, ...]]:
    """Return the claims of each document, by its id."""
    return grouped((claim.document.id, claim) for claim in claims(edition))


@kept
def _claims_in(edition: Edition, id: str) -> tuple[Claim, ...]:
    """Return the claims of a document, be they another's before."""
    document = edition.documents[id]
    found: dict[str, Claim] = {}
    for call in document.file.calls if not document.is_example else ():
        note = published_note(edition, document.file, call)
        if note and note.verdict and note.address not in found:
            start, end = (
                (call.end, call.close[0]) if call.close else (document.file.line_around(call.start)[0], call.start)
            )
            words = " ".join(plain(printed(edition, document.file, start, end)).split())
            found[note.address] = Claim(document, words, start, end, note)
    return tuple(found.values())


def anchor(verdict: str) -> str:
    """Return the id under which the list of claims has those with a verdict."""
    return f"claims-{slug(verdict)}"


def best_source(edition: Edition, note: Note) -> Entry | None:
    """Return the source that a finding leans on: the first of the best grade that the gist cites, or else the note."""
    worth = {grade: number for number, grade in enumerate(GRADES)}
    for start, end in (note.gist_span, (note.start, note.end)):
        found = [edition.entries[key] for key in cited(edition, note.file, start, end) if key in edition.entries]
        if found:
            return min(found, key=lambda entry: worth.get(entry.grade, len(GRADES)))
    return None
