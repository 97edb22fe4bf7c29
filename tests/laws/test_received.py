"""What was received is shown as it was received: no sign of it is lost or gained, whatever Markdown could make of it."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import strategies as st

from macros.commands.new import ScaffoldError, scaffold
from macros.model.configuration import Extensions
from macros.model.date import Date
from macros.model.edition import Edition
from macros.model.kind import COMMENTARY
from macros.model.layout import WITNESS
from macros.model.loading import load
from macros.page.received import Received
from macros.text.notation import ITEM, Token
from macros.text.reading import parse
from tests.invented import MACROS, render
from tests.laws.hostile import SNIPPETS
from tests.laws.law import BreachError, law
from tests.laws.seeds import laid
from tests.laws.site import checked

pytestmark = pytest.mark.long

_STARTS = (
    "2004. ", "3. ", "1. ", "1) ", "(a) ", "#27 ", "# ", "## ", "- ", "* ", "+ ", "• ", "> ", "> 5 ", ": ", "=", "---", "===", "***", "| ", "~~~", "```",
    "    ", "  ", "[x]: ", "[^1]: ", "*[x]: ", "!!! note", "??? x", "{ .x }", "[TOC]", "$ ", "§ ", "“", "a|b\n-|-\n",
)  # fmt: skip
_WORDS = (
    "word", "Two words", "2*3*4", "*starred*", "**bold**", "a*b*c", "_x_", "__init__", "snake_case_words", "`code`", "``so''", "H~2~O", "x^2^", "10²", "½",
    "==x==", "++a++", "{++x++}", ":smile:", "(c)", "->", "--", "...", "'it's'", '"it"', "5 < 6 > 4", "<word>", "<b>b</b>", "<br>", "<!-- x -->", "&copy", "&amp;", "&#35;",
    "AT&T", "\\*", "\\", "C:\\dir", "[x](y)", "[x](y z)", "[x][y]", "[[wiki]]", "[sic]", "![x](y)", "[^1]", "[^x]", "<https://a.example/b_c_d>", "<a@b.example>",
    "https://a.example/b_c", "{: .x}", "{x}", "{{ x }}", "{{ note('x') }}", "{% x %}", "{# x #}", "|", "\u00a0", "\u00ad", "\u200b", "é", "議定書", "  \n", "\n", "\n", " ", " ",
)  # fmt: skip
_SNIPPETS = [one for kind in ("inline", "links", "entities", "raw HTML", "blocks") for one in SNIPPETS[kind]]


def _texts(words: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    runs = st.lists(words, max_size=7).map("".join)
    paragraphs = st.tuples(st.sampled_from(("", "", *_STARTS)), runs).map("".join)
    return st.lists(paragraphs, min_size=1, max_size=4).map("\n\n".join)


texts = _texts(st.sampled_from([*_WORDS, *_SNIPPETS]))
uncalled = _texts(st.sampled_from([word for word in _WORDS if word[:2] not in ("{{", "{%")]))


@law(st.tuples(texts, st.booleans()))
def test_what_is_told_without_rendering_is_what_is_rendered(example: tuple[str, bool]) -> None:
    """Each paragraph of which Markdown is thought to change nothing reads the same where all is rendered."""
    text, is_marked = example
    file, _ = parse(text, "x.md", "x.md")
    read = Received(file, text, is_marked=is_marked)
    whole = replace(read, extensions=Extensions({**read.extensions.options, "unknown": {}}))
    if [(token.key, token.gap >= ITEM) for token in read.ours[1:]] != [_seen(token) for token in whole.ours[1:]]:
        raise BreachError("another text is seen where all of it is rendered", (text, read.ours, whole.ours))


def _seen(token: Token) -> tuple[tuple[str, bool], bool]:
    return token.key, token.gap >= ITEM


@law(st.tuples(texts, st.booleans()))
def test_a_new_commentary_shows_its_text(example: tuple[str, bool]) -> None:
    """What `new commentary` writes passes the check at once, and renders to the text."""
    text, is_marked = example
    with laid("collection", {f"docs/commentary/late{ending}": None for ending in (".md", WITNESS)}) as home:
        docs, received = home / "docs", home / "received.txt"
        received.write_text(f"{'# ' * is_marked}Late\n\n{text}\n", "utf-8")
        answers = {"id": "late", "title": "Late", "authors": "A. B", "publisher": "P", "date": "2004", "rights": "R"}
        try:
            made = scaffold(
                COMMENTARY.name, {**answers, "text": str(received)}, _edition(docs), docs, Date.read(date(2004, 5, 11))
            )
        except ScaffoldError:  # what no page can hold, and is said
            return
        for uri, content in made.files.items():
            (docs / uri).write_text(content, "utf-8", newline="\n")
        edition = load(docs, "docs", macros=MACROS)
        allowed = {"quotation-has-address", "page-has-a-place", "personal-data-is-withheld"} | (
            {"link-resolves", "html-is-allowed"} if is_marked else set()
        )
        problems = [one for one in checked(edition, home) if one.rule not in allowed]
        if problems:
            raise BreachError(f"what was received has a problem: {problems[0].rule}", (text, str(problems[0])))
        document, witness = edition.documents["late"], edition.witnesses["late"]
        shown = Received(document.file, witness.text, is_marked)
        if not all(edit.is_same for edit in shown.edits):
            raise BreachError("a page that passes shows another text", text)
        late = render(edition, document.file.uri, ())[1]
        if [one for one in late if one.rule not in allowed]:
            raise BreachError("rendering it shows a problem", (text, str(late[0])))


@law(st.tuples(uncalled, st.booleans()))
def test_the_way_out_that_is_named_works(example: tuple[str, bool]) -> None:
    """Whoever writes a block as a message says, one message after the other, comes to a page that shows the text."""
    text, is_marked = example
    text = parse(text, "x.md", "x.md")[0].body
    page = text
    for _ in range(100):
        read = Received(parse(page, "x.md", "x.md")[0], text, is_marked)
        differing = [edit for edit in read.edits if not edit.is_same]
        if not differing:
            return
        found = next(filter(None, map(read.escape, differing)), None)
        if found is None:
            raise BreachError("there is no way out", (text, page))
        block, mended = found
        page = read.file.body[: block.start] + mended + read.file.body[block.end :]
    raise BreachError("there are too many ways out", (text, page))


@cache
def _edition(docs: Path) -> Edition:
    return load(docs, "docs", macros=MACROS)
