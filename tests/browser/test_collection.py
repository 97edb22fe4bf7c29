"""The reader's scripts on another collection: what they do comes with the engine's templates, and knows no edition."""

import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.bench.serving import serving
from tests.sites import COLLECTION, INVENTED, ROOT, make
from tests.visiting import patient

COMMENTARY = "commentary/all-hours/"
COMPARISON = "comparisons/2001-2004/"


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the invented collection with pages on which one searches and compares, and give its address."""
    home = tmp_path_factory.mktemp("towns")
    shutil.copytree(COLLECTION, home / "docs")
    (home / "docs" / "search.md").write_text("# Search\n\n{{ search() }}\n", "utf-8")
    (home / "docs" / "comparisons" / "index.md").write_text("# Comparisons\n\n{{ comparisons() }}\n", "utf-8")
    with serving(make(home / "site", INVENTED, docs_dir=str(home / "docs"))) as served:
        yield served.address


@pytest.fixture
def page(browser: Browser, towns: str) -> Iterator[Page]:
    """Give a page in which no script may fail."""
    context = browser.new_context(base_url=towns, viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = patient(context.new_page())
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(error.stack or str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert errors == []


def test_a_note_opens_at_its_words_and_stands_in_the_margin(page: Page) -> None:
    page.goto(COMMENTARY)
    expect(page.locator(".note-margin .note-copy").first).to_be_visible()
    page.locator("#noteref-safe a").click()
    box = page.get_by_role("dialog", name=re.compile("Safe"))
    expect(box).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).to_have_count(0)


def test_a_quotation_opens_its_clause_beside_the_text(page: Page) -> None:
    page.goto(COMMENTARY)
    page.locator('a.proof[data-clause="ferry-2007#timetable"]').click()
    panel = page.locator("dialog.clause-panel[open]")
    expect(panel.locator(".own-words").first).to_contain_text("at all hours")
    expect(panel.locator(".clause-panel-change mark").first).to_be_visible()
    assert "?clause=declarations/ferry-2007%23" in page.url
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)


def test_a_comparison_has_its_tools(page: Page) -> None:
    page.goto(COMPARISON)
    tools = page.locator(".comparison-tools").first
    table = page.locator(".comparison-table").first
    expect(table.locator("ins").first).to_be_visible()
    tools.get_by_role("button", name="Old words").click()
    expect(table.locator("ins").first).to_be_hidden()
    assert page.url.endswith("?view=old")
    tools.get_by_role("button", name="Next change").click()
    expect(tools.get_by_role("status")).to_have_text(re.compile(r"^Change 1 of \d+$"))
    expect(table.locator(".row-head > th:focus")).to_be_visible()


def test_texts_are_chosen_and_set_side_by_side(page: Page) -> None:
    page.goto("comparisons/?compare=ferry-2001,ferry-2004,ferry-2007")
    expect(page.locator(".choose-status")).to_have_text(re.compile("^2001, 2004 and 2007: .* side by side"))
    expect(page.locator(".comparison-table ins").first).to_be_visible()
    expect(page.locator(".comparison-tools")).to_be_visible()


def test_the_search_finds_and_leads_to_the_words(page: Page) -> None:
    page.goto(COMMENTARY)
    page.keyboard.press("/")
    page.get_by_role("textbox", name="Words to search for").fill("midnight")
    page.locator(".search-dialog a.search-hit").first.click()
    page.wait_for_url("**/declarations/ferry-2004/#timetable")
    assert page.evaluate("[...CSS.highlights.get('search')].map(String)") == ["midnight"]


def test_a_passage_is_cited(page: Page) -> None:
    page.goto(COMMENTARY)
    page.locator("#p1 > .paragraph-number").click()
    page.locator(".passage-tools").get_by_role("button", name="Cite").click()
    expect(page.locator(".passage-citation")).to_contain_text("para. 1")


def test_it_has_the_styles_of_the_engine(page: Page) -> None:
    page.goto(COMMENTARY)
    face = "(element) => getComputedStyle(element).fontFamily.split(',')[0]"
    assert page.locator("#p1").evaluate(face) != page.locator(".footnote li p").first.evaluate(face)


def test_the_configuration_names_no_script_and_no_style() -> None:
    assert not re.search("extra_css|extra_javascript", INVENTED.read_text("utf-8"))


def test_what_the_styles_refer_to_is_there() -> None:
    sheets = [*(ROOT / "overrides" / "assets" / "styles").glob("*.css")]
    named = [(sheet, url) for sheet in sheets for url in re.findall(r'url\("([^"]+)"\)', sheet.read_text("utf-8"))]
    assert named
    assert [url for sheet, url in named if not (sheet.parent / url).is_file()] == []
