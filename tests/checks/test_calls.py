"""Calls that are written half, closed otherwise, or reach over what they cannot: one problem, and a form that mends."""

import re

import pytest

from macros.checks.run import check
from tests.invented import Collection

PATH = "commentary/all-hours.md"
RIGHT = '{% call note("safe") %}safe{% endcall %}'


@pytest.mark.parametrize(
    ("wrong", "form"),
    [
        ('note("safe") %}safe{% endcall %}', '{% call note("safe") %}'),
        ('call note("safe") %}safe{% endcall %}', '{% call note("safe") %}'),
        ('{% call note("safe") safe{% endcall %}', '{% call note("safe") %}'),
        ('{% CALL note("safe") %}safe{% ENDCALL %}', '{% call note("safe") %}'),
        ('{% call note("safe") %}safe{% ENDCALL %}', "{% endcall %}"),
        ('{% call note("safe") %}safe{% /call %}', "{% endcall %}"),
        ('{% call note("safe") %}safe{% end %}', "{% endcall %}"),
        ('{% call note("safe") %}safe{{ endcall }}', "{% endcall %}"),
        ("{% call note(`safe`) %}safe{% endcall %}", 'note("safe")'),
        ("{% call note(&quot;safe&quot;) %}safe{% endcall %}", 'note("safe")'),
        ('safe{% call note("safe") %}{% endcall %}', ""),
        ("safe{% endcall %}", ""),
    ],
)
def test_half_a_call_is_one_problem(wrong: str, form: str, collection: Collection) -> None:
    problems = check(collection(changes={PATH: (RIGHT, wrong)}))
    assert len(problems) == 1, problems
    assert problems[0].position.path == f"docs/{PATH}"
    assert form in problems[0].message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('- {% call note("all-hours#note-safe") %}one\n- two{% endcall %}', "reaches over items of a list"),
        ('1. {% call note("all-hours#note-safe") %}one\n2. two{% endcall %}', "reaches over items of a list"),
        ('| a | b |\n| - | - |\n| {% call note("all-hours#note-safe") %}c | d{% endcall %} |', "reaches over cells"),
        ('{% call note("all-hours#note-safe") %}## Head{% endcall %}', "stands around a heading"),
        ('{% call note("all-hours#note-safe") %}\n## Head\n{% endcall %}', "stands around a heading"),
        ("{% if x %}a{% else %}b{% endif %}", "a page calls macros and does not program"),
    ],
)
def test_a_call_stands_within_one_part(text: str, words: str, collection: Collection) -> None:
    found = [one for one in check(collection({"case.md": f"# Page\n\n{text}\n"})) if "note-is-used" not in one.rule]
    assert any(words in one.message for one in found), found
    assert len({one.position.line for one in found}) == 1


def test_a_call_within_an_item_a_cell_and_a_quotation_passes(collection: Collection) -> None:
    call = '{% call note("all-hours#note-safe") %}one *two*\nand | three{% endcall %}'
    row = call.replace("\nand | three", "")
    text = f"# Page\n\n- {call}\n- more\n\n> {call}\n\n| a |\n| - |\n| {row} |\n"
    assert [re.sub("'.*'", "", one.message) for one in check(collection({"case.md": text}))] == []
