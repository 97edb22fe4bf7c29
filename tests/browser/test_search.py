"""Search in a real browser: what is found, by mouse, keyboard, touch, without script, and in another language."""

import re
import shutil
import tomllib
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests import ROOT
from tests.bench.serving import serving
from tests.searching import Answer, Query, ask, is_answered
from tests.sites import COLLECTION, INVENTED, TOWNS, make
from tests.visiting import OpenPage, patient, until

QUERIES = tomllib.loads((TOWNS.parent.parent / "queries.toml").read_text("utf-8"))["query"]
FOG_STOP = "declarations/ferry-2004/#fog-stop"

ALL = "a:is(.search-hit, .search-wording)"
"""Every result: the first of a card, and its other wordings, which may be folded."""


def count_of(page: Page) -> int:
    """Return how many passages a page of results says were found."""
    status = page.locator(".md-content .search-status")
    expect(status).to_have_text(re.compile(r"^\d+ passage"), timeout=10_000)
    return int(status.inner_text().split()[0])


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: str(query["asks"]))
def test_what_is_asked_for_comes_first_and_is_marked_where_it_stands(
    query: Query, answer: Callable[[str], Answer | None]
) -> None:
    is_answered(query, answer(str(query["asks"])))


@pytest.mark.parametrize("key", ["/", "s", "f", "Control+k", "Meta+k"])
def test_a_key_opens_the_search_and_esc_leads_back(key: str, open_page: OpenPage) -> None:
    page = open_page("about/")
    link = page.get_by_role("link", name="Contribute").first
    link.focus()
    page.keyboard.press(key)
    dialog = page.get_by_role("dialog", name="Search")
    expect(dialog.get_by_role("textbox")).to_be_focused()
    expect(dialog.get_by_role("textbox")).to_have_value("")
    page.keyboard.type("s/f")  # in a field keys are letters
    expect(dialog.get_by_role("textbox")).to_have_value("s/f")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()


def test_single_keys_can_be_switched_off(open_page: OpenPage) -> None:
    page = open_page("search/")
    page.get_by_role("checkbox", name="Single keys").uncheck()
    page.goto(page.url.replace("search/", "about/"))
    for key in ("/", "s", "f"):
        page.keyboard.press(key)
    expect(page.get_by_role("dialog", name="Search")).to_have_count(0)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="Search")).to_be_visible()


def test_arrows_move_and_enter_goes_to_the_words(open_page: OpenPage, address: str) -> None:
    page = open_page("")
    page.keyboard.press("/")
    page.keyboard.type('"closed channel"')
    hits = page.locator(".search-dialog a.search-hit")
    expect(hits.first).to_be_visible(timeout=10_000)
    expect(page.locator(".search-dialog [role=status]")).to_have_text(re.compile(r"^\d+ passages$"))
    page.keyboard.press("ArrowDown")
    expect(hits.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(hits.nth(1)).to_be_focused()
    page.keyboard.type("n")  # typing goes on in the field, and turns no page
    expect(page.locator(".search-dialog input")).to_have_value('"closed channel"n')
    page.keyboard.press("Backspace")
    expect(hits.first).to_contain_text("closed channel")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}{FOG_STOP}")  # nothing is left in the address
    assert page.evaluate("[...CSS.highlights.get('search')].map(String)").count("closed channel") >= 2
    expect(page.locator("#fog-stop")).to_be_in_viewport()


def test_enter_in_the_field_leads_to_all_results(open_page: OpenPage, address: str) -> None:
    page = open_page("about/")
    page.get_by_role("link", name="Search").first.click()
    page.keyboard.type("fog")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}search/?q=fog")
    expect(page.locator(".md-content .search-status")).to_have_text(re.compile(r"^\d+ passages"))


def test_a_note_is_marked_in_the_list_and_in_the_margin(open_page: OpenPage) -> None:
    page = open_page("search/?q=Tallow", viewport={"width": 1920, "height": 1000})
    page.locator("a.search-hit").first.click()
    page.wait_for_url("**/commentary/night-boat/#note-death-in-spring")
    marked = page.evaluate(
        "[...CSS.highlights.get('search')].map(range => range.startContainer.parentElement.closest('li, .note-copy').localName)"
    )
    assert sorted(set(marked)) == ["div", "li"]


def test_results_are_labelled_and_marked(open_page: OpenPage) -> None:
    page = open_page('search/?q="case+by+case"')
    hit = page.locator(".search-groups li", has_text="Case by case").first
    expect(hit).to_contain_text("Note: source")
    expect(hit).to_contain_text("The night boat, almost on time, June 2004")
    words = page.locator("li[data-kind='words'] .search-text, li[data-kind='commentary'] .search-text")
    assert words.first.evaluate("e => getComputedStyle(e).fontFamily") != hit.evaluate(
        "e => getComputedStyle(e).fontFamily"
    )
    assert page.locator(".search-groups mark").count() > 0


def test_a_clause_is_one_card_that_opens_to_its_wordings(open_page: OpenPage, address: str) -> None:
    page = open_page("search/?q=fog+watch")
    card = page.locator(".search-groups li:has(> .search-wordings)").first
    expect(card.locator("a.search-hit")).to_have_count(1)
    expect(card.locator("summary")).to_contain_text("The same clause:")
    wording = card.locator("a.search-wording").first
    expect(wording).to_be_hidden()
    card.locator("summary").click()
    expect(wording).to_be_visible()
    years = [int(text) for text in card.locator(".search-year").all_inner_texts()]
    assert years == sorted(years)
    wording.click()
    page.wait_for_url(f"{address}declarations/**")


def test_the_dialog_and_the_page_of_results_have_one_order(open_page: OpenPage) -> None:
    page = open_page("search/?q=fog")
    hits = "list => list.map((hit) => hit.href)"
    expect(page.locator(".md-content a.search-hit").first).to_be_visible(timeout=10_000)
    listed = page.eval_on_selector_all(".md-content a.search-hit", hits)
    page.goto(page.url.replace("search/?q=fog", "about/"))
    page.keyboard.press("/")
    page.keyboard.type("fog")
    expect(page.locator(".search-dialog a.search-hit").first).to_be_visible(timeout=10_000)
    expect(page.locator(".search-dialog [role=status]")).to_contain_text("passages")
    found = page.eval_on_selector_all(".search-dialog a.search-hit", hits)
    assert len(found) > 4
    assert listed[: len(found)] == found


def test_who_comes_back_to_the_dialog_finds_the_results_and_the_place(open_page: OpenPage) -> None:
    page = open_page("about/")
    page.keyboard.press("/")
    page.keyboard.type("fog")
    hits = page.locator(".search-dialog a.search-hit")
    expect(hits.nth(2)).to_be_visible(timeout=10_000)
    chosen = hits.nth(2).get_attribute("href")
    hits.nth(2).click()
    page.wait_for_url(re.compile("(?<!about/)$"))
    page.go_back()
    expect(page.locator(".search-dialog input")).to_have_value("fog")
    expect(page.locator(f".search-dialog a[href='{chosen}']").first).to_be_focused(timeout=10_000)
    page.keyboard.press("Escape")
    page.reload()
    expect(page.get_by_role("dialog", name="Search")).to_have_count(0)


def test_pages_for_contributors_come_when_they_are_asked_for(open_page: OpenPage) -> None:
    page = open_page("search/?q=boat")
    expect(page.locator("a.search-hit").first).to_be_visible(timeout=10_000)
    shown = {item.get_attribute("data-kind") for item in page.locator(".search-groups li").all()}
    assert "manual" not in shown
    page.get_by_role("checkbox", name="For contributors").check()
    page.wait_for_url("**&kind=manual")
    until(page, "document.querySelectorAll('.search-groups li:not([data-kind=manual])').length === 0")
    expect(page.locator("li[data-kind=manual]").first).to_be_visible()


def test_a_page_for_contributors_is_asked_for_by_its_name_where_nothing_else_is_found(open_page: OpenPage) -> None:
    page = open_page("search/?q=macros")
    expect(page.locator("li[data-kind=manual] a[href*='contribute/macros/']").first).to_be_visible(timeout=10_000)
    page = open_page("search/?q=endcall")
    expect(page.get_by_role("link", name="One page for contributors holds it")).to_be_visible(timeout=10_000)
    expect(page.locator("a.search-hit")).to_have_count(0)


def test_a_phrase_that_stands_nowhere_offers_its_words(open_page: OpenPage, address: str) -> None:
    page = open_page('search/?q="channel+closed"')
    offer = page.locator(".search-loose a")
    expect(offer).to_contain_text("channel closed: ", timeout=10_000)
    expect(offer).to_contain_text(re.compile(r"\d+ passages hold these words, not in this order"))
    offer.click()
    page.wait_for_url(f"{address}search/?q=channel+closed")
    expect(page.locator("a.search-hit").first).to_be_visible(timeout=10_000)


def test_filters_have_counts_and_are_kept_in_the_address(open_page: OpenPage, address: str) -> None:
    page = open_page("search/?q=fog")
    total = count_of(page)
    notes = page.get_by_role("checkbox", name="Our notes")
    expect(notes).to_be_visible()
    counts = page.locator("fieldset[data-filter=kind] li:visible .search-count").all_inner_texts()
    assert sum(map(int, counts)) == total
    label = page.locator("fieldset[data-filter=kind] label", has_text="Our notes")
    count = int(label.locator(".search-count").inner_text())
    notes.check()
    page.wait_for_url(f"{address}search/?q=fog&kind=note")
    expect(page.locator(".md-content .search-status")).to_have_text(re.compile(rf"^{count} passages?$"))
    assert {item.get_attribute("data-kind") for item in page.locator(".search-groups li").all()} == {"note"}
    expect(page.get_by_role("checkbox", name="Our summaries")).to_be_visible()  # the others can still be added
    page.get_by_label("Years of the documents: from").select_option("2004")
    page.wait_for_url(f"{address}search/?q=fog&kind=note&from=2004")
    page.get_by_role("button", name="Clear filters").click()
    page.wait_for_url(f"{address}search/?q=fog")
    expect(page.locator(".md-content .search-status")).to_have_text(re.compile(rf"^{total} passages"))
    page.go_back()
    page.go_back()
    page.wait_for_url(f"{address}search/?q=fog&kind=note")
    expect(notes).to_be_checked()


def test_summaries_are_found_by_what_they_rest_on(open_page: OpenPage, address: str) -> None:
    page = open_page("search/?q=wharf")
    total = count_of(page)
    page.get_by_role("checkbox", name="Weak copy").check()
    page.wait_for_url(f"{address}search/?q=wharf&evidence=weak-copy")
    expect(page.locator(".search-groups li")).not_to_have_count(0)
    assert count_of(page) < total
    assert {item.get_attribute("data-kind") for item in page.locator(".search-groups li").all()} == {"summary"}
    page.reload()
    expect(page.get_by_role("checkbox", name="Weak copy")).to_be_checked(timeout=10_000)


def test_a_shared_address_restores_everything(open_page: OpenPage) -> None:
    page = open_page("search/?q=wharf&kind=summary,note&thread=gull-point&from=1998&to=2008&sort=oldest")
    expect(page.get_by_role("checkbox", name="Our summaries")).to_be_checked(timeout=10_000)
    expect(page.get_by_role("checkbox", name="Gull Point and the wharf")).to_be_checked()
    expect(page.get_by_label("Order")).to_have_value("oldest")
    years = [int(text[-4:]) for text in page.locator(".search-groups h2").all_inner_texts()]
    assert years == sorted(years)
    assert years[0] == 1998
    page.get_by_label("Order").select_option("newest")
    page.wait_for_url("**sort=newest")
    expect(page.locator(".search-groups h2").first).to_contain_text("2008")
    assert page.title().startswith("wharf – Search")


def test_a_thread_can_be_read_through_by_filter_alone(open_page: OpenPage) -> None:
    page = open_page("search/?thread=middle-bank&kind=summary&sort=oldest")
    expect(page.locator(".search-groups section")).to_have_count(6, timeout=10_000)


def test_filters_on_words_and_phrases_together_are_counted_rightly(open_page: OpenPage) -> None:
    page = open_page('search/?q="Rule+V"+channel')
    total = count_of(page)
    counts = page.locator("fieldset[data-filter=kind] li:visible .search-count")
    expect(counts.first).to_be_visible()
    assert sum(map(int, counts.all_inner_texts())) == total


@pytest.mark.parametrize("order", ["oldest", "newest"])
def test_by_date_what_belongs_to_two_documents_comes_with_the_one_it_is_shown_under(
    order: str, open_page: OpenPage
) -> None:
    page = open_page(f"search/?q=boat&sort={order}")
    expect(page.locator("a.search-hit")).to_have_count(20, timeout=10_000)
    while page.get_by_role("button", name="Show more").is_visible():
        count = page.locator("a.search-hit").count()
        page.get_by_role("button", name="Show more").click()
        until(page, f"document.querySelectorAll('a.search-hit').length > {count}")
    heads = [
        text for text in page.locator(".search-groups h2").all_inner_texts() if text != "Elsewhere in this edition"
    ]
    years = [int(text[-4:]) for text in heads]
    assert len(set(years)) > 4
    assert years == sorted(years, reverse=order == "newest")
    assert len(set(heads)) == len(heads)  # each document once, however many steps it took


def test_who_comes_back_finds_the_list_and_the_place(open_page: OpenPage) -> None:
    page = open_page("search/?q=boat")
    expect(page.locator(ALL)).to_have_count(20, timeout=10_000)
    page.get_by_role("button", name="Show more").click()
    expect(page.locator(ALL)).to_have_count(40)
    last = page.locator("a.search-hit").last
    last.scroll_into_view_if_needed()
    place = page.evaluate("scrollY")
    assert place > 500
    last.click()
    page.wait_for_load_state()
    page.go_back()
    expect(page.locator(ALL)).to_have_count(40, timeout=10_000)
    until(page, f"Math.abs(scrollY - {place}) < 20")


def test_arrows_go_through_the_results_page(open_page: OpenPage) -> None:
    page = open_page("search/?q=fog")
    hits = page.locator("a.search-hit")
    expect(hits.first).to_be_visible(timeout=10_000)
    page.get_by_role("checkbox", name="Our notes").focus()
    page.keyboard.press("/")  # a box is no field to type in
    expect(page.locator("#_search-field")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(hits.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(hits.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#_search-field")).to_be_focused()


@pytest.mark.parametrize(
    ("query", "target"), [("list begins with the treaty", "chronology/"), ("Brack", "chronology/#on-1997-11-01")]
)
def test_a_result_that_is_a_page_leads_to_its_words(open_page: OpenPage, query: str, target: str) -> None:
    page = open_page(f"search/?q={query}")
    page.locator("a.search-hit").first.click()
    page.wait_for_url(f"**/{target}")
    until(
        page,
        """() => {
          const [range] = CSS.highlights.get("search") ?? [];
          const box = range?.getBoundingClientRect();
          return box && box.top > 0 && box.bottom < innerHeight;
        }""",
    )


@pytest.mark.parametrize(
    ("query", "said", "proposed"),
    [
        ("harbor", "No passage contains “harbor”; this was found for “harbour”.", []),
        ("crabs goat", "No passage holds all of these words. These come nearest.", []),
        ("piers and crews", "2 passages", []),  # right words are not corrected, however little they find
        ("Aalnud harbour", "No passage contains “Aalnud”; this was found for “Aalund”.", []),
        ("ferry harbour zzyzx", "No passage contains “zzyzx”.", []),
        ("crwe harbour", "No passage contains “crwe”.", ["crew harbour"]),
    ],
)
def test_words_are_read_as_readers_mean_them(query: str, said: str, proposed: list[str], open_page: OpenPage) -> None:
    page = open_page(f"search/?q={query}&kind=words,summary,commentary,note")
    expect(page.locator(".md-content [role=status]")).to_have_text(said, timeout=10_000)
    links = page.locator(".search-meant a")
    assert links.all_inner_texts() == proposed
    for link in links.all():  # and keep what is chosen
        assert "kind=words,summary,commentary,note" in str(link.get_attribute("href"))


def test_what_only_comes_near_is_counted_and_filtered_too(open_page: OpenPage) -> None:
    page = open_page("search/?q=crabs+goat", viewport={"width": 1280, "height": 900})
    said = "No passage holds all of these words. These come nearest."
    status, hits = page.locator(".md-content [role=status]"), page.locator("a.search-hit")
    expect(status).to_have_text(said, timeout=10_000)
    row = page.locator("fieldset[data-filter=kind] li", has_text="Our notes")
    expect(row.locator(".search-count")).not_to_be_empty()
    count = int(row.locator(".search-count").inner_text())
    assert 0 < count < hits.count()
    row.get_by_role("checkbox").check()
    expect(hits).to_have_count(count)
    expect(status).to_have_text(said)
    # Filters leave nothing of what holds all words: then nothing else is put in its place.
    page.goto(page.url.partition("?")[0] + "?q=kettle+watch&kind=term")
    expect(page.locator(".search-advice")).to_contain_text("Without the filters there would be", timeout=10_000)
    expect(hits).to_have_count(0)


def test_a_results_page_that_fails_offers_lists_and_another_try(open_page: OpenPage, address: str) -> None:
    page = open_page(None)
    page.route("**/search/index.idx", lambda route: route.abort())
    page.goto(f"{address}search/?q=fog")
    expect(page.locator(".md-content [role=status]")).to_have_text(
        "The search could not be loaded. Please try again.", timeout=20_000
    )
    expect(page.locator(".search").get_by_role("link", name="Gull Point and the wharf")).to_be_visible()
    page.unroute("**/search/index.idx")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("a.search-hit").first).to_be_visible(timeout=10_000)


def test_more_results_come_when_asked_for(open_page: OpenPage) -> None:
    page = open_page("search/?q=boat")
    expect(page.locator(ALL)).to_have_count(20, timeout=10_000)
    page.get_by_role("button", name="Show more").click()
    expect(page.locator(ALL)).to_have_count(40)


def test_where_nothing_is_found_there_are_ways_on(open_page: OpenPage, address: str) -> None:
    page = open_page("search/?q=crwe+watch")
    advice = page.locator(".search-advice")
    status = page.locator(".md-content [role=status]")
    expect(status).to_have_text("No passage contains “crwe”.", timeout=10_000)
    expect(advice.get_by_role("link", name="Search without it")).to_be_visible()
    expect(page.locator(".search").get_by_role("link", name="Gull Point and the wharf")).to_be_visible()
    advice.get_by_role("link", name="crew watch", exact=True).click()
    page.wait_for_url(f"{address}search/?q=crew+watch")
    expect(page.locator("a.search-hit").first).to_be_visible()


def test_filters_that_leave_nothing_say_so(open_page: OpenPage) -> None:
    page = open_page("search/?q=goat&kind=term")
    expect(page.locator(".search-advice")).to_contain_text("Without the filters there would be one.", timeout=10_000)
    expect(page.locator(".md-content [role=status]")).to_have_text("Nothing was found for “goat” with these filters.")
    page.locator(".search-advice").get_by_role("button", name="Clear filters").click()
    expect(page.locator("a.search-hit")).to_have_count(1)


def test_folded_filters_tell_how_many_there_are(open_page: OpenPage) -> None:
    page = open_page("search/?q=fog&kind=note&from=2004&to=2004", viewport={"width": 768, "height": 900})
    summary = page.locator(".search-filters > summary")
    expect(summary).to_have_text("Filters (2)", timeout=10_000)
    summary.click()
    page.get_by_role("button", name="Clear filters").click()
    expect(summary).to_have_text("Filters")


def test_filters_alone_may_find_nothing(open_page: OpenPage) -> None:
    page = open_page("search/?kind=term&document=ferry-2004")
    expect(page.locator(".md-content [role=status]")).to_have_text(
        "Nothing was found with these filters.", timeout=10_000
    )


def test_nothing_is_loaded_before_a_reader_searches(browser: Browser, address: str) -> None:
    page = patient(browser.new_context(base_url=address).new_page())
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: errors.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("about/")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if url.startswith(f"{address}search/") or url.endswith("/engine.js")] == []
    page.keyboard.press("/")
    page.keyboard.type("dredging")
    expect(page.locator(".search-dialog a.search-hit").first).to_be_visible(timeout=10_000)
    page.keyboard.press("Enter")
    expect(page.locator(".md-content a.search-hit").first).to_be_visible(timeout=10_000)
    assert [url for url in asked if not url.startswith((address, "blob:", "data:"))] == []
    assert errors == []
    page.context.close()


def test_on_a_phone_the_search_fills_the_screen_and_is_large_enough_to_touch(open_page: OpenPage) -> None:
    page = open_page("about/", viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page.get_by_role("link", name="Search").first.tap()
    page.locator(".search-dialog input").fill("fog")
    expect(page.locator(".search-dialog a.search-hit").first).to_be_visible(timeout=10_000)
    box = page.locator(".search-dialog").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 360, "height": 740}
    page.locator(".search-dialog").evaluate(
        "each => each.querySelectorAll('details').forEach((one) => { one.open = true; })"
    )
    sizes = page.eval_on_selector_all(
        ".search-dialog :is(input, button, a)",
        "all => all.map(a => { const r = a.getBoundingClientRect(); return [a.className, r.height] })",
    )
    assert [size for size in sizes if size[1] < 24] == []
    page.get_by_role("button", name="Close").tap()
    expect(page.locator(".search-dialog")).to_be_hidden()
    page.goto(page.url.replace("about/", "search/?q=fog"))
    expect(page.locator("a.search-hit").first).to_be_visible(timeout=10_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page.get_by_role("checkbox", name="Our notes")).to_be_hidden()
    page.locator("summary", has_text="Filters").tap()
    page.get_by_role("checkbox", name="Our notes").tap()
    page.wait_for_url("**kind=note")


def test_without_a_script_there_are_lists_instead(open_page: OpenPage, address: str) -> None:
    page = open_page("about/", java_script_enabled=False)
    page.get_by_role("link", name="Search").first.click()
    page.wait_for_url(f"{address}search/")
    expect(page.locator(".search-without-script")).to_be_visible()
    for name in ("Gull Point and the wharf", "Glossary", "Notes by kind", "People and offices"):
        expect(page.locator(".md-content").get_by_role("link", name=name, exact=True)).to_be_visible()


def test_a_search_that_cannot_be_loaded_says_so(open_page: OpenPage) -> None:
    page = open_page("about/")
    page.route("**/search/index.idx", lambda route: route.abort())
    page.keyboard.press("/")
    page.keyboard.type("fog")
    expect(page.locator(".search-dialog [role=status]")).to_have_text(
        "The search could not be loaded. Please try again.", timeout=10_000
    )


@pytest.mark.parametrize(("path", "where"), [("about/", ".search-dialog"), ("search/", ".md-content")])
def test_a_search_that_takes_long_says_that_it_goes_on(path: str, where: str, open_page: OpenPage) -> None:
    page = open_page(path)
    held: list[Route] = []
    page.route("**/search/index.idx", lambda route: held.append(route))
    if path != "search/":
        page.keyboard.press("/")
    page.locator(f"{where} input[name=q]").fill("fog")
    page.locator(f"{where} input[name=q]").press("Enter" if path == "search/" else "End")
    status = page.locator(f"{where} [role=status]")
    expect(status).to_have_text("Searching …", timeout=10_000)
    expect(page.locator(".search-filters")).to_be_hidden()
    held[0].continue_()
    expect(page.locator(f"{where} a.search-hit").first).to_be_visible(timeout=10_000)
    expect(status).to_contain_text("passages")


def test_on_a_phone_what_may_be_meant_stands_below_what_was_asked(open_page: OpenPage) -> None:
    page = open_page("about/", viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page.get_by_role("link", name="Search").first.tap()
    page.locator(".search-dialog input").fill("closed crwe")
    expect(page.locator(".search-dialog .search-meant")).to_be_visible(timeout=10_000)
    said, meant = (
        page.locator(f".search-dialog {part}").bounding_box() for part in (".search-status", ".search-meant")
    )
    assert said
    assert meant
    assert 0 <= meant["y"] - said["y"] - said["height"] < 24  # else a keyboard on the screen would hide it


LETTERS = """# Letters

## Strokes { #strokes }

A boat sails from Łódź to Smørland, by the Straße-am-Kai.

## Ligatures { #ligatures }

Her œuvre on the ﬁshery of ﬂounders, soft\N{SOFT HYPHEN}ened.

## Wide { #wide }

It says ＧＡＴＥ １４ and ﾊﾞｽのりば here.

## Raised { #raised }

An area of 10² yards, and ½ of it.

## Number { #number }

There are 102 steps.
"""


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the invented collection, whose texts are in two languages, as a site in one of them, and give its address."""
    home = tmp_path_factory.mktemp("towns")
    shutil.copytree(COLLECTION, home / "docs")
    (home / "docs" / "letters.md").write_text(LETTERS, "utf-8")
    (home / "docs" / "search.md").write_text("# 検索\n\n{{ search() }}\n", "utf-8")
    theme = {"name": "material", "language": "ja", "font": False, "custom_dir": str(ROOT / "overrides")}
    make(home / "site", INVENTED, docs_dir=str(home / "docs"), theme=theme)
    with serving(home / "site") as served:
        yield served.address


@pytest.fixture(scope="module")
def kensaku(browser: Browser, towns: str) -> Iterator[Page]:
    """Give that site's page of results."""
    page = patient(browser.new_context(base_url=towns).new_page())
    page.goto("search/")
    yield page
    page.context.close()


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("渡し船", "declarations/minato-2001/#michi"),
        ("安全", "declarations/minato-2004/#michi"),
        ("最も安全で最も短い道", "declarations/minato-2004/#michi"),
        ("真夜中", "declarations/minato-2004/#unko"),
        ("夜中", "declarations/minato-2004/#unko"),
        ("灯火 桟橋", "declarations/minato-2004/#yukan"),
        ("「天候が許す限り」", "declarations/minato-2004/#unko"),
        ("明子", "people/#person"),
        ("両港", "declarations/minato-2001/#michi"),
        ("港両", ""),
        ("midnight", "declarations/ferry-2004/#timetable"),
        ("passengers", "declarations/ferry-2004/#fares"),
        ("ＦＣ", "glossary/#fc"),
        ("Ferry Council spring", "glossary/#fc"),
    ],
)
def test_a_site_in_another_language_finds_its_words_inside_longer_ones_and_english_too(
    query: str, first: str, kensaku: Page
) -> None:
    assert ask(kensaku, query)[:1] == ([first] if first else [])


def test_results_of_an_unspaced_script_are_printed_as_they_are_written(kensaku: Page) -> None:
    ask(kensaku, "真夜中")
    hit = kensaku.locator("a.search-hit").first
    expect(hit.locator(".search-text")).to_have_text("渡し船は、天候が許す限り、毎日、夜明けから真夜中まで運航する。")
    expect(hit.locator("mark")).to_have_text("真夜中")
    expect(hit.locator(".search-text")).to_have_attribute("lang", "ja")
    expect(kensaku.locator(".md-content .search-status")).to_have_text("1 件")
    hit.click()
    kensaku.wait_for_url("**/declarations/minato-2004/#unko")
    assert kensaku.evaluate("[...CSS.highlights.get('search')].map(String)") == ["真夜中"]
    kensaku.go_back()


@pytest.mark.parametrize(
    ("query", "first", "marked"),
    [
        ("Lodz", "strokes", ["Łódź"]),
        ("Łódź", "strokes", ["Łódź"]),
        ("ŁODZ", "strokes", ["Łódź"]),
        ("smorland", "strokes", ["Smørland"]),
        ("strasse am kai", "strokes", ["Straße-am-Kai"]),
        ("Straße", "strokes", ["Straße"]),
        ("oeuvre", "ligatures", ["œuvre"]),
        ("fishery flounders", "ligatures", ["ﬁshery", "ﬂounders"]),
        ("softened", "ligatures", ["soft\N{SOFT HYPHEN}ened"]),
        ("soft\N{SOFT HYPHEN}ened ﬁshery", "ligatures", ["ﬁshery", "soft\N{SOFT HYPHEN}ened"]),
        ("gate 14", "wide", ["ＧＡＴＥ １４"]),
        ("バス", "wide", ["ﾊﾞｽのりば"]),
        ("10²", "raised", ["10²"]),
        ("½", "raised", ["½"]),
        ("102", "number", ["102"]),
    ],
)
def test_letters_are_found_however_they_are_written(query: str, first: str, marked: list[str], kensaku: Page) -> None:
    page = kensaku.context.new_page()
    page.goto("search/")
    assert ask(page, query) == [f"letters/#{first}"]
    hit = page.locator("a.search-hit").first
    assert hit.locator(".search-text mark").all_text_contents() == marked
    hit.click()
    page.wait_for_url(f"**/letters/#{first}")
    assert sorted(page.evaluate("[...CSS.highlights.get('search')].map(String)")) == sorted(marked)
    page.close()
