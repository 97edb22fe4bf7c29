"""Leaves: the pages of a comparison or a list that is too long for one, and all pages that the edition makes.

The first leaf is the page that calls for it.  The others are made below that page, by number, with the same call.
What is listed is shared out by the bytes that it takes at most, so that no page is a burden to a reader's device.
"""

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..model.document import Document
from ..model.edition import Edition, derived, kept
from ..model.macro import Role
from ..model.passage import split_address
from ..text.call import Call
from ..text.file import TextFile
from ..text.problem import RefusalError
from .alignment import Parts, align, noted, ordered, shown
from .collation import is_same
from .lookup import find_clause, find_document
from .pairs import made_page, pair_pages

MOST_BYTES = 300_000
"""Bytes of a page with a comparison, as long as none of its rows alone is longer, or with sources, which are sought."""
MOST_BYTES_LISTED = 150_000
"""Bytes of a page with a list that grows with the collection."""
MOST_LISTED = 1_000
"""Rows of a comparison that each of its pages lists; of longer ones a page lists its own."""

_PAGE = 40_000  # bytes of a page without its rows: head, navigation, foot
_ROW, _CELL, _LISTED = 600, 300, 190  # bytes of their marks
_PARAGRAPH, _CHANGED = 30, 200  # the same, of a paragraph that stands beside an equal one, and of another


@dataclass(frozen=True)
class Leaf:
    """One page of a list: its path, the offset of the call on it, what it lists, from the first to behind the last."""

    uri: str
    call: int
    start: int
    end: int

    @property
    def part(self) -> slice:
        """Which of all things it lists."""
        return slice(self.start, self.end)


def aligned(edition: Edition, addresses: Sequence[str]) -> tuple[Sequence[Document], Sequence[Sequence[Parts]]]:
    """Return the documents that a call compares, and its rows; raises `RefusalError` where it compares nothing."""
    if len(addresses) < 2:
        named = [part.strip() for address in addresses for part in address.split(",")]
        form = ", ".join(f'"{part}"' for part in (named if len(named) > 1 else ("one#clause", "other#clause")))
        message = f"'compare' asks for two or more, each in quotation marks of its own: write compare({form})"
        raise RefusalError("arguments-fit", message)
    if len(set(addresses)) < len(addresses):
        raise RefusalError("arguments-fit", "'compare' is given the same address twice: write another in its place")
    with_clause = ["#" in address for address in addresses]
    if any(with_clause) and not all(with_clause):
        raise RefusalError(
            "arguments-fit", "'compare' takes clauses or whole documents, not both: write every address alike"
        )
    documents = [find_document(edition, split_address(address)[0]) for address in addresses]
    for document in documents:
        if not document.kind.is_compared:
            raise RefusalError(
                "document-resolves",
                f"'{document.id}' is a {document.kind}; clauses of declarations are compared",
            )
    if all(with_clause):
        return documents, [[(find_clause(edition, address),) for address in addresses]]
    return documents, ordered(edition, documents, align(edition, documents))


@derived
def leaves(edition: Edition) -> Mapping[tuple[str, int], tuple[Leaf, ...]]:
    """Return the leaves of each call that has several, by the path of each of them and the call there."""
    return {(leaf.uri, leaf.call): found for found, _ in _made(edition) for leaf in found}


def spread(edition: Edition, page: TextFile, call: Call, count: int = 0) -> tuple[Leaf, ...]:
    """Return the leaves of a call that lists so many things; where one page is enough, that alone."""
    return leaves(edition).get((page.uri, call.start)) or (Leaf(page.uri, call.start, 0, count),)


def leaf_on(found: Sequence[Leaf], page: TextFile) -> Leaf:
    """Return the one of a call's leaves that is a page."""
    return next(leaf for leaf in found if leaf.uri == page.uri)


@derived
def made_pages(edition: Edition) -> Mapping[str, TextFile]:
    """Return all pages and plain tables that the edition makes, by their paths."""
    return {**pair_pages(edition), **{page.uri: page for _, pages in _made(edition) for page in pages}}


@derived
def _made(edition: Edition) -> tuple[tuple[tuple[Leaf, ...], tuple[TextFile, ...]], ...]:
    """Return the leaves of each call that has several, with the pages that are made for them."""
    uris = (*edition.pages, *pair_pages(edition))
    return tuple(one for uri in uris for one in _made_from(edition, uri))


@kept
def _made_from(edition: Edition, uri: str) -> tuple[tuple[tuple[Leaf, ...], tuple[TextFile, ...]], ...]:
    page = edition.pages.get(uri) or pair_pages(edition)[uri]
    found, taken = [], 1
    for call in page.calls:
        known = edition.macros.get(call.name)
        if known is None or known.measure is None:
            continue
        fixed, weights = known.measure(edition, page, call)
        is_long = known.role in (Role.COMPARISON, Role.BIBLIOGRAPHY)
        most = MOST_BYTES if is_long else MOST_BYTES_LISTED
        bounds = _bounds(weights, most - _PAGE - fixed)
        stem, _, ending = page.uri.rpartition(".")
        folder = posixpath.dirname(stem) if posixpath.basename(page.uri) == "index.md" else stem
        paths = [posixpath.join(folder, f"{taken + number}.{ending}") for number in range(1, len(bounds))]
        if not paths or not edition.paths.isdisjoint(paths):
            continue  # an author's page stands before one that is made
        taken += len(paths)
        pages = tuple(
            _page(page, path, f"{number} of {len(bounds)}", page.body[call.start : call.end])
            for number, path in enumerate(paths, start=2)
        )
        places = [(page.uri, call.start), *((made.uri, made.calls[0].start) for made in pages)]
        found.append((tuple(Leaf(*at, *span) for at, span in zip(places, bounds, strict=True)), pages))
    return tuple(found)


def _page(home: TextFile, uri: str, number: str, text: str) -> TextFile:
    """Return the page of a leaf, which has the call of the first one."""
    title = f"{home.title}, {number}"
    body = f"# {title}\n\n{text}\n"
    return made_page(uri, body, title=title, description=f"{title}.", hide=["navigation", "toc"])


def _bounds(weights: Sequence[int], room: int) -> list[tuple[int, int]]:
    """Share out things of these weights among as few pages as hold them: each from its first to behind its last."""
    starts, weight = [0], 0
    for number, one in enumerate(weights):
        if weight and weight + one > room:
            starts.append(number)
            weight = 0
        weight += one
    return list(pairwise([*starts, len(weights)]))


def measured(edition: Edition, page: TextFile, call: Call) -> tuple[int, Sequence[int]]:
    """Return the bytes that a comparison takes on each of its pages, for the list of rows, and those of each row."""
    try:
        _, rows = aligned(edition, [str(address) for address in call.arguments])
    except RefusalError:
        return 0, ()  # the check reports it
    return _LISTED * min(len(rows), MOST_LISTED), [_weight(edition, row) for row in rows]


def _weight(edition: Edition, row: Sequence[Parts]) -> int:
    """Return the bytes that a row is likely to take at most: what it drops stands beside what it adds."""
    texts = [[text for clause in parts for text in shown(clause)] for parts in row]
    sizes = [len("".join(some).encode()) for some in texts]
    couples = zip(sizes, pairwise(texts), strict=False)
    dropped = [size for size, (one, other) in couples if not is_same(" ".join(one), " ".join(other))]
    told = sum(len(text.encode()) for parts in row for clause in parts for text in clause.summary)
    return (
        _ROW
        + _CELL * len(row)
        + (_CHANGED if dropped else _PARAGRAPH) * sum(map(len, texts))
        + sum(sizes)
        + sum(dropped)
        + told
        + sum(2 * (note.end - note.start) for note in noted(edition, row))
    )
