"""The command line says what the check finds, in three forms, and its exit status says whether there was anything."""

import io
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from macros.commands.cli import main, parser
from macros.commands.new import QUESTIONS
from tests import ROOT
from tests.invented import Collection
from tests.sites import COLLECTION


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


def test_a_folder_that_is_no_edition_is_said_to_be_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--docs", str(tmp_path)]) == 2
    assert f"The folder '{tmp_path}' is no edition: no page stands in it" in capsys.readouterr().err
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Home\n", "utf-8")
    assert main(["check", "--docs", str(tmp_path)]) == 2
    assert f"say --docs {tmp_path / 'docs'}." in capsys.readouterr().err


COMMANDS = ("check", "new", "serve", "build", "impact", "import", "export")


def helped(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit, match="0"):
        main([*arguments, "--help"])
    return capsys.readouterr().out


def test_the_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    said = helped(capsys)
    assert re.findall(r"^    (\w+) ", said, re.MULTILINE) == list(COMMANDS)
    assert "python -m macros COMMAND --help" in said


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_has_examples_that_work_and_its_exit_statuses(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = helped(capsys, command)
    examples = re.findall(r"^  python -m macros (.*?)(?:   .*)?$", said, re.MULTILINE)
    assert len(examples) >= (1 if command == "build" else 2)  # it has no options
    for example in examples:
        options = parser().parse_args(shlex.split(example))
        assert example.split()[0] == command
        assert callable(options.run)
    statuses = re.findall(r"^  (\d)  \S", said.partition("exit status:")[2], re.MULTILINE)
    assert statuses[0] == "0"
    assert statuses[-1] == {"export": "2", "impact": "3"}.get(command, "2")
    assert all(len(line) <= 120 for line in said.split("\n"))


def test_the_general_examples_work_too(capsys: pytest.CaptureFixture[str]) -> None:
    for example in re.findall(r"^  python -m macros (.*?)   ", helped(capsys), re.MULTILINE):
        assert callable(parser().parse_args(shlex.split(example)).run)


def test_a_python_that_lacks_the_requirements_is_said_in_a_sentence() -> None:
    without_packages = [sys.executable, "-S", "-m", "macros", "check"]
    done = subprocess.run(without_packages, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == (
        "This Python lacks what the project needs: run `make check` once, then `.venv/bin/python -m macros …`.\n"
    )


def test_questions_that_are_left_leave_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal())  # its input ends at once, as by Ctrl+D
    assert main(["new", "note", "--docs", str(COLLECTION)]) == 130
    assert "Stopped; no file is half written." in capsys.readouterr().err


@pytest.mark.parametrize("kind", QUESTIONS)
def test_the_help_of_a_kind_of_file_has_its_own_questions(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = helped(capsys, "new", kind)
    options = re.findall(r"^  --(\w+)", said, re.MULTILINE)
    assert options == ["docs", *(name for name, _ in QUESTIONS[kind])]
    folded = re.sub(r"\s+", " ", said).lower()
    assert [question for _, question in QUESTIONS[kind] if question.lower() not in folded] == []
    examples = re.findall(r"^  python -m macros (.*?)(?:   .*)?$", said, re.MULTILINE)
    assert len(examples) == 2
    for example in examples:
        assert parser().parse_args(shlex.split(example)).what == kind


@pytest.mark.parametrize("arguments", [["--docs", "texts", "note"], ["note", "--docs", "texts"]])
def test_the_folder_may_be_said_before_the_kind_and_behind_it(arguments: list[str]) -> None:
    assert str(parser().parse_args(["new", *arguments]).docs) == "texts"
    assert str(parser().parse_args(["new", "note"]).docs) == "docs"
