"""The content-security policy in a real browser: nothing that the site does is forbidden, and nothing planted runs."""

import json
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.visiting import Visit, hover_titles

COMMENTARY = "commentary/night-boat/"
WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
MEDIUM: dict[str, Any] = {"viewport": {"width": 1000, "height": 800}}
NARROW: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


def _palette(page: Page) -> None:
    for _ in range(3):
        page.locator(".palette label:visible").click()


def _notes(page: Page) -> None:
    page.locator("a.footnote-ref").nth(3).hover()
    expect(page.locator(".note-box")).to_be_visible()
    page.locator("a.footnote-ref").nth(4).press("Enter")
    page.locator(".note-box").get_by_role("button", name="Close").click()
    for button in page.locator(".note-kinds button").all():
        button.click()


def _panel(page: Page) -> None:
    page.locator("a.proof").first.click()
    panel = page.locator("dialog.clause-panel[open]")
    expect(panel.locator(".own-words")).to_be_visible()
    hover_titles(page, 1)
    page.keyboard.press("Escape")


def _passage(page: Page) -> None:
    page.locator("#p7 > .paragraph-number").click()
    tools = page.locator(".passage-tools:popover-open")
    tools.get_by_role("button", name="Copy link").click()
    tools.get_by_role("button", name="Cite").click()
    for name in ("BibTeX", "RIS", "CSL-JSON"):
        tools.get_by_role("button", name=name).click()
    tools.get_by_role("button", name="Copy", exact=True).click()
    expect(tools.get_by_role("status")).to_have_text("Citation copied")


def _search_dialog(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("dredging")
    page.locator(".search-dialog a.search-hit").first.click(timeout=20_000)
    page.wait_for_load_state()


def _search_page(page: Page) -> None:
    expect(page.locator("a.search-hit").first).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Show more").click()
    page.get_by_role("checkbox", name="Our notes").check()
    page.locator("a.search-hit").first.click()
    page.wait_for_load_state()


def _chooser(page: Page) -> None:
    boxes = page.get_by_role("checkbox")
    for label in ("1998", "2004", "2010"):
        boxes.and_(page.get_by_label(label, exact=True)).check()
    expect(page.locator(".comparison thead a")).to_have_count(3)


def _comparison(page: Page) -> None:
    for button in page.locator(".comparison-tools button:visible:enabled").all():
        button.click()
    page.keyboard.press("n")


def _code(page: Page) -> None:
    page.locator(".code-copy").first.click()
    expect(page.locator(".code-copy").first).to_have_text("Copied")


def _top(page: Page) -> None:
    page.mouse.wheel(0, 4000)
    page.wait_for_timeout(300)
    page.mouse.wheel(0, -600)
    page.locator("button.md-top").click()


def _titles(page: Page) -> None:
    hover_titles(page, 6)
    for _ in range(20):
        page.keyboard.press("Tab")


def _print(page: Page) -> None:
    assert page.pdf()


DEEDS = {
    "palette": ("", WIDE, _palette),
    "titles": (COMMENTARY, WIDE, _titles),
    "titles of the glossary": ("glossary/", WIDE, _titles),
    "notes": (COMMENTARY, MEDIUM, _notes),
    "notes under a finger": (COMMENTARY, NARROW, lambda page: page.locator("a.footnote-ref").nth(3).tap()),
    "clause beside the text": (COMMENTARY, WIDE, _panel),
    "clause on a phone": (COMMENTARY, NARROW, _panel),
    "link and citation": (COMMENTARY, WIDE, _passage),
    "search on the spot": ("about/", WIDE, _search_dialog),
    "page of results": ("search/?q=boat", WIDE, _search_page),
    "what to compare": ("comparisons/", WIDE, _chooser),
    "tools of a comparison": ("comparisons/2002-2004/", WIDE, _comparison),
    "copied code": ("contribute/add-a-commentary/", WIDE, _code),
    "back to top": (COMMENTARY, WIDE, _top),
    "print": (COMMENTARY, WIDE, _print),
    "print of a comparison": ("comparisons/2002-2004/", WIDE, _print),
}


@pytest.mark.parametrize("name", DEEDS)
def test_everything_that_a_reader_does_keeps_to_the_policy(name: str, visit: Callable[..., Visit]) -> None:
    path, options, act = DEEDS[name]
    reader = visit(permissions=["clipboard-read", "clipboard-write"], **options)
    act(reader.open(path))
    reader.page.wait_for_timeout(200)
    assert (reader.forbidden, reader.ran) == ([], [])


RUN = "window.ran = (window.ran ?? 0) + 1"
HOST = "https://attacker.example"
IMAGE = f'<img src="/nowhere" onerror="{RUN}">'


def _config(html: str, **settings: object) -> str:
    """Return a page whose settings of the theme's script an author has taken over."""
    mine = {"base": f"{HOST}/a/", "features": [], "search": "x", "translations": {}, **settings}
    return html.replace("<head>", f'<head><script id="__config" type="application/json">{json.dumps(mine)}</script>', 1)


def _in_article(html: str, planted: str) -> str:
    return html.replace("</h1>", f"</h1>{planted}", 1)


# What was planted in the text, with the engine's own defences out of the way, and what the policy says to it.
PLANTS: dict[str, tuple[Callable[[str], str], str]] = {
    "h1: an address of another site, fetched": (lambda html: html, "connect-src"),
    "h1: handlers in what was fetched": (lambda html: _in_article(html, f"<h2 id=x>{IMAGE}</h2>"), "script-src-attr"),
    "h2: a tooltip's title": (
        lambda html: _in_article(
            _config(html, base="../..", features=["content.tooltips"]),
            f"<p><span id=planted title='{IMAGE}'>here</span></p>",
        ),
        "script-src-attr",
    ),
    "h3: versions of another site": (lambda html: _config(html, version={"provider": "mike"}), "connect-src"),
    "h3: versions of this site": (
        lambda html: _config(html, base="../../x/", version={"provider": "mike"}),
        "script-src-attr",
    ),
    "h4: a file's name in the header": (
        lambda html: html.replace('<span class="md-ellipsis">', f'<span class="md-ellipsis">{IMAGE}', 1),
        "script-src-attr",
    ),
    "h5: a heading in the title": (
        lambda html: html.replace("</title>", f"</title><script>{RUN}</script>", 1),
        "script-src-elem",
    ),
    "h6: the component that asks GitHub": (
        lambda html: _in_article(
            html,
            '<a data-md-component="source" href="https://github.com/evil/repo"><span>repo</span></a>',
        ),
        "connect-src",
    ),
    "h7: a diagram": (
        lambda html: _in_article(html, '<pre class="mermaid"><code>graph TD; A--&gt;B</code></pre>'),
        "script-src-elem",
    ),
    "a script": (lambda html: _in_article(html, f"<script>{RUN}</script>"), "script-src-elem"),
    "a script of another site": (lambda html: _in_article(html, f"<script src='{HOST}/x.js'></script>"), "script-src"),
    "a picture of another site": (lambda html: _in_article(html, f"<img src='{HOST}/x.png'>"), "img-src"),
    "a frame": (
        lambda html: _in_article(html, "<iframe srcdoc='<script>parent.ran = 1</script>'></iframe>"),
        "script-src-elem",
    ),
    "a frame of another site": (lambda html: _in_article(html, f"<iframe src='{HOST}/'></iframe>"), "frame-src"),
    "an object": (lambda html: _in_article(html, f"<object data='{HOST}/x.svg'></object>"), "object-src"),
    "a style sheet": (lambda html: _in_article(html, f"<link rel=stylesheet href='{HOST}/x.css'>"), "style-src"),
    "a style": (lambda html: _in_article(html, "<style>body { display: none }</style>"), "style-src"),
    "another base": (lambda html: html.replace("<title>", f"<base href='{HOST}/'><title>", 1), "base-uri"),
    "a handler of a drawing": (lambda html: _in_article(html, f"<svg onload='{RUN}'></svg>"), "script-src-attr"),
}


def plant(name: str, reader: Visit) -> int:
    """Visit a page in which something was planted; return how often it ran there."""
    page, change = reader.page, PLANTS[name][0]

    def answer(route: Route) -> None:
        route.fulfill(body=change(route.fetch().text()), content_type="text/html; charset=utf-8")

    def foreign(route: Route) -> None:
        kind = "text/css" if route.request.url.endswith("css") else "text/javascript"
        route.fulfill(body=RUN, content_type=kind, headers={"access-control-allow-origin": "*"})

    page.route(re.compile(rf"/{COMMENTARY}$"), answer)
    page.route("**/versions.json", lambda route: route.fulfill(json=[{"version": "1", "title": IMAGE, "aliases": []}]))
    page.route(lambda url: not url.startswith(reader.address), foreign)
    reader.open(COMMENTARY)
    if name.startswith("h1: an address"):
        page.evaluate(f"fetch('{HOST}/x').catch(() => 0)")
    if name.startswith("h2"):
        page.locator("#planted").hover()
    end = time.monotonic() + 10
    while not page.evaluate("window.ran ?? 0") and not (reader.forbidden or reader.ran) and time.monotonic() < end:
        page.wait_for_timeout(50)
    page.wait_for_timeout(100)
    return int(page.evaluate("window.ran ?? 0"))


@pytest.mark.parametrize("name", PLANTS)
def test_what_is_planted_in_a_page_does_not_run(name: str, visit: Callable[..., Visit]) -> None:
    reader = visit(**WIDE)
    assert plant(name, reader) == 0
    assert [one for one in reader.ran if not one.startswith("error:")] == []
    assert any(PLANTS[name][1] in text for text in reader.forbidden), reader.forbidden


@pytest.mark.parametrize("name", [name for name in PLANTS if name not in ("a style", "another base")])
def test_what_is_planted_would_run_without_the_policy(name: str, visit: Callable[..., Visit]) -> None:
    reader = visit(bypass_csp=True, **WIDE)
    assert plant(name, reader) or [one for one in reader.ran if one.startswith("asked")]
