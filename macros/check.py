"""The check: every defect of an edition, found before anything is rendered."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping

from macros import allowlist
from macros.bibliography import uses_of_sources
from macros.call import Call
from macros.document import ID, Clause, Document
from macros.edition import NOTES, Edition
from macros.macro import Context, Fragment, argument, evaluate
from macros.note import Note
from macros.problem import Position, Problem, RefusalError, did_you_mean
from macros.quotation import without_address, without_source
from macros.source import Source
from macros.witness import disagreements

_FOOTNOTE = re.compile(r"\[\^(?P<label>[^\]\s]+)\](?P<colon>:?)")
_SAME_SLUG = re.compile(r"_\d+$")


def check(edition: Edition) -> tuple[Problem, ...]:
    """Return all problems of an edition, sorted by file and line."""
    problems = set(edition.problems)
    for source in edition.sources:
        problems.update(_calls(edition, source))
        problems.update(_links(edition, source))
        problems.update(_footnotes(source))
        problems.update(_ids(source))
        problems.update(_in_raw_html(source))
        problems.update(allowlist.faults(source))
    for document in edition.documents.values():
        problems.update(_document(edition, document))
    problems.update(_notes(edition))
    problems.update(_threads(edition))
    problems.update(_events(edition))
    problems.update(_entries(edition))
    if not any(problem.rule in _UNSETTLING for problem in problems):
        for document in edition.documents.values():
            problems.update(without_source(edition, document))
    return tuple(sorted(problem for problem in problems if not _follows(problem, problems)))


_UNSETTLING = ("page-agrees-with-witness", "quotation-matches", "witness-is-unchanged")
"""What must be mended before it can be said which own words a commentary quotes."""


def _follows(problem: Problem, problems: Iterable[Problem]) -> bool:
    """Say whether a problem is only the echo of another: what a misspelt call means is not unused as well."""
    unused = {"note-is-used": "note-resolves", "source-is-used": "source-resolves"}.get(problem.rule)
    name = re.match(r"the (?:note|source) '([^']+)'", problem.message)
    return bool(
        unused
        and name
        and any(p.rule == unused and re.search(rf"did you mean '(?:.*#note-)?{name[1]}'", p.message) for p in problems)
    )


def by_page(edition: Edition, problems: Iterable[Problem]) -> Mapping[str, tuple[Problem, ...]]:
    """Return the problems by the path of the page that shows them: their own, or the one that uses the data."""
    paths = {source.path: uri for uri, source in edition.pages.items()}
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        uri = paths.get(problem.position.path)
        if uri is None:
            stem = posixpath.basename(problem.position.path).partition(".")[0]
            document = edition.documents.get(stem)
            uri = document.source.uri if document else "index.md"
        found.setdefault(uri, []).append(problem)
    return {uri: tuple(some) for uri, some in found.items()}


def _calls(edition: Edition, source: Source) -> Iterator[Problem]:
    notes = edition.notes_in.get(source.uri, ())
    for call in source.calls:
        context = Context(edition, source, source, call, _note_at(notes, call))
        try:
            result = evaluate(edition.macros, context)
        except RefusalError as error:
            yield Problem(call.position, error.rule, error.message)
            continue
        if isinstance(result, Fragment) and not result.is_inline and not _stands_alone(source, call):
            message = (
                f"'{call.name}' makes a block: put the call in a paragraph of its own, with a blank line on each side"
            )
            yield Problem(call.position, "call-stands-in-text", message)


_RAW_BLOCK = re.compile(
    r"^ {0,3}<(?P<tag>[a-z][a-z0-9]*)\b[^>\n]*>.*?(?:</(?P=tag)>|\n[ \t]*\n)", re.MULTILINE | re.DOTALL
)
_INLINE_TAGS = frozenset(
    "a abbr b bdi bdo cite code dfn em i kbd mark q s samp small span strong sub sup time u var".split()
)


def _in_raw_html(source: Source) -> Iterator[Problem]:
    """Find calls inside a block of raw HTML, which Markdown passes on unread."""
    if not source.calls or "<" not in source.masked:
        return
    for match in _RAW_BLOCK.finditer(source.masked):
        if match["tag"] in _INLINE_TAGS:
            continue
        for call in source.calls:
            if match.start() < call.start < match.end():
                message = (
                    f"'{call.name}' is called in raw HTML, which Markdown does not read: write the block in Markdown"
                )
                yield Problem(call.position, "call-stands-in-text", message)


def _note_at(notes: Iterable[Note], call: Call) -> Note | None:
    return next((note for note in notes if note.start <= call.start < note.end), None)


def _stands_alone(source: Source, call: Call) -> bool:
    before = source.body[: call.start].rpartition("\n")
    after = source.body[call.stop :].partition("\n")
    previous = before[0].rpartition("\n")[2]
    following = after[2].partition("\n")[0]
    is_item = re.fullmatch(r"\s*(?:[-*+]|\d+\.)\s+", before[2])
    alone = (not before[2].strip() or is_item) and not after[0].strip()
    return bool(alone and (is_item or not previous.strip()) and not following.strip())


def _links(edition: Edition, source: Source) -> Iterator[Problem]:
    folder = posixpath.dirname(source.uri)
    for link in source.links:
        if fault := allowlist.address_fault(link.target, is_image=link.is_image):
            yield Problem(source.position(link.start), "html-is-allowed", fault)
            continue
        if fault := _lost(edition, source, folder, link.target):
            yield Problem(source.position(link.start), "link-resolves", fault)


def _lost(edition: Edition, source: Source, folder: str, target: str) -> str:
    """Say why a link leads nowhere, or nothing."""
    path, _, anchor = target.partition("#")
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", path) or target == "":
        return "" if target else "this link has no target: write [words](page.md)"
    if path.startswith("/"):
        return f"the link '{target}' begins at the server's root: write the path from this file, as in ../about.md"
    uri = posixpath.normpath(posixpath.join(folder, path)) if path else source.uri
    if not path and source.uri in edition.notes_files:
        return f"the link '{target}' names no page: a note is published elsewhere, so write the path of the page too"
    if uri in edition.notes_files or uri.startswith(f"{NOTES}/"):
        return f"the link '{target}' leads to a notes file, which is no page: link to the note where it is published"
    if uri in edition.anchors:
        if anchor and anchor not in edition.anchors[uri] and not _SAME_SLUG.search(anchor):
            return f"'{uri}' has no '#{anchor}'{did_you_mean(anchor, edition.anchors[uri])}"
        return ""
    if uri in edition.files:
        return ""
    near = did_you_mean(uri, [*edition.files, *edition.made])
    return f"the link '{target}' leads nowhere: there is no file '{uri}'{near}"


def _footnotes(source: Source) -> Iterator[Problem]:
    """Find faults of native footnotes, which Python-Markdown passes over: no definition, two of them, no reference."""
    text = source.masked_of_calls
    if "[^" not in text:
        return
    defined: dict[str, int] = {}
    used: dict[str, int] = {}
    for match in _FOOTNOTE.finditer(text):
        label = match["label"]
        if match["colon"] and not text[: match.start()].rpartition("\n")[2].strip():
            if label in defined:
                message = f"the footnote '{label}' is defined already above: only one can stand"
                yield Problem(source.position(match.start()), "footnote-is-unique", message)
            defined.setdefault(label, match.start())
        else:
            used.setdefault(label, match.start())
    for label, start in used.items():
        if label not in defined:
            message = (
                f"the footnote '[^{label}]' has no definition{did_you_mean(label, defined)}: add a line `[^{label}]: …`"
            )
            yield Problem(source.position(start), "footnote-resolves", message)
    for label, start in defined.items():
        if label not in used:
            message = f"the footnote '[^{label}]' is defined but no place refers to it: call it, or take it out"
            yield Problem(source.position(start), "footnote-is-used", message)


def _ids(source: Source) -> Iterator[Problem]:
    """Ids that an author gives to headings: ASCII, and one of a kind in their page."""
    seen: dict[str, int] = {}
    for heading in source.headings:
        id = heading.attributes.id
        if id and not ID.fullmatch(id):
            message = f"the id '{id}' is not lower-case ASCII letters, digits and hyphens: rename it"
            yield Problem(source.position(heading.start), "id-is-ascii", message)
        elif id and id in seen:
            line = source.position(seen[id]).line
            message = f"the id '{id}' stands in line {line} already: give this heading another"
            yield Problem(source.position(heading.start), "id-is-unique", message)
        elif id:
            seen[id] = heading.start


def _document(edition: Edition, document: Document) -> Iterator[Problem]:
    source = document.source
    yield from without_address(edition, document)
    witness = edition.witnesses.get(document.id)
    if witness:
        yield from disagreements(document, witness, edition.macros)
    for number, id in enumerate(getattr(document.front, "about", ())):
        if id not in edition.documents:
            message = f"'about': there is no document '{id}'{did_you_mean(id, edition.documents)}"
            yield Problem(source.front_position("about", number), "document-resolves", message)
    for number, outcome in enumerate(getattr(document.front, "outcomes", ())):
        if outcome.source not in edition.entries:
            message = (
                f"'outcomes': there is no source '{outcome.source}'{did_you_mean(outcome.source, edition.entries)}"
            )
            yield Problem(source.front_position("outcomes", number, "source"), "source-resolves", message)
    for id, key in getattr(document.front, "silent", {}).items():
        if key not in edition.entries:
            message = (
                f"'silent': there is no source '{key}' for the silence on '{id}'{did_you_mean(key, edition.entries)}"
            )
            yield Problem(source.front_position("silent", id), "source-resolves", message)
    for clause in document.clauses:
        yield from _clause(edition, document, clause)


def _clause(edition: Edition, document: Document, clause: Clause) -> Iterator[Problem]:
    place = document.source.position(clause.start)
    for address in clause.after:
        yield from _resolves(edition, address, place, "after")
    for alias in clause.aliases:
        if alias in document.passages:
            yield Problem(
                place,
                "id-is-unique",
                f"the retired id '{alias}' is the id of another clause here: take it out of 'aliases'",
            )


def _resolves(edition: Edition, address: str, place: Position, where: str) -> Iterator[Problem]:
    try:
        edition.clause(address)
    except RefusalError as error:
        yield Problem(place, error.rule, f"'{where}': {error.message}")


def _notes(edition: Edition) -> Iterator[Problem]:
    for note in edition.notes.values():
        place = note.source.position(note.heading_start)
        for address in note.between:
            yield from _resolves(edition, address, place, "between")
        if note.kind != "change" and note.address not in edition.note_pages and note.document in edition.documents:
            message = f"the note '{note.id}' is called nowhere: put {{{{ note(\"{note.id}\") }}}} where it belongs"
            yield Problem(place, "note-is-used", message)


def _threads(edition: Edition) -> Iterator[Problem]:
    known = {clause.id for document in edition.documents.values() for clause in document.clauses}
    for thread in edition.threads.values():
        for number, id in enumerate(thread.front.clauses):
            if id not in known:
                message = f"'clauses': there is no clause '{id}' in any declaration{did_you_mean(id, known)}"
                yield Problem(thread.source.front_position("clauses", number), "clause-resolves", message)
        if not any(
            call.name == "thread" and argument(edition.macros, call, "id") == thread.id for call in thread.source.calls
        ):
            message = f'this page does not print its clauses: put {{{{ thread("{thread.id}") }}}} where they belong'
            yield Problem(Position(thread.source.path, 1), "thread-is-used", message)


def _events(edition: Edition) -> Iterator[Problem]:
    for source in edition.pages.values():
        events = source.front.get("events") if "kind" not in source.front else None
        for number, event in enumerate(events if isinstance(events, list) else ()):
            key = event.get("source", "") if isinstance(event, dict) else ""
            if key and key not in edition.entries:
                message = f"'events': there is no source '{key}'{did_you_mean(str(key), edition.entries)}"
                yield Problem(source.front_position("events", number, "source"), "source-resolves", message)


def _entries(edition: Edition) -> Iterator[Problem]:
    used = uses_of_sources(edition)
    fronts = [document.front for document in edition.documents.values()]
    named = {key for front in fronts for key in getattr(front, "silent", {}).values()}
    events = [event for source in edition.pages.values() for event in source.front.get("events") or ()]
    named |= {event.get("source", "") for event in events if isinstance(event, dict)}
    named |= {outcome.source for front in fronts for outcome in getattr(front, "outcomes", ())}
    for entry in edition.entries.values():
        if entry.key not in used and entry.key not in named:
            message = f"the source '{entry.key}' is cited nowhere: cite it with cite(\"{entry.key}\"), or take it out"
            yield Problem(entry.position, "source-is-used", message)
