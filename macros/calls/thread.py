"""Threads: one subject followed through all declarations, as a set of clause ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..model.document import ID, Clause, Document
from ..model.front import ThreadFront, validate
from ..text.problem import Position, Problem, RefusalError, did_you_mean
from ..text.source import Source
from .base import Context, Fragment, Text, macro
from .compare import Cell, cell_of, is_silent, said, with_shared
from .note import Note

if TYPE_CHECKING:
    from ..model.edition import Edition


@dataclass(frozen=True)
class Thread:
    """A subject: what it is called, in a sentence what became of it, and the clauses that it follows."""

    id: str
    front: ThreadFront
    source: Source


@dataclass(frozen=True)
class Step:
    """One clause of a thread in one declaration, with how it differs from the step before it of the same kind."""

    cell: Cell
    sentence: str
    notes: tuple[Note, ...]


def read_thread(source: Source) -> tuple[Thread | None, tuple[Problem, ...]]:
    """Return the thread of a page of that kind."""
    front, problems = validate(source, ThreadFront, kind="thread")
    id = source.stem
    if front and not ID.fullmatch(id):
        message = f"a thread's id is its file's name, and '{id}' is not lower-case ASCII letters, digits and hyphens"
        return None, (*problems, Problem(Position(source.path, 1), "id-is-ascii", message, hides=id))
    return (Thread(id, front, source) if front else None), problems


def find(edition: Edition, id: str) -> Thread:
    """Return a thread; raises `RefusalError` where there is none."""
    if id not in edition.threads:
        hint = did_you_mean(id, edition.threads)
        raise RefusalError("thread-resolves", f"there is no thread '{id}'{hint}", misses=id)
    return edition.threads[id]


def declarations(edition: Edition) -> tuple[Document, ...]:
    """Return the declarations that a thread may run through, in order of date."""
    return tuple(d for d in edition.documents.values() if d.kind == "declaration" and not d.front.example)


def clauses_of(found: Thread, document: Document) -> tuple[Clause, ...]:
    """Return a document's clauses of a thread, in the thread's order."""
    by_id = {clause.id: clause for clause in document.clauses}
    return tuple(by_id[id] for id in found.front.clauses if id in by_id)


def steps(edition: Edition, found: Thread, page: Source) -> tuple[Step, ...]:
    """Return a thread's steps in order of date, each set against the one before it of its clause."""
    last: dict[str, Cell] = {}
    made: list[Step] = []
    for document in declarations(edition):
        for clause in clauses_of(found, document):
            before = last.get(clause.id) or next(
                (c for a in clause.after for c in last.values() if c.clause and c.clause.address == a), None
            )
            here = cell_of(edition, document, clause, before, page, id=clause.id)
            addresses = frozenset((clause.address, before.clause.address)) if before and before.clause else frozenset()
            notes = tuple(note for note in edition.changes_between(addresses) if addresses)
            last[clause.id] = here
            marked = with_shared(here, [before]) if before else here
            made.append(Step(marked, " ".join(filter(None, said([before, marked]))) if before else "", notes))
    return tuple(made)


@macro()
def thread(context: Context, id: str) -> Fragment:
    """Print the clauses of a thread through time, each set against the one before it.

    `id` is the thread's, the name of its file below `docs/threads/`.
    """
    edition = context.edition
    found = find(edition, id)
    made = steps(edition, found, context.page)
    texts: dict[str, Text] = {note.address: note.text for step in made for note in step.notes}

    def data() -> Mapping[str, Any]:
        present = {step.cell.document.id for step in made}
        absent = [(d, edition.link(d.id, context.page)) for d in declarations(edition) if d.id not in present]
        return {"front": found.front, "steps": made, "absent": absent}

    return Fragment("thread.html", data, texts)


@macro()
def coverage(context: Context) -> Fragment:
    """Print a table of threads and declarations: where a thread is recorded, and honest blanks where it is not."""
    edition = context.edition

    def data() -> Mapping[str, Any]:
        documents = declarations(edition)
        rows = []
        for found in edition.threads.values():
            cells = []
            for document in documents:
                cells.append(_covered(edition, found, document, context.page))
            rows.append((found, edition.relative(found.source.uri, context.page), cells))
        return {"documents": [(d, edition.link(d.id, context.page)) for d in documents], "rows": rows}

    return Fragment("coverage.html", data)


def _covered(edition: Edition, found: Thread, document: Document, page: Source) -> tuple[str, str, tuple[Clause, ...]]:
    """Return what a document has of a thread: in full, quoted, summary, silent or nothing; a link, and the clauses."""
    clauses = clauses_of(found, document)
    if clauses:
        state = "in full" if document.is_in_full else "quoted" if any(clause.own for clause in clauses) else "summary"
        return state, edition.link(clauses[0].address, page), clauses
    is_followed = any(d.series == document.series and clauses_of(found, d) for d in declarations(edition))
    silent = is_followed and all(is_silent(document, id) for id in found.front.clauses)
    return ("silent" if silent else ""), "", ()
