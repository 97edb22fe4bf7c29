"""News: what is new in the edition, on a page of its own and as a feed (Atom, RFC 4287)."""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from ..model.date import Date
from ..model.news import Item

FEED = "feed.xml"
"""The feed's path below the site's root."""

_ATOM = "http://www.w3.org/2005/Atom"


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
