"""Long comparisons are shared out among pages: no row is lost, none stands twice, and every address leads to it."""

import re

import pytest

from macros.checks.run import check
from macros.derived import leaves as made
from macros.derived.anchors import anchors
from macros.derived.comparison import outcome, row
from macros.derived.leaves import aligned, leaves, made_pages
from macros.derived.links import link_to
from macros.derived.pairs import pairs
from macros.derived.rows import comparison_rows, row_at
from macros.model.edition import Edition
from tests.invented import Collection, render

INDEX = "# Comparisons\n\n{{ comparisons() }}\n"
HOME, SECOND = "comparisons/2001-2004.md", "comparisons/2001-2004/2.md"
AUTHORED = '---\ntitle: Then and now\n---\n\n# Then and now\n\n{{ compare("ferry-2001", "ferry-2004") }}\n'


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a page hold two or three rows of the invented collection."""
    monkeypatch.setattr(made, "MOST_BYTES", made._PAGE + 4 * made._LISTED + 4_200)
    monkeypatch.setattr("macros.calls.compare.LISTED_FROM", 2)


def test_a_comparison_that_fits_stands_on_one_page(collection: Collection) -> None:
    edition = collection({"comparisons/index.md": INDEX})
    assert not leaves(edition)
    assert {*made_pages(edition)} == {pair.uri for pair in pairs(edition).values() if pair.kind != "authored"}
    assert "comparison-rows" not in render(edition, HOME)[0]


@pytest.mark.usefixtures("short")
def test_every_row_stands_on_one_page_and_each_of_its_addresses_leads_there(collection: Collection) -> None:
    edition = collection({"comparisons/index.md": INDEX, HOME: AUTHORED})
    assert SECOND in made_pages(edition)
    found = {uri: rows for uri, rows in comparison_rows(edition).items() if uri.startswith(HOME.removesuffix(".md"))}
    whole = aligned(edition, ("ferry-2001", "ferry-2004"))[1]
    assert len(found) > 1
    assert sum(map(len, found.values())) == len(whole)
    for uri, rows in found.items():
        html = render(edition, uri)[0]
        assert re.findall(r'<tbody[^>]* id="([^"]+)"', html) == [one.anchor for one in rows]
        for one in rows:
            assert row_at(edition, HOME, one.anchor) == f"{uri}#{one.anchor}"
            for id in (one.anchor, *one.aliases):
                assert id in anchors(edition)[uri] & anchors(edition)[HOME]
                assert row_at(edition, HOME, id) == f"{uri}#{id}"
    first = render(edition, HOME)[0]
    ids = re.findall(r' id="(row-[^"]+)"', first)
    assert sorted(ids) == sorted({id for rows in found.values() for one in rows for id in (one.anchor, *one.aliases)})
    for one in found[SECOND]:
        assert re.search(rf'<li id="{one.anchor}">.*?<a href="2001-2004/2.md#{one.anchor}">', first)


@pytest.mark.usefixtures("short")
def test_each_page_has_its_title_the_list_of_all_rows_and_the_ways_on_and_back(collection: Collection) -> None:
    edition = collection({"comparisons/index.md": INDEX, HOME: AUTHORED})
    count = len(leaves(edition)[HOME, edition.pages[HOME].calls[0].start])
    assert made_pages(edition)[SECOND].title == f"Then and now, 2 of {count}"
    one, other = (render(edition, uri)[0] for uri in (HOME, SECOND))
    assert 'href="2001-2004/2.md" rel="next"' in one
    assert 'rel="prev"' not in one
    assert 'href="../2001-2004.md" rel="prev"' in other
    whole = aligned(edition, ("ferry-2001", "ferry-2004"))[1]
    assert one.count('<span class="outcome">') == other.count('<span class="outcome">') == len(whole)
    assert [str(problem) for problem in check(edition) if problem.position.path.startswith("docs/comparisons")] == []


@pytest.mark.usefixtures("short")
def test_a_page_of_an_author_is_not_taken(collection: Collection) -> None:
    edition = collection({"comparisons/index.md": INDEX, HOME: AUTHORED, SECOND: "# Mine\n\nWords.\n"})
    assert SECOND not in made_pages(edition)
    assert SECOND in edition.pages


def test_what_happened_in_a_row_is_what_the_row_shows(collection: Collection) -> None:
    edition: Edition = collection({"comparisons/index.md": INDEX, HOME: AUTHORED})
    page = edition.pages[HOME]
    for pair in pairs(edition).values():
        documents = (pair.older, pair.newer)
        for parts in pair.rows:
            said, change = outcome(edition, documents, parts, page), row(edition, documents, parts, page).change
            changed = said in ("reworded", "new", "dropped")
            assert (change == "changed") == changed, (said, change)
            assert (change == "same") == (said == "same words")


LISTS = {
    "catalogue": ('{{ catalogue("declaration") }}', r'class="catalogue-title" href="([^"]+)"'),
    "chronology": ("{{ chronology() }}", r'<div class="chronology-text"><p><a href="([^"]+)"'),
    "coverage": ("{{ coverage() }}", r'<th scope="col"><a href="([^"]+)"'),
    "people": ("{{ people() }}", r"<li><strong>([^<]+)</strong>"),
    "verification": ("{{ verification() }}", r'<td class="words"[^>]*>(.*?)</td>'),
    "comparisons": ("{{ comparisons() }}", r'data-document="([^"]+)"'),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_grows_goes_on_on_other_pages(
    name: str, collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    call, item = LISTS[name]
    files = {"lists/index.md": f"# The list\n\n{call}\n"}
    whole = render(collection(files), "lists/index.md")[0]
    assert 'class="leaves"' not in whole
    monkeypatch.setattr(made, "MOST_BYTES_LISTED", made._PAGE)  # one thing a page
    edition = collection(files)
    pages = ["lists/index.md", *(uri for uri in made_pages(edition) if re.fullmatch(r"lists/\d+\.md", uri))]
    texts = [render(edition, uri)[0] for uri in pages]
    assert len(pages) > 1
    assert all(text.count("aria-current") == 1 for text in texts)
    assert all(re.findall(r"<nav.*?</nav>", text, re.DOTALL)[0].count("<a ") == len(pages) - 1 for text in texts)

    def found(text: str) -> list[str]:
        return [re.sub(r"(\.\./)+", "", one) for one in re.findall(item, text, re.DOTALL)]

    assert [one for text in texts for one in found(text)] == found(whole)
    assert [str(problem) for problem in check(edition) if "lists" in problem.position.path] == []


def test_sources_are_shared_out_and_every_citation_leads_to_the_page_of_its_own(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(made, "MOST_BYTES", made._PAGE + 2_000)
    keys = [f"log-{number:02}" for number in range(1, 10)]
    entries = [
        f"@online{{{key},\n  title = {{Log {key}}},\n  url = {{https://example.org/{key}}},\n}}\n" for key in keys
    ]
    cited = " ".join(f'{{{{ cite("{key}") }}}}' for key in keys)
    edition = collection(
        {
            "bibliography.bib": "\n".join(["@misc{chronicle,\n  title = {Chronicle},\n}\n", *entries]),
            "case.md": f"# Case\n\n{cited}\n\n[One](index.md#log-09)\n",
        }
    )
    pages = ["index.md", *sorted(uri for uri in made_pages(edition) if re.fullmatch(r"\d+\.md", uri))]
    assert len(pages) > 2
    html = [render(edition, uri, ())[0] for uri in pages]
    assert [id for page in html for id in re.findall(r'<li [^>]*\bid="([^"]+)"', page)] == ["chronicle", *keys]
    for uri, page in zip(pages, html, strict=True):
        assert set(re.findall(r'<li [^>]*\bid="([^"]+)"', page)) <= anchors(edition)[uri]
    assert link_to(edition, "log-01", edition.pages["case.md"]) == "index.md#log-01"
    assert link_to(edition, "log-09", edition.pages["case.md"]) == f"{pages[-1]}#log-09"
    (problem,) = check(edition)
    assert problem.message == (
        f"'index.md' has no '#log-09'; '{pages[-1]}' has it, the page that goes on there: write that"
    )


def test_notes_are_shared_out_by_kind(collection: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made, "MOST_BYTES_LISTED", made._PAGE + 400)
    edition = collection({"case.md": "# Case\n\n{{ notes_index() }}\n"})
    first, second = (render(edition, uri, ())[0] for uri in ("case.md", "case/2.md"))
    assert re.findall(r'data-kind="(\w+)"', first + second) == ["context", "textual"]
    assert '<span aria-current="page">Safe to Safe</span>' in first
