"""The development server, as a contributor starts it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests import ROOT

PATIENCE = 40  # seconds, on a machine that has much else to do
CONFIG = """\
site_name: First name
theme: {name: mkdocs, custom_dir: overrides}
watch: [overrides]
plugins: [edition]
"""
OVERRIDE = '{% extends "base.html" %}{% block footer %}Old footer{% endblock %}'
PAGE = '# Page\n\n{{ rules("calls") }}\n'


class Server:
    """A server as a contributor starts it, in a project of its own with a copy of the engine."""

    def __init__(self, home: Path) -> None:
        self.home = home
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        self.log = home / "log.txt"
        command = [sys.executable, "-m", "macros", "serve", "--address", self.address]
        # MkDocs leaves its temporary folder behind when it is stopped.
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "TMPDIR": str(home)}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, cwd=home, env=environment, stdout=log, stderr=log)

    def change(self, path: str, old: str, new: str, count: int = -1) -> None:
        text = (self.home / path).read_text("utf-8")
        assert old in text
        (self.home / path).write_text(text.replace(old, new, count), "utf-8")

    def page(self, path: str = "") -> str:
        try:
            with urlopen(f"http://{self.address}/{path}", timeout=5) as answer:
                return str(answer.read().decode())
        except (URLError, OSError):
            return ""

    def waits_for(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, f"{self.log.read_text()}\n\n{self.page()}"
            time.sleep(0.1)

    def says(self, sentence: str) -> None:
        self.waits_for(lambda: sentence in self.log.read_text("utf-8"))

    def shows(self, words: str) -> None:
        self.waits_for(lambda: words in self.page())

    def shows_no_more(self, words: str) -> None:
        self.waits_for(lambda: bool(page := self.page()) and words not in page)


@contextmanager
def started(home: Path, config: str) -> Iterator[Server]:
    """Start a server on a configuration, in a folder with a copy of the engine, and stop it in the end."""
    # With what Python compiled of it, but not what it is just writing.
    shutil.copytree(ROOT / "macros", home / "macros", ignore=shutil.ignore_patterns("*.pyc.*"))
    for folder in ("docs", "overrides"):
        (home / folder).mkdir()
    (home / "docs" / "index.md").write_text(PAGE, "utf-8")
    (home / "docs" / "bibliography.bib").touch()
    (home / "overrides" / "style.css").write_text("p { margin: 0 }", "utf-8")
    (home / "overrides" / "main.html").write_text(OVERRIDE, "utf-8")
    (home / "mkdocs.yml").write_text(config, "utf-8")
    server = Server(home)
    try:
        yield server
    finally:
        server.process.send_signal(signal.SIGTERM)
        status = server.process.wait(PATIENCE)
    assert status == 0
    assert server.page() == ""
