"""Citations come out in forms that reference managers read, whatever signs a title holds."""

import io
import json
import re
from dataclasses import replace
from typing import NamedTuple

import pybtex.database
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pybtex.database import Person

from macros.derived.rows import comparison_rows
from macros.model.date import Date
from macros.model.edition import Edition
from macros.model.name import Name
from macros.site.addresses import Site
from macros.site.citations import FORMATS, Publication, Record, chicago, export, key, records
from tests.invented import Collection

HARD = 'A {title} & 100 % of $5_x #1 ~ ^ \\ “quoted” "straight" é 日本'
URLS = {
    "commentary/all-hours.md": "commentary/all-hours/",
    "declarations/ferry-2004.md": "declarations/ferry-2004/",
    "comparisons/2001-2004.md": "comparisons/2001-2004/",
    "threads/hours.md": "threads/hours/",
}
SITE = Site("Two towns", address="https://example.org/", urls=URLS, date=Date(2026, 11, 25))


NAMES = tuple(
    Name.read(name)
    for name in (
        "Ludwig van der Brug",
        "Marten L. King, Jr.",
        "Ministry of Piers, Northpier",
        "Strand, Ada",
        "Plato",
        {"body": "Rower & Sons"},
    )
)


def of(edition: Edition, uri: str, site: Site = SITE) -> list[Record]:
    return list(records(edition, edition.pages[uri], site))


@pytest.fixture
def found(collection: Collection) -> list[Record]:
    edition = collection()
    names = (Name("Rower", "A."), Name(f"{HARD} and {HARD}", is_body=True))
    hard = Publication("part", HARD, HARD, names, "P & Co.", Date(2007, 6), "A town, B.", "S #1", "7")
    return [*of(edition, "commentary/all-hours.md"), Record("hard", HARD, HARD, "", hard)]


def test_what_can_be_cited(found: list[Record]) -> None:
    assert [(record.key, record.url.partition("#")[2]) for record in found[:-1]] == [
        ("all-hours", ""), ("all-hours-p1", "p1"), ("all-hours-p2", "p2"),
        ("all-hours-note-person", "note-person"), ("all-hours-note-safe", "note-safe"),
    ]  # fmt: skip


def test_which_pages_are_cited(collection: Collection) -> None:
    edition = collection()
    assert {uri: key(edition, page) for uri, page in edition.pages.items() if key(edition, page)} == {
        **{document.file.uri: document.id for document in edition.documents.values()},
        "comparisons/2001-2004.md": "comparisons/2001-2004",
        "threads/hours.md": "threads/hours",
    }
    assert of(edition, "index.md") == []


def test_rows_and_notes_on_changes_are_cited(collection: Collection) -> None:
    edition = collection()
    page, *rows = of(edition, "comparisons/2001-2004.md")
    assert page.url == "https://example.org/comparisons/2001-2004/"
    assert {row.url.partition("#")[2] for row in rows} == {
        row.anchor for row in comparison_rows(edition)["comparisons/2001-2004.md"]
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
        f"Two towns, “Safe,” editors’ note on {work}, November 25, 2026, {where}#note-safe.",
    ]
    declaration = of(edition, "declarations/ferry-2004.md", Site("Two towns"))
    statement = "“Joint ‘Statement’ of the ‘Ferry’ Council,” Northpier, May 11, 2004"
    assert [chicago(declaration[at]) for at in (0, 3)] == [
        f"{statement}, in Two towns.",
        f"{statement}, clause [Fares], in Two towns.",
    ]
    assert [chicago(record) for record in of(edition, "comparisons/2001-2004.md", Site("Two towns"))[:2]] == [
        "Two towns, “2001 and 2004 compared.”",
        "Two towns, “The ferry as a link,” row of “2001 and 2004 compared.”",
    ]


def test_what_is_ours_is_cited_with_its_editors(collection: Collection) -> None:
    edited = replace(collection(), editors=(Name("Oar", "B."), Name("Quay", "C.")))
    note = of(edited, "commentary/all-hours.md", SITE)[-1]
    assert chicago(note).startswith("B. Oar and C. Quay, “Safe,” editors’ note on A. Rower, “All hours, at last” (")
    assert chicago(note).endswith(
        "), in Two towns, November 25, 2026, https://example.org/commentary/all-hours/#note-safe."
    )
    assert (note.publication.authors, note.publication.whole) == (edited.editors, "Two towns")
    assert note.publication.date == Date(2026, 11, 25)


def test_a_statement_has_its_issuer_its_place_and_its_official_address(collection: Collection) -> None:
    official = "issuer: Ferry Council\nofficial:\n  - {publisher: Northpier, url: https://pier.example/s, language: en}"
    edition = collection(changes={"declarations/ferry-2004.md": ("place: Northpier", f"place: Northpier\n{official}")})
    whole, clause, *_ = of(edition, "declarations/ferry-2004.md")
    assert chicago(clause) == (
        "Ferry Council, “Joint Statement of the Ferry Council,” Northpier, May 11, 2004, https://pier.example/s, "
        "clause [The ferry as a link], in Two towns, https://example.org/declarations/ferry-2004/#link."
    )
    for record in (whole, clause):
        assert record.publication.authors == (Name("Ferry Council", is_body=True),)
        assert record.publication.place == "Northpier"
        assert record.publication.note.endswith("; official text: https://pier.example/s")


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        ("[A. Rower]", "A. Rower"),
        ("[A. Rower, B. Oar]", "A. Rower and B. Oar"),
        ("[A, B, C]", "A et al."),
        (
            "[{given: Gabriel, family: García Márquez}, {body: Rower and Sons}]",
            "Gabriel García Márquez and Rower and Sons",
        ),
    ],
)
def test_chicago_names_at_most_two_authors(authors: str, names: str, collection: Collection) -> None:
    edition = collection(changes={"commentary/all-hours.md": ("authors: [A. Rower]", f"authors: {authors}")})
    text = chicago(of(edition, "commentary/all-hours.md")[0])
    assert text.startswith(f"{names}, “All hours, at last” (The Northpier Post, June 2007), in")


def test_text_has_one_citation_a_line_behind_its_key(found: list[Record]) -> None:
    lines = [line for line in export(found, "txt").split("\n") if line]
    assert [line[1 : line.index("]")] for line in lines] == [record.key for record in found]
    assert lines[-1] == f"[hard] {HARD}."


class Back(NamedTuple):
    """What a format says of a record, read back by a parser that knows nothing of us."""

    key: str
    title: str
    whole: str
    authors: tuple[str, ...]
    series: str
    number: str
    publisher: str
    place: str
    date: str
    note: str
    url: str


def of_bibtex(text: str) -> list[Back]:
    def bare(value: str) -> str:
        value = re.sub(r"\\textbackslash\{\}", "\0", value)
        value = value.replace("\\textasciitilde{}", "~").replace("\\textasciicircum{}", "^")
        value = value.replace("\\textbraceleft{}", "\\{").replace("\\textbraceright{}", "\\}")
        return re.sub(r"\\([{}%&$#_])|[{}]", lambda match: match[1] or "", value).replace("\0", "\\")

    def name(person: Person) -> str:
        family, given = (" ".join(some) for some in (person.last_names, [*person.first_names, *person.middle_names]))
        parts = (family, " ".join([given, *person.prelast_names]).strip(), " ".join(person.lineage_names))
        return ", ".join(bare(part) for part in parts if part)

    found = []
    for entry in pybtex.database.parse_string(text, "bibtex").entries.values():
        field = {key.lower(): bare(value) for key, value in entry.fields.items()}
        authors = tuple(name(person) for person in entry.persons.get("author", ()))
        names = ("series", "number", "publisher", "location", "date", "note", "url")
        whole = field.get("booktitle") or field.get("organization", "")
        found.append(Back(entry.key, field["title"], whole, authors, *(field.get(name, "") for name in names)))
    return found


def of_ris(text: str) -> list[Back]:
    found = []
    for item in rispy.loads(text):
        one = {
            key: "; ".join(value) if isinstance(value, list) and key != "authors" else value
            for key, value in item.items()
        }
        authors = tuple(one.get("authors", ()))
        names = ("tertiary_title", "number", "publisher", "place_published")
        date = one.get("date", "").rstrip("/").replace("/", "-")
        rest = (*(one.get(name, "") for name in names), date, one.get("notes", ""), one.get("urls", ""))
        found.append(Back(one["id"], one["title"], one.get("secondary_title", ""), authors, *rest))
    return found


def of_csl(text: str) -> list[Back]:
    """Return what a CSL processor prints of each variable, by a style that has nothing but variables."""
    names = "id title container-title collection-title number collection-number publisher publisher-place note URL"
    variables = "".join(f'<text variable="{name}" prefix="{name}=" suffix="¦"/>' for name in names.split()[1:])
    date = "".join(f'<date-part name="{part}" form="numeric-leading-zeros" suffix="-"/>' for part in ("month", "day"))
    style = f"""<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>t</title>
      <id>t</id><updated>2026-01-01T00:00:00Z</updated></info><citation><layout><text variable="title"/></layout>
      </citation><bibliography><layout>{variables}<date variable="issued" prefix="date=" suffix="¦"><date-part
      name="year" suffix="-"/>{date}</date><names variable="author" prefix="authors=" suffix="¦"><name
      name-as-sort-order="all" delimiter="¶" delimiter-precedes-last="always"/></names></layout></bibliography></style>"""
    keys = [item["id"] for item in json.loads(text)]
    known = CitationStylesStyle(io.BytesIO(style.encode()), validate=False)
    shown = CitationStylesBibliography(known, CiteProcJSON(json.loads(text)), formatter.plain)
    for id in keys:
        shown.register(Citation([CitationItem(id)]))
    found = []
    for id, line in zip(keys, shown.bibliography(), strict=True):
        one = dict(part.split("=", 1) for part in str(line).split("¦") if part)
        found.append(
            Back(
                id, one["title"], one.get("container-title", ""), tuple(filter(None, one.get("authors", "").split("¶"))),
                one.get("collection-title", ""), one.get("number", one.get("collection-number", "")),
                one.get("publisher", ""), one.get("publisher-place", ""), one.get("date", "").rstrip("-"),
                one.get("note", ""), one.get("URL", ""),
            )
        )  # fmt: skip
    return found


def test_all_formats_of_a_record_say_the_same(found: list[Record], collection: Collection) -> None:
    hard = Publication("report", "N", "", NAMES, "P & Co.", Date(2007), "B., C", "S", "2")
    edition = collection()
    some = [*found, *of(edition, "declarations/ferry-2004.md"), *of(edition, "threads/hours.md")]
    some = [*some, Record("names", "The U.S.-Northpier Ferry", "", "", hard)]
    said = [
        Back(
            one.key, one.title, p.whole, tuple(name.inverted for name in p.authors), p.series, p.number, p.publisher,
            p.place, p.date.iso if p.date else "", p.note, one.url,
        )
        for one in some
        for p in [one.publication]
    ]  # fmt: skip
    assert of_bibtex(export(some, "bib")) == said
    assert of_ris(export(some, "ris")) == said
    assert of_csl(export(some, "json")) == said


def test_names_are_inverted_rightly() -> None:
    assert [(name.inverted, str(name), name.is_body) for name in NAMES] == [
        ("Brug, Ludwig van der", "Ludwig van der Brug", False),
        ("King, Marten L., Jr.", "Marten L. King, Jr.", False),
        ("Ministry of Piers, Northpier", "Ministry of Piers, Northpier", True),
        ("Strand, Ada", "Ada Strand", False),
        ("Plato", "Plato", False),
        ("Rower & Sons", "Rower & Sons", True),
    ]
    items = json.loads(export([Record("k", "T", "", "", Publication("work", "", authors=NAMES))], "json"))
    assert items[0]["author"][:3] == [
        {"family": "Brug", "given": "Ludwig", "non-dropping-particle": "van der"},
        {"family": "King", "given": "Marten L.", "suffix": "Jr."},
        {"literal": "Ministry of Piers, Northpier"},
    ]


@pytest.mark.parametrize(
    "several", ["Ada Strand and Kim Oar", "A. Rower; B. Oar", "A. Rower et al.", "Oar, B., Quay, C."]
)
def test_several_names_are_no_name(several: str) -> None:
    with pytest.raises(ValueError, match=re.escape(several)):
        Name.read(several)


def test_capitals_are_kept_in_bibtex() -> None:
    text = export([Record("k", "The U.S.-Northpier Ferry of 2004 & my_Pier", "", "", Publication("work", ""))], "bib")
    assert r"title = {{The} {U.S.-Northpier} {Ferry} of 2004 \& {my\_Pier}}," in text


def test_ris_has_one_record_each(found: list[Record]) -> None:
    text = export(found, "ris")
    assert text.count("TY  - ") == text.count("ER  - ") == len(found)
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in text.split("\r\n") if line)
    assert "DA  - 2007/06//" in text
    assert all(record.split("\r\n")[0].startswith("TY  - ") for record in text.split("\r\n\r\n"))


def test_every_format_has_a_name() -> None:
    assert list(FORMATS) == ["txt", "bib", "ris", "json"]
