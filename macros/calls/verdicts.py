"""Verdicts: how many claims hold, and how far, in one line."""

from collections.abc import Mapping
from typing import Any

from ..derived.claims import anchor, claims
from ..derived.uses import page_that
from ..model.finding import VERDICTS
from ..model.macro import Role
from ..text.target import relative
from .base import Context, macro


@macro(template="verdicts.html", role=Role.VERDICTS)
def verdicts(context: Context) -> Mapping[str, Any]:
    """Count the claims that notes have verdicts on, by verdict, with links to the page that lists them.

    The page that does so tells the findings in short: the head of each text with such claims leads to it.
    """
    edition = context.edition
    found = [claim.note.verdict for claim in claims(edition)]
    page = page_that(edition, Role.CLAIMS)
    href = relative(page, context.page.uri) if page else ""
    counts = [
        (verdict, found.count(verdict), f"{href}#{anchor(verdict)}" if href else "")
        for verdict in VERDICTS
        if verdict in found
    ]
    return {"counts": counts, "total": len(found), "href": href}
