"""Pairs: comparisons of two declarations of one series that are made before a reader asks for them.

Neighbours in their series have a page, an author's or one that the edition makes.  Other pairs have a plain table,
which a script sets into the page that lists all of them: the nearest first, and `MOST` of them at most, so that their
number never grows as the square of the collection.  Nothing is made that no page lists.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from ..model.document import Clause, Document
from ..text.source import Source, parse
from .base import Context, Fragment, macro
from .compare import HELD, align

if TYPE_CHECKING:
    from ..derived.lineage import Link
    from ..model.edition import Edition

MOST = 100
"""Pairs that are no neighbours: all of them in a series of 15 declarations."""


@dataclass(frozen=True)
class Pair:
    """Two declarations and what shows them side by side: a page or a plain table, by its path below the docs folder."""

    older: Document
    newer: Document
    uri: str
    kind: Literal["authored", "page", "table"]

    @property
    def key(self) -> tuple[str, str]:
        """The ids of the two."""
        return self.older.id, self.newer.id

    @property
    def shared(self) -> int:
        """How many clauses are recorded in both."""
        return sum(all(row) for row in self.rows)

    @property
    def rows(self) -> tuple[tuple[Clause | None, ...], ...]:
        """The clauses of both that stand for each other."""
        return align((self.older, self.newer))


def series(edition: Edition) -> tuple[tuple[Document, ...], ...]:
    """Return the declarations of each series in order of date, examples left out."""
    return tuple(
        documents
        for (kind, is_example, _), documents in edition.series.items()
        if kind == "declaration" and not is_example
    )


def pairs(edition: Edition) -> Mapping[tuple[str, str], Pair]:
    """Return the pairs of an edition by the ids of older and newer declaration."""
    found = {pair.key: pair for pair in _authored(edition)}
    listed = edition.page_that("comparisons")
    room = MOST
    for older, newer, is_near in _candidates(series(edition)) if listed else ():
        if not is_near and not room:
            break
        place = posixpath.join(posixpath.dirname(listed), older.id, newer.id + (".md" if is_near else ".html"))
        if (older.id, newer.id) not in found and place not in edition.pages:
            found[older.id, newer.id] = Pair(older, newer, place, "page" if is_near else "table")
            room -= not is_near
    return found


def _authored(edition: Edition) -> Iterator[Pair]:
    """Yield the pairs that an author's page compares and nothing else."""
    order = {document.id: (at, number) for number, one in enumerate(series(edition)) for at, document in enumerate(one)}
    for uri, source in edition.pages.items():
        calls = [call for call in source.calls if call.name == "compare"]
        if len(calls) != 1 or "kind" in source.front:
            continue
        match calls[0].arguments:
            case [older, newer] if older in order and newer in order:
                (before, one), (after, other) = order[older], order[newer]
                if one == other and before < after:
                    yield Pair(edition.documents[older], edition.documents[newer], uri, "authored")


def _candidates(all_series: Sequence[Sequence[Document]]) -> Iterator[tuple[Document, Document, bool]]:
    """Yield the pairs of all series, and whether they are neighbours: the nearest first, of these the newest."""
    for distance in range(1, max(map(len, all_series), default=0)):
        apart = [couple for documents in all_series for couple in zip(documents, documents[distance:], strict=False)]
        apart.sort(key=lambda couple: (couple[1].date, couple[0].date, couple[1].id), reverse=True)
        for older, newer in apart:
            yield older, newer, distance == 1


def made(edition: Edition) -> Mapping[str, Source]:
    """Return the pages and plain tables that the edition makes, by their paths."""
    return {
        pair.uri: _table(pair) if pair.kind == "table" else _page(edition, pair)
        for pair in edition.pairs.values()
        if pair.kind != "authored"
    }


# Nothing of an author's stands in these but ids and dates, which can be no Markdown and no HTML.


def _title(pair: Pair) -> str:
    return f"{' and '.join(labels((pair.older, pair.newer)).values())} compared"


def _table(pair: Pair) -> Source:
    body = f'{{{{ compare("{pair.older.id}", "{pair.newer.id}") }}}}\n'
    return replace(parse(body, pair.uri, pair.uri)[0], front={"title": _title(pair)})


def _page(edition: Edition, pair: Pair) -> Source:
    older, newer, title = pair.older, pair.newer, _title(pair)
    here = Source(pair.uri, pair.uri)
    links = [f"[{document.date}]({edition.link(document.id, here)})" for document in (older, newer)]
    more = edition.relative(edition.page_that("comparisons"), here)
    body = (
        f"# {title}\n\n"
        f"The texts of {links[0]} and of {links[1]}, clause by clause, each beside its counterpart. "
        f"[Compare others]({more}).\n\n"
        f'{{{{ compare("{older.id}", "{newer.id}") }}}}\n'
    )
    front = {
        "title": title,
        "description": f"The texts of {older.date} and of {newer.date} side by side, clause by clause.",
        "hide": ["navigation", "toc"],
    }
    return replace(parse(body, pair.uri, pair.uri)[0], front=front)


def labels(documents: Sequence[Document]) -> Mapping[str, str]:
    """Return what tells documents apart in few letters, by their ids: their years, or their dates."""
    years = [document.date.year for document in documents]
    is_enough = len(set(years)) == len(years)
    return {document.id: str(document.date.year if is_enough else document.date) for document in documents}


def neighbours(edition: Edition, document: Document, page: Source) -> tuple[tuple[str, str], ...]:
    """Return label and link of the comparisons of a document with the one before it and the one after it."""
    found = []
    for older, newer in pairwise(edition.beside[document.id]):
        if pair := edition.pairs.get((older.id, newer.id)):
            other = newer if older is document else older
            found.append((edition.labels[other.id], edition.relative(pair.uri, page)))
    return tuple(found)


def compared(edition: Edition, lineage: Sequence[Link], page: Source) -> tuple[str, str] | None:
    """Return label and link of the comparison of a clause with its last record before, if both are made.

    `lineage` is the clause's, in order of date.
    """
    recorded = [link for link in lineage if link.clause]
    at = next((at for at, link in enumerate(recorded) if link.is_here), 0)
    if not at:
        return None
    older, newer = recorded[at - 1], recorded[at]
    pair = edition.pairs.get((older.document.id, newer.document.id))
    if pair is None or newer.clause is None:
        return None
    name = labels((older.document, newer.document))[older.document.id]
    if pair.kind == "table":
        asked = f"?compare={older.document.id},{newer.document.id}&row={newer.clause.id}"
        return name, edition.relative(edition.page_that("comparisons"), page) + asked
    return name, edition.relative(f"{pair.uri}#row-{newer.clause.id}", page)


@macro()
def comparisons(context: Context) -> Fragment:
    """List the declarations of each series, with a link to the comparison of each with the one before it.

    Readers also choose here any two or more of them, and a thread, and see them side by side.
    Neighbours have a page of their own: the one you write, with nothing but their `compare` in it, or else one that is
    made below the folder of the first page that calls this macro.
    """
    edition, page = context.edition, context.page

    def data() -> Mapping[str, Any]:
        threads = [
            (thread, " ".join(thread.front.clauses), edition.relative(thread.source.uri, page))
            for thread in edition.threads.values()
        ]
        groups = [_group(edition, documents, page) for documents in series(edition) if len(documents) > 1]
        return {"groups": groups, "threads": threads, "held": HELD}

    return Fragment("comparisons.html", data)


def _group(edition: Edition, documents: Sequence[Document], page: Source) -> Mapping[str, Any]:
    """Return the declarations of a series, each with its comparison with the one before it, and the other pairs."""
    names = labels(documents)
    before = {newer.id: older.id for older, newer in pairwise(documents)}
    links = {
        pair.key: (pair, names[pair.older.id], edition.relative(pair.uri, page))
        for pair in edition.pairs.values()
        if {*pair.key} <= {*names}
    }
    return {
        "name": documents[0].series or documents[-1].title,
        "documents": [
            (
                document,
                names[document.id],
                edition.link(document.id, page),
                links.get((before.get(document.id, ""), document.id)),
            )
            for document in documents
        ],
        "others": [
            (pair, f"{older} and {names[pair.newer.id]}", href)
            for pair, older, href in links.values()
            if before.get(pair.newer.id) != pair.older.id
        ],
    }
