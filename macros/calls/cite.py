"""Citations: pointers to a source, an address of this edition or an entry of the bibliography, with a locator."""

from __future__ import annotations

import re

from .base import Context, Footnote, Fragment, macro
from .bibliography import Entry

_NOT_ID = re.compile(r"[^a-z0-9]+")


@macro()
def cite(context: Context, target: str, locator: str = "") -> Footnote | Fragment:
    """Cite a source: in running text as a footnote, inside a note as a short link in place.

    `target` is a key of the bibliography, or the address of a document, a clause, a paragraph or a note;
    `locator` says where in it (`p. 4`, `para. 72`).
    """
    edition = context.edition
    found = edition.source(target)

    def data() -> dict[str, object]:
        cited = {"entry": found} if isinstance(found, Entry) else edition.name(target)
        return {**cited, "locator": locator, "href": edition.link(target, context.page)}

    if context.note:
        return Fragment("citation_short.html", data, is_inline=True)
    label = "cite-" + _NOT_ID.sub("-", f"{target} {locator}".lower()).strip("-")
    return Footnote(label, Fragment("citation.html", data, is_inline=True))
