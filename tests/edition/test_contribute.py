"""The Contribute pages do what they say: what they tell a contributor to write is written into a copy, and built.

A fenced block with a `title` is a file: a new one, or lines at the end of one that is there; in a `diff` the lines
after `-` are replaced by those after `+`, at the one place where they stand with the lines around them.  Of shell
blocks the commands `… -m macros new` are run.
"""

import re
import shlex
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from macros.checks.navigation import check_navigation
from macros.checks.run import check
from macros.commands.cli import main
from macros.derived.anchors import anchors
from macros.model.bibtex import ENTRY_TYPES, FIELDS
from macros.model.loading import Known, load
from macros.model.macro import discover
from macros.text.markup import code_parts
from macros.text.problem import Problem
from macros.text.rule import RULES, SUBJECTS
from tests import ROOT

pytestmark = pytest.mark.long

BEFORE = {"add-a-commentary": "add-a-declaration"}
"""Pages whose examples go on from those of another."""
PAGES = sorted((ROOT / "docs" / "contribute").glob("*.md"), key=lambda page: (page.stem in BEFORE, page.name))
FENCE = re.compile(
    r'^(?P<fence>`{3,})(?P<language>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<text>.*?)^(?P=fence)$',
    re.MULTILINE | re.DOTALL,
)


def follow(page: Path, root: Path) -> list[Path]:
    """Do in a copy of the project what a page says; return the files that it touched."""
    touched = []
    for block in FENCE.finditer(page.read_text("utf-8")):
        if block["language"] == "shell":
            for line in block["text"].replace("\\\n", " ").splitlines():
                if " -m macros new " in line and "--" in line:
                    assert main([*shlex.split(line.partition(" -m macros ")[2]), "--docs", str(root / "docs")]) == 0
        if not block["title"]:
            continue
        path = root / block["title"]
        touched.append(path)
        if block["language"] == "diff":
            lines = block["text"].splitlines()
            old, new = ("\n".join(line[1:] for line in lines if line[0] in f" {sign}") + "\n" for sign in "-+")
            text = path.read_text("utf-8")
            assert text.count(old) == 1, f"{page.name}: this stands {text.count(old)} times in {block['title']}:\n{old}"
            path.write_text(text.replace(old, new), "utf-8")
        elif path.exists():
            path.write_text(path.read_text("utf-8").rstrip("\n") + "\n\n" + block["text"], "utf-8")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block["text"], "utf-8")
    return touched


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the project's texts, and make it the working folder."""
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    for name in ("mkdocs.yml", "overrides"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    return tmp_path


@cache
def read() -> Known:
    """Return what the project's own files are read as."""
    known: Known = {}
    load(ROOT / "docs", "docs", known=known)
    return known


def problems(root: Path) -> list[Problem]:
    """Return the problems of a copy, most of whose files are as they were."""
    known = {root / path.relative_to(ROOT): file for path, file in read().items()}
    edition = load(root / "docs", "docs", known=known)
    return [*check(edition), *check_navigation(edition, root / "docs")]


def is_followed(page: Path) -> bool:
    """Return whether a page tells somebody to write texts."""
    blocks = FENCE.finditer(page.read_text("utf-8"))
    return page.stem != "add-a-macro" and any(block["title"] or " -m macros new " in block["text"] for block in blocks)


FOLLOWED = [page for page in PAGES if is_followed(page)]


@pytest.mark.parametrize("page", FOLLOWED, ids=lambda page: page.stem)
def test_what_a_page_says_holds(page: Path, copy: Path) -> None:
    if page.stem in BEFORE:
        follow(page.with_stem(BEFORE[page.stem]), copy)
    follow(page, copy)
    assert problems(copy) == []


def test_all_of_it_together_makes_a_site(copy: Path) -> None:
    touched = [path for page in FOLLOWED for path in follow(page, copy)]
    config = load_config(str(copy / "mkdocs.yml"), site_dir=str(copy / "site"), strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    made = [
        path.relative_to(copy / "docs").with_suffix("")
        for path in touched
        if "docs" in path.parts and path.suffix == ".md"
    ]
    pages = [copy / "site" / path / "index.html" for path in made if path.name != "index" and path.parts[0] != "notes"]
    assert len(pages) >= 4
    assert all(page.is_file() for page in pages)
    record = (copy / "site" / "declarations" / "ferry-2007" / "index.html").read_text("utf-8")
    assert "../../contribute/examples/ferry-2004/#link" in record, "a clause that comes after another is in its lineage"


def test_every_kind_of_source_and_every_field_is_explained() -> None:
    page = (ROOT / "docs" / "contribute" / "write-a-note.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `@(\w+)` \|.*\| ([^|]*)\|$", page, re.MULTILINE))
    assert {kind: tuple(re.findall(r"`(\w+)`", fields)) for kind, fields in rows.items()} == {
        kind: needed for kind, (_, needed) in ENTRY_TYPES.items()
    }
    fields = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", page, re.MULTILINE)
    assert set(FIELDS) <= set(re.findall(r"\w+", " ".join(fields)))


def test_every_rule_is_explained_and_can_be_linked() -> None:
    edition = load(ROOT / "docs")
    assert set(RULES) <= anchors(edition)["contribute/rules.md"]
    assert {rule.about for rule in RULES.values()} == set(SUBJECTS)


def test_the_calls_that_rules_show_break_none(copy: Path) -> None:
    """What stands between backticks is put into the manual's invented texts."""
    follow(ROOT / "docs" / "contribute" / "write-a-note.md", copy)
    assert main(shlex.split("new thread --id lights --title Lights --summary Lights --clauses lights")) == 0
    assert [name for name, rule in RULES.items() if rule.asks.count("`") % 2 or rule.mend.count("`") % 2] == []
    shown = [text for rule in RULES.values() for text, is_code in code_parts(rule.mend) if is_code]
    calls = [text for text in shown if "{{" in text or "{%" in text]
    assert len(calls) >= 10
    statement = copy / "docs" / "contribute" / "examples" / "ferry-2004.md"
    statement.write_text("\n\n".join([statement.read_text("utf-8"), *calls]) + "\n", "utf-8")
    assert [problem for problem in problems(copy) if problem.rule != "page-has-a-place"] == []


def test_a_macro_is_one_module_one_template_and_its_cases(copy: Path) -> None:
    shutil.copytree(ROOT / "macros", copy / "macros")
    shutil.copytree(ROOT / "tests", copy / "tests", ignore=shutil.ignore_patterns("cases", "__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    touched = follow(ROOT / "docs" / "contribute" / "add-a-macro.md", copy)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "tests/test_cases.py", "-k", "contents"]
    command.append(f"--basetemp={copy / 'temporary'}")
    made = subprocess.run([*command, "--update"], cwd=copy, capture_output=True, text=True, timeout=120, check=False)
    assert "2 passed" in made.stdout, made.stdout + made.stderr
    refusal = next(path for path in touched if path.name == "unknown.out")
    said = FENCE.findall((ROOT / "docs" / "contribute" / "add-a-macro.md").read_text("utf-8"))
    assert refusal.read_text("utf-8") in [text for _, _, _, text in said]
    assert 'href="declarations/ferry-2004.md#fares"' in (copy / "tests/cases/contents/clauses.out").read_text("utf-8")
    checked = [sys.executable, "-m", "macros", "check"]
    found = subprocess.run(checked, cwd=copy, capture_output=True, text=True, timeout=120, check=False)
    assert (found.returncode, found.stdout) == (0, "")


def test_the_manual_shows_every_macro_and_each_example_live() -> None:
    page = (ROOT / "docs/contribute/macros.md").read_text("utf-8")
    shown = set(re.findall(r'\{\{ manual\("(\w+)"\) \}\}', page))
    assert shown == set(discover()), "docs/contribute/macros.md has a section with manual(…) for each macro"
    for example in re.findall(r"```jinja\n(.*?)\n```", page, re.DOTALL):
        assert page.count(example) == 2, f"not live below its source: {example}"
