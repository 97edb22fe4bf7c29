"""The folding of words, and the one way in which a quotation may match."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.derived.proof import locate
from macros.text.traced import Placed
from macros.text.words import find, fold, fold_placed, pieces, spell, words

WORDS = st.lists(
    st.sampled_from(["ferry", "shall", "not", "run", "Town's", "case-by-case", "U.S.", "日本", "2004"]),
    min_size=1,
    max_size=12,
)


def proved(quotation: str, *passages: str) -> bool:
    return locate(pieces(quotation), [words(passage) for passage in passages])[1] is None


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=20) | st.text("ae \u0301\u0323か\u3099\uff76\uff9e½ﬁ\u00ad“\u1100\u1161\u11a8", max_size=20))
def test_folding_keeps_places(text: str) -> None:
    folded = fold_placed(Placed.at(text, 0))
    assert folded.text == fold(text)
    for at, (start, end) in enumerate(folded.places):
        if at and folded.places[at - 1][1] <= start:  # between two signs of the original: it parts there
            assert fold(text[:start]) == folded.text[:at]
        assert folded.text[at] in fold(text[start:end])


@given(WORDS, st.data())
def test_every_run_of_words_matches_and_no_run_with_another_word_in_it(some: list[str], data: st.DataObject) -> None:
    text = " ".join(some)
    start = data.draw(st.integers(0, len(some) - 1))
    end = data.draw(st.integers(start + 1, len(some)))
    assert proved(" ".join(some[start:end]), text)
    at = data.draw(st.integers(start, end))
    assert not proved(" ".join([*some[start:at], "never", *some[at:end]]), text)


@given(WORDS, st.data())
def test_a_word_less_is_no_match_unless_an_ellipsis_says_so(some: list[str], data: st.DataObject) -> None:
    text = [f"{word}{number}" for number, word in enumerate(some)]
    at = data.draw(st.integers(0, len(text) - 1))
    kept = [*text[:at], *text[at + 1 :]]
    if 0 < at < len(text) - 1:
        assert not proved(" ".join(kept), " ".join(text))
    if kept:
        assert proved(f"{' '.join(text[:at])} … {' '.join(text[at + 1 :])}", " ".join(text))


@pytest.mark.parametrize(
    ("quotation", "passage"),
    [
        ("the “open” sea", 'the "open" sea'),
        ("the ‘open sea,’ a vision", "the “open sea”, a vision"),
        ("the ‘open sea,’ a vision", "the open sea, a vision"),
        ("the open sea, a vision", "the “open sea”, a vision"),
        ("The ferry", "all say the ferry runs"),
        ("the ferry,", "the ferry runs"),
        ("the ferry.", "the ferry runs"),
        ("a well\u2010known co\u00adast – here", "a well-known coast - here"),
        ("towns’ piers", "the towns' piers"),
        ("one ... two", "one and two"),
        ("one . . . two", "one and two"),
        ("one [and] two", "one or two"),
        ("one [...] two", "one or two"),
        ("太平洋", "インド太平洋"),
    ],
)
def test_what_matches(quotation: str, passage: str) -> None:
    assert proved(quotation, passage)


@pytest.mark.parametrize(
    ("quotation", "passages"),
    [
        ("the Ferry", ["the ferry"]),
        ("ferr", ["the ferry"]),
        ("shall not run", ["shall run"]),
        ("shall run", ["shall not run"]),
        ("two ... one", ["one and two"]),
        ("one two", ["one", "two"]),
        ("one, two", ["one two"]),
        ("one two", ["one, two"]),
        ("one ... one", ["only one"]),
        ("towns", ["town's"]),
        ("first. Second", ["first second"]),
    ],
)
def test_what_does_not_match(quotation: str, passages: list[str]) -> None:
    assert not proved(quotation, *passages)


def test_find_and_spell() -> None:
    passage = words("The ferry, as ever, runs (late).")
    assert find(words("as ever"), passage) == (3, 5)
    assert spell(passage) == "The ferry, as ever, runs (late)."


@pytest.mark.parametrize(
    "text", ["the N.P.-Southpier talks", "a long-standing ferry", "a 2+2 (3/4) – no more", "Quoi ?"]
)
def test_words_are_spelt_as_where_they_stand(text: str) -> None:
    assert spell(words(f"before “{text}” behind")[1:-1]) == text.replace("–", "-")
    assert spell(words("the “open” sea")) == "the open sea"
