"""A kind of block whose sign is not there is not there: blocks are read as Python-Markdown reads them."""

from typing import Any
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension

from macros.page.blocks import look_for_signs

PARTS = [
    "word", "#", "## ", " #", ">", "> ", ":", ":   ", "|", " | ", "---", "| - | -", "***", "1. ", "- ", "    ", "\n", "\n", "\n\n", "===",
    "[a]: b", "[a]", "[^1]", "[^1]: ", "*[word]: ", "*[", "]:", "*", "\\",
]  # fmt: skip


class _Quick(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 -- Python-Markdown's name
        look_for_signs(md)


class _Leaving(BlockProcessor):
    """Leaves out blocks that begin with a word, in the place of the library's own quotations."""

    def test(self, parent: Element, block: str) -> bool:
        return block.startswith("word")

    def run(self, parent: Element, blocks: list[str]) -> None:
        blocks.pop(0)


class _More(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 -- Python-Markdown's name
        md.parser.blockprocessors.register(_Leaving(md.parser), "quote", 20)


@pytest.mark.parametrize("more", [[], [_More()]], ids=["own", "more"])
@given(st.lists(st.sampled_from(PARTS), max_size=14).map("".join))
def test_blocks_are_read_as_by_the_library(more: list[Extension], text: str) -> None:
    """The HTML is the same."""
    extensions: list[Any] = ["footnotes", "abbr", "def_list", "tables", *more]
    assert Markdown(extensions=[*extensions, _Quick()]).convert(text) == Markdown(extensions=extensions).convert(text)
