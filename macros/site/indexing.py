"""The making of the search's index, in a process of its own beside the rendering of pages.

What it is made of is given to `python -m` with this module's name; what was made of the same before is taken from the
cache.
"""

import pickle
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from ..derived.search import Record
from ..text.cache import Cache, digest, engine
from ..text.fault import explain
from .packing import packed, unpack
from .postings import files

BUNDLE = "search"
"""The folder below the site's root that the index stands in."""


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

    One that is `apart` is not asked to end with all else that a terminal has started, but by who began it.
    """

    def __init__(self, task: Task, *, apart: bool = False) -> None:
        with TemporaryFile() as given:
            pickle.dump(task, given)
            given.seek(0)
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__],
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
                process_group=0 if apart else None,
            )

    def finish(self) -> None:
        """Wait until the index stands in its place; raises `IndexingError` with what was said against it."""
        said, _ = self._process.communicate()
        if self._process.returncode:
            why = f": {reason}" if (reason := said.strip()[-500:]) else ""
            raise IndexingError(f"the search index could not be made ({self._process.returncode}){why}")

    def stop(self) -> None:
        """End what is running; nothing is left behind."""
        self.give_up()
        self._process.communicate()

    def give_up(self) -> None:
        """Have what is running end, which whoever waits for it is told."""
        self._process.terminate()


def take(task: Task) -> None:
    """Put an index in its place: the one that was made of the same before, or a new one."""
    cache = Cache(task.cache) if task.cache else None
    made_of = pickle.dumps((task.records, task.addresses, task.language))
    key = digest((engine(("snowballstemmer",)).encode(), made_of))
    made = cache and cache.get(key)
    if not made:
        made = packed(dict(files(task.records, task.addresses, task.language)))
        if cache:
            cache.put(key, made)
            cache.trim()
    unpack(made, task.bundle)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        take(pickle.load(sys.stdin.buffer))
    except OSError as error:
        sys.exit(explain(error))
