"""Rendering: a page of MkDocs made from its sheet, or taken from the cache if the same sheet was rendered before.

MkDocs' `Page.render` sets five values.  They follow from the sheet, the options of Markdown, and the addresses that the
page's links lead to, which MkDocs itself is asked for again.  A page that anything was said of while it was rendered is
not kept: so everything is said each time.

What `Page.render` does is done here with one `Markdown` for all pages, which it would make anew for each.
"""

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import (
    Page,
    _ExtractAnchorsTreeprocessor,
    _ExtractTitleTreeprocessor,
    _RelativePathTreeprocessor,
)
from mkdocs.structure.toc import get_toc

from ..model.configuration import REPEATABLE
from ..page.extension import EditionExtension
from ..page.sheet import Sheet
from ..page.template import Templates
from ..text.cache import Cache, digest, engine
from ..text.problem import Problem
from .workers import helpers, shared

LIBRARIES = ("mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "pygments", "jinja2", "markupsafe")


class Rendering:
    """Renders the pages of one build.

    What only that shows to be wrong is handed to `report`; what pages were rendered to is kept in a folder, if any.
    """

    def __init__(
        self, config: MkDocsConfig, templates: Templates, report: Callable[[Problem], None], folder: Path | None
    ) -> None:
        self.config = config
        self.templates = templates
        self.report = report
        given = f"{[config.markdown_extensions, config.mdx_configs, config.use_directory_urls, config.validation]}"
        self.cache: Cache | None = None
        self.version = b""
        self.ready: dict[str, str] = {}
        self.idle: list[tuple[Markdown, EditionExtension, list[Problem]]] = []
        is_known = REPEATABLE.issuperset(map(str, config.markdown_extensions))
        if folder and is_known and " at 0x" not in given:  # a function, say
            self.cache = Cache(folder)
            self.version = f"{engine(LIBRARIES)} {templates.version} {given}".encode()

    def share(self, uris: Sequence[str], sheet: Callable[[str], Sheet], files: Files) -> None:
        """Have pages rendered by workers, where there is room for more than one, and left in the cache."""

        def task(at: int) -> bytes:
            file = files.get_file_from_path(uris[at])
            page = (file and file.page) or Page(None, file, self.config)  # type: ignore[arg-type]
            page.markdown = "&nbsp;"  # any text, in whose place the sheet's comes
            return self._render(page, partial(sheet, uris[at]), self.config, files).encode()

        workers = helpers(len(uris))
        if self.cache and workers:
            logging.getLogger("mkdocs.plugins.edition").info("%d processes render %d pages", workers, len(uris))
            for uri in uris[:: len(uris) // 8]:  # so that what pages have in common is not computed by each worker
                sheet(uri)
            found = shared(len(uris), task, len(digest(())), workers)
            self.ready = {uris[at]: key.decode() for at, key in found.items()}

    def takes(self, page: Page, sheet: Callable[[], Sheet] | None) -> None:
        """Have a page rendered from its sheet when MkDocs asks for that, once; without one from its own text."""
        page.render = partial(self._render, page, sheet)  # type: ignore[method-assign, assignment]

    def finish(self) -> None:
        """Keep the cache within its bounds."""
        if self.cache:
            self.cache.trim()

    def _render(self, page: Page, sheet: Callable[[], Sheet] | None, config: MkDocsConfig, files: Files) -> str:
        """Do it; return the key under which the page is kept, or nothing if it is not."""
        page.__dict__.pop("render", None)  # it was for once
        cache, uri = self.cache if sheet else None, page.file.src_uri
        key = self.ready.pop(uri, "")
        if cache and key and self._take(page, cache.get(key), files, is_tried=True):
            return key
        if sheet is None:
            given = config.markdown_extensions
            config.markdown_extensions = [*given, EditionExtension(None, self.templates)]  # type: ignore[list-item]
            try:
                page.render(config, files)
            finally:
                config.markdown_extensions = given
            return ""
        made = sheet()
        key = digest((self.version, uri.encode(), repr(made).encode())) if cache else ""
        if cache and self._take(page, cache.get(key), files):
            return key
        with _heard("mkdocs") as said:
            extension, problems = self._convert(page, made, files)
        for problem in problems:
            self.report(problem)
        if not cache or said or problems:
            return ""
        cache.put(key, json.dumps(_kept(page, extension)).encode())
        return key

    def _convert(self, page: Page, sheet: Sheet, files: Files) -> tuple[EditionExtension, Sequence[Problem]]:
        """Do what `Page.render` does; return the extension that has rendered the sheet, and what it found wrong.

        It looks for ids in HTML too, of which authors write none.
        """
        if self.idle:  # not one in which an error has left something
            markdown, extension, problems = self.idle.pop()
            problems.clear()
            markdown.reset()
            extension.takes(sheet)
        else:
            problems = list[Problem]()
            extension = EditionExtension(sheet, self.templates, problems.append)
            asked: list[Any] = [*self.config.markdown_extensions, extension]
            markdown = Markdown(extensions=asked, extension_configs=self.config.mdx_configs or {})
        anchors = _ExtractAnchorsTreeprocessor(page.file, files, self.config)
        links = _links(page, files, self.config)
        title = _ExtractTitleTreeprocessor()
        for step in (anchors, links, title):
            step._register(markdown)
        page.content = markdown.convert(page.markdown or "")
        page.toc = get_toc(extension.contents)  # type: ignore[arg-type]
        page._title_from_render = title.title
        page.present_anchor_ids = anchors.present_anchor_ids
        page.links_to_anchors = links.links_to_anchors
        if self.cache:  # with extensions that are known, of which none keeps what a text before has left
            self.idle.append((markdown, extension, problems))
        return extension, problems

    def _take(self, page: Page, entry: bytes | None, files: Files, *, is_tried: bool = False) -> bool:
        """Set what was kept of a page, if anything was and its links still lead where they led, as a worker tried."""
        try:
            kept = json.loads(entry or b"")
        except ValueError:
            return False
        if not is_tried:
            links = _links(page, files, self.config)
            with _heard("mkdocs.structure.pages", is_aloud=False) as said:
                leads = [links.path_to_url(asked) for asked, _ in kept["links"]]
            if said or leads != [answered for _, answered in kept["links"]]:
                return False
        page.content = kept["content"]
        page.toc = get_toc(kept["contents"])
        page._title_from_render = kept["title"]
        page.present_anchor_ids = set(kept["anchors"])
        found = ((files.src_uris.get(uri), anchors) for uri, anchors in kept["leads"].items())
        page.links_to_anchors = {file: anchors for file, anchors in found if file}
        return True


def _links(page: Page, files: Files, config: MkDocsConfig) -> _RelativePathTreeprocessor:
    """Return MkDocs' step that makes addresses of links: the paths by which it asks for files are in order already."""
    links = _RelativePathTreeprocessor(page.file, files, config)
    links.files = SimpleNamespace(get_file_from_path=files.src_uris.get)  # type: ignore[assignment]
    return links


def _kept(page: Page, extension: EditionExtension) -> dict[str, Any]:
    return {
        "content": page.content,
        "contents": extension.contents,
        "title": page._title_from_render,
        "anchors": sorted(page.present_anchor_ids or ()),
        "leads": {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()},
        "links": list(dict(zip(extension.asked, extension.answered, strict=True)).items()),
    }


class _Ear(logging.Handler):
    """Keeps what is said."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.said: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record)


@contextmanager
def _heard(name: str, *, is_aloud: bool = True) -> Iterator[Sequence[logging.LogRecord]]:
    """Give what a logger and those below it are told, in a list that grows; not aloud, nobody else hears of it."""
    log, ear = logging.getLogger(name), _Ear()
    before = log.propagate
    log.addHandler(ear)
    log.propagate = before and is_aloud
    try:
        yield ear.said
    finally:
        log.propagate = before
        log.removeHandler(ear)
