"""Elements: texts and elements put into a tree where something else stood."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

_CLOSING_MARKS = ("”", "’", "»", '"')


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
    children = list(parent)
    at = children.index(child)
    content: list[str | Element] = [parent.text or ""]
    for index, each in enumerate(children):
        tail = each.tail or ""
        each.tail = None
        content += [*items, tail] if index == at else [each, tail]
        parent.remove(each)
    parent.text = ""
    fill(parent, content)
