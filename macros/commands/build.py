"""Building: the strict production build, made aside and put in the site's place as a whole."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ..text.fault import explain
from .standing import made_of, note, stands

SITE = Path("site")
_AT_ONCE = 2  # RENAME_EXCHANGE, see renameat2(2)


def run() -> int:
    """Build the site of the folder this runs in; return an exit status."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    home = Path()
    made = made_of(home)
    if made and stands(home, SITE, made):
        sys.stderr.write(f"Nothing has changed since the site in {SITE}/ was built.\n")
        return 0
    try:
        is_built = build(SITE, mkdocs)
        if is_built and made and made_of(home) == made:  # nothing was written meanwhile
            note(home, SITE, made)
    except OSError as error:
        sys.stderr.write(f"{explain(error)}.\n")
        is_built = False
    sys.stderr.write(f"The site stands in {SITE}/.\n" if is_built else f"Nothing was changed in {SITE}/.\n")
    return 0 if is_built else 1


def mkdocs(folder: Path) -> int:
    """Have MkDocs build into a folder, strictly; return its exit status.  What it has started ends with this."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    child = subprocess.Popen(command, process_group=0)
    try:
        status = child.wait()
    except BaseException:
        os.killpg(child.pid, signal.SIGTERM)
        child.wait()
        raise
    if status < 0:
        sys.stderr.write(f"MkDocs was ended from outside, by {signal.Signals(-status).name}.\n")
    return status


def build(site: Path, make: Callable[[Path], int]) -> bool:
    """Have a site made and put it in the place of the one before; return whether `make` ended with 0.

    At every moment the old site or the new one stands there, whole: it is made aside, in a hidden folder of this run
    alone, and where the system can let two folders change places that is one step.  Elsewhere it is two, and if the
    process is killed between them, the next run puts the old site back before all else.  Of two runs the second waits
    for the first, by a lock that the system takes from a process which ends, however it ends.

    Raises `OSError` where the system refuses; the old site is then as it was.
    """
    site = site.resolve()  # where it is a link, what it leads to is the site
    if site.exists() and not site.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(site))
    with _alone(site):
        _clear(site)
        try:
            aside = Path(tempfile.mkdtemp(prefix=_prefix(site), dir=site.parent))
            is_made = make(aside / "new") == 0
            if is_made:
                _replace(site, aside)
        finally:
            _clear(site)
    return is_made


def _replace(site: Path, aside: Path) -> None:
    """Put what was made aside in the place of the site."""
    new, old = aside / "new", aside / "old"
    if not site.exists():
        new.rename(site)
    elif not _exchange(new, site):
        site.rename(old)
        new.rename(site)
        old.rename(aside / "gone")


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders, given by absolute paths, change places in one step; return whether that was done."""
    call = getattr(ctypes.CDLL(None), "renameat2", None)  # of Linux
    return call is not None and call(-1, os.fsencode(one), -1, os.fsencode(other), _AT_ONCE) == 0


def _clear(site: Path) -> None:
    """Put the site back that a run has moved out of its place, if none stands there, and clear away what runs left."""
    for aside in site.parent.glob(f"{_prefix(site)}*"):
        if not site.exists() and (aside / "old").exists():
            (aside / "old").rename(site)
        shutil.rmtree(aside, ignore_errors=True)


def _prefix(site: Path) -> str:
    return f".{site.name}-aside-"


@contextmanager
def _alone(site: Path) -> Iterator[None]:
    """Wait until no other run works on the site, and keep others waiting."""
    with site.with_name(f".{site.name}.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.stderr.write(f"Another run is building {site.name}/: this one waits for it.\n")
            sys.stderr.flush()
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
