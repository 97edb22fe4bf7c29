"""Quoted words are shown exactly: what is lit is what was proved, and the page is otherwise as it was."""

import re
from functools import cache
from html import escape
from types import MappingProxyType
from xml.etree.ElementTree import Element, fromstring

from hypothesis import given
from hypothesis import strategies as st

from macros.checks.run import check
from macros.derived.quoted_words import own_words, quoted_spans
from macros.model.date import Date
from macros.model.document import Document
from macros.model.edition import Edition
from macros.model.front import DeclarationFront
from macros.model.kind import DECLARATION
from macros.model.macro import Macro, discover
from macros.model.passage import clauses
from macros.text.reading import parse
from macros.text.words import words
from tests.invented import render

PLAIN = [
    "ferry",
    "shall",
    "not",
    "run",
    "at",
    "all",
    "hours,",
    "towns’",
    "U.S.",
    "a “second” boat",
    "(late)",
    "日本",
    "ﬁx",
]
MARKED = [
    "*ferry shall*", "**not**", "***run** at*", "_all hours_", "[the boat](a.md)", "[a *long* way](b.md){ .x }", "pier&amp;port",
    "caf\u0065\u0301", "\\*\\*", "[two towns]", "<span class=\"a\">north</span>", "oﬀice", "*x*{ .y }", "on&nbsp;time", "１２",
]  # fmt: skip
TEXTS = st.lists(
    st.sampled_from([*PLAIN, *MARKED, "…", "\n> ", "\n>\n> ", "\n>\n> - first\n> - second"]), min_size=1, max_size=14
).map(" ".join)


@cache
def macros() -> MappingProxyType[str, Macro]:
    return MappingProxyType(dict(discover()))


def edition_of(text: str, quotations: list[str]) -> Edition:
    """Return an edition of one declaration with one clause, and one page that quotes it."""
    declaration, _ = parse(f"# Title\n\n## Clause {{ #clause }}\n\n> {text}\n\nOur summary.\n", "docs/d.md", "d.md")
    quoting = "\n\n".join(f'{{% call quote("d#clause") %}}{some}{{% endcall %}}' for some in quotations)
    page, _ = parse(f"# Page\n\n{quoting}\n", "docs/page.md", "page.md")
    front = DeclarationFront(kind="declaration", title="Title", date=Date(2001), rights="free")
    passages, _ = clauses(declaration)
    document = Document("d", DECLARATION, front, declaration, passages, is_in_full=True)
    sources = {source.uri: source for source in (declaration, page)}
    return Edition(sources, {}, {"d": document}, {}, {}, {}, {}, (), frozenset(), macros())


def own(html: str) -> list[Element]:
    """Return the blockquotes of a page."""
    page = fromstring(f"<page>{html.replace('&nbsp;', chr(160))}</page>")
    return page.findall("blockquote")


def unmarked(element: Element) -> str:
    """Return an element's HTML without the elements of quoted words."""
    inner = escape(element.text or "") + "".join(unmarked(child) + escape(child.tail or "") for child in element)
    if element.get("class") == "quoted":
        return inner
    attributes = "".join(f' {name}="{value}"' for name, value in element.items())
    return f"<{element.tag}{attributes}>{inner}</{element.tag}>"


def lit(blocks: list[Element], id: str) -> str:
    """Return the words that are shown where the id is the target, those of crossed elements once."""
    parts = [e for block in blocks for e in block.iter("span") if e.get("data-quotation") == id]
    assert [part.get("id") for part in parts] == [id, *[None] * (len(parts) - 1)]
    return " ".join("".join(part.itertext()) for part in parts)


def _spelled(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


@given(TEXTS)
def test_places_run_beside_the_words(text: str) -> None:
    edition = edition_of(text, [])
    document = edition.documents["d"]
    clause = document.clauses[0]
    for is_in_full, words_of in ((True, clause.paragraphs), (False, clause.passages)):
        runs = tuple(own_words(document.file, clause, is_in_full=is_in_full))
        assert [len(run) for run in runs] == [len(run) for run in words_of]
        places = [place for run in runs for place in run]
        assert places == sorted(places)


@given(TEXTS, st.data())
def test_what_is_lit_is_what_is_quoted_and_nothing_else_changes(text: str, data: st.DataObject) -> None:
    passages = [run for run in edition_of(text, []).documents["d"].clauses[0].paragraphs if run]
    if not passages:
        return
    if "…" in text:  # in a quotation it is the quoting writer's
        return
    quotations = []
    for _ in range(data.draw(st.integers(1, 3))):
        run = data.draw(st.sampled_from(passages))
        start = data.draw(st.integers(0, len(run) - 1))
        end = data.draw(st.integers(start + 1, len(run)))
        if end - start > 1 and run[end - 1].text in (",", "."):  # may be the quoting writer's, and then it is not lit
            end -= 1
        if any(sign.isalnum() for word in run[start:end] for sign in word.text):
            quotations.append(run[start:end])
    spelled = [" ".join(re.sub(r"[*\\\[\]_<&{}()#-]", _spelled, word.text) for word in some) for some in quotations]
    edition = edition_of(text, spelled)
    problems = [p for p in check(edition) if p.rule == "quotation-matches"]
    assert problems == []
    html, late = render(edition, "d.md")
    assert late == ()
    before, _ = render(edition_of(text, []), "d.md")
    assert [unmarked(block) for block in own(html)] == [unmarked(block) for block in own(before)]
    for pieces, some in zip(quoted_spans(edition).values(), quotations, strict=True):
        expected = [word.text for word in some if word.text != "–"]  # the sign of a list's item is none of its words
        shown = lit(own(html), pieces[0].id) if pieces else ""
        assert [word.text for word in words(shown)] == expected
