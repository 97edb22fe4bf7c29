"""A server that makes anew what changes alter has the site that a build makes."""

import logging
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from unittest.mock import Mock, patch

import pytest
from hypothesis import strategies as st
from markdown import Markdown
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from macros.commands.live import Live, stamps
from tests import ROOT
from tests.laws.law import BreachError, law
from tests.laws.mutants import Draw, mutants
from tests.laws.seeds import texts, write

pytestmark = pytest.mark.long

SEQUENCES = 2
EDITS = 17
"""How many edits one site sees before it is compared; the first sequence that is drawn is always the plainest."""

GROUND = "collection"
_ADDRESS = "http://127.0.0.1:8000/"
_CONFIG = f"""\
site_name: Two towns
site_url: {_ADDRESS}
theme: {{name: material, custom_dir: {ROOT / "overrides"}, font: false}}
plugins: [edition]
markdown_extensions: [abbr, attr_list, def_list, tables, {{toc: {{permalink: true}}}}]
"""

_LASTING: dict[object, object] = dict(MkDocsConfig._schema)["plugins"].plugin_cache  # type: ignore[attr-defined]
_PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg"/>'

Edit = Mapping[str, bytes | None]


@st.composite
def edits(draw: Draw) -> Edit:
    """Draw what one edit makes of some files below the docs folder: nothing, where it takes one away or renames it.

    One that is to be as it was has its first text.
    """
    files = texts(GROUND)
    paths = sorted(path for path in files if path.startswith("docs/"))
    path = draw(st.sampled_from(paths))
    kind = draw(st.integers(0, 19))
    if kind == 0:
        return {path: None}
    new = f"docs/{draw(st.sampled_from(('new', 'threads/new', 'declarations/new', 'notes/new')))}.md"
    if kind == 1:
        return {new: files[path], path: draw(st.sampled_from((files[path], None)))}
    if kind == 2:
        return {new: None}
    if kind == 3:
        return {"docs/assets/mark.svg": draw(st.sampled_from((_PICTURE, _PICTURE + b"\n", None)))}
    if kind < 8:
        return {path: files[path]}
    mutant = draw(mutants().filter(lambda mutant: mutant.seed.ground == GROUND))
    return {path: text for path, text in mutant.files.items() if path.startswith("docs/")}


class Site:
    """A site that is kept in step with its folder, as a server does it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.place = home / "served"
        config = self._config()
        config.plugins.on_startup(command="serve", dirty=False)
        self.live = Live(config.plugins["edition"], self.whole)  # type: ignore[arg-type]
        self.live.watched = (str(home / "docs"),)
        self.wholes = 0
        self.whole(config)
        self.live.seen = stamps(self.live.watched)

    def _config(self) -> MkDocsConfig:
        return load_config(str(self.home / "mkdocs.yml"), site_dir=str(self.place))

    def whole(self, config: MkDocsConfig | None = None) -> None:
        """Have MkDocs build it."""
        self.wholes += 1
        build(config or self._config(), serve_url=_ADDRESS)

    def edit(self, files: Edit) -> None:
        """Write files, and make anew what that alters."""
        write(self.home, files)
        self.live.build()

    def differences(self) -> Iterator[str]:
        """Yield the files that a build of the folder makes otherwise, the search index aside.

        It begins without the cache that the server has used and filled.
        """
        shutil.rmtree(self.home / ".cache", ignore_errors=True)
        other = self.home / "built"
        with patch.dict(_LASTING, clear=True):  # MkDocs hands the plugin of a server on
            config = load_config(str(self.home / "mkdocs.yml"), site_dir=str(other))
            config.plugins.on_startup(command="build", dirty=False)
            build(config)
        one, two = _contents(self.place), _contents(other)
        for path in sorted(one.keys() | two.keys()):
            if path.partition("/")[0] != "search" and one.get(path) != two.get(path):
                yield path


def _contents(site: Path) -> Mapping[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


@contextmanager
def served(more: str = "", files: Edit = MappingProxyType({})) -> Iterator[Site]:
    """Give a site of the invented collection, with more in its configuration; no index is made of it."""
    quiet, level = logging.getLogger("mkdocs"), logging.getLogger("mkdocs").level
    quiet.setLevel(logging.CRITICAL)
    try:
        with TemporaryDirectory(prefix="laws-") as folder, patch("macros.plugin.Indexing", Mock()):
            home = Path(folder)
            write(home, {**texts(GROUND), **files})
            (home / "mkdocs.yml").write_text(_CONFIG + more, "utf-8")
            yield Site(home)
    finally:
        quiet.setLevel(level)


@law(st.lists(edits(), min_size=EDITS, max_size=EDITS), few=SEQUENCES)
def test_site_that_is_kept_in_step_is_the_site_that_is_built(sequence: list[Edit]) -> None:
    """The same bytes, whatever was edited before."""
    with served() as site:
        for edit in sequence:
            site.edit(edit)
        for path in site.differences():
            raise BreachError("what is served is not what a build makes", path)


def test_what_is_said_in_a_text_or_on_a_source_makes_no_whole_build_due() -> None:
    """Nor do mistakes, or another title."""
    with served() as site:
        before = site.wholes
        for path in ("docs/notes/all-hours.md", "docs/commentary/all-hours.md", "docs/bibliography.bib"):
            for more in (b"\nMore.\n", b"\n{{ faulty( }}\n"):
                site.edit({path: texts(GROUND)[path] + more})
        path = "docs/declarations/ferry-2004.md"
        site.edit({path: texts(GROUND)[path].replace(b"title: ", b"title: Another ", 1)})
        assert [*site.differences()] == []
        assert site.wholes == before


def test_files_that_come_and_go_make_no_whole_build_due() -> None:
    """Nor do pictures, nor another name."""
    text, picture = b"# More\n\nSee [the hours](commentary/all-hours.md).\n", "docs/assets/mark.svg"
    with served() as site:
        before = site.wholes
        for edit in (
            {"docs/more.md": text},
            {"docs/deep/er.md": text.replace(b"(", b"(../"), "docs/more.md": None},
            {picture: _PICTURE},
            {picture: _PICTURE + b"\n"},
            {picture: None},
            {"docs/threads/more.md": texts(GROUND)["docs/threads/hours.md"], "docs/deep/er.md": None},
            {"docs/threads/more.md": None},
        ):
            site.edit(edit)
            if "docs/deep/er.md" in edit:  # come, and gone again
                assert [*site.differences()] == []
        assert [*site.differences()] == []
        assert site.wholes == before


def test_what_a_page_is_rendered_to_is_taken_from_the_cache_wherever_files_come() -> None:
    with served() as site:
        for name in ("one", "two"):
            with patch.object(Markdown, "convert", autospec=True, side_effect=Markdown.convert) as converted:
                site.edit({f"docs/{name}.md": b"# More\n\nText.\n"})
            assert converted.call_count == 1
        assert site.wholes == 1


def test_a_page_takes_the_place_of_the_way_to_it() -> None:
    text = texts(GROUND)["docs/people.md"]
    moved = text.replace(b"---\n", b"---\nformerly: [people/]\n", 1)
    with served() as site:
        site.edit({"docs/people.md": None, "docs/persons.md": moved})
        site.edit({"docs/people.md": text, "docs/persons.md": None})
        assert [*site.differences()] == []


def test_a_draft_is_marked_once() -> None:
    with served("draft_docs: draft.md\n") as site:
        site.edit({"docs/draft.md": b"# Draft\n\nText.\n"})
        for word in (b"Other", b"New"):
            path = "docs/people.md"
            site.edit({path: texts(GROUND)[path].replace(b"title: People", b"title: %s people" % word)})
        assert (site.place / "draft" / "index.html").read_text("utf-8").count("mkdocs-draft-marker") == 1


def test_with_a_hook_all_is_built() -> None:
    with served("hooks: [hook.py]\n", {"hook.py": b""}) as site:
        site.edit({"docs/more.md": b"# More\n\nText.\n"})
        assert site.wholes == 2


def test_a_mistake_that_has_all_built_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    with served() as site:
        logging.getLogger("mkdocs").setLevel(logging.INFO)
        site.edit({"docs/chronology.md": None, "docs/people.md": b"# People\n\n{{ nowhere() }}\n"})
        assert site.wholes == 2
        assert sum("nowhere" in record.getMessage() for record in caplog.records) == 1


def test_styles_and_scripts_make_no_whole_build_due() -> None:
    with served() as site:
        own = site.home / "own"
        shutil.copytree(ROOT / "overrides", own)
        config = site.home / "mkdocs.yml"
        config.write_text(_CONFIG.replace(str(ROOT / "overrides"), str(own)), "utf-8")
        site.live.watched = (*site.live.watched, str(own))
        site.whole()
        site.live.seen, before = stamps(site.live.watched), site.wholes
        for path in ("assets/styles/frame.css", "assets/tooltip.js"):
            with (own / path).open("a", encoding="utf-8") as file:
                file.write("/*! another */\n")
            site.live.build()
        assert [*site.differences()] == []
        assert site.wholes == before
        with (own / "frame.html").open("a", encoding="utf-8") as file:
            file.write("{# another #}\n")
        site.live.build()
        assert site.wholes == before + 1
