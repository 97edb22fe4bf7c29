"""The bibliography: outside sources, read from BibTeX (the entry types and fields of BibLaTeX)."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from ..derived.links import place_of
from ..derived.uses import references
from ..model.fragment import Fragment
from ..model.macro import Role
from .base import Context, macro

logging.getLogger("bibtexparser").addHandler(logging.NullHandler())  # what it has to say is said by problems


@macro(role=Role.BIBLIOGRAPHY, anchors=lambda edition, page, call: edition.entries)
def bibliography(context: Context) -> Fragment:
    """List every source of the bibliography, each with links back to the places that cite it."""
    edition = context.edition

    def data() -> Mapping[str, Any]:
        entries = sorted(edition.entries.values(), key=lambda entry: entry.sort_key)
        uses = references(edition)
        places = {
            entry.key: tuple(
                dict.fromkeys(place_of(edition, source, call, context.page) for source, call in uses.get(entry.key, ()))
            )
            for entry in entries
        }
        return {"entries": entries, "places": places}

    return Fragment("bibliography.html", data)
