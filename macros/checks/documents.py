"""Documents: whether what front matter and headings refer to is there, and ids are told apart."""

from collections.abc import Iterator
from functools import partial

from ..derived.alignment import are_told_apart, likely, nearer
from ..derived.index import Series, beside, changes_of, clause_ids, series_of
from ..derived.lookup import find_clause, find_document, find_entry
from ..derived.uses import cited, references
from ..model.document import Document
from ..model.edition import Edition, derived
from ..model.passage import NAMED, Clause, split_address
from ..text.problem import Problem, alike, did_you_mean
from .base import Scope, check, resolves

LONGEST_ARC = 4
"""Words in which the heading of a clause says what is new in it."""

_MISTAKEN = 0.86  # likeness of two ids (difflib's), from which on one is taken for a mistake of the other


@check(Scope.DOCUMENT)
def documents(edition: Edition, document: Document) -> Iterator[Problem]:
    """Find what front matter and headings refer to and is not there, and ids that are not told apart."""
    file = document.file
    front = document.front
    for number, id in enumerate(getattr(front, "about", ())):
        yield from resolves(partial(find_document, edition, id), partial(file.front_position, "about", number), "about")
    for number, outcome in enumerate(getattr(front, "outcomes", ())):
        place = partial(file.front_position, "outcomes", number, "source")
        yield from resolves(partial(find_entry, edition, outcome.source), place, "outcomes")
    for id, key in getattr(front, "silent", {}).items():
        yield from resolves(partial(find_entry, edition, key), partial(file.front_position, "silent", id), "silent")
    for clause in document.clauses:
        yield from _clause(edition, document, clause)
    if not _is_distinct(edition, document):
        yield from _silence(edition, document)
        yield from _likeness(edition, document)


def _is_distinct(edition: Edition, document: Document) -> bool:
    """Say whether an author says of a document, or of its series, that its clauses are others on purpose."""
    is_own = getattr(document.front, "distinct", None) == "document"
    return is_own or series_of(document) in _distinct_series(edition)


@derived
def _distinct_series(edition: Edition) -> frozenset[Series]:
    """Return the series of which an author says so."""
    documents = edition.documents.values()
    return frozenset(series_of(one) for one in documents if getattr(one.front, "distinct", None) == "series")


def _before(edition: Edition, document: Document) -> list[Document]:
    """Return the text before a document in its series, if both are held in full."""
    others = beside(edition)[document.id] if document.is_in_full else ()
    return [other for other in others if other.is_in_full and other.date < document.date]


def _likeness(edition: Edition, document: Document) -> Iterator[Problem]:
    """Find clauses whose ids stand, in the text before, over other words, and whose words stand there under another."""
    for other in _before(edition, document):
        for clause in document.clauses:
            if found := nearer(edition, other, clause):
                message = (
                    f"'{other.id}' has other words under '{clause.id}', and far more of these under '{found.id}': give "
                    f'this clause that id, or say after="{found.address}"; if all ids are as they are meant, say '
                    "'distinct: document' in the front matter"
                )
                yield Problem(document.file.position(clause.start), "clause-has-its-id", message)


def _silence(edition: Edition, document: Document) -> Iterator[Problem]:
    """Find clauses with the words of one in the text before under another id, of which this would be called silent."""
    for other in _before(edition, document):
        for sought in other.clauses:
            found = document.passage(sought.id) or likely(edition, document, sought)
            is_said = sought.id in getattr(document.front, "silent", {})
            if isinstance(found, Clause) and not (is_said or _is_tied(edition, sought, found)):
                message = (
                    f"'{other.id}' has a clause '{sought.id}', and here '{found.id}' has its words: give it that id, "
                    f"say after=\"{sought.address}\", or under 'silent' in the front matter that there is none"
                )
                yield Problem(document.file.position(found.start), "silence-is-certain", message)


def _is_tied(edition: Edition, sought: Clause, found: Clause) -> bool:
    """Say whether two clauses have one id, or an author says of either what it comes after or what changed.

    So they are, too, where something names the one by the id that it lacks: that is told in its place.
    """
    missed = f"{found.document}#{sought.id}"
    is_noted = any(changes_of(edition).get(address) for address in (sought.address, found.address, missed))
    return found.id in (sought.id, *sought.aliases) or bool(found.after) or is_noted or missed in references(edition)


def _clause(edition: Edition, document: Document, clause: Clause) -> Iterator[Problem]:
    place = document.file.position(clause.start)
    for address in clause.after:
        find = partial(find_clause, edition, address)
        yield from resolves(find, lambda: place, "after")
        earlier = edition.documents.get(split_address(address)[0])
        if earlier is document or (earlier and earlier.date > document.date):
            what = "of the same document" if earlier is document else f"of {earlier.date}, which is later"
            message = f"'{clause.name}' cannot come after '{address}', a clause {what}: name one of an earlier document"
            yield Problem(place, "after-is-earlier", message)
    if clause.heading and "arc" in clause.heading.attributes.pairs and not 0 < len(clause.arc.split()) <= LONGEST_ARC:
        message = (
            f"'arc' says in at most {LONGEST_ARC} words what is new in the clause '{clause.name}', and has "
            f"{len(clause.arc.split())}: say it shorter"
            if clause.arc
            else f"'arc' of the clause '{clause.name}' is empty: say in a few words what is new in it, or take it out"
        )
        yield Problem(place, "arc-is-short", message)
    if fault := _record(edition, document, clause):
        yield Problem(place, "named-clause-says-no-more", fault)
    if not document.file.body[clause.heading.end if clause.heading else clause.start : clause.end].strip():
        message = f"the clause '{clause.name}' has no text: say below its heading, in a sentence, what it says"
        yield Problem(place, "clause-has-text", message)
    if not _is_distinct(edition, document) and (fault := _mistaken(edition, document, clause)):
        yield Problem(place, "clause-id-is-distinct", fault)
    for alias in clause.aliases:
        if alias in document.passages:
            message = f"the retired id '{alias}' is the id of another clause here: take it out of 'aliases'"
            yield Problem(place, "id-is-unique", message)


def _record(edition: Edition, document: Document, clause: Clause) -> str:
    """Say what is wrong with a clause of which the heading says that it is named and no more."""
    given = clause.heading.attributes.pairs.get("record") if clause.heading else None
    if given is None:
        return ""
    if not clause.is_named:
        hint = did_you_mean(given.lower(), (NAMED,))
        return f"there is no record '{given}'{hint}: write record=\"{NAMED}\", or take it out"
    if document.is_in_full:
        return f"'{document.id}' is held in full, so what it says of '{clause.name}' is known: take record= out"
    if clause.own:
        return f"words of the clause '{clause.name}' stand here, so more than its name is known: take record= out"
    if len(clause.summary) != 1 or not any(cited(edition, document.file, clause.start, clause.end)):
        return f"of '{clause.name}' only that it is named is known: say so in one paragraph, with its source"
    return ""


def _mistaken(edition: Edition, document: Document, clause: Clause) -> str:
    """Say for which id of its series a clause's own may be a mistake: it continues nothing, and is nearly the same."""
    first = clause_ids(edition).get(series_of(document), {})
    if clause.after or first.get(clause.id) is not document:
        return ""
    earlier = [id for id, other in first.items() if other.date < document.date and id not in document.passages]
    if near := alike(clause.id, earlier, _MISTAKEN):
        address = f"{first[near].id}#{near}"
        known = first[near].passage(near)
        if isinstance(known, Clause) and are_told_apart(edition, clause, known):
            return ""
        return (
            f"no text before has a clause '{clause.id}', but '{first[near].id}' has '{near}': write `#{near}` if it is "
            f'the same clause, restated; if it comes after that clause, say after="{address}"; '
            "if it is another, give it an id that is less like that one, or say 'distinct: document' in the front "
            "matter if all ids here are as they are meant"
        )
    return ""
