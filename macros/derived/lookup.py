"""Look-ups: what an address, a key or an id stands for, or a refusal that says what was probably meant."""

from collections.abc import Mapping
from typing import TypeVar

from ..model.document import Document
from ..model.edition import Edition
from ..model.entry import Entry
from ..model.layout import BIBLIOGRAPHY, NOTES
from ..model.note import Note
from ..model.passage import Clause, Passage, split_address
from ..model.thread import Thread
from ..text.file import TextFile
from ..text.problem import RefusalError, did_you_mean
from .index import document_of, note_at

_Thing = TypeVar("_Thing")


def find_document(edition: Edition, id: str) -> Document:
    """Return a document; raises `RefusalError` where there is none."""
    return _find(edition.documents, id, "document-resolves", f"there is no document '{id}'")


def find_thread(edition: Edition, id: str) -> Thread:
    """Return a thread; raises `RefusalError` where there is none."""
    return _find(edition.threads, id, "thread-resolves", f"there is no thread '{id}'")


def _find(known: Mapping[str, _Thing], id: str, rule: str, message: str) -> _Thing:
    if id not in known:
        raise RefusalError(rule, message + did_you_mean(id, known), misses=id)
    return known[id]


def passage_at(edition: Edition, address: str) -> Passage | None:
    """Return the clause or paragraph of an address, retired ids included, if there is one."""
    document, _, id = address.partition("#")
    return edition.documents[document].passage(id) if document in edition.documents else None


def find_passage(edition: Edition, address: str) -> Passage:
    """Return the clause or paragraph of an address; raises `RefusalError` where there is none."""
    name, id = split_address(address)
    if not id:
        raise RefusalError("clause-resolves", _no_passage(edition, name), misses=address)
    document = find_document(edition, name)
    found = document.passage(id)
    if found is None:
        others = edition.documents.values()
        elsewhere = next((d.id for d in others if d.passage(id) and d.kind == document.kind), "")
        hint = did_you_mean(id, document.passages) or (f"; there is one in '{elsewhere}'" if elsewhere else "")
        raise RefusalError(
            "clause-resolves", f"there is no {document.kind.passage} '{id}' in '{name}'{hint}", misses=address
        )
    return found


def _no_passage(edition: Edition, name: str) -> str:
    """Say how an address is written that names no passage."""
    if name in edition.documents:
        known = [f"{name}#{id}" for id in edition.documents[name].passages]
    else:
        known = [f"{document.id}#{name}" for document in edition.documents.values() if document.passage(name)]
    return f"'{name}' names no clause: write `document#clause`" + (f", as in '{known[-1]}'" if known else "")


def find_clause(edition: Edition, address: str) -> Clause:
    """Return the clause of an address; raises `RefusalError` where there is none."""
    found = find_passage(edition, address)
    if not isinstance(found, Clause):
        raise RefusalError("clause-resolves", f"'{address}' is a paragraph; a clause of a declaration is meant here")
    return found


def note_address(edition: Edition, id: str, page: TextFile) -> str:
    """Return the address of the note that a call on a page names; empty if the page is no document."""
    document = document_of(edition, page)
    return id if "#" in id else f"{document.id}#note-{id}" if document else ""


def find_note(edition: Edition, id: str, page: TextFile) -> Note:
    """Return the note that a call on a page names; raises `RefusalError` where there is none."""
    address = note_address(edition, id, page)
    if found := note_at(edition, address):
        return found
    elsewhere = next((note.address for note in edition.notes.values() if note.id == id), "")
    if not address:
        form = f'note("{elsewhere or "document#note-some-id"}")'
        message = f"this page is no document, so a note is called by its whole address: write {form}"
        raise RefusalError("note-resolves", message, misses=page.stem)
    where = address.partition("#")[0]
    own = [note.id for note in edition.notes.values() if note.document == where]
    hint = did_you_mean(address, edition.notes) if "#" in id else did_you_mean(id, own)
    if elsewhere and not hint:
        hint = f"; '{elsewhere.partition('#')[0]}' has one, which is called from here as note(\"{elsewhere}\")"
    heading = f"## Title {{ #{id.partition('#note-')[2] or id} .context }}"
    hint = hint or f"; write it in {NOTES}/{where}.md as `{heading}`"
    raise RefusalError("note-resolves", f"there is no note '{id}'{hint}", misses=address)


def find_entry(edition: Edition, key: str) -> Entry:
    """Return the entry of the bibliography that a key stands for; raises `RefusalError` where there is none."""
    return _find(edition.entries, key, "source-resolves", f"there is no source '{key}' in {BIBLIOGRAPHY}")


def find_target(edition: Edition, target: str) -> Entry | Document | Passage | Note:
    """Return what a citation points to; raises `RefusalError` where there is nothing."""
    if target in edition.entries:
        return edition.entries[target]
    if note := note_at(edition, target):
        return note
    if "#" in target:
        if target.partition("#")[2].startswith("note-"):
            hint = did_you_mean(target, edition.notes)
            raise RefusalError("note-resolves", f"there is no note '{target}'{hint}", misses=target)
        return find_passage(edition, target)
    if target in edition.documents:
        return edition.documents[target]
    hint = did_you_mean(target, [*edition.entries, *edition.documents]) or ": add it there, or cite one that is"
    raise RefusalError(
        "source-resolves", f"there is no source '{target}' in {BIBLIOGRAPHY} and no document{hint}", misses=target
    )


def refuse_source(edition: Edition, locator: str, form: str) -> None:
    """Raise `RefusalError` where what should say where in a source is another source; `form` is the call of that."""
    document, mark, _ = locator.partition("#")
    if locator in edition.entries or (document in edition.documents and (mark or locator == document)):
        message = f"'{locator}' is a source of its own, and no place in another (as `p. 4` is): write `{form}` for it"
        raise RefusalError("arguments-fit", message, misses=locator)


def name_of(edition: Edition, address: str) -> Mapping[str, str]:
    """Return what a reader is told of an address: the document, its date, the passage; and a short form of it all."""
    document_id, passage_id = split_address(address)
    document = edition.documents[document_id]
    note, passage = note_at(edition, address), document.passage(passage_id)
    named = f"note “{note.title}”" if note else passage.name if passage else ""
    year = str(document.date.year)
    return {
        "document": document.title,
        "date": str(document.date),
        "year": year,
        "passage": named,
        "short": ", ".join(filter(None, (year, named))) if document.kind.is_compared else named or document.title,
    }
