"""Threads: one subject followed through all declarations, as a set of clause ids."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..derived.comparison import Cell, cell_of, said, with_shared
from ..derived.index import Series, changes_of, grouped, series_of
from ..derived.links import link_to
from ..derived.lookup import find_thread
from ..derived.threads import clauses_of, followed, is_taken_in
from ..model.document import Document
from ..model.edition import Edition
from ..model.macro import Fragment, Role, text_of
from ..model.note import Note
from ..model.passage import Clause
from ..model.thread import Thread
from ..text.file import TextFile
from .base import Context, macro


@macro(role=Role.THREAD)
def thread(context: Context, id: str) -> Fragment:
    """Print the clauses of a thread through time, each set against the one before it.

    `id` is the thread's, the name of its file below `docs/threads/`.
    """
    edition = context.edition
    found = find_thread(edition, id)
    documents = followed(edition, found)
    clauses = [(document, clause) for document in documents for clause in clauses_of(found, document)]
    notes = _notes(edition, [clause.address for _, clause in clauses])

    def data() -> Mapping[str, Any]:
        absent = [one for one in documents if not clauses_of(found, one)]
        return {
            "steps": [
                {**step, "notes": [note.plain for note in notes.get(clause.address, ())]}
                for (_, clause), step in zip(clauses, _steps(edition, found, clauses, context.page), strict=True)
            ],
            "absent": [(one.date.year, link_to(edition, one.id, context.page)) for one in absent],
        }

    return Fragment("thread.html", data, {note.address: text_of(note) for some in notes.values() for note in some})


def _notes(edition: Edition, addresses: Sequence[str]) -> Mapping[str, tuple[Note, ...]]:
    """Return the notes on changes of clauses in order, each at the last clause that it lies between."""
    order = {address: at for at, address in enumerate(addresses)}
    found = {note.address: note for address in addresses for note in changes_of(edition).get(address, ())}
    return grouped((max((a for a in one.between if a in order), key=order.__getitem__), one) for one in found.values())


def _steps(
    edition: Edition, found: Thread, clauses: Sequence[tuple[Document, Clause]], page: TextFile
) -> Iterator[Mapping[str, Any]]:
    """Yield a thread's clauses as the template takes them, each set against the one before it in its series.

    Where the thread runs through several series each names its document.
    """
    has_several = len({series_of(document) for document, _ in clauses}) > 1
    last: dict[tuple[Series | None, str], Cell] = {}
    for document, clause in clauses:
        series = None if found.front.across_series else series_of(document)
        addresses = {each.address: cell for cell in last.values() for each, _ in cell.clauses}
        tied = (*clause.after, *(a for note in changes_of(edition).get(clause.address, ()) for a in note.between))
        before = last.get((series, clause.id)) or next((addresses[a] for a in tied if a in addresses), None)
        here = last[series, clause.id] = cell_of(edition, document, (clause,), before, page, sought=clause)
        marked = with_shared(here, [before]) if before else here
        yield {
            **marked.plain,
            "sentence": " ".join(filter(None, said([before, marked]))) if before else "",
            "document": document.title if has_several else "",
            "is_taken_in": is_taken_in(found, clause),
        }
