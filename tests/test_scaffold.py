"""New files are correct from the start: what `new` writes passes the check, but for what its author is asked to do next."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Collection
from macros.__main__ import main
from macros.check import check
from macros.loading import load


@pytest.fixture
def docs(collection: Collection, tmp_path: Path) -> Path:
    collection()
    return tmp_path / "docs"


def new(docs: Path, *arguments: str) -> int:
    return main(["new", "--docs", str(docs), *arguments])


def found(docs: Path) -> list[str]:
    return [problem.rule for problem in check(load(docs, "docs"))]


def test_a_declaration(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        new(
            docs,
            "declaration",
            "--id",
            "ferry-2010",
            "--title",
            "Statement: of 2010",
            "--date",
            "2010-05-04",
            "--rights",
            "Ours",
        )
        == 0
    )
    assert found(docs) == ["text-is-written", "text-is-written"]
    assert load(docs).documents["ferry-2010"].date.iso == "2010-05-04"
    assert "Next: Write the clauses" in capsys.readouterr().out


def test_a_commentary(docs: Path, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("# A title\n\nSaid *plainly*: the ferry is late.\n", "utf-8")
    answers = [
        "--id",
        "late",
        "--title",
        "Late",
        "--authors",
        "A. Rower, B. Rower",
        "--publisher",
        "P",
        "--date",
        "2011",
        "--rights",
        "R",
    ]
    assert new(docs, "commentary", *answers, "--text", str(tmp_path / "text.txt")) == 0
    assert found(docs) == []
    assert load(docs).documents["late"].front.authors == ["A. Rower", "B. Rower"]  # type: ignore[union-attr]


def test_a_note(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for id in ("one", "two"):
        assert (
            new(docs, "note", "--document", "ferry-2001", "--id", id, "--kind", "context", "--title", id.title()) == 0
        )
    assert found(docs) == ["note-is-used", "text-is-written"] * 2
    assert '{% call note("two") %}' in capsys.readouterr().out


def test_a_thread(docs: Path) -> None:
    assert (
        new(docs, "thread", "--id", "money", "--title", "Money", "--summary", "What it costs.", "--clauses", "fares")
        == 0
    )
    assert found(docs) == []
    assert load(docs).threads["money"].front.clauses == ["fares"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["declaration", "--id", "x"], "'title' is missing"),
        (["declaration", "--id", "Über", "--title", "T", "--date", "2010", "--rights", "R"], "'Über' is no id"),
        (["declaration", "--id", "x", "--title", "T", "--date", "May", "--rights", "R"], "'May' is no date"),
        (
            ["declaration", "--id", "ferry-2001", "--title", "T", "--date", "2010", "--rights", "R"],
            "is docs/declarations/ferry-2001.md already",
        ),
        (
            ["note", "--document", "ferry", "--id", "x", "--kind", "context", "--title", "T"],
            "there is no document 'ferry'",
        ),
        (
            ["note", "--document", "ferry-2001", "--id", "x", "--kind", "funny", "--title", "T"],
            "'funny' is no kind of note",
        ),
        (
            ["note", "--document", "all-hours", "--id", "safe", "--kind", "context", "--title", "T"],
            "is written already",
        ),
        (
            ["thread", "--id", "x", "--title", "T", "--summary", "S", "--clauses", "nothing"],
            "there is no clause 'nothing'",
        ),
        (
            [
                "commentary",
                "--id",
                "x",
                "--title",
                "T",
                "--authors",
                "A",
                "--publisher",
                "P",
                "--date",
                "2010",
                "--rights",
                "R",
                "--text",
                "nowhere",
            ],
            "cannot be read",
        ),
    ],
)
def test_answers_that_cannot_be_used(
    arguments: list[str], said: str, docs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(path for path in docs.rglob("*"))
    assert new(docs, *arguments) == 2
    assert said in capsys.readouterr().err.replace(str(docs), "docs")
    assert sorted(path for path in docs.rglob("*")) == before


def test_nothing_is_overwritten(docs: Path) -> None:
    arguments = ["thread", "--id", "money", "--title", "Money", "--summary", "What it costs.", "--clauses", "fares"]
    assert [new(docs, *arguments), new(docs, *arguments)] == [0, 2]
