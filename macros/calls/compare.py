"""Comparisons: clauses set side by side for a reader, claiming no more than the edition holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from ..derived.collation import Run, changes, sentence, shared
from ..model.document import UNPLACED, Clause, Document, split_address
from ..text.markup import plain, slug
from ..text.problem import RefusalError
from .base import Context, Fragment, macro
from .note import Note

if TYPE_CHECKING:
    from ..model.edition import Edition
    from ..text.source import Source


BREAK = "\n\n"
"""Between two paragraphs of a text that is collated."""

HELD: Mapping[str, str] = MappingProxyType(
    {
        "quoted": "Of {} only quoted words are held; no changes are marked.",
        "shared": "Of {} only quoted words are held; words that both sides share are marked, changes are not.",
        "summary": "Of {} only our summary is held, and no wording is compared.",
        "not-recorded": "Not recorded here for {}; that is no finding of silence.",
    }
)
"""What is said of years of which too little is held to mark changes."""


@dataclass(frozen=True)
class Cell:
    """What one document has at one row: a clause, or the reason why there is none.

    `state` is one of `in-full`, `in-excerpts`, `summary`, `silent`, `not-recorded`; `paragraphs` the runs of each
    of its own words' paragraphs.
    """

    document: Document
    clause: Clause | None
    state: str
    href: str
    paragraphs: tuple[tuple[Run, ...], ...] = ()
    summary: tuple[str, ...] = ()

    @property
    def printed(self) -> tuple[tuple[tuple[str, str, str, str], ...], ...]:
        """The parts of the runs of each paragraph, which a template reads many times as fast as the runs."""
        return tuple(tuple(run.parts for run in runs) for runs in self.paragraphs)


@dataclass(frozen=True)
class Row:
    """One clause through the documents that are compared; `anchor` is the row's id in its page, if it has one.

    `aliases` are the other ids by which it is found.  `said` tells in words what changed, and of what too little is
    held to tell.
    """

    name: str
    id: str
    cells: tuple[Cell, ...]
    said: tuple[str, str]
    notes: tuple[Note, ...]
    anchor: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def has_summaries(self) -> bool:
        """Whether summaries stand side by side here, since one side has nothing else."""
        return any(cell.state == "summary" for cell in self.cells)

    @property
    def change(self) -> Literal["changed", "same", "not-compared"]:
        """Whether anything changed here; `same` is claimed only where each side is held in full or is silent."""
        full = [cell for cell in self.cells if cell.state in ("in-full", "silent")]
        kinds = {run.kind for cell in full for runs in cell.paragraphs for run in runs}
        if kinds & {"inserted", "deleted"} or len({cell.clause is None for cell in full}) > 1:
            return "changed"
        return "same" if len(full) == len(self.cells) else "not-compared"

    @property
    def is_complete(self) -> bool:
        """Whether something is recorded on every side, be it that a document is silent."""
        return all(cell.state != "not-recorded" for cell in self.cells)


@macro()
def compare(context: Context, *addresses: str) -> Fragment:
    """Set clauses or whole declarations side by side, each against the one before it.

    Each of `addresses` is a clause (`document#clause`) or a whole declaration (`document`); two or more of one
    kind.  Whole declarations are first aligned clause by clause.  Words added and dropped are marked only where
    both texts are held in full; between excerpts, the words that both share are marked.  Each row has an address:
    `#row-` and the id of its clause; those with an id that the clause had before, or has in another of the documents,
    lead to it too.
    """
    edition = context.edition
    documents, alignment = _aligned(edition, addresses)
    texts = {
        note.address: note.text
        for clauses in alignment
        for note in edition.changes_between(frozenset(clause.address for clause in clauses if clause))
    }
    place = "" if context.source.uri in edition.made else context.source.place(context.call.start)

    def data() -> dict[str, Any]:
        rows = [row(edition, documents, clauses, context.page) for clauses in alignment]
        if anchors := edition.row_anchors(context.page, context.call):
            rows = [replace(one, anchor=at.anchor, aliases=at.aliases) for one, at in zip(rows, anchors, strict=True)]
        return {
            "documents": [(document, edition.link(document.id, context.page)) for document in documents],
            "rows": rows,
            "place": place,
            "kinds": {run.kind for row in rows for cell in row.cells for runs in cell.paragraphs for run in runs},
            "states": {cell.state for row in rows for cell in row.cells},
        }

    return Fragment("comparison.html", data, texts)


def _aligned(
    edition: Edition, addresses: Sequence[str]
) -> tuple[Sequence[Document], Sequence[Sequence[Clause | None]]]:
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
    documents = [edition.document(split_address(address)[0]) for address in addresses]
    for document in documents:
        if document.kind != "declaration":
            raise RefusalError(
                "document-resolves",
                f"'{document.id}' is a {document.kind}; clauses of declarations are compared",
            )
    if all(with_clause):
        return documents, [[edition.clause(address) for address in addresses]]
    return documents, align(documents)


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


def row_anchors(edition: Edition, page: Source) -> tuple[RowAnchor, ...]:
    """Return the rows of a page's comparisons: `row-` and the clause's id; `-2` behind it is the second of one id.

    A row is found, too, by the ids that its clauses have in other documents and by those that are retired, so that it
    keeps its address when a clause is renamed or comes after one under another id.  Rows of examples have none.
    """
    found: list[tuple[RowAnchor, list[str]]] = []
    calls = [call for call in page.calls if call.name == "compare"]
    taken = {heading.attributes.id or slug(plain(heading.text)) for heading in page.headings} if calls else set()
    for call in calls:
        try:
            documents, alignment = _aligned(edition, [str(address) for address in call.arguments])
        except RefusalError:
            continue  # the check reports it
        if all(document.front.example for document in documents):
            continue
        own = {_last(clauses).id for clauses in alignment}
        for clauses in alignment:
            last = _last(clauses)
            others = [id for id in _ids(clauses) if id not in own]
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


def _ids(clauses: Sequence[Clause | None]) -> Iterable[str]:
    """Return the ids of a row's clauses, each once, those of the last first and retired ones included."""
    return dict.fromkeys(id for clause in reversed(clauses) if clause for id in (clause.id, *clause.aliases))


def _last(clauses: Sequence[Clause | None]) -> Clause:
    return next(clause for clause in reversed(clauses) if clause)


def align(documents: Sequence[Document]) -> tuple[tuple[Clause | None, ...], ...]:
    """Return the rows of clauses that stand for each other, in the order of the last document that has them.

    Clauses of one id are one row; a clause that comes `after` an earlier one under another id joins its row.
    """
    rows: dict[str, dict[str, Clause]] = {}
    row_of: dict[str, str] = {}
    order: list[str] = []
    for document in documents:
        last = -1
        for clause in document.clauses:
            joined = next(
                (row_of[a] for a in clause.after if a in row_of and document.id not in rows[row_of[a]]),
                clause.id,
            )
            key = clause.id if clause.id in rows else joined
            row_of[clause.address] = key
            rows.setdefault(key, {})[document.id] = clause
            if key in order:
                last = order.index(key)
            else:
                last += 1
                order.insert(last, key)
    return tuple(tuple(rows[key].get(document.id) for document in documents) for key in order)


def row(edition: Edition, documents: Sequence[Document], clauses: Sequence[Clause | None], page: Source) -> Row:
    """Return one row of a comparison: cells, the sentence that says the difference, the notes on the change."""
    last = _last(clauses)
    cells: list[Cell] = []
    for document, clause in zip(documents, clauses, strict=True):
        # Words are collated with the last full text, whatever excerpts stand between the two.
        before = next((cell for cell in reversed(cells) if cell.state == "in-full"), None)
        cells.append(cell_of(edition, document, clause, before, page, id=last.id))
    marked = [with_shared(here, cells[:at] + cells[at + 1 :]) for at, here in enumerate(cells)]
    notes = edition.changes_between(frozenset(clause.address for clause in clauses if clause))
    return Row(last.name, last.id, tuple(marked), said(marked), notes)


def cell_of(
    edition: Edition, document: Document, clause: Clause | None, before: Cell | None, page: Source, *, id: str
) -> Cell:
    """Return what a document has of the clause `id`, its words collated with those of the cell before it."""
    if clause is None:
        state = "silent" if is_silent(document, id) else "not-recorded"
        return Cell(document, None, state, edition.link(document.id, page))
    href = edition.link(clause.address, page)
    if not clause.own:
        return Cell(document, clause, "summary", href, summary=clause.summary)
    if not document.is_in_full:
        return Cell(
            document,
            clause,
            "in-excerpts",
            href,
            tuple((Run("same", text),) for text in clause.own),
            clause.summary,
        )
    if before and before.clause and before.state == "in-full":
        found = paragraphs(changes(BREAK.join(before.clause.own), BREAK.join(clause.own)))
    else:
        found = tuple((Run("same", text),) for text in clause.own)
    return Cell(document, clause, "in-full", href, found, clause.summary)


def paragraphs(runs: Sequence[Run]) -> tuple[tuple[Run, ...], ...]:
    """Part runs where the newer text has a new paragraph; the breaks of what it dropped are none of its own.

    Words dropped at the head of a paragraph stand there, and not at the end of the one before it.
    """
    found: list[list[Run]] = [[]]
    for run, following in zip_longest(runs, runs[1:]):
        text = run.text
        if run.kind == "deleted":
            if text.startswith(BREAK) and following and following.text.startswith(BREAK):
                found.append([])
                text = f"{text.removeprefix(BREAK)} "  # what follows brings no space of its own
            found[-1].append(Run("deleted", " ".join(text.split(BREAK))))
            continue
        for number, part in enumerate(text.split(BREAK)):
            is_begun = len(found) > 1 and all(each.kind == "deleted" for each in found[-1])
            if number and not is_begun:
                found.append([])
            if part:
                found[-1].append(Run(run.kind, part))
    return tuple(tuple(paragraph) for paragraph in found if paragraph)


def with_shared(cell: Cell, others: Sequence[Cell]) -> Cell:
    """Mark, between excerpts, the words that another cell has too."""
    is_marked = any(run.kind != "same" for runs in cell.paragraphs for run in runs)
    if cell.clause is None or not cell.paragraphs or is_marked:
        return cell
    # Two full texts are told apart by their changes; only where one side is an excerpt is anything else said.
    text = " ".join(
        other.clause.text
        for other in others
        if other.clause and other.clause.own and "in-excerpts" in (cell.state, other.state)
    )
    if not text:
        return cell
    return Cell(
        cell.document, cell.clause, cell.state, cell.href,
        tuple(shared(own, text) for own in cell.clause.own), cell.summary,
    )  # fmt: skip


def is_silent(document: Document, id: str) -> bool:
    """Say whether a document may be called silent on a clause: all of it is held and placed, or it says so."""
    is_placed = not any(clause.id.startswith(UNPLACED) for clause in document.clauses)
    return (document.is_in_full and is_placed) or id in getattr(document.front, "silent", {})


def said(cells: Sequence[Cell]) -> tuple[str, str]:
    """Say in words how each cell differs from the one before it, and of what too little is held to say so."""
    changes_said = []
    full = [cell for cell in cells if cell.state in ("in-full", "silent")]
    for old, new in pairwise(full):
        if old.clause and new.clause:
            text = sentence([run for paragraph in new.paragraphs for run in paragraph])
        elif old.clause or new.clause:
            missing = old if new.clause else new
            text = f"{'New' if new.clause else 'Dropped'}: the text of {missing.document.date.year} is silent."
        else:
            continue
        changes_said.append(f"{new.document.date.year}: {text}" if len(cells) > 2 else text)
    has_shared = any(run.kind == "shared" for cell in cells for runs in cell.paragraphs for run in runs)
    held = []
    for state, about in (
        ("in-excerpts", "shared" if has_shared else "quoted"),
        ("summary", "summary"),
        ("not-recorded", "not-recorded"),
    ):
        if years := [str(cell.document.date.year) for cell in cells if cell.state == state]:
            held.append(HELD[about].format(_listed(years)))
    return " ".join(changes_said), " ".join(held)


def _listed(years: Sequence[str]) -> str:
    return ", ".join(years[:-1]) + " and " + years[-1] if len(years) > 1 else years[0]
