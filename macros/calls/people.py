"""People and offices, from the participants of the declarations."""

from collections.abc import Mapping
from typing import Any

from ..derived.index import published
from ..derived.links import link_to
from ..model.macro import Fragment
from .base import Context, macro


@macro()
def people(context: Context) -> Fragment:
    """List the people who took part in the declarations, by party, with their offices and the documents."""
    edition = context.edition

    def data() -> Mapping[str, Any]:
        parties: dict[str, dict[str, dict[str, list[tuple[str, str]]]]] = {}
        for document in published(edition):
            for person in getattr(document.front, "participants", ()):
                offices = parties.setdefault(person.party, {}).setdefault(person.name, {})
                offices.setdefault(person.office, []).append(
                    (str(document.date), link_to(edition, document.id, context.page))
                )
        return {
            "parties": [
                (
                    party,
                    sorted(
                        ((name, list(offices.items())) for name, offices in found.items()),
                        key=lambda item: item[0].split()[-1],
                    ),
                )
                for party, found in sorted(parties.items())
            ]
        }

    return Fragment("people.html", data)
