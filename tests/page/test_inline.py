"""What is not asked for is not there: text in lines is read as Python-Markdown reads it, whatever extensions add."""

import re
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTagInlineProcessor

from macros.page.inline import Inline, Unescape

PARTS = [
    "*", "**", "_", "__", "`", "``", "\\", "[", "]", "(", ")", "![", "[^1]", "<b>", "</b>", "<https://example.org>", "<a@example.org>", "&amp;", "&",
    "<", ">", "  \n", "\n", " ", "word", "[a]", "~", "^^", '"', "!", "|", "{#x}", "\n\n", "\n[^1]: ", "\n[a]: b\n",
]  # fmt: skip


class _Quick(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 -- Python-Markdown's name
        md.treeprocessors.register(Inline(md), "inline", 20)
        md.treeprocessors.register(Unescape(md), "unescape", 0)


class _More(Extension):
    """Adds a pattern, and a sign of emphasis, that the step does not know."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 -- Python-Markdown's name
        md.inlinePatterns.register(SimpleTagInlineProcessor(r"()\^\^(.*?)\^\^", "ins"), "insert", 70)
        md.inlinePatterns["em_strong"].add("~", "del,sub")  # type: ignore[attr-defined]


@pytest.mark.parametrize("more", [[], [_More()]], ids=["own", "more"])
@given(st.lists(st.sampled_from(PARTS), max_size=14).map("".join))
def test_text_is_read_as_by_the_library(more: list[Extension], text: str) -> None:
    """The HTML is the same."""
    extensions: list[str | Extension] = ["footnotes", "attr_list", "tables", *more]
    assert Markdown(extensions=[*extensions, _Quick()]).convert(text) == Markdown(extensions=extensions).convert(text)


def test_a_text_without_signs_is_not_looked_at() -> None:
    """No pattern of the library's own is asked about words alone."""
    md = Markdown(extensions=[_Quick()])
    for pattern in md.inlinePatterns:
        if hasattr(pattern, "compiled_re"):
            pattern.compiled_re = re.compile("word")
    root = Element("div")
    paragraph = Element("p")
    paragraph.text = "a word"
    root.append(paragraph)
    md.treeprocessors["inline"].run(root)
    assert paragraph.text == "a word"
