"""A server's search follows what is edited, one index at a time."""

import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from macros.commands import live
from macros.commands.live import Live
from macros.site.indexing import BUNDLE, IndexingError

PATIENCE = 60  # seconds


class Index:
    """An index in the making, which is made as soon as the test says so."""

    def __init__(self, bundle: Path) -> None:
        self.bundle, self.is_due, self.is_given_up = bundle, threading.Event(), False
        bundle.mkdir(exist_ok=True)

    def finish(self) -> None:
        assert self.is_due.wait(PATIENCE)
        if self.is_given_up:
            raise IndexingError("ended")
        (self.bundle / "made").write_text(str(id(self)), "utf-8")

    def give_up(self) -> None:
        self.is_given_up = True
        self.is_due.set()


class Maker:
    """A plugin with records, the number of which is that of the last edit."""

    def __init__(self, site: Path) -> None:
        self.made: Any = SimpleNamespace(config=SimpleNamespace(site_dir=str(site)), records=(0,), begun=None)
        self.edits, self.begun = 0, list[Index]()
        self.has_begun = threading.Event()

    def found(self) -> tuple[int, ...]:
        return (self.edits,)

    def begin_indexing(self, bundle: Path) -> Index:
        self.begun.append(Index(bundle))
        self.has_begun.set()
        return self.begun[-1]


class Server(Live):
    """A builder that builds nothing."""

    def build(self) -> None:
        self.maker.edits += 1  # type: ignore[attr-defined]


@pytest.fixture
def maker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Maker:
    monkeypatch.setattr(live, "REST", 0)
    (tmp_path / BUNDLE).mkdir()
    return Maker(tmp_path)


def indexes() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == live.FOLLOWING]


def test_an_index_that_an_edit_overtakes_is_given_up(maker: Maker, tmp_path: Path) -> None:
    server = Server(maker, lambda: None)  # type: ignore[arg-type]
    server.step()
    assert maker.has_begun.wait(PATIENCE)
    maker.has_begun.clear()
    server.step()
    assert maker.has_begun.wait(PATIENCE)
    assert maker.begun[0].is_given_up
    maker.begun[1].is_due.set()
    for thread in indexes():
        thread.join(PATIENCE)
    assert (tmp_path / BUNDLE / "made").read_text("utf-8") == str(id(maker.begun[1]))
    assert [path.name for path in tmp_path.iterdir()] == [BUNDLE]
    assert maker.made.records == (2,)


def test_an_index_that_a_build_has_begun_is_waited_for_in_the_background(maker: Maker, tmp_path: Path) -> None:
    begun = Index(tmp_path / "begun")
    maker.made.begun = begun, (5,)
    server = Server(maker, lambda: None)  # type: ignore[arg-type]
    server._search()
    assert maker.made.records == (0,)
    begun.is_due.set()
    for thread in indexes():
        thread.join(PATIENCE)
    assert maker.made.records == (5,)
    assert (maker.begun, maker.made.begun) == ([], None)


def test_an_index_that_is_overtaken_before_anyone_waits_for_it_is_made_again(
    maker: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever of the two threads runs first."""
    begun, waiting = Index(tmp_path / "begun"), list[tuple[Any, ...]]()
    maker.made.begun = begun, (5,)
    server = Server(maker, lambda: None)  # type: ignore[arg-type]
    threads = SimpleNamespace(Thread=lambda *, args, **_: SimpleNamespace(start=lambda: waiting.append(args)))
    with monkeypatch.context() as patched:
        patched.setattr(live, "threading", threads)
        server._search()
        server.step()
    assert begun.is_given_up
    following = threading.Thread(target=server._index, args=waiting[1])
    following.start()
    assert maker.has_begun.wait(PATIENCE)
    server._index(*waiting[0])
    maker.begun[0].is_due.set()
    following.join(PATIENCE)
    assert maker.made.records == (1,)


def test_what_is_said_against_an_index_leaves_the_one_before(
    maker: Maker, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / BUNDLE / "made").write_text("before", "utf-8")
    server = Server(maker, lambda: None)  # type: ignore[arg-type]
    server.step()
    assert maker.has_begun.wait(PATIENCE)
    maker.begun[0].give_up()
    for thread in indexes():
        thread.join(PATIENCE)
    assert (tmp_path / BUNDLE / "made").read_text("utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == [BUNDLE]
    assert "ended" in caplog.text
