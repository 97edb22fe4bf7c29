"""Passages in a real browser: quoted words shown at their clause."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from conftest import OpenPage

COMMENTARY = "commentary/pacnet-2019-27/"
DECLARATION = "declarations/scc-2019/"

LIT = """() => [...document.querySelectorAll(".quoted")]
  .filter((words) => getComputedStyle(words).backgroundColor !== "rgba(0, 0, 0, 0)")
  .map((words) => words.textContent)"""


def lit(page: Page) -> list[str]:
    found: list[str] = page.evaluate(LIT)
    return found


def test_a_quotation_shows_its_words_and_no_others(open_page: OpenPage) -> None:
    page = open_page(COMMENTARY)
    page.locator("#p6 a.proof").nth(1).click()
    page.wait_for_url("**/scc-2019/#quoted-pacnet-2019-27-p6")
    first, second = lit(page)
    assert first.startswith("the Ministers recognized")
    assert first.endswith("[United States] and Japan")
    assert second == "committed to enhance cooperation on cyber issues, including deterrence and response capabilities"
    expect(page.get_by_role("heading", name="Cooperation on cyber")).to_be_in_viewport()
    page.goto(page.url.replace("-p6", "-p5"))
    assert [words[:20] for words in lit(page)] == ["ministers highlighte"]
    page.goto(page.url.partition("#")[0] + "#cyber-cooperation")
    assert lit(page) == []


def test_the_words_show_themselves_without_script(open_page: OpenPage) -> None:
    page = open_page(f"{DECLARATION}#quoted-pacnet-2019-27-p6-2", java_script_enabled=False)
    assert [words.split()[0] for words in lit(page)] == ["affirmed"]
    expect(page.locator(".quoted:target")).to_be_in_viewport()
