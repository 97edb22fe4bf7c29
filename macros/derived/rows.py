"""Rows: the address of each row of a comparison, on whichever of its pages it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..model.edition import Edition, derived
from ..model.macro import Role, in_role
from ..text.call import Call
from ..text.file import TextFile
from ..text.markup import numbered
from ..text.problem import RefusalError
from .alignment import Parts, last_of, name_of
from .index import grouped
from .leaves import aligned, spread
from .pairs import pair_pages


@dataclass(frozen=True)
class RowAnchor:
    """The id of a row, with the row's name, its last clause, the path of its page and the offset of the call there.

    `home` is the path of the comparison's first page, where each of its ids leads on.  `aliases` are the ids that it
    has besides.
    """

    uri: str
    call: int
    anchor: str
    name: str
    clause: str
    home: str
    aliases: tuple[str, ...] = ()


@derived
def comparison_rows(edition: Edition) -> Mapping[str, tuple[RowAnchor, ...]]:
    """Return the rows of the comparisons that stand on each page that has one, by the page's path."""
    return grouped((row.uri, row) for rows in _all_rows(edition).values() for row in rows)


def rows_of(edition: Edition, page: TextFile, call: Call) -> list[RowAnchor]:
    """Return all rows of the comparison that a call on a page makes, wherever they stand; none if it is an example."""
    home = spread(edition, page, call)[0]
    return [*_all_rows(edition).get((home.uri, home.call), ())]


@derived
def _places(edition: Edition) -> Mapping[tuple[str, str], str]:
    """Return the path of the page on which each row stands, by the first page of its comparison and its ids."""
    rows = (row for rows in _all_rows(edition).values() for row in rows)
    return {(row.home, id): row.uri for row in rows for id in (row.anchor, *row.aliases)}


def row_at(edition: Edition, uri: str, anchor: str) -> str:
    """Return the address of a row of the comparison that begins on a page."""
    return f"{_places(edition).get((uri, anchor), uri)}#{anchor}"


@derived
def _all_rows(edition: Edition) -> Mapping[tuple[str, int], tuple[RowAnchor, ...]]:
    """Return the rows of each comparison, by the path of its first page and the call there.

    Their ids are `row-` and the clause's id; `-2` behind it is the second of one id.  A row is found, too, by the ids
    that its clauses have in other documents and by those that are retired, so that it keeps its address when a clause
    is renamed or comes after one under another id.  Rows of examples have none.
    """
    found: dict[tuple[str, int], tuple[RowAnchor, ...]] = {}
    for page in (*edition.pages.values(), *pair_pages(edition).values()):
        calls = list(in_role(edition.macros, page.calls, Role.COMPARISON))
        taken = {heading.anchor for heading in page.headings} if calls else set()
        of_page: list[tuple[int, RowAnchor, list[str]]] = []
        for call in calls:
            try:
                documents, alignment = aligned(edition, [str(address) for address in call.arguments])
            except RefusalError:
                continue  # the check reports it
            if all(document.is_example for document in documents):
                continue
            own = {last_of(row).id for row in alignment}
            for leaf in spread(edition, page, call, len(alignment)):
                for row in alignment[leaf.part]:
                    last = last_of(row)
                    others = [id for id in _ids(row) if id not in own]
                    anchor = numbered(f"row-{last.id}", taken)
                    at = RowAnchor(leaf.uri, leaf.call, anchor, name_of(row), last.address, page.uri)
                    of_page.append((call.start, at, others))
        # Only now, so that no other id of a row takes the place of one's own.
        rows = [
            (call, replace(row, aliases=tuple(numbered(f"row-{id}", taken) for id in ids)))
            for call, row, ids in of_page
        ]
        found |= {(page.uri, call): some for call, some in grouped(rows).items()}
    return found


def _ids(row: Sequence[Parts]) -> Iterable[str]:
    """Return the ids of a row's clauses, each once, those of the last first and retired ones included."""
    return dict.fromkeys(id for parts in reversed(row) for clause in parts for id in (clause.id, *clause.aliases))
