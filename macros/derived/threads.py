"""Threads through time: the clauses of a thread in each declaration, and the series that it runs through."""

from ..model.document import Document
from ..model.edition import Edition
from ..model.passage import Clause
from ..model.thread import Thread
from .index import compared_documents, series_of


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
