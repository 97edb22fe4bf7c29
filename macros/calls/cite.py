"""Citations: pointers to a source, an address of this edition or an entry of the bibliography, with a locator."""

import re

from ..derived.index import note_around
from ..derived.links import link_to
from ..derived.lookup import find_target, name_of, refuse_source
from ..derived.uses import cited
from ..model.entry import Entry
from ..model.macro import Footnote, Fragment, Relation
from .base import Context, macro

_NOT_ID = re.compile(r"[^a-z0-9]+")


@macro(refers="target", relation=Relation.CITED)
def cite(context: Context, target: str, locator: str = "") -> Footnote | Fragment:
    """Cite a source: in running text as a footnote, inside a note as a short link in place.

    `target` is a key of the bibliography, or the address of a document, a clause, a paragraph or a note;
    `locator` says where in it (`p. 4`, `para. 72`).
    """
    edition = context.edition
    found = find_target(edition, target)
    refuse_source(edition, locator, f'{{{{ cite("{locator}") }}}}')

    def data() -> dict[str, object]:
        is_again = context.is_in_note and _is_cited_before(context, target)
        shown = {"entry": found.plain, "short": found.short} if isinstance(found, Entry) else name_of(edition, target)
        return {**shown, "locator": locator, "href": link_to(edition, target, context.page), "is_again": is_again}

    if context.is_in_note:
        return Fragment("citation_short.html", data, is_inline=True)
    label = "cite-" + _NOT_ID.sub("-", f"{target} {locator}".lower()).strip("-")
    return Footnote(label, Fragment("citation.html", data, is_inline=True))


def _is_cited_before(context: Context, target: str) -> bool:
    """Say whether the same note cites the same source above."""
    edition, at = context.edition, context.call.start
    note = note_around(edition, context.file, at)
    return note is not None and target in cited(edition, note.file, note.start, at)
