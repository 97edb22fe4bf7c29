"""Workers share out tasks, and what one of them leaves undone is left out."""

import logging
import os
import signal
from pathlib import Path

import pytest

from macros.commands.workers import cores, shared

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


def numbered(at: int) -> bytes:
    return b"%08d" % at


@pytest.mark.parametrize("count", [0, 1, 7, 40_000])
@pytest.mark.parametrize("workers", [1, 3])
def test_each_task_is_done_once(count: int, workers: int) -> None:
    """More tasks than a pipe holds numbers are given out in rows."""
    assert shared(count, numbered, 8, workers) == {at: numbered(at) for at in range(count)}


def test_a_task_that_fails_is_left_out_and_the_others_are_done(capfd: pytest.CaptureFixture[str]) -> None:
    def task(at: int) -> bytes:
        if at == 3:
            raise ValueError("three")
        return b"" if at == 5 else numbered(at)

    assert shared(9, task, 8, 2) == {at: numbered(at) for at in range(9) if at not in (3, 5)}
    assert capfd.readouterr() == ("", "")


def test_a_worker_that_dies_is_told_of_and_nothing_waits_for_it(
    caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    def task(at: int) -> bytes:
        if at == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        (tmp_path / str(at)).touch()
        return numbered(at)

    with caplog.at_level(logging.INFO):
        found = shared(20, task, 8, 2)
    assert found == {at: numbered(at) for at in range(20) if at != 2}
    said = [record.getMessage() for record in caplog.records]
    assert said == ["A worker was ended by SIGKILL: what is left is done without it."]


def test_a_system_without_room_for_workers_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refused)
    assert shared(5, numbered, 8, 2) == {}


def test_what_workers_say_is_not_heard(capfd: pytest.CaptureFixture[str]) -> None:
    def task(at: int) -> bytes:
        logging.getLogger("mkdocs.plugins.some").warning("said in a worker")
        return numbered(at)

    assert len(shared(3, task, 8, 2)) == 3
    assert capfd.readouterr() == ("", "")


def test_there_is_always_one_that_works() -> None:
    assert cores() >= 1
