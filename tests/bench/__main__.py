"""The command line: `python -m tests.bench` measures the edition beside plain MkDocs-Material, and prints how it stands.

The report goes to standard output, how far the benchmark is to standard error.  A budget that is not kept is said
in the report; the benchmark fails only where it cannot measure.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import ROOT
from tests.bench import build, importing, live, quality, real, search, weight
from tests.bench.corpus import SMALLEST
from tests.bench.process import MeasuringError, cost
from tests.bench.report import Finding, Part, say, written

TESTS = 30.0  # seconds
_TESTS = ("-q", "-n", "auto", "--dist", "loadfile", "--ignore-glob=*/browser/*")

PARTS = {
    "build": "what building and checking invented collections costs, and how it grows",
    "live": "how long a changed note takes from saving to served",
    "search": "what a reader waits for and is sent until the first result is there",
    "pages": "what Lighthouse says of the real site's pages, and what a first visit weighs",
    "import": "what the importer keeps, leaves out and says so, or loses of texts, and how long it takes",
    "tests": "how long the tests without a browser take",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description=__doc__,
        epilog="parts:\n" + "\n".join(f"  {name:8}{what}" for name, what in PARTS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("parts", nargs="*", metavar="PART", default=list(PARTS), help="what to measure (default: all)")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 3000], help="documents in each collection")
    parser.add_argument("--runs", type=int, default=3, help="how often each thing is measured (default: 3)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave the collections and sites in this folder")
    options = parser.parse_args(arguments)
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"there is no part '{unknown.pop()}' (parts: {', '.join(PARTS)})")
    if min(options.sizes) < SMALLEST or options.runs < 1:
        parser.error(f"a collection has {SMALLEST} documents or more, and there is one run or more")
    with TemporaryDirectory(prefix="bench-") as temporary:
        try:
            parts = measure(options.parts, sorted(set(options.sizes)), options.runs, options.keep or Path(temporary))
        except MeasuringError as error:
            say(f"This could not be measured: {error}")
            return 1
    sys.stdout.write(written(parts))
    return 0


def measure(parts: Sequence[str], sizes: Sequence[int], runs: int, folder: Path) -> list[Part]:
    """Return what the parts found, in their order."""
    found: list[Part] = []
    if "build" in parts or "search" in parts:
        say("a first build of each kind that does not count …")
        build.warm_up(folder / "first")
        # The search is asked on the sites that the builds leave.
        measured = [build.measure(size, runs if "build" in parts else 1, folder / str(size)) for size in sizes]
        if "build" in parts:
            found.append(build.part(measured))
        if "search" in parts:
            found.append(search.part({size: folder / str(size) for size in sizes}, runs))
    if "live" in parts:
        found.append(live.part(sizes, runs, folder))
    if "pages" in parts:
        say("the real site …")
        site = real.make(folder)
        pages = real.pages(site)
        found.append(quality.part(site, pages, runs))
        found.append(weight.part(site, pages["commentary"], folder / "weight"))
    if "import" in parts:
        say("the importer …")
        found.append(importing.part())
    if "tests" in parts:
        say("the tests …")
        found.append(
            Part(findings=[Finding("the tests without a browser", TESTS, " s", cost("pytest", _TESTS, ROOT).wall)])
        )
    return found


if __name__ == "__main__":
    sys.exit(main())
