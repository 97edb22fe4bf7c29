"""Direction: whether a text runs from right to left, by the letters that it is mostly of (Unicode, annex 9)."""

import unicodedata

_RIGHT_TO_LEFT = ("R", "AL")


def direction(text: str) -> str:
    """Return `rtl` for a text of letters that mostly run from right to left, else nothing."""
    if text.isascii():
        return ""
    kinds = [unicodedata.bidirectional(sign) for sign in text if sign.isalpha()]
    return "rtl" if sum(kind in _RIGHT_TO_LEFT for kind in kinds) * 2 > len(kinds) else ""
