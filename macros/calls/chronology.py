"""The chronology: the documents of the edition and the events around them, as lanes by thread and as a list."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..derived.chronology import Point, placed, points
from ..derived.leaves import spread
from ..derived.links import link_to
from ..model.edition import Edition
from ..model.front import EVENT_KINDS
from ..model.kind import KINDS
from ..model.layout import table_of
from ..model.macro import Role
from ..text.call import Call
from ..text.file import TextFile
from ..text.target import relative
from .base import Context, macro, part_of

LABELS = {**{kind.name: kind.label for kind in KINDS.values()}, **EVENT_KINDS}
"""What a reader is told of each kind of point."""


def _measure(edition: Edition, page: TextFile, call: Call) -> tuple[int, list[int]]:
    found = points(edition, page)
    printed = [one.event.model_dump_json(exclude={"also"}) if one.event else "" for one in found]
    told = [one.title * (2 + len(one.threads)) + event for one, event in zip(found, printed, strict=True)]
    fixed = 1_500 + 200 * len(edition.threads) * (1 + len({one.date.year for one in found}) // 10)
    sizes = [500 + 100 * (len(one.threads) + (len(one.event.sources) if one.event else 0)) for one in found]
    return fixed, [size + len(text.encode()) for size, text in zip(sizes, told, strict=True)]


def _anchors(edition: Edition, page: TextFile, call: Call) -> Iterable[str]:
    return [point.anchor for uri, point in placed(edition, page, call) if uri == page.uri]


@macro(template="chronology.html", role=Role.CHRONOLOGY, measure=_measure, anchors=_anchors)
def chronology(context: Context) -> Mapping[str, Any]:
    """List the documents of the edition, and the `events` in the page's front matter, in order of time.

    Above the list they stand as marks in lanes, one for each thread; readers choose a thread or a kind.
    """
    edition, page = context.edition, context.page
    home = spread(edition, page, context.call)[0].uri  # an author's
    found = points(edition, edition.pages.get(home, page))
    here, pages = part_of(context, [str(point.date) for point in found])
    own = found[here]
    return {
        "points": [_shown(edition, point, page) for point in own],
        "years": sorted({point.date.year for point in own}),
        "lanes": _lanes(edition, own, page),
        "kinds": [(kind, label) for kind, label in LABELS.items() if any(point.kind == kind for point in found)],
        "table": relative(table_of(home), page.uri),
        "pages": pages,
    }


def _shown(edition: Edition, point: Point, page: TextFile) -> Mapping[str, Any]:
    """Return a point as the template takes it; what it tells of itself is parted by signs."""
    told = point.event or edition.documents[point.id].front
    people = point.event.people if point.event else ", ".join(edition.documents[point.id].front.people)
    who = "; ".join(filter(None, (getattr(told, "place", ""), people)))
    known = [edition.entries[key] for key in (point.event.sources if point.event else ()) if key in edition.entries]
    return {
        "date": point.date.plain,
        "title": point.title,
        "href": link_to(edition, point.id, page) if point.id else "",
        "kind": point.kind,
        "label": LABELS[point.kind],
        "anchor": point.anchor,
        "is_held": not point.event or point.event.held,
        "details": ". ".join(filter(None, (who, point.event.outcome if point.event else ""))),
        "sources": [(entry.short, entry.grade, link_to(edition, entry.key, page)) for entry in known],
        "of": " ".join(point.threads),
        "threads": [
            (edition.threads[id].front.title, relative(edition.threads[id].file.uri, page.uri))
            for id in (point.threads if point.event else ()) if id in edition.threads
        ],
    }  # fmt: skip


def _lanes(edition: Edition, found: Sequence[Point], page: TextFile) -> list[Mapping[str, Any]]:
    """Return the lanes, each with its marks by year: the last has what belongs to no thread."""
    lanes = [
        (id, thread.front.title, relative(thread.file.uri, page.uri), [one for one in found if id in one.threads])
        for id, thread in edition.threads.items()
    ]
    known = edition.threads.keys()
    lanes.append(("", "Other", "", [one for one in found if known.isdisjoint(one.threads)]))
    return [
        {
            "id": id,
            "title": title,
            "href": href,
            "years": [
                [(f"{one.date}: {one.title}", one.kind, one.anchor) for one in own if one.date.year == year]
                for year in sorted({point.date.year for point in found})
            ],
        }
        for id, title, href, own in lanes
        if own
    ]
