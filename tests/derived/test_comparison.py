"""What a comparison says and shows, where the case files would be long: paragraphs, and sentences in words."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.derived.collation import NEW, OLD, changes
from macros.derived.comparison import BETWEEN, paragraphs

SIGNS = {"same": "", "inserted": "+", "deleted": "-", "shared": "="}
WORDS = st.lists(st.sampled_from(["ferry", "shall", "run", "not", "the", "pier", "海"]), min_size=1, max_size=6)
TEXT = st.lists(WORDS.map(" ".join), max_size=4).map(BETWEEN.join)


def shown(old: str, new: str) -> list[str]:
    """Return the paragraphs of a comparison, dropped words behind a minus, added words behind a plus."""
    return [" ".join(f"{SIGNS[run.kind]}{run.text.strip()}" for run in runs) for runs in paragraphs(changes(old, new))]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("A b.\n\nHowever, d e f.", "A b.\n\nThen d e f.", ["A b.", "-However, +Then d e f."]),
        ("A b c.\n\nIndeed d e f.", "A b c.\n\nd e f.", ["A b c.", "-Indeed d e f."]),
        ("A b c d.\n\nE f g h.", "A b c d.", ["A b c d. -E f g h."]),
        ("Old b c d.\n\nE f.", "New b c d.\n\nE f.", ["-Old +New b c d.", "E f."]),
        ("A b c d. E f g h.", "A b c d.\n\nE f g h.", ["A b c d.", "E f g h."]),
    ],
)
def test_dropped_words_stand_in_the_paragraph_they_were_dropped_from(old: str, new: str, found: list[str]) -> None:
    assert shown(old, new) == found


@given(TEXT, TEXT)
def test_the_paragraphs_are_those_of_the_newer_text(old: str, new: str) -> None:
    found = paragraphs(changes(old, new))
    kept = ["".join(run.text for run in runs if run.kind not in OLD).split() for runs in found]
    assert [words for words in kept if words] == [paragraph.split() for paragraph in new.split(BETWEEN) if paragraph]
    dropped = " ".join(run.text for runs in found for run in runs if run.kind not in NEW).split()
    assert "".join(dropped) == "".join(old.split())


@given(TEXT, TEXT)
def test_words_that_are_marked_never_run_together(old: str, new: str) -> None:
    for runs in paragraphs(changes(old, new)):
        parts = [run.parts for run in runs]
        for (_, _, one, after, _), (_, before, other, *_) in pairwise(parts):
            ends = one[-1:], other[:1]
            is_spaced = after or before or " " in ends
            assert is_spaced or not all(end.isascii() and end.isalnum() for end in ends), runs
