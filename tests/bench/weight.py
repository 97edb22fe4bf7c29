"""Page weight: what a first visit to the commentary is sent, beside the theme's own page of the same text.

The plain site is made of what the edition's pages print: their headings, words, links, lists, tables and notes,
without what the edition dresses them in, in the theme as it comes.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import html as lxml_html
from mkdocs.config import load_config
from playwright.sync_api import Browser

from macros.model.loading import load
from tests import ROOT
from tests.bench import real
from tests.bench.browser import CHROMIUM, browsing
from tests.bench.process import cost
from tests.bench.report import Finding, Part, say
from tests.bench.serving import serving

MOST = 1.15
SORTS = ("HTML", "styles", "scripts", "fonts", "images", "search")

_ENDINGS = {
    "": "HTML",
    ".html": "HTML",
    ".css": "styles",
    ".js": "scripts",
    ".woff2": "fonts",
    ".svg": "images",
    ".png": "images",
}
_LEFT_OUT = ("headerlink", "paragraph-number", "proof", "lineage", "clause-backlinks")
_UNWRAPPED = ("div", "span", "nav", "aside", "section", "details", "summary", "abbr", "time")
_KEPT = frozenset(("href", "colspan"))
_LEVELS = {f"h{level}": "#" * level for level in range(1, 7)}


def plain(article: str) -> str:
    """Return an article of the edition as Markdown for the theme alone: headings, and the rest as the barest HTML."""
    tree = lxml_html.fragment_fromstring(article, create_parent=True)
    for name in _LEFT_OUT:
        for element in tree.find_class(name):
            element.drop_tree()
    for element in tree.iter():
        for name in set(element.attrib) - _KEPT - ({"id"} if element.tag in ("li", "sup", *_LEVELS) else set()):
            del element.attrib[name]
    for element in [element for element in tree.iter(*_UNWRAPPED) if element is not tree]:
        element.drop_tag()
    return "\n\n".join(_blocks(tree)) + "\n"


def _blocks(tree: lxml_html.HtmlElement) -> Iterator[str]:
    for child in tree:
        if child.tag in _LEVELS:
            id = f" {{ #{child.get('id')} }}" if child.get("id") else ""
            yield f"{_LEVELS[child.tag]} {' '.join(child.text_content().split())}{id}"
        else:
            yield lxml_html.tostring(child, encoding="unicode", with_tail=False).strip()


def make(site: Path, folder: Path) -> Path:
    """Build the plain site of all pages of the edition's that stand in a site, and return where it is."""
    docs = folder / "plain" / "docs"
    for uri in load(ROOT / "docs").pages:
        page = site / real.url(uri) / "index.html"
        if page.is_file():
            path = docs / uri
            path.parent.mkdir(parents=True, exist_ok=True)
            html = page.read_text("utf-8")
            path.write_text(
                plain(html[html.index(">", html.index("<article")) + 1 : html.index("</article>")]), "utf-8"
            )
    known = {path.relative_to(docs).as_posix() for path in docs.rglob("*.md")}
    configuration = {
        "site_name": load_config(str(ROOT / "mkdocs.yml")).site_name,
        "theme": {"name": "material", "font": False},
        "markdown_extensions": ["attr_list", {"toc": {"permalink": True}}],
        "nav": _existing(load_config(str(ROOT / "mkdocs.yml")).nav, known),
    }
    (docs.parent / "mkdocs.yml").write_text(json.dumps(configuration), "utf-8")
    cost("mkdocs", ["build"], docs.parent)
    return docs.parent / "site"


def _existing(nav: object, known: set[str]) -> object:
    """Return a navigation without the pages that are not there."""
    if isinstance(nav, list):
        return [item for item in (_existing(each, known) for each in nav) if item]
    if isinstance(nav, dict):
        return {name: item for name, each in nav.items() if (item := _existing(each, known))}
    return nav if nav in known else None


def weigh(browser: Browser, site: Path, address: str) -> Mapping[str, int]:
    """Return the bytes that a first visit to a page is sent, by sort, with what it fetches when it has been shown."""
    context = browser.new_context()
    with serving(site) as served:
        context.new_page().goto(served.address + address, wait_until="networkidle")
        context.close()
    found: Counter[str] = Counter()
    for place, count in served.sent:
        found[sort(place)] += count
    return found


def sort(place: str) -> str:
    """Return the sort of what stands at a place of a site; what the search alone asks for is its own."""
    if place.startswith(("search/", "assets/search")) or "/workers/" in place:
        return "search"
    return _ENDINGS.get(Path(place).suffix, "images")


def part(site: Path, address: str, folder: Path) -> Part:
    """Return what the commentary's page weighs, in the edition and plain."""
    if not CHROMIUM:
        reason = "Page weight was left out: it needs Chromium; install it with your system's packages."
        return Part(findings=[_finding(None)], remarks=[reason])
    say("page weight: building the plain site …")
    other = make(site, folder)
    with browsing() as browser:
        edition, theme = weigh(browser, site, address), weigh(browser, other, address)
    ratio = sum(edition.values()) / sum(theme.values())
    heading = "A first visit to the commentary, kB, compressed"
    rows = [_row("edition", edition), _row("theme", theme)]
    return Part([(heading, ("page", *SORTS, "all", "without search"), rows)], [_finding(ratio)])


def _row(name: str, found: Mapping[str, int]) -> list[str]:
    every = sum(found.values())
    counts = [*(found.get(sort, 0) for sort in SORTS), every, every - found.get("search", 0)]
    return [name, *(f"{count / 1000:.1f}" for count in counts)]


def _finding(ratio: float | None) -> Finding:
    return Finding("bytes of a first visit to the commentary, to the theme's", MOST, "×", ratio)
