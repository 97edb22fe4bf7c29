"""The search page: what can be searched, which a script turns into filters."""

from collections.abc import Mapping
from typing import Any

from ..derived.evidence import evidence
from ..derived.index import published
from ..derived.links import link_to
from ..derived.search import RECORD_KINDS
from ..model.entry import GRADES
from ..model.macro import Role
from ..text.target import relative
from .base import Context, macro


@macro(template="search.html", role=Role.SEARCH)
def search(context: Context) -> Mapping[str, Any]:
    """List what can be searched, by kind, evidence, document and thread.

    With a script the lists become filters, and the page that calls this shows what is found; it is `docs/search.md`.
    """
    edition = context.edition
    documents = published(edition)
    known = {grade for one in documents for clause in one.clauses for grade in evidence(edition, clause)}
    return {
        "kinds": list(RECORD_KINDS.items()),
        "grades": [(grade.replace(" ", "-"), f"{grade[0].upper()}{grade[1:]}") for grade in GRADES if grade in known],
        "documents": [(d.id, d.name, link_to(edition, d.id, context.page)) for d in documents],
        "threads": [
            (thread.id, thread.front.title, relative(thread.file.uri, context.page.uri))
            for thread in edition.threads.values()
        ],
    }
