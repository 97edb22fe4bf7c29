"""Search: what a reader is sent, and how long waits, until the first result is there; beside the theme's search.

A visit is as a reader makes it: a page is opened in a fresh browser, `/` opens the search as soon as it can, a word
is typed, and the clock stops when a link to a passage stands in the page.  All that the visit was sent until then is
counted, the page included, since the theme loads its index with the page and ours does not; what of it the search
alone asks for stands beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as BrowserError

from tests.bench.browser import CHROMIUM, browsing
from tests.bench.corpus import path, words_by_frequency
from tests.bench.process import MeasuringError
from tests.bench.real import url
from tests.bench.report import Finding, Part, say
from tests.bench.serving import serving
from tests.bench.weight import sort

BYTES, TIME = 1 / 20, 1 / 10  # of the theme's
AT = 3000  # documents
COMMON, RARE = 150, 600  # how many words of the vocabulary are more frequent than those that are searched
PATIENCE = 180_000  # milliseconds
STEP = 20  # milliseconds between two keys that are to open the search

# Notes the time of every change of the first result, from the begin of the visit.
_WATCH = """
  globalThis.firstResults = [];
  let first;
  new MutationObserver(() => {
    const found = document.querySelector(RESULT)?.href;
    if (found && found !== first) firstResults.push(performance.now());
    first = found;
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["href"] });
"""


@dataclass(frozen=True)
class Interface:
    """A search in its site: the site's folder, and the selectors of the box and of the results' links."""

    folder: str
    box: str
    result: str


INTERFACES: Mapping[str, Interface] = {
    "edition": Interface("edition", ".search-dialog input", ".search-dialog ol a[href]"),
    "theme": Interface("plain", ".md-search__input", ".md-search-result__link"),
}


@dataclass(frozen=True)
class Visit:
    """A first visit: seconds until the first result, milliseconds of a second query, bytes sent until the first.

    `searched` are those of them that the search alone asks for.
    """

    seconds: float
    second: float
    sent: int
    searched: int


def visit(browser: Browser, site: Path, interface: Interface) -> Visit:
    """Visit a site for the first time and search twice."""
    first, second = (words_by_frequency()[rank] for rank in (COMMON, RARE))
    context = browser.new_context(bypass_csp=True)  # waiting for a result evaluates text in the page
    page = context.new_page()
    page.add_init_script(f"{{const RESULT = {interface.result!r};{_WATCH}}}")
    with serving(site) as served:
        try:
            page.goto(served.address + url(path(1)), wait_until="commit")
            _open(page, interface)
            seconds = _ask(page, interface, first, results=0) / 1000
            sent = [*served.sent]
            page.wait_for_load_state("networkidle")
            begin, count = page.evaluate("[performance.now(), firstResults.length]")
            waited = _ask(page, interface, second, results=count) - begin
            searched = sum(count for place, count in sent if sort(place) == "search")
            return Visit(seconds, waited, sum(count for _, count in sent), searched)
        except BrowserError as error:
            raise MeasuringError(f"searching {site} for “{first}”, then “{second}”: {error.message}") from error
        finally:
            context.close()


def _open(page: Page, interface: Interface) -> None:
    """Press `/` until the box stands there: before a page's script has come, the key does nothing."""
    box = page.locator(interface.box)
    for _ in range(PATIENCE // STEP):
        if box.is_visible():
            return
        page.keyboard.press("/")
        page.wait_for_timeout(STEP)
    raise BrowserError(f"no search opened within {PATIENCE:,} ms")


def _ask(page: Page, interface: Interface, query: str, *, results: int) -> float:
    """Type a query; return the time in the page when its first result stands there."""
    page.locator(interface.box).fill(query)
    page.keyboard.press("End")  # some searches begin when a key is let go
    page.wait_for_function(f"firstResults.length > {results}", timeout=PATIENCE)
    return float(page.evaluate(f"firstResults[{results}]"))


def part(folders: Mapping[int, Path], runs: int) -> Part:
    """Return what searching the sites of each size costs; each folder holds those of the edition and the theme."""
    if not CHROMIUM:
        reason = "The search was left out: it needs Chromium; install it with your system's packages."
        return Part(findings=findings({}), remarks=[reason])
    found: dict[int, dict[str, list[Visit]]] = {size: {name: [] for name in INTERFACES} for size in folders}
    with browsing() as browser:
        for size, folder in folders.items():
            for number in range(1, runs + 1):
                for name, interface in INTERFACES.items():
                    say(f"searching {size:,} documents: {name}, {number} of {runs} …")
                    found[size][name].append(visit(browser, folder / interface.folder / "site", interface))
    heads = (
        "documents",
        "search",
        "first result, s",
        "sent until then, kB",
        "of it for the search",
        "second query, ms",
    )
    rows = [[f"{size:,}", name, *_row(visits)] for size, kinds in found.items() for name, visits in kinds.items()]
    return Part([("Search, a first visit", heads, rows)], findings(found))


def _row(visits: Sequence[Visit]) -> list[str]:
    return [
        f"{median(each.seconds for each in visits):.2f}",
        f"{median(each.sent for each in visits) / 1000:,.0f}",
        f"{median(each.searched for each in visits) / 1000:,.0f}",
        f"{median(each.second for each in visits):.0f}",
    ]


def findings(found: Mapping[int, Mapping[str, Sequence[Visit]]]) -> list[Finding]:
    """Return how the edition's search stands to the theme's on the largest collection."""
    pairs = [
        (edition.sent / theme.sent, edition.searched / theme.searched, edition.seconds / theme.seconds)
        for kinds in (found.get(AT, {}),) if kinds
        for edition, theme in zip(kinds["edition"], kinds["theme"], strict=True)
    ]  # fmt: skip
    sent, searched, seconds = (median(ratios) for ratios in zip(*pairs, strict=True)) if pairs else [None] * 3
    return [
        Finding(f"bytes until the first result at {AT:,} documents, to the theme's", BYTES, "×", sent),
        Finding("the same, those that the search alone asks for", BYTES, "×", searched),
        Finding(f"time until the first result at {AT:,} documents, to the theme's", TIME, "×", seconds),
    ]
