"""The textual apparatus: every place where the edition departs from a witness or remarks on its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..derived.links import link_to
from ..derived.lookup import find_document
from ..derived.uses import note_pages, published_note
from ..model.fragment import Fragment, Text, text_of
from ..model.layout import WITNESS
from ..model.macro import Role, argument, in_role
from ..model.note import Note
from ..text.markup import links, plain
from ..text.problem import RefusalError
from .base import Context, macro
from .emend import shown


@dataclass(frozen=True)
class Remark:
    """One entry: where, what the witness read, what is printed, and why; or a note on the text."""

    place: str
    href: str
    was: str
    text: str
    why: str
    note: Note | None = None


@macro(role=Role.APPARATUS)
def apparatus(context: Context, document: str) -> Fragment:
    """List the emendations, restored links, redactions and textual notes of `document`, in the order of its text."""
    edition = context.edition
    found = find_document(edition, document)
    witness = edition.witnesses.get(document)
    if witness is None:
        message = f"no witness of '{document}' is held, so it has no textual apparatus"
        raise RefusalError("document-resolves", message, misses=document + WITNESS)
    source = found.source
    textual: dict[str, Text] = {
        note.address: text_of(note)
        for note in edition.notes.values()
        if note.kind == "textual" and note.document == document and note.address in note_pages(edition)
    }

    def place(start: int) -> tuple[str, str]:
        passage = found.passage_at(start)
        name = passage.name.removeprefix("paragraph ") if passage else "head" if start < first else "end"
        return name, link_to(edition, passage.address if passage else document, context.page)

    first = min((passage.start for passage in found.passages.values()), default=0)

    def data() -> dict[str, Any]:
        remarks: list[tuple[int, Remark]] = []
        for call in in_role(edition.macros, source.calls, Role.EMENDATION):
            text, was, why = (argument(edition.macros, call, name) for name in ("text", "was", "why"))
            remarks.append((call.start, Remark(*place(call.start), shown(was), plain(text), why)))
        for call in source.calls:
            note = published_note(edition, source, call)
            if note and note.kind == "textual":
                remarks.append((call.start, Remark(*place(call.start), "", "", "", note)))
        remarks += [
            (
                link.start,
                Remark(
                    *place(link.start), f"[{link.text}](#)", plain(link.text),
                    f"Link restored by the editors. {link.attributes.pairs.get('title', '')}".strip(),
                ),
            )
            for link in links(source.masked)
            if "editorial" in link.attributes.classes
        ]  # fmt: skip
        seen: set[str] = set()
        unique = []
        for _, remark in sorted(remarks, key=lambda item: item[0]):
            if remark.note is None or remark.note.address not in seen:
                unique.append(remark)
            if remark.note:
                seen.add(remark.note.address)
        return {"document": found, "witness": witness, "remarks": unique}

    return Fragment("apparatus.html", data, textual)
