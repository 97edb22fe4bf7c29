"""Slips in BibTeX are named at their line; sound entries, however they are laid out, have none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.checks.run import check
from macros.model.bibtex import mistakes
from macros.model.entry import read_bibliography
from tests.invented import Collection

SOUND = [
    "@book{a,\n  title = {T},\n  date = {2010},\n}\n",
    "@book{a,\n  title = {T},\n  date = {2010}\n}\n",
    '@book{a,\n  title = "T",\n  date = 2010,\n}\n',
    "@book{a, title = {T}, date = {2010}}\n",
    "@book{a,\n  title = {T}, date = {2010},\n}\n",
    "@book{a,\n  title = {T {N}ame \\{ sign},\n  date = {2010}}\n",
    "@book{a,\n  note = {A long\n    value, with x = y\n    in it},\n  date = {2010},\n}\n",
    "@comment{anything {at all}\n@book{a,\n  title = {100\\% true},\n}\n",
]


@pytest.mark.parametrize("text", SOUND)
def test_a_sound_entry_has_no_mistake(text: str) -> None:
    assert mistakes(text) == ()


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("@book{a,\n  title = {T,\n  date = {2010},\n}\n", 1, "'title' is not closed"),
        ("@book{a,\n  note = {long\n    words,\n  date = {2010},\n}\n", 2, "'note' is not closed"),
        ('@book{a,\n  title = "T,\n  date = {2010},\n}\n', 1, "'title' is not closed"),
        ("@book{a,\n  title = {T}\n  date = {2010},\n}\n", 1, "no comma behind the value of 'title'"),
        ("@book{a,\n  title = “T”,\n}\n", 1, "write `title = {T},`"),
        ("@book{a,\n  title = Two Towns,\n}\n", 1, "write `title = {Two Towns},`"),
        ("@book{a,\n  title = {Two} Towns,\n}\n", 1, "behind the value of 'title'"),
        ("@book{a,\n  title = {T},\n\n@book{b,\n  title = {U},\n}\n", 1, "put `}` on a line of its own"),
        ("@book{a\n  title = {T},\n}\n", 0, "write `@book{a,`"),
        ("@book a,\n  title = {T},\n}\n", 0, "write `@book{a,`"),
        ("@booka,\n  title = {T},\n}\n", 0, "write `@book{a,`"),
        ("@book{,\n  title = {T},\n}\n", 0, "write `@book{some-key,`"),
    ],
)
def test_a_slip_is_named_at_its_line(text: str, line: int, said: str) -> None:
    (mistake,) = mistakes(text)
    assert (mistake.line, said in mistake.message) == (line, True), mistake


def test_what_a_slip_hides_is_not_missing_too(collection: Collection) -> None:
    edition = collection(changes={"bibliography.bib": ("@book{chronicle,", "@book{chronicle")})
    assert [(problem.position.path, problem.position.line) for problem in check(edition)] == [
        ("docs/bibliography.bib", 1)
    ]


@given(st.text(alphabet=st.sampled_from(list('@book{},=" a\\\n1title')), max_size=200))
def test_whatever_stands_there_there_are_problems_and_no_traceback(text: str) -> None:
    entries, problems = read_bibliography(text, "x.bib")
    assert all(entry.key for entry in entries.values()) or problems
    assert all(problem.position.line >= 1 for problem in problems)
