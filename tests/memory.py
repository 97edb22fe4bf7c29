"""Where tests write: into memory, where the system lends it as a folder, for on a disk copying alone costs six times as much."""

import os
import shutil
import tempfile
from pathlib import Path

LENT = Path("/dev/shm")
ROOM = 2 << 30
"""Bytes that must be free there: about twice what a whole run writes, if no folder of a test is taken away again."""


def write_to_memory() -> None:
    """Have this process, and those it starts, make temporary folders in memory; who has named a place for them keeps it."""
    if "TMPDIR" not in os.environ and is_fit(LENT):
        os.environ["TMPDIR"] = tempfile.tempdir = str(LENT)


def is_fit(folder: Path) -> bool:
    """Return whether one can write enough to a folder, and run what was written there."""
    if not os.access(folder, os.W_OK | os.X_OK):
        return False
    return shutil.disk_usage(folder).free >= ROOM and not os.statvfs(folder).f_flag & getattr(os, "ST_NOEXEC", 0)
