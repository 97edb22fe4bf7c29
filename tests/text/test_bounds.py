"""What is more than a text may hold is told at its place; what people write never is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.text.bounds import DEEPEST, LONGEST_PARAGRAPH, MOST, MOST_OPEN, MOST_VALUES, excess
from macros.text.markup import mask
from macros.text.reading import parse
from tests.hostile import least

ONE: dict[str, str] = {
    "lines": "\n",
    "signs of Markdown": "*a ",
    "headings": "\n## A\n",
    "calls": "{{ a }} ",
    "links": "[a](b) ",
    "marks of footnotes": "a[^1] ",
    "tags or signs `<`": "a <b> ",
    "fences of code": "\n```\na\n",
    "backticks": "`a` ",
    "abbreviations": "*[A]: b\n",
    "cells or signs `|`": "| a |\n",
}


def said(body: str) -> tuple[int, str]:
    return excess(body, mask(body)) or (-1, "")


def parted(one: str, count: int) -> str:
    """Return a text with so many of something, in paragraphs that are not long."""
    return "".join(one + "\n\n" * (number % 200 == 199) for number in range(count)) if one != "\n" else one * count


@pytest.mark.parametrize("name", MOST)
def test_one_more_than_the_most_is_told(name: str) -> None:
    each = 2 if name.startswith(("cells", "backticks")) else 1
    assert name not in said(parted(ONE[name], MOST[name] // each))[1]
    place, message = said(parted(ONE[name], MOST[name] // each + 1))
    assert place == 0
    assert message.endswith(f"{name}; the most is {MOST[name]:,}: split it in several files")


def test_all_bounds_are_tried() -> None:
    assert ONE.keys() == MOST.keys()


LONG = "Ferries go from dawn to dusk. "


@pytest.mark.parametrize("before", ["", "> ", "- ", "1. ", "| ", "# ", ": ", "[^1]: ", "> > - "])
def test_a_paragraph_of_too_many_signs_is_told_at_its_line(before: str) -> None:
    line = before + LONG * (LONGEST_PARAGRAPH // len(LONG) + 1)
    place, message = said(f"A.\n\n{line}\n\nB.\n")
    assert place == 4
    assert "the most is 20,000" in message
    lines = "\n".join([f"A.\n\n{before}{LONG}", *[LONG] * (LONGEST_PARAGRAPH // len(LONG) + 1)])
    assert (said(lines)[0] == 4) != before.startswith("#")  # a heading is a line


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"- {LONG}" for _ in range(2_000)),
        "\n".join(f"{number}. {LONG}" for number in range(2_000)),
        "| a | b |\n|---|---|\n" + "\n".join(f"| {LONG} | b |" for _ in range(2_000)),
        "> | a | b |\n> |---|---|\n" + "\n".join(f"> | {LONG} | b |" for _ in range(2_000)),
        "\n\n".join(f"{LONG * 20} [a](b.md) [^1] *b* (c) [d [e]][f] “g” it's 5 < 6 [h](i.md \"it's\")" for _ in range(300)),
        "```\n" + "\n".join("[" * 50 + LONG for _ in range(1_000)) + "\n```\n",
        "\n".join(f"# {LONG}" for _ in range(1_000)),
        "\n>\n".join(f"> {LONG}" for _ in range(2_000)),
        f"{LONG}\n" * 600,
    ],
)  # fmt: skip
def test_what_people_write_is_not_too_much(text: str) -> None:
    assert excess(text, mask(text)) is None


@pytest.mark.parametrize(
    ("one", "what"),
    [
        ("[a](b\n\n", "begin"),
        ('[a](b "c)\n\n', "begin"),
        ("<a b\n\n", "begin"),
        ("[a\n\n", "begin"),
        ("![a](<b\n\n", "begin"),
        ("[a]('b)\n\n", "begin"),
        ("[a\n", "brackets are nested"),
        ("[", "brackets are nested"),
    ],
)
def test_what_begins_and_does_not_end_is_counted(one: str, what: str) -> None:
    assert what in said(one * (MOST_OPEN + 1))[1]
    assert said(one * 20) == (-1, "")


@pytest.mark.parametrize(
    "start", ["1) ", "a\n- ", "a|b|c\n-|-\n", "a\\|b\n-|-\n", "a\n--\n", "- a\n        - ", "- a\n1. ", "   #"]
)
def test_lines_that_markdown_reads_as_one_paragraph_are_one(start: str) -> None:
    line = start.rpartition("\n")[2] + LONG
    assert "this paragraph has" in said(start + "\n".join([line] * (LONGEST_PARAGRAPH // len(LONG) + 1)))[1]


def test_what_is_nested_over_lines_is_too_deep() -> None:
    assert said("[a\n" * DEEPEST + "]" * DEEPEST) == (-1, "")
    assert said("A.\n\n" + "[a\n" * (DEEPEST + 1) + "]" * (DEEPEST + 1)) == (
        4, f"brackets are nested more than {DEEPEST} deep here: the page is left out until they are made simpler"
    )  # fmt: skip


@given(st.text("[]()<>\"'`*-|#>: \n\\a1.", max_size=200))
def test_every_text_is_read(text: str) -> None:
    excess(text, mask(text))


@pytest.mark.parametrize("one", ["[a](b) ", "> - [a\n", "| a |\n", "a <b\n\n", "\\", "'", "( ", "# [\n", "]( '"])
def test_time_grows_as_the_text(one: str) -> None:
    def work(text: str) -> None:
        excess(text, mask(text))

    assert least(work, one * 40_000) < 8 * least(work, one * 10_000) + 0.01


@pytest.mark.parametrize(
    "front",
    [
        "a: &a {b: c}\n" + "".join(f"a{n}: &a{n} {{<<: [*a{n or ''}, *a{n or ''}]}}\n".replace(f"*a{n or ''}", f"*a{n - 1}" if n else "*a") for n in range(40)),
        "a: &a [b]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}' if n else '*a'] * 9)}]\n" for n in range(20)),
        "a: &a [*a]\n",
        "a: [" + "b, " * MOST_VALUES + "]\n",
    ],
)  # fmt: skip
def test_values_that_repeat_without_end_are_told(front: str) -> None:
    file, (problem,) = parse(f"---\n{front}---\n\n# A\n", "docs/a.md", "a.md")
    assert file.front == {}
    assert str(problem) == (
        f"docs/a.md:2: the front matter holds more than {MOST_VALUES:,} values, repeated ones counted: write fewer "
        "[front-matter-is-valid]"
    )


def test_a_name_for_a_value_may_be_used() -> None:
    file, problems = parse("---\ntitle: &a A ferry\ndescription: *a\n---\n\n# A\n", "docs/a.md", "a.md")
    assert problems == ()
    assert file.front == {"title": "A ferry", "description": "A ferry"}
