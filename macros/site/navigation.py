"""The navigation: of a section with very many pages, those that a page lists, each rendered but once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from itertools import groupby
from typing import Any

MOST_BESIDE = 60
"""Pages of a section that its navigation lists; of more, the nearest, and a link to all of them."""

_PLAIN = frozenset(("title", "description", "kind", "hide"))
"""What a page may say of itself without a sign in the navigation."""


def below(items: Iterable[Any]) -> Iterator[Any]:
    """Yield all items of a navigation; they are MkDocs' own: pages, links, and sections with `children`."""
    for item in items:
        yield item
        yield from below(item.children or ())


def listed(items: Iterable[Any]) -> list[Any]:
    """Return what a theme prints of items of a navigation, and of those below them: titles, addresses and signs."""
    return [
        (
            type(item).__name__,
            item.title,
            getattr(item, "url", ""),
            {key: said for key, said in getattr(item, "meta", {}).items() if key not in _PLAIN},
            listed(item.children or ()),
        )
        for item in items
    ]


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


_ADDRESS, _TITLE = "row-{}:\x02address\x03", "row-{}:\x02title\x03"
"""Stand in a list for the address and the title of each page in a run; an address with a scheme is left as it is."""

Link = Callable[[str, str], Any]
"""Makes an item of a navigation with a title and an address."""


def folded(
    items: list[Any], link: Link, closed: Link | None = None, *, with_those_before: bool = False
) -> tuple[list[Any], list[list[Any]]]:
    """Return items of a navigation with two links instead of each run of like pages in the open section, and the runs.

    A theme makes the same of each page in a run but for address and title: so it need not make it again for each of
    them on each page.  `unfolded` puts the pages in the place of the links.  The first item stays, to which the theme
    lets sections lead; so does a section within which others stand, whose marks count the items before them.  Where a
    theme prints of a section that is not open no more than where it leads, `closed` makes one, and the sections behind
    the open one are folded too; those before it where that is asked for, and its marks are to be `renumbered` then.
    """
    opened = opened_in(items)
    if opened < 0:
        return items, []
    before, here, behind = items[:opened], copy(items[opened]), items[opened + 1 :]
    here.children, runs = folded(here.children, link, closed)
    if not any(item.children for item in here.children):
        here.children = [*here.children[:1], *_in_runs(here.children[1:], _is_like, link, runs)]
    if closed:
        behind = _in_runs(behind, _is_closed, closed, runs)
    if closed and with_those_before:
        before = _in_runs(before, _is_closed, closed, runs)
    return [*before, here, *behind] if runs else items, runs


def opened_in(items: Iterable[Any]) -> int:
    """Return the place of the section that is open among the items of a navigation, -1 if none is."""
    return next((at for at, item in enumerate(items) if item.active and item.is_section), -1)


NUMBERED = '"__nav_'
"""Begins the marks of a section that is open: behind it stands its place, counted from one."""


def renumbered(html: str, was: int, now: int) -> str:
    """Return a page in which the marks of the open section say another place."""
    for end in '"_' if was != now else "":
        html = html.replace(f"{NUMBERED}{was + 1}{end}", f"{NUMBERED}{now + 1}{end}")
    return html


def _in_runs(items: list[Any], is_like: Callable[[Any], bool], make: Link, runs: list[list[Any]]) -> list[Any]:
    """Return items with two that are made instead of each run of like ones, which is added to the runs."""
    shown = list[Any]()
    for are_like, group in groupby(items, is_like):
        run = list(group)
        if are_like and len(run) > 2:
            shown += [make(_TITLE.format(len(runs)), _ADDRESS.format(len(runs))) for _ in range(2)]
            runs.append(run)
        else:
            shown += run
    return shown


def leads_to(item: Any) -> str:
    """Return the address of a page or link, or that of the first one in a section; empty if that is a section too."""
    return getattr(item.children[0] if item.children else item, "url", "")


def _is_like(item: Any) -> bool:
    """Return whether a page is listed as others are: it is not the one that is shown, and bears no sign of its own."""
    is_plain = item.is_page and not item.active and not item.is_index
    return is_plain and item.meta.keys() <= _PLAIN and not hasattr(item, "typeset")


def _is_closed(item: Any) -> bool:
    """Return whether a section is listed as others are that are not open."""
    return item.is_section and bool(leads_to(item)) and not item.active and not hasattr(item, "typeset")


def unfolded(html: str, runs: Iterable[Sequence[tuple[str, str]]]) -> str | None:
    """Return a page with the addresses and titles of runs in the place of links, or nothing where these are not alike.

    From the first link's address to the second's is what one page takes up.
    """
    for number, run in enumerate(runs):
        address, title = _ADDRESS.format(number), _TITLE.format(number)
        begin = html.find(address)
        second = html.find(address, begin + 1)
        one = html[begin:second]
        last = one[: one.rfind(title) + len(title)]
        before = one.rpartition("</")[2].partition(">")[2].lstrip()
        end = second + len(last)
        are_alike = html[second:end] == last and html[:begin].endswith(before) and address not in html[end:]
        if second < 0 or title not in one or not are_alike:
            return None
        rows = [(last if at == len(run) else one, *names) for at, names in enumerate(run, start=1)]
        made = (row.replace(address, where).replace(title, name) for row, where, name in rows)
        html = "".join((html[:begin], *made, html[end:]))
    return html
