"""Documents, passages, addresses and dates."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from macros.derived.anchors import anchors
from macros.derived.links import clause_at, link_to
from macros.derived.lookup import find_clause
from macros.model.date import Date
from macros.model.front import theme_front
from macros.model.passage import ID, split_address
from macros.text.problem import RefusalError
from macros.text.reading import parse
from tests.invented import Collection, render

IDS = st.from_regex(ID, fullmatch=True)


@given(IDS, IDS)
def test_an_address_is_its_two_parts(document: str, passage: str) -> None:
    assert split_address(f"{document}#{passage}") == (document, passage)
    assert split_address(document) == (document, "")


@given(st.dates())
def test_a_date_comes_back_as_written(day: object) -> None:
    assert Date.read(str(day)).iso == str(day)
    assert Date.read(day).iso == str(day)


@pytest.mark.parametrize(
    ("written", "read"),
    [("2004-05-11", "11 May 2004"), ("2007-05", "May 2007"), ("2007", "2007"), (2007, "2007")],
)
def test_dates_as_people_read_them(written: object, read: str) -> None:
    assert str(Date.read(written)) == read


@pytest.mark.parametrize("written", ["May", "2004-13", "2004-02-30", "04-05-11", None, 1.5, ["2004"], True])
def test_what_is_no_date(written: object) -> None:
    with pytest.raises(ValueError, match="is no date"):
        Date.read(written)


def test_passages_of_both_kinds(collection: Collection) -> None:
    edition = collection()
    assert [id for id in edition.documents if "minato" not in id] == [
        "ferry-2001",
        "ferry-2004",
        "ferry-2007",
        "all-hours",
    ]
    assert list(edition.documents["all-hours"].passages) == ["p1", "p2"]
    assert [clause.id for clause in edition.documents["ferry-2004"].clauses] == [
        "link",
        "timetable",
        "fares",
        "lights",
    ]
    assert find_clause(edition, "ferry-2007#hours").id == "timetable"
    with pytest.raises(RefusalError, match="there is no clause 'lihgts' in 'ferry-2004'; did you mean 'lights'"):
        find_clause(edition, "ferry-2004#lihgts")


def test_the_ids_of_a_built_page_are_those_of_the_edition(collection: Collection) -> None:
    import re

    edition = collection()
    for document in edition.documents.values():
        html, late = render(edition, document.file.uri)
        ids = set(re.findall(r'\bid="([^"]+)"', html))
        assert late == ()
        assert set(document.passages) | set(document.aliases) <= ids
        made = {id for id in ids if not re.match(r"(?:note|cite|fn)ref\d*-|cite-|fn-", id)}
        assert made <= anchors(edition)[document.file.uri]


def test_a_paragraph_that_begins_with_a_call_is_a_paragraph(collection: Collection) -> None:
    edition = collection(
        changes={
            "commentary/all-hours.md": (
                "Nobody calls it",
                '{% call note("safe") %}Nobody calls{% endcall %} it',
            )
        }
    )
    assert list(edition.documents["all-hours"].passages) == ["p1", "p2"]


def test_a_link_to_a_clause_is_known_from_any_page(collection: Collection) -> None:
    edition = collection()
    page = edition.pages["commentary/all-hours.md"]
    for clause in edition.documents["ferry-2007"].clauses:
        assert clause_at(edition, link_to(edition, clause.address, page), page) == clause
    own = edition.documents["ferry-2004"].file
    assert clause_at(edition, "#fares", own) == find_clause(edition, "ferry-2004#fares")
    assert clause_at(edition, "ferry-2007.md#hours", own) == find_clause(edition, "ferry-2007#timetable")  # retired
    for other in ("ferry-2007.md#nowhere", "../index.md#hours", "https://example.org/#fares", "all-hours.md#p1"):
        assert clause_at(edition, other, page) is None


VALUES = st.recursive(
    st.one_of(
        st.text("a<\n\x1b\u202e>:", max_size=6), st.sampled_from(["main.html", "redirect.html", "toc", "<img>"]),
        st.integers(), st.booleans(), st.none(), st.dates(), st.floats(allow_nan=False), st.binary(max_size=3),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=4,
)  # fmt: skip
KEYS = st.sampled_from(["title", "template", "hide", "description", "author", "kind", "icon", "search", "robots"])


@given(st.dictionaries(KEYS, VALUES))
def test_the_theme_is_told_only_what_is_valid(front: dict[str, object]) -> None:
    text = f"---\n{yaml.safe_dump(front, allow_unicode=True)}---\n\n# A\n"
    told = theme_front(parse(text, "docs/a.md", "a.md")[0])
    assert list(told) == [key for key in ("title", "hide") if key in told], "in one order in all processes"
    assert isinstance(told.get("title", ""), str)
    assert not {"\n", "\x1b", "\u202e"} & set(told.get("title") or "")
    assert set(told.get("hide", ())) <= {"navigation", "toc", "footer", "path"}
