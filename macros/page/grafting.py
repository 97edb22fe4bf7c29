"""Grafting: puts the elements of fragments into a page's tree, in the place of their tokens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from ..calls.base import fault
from ..derived.index import by_uri
from ..model.passage import Paragraph
from ..text.problem import Problem
from .composing import FOUND, SIGN, described
from .template import SLOT

if TYPE_CHECKING:
    from .extension import EditionExtension

_HOLDER = "edition-text"
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_CLOSING_MARKS = ("”", "’", "»", '"')


class Texts(Treeprocessor):
    """Reads the authors' texts of fragments as Markdown, in holders that grafting empties."""

    def __init__(self, extension: EditionExtension, md: Markdown) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        """Do the step."""
        for number, piece in enumerate(self.extension.expansion.pieces):
            for key, text in piece.texts.items():
                holder = SubElement(root, _HOLDER, {"piece": str(number), "key": key})
                self.md.parser.parseChunk(holder, text)


class Graft(Treeprocessor):
    """Puts the elements of fragments in the place of tokens, around the words between two of them, nested too."""

    def __init__(self, extension: EditionExtension, md: Markdown) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        """Do the step."""
        self.holders: dict[tuple[int, str], Element] = {}
        for holder in root.findall(_HOLDER):
            root.remove(holder)
            self.holders[int(holder.get("piece", "")), holder.get("key", "")] = holder
        page = self.extension.page
        if page is None:
            return
        self._graft(root)
        document = by_uri(self.extension.edition).get(page.uri)
        if document and document.kind.is_received:
            self._number(root, [p for p in document.passages.values() if isinstance(p, Paragraph)])
        elif document:
            for element in root:
                passage = document.passages.get(element.get("id", "")) if element.tag in _HEADINGS else None
                if passage:
                    element.set("data-place", page.place(passage.start))
                elif element.tag == "blockquote":
                    element.set("class", "own-words")

    def _graft(self, parent: Element) -> None:
        children: list[Element] = []
        has_token = SIGN in (parent.text or "")
        for child in parent:
            block = self._block(child)
            if block is not None:
                children += block
                continue
            children.append(child)
            if len(child) or SIGN in (child.text or ""):
                self._graft(child)
            has_token = has_token or SIGN in (child.tail or "")
        parent[:] = children
        if has_token:
            self._rebuild(parent)

    def _block(self, child: Element) -> Element | None:
        """Return the elements of a block whose token is a paragraph of its own."""
        text = child.text or ""
        match = FOUND.fullmatch(text.strip()) if SIGN in text and child.tag == "p" and not len(child) else None
        if match and not match[2] and not self.extension.expansion.pieces[int(match[1])].fragment.is_inline:
            return self._elements(int(match[1]))
        return None

    def _rebuild(self, parent: Element) -> None:
        """Turn the tokens in an element's own text into elements."""
        items: list[str | Element] = [parent.text or ""]
        for child in parent:
            items += [child, child.tail or ""]
            child.tail = None
        parent[:] = []
        stack: list[tuple[int, list[str | Element]]] = [(-1, [])]
        for item in items:
            if isinstance(item, Element):
                stack[-1][1].append(item)
                continue
            at = 0
            for match in FOUND.finditer(item):
                stack[-1][1].append(item[at : match.start()])
                at = match.end()
                number, kind = int(match[1]), match[2]
                if kind == ":open":
                    stack.append((number, []))
                elif kind == ":close":
                    if stack[-1][0] != number:
                        self._crossed(number)
                        continue
                    _, body = stack.pop()
                    stack[-1][1].extend(self._content(number, body))
                else:
                    stack[-1][1].extend(self._content(number, []))
            stack[-1][1].append(item[at:])
        while len(stack) > 1:
            number, body = stack.pop()
            self._crossed(number)
            stack[-1][1].extend(body)
        parent.text = ""
        fill(parent, stack[0][1])

    def _content(self, number: int, body: list[str | Element]) -> list[str | Element]:
        fragment = self._elements(number, body)
        content: list[str | Element] = [fragment.text or ""]
        for element in fragment:
            content += [element, element.tail or ""]
            element.tail = None
        return content

    def _elements(self, number: int, body: list[str | Element] | None = None) -> Element:
        piece = self.extension.expansion.pieces[number]
        templates = self.extension.templates
        try:
            fragment = templates.elements(piece.fragment.template, piece.fragment.data())
        except Exception as error:  # whatever the author of a macro or of its template has overlooked
            place = piece.source.position(piece.offset)
            problem = Problem(place, "macro-works", f"what is called here cannot be shown: {fault(error)}")
            self.extension.report(problem)
            fragment = templates.elements(
                "problem.html", described(self.extension.edition, self.extension.page or piece.source, problem)
            )
        for parent in list(fragment.iter()) if next(fragment.iter(SLOT), None) is not None else ():
            for child in list(parent):
                if child.tag == SLOT:
                    key = child.get("name", "")
                    filling = body or [] if key == "body" else self._text(number, key)
                    replace(parent, child, filling)
        return fragment

    def _text(self, number: int, key: str) -> list[str | Element]:
        holder = self.holders.get((number, key))
        if holder is None:
            raise KeyError(f"no text '{key}' for a fragment")
        self._graft(holder)
        return list(holder)

    def _crossed(self, number: int) -> None:
        piece = self.extension.expansion.pieces[number]
        message = (
            "this call does not open and close in the same run of text: keep it inside or outside of emphasis and links"
        )
        self.extension.report(Problem(piece.source.position(piece.offset), "call-stands-in-text", message))

    def _number(self, root: Element, passages: Sequence[Paragraph]) -> None:
        """Give a commentary's paragraphs their ids and numbers."""
        found = [p for p in root.findall("p") if "unnumbered" not in (p.get("class") or "").split()]
        page = self.extension.page
        if len(found) != len(passages) and page:
            message = (
                f"{len(passages)} paragraphs were counted in this file and {len(found)} rendered: "
                "put a blank line between blocks"
            )
            self.extension.report(Problem(page.position(0), "call-stands-in-text", message))
        for element, passage in zip(found, passages, strict=False):
            element.set("id", passage.id)
            element.set("class", "paragraph")
            if page:
                element.set("data-place", page.place(passage.start))
            number = self.extension.templates.elements(
                "paragraph_number.html", {"id": passage.id, "name": passage.name}
            )
            link = number[0]
            link.tail, element.text = element.text, ""
            element.insert(0, link)


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
