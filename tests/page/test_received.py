"""A page shows the text as it was received: what Markdown reads otherwise is found, and what is mended is not."""

import pytest

from macros.model.configuration import Extensions
from macros.page.received import Received, page_of
from macros.text.reading import parse

USUAL = Extensions()


def shows(page: str, text: str, *, is_marked: bool = False, extensions: Extensions = USUAL) -> bool:
    shown = Received(parse(page, "x.md", "x.md")[0], text, is_marked, extensions=extensions)
    return all(edit.is_same for edit in shown.edits)


READ_OTHERWISE = {
    "#27 of the series": r"\#27 of the series",
    "# 27 of the series": r"\# 27 of the series",
    "* starred": r"\* starred",
    "- dashed": r"\- dashed",
    "+ added": r"\+ added",
    "2*3*4": r"2\*3\*4",
    "a **firm** word": r"a \*\*firm\*\* word",
    "the _so-called_ ferry": r"the \_so-called\_ ferry",
    "the `bell`": r"the \`bell\`",
    "> 5 per cent": r"\> 5 per cent",
    "5 <b>per</b> cent": "5 &lt;b>per&lt;/b> cent",
    "see <https://example.org>": "see &lt;https://example.org>",
    "the sign &copy; itself": "the sign &amp;copy; itself",
    r"a \* star": r"a \\\* star",
    "see [it](there)": r"see \[it](there)",
    "[there]: https://example.org": r"\[there]: https://example.org",
    "*[EU]: European Union\n\nThe EU": "\\*\\[EU]: European Union\n\nThe EU",
    "two\n---\nthree": "two\n\\---\nthree",
    "two\n===\nthree": "two\n&#61;==\nthree",
    "***": r"\*\*\*",
    "    set in": "set in",
    "a | b\n--|--\nc | d": "a \\| b\n--\\|--\nc \\| d",
    "[TOC]": r"\[TOC]",
    "word\n: what it means": "word\n&#58; what it means",
}
"""Plain texts that Markdown reads otherwise, with how they are written so that it does not."""

AS_IT_STANDS = [
    "1. first\n2. second\n3. third",
    "3. third\n4. fourth",
    "2004. That was the year.",  # a list that begins there, with its number
    "• one\n• two",
    "- one\n- two",
    "* one\n* two",
    "1,500 of 2.5 per cent, -5 °C and €5: 10² or H₂O, ½ [sic] (a) § 3, snake_case_name",
    "a line\nand the next\n\nanother paragraph",
    "a soft-wrapped\nline that ends in 2004.\nThat was the year",
    "2 * 3 = 6, x < y, AT&T, C:\\ferry, “so” and ‘so’ -- or ---",
]
"""Plain texts of which no sign is lost or gained."""

MARKED = {
    "# Late\n\nA *firm* word": "# Late\n\nA *firm* word",
    "A _firm_ word": "A \\_firm\\_ word",
    "A [ferry](https://example.org) there": "A [ferry](https://example.org) there",
    "A ferry.[^1]\n\n[^1]: It rows.": "A ferry.[^1]\n\n[^1]: It rows.",
    "A ferry.[^1]\n\n[^1]: It rows.\n\n    It sails.": "A ferry.[^1]\n\n[^1]: It rows.\n\n    It sails.",
    "> It rows.\n\nSo they say.": "> It rows.\n\nSo they say.",
    "| a | b |\n| --- | --- |\n| c | d |": "| a | b |\n| --- | --- |\n| c | d |",
}
"""Texts of whose marks the notation tells, with the pages that show them."""


@pytest.mark.parametrize("text", READ_OTHERWISE)
def test_what_markdown_reads_otherwise_is_found(text: str) -> None:
    assert not shows(text, text)


@pytest.mark.parametrize(("text", "page"), READ_OTHERWISE.items())
def test_what_is_escaped_shows_the_text(text: str, page: str) -> None:
    assert shows(page, text)


@pytest.mark.parametrize("text", AS_IT_STANDS)
def test_no_alarm_is_raised_where_nothing_changes(text: str) -> None:
    assert shows(text, text)


@pytest.mark.parametrize(("text", "page"), MARKED.items())
def test_marks_of_a_notation_are_read(text: str, page: str) -> None:
    assert shows(page, text, is_marked=True)


@pytest.mark.parametrize("text", [*READ_OTHERWISE, *AS_IT_STANDS])
def test_a_new_page_shows_its_text(text: str) -> None:
    made = page_of(f"Late\n\n{text}", USUAL, is_marked=False)
    assert made.startswith("# Late\n")
    assert shows(made, f"Late\n\n{text}")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("smarty", 'the "ferry" -- it rows...'),
        ("pymdownx.smartsymbols", "(c) 2004 --> there"),
        ("pymdownx.emoji", "it was :smile: so"),
        ("pymdownx.tilde", "H~2~O"),
        ("pymdownx.caret", "10^2^"),
        ("pymdownx.mark", "==marked=="),
        ("nl2br", "one line\nand the next"),
        ("wikilinks", "see [[ferry]]"),
    ],
)
def test_what_the_sites_own_extensions_make_of_a_text_is_found(name: str, text: str) -> None:
    assert shows(text, text)
    assert not shows(text, text, extensions=Extensions({**USUAL.options, name: {}})) or name == "nl2br"


def test_raised_figures_are_no_others() -> None:
    assert shows("10<sup>2</sup>", "10²")
    assert not shows("102", "10²")
    assert not shows("10<sup>2</sup>", "102")


def test_a_footnote_is_compared_where_it_is_referred_to() -> None:
    assert shows("A ferry.[^1]\n\n[^1]: It rows.", "A ferry.[1]\n\n[1] It rows.")
    assert shows("A ferry.[^1]\n\n[^1]: It rows.", "A ferry.¹\n\n¹ It rows.")
    assert not shows("A ferry.\n\nIt rows.[^1]\n\n[^1]: It rows.", "A ferry.[1]\n\nIt rows.\n\n[1] It rows.")
