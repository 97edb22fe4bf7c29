"""The Python-Markdown adapter: expands a page before Markdown reads it and puts elements in the place of tokens.

Steps, with their priorities and the reason for each:

- expand, preprocessor, 29: behind white-space normalisation (30, which deletes the tokens' signs), before fences
  (25) and raw HTML (20);
- order, tree processor, 55: when an author's own footnotes are known, before the list of them is made (50);
- texts, tree processor, 45: behind the list of footnotes, before inline Markdown (20), so that an author's text
  in a fragment is read as Markdown once;
- graft, tree processor, 7: behind attribute lists (8), so that no literal text is taken for one; before the table
  of contents (5) and MkDocs' own links and anchors (0, 5);
- marks of quoted words, tree processor, 6.5: when nothing but them is left to be put in;
- footnotes, tree processor, 6: behind grafting, which numbers the paragraphs that references stand in;
- clauses, tree processor, 5.5: behind grafting, before the table of contents makes links of its own (5) and MkDocs
  turns paths into addresses (0);
- numbers of footnotes, tree processor, -40: behind MkDocs' check of links, which these do not need;
- abbreviations, tree processor, -50: behind everything that makes them;
- guard, tree processor, -100: behind everything that makes elements.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from ..derived.links import clause_at
from ..model.edition import Edition
from ..text.problem import Problem
from ..text.source import Source
from .composing import Expansion, expand
from .grafting import Graft, Texts
from .guard import Guard
from .marking import Marking
from .template import Templates

_REFERENCE = re.compile(r"\[\^([^\]\s]+)\](?!:)")
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
        self.hidden = frozenset(problem.hides for some in self.problems.values() for problem in some if problem.hides)
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
        md.treeprocessors.register(Texts(self, md), "edition-texts", 45)
        md.treeprocessors.register(Graft(self, md), "edition-graft", 7)
        md.treeprocessors.register(Marking(self, md), "edition-marking", 6.5)
        md.treeprocessors.register(_Roles(md), "edition-footnotes", 6)
        md.treeprocessors.register(_Clauses(self, md), "edition-clauses", 5.5)
        md.treeprocessors.register(_Numbers(md), "edition-numbers", -40)
        md.treeprocessors.register(_Abbreviations(md), "edition-abbreviations", -50)
        md.treeprocessors.register(Guard(self, md), "edition-guard", -100)


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
        extension.expansion = expand(extension.edition, page, extension.problems.get(page.uri, ()), extension.hidden)
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


class _Roles(Treeprocessor):
    """Tells assistive software what footnotes are (DPUB-ARIA), and where an arrow leads back to."""

    def run(self, root: Element) -> None:
        paragraphs = {
            f"#{mark.get('id')}": f"paragraph {block.get('id', '').removeprefix('p')}"
            for block in root.iter("p")
            if block.get("class") == "paragraph"
            for mark in block.iter("sup")
        }
        for link in root.iter("a"):
            if link.get("class") == "footnote-ref":
                link.set("role", "doc-noteref")
        for notes in root.iter("div"):
            if notes.get("class") != "footnote":
                continue
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


class _Numbers(Treeprocessor):
    """Puts a footnote's number before it, as a link to it: a list's own numbers cannot be links."""

    def run(self, root: Element) -> None:
        for notes in root.findall("div[@class='footnote']"):
            for number, note in enumerate(notes.findall("ol/li"), start=1):
                title = f"Link to note {number}"
                link = Element("a", {"class": "note-number", "href": f"#{note.get('id')}", "title": title})
                link.text = str(number)
                first = note[0] if len(note) and note[0].tag == "p" else note
                link.tail, first.text = first.text, None
                first.insert(0, link)


class _Clauses(Treeprocessor):
    """Tells scripts which links lead to a clause, and to which."""

    def __init__(self, extension: EditionExtension, md: Markdown) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        page = self.extension.page
        if page is None:
            return
        for link in root.iter("a"):
            target = link.get("href", "")
            if "#" in target and (clause := clause_at(self.extension.edition, target, page)):
                link.set("data-clause", clause.address)


class _Abbreviations(Treeprocessor):
    """Lets the keyboard reach abbreviations, so that what they stand for is shown on focus as on hover."""

    def run(self, root: Element) -> None:
        for element in root.iter("abbr"):
            element.set("tabindex", "0")
