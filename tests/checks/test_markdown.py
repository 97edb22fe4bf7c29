"""What Markdown reads otherwise than meant: what is right passes; what is not is told in tests/cases/mistake."""

import pytest

from macros.checks.markdown import misreadings
from macros.model.macro import discover
from macros.text.reading import parse

MACROS = discover()


def said(text: str, *, is_received: bool = False) -> list[tuple[int, str]]:
    """Return lines and first words of what is told of a text."""
    source, problems = parse(text, "docs/case.md", "case.md")
    assert problems == ()
    found = misreadings(source, MACROS, is_received=is_received)
    return [(problem.position.line, problem.message.partition(":")[0]) for problem in found]


@pytest.mark.parametrize(
    "text",
    [
        "- one\n- two\n    - three\n\n    more of it",
        "1. one\n2. two\n\n10. ten",
        "## Title\n- one\n- two",
        "## Title\n| a | b |\n|---|:-:|\n| c | d |",
        "| a | b |\n|---|---|",
        "a | b\n--|--\nc | d",
        "> quoted\n> - one",
        "Term\n:   what it means\n\n    and more\n- of it",
        "```python\nif x:\n\n    y()\n```\n\nText.",
        "~~~\n```\n~~~",
        "- item\n\n    ```\n    code\n\n        more\n    ```",
        "Text that is wrapped\n2019. It goes on\n   here.",
        "A span `- x`\n`| a |` and `cite(\"x\")`.",
        'Speaks of `note("x")` and of {{ cite("x") }} and {% call note("x") %}words{% endcall %}.',
        "He wrote to note (“briefly”) what happened; recite(\"x\") is no macro.",
        "Text\n\n---\n\n#hash and # hash\n\nword -\nmore",
        "The function quote() takes texts.",
        "Text.\n{ .card }",
        "<!-- what is to be done -->\n\nText.",
    ],
)  # fmt: skip
def test_what_is_meant_passes(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("## Title\nText\n* one", 3, "this list would become"),
        ("Text\n1. one\n2. two", 2, "this list would become"),
        ("Text\n\n- one\n\nText\n+ two", 6, "this list would become"),
        ("Text\n\n    code\n\n    more of it\n\nText\n\n    again", 3, "a line that begins with four spaces"),
        ("````\ncode\n```", 1, "this fence has no end"),
        ("Text, \\{\\{ cite(“x”) }}", 1, "this call would be printed as it stands"),
        ("Text\n\n  ## Title { #title }\n\nText", 3, "this heading would be printed with its hashes"),
        ("Text\n---\n\nMore", 2, "this line would make a heading of the one above it"),
        ("Text\n\nMore\n=======", 4, "this line would make a heading of the one above it"),
        ("Text\n{# to be done #}", 2, "`{# to be done #}` is no comment here"),
        ("call note('x') words endcall", 1, "this call would be printed as it stands"),
    ],
)
def test_what_is_not_meant_is_told_at_its_line(text: str, line: int, words: str) -> None:
    first, *_ = said(text)
    assert first[0] == line
    assert first[1].startswith(words)


def test_a_run_of_code_is_told_once() -> None:
    assert [line for line, _ in said("Text\n\n    code\n\n    more of it\n\nText\n\n    again")] == [3, 9]


def test_lines_of_a_commentary_are_its_authors() -> None:
    assert said("Three things\n- one\n- two\n| and |", is_received=True) == []
    assert [line for line, _ in said("One.\n\n<!-- two -->\n\nThree.", is_received=True)] == [3]
