"""Notes at their words, in a real browser: the margin, the popup, the panel under a finger, the switch of kinds."""

import itertools
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page, Route, expect

from tests.visiting import OpenPage, until

PAGE = "commentary/night-boat/"
REFERENCE = "#noteref-watch-ahead a"
BOX = ".note-box[role=dialog]"
TITLE = "Watch ahead"
WIDE: dict[str, Any] = {"viewport": {"width": 1600, "height": 900}}
MEDIUM: dict[str, Any] = {"viewport": {"width": 1000, "height": 800}}
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
COPIES = """() => [...document.querySelectorAll(".note-copy:not([hidden])")].map((copy) => {
  const mark = document.querySelector(`a.footnote-ref[href="#${copy.dataset.note}"]`).getBoundingClientRect();
  const { top, bottom, left, right } = copy.getBoundingClientRect();
  return { off: Math.abs(top - mark.top), top, bottom, left, right, mark: mark.right };
})"""


def copies(page: Page) -> list[dict[str, float]]:
    found: list[dict[str, float]] = page.evaluate(COPIES)
    return sorted(found, key=lambda copy: copy["top"])


def has_focus_in_box(page: Page) -> bool:
    return bool(page.evaluate("document.activeElement.closest('.note-box') !== null"))


@pytest.mark.parametrize("width", [1280, 1600, 1920])
def test_notes_in_the_margin_stand_by_their_marks_and_not_upon_each_other(open_page: OpenPage, width: int) -> None:
    page = open_page(PAGE, viewport={"width": width, "height": 900})
    expect(page.locator(".note-copy").first).to_be_visible()
    found = copies(page)
    assert len(found) == page.locator("div.footnote > ol > li").count()
    assert [one for one, other in itertools.pairwise(found) if one["bottom"] > other["top"]] == []
    offsets = sorted(copy["off"] for copy in found)
    assert offsets[len(offsets) // 2] < 60  # many stand in these paragraphs: half of them within two lines
    assert offsets[-1] < 300
    assert all(copy["left"] > copy["mark"] and copy["right"] <= width for copy in found)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_lonely_note_stands_level_with_its_mark(open_page: OpenPage) -> None:
    page = open_page(f"{PAGE}?notes=correction", **WIDE)
    assert [round(copy["off"]) for copy in copies(page)[-1:]] == [4]


def test_copies_are_told_once_and_keep_ids_unique(open_page: OpenPage) -> None:
    page = open_page(PAGE, **WIDE)
    expect(page.locator(".note-margin")).to_have_attribute("aria-hidden", "true")
    assert page.locator(".note-margin [id]").count() == 0
    assert page.locator(".note-margin a:not([tabindex='-1'])").count() == 0
    page.locator(REFERENCE).click()
    ids = page.eval_on_selector_all("[id]", "all => all.map((element) => element.id)")
    assert len(ids) == len(set(ids))


def test_either_end_lights_up_the_other(open_page: OpenPage) -> None:
    page = open_page(PAGE, **WIDE)
    copy = page.locator('.note-copy[data-note="note-watch-ahead"]')
    reference = page.locator(REFERENCE)
    for here, there in ((reference, copy), (copy, reference)):
        here.hover()
        expect(there).to_contain_class("is-lit")
        page.mouse.move(5, 5)
        expect(there).not_to_contain_class("is-lit")
    reference.focus()
    expect(copy).to_contain_class("is-lit")


def test_what_is_lit_up_stays_so_when_the_margin_is_laid_out_anew(open_page: OpenPage) -> None:
    page = open_page(PAGE, **WIDE)
    page.locator(REFERENCE).focus()
    page.set_viewport_size({"width": 1000, "height": 800})
    copy = page.locator('.note-copy[data-note="note-watch-ahead"]')
    expect(copy).to_be_hidden()
    page.set_viewport_size({"width": 1600, "height": 800})
    expect(copy).to_be_visible()
    expect(copy).to_contain_class("is-lit")


def test_where_margins_change_notes_follow(open_page: OpenPage) -> None:
    page = open_page(PAGE, **WIDE)
    expect(page.locator(".note-copy").first).to_be_visible()
    page.set_viewport_size({"width": 1000, "height": 800})
    expect(page.locator(".note-copy").first).to_be_hidden()
    page.set_viewport_size({"width": 1600, "height": 800})
    expect(page.locator(".note-copy").first).to_be_visible()


def test_a_sidebar_with_contents_is_not_covered(open_page: OpenPage) -> None:
    page = open_page("declarations/ferry-2004/", **WIDE)
    expect(page.locator(".md-sidebar--secondary")).to_be_visible()
    expect(page.locator(".note-copy")).to_have_count(0)


@pytest.mark.parametrize("width", [1220, 1280, 1440, 1600, 1920])
def test_no_note_in_the_margin_is_cut(open_page: OpenPage, width: int) -> None:
    page = open_page(PAGE, viewport={"width": width, "height": 900})
    expect(page.locator(".note-copy").first).to_be_visible()
    cut = page.eval_on_selector_all(
        ".note-copy:not([hidden])",
        "all => all.filter((copy) => copy.scrollHeight > copy.clientHeight + 1).map((copy) => copy.textContent)",
    )
    assert cut == []


@pytest.mark.parametrize("how", ["more", "words", "number"])
def test_a_note_opens_whole_in_the_margin_and_its_neighbours_make_room(open_page: OpenPage, how: str) -> None:
    page = open_page(PAGE, **WIDE)
    copy = page.locator('.note-copy[data-note="note-watch-ahead"]')
    expect(copy).to_contain_class("is-short")
    rest = "two boats had touched on the Middle Bank"
    assert rest not in copy.inner_text()
    mark = page.locator(REFERENCE)
    {"more": copy.locator(".note-more"), "words": page.locator(".noted:has(+ #noteref-watch-ahead)"), "number": mark}[
        how
    ].click()
    expect(copy).not_to_contain_class("is-short")
    assert rest in copy.inner_text()
    found = copies(page)
    assert [one for one, other in itertools.pairwise(found) if one["bottom"] > other["top"]] == []
    expect(page.locator(BOX)).to_have_count(0)
    copy.locator(".note-more").click()
    expect(copy).to_contain_class("is-short")


def test_verdicts_filter_notes_and_the_address_keeps_them(open_page: OpenPage) -> None:
    page = open_page(PAGE, **WIDE)
    verdicts = page.get_by_role("group", name="Verdicts")
    verdicts.get_by_role("button", name="Holds in part").click()
    shown = page.locator("div.footnote > ol > li:not([hidden])")
    assert shown.count() == page.locator("div.footnote .note-head[data-verdict='holds in part']").count() > 0
    assert "verdict=holds+in+part" in page.url or "verdict=holds%20in%20part" in page.url
    page.reload()
    expect(verdicts.get_by_role("button", name="Holds in part")).to_have_attribute("aria-pressed", "true")
    verdicts.get_by_role("button", name="Holds in part").click()
    assert "verdict" not in page.url


def test_where_no_note_is_of_what_is_chosen_it_says_so_and_offers_all(open_page: OpenPage) -> None:
    page = open_page(f"{PAGE}?notes=textual&verdict=holds", **WIDE)
    expect(page.locator("div.footnote")).to_be_hidden()
    page.get_by_role("status").get_by_role("button", name="Show all").click()
    expect(page.locator("div.footnote")).to_be_visible()
    assert "?" not in page.url
    expect(page.get_by_role("button", name="Text only")).to_be_focused()
    page.get_by_role("button", name="Text only").click()
    expect(page.get_by_role("group", name="Notes").get_by_role("status")).to_be_empty()  # it is what was asked for


def test_the_text_alone_has_no_mark_of_ours(open_page: OpenPage) -> None:
    page = open_page(PAGE, **WIDE)
    marks = page.locator(".paragraph :is(a.proof, a.footnote-ref)")
    lines = ".paragraph :is(.noted, abbr, .emendation, .variant)"
    drawn = "all => all.filter((one) => getComputedStyle(one).textDecorationLine !== 'none').length"
    assert page.eval_on_selector_all(lines, drawn) > 0
    page.get_by_role("button", name="Text only").click()
    expect(marks.filter(visible=True)).to_have_count(0)
    assert page.eval_on_selector_all(lines, drawn) == 0


def test_corrections_come_first_among_the_kinds_and_verdicts_go_from_the_best(open_page: OpenPage) -> None:
    page = open_page(PAGE, **WIDE)
    kinds = page.locator(".note-kinds button[data-kind]").evaluate_all("all => all.map((one) => one.dataset.kind)")
    assert kinds == ["correction", "source", "context", "later", "textual"]
    verdicts = page.get_by_role("group", name="Verdicts").locator(".verdict").all_inner_texts()
    assert verdicts == sorted(verdicts, key=["Holds", "Holds in part", "Does not hold", "Not confirmed"].index)


@pytest.mark.parametrize("options", [WIDE, PHONE])
def test_the_text_does_not_move_when_the_switch_of_kinds_comes(
    open_page: OpenPage, address: str, options: dict[str, Any]
) -> None:
    page = open_page(None, **options)
    page.route("**/notes/notes.js", lambda route: route.abort())
    page.goto(address + PAGE)
    first = "() => { const p = document.querySelector('article > p'); return p.getBoundingClientRect().top + parseFloat(getComputedStyle(p).paddingTop); }"
    before = page.evaluate(first)
    page.unroute("**/notes/notes.js")
    page.reload()
    expect(page.locator(".note-kinds").first).to_be_visible()
    assert abs(page.evaluate(first) - before) < 48


@pytest.mark.parametrize("asked", ["notes=none", "notes=correction", "verdict=holds%20in%20part"])
def test_an_address_of_a_paragraph_keeps_the_notes_that_it_asks_for(open_page: OpenPage, asked: str) -> None:
    page = open_page(f"{PAGE}?{asked}", **WIDE)
    shown = "all => all.filter((note) => !note.hidden).map((note) => note.id)"
    alone = page.eval_on_selector_all("div.footnote > ol > li", shown)
    page = open_page(f"{PAGE}?{asked}#p2", **WIDE)
    expect(page.locator(".note-kinds").first).to_be_visible()
    assert page.eval_on_selector_all("div.footnote > ol > li", shown) == alone
    assert page.url.endswith("#p2")


def test_a_reference_is_named_with_kind_and_verdict(open_page: OpenPage) -> None:
    page = open_page(PAGE, **WIDE)
    names = page.eval_on_selector_all(
        "a.footnote-ref", "all => all.map((ref) => [ref.textContent, ref.getAttribute('aria-label'), ref.hash])"
    )
    assert names
    for number, name, target in names:
        head = page.locator(f"{target} .note-head")
        kind = head.locator(".note-kind").inner_text().lower() if head.count() else ""
        verdict = head.locator(".verdict").inner_text().lower() if head.locator(".verdict").count() else ""
        assert name.startswith(f"note {number}{f', {kind}' if kind else ''}{f': {verdict}' if verdict else ''}")


def test_hovering_opens_a_popup_that_can_be_entered_and_closes_on_leaving(open_page: OpenPage) -> None:
    page = open_page(PAGE, **MEDIUM)
    reference = page.locator(REFERENCE)
    dialog = page.get_by_role("dialog", name=TITLE)
    reference.evaluate("(mark) => mark.scrollIntoView({ block: 'center', behavior: 'instant' })")
    page.wait_for_timeout(200)  # scrolling over, a move of the pointer counts
    reference.hover()
    page.mouse.move(5, 400)
    page.wait_for_timeout(600)
    expect(dialog).to_have_count(0)  # passing by opens nothing
    reference.hover()
    expect(dialog).to_be_visible()
    expect(page.locator(BOX)).to_have_count(1)
    bounds = dialog.bounding_box()
    assert bounds
    assert 0 <= bounds["x"] <= 1000 - bounds["width"]
    assert 0 <= bounds["y"] <= 800 - bounds["height"]
    dialog.hover()
    page.wait_for_timeout(500)
    expect(dialog).to_be_visible()
    page.mouse.move(5, 400)
    expect(dialog).to_have_count(0)


def test_scrolling_opens_nothing(open_page: OpenPage) -> None:
    page = open_page(PAGE, **MEDIUM)
    reference = page.locator(REFERENCE)
    reference.scroll_into_view_if_needed()
    bounds = reference.bounding_box()
    assert bounds
    page.mouse.move(bounds["x"] + 12, bounds["y"] + 212)  # where the reference will come to lie
    page.mouse.wheel(0, -200)
    page.wait_for_timeout(800)
    moved = reference.bounding_box()
    assert moved
    assert abs(moved["y"] - bounds["y"] - 200) < 2
    expect(page.locator(BOX)).to_have_count(0)


def test_the_keyboard_opens_enters_and_closes_a_popup(open_page: OpenPage) -> None:
    page = open_page(PAGE, **MEDIUM)
    reference = page.locator(REFERENCE)
    reference.focus()
    page.wait_for_timeout(500)
    expect(page.locator(BOX)).to_have_count(0)  # the focus alone covers no text
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name=TITLE)).to_be_visible()
    expect(reference).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    assert has_focus_in_box(page)
    page.keyboard.press("Escape")
    expect(page.locator(BOX)).to_have_count(0)
    expect(reference).to_be_focused()
    expect(reference).to_have_attribute("aria-expanded", "false")


def test_tab_leads_through_a_popup_and_on(open_page: OpenPage) -> None:
    page = open_page(PAGE, **MEDIUM)
    reference = page.locator(REFERENCE)
    reference.focus()
    page.keyboard.press("Enter")
    page.locator(BOX).get_by_role("button", name="Close").focus()
    page.keyboard.press("Tab")
    expect(page.locator(BOX)).to_have_count(0)
    assert page.evaluate(
        "(a) => Boolean(document.querySelector(a).compareDocumentPosition(document.activeElement) & 4)", REFERENCE
    )
    assert page.evaluate("document.activeElement.closest('.paragraph, .footnote') !== null")
    reference.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    expect(reference).to_be_focused()


def test_a_click_keeps_the_place_and_only_one_popup(open_page: OpenPage) -> None:
    page = open_page(PAGE, **MEDIUM)
    page.locator(REFERENCE).scroll_into_view_if_needed()
    before = page.url, page.evaluate("scrollY")
    page.locator(REFERENCE).click()
    page.mouse.move(5, 400)
    page.wait_for_timeout(600)
    expect(page.get_by_role("dialog", name=TITLE)).to_be_visible()  # opened by a click, it stays
    assert (page.url, page.evaluate("scrollY")) == before
    page.locator("a.footnote-ref:visible").first.click()
    expect(page.locator(BOX)).to_have_count(1)
    page.mouse.click(5, 400)
    expect(page.locator(BOX)).to_have_count(0)


def test_a_modified_click_is_the_browsers(open_page: OpenPage) -> None:
    page = open_page(PAGE, **MEDIUM)
    with page.context.expect_page() as opened:
        page.locator(REFERENCE).click(modifiers=["ControlOrMeta"])
    assert opened.value.url.endswith("#note-watch-ahead")
    expect(page.locator(BOX)).to_have_count(0)


def test_under_a_finger_a_note_opens_in_place_and_back_closes_it(open_page: OpenPage) -> None:
    page = open_page(PAGE, **PHONE)
    reference = page.locator(REFERENCE)
    reference.evaluate("(mark) => mark.scrollIntoView({ block: 'center', behavior: 'instant' })")
    place = page.evaluate("scrollY")
    url = page.url
    reference.tap()
    panel = page.get_by_role("note", name=TITLE)
    expect(panel).to_be_in_viewport()
    assert panel.evaluate("(panel) => panel.previousElementSibling.matches('.paragraph')")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    ends = panel.evaluate("(panel) => [panel, panel.nextElementSibling].map((one) => one.getBoundingClientRect())")
    assert ends[0]["bottom"] <= ends[1]["top"]  # it makes room for itself
    page.go_back()
    expect(panel).to_have_count(0)
    assert page.url == url
    until(page, "(place) => Math.abs(scrollY - place) <= 2", place)
    page.go_forward()
    expect(panel).to_be_visible()
    panel.get_by_role("button", name="Close").tap()
    expect(panel).to_have_count(0)
    reference.tap()
    panel.get_by_role("link", name="In the list").tap()
    expect(page.locator("#note-watch-ahead")).to_be_in_viewport()
    assert page.url.endswith("#note-watch-ahead")
    page.go_back()
    assert page.url == url


def test_kinds_are_switched_by_keyboard_and_kept(open_page: OpenPage) -> None:
    page = open_page(PAGE, **MEDIUM)
    group = page.get_by_role("group", name="Notes")
    context = group.get_by_role("button", name="Context")
    count = page.locator('.footnote [data-kind="context"]').count()
    expect(context).to_have_text(f"Context {count}")
    numbers = page.eval_on_selector_all("a.footnote-ref", "all => all.map((a) => a.textContent)")
    context.focus()
    page.keyboard.press("Space")
    expect(context).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#note-watch-ahead")).to_be_hidden()
    expect(page.locator(REFERENCE)).to_be_hidden()
    assert "?notes=correction,source,later,textual" in page.url
    page.reload()
    expect(context).to_have_attribute("aria-pressed", "false")
    expect(page.locator(REFERENCE)).to_be_hidden()
    page.goto(page.url.partition("?")[0])  # another visit, without the address: the choice is remembered
    expect(page.locator(REFERENCE)).to_be_hidden()
    listed = page.eval_on_selector_all(".footnote > ol > li", "all => all.map((item) => String(item.value))")
    assert set(listed) == set(numbers)
    group.get_by_role("button", name="Text only").press("Enter")
    assert page.url.endswith("?notes=none")
    expect(page.locator(".footnote")).to_be_hidden()
    expect(page.locator("a.footnote-ref:visible")).to_have_count(0)
    page.emulate_media(media="print")
    expect(page.locator(".footnote")).to_be_hidden()
    page.emulate_media(media="screen")
    group.get_by_role("button", name="Text only").press("Enter")
    context.press("Enter")
    assert "?" not in page.url
    expect(page.locator(REFERENCE)).to_be_visible()
    assert all(
        size >= 24
        for size in group.get_by_role("button").evaluate_all(
            "all => all.flatMap((one) => [one.getBoundingClientRect().width, one.getBoundingClientRect().height])"
        )
    )


def test_a_link_to_a_hidden_note_shows_its_kind(open_page: OpenPage) -> None:
    page = open_page(f"{PAGE}?notes=none#note-watch-ahead", **MEDIUM)
    expect(page.locator("#note-watch-ahead")).to_be_in_viewport()
    assert "?notes=context#" in page.url


def test_a_note_and_the_text_have_faces_of_their_own(open_page: OpenPage) -> None:
    page = open_page(PAGE, **MEDIUM)
    face = "(element) => getComputedStyle(element).fontFamily.split(',')[0]"
    assert page.locator("#p1").evaluate(face) != page.locator(".footnote li p").first.evaluate(face)


def test_without_script_the_list_stands(open_page: OpenPage) -> None:
    page = open_page(PAGE, java_script_enabled=False, **WIDE)
    expect(page.locator("#note-watch-ahead")).to_be_visible()
    expect(page.locator(".note-margin, .note-kinds, .note-box")).to_have_count(0)


def test_print_has_the_list_and_no_copies(open_page: OpenPage) -> None:
    page = open_page(PAGE, **WIDE)
    page.locator(REFERENCE).click()
    page.emulate_media(media="print")
    expect(page.locator("#note-watch-ahead")).to_be_visible()
    for added in (".note-margin", ".note-box", ".note-kinds"):
        expect(page.locator(added).filter(visible=True)).to_have_count(0)


@pytest.mark.parametrize("path", [PAGE, "chronology/", "glossary/"])
@pytest.mark.parametrize("width", [360, 1600])
def test_it_needs_nothing_but_its_own_file(open_page: OpenPage, address: str, path: str, width: int) -> None:
    page = open_page(None, viewport={"width": width, "height": 800}, reduced_motion="reduce")
    complaints: list[str] = []

    def guard(route: Route) -> None:
        response = route.fetch()
        policy = {"content-security-policy": "script-src 'self'; style-src 'self'"}
        route.fulfill(response=response, headers={**response.headers, **policy})

    def listen(message: ConsoleMessage) -> None:
        if "/notes/" in message.location.get("url", "") + message.text:
            complaints.append(message.text)

    page.on("console", listen)
    page.route(f"**/{path}", guard)
    page.goto(address + path)
    page.locator("a.footnote-ref:visible").first.press("Enter")
    box = page.locator(BOX)
    expect(box).to_be_visible()
    bounds = box.bounding_box()
    assert bounds
    assert bounds["x"] >= 0
    assert bounds["x"] + bounds["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []
