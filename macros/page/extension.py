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
    MkDocs makes them those of the site, `answered` the same after that.
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
        processors, sheet = md.treeprocessors, self.sheet
        processors.register(Inline(md), "inline", 20)
        processors.register(Unescape(md), "unescape", 0)
        processors.register(Step(partial(order, footnotes)), "edition-order", 55)
        processors.register(Step(roles), "edition-footnotes", 6)
        processors.register(Step(numbers), "edition-numbers", -40)
        processors.register(Step(switch), "edition-switch", -45)
        processors.register(Step(_abbreviations), "edition-abbreviations", -50)
        processors.register(Step(partial(_headings, md)), "edition-headings", -60)
        if sheet is None:
            return
        processors.register(
            Step(partial(_note, self.asked)), "edition-asked", 0
        )  # MkDocs' own step of this priority comes after it
        processors.register(Step(partial(_note, self.answered)), "edition-answered", -0.5)
        for problem in sheet.faults:
            self.report(problem)
        md.preprocessors.register(_Expand(sheet, footnotes, md), "edition-expand", 29)
        processors.register(Step(partial(read_texts, sheet, md)), "edition-texts", 45)
        processors.register(Graft(sheet, self.templates, self.report, md), "edition-graft", 7)
        processors.register(Marking(sheet, self.templates, md), "edition-marking", 6.5)
        processors.register(Step(partial(_links, sheet)), "edition-links", 5.5)
        guard = Guard(sheet, self.templates, self.report, md)
        processors.register(guard, "edition-guard", -100)
        if "attr_list" in processors:
            processors.register(guard.attributes, "attr_list", 8)
        if "table" in md.parser.blockprocessors:
            # The policy allows no style, and neither do the lists.
            md.parser.blockprocessors["table"].config["use_align_attribute"] = True  # type: ignore[attr-defined]
        if "toc" in processors:
            processors["toc"].slugify = lambda text, separator: slug(text)  # type: ignore[attr-defined]
            texts = (
                sheet.text,
                *sheet.footnotes.values(),
                *(text for one in sheet.pieces for text in one.texts.values()),
            )
            if not any(processors["toc"].marker in text for text in texts):  # type: ignore[attr-defined]
                processors["toc"].marker = ""  # type: ignore[attr-defined]  # it is looked for in every element


class _Expand(Preprocessor):
    md: Markdown

    def __init__(self, sheet: Sheet, footnotes: Footnotes, md: Markdown) -> None:
        super().__init__(md)
        self.sheet = sheet
        self.footnotes = footnotes

    def run(self, lines: list[str]) -> list[str]:
        for label, text in self.sheet.footnotes.items():
            self.footnotes.setFootnote(label, text)
        self.footnotes.order = references(self.sheet.text)
        if "mkdocs_raw_html" in self.md.preprocessors:
            # MkDocs reads the whole text as HTML and trips over signs in code.  It looks for ids, and authors write
            # none in HTML.
            self.md.preprocessors["mkdocs_raw_html"].run = lambda lines: lines  # type: ignore[method-assign]
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
