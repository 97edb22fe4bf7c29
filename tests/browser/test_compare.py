"""The tools above a comparison, in a real browser: views, filters, steps, the address that keeps a choice."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.visiting import OpenPage, until

IS_SHOWN = """() => {
  const name = document.querySelector("tbody:has(:target) .row-name, tbody:target .row-name");
  const { left, top, bottom } = name?.getBoundingClientRect() ?? {};
  const fold = name?.closest(".row-fold");
  return name && fold?.open !== false && [top + 2, bottom - 2].every((y) => name.contains(document.elementFromPoint(left + 5, y)));
}"""
"""Whether nothing lies upon the name of the row that the address names, and it is open."""

FULL = "comparisons/tides-1991-1994/"
UNCHANGED = "comparisons/tides-1994-1996/"
"""Two full texts of which the first clause is the same."""
EXCERPTS = "comparisons/2002-2004/"
MANY = "comparisons/all-statements/"
WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"}
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "reduced_motion": "reduce"}
CONTRASTS = """() => [...document.querySelectorAll(".comparison-tools :is(button, [role=group] > span)")].map((one) => {
  const pixel = (color, over) => {
    const context = new OffscreenCanvas(1, 1).getContext("2d");
    for (const fill of [over, color]) { context.fillStyle = fill; context.fillRect(0, 0, 1, 1); }
    return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) => rgb.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const { color, backgroundColor } = getComputedStyle(one);
  const paper = getComputedStyle(one.closest(".comparison-tools")).backgroundColor;
  const paperOr = paper === "rgba(0, 0, 0, 0)" ? getComputedStyle(document.body).backgroundColor : paper;
  const [a, b] = [light(pixel(color, paperOr)), light(pixel(backgroundColor, paperOr))].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
})"""


def press(control: Locator, how: str) -> None:
    if how == "mouse":
        control.click()
    else:
        control.focus()
        control.page.keyboard.press("Enter")


def button(page: Page, name: str) -> Locator:
    return page.locator(".comparison").first.get_by_role("button", name=name, exact=True)


def words(page: Page, row: str, column: int = -1) -> str:
    """Return what a reader sees of a document's own words at a row."""
    body = page.locator("tbody").filter(has=page.locator(".row-name", has_text=re.compile(rf"^{row}\b"))).first
    return body.locator("td[data-state]").nth(column).locator(".own-words").inner_text()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.querySelector('.row-name')?.textContent ?? ''"))


def is_clear(page: Page) -> bool:
    """Say whether the row that has the focus stands in view, and nothing lies upon its name."""
    found: bool = page.evaluate("""() => {
      const name = document.activeElement.querySelector(".row-name");
      const { left, top, bottom } = name.getBoundingClientRect();
      return [top + 2, bottom - 2].every((y) => name.contains(document.elementFromPoint(left + 5, y)));
    }""")
    return found


@pytest.mark.parametrize("how", ["mouse", "keyboard"])
def test_old_words_and_new_words_are_shown_alone(open_page: OpenPage, how: str) -> None:
    page = open_page(FULL, **WIDE)
    expect(button(page, "Marked")).to_have_attribute("aria-pressed", "true")
    marked = words(page, "Low water")
    assert "dusk" in marked
    assert "midnight" in marked
    press(button(page, "Old words"), how)
    expect(button(page, "Old words")).to_have_attribute("aria-pressed", "true")
    expect(button(page, "Marked")).to_have_attribute("aria-pressed", "false")
    for row in ("Low water", "Soundings", "High water"):
        assert words(page, row) == words(page, row, 0)  # no word, no space, no sign is left over
    expect(page.get_by_text("In the words of 1991").first).to_be_visible()
    press(button(page, "New words"), how)
    new = words(page, "Low water")
    assert new.startswith("Low water is called by a flag, from dawn to midnight, weather permitting, wherever a boat")
    inserted = page.locator("td ins").first
    expect(inserted).to_have_css("text-decoration-line", "none")
    expect(inserted).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    expect(page.get_by_role("insertion")).to_have_count(1 * page.locator(".legend ins").count())
    expect(page.get_by_text("In the words of 1991").first).to_be_hidden()
    press(button(page, "Marked"), how)
    assert words(page, "Low water") == marked


def test_a_choice_is_kept_in_the_address_and_shared_by_all_tables(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{FULL}?notes=a,b#compare", **WIDE)
    expect(page.locator(".comparison-tools")).to_have_count(2)
    button(page, "New words").click()
    assert page.url == f"{address}{FULL}?notes=a,b&view=new#compare"
    page.reload()
    pressed = page.get_by_role("button", name="New words", exact=True)
    expect(pressed).to_have_count(2)
    for at in range(2):
        expect(pressed.nth(at)).to_have_attribute("aria-pressed", "true")
    assert "dusk" not in words(page, "Low water")
    button(page, "Marked").click()
    assert page.url == f"{address}{FULL}?notes=a,b#compare"
    page.goto(f"{address}{FULL}?view=nonsense&only=nonsense")
    expect(button(page, "Marked")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("how", ["mouse", "keyboard"])
def test_unchanged_rows_are_hidden_and_shown_again(open_page: OpenPage, how: str) -> None:
    page = open_page(FULL, **WIDE)
    expect(button(page, "Only changes")).to_have_count(0)  # every row changed
    page = open_page(UNCHANGED, **WIDE)
    rows = page.locator(".comparison").first.locator("tbody")
    status = page.locator(".comparison").first.get_by_role("status")
    press(button(page, "Only changes"), how)
    expect(button(page, "Only changes")).to_have_attribute("aria-pressed", "true")
    expect(rows.first).to_be_hidden()
    expect(rows.nth(1)).to_be_visible()
    expect(status).to_have_text("4 of 5 rows shown")
    assert page.url.endswith("?only=changes")
    page.reload()
    expect(rows.first).to_be_hidden()
    expect(status).to_have_text("4 of 5 rows shown")
    expect(page.locator(".comparison").nth(1).locator("tbody")).to_be_visible()  # nothing to filter, nothing hidden
    press(button(page, "Next change"), how)
    expect(status).to_have_text("Change 1 of 4")
    press(button(page, "Only changes"), how)
    expect(rows.first).to_be_visible()
    assert "only" not in page.url


@pytest.mark.parametrize("how", ["mouse", "keyboard"])
def test_excerpts_offer_rows_that_every_side_records(open_page: OpenPage, how: str) -> None:
    page = open_page(EXCERPTS, **WIDE)
    assert [button(page, name).count() for name in ("Marked", "Only changes", "Next change")] == [0, 0, 0]
    toggle = button(page, "Only rows recorded on every side")
    total = page.locator("tbody").count()
    press(toggle, how)
    expect(toggle).to_have_attribute("aria-pressed", "true")
    expect(page.locator("td[data-state='not-recorded']:visible")).to_have_count(0)
    shown = page.locator("tbody:visible").count()
    assert 0 < shown < total
    expect(page.get_by_role("status")).to_have_text(f"{shown} of {total} rows shown")
    page.reload()
    expect(page.locator("tbody:visible")).to_have_count(shown)
    press(button(page, "Next row"), how)
    expect(page.get_by_role("status")).to_have_text(f"Row 1 of {shown}")
    press(button(page, "Previous row"), how)
    expect(page.get_by_role("status")).to_have_text(f"Row {shown} of {shown}")
    press(toggle, how)
    expect(page.locator("tbody:visible")).to_have_count(total)


@pytest.mark.parametrize("options", [WIDE, PHONE])
@pytest.mark.parametrize("path", [FULL, EXCERPTS, MANY])
def test_steps_lead_from_row_to_row_below_the_heads(open_page: OpenPage, path: str, options: dict[str, Any]) -> None:
    page = open_page(path, **options)
    table = page.locator(".comparison").first
    names = table.locator(".row-name").all_inner_texts()
    what = "Change" if path == FULL else "Row"
    status = page.locator(".comparison").first.get_by_role("status")
    step = {key: table.get_by_role("button", name=re.compile(f"^{key}")) for key in ("Next", "Previous")}
    for at, name in enumerate(names[:5], 1):
        step["Next"].click()
        assert focused(page) == name
        expect(status).to_have_text(f"{what} {at} of {len(names)}")
        assert is_clear(page), name
        expect(step["Next"]).to_be_in_viewport()
    step["Previous"].click()
    assert focused(page) == names[3]
    assert is_clear(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= options["viewport"]["width"]


def test_keys_step_inside_the_comparison_alone(open_page: OpenPage, address: str) -> None:
    page = open_page(FULL, **WIDE)
    names = page.locator(".comparison").first.locator(".row-name").all_inner_texts()
    status = page.locator(".comparison").first.get_by_role("status")
    button(page, "Marked").focus()
    page.keyboard.press("n")
    assert focused(page) == names[0]
    assert page.evaluate("getComputedStyle(document.activeElement).backgroundColor") != "rgba(0, 0, 0, 0)"
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(status).to_have_text(f"Change 3 of {len(names)}")
    page.keyboard.press("p")
    assert focused(page) == names[1]
    page.keyboard.press("Tab")  # into the row: steps go on from there
    page.keyboard.press("n")
    assert focused(page) == names[2]
    page.keyboard.press("Control+n")
    expect(status).to_have_text(f"Change 3 of {len(names)}")
    for _ in names[3:]:
        page.keyboard.press("n")
    expect(status).to_have_text(f"Change {len(names)} of {len(names)}")
    page.keyboard.press("n")  # and round again
    expect(status).to_have_text(f"Change 1 of {len(names)}")
    assert page.url == address + FULL  # these keys are not the theme's here
    page.evaluate("""document.querySelector(".comparison td").append(document.createElement("input"))""")
    page.locator(".comparison td input").focus()
    page.keyboard.type("np")
    expect(page.locator(".comparison td input")).to_have_value("np")


def test_a_table_of_one_row_has_no_steps(open_page: OpenPage) -> None:
    page = open_page(FULL, **WIDE)
    one = page.locator(".comparison").nth(1)
    expect(one.get_by_role("button")).to_have_text(["Marked", "Old words", "New words"])
    page = open_page("comparisons/fog-2004-ice-2008/", **WIDE)
    expect(page.locator(".comparison-tools")).to_have_count(0)  # one row of excerpts: nothing to choose


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [FULL, EXCERPTS])
def test_tools_are_large_legible_and_framed_when_focused(open_page: OpenPage, path: str, scheme: str) -> None:
    page = open_page(path, **PHONE, color_scheme=scheme)
    page.locator(".comparison-tools button").first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    sizes = page.eval_on_selector_all(
        ".comparison-tools button",
        "all => all.map(b => { const { width, height } = b.getBoundingClientRect(); return Math.min(width, height) })",
    )
    assert min(sizes) >= 24
    assert min(page.evaluate(CONTRASTS)) >= 4.5
    page.emulate_media(forced_colors="active")
    button(page, "New words" if path == FULL else "Only rows recorded on every side").click()
    assert page.locator(".comparison-tools [aria-pressed=true]").first.evaluate(
        "one => getComputedStyle(one).borderTopWidth === '2px'"
    )


def test_print_is_the_whole_marked_table_without_tools(open_page: OpenPage) -> None:
    page = open_page(f"{FULL}?view=old", **WIDE)
    page.emulate_media(media="print")
    expect(page.locator(".comparison-tools").first).to_be_hidden()
    expect(page.locator("td ins").first).to_be_visible()
    expect(page.locator("td ins").first).to_have_css("text-decoration-line", "underline")
    expect(page.get_by_text("In the words of 1991").first).to_be_hidden()
    page = open_page(f"{EXCERPTS}?only=complete", **WIDE)
    page.emulate_media(media="print")
    expect(page.locator("tbody:visible")).to_have_count(page.locator("tbody").count())


@pytest.mark.parametrize("size", [(360, 740), (1280, 800), (1920, 1000)])
@pytest.mark.parametrize(
    ("path", "row"), [(EXCERPTS, "own-pier"), (EXCERPTS, "reserve-boat"), (FULL, "soundings"), (MANY, "middle-bank")]
)
def test_an_address_leads_to_a_row_below_what_stays_in_view(
    open_page: OpenPage, address: str, path: str, row: str, size: tuple[int, int]
) -> None:
    page = open_page(None, viewport={"width": size[0], "height": size[1]})
    page.goto(f"{address}{path}#row-{row}")
    until(page, IS_SHOWN)
    page.goto("about:blank")
    page.goto(f"{address}{path}")
    page.locator(f".digest a[href='#row-{row}']").first.click()
    until(page, IS_SHOWN)
    if size[0] >= 768:
        expect(page.locator(".comparison thead a").first).to_be_in_viewport()  # the years of its cells


COMPARED = [FULL, UNCHANGED, EXCERPTS, MANY, "comparisons/ferry-1998/ferry-2002.html", "comparisons/fog-2004-ice-2008/"]


@pytest.mark.parametrize("size", [(360, 740), (1280, 800)])
@pytest.mark.parametrize("path", [*COMPARED, "comparisons/?compare=ferry-2002,ferry-2004,ferry-2006"])
def test_the_first_screen_says_what_changed(open_page: OpenPage, path: str, size: tuple[int, int]) -> None:
    page = open_page(path, viewport={"width": size[0], "height": size[1]})
    expect(page.locator(".digest dd a").first).to_be_in_viewport(ratio=1)
    before = page.locator(".digest").first.evaluate(
        "(one) => [...document.querySelectorAll('.legend')].filter((each) => each.compareDocumentPosition(one) & 4).length"
    )
    assert before == 0  # no caution stands above it


def test_what_one_text_alone_has_is_a_line_that_opens_without_script(open_page: OpenPage) -> None:
    page = open_page(EXCERPTS, **WIDE, java_script_enabled=False)
    rows = page.locator("tbody:has(.row-fold)")
    assert rows.count() > 2
    line = rows.first.locator("summary")
    expect(line).to_contain_text(re.compile("recorded only in 200[24]$"))
    expect(rows.first.locator(".cell-head")).to_be_hidden()
    line.click()
    expect(rows.first.locator(".cell-head")).to_be_visible()
    states = page.locator(".comparison-table > tbody").evaluate_all(
        "all => all.map((one) => !!one.querySelector('.row-fold'))"
    )
    assert states == sorted(states)  # they come last


def test_without_script_the_table_stands_as_it_is(open_page: OpenPage) -> None:
    page = open_page(f"{FULL}?view=new&only=changes", **WIDE, java_script_enabled=False)
    expect(page.locator(".comparison-tools")).to_have_count(0)
    expect(page.locator("td del").first).to_be_visible()
    expect(page.locator(".comparison").first.locator("tbody:visible")).to_have_count(5)


def test_it_works_under_a_strict_policy(open_page: OpenPage, address: str) -> None:
    page = open_page(None, **WIDE)

    def answer(route: Any) -> None:
        policy = {"Content-Security-Policy": "script-src 'self'; style-src 'self'"}
        response = route.fetch()
        route.fulfill(response=response, headers={**response.headers, **policy})

    page.route(re.compile(rf"/{FULL}$"), answer)
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if "/comparison/" in message.text else None)
    page.on("pageerror", lambda error: errors.append(str(error)) if "/comparison/" in (error.stack or "") else None)
    page.goto(address + FULL)
    button(page, "Next change").click()
    assert is_clear(page)
    assert errors == []
