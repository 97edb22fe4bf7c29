"""Builds: what the edition costs beside plain MkDocs-Material on the same texts, and how that grows.

Every build is a process of its own, the kinds by turns, so that a machine that slows down slows all of them; a ratio
is the median of the ratios of one turn each.  A build does nothing but compute, in one process: so what it costs is
the processor's time, and the clock, which also counts what else the machine does, stands beside it.

The edition makes the index of its search in processes of its own beside the build: they are counted apart.  So the
edition without its index stands to a plain build without search, and with it to one with the theme's search.
"""

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.corpus import SMALLEST, UNSEARCHED, write
from tests.bench.process import Cost, cost
from tests.bench.report import Finding, Part, say

RATIO, RATIO_SIZE = 1.15, 1000
GROWTH, GROWTH_SIZES = 3.3, (1000, 3000)
MEMORY, MEMORY_SIZE = 1536.0, 3000  # MiB
CHECK, CHECK_SIZE = 3.0, 1000  # seconds
INDEX, INDEX_SIZE = 1.0, 3000  # milliseconds a record

KINDS = {"edition": ("edition", "mkdocs.yml"), "plain": ("plain", UNSEARCHED), "searched": ("plain", "mkdocs.yml")}
"""The kinds of build: the edition, plain without search, plain with the theme's; each its folder and configuration."""


@dataclass(frozen=True)
class Measurement:
    """The costs of one size: of each turn of builds by kind, and of the checks; and the records that are searched."""

    size: int
    turns: Sequence[dict[str, Cost]]
    checks: Sequence[Cost]
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


def _beside(cost: Cost) -> float:
    return cost.beside_user


def _wall(cost: Cost) -> float:
    return cost.wall


def _memory(cost: Cost) -> float:
    return cost.memory


def _beside_memory(cost: Cost) -> float:
    return cost.beside_memory


def warm_up(folder: Path) -> None:
    """Build each kind once: a first build compiles Python, and does not count."""
    write(folder, SMALLEST)
    for kind in KINDS:
        build(folder, kind)


def build(folder: Path, kind: str) -> Cost:
    """Build one kind of site of the corpora in a folder, into `site` beside its docs, and return what it cost."""
    name, configuration = KINDS[kind]
    shutil.rmtree(folder / name / "site", ignore_errors=True)
    return cost("mkdocs", ["build", "--quiet", "--strict", "--config-file", configuration], folder / name)


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
    checks = [cost("macros", ["check"], folder / "edition") for _ in range(runs)]
    return Measurement(size, turns, checks, records(folder / "edition" / "site"))


def records(site: Path) -> int:
    """Return how many records the search of a site has; none where it has no index."""
    entries = site.glob("*/pagefind-entry.json")
    return sum(
        language["page_count"]
        for entry in entries
        for language in json.loads(entry.read_text("utf-8"))["languages"].values()
    )


def part(measurements: Sequence[Measurement]) -> Part:
    """Return what the builds of all sizes found."""
    return Part([_builds(measurements), _searches(measurements)], findings(measurements))


def _builds(measurements: Sequence[Measurement]) -> tuple[str, Sequence[str], list[list[str]]]:
    heads = ("documents", "edition, ms a page", "plain, ms a page", "ratio", "by the clock", "growth", "edition, MiB",
             "plain, MiB", "check, s")  # fmt: skip
    rows = []
    before: Measurement | None = None
    for found in measurements:
        growth = found.of("edition", _user) / before.of("edition", _user) if before else 0
        rows.append(
            [
                f"{found.size:,}",
                *(f"{found.of(kind, _user) / found.size * 1000:.2f}" for kind in ("edition", "plain")),
                f"{found.ratio(_user, 'plain'):.2f}",
                f"{found.ratio(_wall, 'plain'):.2f}",
                f"{growth:.2f}× for {found.size / before.size:g}×" if before else "",
                *(f"{found.of(kind, _memory):.0f}" for kind in ("edition", "plain")),
                f"{median(map(_user, found.checks)):.2f}",
            ]
        )
        before = found
    return "Builds, no search counted", heads, rows


def _searches(measurements: Sequence[Measurement]) -> tuple[str, Sequence[str], list[list[str]]]:
    heads = ("documents", "records", "edition's index, ms a record", "MiB", "theme's, ms a page", "with both counted",
             "by the clock")  # fmt: skip
    rows = [
        [
            f"{found.size:,}",
            f"{found.records:,}",
            "none" if (index := _index(found)) is None else f"{index:.2f}",
            f"{found.of('edition', _beside_memory):.0f}",
            f"{(found.of('searched', _user) - found.of('plain', _user)) / found.size * 1000:.2f}",
            f"{found.ratio(_both, 'searched'):.2f}",
            f"{found.ratio(_wall, 'searched'):.2f}",
        ]
        for found in measurements
    ]
    return "Builds with search", heads, rows


def _index(found: Measurement) -> float | None:
    """Return the milliseconds of the processor that one record of the index costs, if there is one."""
    return found.of("edition", _beside) / found.records * 1000 if found.records else None


def findings(measurements: Sequence[Measurement]) -> list[Finding]:
    """Return how the builds stand to their budgets."""
    sizes = {found.size: found for found in measurements}
    first, last = (sizes.get(size) for size in GROWTH_SIZES)
    ratio, memory, check, index = (sizes.get(size) for size in (RATIO_SIZE, MEMORY_SIZE, CHECK_SIZE, INDEX_SIZE))
    growth = last.of("edition", _user) / first.of("edition", _user) if first and last else None
    unsearched, searched = ((ratio.ratio(_user, kind) if ratio else None) for kind in ("plain", "searched"))
    own, beside = ((memory.of("edition", what) if memory else None) for what in (_memory, _beside_memory))
    at = f"at {RATIO_SIZE:,} documents"
    return [
        Finding(f"build {at}, to plain, neither with search", RATIO, "×", unsearched),
        Finding(f"build {at}, its index apart, to plain with search", RATIO, "×", searched),
        Finding(f"growth from {GROWTH_SIZES[0]:,} to {GROWTH_SIZES[1]:,} documents", GROWTH, "×", growth),
        Finding(f"memory at {MEMORY_SIZE:,} documents", MEMORY, " MiB", own),
        Finding(f"memory of its index at {MEMORY_SIZE:,} documents", MEMORY, " MiB", beside),
        Finding(f"check at {CHECK_SIZE:,} documents", CHECK, " s", median(map(_user, check.checks)) if check else None),
        Finding(f"index at {INDEX_SIZE:,} documents", INDEX, " ms a record", _index(index) if index else None),
    ]
