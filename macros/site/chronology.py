"""The chronology as a table: values with commas between (RFC 4180), in UTF-8, with a row for each point."""

import csv
import io

from ..derived.chronology import all_placed
from ..model.edition import Edition
from .addresses import Site

COLUMNS = ("date", "kind", "title", "held", "place", "people", "outcome", "threads", "sources", "grades", "address")
"""The names of the columns; where a point has several values of one, they are parted by semicolons."""


def table(edition: Edition, site: Site) -> str:
    """Return the chronology of an edition as a table; addresses are whole where that of the site is known."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for uri, point in all_placed(edition):
        event, front = point.event, edition.documents[point.id].front if point.id else None
        known = [edition.entries[key] for key in (event.sources if event else ()) if key in edition.entries]
        row = (
            point.date.iso,
            point.kind,
            point.title,
            "no" if event and not event.held else "yes",
            getattr(event or front, "place", "") or "",
            event.people if event else "; ".join(front.people if front else ()),
            event.outcome if event else "",
            "; ".join(point.threads),
            "; ".join(entry.short for entry in known),
            "; ".join(entry.grade for entry in known),
            f"{site.page(uri) or site.urls.get(uri, '')}#{point.anchor}",
        )
        writer.writerow(map(_plain, row))
    return out.getvalue()


def _plain(value: str) -> str:
    """Return a value that no table calculates with: one that begins as a formula does is marked as text."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@") else value
