"""Reading an author's files: whatever is in them, there are problems and never a traceback."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.checks.run import check
from macros.text.reading import parse, read
from tests.invented import Collection

FRONT = st.text(alphabet=st.sampled_from(list("ab: -{}[]&*!|>'\"#\n2019")), max_size=60)


@given(FRONT, st.text(max_size=80))
def test_no_front_matter_and_no_body_makes_a_traceback(front: str, body: str) -> None:
    source, problems = parse(f"---\n{front}\n---\n{body}", "x.md", "x.md")
    assert all(problem.position.line >= 1 for problem in problems)
    assert source.position(0).line >= 1


@given(st.text(max_size=200))
def test_the_body_keeps_its_lines(text: str) -> None:
    source, _ = parse(text, "x.md", "x.md")
    if source.is_sound and not source.front_text:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert source.offset + source.body.count("\n") + 1 == len(lines)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_file_that_is_not_utf8_has_its_line(tmp_path: Path, mark: bytes) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(mark + b"# Title\n\nna\xefve\n")
    source, problems = read(path, "docs/x.md", "x.md")
    assert not source.is_sound
    assert [str(problem) for problem in problems] == [
        "docs/x.md:3: this file is not UTF-8 text (byte 0xef): save it as UTF-8 in your editor [file-is-readable]"
    ]


def test_a_file_that_is_too_large_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(b"word " * 500_000)
    _, problems = read(path, "x.md", "x.md")
    assert [problem.rule for problem in problems] == ["file-is-readable"]


def test_line_ends_and_byte_order_marks_make_no_difference(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(b"\xef\xbb\xbf---\r\ntitle: a\r\n---\r\n\r\n# T\r\n")
    source, problems = read(path, "x.md", "x.md")
    assert (source.front, source.body, problems) == ({"title": "a"}, "\n# T\n", ())


def test_data_files_that_are_not_utf8_are_problems_too(collection: Collection) -> None:
    edition = collection(
        {
            "bibliography.bib": b"@book{a, title={\xff}}",
            "notes/all-hours.md": b"\xff",
            "commentary/all-hours.witness.txt": b"\xff",
        }
    )
    found = {problem.position.path for problem in check(edition) if problem.rule == "file-is-readable"}
    assert found == {
        "docs/bibliography.bib",
        "docs/notes/all-hours.md",
        "docs/commentary/all-hours.witness.txt",
    }


@pytest.mark.parametrize(
    "value", ["!!bool x", "!!timestamp x", "!!int x", "!!float x", "!!omap [x]", "!!python/object x"]
)
def test_a_yaml_tag_that_does_not_fit_is_a_problem_with_its_line(value: str) -> None:
    _, problems = parse(f"---\ntitle: a\nkind: {value}\n---\n", "x.md", "x.md")
    assert [(problem.position.line, problem.rule) for problem in problems] == [(3, "front-matter-is-valid")]


def test_what_a_word_processor_leaves_is_no_mistake(collection: Collection) -> None:
    """Its line ends, its byte-order mark and its hard spaces: in front matter, in braces, in calls, in words."""
    hard = {
        "declarations/ferry-2007.md": ("title: Joint", "title:\u00a0Joint"),
        "notes/all-hours.md": ("## Safe { #safe .context }", "## Safe\u00a0{\u00a0#safe\u00a0.context\u00a0}"),
        "commentary/all-hours.md": ("The Ferry Council met", "The Ferry\u00a0Council met"),
        "chronology.md": ("{{ chronology() }}", "{{\u00a0chronology()\u00a0}}"),
    }
    assert check(collection(changes=hard)) == ()


def test_windows_line_ends_and_marks_make_no_problem(collection: Collection, tmp_path: Path) -> None:
    collection()
    for path in (*(tmp_path / "docs").rglob("*.md"), *(tmp_path / "docs").rglob("*.bib")):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert check(collection()) == ()


def test_a_link_of_the_file_system_is_not_followed(collection: Collection, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("# Secret\n", "utf-8")
    collection()
    (tmp_path / "docs" / "leak.md").symlink_to(secret)
    edition = collection()
    assert "leak.md" not in edition.pages
    assert [(problem.position.path, problem.rule) for problem in check(edition)] == [
        ("docs/leak.md", "file-may-stand-here")
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_place_names_the_line_of_the_file(end: str, tmp_path: Path) -> None:
    text = end.join(["\ufeff---", "title: x", "---", "", "# X", "", "para", "graph", "", "## Here { #here }", ""])
    (tmp_path / "x.md").write_bytes(text.encode())
    source, problems = read(tmp_path / "x.md", "docs/x.md", "x.md")
    assert problems == ()
    assert [source.place(heading.start) for heading in source.headings] == ["docs/x.md:5", "docs/x.md:10"]


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("a: 1\nb:\n  - {c: 1, d: 2}\n  - {c: 1, c: 2}", 5),
        ("a: &a {b: c}\nd: *a\ne: *a", 0),
    ],
)
def test_a_key_that_stands_twice_is_told_whatever_names_hold(front: str, line: int) -> None:
    _, problems = parse(f"---\n{front}\n---\n\n# T\n", "x.md", "x.md")
    assert [problem.position.line for problem in problems] == [line] * bool(line)
    assert [problem for problem in problems if "stands here a second time" not in problem.message] == []
