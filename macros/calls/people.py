"""People and offices, from the participants of the declarations."""

from collections.abc import Iterable, Mapping
from typing import Any

from ..derived.links import link_to
from ..derived.people import listed
from ..derived.people import people as people_of
from ..model.edition import Edition
from ..model.macro import Role
from ..text.call import Call
from ..text.file import TextFile
from .base import Context, macro, part_of


def _anchors(edition: Edition, page: TextFile, call: Call) -> Iterable[str]:
    return [person.id for person in listed(edition, page, call)]


def _measure(edition: Edition, page: TextFile, call: Call) -> tuple[int, list[int]]:
    return 0, [
        250 + sum(20 + len(office.encode()) + 120 * len(documents) for office, documents in person.offices.items())
        for person in people_of(edition)
    ]


@macro(template="people.html", role=Role.PEOPLE, anchors=_anchors, measure=_measure)
def people(context: Context) -> Mapping[str, Any]:
    """List the people who took part in the declarations, by party, with their offices and the documents."""
    edition = context.edition
    found = people_of(edition)
    here, pages = part_of(context, [f"{person.name}, {person.party}" for person in found])
    parties: dict[str, list[dict[str, Any]]] = {}
    for person in found[here]:
        held = [
            (office, [(str(one.date), link_to(edition, one.id, context.page)) for one in documents])
            for office, documents in person.offices.items()
        ]
        one = {"id": person.id, "name": person.name, "others": dict(person.names_in), "offices": held}
        parties.setdefault(person.party, []).append(one)
    return {"parties": list(parties.items()), "pages": pages}
