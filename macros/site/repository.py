"""The repository that a site is built from: when its texts last changed, and what in it only a build should write.

What Git is asked for is nothing where there is no Git, or no repository.
"""

import os
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from ..model.date import Date


def last_change(docs: Path) -> Date | None:
    """Return the day of the edition's last commit, which a reproducible build is told, or nothing if none is known."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not seconds.isdigit():
        seconds = _git(docs, "log", "-1", "--format=%ct")
    return Date.read(datetime.fromtimestamp(int(seconds), UTC).date()) if seconds.isdigit() else None


def tracked(home: Path, made: Sequence[Path]) -> str:
    """Return the first file in folders of what is made that is in the repository, or nothing.

    What a build keeps for the next one comes from builds alone; what came with a commit may say anything.
    """
    return _git(home, "ls-files", "--", *map(str, made)).partition("\n")[0]


def _git(folder: Path, *asked: str) -> str:
    try:
        return subprocess.run(
            ["git", "-C", str(folder), *asked], capture_output=True, text=True, check=False
        ).stdout.strip()
    except OSError:
        return ""
