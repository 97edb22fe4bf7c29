"""Passages in a real browser: quoted words at their clause; link, citation and report of every passage."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bibtexparser.entrypoint import parse_string
from playwright.sync_api import Locator, Page, Route, expect

from tests.sites import DEPLOYED, TOWNS
from tests.visiting import OpenPage, violations

COMMENTARY = "commentary/night-boat/"
DECLARATION = "declarations/ferry-2004/"
COMPARISON = "comparisons/2002-2004/"
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
CLIPBOARD: dict[str, Any] = {"permissions": ["clipboard-read", "clipboard-write"]}

LIT = """() => [...document.querySelectorAll(".quoted")]
  .filter((words) => getComputedStyle(words).backgroundColor !== "rgba(0, 0, 0, 0)")
  .map((words) => words.textContent)"""


def lit(page: Page) -> list[str]:
    found: list[str] = page.evaluate(LIT)
    return found


def tools(page: Page) -> Locator:
    return page.locator(".passage-tools:popover-open")


def copied(page: Page) -> str:
    found: str = page.evaluate("navigator.clipboard.readText()")
    return found.replace("\r\n", "\n")


def test_a_quotation_shows_its_words_and_no_others(open_page: OpenPage) -> None:
    page = open_page(COMMENTARY)
    page.locator("#p6 a.proof").nth(1).click()
    page.locator(".clause-panel").get_by_role("link", name="Open its page").click()
    page.wait_for_url("**/ferry-2004/#quoted-night-boat-p6")
    first, second = lit(page)
    assert first.startswith("the masters found")
    assert first.endswith("[Southpier] and Northpier")
    assert second == "agreed to keep a common watch, with horns and answering lights"
    expect(page.get_by_role("heading", name="Watch in fog")).to_be_in_viewport()
    page.goto(page.url.replace("-p6", "-p5"))
    assert [words[:20] for words in lit(page)] == ["The masters named fo"]
    page.goto(page.url.partition("#")[0] + "#fog-watch")
    assert lit(page) == []


def test_the_words_show_themselves_without_script(open_page: OpenPage) -> None:
    page = open_page(f"{DECLARATION}#quoted-night-boat-p6-2", java_script_enabled=False)
    assert [words.split()[0] for words in lit(page)] == ["agreed"]
    expect(page.locator(".quoted:target")).to_be_in_viewport()


PASSAGES = [
    (COMMENTARY, "#p7 > .paragraph-number", "Paragraph 7", "#p7", "night-boat-p7"),
    (COMMENTARY, "#note-watch-ahead .note-number", "Watch ahead", "#note-watch-ahead", "night-boat-note-watch-ahead"),
    (COMMENTARY, "h1 > .headerlink", "THE NIGHT BOAT, ALMOST ON TIME", "", "night-boat"),
    (DECLARATION, "#middle-bank > .headerlink", "The Middle Bank", "#middle-bank", "ferry-2004-middle-bank"),
    (DECLARATION, "#note-crossing-2004 .passage-link", "From a plan to a shared aim", "#note-crossing-2004", "ferry-2004-note-crossing-2004"),
    (COMPARISON, "#row-middle-bank .passage-link", "The Middle Bank", "#row-middle-bank", "comparisons/2002-2004-row-middle-bank"),
    ("threads/channels/", "h1 > .headerlink", "Channels and dredging", "", "threads/channels"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "mark", "name", "anchor", "key"), PASSAGES)
def test_every_passage_is_linked_cited_and_reported(
    open_page: OpenPage, address: str, path: str, mark: str, name: str, anchor: str, key: str
) -> None:
    page = open_page(path, **CLIPBOARD)
    page.locator(mark).click()
    dialog = page.get_by_role("dialog", name=name)
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Copy link").click()
    expect(dialog.get_by_role("status")).to_have_text("Link copied")
    assert copied(page) == f"{address}{path}{anchor}"

    dialog.get_by_role("button", name="Cite").click()
    where = f"{DEPLOYED['SITE_URL']}{path}{anchor}"
    for label, ending in (("Chicago", "txt"), ("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "json")):
        dialog.get_by_role("button", name=label).click()
        expect(dialog.get_by_role("button", name=label)).to_have_attribute("aria-pressed", "true")
        expect(dialog.locator(f"pre[data-format={ending}]")).to_contain_text(where)
        dialog.get_by_role("button", name="Copy", exact=True).click()
        expect(dialog.get_by_role("status")).to_have_text("Citation copied")
        text = copied(page)
        if ending == "bib":
            (entry,) = parse_string(text).entries
            assert (entry.key, entry.fields_dict["url"].value) == (key, where)
        elif ending == "json":
            (item,) = json.loads(text)
            assert (item["id"], item["URL"]) == (key, where)
        elif ending == "ris":
            assert text.count("TY  - ") == text.count("ER  -") == text.count(f"ID  - {key}\n") == 1
        else:
            assert text.endswith(f"{where}.")
        file = page.request.get(dialog.get_by_role("link", name="Download").evaluate("link => link.href"))
        assert key in file.text()

    form = urlsplit(dialog.get_by_role("link", name="Report a problem").get_attribute("href"))
    given = {one: values[0] for one, values in parse_qs(str(form.query)).items()}
    assert f"{form.scheme!s}://{form.netloc!s}{form.path!s}" == f"{DEPLOYED['REPO_URL']}/issues/new"
    assert given["template"] == "passage.yml"
    assert given["title"].startswith("Problem: ")
    assert given["title"].endswith(f", {name}")
    assert given["address"] == f"{address}{path}{anchor}"
    assert given["words"]


@pytest.mark.parametrize(
    ("path", "mark", "file", "line"),
    [
        (COMMENTARY, "#p7 > .paragraph-number", "docs/commentary/night-boat.md", 'note("southpier-asked")'),
        (COMMENTARY, "#note-watch-ahead .note-number", "docs/notes/night-boat.md", "{ #watch-ahead"),
        (DECLARATION, "#middle-bank > .headerlink", "docs/declarations/ferry-2004.md", "{ #middle-bank"),
        (DECLARATION, "#note-crossing-2004 .passage-link", "docs/notes/changes.md", "{ #crossing-2004"),
        (COMPARISON, "#row-middle-bank .passage-link", "docs/comparisons/2002-2004.md", "{{ compare("),
    ],
)
def test_a_report_names_file_and_line(open_page: OpenPage, path: str, mark: str, file: str, line: str) -> None:

    page = open_page(path)
    page.locator(mark).click()
    form = tools(page).get_by_role("link", name="Report a problem").get_attribute("href")
    named, _, number = parse_qs(urlsplit(str(form)).query)["place"][0].rpartition(":")
    assert named == file
    assert line in (TOWNS.parent / file).read_text("utf-8").split("\n")[int(number) - 1]


def test_a_report_quotes_what_is_selected(open_page: OpenPage) -> None:
    page = open_page(COMMENTARY, viewport={"width": 1280, "height": 900})
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#p3 .noted'))")
    chosen = page.evaluate("getSelection().toString()")
    page.locator("#p3 > .paragraph-number").click()
    form = tools(page).get_by_role("link", name="Report a problem").get_attribute("href")
    assert parse_qs(urlsplit(str(form)).query)["words"] == [chosen]
    page.keyboard.press("Escape")
    page.evaluate("getSelection().removeAllRanges()")
    page.locator("#p3 > .paragraph-number").click()
    form = tools(page).get_by_role("link", name="Report a problem").get_attribute("href")
    (words,) = parse_qs(urlsplit(str(form)).query)["words"]
    assert words.startswith("Both mayors also want the wreck")  # neither the number nor a note's
    assert "cargo “in one piece" in words
    assert len(words) <= 400


def test_the_tools_are_opened_and_left_by_keyboard(open_page: OpenPage) -> None:
    page = open_page(COMMENTARY, **CLIPBOARD)
    mark = page.locator("#p7 > .paragraph-number")
    expect(mark).to_have_attribute("aria-expanded", "false")
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Copy link")).to_be_focused()
    expect(mark).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Enter")
    assert copied(page).endswith("#p7")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Cite")).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".passage-citation")).to_contain_text("para. 7")
    page.keyboard.press("Escape")
    expect(tools(page)).to_have_count(0)
    expect(mark).to_be_focused()
    expect(mark).to_have_attribute("aria-expanded", "false")
    # Tab goes through the tools and on behind the number, as if they stood there.
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(tools(page)).to_have_count(0)
    assert page.evaluate("document.activeElement.closest('#p7') !== null")
    mark.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    expect(mark).to_be_focused()
    expect(tools(page)).to_have_count(0)


def test_a_second_click_closes_and_another_mark_takes_over(open_page: OpenPage) -> None:
    page = open_page(COMMENTARY, viewport={"width": 1280, "height": 900})
    first, second = page.locator("#p3 > .paragraph-number"), page.locator("#p4 > .paragraph-number")
    first.click()
    expect(tools(page)).to_have_accessible_name("Paragraph 3")
    first.click()
    expect(tools(page)).to_have_count(0)
    first.click()
    second.click()
    expect(tools(page)).to_have_accessible_name("Paragraph 4")
    expect(first).to_have_attribute("aria-expanded", "false")
    expect(second).to_have_attribute("aria-expanded", "true")
    page.mouse.click(640, 24)  # the header
    expect(tools(page)).to_have_count(0)
    expect(second).to_have_attribute("aria-expanded", "false")


def test_a_permalink_with_a_modifier_key_is_a_link(open_page: OpenPage) -> None:
    page = open_page(COMMENTARY, viewport={"width": 1280, "height": 900})
    with page.context.expect_page() as opened:
        page.locator("#p3 > .paragraph-number").click(modifiers=["ControlOrMeta"])
    assert opened.value.url.endswith("#p3")
    expect(tools(page)).to_have_count(0)


def test_a_list_of_notes_is_one_stop_and_arrows_lead_on(open_page: OpenPage) -> None:
    page = open_page(f"{COMMENTARY}#note-watch-ahead")
    numbers = page.locator("a.note-number")
    count = numbers.count()
    assert count > 40
    assert page.locator("a.note-number[tabindex='0']").count() == 1
    page.keyboard.press("Tab")  # behind the target, which the reader was led to
    here = page.locator("#note-watch-ahead .note-number")
    expect(here).to_be_focused()
    position = int(here.inner_text())
    page.keyboard.press("ArrowDown")
    expect(numbers.nth(position)).to_be_focused()
    page.keyboard.press("End")
    expect(numbers.last).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(numbers.last).to_be_focused()
    page.keyboard.press("Home")
    expect(numbers.first).to_be_focused()
    assert page.locator("a.note-number[tabindex='0']").count() == 1
    page.goto(page.url.partition("?")[0].partition("#")[0])
    page.get_by_role("button", name="Context").click()  # the stop's note may be hidden: another takes it
    stop = page.locator("a.note-number[tabindex='0']")
    expect(stop).to_be_visible()
    assert stop.count() == 1


def test_rows_of_a_comparison_are_one_stop(open_page: OpenPage) -> None:
    page = open_page(COMPARISON)
    links = page.locator(".comparison-table .passage-link")
    assert links.count() > 10
    stop = page.locator(".comparison-table .passage-link[tabindex='0']")
    stop.focus()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    expect(stop).to_have_count(1)


def test_fingers_get_room(open_page: OpenPage) -> None:
    page = open_page(COMMENTARY, **PHONE)
    mark = page.locator("#p3 > .paragraph-number")
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for dx, dy in ((0, 0), (-12, 0), (20, 0), (0, -20), (0, 20)):
        at = page.evaluate("([x, y]) => document.elementFromPoint(x, y).className", [x + dx, y + dy])
        assert at == "paragraph-number", (dx, dy)
    page.touchscreen.tap(x, y + 18)
    expect(tools(page)).to_be_visible()
    tools(page).get_by_role("button", name="Cite").tap()
    expect(page.locator(".passage-citation")).to_contain_text("para. 3")
    sizes = (
        tools(page)
        .locator("button, a")
        .evaluate_all(
            "all => all.map((one) => { const box = one.getBoundingClientRect(); return Math.min(box.width, box.height); })"
        )
    )
    assert min(sizes) >= 44
    inside = tools(page).bounding_box()
    assert inside
    assert inside["x"] >= 0
    assert inside["x"] + inside["width"] <= 360
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.touchscreen.tap(350, 100)
    expect(tools(page)).to_have_count(0)


def test_a_page_in_another_language_speaks_it(open_page: OpenPage, address: str) -> None:
    page = open_page("about/", **CLIPBOARD)

    def translate(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace('<html lang="en"', '<html lang="ja"'))

    page.route(f"**/{COMMENTARY}", translate)
    page.goto(address + COMMENTARY)
    mark = page.get_by_role("link", name="第7段落：リンク・引用")
    mark.click()
    expect(tools(page)).to_have_attribute("lang", "ja")
    expect(tools(page)).to_have_accessible_name("第7段落")
    page.get_by_role("button", name="リンクをコピー").click()
    expect(tools(page).get_by_role("status")).to_have_text("リンクをコピーしました")
    page.get_by_role("button", name="引用", exact=True).click()
    expect(page.locator(".passage-citation")).to_contain_text("para. 7")


def test_the_foot_copies_the_citation_of_the_page(open_page: OpenPage) -> None:
    page = open_page(DECLARATION, **CLIPBOARD)
    foot = page.locator(".page-foot")
    foot.get_by_role("button", name="Copy").click()
    expect(foot.get_by_role("status")).to_have_text("Citation copied")
    assert copied(page) == foot.locator(".page-foot-citation").inner_text()


def test_where_copying_is_not_allowed_the_words_are_marked_to_be_copied(open_page: OpenPage) -> None:
    page = open_page(COMMENTARY)
    page.evaluate("void (navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden')))")
    page.locator("#p3 > .paragraph-number").click()
    page.get_by_role("button", name="Copy link").click()
    expect(tools(page).get_by_role("textbox")).to_have_value(page.url + "#p3")
    assert page.evaluate("document.activeElement.selectionEnd > 0")


def test_a_citation_that_does_not_come_says_so(open_page: OpenPage) -> None:
    page = open_page(COMMENTARY)
    page.route("**/cite/*", lambda route: route.abort())
    page.locator("#p3 > .paragraph-number").click()
    page.get_by_role("button", name="Cite").click()
    expect(tools(page).get_by_role("status")).to_have_text("The citation could not be loaded.")


def test_without_script_permalinks_are_links_and_the_foot_tells_the_rest(open_page: OpenPage, address: str) -> None:
    page = open_page(COMMENTARY, java_script_enabled=False)
    page.locator("#p7 > .paragraph-number").click()
    assert page.url == f"{address}{COMMENTARY}#p7"
    page.locator("#note-watch-ahead .note-number").click()
    assert page.url.endswith("#note-watch-ahead")
    foot = page.locator(".page-foot")
    expect(foot).to_contain_text("Iris Penn, “The night boat")
    for ending in ("txt", "bib", "ris", "json"):
        href = foot.locator(f"[data-format={ending}]").evaluate("link => link.href")
        assert page.request.get(href).ok
    expect(foot.get_by_role("link", name="Textual apparatus")).to_have_count(1)
    expect(foot.get_by_role("link", name="Verification")).to_have_count(1)
    report = foot.get_by_role("link", name="Report a problem with this page").get_attribute("href")
    assert parse_qs(urlsplit(str(report)).query)["place"] == ["docs/commentary/night-boat.md:1"]
    for name, file in (("on this page", "commentary"), ("in its notes", "notes")):
        link = foot.get_by_role("link", name=f"Fix a word {name}")
        expect(link).to_have_attribute("href", f"{DEPLOYED['REPO_URL']}/edit/main/docs/{file}/night-boat.md")


@pytest.mark.parametrize(
    ("passage", "width", "scheme"), [(0, 1280, "light"), (0, 360, "dark"), (4, 1280, "dark"), (5, 360, "light")]
)
def test_axe_finds_nothing_against_the_tools(open_page: OpenPage, passage: int, width: int, scheme: str) -> None:
    path, mark = PASSAGES[passage][:2]
    options: dict[str, Any] = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
    page = open_page(path, reduced_motion="reduce", **options)
    page.locator(mark).click()
    page.get_by_role("button", name="Cite").click()
    expect(page.locator(".passage-citation")).not_to_be_empty()
    assert violations(page) == []


@pytest.mark.parametrize("path", ["", COMMENTARY, DECLARATION, COMPARISON])
def test_a_deployed_page_asks_no_other_site(open_page: OpenPage, address: str, path: str) -> None:
    page = open_page("about/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
