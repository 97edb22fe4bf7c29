"""The benchmark is honest: both corpora are sound and say the same, and what it tells is what there is."""

import gzip
import re
import urllib.request
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from macros.checks.run import check
from macros.model.loading import load
from tests.bench import importing, quality, weight
from tests.bench.build import KINDS, Measurement, findings, part, records
from tests.bench.corpus import CITATIONS, NOTES, SMALLEST, write
from tests.bench.process import Cost, MeasuringError, cost
from tests.bench.report import Finding, Part, written
from tests.bench.serving import serving

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    write(folder, SMALLEST)
    return folder


def test_the_corpus_has_no_problem(corpora: Path) -> None:
    edition = load(corpora / "edition" / "docs")
    assert check(edition) == ()
    assert len(edition.documents) == SMALLEST
    assert {document.kind.name for document in edition.documents.values()} == {"commentary", "declaration"}
    assert len(edition.witnesses) == SMALLEST
    assert len(edition.notes) == SMALLEST * NOTES
    calls = [call.name for page in edition.pages.values() for call in page.calls]
    assert {name: calls.count(name) for name in set(calls)} == {
        "note": SMALLEST * NOTES,
        "cite": SMALLEST * CITATIONS,
        "compare": 1,
    }


def test_writing_it_twice_gives_the_same_files(corpora: Path, tmp_path: Path) -> None:
    write(tmp_path, SMALLEST)
    for path in tmp_path.rglob("*.*"):
        assert path.read_bytes() == (corpora / path.relative_to(tmp_path)).read_bytes()


def test_both_build_and_hold_the_same_words(corpora: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    pages = []
    sites = []
    for name, configuration in (KINDS["edition"], KINDS["plain"]):
        config = load_config(str(corpora / name / configuration), strict=True)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        sites.append(corpora / name / "site")
        html = (sites[-1] / "part-001" / "doc-00003" / "index.html").read_text("utf-8")
        article = html[html.index("<article") : html.index("</article")]
        # The foot of a page, the lineage and the backlinks of clauses are the edition's alone.
        article = article[: article.rindex("<", 0, article.find("page-foot"))] if "page-foot" in article else article
        article = re.sub(
            r'<(nav|div|details)[^>]*class="(?:lineage|clause-backlinks)".*?</\1>', " ", article, flags=re.DOTALL
        )
        pages.append(set(re.findall(r"[^\W\d_]+", re.sub(r"<[^>]*>", " ", article))))
    ours_alone = {"BibTeX", "CSL", "Cite", "Context", "JSON", "RIS", "words", "document", "In", "our", "s"}
    assert pages[1] - pages[0] == set()
    assert pages[0] - pages[1] <= ours_alone | {"The", "Link", "to", "Participants"}
    # Every note and citation of the plain page has its place in the edition's.
    for site in sites:
        html = (site / "part-001" / "doc-00001" / "index.html").read_text("utf-8")
        assert html.count('class="footnote-ref"') == NOTES + CITATIONS
    # The edition is built as the real site is, the plain one without a search.
    html = (sites[0] / "part-001" / "doc-00001" / "index.html").read_text("utf-8")
    assert {"assets/styles/edition.css", "assets/edition.js"} <= set(re.findall(r"assets/[\w/]+\.(?:css|js)", html))
    assert not (sites[1] / "search" / "search_index.json").exists()


def test_a_process_is_measured_apart_from_those_that_it_starts(tmp_path: Path) -> None:
    (tmp_path / "busy.py").write_text("import sys\nsum(i * i for i in range(int(sys.argv[1])))\n", "utf-8")
    (tmp_path / "starts.py").write_text(
        "import subprocess, sys\nsubprocess.run([sys.executable, 'busy.py', '9000000'], check=True)\n", "utf-8"
    )
    alone, beside = cost("busy", ["1000000"], tmp_path), cost("starts", [], tmp_path)
    assert alone.beside_user == 0 < alone.user <= alone.wall
    assert beside.user < beside.beside_user
    assert 5 < alone.memory < 1000


def test_what_cannot_be_measured_is_told(tmp_path: Path) -> None:
    (tmp_path / "fails.py").write_text("raise SystemExit('it was not there')\n", "utf-8")
    with pytest.raises(MeasuringError, match="it was not there"):
        cost("fails", [], tmp_path)


def test_ratios_are_of_one_turn_and_all_processes_count() -> None:
    def turn(factor: float) -> dict[str, Cost]:
        return {
            "edition": Cost(3 * factor, 3 * factor, 100, 5 * factor, 50),
            "plain": Cost(2 * factor, 2 * factor, 80, 0, 0),
            "searched": Cost(4 * factor, 4 * factor, 90, 0, 0),
        }

    measured = [
        Measurement(
            size,
            [turn(size), turn(9 * size), turn(size)],
            kept=[Cost(8, 8, 1, 0, 0)],
            standing=[Cost(1, number, 1, 0, 0) for number in (3, 9, 4)],
            checks=[1, 9, 2],
            resumed=[Cost(1, number, 1, 0, 0) for number in (6, 7, 6)],
            records=size * 10,
        )
        for size in (1000, 3000)
    ]
    found = {finding.what: finding.value for finding in findings(measured)}
    assert list(found.values()) == [0.75, 2, 0.75, 2, 4, 2, 3, 100, 50]
    said = written([part(measured)])
    assert "8.00" in said
    assert "6.00" in said


def test_records_are_counted_in_the_index(tmp_path: Path) -> None:
    assert records(tmp_path) == 0
    (tmp_path / "search").mkdir()
    (tmp_path / "search" / "index.idx").write_bytes(gzip.compress(b'{"kinds": "aab"}'))
    assert records(tmp_path) == 3


@pytest.mark.parametrize(
    ("finding", "verdict"),
    [
        (Finding("x", 2.0, " s", 1.5), "kept, 25% below it"),
        (Finding("x", 2.0, " s", 3.0), "NOT KEPT, 50% above it"),
        (Finding("x", 2.0, " s", 2.0), "kept, just"),
        (Finding("x", 2.0, " s", None), "not measured"),
        (Finding("x", 95.0, "", 90.0, is_least=True), "NOT KEPT, 5% below it"),
        (Finding("x", 95.0, "", 100.0, is_least=True), "kept, 5% above it"),
    ],
)
def test_a_verdict_says_how_far(finding: Finding, verdict: str) -> None:
    assert finding.verdict == verdict
    assert verdict in written([Part(findings=[finding])])


def test_a_site_is_served_compressed_and_counted(tmp_path: Path) -> None:
    text = "<p>word</p>" * 500
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "index.html").write_text(text, "utf-8")
    (tmp_path / "404.html").write_text("nothing here", "utf-8")
    (tmp_path.parent / "outside.html").write_text("not ours", "utf-8")
    with serving(tmp_path) as served:
        with urllib.request.urlopen(served.address + "page/") as answer:
            assert gzip.decompress(answer.read()).decode() == text
            assert answer.headers["Content-Encoding"] == "gzip"
        for path in ("nowhere/", "..%2Foutside.html"):
            with pytest.raises(urllib.error.HTTPError, match="404") as error:
                urllib.request.urlopen(served.address + path)
            error.value.close()
    assert served.sent[0][0] == "page/"
    assert served.sent[0][1] < len(text) / 10


def test_a_plain_page_has_the_words_and_not_the_dress() -> None:
    article = (
        '<h2 id="x">Head<a class="headerlink" href="#x">¶</a></h2>'
        '<p class="paragraph" id="p1"><a class="paragraph-number" href="#p1">1</a>One <span class="noted" data-kind="a">'
        '<em>two</em></span><sup id="ref-a"><a class="footnote-ref" role="doc-noteref" href="#a">1</a></sup>.</p>'
        '<nav class="lineage"><ol><li>1990</li></ol></nav><div class="footnote"><ol><li id="a"><p>Note.</p></li></ol></div>'
    )
    assert weight.plain(article) == (
        '## Head { #x }\n\n<p>One <em>two</em><sup id="ref-a"><a href="#a">1</a></sup>.</p>\n\n'
        '<ol><li id="a"><p>Note.</p></li></ol>\n'
    )


def test_what_the_theme_fetches_for_its_search_is_told_apart() -> None:
    places = {
        "page/": "HTML",
        "assets/javascripts/bundle.1.min.js": "scripts",
        "assets/javascripts/workers/search.1.min.js": "search",
        "search/search_index.json": "search",
        "assets/styles/frame.css": "styles",
    }
    assert {place: weight.sort(place) for place in places} == places


def test_an_audit_is_read_from_lighthouse_s_report() -> None:
    def audit(score: float | None, mode: str = "binary", value: float = 0) -> dict[str, object]:
        return {"score": score, "scoreDisplayMode": mode, "title": "A title", "numericValue": value}

    report = {
        "categories": {
            name: {"score": 0.97, "auditRefs": [{"id": "good", "weight": 1}, {"id": name, "weight": 1}]}
            for name in quality.CATEGORIES
        },
        "audits": {
            "good": audit(1),
            "performance": audit(0.5, "numeric"),
            "accessibility": audit(0),
            "best-practices": audit(None, "notApplicable"),
            "seo": audit(0.95),
            "largest-contentful-paint": audit(1, "numeric", 1200),
            "total-blocking-time": audit(1, "numeric", 10),
            "cumulative-layout-shift": audit(1, "numeric", 0.01),
        },
        "environment": {"benchmarkIndex": 1500},
    }
    found = quality.read(report)
    assert found.scores == dict.fromkeys(quality.CATEGORIES, pytest.approx(97))
    assert found.speeds["largest-contentful-paint"] == 1200
    assert found.failed == ["performance: A title (performance)", "accessibility: A title (accessibility)"]
    (worst, *_) = quality.findings({"home": [found], "other": [found]})
    assert worst.value == pytest.approx(97)


def test_without_node_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(quality, "CHROMIUM", "/usr/bin/chromium")
    monkeypatch.setattr("shutil.which", lambda name: None)
    part = quality.part(tmp_path, {"home": ""}, 1)
    assert part.remarks == ["Lighthouse was left out: it needs node and npm (Node.js 18 or later)."]
    assert {finding.verdict for finding in part.findings} == {"not measured"}


def test_the_importer_loses_nothing_and_needs_no_help_with_a_treaty() -> None:
    found = importing.part(60)
    (lost, *placed), (pages, forms) = found.findings[:4], (table[2] for table in found.tables)
    assert lost.value == 0
    assert all(each.value is not None and each.value >= each.limit for each in placed)
    assert len(pages) == len(list(importing.PAGES.glob("*.html"))) >= 30
    assert [row[2] for row in forms] == ["61"] * 3
