"""Threads: one subject followed through all declarations, as a set of clause ids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..derived.links import link_to
from ..derived.threads import find, followed, steps
from ..model.fragment import Fragment, Text, text_of
from ..model.macro import Role
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
        absent = [(d, link_to(edition, d.id, context.page)) for d in followed(edition, found) if d.id not in present]
        return {"front": found.front, "steps": made, "absent": absent}

    return Fragment("thread.html", data, texts)
