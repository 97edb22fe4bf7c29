"""The clause beside the text, in a real browser: panel and sheet, history, address, focus, and what happens if it fails."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, Route, expect

from tests.visiting import PHONE, WIDE, OpenPage, until, violations

PAGE = "commentary/night-boat/"
CLAUSE = "declarations/ferry-2004/"
OPENED = f"{PAGE}?clause=declarations/ferry-2004%23quoted-night-boat-p6-2"
PROOF = '#p6 a.proof[data-clause$="#fog-stop"]'
WORDS = "agreed that the rules of the sea hold in fog"
NAME = re.compile("Fog and the right to stop.*2004")
MEDIUM: dict[str, Any] = {"viewport": {"width": 1000, "height": 800}, "reduced_motion": "reduce"}
PANEL = "dialog.clause-panel[open]"


def to_proof(page: Page) -> int:
    """Scroll to the link that the tests choose, and return how far that was."""
    page.locator(PROOF).evaluate("(link) => link.scrollIntoView({ block: 'center', behavior: 'instant' })")
    return int(page.evaluate("scrollY"))


def is_modal(page: Page) -> bool:
    return bool(page.locator(PANEL).evaluate("(panel) => panel.matches(':modal')"))


@pytest.mark.parametrize("options", [WIDE, MEDIUM, {**WIDE, "viewport": {"width": 1920, "height": 1000}}])
def test_a_clause_opens_beside_the_text(open_page: OpenPage, address: str, options: dict[str, Any]) -> None:
    page = open_page(PAGE, **options)
    place = to_proof(page)
    lines = page.locator("#p6").evaluate("(p) => p.getBoundingClientRect().height")
    page.locator(PROOF).click()
    panel = page.get_by_role("dialog", name=NAME)
    expect(panel).to_be_in_viewport(ratio=1)
    assert not is_modal(page)
    assert page.url == address + OPENED
    expect(panel.locator(".own-words").first).to_contain_text(WORDS)
    expect(panel.locator(".quoted.is-lit")).to_contain_text(WORDS)  # the words that the quotation quotes, and no others
    expect(panel.locator(".whose")).to_contain_text(["The document’s words, as quoted", "In our words", "Notes"])
    expect(panel.locator(".lineage li")).to_have_count(8)
    expect(panel.locator(".changes .note")).to_have_count(2)
    expect(panel.locator(".clause-backlinks summary")).to_contain_text("Quoted 1×")
    expect(panel).not_to_contain_text("The reserve boat")  # the next clause
    expect(page.get_by_role("heading", name="Fog and the right to stop")).to_be_focused()
    # The text keeps its place and its lines, and the panel covers none of it.
    assert page.evaluate("scrollY") == place
    assert page.locator("#p6").evaluate("(p) => p.getBoundingClientRect().height") == lines
    edge = page.locator("#p6").evaluate("(p) => p.getBoundingClientRect().right")
    bounds = panel.bounding_box()
    assert bounds
    assert edge <= bounds["x"]
    assert bounds["x"] + bounds["width"] <= options["viewport"]["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= options["viewport"]["width"]
    expect(page.locator(PROOF)).to_have_attribute("aria-expanded", "true")


@pytest.mark.parametrize("options", [WIDE, PHONE])
def test_it_shows_the_change_since_the_last_record(open_page: OpenPage, options: dict[str, Any]) -> None:
    page = open_page(f"{PAGE}?clause=declarations/ferry-2004%23crossing", **options)  # compared on an author's page
    change = page.locator(".clause-panel-change")
    expect(change).to_contain_text("As quoted")
    expect(change.locator("mark")).to_have_text(["free and open crossing"] * 2)
    expect(change.locator(".cell-year").first).to_be_visible()
    change.get_by_role("link", name="A free and open crossing").first.click()
    expect(page.locator(".clause-panel-document")).to_contain_text("2002")
    expect(page.locator(".clause-panel-change")).to_have_count(0)  # nothing before it records the clause
    page = open_page(f"{PAGE}?clause=declarations/ferry-2008%23reserve-boat", **options)  # in a plain table
    change = page.locator(".clause-panel-change")
    expect(change.locator("> div")).to_have_count(1)  # what stands above is not told twice
    expect(change).to_contain_text("In our words")
    ids = page.eval_on_selector_all("[id]", "all => all.map((element) => element.id)")
    assert len(ids) == len(set(ids))


def test_where_the_change_cannot_be_had_its_link_stands(open_page: OpenPage, address: str) -> None:
    page = open_page(None, **WIDE)
    page.route("**/comparisons/**", lambda route: route.abort())
    page.goto(f"{address}{PAGE}?clause=declarations/ferry-2004%23crossing")
    expect(page.locator(PANEL).get_by_role("link", name="Compared with 2002")).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page.locator(".clause-panel-change")).to_have_count(0)


def test_back_closes_it_and_forward_opens_it_again(open_page: OpenPage, address: str) -> None:
    page = open_page(PAGE, **WIDE)
    to_proof(page)
    page.locator(PROOF).click()
    expect(page.locator(PANEL)).to_be_visible()
    page.evaluate("scrollBy(0, 300)")  # the reader reads on, and stays there
    place = page.evaluate("scrollY")
    page.go_back()
    expect(page.locator(PANEL)).to_have_count(0)
    assert page.url == address + PAGE
    page.wait_for_timeout(200)
    assert page.evaluate("scrollY") == place
    expect(page.locator(PROOF)).to_have_attribute("aria-expanded", "false")
    page.go_forward()
    expect(page.get_by_role("dialog", name=NAME)).to_be_visible()
    assert page.url == address + OPENED
    page.locator(PROOF).click()  # the link that opened it closes it too
    expect(page.locator(PANEL)).to_have_count(0)
    assert page.url == address + PAGE


def test_the_keyboard_opens_reads_and_closes_it(open_page: OpenPage, address: str) -> None:
    page = open_page(PAGE, **WIDE)
    place = to_proof(page)
    page.locator(PROOF).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name=NAME)).to_be_visible()
    expect(page.locator(".clause-panel-title")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Close")).to_be_focused()
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Escape")
    expect(page.locator(PANEL)).to_have_count(0)
    expect(page.locator(PROOF)).to_be_focused()
    assert page.url == address + PAGE
    assert page.evaluate("scrollY") == place
    page.keyboard.press("Enter")
    expect(page.locator(PANEL)).to_be_visible()
    page.locator(PROOF).focus()  # the text can be gone on with
    page.keyboard.press("Escape")
    expect(page.locator(PANEL)).to_have_count(0)
    expect(page.locator(PROOF)).to_be_focused()


def test_links_in_it_open_in_it_and_lead_back(open_page: OpenPage, address: str) -> None:
    page = open_page(PAGE, **WIDE)
    to_proof(page)
    page.locator(PROOF).click()
    panel = page.locator(PANEL)
    back = panel.get_by_role("button", name="Back")
    expect(back).to_be_hidden()
    panel.get_by_role("link", name="2008 recorded").click()
    expect(panel.locator(".clause-panel-document")).to_contain_text("2008")
    assert unquote(page.url).endswith("?clause=declarations/ferry-2008#ice-stop")
    expect(panel.locator(".clause-panel-title")).to_be_focused()
    back.click()
    expect(page.get_by_role("dialog", name=NAME)).to_be_visible()
    expect(back).to_be_hidden()
    panel.get_by_role("link", name="2008 recorded").click()
    expect(back).to_be_visible()
    page.keyboard.press("Escape")  # at once, however far the reader went
    expect(panel).to_have_count(0)
    assert page.url == address + PAGE
    expect(page.locator(PROOF)).to_be_focused()
    page.locator(PROOF).click()
    panel.get_by_role("link", name="Open its page").click()
    page.wait_for_url(f"**/{CLAUSE}#quoted-night-boat-p6-2")
    page.go_back()
    expect(page.get_by_role("dialog", name=NAME)).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    assert page.url == address + PAGE


def test_references_in_it_lead_to_its_notes_and_to_the_text(open_page: OpenPage) -> None:
    page = open_page(PAGE, **WIDE)
    to_proof(page)
    page.locator(PROOF).click()
    panel = page.locator(PANEL)
    reference = panel.locator("a.footnote-ref").first
    number = reference.inner_text()
    url = page.url
    reference.click()
    note = panel.locator(".footnote li:focus")
    expect(note).to_be_in_viewport()
    assert note.evaluate("(item) => String(item.value)") == number
    note.get_by_role("link", name=re.compile("^Back to note")).first.click()
    expect(panel.locator("sup:focus")).to_be_in_viewport()
    assert page.url == url
    ids = page.eval_on_selector_all("[id]", "all => all.map((element) => element.id)")
    assert len(ids) == len(set(ids))
    panel.locator("summary").click()
    panel.get_by_role("link", name=re.compile("paragraph 6")).last.click()
    assert page.url == url + "#p6"
    expect(page.locator("#p6")).to_be_in_viewport()
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)


@pytest.mark.parametrize("how", ["back", "close", "beside"])
def test_on_a_phone_it_is_a_sheet_that_back_closes(open_page: OpenPage, address: str, how: str) -> None:
    page = open_page(PAGE, **PHONE)
    place = to_proof(page)
    page.locator(PROOF).tap()
    sheet = page.get_by_role("dialog", name=NAME)
    expect(sheet).to_be_visible()
    assert is_modal(page)
    bounds = sheet.bounding_box()
    assert bounds
    assert (bounds["x"], bounds["width"]) == (0, 360)
    assert bounds["y"] > 60  # some of the text stays in view
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    sizes = sheet.locator(".clause-panel-tools > :visible").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 44
    if how == "back":
        page.go_back()
    elif how == "close":
        sheet.get_by_role("button", name="Close").tap()
    else:
        page.touchscreen.tap(180, 30)
    expect(sheet).to_have_count(0)
    assert page.url == address + PAGE
    page.wait_for_timeout(200)
    assert page.evaluate("scrollY") == place
    expect(page.locator(PROOF)).to_be_focused()


def test_a_sheet_gives_way_to_the_place_that_its_links_lead_to(open_page: OpenPage, address: str) -> None:
    page = open_page(PAGE, **PHONE)
    to_proof(page)
    page.locator(PROOF).tap()
    sheet = page.locator(PANEL)
    sheet.get_by_role("link", name="paragraph 6").first.tap()
    expect(sheet).to_have_count(0)
    assert page.url == f"{address}{PAGE}#p6"
    expect(page.locator("#p6")).to_be_in_viewport()
    page.go_back()
    expect(sheet).to_have_count(0)
    assert page.url == address + PAGE


def test_the_address_restores_it(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{OPENED}#p6", **WIDE)
    expect(page.get_by_role("dialog", name=NAME)).to_be_visible()
    expect(page.locator("#p6")).to_be_in_viewport()
    assert page.evaluate("document.activeElement === document.body")  # nobody is carried off from where he begins
    expect(page.locator(PROOF)).to_have_attribute("aria-expanded", "true")
    page.reload()
    expect(page.get_by_role("dialog", name=NAME)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(PANEL)).to_have_count(0)
    assert page.url == f"{address}{PAGE}#p6"
    page = open_page(f"{PAGE}?notes=later,context&clause=declarations/ferry-2008%23ice-stop", **PHONE)
    expect(page.get_by_role("dialog", name=re.compile("2008"))).to_be_visible()
    page.get_by_role("button", name="Close").tap()
    assert page.url == f"{address}{PAGE}?notes=context,later"


@pytest.mark.parametrize(
    "asked",
    ["//elsewhere.example/a%23b", "https:elsewhere.example%23b", "declarations/ferry-2004", "javascript:alert(1)%23a"],
)
def test_no_other_address_is_asked_for(open_page: OpenPage, address: str, asked: str) -> None:
    page = open_page(None, **WIDE)
    fetched: list[str] = []
    page.on("request", lambda one: fetched.append(one.url) if one.resource_type == "fetch" else None)
    page.goto(f"{address}{PAGE}?clause={asked}")
    page.wait_for_load_state("networkidle")
    assert [url for url in fetched if "search" not in url] == []
    expect(page.locator(PANEL)).to_have_count(0)


def test_where_an_address_leads_to_no_clause_the_panel_says_so(open_page: OpenPage) -> None:
    page = open_page(f"{PAGE}?clause=declarations/ferry-2004%23nowhere", **WIDE)
    panel = page.locator(PANEL)
    expect(panel.get_by_role("status")).to_have_text("The clause could not be loaded.")
    expect(panel.get_by_role("link", name="Open its page")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    assert "clause" not in page.url


def test_modified_clicks_are_the_browsers(open_page: OpenPage) -> None:
    page = open_page(PAGE, **WIDE)
    with page.context.expect_page() as opened:
        page.locator(PROOF).click(modifiers=["ControlOrMeta"])
    assert opened.value.url.endswith(f"{CLAUSE}#quoted-night-boat-p6-2")
    with page.context.expect_page() as opened:
        page.locator(PROOF).click(button="middle")
    assert opened.value.url.endswith(f"{CLAUSE}#quoted-night-boat-p6-2")
    expect(page.locator(PANEL)).to_have_count(0)


@pytest.mark.parametrize("fault", ["lost", "missing", "without the clause"])
def test_where_it_fails_the_link_is_followed(open_page: OpenPage, fault: str) -> None:
    page = open_page(PAGE, **WIDE)

    def answer(route: Route) -> None:
        if route.request.resource_type == "document":
            route.continue_()
        elif fault == "lost":
            route.abort()
        else:
            route.fulfill(status=404 if fault == "missing" else 200, body="<h1>Nothing</h1>", content_type="text/html")

    page.route(f"**/{CLAUSE}", answer)
    page.locator(PROOF).click()
    page.wait_for_url(f"**/{CLAUSE}#quoted-night-boat-p6-2")
    expect(page.locator("#fog-stop")).to_be_in_viewport()


def test_waiting_is_said_and_can_be_broken_off(open_page: OpenPage, address: str) -> None:
    page = open_page(PAGE, **WIDE)
    held: list[Route] = []
    page.route(f"**/{CLAUSE}", lambda route: held.append(route))
    page.locator(PROOF).click()
    status = page.locator(PANEL).get_by_role("status")
    expect(status).to_have_text("Loading the clause …")
    expect(page.locator(PANEL)).to_have_attribute("aria-busy", "true")
    held.pop().continue_()
    expect(page.get_by_role("dialog", name=NAME)).to_be_visible()
    expect(status).to_be_empty()
    page.keyboard.press("Escape")
    page.route("**/declarations/ferry-2002/", lambda route: held.append(route))
    page.locator("#p5 ~ .paragraph a.proof[href*='ferry-2002']").first.click()
    expect(status).to_have_text("Loading the clause …")
    page.keyboard.press("Escape")
    expect(page.locator(PANEL)).to_have_count(0)
    held.pop().continue_()
    page.wait_for_timeout(300)
    expect(page.locator(PANEL)).to_have_count(0)
    assert page.url == address + PAGE


def test_a_link_in_a_note_opens_it_and_the_focus_returns_to_the_note(open_page: OpenPage) -> None:
    page = open_page(PAGE, **MEDIUM)
    linked = page.locator(".footnote > ol > li:has(a[data-clause])").first
    reference = page.locator(f'a.footnote-ref[href="#{linked.get_attribute("id")}"]').first
    reference.focus()
    page.keyboard.press("Enter")
    page.locator(".note-box a[data-clause]").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".clause-panel-title")).to_be_focused()
    expect(page.locator(".note-box")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator(PANEL)).to_have_count(0)
    expect(reference).to_be_focused()


def test_escape_closes_a_note_before_the_clause(open_page: OpenPage) -> None:
    page = open_page(OPENED, **WIDE)
    expect(page.locator(PANEL)).to_be_visible()
    expect(page.locator(".note-copy").first).to_be_hidden()  # the panel stands where the margin was
    page.locator("#noteref-watch-ahead a").click()
    expect(page.locator(".note-box")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".note-box")).to_have_count(0)
    expect(page.locator(PANEL)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(PANEL)).to_have_count(0)
    expect(page.locator(".note-copy").first).to_be_visible()
    copy = page.locator(".note-copy:has(a[data-clause])").first
    copy.locator(".note-more").click()
    copy.locator("a[data-clause]").first.click()
    expect(page.locator(PANEL)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(f'a.footnote-ref[href="#{copy.get_attribute("data-note")}"]').first).to_be_focused()


def test_under_a_finger_a_note_and_its_clause_close_one_by_one(open_page: OpenPage, address: str) -> None:
    page = open_page(PAGE, **PHONE)
    linked = page.locator(".footnote > ol > li:has(a[data-clause])").first
    reference = page.locator(f'a.footnote-ref[href="#{linked.get_attribute("id")}"]').first
    reference.tap()
    note = page.locator(".note-box.is-inline")
    note.locator("a[data-clause]").first.tap()
    expect(page.locator(PANEL)).to_be_visible()
    page.go_back()
    expect(page.locator(PANEL)).to_have_count(0)
    expect(note).to_be_visible()
    page.go_back()
    expect(note).to_have_count(0)
    assert page.url == address + PAGE


def test_it_moves_with_the_window(open_page: OpenPage) -> None:
    page = open_page(OPENED, **WIDE)
    panel = page.get_by_role("dialog", name=NAME)
    expect(panel).to_be_visible()
    page.set_viewport_size({"width": 700, "height": 800})
    until(page, "document.querySelector('.clause-panel').matches(':modal')")
    expect(panel.locator(".own-words").first).to_contain_text(WORDS)
    page.set_viewport_size({"width": 1280, "height": 900})
    until(page, "!document.querySelector('.clause-panel').matches(':modal')")
    expect(panel).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("options", [WIDE, PHONE])
def test_axe_finds_nothing_against_it(open_page: OpenPage, options: dict[str, Any], scheme: str) -> None:
    page = open_page(OPENED, **options, color_scheme=scheme)
    expect(page.locator(PANEL)).to_be_visible()
    page.locator(".clause-panel summary").click()
    assert violations(page) == []


def test_print_has_the_text_alone(open_page: OpenPage) -> None:
    page = open_page(OPENED, **WIDE)
    expect(page.locator(PANEL)).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".clause-panel")).to_be_hidden()


def test_it_rises_only_where_motion_is_welcome(open_page: OpenPage) -> None:
    page = open_page(OPENED, **{**PHONE, "reduced_motion": "no-preference"})
    expect(page.locator(PANEL)).to_have_css("animation-name", "clause-panel-rise")
    page.emulate_media(reduced_motion="reduce")
    expect(page.locator(PANEL)).to_have_css("animation-name", "none")


def test_without_script_the_link_leads_to_the_clause(open_page: OpenPage, address: str) -> None:
    page = open_page(OPENED, **WIDE, java_script_enabled=False)
    expect(page.locator(".clause-panel")).to_have_count(0)
    page.locator(PROOF).click()
    assert page.url == f"{address}{CLAUSE}#quoted-night-boat-p6-2"


def test_it_needs_nothing_but_its_own_file(strict_page: Callable[[str, str], Page]) -> None:
    page = strict_page(PAGE, "/panel/")
    page.locator(PROOF).click()
    expect(page.get_by_role("dialog", name=NAME)).to_be_visible()
