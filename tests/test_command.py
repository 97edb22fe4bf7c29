"""The command line says what the check finds, in three forms, and its exit status says whether there was anything."""

from __future__ import annotations

import json

import pytest

from conftest import COLLECTION, Collection
from macros.__main__ import main


def test_a_sound_collection(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--docs", str(COLLECTION)]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "No problem in 14 pages, 3 notes and 1 sources; 3 of 3 quotations agree" in said.err


@pytest.fixture
def faulty(collection: Collection, tmp_path: object) -> str:
    collection({"case.md": '# Case\n\nText {{ cite("chronical") }}: 100%, "a".\n'})
    return f"{tmp_path}/docs"


def test_text(faulty: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--docs", faulty]) == 1
    assert capsys.readouterr().out == (
        f"{faulty}/case.md:3: there is no source 'chronical' in bibliography.bib and no document; "
        "did you mean 'chronicle'? [source-resolves]\n"
    )


def test_github(faulty: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--docs", faulty, "--format", "github"]) == 1
    assert capsys.readouterr().out.startswith(
        f"::error file={faulty}/case.md,line=3,col=6,title=source-resolves::there is no source"
    )


def test_json(faulty: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--docs", faulty, "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [(problem["line"], problem["column"], problem["rule"]) for problem in found] == [(3, 6, "source-resolves")]


def test_no_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--docs", "nowhere"]) == 2
    assert "There is no folder 'nowhere'" in capsys.readouterr().err


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["check", "--help"])
    assert "--format" in capsys.readouterr().out
