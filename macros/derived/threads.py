"""Threads through time: the clauses of a thread in each declaration, each set against the one before it."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.document import Document
from ..model.edition import Edition
from ..model.note import Note
from ..model.passage import Clause
from ..model.thread import Thread
from ..text.problem import RefusalError, did_you_mean
from ..text.source import Source
from .comparison import Cell, cell_of, said, with_shared
from .index import changes_between, compared_documents


@dataclass(frozen=True)
class Step:
    """One clause of a thread in one declaration, with how it differs from the step before it of the same kind."""

    cell: Cell
    sentence: str
    notes: tuple[Note, ...]


def find(edition: Edition, id: str) -> Thread:
    """Return a thread; raises `RefusalError` where there is none."""
    if id not in edition.threads:
        hint = did_you_mean(id, edition.threads)
        raise RefusalError("thread-resolves", f"there is no thread '{id}'{hint}", misses=id)
    return edition.threads[id]


def clauses_of(found: Thread, document: Document) -> tuple[Clause, ...]:
    """Return a document's clauses of a thread, in the thread's order."""
    by_id = {clause.id: clause for clause in document.clauses}
    return tuple(by_id[id] for id in found.front.clauses if id in by_id)


def steps(edition: Edition, found: Thread, page: Source) -> tuple[Step, ...]:
    """Return a thread's steps in order of date, each set against the one before it of its clause."""
    last: dict[str, Cell] = {}
    made: list[Step] = []
    for document in compared_documents(edition):
        for clause in clauses_of(found, document):
            before = last.get(clause.id) or next(
                (c for a in clause.after for c in last.values() if c.clause and c.clause.address == a), None
            )
            here = cell_of(edition, document, clause, before, page, id=clause.id)
            addresses = frozenset((clause.address, before.clause.address)) if before and before.clause else frozenset()
            notes = tuple(note for note in changes_between(edition, addresses) if addresses)
            last[clause.id] = here
            marked = with_shared(here, [before]) if before else here
            made.append(Step(marked, " ".join(filter(None, said([before, marked]))) if before else "", notes))
    return tuple(made)
