"""The guard: lets nothing into a rendered page that is not allowed, and no token."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from ..model.fragment import Fragment
from ..text import allowlist
from ..text.problem import Problem
from ..text.source import Source
from .composing import FOUND, MILESTONES, SIGN
from .grafting import replace
from .template import SLOT

if TYPE_CHECKING:
    from .extension import EditionExtension


class Guard(Treeprocessor):
    """Lets nothing through that is not allowed, and no token."""

    def __init__(self, extension: EditionExtension, md: Markdown) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        """Do the step."""
        page = self.extension.page
        if page is None:
            return
        said = {(p.rule, p.message) for p in self.extension.problems.get(page.uri, ())}

        def report(message: str, rule: str = "html-is-allowed", offset: int | None = None) -> None:
            if (rule, message) in said:
                return
            said.add((rule, message))
            if offset is None:
                self.extension.report(self._placed(page, rule, message))
            else:
                self.extension.report(Problem(page.position(offset), rule, message))

        def left(text: str) -> str:
            for match in FOUND.finditer(text):
                piece = self.extension.expansion.pieces[int(match[1])]
                message = (
                    "a call stands here where Markdown reads no text (code, raw HTML or a link's address): move it out"
                )
                if piece.source is page:
                    report(message, "call-stands-in-text", piece.offset)
            return MILESTONES.sub("", FOUND.sub("", text))

        if self.extension.problems.get(page.uri):
            # A document that cannot be read for one keeps what only a document's headings have.
            for element in root.iter():
                for name in allowlist.OWN & element.attrib.keys():
                    del element.attrib[name]
        for parent in list(root.iter()):
            if parent.text and SIGN in parent.text:
                parent.text = type(parent.text)(left(parent.text))
            for name, value in parent.attrib.items():
                if isinstance(value, str) and SIGN in value:
                    parent.set(name, left(value))
            for child in list(parent):
                if child.tail and SIGN in child.tail:
                    child.tail = left(child.tail)
                if not allowlist.clean_element(child, report):
                    replace(
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

    def _placed(self, page: Source, rule: str, message: str) -> Problem:
        """Return the problem at the call whose template makes what the message tells of, else where it is written."""
        for piece in self.extension.expansion.pieces:
            if message in self._faults(piece.fragment):
                where = f"the template {piece.fragment.template}, which is called here, is at fault: {message}"
                return Problem(piece.source.position(piece.offset), "macro-works", where)
        return Problem(page.position(_place(page, message)), rule, message)

    def _faults(self, fragment: Fragment) -> list[str]:
        found: list[str] = []
        try:
            elements = self.extension.templates.elements(fragment.template, fragment.data())
        except Exception:  # it was told where it was grafted
            return found
        for element in elements.iter():
            if element is not elements and element.tag != SLOT:
                allowlist.clean_element(element, found.append)
        return found


def _place(page: Source, message: str) -> int:
    """Return the offset of what a message names, as near as the text shows it, else that of the page's beginning."""
    named = re.search(r"[<'](\w[\w:-]*)[>':]", message)
    return max(page.body.lower().find(named[1].rstrip(":").lower()), 0) if named else 0
