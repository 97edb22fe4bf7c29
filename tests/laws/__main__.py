"""The command line: `python -m tests.laws` tries every law on new texts for as long as it is told to.

What it has tried, and what it has found, stands in a folder that Git leaves alone (`.laws/`), so that a run that is
stopped goes on where it was.  Findings are written there as cases, ready to be moved to `tests/cases/`; whoever has
mended one takes its folder out, and the next run tries it again.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests import ROOT
from tests.laws.finding import findings, tried
from tests.laws.law import Law, laws
from tests.memory import write_to_memory

FOLDER = ROOT / ".laws"
STATE = "state.json"

AT_ONCE = 50
"""How many examples are tried at a time; a run that is stopped loses no more than these."""

_APART = 1_000_000  # texts between one number and the next


@dataclass
class Tally:
    """What was tried of a law: examples, and seconds of the processor."""

    examples: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        """Return it as people read it."""
        return f"{self.examples:9,} tried, {self.examples / max(self.seconds, 0.001):6.1f} in a second of the processor"


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the laws; return 1 where one does not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.laws", description=__doc__)
    parser.add_argument("laws", nargs="*", metavar="LAW", help="the beginning of a law's name (default: all laws)")
    parser.add_argument("--minutes", type=float, default=10, help="how long to go on (default: 10)")
    parser.add_argument("--examples", type=int, default=0, help="leave a law that was tried on so many texts, ever")
    parser.add_argument("--from", dest="first", type=int, default=0, help="another number gives other texts")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where to note what was tried (default: .laws)")
    options = parser.parse_args(arguments)
    chosen = [one for one in laws() if one.name.startswith(tuple(options.laws) or "")]
    if not chosen:
        parser.error(f"there is no such law (laws: {', '.join(one.name for one in laws())})")
    tallies = {one.name: Tally() for one in chosen} | _read(options.folder)
    write_to_memory()
    end = time.monotonic() + 60 * options.minutes
    try:
        while time.monotonic() < end and (left := _left(chosen, tallies, options.examples)):
            law = min(left, key=lambda one: tallies[one.name].seconds)  # each has its share of the time
            tally, begun = tallies[law.name], time.process_time()
            count, _ = tried(law, AT_ONCE, options.first * _APART + tally.examples, options.folder)
            tally.examples += count
            tally.seconds += time.process_time() - begun
            _write(options.folder, tallies)
            _say(f"{tally}: {law.name}")
    except KeyboardInterrupt:
        _say("Stopped; the next run goes on from here.")
    found = [one for law in chosen for one in findings(law, options.folder)]
    sys.stdout.writelines(f"{tallies[law.name]}: {law.name}\n" for law in chosen)
    sys.stdout.writelines(f"{one.law} does not hold, see {one.folder}: {one.kind}\n" for one in found)
    return 1 if found else 0


def _left(chosen: Sequence[Law], tallies: dict[str, Tally], most: int) -> list[Law]:
    return [law for law in chosen if not most or tallies[law.name].examples < most]


def _read(folder: Path) -> dict[str, Tally]:
    state = folder / STATE
    if not state.is_file():
        return {}
    return {name: Tally(*numbers) for name, numbers in json.loads(state.read_text("utf-8")).items()}


def _write(folder: Path, tallies: dict[str, Tally]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / "state.new"
    numbers = {name: (tally.examples, tally.seconds) for name, tally in tallies.items()}
    aside.write_text(json.dumps(numbers, indent=2), "utf-8")
    aside.replace(folder / STATE)


def _say(what: str) -> None:
    sys.stderr.write(what + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
