"""Numbers: what the edition holds, and how far it was checked, in one line."""

from collections.abc import Mapping
from typing import Any

from ..derived.claims import claims
from ..derived.index import compared_documents
from ..derived.proof import reported
from ..derived.uses import page_that
from ..model.macro import Role
from ..text.target import relative
from .base import Context, macro
from .notes_index import listed


@macro(template="numbers.html")
def numbers(context: Context) -> Mapping[str, Any]:
    """Count notes, claims, sources, quotations and compared texts in a line; the numbers come from the build."""
    edition = context.edition

    def href(role: Role) -> str:
        page = page_that(edition, role)
        return relative(page, context.page.uri) if page else ""

    quotations = reported(edition)
    parts = [
        (len(claims(edition)), "claim checked", "claims checked", href(Role.CLAIMS)),
        (len(listed(edition)), "note", "notes", ""),
        (len(edition.entries), "source", "sources", href(Role.BIBLIOGRAPHY)),
        (len(quotations), "quotation", "quotations", href(Role.VERIFICATION)),
        (len(compared_documents(edition)), "text clause by clause", "texts clause by clause", ""),
    ]
    seen = sum(one.seen is not None or one.status == "verified" for one in quotations)
    return {"parts": [part for part in parts if part[0]], "seen": seen}
