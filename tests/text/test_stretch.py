"""Stretches: lines with their places, and what is put in the place of some."""

from hypothesis import given
from hypothesis import strategies as st

from macros.text.stretch import lines_of, replaced

TEXT = st.text("ab\n ", max_size=40)


@given(TEXT, st.integers(0, 9))
def test_each_line_stands_at_its_offset(text: str, start: int) -> None:
    whole = " " * start + text
    found = list(lines_of(text, start))
    assert [line for _, line in found] == text.split("\n")
    assert all(whole.startswith(line, at) and (at == start or whole[at - 1] == "\n") for at, line in found)


@given(TEXT, st.lists(st.integers(0, 40), max_size=6), st.text("xy", max_size=3))
def test_what_stands_between_the_stretches_stays(text: str, places: list[int], new: str) -> None:
    ends = sorted(min(place, len(text)) for place in places)
    spans = list(zip(ends[::2], ends[1::2], strict=False))
    assert replaced(text, ((a, b, text[a:b]) for a, b in spans)) == text
    kept = [text[a:b] for a, b in zip([0, *(b for _, b in spans)], [*(a for a, _ in spans), len(text)], strict=True)]
    assert replaced(text, ((a, b, new) for a, b in spans)) == new.join(kept)


def test_a_stretch_within_another_stays_as_it_is() -> None:
    assert replaced("a(b)c", [(1, 4, "-"), (2, 3, "x")]) == "a-c"
