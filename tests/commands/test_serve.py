"""The development server in step with texts, Python and configuration: a mistake is said, and gone when it is mended."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect

from macros.commands.serve import serve
from tests.sites import ROOT

PATIENCE = 40  # seconds, on a machine that has much else to do
CONFIG = """\
site_name: First name
theme: {name: mkdocs, custom_dir: overrides}
watch: [overrides]
plugins: [edition]
"""
OVERRIDE = '{% extends "base.html" %}{% block footer %}Old footer{% endblock %}'
PAGE = "# Page\n\n{{ rules() }}\n"


class Server:
    """A server as a contributor starts it, in a project of its own with a copy of the engine."""

    def __init__(self, home: Path) -> None:
        self.home = home
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        self.log = home / "log.txt"
        command = [sys.executable, "-m", "macros", "serve", "--address", self.address]
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"}
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


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[str], Server]]:
    """Return a function that starts a server on a configuration."""
    shutil.copytree(ROOT / "macros", tmp_path / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    for folder in ("docs", "overrides"):
        (tmp_path / folder).mkdir()
    (tmp_path / "docs" / "index.md").write_text(PAGE, "utf-8")
    (tmp_path / "overrides" / "style.css").write_text("p { margin: 0 }", "utf-8")
    (tmp_path / "overrides" / "main.html").write_text(OVERRIDE, "utf-8")
    started = []

    def start_(config: str) -> Server:
        (tmp_path / "mkdocs.yml").write_text(config, "utf-8")
        started.append(Server(tmp_path))
        return started[0]

    yield start_
    for server in started:
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(PATIENCE) == 0
        assert server.page() == ""


def test_a_mistake_is_said_and_gone_when_it_is_mended(start: Callable[[str], Server]) -> None:
    server = start(CONFIG)
    server.shows("First name")

    server.change("docs/index.md", "{{ rules() }}", "{{ nowhere() }}")
    server.says("docs/index.md:3: ")
    server.shows("[macro-known]")
    server.change("docs/index.md", "{{ nowhere() }}", "{{ rules() }}")
    server.shows_no_more("[macro-known]")

    (server.home / "docs" / "bibliography.bib").write_text("@book{a\n  title = {T},\n}\n", "utf-8")
    server.says("docs/bibliography.bib:1: there is no comma behind the key")
    server.shows("[bibliography-is-readable]")
    (server.home / "docs" / "bibliography.bib").unlink()
    server.shows_no_more("[bibliography-is-readable]")

    server.change("overrides/style.css", "margin: 0", "margin: 1em")
    server.waits_for(lambda: "1em" in server.page("style.css"))
    server.change("overrides/main.html", "Old footer", "New footer")
    server.shows("New footer")
    server.change("macros/templates/rules.html", "<", '<span class="new-template"/><', 1)
    server.shows("new-template")

    server.change(
        "macros/text/problem.py",
        "    return f\"; did you mean '{near}'?\"",
        "    return (f\"; did you mean '{near}'?\"",
    )
    server.says("macros/text/problem.py:")
    server.says("was never closed. What is served stays as it was until this is mended.")
    server.shows("First name")
    server.change("macros/text/problem.py", '    return (f"; did', '    return f"; did')
    server.change("macros/text/rule.py", "A called macro exists.", "A called macro is there.")
    server.shows("A called macro is there.")

    server.change("mkdocs.yml", "plugins: [edition]", "plugins: [edition")
    server.says("mkdocs.yml:4: a bracket opens in this line and is not closed")
    server.shows("First name")
    server.change("mkdocs.yml", "plugins: [edition", "plugins: [edition]")
    server.change("mkdocs.yml", "First name", "Second name")
    server.shows("Second name")
    assert "Traceback" not in server.log.read_text("utf-8")


def test_a_server_that_cannot_start_is_tried_again(start: Callable[[str], Server]) -> None:
    server = start(CONFIG.replace("name: mkdocs", "name: nowhere"))
    server.says("mkdocs.yml: Config value 'theme': Unrecognised theme name: 'nowhere'")
    server.says("It is tried again when a file changes")
    server.change("mkdocs.yml", "name: nowhere", "name: mkdocs")
    server.shows("First name")


@pytest.mark.parametrize(("address", "said"), [("8000", "is no address"), ("a:b", "is no address")])
def test_what_is_no_address_is_said(address: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert serve(address) == 2
    assert said in capsys.readouterr().err


def test_an_address_in_use_is_said_with_another(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert serve(f"127.0.0.1:{port}") == 2
    assert f"127.0.0.1:{port} is in use" in capsys.readouterr().err


def test_a_page_is_loaded_anew_under_the_policy(start: Callable[[str], Server], browser: Browser) -> None:
    server = start(CONFIG.replace("name: mkdocs", "name: material, font: false"))
    server.shows("First name")
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"http://{server.address}/")
    for words in ("Once more", "And again"):
        (server.home / "docs" / "index.md").write_text(f"# Page\n\n{words}.\n", "utf-8")
        expect(page.locator("article")).to_contain_text(words, timeout=PATIENCE * 1000)
    page.close()
    assert [text for text in said if "Security Policy" in text] == []
    assert said.count("Enabled live reload") >= 3
