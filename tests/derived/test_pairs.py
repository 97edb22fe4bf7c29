"""Which comparisons are made beforehand: neighbours always, others up to a number, none that an author wrote."""

import re
import shutil
from pathlib import Path

import pytest

from macros.checks.run import check
from macros.derived import pairs as pair
from macros.derived.anchors import anchors
from macros.derived.leaves import made_pages
from macros.derived.pairs import pairs
from macros.derived.rows import comparison_rows
from macros.model.edition import Edition
from tests.invented import Collection, render
from tests.sites import COLLECTION, INVENTED, UNNAMED, make, once

INDEX = "# Comparisons\n\n{{ comparisons() }}\n"


def declaration(year: int, series: str = "tides", clauses: str = "") -> str:
    front = f"kind: declaration\ntitle: Tides\nseries: {series}\ndate: {year}\nrights: Invented"
    return f"---\n{front}\n---\n\n# Tides\n\n## High water {{ #high }}\n\nThe water of {year}.\n{clauses}"


def many(collection: Collection, count: int, **more: str) -> Edition:
    """Return an edition with a further series of some declarations."""
    files = {f"declarations/tides-{2000 + at}.md": declaration(2000 + at) for at in range(count)}
    return collection({"comparisons/index.md": INDEX, **files, **more})


def tides(edition: Edition) -> list[tuple[int, int, str]]:
    return [
        (found.older.date.year, found.newer.date.year, found.kind)
        for found in pairs(edition).values()
        if found.older.series == "tides"
    ]


def test_neighbours_have_pages_and_the_others_tables(collection: Collection) -> None:
    edition = many(collection, 4)
    assert tides(edition) == [
        (2002, 2003, "page"),
        (2001, 2002, "page"),
        (2000, 2001, "page"),
        (2001, 2003, "table"),  # of pairs equally far apart, the newest first
        (2000, 2002, "table"),
        (2000, 2003, "table"),
    ]
    assert pairs(edition)["tides-2000", "tides-2001"].uri == "comparisons/tides-2000/tides-2001.md"
    assert pairs(edition)["tides-2000", "tides-2002"].uri == "comparisons/tides-2000/tides-2002.html"
    assert {*made_pages(edition)} == {found.uri for found in pairs(edition).values()}
    assert not any({"ferry-2001", "minato-2004"} == {*key} for key in pairs(edition))  # of different series


def test_their_number_never_grows_as_the_square(collection: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pair, "MOST", 5)
    edition = many(collection, 12)
    found = tides(edition)
    assert [kind for *_, kind in found].count("page") == 11
    assert [kind for *_, kind in found].count("table") == 4  # and one of the other series, which is as near
    assert {newer - older for older, newer, kind in found if kind == "table"} == {2}  # the nearest
    assert max(newer for _, newer, _ in found) == 2011


def test_no_file_of_an_author_is_written_over(collection: Collection) -> None:
    uri = "comparisons/ferry-2001/ferry-2004.md"
    edition = collection({uri: "# Mine\n\nNothing is compared here.\n"})
    assert ("ferry-2001", "ferry-2004") not in pairs(edition)
    assert uri not in made_pages(edition)


def test_nothing_is_made_that_no_page_lists(collection: Collection) -> None:
    edition = collection(changes={"comparisons/index.md": ("{{ comparisons() }}", "Nothing.")})
    assert pairs(edition) == {}
    assert made_pages(edition) == {}
    assert "Compared with" not in render(edition, "declarations/ferry-2004.md")[0]


def test_a_page_that_an_author_wrote_is_the_pairs_page(collection: Collection) -> None:
    written = '# {}\n\n{{{{ compare("{}", "{}") }}}}\n'
    edition = collection(
        {
            "comparisons/near.md": written.format("Near", "ferry-2001", "ferry-2004"),
            "comparisons/far.md": written.format("Far", "ferry-2001", "ferry-2007"),
            "comparisons/turned.md": written.format("Turned", "minato-2004", "minato-2001"),  # not in order of date
            "comparisons/clauses.md": written.format("Clauses", "ferry-2004#fares", "ferry-2007#fares"),
        }
    )
    kinds = {key: (found.uri, found.kind) for key, found in pairs(edition).items()}
    assert kinds["ferry-2001", "ferry-2004"] == ("comparisons/near.md", "authored")
    assert kinds["ferry-2001", "ferry-2007"] == ("comparisons/far.md", "authored")
    assert kinds["minato-2001", "minato-2004"] == ("comparisons/minato-2001/minato-2004.md", "page")
    assert kinds["ferry-2004", "ferry-2007"] == ("comparisons/ferry-2004/ferry-2007.md", "page")
    assert check(edition) == ()
    assert 'id="row-fares"' in render(edition, "comparisons/near.md")[0]  # its rows have addresses


def test_rows_have_addresses_that_no_heading_has(collection: Collection) -> None:
    text = '# Page\n\n## Row fares\n\n{{ compare("ferry-2001", "ferry-2004") }}\n'
    edition = collection({"comparisons/near.md": text})
    html, late = render(edition, "comparisons/near.md")
    assert late == ()
    assert html.count('id="row-fares"') == 1
    assert html.count('id="section-row-fares"') == 1
    assert 'data-found="Changed in wording" id="row-link"' in html


def test_a_row_keeps_its_address_when_its_clause_is_renamed(collection: Collection) -> None:
    edition = collection(
        {"comparisons/near.md": '# Page\n\n{{ compare("ferry-2001", "ferry-2004") }}\n'},
        {f"declarations/ferry-{year}.md": ("{ #fares }", '{ #tariff aliases="fares" }') for year in (2001, 2004, 2007)},
    )
    assert check(edition) == ()
    html, late = render(edition, "comparisons/near.md")
    assert late == ()
    (row,) = (row for row in comparison_rows(edition)["comparisons/near.md"] if row.anchor == "row-tariff")
    assert row.aliases == ("row-fares",)
    for id in ("row-tariff", "row-fares"):
        assert html.count(f'id="{id}"') == 1
        assert id in anchors(edition)["comparisons/near.md"]


def test_a_row_is_found_by_each_id_of_its_clauses_that_no_other_row_has(collection: Collection) -> None:
    edition = collection(
        changes={
            "declarations/ferry-2004.md": (
                '{ #lights after="ferry-2001#piers" }',
                '{ #lights after="ferry-2001#piers" aliases="lamps" }',
            )
        }
    )
    rows = comparison_rows(edition)["comparisons/2001-2004.md"]
    assert next(row.aliases for row in rows if row.anchor == "row-lights") == ("row-lamps", "row-piers")
    assert next(row.aliases for row in rows if row.anchor == "row-timetable") == ("row-hours",)
    all_ids = [id for row in rows for id in (row.anchor, *row.aliases)]
    assert len(all_ids) == len(set(all_ids))


def test_a_clause_is_compared_with_its_last_record(collection: Collection) -> None:
    silent = declaration(2001).replace("#high", "#low").replace("High", "Low")
    edition = many(collection, 3, **{"declarations/tides-2001.md": silent})
    html, _ = render(edition, "declarations/tides-2002.md")
    asked = "comparisons/index.md?compare=tides-2000,tides-2002&amp;row=high"
    assert f'<a href="../{asked}">Compared with 2000</a>' in html
    assert ">with 2001</a>" not in html  # nothing is recorded in both
    html, _ = render(edition, "declarations/tides-2001.md")
    assert "Compared with" not in html  # nothing before it records the clause


def test_two_that_have_nothing_to_compare_get_no_page(collection: Collection) -> None:
    other = declaration(2001).replace("#high", "#low").replace("High", "Low")
    edition = many(collection, 3, **{"declarations/tides-2001.md": other})
    assert tides(edition) == [(2001, 2002, "nothing"), (2000, 2001, "nothing"), (2000, 2002, "table")]
    assert "comparisons/tides-2000/tides-2001.md" not in made_pages(edition)
    html, late = render(edition, "comparisons/index.md")
    assert late == ()
    assert ">compared with 2000</a>, nothing to compare yet: 0 of 2</span>" in html
    silent = other.replace("date: 2001", "date: 2001\nsilent: {high: chronicle}")
    edition = many(collection, 3, **{"declarations/tides-2001.md": silent})
    assert [kind for *_, kind in tides(edition)] == ["page", "page", "table"]  # that one is silent is a finding


@pytest.mark.long
def test_their_old_addresses_lead_on_to_the_list(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(COLLECTION, docs)
    for year in (2000, 2001):
        text = declaration(year).replace("high", f"high-{year}")
        (docs / "declarations" / f"tides-{year}.md").write_text(text, "utf-8")
    site = make(tmp_path / "site", INVENTED, docs_dir=str(docs), nav=None, strict=False)
    folder = site / "comparisons" / "tides-2000"
    for place, back in (("tides-2001.html", "../"), ("tides-2001/index.html", "../../")):
        text = (folder / place).read_text("utf-8")
        assert f'<meta http-equiv="refresh" content="0; url={back}?compare=tides-2000,tides-2001"' in text
    assert "refresh" not in (site / "comparisons" / "ferry-2001" / "ferry-2007.html").read_text("utf-8")


def test_words_of_authors_do_no_harm_in_what_is_made(collection: Collection) -> None:
    hostile = declaration(2001).replace("title: Tides", "title: '<script>{{ x }}</script> [a](javascript:b)'")
    edition = many(collection, 2, **{"declarations/tides-2001.md": hostile})
    source = made_pages(edition)["comparisons/tides-2000/tides-2001.md"]
    assert re.findall("<script|{{ x|javascript", f"{source.body}{source.front}") == []


@pytest.mark.long
def test_a_site_has_pages_and_tables(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    plain = once(tmp_path_factory, INVENTED, UNNAMED)
    for urls, site in ((True, plain), (False, make(tmp_path / "site", INVENTED, use_directory_urls=False))):
        page = site / "comparisons" / "ferry-2001" / ("ferry-2004/index.html" if urls else "ferry-2004.html")
        assert "<ins>safest and</ins>" in page.read_text("utf-8")
        table = (site / "comparisons" / "ferry-2001" / "ferry-2007.html").read_text("utf-8")
        assert table.startswith("<!doctype html>\n<html lang=")
        assert "md-header" not in table  # nothing of the theme
        assert 'href="../../declarations/ferry-2001/#fares"' in table if urls else 'ferry-2001.html#fares"' in table
        index = (site / "comparisons" / ("index.html")).read_text("utf-8")
        assert 'href="ferry-2001/ferry-2007.html"' in index
        assert "ferry-2001/ferry-2007.html" not in (site / "sitemap.xml").read_text("utf-8")
