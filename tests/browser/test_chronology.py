"""The chronology in a real browser: what a reader chooses, its address, marks for a finger; arcs and strips on a phone."""

import csv
import io

from playwright.sync_api import Page, expect

from tests.visiting import PHONE, OpenPage

PAGE = "chronology/"


def entries(page: Page) -> list[str]:
    return page.locator(".chronology > ol > li:visible time").all_inner_texts()


def test_what_is_chosen_is_shown_alone_and_stands_in_the_address(light: Page) -> None:
    light.goto(PAGE)
    whole = entries(light)
    light.get_by_role("combobox", name="Thread").select_option(label="Gull Point and the wharf")
    expect(light).to_have_url(f"{light.url.partition('?')[0]}?thread=gull-point")
    assert 0 < len(entries(light)) < len(whole)
    expect(light.locator(".chronology-table tbody > tr:visible")).to_have_count(1)
    light.get_by_role("combobox", name="Kind").select_option(label="Event")
    assert entries(light) == ["16 May 2009"]
    expect(light.get_by_role("status")).to_contain_text(f"1 of {len(whole)} shown.")
    light.reload()
    assert entries(light) == ["16 May 2009"]
    light.goto(f"{PAGE}?thread=nowhere&kind=paper")
    assert entries(light) == ["1 November 1997"]


def test_where_nothing_is_chosen_it_says_so_and_offers_all(light: Page) -> None:
    light.goto(f"{PAGE}?thread=gull-point&kind=commentary")
    assert entries(light) == []
    expect(light.get_by_role("status")).to_contain_text("Nothing here is both")
    light.get_by_role("button", name="Show all").click()
    expect(light).to_have_url(light.url.partition("?")[0])
    assert entries(light)
    expect(light.get_by_role("combobox", name="Thread")).to_be_focused()


def test_a_link_to_what_is_filtered_away_shows_it(light: Page) -> None:
    light.goto(PAGE)
    id = light.locator(".chronology > ol > li").first.get_attribute("id")
    light.goto(f"{PAGE}?kind=event#{id}")
    expect(light.locator(f"[id='{id}']")).to_be_in_viewport()


def test_a_mark_leads_to_its_entry(light: Page) -> None:
    light.goto(PAGE)
    mark = light.locator(".chronology-mark[title*='pilots']").first
    expect(mark).to_have_accessible_name("16 May 2009: The charter of the pilots is changed")
    mark.click()
    expect(light.locator("li:target")).to_contain_text("The charter of the pilots is changed")


def test_without_script_all_is_there(open_page: OpenPage) -> None:
    page = open_page(PAGE, java_script_enabled=False)
    expect(page.locator("select")).to_have_count(0)
    expect(page.locator(".chronology > ol > li").first).to_be_visible()
    expect(page.locator(".chronology-mark").first).to_be_visible()


def test_marks_are_a_finger_wide_on_a_phone(open_page: OpenPage) -> None:
    page = open_page(PAGE, **PHONE)
    sizes = page.locator(".chronology-mark").evaluate_all(
        "marks => marks.map((mark) => { const { width, height } = mark.getBoundingClientRect(); return [width, height]; })"
    )
    assert sizes
    assert min(min(size) for size in sizes) >= 24
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_the_table_has_a_row_for_each_entry(light: Page) -> None:
    light.goto(PAGE)
    count = light.locator(".chronology > ol > li").count()
    link = light.get_by_role("link", name="All as a table (CSV)")
    answer = light.request.get(link.evaluate("link => link.href"))
    rows = list(csv.DictReader(io.StringIO(answer.text())))
    assert len(rows) == count
    assert {row["held"] for row in rows} == {"yes", "no"}


def test_the_former_address_leads_on(light: Page) -> None:
    light.goto("meetings/")
    light.wait_for_url("**/chronology/")


def test_the_years_below_a_clause_stand_in_one_line(open_page: OpenPage) -> None:
    page = open_page("declarations/ferry-2004/", **PHONE)
    tops = (
        page.locator(".lineage")
        .first.locator("li")
        .evaluate_all("years => years.map((year) => year.getBoundingClientRect().top)")
    )
    assert len(tops) > 2
    assert len(set(tops)) == 1
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_an_arc_fits_a_phone(open_page: OpenPage) -> None:
    page = open_page("threads/gull-point/", **PHONE)
    expect(page.locator(".arc-stop").first).to_contain_text("a survey")
    expect(page.locator(".arc-beside").last).to_contain_text("The charter of the pilots is changed")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
