"""Writing: files that belong together come into their folder all or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from ..model.folder import DEEPEST

_BEGUN, _WHOLE = ".writing-", ".written"


def put(folder: Path, texts: Mapping[str, str]) -> Sequence[Path]:
    """Write texts into a folder by the names of their files; return their paths.

    The new files are first written aside, in a hidden folder beside the old ones, and brought to the disk.  Then that
    folder gets its final name: before this one step all is old, and behind it all is new, for what is left to do, to
    move the files up one by one, `finish` does now or, if the process is killed, when the next command begins.

    Raises `OSError` where the system refuses: then all is old, or `finish` has the rest to do.
    """
    folder.mkdir(parents=True, exist_ok=True)
    finish(folder)
    aside = Path(tempfile.mkdtemp(prefix=_BEGUN, dir=folder))
    try:
        for name, text in texts.items():
            with (aside / name).open("w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        _sync(aside)
        aside.rename(folder / _WHOLE)
    finally:
        try:
            finish(folder)
        except BaseException:  # such as Ctrl+C: what is begun here is ended all the same
            finish(folder)
            raise
    return [folder / name for name in texts]


def finish(folder: Path) -> Sequence[Path]:
    """Move up what a `put` that was broken off has left whole, and clear away what it has not; return what was moved.

    A file that someone has changed since stays as it is.  Links are not followed.  Raises `OSError`.
    """
    moved = []
    whole = folder / _WHOLE
    if whole.is_dir() and not whole.is_symlink():
        _sync(folder)
        for path in sorted(whole.iterdir()):
            place = folder / path.name
            if place.exists() and place.stat().st_mtime_ns > path.stat().st_mtime_ns:
                path.unlink()
            else:
                moved.append(path.replace(place))
        whole.rmdir()
        _sync(folder)
    for begun in folder.glob(f"{_BEGUN}*"):
        shutil.rmtree(begun, ignore_errors=True)
    return moved


def finish_below(docs: Path) -> Sequence[Path]:
    """Do so in a folder and in all folders below it."""
    moved: list[Path] = []
    for folder, folders, _ in os.walk(docs):
        if any(name.startswith((_BEGUN, _WHOLE)) for name in folders):
            moved += finish(Path(folder))
        if len(Path(folder).relative_to(docs).parts) >= DEEPEST:
            folders.clear()  # no text stands deeper, however deep someone has made it
    return moved


def _sync(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
