"""Substitution: a part of an author's file with each macro call replaced by what it means."""

from collections.abc import Callable

from .call import Call
from .file import TextFile

BREAK = "¶"
"""Stands for a paragraph break in what a witness read."""


def parts(file: TextFile, start: int, end: int, meaning: Callable[[Call], str]) -> list[tuple[str, int]]:
    """Return a part of a body in texts with their offsets.

    A call is replaced by what it means, one around words by these.
    """
    tags: list[tuple[int, int, str]] = []
    for call in file.calls:
        if call.close:
            tags += [(a, b, "") for a, b in call.tags if start <= a and b <= end]
        elif start <= call.start and call.end <= end:
            tags.append((call.start, call.end, meaning(call)))
    found, at = [], start
    for a, b, text in sorted(tags):
        found += [(file.body[at:a], at), (text, a)]
        at = b
    return [*found, (file.body[at:end], at)]


def substituted(file: TextFile, start: int, end: int, meaning: Callable[[Call], str]) -> str:
    """Return a part of a body as one text, each call replaced by what it means."""
    return "".join(text for text, _ in parts(file, start, end, meaning))
