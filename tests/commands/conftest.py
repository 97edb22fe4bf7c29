"""What the tests of commands have in common: a collection to build, once built for all of them, and workers for it."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import pytest

from macros.commands import workers
from macros.site.indexing import Indexing
from tests import ROOT
from tests.sites import INVENTED, make


class Built(NamedTuple):
    """A collection that was built, with the cache that was left: its folder, and the files of its site by path."""

    home: Path
    site: Mapping[str, bytes]


def site(home: Path) -> dict[str, bytes]:
    """Return what is built of a collection, without an index, by the files' paths."""
    folder = home.parent / "site"
    with patch.object(Indexing, "__init__", return_value=None), patch.object(Indexing, "finish", return_value=None):
        make(folder, home / "mkdocs.yml")
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: content for name, content in found.items() if not name.endswith(".gz")}


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return a copy of the invented collection that was built once; nobody may write into it."""
    home = tmp_path_factory.mktemp("built") / "home"
    shutil.copytree(INVENTED.parent, home, ignore=lambda *_: [".cache", "site"])
    config = home / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("../../overrides", str(ROOT / "overrides")), "utf-8")
    return Built(home, site(home))


@pytest.fixture
def warm(built: Built, tmp_path: Path) -> Path:
    """Return a copy of the invented collection, with what the first build has left in its cache."""
    return Path(shutil.copytree(built.home, tmp_path / "home"))


@pytest.fixture
def home(built: Built, tmp_path: Path) -> Path:
    """Return a copy of the invented collection that was never built."""
    return Path(shutil.copytree(built.home, tmp_path / "home", ignore=lambda *_: [".cache"]))


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have even a small site rendered by three workers."""
    monkeypatch.setattr(workers, "cores", lambda: 3)
    monkeypatch.setattr(workers, "FEWEST", 0)
