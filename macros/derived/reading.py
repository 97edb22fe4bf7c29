"""Reading: a stretch of an author's file as readers find it."""

from __future__ import annotations

from ..model.edition import Edition
from ..model.macro import meaning
from ..text.source import Source
from ..text.substitution import substituted


def printed(edition: Edition, source: Source, start: int, end: int) -> str:
    """Return a stretch of a file as it is printed: each call replaced by the words that it prints."""
    return substituted(source, start, end, lambda call: meaning(edition.macros, call, "printed"))
