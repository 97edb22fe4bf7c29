"""The MkDocs adapter: says when.  It loads and checks the edition, keeps its data out of the site, and reports."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import Any, cast

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

from macros.check import by_page, check
from macros.edition import Edition, is_data
from macros.export import FORMATS, citations, export, key, records
from macros.extension import EditionExtension
from macros.foot import foot
from macros.loading import load
from macros.metadata import HOME, describe, metadata
from macros.problem import Problem
from macros.site import Site

_log = get_plugin_logger("edition")


class EditionConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin has no options: what there is to say is said in the Markdown."""


class EditionPlugin(BasePlugin[EditionConfig]):  # type: ignore[no-untyped-call]
    """Publishes an annotated edition."""

    edition: Edition
    extension: EditionExtension
    site: Site

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load and check the edition, and report every problem before anything is rendered."""
        docs = Path(config.docs_dir)
        shown = os.path.relpath(docs, Path(config.config_file_path).parent if config.config_file_path else Path.cwd())
        gc.disable()  # a large edition is made here, none of it garbage
        try:
            self.edition = load(docs, Path(shown).as_posix())
            problems = check(self.edition)
        finally:
            gc.enable()
        for problem in problems:
            self._report(problem)
        self.extension = EditionExtension(self.edition, by_page(self.edition, problems), self._report)
        config.markdown_extensions.append(self.extension)  # type: ignore[arg-type]
        return config

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Keep data files out of the site, and learn the addresses of its pages."""
        for file in files:
            if is_data(file.src_uri):
                file.inclusion = InclusionLevel.EXCLUDED
        urls = {file.src_uri: file.url for file in files.documentation_pages()}
        self.site = Site(
            config.site_name, config.site_description or "", config.site_url or "", config.repo_url or "", urls
        )
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
        document = self.edition.by_uri.get(source.uri)
        is_example = document is not None and document.front.example
        page.meta = {**source.front, **({"search": {"exclude": True}} if is_example else {})}
        if (description := describe(self.edition, source)) and source.uri != HOME:
            page.meta["description"] = description
        # A body without text would skip the extension, and with it the problems that it has to show.
        return source.body if source.body.strip() else f"# {page.file.name}"

    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the theme what a page says of itself, and its foot."""
        source = self.edition.pages.get(page.file.src_uri)
        if source is None:
            return context

        def link(target: str) -> str:
            return get_relative_url(self.site.urls.get(target, target), page.url)

        def edit(uri: str) -> str:
            # MkDocs knows the address of the page itself alone: that of another file differs by its path.
            before, _, after = (page.edit_url or "").rpartition(source.uri)
            return f"{before}{uri}{after}" if before else ""

        given = foot(self.edition, source, self.site, link=link, edit=edit)
        html = self.extension.templates.html("page_foot.html", given) if given else ""
        said = metadata(self.edition, source, self.site, page.meta.get("description") or self.site.description)
        cast("dict[str, Any]", context).update(metadata=said, foot=html)
        return context

    def on_post_build(self, /, *, config: MkDocsConfig) -> None:
        """Write the citations of every page that is cited."""
        folders = set()
        for source in self.edition.pages.values():
            cited = key(self.edition, source)
            if not cited or source.uri not in self.site.urls:
                continue
            found = list(records(self.edition, source, self.site))
            for ending in FORMATS:
                path = Path(config.site_dir, citations(cited, ending))
                if path.parent not in folders:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    folders.add(path.parent)
                path.write_bytes(export(found, ending).encode())

    def on_serve(self, server: Any, /, *, config: MkDocsConfig, builder: Any) -> Any:
        """Rebuild when a template changes; the docs folder is watched already."""
        server.watch(str(self.extension.templates.folder))
        return server

    @staticmethod
    def _report(problem: Problem) -> None:
        _log.warning("%s", problem)
