"""A site as it is built: what stands in it, and what does not.

All of it holds of the real edition too: tests/edition/test_site.py has it tried there.
"""

import json
import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from macros.derived.quoted_words import quoted_spans, quoted_spans_of
from macros.derived.rows import comparison_rows
from macros.derived.uses import note_pages
from macros.model.edition import Edition
from macros.site.citations import FORMATS, citations, key
from macros.site.policy import inline_scripts, policy
from macros.text.rule import RULES

pytestmark = pytest.mark.long


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


@cache
def page_of(path: Path) -> Page:
    """Return what is read of a page, once for all tests."""
    return Page(path)


def built(site: Path, uri: str) -> Path:
    """Return the file that a page becomes."""
    return site / re.sub(r"(?:(?:^|/)index)?\.md$", "", uri) / "index.html"


def test_every_document_stands_with_its_passages_and_notes(site: Path, edition: Edition) -> None:
    for document in edition.documents.values():
        ids = page_of(site / document.file.uri.removesuffix(".md") / "index.html").ids
        assert set(document.passages) <= set(ids)
        assert {f"note-{note.id}" for note in edition.notes.values() if note.document == document.id} <= {
            *ids,
            *(a.partition("#")[2] for a, uri in note_pages(edition).items() if uri != document.file.uri),
        }


def test_ids_are_unique_and_ascii_in_every_page(site: Path) -> None:
    for path in sorted(site.rglob("*.html")):
        ids = page_of(path).ids
        assert sorted(ids) == sorted(set(ids)), path
        assert [id for id in ids if not id.isascii()] == []


def test_quoted_words_have_the_ids_that_their_quotations_lead_to(site: Path, edition: Edition) -> None:
    assert quoted_spans(edition)
    for document in edition.documents.values():
        ids = page_of(site / document.file.uri.removesuffix(".md") / "index.html").ids
        pieces = quoted_spans_of(edition).get(document.id, ())
        assert {id for id in ids if id.startswith("quoted-")} == {piece.id for piece in pieces}


def test_rows_of_comparisons_have_the_ids_of_the_edition(site: Path, edition: Edition) -> None:
    assert comparison_rows(edition)
    for uri in edition.pages:
        page = built(site, uri)
        rows = comparison_rows(edition).get(uri, ())
        assert [id for id in page_of(page).ids if id.startswith("row-")] == [
            id for row in rows for id in (row.anchor, *row.aliases)
        ]


def test_every_rule_has_the_id_that_problems_lead_to(site: Path) -> None:
    assert [id for id in page_of(site / "contribute" / "rules" / "index.html").ids if id in RULES] == list(RULES)


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


def test_pages_speak_to_machines(site: Path, edition: Edition) -> None:
    examples = {document.file.uri for document in edition.documents.values() if document.is_example}
    cited = [uri for uri, page in edition.pages.items() if key(edition, page) and uri not in examples]
    assert len(cited) > 10
    for uri in ("index.md", *cited):
        html = built(site, uri).read_text("utf-8")
        (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
        assert json.loads(data)["@context"] == "https://schema.org"
        assert uri == "index.md" or '<meta name="DC.title"' in html


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
    assert len(digests) == 3 + len({".", "..", "../..", "../../..", "/"})


def test_no_address_is_invented(site: Path) -> None:
    for path in site.rglob("*.html"):
        html = path.read_text("utf-8")
        assert "issues/new" not in html
        assert 'class="report"' not in html


def test_nothing_is_asked_of_another_site(site: Path) -> None:
    found = {
        (path.relative_to(site).as_posix(), address)
        for path in site.rglob("*.html")
        for address in page_of(path).addresses
        if re.match(r"(?:https?:)?//", address)
    }
    assert {item for item in found if "canonical" not in item[1]} == set()
    for style in site.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(?:https?:)?//", style.read_text("utf-8")), style


def test_data_of_the_edition_is_not_published(site: Path) -> None:
    names = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    data = [name for name in names if "witness" in name or name.endswith((".bib", ".md")) or name.startswith("notes/")]
    assert [name for name in data if not name.startswith("cite/")] == []


def test_no_token_and_no_problem_is_left(site: Path) -> None:
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        assert "\x02" not in text
        assert 'class="problem' not in text


def test_no_two_pages_have_one_title(site: Path) -> None:
    texts = [path.read_text("utf-8") for path in site.rglob("*.html")]
    pages = [text for text in texts if 'http-equiv="refresh"' not in text]  # what only leads on has the title of that
    titles = [re.search(r"<title>(.*?)</title>", text, re.DOTALL) for text in pages]
    assert None not in titles
    assert [title for title, count in Counter(found[1] for found in titles if found).items() if count > 1] == []


def test_every_page_describes_itself(site: Path) -> None:
    for path in site.rglob("index.html"):
        assert re.search(r'<meta name="description" content="[^"]{20,}', path.read_text("utf-8")), path
