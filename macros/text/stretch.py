"""Stretches of a text by their offsets: its lines, and what is put in the place of some of them."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Protocol, TypeVar

_NOT_A_BREAK = re.compile("[^\n]")


def lines_of(text: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text, each with its offset in another one, in which the text begins at `start`."""
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


class _Placed(Protocol):
    @property
    def start(self) -> int: ...


_P = TypeVar("_P", bound=_Placed)


def within(found: Sequence[_P], start: int, end: int) -> Sequence[_P]:
    """Return what begins in a stretch, of what stands in a text in order."""
    begins = attrgetter("start")
    return found[bisect_left(found, start, key=begins) : bisect_left(found, end, key=begins)]


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
