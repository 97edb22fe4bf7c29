"""The arc of a thread: its years at a glance, with what was new in each, and what changed and happened between them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from ..derived.chronology import Point, all_placed, order
from ..derived.claims import Claim, claims
from ..derived.index import changes_between, compared_documents, grouped
from ..derived.links import link_to
from ..derived.lookup import find_thread
from ..derived.proof import quotations_of
from ..derived.threads import clauses_of, is_taken_in
from ..derived.uses import cited
from ..model.date import Date
from ..model.document import Document
from ..model.edition import Edition
from ..model.finding import CHANGES
from ..model.macro import Fragment
from ..model.note import Note
from ..model.passage import Clause
from ..model.thread import Thread
from ..text.file import TextFile
from ..text.target import relative
from .base import Context, macro


@macro()
def arc(context: Context, id: str) -> Fragment:
    """Draw the arc of a thread: its years, what was new in each, what changed between them, and what else happened.

    `id` is the thread's, the name of its file below `docs/threads/`.  What is new stands on the heading of a clause
    (`arc="…"`, at most four words); the events are those of the chronology that name the thread.
    """
    edition = context.edition
    found = find_thread(edition, id)

    def data() -> Mapping[str, Any]:
        stops = _stops(edition, found)
        shown = [_shown(edition, found, one, then, context.page) for one, then in zip_longest(stops, stops[1:])]
        return {"title": found.front.title, "stops": shown}

    return Fragment("arc.html", data)


@dataclass(frozen=True)
class _Stop:
    """A document in a thread's arc: its clauses there, the notes on the changes up to it, and what came after it.

    `points` are the events after it and before the next one, `claims` what was said then of clauses of the thread.
    A first stop without a document holds what came before all others.
    """

    document: Document | None
    clauses: Sequence[Clause]
    changes: Sequence[Note]
    points: Sequence[tuple[str, Point]]
    claims: Sequence[Claim]


def _stops(edition: Edition, found: Thread) -> list[_Stop]:
    """Return the stops of a thread in order of time."""
    there = [(one, clauses) for one in compared_documents(edition) if (clauses := clauses_of(found, one))]
    places = {clause.address: at for at, (_, clauses) in enumerate(there, start=1) for clause in clauses}

    def after(date: Date) -> int:
        """Return the stop that a date falls behind; one without a day comes after those of its month."""
        return max((at for at, (one, _) in enumerate(there, start=1) if order(one.date) <= order(date)), default=0)

    changes = grouped(
        (max(places[a] for a in note.between), note) for note in changes_between(edition, frozenset(places))
    )
    named = (placed for placed in all_placed(edition) if placed[1].event and found.id in placed[1].threads)
    points = grouped((after(point.date), (uri, point)) for uri, point in named)
    said = grouped((after(claim.document.date), claim) for claim in _claims(edition, places.keys()))
    stops = [
        _Stop(document, clauses, changes.get(at, ()), points.get(at, ()), said.get(at, ()))
        for at, (document, clauses) in enumerate([(None, ()), *there])
    ]
    return [stop for stop in stops if stop.document or stop.points or stop.claims]


def _claims(edition: Edition, addresses: Iterable[str]) -> Iterator[Claim]:
    """Yield the claims about clauses: in words that quote one, or by a note that cites one."""
    quotations = (one for address in addresses for one in quotations_of(edition).get(address, ()))
    quoted = grouped((one.file.uri, one.call.start) for one in quotations)
    for claim in claims(edition):
        note, places = claim.note, quoted.get(claim.document.file.uri, ())
        if any(claim.start <= at < claim.end for at in places) or not {*addresses}.isdisjoint(
            cited(edition, note.file, note.start, note.end)
        ):
            yield claim


def _shown(edition: Edition, found: Thread, stop: _Stop, then: _Stop | None, page: TextFile) -> Mapping[str, Any]:
    """Return a stop as the template takes it, with the changes on the way to the one behind it."""
    named = [clause for clause in stop.clauses if clause.arc] or stop.clauses
    return {
        "date": stop.document.date.plain if stop.document else None,
        "clauses": [
            (clause.arc or clause.name, bool(clause.arc), clause.name if is_taken_in(found, clause) else "",
             link_to(edition, clause.address, page))
            for clause in named
        ],
        "changes": [
            (note.title, CHANGES.get(note.change, ""), relative(f"{then.document.file.uri}#note-{note.id}", page.uri))
            for note in (then.changes if then else ()) if then and then.document
        ],
        "beside": [dict(item) for _, item in sorted(_beside(edition, stop, page), key=lambda item: item[0])],
    }  # fmt: skip


def _beside(edition: Edition, stop: _Stop, page: TextFile) -> Iterator[tuple[tuple[int, int, int], Mapping[str, Any]]]:
    """Yield what was said and what happened after a stop, each with its place in time."""
    for id, some in grouped((claim.document.id, claim.note) for claim in stop.claims).items():
        document = edition.documents[id]
        links = [(note.title, note.verdict, link_to(edition, note.address, page)) for note in some]
        yield order(document.date), {"date": document.date.plain, "of": document.title, "links": links}
    for uri, point in stop.points:
        href = relative(f"{uri}#{point.anchor}", page.uri)
        yield order(point.date), {"date": point.date.plain, "of": "", "links": [(point.title, "", href)]}
