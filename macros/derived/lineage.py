"""Lineage: one clause through the declarations, and the places that refer to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from ..calls.base import Macro, argument
from ..calls.compare import is_silent
from ..model.document import Clause, Document
from ..text.markup import plain
from .collation import is_same
from .proof import printed

if TYPE_CHECKING:
    from ..model.edition import Edition
    from ..text.call import Call
    from ..text.source import Source

MOST_BLANKS = 16  # declarations: with more of them a strip names only those that record the clause

KINDS = {"quote": "Quoted", "cite": "Cited", "compare": "Compared"}
"""The macros that refer to a clause, with what a reader is told of each."""


class Link(NamedTuple):
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


def lineage(edition: Edition, clause: Clause, page: Source) -> tuple[Link, ...]:
    """Return a clause's record in each declaration of its series, in order of date.

    A wording is called restated or reworded only between texts held in full, and a declaration silent only where
    that may be said; a blank is `not recorded here`.
    """
    own = edition.documents[clause.document]
    documents = edition.series[own.kind, own.front.example, own.series]
    related = {found.document: found for found in _related(edition, clause, documents)}
    if len(documents) > MOST_BLANKS:
        documents = tuple(document for document in documents if document.id in related)
    links: list[Link] = []
    before: Clause | None = None
    for document in documents:
        here = related.get(document.id)
        if here is None:
            state = "silent" if is_silent(document, clause.id) else "not recorded here"
            links.append(Link(document, None, state, "", is_here=False))
            continue
        href = edition.relative(f"{document.source.uri}#{here.id}", page)
        links.append(Link(document, here, _state(edition, before, here), href, is_here=here is clause))
        before = here
    return tuple(links)


def _related(edition: Edition, clause: Clause, documents: Iterable[Document]) -> Iterator[Clause]:
    """Yield the clauses of the same id, and those that a clause comes after or that come after it."""
    found = [document.passages.get(clause.id) for document in documents]
    for address in clause.after:
        document, _, id = address.partition("#")
        if document in edition.documents:
            found.append(edition.documents[document].passages.get(id))
    yield from (each for each in found if isinstance(each, Clause))
    yield from edition.successors.get(clause.address, ())


def _state(edition: Edition, before: Clause | None, here: Clause) -> str:
    if before is None:
        return "first recorded here"
    if not all(edition.documents[c.document].is_in_full and c.own for c in (before, here)):
        return "recorded"
    return "restated" if is_same(before.text, here.text) else "reworded"


def backlinks(edition: Edition, clause: Clause, page: Source) -> tuple[Backlink, ...]:
    """Return the places that quote, cite or compare a clause, in that order."""
    places = [*edition.references.get(clause.address, ()), *edition.references.get(clause.document, ())]
    found = []
    for kind in KINDS:
        for source, call in places:
            if call.name == kind:
                label, href = edition.place(source, call, page)
                found.append(Backlink(KINDS[kind], label, href, sentence(edition, source, call)))
    return tuple(dict.fromkeys(found))


def references(sources: Iterable[Source], macros: Mapping[str, Macro]) -> Mapping[str, tuple[tuple[Source, Call], ...]]:
    """Return the calls that refer to an address, by address; whole documents count where they are compared."""
    found: dict[str, list[tuple[Source, Call]]] = {}
    for source in sources:
        for call in source.calls:
            for target in targets(macros, call):
                if "#" in target or call.name == "compare":
                    found.setdefault(target, []).append((source, call))
    return {address: tuple(places) for address, places in found.items()}


def targets(macros: Mapping[str, Macro], call: Call) -> tuple[str, ...]:
    """Return what a call refers to: addresses, or keys of sources."""
    if call.name == "compare":
        return tuple(target for target in call.arguments if isinstance(target, str))
    name = {"cite": "target", "quote": "source"}.get(call.name, "")
    return (argument(macros, call, name),) if name else ()


def sentence(edition: Edition, source: Source, call: Call) -> str:
    """Return the line that a call stands in as it is printed: house style is one sentence a line."""
    start = source.body.rfind("\n", 0, call.start) + 1
    end = source.body.find("\n", call.stop)
    return plain(printed(edition, source, start, end if end >= 0 else len(source.body)))
