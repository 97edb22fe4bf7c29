"""The index of the search: it says of every word in which records and where it stands, and of every record what it is."""

import gzip
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.derived.search import Record, indexed, records
from macros.model.date import Date
from macros.site.postings import FIELDS, INDEX, files, places
from macros.text.words import bare
from tests.indexes import Index, read, text
from tests.invented import Collection

ADDRESSES = {"a.md": "a/", "b.md": "b/"}
SOME = st.text("aAbéñøßがバ渡²½ .,-—’", max_size=40)


def index(*some: Record, language: str = "en") -> Index:
    return read(dict(files(some, ADDRESSES, language)))


def standing(found: Index, word: str) -> Mapping[tuple[int, str], list[int]]:
    return found.postings.get(word, {})


def stems(found: Index) -> dict[str, str]:
    def stem(term: str, told: str) -> str:
        cut = int("".join(sign for sign in told if sign.isdecimal()))
        return term[: len(term) - cut] + told.removeprefix(str(cut))

    terms, reductions = (found.head[name].split(" ") for name in ("terms", "stems"))
    return {term: stem(term, told) for term, told in zip(terms, reductions, strict=True)}


def test_every_word_is_told_with_its_places_in_every_field() -> None:
    one = Record("a.md#x", "note", "Note", "The piers", "A pier, and the pier’s lamp.", "Harbour", called=("quay",))
    other = Record("b.md", "page", "Page", "Pier", "", also=("jetty", "landing stage"))
    found = index(one, other)
    assert standing(found, "pier") == {(0, "text"): [1], (1, "text"): [0], (1, "title"): [0]}
    assert standing(found, "piers") == {(0, "title"): [1], (0, "text"): [4]}
    assert standing(found, "quay") == {(0, "called"): [0]}
    assert standing(found, "harbour") == {(0, "within"): [0]}
    assert standing(found, "landing") == {(1, "also"): [2]}
    assert standing(found, "stage") == {(1, "also"): [4]}, "no phrase: nowhere is it printed"
    assert found.head["counts"][found.head["terms"].split(" ").index("pier")] == "4", "about three"


def test_titles_that_lead_to_what_counts_are_headings() -> None:
    kinds = {"page": "heading", "manual": "heading", "event": "heading", "summary": "title", "thread": "title"}
    for kind, field in kinds.items():
        assert (0, field) in standing(index(Record("a.md#x", kind, "", "Lamp", "x")), "lamp")
    assert (0, "title") in standing(index(Record("a.md", "page", "", "Lamp", "x")), "lamp")
    assert (0, "heading") in standing(index(Record("a.md", "source", "", "Lamp", "x")), "lamp")


def test_signs_of_a_script_without_spaces_follow_each_other_wherever_they_stand() -> None:
    found = index(Record("a.md", "term", "", "Ferry", "渡し船", also=("渡し", "boat trip")))
    assert [standing(found, sign)[0, "text"] for sign in "渡し船"] == [[0], [1], [2]]
    assert [standing(found, sign)[0, "also"] for sign in "渡し"] == [[0], [1]]
    assert [standing(found, word)[0, "also"] for word in ("boat", "trip")] == [[3], [5]]


@given(st.lists(st.tuples(SOME, SOME), min_size=1, max_size=12))
def test_an_index_says_what_it_was_made_of(given: list[tuple[str, str]]) -> None:
    some = [Record("a.md", "note", "", title, words) for title, words in given]
    found = index(*some)
    assert len(found.records) == len(some)
    said: dict[tuple[int, str, int], str] = {
        (number, field, place): word
        for word, postings in found.postings.items()
        for (number, field), all_ in postings.items()
        for place in all_
    }
    wanted = {
        (number, field, place): word
        for number, one in enumerate(some)
        for field, given_ in (("text", one.text or one.title), ("title", one.title))
        for word, all_ in places(indexed(given_)[0].split(" ")).items()
        for place in all_
    }
    assert said == wanted


@given(st.lists(st.integers(0, 9), max_size=30), st.lists(st.sampled_from(["x", "y", "z"]), max_size=3, unique=True))
def test_what_filters_let_through_is_told_in_runs(years: list[int], threads: list[str]) -> None:
    some = [
        Record(
            "a.md",
            "note",
            "",
            "T",
            "x",
            date=Date.read(f"200{year}") if year else None,
            threads=tuple(threads[: year % 4]),
        )
        for year in years
    ]
    filters = index(*some).filters

    def having(name: str) -> dict[str, list[int]]:
        found = {}
        for value, steps in filters[name].items():
            end, found[value] = 0, list[int]()
            for before, length in zip(steps[::2], steps[1::2], strict=True):
                found[value] += range(end + before, end + before + length)
                end += before + length
        return found

    assert having("year") == {
        f"200{year}": [at for at, one in enumerate(years) if one == year] for year in sorted({*years} - {0})
    }
    assert having("thread") == {
        name: [at for at, one in enumerate(some) if name in one.threads]
        for name in sorted({name for one in some for name in one.threads})
    }
    assert having("kind") == ({"note": [*range(len(some))]} if some else {})


def test_numbers_of_any_size_come_back() -> None:
    far = [Record("a.md", "note", "", "T", "lamp" if at in (0, 300, 20_000) else "x") for at in range(20_001)]
    far[300] = far[300]._replace(text=" ".join(["x"] * 17_000 + ["lamp"] * 40))
    found = standing(index(*far), "lamp")
    assert found == {(0, "text"): [0], (300, "text"): [*range(17_000, 17_040)], (20_000, "text"): [0]}


@pytest.mark.parametrize(
    ("language", "one", "other", "are_alike"),
    [
        ("en", "policies", "policy", True),
        ("en-GB", "policies", "policy", True),
        ("de", "hauser", "haus", True),
        ("en", "hauser", "haus", False),
        ("ja", "policies", "policy", True),
        ("xx", "policies", "policy", False),
    ],
)
def test_words_are_reduced_as_the_language_of_the_site_has_it(
    language: str, one: str, other: str, *, are_alike: bool
) -> None:
    found = stems(index(Record("a.md", "note", "", one, other), language=language))
    assert (found[one] == found[other]) == are_alike
    terms = found.keys()
    assert [*terms] == sorted(terms, key=lambda term: (found[term], term)), "in the order in which they are looked up"


def test_words_stand_in_the_order_in_which_scripts_compare_them() -> None:
    """𠮷 is two units of UTF-16, of which the first comes before ﹰ, although its own number is greater."""
    found = index(Record("a.md", "note", "", "zoo 𠮷 ﹰ", "x"))
    assert found.head["terms"].split(" ") == ["x", "zoo", "𠮷", "ﹰ"]


def test_the_files_of_an_index_are_named_by_what_they_hold(collection: Collection) -> None:
    some = records(collection())
    addresses = {record.target.partition("#")[0]: "x/" for record in some}
    one, again = (dict(files(some, addresses, "en")) for _ in range(2))
    assert one == again
    other = dict(files(some[1:], addresses, "en"))
    assert one.keys() & other.keys() == {INDEX}
    assert [name for name, content in one.items() if content[4:8] != bytes(4)] == [], "no time stands in it (RFC 1952)"


def test_an_index_of_nothing_is_one() -> None:
    assert index().records == []
    assert index().head["terms"] == ""


def test_what_is_asked_of_a_record_is_in_it(collection: Collection) -> None:
    some = records(collection())
    addresses = {uri: uri.replace(".md", "/") for uri in (record.target.partition("#")[0] for record in some)}
    found = read(dict(files(some, addresses, "en")))
    assert len(found.records) == len(some)
    assert "".join(found.head["kinds"]).count("a") == sum(record.kind == "words" for record in some)
    told = {f"{record['address']} {record['label']}": text(record) for record in found.records}
    assert "渡し船は毎日、夜明けから日没まで運航する" in told["declarations/minato-2001/#unko The document’s own words"]
    assert set(FIELDS) == set(found.head["fields"])
    assert all(bare(term) == term for term in found.postings)


def test_all_files_are_compressed() -> None:
    for content in dict(files([Record("a.md", "note", "", "T", "x")], ADDRESSES, "en")).values():
        assert gzip.decompress(content)
