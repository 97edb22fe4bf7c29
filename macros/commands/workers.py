"""Workers: processes forked from this one, which know all that it knows, and share out numbered tasks among them."""

import fcntl
import gc
import logging
import os
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress

_NUMBER = 4  # bytes
_MOST_WORKERS = 8  # each has memory of its own, and a container may see more cores than it is given

_PATIENCE = 10  # the search index, which is made meanwhile, takes the longest and goes before

FEWEST = 200
"""Pages from which on workers are worth it: each computes for itself what several pages have in common."""

_log = logging.getLogger("mkdocs.plugins.edition")


def cores() -> int:
    """Return how many processes can work at once: one where the system cannot fork them safely, and never very many."""
    return min(len(os.sched_getaffinity(0)), _MOST_WORKERS) if sys.platform == "linux" else 1


def helpers(pages: int) -> int:
    """Return how many processes are to share a number of pages: none where one alone is as quick."""
    workers = cores() if pages >= FEWEST else 1
    return workers if workers > 1 else 0


def shared(count: int, task: Callable[[int], bytes], size: int, workers: int) -> Mapping[int, bytes]:
    """Return what a task comes to for each number below `count`, as far as workers get: texts of `size` bytes.

    A task that fails, or comes to a text of another size, is left out, and so is what a worker had when it died, and
    all of it where the system lets no process be started.  What tasks say is lost.
    """
    tasks, waiting = os.pipe()
    results, told = os.pipe()
    room = fcntl.fcntl(waiting, fcntl.F_GETPIPE_SZ) // _NUMBER  # numbers that it holds before anybody reads
    step = -(-count // room) or 1
    os.write(waiting, b"".join(at.to_bytes(_NUMBER, "big") for at in range(0, count, step)))
    os.close(waiting)
    started = []
    with suppress(OSError):  # the system has no room for another process
        for _ in range(workers):
            if (pid := os.fork()) == 0:
                _work(task, lambda: os.read(tasks, _NUMBER), range(count), step, size, told)
            started.append(pid)
    os.close(tasks)
    os.close(told)
    with os.fdopen(results, "rb") as stream:
        said = stream.read()  # until the last worker has ended
    for pid in started:
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        if status < 0:
            _log.info("A worker was ended by %s: what is left is done without it.", signal.Signals(-status).name)
    whole = _NUMBER + size
    parts = (said[at : at + whole] for at in range(0, len(said) - whole + 1, whole))
    return {int.from_bytes(part[:_NUMBER], "big"): part[_NUMBER:] for part in parts}


def _work(
    task: Callable[[int], bytes], ask: Callable[[], bytes], numbers: range, step: int, size: int, told: int
) -> None:
    """Do tasks as long as there are any, and end this process; nothing that it has is written out or cleared up."""
    try:
        # What is to be said of a task is said where it is done anew; without any handler, it would be written here too.
        logging.getLogger("mkdocs").handlers = [logging.NullHandler()]
        os.nice(_PATIENCE)
        gc.disable()  # a page leaves little that only this would find, and it is gone when this process ends
        while asked := ask():
            first = int.from_bytes(asked, "big")
            for at in numbers[first : first + step]:
                result = b""
                with suppress(Exception):  # where it is done anew, it is told what was wrong
                    result = task(at)
                if len(result) == size:
                    os.write(told, at.to_bytes(_NUMBER, "big") + result)  # in one piece, being short (pipe(7))
    finally:  # also where nobody is there any more to tell
        os._exit(0)
