"""What the tests of commands have in common: a collection to build, and workers for it."""

import shutil
from pathlib import Path

import pytest

from macros.commands import workers
from tests import ROOT
from tests.sites import INVENTED


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a copy of the invented collection with a cache of its own."""
    shutil.copytree(INVENTED.parent, tmp_path / "home", ignore=lambda *_: [".cache", "site"])
    config = tmp_path / "home" / "mkdocs.yml"
    text = config.read_text("utf-8").replace("../../overrides", str(ROOT / "overrides"))
    config.write_text(text, "utf-8")
    return tmp_path / "home"


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have even a small site rendered by three workers."""
    monkeypatch.setattr(workers, "cores", lambda: 3)
    monkeypatch.setattr(workers, "FEWEST", 0)
