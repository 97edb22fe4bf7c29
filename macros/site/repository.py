"""The repository that a site is built from: when its texts last changed, and what in it only a build should write.

What Git is asked for is nothing where there is no Git, or no repository.
"""

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from ..model.date import Date


def last_change(docs: Path) -> Date | None:
    """Return the day of the edition's last commit, which a reproducible build is told, or nothing if none is known."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not seconds.isdigit():
        seconds = _git(docs, "log", "-1", "--format=%ct")
    return Date.read(datetime.fromtimestamp(int(seconds), UTC).date()) if seconds.isdigit() else None


def tracked(home: Path, made: Path) -> str:
    """Return the first of what is made, in a folder below another, that is or may be in the repository, or nothing.

    What a build keeps for the next one comes from builds alone; what came with a commit may say anything, and so may
    what a link leads to, or all of it where Git does not say what is in the repository.
    """
    for part in (made, *made.parents):
        if (home / part).is_symlink() and part != Path():
            return str(part)
    try:
        asked = subprocess.run(_asked(home, "ls-files", "--", str(made)), capture_output=True, check=False)
    except OSError:
        return ""
    in_one = home.is_dir() and any((folder / ".git").exists() for folder in (home.absolute(), *home.absolute().parents))
    return str(made) if asked.returncode and in_one else os.fsdecode(asked.stdout).strip().partition("\n")[0]


def _asked(folder: Path, *asked: str) -> list[str]:
    return ["git", "-C", str(folder), *asked]


def _git(folder: Path, *asked: str) -> str:
    try:
        return subprocess.run(_asked(folder, *asked), capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        return ""
