"""The folding of words, and the one way in which a quotation may match."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.derived.proof import locate
from macros.text.words import find, fold, pieces, spell, words

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


@given(
    st.text(max_size=20)
    | st.text("ae \u0301\u0323か\u3099\uff76\uff9e½ﬁ\u00ad“.,1-'U\u094d\u0915\u1100\u1161\u11a8", max_size=20)
)
def test_words_keep_their_places(text: str) -> None:
    found = words(text)
    assert all(fold(text[word.start : word.end]) in (word.text, "-") for word in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


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
        ("no café fits", "no cafe\u0301 ﬁts"),
        ("Article V", "Article Ⅴ of 1960"),
        ("the inhabitants", "the in\u00adhab\u200bitants"),
        ("[t]he ferry", "The ferry runs"),
        ("[T]he ferry", "so the ferry runs"),
        ("they recogniz[ed] it", "they recognize it"),
        ("they recogniz[ed] it", "they recognizing it"),
        ("to [re]consider it", "to consider it"),
        ("Town[’s] pier", "Town pier"),
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
        ("5 boats", ["1.5 boats"]),
        ("500 boats", ["1,500 boats"]),
        ("5 degrees", ["-5 degrees"]),
        ("5 a head", ["€5 a head"]),
        ("102 boats", ["10² boats"]),
        ("11/2 hours", ["1½ hours"]),
        ("nuclear ferry", ["non-nuclear ferry"]),
        ("Southpier talks", ["the N.P.-Southpier talks"]),
        ("कित", ["किताब"]),
        ("العب", ["العبّارة"]),
        ("نهار", ["نهارًا"]),
        ("[s]he runs", ["he runs"]),
        ("a[n] hour", ["and hour"]),
        ("recogniz[ed]", ["recognition"]),
    ],
)
def test_what_does_not_match(quotation: str, passages: list[str]) -> None:
    assert not proved(quotation, *passages)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("1,500 or 1.5 at 11:30 on 4/19/2019", "1,500 or 1.5 at 11:30 on 4/19/2019"),
        ("-5 (−5) +3 ±2 5-3 2017-2019", "-5 ( -5 ) +3 ±2 5 – 3 2017 – 2019"),
        ("U.S.–Japan so–called", "U.S.-Japan so-called"),
        ("€5 US$5 5€ 5% 10² 1½", "€5 US$5 5€ 5% 10² 1½"),
        ("non-nuclear, case-by-case", "non-nuclear , case-by-case"),
        ("alliance—strong 2017–2019 so - no", "alliance – strong 2017 – 2019 so – no"),
        ("the U.S.-Japan pact, e.g. here. A. B", "the U.S.-Japan pact , e.g. here . A . B"),
        ("and/or #27 2+2 (3/4)", "and / or # 27 2 + 2 ( 3/4 )"),
        ("Town’s piers’ o'clock", "Town's piers o'clock"),
        ("ＡＢ ﬁsh か\u3099 cafe\u0301 १२\u0902", "AB fish が café १२\u0902"),
    ],
)
def test_tokens(text: str, tokens: str) -> None:
    assert [word.text for word in words(text)] == tokens.split(" ")


@given(
    st.lists(
        st.sampled_from(["1,500", "non-nuclear", "-5", "€5", "10²", "U.S.-led", "किताब", "it's"]),
        min_size=1,
        max_size=5,
    ),
    st.data(),
)
def test_a_quotation_cut_inside_a_token_is_refused(some: list[str], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(some) - 1))
    text = [f"w{at} {token}" for at, token in enumerate(some)]
    cut = data.draw(st.integers(1, len(some[number]) - 1))
    quoted = " ".join([*text[:number], f"w{number} {some[number][:cut]}"])
    assert proved(" ".join(text[: number + 1]), " ".join(text))
    assert not proved(quoted, " ".join(text))


def test_find_and_spell() -> None:
    passage = words("The ferry, as ever, runs (late).")
    assert find(words("as ever"), passage) == (3, 5)
    assert spell(passage) == "The ferry, as ever, runs (late)."


@pytest.mark.parametrize(
    "text", ["the N.P.-Southpier talks", "a long-standing ferry", "a 2+2 (3/4) – no more", "Quoi ?"]
)
def test_words_are_spelt_as_where_they_stand(text: str) -> None:
    assert spell(words(f"before “{text}” behind")[1:-1]) == text
    assert spell(words("the “open” sea")) == "the open sea"
