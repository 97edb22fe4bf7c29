"""Arcs: a thread at a glance, its years with what was new in each, and what changed and happened between them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..model.date import Date
from ..model.document import Document
from ..model.edition import Edition
from ..model.note import Note
from ..model.passage import Clause
from ..model.thread import Thread
from .chronology import Point, all_placed, order
from .claims import Claim, claims
from .index import changes_of, compared_documents
from .proof import quotations_of
from .threads import clauses_of
from .uses import cited


@dataclass(frozen=True)
class Stop:
    """A document in a thread's arc: its clauses there, the notes on the changes up to it, and what came after it.

    `points` are the events after it and before the next one, `claims` what was said then of clauses of the thread.
    A first stop without a document holds what came before all others.
    """

    document: Document | None
    clauses: tuple[Clause, ...] = ()
    changes: tuple[Note, ...] = ()
    points: tuple[tuple[str, Point], ...] = ()
    claims: tuple[Claim, ...] = ()


def arc(edition: Edition, found: Thread) -> tuple[Stop, ...]:
    """Return the stops of a thread in order of time."""
    there = [(one, clauses_of(found, one)) for one in compared_documents(edition)]
    stops = [Stop(None), *(Stop(document, clauses) for document, clauses in there if clauses)]
    for note in _changes(edition, stops):
        at = max(at for at, stop in enumerate(stops) if any(one.address in note.between for one in stop.clauses))
        stops[at] = replace(stops[at], changes=(*stops[at].changes, note))
    for uri, point in all_placed(edition):
        if point.event and found.id in point.threads:
            at = _at(stops, point.date)
            stops[at] = replace(stops[at], points=(*stops[at].points, (uri, point)))
    for claim in _claims(edition, {one.address for stop in stops for one in stop.clauses}):
        at = _at(stops, claim.document.date)
        stops[at] = replace(stops[at], claims=(*stops[at].claims, claim))
    return tuple(stop for stop in stops if stop.document or stop.points or stop.claims)


def _changes(edition: Edition, stops: Iterable[Stop]) -> Iterable[Note]:
    """Return the notes on changes that lie between clauses of a thread, each once."""
    there = {one.address for stop in stops for one in stop.clauses}
    notes = {note.address: note for address in there for note in changes_of(edition).get(address, ())}
    found = (note for note in notes.values() if there.issuperset(note.between))
    return sorted(found, key=lambda note: (note.file.uri, note.start))


def _at(stops: list[Stop], date: Date) -> int:
    """Return after which of the stops a date falls; one of which the day is not known, after those of its month."""
    before = [at for at, stop in enumerate(stops) if stop.document is None or order(stop.document.date) <= order(date)]
    return before[-1]


def _claims(edition: Edition, addresses: set[str]) -> Iterable[Claim]:
    """Yield the claims about clauses: in words that quote one, or by a note that cites one."""
    quoted: dict[str, list[int]] = {}
    for address in addresses:
        for one in quotations_of(edition).get(address, ()):
            quoted.setdefault(one.file.uri, []).append(one.call.start)
    for claim in claims(edition):
        note = claim.note
        if any(
            claim.start <= at < claim.end for at in quoted.get(claim.document.file.uri, ())
        ) or not addresses.isdisjoint(cited(edition, note.file, note.start, note.end)):
            yield claim
