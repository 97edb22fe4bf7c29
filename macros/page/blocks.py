"""Blocks: Markdown's kinds of blocks, none of which is looked for where its sign is not there.

Most blocks are paragraphs, and to ask for every other kind first is most of what reading them costs.
"""

from functools import partial
from typing import Any

from markdown import Markdown

_SIGNS = {
    "table": "|",
    "hashheader": "#",
    "deflist": ":",
    "quote": ">",
    "footnote": "]:",
    "abbr": "*[",
    "reference": "]:",
}
"""What stands in every block of a kind, as Python-Markdown and its extensions know it."""

_KNOWN = ("markdown.", __package__)


def look_for_signs(md: Markdown) -> None:
    """Have kinds of blocks looked for where their signs are, and always those that are not known."""
    processors: Any = md.parser.blockprocessors
    for name, sign in _SIGNS.items():
        if name in processors and type(processors[name]).__module__.startswith(_KNOWN):
            processors[name].test = partial(_is_there, sign, processors[name].test)


def _is_there(sign: str, test: Any, parent: Any, block: str) -> bool:
    return sign in block and test(parent, block)
