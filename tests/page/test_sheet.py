"""Sheets: a page as data, which another process renders to the same bytes."""

import pickle
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor

import pytest
from markdown import Markdown

from macros.checks.run import check
from macros.derived.leaves import made_pages
from macros.model.edition import Edition
from macros.model.loading import load
from macros.page.extension import EditionExtension
from macros.page.sheet import Sheet
from macros.text.problem import Problem
from tests.forked import FORKING
from tests.invented import EXTENSIONS, TEMPLATES, rendered, sheet_of
from tests.sites import COLLECTION, TOWNS

FAULTY = '\n{{ compare("ferry-2001", "ferri-2004") }}\n\n<div onclick="x">\n\n[a](nowhere.md) {{ cite("x") }}\n'


def sheets(edition: Edition) -> dict[str, Sheet]:
    problems = check(edition)
    return {uri: sheet_of(edition, uri, problems) for uri in (*edition.pages, *made_pages(edition))}


def html(pickled: bytes) -> tuple[str, tuple[Problem, ...]]:
    found = rendered(pickle.loads(pickled))
    return found.html, found.problems


@pytest.fixture(scope="module", params=["sound", "faulty"])
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Edition, dict[str, Sheet]]:
    docs = COLLECTION if request.param == "faulty" else TOWNS.parent / "docs"
    if request.param == "faulty":
        copy = tmp_path_factory.mktemp("faulty") / "docs"
        for path in (path for path in docs.rglob("*") if path.is_file()):
            target = copy / path.relative_to(docs)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes() + FAULTY.encode() * (path.suffix == ".md"))
        docs = copy
    edition = load(docs)
    return edition, sheets(edition)


@pytest.fixture(scope="module")
def another() -> Iterator[Executor]:
    """Give another process, which has seen no edition."""
    with ProcessPoolExecutor(1, mp_context=FORKING) as pool:
        yield pool


@pytest.mark.long
def test_another_process_renders_the_same_bytes(pages: tuple[Edition, dict[str, Sheet]], another: Executor) -> None:
    edition, found = pages
    there = list(another.map(html, [pickle.dumps(sheet) for sheet in found.values()]))
    assert there == [(one.html, one.problems) for one in map(rendered, found.values())]
    assert len(found) > len(edition.documents) > 2


def test_one_markdown_renders_all_sheets_as_each_by_its_own(pages: tuple[Edition, dict[str, Sheet]]) -> None:
    _, found = pages
    said: list[Problem] = []
    begun = EditionExtension(next(iter(found.values())), TEMPLATES, said.append)
    markdown = Markdown(extensions=[*EXTENSIONS, begun])
    for sheet in (*found.values(), *reversed(found.values())):
        markdown.reset()
        said.clear()
        begun.takes(sheet)
        alone = rendered(sheet)
        assert (markdown.convert("&nbsp;"), tuple(said)) == (alone.html, alone.problems)


def test_a_sheet_is_the_same_whenever_it_is_composed(pages: tuple[Edition, dict[str, Sheet]]) -> None:
    edition, found = pages
    again = sheets(pickle.loads(pickle.dumps(edition)))
    assert again == found
    assert {uri: pickle.loads(pickle.dumps(sheet)) for uri, sheet in again.items()} == found


def test_templates_get_plain_data_only(pages: tuple[Edition, dict[str, Sheet]]) -> None:
    def strange(value: object) -> Iterator[object]:
        if isinstance(value, Mapping):
            yield from (each for item in value.items() for part in item for each in strange(part))
        elif isinstance(value, list | tuple):
            yield from (each for part in value for each in strange(part))
        elif not isinstance(value, str | int | float | None):
            yield value

    assert [
        (piece.template, each) for sheet in pages[1].values() for piece in sheet.pieces for each in strange(piece.data)
    ] == []


def test_rendering_tells_what_is_in_a_page(pages: tuple[Edition, dict[str, Sheet]]) -> None:
    for uri, document in ((one.file.uri, one) for one in pages[0].documents.values()):
        found = rendered(pages[1][uri])
        assert set(document.passages) <= found.anchors
        assert {link for link in found.links if link.startswith("#")} <= {f"#{id}" for id in found.anchors}
