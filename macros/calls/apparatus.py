"""The textual apparatus: every place where the edition departs from a witness or remarks on its text."""

from operator import itemgetter
from typing import Any

from ..derived.links import link_to
from ..derived.lookup import find_document
from ..derived.uses import note_pages, published_note
from ..model.layout import WITNESS
from ..model.macro import Fragment, Role, Text, argument, in_role, text_of
from ..text.markup import links, plain
from ..text.problem import RefusalError
from .base import Context, macro
from .emend import shown


@macro(role=Role.APPARATUS)
def apparatus(context: Context, document: str) -> Fragment:
    """List the emendations, restored links, redactions and textual notes of `document`, in the order of its text."""
    edition = context.edition
    found = find_document(edition, document)
    witness = edition.witnesses.get(document)
    if witness is None:
        message = f"no witness of '{document}' is held, so it has no textual apparatus"
        raise RefusalError("document-resolves", message, misses=document + WITNESS)
    file = found.file
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
        remarks: list[tuple[int, dict[str, str]]] = []

        def remark(start: int, **said: str) -> None:
            name, href = place(start)
            nothing = dict.fromkeys(("was", "text", "why", "note", "title"), "")
            remarks.append((start, {"place": name, "href": href, **nothing, **said}))

        for call in in_role(edition.macros, file.calls, Role.EMENDATION):
            text, was, why = (argument(edition.macros, call, name) for name in ("text", "was", "why"))
            remark(call.start, was=shown(was), text=plain(text), why=why)
        seen: set[str] = set()
        for call in file.calls:
            note = published_note(edition, file, call)
            if note and note.kind == "textual" and note.address not in seen:
                seen.add(note.address)
                remark(call.start, note=note.address, title=note.title)
        for link in links(file.masked):
            if "editorial" in link.attributes.classes:
                why = f"Link restored by the editors. {link.attributes.pairs.get('title', '')}".strip()
                remark(link.start, was=f"[{link.text}](#)", text=plain(link.text), why=why)
        header = {**witness.front.model_dump(exclude={"retrieved"}), "retrieved": str(witness.front.retrieved)}
        return {"witness": header, "remarks": [said for _, said in sorted(remarks, key=itemgetter(0))]}

    return Fragment("apparatus.html", data, textual)
