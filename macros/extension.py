"""The Python-Markdown adapter: expands a page before Markdown reads it and puts elements in the place of tokens.

Steps, with their priorities and the reason for each:

- expand, preprocessor, 29: behind white-space normalisation (30, which deletes the tokens' signs), before fences
  (25) and raw HTML (20);
- order, tree processor, 55: when an author's own footnotes are known, before the list of them is made (50);
- texts, tree processor, 45: behind the list of footnotes, before inline Markdown (20), so that an author's text
  in a fragment is read as Markdown once;
- graft, tree processor, 7: behind attribute lists (8), so that no literal text is taken for one; before the table
  of contents (5) and MkDocs' own links and anchors (0, 5);
- guard, tree processor, -100: behind everything that makes elements.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from macros import allowlist
from macros.document import Paragraph
from macros.expansion import Expansion, expand
from macros.problem import Problem
from macros.template import SLOT, Templates

if TYPE_CHECKING:
    from macros.edition import Edition
    from macros.source import Source

_SIGN = "\x02edition:"
_TOKEN = re.compile(rf"{_SIGN}(\d+)(:open|:close)?\x03")
_REFERENCE = re.compile(r"\[\^([^\]\s]+)\](?!:)")
_CLOSING_MARKS = ("”", "’", "»", '"')
_HOLDER = "edition-text"
_LABELS = ("note-", "cite-")


class Footnotes(FootnoteExtension):
    """Python-Markdown's footnotes with the edition's ids: a note's is its address, `note-defend-forward`."""

    def __init__(self) -> None:
        # Definition order is the order that the edition sets: of first call.
        super().__init__(SEPARATOR="-", USE_DEFINITION_ORDER=True, BACKLINK_TITLE="Back to the text at note {}")
        self.order: list[str] = []

    def makeFootnoteId(self, id: str) -> str:  # noqa: N802 -- Python-Markdown's name
        """Return the id of a footnote."""
        return id if id.startswith(_LABELS) else f"fn-{id}"

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: N802, FBT001, FBT002
        """Return the id of a reference to a footnote."""
        kind, _, rest = self.makeFootnoteId(id).partition("-")
        return self.unique_ref(f"{kind}ref-{rest}", found)

    def unique_ref(self, reference: str, found: bool = False) -> str:  # noqa: FBT001, FBT002
        """Return the id of the next reference to a footnote: `noteref-x`, `noteref2-x`, `noteref3-x`."""
        if not found:
            return reference
        count = self.found_refs[reference] = self.found_refs.get(reference, 0) + 1
        kind, _, rest = reference.partition("-")
        return reference if count == 1 else f"{kind}{count}-{rest}"


class EditionExtension(Extension):
    """Renders pages of an edition.  `page` is the one that comes next; without one, text is left alone.

    What only rendering shows to be wrong is handed to `report`.
    """

    def __init__(
        self,
        edition: Edition,
        problems: Mapping[str, Sequence[Problem]] | None = None,
        report: Callable[[Problem], None] = lambda problem: None,
    ) -> None:
        super().__init__()
        self.edition = edition
        self.problems = problems or {}
        self.report = report
        self.templates = Templates()
        self.page: Source | None = None
        self.expansion = Expansion()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 -- Python-Markdown's name
        """Register the steps that the module describes."""
        footnotes = Footnotes()
        footnotes.extendMarkdown(md)
        md.preprocessors.register(_Expand(self, footnotes), "edition-expand", 29)
        md.treeprocessors.register(_Order(footnotes), "edition-order", 55)
        md.treeprocessors.register(_Texts(self, md), "edition-texts", 45)
        md.treeprocessors.register(_Graft(self, md), "edition-graft", 7)
        md.treeprocessors.register(_Guard(self, md), "edition-guard", -100)


class _Expand(Preprocessor):
    def __init__(self, extension: EditionExtension, footnotes: Footnotes) -> None:
        super().__init__()
        self.extension = extension
        self.footnotes = footnotes

    def run(self, lines: list[str]) -> list[str]:
        extension = self.extension
        page = extension.page
        if page is None:
            extension.expansion = Expansion()
            return lines
        extension.expansion = expand(extension.edition, page, extension.problems.get(page.uri, ()))
        for label, text in extension.expansion.footnotes.items():
            self.footnotes.setFootnote(label, text)
        self.footnotes.order = _REFERENCE.findall(extension.expansion.text)
        return [*extension.expansion.text.strip("\n").split("\n"), "", ""]


class _Order(Treeprocessor):
    """Sets footnotes in the order of their first references, an author's own among the edition's."""

    def __init__(self, footnotes: Footnotes) -> None:
        super().__init__()
        self.footnotes = footnotes

    def run(self, root: Element) -> None:
        known = self.footnotes.footnotes
        for label in dict.fromkeys(self.footnotes.order):
            if label in known:
                known.move_to_end(label)


class _Texts(Treeprocessor):
    """Reads the authors' texts of fragments as Markdown, in holders that grafting empties."""

    def __init__(self, extension: EditionExtension, md: Markdown) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        for number, piece in enumerate(self.extension.expansion.pieces):
            for key, text in piece.texts.items():
                holder = SubElement(root, _HOLDER, {"piece": str(number), "key": key})
                self.md.parser.parseChunk(holder, text)


class _Graft(Treeprocessor):
    """Puts the elements of fragments in the place of tokens, around the words between two of them, nested too."""

    def __init__(self, extension: EditionExtension, md: Markdown) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        self.holders: dict[tuple[int, str], Element] = {}
        for holder in root.findall(_HOLDER):
            root.remove(holder)
            self.holders[int(holder.get("piece", "")), holder.get("key", "")] = holder
        page = self.extension.page
        if page is None:
            return
        self._graft(root)
        document = self.extension.edition.by_uri.get(page.uri)
        if document and document.kind == "commentary":
            self._number(root, [p for p in document.passages.values() if isinstance(p, Paragraph)])
        elif document:
            for element in root.findall("blockquote"):
                element.set("class", "own-words")

    def _graft(self, parent: Element) -> None:
        self._unwrap_blocks(parent)
        has_token = _SIGN in (parent.text or "")
        for child in list(parent):
            if len(child) or _SIGN in (child.text or ""):
                self._graft(child)
            has_token = has_token or _SIGN in (child.tail or "")
        if has_token:
            self._rebuild(parent)

    def _unwrap_blocks(self, parent: Element) -> None:
        """Replace each paragraph that is one block token alone by the block."""
        for child in list(parent):
            text = child.text or ""
            match = _TOKEN.fullmatch(text.strip()) if child.tag == "p" and _SIGN in text and not len(child) else None
            if match and not match[2] and not self.extension.expansion.pieces[int(match[1])].fragment.is_inline:
                elements = list(self._elements(int(match[1])))
                at = list(parent).index(child)
                parent.remove(child)
                for offset, element in enumerate(elements):
                    parent.insert(at + offset, element)

    def _rebuild(self, parent: Element) -> None:
        """Turn the tokens in an element's own text into elements."""
        items: list[str | Element] = [parent.text or ""]
        for child in list(parent):
            items += [child, child.tail or ""]
            child.tail = None
            parent.remove(child)
        stack: list[tuple[int, list[str | Element]]] = [(-1, [])]
        for item in items:
            if isinstance(item, Element):
                stack[-1][1].append(item)
                continue
            at = 0
            for match in _TOKEN.finditer(item):
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
        _fill(parent, stack[0][1])

    def _content(self, number: int, body: list[str | Element]) -> list[str | Element]:
        fragment = self._elements(number, body)
        content: list[str | Element] = [fragment.text or ""]
        for element in list(fragment):
            content += [element, element.tail or ""]
            element.tail = None
        return content

    def _elements(self, number: int, body: list[str | Element] | None = None) -> Element:
        piece = self.extension.expansion.pieces[number]
        fragment = self.extension.templates.elements(piece.fragment.template, piece.fragment.data())
        for parent in list(fragment.iter()) if fragment.find(f".//{SLOT}") is not None else ():
            for child in list(parent):
                if child.tag == SLOT:
                    key = child.get("name", "")
                    filling = body or [] if key == "body" else self._text(number, key)
                    _replace(parent, child, filling)
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
            number = self.extension.templates.elements(
                "paragraph_number.html", {"id": passage.id, "name": passage.name}
            )
            link = number[0]
            link.tail, element.text = element.text, ""
            element.insert(0, link)


class _Guard(Treeprocessor):
    """Lets nothing through that is not allowed, and no token."""

    def __init__(self, extension: EditionExtension, md: Markdown) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        page = self.extension.page
        if page is None:
            return
        said = {(p.rule, p.message) for p in self.extension.problems.get(page.uri, ())}

        def report(message: str, rule: str = "html-is-allowed", offset: int | None = None) -> None:
            if (rule, message) not in said:
                said.add((rule, message))
                self.extension.report(
                    Problem(page.position(_place(page, message) if offset is None else offset), rule, message)
                )

        def left(text: str) -> str:
            for match in _TOKEN.finditer(text):
                piece = self.extension.expansion.pieces[int(match[1])]
                message = (
                    "a call stands here where Markdown reads no text (code, raw HTML or a link's address): move it out"
                )
                if piece.source is page:
                    report(message, "call-stands-in-text", piece.offset)
            return _TOKEN.sub("", text)

        for parent in list(root.iter()):
            if parent.text:
                parent.text = type(parent.text)(left(parent.text)) if _SIGN in parent.text else parent.text
            for name, value in parent.attrib.items():
                if isinstance(value, str) and _SIGN in value:
                    parent.set(name, left(value))
            for child in list(parent):
                if child.tail and _SIGN in child.tail:
                    child.tail = left(child.tail)
                if not allowlist.clean_element(child, report):
                    _replace(
                        parent,
                        child,
                        [child.text or "", *(item for each in child for item in (each, each.tail or ""))],
                    )
        stash = self.md.htmlStash.rawHtmlBlocks
        for at, html in enumerate(stash):
            if isinstance(html, str):
                stash[at] = allowlist.clean_html(left(html), report)
            else:
                for element in html.iter():
                    allowlist.clean_element(element, report)


def _place(page: Source, message: str) -> int:
    """Return the offset of what a message names, as near as the text shows it."""
    named = re.search(r"[<'](\w[\w:-]*)[>':]", message)
    return max(page.body.lower().find(named[1].rstrip(":").lower()), 0) if named else 0


def _fill(parent: Element, items: Sequence[str | Element]) -> None:
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


def _replace(parent: Element, child: Element, items: Sequence[str | Element]) -> None:
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
    _fill(parent, content)
