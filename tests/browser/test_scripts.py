"""The scripts' own tests: those of tests/scripts, run in the browser as the scripts are, and what the engine shares."""

import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from macros.derived.search import indexed
from macros.text.words import TABLE, bare, letters
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
FOLD = """async (given) => {
  const { bare, letters, printed } = await import("/overrides/assets/search/query.js");
  return given.map(([text, content, others]) => [letters(text), bare(text), printed(content, others).join("")]);
}"""
SCRIPTS = """() => {
  const address = /(?<=\\/assets\\/)(?!javascripts).*\\.js$/;
  const among = (addresses) => addresses.map((one) => one.match(address)?.[0]).filter(Boolean);
  return [
    among([...document.querySelectorAll("link[rel=modulepreload]")].map(({ href }) => href)),
    among(performance.getEntriesByType("resource").map(({ name }) => name)),
  ];
}"""
FOLDED = [pair[0] for pair in TABLE["PLAIN"].split()]
ODD = "ΣςΐᾳßſŉıİﬁﬆĳǅⅣ²₂½①ªΩµ\u0301\u0323\u0338\u0345\u3099\u309aがハバパｶﾞﾊﾟー가ﾡￂ－／　\u00ad\u200b\u2063\ufe0f\u180b‑–—/-’'“「 "


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


def test_the_engine_and_the_scripts_take_the_same_letters_for_one(blank: Page) -> None:
    """Every sign by itself, but for the great sets of signs that have no other shape, and texts with all that is odd.

    Signs are those of Unicode 3.2, of which Python and every browser say the same.
    """
    codes = (*range(0x3400), *range(0xF900, 0x10430), *range(0x1D400, 0x1D800))
    signs = [chr(code) for code in codes if unicodedata.ucd_3_2_0.category(chr(code)) not in ("Cn", "Co", "Cs")]
    texts = set(signs)

    @settings(max_examples=1000, database=None)
    @given(st.text(st.sampled_from([*ODD, *FOLDED]) | st.sampled_from(signs)))
    def add(text: str) -> None:
        texts.add(text)

    add()
    sample = sorted(texts, key=len)
    asked = [
        (text, content, {str(at): word for at, word in others.items()})
        for text in sample
        for content, others in (indexed(text),)
    ]
    found = blank.evaluate(FOLD, asked)
    for text, (content, _), (plain, folded, printed) in zip(sample, map(indexed, sample), found, strict=True):
        assert (plain, folded) == (letters(text), bare(text)), ascii(text)
        seen = [word for word in text.replace("\u2063", "").split() if letters(word)]
        assert printed.split() == seen, ascii((text, content))


def test_what_every_page_needs_is_sent_for_at_once(open_page: OpenPage) -> None:
    loaded = []
    for path in ("404.html", "commentary/night-boat/", "comparisons/2002-2004/"):
        page = open_page(path)
        page.wait_for_load_state("networkidle")
        named, some = page.evaluate(SCRIPTS)
        loaded.append({*some} - {"edition.js"})
        assert {*named} <= loaded[-1]
    assert {*named} == set.intersection(*loaded)
