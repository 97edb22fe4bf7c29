"""Who may import what, and what the engine may not know."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "macros").rglob("*.py"))
ADAPTERS = {
    "mkdocs": {"plugin", "serve"},
    "markdown": {"extension", "grafting", "guard", "marking"},
    "jinja2": {"call", "template"},
    "markupsafe": {"plugin", "template"},
    "bibtexparser": {"bibliography"},
    "pydantic": {"front", "schema"},
    "yaml": {"navigation", "source", "new", "plan"},
    "pathspec": {"navigation"},
    "requests": {"fetching"},
    "urllib3": {"fetching"},
    "trafilatura": {"extraction"},
    "pypdf": {"extraction"},
    "lxml": {"extraction"},
    "rich": {"command"},
}
OF_THE_COLLECTION = re.compile(
    r"\b(?:scc|pacnet|japan\w*|pacific|okinawa|washington|tokyo|2017|2019|2\+2)\b", re.IGNORECASE
)


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add("." * node.level + node.module)
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_foreign_packages_stay_in_their_adapters(path: Path) -> None:
    foreign = {name.partition(".")[0] for name in imports(path)} & set(ADAPTERS)
    assert {name for name in foreign if path.stem not in ADAPTERS[name]} == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_nothing_imports_an_adapter(path: Path) -> None:
    adapters = {
        "plugin",
        "extension",
        "grafting",
        "guard",
        "marking",
    }
    allowed = {
        "plugin": {"extension"},
        "extension": {"grafting", "guard", "marking"},
        "marking": {"grafting", "extension"},  # the second for types only
        "guard": {"grafting", "extension"},  # the second for types only
        "grafting": {"extension"},
    }.get(path.stem, set())
    assert {name.rpartition(".")[2] for name in imports(path) if name.startswith(".")} & adapters <= allowed


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_mutable_module_state(path: Path) -> None:
    mutable = [
        ast.unparse(node).split("\n")[0]
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and isinstance(node.value, ast.List | ast.Set | ast.ListComp | ast.SetComp)
    ]
    assert mutable == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_every_module_and_public_name_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree)
    public = [
        node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    assert [node.name for node in public if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("folder", ["macros", "overrides", "tests/cases", "tests/collection"])
def test_the_engine_knows_no_collection(folder: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file() and path.suffix in {".py", ".html", ".md", ".out", ".txt", ".bib"}
        for match in OF_THE_COLLECTION.finditer(path.read_text("utf-8"))
    ]
    assert found == []
