"""The making of an index in a process of its own: it is made once, given up without a trace, and its failure is told."""

import errno
import logging
import os
import re
import signal
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort

from macros.derived.search import records
from macros.site.indexing import Indexing, IndexingError, Task, take
from tests.indexes import below, read
from tests.invented import Collection
from tests.sites import make as make_site
from tests.sites import project


def task(collection: Collection, bundle: Path) -> Task:
    made = records(collection())
    addresses = {record.target.partition("#")[0]: record.target.partition(".md")[0] + "/" for record in made}
    return Task(made, addresses, "en", bundle)


@pytest.mark.long
@pytest.mark.parametrize("apart", [True, False])
def test_an_index_of_the_same_records_is_made_once(collection: Collection, tmp_path: Path, *, apart: bool) -> None:
    """It is the same to the byte, wherever it is put; of other records it is another."""

    def index(name: str, records: int | None = None) -> dict[str, bytes]:
        given = task(collection, tmp_path / name)
        some = replace(given, records=given.records[:records], cache=tmp_path / "cache")
        Indexing(lambda: some, apart=apart).finish()
        return below(tmp_path / name)

    first = index("first")
    assert index("second") == first
    assert len([*(tmp_path / "cache").rglob("*/*")]) == 1
    assert len(read(index("third", 3)).records) == 3
    for path in (tmp_path / "cache").rglob("*/*"):
        path.write_bytes(path.read_bytes()[:-1])
    assert index("fourth") == first


def test_an_index_takes_the_place_of_the_one_before_and_of_nothing_else(collection: Collection, tmp_path: Path) -> None:
    given = task(collection, tmp_path / "search")
    given.bundle.mkdir()
    (given.bundle / "index.html").write_text("the page of results", "utf-8")
    for some in (given, replace(given, records=given.records[:3])):
        take(some)
        assert len(read(below(given.bundle)).records) == len(some.records)
        assert sorted(path.suffix for path in given.bundle.iterdir()) == ["", ".html", ".idx"]


@pytest.mark.parametrize("apart", [True, False])
def test_what_the_system_says_against_it_is_told(collection: Collection, tmp_path: Path, *, apart: bool) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    running = Indexing(partial(task, collection, tmp_path / "taken"), apart=apart)
    with pytest.raises(IndexingError, match=r"the search index could not be made \(1\): .*taken"):
        running.finish()


@pytest.mark.parametrize("apart", [True, False])
def test_a_build_that_is_given_up_leaves_no_process(collection: Collection, tmp_path: Path, *, apart: bool) -> None:
    running = Indexing(partial(task, collection, tmp_path / "index"), apart=apart)
    running.stop()
    assert running.wait() in (0, 1, -signal.SIGTERM)


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("os._exit(3)", "(3)"),
        ("os.kill(os.getpid(), 9)", "(-9)"),
        ("print(1 / 0)", "ZeroDivision"),
        ("print('none', flush=True); os._exit(3)", "(3): none"),
    ],
)
def test_a_process_that_dies_is_told_of(program: str, said: str) -> None:
    running = Indexing(lambda: exec(program, {"os": os}))  # type: ignore[arg-type, return-value]
    with pytest.raises(IndexingError, match=re.escape(said)):
        running.finish()


def test_an_index_that_cannot_be_made_fails_a_strict_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no room on the disk")

    monkeypatch.setattr("macros.site.indexing.files", full)
    with caplog.at_level(logging.WARNING), pytest.raises(Abort):
        make_site(tmp_path / "site", project(tmp_path))
    said = [record.getMessage() for record in caplog.records]
    assert said == ["edition: the search index could not be made (1): no room on the disk: make room and run it again"]
