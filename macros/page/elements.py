"""Elements: what a page's tree is made of, taken out and put in, and the steps that do so."""

from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

_CLOSING_MARKS = ("”", "’", "»", '"')


class Step(Treeprocessor):
    """A step over the tree of a page, which is one function."""

    def __init__(self, do: Callable[[Element], None]) -> None:
        super().__init__()
        self.do = do

    def run(self, root: Element) -> None:
        """Do the step."""
        self.do(root)


def contents(parent: Element) -> list[str | Element]:
    """Take texts and elements out of an element, in order."""
    found: list[str | Element] = [parent.text or ""]
    for child in parent:
        found += [child, child.tail or ""]
        child.tail = None
    parent.text = ""
    parent[:] = []
    return found


def fill(parent: Element, items: Sequence[str | Element]) -> None:
    """Append text and elements to an element."""
    for item in items:
        if isinstance(item, Element):
            parent.append(item)
        elif len(parent):
            if parent[-1].get("class") == "proof" and not parent[-1].tail and item[:1] in _CLOSING_MARKS:
                # The mark of proof stands behind the quotation mark, as a footnote's number does.
                parent[-2].tail = (parent[-2].tail or "") + item[:1]
                item = item[1:]
            parent[-1].tail = (parent[-1].tail or "") + item
        else:
            parent.text = (parent.text or "") + item


def replace(parent: Element, child: Element, items: Sequence[str | Element]) -> None:
    """Put text and elements in the place of a child."""
    fill(parent, [one for item in contents(parent) for one in (items if item is child else (item,))])
