"""The macro `comparisons`: those of two declarations of one series that are made before a reader asks for them.

Neighbours in their series have a page, an author's or one that the edition makes.  Other pairs have a plain table,
which a script sets into the page that lists all of them: the nearest first, and `MOST` of them at most, so that their
number never grows as the square of the collection.  Nothing is made that no page lists.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from ..derived.alignment import says
from ..derived.digest import LABELS
from ..derived.links import link_to
from ..derived.pairs import Pair, compared_series, labels, pairs
from ..model.document import Document
from ..model.edition import Edition
from ..model.macro import Role
from ..text.call import Call
from ..text.file import TextFile
from ..text.target import relative
from .base import Context, macro, part_of


def _compared(edition: Edition) -> list[Sequence[Document]]:
    return [documents for documents in compared_series(edition) if len(documents) > 1]


def _measure(edition: Edition, page: TextFile, call: Call) -> tuple[int, list[int]]:
    return 200 * len(edition.threads), [500 + 550 * len(documents) for documents in _compared(edition)]


@macro(template="comparisons.html", role=Role.COMPARISONS, measure=_measure)
def comparisons(context: Context) -> Mapping[str, Any]:
    """List the declarations of each series, with a link to the comparison of each with the one before it.

    Readers also choose here any two or more of them, and a thread, and see them side by side.
    Neighbours have a page of their own: the one you write, with nothing but their `compare` in it, or else one that is
    made below the folder of the first page that calls this macro.  Two that have no clause in common have none.
    """
    edition, page = context.edition, context.page
    threads = [
        (
            thread.id,
            thread.front.title,
            " ".join(dict.fromkeys(name.rpartition("#")[2] for name in thread.front.clauses)),
            relative(thread.file.uri, page.uri),
        )
        for thread in edition.threads.values()
    ]
    found = _compared(edition)
    here, pages = part_of(context, [documents[0].series or documents[-1].title for documents in found])
    groups = [_group(edition, documents, page) for documents in found[here]]
    return {"groups": groups, "threads": threads, "findings": "|".join(LABELS), "pages": pages}


def _group(edition: Edition, documents: Sequence[Document], page: TextFile) -> Mapping[str, Any]:
    """Return the declarations of a series, each with its comparison with the one before it, and the other pairs."""
    names = labels(documents)
    before = {newer.id: older.id for older, newer in pairwise(documents)}
    found = [pair for pair in pairs(edition).values() if {*pair.key} <= {*names}]
    links = {pair.key: _link(pair, names[pair.older.id], page) for pair in found}
    return {
        "name": documents[0].series or documents[-1].title,
        "documents": [
            {
                "id": one.id,
                "label": names[one.id],
                "name": one.name,
                "href": link_to(edition, one.id, page),
                "before": links.get((before.get(one.id, ""), one.id)),
            }
            for one in documents
        ],
        "others": [
            _link(pair, f"{names[pair.older.id]} and {names[pair.newer.id]}", page)
            for pair in found
            if before.get(pair.newer.id) != pair.older.id
        ],
    }


def _link(pair: Pair, label: str, page: TextFile) -> dict[str, Any]:
    rows = pair.rows
    return {
        "pair": ",".join(pair.key),
        "kind": "page" if pair.kind == "authored" else pair.kind,
        "label": label,
        "href": relative(pair.uri, page.uri),
        "shared": sum(all(map(says, row)) for row in rows),
        "rows": len(rows),
    }
