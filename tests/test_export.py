"""Citations come out in forms that reference managers read, whatever signs a title holds."""

from __future__ import annotations

import json
import re

import pytest
from bibtexparser.entrypoint import parse_string

from conftest import Collection
from macros.model.edition import Edition
from macros.model.front import Date
from macros.site.addresses import Site
from macros.site.citations import FORMATS, Publication, Record, chicago, export, key, records

HARD = 'A {title} & 100 % of $5_x #1 ~ ^ \\ “quoted” "straight" é 日本'
URLS = {
    "commentary/all-hours.md": "commentary/all-hours/",
    "declarations/ferry-2004.md": "declarations/ferry-2004/",
    "comparisons/2001-2004.md": "comparisons/2001-2004/",
    "threads/hours.md": "threads/hours/",
}
SITE = Site("Two towns", address="https://example.org/", urls=URLS)


def of(edition: Edition, uri: str, site: Site = SITE) -> list[Record]:
    return list(records(edition, edition.pages[uri], site))


@pytest.fixture
def found(collection: Collection) -> list[Record]:
    edition = collection()
    hard = Publication(
        "passage", "Two towns", HARD, "clause", ("A. Rower", f"{HARD} and {HARD}"), "P & Co.", Date(2007, 6)
    )
    return [*of(edition, "commentary/all-hours.md"), Record("hard", HARD, HARD, "", hard)]


def test_what_can_be_cited(found: list[Record]) -> None:
    assert [(record.key, record.url.partition("#")[2]) for record in found[:-1]] == [
        ("all-hours", ""), ("all-hours-p1", "p1"), ("all-hours-p2", "p2"),
        ("all-hours-note-person", "note-person"), ("all-hours-note-safe", "note-safe"),
    ]  # fmt: skip


def test_which_pages_are_cited(collection: Collection) -> None:
    edition = collection()
    assert {uri: key(edition, page) for uri, page in edition.pages.items() if key(edition, page)} == {
        **{document.source.uri: document.id for document in edition.documents.values()},
        "comparisons/2001-2004.md": "comparisons/2001-2004",
        "threads/hours.md": "threads/hours",
    }
    assert of(edition, "index.md") == []


def test_rows_and_notes_on_changes_are_cited(collection: Collection) -> None:
    edition = collection()
    page, *rows = of(edition, "comparisons/2001-2004.md")
    assert page.url == "https://example.org/comparisons/2001-2004/"
    assert {row.url.partition("#")[2] for row in rows} == {
        row.anchor for row in edition.comparisons["comparisons/2001-2004.md"]
    }
    assert len({row.key for row in rows}) == len(rows) > 4
    assert of(edition, "declarations/ferry-2004.md")[-1].key == "ferry-2004-note-reserve-boat"


def test_a_note_is_cited_on_each_page_that_prints_it(collection: Collection) -> None:
    edition = collection(
        changes={"threads/hours.md": ("{{ thread(", '{{ note("all-hours#note-safe") }}\n\n{{ thread(')}
    )
    assert [record.key for record in of(edition, "threads/hours.md")] == ["threads/hours", "threads/hours-note-safe"]
    assert "all-hours-note-safe" in {record.key for record in of(edition, "commentary/all-hours.md")}


def test_chicago(collection: Collection) -> None:
    edition = collection(
        changes={
            "commentary/all-hours.md": ("publisher: The Northpier Post", "publisher: The Northpier Post\nseries: Notes from the Pier\nnumber: 7"),
            "declarations/ferry-2004.md": ("title: Joint Statement of the Ferry Council", "title: Joint “Statement” of the \"Ferry\" Council"),
        }
    )  # fmt: skip
    commentary = of(edition, "commentary/all-hours.md")
    work = "A. Rower, “All hours, at last,” Notes from the Pier 7 (The Northpier Post, June 2007)"
    where = "https://example.org/commentary/all-hours/"
    assert [chicago(commentary[at]) for at in (0, 2, 4)] == [
        f"{work}, in Two towns, {where}.",
        f"{work}, para. 2, in Two towns, {where}#p2.",
        f"“Safe,” editors’ note on “All hours, at last,” Two towns, {where}#note-safe.",
    ]
    declaration = of(edition, "declarations/ferry-2004.md", Site("Two towns"))
    statement = "“Joint ‘Statement’ of the ‘Ferry’ Council,” Northpier, May 11, 2004"
    assert [chicago(declaration[at]) for at in (0, 3)] == [
        f"{statement}, in Two towns.",
        f"{statement}, clause “Fares,” in Two towns.",
    ]
    assert [chicago(record) for record in of(edition, "comparisons/2001-2004.md", Site("Two towns"))[:2]] == [
        "“2001 and 2004 compared,” Two towns.",
        "“The ferry as a link,” in “2001 and 2004 compared,” Two towns.",
    ]


@pytest.mark.parametrize(
    ("authors", "names"),
    [("[A. Rower]", "A. Rower"), ("[A. Rower, B. Oar]", "A. Rower and B. Oar"), ("[A, B, C]", "A et al.")],
)
def test_chicago_names_at_most_two_authors(authors: str, names: str, collection: Collection) -> None:
    edition = collection(changes={"commentary/all-hours.md": ("authors: [A. Rower]", f"authors: {authors}")})
    text = chicago(of(edition, "commentary/all-hours.md")[0])
    assert text.startswith(f"{names}, “All hours, at last” (The Northpier Post, June 2007), in")


def test_text_has_one_citation_a_line_behind_its_key(found: list[Record]) -> None:
    lines = [line for line in export(found, "txt").split("\n") if line]
    assert [line[1 : line.index("]")] for line in lines] == [record.key for record in found]
    assert lines[-1] == f"[hard] {HARD}."


def test_bibtex_is_read_back(found: list[Record]) -> None:
    library = parse_string(export(found, "bib"))
    assert not library.failed_blocks
    assert [entry.key for entry in library.entries] == [record.key for record in found]
    assert library.entries[0].fields_dict["date"].value == "2007-06"
    assert library.entries[-1].fields_dict["title"].value == (
        r"A \{title\} \& 100 \% of \$5\_x \#1 \textasciitilde{} \textasciicircum{} \textbackslash{} “quoted” "
        '"straight" é 日本'
    )
    assert library.entries[-1].fields_dict["author"].value.startswith("A. Rower and {A ")


def test_csl_is_json(found: list[Record]) -> None:
    items = json.loads(export(found, "json"))
    assert [item["id"] for item in items] == [record.key for record in found]
    assert items[-1]["title"] == items[-1]["container-title"] == HARD
    assert items[-1]["author"][0] == {"literal": "A. Rower"}
    assert items[0]["issued"] == {"date-parts": [[2007, 6]]}
    assert items[1]["URL"] == "https://example.org/commentary/all-hours/#p1"
    assert items[1]["type"] == "chapter"


def test_ris_has_one_record_each(found: list[Record]) -> None:
    text = export(found, "ris")
    assert text.count("TY  - ") == text.count("ER  - ") == len(found)
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in text.split("\r\n") if line)
    assert "DA  - 2007/06//" in text
    assert all(record.split("\r\n")[0].startswith("TY  - ") for record in text.split("\r\n\r\n"))


def test_a_page_of_ours_is_published_by_the_site(collection: Collection) -> None:
    found = of(collection(), "threads/hours.md")
    (entry,) = parse_string(export(found, "bib")).entries
    assert (entry.entry_type, entry.fields_dict["publisher"].value) == ("online", "Two towns")
    (item,) = json.loads(export(found, "json"))
    assert (item["type"], item["publisher"], item["note"]) == ("webpage", "Two towns", "Thread, in Two towns")
    assert "issued" not in item


def test_every_format_has_a_name() -> None:
    assert list(FORMATS) == ["txt", "bib", "ris", "json"]
