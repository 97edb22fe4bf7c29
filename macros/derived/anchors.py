"""Anchors: the ids that each page will have, so that links are checked before anything is rendered."""

from collections.abc import Mapping

from ..model.edition import Edition, derived
from ..text.file import TextFile
from .index import by_uri, changes_at
from .leaves import made_pages
from .quoted_words import quoted_spans_of
from .uses import note_pages


@derived
def anchors(edition: Edition) -> Mapping[str, frozenset[str]]:
    """Return the ids that each page will have, by its path; the ones its macros make included."""
    notes: dict[str, set[str]] = {}
    for address, uri in note_pages(edition).items():
        notes.setdefault(uri, set()).update(edition.notes[address].anchors)
    pages = (*edition.pages.items(), *made_pages(edition).items())
    return {uri: _anchors(edition, page, notes.get(uri, set())) for uri, page in pages}


def _anchors(edition: Edition, page: TextFile, notes: set[str]) -> frozenset[str]:
    found = {heading.anchor for heading in page.headings} | notes
    if document := by_uri(edition).get(page.uri):
        found |= {*document.passages, *document.aliases}
        found |= {anchor for note in changes_at(edition, document) for anchor in note.anchors}
        found |= {span.id for span in quoted_spans_of(edition).get(document.id, ())}
    for call in page.calls:
        if (known := edition.macros.get(call.name)) and known.anchors:
            found |= {*known.anchors(edition, page, call)}
    return frozenset(found)
