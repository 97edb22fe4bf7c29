"""The search page: what can be searched, which a script turns into filters."""

from collections.abc import Mapping
from typing import Any

from ..derived.index import published
from ..derived.links import link_to
from ..derived.search import RECORD_KINDS
from ..model.macro import Fragment, Role
from ..text.target import relative
from .base import Context, macro


@macro(role=Role.SEARCH)
def search(context: Context) -> Fragment:
    """List what can be searched, by kind, document and thread.

    With a script the lists become filters, and the page that calls this shows what is found; it is `docs/search.md`.
    """
    edition = context.edition

    def data() -> Mapping[str, Any]:
        documents = published(edition)
        return {
            "kinds": list(RECORD_KINDS.items()),
            "documents": [(d.id, d.name, link_to(edition, d.id, context.page)) for d in documents],
            "threads": [
                (thread.id, thread.front.title, relative(thread.file.uri, context.page.uri))
                for thread in edition.threads.values()
            ],
        }

    return Fragment("search.html", data)
