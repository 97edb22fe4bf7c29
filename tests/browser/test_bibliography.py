"""The bibliography in a real browser: sources by grade and kind, and what a link to one of them does."""

import re

from playwright.sync_api import Page, expect

from tests.visiting import OpenPage

PAGE = "bibliography/"
SOURCES = ".bibliography > ul > li"


def test_sources_are_chosen_by_grade_and_kind(light: Page) -> None:
    light.goto(PAGE)
    whole = light.locator(f"{SOURCES}:visible").count()
    light.get_by_role("combobox", name="Grade").select_option(label="Newspaper of record")
    expect(light).to_have_url(f"{light.url.partition('?')[0]}?grade=newspaper+of+record")
    shown = light.locator(f"{SOURCES}:visible")
    assert 0 < shown.count() < whole
    assert {*shown.locator(".source-grade").all_inner_texts()} == {"Newspaper of record."}
    assert light.locator(".letter:visible").count() == light.locator(".letters a:visible").count() > 0
    expect(light.get_by_role("status")).to_contain_text(f"{shown.count()} of {whole} shown.")
    light.get_by_role("combobox", name="Kind").select_option(label="statement")
    expect(shown).to_have_count(0)
    light.get_by_role("button", name="Show all").click()
    expect(shown).to_have_count(whole)


def test_a_link_to_a_source_that_is_filtered_away_shows_it(light: Page) -> None:
    light.goto(f"{PAGE}?kind=book")
    expect(light.locator("#gazette-2004")).to_be_hidden()
    light.goto(f"{PAGE}?kind=book#gazette-2004")
    expect(light.locator("#gazette-2004")).to_be_in_viewport()
    expect(light).to_have_url(re.compile(r"/bibliography/#gazette-2004$"))


def test_without_a_script_grades_are_counted_and_letters_lead(open_page: OpenPage) -> None:
    page = open_page(PAGE, java_script_enabled=False)
    expect(page.locator("select")).to_have_count(0)
    expect(page.locator(".grades")).to_contain_text("Newspaper of record")
    page.locator(".letters a").last.click()
    expect(page.locator(".letter:target")).to_be_in_viewport()
