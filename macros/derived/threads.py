"""Threads through time: the clauses of a thread in each declaration, each set against the one before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..model.document import Document
from ..model.edition import Edition
from ..model.note import Note
from ..model.passage import Clause
from ..model.thread import Thread
from ..text.file import TextFile
from ..text.problem import RefusalError, did_you_mean
from .comparison import Cell, cell_of, said, with_shared
from .index import Series, changes_of, compared_documents, grouped, series_of


@dataclass(frozen=True)
class Step:
    """One clause of a thread in one declaration, with how it differs from the step before it of the same kind.

    `document` names its document where the thread runs through several series.  `notes` are those on changes of which
    this is the last clause that the thread holds; `is_taken_in` says that the clause is one of another subject.
    """

    cell: Cell
    sentence: str
    notes: tuple[Note, ...]
    document: str = ""
    is_taken_in: bool = False


def find(edition: Edition, id: str) -> Thread:
    """Return a thread; raises `RefusalError` where there is none."""
    if id not in edition.threads:
        hint = did_you_mean(id, edition.threads)
        raise RefusalError("thread-resolves", f"there is no thread '{id}'{hint}", misses=id)
    return edition.threads[id]


def clauses_of(found: Thread, document: Document) -> tuple[Clause, ...]:
    """Return a document's clauses of a thread, in the thread's order, which names them by id or by address."""
    named = {name: clause for clause in document.clauses for name in (clause.id, clause.address)}
    return tuple({named[name].id: named[name] for name in found.front.clauses if name in named}.values())


def is_taken_in(found: Thread, clause: Clause) -> bool:
    """Say whether a thread takes in a clause by its address alone: it is of another subject, or another series."""
    return clause.id not in found.front.clauses


def followed(edition: Edition, found: Thread) -> tuple[Document, ...]:
    """Return the declarations of the series that a thread runs through, in order of date."""
    there = {series_of(document) for document in compared_documents(edition) if clauses_of(found, document)}
    return tuple(document for document in compared_documents(edition) if series_of(document) in there)


def steps(edition: Edition, found: Thread, page: TextFile) -> tuple[Step, ...]:
    """Return a thread's steps in order of date, each set against the one before it of its clause in its series."""
    documents = followed(edition, found)
    has_several = len({series_of(document) for document in documents}) > 1
    clauses = [(document, clause) for document in documents for clause in clauses_of(found, document)]
    notes = _notes(edition, [clause.address for _, clause in clauses])
    last: dict[tuple[Series | None, str], Cell] = {}
    made: list[Step] = []
    for document, clause in clauses:
        series = None if found.front.across_series else series_of(document)
        addresses = {each.address: cell for cell in last.values() for each, _ in cell.clauses}
        tied = (*clause.after, *(a for note in changes_of(edition).get(clause.address, ()) for a in note.between))
        before = last.get((series, clause.id)) or next((addresses[a] for a in tied if a in addresses), None)
        here = cell_of(edition, document, (clause,), before, page, sought=clause)
        last[series, clause.id] = here
        marked = with_shared(here, [before]) if before else here
        sentence = " ".join(filter(None, said([before, marked]))) if before else ""
        title = document.title if has_several else ""
        made.append(Step(marked, sentence, notes.get(clause.address, ()), title, is_taken_in(found, clause)))
    return tuple(made)


def _notes(edition: Edition, addresses: Sequence[str]) -> Mapping[str, tuple[Note, ...]]:
    """Return the notes on changes of clauses in order, each at the last clause that it lies between."""
    order = {address: at for at, address in enumerate(addresses)}
    found = {note.address: note for address in addresses for note in changes_of(edition).get(address, ())}
    return grouped((max((a for a in one.between if a in order), key=order.__getitem__), one) for one in found.values())
