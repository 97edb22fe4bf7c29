"""The choice of a colour scheme, in a real browser."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.visiting import WIDE, OpenPage, until

PAGE = "declarations/ferry-2004/"
PAPER = {"default": "rgb(253, 253, 252)", "slate": "rgb(20, 24, 27)"}


def _label(page: Page) -> Any:
    return page.locator(".palette label").filter(visible=True)


def _has(page: Page, scheme: str) -> None:
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)
    expect(page.locator("body")).to_have_css("background-color", PAPER[scheme])
    expect(page.locator("meta[name='theme-color']")).to_have_attribute("content", PAPER[scheme])
    expect(page.locator("body")).not_to_have_attribute("data-md-color-switching", "")


@pytest.mark.parametrize(("systems", "scheme"), [("light", "default"), ("dark", "slate")])
def test_without_a_choice_it_is_the_systems(open_page: OpenPage, systems: Any, scheme: str) -> None:
    page = open_page(PAGE, **WIDE, color_scheme=systems)
    _has(page, scheme)
    expect(_label(page)).to_have_count(1)
    page.emulate_media(color_scheme="dark" if systems == "light" else "light", reduced_motion="reduce")
    _has(page, "slate" if scheme == "default" else "default")


def test_it_is_there_before_any_module_is(open_page: OpenPage, address: str) -> None:
    page = open_page(None).context.new_page()  # which does not wait for the scripts
    page.emulate_media(color_scheme="dark")
    page.route("**/edition.js", lambda route: route.abort())
    page.goto(address + PAGE)
    expect(page.locator("body")).to_have_css("background-color", PAPER["slate"])


def test_a_choice_holds_on_the_pages_that_follow_and_for_the_system_too(open_page: OpenPage, address: str) -> None:
    page = open_page(PAGE, **WIDE, color_scheme="dark")
    _label(page).click()
    _has(page, "default")
    page.goto(f"{address}glossary/")
    _has(page, "default")
    _label(page).click()
    _has(page, "slate")
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.reload()
    _has(page, "slate")
    _label(page).click()
    _has(page, "default")
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    _has(page, "slate")
    page.reload()
    _has(page, "slate")


def test_by_keyboard_arrows_and_enter_choose(open_page: OpenPage) -> None:
    page = open_page(PAGE, **WIDE, color_scheme="light")
    page.locator("#__palette_0").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#__palette_1")).to_be_focused()
    page.keyboard.press("ArrowRight")
    _has(page, "slate")
    page.keyboard.press("Enter")
    expect(page.locator("#__palette_0")).to_be_focused()
    _has(page, "default")


def test_where_nothing_may_be_kept_it_can_be_chosen_all_the_same(open_page: OpenPage, address: str) -> None:
    page = open_page(None, **WIDE, color_scheme="light", is_kept=False)
    page.add_init_script(
        "Storage.prototype.setItem = Storage.prototype.getItem = () => { throw new Error('forbidden') }"
    )
    page.goto(address + PAGE)
    _has(page, "default")
    _label(page).click()
    _label(page).click()
    _has(page, "slate")


def test_nothing_is_styled_anew_for_a_scheme_that_stays(open_page: OpenPage, address: str) -> None:
    page = open_page(None, **WIDE, color_scheme="light", is_kept=False)
    page.add_init_script("""
      addEventListener("DOMContentLoaded", () => {
        window.changes = [];
        const note = (changes) => window.changes.push(...changes.map((one) => one.attributeName));
        new MutationObserver(note).observe(document.body, { attributes: true });
      });
    """)
    page.goto(address + PAGE)
    until(page, "document.querySelector('meta[name=theme-color]')?.content")
    assert page.evaluate("window.changes.filter((name) => name.startsWith('data-md-color'))") == []
