"""What is published beside pages."""

from macros.derived.leaves import made_pages
from macros.model.edition import Edition
from macros.site.addresses import Site
from macros.site.citations import FORMATS
from macros.site.others import chooser, nothing, others
from tests.derived.test_pairs import declaration, many
from tests.invented import Collection

MOVED = "---\nformerly: [old/]\n---\n\n# Moved\n"


def published(edition: Edition, *, is_pretty: bool = True) -> dict[str, str]:
    urls = {uri: uri.removesuffix(".md") + "/" for uri in (*edition.pages, *made_pages(edition)) if uri.endswith(".md")}
    site = Site("Two towns", address="https://towns.example/", urls=urls)
    found = others(edition, site, lambda to, _: f"/{to}", is_pretty=is_pretty)
    return {path: content.decode() for path, content in found.items()}


def test_every_document_is_cited_in_every_format(collection: Collection) -> None:
    edition = collection()
    found = published(edition)
    assert {f"cite/{id}.{ending}" for id in edition.documents for ending in FORMATS} <= found.keys()


def test_the_chronology_stands_as_a_table(collection: Collection) -> None:
    assert published(collection())["chronology.csv"].startswith("date,kind,")


def test_a_former_address_leads_on(collection: Collection) -> None:
    found = published(collection({"case.md": MOVED}))
    assert 'content="0; url=/case/"' in found["old/index.html"]
    assert "old/index.html" not in published(collection({"case.md": MOVED, "old.md": "# There\n"}))


def test_where_a_pair_has_nothing_to_compare_the_way_leads_to_all(collection: Collection) -> None:
    other = declaration(2001).replace("#high", "#low").replace("High", "Low")
    edition = many(collection, 3, **{"declarations/tides-2001.md": other})
    assert len(nothing(edition)) == 2
    for uri, asked in nothing(edition).items():
        place = f"{uri.removesuffix('.html')}/index.html"
        assert f"/comparisons/index/{asked}" in published(edition)[place].replace("&amp;", "&")
        assert place not in published(edition, is_pretty=False)
        site = Site("", urls={"comparisons/index.md": "comparisons/"})
        assert chooser(edition, site, lambda to, _: to, "", uri) == f"comparisons/{asked}"
