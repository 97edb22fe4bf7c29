"""Threads: one subject followed through all declarations, as a set of clause ids."""

from collections.abc import Mapping
from typing import Any

from ..derived.links import link_to
from ..derived.threads import find, followed, steps
from ..model.macro import Fragment, Role, Text, text_of
from .base import Context, macro


@macro(role=Role.THREAD)
def thread(context: Context, id: str) -> Fragment:
    """Print the clauses of a thread through time, each set against the one before it.

    `id` is the thread's, the name of its file below `docs/threads/`.
    """
    edition = context.edition
    found = find(edition, id)
    made = steps(edition, found, context.page)
    texts: dict[str, Text] = {note.address: text_of(note) for step in made for note in step.notes}

    def data() -> Mapping[str, Any]:
        present = {step.cell.document.id for step in made}
        absent = [one for one in followed(edition, found) if one.id not in present]
        return {
            "steps": [
                {
                    **step.cell.plain,
                    "sentence": step.sentence,
                    "document": step.document,
                    "is_taken_in": step.is_taken_in,
                    "notes": [note.plain for note in step.notes],
                }
                for step in made
            ],
            "absent": [(one.date.year, link_to(edition, one.id, context.page)) for one in absent],
        }

    return Fragment("thread.html", data, texts)
