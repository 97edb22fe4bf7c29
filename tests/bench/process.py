"""Processes: what it costs to run a module, and beside it the processes that it starts."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import ROOT


class MeasuringError(Exception):
    """What was to be measured did not run; the message says what it was and what it said."""


@dataclass(frozen=True)
class Cost:
    """What a process costs: seconds of the processor in user mode, seconds on the clock, MiB of memory at its peak.

    `beside_user` and `beside_memory` are the same of the processes that it started, none of it in its own.
    """

    user: float
    wall: float
    memory: float
    beside_user: float
    beside_memory: float


def cost(module: str, arguments: Sequence[str], folder: Path) -> Cost:
    """Run a module in a folder and return what it cost; raises `MeasuringError` if it fails.

    What was written or deleted before is on the disk first, so that nothing measured has to wait for that.
    """
    with TemporaryDirectory(prefix="bench-") as temporary:
        report = Path(temporary) / "children.json"
        command = [sys.executable, "-m", "tests.bench.meter", str(report), module, *arguments]
        paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": paths}
        os.sync()
        begin = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        with process:
            said = process.stdout.read() if process.stdout else b""
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - begin
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise MeasuringError(f"{module} {' '.join(arguments)} in {folder}:\n{said.decode(errors='replace')}")
        told: dict[str, float] = json.loads(report.read_text("utf-8"))
    return Cost(usage.ru_utime - told["beside_user"], wall, **told)
