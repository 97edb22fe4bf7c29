"""Behaviour pinned by case files: what an author writes, and what becomes of it.

A case `cases/<topic>/<name>.md` is a page `case.md` added to the invented collection.  Lines that begin with `===`
part it: `=== file path` begins another file, `=== change path` a change of one (a line `-old` and a line `+new`),
`=== show path` asks for the HTML of a page.  What comes out stands in `<name>.out` beside it: the problems, then
the HTML of `case.md` if there is no problem, or of what `show` names.  `pytest --update` writes it anew: read it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import HERE, Collection, render
from macros.check import check
from macros.problem import RULES

CASES = HERE / "cases"
NAMES = sorted(path.relative_to(CASES).with_suffix("").as_posix() for path in CASES.rglob("*.md"))
MARKER = re.compile(r"^=== (file|change|show) (\S+)\n", re.MULTILINE)


def outcome(collection: Collection, text: str) -> str:
    head, *parts = MARKER.split(text)
    files: dict[str, str | bytes] = {"case.md": head} if head.strip() else {}
    changes = {}
    shown = "case.md" if head.strip() else ""
    asked = ""
    for kind, path, content in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        if kind == "file":
            files[path] = content
        elif kind == "change":
            old, _, new = content.strip("\n").partition("\n+")
            changes[path] = (old.removeprefix("-"), new)
        else:
            asked = path
    edition = collection(files, changes)
    problems = check(edition)
    lines = [str(problem) for problem in problems]
    uri = asked or ("" if problems else shown)
    if uri:
        html, late = render(edition, uri)
        lines += [f"(rendering) {problem}" for problem in late]
        lines += ["", html]
    return "\n".join(lines).strip() + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_case(name: str, collection: Collection, request: pytest.FixtureRequest) -> None:
    given = (CASES / f"{name}.md").read_text("utf-8")
    expected = CASES / f"{name}.out"
    found = outcome(collection, given)
    if request.config.getoption("--update"):
        expected.write_text(found, "utf-8")
    assert expected.is_file(), f"no {expected.name} yet: run pytest --update and read what it wrote"
    assert found == expected.read_text("utf-8")


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
    assert set(RULES) - seen == set()
    assert seen <= set(RULES)
