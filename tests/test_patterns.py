"""Every pattern of the engine takes time that grows as its text does, whatever an author writes."""

import ast
import importlib
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from macros.checks.markdown import _CALLED
from macros.commands.importer.identity import written
from macros.derived.search import _any_of
from macros.model.date import Date
from macros.text.notation import _received, _reference
from macros.text.words import _pattern
from tests import ROOT
from tests.hostile import grows, hostile, worker

pytestmark = pytest.mark.long

FILES = [*sorted((ROOT / "macros").rglob("*.py")), ROOT / ".github" / "pages.py"]
FUNCTIONS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split")
LONGEST, MOST = 4_000, 24  # characters of a text, texts for a pattern

MADE: Mapping[str, list[Any]] = {
    "macros.checks.calls": [r"\b(?:cite|note|quote)\([\"'“]"],
    "macros.checks.links": [r"/(?:https?:/+|\d{4,}\w*/)(?:www\.)?a\.org(?![\w.-])"],
    "macros.checks.markdown": [_CALLED.format("cite|note|quote")],
    "macros.checks.navigation": [r"(?m)^[ \-\"']*name\b"],
    "macros.commands.importer.identity": [written(Date.read(day)) for day in ("2004-05-11", "2004-05", "2004")],
    "macros.derived.search": [
        _any_of(("EU", "U.S.", "Wald und Flur", "議定書"), flag) for flag in (re.NOFLAG, re.IGNORECASE)
    ],
    "macros.model.date": [r"\bMay"],
    "macros.model.glossary": [r"(?<!\w)a\.a(?!\w)"],
    "macros.text.quoted": [r"(?<![\w’])‘(?=\S)|’(?!\w)"],
    "macros.text.notation": [*map(_reference, (("1", "*"), ("x",))), *map(_received, ("1", "x"))],
    "macros.text.words": [_pattern(""), _pattern("\u0301\u0302")],
}
"""Patterns that are made of what an author writes, with examples, by the module that makes them."""

OURS = ("macros.site.assets", "macros.site.policy")
"""Modules that read the engine's own HTML, in which no author writes a tag, or its own scripts and styles."""


class Found(NamedTuple):
    """A pattern, what it is known by, and the ways in which it is tried."""

    name: str
    pattern: re.Pattern[Any]
    methods: frozenset[str]


def named(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__").removeprefix(".github.")


MODULES = {named(path): path for path in FILES if path.stem != "__main__"}


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text("utf-8"))


@cache
def nodes(module: str) -> Sequence[ast.AST]:
    return tuple(ast.walk(tree(module)))


@cache
def used(module: str) -> Sequence[tuple[str, str]]:
    """Return the names on which a method of patterns is called, with the method."""
    return [
        (node.value.id, node.attr)
        for node in nodes(module)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in FUNCTIONS
    ]


@cache
def otherwise(module: str) -> Set[str]:
    """Return the names that are handed to functions, which may do with a pattern what they like."""
    calls = (node for node in nodes(module) if isinstance(node, ast.Call))
    return {node.id for call in calls for node in call.args if isinstance(node, ast.Name)}


def ways(module: str, name: str) -> frozenset[str]:
    """Return the methods by which a pattern of a module is tried; none where that cannot be known."""
    where = (module,) if name.startswith("_") else tuple(MODULES)
    if any(name in otherwise(other) for other in where):
        return frozenset()
    return frozenset(way for other in where for known, way in used(other) if known == name)


def patterns(value: object) -> Iterator[re.Pattern[Any]]:
    """Yield the patterns in a value of a module."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list):
        yield from chain.from_iterable(map(patterns, value))
    elif isinstance(value, Mapping):
        yield from chain.from_iterable(map(patterns, value.values()))


def calls(module: str) -> Iterator[tuple[ast.Call, str]]:
    """Yield the calls of functions of `re` in a module."""
    for node in nodes(module):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=name)) if name in (*FUNCTIONS, "compile"):
                yield node, name


def at_once(module: str) -> Iterator[tuple[ast.Call, str]]:
    """Yield the calls that do not make a constant of their module."""
    tops = (top for top in tree(module).body if isinstance(top, ast.Assign | ast.AnnAssign))
    constants = {id(node) for top in tops for node in ast.walk(top)}
    yield from ((call, function) for call, function in calls(module) if id(call) not in constants)


def found(module: str) -> Iterator[Found]:
    """Yield the patterns of a module."""
    values = {} if module in OURS else vars(importlib.import_module(module))
    for top in tree(module).body if values else ():
        targets = top.targets if isinstance(top, ast.Assign) else [top.target] if isinstance(top, ast.AnnAssign) else []
        for name in (target.id for target in targets if isinstance(target, ast.Name)):
            for number, pattern in enumerate(patterns(values[name])):
                yield Found(f"{name}{f'-{number}' * bool(number)}", pattern, ways(module, name))
    for call, function in at_once(module):
        flags = [node.attr for node in ast.walk(call) if isinstance(node, ast.Attribute) and node.attr.isupper()]
        match call.args[0]:
            case ast.Constant(value=text) if values:
                pattern = re.compile(text, sum(getattr(re, flag) for flag in flags))
                yield Found(f"line {call.lineno}", pattern, frozenset((function,)))
    for number, text in enumerate(MADE.get(module, ())):
        yield Found(f"made {number}", re.compile(text), frozenset())


def test_all_patterns_are_found() -> None:
    constants = [call for module in MODULES for call, function in calls(module) if function == "compile"]
    others = ((module, call) for module in MODULES for call, _ in at_once(module))
    assert {module for module, call in others if not isinstance(call.args[0], ast.Constant)} == MADE.keys()
    assert sum(len(list(found(module))) for module in MODULES) >= len(constants) > 100


@pytest.mark.parametrize("module", [module for module, path in MODULES.items() if "re." in path.read_text("utf-8")])
def test_time_grows_as_the_text(module: str) -> None:
    for each in found(module):
        work = worker(each.pattern, set(each.methods))
        suspected = [make for make in hostile(each.pattern, MOST) if grows(work, make, LONGEST)]
        # What else the machine does may have been measured, but not each time.
        left = [make(60) for make in suspected if all(grows(work, make, LONGEST) for _ in range(4))]
        assert (each.name, left) == (each.name, [])


@pytest.mark.parametrize(
    "slow",
    [
        r"<!--[\s\S]*?-->",
        r"\[[^\]]*\]",
        r"a+b|c[ ]+d",
        r"(?:\d{1,4}|x)+y",
        r"^\|[ ]*(.*?)[ ]*\|$",
        r"(?:\n[ ]*\n)\s*?\{",
        r"(\*+)(.+?)\1",
        r"\s*(?:-\s*)*;",
    ],
)
def test_a_pattern_that_is_slow_is_seen(slow: str) -> None:
    pattern = re.compile(slow)
    assert any(grows(worker(pattern, set()), make, 2 * LONGEST) for make in hostile(pattern))
