"""Traced text: a text made out of another, each of whose characters knows the place that it comes from.

Quotations are proved on words from which markup and the shapes of signs have been taken, and marked in the author's
file, where these still stand.  A placed text goes through the same steps as a plain one, and leads back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Traced:
    """A text, and for each of its characters the part `(start, end)` of the original that it stands for."""

    text: str
    places: tuple[tuple[int, int], ...]

    @classmethod
    def at(cls, text: str, start: int) -> Traced:
        """Return a part of an original, unchanged, that begins there at `start`."""
        return cls(text, tuple((at, at + 1) for at in range(start, start + len(text))))

    @classmethod
    def joined(cls, parts: Iterable[Traced]) -> Traced:
        """Return texts as one."""
        parts = tuple(parts)
        return cls("".join(part.text for part in parts), tuple(place for part in parts for place in part.places))

    def __getitem__(self, part: slice) -> Traced:
        """Return a part of the text."""
        return Traced(self.text[part], self.places[part])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the part of the original that `text[start:end]`, which is not empty, stands for."""
        return self.places[start][0], self.places[end - 1][1]

    def standing_for(self, text: str) -> Traced:
        """Return other words in the place of this text, which is not empty, as a whole."""
        return Traced(text, (self.span(0, len(self.text)),) * len(text))

    def sub(self, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str | slice]) -> Traced:
        """Replace each match, none of which is empty, by other words, or by a part of the text as it stands."""
        parts, at = list[Traced](), 0
        for match in pattern.finditer(self.text):
            new = replace(match)
            kept = self[new] if isinstance(new, slice) else self[slice(*match.span())].standing_for(new)
            parts += [self[at : match.start()], kept]
            at = match.end()
        return Traced.joined([*parts, self[at:]])

    def split(self, pattern: re.Pattern[str]) -> Iterator[Traced]:
        """Yield the parts between the matches of a pattern."""
        at = 0
        for match in pattern.finditer(self.text):
            yield self[at : match.start()]
            at = match.end()
        yield self[at:]
