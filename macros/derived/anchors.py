"""Anchors: the ids that each page will have, so that links are checked before anything is rendered."""

from collections.abc import Mapping

from ..model.edition import Edition, derived, kept
from .index import by_uri, changes_at, grouped
from .leaves import made_pages
from .quoted_words import quoted_spans_of
from .uses import note_pages


@derived
def anchors(edition: Edition) -> Mapping[str, frozenset[str]]:
    """Return the ids that each page will have, by its path; the ones its macros make included."""
    return {uri: _anchors(edition, uri) for uri in (*edition.pages, *made_pages(edition))}


@derived
def _published(edition: Edition) -> Mapping[str, tuple[str, ...]]:
    """Return the addresses of the notes that each page publishes first, by its path."""
    return grouped((uri, address) for address, uri in note_pages(edition).items())


@kept
def _anchors(edition: Edition, uri: str) -> frozenset[str]:
    page = edition.pages.get(uri) or made_pages(edition)[uri]
    found = {heading.anchor for heading in page.headings}
    found |= {anchor for address in _published(edition).get(uri, ()) for anchor in edition.notes[address].anchors}
    if document := by_uri(edition).get(page.uri):
        found |= {*document.passages, *document.aliases}
        found |= {anchor for note in changes_at(edition, document) for anchor in note.anchors}
        found |= {span.id for span in quoted_spans_of(edition).get(document.id, ())}
    for call in page.calls:
        if (known := edition.macros.get(call.name)) and known.anchors:
            found |= {*known.anchors(edition, page, call)}
    return frozenset(found)
