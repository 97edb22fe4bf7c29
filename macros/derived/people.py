"""People: who took part in the declarations, in which offices, and where that is listed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..model.document import Document
from ..model.edition import Edition, derived
from ..model.front import Participant
from ..model.macro import Role, in_role
from ..text.call import Call
from ..text.file import TextFile
from ..text.markup import numbered, slug
from .index import published
from .leaves import leaf_on, spread


@dataclass(frozen=True)
class Person:
    """A person: for which party, the name in other languages, the offices with the documents, the id in the list."""

    party: str
    name: str
    names_in: Mapping[str, str]
    offices: Mapping[str, tuple[Document, ...]]
    id: str


@derived
def people(edition: Edition) -> tuple[Person, ...]:
    """Return the people who took part in the declarations, in the order of the list: by party, then by family name."""
    offices: dict[tuple[str, str], dict[str, list[Document]]] = {}
    others: dict[tuple[str, str], dict[str, str]] = {}
    for document in published(edition):
        participants: Sequence[Participant] = getattr(document.front, "participants", ())
        for person in participants:
            key = (person.party, person.name)
            offices.setdefault(key, {}).setdefault(person.office, []).append(document)
            others.setdefault(key, {}).update(person.name_in)
    taken = set[str]()
    found = []
    for key in sorted(offices, key=lambda key: (key[0], key[1].split()[-1])):
        held = {office: tuple(documents) for office, documents in offices[key].items()}
        found.append(Person(*key, others[key], held, numbered(slug(key[1]) or "person", taken)))
    return tuple(found)


def listed(edition: Edition, page: TextFile, call: Call) -> Sequence[Person]:
    """Return the people that a call which lists them lists on its page."""
    return people(edition)[leaf_on(spread(edition, page, call, len(people(edition))), page).part]


def places(edition: Edition, page: TextFile) -> Iterator[tuple[str, Person]]:
    """Yield the people that calls on a page list, each with the path of the page where it stands."""
    for call in in_role(edition.macros, page.calls, Role.PEOPLE):
        for leaf in spread(edition, page, call, len(people(edition))):
            yield from ((leaf.uri, person) for person in people(edition)[leaf.part])
