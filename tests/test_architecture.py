"""Who may import what, and what the engine may not know."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.model.kind import KINDS
from macros.model.macro import discover
from tests.sites import ROOT

PACKAGE = ROOT / "macros"
MODULES = sorted(PACKAGE.rglob("*.py"))
STOREYS = ("text", "model", "derived", "calls", "site", "page", "checks", "commands")
"""The folders of the engine: each imports only what stands before it."""
ADAPTERS = {
    "mkdocs": {"plugin", "commands.serve"},
    "markdown": {f"page.{name}" for name in ("extension", "footnotes", "grafting", "guard", "marking", "render")},
    "jinja2": {"text.call", "page.template"},
    "markupsafe": {"plugin", "page.template"},
    "bibtexparser": {"model.entry"},
    "pydantic": {"model.front", "commands.schema"},
    "yaml": {"checks.navigation", "text.file", "text.reading", "commands.new", "commands.importer.plan"},
    "pathspec": {"checks.navigation"},
    "requests": {"commands.importer.fetching"},
    "urllib3": {"commands.importer.fetching"},
    "babel": {"commands.importer.identity"},
    "charset_normalizer": {"commands.importer.encoding"},
    "lxml": {"commands.importer.furniture", "commands.importer.page"},
    "pypdfium2": {"commands.importer.lines", "commands.importer.pdf"},
    "rich": {"commands.importer.command"},
}
OF_THE_COLLECTION = re.compile(
    r"\b(?:scc|pacnet|japan\w*|pacific|okinawa|washington|tokyo|2017|2019|2\+2)\b", re.IGNORECASE
)


def name(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).parts).removesuffix(".py")


NAMES = {name(path): path for path in MODULES}


def imported(path: Path) -> Iterator[tuple[str, str, ast.stmt]]:
    """Yield what a module imports, those for types and in functions too: foreign package, own module, statement."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name.partition(".")[0], "", node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").partition(".")[0], "", node
        elif isinstance(node, ast.ImportFrom):
            folder = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
            for alias in node.names:
                for module in (name(folder / alias.name), name(folder), name(folder / "__init__.py")):
                    if module in NAMES:
                        yield "", module, node
                        break


OWN = {one: {module for _, module, _ in imported(path) if module} for one, path in NAMES.items()}


def storey(module: str) -> int:
    """Return the storey of a module; outside of the folders stands what uses all of them."""
    folder = module.partition(".")[0]
    return STOREYS.index(folder) if folder in STOREYS else -1 if module == "__init__" else len(STOREYS)


@pytest.mark.parametrize("module", NAMES)
def test_foreign_packages_stay_in_their_adapters(module: str) -> None:
    foreign = {package for package, _, _ in imported(NAMES[module])} & set(ADAPTERS)
    assert {package for package in foreign if module not in ADAPTERS[package]} == set()
    assert {one for known in ADAPTERS.values() for one in known} <= set(NAMES)


@pytest.mark.parametrize("module", NAMES)
def test_nothing_is_imported_from_a_later_storey(module: str) -> None:
    assert {other for other in OWN[module] if storey(other) > storey(module)} == set()


def test_no_modules_import_each_other_in_a_circle() -> None:
    left = dict(OWN)
    while ready := {module for module, others in left.items() if not others & left.keys()}:
        left = {module: others for module, others in left.items() if module not in ready}
    assert set(left) == set()


@pytest.mark.parametrize("module", [module for module in NAMES if not module.startswith("commands.")])
def test_nothing_is_imported_in_a_function(module: str) -> None:
    at_head = {ast.dump(node) for node in ast.parse(NAMES[module].read_text("utf-8")).body}
    assert [ast.unparse(node) for _, _, node in imported(NAMES[module]) if ast.dump(node) not in at_head] == []


def strings(node: ast.AST) -> set[str]:
    return {each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)}


@pytest.mark.parametrize("module", NAMES)
def test_no_module_asks_for_a_macro_by_its_name(module: str) -> None:
    """A macro declares what it is; what others ask of it is that."""
    asked = [
        ast.unparse(node)
        for node in ast.walk(ast.parse(NAMES[module].read_text("utf-8")))
        if isinstance(node, ast.Compare) or (isinstance(node, ast.Call) and ".get" in ast.unparse(node))
        if any(isinstance(each, ast.Attribute) and each.attr == "name" for each in ast.walk(node))
        if strings(node) & discover().keys()
    ]
    assert asked == []


@pytest.mark.parametrize("module", sorted(NAMES.keys() - {"model.kind", "model.front"}))
def test_no_module_spells_a_kind_of_document(module: str) -> None:
    assert strings(ast.parse(NAMES[module].read_text("utf-8"))) & KINDS.keys() == set()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_mutable_module_state(path: Path) -> None:
    mutable = [
        ast.unparse(node).split("\n")[0]
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and isinstance(node.value, ast.List | ast.Set | ast.ListComp | ast.SetComp)
    ]
    assert mutable == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_module_and_public_name_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree)
    public = [
        node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    assert [node.name for node in public if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("folder", ["macros", "overrides", "tests/browser", "tests/cases", "tests/collection"])
def test_the_engine_knows_no_collection(folder: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file() and path.suffix in {".py", ".html", ".md", ".out", ".txt", ".bib"}
        for match in OF_THE_COLLECTION.finditer(path.read_text("utf-8"))
    ]
    assert found == []
