"""The cache never changes a byte of a site, whatever is left in it, and nothing is rendered twice."""

import logging
import os
import random
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from markdown import Markdown
from mkdocs.exceptions import Abort

from macros.commands import workers
from macros.text.cache import Cache
from tests.commands.conftest import Built, site
from tests.sites import make

pytestmark = pytest.mark.long

FOLDER = Path(".cache") / "edition"


def entries(home: Path) -> list[Path]:
    return sorted(path for path in (home / FOLDER).rglob("*") if path.is_file())


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def _turn(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _strange(path: Path) -> None:
    path.write_bytes(b"cos\nsystem\n(S'exit 1'\ntR.")


def test_an_entry_that_says_nothing_is_made_anew(warm: Path, built: Built) -> None:
    cache = Cache(warm / FOLDER)
    for path in entries(warm):
        if (cache.get(path.parent.name + path.name) or b"").startswith(b"{"):
            cache.put(path.parent.name + path.name, b"{")
    assert site(warm) == built.site


@pytest.mark.parametrize("spoil", [_cut, _turn, _empty, _folder, _strange])
def test_a_spoilt_cache_changes_nothing(warm: Path, built: Built, spoil: Callable[[Path], None]) -> None:
    for path in entries(warm):
        spoil(path)
    assert site(warm) == built.site


def test_entries_in_each_others_place_change_nothing(warm: Path, built: Built) -> None:
    paths = entries(warm)
    contents = [path.read_bytes() for path in paths]
    random.Random(1).shuffle(contents)
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    assert site(warm) == built.site


def edits(docs: Path) -> Iterator[None]:
    """Make edits one after the other: of words, of a title, of a file's name, and of what a link leads to."""
    page = docs / "about.md"
    page.write_text("# About\n\nSee [the hours](commentary/all-hours.md#p1) and [more](more.md).\n", "utf-8")
    (docs / "more.md").write_text("# More\n\nText.\n", "utf-8")
    yield
    (docs / "more.md").write_text("# Much more\n\nText.\n", "utf-8")
    yield
    (docs / "more.md").rename(docs / "less.md")
    page.write_text(page.read_text("utf-8").replace("more.md", "less.md"), "utf-8")
    yield
    (docs / "more").mkdir()
    (docs / "less.md").rename(docs / "more" / "index.md")
    page.write_text(page.read_text("utf-8").replace("less.md", "more/index.md"), "utf-8")
    yield
    notes = docs / "notes" / "all-hours.md"
    notes.write_text(notes.read_text("utf-8").replace("Nobody", "No one", 1), "utf-8")
    yield


def test_after_each_edit_a_build_is_one_without_a_cache(home: Path) -> None:
    for _ in edits(home / "docs"):
        warm = site(home)
        shutil.rmtree(home / FOLDER)
        assert site(home) == warm


def test_what_is_said_of_a_link_is_said_each_time_and_once(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A link that comes to lead to what is not published is told of, whatever was kept of its page."""
    (home / "docs" / "about.md").write_text("# About\n\n[More](more.md)\n", "utf-8")
    (home / "docs" / "more.md").write_text("# More\n\nText.\n", "utf-8")
    config = home / "mkdocs.yml"
    text = config.read_text("utf-8")
    with caplog.at_level(logging.INFO):
        for excluded in ("", "exclude_docs: more.md\n", "exclude_docs: more.md\n"):
            config.write_text(text + excluded, "utf-8")
            caplog.clear()
            site(home)
            said = [record for record in caplog.records if "'more.md' which is excluded" in record.getMessage()]
            assert len(said) == bool(excluded)


def test_an_extension_that_is_not_known_keeps_the_cache_out(home: Path) -> None:
    config = home / "mkdocs.yml"
    text = config.read_text("utf-8").replace("  - tables\n", "  - tables\n  - legacy_attrs\n")
    config.write_text(text, "utf-8")
    site(home)
    assert entries(home) == []


@pytest.mark.usefixtures("crowd")
def test_pages_that_are_lost_are_made_again(warm: Path, built: Built) -> None:
    with patch.object(Cache, "get", return_value=None):
        assert site(warm) == built.site


@pytest.mark.usefixtures("crowd")
@pytest.mark.parametrize("ends", [os._exit, lambda status: os.kill(os.getpid(), signal.SIGKILL)])
def test_workers_that_die_change_nothing(home: Path, built: Built, ends: Callable[[int], object]) -> None:
    own, convert = os.getpid(), Markdown.convert

    def dying(md: Markdown, text: str) -> str:
        if os.getpid() != own and text == "&nbsp;":
            ends(1)
        return convert(md, text)

    with patch.object(Markdown, "convert", dying):
        assert site(home) == built.site


@pytest.mark.usefixtures("crowd")
def test_what_workers_find_is_said_once_and_fails_a_strict_build(
    home: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    (home / "docs" / "about.md").write_text("# About\n\n[More](more.md#nowhere) <b>*x</b>*\n", "utf-8")
    (home / "docs" / "more.md").write_text("# More\n\nText.\n", "utf-8")
    said = []
    for count in (1, 3):
        shutil.rmtree(home / FOLDER, ignore_errors=True)
        caplog.clear()
        with patch.object(workers, "cores", lambda number=count: number), pytest.raises(Abort):
            site(home)
        said.append([record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING])
    assert said[0] == said[1] != []
    assert "nowhere" not in capfd.readouterr().out


def test_nothing_is_taken_from_where_a_link_leads(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    (home.parent / "elsewhere").mkdir()
    (home / ".cache").symlink_to(home.parent / "elsewhere")
    make(home.parent / "loose", home / "mkdocs.yml", strict=False)
    assert "nothing is taken from there. Delete the link .cache" in caplog.text
    assert list((home.parent / "elsewhere").iterdir()) == []


def test_nothing_is_taken_from_a_cache_that_came_with_a_commit(
    warm: Path, built: Built, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever can write there can write into the site, past every list of what a text may hold."""
    home, first = warm, built.site
    cache = Cache(home / FOLDER)
    for path in entries(home):
        key = path.parent.name + path.name
        cache.put(key, (cache.get(key) or b"").replace(b"<p>", b"<p onclick=''>"))
    assert site(home) != first, "who can write there can"
    for asked in (["init", "-q"], ["add", "--force", str(FOLDER)]):
        subprocess.run(["git", "-C", str(home), *asked], check=True)
    with pytest.raises(Abort):
        site(home)
    assert "nothing is taken from there. Say: git rm -r --cached .cache/edition" in caplog.text
    make(home.parent / "loose", home / "mkdocs.yml", strict=False)
    assert (home.parent / "loose" / "index.html").read_bytes() == first["index.html"]
