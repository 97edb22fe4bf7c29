"""Every type of page in a real browser: accessible as far as axe can tell, within the policy, whole; one visit each."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.visiting import COLOURS, Seen, look_at, violations

PAGES = [
    "",
    "commentary/night-boat/",
    "declarations/ferry-2004/",
    "declarations/",
    "comparisons/",
    "comparisons/2002-2004/",
    "comparisons/ferry-2006/ferry-2007/",
    "comparisons/all-statements/",
    "comparisons/tides-1991-1994/",
    "threads/",
    "threads/fog-stop/",
    "chronology/",
    "people/",
    "glossary/",
    "notes-index/",
    "apparatus/",
    "verification/",
    "bibliography/",
    "contribute/",
    "contribute/add-a-commentary/",
    "contribute/macros/",
    "contribute/rules/",
    "search/",
    "search/?q=boat&kind=note",
    "404.html",
]
"""One page of every type."""
TABLE = "comparisons/ferry-2002/ferry-2006.html"


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_against_a_page(path: str, seen: Callable[[str], Seen]) -> None:
    assert seen(path).barriers == []


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_against_the_dark_scheme(path: str, dark: Page) -> None:
    look_at(dark, path)
    expect(dark.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert violations(dark, *COLOURS) == []


@pytest.mark.parametrize("path", PAGES)
def test_the_first_stop_skips_to_the_content(path: str, seen: Callable[[str], Seen]) -> None:
    assert seen(path).skipped


@pytest.mark.parametrize("path", [*PAGES, TABLE])
def test_every_type_of_page_keeps_to_the_policy_complains_of_nothing_and_fits_a_phone(
    path: str, seen: Callable[[str], Seen]
) -> None:
    assert seen(path).complaints == ([], [], [])
