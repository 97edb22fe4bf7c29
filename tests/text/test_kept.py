"""What is kept of results: all that read nothing which differs, and no more."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from macros.text.kept import Results, following, is_same, settled


@dataclass(frozen=True)
class Shelf:
    """Something to compute from."""

    books: Mapping[str, str]
    name: str = ""
    results: Results | None = field(default=None, init=False, compare=False)


class Asked:
    """Functions that are asked by way of a shelf, and how often each was computed."""

    def __init__(self) -> None:
        self.computed: list[str] = []

    def function(self, compute: Callable[..., Any]) -> Callable[..., Any]:
        def counted(shelf: Any, *arguments: Any) -> Any:
            self.computed.append(compute.__name__)
            return compute(shelf, *arguments)

        return lambda shelf, *arguments: shelf.results.ask(counted, arguments)


@pytest.fixture
def asked() -> Asked:
    return Asked()


def test_what_read_one_key_is_kept_until_that_differs(asked: Asked) -> None:
    @asked.function
    def first(shelf: Shelf) -> str | None:
        return shelf.books.get("a")

    shelf, found = None, []
    for books in ({"a": "x", "b": "y"}, {"a": "x", "b": "z", "c": ""}, {"b": "z"}):
        shelf = following(Shelf(books), shelf)
        found += [first(shelf), first(shelf)]
    assert found == ["x", "x", "x", "x", None, None]
    assert asked.computed == ["first", "first"]


def test_what_is_not_there_was_read_too(asked: Asked) -> None:
    @asked.function
    def has(shelf: Shelf) -> bool:
        return "c" in shelf.books

    one = following(Shelf({"a": "x"}), None)
    assert (has(one), has(following(Shelf({"a": "x", "c": ""}), one))) == (False, True)


@pytest.mark.parametrize("books", [{"b": "y", "a": "x"}, {"a": "x"}, {"a": "x", "b": "z"}])
def test_who_looks_through_a_mapping_read_its_order_too(asked: Asked, books: Mapping[str, str]) -> None:
    @asked.function
    def listed(shelf: Shelf) -> tuple[str, ...]:
        return tuple(shelf.books.values())

    one = following(Shelf({"a": "x", "b": "y"}), None)
    assert (listed(one), listed(following(Shelf(books), one))) == (("x", "y"), tuple(books.values()))


def test_other_fields_are_read_as_a_whole(asked: Asked) -> None:
    @asked.function
    def named(shelf: Shelf) -> str:
        return shelf.name

    one = following(Shelf({}, "old"), None)
    same = following(Shelf({"a": "x"}, "old"), one)
    assert [named(one), named(same), named(following(Shelf({}, "new"), same))] == ["old", "old", "new"]
    assert asked.computed == ["named", "named"]


def test_an_edit_goes_no_further_than_what_it_alters(asked: Asked) -> None:
    @asked.function
    def sizes(shelf: Shelf) -> Mapping[str, tuple[int, ...]]:
        return {key: (len(book),) for key, book in shelf.books.items()}

    @asked.function
    def size(shelf: Shelf, key: str) -> tuple[int, ...]:
        return sizes(shelf)[key] * 2  # type: ignore[no-any-return]

    one = following(Shelf({"a": "x", "b": "y"}), None)
    other = following(Shelf({"a": "z", "b": "yy"}), one)
    assert [size(one, "a"), size(one, "b"), size(other, "a"), size(other, "b")] == [(1, 1), (1, 1), (1, 1), (2, 2)]
    assert sizes(one)["a"] is sizes(other)["a"]
    assert asked.computed == ["size", "sizes", "size", "sizes", "size"]


def test_what_is_refused_is_asked_again(asked: Asked) -> None:
    @asked.function
    def found(shelf: Shelf, key: str) -> str:
        return shelf.books[key]

    @asked.function
    def told(shelf: Shelf) -> str:
        try:
            return found(shelf, "a")  # type: ignore[no-any-return]
        except KeyError:
            return "nothing"

    one = following(Shelf({}), None)
    other = following(Shelf({"a": "x"}), one)
    assert [told(one), told(other), told(following(Shelf({}), other))] == ["nothing", "x", "nothing"]


def test_what_is_no_more_is_not_asked_for_in_vain(asked: Asked) -> None:
    @asked.function
    def book(shelf: Shelf, key: str) -> str:
        return shelf.books[key]

    @asked.function
    def all_books(shelf: Shelf) -> list[str]:
        return [book(shelf, key) for key in shelf.books]

    one = following(Shelf({"a": "x", "b": "y"}), None)
    assert (all_books(one), all_books(following(Shelf({"b": "y"}), one))) == (["x", "y"], ["y"])


def test_what_is_asked_of_a_result_later_was_read_as_well(asked: Asked) -> None:
    @asked.function
    def teller(shelf: Shelf) -> Callable[[], str]:
        return lambda: shelf.books["a"]

    @asked.function
    def told(shelf: Shelf) -> str:
        return teller(shelf)()  # type: ignore[no-any-return]

    one = following(Shelf({"a": "x"}), None)
    assert (told(one), told(following(Shelf({"a": "y"}), one))) == ("x", "y")


def test_a_mapping_that_is_handed_on_is_itself(asked: Asked) -> None:
    @asked.function
    def books(shelf: Shelf) -> Mapping[str, str]:
        return shelf.books

    given = {"a": "x"}
    shelf = following(Shelf(given), None)
    assert books(shelf) is shelf.books
    assert books(following(Shelf({"a": "y"}), shelf)) == {"a": "y"}


def test_equal_parts_are_the_objects_that_they_were() -> None:
    was = {"a": ("x", "y"), "b": ("z",)}
    assert settled(was, {"a": ("x", "y"), "b": ("z",)}) is was
    now = settled(was, {"b": ("w",), "a": ("x", "y")})
    assert [*now.items()] == [("b", ("w",)), ("a", ("x", "y"))]
    assert now["a"] is was["a"]
    assert settled(was, {"b": ("z",), "a": ("x", "y")}) is not was


@dataclass(frozen=True)
class Slip:
    """Something of which a part is not compared."""

    text: str
    hint: str = field(default="", compare=False)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ([{"a": 1, "b": 2}], [{"b": 2, "a": 1}]),
        ((1,), [1]),
        (1, True),
        (Slip("x", "one"), Slip("x", "other")),
        (Slip("x"), Slip("y")),
        ([1], [1, 2]),
    ],
)
def test_what_can_be_told_apart_is_not_the_same(one: object, other: object) -> None:
    assert not is_same(one, other)
    assert is_same(one, one)


def test_what_cannot_be_told_apart_is_the_same() -> None:
    def made() -> object:
        return [{"a": (1, Slip("x", "one"))}, frozenset("ab"), {"b": None}]

    assert is_same(made(), made())
