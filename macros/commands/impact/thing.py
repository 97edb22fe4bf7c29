"""Things: what readers and authors refer to in an edition, by the names they know it by.

The name of a page is its path below the site's root (`/about/`), that of a heading in it is the path with the
heading's id; clauses, paragraphs and notes have their addresses.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from ...derived.index import by_uri, changes, compared_documents, files, former_addresses, note_at
from ...derived.leaves import made_pages
from ...derived.lookup import find_clause, passage_at
from ...derived.pairs import pairs
from ...derived.proof import quotations
from ...derived.rows import comparison_rows
from ...derived.threads import clauses_of
from ...derived.uses import note_pages
from ...model.document import Document
from ...model.edition import Edition
from ...model.macro import Relation, Role, argument, meaning, targets
from ...model.note import NOTE_KINDS, Note
from ...model.passage import Clause, Passage
from ...text.call import Call
from ...text.file import TextFile
from ...text.markup import plain
from ...text.problem import Position
from ...text.substitution import substituted
from ...text.target import resolved

Kind = Literal["address", "row", "note", "quotation", "comparison", "link"]

_QUOTED = re.compile(r"^ {0,3}>[ ]?", re.MULTILINE)
_TO_A_SITE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|/")


@dataclass(frozen=True)
class Thing:
    """Something that a change may touch: its name, its words as readers find them, and where an author finds it.

    `home` is the path of the page it is published on, `targets` what it refers to, `parts` the clauses that a
    comparison sets side by side.  Of a quotation `proof` says how far it is proved, `refusal` why it is not.
    """

    kind: Kind
    name: str
    words: str
    position: Position
    home: str
    targets: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    proof: str = ""
    refusal: str = ""


class Things:
    """Everything in an edition that a change may touch."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    @cached_property
    def addresses(self) -> Mapping[str, Thing]:
        """Pages, headings, clauses and paragraphs by name."""
        found = {}
        for page in self.edition.pages.values():
            thing = Thing("address", self._page(page.uri), page.title, Position(page.path, 1), page.uri)
            found[thing.name] = thing
            found |= {thing.name: thing for thing in self._passages(page)}
        for pair in pairs(self.edition).values():
            if pair.kind == "page":  # made by the edition, so its words and its place are those of the newer one
                title = made_pages(self.edition)[pair.uri].title
                place = Position(pair.newer.file.path, 1)
                found[self._page(pair.uri)] = Thing("address", self._page(pair.uri), title, place, pair.uri)
        return found

    def _passages(self, page: TextFile) -> Iterator[Thing]:
        document = by_uri(self.edition).get(page.uri)
        for passage in document.passages.values() if document else ():
            yield Thing("address", passage.address, self._words_of(passage), page.position(passage.start), page.uri)
        for heading in page.headings if not document or not document.kind.is_compared else ():
            if heading.level > 1:  # an address that has lost its page's title still leads to the page's head
                name = f"{self._page(page.uri)}#{heading.anchor}"
                yield Thing("address", name, heading.name, page.position(heading.start), page.uri)

    @cached_property
    def rows(self) -> Mapping[str, Thing]:
        """The rows of comparisons by their addresses, each where its last clause stands, without words of their own."""
        return {name: thing for name, thing in self._row_names.items() if name == thing.name}

    @cached_property
    def _row_names(self) -> Mapping[str, Thing]:
        """The rows by all the addresses that lead to them."""
        found: dict[str, Thing] = {}
        for uri, rows in comparison_rows(self.edition).items():
            for row in rows if uri.endswith(".md") else ():  # a plain table is shown within another page
                clause = find_clause(self.edition, row.clause)
                place = self.edition.documents[clause.document].file.position(clause.start)
                thing = Thing("row", f"{self._page(uri)}#{row.anchor}", "", place, uri, (row.clause,))
                pages = dict.fromkeys((self._page(uri), self._page(row.home)))  # the first page leads on to it
                found |= {f"{page}#{id}": thing for page in pages for id in (row.anchor, *row.aliases)}
        return found

    def _words_of(self, passage: Passage) -> str:
        file = self.edition.documents[passage.document].file
        if isinstance(passage, Clause) and passage.heading:
            named = f"{passage.name} ({passage.arc})" if passage.arc else passage.name
            return f"{named}. {self._said(file, passage.heading.end, passage.end)}"
        return self._said(file, passage.start, passage.end)

    @cached_property
    def notes(self) -> Mapping[str, Thing]:
        """The notes that are published, by address."""
        found = {}
        for note in self.edition.notes.values():
            if home := self._home(note):
                # A change of kind or verdict is a change of what the note says.
                judged = ", ".join(filter(None, (NOTE_KINDS[note.kind], note.verdict, note.since)))
                words = f"{judged}: {note.title}. {self._said(note.file, note.start, note.end)}"
                place = note.file.position(note.heading_start)
                found[note.address] = Thing("note", note.address, words, place, home)
        return found

    def _home(self, note: Note) -> str:
        """Return the path of the page that publishes a note; a note on a change stands under its first clause."""
        if note.kind != "change":
            return note_pages(self.edition).get(note.address, "")
        homes = [self.addresses[name].home for address in note.between if (name := self._passage(address))]
        return homes[0] if len(homes) == len(note.between) > 0 else ""

    @cached_property
    def retired(self) -> Mapping[str, Thing]:
        """The retired ids of clauses and notes, other ids of rows and former addresses of pages, by what each is."""
        found = {name: replace(thing, name=name) for name, thing in self._row_names.items() if name != thing.name}
        for document in self.edition.documents.values():
            for alias, id in document.aliases.items():
                thing = self.addresses[f"{document.id}#{id}"]
                found[f"{document.id}#{alias}"] = replace(thing, name=f"{document.id}#{alias}")
        for former, page in former_addresses(self.edition).items():
            found[f"/{former}"] = replace(self.addresses[self._page(page.uri)], name=f"/{former}")
        for thing in self.notes.values():
            note = self.edition.notes[thing.name]
            for alias in note.aliases:
                name = f"{note.document}#note-{alias}"
                found[name] = replace(thing, name=name)
        return found

    def resolve(self, name: str) -> str:
        """Return the name that an address has here, retired ids followed; empty if it leads nowhere."""
        if name in self.addresses:
            return name
        if row := self._row_names.get(name):
            return row.name
        if note := note_at(self.edition, name):
            return note.address if note.address in self.notes else ""
        if moved := former_addresses(self.edition).get(name.partition("#")[0].removeprefix("/")):
            return self._page(moved.uri)  # what leads on leads to the page's head
        return self._passage(name)

    def _passage(self, address: str) -> str:
        found = passage_at(self.edition, address)
        return found.address if found else ""

    @cached_property
    def quotations(self) -> list[Thing]:
        """All quotations, with how far each is proved."""
        return [
            Thing(
                "quotation",
                quotation.target,
                f"“{quotation.text}”",
                quotation.file.position(quotation.call.start),
                quotation.file.uri,
                (quotation.target,),
                proof="" if quotation.refusal else quotation.label,
                refusal=str(quotation.refusal or ""),
            )
            for quotation in quotations(self.edition)
        ]

    @cached_property
    def comparisons(self) -> list[Thing]:
        """All calls that set clauses side by side."""
        found = []
        for page in self.edition.pages.values():
            for call in page.calls:
                role = self._role(call)
                if role in (Role.COMPARISON, Role.THREAD):
                    clauses = list(self._compared(call))
                    targets = tuple(str(value) for value in (*call.arguments, *call.keywords.values()))
                    words = "\n".join(self._words_of(clause) for clause in clauses)
                    name = f"{call.name}({', '.join(targets)})"
                    parts = tuple(clause.address for clause in clauses)
                    targets = targets if role is Role.COMPARISON else (f"thread {targets[0] if targets else ''}",)
                    found.append(Thing("comparison", name, words, page.position(call.start), page.uri, targets, parts))
        return found

    def _compared(self, call: Call) -> Iterable[Clause]:
        edition = self.edition
        if self._role(call) is Role.THREAD:
            thread = edition.threads.get(argument(edition.macros, call, "id"))
            for declaration in compared_documents(edition):
                yield from clauses_of(thread, declaration) if thread else ()
        for address in call.arguments if self._role(call) is Role.COMPARISON else ():
            passage = passage_at(edition, str(address))
            if isinstance(passage, Clause):
                yield passage
            elif document := edition.documents.get(str(address)):
                yield from document.clauses

    @cached_property
    def links(self) -> list[Thing]:
        """All links, citations of addresses, and the clauses that notes on changes lie between."""
        found = []
        for file in files(self.edition):
            for link in file.links:
                if target := self._target(file, link.target):
                    target = self.resolve(target) or target
                    place = file.position(link.start)
                    found.append(Thing("link", target, plain(link.text), place, file.uri, (target,)))
            for call in file.calls:
                target = next(iter(targets(self.edition.macros, call)), "") if self._cites(call) else ""
                if target in self.edition.documents:
                    target = self._page(self.edition.documents[target].file.uri)
                if "#" in target or target.startswith("/"):
                    target = self.resolve(target) or target
                    words = argument(self.edition.macros, call, "locator")
                    found.append(Thing("link", target, words, file.position(call.start), file.uri, (target,)))
        for note in changes(self.edition):
            place = note.file.position(note.heading_start)
            for target in (self.resolve(address) or address for address in note.between):
                found.append(Thing("link", target, note.id, place, note.file.uri, (target,)))
        return found

    def _target(self, file: TextFile, target: str) -> str:
        """Return the name of what a link leads to; empty if that is no part of the edition."""
        if _TO_A_SITE.match(target):
            return ""
        uri, anchor = resolved(target, file.uri)
        if not anchor:
            return self._page(uri) if uri.endswith(".md") else ""
        if name := self._published.get((uri, anchor)):
            return name
        document = by_uri(self.edition).get(uri)
        return self._name(document, anchor) if document else f"{self._page(uri)}#{anchor}"

    def _name(self, document: Document, anchor: str) -> str:
        on_page = f"{self._page(document.file.uri)}#{anchor}"
        return on_page if on_page in self.addresses else f"{document.id}#{anchor}"

    @cached_property
    def _published(self) -> Mapping[tuple[str, str], str]:
        """The addresses of notes by page and anchor."""
        return {(thing.home, thing.name.partition("#")[2]): thing.name for thing in self.notes.values()}

    @staticmethod
    def _page(uri: str) -> str:
        return f"/{url(uri)}"

    def _role(self, call: Call) -> Role | None:
        return known.role if (known := self.edition.macros.get(call.name)) else None

    def _cites(self, call: Call) -> bool:
        known = self.edition.macros.get(call.name)
        return known is not None and known.relation is Relation.CITED

    def _said(self, file: TextFile, start: int, end: int) -> str:
        """Return a part of a file as plain words: what calls print, and what they cite in brackets."""
        return plain(_QUOTED.sub("", substituted(file, start, end, self._printed)))

    def _printed(self, call: Call) -> str:
        macros = self.edition.macros
        if self._cites(call):
            return (
                f" ({', '.join(part for part in (*targets(macros, call), argument(macros, call, 'locator')) if part)})"
            )
        return meaning(macros, call, "printed")


def url(uri: str) -> str:
    """Return the path of a page below the site's root."""
    path = uri.removesuffix(".md")
    return path.removesuffix("index") if posixpath.basename(path) == "index" else f"{path}/"
