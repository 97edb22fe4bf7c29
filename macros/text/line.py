"""Lines: texts that are one line wherever they go, in records, messages and logs; and which way they run."""

import re
import unicodedata

_BREAKS = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
_SPACES = re.compile(" {2,}")
_STEERING = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""What steers a terminal or turns the order of other signs (Unicode's UAX #9), and what is no sign at all."""


_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"


def unescaped(sign: str) -> str:
    """Return a pattern for a sign that is not escaped by the backslashes before it: one escapes it, and two do not.

    The sign stands first in the pattern, since it is found fast then.
    """
    found = re.escape(sign)
    return found + "".join(rf"(?<!(?<!\\)\\{{{count}}}{found})" for count in (1, 3, 5, 7, 9))


def one_line(text: str) -> str:
    """Return a text on one line: tabs and breaks are spaces, signs that are not seen and steer others are gone."""
    return (text if text.isprintable() else _joined(_STEERING.sub("", text))).strip(" ")


def spelled(text: str) -> str:
    """Return a text on one line, for a message: signs that are not seen are spelled out, joiners of letters apart."""
    return text if text.isprintable() else "".join(map(_spelled, _joined(text)))


def spelled_name(name: str) -> str:
    """Return the name of a file as it can be shown: what is not printed, or is no UTF-8, is spelled out."""
    return "".join(sign if sign.isprintable() else _escape(sign) for sign in name)


def _spelled(sign: str) -> str:
    is_unseen = unicodedata.category(sign) == "Cf" and sign not in _JOINERS
    return _escape(sign) if is_unseen or _STEERING.match(sign) else sign


def _joined(text: str) -> str:
    return _SPACES.sub(" ", _BREAKS.sub(" ", text)) if _BREAKS.search(text) else text


def _escape(sign: str) -> str:
    is_byte = "\udc80" <= sign <= "\udcff"  # one that is no UTF-8, as Python keeps it
    return f"\\x{ord(sign) - 0xDC00:02x}" if is_byte else ascii(sign)[1:-1]


def direction(text: str) -> str:
    """Return `rtl` for a text of letters that mostly run from right to left (Unicode, annex 9), else nothing."""
    if text.isascii():
        return ""
    kinds = [unicodedata.bidirectional(sign) for sign in text if sign.isalpha()]
    return "rtl" if sum(kind in ("R", "AL") for kind in kinds) * 2 > len(kinds) else ""
