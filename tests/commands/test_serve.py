"""The development server in step with texts, Python and configuration: a mistake is said, and gone when it is mended."""

import socket
from pathlib import Path

import pytest

from macros.commands.serve import serve
from tests.commands.server import CONFIG, Server, started

pytestmark = pytest.mark.long


def test_a_mistake_is_said_and_gone_when_it_is_mended(tmp_path: Path) -> None:
    with started(tmp_path, CONFIG.replace("name: mkdocs", "name: nowhere")) as server:
        make_and_mend(server)


def make_and_mend(server: Server) -> None:
    """Make mistakes of all kinds, beginning with one with which the server cannot start, and mend each."""
    server.says("mkdocs.yml: Config value 'theme': Unrecognised theme name: 'nowhere'")
    server.says("It is tried again when a file changes")
    server.change("mkdocs.yml", "name: nowhere", "name: mkdocs")
    server.shows("First name")

    server.change("docs/index.md", '{{ rules("calls") }}', "{{ nowhere() }}")
    server.says("docs/index.md:3: ")
    server.shows("[macro-known]")
    server.change("docs/index.md", "{{ nowhere() }}", '{{ rules("calls") }}')
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

    server.change("macros/text/problem.py", "    near = nearest(word, known)", "    near = (nearest(word, known)")
    server.says("macros/text/problem.py:")
    server.says("was never closed. What is served stays as it was until this is mended.")
    server.shows("First name")
    server.change("macros/text/problem.py", "    near = (nearest(word, known)", "    near = nearest(word, known)")
    server.change("macros/text/rule.py", "A called macro exists.", "A called macro is there.")
    server.shows("A called macro is there.")

    server.change("mkdocs.yml", "plugins: [edition]", "plugins: [edition")
    server.says("mkdocs.yml:4: a bracket opens in this line and is not closed")
    server.shows("First name")
    server.change("mkdocs.yml", "plugins: [edition", "plugins: [edition]")
    server.change("mkdocs.yml", "First name", "Second name")
    server.shows("Second name")
    assert "Traceback" not in server.log.read_text("utf-8")


@pytest.mark.parametrize(("address", "said"), [("8000", "is no address"), ("a:b", "is no address")])
def test_what_is_no_address_is_said(address: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert serve(address) == 2
    assert said in capsys.readouterr().err


def test_an_address_in_use_is_said_with_another(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert serve(f"127.0.0.1:{port}") == 2
    assert f"127.0.0.1:{port} is in use" in capsys.readouterr().err
