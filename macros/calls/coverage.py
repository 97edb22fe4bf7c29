"""Coverage: threads and declarations as a table."""

from collections.abc import Mapping
from typing import Any

from ..derived.alignment import is_silent
from ..derived.evidence import evidence, is_beside
from ..derived.index import compared_documents, series_of
from ..derived.links import link_to
from ..derived.threads import clauses_of, followed
from ..model.document import Document
from ..model.edition import Edition
from ..model.macro import Fragment
from ..model.thread import Thread
from ..text.file import TextFile
from ..text.target import relative
from .base import Context, macro


@macro()
def coverage(context: Context) -> Fragment:
    """Print a table of threads and declarations: where a thread is recorded, and honest blanks where it is not."""
    edition = context.edition

    def data() -> Mapping[str, Any]:
        documents = compared_documents(edition)
        rows = []
        for found in edition.threads.values():
            cells = []
            for document in documents:
                cells.append(_covered(edition, found, document, context.page))
            rows.append((found.front.title, relative(found.file.uri, context.page.uri), cells))
        return {"documents": [(d.date.year, link_to(edition, d.id, context.page)) for d in documents], "rows": rows}

    return Fragment("coverage.html", data)


def _covered(edition: Edition, found: Thread, document: Document, page: TextFile) -> tuple[str, str, list[str]]:
    """Return what a document has of a thread: in full, quoted, summary, silent or nothing; link, names of clauses."""
    clauses = clauses_of(found, document)
    if clauses:
        state = "in full" if document.is_in_full else "quoted" if any(clause.own for clause in clauses) else "summary"
        if all(is_beside(edition, clause) for clause in clauses):
            state = evidence(edition, clauses[0])[0]
        return state, link_to(edition, clauses[0].address, page), [clause.name for clause in clauses]
    others = [each for other in followed(edition, found) for each in clauses_of(found, other)]
    is_followed = any(series_of(edition.documents[each.document]) == series_of(document) for each in others)
    silent = is_followed and all(is_silent(edition, document, each) for each in others)
    return ("silent" if silent else ""), "", []
