"""What the tests share: an invented collection, changes to it, and the rendering of one page without MkDocs."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import markdown
import pytest

from macros.check import by_page, check
from macros.edition import Edition
from macros.extension import EditionExtension
from macros.loading import load
from macros.problem import Problem

HERE = Path(__file__).parent
COLLECTION = HERE / "collection" / "docs"
EXTENSIONS = ["abbr", "attr_list", "def_list", "tables", "toc", "pymdownx.superfences"]

Collection = Callable[..., Edition]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write what the cases give as what they should give")


def render(edition: Edition, uri: str) -> tuple[str, tuple[Problem, ...]]:
    """Return a page's HTML and the problems that only rendering shows."""
    late: list[Problem] = []
    extension = EditionExtension(edition, by_page(edition, check(edition)), late.append)
    extension.page = edition.pages[uri]
    html = markdown.Markdown(extensions=[*EXTENSIONS, extension]).convert(extension.page.body or "&nbsp;")
    return html, tuple(late)


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    """Return a function that loads the invented collection with files written anew or changed."""

    def make(
        files: Mapping[str, str | bytes] | None = None, changes: Mapping[str, tuple[str, str]] | None = None
    ) -> Edition:
        docs = tmp_path / "docs"
        if not docs.exists():
            shutil.copytree(COLLECTION, docs)
        for uri, content in (files or {}).items():
            path = docs / uri
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        for uri, (old, new) in (changes or {}).items():
            path = docs / uri
            text = path.read_text("utf-8")
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {uri}"
            path.write_text(text.replace(old, new), "utf-8")
        return load(docs)

    return make
