"""The real site: one strict build, twice, with the same bytes; and what must fail it."""

import json
import logging
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort

from macros.derived.quoted_words import quoted_spans, quoted_spans_of
from macros.derived.rows import comparison_rows
from macros.derived.uses import note_pages
from macros.model.edition import Edition
from macros.model.loading import load
from macros.site.citations import FORMATS, citations, key
from macros.site.policy import inline_scripts, policy
from macros.text.rule import RULES
from tests.sites import ROOT, make

VOLATILE = re.compile(r"sitemap\.xml\.gz|search/(?:filter/.*|pagefind-entry\.json|.*\.pf_meta)")
"""What differs from build to build: Pagefind writes its filters in another order each time."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load(ROOT / "docs")


class Page(HTMLParser):
    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        for name in ("src", "href"):
            if given.get(name) and (name == "src" or tag == "link"):
                self.addresses.append(str(given[name]))


def built(site: Path, uri: str) -> Path:
    """Return the file that a page becomes."""
    return site / re.sub(r"(?:(?:^|/)index)?\.md$", "", uri) / "index.html"


def test_building_twice_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    again = make(tmp_path / "again")

    def fixed(folder: Path) -> set[str]:
        names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        return {name for name in names if not VOLATILE.fullmatch(name)}

    names = fixed(site)
    assert names == fixed(again)
    assert [name for name in sorted(names) if (site / name).read_bytes() != (again / name).read_bytes()] == []


def test_every_document_stands_with_its_passages_and_notes(site: Path, edition: Edition) -> None:
    for document in edition.documents.values():
        ids = Page(site / document.file.uri.removesuffix(".md") / "index.html").ids
        assert set(document.passages) <= set(ids)
        assert {f"note-{note.id}" for note in edition.notes.values() if note.document == document.id} <= {
            *ids,
            *(a.partition("#")[2] for a, uri in note_pages(edition).items() if uri != document.file.uri),
        }


def test_ids_are_unique_and_ascii_in_every_page(site: Path) -> None:
    for path in sorted(site.rglob("*.html")):
        ids = Page(path).ids
        assert sorted(ids) == sorted(set(ids)), path
        assert [id for id in ids if not id.isascii()] == []


def test_quoted_words_have_the_ids_that_their_quotations_lead_to(site: Path, edition: Edition) -> None:
    assert quoted_spans(edition)
    for document in edition.documents.values():
        ids = Page(site / document.file.uri.removesuffix(".md") / "index.html").ids
        pieces = quoted_spans_of(edition).get(document.id, ())
        assert {id for id in ids if id.startswith("quoted-")} == {piece.id for piece in pieces}


def test_rows_of_comparisons_have_the_ids_of_the_edition(site: Path, edition: Edition) -> None:
    assert comparison_rows(edition)
    for uri in edition.pages:
        page = built(site, uri)
        rows = comparison_rows(edition).get(uri, ())
        assert [id for id in Page(page).ids if id.startswith("row-")] == [
            id for row in rows for id in (row.anchor, *row.aliases)
        ]


def test_every_rule_has_the_id_that_problems_lead_to(site: Path) -> None:
    assert [id for id in Page(site / "contribute" / "rules" / "index.html").ids if id in RULES] == list(RULES)


def test_every_page_that_is_cited_leads_to_its_citations(site: Path, edition: Edition) -> None:
    cited = 0
    for uri, page in edition.pages.items():
        path = built(site, uri)
        links = re.findall(r'<a href="([^"]+)" data-format="(\w+)"', path.read_text("utf-8"))
        assert len(links) == (len(FORMATS) if key(edition, page) else 0), uri
        for href, ending in links:
            assert (path.parent / href).resolve() == (site / citations(key(edition, page), ending)).resolve()
            assert (path.parent / href).is_file()
            cited += 1
    assert cited > 20 * len(FORMATS)


def test_pages_speak_to_machines(site: Path) -> None:
    for name in ("", "commentary/pacnet-2019-27", "declarations/scc-2019", "comparisons/2017-2019", "threads/two-seas"):
        html = (site / name / "index.html").read_text("utf-8")
        (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
        assert json.loads(data)["@context"] == "https://schema.org"
        assert name == "" or '<meta name="DC.title"' in html


def test_every_page_is_under_the_policy_of_its_own_scripts(site: Path) -> None:
    digests: set[str] = set()
    for path in site.rglob("*.html"):
        html = path.read_text("utf-8")
        before, given, rest = html.partition('<meta http-equiv="Content-Security-Policy" content="')
        assert re.search(r"<head>\s*<meta charset=[^>]*>$", before), path
        assert given, path
        assert rest.startswith(f'{policy(inline_scripts(html))}">'), path
        assert "style=" not in html, path
        assert "<style" not in html, path
        digests |= set(re.findall(r"sha256-[^']+", rest.partition('"')[0]))
    said = (site / "_headers").read_text("utf-8")
    assert set(re.findall(r"sha256-[^']+", said)) == digests
    assert len(digests) == 2 + len({".", "..", "../..", "../../..", "/"})


def test_no_address_is_invented(site: Path) -> None:
    for path in site.rglob("*.html"):
        html = path.read_text("utf-8")
        assert "issues/new" not in html
        assert 'class="report"' not in html


def test_nothing_is_asked_of_another_site(site: Path) -> None:
    found = {
        (path.relative_to(site).as_posix(), address)
        for path in site.rglob("*.html")
        for address in Page(path).addresses
        if re.match(r"(?:https?:)?//", address)
    }
    assert {item for item in found if "canonical" not in item[1]} == set()
    for style in site.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(?:https?:)?//", style.read_text("utf-8")), style


def test_data_of_the_edition_is_not_published(site: Path) -> None:
    names = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    data = [name for name in names if "witness" in name or name.endswith((".bib", ".md")) or name.startswith("notes/")]
    assert [name for name in data if not name.startswith("cite/")] == []
    assert not any("pacforum.org](mailto" in path.read_text("utf-8") for path in site.rglob("*.html"))


def test_no_token_and_no_problem_is_left(site: Path) -> None:
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        assert "\x02" not in text
        assert 'class="problem' not in text


def test_every_page_describes_itself(site: Path) -> None:
    for path in site.rglob("index.html"):
        assert re.search(r'<meta name="description" content="[^"]{20,}', path.read_text("utf-8")), path


COMMENTARY = "commentary/pacnet-2019-27.md"


WRONG = [
    (COMMENTARY, "constitute an armed attack for", "constitute an attack for", "page-agrees-with-witness"),
    (COMMENTARY, 'quote("scc-2019#overview-cornerstone")', 'quote("scc-2019#foip")', "quotation-matches"),
    (COMMENTARY, "the alliance remains strong", "the alliance remains firm", "page-agrees-with-witness"),
    ("notes/pacnet-2019-27.md", 'cite("scc-2019#senkaku")', 'cite("scc-2019#senkaku-islands")', "clause-resolves"),
]


def test_each_wrong_word_fails_the_build_at_its_line(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(ROOT / "docs", docs)
    for uri, old, new, _ in WRONG:
        text = (docs / uri).read_text("utf-8")
        assert old in text
        (docs / uri).write_text(text.replace(old, new, 1), "utf-8")
    with caplog.at_level(logging.WARNING), pytest.raises(Abort):
        make(tmp_path / "site", docs_dir=str(docs))
    said = [record.getMessage() for record in caplog.records]
    for uri, _, new, rule in WRONG:
        line = (docs / uri).read_text("utf-8").partition(new)[0].count("\n") + 1
        assert any(f"{uri}:{line}: " in each and f"[{rule}]" in each for each in said), (new, said)


def test_what_front_matter_says_is_text_and_no_html(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(ROOT / "docs", docs)
    said = """A "title" & <script>alert(1)</script>"""
    for uri, end in ((COMMENTARY, "authors:"), ("about.md", "---\n\n#")):
        text = (docs / uri).read_text("utf-8")
        head, _, rest = text.partition(end)
        lines = [line for line in head.splitlines() if not line.startswith(("title:", "description:"))]
        front = "\n".join([*lines, f"title: '{said}'", f"description: '\"> {said}'", ""])
        rest = re.sub(r"^description:.*\n", "", rest, count=1, flags=re.MULTILINE)
        (docs / uri).write_text(front + end + rest, "utf-8")
    site = make(tmp_path / "site", docs_dir=str(docs))
    for path in site.rglob("*.html"):
        assert "<script>alert" not in path.read_text("utf-8"), path
    about = (site / "about" / "index.html").read_text("utf-8")
    commentary = (site / COMMENTARY.removesuffix(".md") / "index.html").read_text("utf-8")
    data = re.findall(r'<script type="application/ld\+json">(.*?)</script>', commentary, re.DOTALL)
    assert json.loads(data[0])["description"] == f'"> {said}'  # as it was written, for those who read data
    assert "<title>A &#34;title&#34; &amp; &lt;script&gt;alert(1)&lt;/script&gt; - " in about


def test_a_faulty_collection_still_serves_and_shows_each_problem_at_its_place(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(ROOT / "docs", docs)
    (docs / "about.md").write_bytes((docs / "about.md").read_bytes() + b'\nA {{ cite("nowhere") }} call.\n')
    (docs / "apparatus.md").write_bytes(b"---\ntitle: [\n---\n\n# Apparatus\n")
    (docs / "verification.md").write_bytes(b"# Verification\n\nna\xefve\n")
    make(tmp_path / "site", docs_dir=str(docs), strict=False)
    shown = {
        name: (tmp_path / "site" / name / "index.html").read_text("utf-8")
        for name in ("about", "apparatus", "verification")
    }
    assert (
        "there is no source &#x27;nowhere&#x27;" in shown["about"] or "there is no source 'nowhere'" in shown["about"]
    )
    assert "[source-resolves]" in shown["about"]
    assert "[front-matter-is-valid]" in shown["apparatus"]
    assert "[file-is-readable]" in shown["verification"]
    assert (tmp_path / "site" / "bibliography" / "index.html").is_file()
