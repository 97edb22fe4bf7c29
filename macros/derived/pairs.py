"""Pairs: comparisons of two declarations of one series that are made before a reader asks for them."""

import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Literal

from ..model.document import Document
from ..model.edition import Edition, derived
from ..model.macro import Role, in_role
from ..text.file import TextFile
from ..text.reading import parse
from ..text.target import relative
from .alignment import Parts, align, is_empty
from .index import all_series, beside
from .uses import page_that

MOST = 100
"""Pairs that are no neighbours: all of them in a series of 15 declarations."""


@dataclass(frozen=True)
class Pair:
    """Two declarations and what shows them side by side: a page or a plain table, by its path below the docs folder.

    `rows` are the clauses of both that stand for each other.  Where they have nothing to compare, the plain table is
    for scripts alone, and leads a reader on to the list of all comparisons.
    """

    older: Document
    newer: Document
    rows: tuple[tuple[Parts, ...], ...]
    uri: str
    kind: Literal["authored", "page", "table", "nothing"]

    @property
    def key(self) -> tuple[str, str]:
        """The ids of the two."""
        return self.older.id, self.newer.id


@derived
def compared_series(edition: Edition) -> tuple[tuple[Document, ...], ...]:
    """Return the declarations of each series in order of date, examples left out."""
    return tuple(
        documents
        for documents in all_series(edition).values()
        if documents[0].kind.is_compared and not documents[0].is_example
    )


@derived
def pairs(edition: Edition) -> Mapping[tuple[str, str], Pair]:
    """Return the pairs of an edition by the ids of older and newer declaration."""
    found = {pair.key: pair for pair in _authored(edition)}
    listed = page_that(edition, Role.COMPARISONS)
    room = MOST
    for older, newer, is_near in _candidates(compared_series(edition)) if listed else ():
        if not is_near and not room:
            break
        place = posixpath.join(posixpath.dirname(listed), older.id, newer.id + (".md" if is_near else ".html"))
        if (older.id, newer.id) not in found and edition.pages.keys().isdisjoint(_same(place)):
            rows = align(edition, (older, newer))
            kind: Literal["page", "table", "nothing"] = "page" if is_near else "table"
            if is_empty(edition, (older, newer), rows):
                kind, place = "nothing", place.replace(".md", ".html")
            found[older.id, newer.id] = Pair(older, newer, rows, place, kind)
            room -= not is_near
    return found


def _same(place: str) -> tuple[str, ...]:
    """Return the paths of all pages that would stand where the page of a path does."""
    folder = place.removesuffix(".md")
    return place, f"{folder}/index.md", f"{folder}/README.md"


def _authored(edition: Edition) -> Iterator[Pair]:
    """Yield the pairs that an author's page compares and nothing else."""
    order = {
        document.id: (at, number)
        for number, one in enumerate(compared_series(edition))
        for at, document in enumerate(one)
    }
    for uri, file in edition.pages.items():
        calls = list(in_role(edition.macros, file.calls, Role.COMPARISON))
        if len(calls) != 1 or "kind" in file.front:
            continue
        match calls[0].arguments:
            case [older, newer] if older in order and newer in order:
                (before, one), (after, other) = order[older], order[newer]
                if one == other and before < after:
                    both = edition.documents[older], edition.documents[newer]
                    yield Pair(*both, align(edition, both), uri, "authored")


def _candidates(all_series: Sequence[Sequence[Document]]) -> Iterator[tuple[Document, Document, bool]]:
    """Yield the pairs of all series, and whether they are neighbours: the nearest first, of these the newest."""
    for distance in range(1, max(map(len, all_series), default=0)):
        apart = [couple for documents in all_series for couple in zip(documents, documents[distance:], strict=False)]
        apart.sort(key=lambda couple: (couple[1].date, couple[0].date, couple[1].id), reverse=True)
        for older, newer in apart:
            yield older, newer, distance == 1


@derived
def pair_pages(edition: Edition) -> Mapping[str, TextFile]:
    """Return the pages and plain tables of pairs that the edition makes, by their paths."""
    return {
        pair.uri: _page(edition, pair) if pair.kind == "page" else _table(pair)
        for pair in pairs(edition).values()
        if pair.kind != "authored"
    }


def _title(pair: Pair) -> str:
    return f"{' and '.join(labels((pair.older, pair.newer)).values())} compared"


def made_page(uri: str, body: str, **front: Any) -> TextFile:
    """Return a page that the edition makes, with its front matter."""
    return replace(parse(body, uri, uri)[0], front=front)


def _table(pair: Pair) -> TextFile:
    return made_page(pair.uri, f'{{{{ compare("{pair.older.id}", "{pair.newer.id}") }}}}\n', title=_title(pair))


def _page(edition: Edition, pair: Pair) -> TextFile:
    older, newer, title = pair.older, pair.newer, _title(pair)
    links = [f"[{document.date}]({relative(document.file.uri, pair.uri)})" for document in (older, newer)]
    more = relative(page_that(edition, Role.COMPARISONS), pair.uri)
    body = (
        f"# {title}\n\n"
        f"The texts of {links[0]} and of {links[1]}, clause by clause, each beside its counterpart. "
        f"[Compare others]({more}).\n\n"
        f'{{{{ compare("{older.id}", "{newer.id}") }}}}\n'
    )
    described = f"The texts of {older.date} and of {newer.date} side by side, clause by clause."
    return made_page(pair.uri, body, title=title, description=described, hide=["navigation", "toc"])


def labels(documents: Sequence[Document]) -> Mapping[str, str]:
    """Return what tells documents apart in few letters, by their ids: years, dates, or dates and what else differs."""
    titles = {document.title for document in documents}
    told: Sequence[Callable[[Document], str]] = (
        lambda document: str(document.date.year),
        lambda document: str(document.date),
        lambda document: f"{document.date}, {document.title if len(titles) > 1 else document.id}",
    )
    for label in told:
        found = {document.id: label(document) for document in documents}
        if len(set(found.values())) == len(found):
            return found
    return {document.id: f"{document.date}, {document.id}" for document in documents}


@derived
def series_labels(edition: Edition) -> Mapping[str, str]:
    """Return what tells each document from the others of its series in few letters, by its id."""
    return {id: label for documents in all_series(edition).values() for id, label in labels(documents).items()}


def neighbours(edition: Edition, document: Document, page: TextFile) -> tuple[tuple[str, str], ...]:
    """Return label and link of the comparisons of a document with the one before it and the one after it."""
    found = []
    for older, newer in pairwise(beside(edition)[document.id]):
        pair = pairs(edition).get((older.id, newer.id))
        if pair and pair.kind != "nothing":
            other = newer if older is document else older
            found.append((series_labels(edition)[other.id], relative(pair.uri, page.uri)))
    return tuple(found)
