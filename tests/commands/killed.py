"""Work that is killed, or refused what it asks of the system, at each of its steps: what is left must be sound.

A step is a line of the modules that are watched, or anything that Python asks of the system (its audit events).  Work
runs in a child that is forked, so all of this runs in a process of its own, without threads: see `tests/forked.py`.
"""

import errno
import os
import signal
import sys
from collections.abc import Callable, Iterator
from types import FrameType, ModuleType
from typing import Any

ASKED = ("os.", "shutil.", "tempfile.", "fcntl.", "open", "ctypes.call")


def kill(work: Callable[[], object], at: int, watched: ModuleType) -> bool:
    """Run work in a child that is killed before one of its steps; return whether it got that far."""

    def step() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    return _child(work, at, step, watched) == -signal.SIGKILL


FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def refuse(work: Callable[[], object], at: int, error: BaseException = FULL, *, lasting: bool = False) -> bool:
    """Run work in a child to which one of its questions to the system, or each from then on, raises an error.

    Return whether it asked so many.
    """

    def step() -> None:
        raise error

    return _child(work, at, step, None, lasting=lasting) == 3


def _child(
    work: Callable[[], object], at: int, step: Callable[[], None], watched: ModuleType | None, *, lasting: bool = False
) -> int:
    """Return how a child ended: 0 without the step, 3 with it, or by a signal."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    counted = 0

    def count() -> None:
        nonlocal counted
        counted += 1
        if counted - 1 == at or (lasting and counted - 1 > at):
            step()

    def asked(event: str, _: tuple[Any, ...]) -> None:
        if event.startswith(ASKED) and not is_over:
            count()

    def line(frame: FrameType, event: str, _: object) -> Any:
        if event == "line":
            count()
        return line

    is_over = False
    sys.addaudithook(asked)
    if watched:
        sys.settrace(lambda frame, *_: line if frame.f_code.co_filename == watched.__file__ else None)
    try:
        work()
    except (OSError, KeyboardInterrupt):
        pass
    finally:
        is_over = True
        sys.settrace(None)
        os._exit(3 if counted > at else 0)
    raise AssertionError


def steps(happens: Callable[[int], bool]) -> Iterator[int]:
    """Yield the number of each step, as long as there is one."""
    at = 0
    while happens(at):
        yield at
        at += 1
