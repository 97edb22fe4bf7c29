"""Theming: a rendered page put into the theme's template, or taken from the cache if it was put there before.

What a theme prints follows from the page, from the titles and addresses of all pages in the navigation, from what the
edition says beside the page's text, and from the configuration with the theme itself.  A page in whose template the
words of others, or the time, are asked for is not kept.
"""

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import Any

from jinja2 import Environment, Template
from jinja2.runtime import Context
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink
from mkdocs.utils import normalize_url

from ..site.navigation import NUMBERED, around, folded, leads_to, listed, opened_in, renumbered, unfolded
from ..text.cache import Cache, digest
from .workers import helpers, shared

_OF_OTHERS = frozenset(("pages", "build_date_utc"))
"""What MkDocs gives to every template that is no part of the page: all files, and when the site is built."""

_NOT_SHOWN = ("config_file_path", "docs_dir", "site_dir", "theme", "markdown_extensions", "plugins", "hooks")
"""Parts of the configuration that no page shows as they are: where files stand, and what has made the page's text."""

_AS_IT_IS = "surrogatepass"  # what cannot be said in UTF-8 is MkDocs' to replace

_PRUNED, _OPENED = {"navigation.prune"}, {"navigation.indexes", "navigation.sections", "navigation.tabs"}
"""Features with which a theme prints of sections that are not open where they lead, and with which it prints more.

That may be no more than a blank for each page.
"""

_BEYOND = re.compile(rb"\b(?:next_page|previous_page|update_date|plugins)\b")


class Theming:
    """Puts the pages of one build into the theme's templates.

    `beside` returns what a template is given that is not in the page itself; `version` stands for the engine, its
    libraries and the options of the site.  What is made is kept in the cache, if there is one.
    """

    def __init__(
        self,
        config: MkDocsConfig,
        nav: Navigation,
        beside: Callable[[Page], Mapping[str, Any]],
        cache: Cache | None,
        version: bytes,
    ) -> None:
        self.config = config
        self.nav = nav
        self.beside = beside
        shown = {key: value for key, value in config.items() if key not in _NOT_SHOWN}
        given = f"{[shown, dict(config.theme)]}"
        self.folds = not any(_own(config, "partials/nav*.html"))
        features = _features(config)
        self.closed = _closed if features >= _PRUNED and not features & _OPENED else None
        self.renumbers: bool | None = None  # whether the theme numbers sections as we know it, once that was tried
        self.cache = cache if self.folds and is_plain(config) and " at 0x" not in given else None
        self.version = digest((version, given.encode(), *_parts(config))) if self.cache else ""
        self.listed = ""
        self.key = ""  # under which the page that was made last is kept, if it is
        self.ready: dict[str, str] = {}
        self.is_of_others = False

    def takes(self, env: Environment) -> None:
        """Have pages made by this whenever one of the environment's templates is rendered with one."""
        theming = self

        class Following(Context):
            def resolve_or_missing(self, key: str) -> Any:
                theming.is_of_others |= key in _OF_OTHERS
                return super().resolve_or_missing(key)

        class Themed(Template):
            def render(self, *args: Any, **kwargs: Any) -> str:
                context = dict(*args, **kwargs)
                page = context.get("page")
                if page is None:
                    return super().render(context)
                return theming.page(page, self.name or "", context, super().render)

        env.template_class, env.context_class = Themed, Following
        if self.cache:  # no other plugin is there to change them later, and a chain is slow to look through
            env.make_globals = lambda given: {**env.globals, **(given or {})}  # type: ignore[assignment, method-assign]
        self.is_of_others = False
        self.listed = digest((repr(listed(self.nav.items)).encode(),))

    def share(self, pages: Sequence[Page], env: Environment) -> None:
        """Have pages made by workers, where there is room for more than one, and left in the cache."""
        cache, workers = self.cache, helpers(len(pages))
        if not cache or not workers:
            return
        files = [page.file for page in pages]

        def task(at: int) -> bytes:
            page = pages[at]
            page.active = True
            env.get_template("main.html").render(get_context(self.nav, files, self.config, page))
            page.active = False
            return self.key.encode()

        found = shared(len(pages), task, len(digest(())), workers)
        self.ready = {files[at].src_uri: key.decode() for at, key in found.items()}

    def page(self, page: Page, name: str, context: dict[str, Any], render: Callable[[Any], str]) -> str:
        """Return a page in a template, of which the navigation lists no more than what is near."""
        cache, ready = self.cache, self.ready.pop(page.file.src_uri, "")
        if cache and ready and (kept := cache.get(ready)) is not None:
            return kept.decode("utf-8", _AS_IT_IS)
        beside, self.key = self._asked(page, name)
        if cache and not ready and (kept := cache.get(self.key)) is not None:
            return kept.decode("utf-8", _AS_IT_IS)
        nav = copy(context["nav"])

        def make(items: list[Any], runs: Sequence[Sequence[Any]] = ()) -> str | None:
            nav.items = items
            return unfolded(
                render({**context, **beside, "nav": nav}),
                [[(normalize_url(leads_to(item), page), str(item.title)) for item in run] for run in runs],
            )

        self.is_of_others = False
        html = self._made(page, around(nav.items, Link), make)
        if cache and not self.is_of_others:
            cache.put(self.key, html.encode("utf-8", _AS_IT_IS))
        return html

    def _made(self, page: Page, items: list[Any], make: Callable[..., str | None]) -> str:
        """Return a page made with as few items of the navigation as the theme lets be put in afterwards."""
        html: str | None = None
        if self.folds and self.closed and self.renumbers is not False and NUMBERED not in (page.content or ""):
            short, runs = folded(items, Link, self.closed, with_those_before=True)
            was, now = opened_in(short), opened_in(items)
            html = renumbered(make(short, runs) or "", was, now)
            if self.renumbers is None and was != now:
                tried, html = html, make(items)
                self.renumbers = tried == html
        elif self.folds:
            html = make(*folded(items, Link, self.closed))
        # Nothing is there of another theme, which makes more of a page than its address and title.
        return html or make(items) or ""

    def _asked(self, page: Page, name: str) -> tuple[Mapping[str, Any], str]:
        """Return what stands beside a page, and the key under which the page in a template is kept, if it is."""
        beside = self.beside(page)
        if not self.cache:
            return beside, ""
        said = [page.file.src_uri, name, page.title, page.meta, page.edit_url, page.canonical_url, beside]
        parts = [self.version, self.listed, repr(said), json.dumps(_levels(page.toc)), page.content or ""]
        return beside, digest(part.encode("utf-8", _AS_IT_IS) for part in parts)


def is_plain(config: MkDocsConfig) -> bool:
    """Say whether a site's pages are made as the engine knows it.

    So it is with no other plugin and no hook, and where the collection's own part of the theme leads nowhere else and
    asks for no other page than the one that it shows, nor for the day, nor for what plugins hold.
    """
    if list(config.plugins) != ["edition"] or config.hooks or config.extra_templates:
        return False
    own = list(_own(config, "**/*"))
    return not any(path.is_symlink() or (path.suffix == ".html" and _BEYOND.search(path.read_bytes())) for path in own)


def _features(config: MkDocsConfig) -> set[str]:
    return set(config.theme["features"] or ()) if "features" in config.theme else set()


def _closed(title: str, address: str) -> Section:
    return Section(title, [Link(title, address)])


def _own(config: MkDocsConfig, pattern: str) -> Iterator[Path]:
    return Path(config.theme.custom_dir or os.devnull).glob(pattern)


def _parts(config: MkDocsConfig) -> Iterator[bytes]:
    """Yield the collection's own part of the theme: names and contents of its templates, and of what they include."""
    for path in sorted(_own(config, "**/*")):
        if path.is_file():
            yield str(path.relative_to(config.theme.custom_dir or "")).encode()
            yield path.read_bytes()


def _levels(links: Iterable[AnchorLink]) -> list[Any]:
    return [(link.title, link.id, link.level, _levels(link.children)) for link in links]
