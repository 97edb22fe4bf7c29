"""Problems: defects in an author's file, as values.

A problem names the file and line, the rule that should hold, what is the case, and a way out.  Nothing in the
core logs or raises for an author's mistake: functions return problems, and the adapters report them all.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from .line import spelled


class Position(NamedTuple):
    """A place in an author's file: path as the author knows it, line and column counted from 1."""

    path: str
    line: int
    column: int = 1


@dataclass(frozen=True, order=True)
class Problem:
    """A defect in an author's file.

    `hides` names what nobody can refer to until the defect is mended: a document's id, an address, a key, or the
    beginning of several addresses (`document#`, `document#note-`).  `misses` names what was referred to and not
    found.  What misses something hidden only follows from another problem (see `follows`).
    """

    position: Position
    rule: str
    message: str
    hides: str = field(default="", compare=False)
    misses: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        """Keep what an author wrote from breaking the message's line, and from steering a terminal."""
        if not self.message.isprintable():
            object.__setattr__(self, "message", spelled(self.message))

    def __str__(self) -> str:
        """Return the problem as people read it."""
        return f"{self.position.path}:{self.position.line}: {self.message} [{self.rule}]"


class RefusalError(Exception):
    """Raised by a macro that cannot do what a call asks; becomes a problem at the call's place.

    `misses` names what the call refers to, where the reason is that it was not found.
    """

    def __init__(self, rule: str, message: str, *, misses: str = "") -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.misses = misses

    def at(self, position: Position, before: str = "") -> Problem:
        """Return the refusal as a problem at a place; `before` begins its message."""
        return Problem(position, self.rule, before + self.message, misses=self.misses)


_MOST_COMPARED = 50  # names, sign by sign; of more, those are that have the most parts of a word
_COMMON = 500  # names that have a part, from which on it tells nothing


def alike(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """Return the known word most like `word`, or the empty text where none is so like it (by difflib's measure)."""
    candidates = list(known)
    if len(candidates) > _MOST_COMPARED:
        named = _by_part(tuple(candidates))
        counts = Counter(chain.from_iterable(named.get(part, ()) for part in _parts(word[:100])))
        candidates = [name for name, _ in counts.most_common(_MOST_COMPARED)]
    return next(iter(get_close_matches(word, candidates, n=1, cutoff=likeness)), "")


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like `word`, else one that it is part of or has as a part, else the empty text."""
    candidates = list(known)
    within = (name for name in candidates if word and name and (word in name or name in word))
    return alike(word, candidates) or next(within, "")


def _parts(word: str) -> set[str]:
    return {f" {word} "[at : at + 3] for at in range(len(word))}


@lru_cache(8)  # the same names are asked again and again
def _by_part(names: tuple[str, ...]) -> Mapping[str, list[str]]:
    """Return the names that have each part of three signs."""
    found: dict[str, list[str]] = {}
    for name in names:
        for part in _parts(name):
            found.setdefault(part, []).append(name)
    return {part: some for part, some in found.items() if len(some) <= _COMMON}


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` for the known word nearest to `word`, or nothing."""
    near = nearest(word, known)
    if not near:
        return ""
    # Two that look alike are told apart by the names of the signs that differ.
    odd = [sign for sign in dict.fromkeys(word) if sign not in near and not sign.isascii()]
    named = ", ".join(f"{unicodedata.name(sign, hex(ord(sign))).lower()}" for sign in odd[:2])
    return f"; did you mean '{near}'?{f' (it is written here with {named})' if named else ''}"


def follows(problem: Problem, hidden: Set[str]) -> bool:
    """Say whether a problem only follows from others, which hide what it misses."""
    document, mark, rest = problem.misses.partition("#")
    kinds = {document, document + mark, f"{document}#note-" if rest.startswith("note-") else ""}
    return bool(problem.misses) and (problem.misses in hidden or not hidden.isdisjoint(kinds - {""}))
