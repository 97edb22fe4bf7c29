"""What two texts share is found whatever they hold, and in time that grows as they do."""

import random
from difflib import SequenceMatcher
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from macros.text import difference
from macros.text.difference import likeness, word_edits
from tests.hostile import least

WORDS = st.lists(st.sampled_from("abcdefghij"), max_size=60)


def applied(old: list[str], new: list[str]) -> list[str]:
    return [word for _, _, _, j1, j2 in word_edits(old, new) for word in new[j1:j2]]


def holds(old: list[str], new: list[str]) -> None:
    found = word_edits(old, new)
    assert [word for _, i1, i2, _, _ in found for word in old[i1:i2]] == old
    assert applied(old, new) == new
    assert all((tag == "equal") == (old[i1:i2] == new[j1:j2]) for tag, i1, i2, j1, j2 in found)
    assert all((one[0] == "equal") != (other[0] == "equal") for one, other in pairwise(found))


@given(WORDS, WORDS)
def test_what_is_edited_gives_the_other_text(old: list[str], new: list[str]) -> None:
    holds(old, new)
    assert word_edits(old, new) == SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    assert 0 <= likeness(old, new) <= 1


@given(WORDS, WORDS, st.integers(0, 300))
def test_so_it_does_where_not_all_is_compared(old: list[str], new: list[str], most: int) -> None:
    before, difference.MOST_PAIRS = difference.MOST_PAIRS, most
    try:
        holds(old, new)
    finally:
        difference.MOST_PAIRS = before


def test_a_changed_word_is_found_in_a_long_text() -> None:
    for kinds in (3, 3_000):
        old = [str(random.Random(number).randrange(kinds)) for number in range(20_000)]
        new = [*old[:9_000], "changed", *old[9_001:]]
        assert [edit for edit in word_edits(old, new) if edit[0] != "equal"] == [
            ("replace", 9_000, 9_001, 9_000, 9_001)
        ]


def test_words_that_stand_once_part_texts_that_are_long() -> None:
    old = [word for number in range(500) for word in ("the", "of", f"word-{number}", "and")]
    new = [word for number in range(500) for word in ("the", f"word-{number}", "of", "or")]
    kept = [edit for edit in word_edits(old, new) if edit[0] == "equal"]
    assert sum(i2 - i1 for _, i1, i2, _, _ in kept) >= 1_000


def test_time_grows_as_the_texts() -> None:
    for one, other in (("x y ", "y x z "), ("x x x a ", "x x x b "), ("a b c ", "c b a ")):

        def work(times: str, one: str = one, other: str = other) -> None:
            word_edits((one * len(times)).split(), (other * len(times)).split())

        assert least(work, "-" * 16_000) < 8 * least(work, "-" * 4_000)
