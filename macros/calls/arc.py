"""The arc of a thread: its years at a glance."""

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from ..derived.arc import Stop
from ..derived.arc import arc as arc_of
from ..derived.chronology import order
from ..derived.links import link_to
from ..derived.threads import find, is_taken_in
from ..model.change import CHANGES
from ..model.edition import Edition
from ..model.macro import Fragment
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
    found = find(edition, id)

    def data() -> Mapping[str, Any]:
        stops = arc_of(edition, found)
        shown = [_shown(edition, found, one, then, context.page) for one, then in zip_longest(stops, stops[1:])]
        return {"title": found.front.title, "stops": shown}

    return Fragment("arc.html", data)


def _shown(edition: Edition, found: Thread, stop: Stop, then: Stop | None, page: TextFile) -> Mapping[str, Any]:
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


def _beside(edition: Edition, stop: Stop, page: TextFile) -> Iterator[tuple[tuple[int, int, int], Mapping[str, Any]]]:
    """Yield what was said and what happened after a stop, each with its place in time."""
    for document in {claim.document.id: claim.document for claim in stop.claims}.values():
        notes = [claim.note for claim in stop.claims if claim.document is document]
        links = [(note.title, note.verdict, link_to(edition, note.address, page)) for note in notes]
        yield order(document.date), {"date": document.date.plain, "of": document.title, "links": links}
    for uri, point in stop.points:
        href = relative(f"{uri}#{point.anchor}", page.uri)
        yield order(point.date), {"date": point.date.plain, "of": "", "links": [(point.title, "", href)]}
