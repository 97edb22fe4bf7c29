"""A module of a macro that cannot be used is told in one sentence, at its file and line."""

import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.commands.cli import main
from macros.model.macro import discover
from macros.model.marks import ModuleError
from tests.sites import COLLECTION

HEAD = "from macros.calls.base import Context, macro\nfrom macros.model.macro import Fragment\n\n\n"
SOUND = (
    HEAD + '@macro()\ndef tide(context: Context) -> Fragment:\n    """Say it."""\n    return Fragment("people.html")\n'
)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the folder of a package of macros that is called `tides`."""
    folder = tmp_path / "tides"
    folder.mkdir()
    (folder / "__init__.py").write_text("", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    yield folder
    for name in [name for name in sys.modules if name.partition(".")[0] == "tides"]:
        del sys.modules[name]


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        (SOUND.replace("-> Fragment:", "-> Fragment"), 6, "Python cannot read this line: expected ':'"),
        (SOUND.replace("@macro()", "@macro"), 5, "the mark has brackets: write `@macro()`"),
        ("import nowhere_at_all\n" + SOUND, 1, "this module cannot be loaded: No module named 'nowhere_at_all'"),
        (SOUND + "\n\n1 / 0\n", 11, "this module cannot be loaded: division by zero"),
    ],
)
def test_a_module_that_cannot_be_loaded_is_told_at_its_line(
    package: Path, source: str, line: int, message: str
) -> None:
    (package / "tide.py").write_text(source, "utf-8")
    with pytest.raises(ModuleError, match=rf"tides/tide\.py:{line}: {re.escape(message)}"):
        discover("tides")


def test_a_name_that_is_taken_is_told_at_its_function(package: Path) -> None:
    (package / "ebb.py").write_text(SOUND, "utf-8")
    (package / "tide.py").write_text(SOUND, "utf-8")
    with pytest.raises(ModuleError, match=r"tides/tide\.py:5: a macro is called 'tide' already, in ebb\.py"):
        discover("tides")


def test_the_command_says_it_and_no_more(
    package: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (package / "tide.py").write_text("def\n", "utf-8")
    monkeypatch.setattr("macros.model.loading.discover", lambda: discover("tides"))
    assert main(["check", "--docs", str(COLLECTION)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(r"\S+tides/tide\.py:1: Python cannot read this line: [^\n]+\.\n", err)
