"""Numbers: what the edition holds, and how far it was checked, in one line."""

from collections.abc import Mapping
from typing import Any

from ..derived.claims import claims
from ..derived.index import compared_documents, published
from ..derived.proof import reported
from ..derived.uses import note_pages, page_that
from ..model.edition import Edition
from ..model.macro import Fragment, Role
from ..text.target import relative
from .base import Context, macro


@macro()
def numbers(context: Context) -> Fragment:
    """Count notes, claims, sources, quotations and compared texts in a line; the numbers come from the build."""
    edition = context.edition

    def href(role: Role) -> str:
        page = page_that(edition, role)
        return relative(page, context.page.uri) if page else ""

    def data() -> Mapping[str, Any]:
        quotations = reported(edition)
        parts = [
            (len(claims(edition)), "claim checked", "claims checked", href(Role.CLAIMS)),
            (len(_notes(edition)), "note", "notes", ""),
            (len(edition.entries), "source", "sources", href(Role.BIBLIOGRAPHY)),
            (len(quotations), "quotation", "quotations", href(Role.VERIFICATION)),
            (len(compared_documents(edition)), "text clause by clause", "texts clause by clause", ""),
        ]
        seen = sum(one.seen is not None or one.status == "verified" for one in quotations)
        return {"parts": [part for part in parts if part[0]], "quotations": len(quotations), "seen": seen}

    return Fragment("numbers.html", data)


def _notes(edition: Edition) -> list[str]:
    """Return the addresses of the notes that readers see, those of examples left out."""
    shown = {document.id for document in published(edition)}
    pages = note_pages(edition)
    return [note.address for note in edition.notes.values() if note.document in shown and note.address in pages] + [
        note.address for note in edition.notes.values() if note.between
    ]
