"""A heading that is written as it should be is known at sight: the long way comes to the same."""

import re
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from macros.text import heading_mistakes
from macros.text.heading_mistakes import meant
from macros.text.reading import parse

PARTS = ["Word", "two words", "{", "}", " ", " { ", " }", "#id", "#Id", " .context", ".Source", " #two", "=", '"x"', "(", ")", "\n", "{ #x }",
         "{ #x .context }", "{ #x .source .source }", "{: #x}", ".", ": "]  # fmt: skip
ENDS = ["", " { #x }", " { #x .context }", " { #ab-1 .b }\n{ #y }", " { #x }\n\ntext"]


@given(st.lists(st.sampled_from(PARTS), max_size=6).map("".join), st.sampled_from(ENDS))
def test_what_is_known_at_sight_is_what_is_meant(words: str, end: str) -> None:
    file, _ = parse(f"## {words}{end}", "a.md", "a.md")
    for heading in file.headings:
        for kinds in ((), ("context", "source")):
            at_sight = meant(file, heading, kinds)
            with patch.object(heading_mistakes, "_AS_IT_SHOULD_BE", re.compile("(?!)")):
                read = meant(file, heading, kinds)
            assert (at_sight, at_sight is heading) == (read, read is heading)


def test_the_usual_form_is_known_at_sight() -> None:
    assert heading_mistakes._AS_IT_SHOULD_BE.fullmatch("A heading in our words { #an-id .context }")
