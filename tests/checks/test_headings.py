"""Headings whose braces are written otherwise: one problem at their line, whose form, written there, mends it."""

import re

import pytest

from macros.checks.run import check
from tests.invented import Collection

CLAUSES, NOTES, TERMS = "declarations/ferry-2004.md", "notes/all-hours.md", "glossary.md"

CLAUSE = "## When the ferry runs { #timetable }"
RUNS = "When the ferry runs"
OF_CLAUSES = [
    f"## {RUNS} {{ # timetable }}",
    f"## {RUNS}\n{{ #timetable }}",
    f"## {RUNS} ( #timetable )",
    f"## {RUNS} [#timetable]",
    f"## {RUNS} #timetable",
    f"## {RUNS} {{ #timetable }}.",
    f"## {RUNS} {{ #timetable }} {{ .card }}",
    f"## {RUNS} {{ timetable }}",
    f"## {RUNS} #timetable }}",
    f"## {RUNS} {{ #timetable",
    "## When the ferry { #timetable } runs",
    f"# {RUNS} {{ #timetable }}",
    f"**{RUNS} {{ #timetable }}**",
    f"**## {RUNS} {{ #timetable }}**",
    f"- {RUNS} {{ #timetable }}",
    f"{RUNS} {{ #timetable }}",
    f"   ## {RUNS} {{ #timetable }}",
    f"    ## {RUNS} {{ #timetable }}",
]

NOTE = "## Safe { #safe .context }"
OF_NOTES = [
    "## Safe { #safe } .context",
    "## Safe { #safe .Context }",
    "## Safe { #safe kind=context }",
    '## Safe { #safe class="context" }',
    "## Safe { #safe context }",
    "## Safe { safe .context }",
    "## Safe { #safe } { .context }",
    "## Safe\n{ #safe .context }",
    "## Safe\n\n{ #safe .context }",
    "## Safe (#safe .context)",
    "# Safe { #safe .context }",
    "### Safe { #safe .context }",
    "**Safe** { #safe .context }",
    "    ## Safe { #safe .context }",
]


def said(edition: object) -> list[str]:
    return [str(problem) for problem in check(edition)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "right", "wrong"),
    [*((CLAUSES, CLAUSE, one) for one in OF_CLAUSES), *((NOTES, NOTE, one) for one in OF_NOTES)],
)
def test_a_heading_that_is_none_or_has_its_id_elsewhere_is_told_once(
    path: str, right: str, wrong: str, collection: Collection
) -> None:
    edition = collection(changes={path: (right, wrong)})
    (problem,) = check(edition)
    assert problem.position.path == f"docs/{path}"
    text = edition.pages[path].body if path in edition.pages else edition.notes_files[path].body
    first = wrong.strip("\n").split("\n")[0]
    line = text.partition(first)[0].count("\n") + 1
    file = edition.pages.get(path) or edition.notes_files[path]
    assert problem.position.line - file.offset - line in (0, 1, 2)
    form = re.search(r"write `(##[^`]+)`", problem.message)
    if form:
        assert said(collection(changes={path: (wrong, form[1])})) == []
        assert form[1].removesuffix(" }").startswith(right.removesuffix(" }"))  # the id that stands there is kept


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ('{ #lights after = "ferry-2001#piers" }', '{ #lights after="ferry-2001#piers" }'),
        ('{ #lights After="ferry-2001#piers" }', '{ #lights after="ferry-2001#piers" }'),
        ("{ #lights after=“ferry-2001#piers” }", '{ #lights after="ferry-2001#piers" }'),
        ('{ #lights after="ferry-2001#piers" alias="lamps" }', '{ #lights after="ferry-2001#piers" aliases="lamps" }'),
        ('{ #lights #lamps after="ferry-2001#piers" }', '{ #lights after="ferry-2001#piers" aliases="lamps" }'),
    ],
)
def test_what_else_stands_in_the_braces_is_kept(wrong: str, right: str, collection: Collection) -> None:
    edition = collection(changes={CLAUSES: ('{ #lights after="ferry-2001#piers" }', wrong)})
    (problem,) = check(edition)
    assert f"write `## Lights at night {right}`" in problem.message
    assert said(collection(changes={CLAUSES: (wrong, right)})) == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("time_table", "time-table"),
        ("Timetable", "timetable"),
        ("timetаble", "timetable"),  # the second a is Cyrillic
        ("time:table", "time-table"),
        ("time\u00adtable", "timetable"),
        ("time\u200btable", "timetable"),
        ("time–table", "time-table"),
    ],
)
def test_an_id_of_other_signs_is_told_at_its_heading_alone(wrong: str, right: str, collection: Collection) -> None:
    (problem,) = check(collection(changes={CLAUSES: ("#timetable }", f"#{wrong} }}")}))
    assert problem.position.path == f"docs/{CLAUSES}"
    assert f"write '{right}'" in problem.message or f"{{ #{right} }}" in problem.message


@pytest.mark.parametrize(
    "heading",
    [
        "## Article #3 { #article-3 }",
        "## Post #27 of 2019 { #post }",
        "## One (of #two) { #one-of }",
        "## Braces `{ #x }` { #braces }",
        '## Lights { #lights-again after="ferry-2001#piers" aliases="lamps lanterns" }',
        "## Fares, see .net { #fares-net }",
    ],
)
def test_right_headings_pass(heading: str, collection: Collection) -> None:
    edition = collection(changes={CLAUSES: ("## Lights at night", f"{heading}\n\nA clause.\n\n## Lights at night")})
    assert [one for one in said(edition) if "heading" in one or "id-is" in one] == []
