"""The meter: runs a module in this process and writes down what the processes that it started cost.

What a process costs, its parent learns, but in one sum with its children: `python -m tests.bench.meter FILE MODULE …`
tells the two apart.
"""

import json
import resource
import runpy
import sys
from pathlib import Path

_PEAK = "VmHWM:"
_STATUS = Path("/proc/self/status")
_UNIT = 2**20 if sys.platform == "darwin" else 2**10  # of the kernel's figures for memory, in a MiB


def peak() -> float:
    """Return the most memory that this process has had, in MiB."""
    if _STATUS.is_file():  # where it is told: what `getrusage` says begins at the peak of the process before
        lines = _STATUS.read_text("ascii").splitlines()
        return float(next(line for line in lines if line.startswith(_PEAK)).split()[1]) / 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _UNIT


if __name__ == "__main__":
    report, *sys.argv = sys.argv[1:]
    try:
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    finally:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        numbers = {"memory": peak(), "beside_user": children.ru_utime, "beside_memory": children.ru_maxrss / _UNIT}
        Path(report).write_text(json.dumps(numbers), "utf-8")
