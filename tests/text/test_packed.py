"""What is packed comes back as it was, and nothing that packed bytes name is run."""

import pickle
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.model.kind import COMMENTARY, DECLARATION, KINDS
from macros.text.cache import Cache
from macros.text.file import TextFile
from macros.text.packed import pack, unpack
from macros.text.problem import Position, Problem

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(values)
def test_plain_data_comes_back(data: Any) -> None:
    assert unpack(pack(data, {}), {}) == data


def test_data_of_the_engine_comes_back_and_what_is_one_thing_is_one_thing() -> None:
    file = TextFile("docs/a.md", "a.md", {"title": "A"}, "title: A\n", "# A\n\nText.\n", 3)
    assert file.headings
    problem = Problem(Position("docs/a.md", 4), "rule", "message")
    one, other, found = unpack(pack((file, file, problem), {}), {})
    assert one is other
    assert (one, one.headings, found) == (file, file.headings, problem)


def test_what_both_sides_have_is_the_same_thing() -> None:
    packed = pack([COMMENTARY, DECLARATION, COMMENTARY], KINDS)
    found = unpack(packed, KINDS)
    assert [kind is expected for kind, expected in zip(found, (COMMENTARY, DECLARATION, COMMENTARY), strict=True)]
    assert unpack(packed, {**KINDS, "declaration": COMMENTARY})[1] is COMMENTARY
    with pytest.raises(ValueError, match="cannot be unpacked"):
        unpack(packed, {"commentary": COMMENTARY})


@pytest.mark.parametrize("data", [COMMENTARY, test_what_both_sides_have_is_the_same_thing, lambda: 1, (1 for _ in ())])
def test_what_no_other_process_has_is_not_packed(data: Any) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        unpack(pack(data, {"declaration": DECLARATION}), {"declaration": DECLARATION})


class _Calling:
    def __init__(self, function: Callable[..., Any], *arguments: Any) -> None:
        self.call = function, arguments

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return self.call


def _of_the_engine(path: str) -> Any:
    module, _, name = path.rpartition(".")
    return getattr(__import__(module, fromlist=[name]), name)


@pytest.mark.parametrize(
    "call",
    [
        _Calling(print, "run"),
        _Calling(eval, "print('run')"),
        _Calling(Path.touch, Path("run")),
        _Calling(Fraction, 1, 2),
        _Calling(Cache, Path("run")),
        _Calling(_of_the_engine("macros.site.repository.last_change"), Path()),
        _Calling(_of_the_engine("macros.text.reading.decode"), Path(__file__), "shown"),
        _Calling(getattr, COMMENTARY.name, "upper"),
    ],
    ids=lambda call: call.call[0].__name__,
)
def test_nothing_is_called(call: _Calling, capsys: pytest.CaptureFixture[str]) -> None:
    """Be it of Python, of a library or of the engine: only classes of data are, to hold what they are given."""
    with pytest.raises(ValueError, match="cannot be unpacked"):
        unpack(pickle.dumps(call), {})
    assert capsys.readouterr().out == ""


@given(st.binary())
def test_bytes_that_say_anything_are_refused_or_data(packed: bytes) -> None:
    with suppress(ValueError):
        unpack(packed, {})


@pytest.mark.parametrize("packed", [b"", pack([1, 2, 3], {})[:-2]])
def test_what_is_not_whole_is_refused(packed: bytes) -> None:
    with pytest.raises(ValueError, match="cannot be unpacked"):
        unpack(packed, {})
