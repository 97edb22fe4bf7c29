"""Work and commands in processes of their own, which need not read the engine first: they are forked from one that has.

That one has no threads, as this process may have, and none of what tests have done.
"""

import os
import runpy
import sys
from collections.abc import Callable, Mapping
from multiprocessing import get_context
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory
from types import MappingProxyType

from tests import ROOT

FORKING = get_context("forkserver")
FORKING.set_forkserver_preload(
    ["macros.commands.check", "macros.commands.schema", "tests.commands.test_build", "tests.commands.test_writing"]
)


def alone(work: Callable[..., None], *given: object, **named: object) -> str:
    """Run a function of a test module, and return what it prints; what fails there fails here."""
    done = _ran(work, given, named)
    assert done.returncode == 0, done.stderr
    return done.stdout


def called(
    module: str,
    *arguments: str,
    home: Path = ROOT,
    umask: int = 0o022,
    more: Mapping[str, str] = MappingProxyType({}),
    out: Path | None = None,
) -> CompletedProcess[str]:
    """Run a command as `python -m` does, in a folder, with `more` in its environment; what it prints may go to a file."""
    return _ran(_call, (module, arguments, home, umask, {**os.environ, **more}), {}, out)


def _call(module: str, arguments: tuple[str, ...], home: Path, umask: int, environment: Mapping[str, str]) -> None:
    os.chdir(home)
    os.umask(umask)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv[1:] = arguments
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _ran(
    work: Callable[..., None], given: tuple[object, ...], named: Mapping[str, object], out: Path | None = None
) -> CompletedProcess[str]:
    with TemporaryDirectory() as folder:
        printed, said = out or Path(folder, "printed"), Path(folder, "said")
        run = FORKING.Process(target=_begin, args=(printed, said, work, given, named))
        run.start()
        run.join()
        assert run.exitcode is not None
        return CompletedProcess([], run.exitcode, "" if out else printed.read_text("utf-8"), said.read_text("utf-8"))


def _begin(
    printed: Path, said: Path, work: Callable[..., None], given: tuple[object, ...], named: Mapping[str, object]
) -> None:
    for stream, path in ((1, printed), (2, said)):
        with path.open("wb") as file:
            os.dup2(file.fileno(), stream)
    work(*given, **named)
