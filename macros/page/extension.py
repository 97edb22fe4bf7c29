"""The Python-Markdown adapter: gives Markdown the text of a sheet and puts elements in the place of its tokens.

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
- links, tree processor, 5.5: behind grafting, before the table of contents makes links of its own (5) and MkDocs
  turns paths into addresses (0);
- addresses as asked and as answered, tree processors, 0 and -0.5: before and behind that step of MkDocs;
- numbers of footnotes, tree processor, -40: behind MkDocs' check of links, which these do not need;
- abbreviations, tree processor, -50: behind everything that makes them;
- names of headings, tree processor, -60: behind the table of contents, whose links they are to leave out;
- guard, tree processor, -100: behind everything that makes elements.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.preprocessors import Preprocessor

from ..text.allowlist import is_readable
from ..text.markup import slug
from ..text.problem import Problem
from .blocks import look_for_signs
from .elements import Step
from .footnotes import Footnotes, numbers, order, references, roles, switch
from .grafting import Graft, read_texts
from .guard import Guard
from .inline import Inline, Unescape
from .marking import Marking
from .sheet import Sheet
from .template import Templates


class EditionExtension(Extension):
    """Renders a sheet, whatever text Markdown is given; without one, that is left alone.

    What only rendering shows to be wrong is handed to `report`.  `asked` are the addresses of links and pictures before
    MkDocs makes them those of the site, `answered` the same after that.  Where the same Markdown renders one sheet
    after another, each is given by `takes`.
    """

    def __init__(
        self, sheet: Sheet | None, templates: Templates, report: Callable[[Problem], None] = lambda problem: None
    ) -> None:
        super().__init__()
        self.sheet = sheet
        self.templates = templates
        self.report = report
        self.asked: list[str] = []
        self.answered: list[str] = []

    @property
    def contents(self) -> Sequence[Mapping[str, Any]]:
        """The table of contents of the page that was rendered last."""
        return getattr(self.md, "toc_tokens", ())

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 -- Python-Markdown's name
        """Register the steps that the module describes."""
        self.md = md
        md.is_block_level = cache(md.is_block_level)  # type: ignore[method-assign]  # it is asked of every element
        SaneListExtension().extendMarkdown(md)  # so that an author's lists keep their numbers, and each its kind
        footnotes = Footnotes()
        footnotes.extendMarkdown(md)
        look_for_signs(md)
        processors = md.treeprocessors
        processors.register(Inline(md), "inline", 20)
        processors.register(Unescape(md), "unescape", 0)
        processors.register(Step(partial(order, footnotes)), "edition-order", 55)
        processors.register(Step(roles), "edition-footnotes", 6)
        processors.register(Step(numbers), "edition-numbers", -40)
        processors.register(Step(switch), "edition-switch", -45)
        processors.register(Step(_abbreviations), "edition-abbreviations", -50)
        processors.register(Step(partial(_headings, md)), "edition-headings", -60)
        if self.sheet is None:
            return
        processors.register(
            Step(partial(_note, self.asked)), "edition-asked", 0
        )  # MkDocs' own step of this priority comes after it
        processors.register(Step(partial(_note, self.answered)), "edition-answered", -0.5)
        expand, graft = _Expand(footnotes, md), Graft(self.templates, self.report, md)
        marking, self.guard = Marking(self.templates, md), Guard(self.templates, self.report, md)
        self.steps = (expand, graft, marking, self.guard)
        md.preprocessors.register(expand, "edition-expand", 29)
        processors.register(Step(lambda root: read_texts(expand.sheet, md, root)), "edition-texts", 45)
        processors.register(graft, "edition-graft", 7)
        processors.register(marking, "edition-marking", 6.5)
        processors.register(Step(lambda root: _links(expand.sheet, root)), "edition-links", 5.5)
        processors.register(self.guard, "edition-guard", -100)
        if "attr_list" in processors:
            processors.register(self.guard.attributes, "attr_list", 8)
        if "table" in md.parser.blockprocessors:
            # The policy allows no style, and neither do the lists.
            md.parser.blockprocessors["table"].config["use_align_attribute"] = True  # type: ignore[attr-defined]
        if "toc" in processors:
            processors["toc"].slugify = lambda text, separator: slug(text)  # type: ignore[attr-defined]
            self.marker = processors["toc"].marker  # type: ignore[attr-defined]
        self.takes(self.sheet)

    def takes(self, sheet: Sheet) -> None:
        """Have a sheet rendered next, and forget what the one before has left."""
        for step in self.steps:
            step.sheet = sheet
        for left in (self.asked, self.answered, self.guard.attributes.refused, self.guard.attributes.put_back):
            left.clear()
        for problem in sheet.faults:
            self.report(problem)
        if "toc" in self.md.treeprocessors:
            texts = (
                sheet.text,
                *sheet.footnotes.values(),
                *(text for one in sheet.pieces for text in one.texts.values()),
            )
            is_there = any(self.marker in text for text in texts)  # else it is looked for in every element
            self.md.treeprocessors["toc"].marker = self.marker if is_there else ""  # type: ignore[attr-defined]


class _Expand(Preprocessor):
    sheet: Sheet

    def __init__(self, footnotes: Footnotes, md: Markdown) -> None:
        super().__init__(md)
        self.footnotes = footnotes

    def run(self, lines: list[str]) -> list[str]:
        for label, text in self.sheet.footnotes.items():
            self.footnotes.setFootnote(label, text)
        self.footnotes.order = references(self.sheet.text)
        return [*self.sheet.text.strip("\n").split("\n"), "", ""]


def _links(sheet: Sheet, root: Element) -> None:
    """Take out addresses that are none, and tell scripts which links lead to a clause, and to which."""
    for element in root.iter():
        for name in ("href", "src"):
            if not is_readable(element.get(name, "")):
                del element.attrib[name]
                element.tag = "span"  # MkDocs takes a link or a picture without one for a fault of its own
        if element.tag == "a" and (clause := sheet.links.get(element.get("href", ""))):
            element.set("data-clause", clause)


def _note(found: list[str], root: Element) -> None:
    """Note the addresses that a page has at this step."""
    names = {"a": "href", "img": "src"}
    found += [element.get(names[element.tag], "") for element in root.iter() if element.tag in names]


def _abbreviations(root: Element) -> None:
    """Let the keyboard reach an abbreviation once a page, so that its expansion is shown on focus as on hover."""
    seen = set[str]()
    for element in root.iter("abbr"):
        text = "".join(element.itertext())
        if text not in seen:
            element.set("tabindex", "0")
        seen.add(text)


def _headings(md: Markdown, root: Element) -> None:
    """Name a heading by its words alone: to who goes by a list of headings the link within each is a word of it."""
    names = dict(_names(getattr(md, "toc_tokens", ())))
    for element in root.iter():
        if element.get("id") in names and any(one.get("class") == "headerlink" for one in element.iter("a")):
            element.set("aria-label", names[element.get("id")])


def _names(tokens: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str | None, str]]:
    """Yield ids and names of headings as the table of contents has them: without marks, and without footnotes."""
    for token in tokens:
        yield token["id"], unescape(token["name"])
        yield from _names(token["children"])
