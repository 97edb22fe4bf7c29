"""The making of an index in a process of its own: it is made once, given up without a trace, and its failure is told."""

import logging
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from mkdocs.exceptions import Abort

from macros.derived.search import records
from macros.site.indexing import Indexing, IndexingError, Task
from tests.indexes import below, read
from tests.invented import Collection
from tests.sites import make as make_site
from tests.sites import project


def task(collection: Collection, bundle: Path) -> Task:
    made = records(collection())
    addresses = {record.target.partition("#")[0]: record.target.partition(".md")[0] + "/" for record in made}
    return Task(made, addresses, "en", bundle)


@pytest.mark.long
def test_an_index_of_the_same_records_is_made_once(collection: Collection, tmp_path: Path) -> None:
    """It is the same to the byte, wherever it is put; of other records it is another."""

    def index(name: str, records: int | None = None) -> dict[str, bytes]:
        given = task(collection, tmp_path / name)
        Indexing(replace(given, records=given.records[:records], cache=tmp_path / "cache")).finish()
        return below(tmp_path / name)

    first = index("first")
    assert index("second") == first
    assert len([*(tmp_path / "cache").rglob("*/*")]) == 1
    assert len(read(index("third", 3)).records) == 3
    for path in (tmp_path / "cache").rglob("*/*"):
        path.write_bytes(path.read_bytes()[:-1])
    assert index("fourth") == first


def test_what_the_system_says_against_it_is_told(collection: Collection, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    running = Indexing(task(collection, tmp_path / "taken"))
    with pytest.raises(IndexingError, match=r"the search index could not be made \(1\): .*taken"):
        running.finish()


def test_a_build_that_is_given_up_leaves_no_process(collection: Collection, tmp_path: Path) -> None:
    running = Indexing(task(collection, tmp_path / "index"))
    running.stop()
    assert running._process.returncode in (0, 1, -signal.SIGTERM)


def test_an_index_that_cannot_be_made_fails_a_strict_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken = [sys.executable, "-c", "import sys; sys.exit('no room on the disk')"]
    started = {**vars(subprocess), "Popen": lambda asked, **given: subprocess.Popen(broken, **given)}
    monkeypatch.setattr("macros.site.indexing.subprocess", SimpleNamespace(**started))
    with caplog.at_level(logging.WARNING), pytest.raises(Abort):
        make_site(tmp_path / "site", project(tmp_path))
    said = [record.getMessage() for record in caplog.records]
    assert said == ["edition: the search index could not be made (1): no room on the disk"]
