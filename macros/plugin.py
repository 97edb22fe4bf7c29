"""The MkDocs adapter: says when.  It loads and checks the edition, keeps its data out of the site, and reports."""

import gc
import logging
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape
from mkdocs.commands.build import get_context
from mkdocs.config.base import Config
from mkdocs.config.config_options import ListOfItems, Optional, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel, file_sort_key, set_exclusions
from mkdocs.structure.nav import Link, Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url, is_error_template

from .checks.run import check, sheet_of
from .commands.live import Live, Made, Shape
from .commands.rendering import Rendering
from .commands.resuming import checked
from .commands.serve import SUPERVISED
from .commands.theming import Theming
from .derived.chronology import all_placed
from .derived.leaves import made_pages
from .derived.search import Record, records
from .derived.uses import page_that
from .model.configuration import CONFIGURATION, USUAL
from .model.edition import Edition, kept
from .model.folder import published
from .model.layout import HOME, table_of
from .model.loading import Known, load
from .model.macro import Role
from .model.marks import ModuleError
from .model.name import Name
from .page.template import Templates
from .site.addresses import Site
from .site.assets import JOINED, STYLES, small
from .site.chronology import table
from .site.feed import FEED
from .site.footer import footer
from .site.indexing import BUNDLE, Indexing, IndexingError, Task
from .site.metadata import description, metadata, told
from .site.navigation import below
from .site.others import chooser, news_feed, nothing, others
from .site.policy import FILE as HEADERS
from .site.policy import headers, inline_scripts, letting, policy, under
from .site.repository import last_change, tracked
from .text.allowlist import address_fault, is_readable
from .text.cache import FOLDER
from .text.fault import explain
from .text.file import TextFile
from .text.kept import following
from .text.problem import Problem

_CONTACT = re.compile(r"https?://[^\s/]\S*|mailto:[^\s@]+@[^\s@]+")
_log = get_plugin_logger("edition")
_LAST = -100  # the priority of what is to come behind every other plugin
_BASE = "base-url-of-the-page"
"""Stands, in the theme's inline scripts, for the way from a page to the first one, by which alone they differ."""


@contextmanager
def _lasting() -> Iterator[None]:
    """Keep what is made here out of the garbage collector's sight until the next build.

    An edition is a great many objects, none of them garbage: looking through them again and again would take the
    tenth part of a build.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _targets(nav: object) -> Iterator[str]:
    """Yield what a navigation names."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, (dict, list)):
        for entry in nav.values() if isinstance(nav, dict) else nav:
            yield from _targets(entry)


@kept
def _beside(edition: Edition, uri: str, site: Site, url: str, edit_url: str) -> tuple[Any, Any] | None:
    """Return what the footer and the head of a page at an address say; nothing, where the page is not the edition's."""
    page = edition.pages.get(uri) or made_pages(edition).get(uri)
    if page is None:
        return None

    def link(target: str) -> str:
        return get_relative_url(site.urls.get(target, target), url)

    def edit(other: str) -> str:
        # MkDocs knows the address of the page itself alone: that of another file differs by its path.
        before, _, after = edit_url.rpartition(uri)
        return f"{before}{other}{after}" if before else ""

    said = metadata(edition, page, site, description(edition, page, site))
    return footer(edition, page, site, link=link, edit=edit), said


class EditionConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's options; all else is said in the Markdown."""

    editors = Optional(ListOfItems(Type((str, dict))))
    """Who answers for notes and comparisons, named as authors are in front matter; citations name them."""

    contact = Optional(Type(str))
    """Where they are reached without an account: an address on the web, or for mail."""


class EditionPlugin(BasePlugin[EditionConfig]):  # type: ignore[no-untyped-call]
    """Publishes an annotated edition."""

    edition: Edition
    docs: Path
    templates: Templates
    site: Site
    scripts: tuple[str, ...] = ()
    indexing: Indexing | None = None
    live: Live | None = None
    known: Known | None = None
    made: Made
    rendering: Rendering
    cached: Path | None

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Begin to keep what files were read as, if this is a server: of one with such a step it keeps the plugin."""
        self.known = {} if command == "serve" else None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load the edition."""
        os.umask(0o022)  # what is published is for everyone to read, whoever builds it
        if config.strict and not _log.isEnabledFor(logging.WARNING):
            # MkDocs does not count, and does not fail for, the warnings that it does not show.
            logging.getLogger("mkdocs").setLevel(logging.WARNING)
        for address in _targets(config.nav):
            if not is_readable(address):
                raise PluginError(f"nav of {CONFIGURATION}: {address_fault(address)}")
        named = {name.removeprefix("markdown.extensions.") for name in config.markdown_extensions}
        config.markdown_extensions += [name for name in USUAL if name not in named]
        self.docs = Path(config.docs_dir)
        # MkDocs would walk it anew and follow the links in it: it finds nothing, and is given the files when it asks.
        config.docs_dir = os.devnull
        self.templates = Templates()
        self.cached = Path(config.config_file_path).parent / FOLDER if config.config_file_path else None
        if self.cached and (found := tracked(self.cached.parent.parent, FOLDER)):
            is_link = (self.cached.parent.parent / found).is_symlink()
            who = "is or may be from the repository, where anyone could have put it"
            way = f"Delete the link {found}" if is_link else f"Say: git rm -r --cached {FOLDER}"
            _log.warning("%s %s; nothing is taken from there. %s", found, who, way)
            self.cached = None
        if self.known:  # the build before this one
            gc.unfreeze()
            gc.collect()
        try:
            with _lasting():
                self.take_in(config)
        except ModuleError as error:
            raise PluginError(str(error)) from None
        return config

    def take_in(self, config: MkDocsConfig) -> None:
        """Load the edition; a server keeps what is as it was before."""
        home = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        shown = Path(os.path.relpath(self.docs, home)).as_posix()
        more: dict[str, Any] = {"editors": self._editors(), "contact": self._contact()}
        if self.known is None:
            self.edition = checked(self.docs, shown, self.cached, **more)
            return
        macros = self.edition.macros if self.known else None  # a server has those that it began with
        edition = replace(load(self.docs, shown, macros, known=self.known), **more)
        self.edition = following(edition, getattr(self, "edition", None))

    def tell(self) -> None:
        """Report what is wrong with the edition."""
        if not self.edition.pages:
            _log.warning("no page stands in %s, not even '%s', the first of all", self.docs, HOME)
        for problem in check(self.edition):
            self._report(problem)

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Give MkDocs the files that may be published, and tell every problem before a page is made.

        The search index is begun first, since it takes the longest and needs another core.
        """
        files = self.published(files, config)
        self.indexing = self.begin_indexing(Path(config.site_dir) / BUNDLE)
        with _lasting():
            self.tell()
        return files

    def published(self, files: Files, config: MkDocsConfig) -> Files:
        """Return the theme's files with those that may be published, and learn the addresses of pages."""
        config.docs_dir = str(self.docs)
        for uri in published(self.edition.paths - self.edition.refused):
            if uri not in files.src_uris:  # what the theme brings is not an author's to replace
                files.append(File(uri, config.docs_dir, config.site_dir, config.use_directory_urls))
        own = f"{config.theme.custom_dir}{os.sep}"  # where there is none, nothing begins so
        for file in files:
            if (file.abs_src_path or "").startswith(own) and file.src_uri.endswith((".css", ".js")):
                file.content_string = small(file.src_uri, file.content_string)
        if parts := [part for uri in STYLES if (part := files.get_file_from_path(uri))]:
            files.append(File.generated(config, JOINED, content="".join(part.content_string for part in parts)))
            for part in parts:
                files.remove(part)
        if self.known:  # not what is no more
            there = {self.docs / uri for uri in self.edition.paths}
            self.known = {path: read for path, read in self.known.items() if path in there}
        files = Files(sorted(files, key=file_sort_key))
        set_exclusions(files, config)
        for uri, text in made_pages(self.edition).items():
            level = InclusionLevel.NOT_IN_NAV if uri.endswith(".md") else InclusionLevel.INCLUDED
            files.append(File.generated(config, uri, content=text.body, inclusion=level))
        urls = {file.src_uri: file.url for file in files.documentation_pages()}
        site = Site(
            config.site_name,
            config.site_description or "",
            config.site_url or "",
            config.repo_url or "",
            urls,
            last_change(Path(config.docs_dir)),
        )
        if site != getattr(self, "site", None):  # by which a server knows what it has computed
            self.site = site
        if made := news_feed(self.edition, self.site):
            files.append(File.generated(config, FEED, content=made))
            config.extra["feed"] = FEED
        if placed := all_placed(self.edition):  # so that links to it are found; `others` writes it anew
            files.append(File.generated(config, table_of(placed[0][0]), content=table(self.edition, self.site)))
        theme = config.theme
        self.language = str(theme["language"]) if "language" in theme else "en"
        return files

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Make HTML of the titles in the navigation: the theme prints them as they stand."""
        for item in below(nav.items):
            if item.title is not None:
                item.title = escape(item.title)
            if isinstance(item, Link) and (fault := address_fault(item.url)):
                item.url = ""
                _log.warning("%s: in the navigation %s", CONFIGURATION, fault)
        titled = frozenset(page.file.src_uri for page in nav.pages if page.title is not None)
        self.made = Made(config, files, nav, titled)
        self.rendering = Rendering(config, self.templates, self._report, self.cached)
        if self.known is None:
            built = [file.src_uri for file in files.documentation_pages(inclusion=InclusionLevel.is_included)]
            ours = [uri for uri in built if uri in self.edition.pages or uri in made_pages(self.edition)]
            self.rendering.share(ours, partial(sheet_of, self.edition), files)
        return nav

    def on_page_read_source(self, /, *, page: Page, config: MkDocsConfig) -> str | None:
        """Give MkDocs the text as the edition read it, so that nothing is read or parsed twice."""
        text = self._text(page)
        return text.body if text else None

    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Have the page rendered from its sheet, and give the text as the edition read it."""
        text = self._text(page)
        self.rendering.takes(page, partial(sheet_of, self.edition, text.uri) if text else None)
        if text is None:
            return markdown
        said = told(self.edition, text.uri, self.site)
        page.meta = {key: escape(value) if isinstance(value, str) else value for key, value in said.items()}
        # A body without text would skip the extension, and with it the problems that it has to show.
        return text.body if text.body.strip() else f"# {page.file.name}"

    def on_page_content(self, html: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Make HTML of a page's title, be it of its first heading or of its file's name."""
        if not isinstance(page.title, Markup):
            page.title = escape(unescape(page.title or ""))
        return html

    def on_env(self, env: Any, /, *, config: MkDocsConfig, files: Files) -> Any:
        """Learn the theme's inline scripts, write the plain tables, comparisons without the theme's page, and theme."""
        blank = Page("", File("blank.md", None, config.site_dir, use_directory_urls=False), config)
        blank.content = ""
        theming = Theming(
            config,
            self.made.nav,
            self.shown_beside,
            None if self.known is not None else self.rendering.cache,
            self.rendering.version,
        )
        theming.takes(env)
        context = {**get_context(Navigation([], []), Files([]), config, blank), "base_url": _BASE}
        self.scripts = inline_scripts(env.get_template("main.html").render(context))
        for uri in made_pages(self.edition):
            file = files.get_file_from_path(uri)
            if file and not uri.endswith(".md"):
                file.content_string = self.plain(uri)
        self.made.env = env
        built = files.documentation_pages(inclusion=InclusionLevel.is_included)
        theming.share([file.page for file in built if file.page], env)
        return env

    def plain(self, uri: str) -> str:
        """Return the HTML of a plain table.

        Its links are those of a page in its place, whatever form the site's addresses have.
        """
        text, config = made_pages(self.edition)[uri], self.made.config
        back = partial(chooser, self.edition, self.site, get_relative_url)
        place = File(uri.replace(".html", ".md"), None, config.site_dir, use_directory_urls=False)
        page = Page("", place, config)
        self.rendering.takes(page, partial(sheet_of, self.edition, text.uri))
        page.markdown = text.body
        page.render(config, self.made.files)
        data = {
            "title": text.front["title"],
            "content": page.content,
            "language": self.language,
            "styles": [get_relative_url(JOINED, place.url)],
            "back": back(place.url),
            "moved": back(place.url, uri) if uri in nothing(self.edition) else "",
        }
        return under(policy(), self.templates.document("pair.html", data))

    def shown_beside(self, page: Page) -> Mapping[str, Any]:
        """Return what the theme is given beside a page."""
        beside = self.beside(page)
        if beside is None:
            return {}
        foot, said = beside
        return {"metadata": said, "foot": self.templates.html("page_footer.html", foot) if foot else ""}

    def beside(self, page: Page) -> tuple[Any, Any] | None:
        """Return what the footer and the head of a page say, which is not in its text."""
        return _beside(self.edition, page.file.src_uri, self.site, page.url, page.edit_url or "")

    @event_priority(_LAST)
    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Put a page under its policy."""
        return under(self._policy(get_relative_url(".", page.url)), output)

    @event_priority(_LAST)
    def on_post_template(self, output_content: str, /, *, template_name: str, config: MkDocsConfig) -> str:
        """Put a page of the theme's own under its policy."""
        if not template_name.endswith(".html"):
            return output_content
        base = _root(config) if is_error_template(template_name) else get_relative_url(".", template_name)
        return under(self._policy(base), output_content)

    def on_post_build(self, /, *, config: MkDocsConfig) -> None:
        """Write what is published beside pages, and wait for the search index."""
        indexing, self.indexing = self.indexing, None
        if self.known is not None:
            self.made.remember(self, indexing)
        beside = {Path(config.site_dir, name): content for name, content in self.others().items()}
        for folder in {path.parent for path in beside}:
            folder.mkdir(parents=True, exist_ok=True)
        for path, content in beside.items():
            path.write_bytes(content)
        self.rendering.finish()
        if indexing and self.known is None:  # a server does not wait for it
            try:
                indexing.finish()
            except IndexingError as error:  # a site without one is still good to look at, but not to publish
                _log.warning("%s", error)

    def on_build_error(self, *, error: Exception) -> None:
        """Leave no index in the making behind, and say what the system refused, as on a full disk, in a sentence."""
        if self.indexing:
            self.indexing.stop()
        if isinstance(error, OSError):
            raise Abort(f"The site could not be built: {explain(error)}.")

    def on_serve(self, server: Any, /, *, config: MkDocsConfig, builder: Any) -> Any:
        """Rebuild when a template changes, and let the server's script run, which loads pages anew.

        The docs folder is watched already, the configuration by `serving`.
        """
        inject = server._inject_js_into_html

        def injecting(content: bytes, epoch: float) -> bytes:
            made: bytes = inject(content, epoch)
            at = content.rfind(b"</body>") if b"</body>" in content else len(content)
            return letting(made[at : at + len(made) - len(content)], made)

        server._inject_js_into_html = injecting
        server.watch(str(self.templates.folder))
        if SUPERVISED in os.environ and config.config_file_path:
            server.unwatch(config.config_file_path)
        self.live = Live(self, builder)
        self.live.takes_over(server, config.watch)
        return server

    def on_shutdown(self) -> None:
        """Leave no index in the making behind when a server ends."""
        if self.live:
            self.live.end()

    def _policy(self, *bases: str) -> str:
        """Return the policy of pages from which these are the ways to the first one."""
        return policy(script.replace(_BASE, base) for script in self.scripts for base in bases)

    def _text(self, page: Page) -> TextFile | None:
        """Return a page as the edition read it, or made it."""
        return self.edition.pages.get(page.file.src_uri) or made_pages(self.edition).get(page.file.src_uri)

    def composed(self) -> Mapping[str, Any]:
        """Return what every page and every plain table is made of, by its path."""
        edition, blank = self.edition, nothing(self.edition)
        uris = (*edition.pages, *made_pages(edition))
        return {uri: (sheet_of(edition, uri), told(edition, uri, self.site), blank.get(uri)) for uri in uris}

    def shape(self) -> Shape:
        """Return what files are published, as of which day, and what besides only a whole build can change."""
        edition = self.edition
        listed = page_that(edition, Role.COMPARISONS)  # to which plain tables lead back
        tables = tuple(table_of(uri) for uri, _ in all_placed(edition)[:1])
        return Shape(
            (edition.paths, edition.refused, tuple(made_pages(edition)), last_change(self.docs)),
            (listed, tables, bool(news_feed(edition, self.site))),
        )

    def others(self) -> Mapping[str, bytes]:
        """Return what is published beside pages, the headers of all answers among it."""
        config = self.made.config
        bases = {get_relative_url(".", url) for url in self.site.urls.values()}
        made = others(self.edition, self.site, get_relative_url, is_pretty=config.use_directory_urls)
        return {HEADERS: headers(self._policy(*bases, _root(config))).encode(), **made}

    def found(self) -> tuple[Record, ...]:
        """Return what is searched: the records on pages that are published."""
        return tuple(record for record in records(self.edition) if record.target.partition("#")[0] in self.site.urls)

    def begin_indexing(self, bundle: Path) -> Indexing:
        """Begin a search index, which is made while the pages are rendered."""
        addresses = {uri: url.removeprefix("./") for uri, url in self.site.urls.items()}
        return Indexing(
            lambda: Task(self.found(), addresses, self.language, bundle, self.cached), apart=self.known is not None
        )

    def _editors(self) -> tuple[Name, ...]:
        try:
            return tuple(Name.read(name) for name in self.config.editors or ())
        except ValueError as error:
            raise PluginError(f"the option 'editors' of the plugin: {error}") from None

    def _contact(self) -> str:
        contact = (self.config.contact or "").strip()
        if contact and not _CONTACT.fullmatch(contact):
            message = "write an address that begins with https:// or mailto:"
            raise PluginError(f"the option 'contact' of the plugin: '{contact}' is none: {message}")
        return contact

    @staticmethod
    def _report(problem: Problem) -> None:
        _log.warning("%s", problem)


def _root(config: MkDocsConfig) -> str:
    """Return the way to the first page that MkDocs gives to pages of errors, which may stand at any address."""
    return urlsplit(config.site_url or "/").path
