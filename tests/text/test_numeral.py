"""Numerals: the numbers of lists as browsers show them."""

import pytest

from macros.text.numeral import numeral


@pytest.mark.parametrize(
    ("number", "type", "shown"),
    [
        (4, "1", "4"),
        (1, "a", "a"),
        (26, "a", "z"),
        (27, "A", "AA"),
        (703, "a", "aaa"),
        (4, "i", "iv"),
        (1949, "I", "MCMXLIX"),
        (0, "a", "0"),
        (-3, "I", "-3"),
        (4000, "i", "4000"),
    ],
)
def test_a_number_is_shown_by_the_type_of_its_list(number: int, type: str, shown: str) -> None:
    assert numeral(number, type) == shown
