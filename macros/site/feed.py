"""News: what is new in the edition, on a page of its own and as a feed (Atom, RFC 4287)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from ..model.document import ID
from ..model.front import Date
from ..text.markup import plain
from ..text.problem import Problem
from ..text.source import Source

PAGE = "news.md"

FEED = "feed.xml"
"""The feed's path below the site's root."""

_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class Item:
    """One piece of news: `text` is its words without markup."""

    id: str
    title: str
    date: Date
    text: str


def read_news(source: Source | None) -> tuple[tuple[Item, ...], tuple[Problem, ...]]:
    """Return the items of the news page: its headings, with an id and a day each, and what stands below them."""
    items: list[Item] = []
    problems: list[Problem] = []
    if source is None:
        return (), ()
    for heading, end in source.sections(deepest=2):
        attributes = heading.attributes
        day = attributes.pairs.get("date", "")
        try:
            date = Date.read(day)
        except ValueError:
            date = None
        if date is None or not date.day or not ID.fullmatch(attributes.id):
            form = f'`## {plain(heading.text)} {{ #some-id date="2004-05-11" }}`'
            message = f"an item of the news has an id and a day in its heading: write {form}"
            problems.append(Problem(source.position(heading.start), "news-has-date", message))
            continue
        text = source.words(heading.end, end)
        items.append(Item(attributes.id, plain(heading.text), date, " ".join(text.split())))
    return tuple(items), tuple(problems)


def feed(items: Sequence[Item], *, title: str, site: str, page: str) -> str:
    """Return the feed of a site, the newest item first; `site` and `page` are absolute addresses.

    A day stands for its midnight in UTC, since the news tells days and not hours.
    """
    newest = sorted(items, key=lambda item: item.date, reverse=True)
    root = ET.Element("feed", {"xmlns": _ATOM})

    def add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
        element = ET.SubElement(parent, name, attributes)
        element.text = text or None
        return element

    def moment(date: Date) -> str:
        return f"{date.iso}T00:00:00Z"

    add(root, "id", site)
    add(root, "title", title)
    add(root, "updated", moment(newest[0].date))
    add(root, "link", rel="self", href=site + FEED)
    add(root, "link", rel="alternate", href=page)
    add(add(root, "author"), "name", title)
    for item in newest:
        entry = add(root, "entry")
        add(entry, "id", f"{page}#{item.id}")
        add(entry, "title", item.title)
        add(entry, "updated", moment(item.date))
        add(entry, "link", rel="alternate", href=f"{page}#{item.id}")
        add(entry, "summary", item.text)
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
