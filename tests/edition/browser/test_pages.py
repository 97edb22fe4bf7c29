"""Every type of page of this edition in a real browser: accessible, within the policy, whole; and a first visit."""

import re
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pytest
from playwright.sync_api import Browser, expect
from pypdfium2 import PdfDocument

from tests.bench.weight import weigh
from tests.visiting import OpenPage, Seen, until

COMMENTARY = "commentary/pacnet-2019-27/"
PAGES = [
    "",
    COMMENTARY,
    "commentary/",
    "findings/",
    "findings/cyber-under-article-v/",
    "findings/not-checked/",
    "claims/",
    "declarations/scc-2019/",
    "declarations/",
    "comparisons/",
    "comparisons/2017-2019/",
    "comparisons/scc-2021/scc-2022/",
    "comparisons/all-statements/",
    "threads/",
    "threads/cyber-article-v/",
    "chronology/",
    "people/",
    "glossary/",
    "notes-index/",
    "apparatus/",
    "verification/",
    "bibliography/",
    "bibliography/?grade=official+text",
    "reference/",
    "open-questions/",
    "how-we-judge/",
    "news/",
    "about/",
    "cite/",
    "contribute/",
    "contribute/write-a-note/",
    "contribute/macros/",
    "contribute/rules/",
    "contribute/limits/",
    "comparisons/scc-2013/scc-2017.html",
    "search/",
    "search/?q=cyber&kind=note",
    "404.html",
]
"""One page of every type."""


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_against_a_page(path: str, seen: Callable[[str], Seen]) -> None:
    assert seen(path).barriers == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_keeps_to_the_policy_complains_of_nothing_and_fits_a_phone(
    path: str, seen: Callable[[str], Seen]
) -> None:
    assert seen(path).complaints == ([], [], [])


def test_a_first_visit_to_the_commentary_is_light(browser: Browser, site: Path) -> None:
    """At most 150 kB as a host sends them, the faces of the text among them."""
    sent = weigh(browser, site, COMMENTARY)
    assert sent["fonts"]
    assert sum(sent.values()) <= 150_000


@pytest.mark.parametrize("size", [(360, 740), (1280, 800)])
def test_the_first_screen_of_every_comparison_says_what_changed(
    open_page: OpenPage, address: str, size: tuple[int, int]
) -> None:
    page = open_page("comparisons/", viewport={"width": size[0], "height": size[1]})
    links = page.locator(".md-content article a:not([data-kind=nothing])").evaluate_all(
        "all => all.map((one) => one.href)"
    )
    pages = [link for link in dict.fromkeys(links) if re.fullmatch(f"{address}comparisons/[^?#]+", link)]
    assert len(pages) > 20
    for link in pages:
        page.goto(link)
        expect(page.locator(".digest dd a").first).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("path", ["comparisons/2017-2019/", "comparisons/2019-2021/", "comparisons/scc-2023/scc-2024/"])
def test_two_statements_print_on_five_sheets(open_page: OpenPage, path: str) -> None:
    page = open_page(path, viewport={"width": 1280, "height": 900})
    with PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True)) as sheets:
        assert len(sheets) <= 5
        assert all(sheet.get_width() > sheet.get_height() for sheet in sheets)
        texts = [sheet.get_textpage().get_text_range() for sheet in sheets]
    printed = normalize("NFKC", "".join("".join(texts).split()))
    for name in page.locator(".row-name, .row-fold .summary").all_text_contents():
        assert "".join(name.removesuffix("¶").split()) in printed  # nothing is left out, what is folded neither


def test_a_first_visit(open_page: OpenPage) -> None:
    """From the front page to the commentary, a note, a clause beside the text, a comparison and a search."""
    page = open_page("", viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page.locator(".md-content").get_by_role("link", name="The commentary").click()
    page.wait_for_url(f"**/{COMMENTARY}")
    page.locator("a.footnote-ref").first.press("Enter")
    expect(page.locator(".note-box[role=dialog]")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("a.proof[data-clause]").first.click()
    expect(page.locator("dialog.clause-panel[open] .own-words").first).to_be_visible()
    page.keyboard.press("Escape")
    until(page, "!history.state?.clause")  # it steps back, which overtakes whatever is opened meanwhile
    page.goto(page.url.partition("/commentary/")[0])
    page.locator(".md-content .comparison-card a").click()
    page.wait_for_url("**/comparisons/**")
    expect(page.locator(".comparison-tools")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("statement")
    expect(page.locator(".search-dialog [role=status]")).to_have_text(re.compile(r"^\d+ passages$"), timeout=10_000)
