"""Numerals: the numbers of lists as browsers show them (CSS Counter Styles, level 3), and figures raised or lowered."""

import re

_ROMAN = tuple(
    zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "m cm d cd c xc l xl x ix v iv i".split(), strict=True)
)

_SMALL = {
    "sup": str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾"),
    "sub": str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"),
}
_ALPHABETS = {
    "a": "abcdefghijklmnopqrstuvwxyz",
    "greek": "".join(map(chr, (*range(0x3B1, 0x3C2), *range(0x3C3, 0x3CA)))),
}
_FIGURES = re.compile(r"[\d+\-−=()]+")


def small(text: str, element: str) -> str:
    """Return a text that stands raised in a `sup`, or lowered in a `sub`, with figures that say so themselves."""
    return _FIGURES.sub(lambda figures: figures[0].translate(_SMALL[element]), text)


def numeral(number: int, type: str) -> str:
    """Return a number as a list of a type shows it (`1`, `a`, `A`, `i`, `I`, `greek`); in figures where it has none."""
    found, left = "", number
    if letters := _ALPHABETS.get(type.lower(), ""):
        while left > 0:
            left, rest = divmod(left - 1, len(letters))
            found = letters[rest] + found
    elif type.lower() == "i" and 0 < number < 4000:
        for value, signs in _ROMAN:
            found += signs * (left // value)
            left %= value
    return (found.upper() if type.isupper() else found) or str(number)
