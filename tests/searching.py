"""What tests share that search a site: how they ask, and when a query is answered."""

import re
from collections.abc import Mapping
from urllib.parse import unquote

from playwright.sync_api import Page, expect

from tests.visiting import patient, until


def ask(page: Page, query: str) -> list[str]:
    """Ask on the page of results; return the addresses of what is found, without the words to mark there."""
    page.locator("#_search-field").wait_for()
    page.evaluate("document.querySelector('.md-content .search-status').textContent = '…'")
    page.locator("#_search-field").fill(query)
    page.locator("#_search-field").press("Enter")
    until(
        page,
        """() => !document.querySelector('.md-content .search-status').textContent.endsWith('…')
          && (document.querySelector('.md-content .search-status').textContent
            || document.querySelector('.search-advice').textContent
            || !document.querySelector('.md-content .search').hidden)""",
    )
    return [
        unquote(re.sub(r"\?[^#]*", "", href))
        for href in page.eval_on_selector_all(
            ".md-content a.search-hit", "all => all.map(a => a.href.replace(new URL('../', location).href, ''))"
        )
    ]


_MARK = """async (href) => {
  history.replaceState(null, "", href);
  CSS.highlights.delete("search");
  if (!new URLSearchParams(location.search).has("h")) return;
  const [{ src }] = document.querySelectorAll("script[src$='assets/edition.js']");
  (await import(new URL("search/highlight.js", src))).equip();
}"""


def follow(href: str, opened: Page) -> Page:
    """Return the page that a result leads to, opened from one that stays; one that is open marks other words anew."""
    for page in opened.context.pages:
        if page.url.partition("#")[0] == re.sub("[?#].*", "", href):
            page.evaluate(_MARK, href)
            return page
    with opened.expect_popup() as begun:
        opened.evaluate("void open()")
    patient(begun.value).goto(href)
    return begun.value


def is_answered(query: Mapping[str, str | int | bool | list[str]], results: Page, opened: Page) -> None:
    """Assert that a query finds what it should, on the page of results, and that its words are marked where they stand.

    What a query wants is told in tests/edition/queries.toml.
    """
    found = ask(results, str(query["asks"]))
    if "first" in query:
        first = query["first"]
        assert found[:1] == [first] or (isinstance(first, list) and found[0] in first)
    if isinstance(leads := query.get("leads"), list):
        assert set(found[: len(leads)]) == set(leads)
    if isinstance(among := query.get("among"), list):
        assert set(among) <= set(found[:5])
    if "finds" in query:
        assert len(found) == query["finds"]
    if "suggests" in query:
        expect(results.locator(".search-advice")).to_contain_text(str(query["suggests"]))
    if "says" in query:
        expect(results.locator(".md-content .search-status")).to_contain_text(str(query["says"]))
    if found:
        href = str(results.locator(".md-content a.search-hit").first.get_attribute("href"))
        assert not re.search("[?&]h=(?:[&#]|$)", href), href
        page = follow(href, opened)
        until(page, "location.search === ''")  # what is marked is taken from the address
        marks = "?h=" in href and query.get("marks", True)
        assert bool(page.evaluate("CSS.highlights.get('search')?.size ?? 0")) == marks, href
