"""The scripts' own tests: those of tests/scripts, each module of which is run in the browser, as the scripts are."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests import ROOT
from tests.bench.serving import serving
from tests.visiting import OpenPage

MODULES = sorted(path.stem for path in (ROOT / "tests" / "scripts").glob("*.js") if path.stem != "check")
RUN = """async (module) => {
  const { tests } = await import(module);
  const failures = [];
  for (const [name, test] of Object.entries(tests)) {
    try {
      await test();
    } catch (error) {
      failures.push(`${name}: ${error.stack}`);
    }
  }
  return [Object.keys(tests).length, failures];
}"""
SCRIPTS = """() => {
  const address = /(?<=\\/assets\\/)(?!javascripts).*\\.js$/;
  const among = (addresses) => addresses.map((one) => one.match(address)?.[0]).filter(Boolean);
  return [
    among([...document.querySelectorAll("link[rel=modulepreload]")].map(({ href }) => href)),
    among(performance.getEntriesByType("resource").map(({ name }) => name)),
  ];
}"""


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Page]:
    """Give a page with nothing in it, from where all of the repository's scripts can be reached."""
    with serving(ROOT) as served:
        page = browser.new_page()
        html = "<html lang=en><title>x</title>"
        page.route("**/blank", lambda route: route.fulfill(content_type="text/html", body=html))
        page.goto(f"{served.address}blank")
        yield page
        page.close()


@pytest.mark.parametrize("module", MODULES)
def test_what_a_script_computes(module: str, blank: Page) -> None:
    count, failures = blank.evaluate(RUN, f"/tests/scripts/{module}.js")
    assert failures == []
    assert count > 0


def test_what_every_page_needs_is_sent_for_at_once(open_page: OpenPage) -> None:
    loaded = []
    for path in ("404.html", "commentary/night-boat/", "comparisons/2002-2004/"):
        page = open_page(path)
        page.wait_for_load_state("networkidle")
        named, some = page.evaluate(SCRIPTS)
        loaded.append({*some} - {"edition.js"})
        assert {*named} <= loaded[-1]
    assert {*named} == set.intersection(*loaded)
