"""What readers ask of this edition, in a real browser: what they look for comes first."""

import tomllib
from collections.abc import Callable

import pytest

from tests import ROOT
from tests.searching import Answer, Query, is_answered

QUERIES = tomllib.loads((ROOT / "tests" / "edition" / "queries.toml").read_text("utf-8"))["query"]


def test_the_list_of_queries_is_long_enough() -> None:
    assert len(QUERIES) >= 60
    assert len({query["asks"] for query in QUERIES}) == len(QUERIES)


ASKED = [
    pytest.param(
        query,
        id=str(query["asks"]),
        marks=[pytest.mark.xfail(reason="not answered yet", strict=True)] if query.get("missed") else [],
    )
    for query in QUERIES
]


@pytest.mark.parametrize("query", ASKED)
def test_what_readers_ask_for_comes_first_and_is_marked_where_it_stands(
    query: Query, answer: Callable[[str], Answer | None]
) -> None:
    is_answered(query, answer(str(query["asks"])))
