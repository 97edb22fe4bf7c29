"""Rendering: a page of MkDocs made from its sheet, or taken from the cache if the same sheet was rendered before.

MkDocs' `Page.render` sets five values.  They follow from the sheet, the options of Markdown, and the addresses that the
page's links lead to, which MkDocs itself is asked for again.  A page that anything was said of while it was rendered is
not kept: so everything is said each time.
"""

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page, _RelativePathTreeprocessor
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
            sheet(uris[len(uris) // 2])  # so that what all pages have in common is not computed by each worker
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
        made = sheet() if sheet else None
        key = digest((self.version, uri.encode(), repr(made).encode())) if cache else ""
        if cache and self._take(page, cache.get(key), files):
            return key
        problems: list[Problem] = []
        extension: Any = EditionExtension(made, self.templates, problems.append)
        given = config.markdown_extensions
        config.markdown_extensions = [*given, extension]
        try:
            with _heard("mkdocs") as said:
                page.render(config, files)
        finally:
            config.markdown_extensions = given
        for problem in problems:
            self.report(problem)
        if not cache or said or problems:
            return ""
        cache.put(key, json.dumps(_kept(page, extension)).encode())
        return key

    def _take(self, page: Page, entry: bytes | None, files: Files, *, is_tried: bool = False) -> bool:
        """Set what was kept of a page, if anything was and its links still lead where they led, as a worker tried."""
        try:
            kept = json.loads(entry or b"")
        except ValueError:
            return False
        if not is_tried:
            links = _RelativePathTreeprocessor(page.file, files, self.config)
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
