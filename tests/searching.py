"""What tests share that search a site: how they ask, and when a query is answered."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import unquote

from playwright.sync_api import Page

from tests.visiting import until

Query = Mapping[str, str | int | bool | list[str]]
"""What is asked and what is wanted, as tests/edition/queries.toml tells."""


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
    return addresses(
        page.eval_on_selector_all(
            ".md-content a.search-hit", "all => all.map(a => a.href.replace(new URL('../', location).href, ''))"
        )
    )


def addresses(links: Iterable[str]) -> list[str]:
    """Return where links of results lead, without the words to mark there."""
    return [unquote(re.sub(r"\?[^#]*", "", link)) for link in links]


@dataclass(frozen=True)
class Answer:
    """What the page of results said to a query, and what was marked where its first result leads."""

    links: list[str]
    """Below the site's root, with the words to mark."""
    said: str
    advised: str
    marked: int = 0
    left: str = ""
    """What stood in the address after the words had been taken from it."""


_ASK = """async (queries) => {
  const one = (css) => document.querySelector(css);
  const content = one(".md-content"), field = one("#_search-field");
  const status = one(".md-content .search-status"), advice = one(".search-advice"), home = one(".md-content .search");
  const isAnswered = () => !status.textContent.endsWith("…") && (status.textContent || advice.textContent || !home.hidden);
  const isAnsweredAtLast = () => new Promise((resolve) => {
    const changes = new MutationObserver(() => setTimeout(look)); // after all that is written together
    const end = (holds) => {
      changes.disconnect();
      clearTimeout(late);
      resolve(holds);
    };
    const late = setTimeout(() => end(false), 30_000);
    const look = () => isAnswered() && end(true);
    changes.observe(content, { subtree: true, childList: true, attributes: true });
    setTimeout(look);
  });
  const root = new URL("../", location).href;
  const answers = [];
  content.hidden = true; // nobody looks: to lay results out takes longer than to find them
  let patience = 3; // where the search does not work at all, nobody waits for each query
  for (const query of queries) {
    if (!patience) break;
    status.textContent = "…";
    field.value = query;
    field.form.requestSubmit();
    const links = () => [...content.querySelectorAll("a.search-hit")].map(({ href }) => href.replace(root, ""));
    if (await isAnsweredAtLast()) answers.push([query, links(), status.textContent, advice.textContent]);
    else patience -= 1;
  }
  content.hidden = false;
  return answers;
}"""

_MARK = """async (links) => {
  const script = document.querySelector("script[src$='assets/edition.js']");
  const { equip } = await import(new URL("search/highlight.js", script.src));
  const seen = () => [CSS.highlights.get("search")?.size ?? 0, location.search];
  return [seen(), ...links.map((link) => {
    history.replaceState(null, "", new URL(link, script.src.replace("assets/edition.js", "")));
    CSS.highlights.delete("search");
    if (new URLSearchParams(location.search).has("h")) equip();
    return seen();
  })];
}"""
"""Tells what is marked on a page, and what would be if it were opened by other links to it."""


def answers(queries: Iterable[str], results: Page, opened: Page) -> dict[str, Answer]:
    """Ask one query after the other on one page of results, and follow the first result of each.

    A page that first results lead to is opened by the first of them.  A query that gets no answer has none here.
    """
    results.locator("#_search-field").wait_for()
    found = {query: Answer(*said) for query, *said in results.evaluate(_ASK, list(queries))}
    led = sorted((answer.links[0], query) for query, answer in found.items() if answer.links)
    for _, group in groupby(led, key=lambda one: re.split("[?#]", one[0])[0]):
        links, here = zip(*group, strict=True)
        opened.goto("about:blank")  # from another passage of a page, nothing is opened
        opened.goto(results.url.partition("search/")[0] + links[0])
        until(opened, "location.search === ''")  # what is marked is taken from the address
        for query, (marked, left) in zip(here, opened.evaluate(_MARK, list(links[1:])), strict=True):
            found[query] = replace(found[query], marked=marked, left=left)
    return found


def is_answered(query: Query, answer: Answer | None) -> None:
    """Assert that a query finds what it should, on the page of results, and that its words are marked where they stand.

    What a query wants is told in tests/edition/queries.toml.
    """
    assert answer, "nothing was said in half a minute"
    found = addresses(answer.links)
    if "first" in query:
        first = query["first"]
        assert found[:1] == [first] or (isinstance(first, list) and found[0] in first)
    if isinstance(leads := query.get("leads"), list):
        assert set(found[: len(leads)]) == set(leads)
    if isinstance(among := query.get("among"), list):
        assert set(among) <= set(found[:5])
    if "finds" in query:
        assert len(found) == query["finds"]
    assert str(query.get("suggests", "")) in answer.advised
    assert str(query.get("says", "")) in answer.said
    if found:
        assert answer.left == ""
        assert not re.search("[?&]h=(?:[&#]|$)", answer.links[0]), answer.links[0]
        marks = "?h=" in answer.links[0] and query.get("marks", True)
        assert bool(answer.marked) == marks, answer.links[0]
