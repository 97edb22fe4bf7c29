"""Building a site: the same bytes each time, what must fail it, and what a fault leaves of it."""

import json
import logging
import re
import shutil
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort

from macros.text.cache import FOLDER
from tests.sites import COLLECTION, INVENTED, UNNAMED, make, once

pytestmark = pytest.mark.long

VOLATILE = "sitemap.xml.gz"
"""What differs from build to build: MkDocs writes the time into it."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, INVENTED, UNNAMED)


def test_building_twice_gives_the_same_bytes(small: Path, tmp_path: Path) -> None:
    shutil.rmtree(INVENTED.parent / FOLDER, ignore_errors=True)  # nothing is taken from what the first has kept
    again = make(tmp_path / "again", INVENTED)

    def fixed(folder: Path) -> set[str]:
        names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        return {name for name in names if name != VOLATILE}

    names = fixed(small)
    assert names == fixed(again)
    assert [name for name in sorted(names) if (small / name).read_bytes() != (again / name).read_bytes()] == []


def test_another_collection_builds_with_the_same_engine(small: Path) -> None:
    """Invented texts held in full, of another subject, in two languages: nothing of the real collection is in the engine."""
    page = {path.parent.relative_to(small).as_posix(): path.read_text("utf-8") for path in (small).rglob("index.html")}
    compared = page["comparisons/2001-2004"]
    assert "<ins>midnight, weather permitting</ins>" in compared
    assert "<ins>安全で最も</ins>" in compared or "<ins>最も安全で</ins>" in compared
    assert "the text of 2001 is silent" in compared
    assert "Not recorded here" in compared
    assert 'data-status="verified"' in compared
    assert 'data-status="verified"' in page["commentary/all-hours"]
    assert "<del>dusk</del>" in page["threads/hours"]
    assert page["threads"].count(">in full<") >= 4
    assert '<abbr tabindex="0" title="Ferry Council">FC</abbr>' in page["glossary"]
    assert "Event, not held" in page["chronology"]
    assert "浜 明子" in page["people"]


COMMENTARY = "commentary/all-hours.md"

WRONG = [
    (COMMENTARY, "the ferry shall run at all hours", "the ferry shall run all hours", "page-agrees-with-witness"),
    (COMMENTARY, 'quote("ferry-2004#timetable")', 'quote("ferry-2004#fares")', "quotation-matches"),
    (COMMENTARY, "Nobody calls it", "Nobody names it", "page-agrees-with-witness"),
    ("notes/all-hours.md", 'cite("chronicle", "p. 3")', 'cite("ferry-2004#timetabel")', "clause-resolves"),
]


def test_each_wrong_word_fails_the_build_at_its_line(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(COLLECTION, docs)
    for uri, old, new, _ in WRONG:
        text = (docs / uri).read_text("utf-8")
        assert old in text
        (docs / uri).write_text(text.replace(old, new, 1), "utf-8")
    with caplog.at_level(logging.WARNING), pytest.raises(Abort):
        make(tmp_path / "site", INVENTED, docs_dir=str(docs))
    said = [record.getMessage() for record in caplog.records]
    for uri, _, new, rule in WRONG:
        line = (docs / uri).read_text("utf-8").partition(new)[0].count("\n") + 1
        assert any(f"{uri}:{line}: " in each and f"[{rule}]" in each for each in said), (new, said)


def test_what_front_matter_says_is_text_and_no_html(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(COLLECTION, docs)
    said = """A "title" & <script>alert(1)</script>"""
    for uri, end in ((COMMENTARY, "authors:"), ("glossary.md", "---\n\n#")):
        text = (docs / uri).read_text("utf-8")
        head, _, rest = text.partition(end)
        own = [line for line in head.splitlines() if not line.startswith("description:")]
        # The title of a text as received is the text's.
        lines = own if uri == COMMENTARY else [*(line for line in own if "title:" not in line), f"title: '{said}'"]
        front = "\n".join([*lines, f"description: '\"> {said}'", ""])
        rest = re.sub(r"^description:.*\n", "", rest, count=1, flags=re.MULTILINE)
        (docs / uri).write_text(front + end + rest, "utf-8")
    site = make(tmp_path / "site", INVENTED, docs_dir=str(docs))
    for path in site.rglob("*.html"):
        assert "<script>alert" not in path.read_text("utf-8"), path
    glossary = (site / "glossary" / "index.html").read_text("utf-8")
    commentary = (site / COMMENTARY.removesuffix(".md") / "index.html").read_text("utf-8")
    data = re.findall(r'<script type="application/ld\+json">(.*?)</script>', commentary, re.DOTALL)
    assert json.loads(data[0])["description"] == f'"> {said}'  # as it was written, for those who read data
    assert "<title>A &#34;title&#34; &amp; &lt;script&gt;alert(1)&lt;/script&gt; - " in glossary


def test_a_faulty_collection_still_serves_and_shows_each_problem_at_its_place(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(COLLECTION, docs)
    (docs / "glossary.md").write_bytes((docs / "glossary.md").read_bytes() + b'\nA {{ cite("nowhere") }} call.\n')
    (docs / "chronology.md").write_bytes(b"---\ntitle: [\n---\n\n# Timeline\n")
    (docs / "people.md").write_bytes(b"# People\n\nna\xefve\n")
    make(tmp_path / "site", INVENTED, docs_dir=str(docs), strict=False)
    shown = {
        name: (tmp_path / "site" / name / "index.html").read_text("utf-8")
        for name in ("glossary", "chronology", "people")
    }
    assert (
        "there is no source &#x27;nowhere&#x27;" in shown["glossary"]
        or "there is no source 'nowhere'" in shown["glossary"]
    )
    assert "[source-resolves]" in shown["glossary"]
    assert "[front-matter-is-valid]" in shown["chronology"]
    assert "[file-is-readable]" in shown["people"]
    assert (tmp_path / "site" / "threads" / "index.html").is_file()
