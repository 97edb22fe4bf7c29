"""What pages say of themselves to machines, and how each describes itself."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from macros.derived.describe import LONGEST, describe
from macros.model.edition import Edition
from macros.site.addresses import Site
from macros.site.metadata import metadata
from tests.invented import Collection

SITE = Site("Two towns", "What two towns agreed.", "https://example.org/", "", {"threads/hours.md": "threads/hours/"})


def data(edition: Edition, uri: str, site: Site = SITE) -> dict[str, object]:
    return dict(metadata(edition, edition.pages[uri], site, "What it is.").data or {})


def test_a_commentary_is_an_article_by_a_person(collection: Collection) -> None:
    edition = collection()
    found = data(edition, "commentary/all-hours.md")
    assert found["@type"] == "Article"
    assert found["author"] == [{"@type": "Person", "name": "A. Rower", "givenName": "A.", "familyName": "Rower"}]
    assert found["publisher"] == {"@type": "Organization", "name": "The Northpier Post"}
    assert found["isPartOf"] == {"@type": "WebSite", "name": "Two towns", "url": "https://example.org/"}
    assert [item["datePublished"] for item in found["about"]] == ["2007-05", "2004-05-11"]  # type: ignore[attr-defined]
    tags = metadata(edition, edition.pages["commentary/all-hours.md"], SITE, "").tags
    assert ("citation_title", "All hours, at last") in tags
    assert ("citation_author", "Rower, A.") in tags
    assert ("citation_publication_date", "2007/06") in tags


def test_a_declaration_is_by_the_parties_that_its_front_matter_names(collection: Collection) -> None:
    edition = collection()
    found = data(edition, "declarations/ferry-2001.md")
    assert found["@type"] == "CreativeWork"
    assert [author["name"] for author in found["author"]] == ["Northpier", "Southpier"]  # type: ignore[attr-defined]
    assert "author" not in data(edition, "declarations/ferry-2007.md")


def test_a_kind_of_document_that_says_nothing_more_is_a_dated_work(collection: Collection) -> None:
    edition = collection()
    known = edition.documents["ferry-2001"]
    front: Any = SimpleNamespace(**dict(known.front))
    documents = {**edition.documents, known.id: replace(known, front=front)}
    found = data(replace(edition, documents=documents), known.file.uri)
    assert (found["@type"], found["name"], found["datePublished"]) == ("CreativeWork", known.title, known.date.iso)


@pytest.mark.parametrize("uri", ["threads/hours.md", "comparisons/2001-2004.md"])
def test_a_page_of_ours_is_published_by_the_site(uri: str, collection: Collection) -> None:
    edition = collection()
    found = data(edition, uri)
    assert (found["@type"], found["publisher"]) == ("WebPage", {"@type": "Organization", "name": "Two towns"})
    assert ("DC.publisher", "Two towns") in metadata(edition, edition.pages[uri], SITE, "").tags


def test_the_first_page_is_the_site(collection: Collection) -> None:
    found = data(collection(), "index.md")
    assert found == {
        "@context": "https://schema.org",
        "@type": ["WebSite", "Collection"],
        "name": "Two towns",
        "url": "https://example.org/",
        "description": "What it is.",
        "collectionSize": 6,
    }


def test_other_pages_say_nothing(collection: Collection) -> None:
    edition = collection(
        changes={"declarations/ferry-2001.md": ("place: Northpier", "place: Northpier\nexample: true")}
    )
    assert metadata(edition, edition.pages["people.md"], SITE, "").data is None
    assert metadata(edition, edition.pages["declarations/ferry-2001.md"], SITE, "").data is None


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("---\ndescription: Given.\n---\n# Page\n\nOther.\n", "Given."),
        ("# Page\n\nA sentence that is quite long enough to stand. Another one.\n", "A sentence that is quite long enough to stand."),
        ("# Page\n\n- An item.\n\n> A quotation.\n\nThe *first* [paragraph](index.md) at {{ emend(\"last\", was=\"lats\", why=\"A slip.\") }}.\n", "The first paragraph at last."),
        ("# Page\n\n渡し船は毎日運航する。二文目。\n", "渡し船は毎日運航する。"),
        ("# Page\n\n" + "word " * 100 + "\n", ("word " * 40).strip() + " …"),
        ("# Page\n", ""),
    ],
)  # fmt: skip
def test_a_page_without_a_description_is_described_by_its_first_sentence(
    text: str, description: str, collection: Collection
) -> None:
    edition = collection(files={"case.md": text})
    assert describe(edition, edition.pages["case.md"]) == description
    assert len(description) <= LONGEST + 2


def test_documents_and_threads_describe_themselves(collection: Collection) -> None:
    edition = collection(
        changes={"threads/hours.md": ("description: How the hours of the ferry grew from daylight to all hours.\n", "")}
    )
    assert describe(edition, edition.pages["threads/hours.md"]) == "From daylight to all hours."
    # Neither the author's line nor a heading: the first paragraph that counts.
    said = describe(edition, edition.pages["commentary/all-hours.md"])
    assert said.startswith("The Ferry Council met this spring.")
    assert describe(edition, edition.pages["declarations/ferry-2007.md"]) == "Only what the commentary quotes is held."
