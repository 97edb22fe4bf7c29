"""Footnotes: Python-Markdown's own, with the edition's ids, in the order of their first references."""

import re
from itertools import pairwise
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import ReferenceProcessor
from markdown.extensions.footnotes import FootnoteBlockProcessor, FootnoteExtension, FootnoteInlineProcessor

from ..text.allowlist import OWN_LABELS
from ..text.line import unescaped

_LABEL = r"\[\^([^\[\]\s]++)\]"
_REFERENCE = re.compile(unescaped("[") + _LABEL.removeprefix(r"\["))
_HEAD = re.compile(rf"^[ ]{{0,3}}(?!\[\^(?:{'|'.join(OWN_LABELS)})){_LABEL}:", re.MULTILINE)
"""Begins a definition.  The edition's own footnotes have none in a text: a call before a colon begins nothing."""
_DEFINITION = re.compile(rf"{_HEAD.pattern}[ ]*(.*)$", re.MULTILINE)

_LINK_DEFINITION = re.compile(
    r"""^[ ]{0,3}\[((?!\^)[^\[\]]*+)\]:[ ]*+(?:\n[ ]*+)?(\S++)[ ]*+(?:\n[ ]*+)?((["'])(.*)\4[ ]*|\((.*)\)[ ]*)?$""",
    re.MULTILINE,
)
"""Defines an address for a label: Python-Markdown's own pattern, but for labels of footnotes."""


def references(text: str) -> list[str]:
    """Return the labels of the references to footnotes in a text."""
    return _REFERENCE.findall(_HEAD.sub("", text))


class _Definitions(FootnoteBlockProcessor):
    RE = _DEFINITION


class _LinkDefinitions(ReferenceProcessor):
    RE = _LINK_DEFINITION


class Footnotes(FootnoteExtension):
    """Python-Markdown's footnotes with the edition's ids: a note's is its address, `note-defend-forward`."""

    def __init__(self) -> None:
        # Definition order is the order that the edition sets: of first call.
        super().__init__(SEPARATOR="-", USE_DEFINITION_ORDER=True, BACKLINK_TITLE="Back to the text at note {}")
        self.order: list[str] = []

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 -- Python-Markdown's name
        """Read labels without spaces alone: others would make ids with spaces."""
        super().extendMarkdown(md)
        md.parser.blockprocessors.register(_Definitions(self), "footnote", 17)
        md.parser.blockprocessors.register(_LinkDefinitions(md.parser), "reference", 15)
        md.inlinePatterns.register(FootnoteInlineProcessor(_LABEL, self), "footnote", 175)

    def makeFootnoteId(self, id: str) -> str:  # noqa: N802 -- Python-Markdown's name
        """Return the id of a footnote."""
        return id if id.startswith(OWN_LABELS) else f"fn-{id}"

    def makeFootnotesDiv(self, root: Element) -> Element | None:  # noqa: N802 -- Python-Markdown's name
        """Return the list of footnotes, in none of which another one is defined: it would grow while it is made."""
        processors = self.md.parser.blockprocessors
        definitions = processors["footnote"]
        processors.deregister("footnote")
        try:
            return super().makeFootnotesDiv(root)
        finally:
            processors.register(definitions, "footnote", 17)

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


def order(footnotes: Footnotes, root: Element) -> None:
    """Set footnotes in the order of their first references, an author's own among the edition's."""
    known = footnotes.footnotes
    for label in dict.fromkeys(footnotes.order):
        if label in known:
            known.move_to_end(label)


def roles(root: Element) -> None:
    """Tell assistive software what footnotes are (DPUB-ARIA), and where an arrow leads back to."""
    paragraphs = {
        f"#{mark.get('id')}": f"paragraph {block.get('id', '').removeprefix('p')}"
        for block in root.iter("p")
        if block.get("class") == "paragraph"
        for mark in block.iter("sup")
    }
    lists = [div for div in root.iter("div") if div.get("class") == "footnote"]
    names = {
        f"#{note.get('id')}": _name(number, note)
        for notes in lists
        for number, note in enumerate(notes.findall("ol/li"), start=1)
    }
    for parent in root.iter():
        for mark, following in pairwise(parent):
            if mark.tail and mark.tail.isspace() and _is_reference(mark) and _is_reference(following):
                mark.tail = "\u00a0"  # or a line could begin with a number alone
    for link in root.iter("a"):
        if link.get("class") == "footnote-ref":
            link.set("role", "doc-noteref")
            if name := names.get(link.get("href", "")):
                link.set("aria-label", name)
    for notes in lists:
        notes.set("role", "doc-endnotes")
        notes.set("aria-label", "Notes")
        for each in notes.findall("ol"):
            each.set("role", "list")  # Safari takes a list without marks for none
        for number, note in enumerate(notes.findall("ol/li"), start=1):
            ways = [link for link in note.iter("a") if link.get("class") == "footnote-backref"]
            for count, way in enumerate(ways, start=1):
                which = f", reference {count} of {len(ways)}," if len(ways) > 1 else ""
                name = f"Back to note {number}{which} in {paragraphs.get(way.get('href', ''), 'the text')}"
                way.set("role", "doc-backlink")
                way.set("aria-label", name)
                way.set("title", name)


def _is_reference(element: Element) -> bool:
    return element.tag == "sup" and len(element) == 1 and element[0].get("class") == "footnote-ref"


def _name(number: int, note: Element) -> str:
    """Return what a reference to a note is called: `note 15, correction: does not hold`."""
    said = {
        part: " ".join("".join(each.itertext()).split()).lower()
        for head in note.iter("span")
        if head.get("class") == "note-head"
        for each in head.iter("span")
        if (part := each.get("class", "")) in ("note-kind", "verdict", "since")
    }
    kind = f", {said['note-kind']}" if "note-kind" in said else ""
    verdict = f": {said['verdict']}" if "verdict" in said else ""
    return f"note {number}{kind}{verdict}{f', {since}' if (since := said.get('since')) else ''}"


def numbers(root: Element) -> None:
    """Put a footnote's number before it, as a link to it: a list's own numbers cannot be links."""
    for notes in root.findall("div[@class='footnote']"):
        for number, note in enumerate(notes.findall("ol/li"), start=1):
            title = f"Link to note {number}"
            link = Element("a", {"class": "note-number", "href": f"#{note.get('id')}", "title": title})
            link.text = str(number)
            first = note[0] if len(note) and note[0].tag == "p" else note
            link.tail, first.text = first.text, None
            first.insert(0, link)


def switch(root: Element) -> None:
    """Keep a place before the text for the switch of the notes' kinds and verdicts, which a script puts there.

    Were there none, the text would move when it comes, and the whole page would be styled anew.
    """
    heads = [head for notes in root.findall("div[@class='footnote']") for head in notes.iter("span")]
    kinds, verdicts = ({head.get(name) for head in heads} - {None} for name in ("data-kind", "data-verdict"))
    if len(kinds) > 1:
        at = next((number for number, child in enumerate(root) if child.tag == "p"), 0)
        root.insert(at, Element("div", {"class": f"note-switch{' has-verdicts' if len(verdicts) > 1 else ''}"}))
