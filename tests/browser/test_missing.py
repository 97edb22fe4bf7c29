"""The page for addresses that lead nowhere: what it offers, with a script and without."""

import pytest
from playwright.sync_api import expect

from tests.visiting import OpenPage

OFFERED = ".missing > div a"


@pytest.mark.parametrize(
    ("asked", "offered", "words"),
    [
        ("declarations/fery-2004/#fares", "declarations/ferry-2004/#fares", "fery 2004"),  # a slip, the passage kept
        ("FERRY-2004.html", "declarations/ferry-2004/", "ferry 2004"),  # another folder, case and ending
        ("commentary/night-b", "commentary/night-boat/", "night b"),  # cut short
        ("threads/fog-stop/gone/", "threads/fog-stop/", "gone"),  # what is below a page
        ("glossary%EF%BC%91/", "glossary/", "glossary1"),  # a wide figure
    ],
)
def test_pages_whose_addresses_come_nearest_are_offered(
    asked: str, offered: str, words: str, open_page: OpenPage, address: str
) -> None:
    page = open_page(asked)
    expect(page.locator(OFFERED).first).to_have_js_property("href", address + offered)
    expect(page.locator(".missing input")).to_have_value(words)


@pytest.mark.parametrize("asked", ["xylophone/", "%E0%A4%A/", "%3Cimg%20src=x%20onerror=alert(1)%3E/", "404.html"])
def test_where_nothing_is_near_nothing_is_offered(asked: str, open_page: OpenPage) -> None:
    page = open_page(asked)
    expect(page.locator(OFFERED)).to_have_count(0)
    expect(page.locator(".missing > div")).to_be_hidden()


def test_what_is_written_there_is_searched_for(open_page: OpenPage) -> None:
    page = open_page("threads/night-boats-of-old/")
    page.locator(".missing input").press("Enter")
    page.wait_for_url("**/search/?q=night+boats+of+old")


def test_without_a_script_every_part_of_the_site_is_a_step_away(open_page: OpenPage) -> None:
    page = open_page("declarations/fery-2004/", java_script_enabled=False)
    expect(page.locator(".missing > div")).to_be_hidden()
    names = page.locator(".missing a").all_text_contents()
    assert len(names) > 20
    assert all(name.strip() for name in names)
    page.locator(".missing a").first.click()
    expect(page.locator(".missing")).to_have_count(0)
