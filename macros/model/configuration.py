"""The configuration of a site: where it is found, and the Markdown that it asks for."""

import os
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from ..text.bounds import DEEPEST, LARGEST_CONFIGURATION
from ..text.problem import Problem
from ..text.reading import decode, depth

CONFIGURATION = "mkdocs.yml"

_DOCS_DIR = re.compile(r"^docs_dir:(?P<folder>[^#\n]+)", re.MULTILINE)
_EXTENSIONS = re.compile(r"^markdown_extensions:[^\n]*\n(?:(?:[ \-#][^\n]*)?\n)*", re.MULTILINE)
USUAL = ("abbr", "attr_list", "def_list", "tables", "toc", "pymdownx.superfences")
"""Extensions that every edition has, whether its configuration names them or not."""
_BUILT_IN = ("toc", "tables", "fenced_code")  # which MkDocs adds
_CODE = frozenset(("fenced_code", "pymdownx.superfences", "pymdownx.highlight", "codehilite", "pymdownx.inlinehilite"))
_PLAIN = _CODE.union(USUAL, ("md_in_html", "meta", "admonition", "pymdownx.details"))

REPEATABLE = frozenset(
    "abbr admonition attr_list codehilite def_list fenced_code footnotes md_in_html sane_lists smarty tables toc"
    " pymdownx.betterem pymdownx.caret pymdownx.details pymdownx.highlight pymdownx.inlinehilite pymdownx.keys"
    " pymdownx.mark pymdownx.smartsymbols pymdownx.superfences pymdownx.tasklist pymdownx.tilde".split()
)
"""Extensions that make of a text the same each time, whatever else is there."""


@dataclass(frozen=True)
class Extensions:
    """The extensions with which a site's Markdown is read: their options by their names."""

    options: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: {name: {} for name in USUAL})

    def __hash__(self) -> int:
        """Return the same for the same names."""
        return hash(tuple(self.options))

    @cached_property
    def is_usual(self) -> bool:
        """Whether with them Markdown leaves words and ordinary signs as they stand, wherever these stand."""
        names = {name.removeprefix("markdown.extensions.") for name in self.options}
        return _PLAIN.issuperset(names) and not any("marker" in options for options in self.options.values())

    @property
    def without_code(self) -> "Extensions":
        """Those that read a text which has no blocks of code."""
        return Extensions({name: given for name, given in self.options.items() if name not in _CODE})


def find_configuration(docs: Path, shown: str = "docs") -> tuple[str, str, tuple[Problem, ...]] | None:
    """Return the text of the configuration of a docs folder, its path as authors know it, and what is wrong with it.

    It stands beside the folder or where the command runs, and names the folder as that of its texts.
    """
    beside = Path(os.path.normpath(docs / ".." / CONFIGURATION))
    for path, name in ((beside, posixpath.normpath(f"{shown}/../{CONFIGURATION}")), (Path(CONFIGURATION),) * 2):
        if not path.is_file():
            continue
        text, problems = decode(path, str(name), LARGEST_CONFIGURATION)
        named = _DOCS_DIR.search(text)
        folder = named["folder"].strip(" \"'") if named else "docs"
        if (path.parent / folder).resolve() == docs.resolve():
            return text, str(name), problems
    return None


class Untagged(yaml.CSafeLoader):
    """Reads YAML, but for values with tags that only MkDocs understands."""


Untagged.add_multi_constructor("", lambda loader, suffix, node: None)


def read_extensions(text: str) -> Extensions:
    """Return the extensions that a configuration names, and those that every edition has.

    What is wrong with a configuration its own check says.
    """
    match = _EXTENSIONS.search(text.replace("\r\n", "\n") + "\n")
    try:
        given = yaml.load(match[0], Untagged)["markdown_extensions"] if match and depth(match[0]) <= DEEPEST else []
    except (yaml.YAMLError, ValueError, TypeError):
        return Extensions()
    found: dict[str, Mapping[str, Any]] = {name: {} for name in (*USUAL, *_BUILT_IN)}
    for item in given if isinstance(given, list) else [given]:
        for name, options in item.items() if isinstance(item, dict) else [(item, None)]:
            if isinstance(name, str):
                found[name] = _understood(options) if isinstance(options, dict) else {}
    return Extensions(found)


def _understood(value: Any) -> Any:
    """Return a value without what only MkDocs understands, which was read as nothing."""
    if isinstance(value, dict):
        return {key: _understood(one) for key, one in value.items() if one is not None}
    return [_understood(one) for one in value if one is not None] if isinstance(value, list) else value
