"""The search page: what can be searched, which a script turns into filters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..derived.search import KINDS, group
from .base import Context, Fragment, macro


@macro()
def search(context: Context) -> Fragment:
    """List what can be searched, by kind, document and thread.

    With a script the lists become filters, and the page that calls this shows what is found; it is `docs/search.md`.
    """
    edition = context.edition

    def data() -> Mapping[str, Any]:
        documents = [document for document in edition.documents.values() if not document.front.example]
        return {
            "kinds": list(KINDS.items()),
            "documents": [(d.id, group(d), edition.link(d.id, context.page)) for d in documents],
            "threads": [
                (thread.id, thread.front.title, edition.relative(thread.source.uri, context.page))
                for thread in edition.threads.values()
            ],
        }

    return Fragment("search.html", data)
