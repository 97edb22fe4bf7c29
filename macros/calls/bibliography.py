"""The bibliography: outside sources, read from BibTeX (the entry types and fields of BibLaTeX)."""

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from ..derived.links import place_of
from ..derived.uses import references
from ..model.edition import Edition
from ..model.macro import Fragment, Role
from ..text.call import Call
from ..text.file import TextFile
from .base import Context, macro

logging.getLogger("bibtexparser").addHandler(logging.NullHandler())  # what it has to say is said by problems


def _anchors(edition: Edition, page: TextFile, call: Call) -> Iterable[str]:
    return edition.entries


@macro(role=Role.BIBLIOGRAPHY, anchors=_anchors)
def bibliography(context: Context) -> Fragment:
    """List every source of the bibliography, each with links back to the places that cite it."""
    edition = context.edition

    def data() -> Mapping[str, Any]:
        def places(key: str) -> list[tuple[str, str]]:
            uses = references(edition).get(key, ())
            return list(dict.fromkeys(place_of(edition, file, call, context.page) for file, call in uses))

        entries = sorted(edition.entries.values(), key=lambda entry: entry.sort_key)
        return {"entries": [{**entry.plain, "places": places(entry.key)} for entry in entries]}

    return Fragment("bibliography.html", data)
