"""The index of notes: every note by kind, with the place where it is published."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from ..derived.index import published
from ..derived.links import link_to
from ..derived.uses import note_pages
from ..model.document import Document
from ..model.edition import Edition
from ..model.note import NOTE_KINDS, Note
from ..text.call import Call
from ..text.file import TextFile
from .base import Context, macro, part_of


def listed(edition: Edition) -> list[tuple[Note, Document]]:
    """Return the notes that are published by kind, each with the document that it is on."""
    documents = {document.id: document for document in published(edition)}
    found = []
    for note in edition.notes.values():
        where = note.between[-1].partition("#")[0] if note.between else note.document
        if where in documents and (note.between or note.address in note_pages(edition)):
            found.append((note, documents[where]))
    return sorted(found, key=lambda one: [*NOTE_KINDS].index(one[0].kind))


def _measure(edition: Edition, page: TextFile, call: Call) -> tuple[int, list[int]]:
    return 0, [
        250 + len(f"{note.title}{note.gist}{document.name}{note.address}".encode())
        for note, document in listed(edition)
    ]


@macro(template="notes_index.html", measure=_measure)
def notes_index(context: Context) -> Mapping[str, Any]:
    """List every note by kind, in the order of the texts, with its gist and a link to where it is published."""
    edition = context.edition
    found = listed(edition)
    counts = Counter(note.kind for note, _ in found)
    here, pages = part_of(context, [note.title for note, _ in found])
    shown: dict[str, list[dict[str, str]]] = {}
    for note, document in found[here]:
        href = link_to(edition, note.between[-1] if note.between else note.address, context.page)
        told = {"title": note.title, "gist": note.gist, "document": document.name, "verdict": note.verdict}
        shown.setdefault(note.kind, []).append({**told, "href": href})
    kinds = [(kind, NOTE_KINDS[kind], counts[kind], notes) for kind, notes in shown.items()]
    return {"kinds": kinds, "pages": pages}
