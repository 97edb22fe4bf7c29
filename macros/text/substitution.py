"""Substitution: a part of an author's file with each macro call replaced by what it means."""

from bisect import bisect_left
from collections.abc import Callable

from .call import Call
from .file import TextFile

BREAK = "¶"
"""Stands for a paragraph break in what a witness read."""


def parts(file: TextFile, start: int, end: int, meaning: Callable[[Call], str]) -> list[tuple[str, int]]:
    """Return a part of a body in texts with their offsets.

    A call is replaced by what it means, one around words by these.
    """
    first, behind = (bisect_left(file.tags, (at,)) for at in (start, end))
    tags = [(a, b, "" if call.close else meaning(call)) for a, b, call in file.tags[first:behind] if b <= end]
    found, at = [], start
    for a, b, text in tags:
        found += [(file.body[at:a], at), (text, a)]
        at = b
    return [*found, (file.body[at:end], at)]


def substituted(file: TextFile, start: int, end: int, meaning: Callable[[Call], str]) -> str:
    """Return a part of a body as one text, each call replaced by what it means."""
    return "".join(text for text, _ in parts(file, start, end, meaning))
