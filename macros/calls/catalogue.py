"""Catalogues: the documents of one kind, in order of date."""

from typing import Any

from ..derived.index import notes_on, published
from ..derived.links import link_to
from ..model.document import Document
from ..model.edition import Edition
from ..model.kind import KINDS
from ..model.macro import Fragment
from ..text.call import Call
from ..text.file import TextFile
from ..text.problem import RefusalError, did_you_mean
from .base import Context, macro, part_of


def _listed(edition: Edition, kind: object) -> list[Document]:
    return [document for document in reversed(published(edition)) if document.kind.name == kind]


def _measure(edition: Edition, page: TextFile, call: Call) -> tuple[int, list[int]]:
    found = _listed(edition, *call.arguments[:1]) if call.arguments else []
    return 0, [450 + len(f"{one.title}{one.front.description or ''}".encode()) for one in found]


@macro(measure=_measure)
def catalogue(context: Context, kind: str) -> Fragment:
    """List the documents of a `kind` (`commentary`, `declaration`), the newest first, with what is held of each."""
    if kind not in KINDS:
        raise RefusalError(
            "arguments-fit",
            f"there is no kind of document '{kind}'{did_you_mean(kind, KINDS)} (kinds: {', '.join(KINDS)})",
        )
    edition = context.edition

    def data() -> dict[str, Any]:
        found = _listed(edition, kind)
        here, pages = part_of(context, [str(document.date) for document in found])
        return {
            "kind": kind,
            "pages": pages,
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
                for document in found[here]
            ],
        }

    return Fragment("catalogue.html", data)
