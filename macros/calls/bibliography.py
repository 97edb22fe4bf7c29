"""The bibliography: outside sources, read from BibTeX (the entry types and fields of BibLaTeX)."""

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from ..derived.index import sources
from ..derived.leaves import leaves
from ..derived.links import place_of
from ..derived.uses import references
from ..model.edition import Edition
from ..model.macro import Fragment, Role
from ..text.call import Call
from ..text.file import TextFile
from .base import Context, macro, part_of

logging.getLogger("bibtexparser").addHandler(logging.NullHandler())  # what it has to say is said by problems


_ENTRY, _PLACE = 420, 150  # bytes of the marks of a source, and of each place that cites it


def _measure(edition: Edition, page: TextFile, call: Call) -> tuple[int, list[int]]:
    used = references(edition)
    places = [len({file.uri for file, _ in used.get(entry.key, ())}) for entry in sources(edition)]
    sizes = [len("".join(entry.fields.values()).encode()) for entry in sources(edition)]
    return 0, [_ENTRY + size + _PLACE * count for size, count in zip(sizes, places, strict=True)]


def _anchors(edition: Edition, page: TextFile, call: Call) -> Iterable[str]:
    keys = [entry.key for entry in sources(edition)]
    spread = leaves(edition).get((page.uri, call.start), ())
    return next((keys[leaf.start : leaf.end] for leaf in spread if leaf.uri == page.uri), keys)


@macro(role=Role.BIBLIOGRAPHY, anchors=_anchors, measure=_measure)
def bibliography(context: Context) -> Fragment:
    """List every source of the bibliography, each with links back to the places that cite it."""
    edition = context.edition

    def data() -> Mapping[str, Any]:
        def places(key: str) -> list[tuple[str, str]]:
            uses = references(edition).get(key, ())
            return list(dict.fromkeys(place_of(edition, file, call, context.page) for file, call in uses))

        found = sources(edition)
        here, pages = part_of(context, [entry.head or entry.title for entry in found])
        return {"entries": [{**entry.plain, "places": places(entry.key)} for entry in found[here]], "pages": pages}

    return Fragment("bibliography.html", data)
