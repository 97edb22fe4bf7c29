"""Testimony: an editor's word that quoted words, whose text is not held in full, were seen in a copy elsewhere.

It is shown beside the proof of a quotation and counted apart from it: it is no proof.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ..model.date import Date
from ..model.edition import Edition
from ..model.entry import Entry
from ..model.macro import argument
from ..model.passage import Clause, split_address
from ..text.call import Call
from ..text.problem import RefusalError, did_you_mean
from .lookup import find_entry

EXTENTS: Mapping[str, str] = {
    "exactly": "seen exactly",
    "house style aside": "seen, house style aside",
    "in part": "seen in part",
    "in translation": "seen in translation",
}
"""How far words were seen, the firmest first, with what readers are told; `exactly` means the same words in the same
order, capitals, quotation marks inside and the last stop left aside."""

RULE = "seen-is-sound"


@dataclass(frozen=True)
class Testimony:
    """In which copies an editor saw quoted words, how far, and on which day."""

    copies: tuple[Entry, ...]
    extent: str
    on: Date

    @property
    def label(self) -> str:
        """How far the words were seen, as a reader sees it."""
        return EXTENTS[self.extent]


def testimony(edition: Edition, call: Call, quoted: Clause | Entry | None) -> Testimony | None:
    """Return what a quotation says of where its words were seen, or nothing; `quoted` is what it quotes, unless held.

    Raises `RefusalError` where that is not whole, where a day cannot be, and where the quoted text is held in full.
    """
    seen, how, on = (argument(edition.macros, call, name) for name in ("seen", "how", "on"))
    if not (seen or how or on):
        return None
    if quoted is None:
        message = "the text that is quoted is held in full, which proves the words: take 'seen', 'how' and 'on' out"
        raise RefusalError(RULE, message)
    if not (seen.split() and how and on):
        form = f'seen="{seen or "some-key"}", how="{how or "exactly"}", on="{on or "2004-05-11"}"'
        raise RefusalError(RULE, f"words that were seen elsewhere say in which copy, how far and on which day: {form}")
    copies = tuple(find_entry(edition, key) for key in dict.fromkeys(seen.split()))
    if quoted in copies:
        message = f"'{quoted.key}' is what is quoted: name the copy in which its words were seen"
        raise RefusalError(RULE, message)
    if how not in EXTENTS:
        hint = did_you_mean(how, EXTENTS) or f": write one of {', '.join(EXTENTS)}"
        raise RefusalError(RULE, f"'{how}' does not say how far words were seen{hint}")
    try:
        day = Date.read(on)
    except ValueError as error:
        raise RefusalError(RULE, f"'on': {error}") from None
    if not day.day:
        raise RefusalError(RULE, f"'on' is the day on which the words were seen: add the day to '{on}'")
    dated = quoted.date if isinstance(quoted, Entry) else edition.documents[split_address(quoted.address)[0]].date
    for what, date in (("what is quoted", dated), *((f"'{copy.key}'", copy.date) for copy in copies)):
        if date and date > day:
            raise RefusalError(
                RULE, f"the words cannot have been seen on {day}: {what} is of {date}; put right one date"
            )
    return Testimony(copies, how, day)
