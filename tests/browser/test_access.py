"""Accessibility in a real browser: WCAG 2.2 A and AA as far as axe can tell, zoom, and the keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.visiting import COLOURS, NARROW, OpenPage, violations


@pytest.mark.parametrize(
    ("of", "style", "rule"),
    [
        ("p", "", ""),
        ("p", "color: #aaa", "color-contrast"),
        ("p", "background: #888", "color-contrast"),
        ("p", "opacity: 0.3", "color-contrast"),
        ("a", "color: #444; text-decoration: none; border: 0", "link-in-text-block"),
    ],
)
def test_one_text_that_is_too_pale_is_seen_among_many(of: str, style: str, rule: str, light: Page) -> None:
    light.goto("commentary/night-boat/")
    light.evaluate(
        """([of, style]) => {
          document.querySelector("article").insertAdjacentHTML("beforeend", "<div><p>Words with <a href='#x'>a link</a> among them.</p></div>");
          document.querySelector(`article > div:last-child ${of}`).style = style;
        }""",
        [of, style],
    )
    assert {found.partition(":")[0] for found in violations(light, *COLOURS)} == {rule} - {""}


def test_a_note_that_is_open_and_search_are_accessible(open_page: OpenPage) -> None:
    page = open_page("commentary/night-boat/", viewport={"width": 1000, "height": 800})
    page.locator("a.footnote-ref").nth(4).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".note-box")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    page.keyboard.type("dredging")
    expect(page.locator(".search-dialog a.search-hit").first).to_be_visible(timeout=10_000)
    assert violations(page) == []
    page.locator(".search-dialog input").fill("crwe")
    expect(page.locator(".search-dialog .search-meant")).to_be_visible()
    assert violations(page) == []


def test_footnotes_say_what_they_are_and_where_they_lead(light: Page) -> None:
    light.goto("commentary/night-boat/")
    expect(light.locator("div.footnote")).to_have_attribute("role", "doc-endnotes")
    expect(light.locator("a.footnote-ref:not([role='doc-noteref'])")).to_have_count(0)
    back = light.locator("#note-watch-ahead a.footnote-backref")
    expect(back).to_have_attribute("role", "doc-backlink")
    expect(back).to_have_accessible_name(re.compile(r"^Back to note \d+ in paragraph \d+$"))


def test_the_drawer_is_opened_and_left_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("declarations/ferry-2004/", viewport=NARROW, reduced_motion="reduce")
    drawer = page.locator(".md-sidebar--primary")
    opener = page.get_by_role("button", name="Navigation")
    expect(drawer).to_be_hidden()
    for key in ("Enter", "Space"):
        opener.focus()
        page.keyboard.press(key)
        expect(opener).to_have_attribute("aria-expanded", "true")
        expect(drawer.locator(":focus")).to_be_in_viewport()
        page.keyboard.press("Escape")
        expect(opener).to_be_focused()
        expect(opener).to_have_attribute("aria-expanded", "false")
        expect(drawer).to_be_hidden()
    page.keyboard.press("Enter")
    expect(drawer).to_be_visible()
    for _ in range(60):  # every stop in the drawer is to be seen; beyond the last it closes
        page.keyboard.press("Tab")
        if not drawer.locator(":focus").count():
            break
        expect(drawer.locator(":focus")).to_be_in_viewport()
        assert page.evaluate(
            """() => {
              const { left, top, width, height } = document.activeElement.getBoundingClientRect();
              const found = document.elementFromPoint(left + width / 2, top + height / 2);
              return document.activeElement.contains(found);
            }"""
        ), page.evaluate("document.activeElement.outerHTML")
    expect(drawer).to_be_hidden()


def test_a_panel_of_the_drawer_leads_back_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("declarations/ferry-2004/", viewport=NARROW, reduced_motion="reduce")
    page.get_by_role("button", name="Navigation").focus()
    page.keyboard.press("Enter")
    title = page.locator(".md-sidebar--primary .md-nav__title[for='__nav_3'] button")
    expect(title).to_be_visible()
    title.focus()
    page.keyboard.press("Enter")
    link = page.locator(".md-sidebar--primary").get_by_role("link", name="Threads")
    expect(link).to_be_visible()
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/threads/")


def test_a_heading_is_named_by_its_words_alone(open_page: OpenPage) -> None:
    page = open_page("declarations/ferry-2004/")
    expect(page.get_by_role("heading", name="Fog and the right to stop", exact=True)).to_have_count(1)
    names = page.eval_on_selector_all(":is(h1, h2, h3)[id]", "all => all.map((one) => one.ariaLabel)")
    assert [name for name in names if not name or "¶" in name] == []


def test_landmarks_are_few_and_the_scheme_is_one_choice(open_page: OpenPage) -> None:
    page = open_page("declarations/ferry-2004/")
    landmarks = "header, main, footer, nav, aside, form[aria-label], [role=region], [role=search]"
    assert len(page.locator(landmarks).filter(visible=True).all()) <= 10
    main = page.get_by_role("main")
    expect(main.locator("h1")).to_have_count(1)
    expect(main.locator(".md-sidebar")).to_have_count(0)  # one navigates beside what one reads
    expect(page.get_by_role("radiogroup", name="Colour scheme").get_by_role("radio")).to_have_count(3)


def test_the_keyboard_reaches_what_was_emended(open_page: OpenPage) -> None:
    page = open_page("commentary/night-boat/")
    for emended in page.locator(".emendation").all():
        expect(emended).to_have_role("note")
        expect(emended).to_have_accessible_name(re.compile("^(.+, emended|Emended here)$"))
        expect(emended).to_have_accessible_description(re.compile("^The witness reads: "))
        emended.focus()
        expect(emended).to_be_focused()
