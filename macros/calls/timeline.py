"""The timeline: the documents of the edition and other events, as a drawing and as a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..derived.index import published
from ..derived.links import link_to
from ..model.date import Date
from ..model.edition import Edition
from ..model.front import Event, PageFront, validate
from ..model.macro import Fragment, Role
from ..text.call import Call
from ..text.file import TextFile
from .base import Context, first_leaf, macro, part_of

LEFT, RIGHT, WIDTH = 20, 940, 960  # of the drawing, in its own units
LEVEL = 14  # between two marks that would touch
NEAR = 11


@dataclass(frozen=True)
class Point:
    """One point in time: a document of the edition, by its id, or an event that has no page of its own."""

    date: Date
    title: str
    id: str
    kind: str
    event: Event | None = None

    @property
    def position(self) -> float:
        """The date in years, a month or year that is not known taken at its middle."""
        month = self.date.month or 6.5
        return self.date.year + (month - 1) / 12 + (self.date.day or 15) / 365

    @property
    def order(self) -> tuple[int, int, int]:
        """Its place in the list: where the day or the month is not known, behind those of which it is."""
        return self.date.year, self.date.month or 13, self.date.day or 32


def _points(edition: Edition, page: TextFile) -> list[Point]:
    """Return the points of a page's timeline, in order."""
    front, _ = validate(page, PageFront, kind="page")
    points = [Point(one.date, one.title, one.id, one.kind.name) for one in published(edition)]
    points += [
        Point(event.date, event.title, "", "event" if event.held else "not-held", event)
        for event in (front.events if front else ())
    ]
    return sorted(points, key=lambda point: (point.order, point.title))


def _measure(edition: Edition, page: TextFile, call: Call) -> tuple[int, list[int]]:
    points = _points(edition, page)
    told = [f"{one.title * 2}{one.event.model_dump_json() if one.event else ''}" for one in points]
    return 0, [650 + len(text.encode()) for text in told]


@macro(role=Role.TIMELINE, measure=_measure)
def timeline(context: Context) -> Fragment:
    """Draw and list the documents of the edition, and the `events` in the page's front matter, along the years."""
    edition = context.edition

    def data() -> Mapping[str, Any]:
        points = _points(edition, edition.pages.get(first_leaf(context), context.page))
        here, pages = part_of(context, [str(point.date) for point in points])
        own = points[here]
        return {"points": [_shown(edition, point, context.page) for point in own], "pages": pages, **_drawing(own)}

    return Fragment("timeline.html", data)


def _shown(edition: Edition, point: Point, page: TextFile) -> Mapping[str, Any]:
    """Return a point as the template takes it; what an event tells of itself is parted by signs."""
    details, source = "", None
    if point.event:
        who = "; ".join(filter(None, (point.event.place, point.event.people)))
        details = ". ".join(filter(None, (who, point.event.outcome)))
        if entry := edition.entries.get(point.event.source):
            source = (entry.short, link_to(edition, entry.key, page))
    href = link_to(edition, point.id, page) if point.id else ""
    shown = {"date": point.date.plain, "title": point.title, "href": href, "kind": point.kind}
    return {**shown, "is_event": point.event is not None, "details": details, "source": source}


def _drawing(points: list[Point]) -> Mapping[str, Any]:
    """Return the places of marks and years; marks that would touch stand one above the other."""
    if not points:
        return {"marks": [], "years": [], "height": 0, "width": WIDTH, "base": 0}
    first, last = points[0].date.year, points[-1].date.year + 1
    scale = (RIGHT - LEFT) / max(last - first, 1)
    marks: list[tuple[Point, float, int]] = []
    for point in points:
        x = LEFT + (point.position - first) * scale
        taken = {level for _, other, level in marks if abs(other - x) < NEAR}
        marks.append((point, round(x, 1), next(level for level in range(len(marks) + 1) if level not in taken)))
    base = 30 + LEVEL * max(level for _, _, level in marks)
    step = 5 if last - first > 12 else 1
    years = [(year, round(LEFT + (year - first) * scale, 1)) for year in range(first, last + 1) if year % step == 0]
    return {
        "marks": [
            (f"{point.date}: {point.title}", point.kind, x, base - 12 - level * LEVEL) for point, x, level in marks
        ],
        "years": years,
        "height": base + 26,
        "width": WIDTH,
        "base": base,
    }
