"""The server: how long it takes, from saving a changed note, until the server answers that the site is made anew.

It is asked as a browser asks it, which waits for the answer to load its page anew.  What of it is loading and checking
the collection again is measured apart, in this process.
"""

import gc
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile
from urllib.error import URLError
from urllib.request import urlopen

from macros.checks.run import check
from macros.model.edition import Edition
from macros.model.loading import Known, load
from macros.text.kept import following
from tests import ROOT
from tests.bench.corpus import write
from tests.bench.process import MeasuringError
from tests.bench.report import Finding, Part, say

HERE = 0
"""Stands for the size of this collection."""

BUDGETS: Mapping[int, float] = {HERE: 0.5, 1000: 1.0, 3000: 2.0}
"""Seconds from saving to served, by the number of documents."""

CHECK, CHECK_SIZE = 0.3, 1000
"""Seconds of loading and checking a collection of so many documents again when one file has changed."""

_PATIENCE = 600.0  # seconds until a server that has begun to build is given up
_EPOCH = re.compile(r"livereload\((?P<epoch>\d+)")
_REST = 2.5  # seconds between two edits, longer than a server waits until the search follows


def part(sizes: Sequence[int], runs: int, folder: Path) -> Part:
    """Return how long one changed note takes: in a copy of this collection, and in invented ones."""
    here = folder / "live"
    for name in ("docs", "overrides"):
        shutil.copytree(ROOT / name, here / name)
    shutil.copy(ROOT / "mkdocs.yml", here)
    homes = {HERE: here} | {size: folder / f"live-{size}" / "edition" for size in sizes}
    for size in sizes:
        write(folder / f"live-{size}", size)
    checked = {size: _checked(home / "docs", runs) for size, home in homes.items()}
    found = {size: _seconds(home, runs) for size, home in homes.items()}
    rows = [
        ["this collection" if size == HERE else f"{size:,}", f"{median(turns):.2f}", f"{max(turns):.2f}",
         f"{median(checked[size]):.2f}"]
        for size, turns in found.items()
    ]  # fmt: skip
    heads = ("documents", "seconds, median", "seconds, at most", "load and check, s")
    table = ("One changed note, from saving to served", heads, rows)
    findings = [
        Finding(
            f"load and check at {CHECK_SIZE:,} documents, one file changed",
            CHECK,
            " s",
            median(checked[CHECK_SIZE]) if CHECK_SIZE in checked else None,
        ),
        *_findings(found),
    ]
    return Part([table], findings)


def _findings(found: Mapping[int, Sequence[float]]) -> list[Finding]:
    return [
        Finding(
            f"from saving a note to served, {'this collection' if size == HERE else f'{size:,} documents'}",
            limit,
            " s",
            median(found[size]) if size in found else None,
        )
        for size, limit in BUDGETS.items()
    ]


def _note(home: Path) -> Path:
    """Return the longest notes file."""
    return max((home / "notes").glob("*.md"), key=lambda path: path.stat().st_size)


def _checked(docs: Path, runs: int) -> list[float]:
    """Return how many seconds of the processor each turn takes to load and check a collection, a note of it changed.

    The first two, which read what is known from then on, are left out.
    """
    say(f"checking {docs.parent.name} again …")
    note, known = _note(docs), Known()
    edition: Edition | None = None
    text, turns = note.read_bytes(), list[float]()
    gc.freeze()  # as a server does
    for number in range(runs + 2):
        time.sleep(_REST)
        note.write_bytes(text + b"\nChecked %d times.\n" % (number + 2))
        begin = time.process_time()
        edition = following(load(docs, macros=edition.macros if edition else None, known=known), edition)
        check(edition)
        turns.append(time.process_time() - begin)
        gc.freeze()
    gc.unfreeze()
    note.write_bytes(text)
    return turns[2:]


def _seconds(home: Path, runs: int) -> list[float]:
    """Return how long each of some edits takes until it is served; the first, which has more to do, is left out."""
    note = _note(home / "docs")
    say(f"a server of {home.name} …")
    turns = []
    with _serving(home) as address:
        for number in range(runs + 1):
            time.sleep(_REST)
            epoch = _epoch(address)
            begin = time.perf_counter()
            with note.open("a", encoding="utf-8") as file:
                file.write(f"\nSeen {number + 2} times.\n")
            with urlopen(f"{address}livereload/{epoch}/1", timeout=_PATIENCE) as answer:
                if answer.read() == epoch.encode():
                    raise MeasuringError(f"a server of {home} has not noticed that {note.name} has changed")
            turns.append(time.perf_counter() - begin)
    return turns[1:]


@contextmanager
def _serving(home: Path) -> Iterator[str]:
    """Serve a folder with MkDocs and give the address when it is there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        at = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", at]
    with TemporaryFile() as said, subprocess.Popen(command, cwd=home, stdout=said, stderr=said) as server:
        try:
            end = time.monotonic() + _PATIENCE
            while not _answers(f"http://{at}/"):
                if server.poll() is not None or time.monotonic() > end:
                    said.seek(0)
                    raise MeasuringError(f"a server of {home}:\n{said.read().decode(errors='replace')}")
                time.sleep(0.2)
            yield f"http://{at}/"
        finally:
            server.terminate()


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=5):
            return True
    except (URLError, OSError):
        return False


def _epoch(address: str) -> str:
    with urlopen(address, timeout=_PATIENCE) as answer:
        match = _EPOCH.search(answer.read().decode())
    if not match:
        raise MeasuringError(f"{address} does not load pages anew")
    return match["epoch"]
