"""People and offices, from the participants of the declarations."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..derived.index import published
from ..derived.links import link_to
from ..model.document import Document
from ..model.edition import Edition
from ..model.front import Participant
from ..model.macro import Fragment, Role
from ..text.call import Call
from ..text.file import TextFile
from .base import Context, macro, part_of

_Offices = dict[str, list[Document]]


def _people(edition: Edition) -> list[tuple[str, str, dict[str, str], _Offices]]:
    """Return party and name of each person, the name in other languages, and the offices, of each the documents."""
    found: dict[tuple[str, str], _Offices] = {}
    others: dict[tuple[str, str], dict[str, str]] = {}
    for document in published(edition):
        participants: Sequence[Participant] = getattr(document.front, "participants", ())
        for person in participants:
            key = person.party, person.name
            others.setdefault(key, {}).update(person.name_in)
            found.setdefault(key, {}).setdefault(person.office, []).append(document)
    people = [(party, name, others[party, name], offices) for (party, name), offices in found.items()]
    return sorted(people, key=lambda one: (one[0], one[1].split()[-1]))


def _measure(edition: Edition, page: TextFile, call: Call) -> tuple[int, list[int]]:
    return 0, [
        250 + sum(20 + len(office.encode()) + 120 * len(documents) for office, documents in offices.items())
        for *_, offices in _people(edition)
    ]


@macro(role=Role.PEOPLE, measure=_measure)
def people(context: Context) -> Fragment:
    """List the people who took part in the declarations, by party, with their offices and the documents."""
    edition = context.edition

    def data() -> Mapping[str, Any]:
        found = _people(edition)
        here, pages = part_of(context, [f"{name}, {party}" for party, name, *_ in found])
        parties: dict[str, list[tuple[str, Mapping[str, str], list[tuple[str, list[tuple[str, str]]]]]]] = {}
        for party, name, others, offices in found[here]:
            held = [
                (office, [(str(one.date), link_to(edition, one.id, context.page)) for one in documents])
                for office, documents in offices.items()
            ]
            parties.setdefault(party, []).append((name, others, held))
        return {"parties": list(parties.items()), "pages": pages}

    return Fragment("people.html", data)
