"""The benchmark's visits, on invented sites: what a search is sent and how long it takes is measured as it is."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.bench.build import build
from tests.bench.corpus import SMALLEST, path, write
from tests.bench.process import MeasuringError
from tests.bench.real import url
from tests.bench.search import COMMON, INTERFACES, Interface, visit
from tests.bench.weight import weigh

WAIT = 400  # milliseconds until the invented search answers

PAGE = """<!doctype html><title>x</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/style.css">
<p>A page</p><input id="box" hidden><ol></ol>
<script>
  document.addEventListener("keydown", ({ key }) => { if (key === "/") box.hidden = false; });
  box.addEventListener("keyup", async () => {
    await fetch("/search/index.json");
    setTimeout(() => document.querySelector("ol").innerHTML = `<li><a href="#${box.value}">A result</a></li>`, WAIT);
  });
</script>"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    page = tmp_path / url(path(1)) / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(PAGE.replace("WAIT", str(WAIT)), "utf-8")
    (tmp_path / "search").mkdir()
    (tmp_path / "search" / "index.json").write_text("0123456789" * 1000, "utf-8")
    (tmp_path / "style.css").write_text("p { color: green }", "utf-8")
    return tmp_path


def test_a_visit_is_timed_until_the_first_result(browser: Browser, site: Path) -> None:
    found = visit(browser, site, Interface("", "#box", "ol a"))
    assert WAIT / 1000 <= found.seconds < 20
    assert WAIT <= found.second < 20_000
    assert 300 < found.sent < 1500  # page, style and index, compressed


def test_a_search_that_finds_nothing_is_told(browser: Browser, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.bench.search.PATIENCE", 300)
    with pytest.raises(MeasuringError, match="searching"):
        visit(browser, site, Interface("", "#box", "ol b"))


def test_a_search_that_does_not_open_is_told(browser: Browser, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.bench.search.PATIENCE", 300)
    with pytest.raises(MeasuringError, match="no search opened"):
        visit(browser, site, Interface("", "#no-box", "ol a"))


def test_both_searches_are_asked_as_they_are_built(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.bench.search.PATIENCE", 20_000)
    monkeypatch.setattr("tests.bench.search.RARE", COMMON + 1)  # the corpus is small
    write(tmp_path, SMALLEST)
    for kind, name in (("edition", "edition"), ("searched", "theme")):
        build(tmp_path, kind)
        found = visit(browser, tmp_path / INTERFACES[name].folder / "site", INTERFACES[name])
        assert found.sent > 50_000  # the page, and what searches


def test_a_first_visit_is_weighed(browser: Browser, site: Path) -> None:
    found = weigh(browser, site, url(path(1)))
    assert set(found) == {"HTML", "styles"}
    assert found["HTML"] > found["styles"] > 10
