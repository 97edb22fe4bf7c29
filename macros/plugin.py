"""The MkDocs adapter: says when.  It loads and checks the edition, keeps its data out of the site, and reports."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from macros.check import by_page, check
from macros.edition import Edition, is_data
from macros.export import FORMATS, citations, export
from macros.export import records as cited
from macros.extension import EditionExtension
from macros.indexing import BUNDLE, Indexing, IndexingError, Task
from macros.loading import load
from macros.problem import Problem
from macros.search import records

_log = get_plugin_logger("edition")


@contextmanager
def _lasting() -> Iterator[None]:
    """Keep what is made here out of the garbage collector's sight until the next build.

    An edition is a great many objects, none of them garbage: looking through them again and again would take the
    tenth part of a build.
    """
    gc.unfreeze()
    gc.collect()  # in `serve`, the build before this one
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


class EditionConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin has no options: what there is to say is said in the Markdown."""


class EditionPlugin(BasePlugin[EditionConfig]):  # type: ignore[no-untyped-call]
    """Publishes an annotated edition."""

    edition: Edition
    extension: EditionExtension
    indexing: Indexing | None = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load and check the edition, and report every problem before anything is rendered."""
        docs = Path(config.docs_dir)
        shown = os.path.relpath(docs, Path(config.config_file_path).parent if config.config_file_path else Path.cwd())
        with _lasting():
            self.edition = load(docs, Path(shown).as_posix())
            problems = check(self.edition)
        for problem in problems:
            self._report(problem)
        self.extension = EditionExtension(self.edition, by_page(self.edition, problems), self._report)
        config.markdown_extensions.append(self.extension)  # type: ignore[arg-type]
        return config

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Keep data files out of the site, add the citations of each document, and begin the search index."""
        for file in files:
            if is_data(file.src_uri):
                file.inclusion = InclusionLevel.EXCLUDED
        for document in self.edition.documents.values():
            page = files.get_file_from_path(document.source.uri)
            address = urljoin(config.site_url, page.url) if config.site_url and page else ""
            found = list(cited(self.edition, document, site=config.site_name, address=address))
            for ending in FORMATS:
                files.append(File.generated(config, citations(document.id, ending), content=export(found, ending)))
        self._begin_indexing(files, config)
        return files

    def on_page_read_source(self, /, *, page: Page, config: MkDocsConfig) -> str | None:
        """Give MkDocs the text as the edition read it, so that nothing is read or parsed twice."""
        source = self.edition.pages.get(page.file.src_uri)
        return source.body if source else None

    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Tell the extension which page comes, and give the text as the edition read it."""
        source = self.edition.pages.get(page.file.src_uri)
        self.extension.page = source
        if source is None:
            return markdown
        page.meta = dict(source.front)
        # A body without text would skip the extension, and with it the problems that it has to show.
        return source.body if source.body.strip() else f"# {page.file.name}"

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Wait for the search index; a site without one is still good to look at, but not to publish."""
        indexing, self.indexing = self.indexing, None
        if indexing:
            try:
                indexing.finish()
            except IndexingError as error:
                _log.warning("%s", error)

    def on_build_error(self, *, error: Exception) -> None:
        """Leave no index in the making behind."""
        if self.indexing:
            self.indexing.stop()

    def on_serve(self, server: Any, /, *, config: MkDocsConfig, builder: Any) -> Any:
        """Rebuild when a template changes; the docs folder is watched already."""
        server.watch(str(self.extension.templates.folder))
        return server

    def _begin_indexing(self, files: Files, config: MkDocsConfig) -> None:
        """Begin the search index, which is made while the pages are rendered."""
        addresses = {file.src_uri: file.url.removeprefix("./") for file in files.documentation_pages()}
        found = tuple(record for record in records(self.edition) if record.target.partition("#")[0] in addresses)
        theme = config.theme
        language = str(theme["language"]) if "language" in theme else "en"
        self.indexing = Indexing(Task(found, addresses, language, Path(config.site_dir) / BUNDLE))

    @staticmethod
    def _report(problem: Problem) -> None:
        _log.warning("%s", problem)
