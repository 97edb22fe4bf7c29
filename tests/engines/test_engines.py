"""Notes, the clause beside the text, comparisons, search, paper, and no script, in WebKit and Firefox."""

import itertools

import pytest

from tests.engines.conftest import Opened
from tests.engines.driving import Window

COMMENTARY = "commentary/night-boat/"
REFERENCE = "#noteref-watch-ahead a"
COPY = '.note-copy[data-note="note-watch-ahead"]'
BOX = ".note-box[role=dialog]"
PROOF = '#p6 a.proof[data-clause$="#fog-stop"]'
PANEL = "dialog.clause-panel[open]"
PAGES = [
    "",
    COMMENTARY,
    "declarations/ferry-2004/",
    "comparisons/2002-2004/",
    "glossary/",
    "chronology/",
    "search/?q=fog",
]
OF_THE_EDITION = ["", "commentary/pacnet-2019-27/", "declarations/scc-2019/", "comparisons/2017-2019/", "claims/"]
COPIES = """() => [...document.querySelectorAll(".note-copy:not([hidden])")].map((copy) => {
  const { top, bottom } = copy.getBoundingClientRect();
  return { top, bottom, isCut: copy.scrollHeight > copy.clientHeight + 1 };
}).sort((one, other) => one.top - other.top)"""
ON_PAPER = """() => {
  const turn = (rules) => [...rules].forEach((rule) => {
    const media = rule.media?.mediaText ?? "";
    if (media.includes("print")) rule.media.mediaText = "all";
    else if (media.includes("screen")) rule.media.mediaText = "not all";
    if (rule.cssRules) turn(rule.cssRules);
  });
  for (const sheet of document.styleSheets) turn(sheet.cssRules);
}"""
"""Makes the rules for paper those of the screen, which no protocol offers in both engines."""


@pytest.mark.parametrize("width", [1220, 1280, 1440, 1600, 1920])
@pytest.mark.parametrize("site", ["towns", "edition"])
def test_no_note_in_the_margin_is_cut_or_covered(
    window: Window, site: str, width: int, request: pytest.FixtureRequest
) -> None:
    path = {"towns": COMMENTARY, "edition": OF_THE_EDITION[1]}[site]
    window.open(request.getfixturevalue(site) + path, width)
    window.until("() => document.querySelectorAll('.note-copy:not([hidden])').length > 0")
    copies = window.ask(COPIES)
    assert len(copies) == window.ask("() => document.querySelectorAll('div.footnote > ol > li').length")
    assert [copy for copy in copies if copy["isCut"]] == []
    assert [one for one, other in itertools.pairwise(copies) if one["bottom"] > other["top"]] == []
    assert window.ask("() => document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("css", [".noted", "p > abbr[title]", ".emendation:not(:empty)"])
def test_words_with_more_to_tell_are_underlined(window: Window, edition: str, css: str) -> None:
    window.open(edition + OF_THE_EDITION[1])
    lines = window.ask(
        """(css) => [...document.querySelectorAll(`.md-content ${css}`)].map((one) => {
          const { textDecorationLine, textDecorationStyle, textDecorationThickness } = getComputedStyle(one);
          return `${textDecorationLine} ${textDecorationStyle} ${textDecorationThickness}`;
        })""",
        css,
    )
    assert lines
    assert [line for line in lines if not line.startswith("underline") or "solid" in line or "auto" in line] == []


def test_the_text_has_the_face_that_is_shipped(window: Window, edition: str) -> None:
    window.open(edition + OF_THE_EDITION[1])
    faces = (
        "() => [...document.fonts].filter((one) => one.status === 'loaded').map((one) => `${one.family} ${one.style}`)"
    )
    window.until(f"() => ({faces})().length >= 2")
    assert {face.replace('"', "") for face in window.ask(faces)} == {"Edition Serif normal", "Edition Serif italic"}


@pytest.mark.parametrize("css", [f"{COPY} .note-more", ".noted:has(+ #noteref-watch-ahead)", REFERENCE])
def test_a_note_opens_whole_in_the_margin(window: Window, towns: str, css: str) -> None:
    window.open(towns + COMMENTARY, 1600)
    window.until(f"() => document.querySelector('{COPY}.is-short') !== null")
    window.click(css)
    window.until(f"() => document.querySelector('{COPY}:not(.is-short)') !== null")
    assert "two boats had touched" in window.ask("(css) => document.querySelector(css).innerText", COPY)
    assert window.shows(BOX) == 0
    assert [one for one in window.ask(COPIES) if one["isCut"]] == []


def test_the_keyboard_opens_and_closes_a_note(window: Window, towns: str) -> None:
    window.open(towns + COMMENTARY, 1000)
    window.focus(REFERENCE)
    window.press("Enter")
    window.until("(css) => document.activeElement.matches(css)", BOX)
    assert "two boats had touched" in window.ask("(css) => document.querySelector(css).innerText", BOX)
    window.press("Tab")
    assert window.ask("() => document.activeElement.closest('.note-box') !== null")
    window.press("Escape")
    window.until("(css) => document.activeElement.matches(css)", REFERENCE)
    assert window.shows(BOX) == 0


def test_text_alone_shows_no_note(window: Window, towns: str) -> None:
    window.open(f"{towns}{COMMENTARY}?notes=none#p2")
    window.until("() => document.querySelector('.note-kinds') !== null")
    assert window.shows("a.footnote-ref") == window.shows("div.footnote") == window.shows(".note-copy") == 0
    assert window.ask("() => location.search + location.hash") == "?notes=none#p2"


def test_a_clause_opens_beside_the_text_and_closes(window: Window, towns: str) -> None:
    window.open(towns + COMMENTARY)
    window.click(PROOF)
    window.until("(css) => document.querySelector(`${css} .own-words`)?.checkVisibility()", PANEL)
    lit = window.ask("(css) => document.querySelector(`${css} .quoted.is-lit`).textContent", PANEL)
    assert "the rules of the sea hold in fog" in lit
    assert window.ask("() => document.activeElement.matches('.clause-panel-title')")
    assert "clause=" in window.ask("() => location.search")
    window.press("Escape")
    window.until("(css) => document.querySelector(css) === null", PANEL)
    assert window.ask("(css) => document.activeElement.matches(css)", PROOF)
    assert window.ask("() => location.search") == ""


def test_a_comparison_shows_old_words_alone(window: Window, towns: str) -> None:
    window.open(f"{towns}comparisons/tides-1991-1994/")
    words = "() => [...document.querySelectorAll('tbody .own-words')].map((one) => one.innerText).join(' ')"
    assert "midnight" in window.ask(words)
    old = "() => [...document.querySelectorAll('.comparison-tools button')].find((one) => one.textContent === 'Old words')"
    window.ask(f"() => ({old})().setAttribute('id', 'old-words')")
    window.click("#old-words")
    window.until("() => location.search === '?view=old'")
    assert "midnight" not in window.ask(words)
    place = "() => document.querySelector('.comparison thead th').getBoundingClientRect().top"
    window.ask("() => scrollTo({ top: 900, behavior: 'instant' })")
    assert 0 <= window.ask(place) <= 200  # the heads stay in view


def test_a_search_finds_and_leads_to_the_words(window: Window, towns: str) -> None:
    window.open(f"{towns}about/")
    window.press("/")
    window.until("() => document.activeElement.matches('.search-dialog input')")
    window.press(*"closed channel")
    window.until("() => document.querySelector('.search-dialog a.search-hit')?.textContent.includes('closed channel')")
    window.press("ArrowDown")
    assert window.ask("() => document.activeElement.matches('a.search-hit')")
    window.press("Enter")
    window.until("() => location.pathname !== '/about/' && CSS.highlights.get('search')?.size > 0")
    marked = window.ask("() => [...CSS.highlights.get('search')].map(String)")
    assert "closed" in " ".join(marked)


def test_all_results_stand_on_a_page(window: Window, towns: str) -> None:
    window.open(f"{towns}search/?q=fog")
    window.until("() => /^\\d+ passages/.test(document.querySelector('.md-content .search-status').textContent)")
    assert window.shows(".md-content a.search-hit") > 3


@pytest.mark.parametrize("path", [COMMENTARY, "comparisons/tides-1991-1994/"])
def test_paper_has_the_text_and_none_of_the_tools(window: Window, towns: str, path: str) -> None:
    window.open(towns + path)
    tools = ".note-margin, .note-kinds, .comparison-tools, .md-header, .md-tabs, .headerlink, .md-sidebar"
    assert window.shows(tools) > 0
    window.ask(ON_PAPER)
    window.until("(css) => ![...document.querySelectorAll(css)].some((one) => one.checkVisibility())", tools)
    assert window.shows("div.footnote li" if path == COMMENTARY else ".comparison .own-words") > 3


def test_without_scripts_everything_is_there_to_read(engine: Opened, towns: str) -> None:
    window = engine(with_scripts=False)
    window.go(towns + COMMENTARY)
    notes = window.ask("() => document.querySelectorAll('div.footnote > ol > li').length")
    assert window.shows("div.footnote > ol > li") == notes > 10
    assert window.shows(".note-margin, .note-kinds, .note-box") == 0
    window.click(REFERENCE)
    window.until("() => location.hash === '#note-watch-ahead'")
    window.go(f"{towns}comparisons/tides-1991-1994/")
    assert window.shows(".comparison tbody .own-words") > 3
    assert window.shows(".comparison-tools") == 0


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_narrow_window(window: Window, towns: str, path: str) -> None:
    window.open(towns + path, 450, 740)  # no window of WebKitGTK is narrower than its own bar of tools
    window.until("() => document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("path", OF_THE_EDITION)
def test_a_page_of_the_edition_fits_a_narrow_window(window: Window, edition: str, path: str) -> None:
    window.open(edition + path, 450, 740)
    window.until("() => document.documentElement.scrollWidth <= innerWidth")
