"""Choosing what to compare, in a real browser: tables joined from comparisons of two, the address, what is not made."""

import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from macros.derived import pairs as pair
from tests.bench.serving import serving
from tests.derived.test_pairs import declaration
from tests.sites import COLLECTION, TOWNS, make
from tests.visiting import PHONE, WIDE, OpenPage, violations

PAGE = "comparisons/"
YEARS = ("1998", "2000", "2002", "2004", "2006", "2007", "2008", "2010")
ALL = ",".join(f"ferry-{year}" for year in YEARS)
TABLE = """() => [...document.querySelectorAll(".comparison-table > tbody")].map((row) => ({
  name: row.querySelector(".row-name").firstChild.textContent,
  said: row.querySelector(".difference")?.textContent ?? "",
  change: row.dataset.change,
  complete: row.dataset.complete,
  only: row.querySelector(".row-fold")?.dataset.only,
  cells: [...(row.rows[1]?.cells ?? row.querySelectorAll(".row-fold > div"))].map((cell) => [
    cell.dataset.state,
    cell.querySelector(".cell-head a")?.dataset.clause ?? "",
    [...cell.querySelectorAll("ins, del, mark")].map((run) => run.outerHTML).join(""),
    [...cell.children].map((part) => part.textContent.replace("¶", "").trim().replace(/\\s+/g, " ")).filter(Boolean).join(" "),
  ]),
  notes: row.querySelectorAll(".row-notes .note-body").length,
}))"""


def chip(page: Page, label: str) -> Locator:
    return page.get_by_role("checkbox", name=label, exact=True)


def heads(page: Page) -> list[str]:
    return page.locator(".comparison thead a").all_inner_texts()


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the smaller collection with full texts and a long series, of whose pairs few are made."""
    folder = tmp_path_factory.mktemp("invented")
    docs = folder / "docs"
    shutil.copytree(COLLECTION, docs)
    for year in range(2000, 2005):
        text = declaration(year)
        if year == 2001:  # the one between has another clause alone
            text = text.replace("High", "Low").replace("#high", "#low")
        (docs / "declarations" / f"tides-{year}.md").write_text(text, "utf-8")
    compared = '# All\n\n{{ compare("ferry-2001", "ferry-2004", "ferry-2007") }}\n'
    (docs / "comparisons" / "three.md").write_text(compared, "utf-8")
    with patch.object(pair, "MOST", 3):  # of those that are one text apart, all but the oldest
        make(folder / "site", TOWNS, docs_dir=str(docs), nav=None, strict=False)
    with serving(folder / "site") as served:
        yield served.address


def test_two_are_set_side_by_side_by_mouse(open_page: OpenPage, address: str) -> None:
    page = open_page(PAGE, **WIDE)
    status = page.locator(".choose-status")
    page.locator(".choose label").filter(has_text="2004").click()
    expect(status).to_have_text("Choose one more.")
    expect(page.locator(".comparison")).to_have_count(0)
    page.locator(".choose label").filter(has_text="2002").click()
    expect(status).to_have_text("2002 and 2004: 15 clauses side by side.")
    assert heads(page) == ["2002", "2004"]  # by date, not by choice
    assert page.url == f"{address}{PAGE}?compare=ferry-2002,ferry-2004"
    own = page.get_by_role("link", name="This comparison has its own page")
    assert str(own.get_attribute("href")).endswith("/comparisons/2002-2004/")
    page.locator(".choose label").filter(has_text="1998").click()
    expect(status).to_contain_text("1998, 2002 and 2004")
    expect(own).to_have_count(0)
    page.go_back()
    expect(status).to_have_text("2002 and 2004: 15 clauses side by side.")
    expect(chip(page, "1998")).not_to_be_checked()
    page.go_forward()
    expect(chip(page, "1998")).to_be_checked()
    assert heads(page) == ["1998", "2002", "2004"]
    page.locator(".choose").get_by_role("button", name="Clear").click()
    expect(page.locator(".comparison")).to_have_count(0)
    expect(status).to_be_empty()
    assert page.url == address + PAGE


def test_the_keyboard_chooses_texts_and_a_subject(open_page: OpenPage, address: str) -> None:
    page = open_page(PAGE, **WIDE)
    chip(page, "2006").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(chip(page, "2007")).to_be_focused()
    outline = chip(page, "2007").evaluate("(box) => getComputedStyle(box.nextElementSibling).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Space")
    expect(page.locator(".choose-status")).to_have_text("2006 and 2007: 12 clauses side by side.")
    expect(chip(page, "2007")).to_be_focused()  # nobody is carried away by the table
    subject = page.get_by_role("combobox", name="Subject")
    subject.focus()
    page.keyboard.type("The Mid")
    expect(page.locator(".choose-status")).to_have_text("2006 and 2007: 1 clause side by side.")
    expect(page.locator(".row-name")).to_have_text(["The Middle Bank"])
    assert page.url == f"{address}{PAGE}?compare=ferry-2006,ferry-2007&thread=middle-bank"
    subject.select_option("fog-stop")
    expect(page.locator(".choose-status")).to_have_text("2006 and 2007: no clause of this subject is recorded.")
    expect(page.locator(".comparison")).to_have_count(0)


def test_under_a_finger_it_stacks(open_page: OpenPage) -> None:
    page = open_page(PAGE, **PHONE)
    for year in ("2002", "2004", "2006"):
        page.locator(".choose label").filter(has_text=year).tap()
    expect(page.locator(".choose-status")).to_contain_text("2002, 2004 and 2006")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    cells = page.locator(".comparison td[data-state]")
    tops = [bounds["y"] for bounds in (cells.nth(at).bounding_box() for at in range(3)) if bounds]
    assert tops == sorted(tops)
    assert len(set(tops)) == 3
    targets = page.locator(".choose label > span, .choose select, .choose button")
    sizes = targets.evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")
    assert min(sizes) >= 44


def test_the_joined_table_is_the_engines_own(open_page: OpenPage) -> None:
    page = open_page("comparisons/all-statements/", **WIDE)
    wanted = page.evaluate(TABLE)
    page = open_page(f"{PAGE}?compare={ALL}", **WIDE)
    expect(page.locator(".comparison")).to_be_visible()
    found = page.evaluate(TABLE)
    assert [row["name"] for row in found] == [row["name"] for row in wanted]
    for one, other in zip(found, wanted, strict=True):
        assert one == other


def test_full_texts_are_joined_with_their_changes(open_page: OpenPage, invented: str) -> None:
    page = open_page(None, **WIDE)
    page.goto(f"{invented}comparisons/three/")
    wanted = page.evaluate(TABLE)
    page.goto(f"{invented}{PAGE}?compare=ferry-2001,ferry-2004,ferry-2007")
    expect(page.locator(".comparison")).to_be_visible()
    found = page.evaluate(TABLE)
    assert "<ins>" in str(found)
    assert "<mark>" in str(found)
    for one, other in zip(found, wanted, strict=True):
        for key in ("name", "change", "complete", "notes"):
            assert one[key] == other[key]
        # In excerpts the words are marked that one neighbour shares, not all others.
        assert [cell[:2] for cell in one["cells"]] == [cell[:2] for cell in other["cells"]]
        assert [cell[3] for cell in one["cells"]] == [cell[3] for cell in other["cells"]]
        assert one["cells"][1][2] == other["cells"][1][2] or "mark" in other["cells"][1][2]
        if one["change"] == "changed":
            assert one["said"].split(". ")[0] == other["said"].split(". ")[0]


def test_the_tools_of_comparisons_work_on_it(open_page: OpenPage, invented: str, address: str) -> None:
    page = open_page(None, **WIDE)
    page.goto(f"{invented}{PAGE}?compare=ferry-2001,ferry-2004&view=new")
    tools = page.get_by_role("group", name="Comparison tools")
    expect(tools.get_by_role("button", name="New words")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("td del").first).to_be_hidden()
    tools.get_by_role("button", name="Marked").click()
    expect(page.locator("td del").first).to_be_visible()
    assert page.url == f"{invented}{PAGE}?compare=ferry-2001,ferry-2004"
    tools.get_by_role("button", name="Next change").click()
    expect(tools.get_by_role("status")).to_have_text(re.compile("^Change 1 of"))
    page.locator(".choose label").filter(has_text="2007").first.click()
    expect(page.locator(".comparison")).to_have_count(1)
    expect(page.locator(".comparison-tools")).to_have_count(1)
    page.goto(f"{address}{PAGE}?compare=ferry-2002,ferry-2004&only=complete&view=marked")
    toggle = page.get_by_role("button", name="Only rows recorded on every side")
    expect(toggle).to_have_attribute("aria-pressed", "true")
    expect(page.locator("tbody:visible")).to_have_count(10)
    page.locator(".choose label").filter(has_text="2006").click()  # the choice of tools stays
    expect(page.locator(".choose-status")).to_contain_text("2006")
    expect(toggle).to_have_attribute("aria-pressed", "true")
    assert page.url == f"{address}{PAGE}?compare=ferry-2002,ferry-2004,ferry-2006&only=complete&view=marked"


def test_heads_of_columns_stay_in_view(open_page: OpenPage) -> None:
    page = open_page(f"{PAGE}?compare=ferry-2002,ferry-2004,ferry-2006", **WIDE)
    expect(page.locator(".comparison")).to_be_visible()
    page.locator(".comparison tbody").nth(9).scroll_into_view_if_needed()
    page.locator(".comparison tbody").nth(9).evaluate("(row) => row.scrollIntoView({ behavior: 'instant' })")
    expect(page.locator(".comparison thead a").first).to_be_in_viewport()


def test_the_address_restores_a_choice_and_leads_to_a_row(open_page: OpenPage) -> None:
    page = open_page(f"{PAGE}?compare=ferry-2006,ferry-2008&row=reserve-boat", **WIDE)
    head = page.locator(".row-head > th").filter(has_text="The reserve boat")
    expect(head).to_be_focused()
    expect(head).to_be_in_viewport()
    page = open_page(f"{PAGE}?compare=ferry-2008,nonsense,ferry-2006&thread=nonsense", **WIDE)
    expect(page.locator(".choose-status")).to_contain_text("2006 and 2008")
    expect(page.get_by_role("combobox", name="Subject")).to_have_value("")


def test_a_clause_leads_to_its_comparison(open_page: OpenPage) -> None:
    page = open_page("declarations/ferry-2008/", **WIDE)
    page.locator("#reserve-boat ~ .clause-compared a").first.click()
    page.wait_for_url(re.compile(r"/comparisons/\?compare=ferry-2006,ferry-2008&row=reserve-boat$"))
    expect(page.locator(".row-head > th:focus")).to_contain_text("The reserve boat")
    page = open_page("declarations/ferry-2006/", **WIDE)
    page.get_by_role("link", name="Compared with 2004").first.click()
    page.wait_for_url(re.compile("/comparisons/2004-2006/#"))
    expect(page.locator("tbody:target")).to_be_in_viewport()


def test_what_is_not_made_is_said_and_the_nearest_offered(open_page: OpenPage, invented: str) -> None:
    page = open_page(None, **WIDE)
    page.goto(f"{invented}{PAGE}?compare=tides-2000,tides-2003")
    status = page.locator(".choose-status")
    expect(status).to_have_text("2000 and 2003 are not compared beforehand. Nearest to it:")
    expect(page.locator(".comparison")).to_have_count(0)
    offers = page.locator(".choose-offers button")
    expect(offers.first).to_have_text("2000, 2001 and 2003")  # by the shortest way
    offers.first.click()
    expect(status).to_have_text("2000, 2001 and 2003: 2 clauses side by side.")
    # The clause of 2003 would have to be set against that of 2000: since that is not made, the row says so.
    rows = page.locator(".row-head")
    expect(rows.filter(has_text="High water")).to_contain_text("2003 is not compared with 2000 beforehand")
    expect(rows.filter(has_text="Low water")).not_to_contain_text("beforehand")
    page.go_back()
    expect(status).to_contain_text("are not compared beforehand")
    page.goto(f"{invented}{PAGE}?compare=tides-2000,ferry-2001")
    expect(status).to_have_text("Only texts of one series are compared.")


def test_loading_and_failing_are_said(open_page: OpenPage, address: str) -> None:
    page = open_page(PAGE, **WIDE)
    held: list[Route] = []
    page.route("**/comparisons/ferry-1998/ferry-2002.html", lambda route: held.append(route))
    for year in ("1998", "2002"):
        page.locator(".choose label").filter(has_text=year).click()
    status = page.locator(".choose-status")
    expect(status).to_have_text("Loading …")
    held.pop().abort()
    expect(status).to_have_text("The comparison could not be loaded.")
    page.unroute_all()
    page.get_by_role("button", name="Try again").click()
    expect(status).to_contain_text("1998 and 2002:")
    page.route("**/comparisons/ferry-1998/ferry-2004.html", lambda route: held.append(route))
    page.goto(f"{address}{PAGE}?compare=ferry-1998,ferry-2004")
    expect(status).to_have_text("Loading …")
    page.locator(".choose").get_by_role("button", name="Clear").click()
    held.pop().continue_()
    page.wait_for_timeout(300)
    expect(page.locator(".comparison")).to_have_count(0)  # what was no longer asked for does not come


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("options", [WIDE, PHONE])
def test_axe_finds_nothing_against_it(open_page: OpenPage, options: dict[str, Any], scheme: str) -> None:
    page = open_page(f"{PAGE}?compare=ferry-2002,ferry-2004,ferry-2006,ferry-2007", **options, color_scheme=scheme)
    expect(page.locator(".comparison")).to_be_visible()
    assert violations(page) == []


def test_without_script_neighbours_and_plain_tables_stand(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{PAGE}?compare=ferry-1998,ferry-2002", **WIDE, java_script_enabled=False)
    expect(page.locator(".choose")).to_have_count(0)
    page.locator(".series", has_text="Ferry Council").locator("summary").click()
    page.get_by_role("link", name="1998 and 2002").click()
    assert page.url == f"{address}comparisons/ferry-1998/ferry-2002.html"
    expect(page.get_by_role("columnheader").first).to_contain_text("1998")
    page.locator("td").get_by_role("link", name="The reserve boat").first.click()
    expect(page.locator("#reserve-boat")).to_be_in_viewport()
    page.goto(f"{address}{PAGE}")
    page.get_by_role("link", name="compared with 2006").click()
    assert page.url == f"{address}comparisons/ferry-2006/ferry-2007/"
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("2006 and 2007 compared"))


def test_print_has_the_table_without_the_form(open_page: OpenPage) -> None:
    page = open_page(f"{PAGE}?compare=ferry-2002,ferry-2004", **WIDE)
    expect(page.locator(".comparison")).to_be_visible()
    page.emulate_media(media="print")
    for part in (".choose", ".choose-status", ".comparison-tools"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.locator(".comparison-table")).to_be_visible()


def test_it_needs_nothing_but_its_own_file(strict_page: Callable[[str, str], Page]) -> None:
    page = strict_page(f"{PAGE}?compare={ALL}", "comparison/")
    expect(page.locator(".comparison")).to_be_visible()
    expect(page.locator(".comparison-tools")).to_be_visible()
