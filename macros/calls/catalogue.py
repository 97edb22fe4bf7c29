"""Catalogues: the documents of one kind, in order of date."""

from typing import Any

from ..derived.index import notes_on, published
from ..derived.links import link_to
from ..model.kind import KINDS
from ..model.macro import Fragment
from ..text.problem import RefusalError, did_you_mean
from .base import Context, macro


@macro()
def catalogue(context: Context, kind: str) -> Fragment:
    """List the documents of a `kind` (`commentary`, `declaration`), the newest first, with what is held of each."""
    if kind not in KINDS:
        raise RefusalError(
            "arguments-fit",
            f"there is no kind of document '{kind}'{did_you_mean(kind, KINDS)} (kinds: {', '.join(KINDS)})",
        )
    edition = context.edition

    def data() -> dict[str, Any]:
        found = [document for document in published(edition) if document.kind.name == kind]
        return {
            "kind": kind,
            "items": [
                {
                    "title": document.title,
                    "date": document.date.plain,
                    "description": document.front.description,
                    "held": document.held,
                    "href": link_to(edition, document.id, context.page),
                    "clauses": len(document.clauses),
                    "paragraphs": len(document.passages) - len(document.clauses),
                    "notes": len(notes_on(edition).get(document.id, ())),
                }
                for document in reversed(found)
            ],
        }

    return Fragment("catalogue.html", data)
