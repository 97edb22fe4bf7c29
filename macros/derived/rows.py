"""Rows: what a comparison compares, and the address of each of its rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..model.document import Document
from ..model.edition import Edition, derived
from ..model.macro import Role, in_role
from ..model.passage import split_address
from ..text.call import Call
from ..text.file import TextFile
from ..text.problem import RefusalError
from .alignment import Parts, align, last_of
from .lookup import find_clause, find_document
from .pairs import made_pages


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
    return documents, align(edition, documents)


@dataclass(frozen=True)
class RowAnchor:
    """The id of a row in its page, with the row's name, its last clause and the offset of the call that makes it.

    `aliases` are the ids that it has besides.
    """

    call: int
    anchor: str
    name: str
    clause: str
    aliases: tuple[str, ...] = ()


@derived
def comparison_rows(edition: Edition) -> Mapping[str, tuple[RowAnchor, ...]]:
    """Return the rows of the comparisons on each page that has one, by the page's path."""
    found = {uri: _rows(edition, page) for uri, page in (*edition.pages.items(), *made_pages(edition).items())}
    return {uri: rows for uri, rows in found.items() if rows}


def rows_of(edition: Edition, page: TextFile, call: Call) -> list[RowAnchor]:
    """Return the rows that a call on a page makes, with their ids; none if it is an example."""
    return [row for row in comparison_rows(edition).get(page.uri, ()) if row.call == call.start]


def _rows(edition: Edition, page: TextFile) -> tuple[RowAnchor, ...]:
    """Return the rows of a page's comparisons: `row-` and the clause's id; `-2` behind it is the second of one id.

    A row is found, too, by the ids that its clauses have in other documents and by those that are retired, so that it
    keeps its address when a clause is renamed or comes after one under another id.  Rows of examples have none.
    """
    found: list[tuple[RowAnchor, list[str]]] = []
    calls = list(in_role(edition.macros, page.calls, Role.COMPARISON))
    taken = {heading.anchor for heading in page.headings} if calls else set()
    for call in calls:
        try:
            documents, alignment = aligned(edition, [str(address) for address in call.arguments])
        except RefusalError:
            continue  # the check reports it
        if all(document.is_example for document in documents):
            continue
        own = {last_of(row).id for row in alignment}
        for row in alignment:
            last = last_of(row)
            others = [id for id in _ids(row) if id not in own]
            found.append((RowAnchor(call.start, _free(last.id, taken), last.name, last.address), others))
    # Only now, so that no other id of a row takes the place of one's own.
    return tuple(replace(row, aliases=tuple(_free(id, taken) for id in others)) for row, others in found)


def _free(id: str, taken: set[str]) -> str:
    """Take the first anchor of an id that is free on a page."""
    anchor, number = f"row-{id}", 1
    while anchor in taken:
        number += 1
        anchor = f"row-{id}-{number}"
    taken.add(anchor)
    return anchor


def _ids(row: Sequence[Parts]) -> Iterable[str]:
    """Return the ids of a row's clauses, each once, those of the last first and retired ones included."""
    return dict.fromkeys(id for parts in reversed(row) for clause in parts for id in (clause.id, *clause.aliases))
