"""Citations come out in forms that reference managers read, whatever signs a title holds."""

from __future__ import annotations

import json
import re

import pytest
from bibtexparser.entrypoint import parse_string

from conftest import Collection
from macros.export import FORMATS, Record, export, records
from macros.front_matter import Date

HARD = 'A {title} & 100 % of $5_x #1 ~ ^ \\ “quoted” "straight" é 日本'


@pytest.fixture
def found(collection: Collection) -> list[Record]:
    edition = collection()
    return [
        *records(edition, edition.documents["all-hours"], site="Two towns", address="https://example.org/all-hours/"),
        Record("hard", HARD, HARD, "clause", ("A. Rower", HARD), "P & Co.", Date(2007, 6), "Two towns", ""),
    ]


def test_what_can_be_cited(found: list[Record]) -> None:
    assert [(record.key, record.url.partition("#")[2]) for record in found[:-1]] == [
        ("all-hours", ""), ("all-hours-p1", "p1"), ("all-hours-p2", "p2"),
        ("all-hours-note-person", "note-person"), ("all-hours-note-safe", "note-safe"),
    ]  # fmt: skip


def test_bibtex_is_read_back(found: list[Record]) -> None:
    library = parse_string(export(found, "bib"))
    assert not library.failed_blocks
    assert [entry.key for entry in library.entries] == [record.key for record in found]
    assert library.entries[0].fields_dict["date"].value == "2007-06"


def test_csl_is_json(found: list[Record]) -> None:
    items = json.loads(export(found, "json"))
    assert items[-1]["title"] == HARD
    assert items[0]["issued"] == {"date-parts": [[2007, 6]]}
    assert items[1]["URL"] == "https://example.org/all-hours/#p1"


def test_ris_has_one_record_each(found: list[Record]) -> None:
    text = export(found, "ris")
    assert text.count("TY  - ") == text.count("ER  - ") == len(found)
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in text.split("\r\n") if line)
    assert "DA  - 2007/06//" in text


def test_every_format_has_a_name() -> None:
    assert set(FORMATS) == {"bib", "ris", "json"}
