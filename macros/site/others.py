"""What is published beside pages: the feed, citations, the chronology as a table, and what leads on from elsewhere."""

import posixpath
from collections.abc import Callable, Mapping
from html import escape
from urllib.parse import urljoin

from ..derived.chronology import all_placed
from ..derived.index import former_addresses
from ..derived.leaves import made_pages
from ..derived.pairs import pairs
from ..derived.uses import page_that
from ..model.edition import Edition, derived, kept
from ..model.layout import NEWS, table_of
from ..model.macro import Role
from .addresses import Site
from .chronology import table
from .citations import FORMATS, citations, export, key, records
from .feed import FEED, feed
from .policy import policy, under

Way = Callable[[str, str], str]
"""Gives the way to an address of the site from another one, both of them below its root."""

_MOVED = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="0; url={href}">
<meta name="description" content="This page has moved: {title}">
<meta name="robots" content="noindex">
<link rel="canonical" href="{href}">
<title>{title}</title>
</head>
<body>
<p>This page has moved: <a href="{href}">{title}</a>.</p>
</body>
</html>
"""


def others(edition: Edition, site: Site, way: Way, *, is_pretty: bool) -> Mapping[str, bytes]:
    """Return what is published beside pages, by paths below the site's root; addresses of pages may be folders."""
    found = {FEED: made.encode()} if (made := news_feed(edition, site)) else {}
    if placed := all_placed(edition):
        found[table_of(placed[0][0])] = table(edition, site).encode()
    for uri in nothing(edition):
        stem = uri.removesuffix(".html")
        if is_pretty and posixpath.basename(stem) != "index":  # where the page of the pair would be, or was
            place = f"{stem}/index.html"
            found[place] = _moved(str(made_pages(edition)[uri].front["title"]), chooser(edition, site, way, place, uri))
    for former, page in former_addresses(edition).items():
        if page.uri in site.urls and former not in site.urls.values():
            found[f"{former}index.html"] = _moved(page.title, way(site.urls[page.uri], former))
    for uri in (*edition.pages, *made_pages(edition)):
        if uri in site.urls:
            found |= _cited(edition, uri, site)
    return found


def _moved(title: str, href: str) -> bytes:
    """Return the page that leads on to the one of a title, at an address relative to its own."""
    return under(policy(), _MOVED.format(title=escape(title), href=escape(href))).encode()


@kept
def _cited(edition: Edition, uri: str, site: Site) -> Mapping[str, bytes]:
    """Return the citations of a page in all formats, by their paths; none where it is not cited."""
    page = edition.pages.get(uri) or made_pages(edition)[uri]
    name = key(edition, page)
    cites = list(records(edition, page, site)) if name else []
    return {citations(name, ending): export(cites, ending).encode() for ending in FORMATS if name}


def news_feed(edition: Edition, site: Site) -> str:
    """Return the feed of the news; it has absolute addresses, or is none."""
    page = site.page(NEWS)
    if not (edition.news and page):
        return ""
    return feed(edition.news, title=site.name, site=urljoin(site.address, "."), page=page)


@derived
def nothing(edition: Edition) -> Mapping[str, str]:
    """Return the pairs that have nothing to compare, by the paths of their tables, as an address asks for them."""
    return {pair.uri: f"?compare={','.join(pair.key)}" for pair in pairs(edition).values() if pair.kind == "nothing"}


def chooser(edition: Edition, site: Site, way: Way, url: str, uri: str = "") -> str:
    """Return the way from an address to the list of comparisons, and there to the pair of a table."""
    return way(site.urls[page_that(edition, Role.COMPARISONS)], url) + nothing(edition).get(uri, "")
