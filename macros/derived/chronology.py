"""The chronology: the documents of the edition and the events around them, in order of time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..model.date import Date
from ..model.edition import Edition, derived
from ..model.front import Event, PageFront, validate
from ..model.macro import Role, in_role, targets
from ..text.call import Call
from ..text.file import TextFile
from ..text.markup import numbered
from .index import published, threads_of
from .leaves import spread


@dataclass(frozen=True)
class Point:
    """One point in time: a document of the edition, by its id, or an event that has no page of its own.

    `kind` is that of the document or of the event; `anchor` is the id of the point on the page of the chronology.
    """

    date: Date
    title: str
    kind: str
    threads: tuple[str, ...]
    id: str = ""
    event: Event | None = None
    anchor: str = ""


def order(date: Date) -> tuple[int, int, int]:
    """Return the place of a date in time: where the day or the month is not known, behind those of which it is."""
    return date.year, date.month or 13, date.day or 32


def events(edition: Edition, page: TextFile) -> Sequence[Event]:
    """Return the events that a page gives in its front matter."""
    front, _ = validate(page, PageFront, kind="page")
    return front.events if front else ()


def points(edition: Edition, page: TextFile) -> tuple[Point, ...]:
    """Return the points of a page's chronology in order; a document stands behind those of its day that it is about."""
    found = [
        Point(one.date, one.title, one.kind.name, threads(edition).get(one.id, ()), one.id)
        for one in sorted(published(edition), key=lambda one: one.kind.is_received)
    ]
    found += [
        Point(one.date, one.title, one.kind, tuple(dict.fromkeys(one.threads)), event=one)
        for one in events(edition, page)
    ]
    taken = set[str]()
    in_order = sorted(found, key=lambda point: order(point.date))
    return tuple(replace(point, anchor=numbered(f"on-{point.date.iso}", taken)) for point in in_order)


def placed(edition: Edition, page: TextFile, call: Call) -> tuple[tuple[str, Point], ...]:
    """Return the points of the chronology of a call, each with the path of the page that it stands on."""
    own = points(edition, edition.pages.get(spread(edition, page, call)[0].uri, page))
    return tuple((leaf.uri, point) for leaf in spread(edition, page, call, len(own)) for point in own[leaf.part])


@derived
def all_placed(edition: Edition) -> tuple[tuple[str, Point], ...]:
    """Return the points of the edition's chronology, which is that of the first page that has one."""
    calls = (
        (page, call) for page in edition.pages.values() for call in in_role(edition.macros, page.calls, Role.CHRONOLOGY)
    )
    return next((placed(edition, page, call) for page, call in calls), ())


@derived
def threads(edition: Edition) -> Mapping[str, tuple[str, ...]]:
    """Return the threads that each document belongs to, by its id: by its clauses, or by those that it speaks of."""
    found = {}
    for document in published(edition):
        addresses = [clause.address for clause in document.clauses]
        calls = document.file.calls if document.kind.is_received else ()
        addresses += [target for call in calls for target in targets(edition.macros, call)]
        named = [id for address in addresses for id in threads_of(edition, address)]
        found[document.id] = tuple(id for id in edition.threads if id in named)
    return found
