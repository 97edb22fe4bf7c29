"""Builds: what the edition costs beside plain MkDocs-Material on the same texts, and how that grows.

Every build is a process of its own, the kinds by turns, so that a machine that slows down slows all of them; a ratio
is the median of the ratios of one turn each.  A build begins without what an earlier one kept.

The edition renders pages in processes of its own, and makes the index of its search in others beside them.  So it is
compared with a plain build that has the theme's search: by the clock, and by the time of the processor in all
processes.  Then it is built again, as `make site` does it: once from what was kept of pages and index, into a place
where no site stands, and once where nothing has changed at all.
"""

import gzip
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from macros.site.indexing import BUNDLE
from macros.site.postings import INDEX
from tests import ROOT
from tests.bench.corpus import SMALLEST, UNSEARCHED, write
from tests.bench.process import Cost, cost
from tests.bench.report import Finding, Part, say

CLOCK, PROCESSOR, RATIO_SIZES = 0.8, 1.4, (1000, 3000)
AGAIN, AGAIN_SIZE = 6.0, 3000  # seconds
CHECK, CHECK_SIZE = 2.0, 1000  # seconds
GROWTH, GROWTH_SIZES = 3.1, (1000, 3000)
MEMORY, INDEX_MEMORY, MEMORY_SIZE = 1536.0, 1229.0, 3000  # MiB

PEERS = (
    "Peers, for one changed document of 1,000 to 3,000 (November 2026, two cores): Zensical 8 to 27 s, MkDocs 20 to "
    "140 s; Hugo builds all of them in 1.2 to 4.5 s."
)

KINDS = {"edition": ("edition", "mkdocs.yml"), "plain": ("plain", UNSEARCHED), "searched": ("plain", "mkdocs.yml")}
"""The kinds of build: the edition, plain without search, plain with the theme's; each its folder and configuration."""


@dataclass(frozen=True)
class Measurement:
    """The costs of one size: of each turn of builds by kind, and the records that are searched.

    `kept` are those of builds from what was kept, `standing` those of runs that find nothing to build; `checks` the
    seconds of loading and checking in a process that runs already, `resumed` the costs of a check that begins where
    the one before it ended, one text having changed.
    """

    size: int
    turns: Sequence[dict[str, Cost]]
    kept: Sequence[Cost]
    standing: Sequence[Cost]
    checks: Sequence[float]
    resumed: Sequence[Cost]
    records: int

    def of(self, kind: str, what: Callable[[Cost], float]) -> float:
        """Return the median of what a kind of build costs."""
        return median(what(turn[kind]) for turn in self.turns)

    def ratio(self, what: Callable[[Cost], float], kind: str) -> float:
        """Return the median ratio of what the edition costs to what another kind of build does."""
        return median(what(turn["edition"]) / what(turn[kind]) for turn in self.turns)


def _user(cost: Cost) -> float:
    return cost.user


def _both(cost: Cost) -> float:
    return cost.user + cost.beside_user


def _wall(cost: Cost) -> float:
    return cost.wall


def _memory(cost: Cost) -> float:
    return cost.memory


def _beside_memory(cost: Cost) -> float:
    return cost.beside_memory


def warm_up(folder: Path) -> None:
    """Build each kind once: a first build compiles Python, and does not count."""
    shutil.rmtree(folder, ignore_errors=True)
    write(folder, SMALLEST)
    for kind in KINDS:
        build(folder, kind)


def build(folder: Path, kind: str) -> Cost:
    """Build one kind of site of the corpora in a folder, into `site` beside its docs, and return what it cost.

    What an earlier build has made is put aside and not deleted: for some minutes after that, a file system (ext4) looks
    for a place for each new file among all that are just gone, which is no part of any build.
    """
    name, configuration = KINDS[kind]
    for made in ("site", ".cache"):
        if (folder / name / made).exists():
            _put_aside(folder / name / made)
    return cost("mkdocs", ["build", "--quiet", "--strict", "--config-file", configuration], folder / name)


def _put_aside(made: Path) -> None:
    aside = made.parent.with_name("aside") / str(time.monotonic_ns())
    aside.parent.mkdir(exist_ok=True)
    made.rename(aside)


def measure(size: int, runs: int, folder: Path) -> Measurement:
    """Return what a corpus of a size costs; the last site of each configuration is left in the folder."""
    say(f"{size:,} documents: writing them …")
    shutil.rmtree(folder, ignore_errors=True)
    write(folder, size)
    turns = []
    for number in range(1, runs + 1):
        turns.append({kind: build(folder, kind) for kind in KINDS})
        shown = ", ".join(f"{kind} {found.user:.1f} s" for kind, found in turns[-1].items())
        say(f"{size:,} documents: builds {number} of {runs}: {shown}")
    home, kept, standing = folder / "edition", list[Cost](), list[Cost]()
    for _ in range(runs):
        _put_aside(home / "site")
        kept.append(cost("macros", ["build"], home))
        standing.append(cost("macros", ["build"], home))
    say(f"{size:,} documents: again {kept[-1].wall:.1f} s, nothing changed {standing[-1].wall:.1f} s")
    checks = [_checked(home / "docs") for _ in range(runs)]
    cost("macros", ["check"], home)
    resumed = [_resumed(home) for _ in range(runs)]
    return Measurement(size, turns, kept, standing, checks, resumed, records(home / "site"))


def _resumed(home: Path) -> Cost:
    """Return what it costs to check a folder again in which one text has one paragraph more than before."""
    page = next((home / "docs").glob("*/*.md"))
    page.write_text(page.read_text("utf-8") + "\nOne more paragraph.\n", "utf-8")
    return cost("macros", ["check"], home)


def _checked(docs: Path) -> float:
    """Return the seconds of the processor that loading and checking a folder takes a process that does it first."""
    command = [sys.executable, "-c", _CHECK, str(docs)]
    return float(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


_CHECK = """
import gc, sys, time
from pathlib import Path
from macros.checks.run import check
from macros.model.loading import load

gc.disable()  # as the command does, and a build in these steps
begun = time.process_time()
problems = check(load(Path(sys.argv[1])))
print(time.process_time() - begun)
sys.exit(bool(problems))
"""


def records(site: Path) -> int:
    """Return how many records the search of a site has; none where it has no index."""
    index = site / BUNDLE / INDEX
    return len(json.loads(gzip.decompress(index.read_bytes()))["kinds"]) if index.is_file() else 0


def part(measurements: Sequence[Measurement]) -> Part:
    """Return what the builds of all sizes found."""
    return Part([_builds(measurements), _again(measurements)], findings(measurements), [PEERS])


def _builds(measurements: Sequence[Measurement]) -> tuple[str, Sequence[str], list[list[str]]]:
    heads = ("documents", "records", "edition, s", "plain, s", "by the clock", "edition, processor's s", "plain",
             "by the processor", "growth", "edition, MiB", "its index", "plain")  # fmt: skip
    rows = []
    before: Measurement | None = None
    for found in measurements:
        growth = found.of("edition", _both) / before.of("edition", _both) if before else 0
        rows.append(
            [
                f"{found.size:,}",
                f"{found.records:,}",
                *(f"{found.of(kind, _wall):.1f}" for kind in ("edition", "searched")),
                f"{found.ratio(_wall, 'searched'):.2f}",
                *(f"{found.of(kind, _both):.1f}" for kind in ("edition", "searched")),
                f"{found.ratio(_both, 'searched'):.2f}",
                f"{growth:.2f}× for {found.size / before.size:g}×" if before else "",
                *(f"{found.of('edition', what):.0f}" for what in (_memory, _beside_memory)),
                f"{found.of('searched', _memory):.0f}",
            ]
        )
        before = found
    return "Cold builds, with search", heads, rows


def _again(measurements: Sequence[Measurement]) -> tuple[str, Sequence[str], list[list[str]]]:
    heads = ("documents", "from what was kept, s", "its processor's s", "nothing changed, s", "load and check, s",
             "check again, s", "plain without search, s")  # fmt: skip
    rows = [
        [
            f"{found.size:,}",
            f"{median(map(_wall, found.kept)):.2f}",
            f"{median(map(_both, found.kept)):.2f}",
            f"{median(map(_wall, found.standing)):.2f}",
            f"{median(found.checks):.2f}",
            f"{median(map(_wall, found.resumed)):.2f}",
            f"{found.of('plain', _wall):.1f}",
        ]
        for found in measurements
    ]
    return "Built again", heads, rows


def findings(measurements: Sequence[Measurement]) -> list[Finding]:
    """Return how the builds stand to their budgets."""
    sizes = {found.size: found for found in measurements}
    first, last = (sizes.get(size) for size in GROWTH_SIZES)
    again, check, memory = (sizes.get(size) for size in (AGAIN_SIZE, CHECK_SIZE, MEMORY_SIZE))
    growth = last.of("edition", _both) / first.of("edition", _both) if first and last else None
    own, beside = ((memory.of("edition", what) if memory else None) for what in (_memory, _beside_memory))
    standing = median(map(_wall, again.standing)) if again else None
    ratios = [
        Finding(f"cold build at {size:,} documents by {name}, to plain with search", limit, "×", value)
        for size in RATIO_SIZES
        for name, limit, what in (("the clock", CLOCK, _wall), ("the processor", PROCESSOR, _both))
        for value in [sizes[size].ratio(what, "searched") if size in sizes else None]
    ]
    return [
        *ratios,
        Finding(f"build again at {AGAIN_SIZE:,} documents, nothing changed", AGAIN, " s", standing),
        Finding(f"load and check at {CHECK_SIZE:,} documents", CHECK, " s", median(check.checks) if check else None),
        Finding(f"growth from {GROWTH_SIZES[0]:,} to {GROWTH_SIZES[1]:,} documents", GROWTH, "×", growth),
        Finding(f"memory at {MEMORY_SIZE:,} documents", MEMORY, " MiB", own),
        Finding(f"memory of the largest process beside it at {MEMORY_SIZE:,} documents", INDEX_MEMORY, " MiB", beside),
    ]
