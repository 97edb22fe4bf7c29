"""Uses: what the calls of an edition refer to, publish and list."""

from collections.abc import Iterator, Mapping

from ..model.edition import Edition, derived, kept
from ..model.macro import Relation, Role, argument, sources, targets
from ..model.note import Note
from ..text.call import Call
from ..text.file import TextFile
from .index import by_uri, changes_at, file_at, files, grouped, note_at
from .lookup import note_address

Uses = Mapping[str, tuple[tuple[TextFile, Call], ...]]
"""The calls that refer to something, each with the file it stands in, by address or key."""


@derived
def references(edition: Edition) -> Uses:
    """Return the calls that refer to each address or key, or rest on it."""
    return grouped(use for file in files(edition) for use in _references_in(edition, file.uri))


@kept
def _references_in(edition: Edition, uri: str) -> tuple[tuple[str, tuple[TextFile, Call]], ...]:
    file, macros = file_at(edition, uri), edition.macros
    return tuple(
        (target, (file, call)) for call in file.calls for target in (*targets(macros, call), *sources(macros, call))
    )


@derived
def printed_notes(edition: Edition) -> Mapping[str, tuple[Note, ...]]:
    """Return the notes that each page calls, in the order of first calls, by the page's path."""
    return {uri: notes for uri in edition.pages if (notes := _printed_on(edition, uri))}


@kept
def _printed_on(edition: Edition, uri: str) -> tuple[Note, ...]:
    page = edition.pages[uri]
    notes = {note.address: note for call in page.calls if (note := published_note(edition, page, call))}
    return tuple(notes.values())


def notes_of_page(edition: Edition, page: TextFile) -> tuple[Note, ...]:
    """Return the notes that stand on a page: those that it calls, and of a record those on changes of its clauses."""
    document = by_uri(edition).get(page.uri)
    return (*printed_notes(edition).get(page.uri, ()), *(changes_at(edition, document) if document else ()))


def published_note(edition: Edition, page: TextFile, call: Call) -> Note | None:
    """Return the note that a call on a page publishes, if it does and the note is there."""
    known = edition.macros.get(call.name)
    if not known or not known.publishes:
        return None
    return note_at(edition, note_address(edition, argument(edition.macros, call, known.publishes), page))


@derived
def note_pages(edition: Edition) -> Mapping[str, str]:
    """Return the page that publishes each note first, by the note's address: its document's, if that calls it."""
    found: dict[str, str] = {}
    for uri, notes in printed_notes(edition).items():
        document = by_uri(edition).get(uri)
        for note in notes:
            if note.address not in found or (document and document.id == note.document):
                found[note.address] = uri
    return found


def cited(edition: Edition, file: TextFile, start: int, end: int) -> Iterator[str]:
    """Yield what a stretch of a file cites: keys of sources, and addresses."""
    for call in file.calls:
        if start <= call.start < end and edition.macros[call.name].relation is Relation.CITED:
            yield from targets(edition.macros, call)


@derived
def _lists(edition: Edition) -> Mapping[tuple[Role, str], str]:
    """Return the paths of the pages that list something, by the role of the macro that they call and its argument."""
    found: dict[tuple[Role, str], str] = {}
    for page in edition.pages.values():
        for call in page.calls:
            if (known := edition.macros.get(call.name)) and known.role:
                found.setdefault((known.role, argument(edition.macros, call, "document")), page.uri)
    return found


def page_that(edition: Edition, role: Role, document: str = "") -> str:
    """Return the path of the first page that calls a macro which lists something; empty if none does."""
    return _lists(edition).get((role, document), "")
