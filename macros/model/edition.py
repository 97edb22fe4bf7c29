"""The edition: every document, note and source, loaded and frozen; what macros can refer to."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ..calls.base import Macro, argument
from ..calls.bibliography import Entry
from ..calls.note import Note
from ..calls.thread import Thread
from ..checks.witness import Witness
from ..site.feed import Item
from ..text.markup import plain, slug
from ..text.problem import Problem, RefusalError, did_you_mean
from ..text.rule import rules_about
from ..text.source import Source
from .document import Clause, Document, Passage, split_address
from .glossary import Term

if TYPE_CHECKING:
    from ..calls.base import Context
    from ..calls.compare import RowAnchor
    from ..calls.comparisons import Pair
    from ..derived.proof import Quotation
    from ..derived.quoted_words import Stretch
    from ..text.call import Call

NOTES = "notes"
WITNESS = ".witness.txt"
BIBLIOGRAPHY = "bibliography.bib"
CHANGES = "changes"
THREAD = "thread"


@dataclass(frozen=True)
class Edition:
    """All that is published, with the problems met in loading it.

    `pages` and `notes_files` are sources by their path below the docs folder; `documents` by id in order of date
    and title; `notes` by address; `entries` by key; `files` are the paths of all files below the docs folder.
    """

    pages: Mapping[str, Source]
    notes_files: Mapping[str, Source]
    documents: Mapping[str, Document]
    witnesses: Mapping[str, Witness]
    notes: Mapping[str, Note]
    entries: Mapping[str, Entry]
    threads: Mapping[str, Thread]
    terms: tuple[Term, ...]
    files: frozenset[str]
    macros: Mapping[str, Macro]
    problems: tuple[Problem, ...] = ()
    news: tuple[Item, ...] = ()

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Pages and notes files."""
        return (*self.pages.values(), *self.notes_files.values())

    @cached_property
    def by_uri(self) -> Mapping[str, Document]:
        """Documents by the path of their page."""
        return {document.source.uri: document for document in self.documents.values()}

    @cached_property
    def discussions(self) -> Mapping[str, tuple[Document, ...]]:
        """The documents that say that they are about a document, by its id."""
        found: dict[str, list[Document]] = {}
        for document in self.documents.values():
            for id in dict.fromkeys(getattr(document.front, "about", ())):
                found.setdefault(id, []).append(document)
        return {id: tuple(documents) for id, documents in found.items()}

    @cached_property
    def series(self) -> Mapping[tuple[str, bool, str], tuple[Document, ...]]:
        """The documents of each series, by their kind, whether they are examples, and the series' name."""
        found: dict[tuple[str, bool, str], list[Document]] = {}
        for document in self.documents.values():
            found.setdefault((document.kind, document.front.example, document.series), []).append(document)
        return {key: tuple(documents) for key, documents in found.items()}

    @cached_property
    def clause_ids(self) -> Mapping[tuple[str, bool, str], Mapping[str, Document]]:
        """The ids of the clauses of each series, each with the first document that has it, by the series' key."""
        found: dict[tuple[str, bool, str], dict[str, Document]] = {}
        for key, documents in self.series.items():
            for document in documents:
                for clause in document.clauses:
                    found.setdefault(key, {}).setdefault(clause.id, document)
        return found

    @cached_property
    def beside(self) -> Mapping[str, tuple[Document, ...]]:
        """Each document with the one before it and the one after it in its series, by its id."""
        return {
            document.id: documents[max(0, at - 1) : at + 2]
            for documents in self.series.values()
            for at, document in enumerate(documents)
        }

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What tells each document from the others of its series in few letters, by its id."""
        from ..calls.comparisons import labels

        return {id: label for documents in self.series.values() for id, label in labels(documents).items()}

    @cached_property
    def threads_of(self) -> Mapping[str, tuple[str, ...]]:
        """The threads that follow a clause, by the clause's id."""
        found: dict[str, list[str]] = {}
        for thread in self.threads.values():
            for id in dict.fromkeys(thread.front.clauses):
                found.setdefault(id, []).append(thread.id)
        return {id: tuple(threads) for id, threads in found.items()}

    @cached_property
    def notes_on(self) -> Mapping[str, tuple[Note, ...]]:
        """The notes on each document in order, by its id."""
        found: dict[str, list[Note]] = {}
        for note in self.notes.values():
            found.setdefault(note.document, []).append(note)
        return {id: tuple(notes) for id, notes in found.items()}

    @cached_property
    def _note_aliases(self) -> Mapping[str, Note]:
        """The notes that had another id before, by the address of that."""
        return {f"{note.document}#note-{alias}": note for note in self.notes.values() for alias in note.aliases}

    def note_at(self, address: str) -> Note | None:
        """Return the note of an address, retired ids included."""
        return self.notes.get(address) or self._note_aliases.get(address)

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """Every quotation in the edition with its proof, in the order of pages and places."""
        from ..derived.proof import quotations

        return quotations(self)

    @cached_property
    def quotations_of(self) -> Mapping[str, tuple[Quotation, ...]]:
        """The quotations of each address or source."""
        found: dict[str, list[Quotation]] = {}
        for quotation in self.quotations:
            found.setdefault(quotation.target, []).append(quotation)
        return {target: tuple(quotations) for target, quotations in found.items()}

    @cached_property
    def proofs(self) -> Mapping[tuple[str, int], Quotation]:
        """The quotations by the path of their file and the offset of their call."""
        return {(quotation.source.uri, quotation.call.start): quotation for quotation in self.quotations}

    @cached_property
    def stretches(self) -> Mapping[tuple[str, int], tuple[Stretch, ...]]:
        """The words that each proved quotation quotes, by the path of its file and the offset of its call."""
        from ..derived.quoted_words import stretches

        return stretches(self)

    @cached_property
    def stretches_of(self) -> Mapping[str, tuple[Stretch, ...]]:
        """The words that quotations quote of each document, by its id."""
        found: dict[str, list[Stretch]] = {}
        for place, pieces in self.stretches.items():
            found.setdefault(split_address(self.proofs[place].target)[0], []).extend(pieces)
        return {id: tuple(pieces) for id, pieces in found.items()}

    @cached_property
    def printed_notes(self) -> Mapping[str, tuple[Note, ...]]:
        """The notes that each page calls, in the order of first calls, by the page's path."""
        found: dict[str, tuple[Note, ...]] = {}
        for page in self.pages.values():
            document = self.by_uri.get(page.uri)
            notes: dict[str, Note] = {}
            for call in page.calls:
                if call.name in ("note", "variant"):
                    id = argument(self.macros, call, "id" if call.name == "note" else "note")
                    address = id if "#" in id else f"{document.id}#note-{id}" if document else ""
                    if note := self.note_at(address):
                        notes[note.address] = note
            if notes:
                found[page.uri] = tuple(notes.values())
        return found

    @cached_property
    def note_pages(self) -> Mapping[str, str]:
        """The page on which each note is published first, by the note's address: its document's, if that calls it."""
        found: dict[str, str] = {}
        for uri, notes in self.printed_notes.items():
            document = self.by_uri.get(uri)
            for note in notes:
                if note.address not in found or (document and document.id == note.document):
                    found[note.address] = uri
        return found

    @cached_property
    def comparisons(self) -> Mapping[str, tuple[RowAnchor, ...]]:
        """The rows of the comparisons on each page that has one, by the page's path."""
        from ..calls.compare import row_anchors

        found = {uri: row_anchors(self, page) for uri, page in (*self.pages.items(), *self.made.items())}
        return {uri: rows for uri, rows in found.items() if rows}

    def row_anchors(self, page: Source, call: Call) -> list[RowAnchor]:
        """Return the rows that a call on a page makes, with their ids; none if it is an example."""
        return [row for row in self.comparisons.get(page.uri, ()) if row.call == call.start]

    @cached_property
    def thread_pages(self) -> Mapping[str, Thread]:
        """The threads by the path of their page."""
        return {thread.source.uri: thread for thread in self.threads.values()}

    @cached_property
    def _lists(self) -> Mapping[tuple[str, str], str]:
        """The paths of the pages that list something, by the macro that they call and its argument."""
        found: dict[tuple[str, str], str] = {}
        for page in self.pages.values():
            for call in page.calls:
                if call.name in ("apparatus", "bibliography", "comparisons", "verification"):
                    found.setdefault((call.name, argument(self.macros, call, "document")), page.uri)
        return found

    def page_that(self, lists: str, document: str = "") -> str:
        """Return the path of the first page that calls a macro which lists something; empty if none does."""
        return self._lists.get((lists, document), "")

    @cached_property
    def _rules_on(self) -> Mapping[str, frozenset[str]]:
        """The rules that each page explains, by its path."""
        found: dict[str, frozenset[str]] = {}
        for page in self.pages.values():
            for call in page.calls:
                if call.name == "rules":
                    explained = rules_about(argument(self.macros, call, "about"))
                    found[page.uri] = found.get(page.uri, frozenset()) | frozenset(explained)
        return found

    def rule_link(self, rule: str, page: Source) -> str:
        """Return the link from a page to where a rule is explained; empty if no page does."""
        uri = next((uri for uri, explained in self._rules_on.items() if rule in explained), "")
        return self.relative(f"{uri}#{rule}", page) if uri else ""

    @cached_property
    def quotations_at(self) -> Mapping[str, tuple[Quotation, ...]]:
        """The quotations that stand in each commentary, and those of each declaration, by its id."""
        found: dict[str, list[Quotation]] = {}
        for quotation in self.quotations:
            here, there = self.by_uri.get(quotation.source.uri), split_address(quotation.target)[0]
            if here and here.kind == "commentary":
                found.setdefault(here.id, []).append(quotation)
            if there in self.documents and self.documents[there].kind == "declaration":
                found.setdefault(there, []).append(quotation)
        return {id: tuple(quotations) for id, quotations in found.items()}

    @cached_property
    def pairs(self) -> Mapping[tuple[str, str], Pair]:
        """The comparisons of two declarations that are made beforehand, by the ids of the older and the newer one."""
        from ..calls.comparisons import pairs

        return pairs(self)

    @cached_property
    def made(self) -> Mapping[str, Source]:
        """The pages and plain tables that the edition makes itself, by their path."""
        from ..calls.comparisons import made

        return made(self)

    @cached_property
    def _notes_on(self) -> Mapping[str, set[str]]:
        """The anchors of the notes that each page publishes first, by its path."""
        found: dict[str, set[str]] = {}
        for address, uri in self.note_pages.items():
            found.setdefault(uri, set()).update(_note_anchors(self.notes[address]))
        return found

    @cached_property
    def notes_in(self) -> Mapping[str, tuple[Note, ...]]:
        """The notes of each notes file in order, by its path."""
        found: dict[str, list[Note]] = {}
        for note in self.notes.values():
            found.setdefault(note.source.uri, []).append(note)
        return {uri: tuple(notes) for uri, notes in found.items()}

    @cached_property
    def anchors(self) -> Mapping[str, frozenset[str]]:
        """The ids that each page will have, by its path; the ones its macros make included."""
        return {uri: self._anchors(page) for uri, page in (*self.pages.items(), *self.made.items())}

    def _anchors(self, page: Source) -> frozenset[str]:
        found = {heading.attributes.id or slug(plain(heading.text)) for heading in page.headings}
        found |= self._notes_on.get(page.uri, set())
        if document := self.by_uri.get(page.uri):
            found |= {*document.passages, *document.aliases}
            found |= {anchor for note in self.changes_at(document) for anchor in _note_anchors(note)}
            found |= {stretch.id for stretch in self.stretches_of.get(document.id, ())}
        found |= {id for row in self.comparisons.get(page.uri, ()) for id in (row.anchor, *row.aliases)}
        found |= self._rules_on.get(page.uri, frozenset())
        if any(call.name == "bibliography" for call in page.calls):
            found |= set(self.entries)
        return frozenset(found)

    def document_of(self, note_or_source: Source) -> Document | None:
        """Return the document that a page is, or that a notes file is about."""
        if note_or_source.uri in self.by_uri:
            return self.by_uri[note_or_source.uri]
        return self.documents.get(note_or_source.stem)

    def document(self, id: str) -> Document:
        """Return a document; raises `RefusalError` where there is none."""
        if id not in self.documents:
            hint = did_you_mean(id, self.documents)
            raise RefusalError("document-resolves", f"there is no document '{id}'{hint}", misses=id)
        return self.documents[id]

    def passage(self, address: str) -> Passage:
        """Return the clause or paragraph of an address; raises `RefusalError` where there is none."""
        name, id = split_address(address)
        if not id:
            raise RefusalError("clause-resolves", self._no_passage(name), misses=address)
        document = self.document(name)
        found = document.passage(id)
        if found is None:
            what = "clause" if document.kind == "declaration" else "paragraph"
            elsewhere = next((d.id for d in self.documents.values() if d.passage(id) and d.kind == document.kind), "")
            hint = did_you_mean(id, document.passages) or (f"; there is one in '{elsewhere}'" if elsewhere else "")
            raise RefusalError("clause-resolves", f"there is no {what} '{id}' in '{name}'{hint}", misses=address)
        return found

    def _no_passage(self, name: str) -> str:
        """Say how an address is written that names no passage."""
        document = self.documents.get(name)
        known = [f"{name}#{id}" for id in document.passages] if document else self._with_passage(name)
        return f"'{name}' names no clause: write `document#clause`" + (f", as in '{known[-1]}'" if known else "")

    def _with_passage(self, id: str) -> list[str]:
        return [f"{document.id}#{id}" for document in self.documents.values() if document.passage(id)]

    def clause(self, address: str) -> Clause:
        """Return the clause of an address; raises `RefusalError` where there is none."""
        found = self.passage(address)
        if not isinstance(found, Clause):
            raise RefusalError(
                "clause-resolves", f"'{address}' is a paragraph; a clause of a declaration is meant here"
            )
        return found

    def note(self, id: str, context: Context) -> Note:
        """Return the note that a call names; raises `RefusalError` where there is none."""
        document = self.document_of(context.page)
        address = id if "#" in id else f"{document.id}#note-{id}" if document else ""
        if context.note:
            message = "a note cannot call another note: link to it instead"
            if address in self.note_pages:
                target = f"{self.note_pages[address]}#{address.partition('#')[2]}"
                message += f", as in [words]({self.relative(target, context.source)})"
            raise RefusalError("call-stands-in-text", message)
        if found := self.note_at(address):
            return found
        elsewhere = next((note.address for note in self.notes.values() if note.id == id), "")
        if not address:
            form = f'note("{elsewhere or "document#note-some-id"}")'
            message = f"this page is no document, so a note is called by its whole address: write {form}"
            raise RefusalError("note-resolves", message, misses=context.page.stem)
        own = [note.id for note in self.notes.values() if document and note.document == document.id]
        hint = did_you_mean(address, self.notes) if "#" in id else did_you_mean(id, own)
        if elsewhere and not hint:
            hint = f"; '{elsewhere.partition('#')[0]}' has one, which is called from here as note(\"{elsewhere}\")"
        where = document.id if document and "#" not in id else address.partition("#")[0]
        heading = f"## Title {{ #{id.partition('#note-')[2] or id} .context }}"
        hint = hint or f"; write it in {NOTES}/{where}.md as `{heading}`"
        raise RefusalError("note-resolves", f"there is no note '{id}'{hint}", misses=address)

    def entry(self, key: str) -> Entry:
        """Return the entry of the bibliography that a key stands for; raises `RefusalError` where there is none."""
        if key not in self.entries:
            hint = did_you_mean(key, self.entries)
            raise RefusalError("source-resolves", f"there is no source '{key}' in {BIBLIOGRAPHY}{hint}", misses=key)
        return self.entries[key]

    def source(self, target: str) -> Entry | Document | Passage | Note:
        """Return what a citation points to; raises `RefusalError` where there is nothing."""
        if target in self.entries:
            return self.entries[target]
        if note := self.note_at(target):
            return note
        if "#" in target:
            if target.partition("#")[2].startswith("note-"):
                hint = did_you_mean(target, self.notes)
                raise RefusalError("note-resolves", f"there is no note '{target}'{hint}", misses=target)
            return self.passage(target)
        if target in self.documents:
            return self.documents[target]
        hint = did_you_mean(target, [*self.entries, *self.documents]) or ": add it there, or cite one that is"
        raise RefusalError(
            "source-resolves", f"there is no source '{target}' in {BIBLIOGRAPHY} and no document{hint}", misses=target
        )

    def name(self, address: str) -> Mapping[str, str]:
        """Return what a reader is told of an address: the document, its date, the passage."""
        document_id, passage_id = split_address(address)
        document = self.documents[document_id]
        note = self.note_at(address)
        passage = document.passage(passage_id)
        return {
            "document": document.title,
            "date": str(document.date),
            "year": str(document.date.year),
            "passage": f"note “{note.title}”" if note else passage.name if passage else "",
            "kind": document.kind,
        }

    def link(self, target: str, page: Source) -> str:
        """Return the link from a page to an address or a key, as an author would write it; empty if there is none."""
        if target in self.entries:
            listed = self.page_that("bibliography")
            return self.relative(f"{listed}#{target}", page) if listed else self.entries[target].fields.get("url", "")
        if note := self.note_at(target):
            uri = self.note_pages.get(note.address)
            return self.relative(f"{uri}#note-{note.id}", page) if uri else ""
        document_id, passage = split_address(target)
        document = self.documents[document_id]
        found = document.passage(passage)
        return self.relative(document.source.uri + (f"#{found.id}" if found else ""), page)

    def quoted_link(self, quotation: Quotation, page: Source) -> str:
        """Return the link from a page to the words that a quotation quotes, or to its source if they are not held."""
        pieces = self.stretches.get((quotation.source.uri, quotation.call.start))
        if not pieces:
            return self.link(quotation.target, page)
        document = self.documents[split_address(quotation.target)[0]]
        return self.relative(f"{document.source.uri}#{pieces[0].id}", page)

    def relative(self, target: str, page: Source) -> str:
        """Return a path below the docs folder as a link relative to a page."""
        uri, mark, anchor = target.partition("#")
        if uri == page.uri:
            return mark + anchor
        there, here = uri.split("/"), page.uri.split("/")
        shared = len(posixpath.commonprefix([there[:-1], here[:-1]]))
        return "../" * (len(here) - 1 - shared) + "/".join(there[shared:]) + mark + anchor

    def clause_at(self, target: str, page: Source) -> Clause | None:
        """Return the clause that a link of a page leads to, or none: the reverse of `link`."""
        path, _, id = target.partition("#")
        uri = posixpath.normpath(posixpath.join(posixpath.dirname(page.uri), path)) if path else page.uri
        document = self.by_uri.get(uri)
        found = document.passage(id) if document else None
        return found if isinstance(found, Clause) else None

    def place(self, source: Source, call: Call, page: Source) -> tuple[str, str]:
        """Return words and link for the place of a call: its passage, note or page."""
        if source.uri in self.notes_files:
            note = next((n for n in self.notes_in.get(source.uri, ()) if n.start <= call.start < n.end), None)
            if note and note.kind == "change":
                held = [address for address in note.between if self._holds(address)]
                return note.title, self.link(held[0], page) if held else ""
            return (note.title, self.link(note.address, page)) if note else (source.uri, "")
        document = self.by_uri.get(source.uri)
        if document:
            passage = next((p for p in document.passages.values() if p.start <= call.start < p.end), None)
            name = passage.name if passage else ""
            label = f"{document.title} ({document.date.year}), {name}" if name else document.title
            return label, self.link(passage.address if passage else document.id, page)
        return self.title(source), self.relative(source.uri, page)

    def _holds(self, address: str) -> bool:
        id, passage = split_address(address)
        return id in self.documents and self.documents[id].passage(passage) is not None

    def title(self, page: Source) -> str:
        """Return a page's title: its front matter's, or its first heading."""
        title = page.front.get("title")
        first = next((plain(heading.text) for heading in page.headings if heading.level == 1), page.uri)
        return title if isinstance(title, str) else first

    def changes_between(self, addresses: frozenset[str]) -> tuple[Note, ...]:
        """Return the notes on changes that lie between clauses of a set of addresses."""
        return tuple(note for note in self._changes_of(addresses) if frozenset(note.between) <= addresses)

    def changes_at(self, document: Document) -> tuple[Note, ...]:
        """Return the notes on changes that a document's clauses have a part in."""
        return self._changes_of(clause.address for clause in document.clauses)

    def _changes_of(self, addresses: Iterable[str]) -> tuple[Note, ...]:
        """Return the notes on changes that name one of some clauses, in order."""
        found = {note.address: note for address in addresses for note in self.changes_of.get(address, ())}
        return tuple(sorted(found.values(), key=lambda note: (note.source.uri, note.start)))

    @cached_property
    def changes(self) -> tuple[Note, ...]:
        """All notes on changes."""
        return tuple(note for note in self.notes.values() if note.kind == "change")

    @cached_property
    def changes_of(self) -> Mapping[str, tuple[Note, ...]]:
        """The notes on changes that name each clause, by its address."""
        found: dict[str, dict[str, Note]] = {}
        for note in self.changes:
            for address in note.between:
                found.setdefault(address, {})[note.address] = note
        return {address: tuple(notes.values()) for address, notes in found.items()}

    @cached_property
    def successors(self) -> Mapping[str, tuple[Clause, ...]]:
        """The clauses that come after another one under a new id, by its address."""
        found: dict[str, list[Clause]] = {}
        for document in self.documents.values():
            for clause in document.clauses:
                for address in clause.after:
                    found.setdefault(address, []).append(clause)
        return {address: tuple(later) for address, later in found.items()}

    @cached_property
    def references(self) -> Mapping[str, tuple[tuple[Source, Call], ...]]:
        """The calls that refer to each address."""
        from ..derived.lineage import references

        return references(self.sources, self.macros)


def _note_anchors(note: Note) -> list[str]:
    return [f"note-{id}" for id in (note.id, *note.aliases)]


def is_data(uri: str) -> bool:
    """Say whether a file below the docs folder is data of the edition, never published as it is."""
    return uri.startswith(f"{NOTES}/") or uri.endswith(WITNESS) or uri == BIBLIOGRAPHY
