"""Notes: whether each is published, and those on changes lie between clauses."""

import re
from collections.abc import Iterator
from functools import partial

from ..derived.index import notes_in
from ..derived.lookup import find_clause
from ..derived.uses import note_pages
from ..model.edition import Edition
from ..model.layout import CHANGES
from ..model.note import Note
from ..model.passage import split_address
from ..text.file import TextFile
from ..text.problem import Problem
from .base import Scope, check, resolves

_ENDS = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*+(?:\s?\[\^?\s?\w++\]|[¹²³⁰⁴-⁹])*+$")
"""A sentence's end, be it with the mark of a footnote, which is told by itself."""

LONGEST_GIST = 160
"""Characters of a note's first line, its citations left out."""


@check(Scope.FILE)
def gists(edition: Edition, file: TextFile) -> Iterator[Problem]:
    """Find notes whose first line is no gist: too long to be read at a glance, or no sentence of its own."""
    for note in notes_in(edition).get(file.uri, ()):
        gist = note.gist.strip()
        if len(gist) > LONGEST_GIST:
            message = (
                f"a note begins with its gist, a line of at most {LONGEST_GIST} characters that stands alone; this one "
                f"has {len(gist)}: say the finding first, and the rest on the next line"
            )
            yield Problem(note.file.position(note.gist_span[0]), "note-begins-with-its-gist", message)
        elif gist and not _ENDS.search(gist):
            message = (
                "a note begins with its gist, a sentence of its own: end its first line with a full stop, "
                "or write one above it"
            )
            yield Problem(note.file.position(note.gist_span[0]), "note-begins-with-its-gist", message)


@check(Scope.FILE)
def notes(edition: Edition, file: TextFile) -> Iterator[Problem]:
    """Find notes that nobody would see, and those on changes that lie between no two clauses."""
    for note in notes_in(edition).get(file.uri, ()):
        for alias in note.aliases:
            if f"{note.document}#note-{alias}" in edition.notes:
                message = f"the retired id '{alias}' is the id of another note here: take it out of 'aliases'"
                yield Problem(note.file.position(note.heading_start), "id-is-unique", message)
        place = partial(note.file.position, note.heading_start)
        for address in note.between:
            yield from resolves(partial(find_clause, edition, address), place, "between")
        if fault := _between(edition, note):
            yield Problem(place(), "note-is-well-formed", fault)
        has_place = note.kind == "change" or note.address in note_pages(edition)
        if not has_place and note.document == CHANGES:
            form = f"`## {note.title} {{ #{note.id} .change between=… }}`, with the addresses of two clauses"
            message = f"the note '{note.id}' stands among those on changes and is none: write {form}, or move it"
            yield Problem(note.file.position(note.heading_start), "note-is-well-formed", message)
        elif not has_place and note.document in edition.documents:
            form = f'{{% call note("{note.id}") %}}the words it is about{{% endcall %}}'
            message = f"the note '{note.id}' is called nowhere: put `{form}` where it belongs"
            yield Problem(note.file.position(note.heading_start), "note-is-used", message, misses=note.id)


def _between(edition: Edition, note: Note) -> str:
    """Say what is wrong with the clauses that a note on a change names, each of which may be sound by itself."""
    names = [split_address(address)[0] for address in note.between]
    dates = [edition.documents[name].date for name in names if name in edition.documents]
    if len(note.between) == 1:
        return f"a change lies between two clauses: name another beside '{note.between[0]}', between=\"a#x b#x\""
    if len(dates) == len(names) and dates != sorted(dates):
        order = sorted(note.between, key=lambda address: edition.documents[split_address(address)[0]].date)
        return f'the earlier clause comes first: write between="{" ".join(order)}"'
    known = [edition.documents[name] for name in names if name in edition.documents]
    if note.change == "wording" and not all(document.is_in_full for document in known):
        return 'a change in wording is seen only between texts held in full: write change="reported", or "sources"'
    return ""
