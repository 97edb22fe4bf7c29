"""Laws and examples of collation."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from macros.derived.collation import NEW, OLD, Run, changes, sentence, shared, strips, tokenise

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
    assert "".join(run.text for run in runs if run.kind not in OLD) == new
    assert words(" ".join(run.text for run in runs if run.kind not in NEW)) == words(old)


@given(TEXT, TEXT)
def test_counts_are_those_of_the_texts(old: str, new: str) -> None:
    runs = changes(old, new)
    added, dropped = (sum(run.changed for run in runs if run.kind == kind) for kind in ("inserted", "deleted"))
    moved, away = (sum(run.changed for run in runs if run.kind == kind) for kind in ("moved", "moved-away"))
    count_old, count_new = (sum(token[0].isalnum() for token in words(text)) for text in (old, new))
    assert added + moved - dropped - away == count_new - count_old
    kept = count_new - added - moved
    assert 0 <= kept == count_old - dropped - away
    assert kept <= (Counter(words(old)) & Counter(words(new))).total()


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
        Run("deleted", " shall", 1),
        Run("inserted", " should", 1),
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
        ("It costs 1,000 crowns.", "It costs 1,500 crowns.", "Reworded: “1,000” became “1,500”."),
        ("It is $1.5 billion.", "It is $1.8 billion.", "Reworded: “$1.5” became “$1.8”."),
        ("It is $5 now.", "It is €5 now.", "Reworded: “$5” became “€5”."),
        ("It is -5 now.", "It is 5 now.", "Reworded: “-5” became “5”."),
        ("It leaves at 11:30.", "It leaves at 11:45.", "Reworded: “11:30” became “11:45”."),
        ("It runs; they say.", "It runs, they say.", "The same words, another sign: “;” became “,”."),
        (
            "The towns pay 1,000 crowns in May, and the council keeps the books of both.",
            "The towns pay 1,500 crowns in May, and once a year the council keeps the books of both.",
            "Reworded: 4 words added and 1 word dropped (“1,000” became “1,500”).",
        ),
        (
            "The café of the ofﬁce in-\u00adside stays.",
            "The cafe\u0301 of the office in-side stays.",
            "Restated in the same words.",
        ),
        (
            "From 2001-2004 the U.S.-led line … ran",
            "From 2001–2004 the U.S.–led line ... ran",
            "Restated in the same words.",
        ),
        (
            "The mayor shall promptly report to the council, and to the towns.",
            "The mayor shall report to the council, and gladly to the towns.",
            "Reworded: 1 word added and 1 word dropped.",
        ),
        (
            "The ferry shall run at night. Fares are abolished for all passengers. Lights are shown at both piers.",
            "Fares are abolished for all passengers. Lights are shown at both piers. The ferry shall run at night.",
            "Reworded: 6 words moved.",
        ),
        (
            "We, the towns of Alder, Birch, Cedar, Elm, Maple and Willow, agree on the ferry.",
            "In the spring of this year Dogwood, Fir, Gorse, Hazel, Holly and Ivy joined the promise of the towns.\n\n"
            "We, the towns of Alder, Birch, Cedar, Dogwood, Fir, Gorse, Elm, Hazel, Holly, Ivy, Maple and Willow, agree "
            "on the ferry.",
            "Reworded: 25 words added.",
        ),
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


PARAGRAPHS = st.lists(st.lists(WORD, min_size=1, max_size=6).map(" ".join), max_size=5)


@example(["日本 日本 日本", "ferry ferry ferry ferry", "ferry ferry"], ["ferry " * 5 + "ferry", "日本 日本 日本"])
@example(["日本 日本 日本", "ferry " * 5 + "ferry"], ["ferry " * 3 + "ferry", "ferry ferry 日本 日本 日本"])
@given(PARAGRAPHS, PARAGRAPHS)
def test_paragraphs_side_by_side_are_all_paragraphs_in_order(old: list[str], new: list[str]) -> None:
    found = strips(old, new, "\n\n")
    for side, texts in (("old", old), ("new", new)):
        places = [getattr(strip, side) for strip in found]
        assert [n for start, end in places for n in range(start, end)] == list(range(len(texts)))
    for strip in found:
        assert strip.old[0] < strip.old[1] or strip.new[0] < strip.new[1]
        kept = "".join(run.text for run in strip.runs if run.kind not in OLD)
        assert kept == "\n\n".join(new[slice(*strip.new)])
        dropped = words(" ".join(run.text for run in strip.runs if run.kind not in NEW))
        assert dropped == words("\n\n".join(old[slice(*strip.old)]))


@given(PARAGRAPHS)
def test_a_text_stands_beside_itself(texts: list[str]) -> None:
    assert all(run.kind == "same" for strip in strips(texts, texts, "\n\n") for run in strip.runs)


FERRY, FARES, CREW = (
    "The ferry shall run at night.",
    "Fares are abolished for all passengers.",
    "Two crews man the boat.",
)


@pytest.mark.parametrize(
    ("old", "new", "beside"),
    [
        ([FERRY, FARES], [FERRY, CREW, FARES], [((0, 1), (0, 1)), ((1, 1), (1, 2)), ((1, 2), (2, 3))]),
        ([FERRY, CREW, FARES], [FERRY, FARES], [((0, 1), (0, 1)), ((1, 2), (1, 1)), ((2, 3), (1, 2))]),
        ([f"{FERRY} {FARES}", CREW], [FERRY, FARES, CREW], [((0, 1), (0, 2)), ((1, 2), (2, 3))]),
        ([FERRY, FARES, CREW], [f"{FERRY} {FARES}", CREW], [((0, 2), (0, 1)), ((2, 3), (1, 2))]),
        ([FERRY], [FARES], [((0, 1), (0, 1))]),
        ([FERRY, FERRY], [FARES, FARES], [((0, 1), (0, 0)), ((1, 2), (0, 0)), ((2, 2), (0, 1)), ((2, 2), (1, 2))]),
    ],
)
def test_paragraphs_stand_beside_those_that_have_their_words(old: list[str], new: list[str], beside: object) -> None:
    assert [(strip.old, strip.new) for strip in strips(old, new, "\n\n")] == beside


def test_a_paragraph_that_moved_is_told_as_moved() -> None:
    found = strips([FERRY, FARES, CREW], [FARES, CREW, FERRY], "\n\n")
    assert [[run.kind for run in strip.runs] for strip in found] == [["moved-away"], ["same"], ["same"], ["moved"]]
