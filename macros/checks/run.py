"""The check: every defect of an edition, found before anything is rendered."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import partial

from ..calls.base import Context, Fragment, argument, evaluate
from ..calls.bibliography import uses_of_sources
from ..calls.note import Note
from ..calls.quote import without_address, without_source
from ..model.document import Clause, Document, split_address
from ..model.edition import BIBLIOGRAPHY, CHANGES, Edition
from ..text import allowlist
from ..text.call import Call
from ..text.problem import Position, Problem, RefusalError, did_you_mean
from ..text.source import Source
from .consequences import is_settled, without_echoes
from .headings import braces, headings
from .links import links
from .markdown import misread
from .unwritten import unwritten
from .witness import disagreements

_MISTAKEN = 0.86  # likeness of two ids (difflib's), from which on one is taken for a slip of the other

_FOOTNOTE = re.compile(r"\[\^(?P<label>[^\]\s]+)\](?P<colon>:?)")


def check(edition: Edition) -> tuple[Problem, ...]:
    """Return all problems of an edition, sorted by file and line, without those that only follow from others."""
    found = set(edition.problems)
    for source in edition.sources:
        found.update(_calls(edition, source))
        found.update(links(edition, source))
        found.update(_footnotes(source))
        found.update(unwritten(source))
        found.update(headings(edition, source))
        found.update(braces(source))
        document = edition.by_uri.get(source.uri)
        found.update(
            misread(source, edition.macros, is_commentary=document is not None and document.kind == "commentary")
        )
        found.update(_in_raw_html(source))
        found.update(allowlist.faults(source))
    for document in edition.documents.values():
        found.update(_document(edition, document))
    found.update(_notes(edition))
    found.update(_threads(edition))
    found.update(_events(edition))
    found.update(_entries(edition))
    found = without_echoes(edition, found)
    if is_settled(edition, found):
        for document in edition.documents.values():
            found.update(without_source(edition, document))
    return tuple(sorted(found))


def by_page(edition: Edition, problems: Iterable[Problem]) -> Mapping[str, tuple[Problem, ...]]:
    """Return the problems by the path of the page that shows them: their own, or the one that uses the data."""
    paths = {source.path: uri for uri, source in edition.pages.items()}
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        uri = paths.get(problem.position.path)
        if uri is None:
            stem = posixpath.basename(problem.position.path).partition(".")[0]
            document = edition.documents.get(stem)
            listed = edition.page_that("bibliography") if stem == BIBLIOGRAPHY.partition(".")[0] else ""
            uri = document.source.uri if document else listed or "index.md"
        found.setdefault(uri, []).append(problem)
    return {uri: tuple(some) for uri, some in found.items()}


def _calls(edition: Edition, source: Source) -> Iterator[Problem]:
    notes = edition.notes_in.get(source.uri, ())
    for call in source.calls:
        context = Context(edition, source, source, call, _note_at(notes, call))
        try:
            result = evaluate(edition.macros, context)
        except RefusalError as error:
            yield error.at(call.position)
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


def _document(edition: Edition, document: Document) -> Iterator[Problem]:
    source = document.source
    yield from without_address(edition, document)
    witness = edition.witnesses.get(document.id)
    if witness:
        yield from disagreements(document, witness, edition.macros)
    front = document.front
    for number, id in enumerate(getattr(front, "about", ())):
        yield from _resolves(partial(edition.document, id), partial(source.front_position, "about", number), "about")
    for number, outcome in enumerate(getattr(front, "outcomes", ())):
        place = partial(source.front_position, "outcomes", number, "source")
        yield from _resolves(partial(edition.entry, outcome.source), place, "outcomes")
    for id, key in getattr(front, "silent", {}).items():
        yield from _resolves(partial(edition.entry, key), partial(source.front_position, "silent", id), "silent")
    for clause in document.clauses:
        yield from _clause(edition, document, clause)


def _clause(edition: Edition, document: Document, clause: Clause) -> Iterator[Problem]:
    for address in clause.after:
        find = partial(edition.clause, address)
        yield from _resolves(find, partial(document.source.position, clause.start), "after")
    if not document.source.body[clause.heading.end if clause.heading else clause.start : clause.end].strip():
        message = f"the clause '{clause.name}' has no text: say below its heading, in a sentence, what it says"
        yield Problem(document.source.position(clause.start), "clause-has-text", message)
    if fault := _mistaken(edition, document, clause):
        yield Problem(document.source.position(clause.start), "clause-id-is-distinct", fault)
    for alias in clause.aliases:
        if alias in document.passages:
            yield Problem(
                document.source.position(clause.start),
                "id-is-unique",
                f"the retired id '{alias}' is the id of another clause here: take it out of 'aliases'",
            )


def _mistaken(edition: Edition, document: Document, clause: Clause) -> str:
    """Say for which id of its series a clause's own may be a slip: it continues nothing, and is nearly the same."""
    first = edition.clause_ids.get((document.kind, document.front.example, document.series), {})
    if clause.after or first.get(clause.id) is not document:
        return ""
    earlier = [id for id, other in first.items() if other.date < document.date and id not in document.passages]
    for near in get_close_matches(clause.id, earlier, n=1, cutoff=_MISTAKEN):
        address = f"{first[near].id}#{near}"
        return (
            f"no text before has a clause '{clause.id}', but '{first[near].id}' has '{near}': write `#{near}` if it is "
            f'the same clause, restated; if it comes after that clause, say after="{address}"; '
            "if it is another, give it an id that is less like that one"
        )
    return ""


def _resolves(find: Callable[[], object], place: Callable[[], Position], where: str) -> Iterator[Problem]:
    try:
        find()
    except RefusalError as error:
        yield error.at(place(), f"'{where}': ")


def _notes(edition: Edition) -> Iterator[Problem]:
    for note in edition.notes.values():
        for alias in note.aliases:
            if f"{note.document}#note-{alias}" in edition.notes:
                message = f"the retired id '{alias}' is the id of another note here: take it out of 'aliases'"
                yield Problem(note.source.position(note.heading_start), "id-is-unique", message)
        place = partial(note.source.position, note.heading_start)
        for address in note.between:
            yield from _resolves(partial(edition.clause, address), place, "between")
        if fault := _between(edition, note):
            yield Problem(place(), "note-is-well-formed", fault)
        has_place = note.kind == "change" or note.address in edition.note_pages
        if not has_place and note.document == CHANGES:
            form = f"`## {note.title} {{ #{note.id} .change between=… }}`, with the addresses of two clauses"
            message = f"the note '{note.id}' stands among those on changes and is none: write {form}, or move it"
            yield Problem(note.source.position(note.heading_start), "note-is-well-formed", message)
        elif not has_place and note.document in edition.documents:
            form = f'{{% call note("{note.id}") %}}the words it is about{{% endcall %}}'
            message = f"the note '{note.id}' is called nowhere: put `{form}` where it belongs"
            yield Problem(note.source.position(note.heading_start), "note-is-used", message, misses=note.id)


def _between(edition: Edition, note: Note) -> str:
    """Say what is wrong with the clauses that a note on a change names, each of which may be sound by itself."""
    names = [split_address(address)[0] for address in note.between]
    dates = [edition.documents[name].date for name in names if name in edition.documents]
    if len(note.between) == 1:
        return f"a change lies between two clauses: name another beside '{note.between[0]}', between=\"a#x b#x\""
    if len(dates) == len(names) and dates != sorted(dates):
        order = sorted(note.between, key=lambda address: edition.documents[split_address(address)[0]].date)
        return f'the earlier clause comes first: write between="{" ".join(order)}"'
    return ""


def _threads(edition: Edition) -> Iterator[Problem]:
    known = {clause.id for document in edition.documents.values() for clause in document.clauses}
    renamed = {old: new for document in edition.documents.values() for old, new in document.aliases.items()}
    for thread in edition.threads.values():
        for number, id in enumerate(thread.front.clauses):
            if id not in known:
                message = f"'clauses': there is no clause '{id}' in any declaration{did_you_mean(id, known)}"
                if id in renamed:
                    message = f"'clauses': the clause '{id}' is called '{renamed[id]}' now: write that"
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
            if key:
                place = partial(source.front_position, "events", number, "source")
                yield from _resolves(partial(edition.entry, str(key)), place, "events")


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
            yield Problem(entry.position, "source-is-used", message, misses=entry.key)
