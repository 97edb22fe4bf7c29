"""Grafting: puts the elements of fragments into a page's tree, in the place of their tokens."""

from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.footnotes import NBSP_PLACEHOLDER
from markdown.treeprocessors import Treeprocessor

from ..calls.base import fault
from ..text.line import direction
from ..text.problem import Problem
from .elements import contents, fill, replace
from .sheet import FOUND, SIGN, Sheet, described
from .template import SLOT, Templates

_HOLDER = "edition-text"
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")


def read_texts(sheet: Sheet, md: Markdown, root: Element) -> None:
    """Read the authors' texts of fragments as Markdown, in holders that grafting empties."""
    for number, piece in enumerate(sheet.pieces):
        for key, text in piece.texts.items():
            md.parser.parseChunk(SubElement(root, _HOLDER, {"piece": str(number), "key": key}), text)


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


class Graft(Treeprocessor):
    """Puts the elements of fragments in the place of tokens, around the words between two of them, nested too."""

    sheet: Sheet

    def __init__(self, templates: Templates, report: Callable[[Problem], None], md: Markdown) -> None:
        super().__init__(md)
        self.templates = templates
        self.report = report

    def run(self, root: Element) -> None:
        """Do the step."""
        self.holders: dict[tuple[int, str], Element] = {}
        for holder in root.findall(_HOLDER):
            root.remove(holder)
            self.holders[int(holder.get("piece", "")), holder.get("key", "")] = holder
        self._graft(root)
        if self.sheet.paragraphs is not None:
            self._number(root, self.sheet.paragraphs)
        clauses = self.sheet.clauses
        heading: Element | None = None
        for element in root if clauses is not None else ():
            place = clauses.get(element.get("id", "")) if clauses and element.tag in _HEADINGS else None
            if place:
                element.set("data-place", place)
                heading = element
            elif element.tag == "blockquote":
                self._received(element, heading)
                heading = None

    def _received(self, element: Element, heading: Element | None) -> None:
        """Tell of a document's own words what they are, in which language and direction, and which the heading has."""
        element.set("class", "own-words")
        if self.sheet.language:
            element.set("lang", self.sheet.language)
        if runs := direction("".join(element.itertext())):
            element.set("dir", runs)
        for paragraph in element[:2] if heading is not None else ():
            is_plain = paragraph.tag == "p" and not any(one.get("id") for one in paragraph.iter())
            if is_plain and heading is not None and _words(paragraph) == _words(heading):
                paragraph.set("class", "said-above")

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
        """Return the elements of a block whose token is a paragraph of its own, but for ways back behind it."""
        text = child.text or ""
        if child.tag != "p" or SIGN not in text or any(each.get("class") != "footnote-backref" for each in child):
            return None
        match = FOUND.fullmatch(text.replace(NBSP_PLACEHOLDER, "").strip())
        if not match or match[2] or self.sheet.pieces[int(match[1])].is_inline:
            return None
        found = self._elements(int(match[1]))
        if len(child):
            child.text = None
            found.append(child)
        return found

    def _rebuild(self, parent: Element) -> None:
        """Turn the tokens in an element's own text into elements."""
        items = contents(parent)
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
                    stack[-1][1].extend(contents(self._elements(number, body)))
                else:
                    stack[-1][1].extend(contents(self._elements(number, [])))
            stack[-1][1].append(item[at:])
        while len(stack) > 1:
            number, body = stack.pop()
            self._crossed(number)
            stack[-1][1].extend(body)
        fill(parent, stack[0][1])

    def _elements(self, number: int, body: list[str | Element] | None = None) -> Element:
        piece = self.sheet.pieces[number]
        try:
            fragment = self.templates.elements(piece.template, piece.data)
        except Exception as error:  # whatever the author of a template has overlooked
            problem = Problem(piece.place, "macro-works", f"what is called here cannot be shown: {fault(error)}")
            self.report(problem)
            fragment = self.templates.elements("problem.html", described(problem, self.sheet.rule))
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
        piece = self.sheet.pieces[number]
        message = (
            "this call does not open and close in the same run of text: keep it inside or outside of emphasis and links"
        )
        self.report(Problem(piece.place, "call-stands-in-text", message))

    def _number(self, root: Element, paragraphs: Sequence[tuple[str, str, str]]) -> None:
        """Give the paragraphs of a text that stands as it was received their ids and numbers."""
        found = [p for p in root.findall("p") if "unnumbered" not in (p.get("class") or "").split()]
        if len(found) != len(paragraphs):
            message = (
                f"{len(paragraphs)} paragraphs were counted in this file and {len(found)} rendered: "
                "put a blank line between blocks"
            )
            self.report(Problem(self.sheet.position(0), "call-stands-in-text", message))
        for element, (id, name, place) in zip(found, paragraphs, strict=False):
            element.attrib.update({"id": id, "class": "paragraph", "data-place": place})
            link = self.templates.elements("paragraph_number.html", {"id": id, "name": name})[0]
            link.tail, element.text = element.text, ""
            element.insert(0, link)
