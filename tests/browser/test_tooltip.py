"""Titles in a real browser: shown to a pointer that rests, to the Tab key and to a finger, as text, and taken away."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.visiting import PHONE, WIDE, OpenPage, violations

PAGE = "commentary/night-boat/"
HOSTILE = '<img src="x" onerror="alert(1)"><b>bold</b> &lt;script&gt;'


def tip(page: Page) -> Locator:
    return page.get_by_role("tooltip")


def emended(page: Page) -> tuple[Locator, str]:
    """Return words with a title that are no link, in view, and their title."""
    words = page.locator(".md-content .emendation").first
    words.evaluate("(one) => one.scrollIntoView({ block: 'center', behavior: 'instant' })")
    return words, words.get_attribute("title") or ""


def test_a_pointer_that_rests_is_shown_a_title_and_one_that_passes_is_not(open_page: OpenPage, address: str) -> None:
    page = open_page(None, **WIDE, is_kept=False)
    page.clock.install()
    page.goto(address + PAGE)
    words, title = emended(page)
    page.clock.pause_at(page.evaluate("Date.now() + 60_000"))
    page.mouse.move(1, 1)
    words.hover()
    page.clock.run_for(300)
    expect(tip(page)).to_have_count(0)
    page.mouse.move(1, 1)
    page.clock.run_for(1000)
    expect(tip(page)).to_have_count(0)
    words.hover()
    page.clock.run_for(400)
    expect(tip(page)).to_have_text(title)
    page.mouse.move(1, 1)
    page.clock.run_for(200)  # the way to what is shown may lead across something else
    expect(tip(page)).to_be_visible()
    page.clock.run_for(100)
    expect(tip(page)).to_have_count(0)


def test_a_pointer_may_go_onto_it_and_escape_takes_it_away(open_page: OpenPage) -> None:
    page = open_page(PAGE, **WIDE)
    words, title = emended(page)
    words.hover()
    expect(tip(page)).to_have_text(title)
    expect(words).to_have_accessible_description(title)
    assert words.get_attribute("title") is None  # or the browser would show it too
    tip(page).hover()
    page.wait_for_timeout(500)
    expect(tip(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip(page)).to_have_count(0)
    expect(words).to_have_attribute("title", title)
    assert words.get_attribute("aria-describedby") is None
    page.mouse.move(1, 1)
    words.hover()
    expect(tip(page)).to_be_visible()
    page.mouse.down()
    expect(tip(page)).to_have_count(0)


def test_a_title_is_text(open_page: OpenPage) -> None:
    page = open_page(PAGE, **WIDE)
    words, _ = emended(page)
    words.evaluate("(one, title) => { one.title = title; }", HOSTILE)
    words.hover()
    expect(tip(page)).to_have_text(HOSTILE)
    assert tip(page).evaluate("(tip) => tip.childElementCount") == 0


def test_tab_shows_a_title_and_goes_on(open_page: OpenPage) -> None:
    page = open_page(PAGE, **WIDE)
    short = page.locator(".md-content abbr").first
    title = short.get_attribute("title") or ""
    short.focus()  # as a script does
    expect(tip(page)).to_have_count(0)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(short).to_be_focused()
    expect(tip(page)).to_have_text(title)
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(tip(page)).to_have_count(0)
    expect(short).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(tip(page)).to_have_text(title)
    page.keyboard.press("Tab")
    expect(tip(page).filter(has_text=title)).to_have_count(0)
    expect(short).to_have_attribute("title", title)


def test_a_finger_shows_a_title_and_takes_it_away(open_page: OpenPage) -> None:
    page = open_page(PAGE, **PHONE)
    words, title = emended(page)
    words.tap()
    expect(tip(page)).to_have_text(title)
    expect(tip(page)).to_be_in_viewport(ratio=1)
    tip(page).tap()
    expect(tip(page)).to_be_visible()
    words.tap()
    expect(tip(page)).to_have_count(0)
    words.tap()
    expect(tip(page)).to_be_visible()
    page.locator("h1").tap(position={"x": 5, "y": 5})
    expect(tip(page)).to_have_count(0)


def test_a_finger_sets_off_a_link_and_its_title_does_not_stand_in_the_way(open_page: OpenPage) -> None:
    page = open_page(PAGE, **PHONE)
    proof = page.locator("a.proof[title]").first
    proof.tap()
    expect(page.locator("dialog.clause-panel")).to_be_visible()
    expect(tip(page)).to_have_count(0)


def test_it_lies_above_a_dialog_that_makes_the_rest_inert_and_goes_before_it(open_page: OpenPage) -> None:
    page = open_page(PAGE, viewport={"width": 700, "height": 800}, reduced_motion="reduce")
    page.locator("a.proof[title]").first.click()
    panel = page.locator("dialog.clause-panel:modal")
    expect(panel).to_be_visible()
    link = panel.locator(".clause-panel-text a:visible").first
    link.evaluate("(one) => { one.title = 'Where it leads'; }")
    link.hover()
    expect(tip(page)).to_have_text("Where it leads")
    assert tip(page).evaluate(
        """(tip) => {
          const { left, top, width, height } = tip.getBoundingClientRect();
          return document.elementFromPoint(left + width / 2, top + height / 2) === tip;
        }"""
    )
    page.keyboard.press("Escape")
    expect(tip(page)).to_have_count(0)
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)


@pytest.mark.parametrize("block", ["start", "end"])
@pytest.mark.parametrize("width", [320, 1280])
def test_it_stands_whole_in_the_window_beside_its_words(block: str, width: int, open_page: OpenPage) -> None:
    page = open_page(PAGE, viewport={"width": width, "height": 512}, reduced_motion="reduce")
    words, _ = emended(page)
    words.evaluate("(one) => { one.title = `${one.title} `.repeat(3); }")
    words.evaluate(f"(one) => one.scrollIntoView({{ block: '{block}', behavior: 'instant' }})")
    page.mouse.wheel(0, -120 if block == "start" else 0)  # out from under the header
    page.wait_for_timeout(200)
    words.hover()
    expect(tip(page)).to_be_in_viewport(ratio=1)
    one, other = tip(page).bounding_box(), words.bounding_box()
    assert one
    assert other
    assert one["y"] >= other["y"] + other["height"] or one["y"] + one["height"] <= other["y"]
    page.mouse.wheel(0, 40)
    page.wait_for_timeout(200)
    later = tip(page).bounding_box()
    assert later is None or later["y"] != one["y"], "it goes with its words"


def test_an_element_that_has_its_name_from_the_title_keeps_it(open_page: OpenPage) -> None:
    page = open_page(PAGE, **WIDE)
    label = page.locator("label[for='__palette_1']")
    title = label.get_attribute("title") or ""
    label.hover()
    expect(tip(page)).to_have_text(title)
    expect(label).to_have_accessible_name(title)
    label.click()
    expect(tip(page)).to_have_count(0)
    expect(label).to_have_attribute("title", title)
    assert label.get_attribute("aria-label") is None


def test_what_is_printed_beside_a_term_is_not_said_again(open_page: OpenPage) -> None:
    page = open_page("glossary/", **WIDE)
    short = page.locator(".md-content h2 > abbr").first
    short.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(short).to_be_focused()
    expect(tip(page)).to_have_count(0)
    assert short.get_attribute("title")
