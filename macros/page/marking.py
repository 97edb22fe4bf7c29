"""Marking: puts the words between milestones into elements, whatever elements they run across."""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER

from .elements import contents, fill, replace
from .sheet import MILESTONES, Sheet
from .template import SLOT, Templates

_INSIDE = frozenset(
    "a abbr b bdi bdo cite code dfn em i img kbd mark q s samp small span strong sub sup time u".split()
)
"""Elements that may stand inside the element of quoted words; any other has such elements inside it."""

_PLACES = re.compile(f"{MILESTONES.pattern}|{HTML_PLACEHOLDER % '(?P<raw>[0-9]+)'}")
"""Finds milestones, and what Markdown keeps raw HTML as: tags, and references to single characters."""

_Content = list[str | Element]


class Marking(Treeprocessor):
    """Marks the words that quotations quote.

    The elements of a quotation's words share its id in `data-quotation`, and the first of them bears it.  Words that
    two quotations quote stand in elements of both; an element that would cross another is parted.
    """

    sheet: Sheet

    def __init__(self, templates: Templates, md: Markdown) -> None:
        super().__init__(md)
        self.templates = templates

    def run(self, root: Element) -> None:
        """Do the step."""
        if self.sheet.quoted:
            self.begun: set[int] = set()
            self._mark(root, ())

    def _mark(self, parent: Element, open_before: Sequence[int]) -> list[int]:
        """Mark the words in an element in which the given quotations are open; return those open behind it."""
        done: _Content = []
        stack: list[tuple[int, _Content]] = [(number, []) for number in open_before]

        def add(*some: str | Element) -> None:
            (stack[-1][1] if stack else done).extend(some)

        def close() -> int:
            number, body = stack.pop()
            add(*self._marked(number, body))
            return number

        def close_all() -> list[int]:
            return [close() for _ in range(len(stack))][::-1]

        for item in contents(parent):
            if isinstance(item, Element):
                if item.tag in _INSIDE and not any(_PLACES.search(text) for text in item.itertext()):
                    add(item)
                else:
                    numbers = self._mark(item, close_all())
                    add(item)
                    stack += [(number, []) for number in numbers]
                continue
            at = 0
            for match in _PLACES.finditer(item):
                add(item[at : match.start()])
                at = match.end()
                if match["raw"] and str(self.md.htmlStash.rawHtmlBlocks[int(match["raw"])]).startswith("&"):
                    add(match[0])
                elif match["raw"]:  # a tag of an author's own: what it opens or closes is not known here
                    numbers = close_all()
                    add(match[0])
                    stack += [(number, []) for number in numbers]
                elif match["sign"] == "+":
                    stack.append((int(match["number"]), []))
                else:
                    crossed = []
                    while stack and (closed := close()) != int(match["number"]):
                        crossed.append(closed)
                    stack += [(number, []) for number in reversed(crossed)]
            add(item[at:])
        numbers = close_all()
        fill(parent, done)
        return numbers

    def _marked(self, number: int, body: _Content) -> _Content:
        if not any(isinstance(item, Element) or item.strip() for item in body):
            return body
        id = self.sheet.quoted[number]
        data = {"id": id, "is_first": number not in self.begun}
        self.begun.add(number)
        element = self.templates.elements("quoted.html", data)[0]
        for child in list(element):
            if child.tag == SLOT:
                replace(element, child, body)
        return [element]
