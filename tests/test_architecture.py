"""Who may import what, and what the engine may not know."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from macros.model.kind import KINDS
from macros.model.macro import discover
from tests import ROOT

PACKAGE = ROOT / "macros"
MODULES = sorted(PACKAGE.rglob("*.py"))
STOREYS = ("text", "model", "derived", "calls", "site", "page", "checks", "commands")
"""The folders of the engine: each imports only what stands before it."""
ADAPTERS = {
    "mkdocs": {"plugin", "commands.live", "commands.rendering", "commands.serve", "commands.theming"},
    "watchdog": {"commands.live"},
    "markdown": {
        "commands.importer.plain",
        "commands.rendering",
        *(
            f"page.{name}"
            for name in (
                "blocks",
                "elements",
                "extension",
                "footnotes",
                "grafting",
                "guard",
                "inline",
                "marking",
                "shown",
            )
        ),
    },
    "jinja2": {"text.call", "page.template", "commands.theming"},
    "markupsafe": {"plugin", "page.template"},
    "bibtexparser": {"model.entry"},
    "pydantic": {"model.front", "commands.schema"},
    "yaml": {
        "checks.navigation",
        "commands.importer.plan",
        "commands.new",
        "commands.standing",
        "model.configuration",
        "text.file",
        "text.reading",
    },
    "pathspec": {"checks.navigation"},
    "requests": {"commands.importer.fetching"},
    "urllib3": {"commands.importer.fetching"},
    "babel": {"commands.importer.identity"},
    "charset_normalizer": {"commands.importer.encoding"},
    "rcssmin": {"site.assets"},
    "rjsmin": {"site.assets"},
    "lxml": {"commands.importer.furniture", "commands.importer.page", "commands.importer.styles"},
    "pypdfium2": {"commands.importer.drawn", "commands.importer.lines", "commands.importer.pdf"},
    "rich": {"commands.importer.command"},
}
OF_THE_COLLECTION = re.compile(
    r"\b(?:scc|pacnet|japan\w*|pacific|okinawa|washington|tokyo|2017|2019|2\+2)\b", re.IGNORECASE
)


def name(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).parts).removesuffix(".py")


NAMES = {name(path): path for path in MODULES}


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(NAMES[module].read_text("utf-8"))


@cache
def imports(module: str) -> Sequence[tuple[str, str, ast.stmt]]:
    """Return what a module imports, those for types and in functions too: foreign package, own module, statement."""
    return tuple(imported(module))


def imported(module: str) -> Iterator[tuple[str, str, ast.stmt]]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from ((alias.name.partition(".")[0], "", node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").partition(".")[0], "", node
        elif isinstance(node, ast.ImportFrom):
            folder = NAMES[module].parents[node.level - 1].joinpath(*(node.module or "").split("."))
            for alias in node.names:
                for found in (name(folder / alias.name), name(folder), name(folder / "__init__.py")):
                    if found in NAMES:
                        yield "", found, node
                        break


def own(module: str) -> set[str]:
    return {other for _, other, _ in imports(module) if other}


def storey(module: str) -> int:
    """Return the storey of a module; outside of the folders stands what uses all of them."""
    folder = module.partition(".")[0]
    return STOREYS.index(folder) if folder in STOREYS else -1 if module == "__init__" else len(STOREYS)


def in_each(found: Callable[[str], Iterable[object]], modules: Iterable[str] = NAMES) -> dict[str, list[object]]:
    """Return what is found in modules, by module."""
    return {module: some for module in modules if (some := list(found(module)))}


def test_foreign_packages_stay_in_their_adapters() -> None:
    foreign = {
        module: {
            package for package, _, _ in imports(module) if package in ADAPTERS and module not in ADAPTERS[package]
        }
        for module in NAMES
    }
    assert in_each(foreign.__getitem__) == {}
    assert {one for known in ADAPTERS.values() for one in known} <= set(NAMES)


def test_nothing_is_imported_from_a_later_storey() -> None:
    assert in_each(lambda module: (other for other in own(module) if storey(other) > storey(module))) == {}


def test_no_modules_import_each_other_in_a_circle() -> None:
    left = {module: own(module) for module in NAMES}
    while ready := {module for module, others in left.items() if not others & left.keys()}:
        left = {module: others for module, others in left.items() if module not in ready}
    assert set(left) == set()


def test_nothing_is_imported_in_a_function() -> None:
    def inside(module: str) -> Iterator[str]:
        at_head = set(map(id, tree(module).body))
        return (ast.unparse(node) for _, _, node in imports(module) if id(node) not in at_head)

    assert in_each(inside, (module for module in NAMES if not module.startswith("commands."))) == {}


def strings(node: ast.AST) -> set[str]:
    return {each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def test_no_module_asks_for_a_macro_by_its_name() -> None:
    """A macro declares what it is; what others ask of it is that."""
    macros = discover().keys()

    def asked(module: str) -> Iterator[str]:
        return (
            ast.unparse(node)
            for node in ast.walk(tree(module))
            if isinstance(node, ast.Compare) or (isinstance(node, ast.Call) and ".get" in ast.unparse(node))
            if any(isinstance(each, ast.Attribute) and each.attr == "name" for each in ast.walk(node))
            if strings(node) & macros
        )

    assert in_each(asked) == {}


def test_no_module_spells_a_kind_of_document() -> None:
    assert (
        in_each(lambda module: strings(tree(module)) & KINDS.keys(), NAMES.keys() - {"model.kind", "model.front"}) == {}
    )


def test_no_mutable_module_state() -> None:
    def mutable(module: str) -> Iterator[str]:
        return (
            ast.unparse(node).split("\n")[0]
            for node in tree(module).body
            if isinstance(node, ast.Assign | ast.AnnAssign)
            and isinstance(node.value, ast.List | ast.Set | ast.ListComp | ast.SetComp)
        )

    assert in_each(mutable) == {}


def test_every_module_and_public_name_says_what_it_is_for() -> None:
    def silent(module: str) -> Iterator[str]:
        whole = tree(module)
        defined = (node for node in whole.body if isinstance(node, ast.FunctionDef | ast.ClassDef))
        public = (node for node in defined if not node.name.startswith("_"))
        return (getattr(node, "name", module) for node in (whole, *public) if not ast.get_docstring(node))

    assert in_each(silent) == {}


@pytest.mark.parametrize("folder", ["macros", "overrides", "tests/browser", "tests/cases", "tests/collection"])
def test_the_engine_knows_no_collection(folder: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file() and path.suffix in {".py", ".html", ".md", ".out", ".txt", ".bib"}
        for match in OF_THE_COLLECTION.finditer(path.read_text("utf-8"))
    ]
    assert found == []
