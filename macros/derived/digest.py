"""Digests: what changed in a comparison, row by row and by what is known of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..model.change import CHANGES
from ..model.edition import Edition
from .alignment import Parts, says
from .index import changes_between

NOTED, BESIDE, ONE_SIDED = "Noted", "Side by side, not compared", "On one side only"
LABELS = (*CHANGES.values(), NOTED, BESIDE, ONE_SIDED)
"""What is known of a finding, as a reader is told, the firmest first."""
_OF_OUTCOMES: Mapping[str, str] = {
    "reworded": "wording",
    "new": "wording",
    "dropped": "wording",
    "same words": "restated",
}


class Line(NamedTuple):
    """What is found in a row: its number, and what a note or the collation says of it, or which side alone has it."""

    row: int
    found: str
    is_noted: bool = False


def digest(
    edition: Edition, alignment: Sequence[Sequence[Parts]], outcomes: Sequence[str]
) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """Return the findings of a comparison by what is known of them, the firmest first; rows alone stand last.

    Each follows from a note on a change, or from what the collation says; where neither says anything, nothing is.
    """
    found: dict[str, list[Line]] = {label: [] for label in LABELS}
    for number, (all_parts, outcome) in enumerate(zip(alignment, outcomes, strict=True)):
        for label, line in findings(edition, number, all_parts, outcome):
            found[label].append(line)
    return tuple((label, tuple(lines)) for label, lines in found.items() if lines)


def findings(edition: Edition, number: int, all_parts: Sequence[Parts], outcome: str) -> Iterator[tuple[str, Line]]:
    """Yield what is found in a row, and what is known of it: all that notes say, or else what the texts tell."""
    notes = changes_between(edition, frozenset(clause.address for parts in all_parts for clause in parts))
    told = _OF_OUTCOMES.get(outcome)
    for note in notes:
        yield CHANGES.get(note.change or told or "", NOTED), Line(number, note.title, is_noted=True)
    if notes:
        return
    if told:
        yield CHANGES[told], Line(number, outcome)
    elif sum(map(says, all_parts)) > 1:
        yield BESIDE, Line(number, "")
    else:
        yield ONE_SIDED, Line(number, outcome if "only" in outcome else "")
