"""Hostile texts: what makes a pattern slow if anything does, made from the pattern itself, and whether time grows.

A pattern is slow on what it nearly matches: many beginnings without an end, and long runs of what one of its
repetitions takes, with a sign behind them that it does not take.  Growth is compared, not time: three times the text
may take three times as long on any machine, under any load; nine times as long is what is looked for.
"""

import re
import re._constants as sre  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
import time
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

_SIGNS = " a\n_-0.A*`<>[](){}#\"'\\|:=/!&~+é中”\t\x01"
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
_MEASURABLE = 0.003  # seconds of one thread, which systems count to the microsecond or closer
_FEW = 48  # characters, over which time may double with each
_SHORT = 500  # characters, which nothing linear takes that long for
_SEPARATORS = ("", "\n", " ", "a ", "\n\n")


def _taken(items: list[Any]) -> list[str]:
    """Return a few signs that a class of signs takes, those that it names first."""
    is_other = items[0][0] is sre.NEGATE
    named = [
        chr(value if kind is sre.LITERAL else value[0]) for kind, value in items if kind in (sre.LITERAL, sre.RANGE)
    ]

    def takes(sign: str) -> bool:
        for kind, value in items:
            if kind is sre.LITERAL and ord(sign) == value:
                return True
            if kind is sre.RANGE and value[0] <= ord(sign) <= value[1]:
                return True
            if kind is sre.CATEGORY:
                name = str(value).removeprefix("CATEGORY_")
                is_in = {"DIGIT": sign.isdigit(), "SPACE": sign.isspace(), "WORD": sign.isalnum() or sign == "_"}
                if is_in[name.removeprefix("NOT_")] != name.startswith("NOT_"):
                    return True
        return False

    pool = dict.fromkeys([*([] if is_other else named), *_SIGNS])
    return [sign for sign in pool if takes(sign) != is_other][:4] or ["?"]


def _example(items: Any, choice: int) -> str:
    """Return a text that a part of a pattern takes; `choice` picks among alternatives."""
    text = ""
    for kind, value in items:
        if kind is sre.LITERAL:
            text += chr(value)
        elif kind is sre.IN:
            taken = _taken(value)
            text += taken[choice % len(taken)]
        elif kind in (sre.NOT_LITERAL, sre.ANY):
            text += "a"
        elif kind is sre.BRANCH:
            text += _example(value[1][choice % len(value[1])], choice)
        elif kind is sre.SUBPATTERN:
            text += _example(value[3], choice)
        elif kind is sre.ATOMIC_GROUP:
            text += _example(value, choice)
        elif kind in _REPEATS:
            text += _example(value[2], choice) * max(value[0], min(1, value[1]))
    return text


def _repetitions(items: Any, before: str, choice: int) -> Iterator[tuple[str, str]]:
    """Yield each repetition in a pattern: what stands before it, and what it takes once; then the whole."""
    for kind, value in items:
        if kind in _REPEATS:
            if value[1] > 20:
                yield before, _example(value[2], choice)
            yield from _repetitions(value[2], before, choice)
        elif kind is sre.BRANCH:
            for branch in value[1]:
                yield from _repetitions(branch, before, choice)
        elif kind is sre.SUBPATTERN:
            yield from _repetitions(value[3], before, choice)
        elif kind is sre.ATOMIC_GROUP:
            yield from _repetitions(value, before, choice)
        before += _example([(kind, value)], choice)
        yield before, ""


def hostile(pattern: re.Pattern[Any], most: int = 10_000) -> list[Callable[[int], str]]:
    """Return at most so many functions that make texts of about a length over which a pattern may be slow."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    units, opened = dict[tuple[str, str, str], None](), dict[str, None]()
    for choice in range(3):
        for before, unit in _repetitions(tree, "", choice):
            opened[before] = None
            for each in dict.fromkeys((unit, " ", "\n", before[-1:])) if unit else ():
                for behind in ("\x01", "", "a"):
                    units[before or "a" * (behind == "a"), each, behind] = None
    units |= {("", before + between, ""): None for before in opened for between in _SEPARATORS}

    def make(before: str, unit: str, behind: str) -> Callable[[int], str]:
        return lambda length: before + unit * (length // len(unit)) + behind

    made = [make(*parts) for parts in units if parts[1] and len("".join(parts)) < 1_000]
    return made[:: len(made) // most + 1]


def grows(work: Callable[[str], object], make: Callable[[int], str], longest: int) -> str:
    """Say how time grows with a text where it grows faster than the text; nothing where it does not.

    The text is made longer until it takes long enough to be measured, or is `longest`.
    """
    length = 12
    while length <= longest and least(work, make(length), 1) < _MEASURABLE:
        # A few signs more may take for ever already, and a short text thrice as long.
        length = length + 2 if length < _FEW else length * 3 // 2 if length < _SHORT else length * 2
    if length > longest:
        return ""
    taken = least(work, make(length))
    if length < _SHORT and taken >= _MEASURABLE:
        return f"{taken:.2f} s for {length:,} characters: {make(60)!r}"
    if length < _SHORT or any(least(work, make(3 * length), 1) < 5 * taken for _ in range(2)):
        return ""
    return f"{taken:.2f} s for {length:,} characters, more than five times that for three times as many: {make(60)!r}"


def least(work: Callable[[str], object], text: str, tries: int = 4) -> float:
    """Return the least processor time of some tries."""
    taken = []
    for _ in range(tries):
        start = time.thread_time()
        work(text)
        taken.append(time.thread_time() - start)
    return min(taken)


def worker(pattern: re.Pattern[Any], methods: set[str]) -> Callable[[str], object]:
    """Return what is done with a pattern: from each place on, unless it is only ever tried at one."""

    def work(text: str) -> None:
        given: Any = text.encode("utf-8") if isinstance(pattern.pattern, bytes) else text
        if methods <= {"match", "fullmatch"} and methods:
            for method in methods:
                getattr(pattern, method)(given)
        else:
            deque(pattern.finditer(given), maxlen=0)

    return work
