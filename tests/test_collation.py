"""Laws and examples of collation."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.derived.collation import Run, changes, sentence, shared, tokenise

WORD = st.sampled_from(["ferry", "shall", "should", "run", "not", "pier", "the", "a", "日本", "海", "of"])
TEXT = st.lists(st.tuples(WORD, st.sampled_from([" ", ", ", ". ", "  "])), max_size=25).map(
    lambda some: "".join(w + s for w, s in some).strip()
)


def words(text: str) -> list[str]:
    return [token.strip() for token in tokenise(text)]


@given(st.text(max_size=80))
def test_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(tokenise(text)) == text


@given(TEXT)
def test_a_text_with_itself_is_the_same(text: str) -> None:
    assert changes(text, text) == ((Run("same", text),) if text else ())


@given(TEXT, TEXT)
def test_no_word_is_lost_or_made_up(old: str, new: str) -> None:
    runs = changes(old, new)
    assert "".join(run.text for run in runs if run.kind != "deleted") == new
    assert words(" ".join(run.text for run in runs if run.kind != "inserted")) == words(old)


@given(TEXT, TEXT)
def test_changes_never_touch_each_other(old: str, new: str) -> None:
    kinds = [run.kind for run in changes(old, new)]
    assert all(one != other for one, other in pairwise(kinds))


@given(TEXT, TEXT)
def test_shared_words_are_marked_in_place(one: str, other: str) -> None:
    runs = shared(one, other)
    assert "".join(run.text for run in runs) == one
    assert {run.kind for run in runs} <= {"same", "shared"}


@given(TEXT)
def test_everything_is_shared_with_itself(text: str) -> None:
    count = sum(word[0].isalnum() for word in words(text))
    assert {run.kind for run in shared(text, text)} == ({"shared"} if count > 2 else {"same"} if text else set())


def test_a_rewritten_sentence_reads_as_one_change() -> None:
    old = "The boats leave the harbour each morning. Fares are fixed by the council of the town."
    new = "The boats leave the harbour each morning. Passengers of the island choose what the journey costs."
    kinds = [run.kind for run in changes(old, new)]
    assert kinds == ["same", "deleted", "inserted", "same"]


def test_a_small_edit_stays_small() -> None:
    runs = changes("a second boat shall be kept ready", "a second boat should be kept ready")
    assert runs == (
        Run("same", "a second boat"),
        Run("deleted", " shall"),
        Run("inserted", " should"),
        Run("same", " be kept ready"),
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("It runs.", "It runs.", "Restated in the same words."),
        ("It shall run daily on time.", "It should run daily on time.", "Reworded: “shall” became “should”."),
        ("It runs daily.", "It runs twice daily.", "Reworded: 1 word added."),
        ("It runs on and on for ever.", "It runs on and on.", "Reworded: 2 words dropped."),
        ("“It runs,” they say.", '"It runs," they say.', "Restated in the same words."),
    ],
)
def test_the_difference_in_words(old: str, new: str, said: str) -> None:
    assert sentence(changes(old, new)) == said


def test_unspaced_scripts_are_collated_sign_by_sign() -> None:
    assert [run.kind for run in changes("自由で開かれた太平洋", "自由で開かれたインド太平洋")] == [
        "same",
        "inserted",
        "same",
    ]
