"""Stretches of a text by their offsets: its lines, and what is put in the place of some of them."""

import re
from collections.abc import Iterable, Iterator

_NOT_A_BREAK = re.compile("[^\n]")


def lines_of(text: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text, each with its offset in another one, in which the text begins at `start`."""
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def blanked(text: str, sign: str = " ") -> str:
    """Return a sign for each of a text, but for line breaks: as long, with the same lines."""
    return _NOT_A_BREAK.sub(sign, text) if "\n" in text else sign * len(text)


def replaced(text: str, changes: Iterable[tuple[int, int, str]]) -> str:
    """Return a text with others in the place of stretches, in order; what begins within one stays as it is."""
    parts, at = list[str](), 0
    for start, end, new in changes:
        if start >= at:
            parts += [text[at:start], new]
            at = end
    return "".join([*parts, text[at:]]) if parts else text
