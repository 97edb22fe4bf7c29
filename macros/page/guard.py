"""The guard: lets nothing into a rendered page that is not allowed, and no token."""

import re
from collections import Counter
from collections.abc import Callable
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from ..text import allowlist
from ..text.markup import LISTED
from ..text.problem import Position, Problem
from .elements import contents, replace
from .sheet import FOUND, MILESTONES, SIGN, Piece, Sheet
from .template import SLOT, Templates

_LISTED = re.compile(LISTED)
_IN_LINE = re.compile(rf"\{{:?[ ]*({LISTED})\}}")


class Attributes(AttrListTreeprocessor):
    """Reads attribute lists, all of which are an author's, and sets nothing that an author may not write."""

    INLINE_RE = _IN_LINE  # type: ignore[misc]

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.refused: list[str] = []
        self.put_back: set[int] = set()

    def assign_attrs(self, elem: Element, attrs_string: str, *, strict: bool = False) -> str:
        """Set what is allowed of an attribute list, in which HTML is the text that it was."""
        attrs_string = HTML_PLACEHOLDER_RE.sub(self._kept, attrs_string)
        if strict and not _LISTED.match(attrs_string):
            return attrs_string  # it stays the text that it is
        given = Element(elem.tag)
        remainder = super().assign_attrs(given, attrs_string, strict=strict)
        for name, value in ((name.lower(), value) for name, value in given.items()):
            if value is None:
                message = allowlist.stray_fault(name)
            else:
                message = "" if name in allowlist.OWN else allowlist.authors_fault(elem.tag, name, value)
            if message:
                self.refused.append(message)
            elif name == "class" and elem.get("class"):
                elem.set("class", f"{elem.get('class')} {value}")
            else:
                elem.set(name, value)
        return remainder

    def _kept(self, match: re.Match[str]) -> str:
        """Return what Markdown keeps under a number."""
        kept = self.md.htmlStash.rawHtmlBlocks
        self.put_back.add(int(match[1]))
        return str(kept[int(match[1])]) if int(match[1]) < len(kept) else ""


class Guard(Treeprocessor):
    """Lets nothing through that is not allowed, and no token."""

    sheet: Sheet

    def __init__(self, templates: Templates, report: Callable[[Problem], None], md: Markdown) -> None:
        super().__init__(md)
        self.attributes = Attributes(md)
        self.templates = templates
        self.report = report

    def run(self, root: Element) -> None:
        """Do the step."""
        said = {(p.rule, p.message) for p in self.sheet.problems}

        def report(message: str, rule: str = "html-is-allowed", place: Position | None = None) -> None:
            if (rule, message) not in said:
                said.add((rule, message))
                self.report(Problem(place, rule, message) if place else self._placed(rule, message))

        def left(text: str) -> str:
            for match in FOUND.finditer(text):
                piece = self.sheet.pieces[int(match[1])]
                message = (
                    "a call stands here where Markdown reads no text (code, raw HTML or a link's address): move it out"
                )
                if piece.is_own:
                    report(message, "call-stands-in-text", piece.place)
            return MILESTONES.sub("", FOUND.sub("", text))

        for message in self.attributes.refused:
            report(message)
        if self.sheet.problems:
            # A document that cannot be read for one keeps what only a document's headings have.
            for element in root.iter():
                for name in allowlist.OWN & element.attrib.keys():
                    del element.attrib[name]
        for parent in list(root.iter()):
            if parent.text and SIGN in parent.text:
                parent.text = type(parent.text)(left(parent.text))
            for name, value in parent.items():
                if value and "\x02" in value:
                    # Markdown would put what it keeps into the finished value, whose end its quotation marks would be.
                    parent.set(name, HTML_PLACEHOLDER_RE.sub("", left(value)))
            for child in list(parent):
                if child.tail and SIGN in child.tail:
                    child.tail = left(child.tail)
                if not allowlist.clean_element(child, report):
                    replace(parent, child, contents(child))
        stash = self.md.htmlStash.rawHtmlBlocks
        # In the order of the page, in which one piece may end what another has begun.
        order = [int(at) for text in root.itertext() for at in HTML_PLACEHOLDER_RE.findall(text)]
        loose: Counter[str] = Counter()
        rest = set(range(len(stash))) - self.attributes.put_back
        for at in dict.fromkeys([*order, *sorted(rest)]):
            html = stash[at] if at < len(stash) else ""
            if isinstance(html, str) and html:
                stash[at] = allowlist.clean_html(left(html), report, loose)
            elif not isinstance(html, str):
                for element in html.iter():
                    allowlist.clean_element(element, report)

    def _placed(self, rule: str, message: str) -> Problem:
        """Return the problem at the call whose template makes what the message tells of, else where it is written."""
        for piece in self.sheet.pieces:
            if message in self._faults(piece):
                where = f"the template {piece.template}, which is called here, is at fault: {message}"
                return Problem(piece.place, "macro-works", where)
        return Problem(self.sheet.position(_place(self.sheet.body, message)), rule, message)

    def _faults(self, piece: Piece) -> list[str]:
        found: list[str] = []
        try:
            elements = self.templates.elements(piece.template, piece.data)
        except Exception:  # it was told where it was grafted
            return found
        for element in elements.iter():
            if element is not elements and element.tag != SLOT:
                allowlist.clean_element(element, found.append)
        return found


def _place(body: str, message: str) -> int:
    """Return the offset of what a message names, as near as the text shows it, else that of the page's beginning."""
    named = re.search(r"[<'](\w[\w:-]*)[>':]", message)
    return max(body.lower().find(named[1].rstrip(":").lower()), 0) if named else 0
