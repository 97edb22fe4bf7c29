"""What the tests share: an invented collection, changes to it, its site in a browser."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from functools import cache, partialmethod
from glob import glob
from pathlib import Path
from types import CodeType
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings
from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader
from jinja2.bccache import Bucket
from mkdocs.config.defaults import MkDocsConfig
from playwright.sync_api import Browser, Page

from macros.model.edition import Edition
from macros.model.loading import Known, load
from macros.text.cache import engine
from tests.bench.browser import CHROMIUM, browsing
from tests.invented import MACROS, READ, Collection
from tests.memory import write_to_memory
from tests.searching import Answer, answers
from tests.sites import COLLECTION, TOWNS, served, shared
from tests.visiting import OpenPage, Readers, Seen, Visit, patient, see

write_to_memory()
gc.set_threshold(100_000, 10, 100)  # seldom: little of what tests make is garbage that has to be looked for

# How long an example takes tells of the machine, and of what else runs there, not of the law that is tested.
settings.register_profile(
    "many", deadline=None, database=None, max_examples=1_000, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("few", settings.get_profile("many"), derandomize=True, max_examples=30)
settings.load_profile("few")  # always the same; `make laws` tries many others


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write what the cases give as what they should give")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return two processes a core for `auto`: tests in a browser wait about as long as they compute."""
    return (os.cpu_count() or 1) * (2 if config.option.numprocesses == "auto" else 1)


class _Compiled(FileSystemBytecodeCache):
    """Templates as they were compiled, kept in a folder for all processes, and in each process as it has read them."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self._read: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._read.get((bucket.key, bucket.checksum))
        if bucket.code is None:
            super().load_bytecode(bucket)
            self._keep(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        super().dump_bytecode(bucket)
        self._keep(bucket)

    def _keep(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._read[bucket.key, bucket.checksum] = bucket.code


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the file that mostly waits and with those that take longest, so that the others run beside them."""
    first = "serve live hostile search pages site cases rendering contribute theming patterns build importer".split()
    places = {f"test_{name}.py": place for place, name in enumerate(first)}
    items.sort(key=lambda item: places.get(item.path.name, len(first)))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Leave what stays to the end, modules and tests, out of each look for garbage."""
    gc.collect()
    gc.freeze()


def _seen(theme: FileSystemLoader) -> list[str]:
    """Return a theme's files without hidden folders, of which no site takes any: thousands of icons stand there."""
    return sorted(
        path
        for folder in theme.searchpath
        for path in glob("**", root_dir=folder, recursive=True)  # noqa: PTH207
    )


@pytest.fixture(scope="session", autouse=True)
def _built_in_less_time(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Have each template compiled once for all sites that tests build, and the engine read once.

    No build looks for garbage: to look through all that tests hold takes longer than most of these builds.
    """
    begin, compiled = Environment.__init__, _Compiled(shared(tmp_path_factory))
    with (
        patch.object(Environment, "__init__", partialmethod(begin, bytecode_cache=compiled)),
        patch("macros.commands.rendering.engine", cache(engine)),
        patch("macros.plugin.gc"),
        patch("macros.commands.live.gc"),
        patch.object(FileSystemLoader, "list_templates", _seen),
    ):
        yield


@pytest.fixture(autouse=True)
def _apart() -> None:
    """Begin each test with a plugin of its own: MkDocs keeps one for the next configuration, as a server needs it."""
    dict(MkDocsConfig._schema)["plugins"].plugin_cache.clear()  # type: ignore[attr-defined]


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    """Return a function that loads the invented collection with files written anew or changed."""

    def make(
        files: Mapping[str, str | bytes | None] | None = None,
        changes: Mapping[str, tuple[str, str]] | None = None,
        folder: Path = tmp_path,
    ) -> Edition:
        """Write files, remove those that are `None`, and change others; return what stands there then."""
        docs = folder / "docs"
        known = kept.setdefault(docs, {docs / path.relative_to(COLLECTION): read for path, read in READ.items()})
        if not docs.exists():
            shutil.copytree(COLLECTION, docs)
        for uri, content in (files or {}).items():
            path = docs / uri
            if content is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        for uri, (old, new) in (changes or {}).items():
            path = docs / uri
            text = path.read_text("utf-8")
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {uri}"
            path.write_text(text.replace(old, new), "utf-8")
        return load(docs, macros=MACROS, known=known)

    kept: dict[Path, Known] = {}
    return make


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the invented site, and give its address."""
    with served(tmp_path_factory, TOWNS) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium, once for all tests of a process."""
    if not CHROMIUM:
        pytest.skip("no Chromium is installed: install it with your system's packages")
    with browsing() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def readers(browser: Browser) -> Readers:
    """Return those who open pages."""
    return Readers(browser)


@pytest.fixture
def strict_page(open_page: OpenPage, address: str) -> Iterator[Callable[[str, str], Page]]:
    """Return a function that opens a page; a script is to complain of nothing, the policy included, and ask nobody.

    It takes a path and the name of a script.  What the script said and what was asked of other sites fails the test.
    """
    complaints: list[str] = []

    def open_(path: str, script: str) -> Page:
        page = open_page(None, viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        page.on(
            "console", lambda said: complaints.append(said.text) if script in said.location.get("url", "") else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)) if script in (error.stack or "") else None)
        page.on(
            "request",
            lambda one: None if one.url.startswith((address, "data:", "blob:")) else complaints.append(one.url),
        )
        page.goto(address + path)
        return page

    yield open_
    assert complaints == []


@pytest.fixture
def open_page(readers: Readers, address: str) -> Iterator[OpenPage]:
    """Return a function that opens a page of the site, or an empty one, as who never saw any."""
    with ExitStack() as opened:

        def open_(path: str | None, **options: Any) -> Page:
            page = opened.enter_context(readers.page(address, **options))
            if path is not None:
                page.goto(address + path)
            return page

        yield open_


@pytest.fixture(scope="module")
def light(browser: Browser, address: str) -> Iterator[Page]:
    """Give one page for all tests of a file in the light scheme."""
    context = browser.new_context(base_url=address, color_scheme="light", reduced_motion="reduce")
    yield patient(context.new_page())
    context.close()


@pytest.fixture(scope="module")
def seen(readers: Readers, address: str) -> Callable[[str], Seen]:
    """Return a function that visits a page of the site once for all tests of a file, and tells what was seen."""

    @cache
    def seen(path: str) -> Seen:
        with readers.page(address, reduced_motion="reduce", color_scheme="light") as page:
            return see(Visit(page, address), path)

    return seen


@pytest.fixture(scope="module")
def results(light: Page) -> Page:
    """Give the page of results, one for all tests of a file, as a reader keeps one open."""
    page = patient(light.context.new_page())
    page.goto("search/")
    return page


@pytest.fixture(scope="module")
def answer(request: pytest.FixtureRequest, results: Page, light: Page) -> Callable[[str], Answer | None]:
    """Return a function that tells what was answered to a query which a test of the file is given."""
    given = [getattr(item, "callspec", None) for item in request.session.items if item.path == request.path]
    queries = [one.params["query"] for one in given if one and "query" in one.params]
    asked = dict.fromkeys(str(query["asks"]) for query in queries if isinstance(query, dict))
    return answers(asked, results, light).get


@pytest.fixture(scope="module")
def dark(browser: Browser, address: str) -> Iterator[Page]:
    """Give one page for all tests of a file in the dark scheme."""
    context = browser.new_context(base_url=address, color_scheme="dark", reduced_motion="reduce")
    yield patient(context.new_page())
    context.close()


@pytest.fixture
def visit(readers: Readers, address: str) -> Iterator[Callable[..., Visit]]:
    """Return a function that begins a visit."""
    with ExitStack() as opened:
        yield lambda **options: Visit(
            opened.enter_context(readers.page(address, reduced_motion="reduce", **options)), address
        )
