"""Indexes: the things of an edition by what they are looked up by."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from ..model.document import Document
from ..model.edition import Edition, derived
from ..model.entry import Entry
from ..model.front import PageFront, validate
from ..model.macro import meaning
from ..model.note import Note
from ..model.passage import Clause
from ..model.thread import Thread
from ..text.file import TextFile
from ..text.substitution import substituted

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


@derived
def files(edition: Edition) -> tuple[TextFile, ...]:
    """Return pages and notes files."""
    return (*edition.pages.values(), *edition.notes_files.values())


def file_at(edition: Edition, uri: str) -> TextFile:
    """Return the page or notes file of a path."""
    return edition.pages.get(uri) or edition.notes_files[uri]


@derived
def by_uri(edition: Edition) -> Mapping[str, Document]:
    """Return the documents by the path of their page."""
    return {document.file.uri: document for document in edition.documents.values()}


def document_of(edition: Edition, page_or_notes: TextFile) -> Document | None:
    """Return the document that a page is, or that a notes file is about."""
    return by_uri(edition).get(page_or_notes.uri) or edition.documents.get(page_or_notes.stem)


@derived
def discussions(edition: Edition) -> Mapping[str, tuple[Document, ...]]:
    """Return the documents that say that they are about a document, by its id."""
    documents = edition.documents.values()
    return grouped((id, one) for one in documents for id in dict.fromkeys(getattr(one.front, "about", ())))


Series = tuple[str, bool, str]
"""A series: the kind of its documents, whether they are examples, and its name."""


def series_of(document: Document) -> Series:
    """Return the series that a document belongs to."""
    return document.kind.name, document.is_example, document.series


@derived
def all_series(edition: Edition) -> Mapping[Series, tuple[Document, ...]]:
    """Return the documents of each series."""
    return grouped((series_of(document), document) for document in edition.documents.values())


@derived
def clause_ids(edition: Edition) -> Mapping[Series, Mapping[str, Document]]:
    """Return the ids of the clauses of each series, each with the first document that has it."""
    found: dict[Series, dict[str, Document]] = {}
    for key, documents in all_series(edition).items():
        for document in documents:
            for clause in document.clauses:
                found.setdefault(key, {}).setdefault(clause.id, document)
    return found


@derived
def beside(edition: Edition) -> Mapping[str, tuple[Document, ...]]:
    """Return each document with the one before it and the one after it in its series, by its id."""
    return {
        document.id: documents[max(0, at - 1) : at + 2]
        for documents in all_series(edition).values()
        for at, document in enumerate(documents)
    }


@derived
def published(edition: Edition) -> tuple[Document, ...]:
    """Return the documents that lists and searches show: all but invented examples."""
    return tuple(document for document in edition.documents.values() if not document.is_example)


@derived
def compared_documents(edition: Edition) -> tuple[Document, ...]:
    """Return the documents that threads run through and that are compared, in order of date."""
    return tuple(document for document in published(edition) if document.kind.is_compared)


def threads_of(edition: Edition, address: str) -> tuple[str, ...]:
    """Return the threads that follow the clause of an address, which they name by its id or by itself."""
    found = _threads_of(edition)
    return tuple(dict.fromkeys((*found.get(address.partition("#")[2], ()), *found.get(address, ()))))


@derived
def _threads_of(edition: Edition) -> Mapping[str, tuple[str, ...]]:
    return grouped((name, one.id) for one in edition.threads.values() for name in dict.fromkeys(one.front.clauses))


@derived
def former_addresses(edition: Edition) -> Mapping[str, TextFile]:
    """Return the pages by the addresses at which they stood before."""
    asked = [page for page in edition.pages.values() if "formerly" in page.front and "kind" not in page.front]
    fronts = [(validate(page, PageFront, kind="page")[0], page) for page in asked]
    found = ((former, page) for front, page in fronts if front for former in front.formerly)
    return {former: page for former, page in found if not page_at(edition, former)}


def page_at(edition: Edition, address: str) -> str:
    """Return the path of the page at an address below the site's root, `some-folder/`; empty if none stands there."""
    stem = address.rstrip("/")
    return next((uri for uri in (f"{stem}.md", f"{stem}/index.md") if uri in edition.pages), "")


@derived
def thread_pages(edition: Edition) -> Mapping[str, Thread]:
    """Return the threads by the path of their page."""
    return {thread.file.uri: thread for thread in edition.threads.values()}


@derived
def notes_on(edition: Edition) -> Mapping[str, tuple[Note, ...]]:
    """Return the notes on each document in order, by its id."""
    return grouped((note.document, note) for note in edition.notes.values())


@derived
def notes_in(edition: Edition) -> Mapping[str, tuple[Note, ...]]:
    """Return the notes of each notes file in order, by its path."""
    return grouped((note.file.uri, note) for note in edition.notes.values())


def note_around(edition: Edition, file: TextFile, offset: int) -> Note | None:
    """Return the note whose text, or an answer to it, holds an offset of a file."""
    return next((note for note in notes_in(edition).get(file.uri, ()) if note.holds(offset)), None)


@derived
def _note_aliases(edition: Edition) -> Mapping[str, Note]:
    """Return the notes that had another id before, by the address of that."""
    return {f"{note.document}#note-{alias}": note for note in edition.notes.values() for alias in note.aliases}


def note_at(edition: Edition, address: str) -> Note | None:
    """Return the note of an address, retired ids included."""
    return edition.notes.get(address) or _note_aliases(edition).get(address)


@derived
def changes(edition: Edition) -> tuple[Note, ...]:
    """Return all notes on changes."""
    return tuple(note for note in edition.notes.values() if note.kind == "change")


@derived
def changes_of(edition: Edition) -> Mapping[str, tuple[Note, ...]]:
    """Return the notes on changes that name each clause, by its address."""
    return grouped((address, note) for note in changes(edition) for address in dict.fromkeys(note.between))


def changes_between(edition: Edition, addresses: frozenset[str]) -> tuple[Note, ...]:
    """Return the notes on changes that lie between clauses of a set of addresses."""
    return tuple(note for note in _changes_of(edition, addresses) if frozenset(note.between) <= addresses)


def changes_at(edition: Edition, document: Document) -> tuple[Note, ...]:
    """Return the notes on changes that a document's clauses have a part in."""
    return _changes_of(edition, (clause.address for clause in document.clauses))


def _changes_of(edition: Edition, addresses: Iterable[str]) -> tuple[Note, ...]:
    """Return the notes on changes that name one of some clauses, in order."""
    known = changes_of(edition)
    found = {note.address: note for address in addresses for note in known.get(address, ())}
    return tuple(sorted(found.values(), key=lambda note: (note.file.uri, note.start)))


@derived
def successors(edition: Edition) -> Mapping[str, tuple[Clause, ...]]:
    """Return the clauses that come after another one under a new id, by its address."""
    clauses = [clause for document in edition.documents.values() for clause in document.clauses]
    return grouped((address, clause) for clause in clauses for address in clause.after)


def grouped(pairs: Iterable[tuple[_Key, _Value]]) -> Mapping[_Key, tuple[_Value, ...]]:
    """Return the values of each key, in order."""
    found: dict[_Key, list[_Value]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


def printed(edition: Edition, file: TextFile, start: int, end: int) -> str:
    """Return a part of a file as it is printed: each call replaced by the words that it prints."""
    return substituted(file, start, end, lambda call: meaning(edition.macros, call, "printed"))


@derived
def sources(edition: Edition) -> tuple[Entry, ...]:
    """Return the sources of the bibliography in the order in which they are listed."""
    return tuple(sorted(edition.entries.values(), key=lambda entry: entry.sort_key))
