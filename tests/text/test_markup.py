"""Laws and examples of reading Markdown without rendering it."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from macros.text.markup import MASKED, attributes, blocks, headings, links, mask, plain, plain_traced, prose, slug
from macros.text.traced import Traced

LINES = st.lists(
    st.sampled_from(
        [
            "",
            "text",
            "`code`",
            "``a ` b``",
            "```",
            "~~~",
            "    indented",
            "- item",
            "        deep",
            "> quoted",
            "<!-- c -->",
            "a `",
        ]
    ),
    max_size=14,
).map("\n".join)
ANY = st.text(alphabet=st.characters(exclude_characters="\0\r"), max_size=200)


@given(LINES | ANY)
def test_masking_keeps_length_and_lines_and_changes_nothing_else(text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    assert [c == "\n" for c in masked] == [c == "\n" for c in text]
    assert all(m in (c, MASKED) for m, c in zip(masked, text, strict=True))


INLINE = st.lists(
    st.sampled_from([*"ab *_`[]()\\<>&;!\n ", "**", "](", "&amp;", "&notit;", "{ .x }", "<b>", "</b>", "\\*", "**a*"]),
    max_size=24,
)


@given(INLINE.map("".join) | st.text(st.characters(exclude_categories=["Co", "Cs"]), max_size=60))
def test_plain_words_know_their_places(text: str) -> None:
    found = plain_traced(Traced.at(text, 0))
    assert found.text == plain(text)
    for sign, (start, end) in zip(found.text, found.places, strict=True):
        assert text[start:end] == sign or (sign == " " and text[start].isspace()) or text[start] in "\\&"


@example("- item\n\n```\n```\n\n    indented")
@given(LINES)
def test_masking_twice_is_masking_once(text: str) -> None:
    # Code that runs over the head of a list takes that list away, and what was its second paragraph becomes code.
    assume(all(line.count("`") % 2 == 0 or line.lstrip().startswith(("```", "~~~")) for line in text.split("\n")))
    assert mask(mask(text)).replace(MASKED, "") == mask(text).replace(MASKED, "")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a `b` c", "a  c"),
        ("a ``b ` c`` d", "a  d"),
        (r"a \`b` c", r"a \`b` c"),
        ("a `b\n\nc` d", "a `b\n\nc` d"),
        ("```\nx\n```\ny", "\n\n\ny"),
        ("```\nx\ny", "```\nx\ny"),
        ("- a\n\n    b\n\n        c\n", "- a\n\n    b\n\n\n"),
        ("a\n\n    b\n\nc", "a\n\n\n\nc"),
        ("a\n    b", "a\n    b"),
        ("a <!-- b\nc --> d", "a \n d"),
    ],
)
def test_what_is_code(text: str, left: str) -> None:
    assert mask(text).replace(MASKED, "") == left


def test_headings_and_their_attributes() -> None:
    found = headings('# One\n\n## Two { #two .x after="a#b c#d" }\n\n## Three {#three} ##\n')
    assert [(h.level, h.text, h.attributes.id) for h in found] == [
        (1, "One", ""),
        (2, "Two", "two"),
        (2, "Three", "three"),
    ]
    assert found[1].attributes.pairs == {"after": "a#b c#d"}
    assert attributes(".a .b #c title='d e'").classes == ("a", "b")


def test_blocks_keep_their_offsets() -> None:
    text = "one\ntwo\n\n\nthree\n{ .x }\n"
    found = list(blocks(text))
    assert [(b.text, b.attributes.classes) for b in found] == [("one\ntwo", ()), ("three", ("x",))]
    assert [text[b.start : b.end] for b in found] == ["one\ntwo", "three\n{ .x }"]


def test_links() -> None:
    text = '[a](b.md "t"){ .x } ![i](c.png) <https://d.example/> [w (x)](y_(z)) \n\n[r]: e.md\n'
    found = links(text)
    assert [(link.target, link.is_image) for link in found] == [
        ("b.md", False), ("c.png", True), ("https://d.example/", False), ("y_(z)", False), ("e.md", False),
    ]  # fmt: skip
    assert all(text[link.target_start :].startswith(link.target) for link in found)
    assert found[0].attributes.classes == ("x",)


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("a *b* **c** _d_ snake_case_word", "a b c d snake_case_word"),
        ("[a *b*](c.md){ .x } d", "a b d"),
        (r"\*not\* `code` <b>x</b>", "*not* code x"),
        ("two\nlines", "two lines"),
    ],
)
def test_plain_words(markdown: str, text: str) -> None:
    assert plain(markdown) == text


def test_slugs_are_those_of_the_table_of_contents() -> None:
    from markdown.extensions.toc import slugify

    for text in ("The text, proved", "2001 and 2004", "Élan — vital", "a  b_c", "日本"):
        assert slug(text) == slugify(text, "-")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("## Title { #id .note }\n\nText.", "Title Text."),
        ("- one\n- *two*\n    1. three", "one two three"),
        ("> quoted\n> on\n\n> > twice", "quoted on twice"),
        ("| a | b |\n|---|:-:|\n| c | d |\n\nText.", "a · b; c · d; Text."),
        ("Given `a|b`.", "Given a b."),
        ("```python\ncode()\n```", "code()"),
        ("Word[^1].\n\n[^1]: The *note*.", "Word. The note."),
        ("Term\n:   what it means", "Term: what it means"),
        ("a <!-- b\nc --> d\n\n* * *\n\ne", "a d e"),
        ("[a]\n\n[a]: b.md\n*[HTML]: Hyper", "[a]"),
        ("Text\n{ .lead }", "Text"),
        ("5 - 3 and 2. of 4", "5 - 3 and 2. of 4"),
    ],
)
def test_blocks_are_read_as_words(text: str, words: str) -> None:
    assert prose(text) == words
