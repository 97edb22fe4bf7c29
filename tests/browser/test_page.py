"""The interface in a real browser: the system's Chromium, driven by Playwright."""

import pytest
from playwright.sync_api import expect

from tests.visiting import OpenPage, until

COMMENTARY = "commentary/night-boat/"
COMPARISON = "comparisons/2002-2004/"


@pytest.mark.parametrize("script", [True, False])
def test_a_note_is_followed_and_leads_back(script: bool, open_page: OpenPage, address: str) -> None:  # noqa: FBT001
    page = open_page(COMMENTARY, viewport={"width": 1280, "height": 900}, java_script_enabled=script)
    expect(page.get_by_role("heading", level=1)).to_contain_text("THE NIGHT BOAT")
    page.locator("#noteref-watch-ahead a").press("Enter")
    if script:  # the note opens at its words, and leads on to the list
        page.locator(".note-box[role=dialog]").get_by_role("link", name="In the list").click()
    assert page.url == f"{address}{COMMENTARY}#note-watch-ahead"
    note = page.locator("#note-watch-ahead")
    expect(note).to_be_in_viewport()
    expect(note).to_contain_text("Context")
    note.locator("a.footnote-backref").first.click()
    assert page.url.endswith("#noteref-watch-ahead")
    expect(page.locator("#noteref-watch-ahead")).to_be_in_viewport()


def test_every_note_is_listed_and_referred_to(open_page: OpenPage) -> None:
    page = open_page(COMMENTARY)
    references = set(
        page.eval_on_selector_all("a.footnote-ref", "all => all.map(a => a.getAttribute('href').slice(1))")
    )
    listed = set(page.eval_on_selector_all("div.footnote > ol > li", "all => all.map(li => li.id)"))
    assert references == listed
    assert len(listed) >= 10
    numbers = page.eval_on_selector_all("a.footnote-ref", "all => all.map(a => Number(a.textContent))")
    first = list(dict.fromkeys(numbers))
    assert first == sorted(first)


@pytest.mark.parametrize("script", [True, False])
def test_a_quotation_opens_its_clause(script: bool, open_page: OpenPage) -> None:  # noqa: FBT001
    page = open_page(COMMENTARY, java_script_enabled=script)
    page.locator("#p6 a.proof").last.click()
    if script:  # the clause opens beside the text, and leads on to its page
        page.locator(".clause-panel").get_by_role("link", name="Open its page").click()
    page.wait_for_url("**/declarations/ferry-2004/#quoted-night-boat-p6-2")
    expect(page.locator("#fog-stop")).to_be_in_viewport()
    expect(page.locator(".quoted:target")).to_be_in_viewport()


def test_the_comparison_is_a_table_that_a_reader_can_use(open_page: OpenPage) -> None:
    page = open_page("", viewport={"width": 1280, "height": 900})
    page.get_by_role("link", name="2002 and 2004 compared").first.click()
    page.wait_for_url(f"**/{COMPARISON}")
    table = page.locator(".comparison-table")
    assert table.locator("thead th").all_inner_texts()[0].startswith("2002")
    expect(table).to_contain_text("free and open crossing")
    assert table.locator("mark").count() > 0
    assert table.locator("ins, del").count() == 0  # both texts are held in excerpts


def test_the_keyboard_reaches_and_opens_a_note(open_page: OpenPage) -> None:
    page = open_page(COMMENTARY)
    page.locator("#noteref-watch-ahead a").focus()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Watch ahead")).to_be_visible()


def test_everything_stands_without_script(open_page: OpenPage) -> None:
    page = open_page(COMMENTARY, java_script_enabled=False)
    expect(page.locator("#note-watch-ahead")).to_be_visible()
    expect(page.locator("#p13")).to_be_visible()
    page.locator("#noteref-watch-ahead a").click()
    assert page.url.endswith("#note-watch-ahead")


def test_marks_of_notes_are_large_enough_to_touch(open_page: OpenPage) -> None:
    page = open_page(COMMENTARY, viewport={"width": 360, "height": 740}, has_touch=True)
    sizes = page.eval_on_selector_all(
        "a.footnote-ref, a.footnote-backref, a.paragraph-number, a.proof",
        "all => all.map(a => { const r = a.getBoundingClientRect(); return [a.className, r.width, r.height] })",
    )
    assert [size for size in sizes if min(size[1:]) < 24] == []


def test_print_keeps_notes_and_comparison_and_drops_the_frame(open_page: OpenPage) -> None:
    page = open_page(COMMENTARY)
    page.emulate_media(media="print")
    expect(page.locator("#note-watch-ahead")).to_be_visible()
    expect(page.locator(".md-header")).to_be_hidden()
    assert len(page.pdf()) > 20_000


@pytest.mark.parametrize("width", [360, 1280])
def test_an_example_scrolls_and_is_copied(width: int, open_page: OpenPage) -> None:
    options = {"viewport": {"width": width, "height": 900}, "permissions": ["clipboard-read", "clipboard-write"]}
    page = open_page("contribute/add-a-commentary/", **options)
    blocks = page.locator(".highlight:has(.filename)").filter(has_text="lights shall be shown")
    text = blocks.first.locator("pre > code")
    assert text.evaluate("(code) => code.scrollWidth > code.clientWidth")
    text.focus()
    page.keyboard.press("ArrowRight")
    until(page, "(code) => code.scrollLeft > 0", text.element_handle())
    blocks.last.get_by_role("button", name="Copy the new lines").press("Enter")
    expect(blocks.last.get_by_role("status")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "> […] lights shall be shown on both piers from dusk to dawn.\n\n"
    boxes = page.locator(".highlight:not(:has(.filename))").first
    code, button = (boxes.locator(of).bounding_box() for of in ("pre > code", ".code-copy"))
    assert code
    assert button
    assert code["x"] + code["width"] <= button["x"], "the button does not lie on the code"
