"""The navigation: of a section with very many pages, those that a page lists."""

from collections.abc import Callable, Iterable, Iterator
from copy import copy
from typing import Any

MOST_BESIDE = 60
"""Pages of a section that its navigation lists; of more, the nearest, and a link to all of them."""


def below(items: Iterable[Any]) -> Iterator[Any]:
    """Yield all items of a navigation; they are MkDocs' own: pages, links, and sections with `children`."""
    for item in items:
        yield item
        yield from below(item.children or ())


def around(items: list[Any], link: Callable[[str, str], Any], index: Any = None) -> list[Any]:
    """Return items of a navigation, those of sections that are open with no more pages than are listed.

    `link` makes one with a title and an address, for the way to all pages, which begins on the section's `index`; the
    same list comes back where nothing is left out.
    """
    opened = next((at for at, item in enumerate(items) if item.active), None)
    if opened is None:
        return items
    here = items[opened]
    if here.is_section:
        first = next((item for item in here.children if item.is_page and item.is_index), None)
        children = around(here.children, link, first)
        if children is not here.children:
            here = copy(here)
            here.children = children
    if len(items) <= MOST_BESIDE or index is None:
        return items if here is items[opened] else [*items[:opened], here, *items[opened + 1 :]]
    start = max(0, min(opened - MOST_BESIDE // 2, len(items) - MOST_BESIDE))
    near = [here if item is items[opened] else item for item in items[start : start + MOST_BESIDE]]
    return [*([] if index in near else [index]), *near, link(f"All {len(items)}", index.url)]
