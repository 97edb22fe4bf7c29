"""Inline: Markdown within lines, as Python-Markdown reads it, without asking for what cannot be there.

Most texts have none of the signs that its patterns begin with, and to look for each pattern in each text is a large
part of what rendering costs.  So it is with the escaped signs that are put back in the end.
"""

import re
from typing import Any

from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor
from markdown.util import STX, AtomicString

_SIGNS = {
    "backtick": "`",
    "escape": "\\",
    "footnote": "[^",
    "reference": "[",
    "link": "[",
    "image_link": "![",
    "image_reference": "![",
    "short_reference": "[",
    "short_image_ref": "![",
    "autolink": "<",
    "automail": "<",
    "linebreak": "  \n",
    "html": "<",
    "entity": "&",
    "em_strong": "",
}
"""What stands in every text that a pattern of Python-Markdown's own, or of its footnotes, matches; of emphasis one of
two signs."""

_ANY = re.compile(r"[`\\\[<&*_]|  \n")
"""Finds the first of these signs."""

_OWN = ("markdown.inlinepatterns", "markdown.extensions.footnotes")


class Inline(InlineProcessor):
    """Applies the patterns of which the signs are there, and always those that it does not know."""

    _InlineProcessor__applyPattern: Any

    def run(self, tree: Any, ancestors: list[str] | None = None) -> Any:
        """Do the step."""
        patterns: Any = self.inlinePatterns
        patterns._sort()  # the registry puts them in order when it is gone through, which this does not
        names = [item.name for item in patterns._priority]
        unknown = {name for name in names if not _is_known(name, patterns[name])}
        self.asked = [("" if name in unknown else _SIGNS[name], patterns[name]) for name in names]
        self.has_signs = bool if unknown else _ANY.search
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: str, at: int = 0) -> str:  # noqa: N802 -- the base class's own
        """Return a text with what the patterns from a number on match taken out."""
        if isinstance(data, AtomicString) or not self.has_signs(data):
            return data
        start = 0
        while at < len(self.asked):
            sign, pattern = self.asked[at]
            is_there = sign in data
            if is_there:
                data, is_there, start = self._InlineProcessor__applyPattern(pattern, data, at, start)
            if not is_there:
                at, start = at + 1, 0
        return data


class Unescape(UnescapeTreeprocessor):
    """Puts escaped signs back where there are any."""

    def run(self, root: Any) -> None:
        """Do the step."""
        for element in root.iter():
            if element.text and STX in element.text and element.tag != "code":
                element.text = self.unescape(element.text)
            if element.tail and STX in element.tail:
                element.tail = self.unescape(element.tail)
            for name, value in element.attrib.items():
                if value is not None and STX in value:
                    element.set(name, self.unescape(value))


def _is_known(name: str, pattern: Any) -> bool:
    is_own = name in _SIGNS and type(pattern).__module__ in _OWN
    return is_own and getattr(pattern, "tokens", ["*", "_"]) == ["*", "_"]  # an extension may add to these
