"""Lineage: one clause through the declarations, and the places that refer to it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..model.document import Document
from ..model.edition import Edition
from ..model.macro import Relation, Role
from ..model.passage import Clause
from ..text.call import Call
from ..text.file import TextFile
from ..text.markup import plain
from ..text.target import relative
from .alignment import is_silent
from .collation import is_same
from .evidence import basis, is_beside
from .index import all_series, changes_of, printed, series_of, successors
from .links import place_of
from .lookup import passage_at
from .pairs import labels, pairs
from .rows import row_at
from .uses import page_that, references

_NUMBER = re.compile(r"\d+|\b[IVXLC]+\b")
MOST_BLANKS = 16  # declarations: with more of them a strip names only those that record the clause


class Stage(NamedTuple):
    """One declaration in a clause's lineage: its clause, if it has one, and what is known of it there."""

    document: Document
    clause: Clause | None
    state: str
    href: str
    is_here: bool


class Backlink(NamedTuple):
    """A place that refers to a clause: in which way, where, and the sentence it stands in."""

    kind: str
    label: str
    href: str
    sentence: str


def lineage(edition: Edition, clause: Clause, page: TextFile) -> tuple[Stage, ...]:
    """Return a clause's record in each declaration of its series, in order of date.

    A wording is called restated, renumbered (in nothing but its heading) or reworded only between texts held in full,
    and a declaration silent only where that may be said; a blank is `not recorded here`.
    """
    own = edition.documents[clause.document]
    documents = all_series(edition)[series_of(own)]
    related = {found.document: found for found in _related(edition, clause, documents)}
    if len(documents) > MOST_BLANKS:
        documents = tuple(document for document in documents if document.id in related)
    stages: list[Stage] = []
    before: Clause | None = None
    for document in documents:
        here = related.get(document.id)
        if here is None:
            state = "silent" if is_silent(edition, document, clause) else "not recorded here"
            stages.append(Stage(document, None, state, "", is_here=False))
            continue
        href = relative(f"{document.file.uri}#{here.id}", page.uri)
        stages.append(Stage(document, here, _state(edition, before, here), href, is_here=here is clause))
        before = here
    return tuple(stages)


def _related(edition: Edition, clause: Clause, documents: Iterable[Document]) -> Iterator[Clause]:
    """Yield the clauses that a note on a change ties to a clause, those of its id, and those before and after it.

    Where a document has several of them, the last is meant.
    """
    noted = (address for note in changes_of(edition).get(clause.address, ()) for address in note.between)
    found = [passage_at(edition, address) for address in noted]
    found += [document.passages.get(clause.id) for document in documents]
    found += [passage_at(edition, address) for address in clause.after]
    yield from (each for each in found if isinstance(each, Clause))
    yield from successors(edition).get(clause.address, ())


def _state(edition: Edition, before: Clause | None, here: Clause) -> str:
    if here.is_named:
        return "named"
    if is_beside(edition, here):
        return f"known from {basis(edition, (here,))}"
    if before is None:
        return "first recorded here"
    if not all(edition.documents[c.document].is_in_full and c.own for c in (before, here)):
        return "recorded"
    if is_same(before.text, here.text):
        return "restated"
    return "renumbered" if is_same(before.text, _with_number_of(before, here)) else "reworded"


def _with_number_of(before: Clause, here: Clause) -> str:
    """Return a clause's text with the number that another has in its heading, where the text begins with its own."""
    old, new = (_NUMBER.search(clause.name) for clause in (before, here))
    if not (old and new and here.text.startswith(here.name)):
        return here.text
    return here.name[: new.start()] + old[0] + here.name[new.end() :] + here.text[len(here.name) :]


def backlinks(edition: Edition, clause: Clause, page: TextFile) -> tuple[Backlink, ...]:
    """Return the places that quote, cite or compare a clause, in that order."""
    found: list[Backlink] = []
    for relation in Relation:
        # Of a whole document a comparison alone speaks of each clause.
        whole = (clause.document,) if relation is Relation.COMPARED else ()
        for file, call in (use for target in (clause.address, *whole) for use in references(edition).get(target, ())):
            if edition.macros[call.name].relation is relation:
                label, href = place_of(edition, file, call, page)
                found.append(Backlink(relation.value, label, href, sentence(edition, file, call)))
    return tuple(dict.fromkeys(found))


def sentence(edition: Edition, file: TextFile, call: Call) -> str:
    """Return the line that a call stands in as it is printed: house style is one sentence a line."""
    return plain(printed(edition, file, *file.line_around(call.start, call.stop)))


def compared(edition: Edition, lineage: Sequence[Stage], page: TextFile) -> tuple[str, str] | None:
    """Return label and link of the comparison of a clause with its last record before, if both are made.

    `lineage` is the clause's, in order of date.
    """
    recorded = [stage for stage in lineage if stage.clause]
    at = next((at for at, stage in enumerate(recorded) if stage.is_here), 0)
    if not at:
        return None
    older, newer = recorded[at - 1], recorded[at]
    pair = pairs(edition).get((older.document.id, newer.document.id))
    if pair is None or newer.clause is None:
        return None
    name = labels((older.document, newer.document))[older.document.id]
    if pair.kind == "table":
        asked = f"?compare={older.document.id},{newer.document.id}&row={newer.clause.id}"
        return name, relative(page_that(edition, Role.COMPARISONS), page.uri) + asked
    return name, relative(row_at(edition, pair.uri, f"row-{newer.clause.id}"), page.uri)
