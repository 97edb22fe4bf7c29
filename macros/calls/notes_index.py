"""The index of notes: every note by kind, with the place where it is published."""

from typing import Any

from ..derived.index import published
from ..derived.links import link_to
from ..model.macro import Fragment
from ..model.note import NOTE_KINDS
from .base import Context, macro


@macro()
def notes_index(context: Context) -> Fragment:
    """List every note by kind, in the order of the texts, with its gist and a link to where it is published."""
    edition = context.edition

    def data() -> dict[str, Any]:
        documents = {document.id: document for document in published(edition)}
        shown: dict[str, list[dict[str, str]]] = {kind: [] for kind in NOTE_KINDS}
        for note in edition.notes.values():
            where = note.between[-1].partition("#")[0] if note.between else note.document
            if where not in documents:
                continue
            href = link_to(edition, note.between[-1] if note.between else note.address, context.page)
            if href:
                shown[note.kind].append(
                    {
                        "title": note.title,
                        "gist": note.gist,
                        "href": href,
                        "document": documents[where].name,
                        "verdict": note.verdict,
                    }
                )
        return {"kinds": [(kind, label, shown[kind]) for kind, label in NOTE_KINDS.items() if shown[kind]]}

    return Fragment("notes_index.html", data)
