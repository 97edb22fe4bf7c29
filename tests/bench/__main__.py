"""The command line: `python -m bench` builds the same texts with and without the edition, and prints what it costs.

Every build is a process of its own, the two kinds by turns, so that a machine that slows down slows both; a ratio is
the median of the ratios of the pairs.  A build does nothing but compute, in one process: so what it costs is the
processor's time, and the clock, which also counts what else the machine does, stands beside it.  The table and the
budgets go to standard output, progress to standard error.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.corpus import SMALLEST, write

RATIO, RATIO_SIZE = 1.15, 1000
GROWTH, GROWTH_SIZES = 3.3, (1000, 3000)
MEMORY, MEMORY_SIZE = 1536.0, 3000  # MiB
CHECK, CHECK_SIZE = 3.0, 1000  # seconds
TESTS = 30.0  # seconds
ROOT = Path(__file__).parents[2]

_BUILD = (sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict")
_CHECK = (sys.executable, "-m", "macros", "check")
_TESTS = (sys.executable, "-m", "pytest", "-q", "-n", "auto", "--dist", "loadfile", "--ignore-glob=*_browser.py")


@dataclass(frozen=True)
class Cost:
    """What a process cost: seconds of the processor in user mode, seconds on the clock, MiB of memory at its peak."""

    user: float
    wall: float
    memory: float


@dataclass(frozen=True)
class Measurement:
    """The costs of one size: of each pair of builds (with the edition, plain), and of the checks."""

    size: int
    pairs: Sequence[tuple[Cost, Cost]]
    checks: Sequence[Cost]

    @property
    def ratio(self) -> float:
        """The processor's time of a build with the edition, to that of a plain one."""
        return median(edition.user / plain.user for edition, plain in self.pairs)

    @property
    def wall_ratio(self) -> float:
        """The same by the clock."""
        return median(edition.wall / plain.wall for edition, plain in self.pairs)

    @property
    def user(self) -> tuple[float, float]:
        """The seconds of the processor that a build takes, with the edition and plain."""
        return median(edition.user for edition, _ in self.pairs), median(plain.user for _, plain in self.pairs)

    @property
    def memory(self) -> tuple[float, float]:
        """The memory that a build takes, with the edition and plain."""
        return max(edition.memory for edition, _ in self.pairs), max(plain.memory for _, plain in self.pairs)

    @property
    def check(self) -> float:
        """The seconds that a check takes."""
        return median(check.user for check in self.checks)


def say(text: str) -> None:
    """Tell how far the benchmark is."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def cost(command: Sequence[str], folder: Path) -> Cost:
    """Run a command in a folder and return what it cost; ends the benchmark if it fails."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    begin = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    with process:
        said = process.stderr.read() if process.stderr else b""
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed in {folder}:\n{said.decode(errors='replace')}")
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Cost(usage.ru_utime, wall, usage.ru_maxrss / unit)


def measure(size: int, runs: int, folder: Path) -> Measurement:
    """Return what a corpus of a size costs."""
    say(f"{size:,} documents: writing them twice …")
    shutil.rmtree(folder, ignore_errors=True)
    edition, plain = (configuration.parent for configuration in write(folder, size))
    pairs = []
    for number in range(1, runs + 1):
        found = []
        for corpus in (edition, plain):
            shutil.rmtree(corpus / "site", ignore_errors=True)
            found.append(cost(_BUILD, corpus))
        pairs.append((found[0], found[1]))
        say(f"{size:,} documents: builds {number} of {runs}: {found[0].wall:.1f} s and {found[1].wall:.1f} s")
    return Measurement(size, pairs, [cost(_CHECK, edition) for _ in range(runs)])


def table(measurements: Sequence[Measurement]) -> Iterator[str]:
    """Yield the lines of the table."""
    heads = (
        "documents|edition, ms a page|plain, ms a page|ratio|ratio by the clock|growth|edition, MiB|plain, MiB|check, s"
    )
    yield f"| {' | '.join(heads.split('|'))} |"
    yield "|" + " ---: |" * len(heads.split("|"))
    before: Measurement | None = None
    for found in measurements:
        growth = f"{found.user[0] / before.user[0]:.2f}× for {found.size / before.size:g}×" if before else ""
        cells = [
            f"{found.size:,}",
            *(f"{seconds / found.size * 1000:.1f}" for seconds in found.user),
            f"{found.ratio:.2f}",
            f"{found.wall_ratio:.2f}",
            growth,
            *(f"{memory:.0f}" for memory in found.memory),
            f"{found.check:.2f}",
        ]
        yield f"| {' | '.join(cells)} |"
        before = found


def budgets(measurements: Sequence[Measurement], tests: float | None) -> Iterator[str]:
    """Yield a line for each budget: whether it is kept, and how far from it the measurement is."""
    sizes = {found.size: found for found in measurements}
    first, last = (sizes.get(size) for size in GROWTH_SIZES)
    at_ratio, at_memory, at_check = (sizes.get(size) for size in (RATIO_SIZE, MEMORY_SIZE, CHECK_SIZE))
    growth = last.user[0] / first.user[0] if first and last else None
    for what, limit, unit, found in (
        (f"building {RATIO_SIZE:,} documents, to plain", RATIO, "×", at_ratio.ratio if at_ratio else None),
        (f"growth from {GROWTH_SIZES[0]:,} to {GROWTH_SIZES[1]:,} documents", GROWTH, "×", growth),
        (f"memory at {MEMORY_SIZE:,} documents", MEMORY, " MiB", at_memory.memory[0] if at_memory else None),
        (f"checking {CHECK_SIZE:,} documents", CHECK, " s", at_check.check if at_check else None),
        ("the tests without a browser", TESTS, " s", tests),
    ):
        if found is None:
            yield f"- {what}: at most {limit:g}{unit}: not measured."
            continue
        verdict = "reached" if found <= limit else "**not reached**"
        side = "below" if found <= limit else "above"
        by = abs(found - limit) / limit
        yield f"- {what}: at most {limit:g}{unit}: {verdict}, {found:.4g}{unit} is {by:.0%} {side} it."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure what the edition costs.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 3000], help="documents in each corpus")
    parser.add_argument("--runs", type=int, default=3, help="pairs of builds of each size (default: 3)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave the corpora and sites in this folder")
    parser.add_argument("--tests", action="store_true", help="time the test suite too")
    options = parser.parse_args(arguments)
    if min(options.sizes) < SMALLEST or options.runs < 1:
        parser.error(f"a corpus has {SMALLEST} documents or more, and there is one run or more")
    with TemporaryDirectory(prefix="bench-") as temporary:
        folder = options.keep or Path(temporary)
        say("a first build of each kind that does not count …")
        measure(SMALLEST, 1, folder / "first")
        measurements = [measure(size, options.runs, folder / str(size)) for size in sorted(set(options.sizes))]
    tests = None
    if options.tests:
        say("the tests …")
        tests = cost(_TESTS, ROOT).wall
    lines = [*table(measurements), "", *budgets(measurements, tests)]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
