"""The bibliography: outside sources, read from BibTeX (the entry types and fields of BibLaTeX)."""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..derived.index import grouped, sources
from ..derived.leaves import leaf_on, spread
from ..derived.links import place_of
from ..derived.uses import references
from ..model.edition import Edition
from ..model.entry import GRADES, Entry
from ..model.macro import Role
from ..text.call import Call
from ..text.file import TextFile
from .base import Context, macro, part_of

logging.getLogger("bibtexparser").addHandler(logging.NullHandler())  # what it has to say is said by problems


_UNGRADED = "not graded"
_ENTRY, _PLACE = 470, 150  # bytes of the marks of a source, and of each place that cites it


def _measure(edition: Edition, page: TextFile, call: Call) -> tuple[int, list[int]]:
    used = references(edition)
    places = [len({file.uri for file, _ in used.get(entry.key, ())}) for entry in sources(edition)]
    sizes = [len("".join(entry.fields.values()).encode()) for entry in sources(edition)]
    return 0, [_ENTRY + size + _PLACE * count for size, count in zip(sizes, places, strict=True)]


def _anchors(edition: Edition, page: TextFile, call: Call) -> Iterable[str]:
    here = sources(edition)[leaf_on(spread(edition, page, call, len(sources(edition))), page).part]
    return [*(entry.key for entry in here), *map(_letter_id, _by_letter(here))]


def _by_letter(entries: Sequence[Entry]) -> Mapping[str, Sequence[Entry]]:
    """Return sources by the letter that they begin with, in order; those that begin with none of A to Z together."""
    firsts = ((entry.sort_key[0][:1].upper(), entry) for entry in entries)
    return grouped((first if "A" <= first <= "Z" else "…", entry) for first, entry in firsts)


def _letter_id(letter: str) -> str:
    """Return the id of the place where a letter begins."""
    return f"letter-{letter.lower()}" if letter.isalpha() else "letter-other"


@macro(template="bibliography.html", role=Role.BIBLIOGRAPHY, anchors=_anchors, measure=_measure)
def bibliography(context: Context) -> Mapping[str, Any]:
    """List every source of the bibliography by letter, each with links back to the places that cite it.

    Above them they are counted by grade; with a script a reader chooses those of one grade or kind.
    """
    edition = context.edition

    def places(key: str) -> list[tuple[str, str]]:
        uses = references(edition).get(key, ())
        return list(dict.fromkeys(place_of(edition, file, call, context.page) for file, call in uses))

    found = sources(edition)
    here, pages = part_of(context, [entry.head or entry.title for entry in found])
    letters = [
        (letter, _letter_id(letter), [{**entry.plain, "places": places(entry.key)} for entry in some])
        for letter, some in _by_letter(found[here]).items()
    ]
    counts = Counter(entry.grade or _UNGRADED for entry in found)
    grades = [(grade, counts[grade]) for grade in (*GRADES, _UNGRADED) if counts[grade]]
    return {"letters": letters, "pages": pages, "grades": grades, "ungraded": _UNGRADED}
