"""New files are correct from the start: what `new` writes passes the check, but for what its author is asked to do next.

Asked for in a terminal, each answer is checked as it is given.
"""

import io
import re
from pathlib import Path

import pytest

from macros.checks.run import check
from macros.commands.cli import main
from macros.model.loading import load
from macros.model.name import Name
from tests.invented import Collection


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
    (tmp_path / "text.txt").write_text("# Late\n\nSaid *plainly*: the ferry is late.\n", "utf-8")
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
    assert load(docs).documents["late"].front.authors == [Name("Rower", "A."), Name("Rower", "B.")]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("received", "page", "notation"),
    [
        (
            "# Late\n\nSaid *plainly*:\n\n2019. That was the year.\n\n2*3*4 [x] #27\n",
            "# Late\n\nSaid *plainly*:\n\n2019\\. That was the year.\n\n2\\*3\\*4 [x] #27\n",
            "marked",
        ),
        (
            "LATE\n\nSaid *plainly*:\n\n#27 says {{ so }} of [it](x).\n- One\n\n+ 5\n\n[^1]: Nothing.\n",
            "# LATE\n\nSaid \\*plainly\\*:\n\n\\#27 says \\{\\{ so }} of \\[it](x).\n\\- One\n\n\\+ 5\n\n\\[^1]: Nothing.\n",
            "plain",
        ),
    ],
)
def test_a_text_is_printed_as_it_was_received(
    received: str, page: str, notation: str, docs: Path, tmp_path: Path
) -> None:
    (tmp_path / "text.txt").write_text(received, "utf-8")
    assert new(docs, "commentary", *COMMENTARY.split(), str(tmp_path / "text.txt")) == 0
    assert (docs / "commentary" / "late.md").read_text("utf-8").partition("\n---\n\n")[2] == page
    assert f"notation: {notation}\n" in (docs / "commentary" / "late.witness.txt").read_text("utf-8")
    assert found(docs) == []


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
        (["declaration", "--id", "x"], "there is no --title (Title), no --date (Date"),
        (["declaration", "--id", "Über", "--title", "T", "--date", "2010", "--rights", "R"], "--id: 'Über' is no id"),
        (["declaration", "--id", "x", "--title", "T", "--date", "May", "--rights", "R"], "'May' is no date"),
        (
            ["declaration", "--id", "ferry-2001", "--title", "T", "--date", "2010", "--rights", "R"],
            "is docs/declarations/ferry-2001.md already",
        ),
        (
            ["note", "--document", "ferry", "--id", "x", "--kind", "context", "--title", "T"],
            "--document: there is no document 'ferry'; did you mean 'ferry-20",
        ),
        (
            ["note", "--document", "ferry-2001", "--id", "x", "--kind", "funny", "--title", "T"],
            "'funny' is no kind of note here (kinds: source, context, correction, textual, later)",
        ),
        (
            ["note", "--document", "ferry-2001", "--id", "x", "--kind", "Contexts", "--title", "T"],
            "did you mean 'context'?",
        ),
        (
            ["note", "--document", "ferry-2001", "--id", "x", "--kind", "change", "--title", "T"],
            "a note on a change stands in docs/notes/changes.md",
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
            ["thread", "--id", "x", "--title", "T", "--summary", "S", "--clauses", "fares, time-table"],
            "there is no clause 'time-table' in any declaration; did you mean 'timetable'?",
        ),
        (
            ["thread", "--id", "hours", "--title", "T", "--summary", "S", "--clauses", "fares"],
            "--id: docs/threads/hours.md is there already: choose another id",
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


@pytest.mark.parametrize(
    ("answer", "authors"),
    [
        ("Ada Strand", ["Ada Strand"]),
        ("Ada Strand, Kim Oar", ["Ada Strand", "Kim Oar"]),
        ("Marten L. King, Jr.; Ministry of Piers, Northpier", ["Marten L. King, Jr.", "Ministry of Piers, Northpier"]),
        ("Marten L. King, Jr., Ministry of Piers, Northpier", None),
        ("Strand, Ada", None),
        ("Ada Strand and Kim Oar", None),
    ],
)
def test_commas_of_a_name_part_no_names(
    answer: str, authors: list[str] | None, docs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "received.txt"
    text.write_text("# Late\n\nWords.\n", "utf-8")
    asked = f"--id late --title Late --publisher P --date 2011 --rights R --text {text} --authors".split()
    status = new(docs, "commentary", *asked, answer)
    if authors is None:
        assert status == 2
        assert re.search("semicolons between the authors|several names", capsys.readouterr().err)
    else:
        assert [str(name) for name in load(docs).documents["late"].front.authors] == authors  # type: ignore[union-attr]


COMMENTARY = "--id late --title Late --authors A --publisher P --date 2011 --rights R --text"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "--text: there is no file '{}'."),
        (b"", "the file '{}' is empty"),
        (
            "# Late\n\nCaf\xe9.\n".encode("latin-1"),
            "is not UTF-8 text: save it as that (in Word: Save As, Plain Text, encoding",
        ),
        ("# Late\n".encode("utf-16-le"), "is not UTF-8 text"),
        (b"{\\rtf1 # Late}", "is a word processor's and no plain text: save it as that (in Word"),
        (
            b"\n\nBy A. Rower\n\nLate.\n",
            "begins with 'By A. Rower', which is not the title: write `Late` and an empty line",
        ),
        (b"Late\nBy A. Rower\n\nWords.\n", "begins with 'Late By A. Rower', which is not the title: write `Late` and"),
        (b"#Late\n", "begins with '#Late', which is not the title: put nothing else in that line"),
    ],
)
def test_a_text_that_cannot_be_taken(
    content: bytes | None, said: str, docs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "text.txt"
    if content is not None:
        path.write_bytes(content)
    assert new(docs, "commentary", *COMMENTARY.split(), str(path)) == 2
    assert said.format(path) in capsys.readouterr().err
    assert not (docs / "commentary" / "late.md").exists()


def test_a_folder_is_no_text(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(docs, "commentary", *COMMENTARY.split(), str(docs)) == 2
    assert "is a folder, and a file is meant" in capsys.readouterr().err


def test_notes_that_are_no_text_are_left_alone(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (docs / "notes" / "ferry-2001.md").write_bytes(b"# Caf\xe9\n")
    arguments = ["note", "--document", "ferry-2001", "--id", "x", "--kind", "later", "--title", "T"]
    assert new(docs, *arguments) == 2
    assert "is not UTF-8 text" in capsys.readouterr().err
    assert (docs / "notes" / "ferry-2001.md").read_bytes() == b"# Caf\xe9\n"


def test_the_place_in_the_navigation_is_said_as_the_check_says_it(
    docs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    navigation = "not_in_nav: '*'\nnav:\n  - Statements:\n      - declarations/ferry-2007.md\n"
    (tmp_path / "mkdocs.yml").write_text(navigation, "utf-8")
    thread = ["thread", "--id", "money", "--title", "Money", "--summary", "What it costs.", "--clauses", "fares"]
    assert new(docs, *thread) == 0
    assert "Then in" not in capsys.readouterr().out  # it needs none
    (tmp_path / "mkdocs.yml").write_text(navigation.replace("'*'", "/*/*[!0].md"), "utf-8")
    declaration = ["declaration", "--id", "ferry-2010", "--title", "T", "--date", "2010", "--rights", "R"]
    assert new(docs, *declaration) == 0
    said = capsys.readouterr().out.splitlines()[-1]
    line = "add the line `- declarations/ferry-2010.md` below `- declarations/ferry-2007.md` (line 4), indented alike"
    assert said == f"Then in {tmp_path}/mkdocs.yml {line}."
    assert main(["check", "--docs", str(docs)]) == 1
    assert f"{docs}/declarations/ferry-2010.md:1: this page has no place" in (out := capsys.readouterr().out)
    assert f"{line} [page-has-a-place]" in out


class Terminal(io.StringIO):
    """Somebody who types, line by line."""

    def isatty(self) -> bool:
        return True


def test_an_answer_that_cannot_be_used_is_asked_for_again(
    docs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = [
        "ferry-2010",
        "ferry-2001",
        "Low Water",
        "low-water",
        "contxt",
        "context",
        "",
        "Low water",
        "hold",
        "holds",
    ]
    monkeypatch.setattr("sys.stdin", Terminal("".join(f"{line}\n" for line in typed)))
    assert new(docs, "note") == 0
    said = capsys.readouterr().err.splitlines()
    assert [line.partition("; did")[0].partition(":")[0] for line in said] == [
        "There is no document 'ferry-2010'",
        "'Low Water' is no id",
        "'contxt' is no kind of note here",
        "This answer is missing. Please answer once more.",
        "There is no verdict 'hold'",
    ]
    assert "; did you mean 'context'? Please answer once more." in said[2]
    assert '## Low water { #low-water .context verdict="holds" }' in (docs / "notes" / "ferry-2001.md").read_text(
        "utf-8"
    )


def test_an_option_that_cannot_be_used_is_asked_for_in_a_terminal(
    docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = tmp_path / "text.txt"
    text.write_text("# Late\n\nThe ferry is late.\n", "utf-8")
    monkeypatch.setattr("sys.stdin", Terminal(f"2011-05\n{text}\n"))
    assert new(docs, "commentary", *COMMENTARY.replace("2011", "May").split(), str(tmp_path / "nowhere.txt")) == 0
    assert load(docs).documents["late"].date.iso == "2011-05"
