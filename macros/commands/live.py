"""Keeping a served site in step: when texts change, what they alter is made anew, and nothing else.

MkDocs can only build a whole site.  Here what the last build has made is kept, with what each page was made of: its
sheet, and what its head and footer say.  After a change the edition is taken in anew, what has read nothing of it is
kept (`text.kept`), and only pages whose sheet differs are rendered: what is served is what a build would make, and no
list says what depends on what.  Where files come or go, or are called otherwise, files and navigation are laid out
anew as a build does it.  What else a site is made from, its templates above all, is left to MkDocs.
"""

import gc
import logging
import os
import threading
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from mkdocs.commands.build import _build_page, _build_theme_template, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files, InclusionLevel, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page
from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserverVFS

from ..derived.search import Record
from ..model.layout import BIBLIOGRAPHY, WITNESS
from ..site.indexing import BUNDLE, Indexing, IndexingError
from ..site.navigation import listed
from ..text.fault import explain
from .theming import is_plain

TEXTS = (".md", WITNESS, BIBLIOGRAPHY)
"""How the names of files end that the edition is read from; where only these change, MkDocs is not asked."""

QUIET = 0.02  # seconds without a change after which it is taken for done: editors write a file in several steps
REST = 1.0  # seconds without an edit after which the search index is begun
FOLLOWING = "search"  # the name of the thread in which that is done
INTERVAL = 2.0  # seconds between two looks at the files, since not every system tells of changes

_CHANGES = (FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent)
_log = logging.getLogger("mkdocs.plugins.edition")

Begun = tuple[Indexing, tuple[Record, ...]]
"""A search index that a build has begun, with its records."""


class Maker(Protocol):
    """What makes the parts of a site: the plugin, which says what each method is."""

    made: "Made"

    def take_in(self, config: MkDocsConfig) -> None: ...  # noqa: D102
    def tell(self) -> None: ...  # noqa: D102
    def shape(self) -> "Shape": ...  # noqa: D102
    def published(self, files: Files, config: MkDocsConfig) -> Files: ...  # noqa: D102
    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation: ...  # noqa: D102
    def composed(self) -> Mapping[str, Any]: ...  # noqa: D102
    def beside(self, page: Page) -> Any: ...  # noqa: D102
    def plain(self, uri: str) -> str: ...  # noqa: D102
    def others(self) -> Mapping[str, bytes]: ...  # noqa: D102
    def found(self) -> tuple[Record, ...]: ...  # noqa: D102
    def begin_indexing(self, bundle: Path) -> Indexing: ...  # noqa: D102


class Shape(NamedTuple):
    """What is no page's own: the files that are published, the day of the last change, what only a build can change."""

    files: Any
    fixed: Any


@dataclass
class Made:
    """What a build has made: MkDocs' own things, and what everything else was made of.

    `titled` are the paths of pages whose titles the configuration gives.  By path, `sheets` are what each page and each
    plain table was composed to, `said` what a page says beside its text; `written` are files that MkDocs does not know,
    by their paths below the site's root.  `records` are what the search index is of, if there is one, and `begun` is
    one that a build has begun, until somebody waits for it.
    """

    config: MkDocsConfig
    files: Files
    nav: Navigation
    titled: frozenset[str]
    env: Any = None
    shape: Shape | None = None
    sheets: Mapping[str, Any] = field(default_factory=dict)
    said: Mapping[str, Any] = field(default_factory=dict)
    written: Mapping[str, bytes] = field(default_factory=dict)
    records: tuple[Record, ...] | None = None
    begun: Begun | None = None

    def remember(self, maker: Maker, indexing: Indexing | None) -> None:
        """Take in what a whole build has made, and the search index that it has begun."""
        self.begun = (indexing, maker.found()) if indexing else None
        self.shape, self.sheets = maker.shape(), maker.composed()
        self.said = {page.file.src_uri: maker.beside(page) for page in self.pages()}
        self.written = maker.others()

    def pages(self) -> list[Page]:
        """Return the pages that are served."""
        served = self.files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
        return [file.page for file in served if file.page]


class _Was(NamedTuple):
    """What of a page is compared with what it becomes."""

    title: str | None
    anchors: Any
    content: str | None


class Live:
    """The builder of a server: it makes in part what can be, and has a whole build made of all else."""

    def __init__(self, maker: Maker, whole: Callable[[], None]) -> None:
        self.maker = maker
        self.whole = whole
        self.watched: tuple[str, ...] = ()
        self.seen: Mapping[str, tuple[int, ...]] = {}
        self.builds = 0
        self.indexing: Indexing | None = None
        self.ending = threading.Event()

    def takes_over(self, server: LiveReloadServer, more: Iterable[str]) -> None:
        """Let a server build by this, and tell it of changes at once; `more` is what it is going to watch too."""
        watched = [path for path, times in server._watched_paths.items() for _ in range(times)]
        self.watched = tuple(dict.fromkeys(str(Path(path).absolute()) for path in (*watched, *more)))
        self.seen = stamps(self.watched)
        gc.freeze()  # of what is kept nothing is garbage, and to look through it again and again takes its time
        for path in watched:
            server.unwatch(path)
        server.builder, server.build_delay = self.step, QUIET
        server.observer = _observer(self.watched)
        for path in watched:
            server.watch(path)

        def look() -> None:
            while not server._shutdown:
                time.sleep(INTERVAL)
                if stamps(self.watched) != self.seen:
                    with server._rebuild_cond:
                        server._want_rebuild = True
                        server._rebuild_cond.notify_all()

        threading.Thread(target=look, daemon=True).start()
        self._search()

    def build(self) -> None:
        """Make the site what the files are now."""
        begun, before = time.monotonic(), self.seen
        self.seen = stamps(self.watched)
        changed = {path for path, _ in before.items() ^ self.seen.items()}
        made: int | None = None
        if not self.maker.made.config.strict and is_plain(self.maker.made.config):
            try:
                made = self._in_part(changed)
            except Exception:  # what went wrong goes wrong in a whole build too, and is said there
                _log.info("What has changed could not be made alone.")
                _log.debug("in part", exc_info=True)
        if made is None:
            self.whole()
            gc.freeze()
            return
        _log.info(
            "Made anew in %.2f seconds: %d of %d pages", time.monotonic() - begun, made, len(self.maker.made.pages())
        )

    def step(self) -> None:
        """Make the site what the files are now, and have the search follow in the background."""
        self.builds += 1
        if self.indexing:
            self.indexing.give_up()  # what it is made of is no more
        self.build()
        self._search()

    def end(self) -> None:
        """Have no index made any more, and wait until none is."""
        self.builds += 1
        self.ending.set()
        if self.indexing:
            self.indexing.give_up()
        for thread in threading.enumerate():
            if thread.name == FOLLOWING:
                thread.join()

    def _search(self) -> None:
        made = self.maker.made
        begun, made.begun = made.begun, None
        if begun:
            self.indexing = begun[0]
        threading.Thread(name=FOLLOWING, target=self._index, args=(self.builds, begun), daemon=True).start()

    def _in_part(self, changed: Collection[str]) -> int | None:
        """Make anew what differs; return the number of pages, or nothing where that is left to a whole build."""
        maker, before = self.maker, self.maker.made
        config, shape = before.config, before.shape
        known = {file.abs_src_path for file in before.files}
        loaded = {template.filename for template in before.env.cache.values()}  # by what is shown already
        other = [path for path in changed if not path.endswith(TEXTS) and (path not in known or path in loaded)]
        beside = [path for path in other if not path.startswith(f"{config.docs_dir}{os.sep}")]
        if shape is None or not all(_is_own(path, config) and path not in loaded for path in beside):
            return None
        before.shape = None  # until all is made, nothing that is kept can be relied on
        maker.take_in(config)
        now = maker.shape()
        if now.fixed != shape.fixed:
            return None
        is_laid_out = bool(beside) or now.files != shape.files
        was = {page.file.src_uri: _Was(page.title, page.present_anchor_ids, page.content) for page in before.pages()}
        made = self._laid_out() if is_laid_out else before
        for file in made.files:
            if file.abs_src_path in changed and not file.is_documentation_page():
                file.copy_file()
        sheets, made.sheets = before.sheets, maker.composed()
        said = before.said
        altered = {uri for uri, sheet in made.sheets.items() if sheet != sheets.get(uri)}
        pages = {page.file.src_uri: page for page in made.pages()}
        self._render([page for uri, page in pages.items() if is_laid_out or uri in altered], altered - pages.keys())
        is_renamed = any(uri in was and page.title != was[uri].title for uri, page in pages.items())
        made.said = {uri: maker.beside(page) for uri, page in pages.items()}
        # Titles may stand on any other page, as its navigation has them.
        altered |= {uri for uri, beside in made.said.items() if is_renamed or beside != said.get(uri)}
        if is_laid_out:
            is_led_otherwise = listed(made.nav.items) != listed(before.nav.items)
            altered |= {
                uri for uri in pages if is_led_otherwise or uri not in was or pages[uri].content != was[uri].content
            }
        if is_renamed or is_laid_out:
            for template in config.theme.static_templates:
                _build_theme_template(template, made.env, made.files, config, made.nav)
        due = [page for uri, page in pages.items() if uri in altered]
        for page in due:
            content, excluded = page.content, page.file.inclusion.value <= InclusionLevel.DRAFT.value
            _build_page(page, config, [page.file for page in pages.values()], made.nav, made.env, excluded=excluded)
            page.content = content  # without the mark of a draft
        # Of a page that was not made anew nothing new is to be said, if all anchors are where they were.
        are_same = not is_laid_out and all(was[uri].anchors == page.present_anchor_ids for uri, page in pages.items())
        for page in due if are_same else pages.values():
            page.validate_anchor_links(files=made.files, log_level=config.validation.links.anchors)
        self._write()
        maker.tell()
        made.shape = now
        return len(due)

    def _render(self, pages: Iterable[Page], tables: Iterable[str]) -> None:
        """Have pages rendered as they are now, and plain tables written."""
        maker, made = self.maker, self.maker.made
        for page in pages:
            if page.file.src_uri not in made.titled:
                page.__dict__.pop("title", None)
            _populate_page(page, made.config, made.files)
        for uri in tables:
            if table := made.files.get_file_from_path(uri):
                table.content_string = maker.plain(uri)
                table.copy_file()

    def _laid_out(self) -> Made:
        """Lay files and navigation out anew, as a build does; what is new there is copied, what is gone taken away."""
        maker, before = self.maker, self.maker.made
        config = before.config
        files = Files([])
        files.add_files_from_theme(config.theme.get_env(), config)
        files = maker.published(files, config)
        set_exclusions(files, config)
        maker.on_nav(get_navigation(files, config), config=config, files=files)
        made = maker.made
        made.env, made.said, made.written, made.records = before.env, before.said, before.written, before.records
        for file in files.documentation_pages(inclusion=InclusionLevel.is_in_serve):
            file.page = file.page or Page(None, file, config)
        for file in files:
            old = before.files.get_file_from_path(file.src_uri)
            is_page = file.is_documentation_page() or file.src_uri in before.sheets
            if not is_page and (old is None or _content(file) != _content(old)):
                file.copy_file()
        for path in {file.abs_dest_path for file in before.files} - {file.abs_dest_path for file in files}:
            Path(path).unlink(missing_ok=True)
        return made

    def _write(self) -> None:
        """Write the files that MkDocs does not know, where they differ."""
        made, root = self.maker.made, Path(self.maker.made.config.site_dir)
        before, made.written = made.written, self.maker.others()
        for name in before.keys() - made.written.keys() - {file.dest_uri for file in made.files}:
            (root / name).unlink(missing_ok=True)
        for name, content in made.written.items():
            if content != before.get(name):
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_bytes(content)

    def _index(self, build: int, begun: Begun | None) -> None:
        """Have the search index made anew, if what is searched has changed, and put in the place of the one before.

        It takes its time and its memory: so it is begun when nothing has been edited for a while, and one at a time.
        """
        made = self.maker.made
        if begun:
            indexing, records = begun
            if self._is_finished(indexing, build):
                made.records = records
            return
        self.ending.wait(REST)
        records = self.maker.found() if build == self.builds else ()
        if build != self.builds or records == made.records:
            return
        _log.info("The search follows in the background.")
        self.indexing = self.maker.begin_indexing(Path(made.config.site_dir) / BUNDLE)
        if build != self.builds:
            self.indexing.give_up()
        if self._is_finished(self.indexing, build):
            made.records = records
            _log.info("The search is in step again.")

    def _is_finished(self, indexing: Indexing, build: int) -> bool:
        """Wait for an index; say whether it is made, and still due."""
        try:
            indexing.finish()
        except (IndexingError, OSError) as error:
            if build == self.builds:
                _log.warning("%s", explain(error) if isinstance(error, OSError) else error)
            return False
        return build == self.builds


def _is_own(path: str, config: MkDocsConfig) -> bool:
    """Say whether a path is that of a style or script of the collection's own part of the theme."""
    return path.startswith(f"{config.theme.custom_dir}{os.sep}") and path.endswith((".css", ".js"))


def _content(file: File) -> str | bytes:
    """Return what a file of the site is made from: its content, or where it is copied from."""
    return file.abs_src_path or file.content_bytes


def _observer(paths: Iterable[str]) -> Any:
    """Return what tells a server of changes below paths: at once, or soon where the system has no room for that.

    It follows no links of the file system, and does not tell of files that are only read.
    """
    observer: Any = Observer()
    observer.schedule = partial(observer.schedule, event_filter=list(_CHANGES))
    observer.start()
    try:
        for path in paths:
            observer.schedule(FileSystemEventHandler(), path, recursive=True)
    except OSError:
        observer.stop()
        return PollingObserverVFS(os.lstat, os.scandir, polling_interval=INTERVAL / 4)
    observer.start = lambda: None  # the server would start it again
    return observer


def stamps(paths: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
    """Return times, size and number of every file at or below some paths, and of every link, which is not followed."""
    files = [path for path in paths if not Path(path).is_dir()]
    for path in paths:
        for folder, folders, names in os.walk(path):
            links = [name for name in folders if Path(folder, name).is_symlink()]
            files += [f"{folder}{os.sep}{name}" for name in (*names, *links)]
    found = {}
    for path in files:
        with suppress(OSError):  # taken away, or being written, just now
            stat = os.lstat(path)
            found[path] = stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino
    return found
