"""Alignment: which clauses of several documents stand for each other, and of what a document is silent."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.document import Document
from ..model.passage import UNPLACED, Clause


def last_of(clauses: Sequence[Clause | None]) -> Clause:
    """Return the clause of the last document that has one."""
    return next(clause for clause in reversed(clauses) if clause)


def align(documents: Sequence[Document]) -> tuple[tuple[Clause | None, ...], ...]:
    """Return the rows of clauses that stand for each other, in the order of the last document that has them.

    Clauses of one id are one row; a clause that comes `after` an earlier one under another id joins its row.
    """
    rows: dict[str, dict[str, Clause]] = {}
    row_of: dict[str, str] = {}
    order: list[str] = []
    for document in documents:
        last = -1
        for clause in document.clauses:
            joined = next(
                (row_of[a] for a in clause.after if a in row_of and document.id not in rows[row_of[a]]),
                clause.id,
            )
            key = clause.id if clause.id in rows else joined
            row_of[clause.address] = key
            rows.setdefault(key, {})[document.id] = clause
            if key in order:
                last = order.index(key)
            else:
                last += 1
                order.insert(last, key)
    return tuple(tuple(rows[key].get(document.id) for document in documents) for key in order)


def is_silent(document: Document, id: str) -> bool:
    """Say whether a document may be called silent on a clause: all of it is held and placed, or it says so."""
    is_placed = not any(clause.id.startswith(UNPLACED) for clause in document.clauses)
    return (document.is_in_full and is_placed) or id in getattr(document.front, "silent", {})
