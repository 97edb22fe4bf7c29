"""Coverage: threads and declarations as a table."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..derived.alignment import is_silent
from ..derived.evidence import evidence, is_beside
from ..derived.index import compared_documents
from ..derived.links import link_to
from ..derived.threads import clauses_of, followed
from ..model.document import Document
from ..model.edition import Edition
from ..model.passage import NAMED, Clause
from ..model.thread import Thread
from ..text.call import Call
from ..text.file import TextFile
from ..text.target import relative
from .base import Context, macro, part_of


def _measure(edition: Edition, page: TextFile, call: Call) -> tuple[int, list[int]]:
    return 200 * len(edition.threads), [120 + 190 * len(edition.threads)] * len(compared_documents(edition))


@macro(template="coverage.html", measure=_measure)
def coverage(context: Context) -> Mapping[str, Any]:
    """Print a table of threads and declarations: where a thread is recorded, and honest blanks where it is not."""
    edition = context.edition
    documents = compared_documents(edition)
    here, pages = part_of(context, [str(document.date) for document in documents])
    rows = []
    for found in edition.threads.values():
        through = followed(edition, found)
        others = [each for other in through for each in clauses_of(found, other)]
        cells = [
            _covered(edition, found, one, others if one in through else (), context.page) for one in documents[here]
        ]
        rows.append((found.front.title, relative(found.file.uri, context.page.uri), cells))
    heads = [(document.date.year, link_to(edition, document.id, context.page)) for document in documents[here]]
    return {"documents": heads, "rows": rows, "pages": pages}


def _covered(
    edition: Edition, found: Thread, document: Document, others: Sequence[Clause], page: TextFile
) -> tuple[str, str, list[str]]:
    """Return what a document has of a thread: in full, quoted, summary, silent or nothing; link, names of clauses.

    `others` are the thread's clauses, if it runs through the document's series.
    """
    clauses = clauses_of(found, document)
    if clauses:
        state = "in full" if document.is_in_full else "quoted" if any(clause.own for clause in clauses) else "summary"
        if all(clause.is_named for clause in clauses):
            state = NAMED
        elif all(is_beside(edition, clause) for clause in clauses):
            state = evidence(edition, clauses[0])[0]
        return state, link_to(edition, clauses[0].address, page), [clause.name for clause in clauses]
    silent = bool(others) and all(is_silent(edition, document, each) for each in others)
    return ("silent" if silent else ""), "", []
