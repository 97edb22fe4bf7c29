"""Links: from a page to what an address or a key stands for, and from a place to what a reader is told of it."""

from collections.abc import Mapping

from ..model.edition import Edition, derived
from ..model.macro import Role, in_role
from ..model.passage import Clause, split_address
from ..text.call import Call
from ..text.file import TextFile
from ..text.target import relative, resolved
from .index import by_uri, note_around, note_at, sources
from .leaves import spread
from .lookup import passage_at
from .uses import note_pages, page_that


def link_to(edition: Edition, target: str, page: TextFile) -> str:
    """Return the link from a page to an address or a key, as an author would write it; empty if there is none."""
    if target in edition.entries:
        listed = source_pages(edition).get(target, "")
        return relative(f"{listed}#{target}", page.uri) if listed else edition.entries[target].fields.get("url", "")
    if note := note_at(edition, target):
        uri = note_pages(edition).get(note.address)
        return relative(f"{uri}#note-{note.id}", page.uri) if uri else ""
    document_id, passage = split_address(target)
    document = edition.documents[document_id]
    found = document.passage(passage)
    return relative(document.file.uri + (f"#{found.id}" if found else ""), page.uri)


@derived
def source_pages(edition: Edition) -> Mapping[str, str]:
    """Return the path of the page that lists each source, by its key; none, where no page lists them."""
    page = edition.pages.get(page_that(edition, Role.BIBLIOGRAPHY))
    keys = [entry.key for entry in sources(edition)]
    if page is None:
        return {}
    call = next(in_role(edition.macros, page.calls, Role.BIBLIOGRAPHY))
    return {key: leaf.uri for leaf in spread(edition, page, call, len(keys)) for key in keys[leaf.part]}


@derived
def _rule_pages(edition: Edition) -> Mapping[str, str]:
    """Return the path of the first page that explains each rule."""
    found: dict[str, str] = {}
    for uri, page in edition.pages.items():
        for call in in_role(edition.macros, page.calls, Role.RULES):
            explained = edition.macros[call.name].anchors
            found = {**dict.fromkeys(explained(edition, page, call) if explained else (), uri), **found}
    return found


def rule_link(edition: Edition, rule: str, page: TextFile) -> str:
    """Return the link from a page to where a rule is explained; empty if no page does."""
    uri = _rule_pages(edition).get(rule)
    return relative(f"{uri}#{rule}", page.uri) if uri else ""


def clause_at(edition: Edition, target: str, page: TextFile) -> Clause | None:
    """Return the clause that a link of a page leads to, or none: the reverse of `link_to`."""
    uri, id = resolved(target, page.uri)
    document = by_uri(edition).get(uri)
    found = document.passage(id) if document else None
    return found if isinstance(found, Clause) else None


def place_of(edition: Edition, file: TextFile, call: Call, page: TextFile) -> tuple[str, str]:
    """Return words and link for the place of a call: its passage, note or page."""
    if file.uri in edition.notes_files:
        note = note_around(edition, file, call.start)
        if note and note.kind == "change":
            held = [address for address in note.between if passage_at(edition, address)]
            return note.title, link_to(edition, held[0], page) if held else ""
        return (note.title, link_to(edition, note.address, page)) if note else (file.uri, "")
    document = by_uri(edition).get(file.uri)
    if document:
        passage = document.passage_at(call.start)
        label = f"{document.title} ({document.date.year}), {passage.name}" if passage else document.title
        return label, link_to(edition, passage.address if passage else document.id, page)
    return file.title, relative(file.uri, page.uri)
