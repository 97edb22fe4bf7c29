"""Digests: what changed in a comparison, row by row and by what is known of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..model.edition import Edition
from ..model.finding import CHANGES
from ..model.note import Note
from ..model.passage import split_address
from .alignment import Parts, noted, says

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
    """What is found in a row: its number, and what a note or the collation says of it, or which side alone has it.

    `between` are the ids of the documents that a note lies between; without them the texts tell it.
    """

    row: int
    found: str
    between: tuple[str, ...] = ()

    @property
    def is_noted(self) -> bool:
        """Whether a note says it."""
        return bool(self.between)

    def span(self, labels: Mapping[str, str]) -> str:
        """Return from which to which of several documents it is, by what these are called."""
        first, last = (labels.get(id, id) for id in (self.between[0], self.between[-1])) if self.between else ("", "")
        return f"{first} to {last}" if first != last else first


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
    notes = noted(edition, all_parts)
    told = _OF_OUTCOMES.get(outcome)
    for note in notes:
        yield CHANGES.get(note.change or told or "", NOTED), Line(number, note.title, _documents(note))
    if notes:
        return
    if told:
        yield CHANGES[told], Line(number, outcome)
    elif sum(map(says, all_parts)) > 1:
        yield BESIDE, Line(number, "")
    else:
        yield ONE_SIDED, Line(number, outcome if "only" in outcome else "")


def _documents(note: Note) -> tuple[str, ...]:
    return tuple(dict.fromkeys(split_address(address)[0] for address in note.between))
