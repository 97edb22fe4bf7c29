"""Evidence: how a record knows what it says, computed from the grades of the sources that it cites."""

from collections.abc import Iterable, Mapping, Sequence

from ..model.edition import Edition, derived
from ..model.entry import BESIDE, GRADES
from ..model.passage import Clause, split_address
from ..text.file import TextFile
from ..text.words import enumerated
from .links import link_to
from .lookup import name_of
from .uses import cited


def evidence(edition: Edition, clause: Clause) -> tuple[str, ...]:
    """Return the grades of the sources that a record of a text not held in full cites, best first, each once."""
    if edition.documents[clause.document].is_in_full:
        return ()
    known = {edition.entries[key].grade for key in _cited(edition, clause) if key in edition.entries}
    return tuple(grade for grade in GRADES if grade in known)


def basis(edition: Edition, clauses: Sequence[Clause]) -> str:
    """Return what records rest on, as a phrase that goes on from "in our words, from"; empty where nothing is known."""
    found = {grade for clause in clauses for grade in evidence(edition, clause)}
    return enumerated([_NAMES.get(grade, f"a {grade}") for grade in GRADES if grade in found])


_NAMES = {"official text": "the official text", "official summary": "an official summary"}


def sources(edition: Edition, clauses: Sequence[Clause], page: TextFile) -> tuple[tuple[str, str], ...]:
    """Return name and link of what records cite, each once, where their words are not the text itself."""
    found = dict.fromkeys(
        target
        for clause in clauses
        if clause.summary or not edition.documents[clause.document].is_in_full
        for target in _cited(edition, clause)
        if target in edition.entries or split_address(target)[0] in edition.documents
    )
    return tuple(
        (
            edition.entries[target].short if target in edition.entries else name_of(edition, target)["short"],
            link_to(edition, target, page),
        )
        for target in found
    )


def is_known(edition: Edition, clause: Clause) -> bool:
    """Say whether a record rests on anything: words of the text, or something that it cites."""
    return bool(clause.own) or any(True for _ in _cited(edition, clause))


def is_beside(edition: Edition, clause: Clause) -> bool:
    """Say whether a record rests on what was said or issued beside the text alone, and so is none of the text itself.

    It has none of the text's words, and cites nothing but press conferences and fact sheets.
    """
    found = evidence(edition, clause)
    if not found or clause.own or not BESIDE.issuperset(found):
        return False
    return all(key in edition.entries and edition.entries[key].grade for key in _cited(edition, clause))


def _cited(edition: Edition, clause: Clause) -> Iterable[str]:
    return _all_cited(edition).get(clause.address, ())


@derived
def _all_cited(edition: Edition) -> Mapping[str, tuple[str, ...]]:
    """Return what each clause cites, by its address."""
    found = {}
    for document in edition.documents.values():
        for clause in document.clauses if document.file.calls else ():
            found[clause.address] = tuple(cited(edition, document.file, clause.start, clause.end))
    return found
