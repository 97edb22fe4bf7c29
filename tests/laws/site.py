"""The site in this process: a folder checked, and its pages rendered by MkDocs as a build does it."""

import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import Mock, patch

import jinja2
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from macros.checks.navigation import check_navigation
from macros.checks.run import check
from macros.derived.leaves import made_pages
from macros.model.edition import Edition
from macros.model.loading import Known, load
from macros.plugin import EditionPlugin
from macros.site.addresses import Site
from macros.text.file import TextFile
from macros.text.problem import Problem
from tests.invented import MACROS, TEMPLATES
from tests.laws.seeds import laid_out
from tests.sites import TOWNS

_OURS = "edition: "
"""How MkDocs begins what the plugin says."""


@dataclass
class Build:
    """A build of a ground's folder: begun, so that single pages can be rendered; `said` are warnings and errors."""

    home: Path
    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: jinja2.Environment
    plugin: EditionPlugin
    said: list[str]

    @property
    def edition(self) -> Edition:
        """The edition that is built."""
        return self.plugin.edition

    @property
    def problems(self) -> set[str]:
        """What the check says of the edition, and of the configuration."""
        return {str(problem) for problem in (*check(self.edition), *check_navigation(self.edition, self.home / "docs"))}

    @property
    def site(self) -> Site:
        """What is known of the site as a whole."""
        return self.plugin.site

    def text(self, uri: str) -> TextFile | None:
        """Return the text of a page, which someone or the edition wrote."""
        return self.edition.pages.get(uri) or made_pages(self.edition).get(uri)

    @property
    def uris(self) -> tuple[str, ...]:
        """The pages, those included that the edition makes by itself."""
        return tuple(file.src_uri for file in self.files.documentation_pages())

    def page(self, uri: str) -> Page:
        """Return a page with its content rendered."""
        file = self.files.src_uris[uri]
        page = file.page or Page(None, file, self.config)
        _populate_page(page, self.config, self.files)
        return page

    def whole(self, page: Page) -> str:
        """Return the page with the theme around it, as it is published."""
        _build_page(page, self.config, self.files.documentation_pages(), self.nav, self.env)
        return Path(page.file.abs_dest_path).read_text("utf-8")

    def follow(self, pages: Iterable[Page]) -> None:
        """Ask whether the links of pages lead to a passage; what leads to a page that was not rendered is left out."""
        for page in pages:
            page.validate_anchor_links(files=self.files, log_level=self.config.validation.links.anchors)


def read(home: Path, known: Known | None = None) -> Edition:
    """Return the edition in a folder; unless it is said what is known, files that are as they were are not read anew."""
    return load(home / "docs", macros=MACROS, known=_read(home) if known is None else known)


@cache
def _read(home: Path) -> Known:
    return {}


def checked(edition: Edition, home: Path) -> tuple[Problem, ...]:
    """Return the problems of the edition in a folder, as the command does."""
    return tuple(sorted((*check(edition), *check_navigation(edition, home / "docs"))))


@cache
def _configuration(ground: str) -> tuple[MkDocsConfig, tuple[Any, ...], jinja2.Environment, Files]:
    """Return the site's configuration for a ground, its Markdown extensions without ours, the theme's templates and files."""
    home = laid_out(ground)
    os.environ |= {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1700000000"}
    config = load_config(str(TOWNS), docs_dir=str(home / "docs"), site_dir=str(home / "site"),
                         site_url="https://edition.example/")  # fmt: skip
    if ground != "towns":
        config.nav = None
    config.plugins.on_startup(command="build", dirty=False)
    env, files = config.theme.get_env(), Files(())
    files.add_files_from_theme(env, config)
    return config, tuple(config.markdown_extensions), env, files


@contextmanager
def building(ground: str) -> Iterator[Build]:
    """Begin a build of what stands in a ground's folder, as `mkdocs build` does."""
    config, extensions, env, of_the_theme = _configuration(ground)
    home = laid_out(ground)
    said: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage().removeprefix(_OURS))

    listener, log = Listener(logging.WARNING), logging.getLogger("mkdocs")
    log.addHandler(listener)
    try:
        config.markdown_extensions, config.docs_dir = list(extensions), str(home / "docs")
        config.extra.pop("feed", None)
        with patch("macros.plugin._lasting", nullcontext):  # half of the time would go into what makes one build fast
            config = config.plugins.on_config(config)
        plugin = config.plugins["edition"]
        assert isinstance(plugin, EditionPlugin)
        plugin.templates = TEMPLATES
        files = get_files(config)
        for file in of_the_theme:
            if file.src_uri not in files.src_uris:
                files.append(file)
        with patch("macros.plugin.Indexing", Mock()):  # it is another process, and no page
            files = config.plugins.on_files(files, config=config)
        set_exclusions(files, config)
        nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
        if not plugin.scripts:  # the theme's, whatever the texts
            env = config.plugins.on_env(env, config=config, files=files)
        yield Build(home, config, files, nav, env, plugin, said)
    finally:
        log.removeHandler(listener)
