"""The making of the search's index, in a process of its own beside the rendering of pages.

A build forks one, which has the edition already and makes the records too; else, as in a server with threads, `python
-m` with this module's name is given the task.  What was made of the same before is taken from the cache.
"""

import gc
import multiprocessing
import os
import pickle
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NoReturn

from ..derived.search import Record
from ..text.cache import Cache, digest, engine
from ..text.fault import explain
from .packing import packed, unpack
from .postings import files

BUNDLE = "search"
"""The folder below the site's root that the index stands in, beside the page of results."""


class IndexingError(Exception):
    """The index could not be made; the message is a sentence for whoever builds the site."""


@dataclass(frozen=True)
class Task:
    """What an index is made of: records, the site's address of each page by its path, the site's language.

    `bundle` is where it is put, `cache` the folder in which it is kept, if it is.
    """

    records: tuple[Record, ...]
    addresses: Mapping[str, str]
    language: str
    bundle: Path
    cache: Path | None = None


class Indexing:
    """The making of an index: begun when this is created, waited for by `finish`, given up by `stop`.

    `given` makes the task.  One that is `apart` is a process that shares nothing with this one, whose threads it would
    not have, and is not asked to end with all else that a terminal has started, but by who began it.
    """

    def __init__(self, given: Callable[[], Task], *, apart: bool = False) -> None:
        self._said = TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115 - until it has ended
        begin = _started if apart or sys.platform != "linux" else _forked
        self.wait, self.give_up = begin(given, self._said)

    def finish(self) -> None:
        """Wait until the index stands in its place; raises `IndexingError` with what was said against it."""
        with self._said as said:
            if code := self.wait():
                said.seek(0)
                why = f": {reason}" if (reason := said.read().strip()[-500:]) else ""
                raise IndexingError(f"the search index could not be made ({code}){why}")

    def stop(self) -> None:
        """End what is running; nothing is left behind."""
        self.give_up()
        with self._said:
            self.wait()


Running = tuple[Callable[[], int], Callable[[], None]]
"""A process: what waits for it and returns its exit code (a signal's below zero), and what has it end."""


def _started(given: Callable[[], Task], said: IO[str]) -> Running:
    """Start a process and hand it the task; what it says is written to a file."""
    with TemporaryFile() as task:
        pickle.dump(given(), task)
        task.seek(0)
        command = [sys.executable, "-m", __name__]
        process = subprocess.Popen(command, stdin=task, stdout=said, stderr=said, process_group=0)
    return process.wait, process.terminate


def _forked(given: Callable[[], Task], said: IO[str]) -> Running:
    """Fork a process, which makes the task itself; what it says is written to a file."""

    def work() -> NoReturn:
        for descriptor in (1, 2):
            os.dup2(said.fileno(), descriptor)
        sys.stdout = sys.stderr = said
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _take(given)

    process = multiprocessing.get_context("fork").Process(target=work, daemon=True)
    process.start()

    def wait() -> int:
        process.join()
        return process.exitcode or 0

    return wait, process.terminate


def _take(given: Callable[[], Task]) -> NoReturn:
    """Do a task and end this process; a refusal of the system is told in a sentence."""
    gc.disable()  # nothing of it is garbage before the end
    try:
        take(given())
    except OSError as error:
        sys.exit(explain(error))
    sys.exit()


def take(task: Task) -> None:
    """Put an index in its place, and take away the one before: one that was made of the same before, or a new one."""
    cache = Cache(task.cache) if task.cache else None
    made_of = pickle.dumps((task.records, task.addresses, task.language))
    key = digest((engine(("snowballstemmer",)).encode(), made_of))
    made = cache and cache.get(key)
    if not made:
        made = packed(dict(files(task.records, task.addresses, task.language)))
        if cache:
            cache.put(key, made)
            cache.trim()
    parts = {name.parts[0] for name in unpack(made, task.bundle)}
    for path in task.bundle.iterdir():
        if path.is_dir() and path.name not in parts:
            shutil.rmtree(path)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    _take(lambda: pickle.load(sys.stdin.buffer))
