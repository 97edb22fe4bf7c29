"""Serving: the development server, kept in step with everything that the site is made from.

MkDocs builds anew when Markdown, data, templates, styles or scripts change.  It does not take in changed Python,
and a configuration that it cannot read leaves it stuck.  So it runs as a child of this module, which watches those
two: what has changed is first tried out in a process of its own, and the server starts anew only if it holds.
"""

import logging
import os
import signal
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path

SUPERVISED = "EDITION_SUPERVISED"
"""Set in the environment of a server whose configuration is watched from here."""

PACKAGE = Path(__file__).parent.parent
CONFIG = Path("mkdocs.yml")
TEXTS = (Path("docs"), Path("overrides"))
INTERVAL = 0.5  # seconds between two looks at the files
PATIENCE = 10  # seconds that a server is given to end by itself

# Asked to end, the server does so as on Ctrl+C, and takes its temporary folder with it.
_SERVER = (
    "import signal; signal.signal(signal.SIGTERM, signal.default_int_handler); from mkdocs.__main__ import cli; cli()"
)
_TRIAL = f"from {__name__} import try_out; try_out()"

_Server = subprocess.Popen[bytes]
_Stamps = Mapping[Path, tuple[int, int]]


def serve(address: str) -> int:
    """Serve the site of the folder this runs in, at `host:port`, until it is stopped; return an exit status."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        _say(f"'{address}' is no address: write host and port, as in 127.0.0.1:8000")
        return 2
    if _is_taken(host, int(port)):
        _say(f"{address} is in use: stop what serves there, or say another address, as in {host}:{int(port) + 1}")
        return 2
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    server, seen = _start(address), _stamps(_engine())
    try:
        while True:
            seen = _change(server, seen)
            if fault := _fault():
                _say(f"{fault}. What is served stays as it was until this is mended.")
                continue
            _say("Python or the configuration has changed: the server starts anew.")
            _stop(server)
            server = _start(address)
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(server)


def try_out() -> None:
    """Take in Python and configuration as a server would; where that fails, print one sentence and exit with 1."""
    from mkdocs.config import load_config
    from mkdocs.exceptions import ConfigurationError

    said: list[str] = []
    listener = logging.Handler(logging.ERROR)
    listener.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("mkdocs").addHandler(listener)
    try:
        sentence = _unreadable()
        if not sentence:
            config = load_config()
            config.plugins.on_config(config)
            config.plugins["edition"].tell()  # type: ignore[attr-defined]
    except SyntaxError as error:
        sentence = f"{os.path.relpath(error.filename or '.')}:{error.lineno}: {error.msg}"
    except (ConfigurationError, SystemExit) as error:
        sentence = f"{CONFIG}: {' '.join(' '.join(said or [str(error)]).split())}"
    except Exception as error:  # whatever a change has broken
        frames = reversed(traceback.extract_tb(error.__traceback__))
        ours = next((frame for frame in frames if Path(frame.filename).is_relative_to(PACKAGE)), None)
        place = f"{os.path.relpath(ours.filename)}:{ours.lineno}: " if ours else ""
        sentence = f"{place}{type(error).__name__}: {error}"
    if not sentence:
        return
    sys.stdout.write(sentence.rstrip(".") + "\n")
    sys.exit(1)


def _unreadable() -> str:
    """Return what keeps the configuration from being read, as the check says it, or nothing."""
    from ..checks.navigation import read_navigation  # here, where what a change has broken is noticed
    from ..text.reading import decode

    if not CONFIG.is_file():
        return ""
    text, problems = decode(CONFIG, str(CONFIG))
    for problem in problems or read_navigation(text, str(CONFIG))[1]:
        if problem.rule in ("configuration-is-readable", "file-is-readable"):
            return f"{problem.position.path}:{problem.position.line}: {problem.message}"
    return ""


def _change(server: _Server, seen: _Stamps) -> _Stamps:
    """Wait for a change that the server does not look after, of any file if it has ended; return what is there then."""
    while server.poll() is None:
        time.sleep(INTERVAL)
        if _stamps(_engine()) != seen:
            return _settled()
    before = _stamps(_everything())
    _say(f"{_fault() or 'The server has ended'}. It is tried again when a file changes (stop with Ctrl+C).")
    while _stamps(_everything()) == before:
        time.sleep(INTERVAL)
    return _settled()


def _settled() -> _Stamps:
    """Return the state of the engine's files once they have stopped changing."""
    seen = None
    while seen != (now := _stamps(_engine())):
        seen = now
        time.sleep(INTERVAL / 2)
    return now


def _engine() -> Iterator[Path]:
    yield from PACKAGE.rglob("*.py")
    yield CONFIG


def _everything() -> Iterator[Path]:
    yield from _engine()
    for folder in TEXTS:
        yield from folder.rglob("*")


def _stamps(paths: Iterator[Path]) -> _Stamps:
    found = {}
    for path in paths:
        try:
            stat = path.stat()
        except OSError:  # taken away, or being written, just now
            continue
        found[path] = (stat.st_mtime_ns, stat.st_size)
    return found


def _fault() -> str:
    """Try out Python and configuration in a process of its own; return what is wrong with them, or nothing."""
    trial = subprocess.run([sys.executable, "-c", _TRIAL], capture_output=True, text=True, check=False)
    return (trial.stdout.strip() or trial.stderr.strip()).rpartition("\n")[2] if trial.returncode else ""


def _start(address: str) -> _Server:
    command = [sys.executable, "-c", _SERVER, "serve", "--dev-addr", address]
    return subprocess.Popen(command, env={**os.environ, SUPERVISED: "1"})


def _stop(server: _Server) -> None:
    server.terminate()
    try:
        server.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _is_taken(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()
