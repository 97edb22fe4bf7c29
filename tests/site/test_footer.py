"""The foot of a page says how to cite it, how far it was checked, and how to mend it; nothing is invented."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from macros.derived.leaves import made_pages
from macros.model.edition import Edition
from macros.site.addresses import Site
from macros.site.footer import footer
from tests.invented import Collection, render

COMMENTARY = "commentary/all-hours.md"
URLS = {uri: uri.replace(".md", "/") for uri in (COMMENTARY, "index.md", "declarations/ferry-2004.md")}
KNOWN = Site("Two towns", address="https://example.org/e/", repository="https://github.com/some/towns/", urls=URLS)


def of(edition: Edition, uri: str, site: Site = KNOWN, *, edits: bool = True) -> dict[str, Any]:
    return footer(
        edition,
        edition.pages.get(uri) or made_pages(edition)[uri],
        site,
        link=lambda target: f"/{target}",
        edit=lambda file: f"edit:{file}" if edits else "",
    )


def test_a_commentary(collection: Collection) -> None:
    edition = collection(files={"lists.md": '# Lists\n\n{{ apparatus("all-hours") }}\n\n{{ verification() }}\n'})
    found = of(edition, COMMENTARY)
    assert found["key"] == "all-hours"
    assert found["citation"].startswith("A. Rower, “All hours, at last”")
    assert found["citation"].endswith("https://example.org/e/commentary/all-hours/.")
    assert [(ending, href) for ending, _, href in found["formats"]] == [
        (ending, f"/cite/all-hours.{ending}") for ending in ("txt", "bib", "ris", "json")
    ]
    assert found["text"] == "Compared word for word with the text as it was received."
    assert found["quotations"] == "2 quotations, 1 with a declared variant: 1 verified, 1 as quoted."
    assert found["apparatus"] in ("/lists.md", "/index.md")
    assert found["edit"] == f"edit:{COMMENTARY}"
    assert found["notes"] == [("in its notes", "edit:notes/all-hours.md")]


@pytest.mark.parametrize(
    ("uri", "text", "quotations", "notes"),
    [
        ("declarations/ferry-2004.md", "Compared word", "1 quotation of it in this edition: 1 verified.", ["in the notes on changes"]),
        ("declarations/ferry-2007.md", "Held in excerpts", "1 quotation of it in this edition, 1 with a declared variant: 1 as quoted.", []),
        ("declarations/minato-2001.md", "Compared word", "", []),
    ],
)  # fmt: skip
def test_a_declaration(uri: str, text: str, quotations: str, notes: list[str], collection: Collection) -> None:
    found = of(collection(), uri)
    assert found["text"].startswith(text)
    assert found["quotations"] == quotations
    assert [name for name, _ in found["notes"]] == notes


def test_notes_of_another_document_are_named(collection: Collection) -> None:
    edition = collection(files={"case.md": '# Case\n\nSafe.{{ note("all-hours#note-safe") }}\n'})
    assert of(edition, "case.md")["notes"] == [("in the notes on All hours, at last", "edit:notes/all-hours.md")]


def test_a_report_is_filled_in(collection: Collection) -> None:
    form = urlsplit(of(collection(), COMMENTARY)["report"])
    assert f"{form.scheme}://{form.netloc}{form.path}" == "https://github.com/some/towns/issues/new"
    assert parse_qs(form.query) == {
        "template": ["passage.yml"],
        "title": ["Problem: All hours, at last (2007)"],
        "address": ["https://example.org/e/commentary/all-hours/"],
        "place": ["docs/commentary/all-hours.md:1"],
    }


def test_nothing_is_invented_where_no_address_is_known(collection: Collection) -> None:
    edition = collection()
    found = of(edition, COMMENTARY, Site("Two towns"), edits=False)
    assert (found["report"], found["edit"], found["notes"]) == ("", "", [])
    assert found["citation"].endswith("in Two towns.")
    assert of(edition, "people.md", Site("Two towns"), edits=False) == {}
    assert Site("Two towns", repository="https://x.org/r").report(title="a & b", address="", place="p:1") == (
        "https://x.org/r/issues/new?template=passage.yml&title=a+%26+b&place=p%3A1"
    )


def test_a_page_that_nobody_wrote_names_no_file(collection: Collection) -> None:
    edition = collection()
    uri = next(uri for uri in made_pages(edition) if uri.endswith(".md"))
    assert "place" not in parse_qs(urlsplit(of(edition, uri)["report"]).query)
    assert 'data-place=""' in render(edition, uri)[0]
