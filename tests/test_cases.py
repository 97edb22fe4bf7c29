"""Behaviour pinned by case files: what an author writes, and what becomes of it.

A case `cases/<topic>/<name>.md` is a page `case.md` added to the invented collection.  Lines that begin with `===`
part it: `=== file path` begins another file, `=== change path` a change of one (a line `-old` and a line `+new`),
`=== remove path` takes one out, `=== show path` asks for the HTML of a page.  The site's configuration, which the
collection has none of, is `../mkdocs.yml`.  What comes out stands in `<name>.out`
beside it: the problems, then the HTML of `case.md` if there is no problem, or of what `show` names.  `pytest
--update` writes it anew: read it.

The cases in `cases/mistake/` are mistakes that people make.  Each gives one problem; what follows `=== mended` is
what its suggestion says, done upon the mistake, and gives none.
"""

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from macros.checks.navigation import check_navigation
from macros.checks.run import by_page, check
from macros.model.edition import Edition
from macros.text.problem import Problem
from macros.text.rule import RULES
from tests import ROOT
from tests.invented import Collection, render

CASES = ROOT / "tests" / "cases"
NAMES = sorted(path.relative_to(CASES).with_suffix("").as_posix() for path in CASES.rglob("*.md"))
MARKER = re.compile(r"^=== (file|change|remove|show) (\S+)\n", re.MULTILINE)
MENDED = "=== mended\n"
MENDED_ELSEWHERE = {"footnote-resolves", "note-is-used", "page-has-a-place", "witness-is-unchanged"}
"""The rules of which a problem stands where something shows, and not where it is to be mended."""


def parts(text: str) -> tuple[dict[str, str | bytes | None], dict[str, tuple[str, str]], str]:
    """Return the files that a case writes or removes, its changes of others, and the page to show."""
    head, *parts = MARKER.split(text)
    files: dict[str, str | bytes | None] = {"case.md": head} if head.strip() else {}
    changes = {}
    shown = ""
    for kind, path, content in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        if kind == "change":
            old, _, new = content.strip("\n").partition("\n+")
            changes[path] = (old.removeprefix("-"), new)
        elif kind == "show":
            shown = path
        else:
            files[path] = content if kind == "file" else None
    return files, changes, shown


def checked(edition: Edition, folder: Path) -> tuple[Problem, ...]:
    """Return the problems of an edition in a folder, those of the site's configuration included, as the command does."""
    return tuple(sorted((*check(edition), *check_navigation(edition, folder / "docs"))))


def outcome(edition: Edition, problems: Sequence[Problem], shown: str) -> str:
    """Return what is said of an edition, and the HTML of a page of it."""
    lines = [str(problem) for problem in problems]
    if shown:
        html, late = render(edition, shown, problems)
        lines += [f"(rendering) {problem}" for problem in late]
        lines += ["", html]
    return "\n".join(lines).strip() + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_case(name: str, collection: Collection, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    given, _, mended = (CASES / f"{name}.md").read_text("utf-8").partition(MENDED)
    expected = CASES / f"{name}.out"
    files, changes, asked = parts(given)
    edition = collection(files, changes)
    problems = checked(edition, tmp_path)
    found = outcome(edition, problems, asked or ("" if problems or "case.md" not in files else "case.md"))
    if request.config.getoption("--update"):
        expected.write_text(found, "utf-8")
    assert expected.is_file(), f"no {expected.name} yet: run `make update` and read what it wrote"
    assert found == expected.read_text("utf-8")
    for uri in {*files, *changes, *by_page(edition, problems)} & set(edition.pages) if problems else ():
        assert "\x02" not in render(edition, uri, problems)[0], "while one edits, a page with problems is shown too"
    if mended:
        old = texts(tmp_path)
        after = collection(*parts(mended)[:2])
        assert checked(after, tmp_path) == ()
        is_mended(problems, after, old, texts(tmp_path))


def is_mended(problems: Sequence[Problem], after: Edition, old: Mapping[str, str], new: Mapping[str, str]) -> None:
    """Assert that one problem stood where the mending is, and that nothing is left of it."""
    (problem,) = problems
    for uri in (uri for uri in after.pages if old.get(f"docs/{uri}") != new[f"docs/{uri}"]):
        assert render(after, uri, ())[1] == ()
    if problem.rule not in MENDED_ELSEWHERE:
        path = problem.position.path
        assert problem.position.line in touched(old[path], new.get(path, ""))


def texts(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.*")}


def touched(old: str, new: str) -> set[int]:
    """Return the lines of a text that differ from another, and those beside lines that were put in or taken out."""
    lines: set[int] = set()
    for tag, i1, i2, _, _ in SequenceMatcher(None, old.split("\n"), new.split("\n"), autojunk=False).get_opcodes():
        if tag != "equal":
            lines |= set(range(i1 + 1, i2 + 1)) or {i1, i1 + 1}
            lines |= {i2 + 1} if tag == "delete" else set()
    return lines


def test_there_are_mistakes_enough_and_each_is_mended() -> None:
    mistakes = [CASES / f"{name}.md" for name in NAMES if name.startswith("mistake/")]
    assert len(mistakes) >= 30
    assert [path.stem for path in mistakes if MENDED not in path.read_text("utf-8")] == []


def test_no_outcome_is_stale() -> None:
    cases = {path.with_suffix("") for path in CASES.rglob("*.md")}
    assert {path for path in CASES.rglob("*.out") if path.with_suffix("") not in cases} == set()


def test_every_rule_has_a_case() -> None:
    seen = set(
        re.findall(
            r"\[([a-z-]+)\]$",
            "\n".join(Path(path).read_text("utf-8") for path in CASES.rglob("*.out")),
            re.MULTILINE,
        )
    )
    assert set(RULES) - seen == {"macro-works"}  # no case has a macro that fails: tests/calls/test_macro.py
    assert seen <= set(RULES)
