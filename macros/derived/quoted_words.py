"""Quoted words: those of a clause that a quotation quotes, where they stand in the clause's own file.

The proof of a quotation says which of a clause's words each of its pieces is.  Here these words are found again in
the text that they were taken from, so that the clause's page can show exactly them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..model.edition import Edition, derived
from ..model.passage import BRACKETED, Clause, own_blocks, split_address, without_note_marks
from ..text.file import TextFile
from ..text.markup import numbered, plain_traced, quoted_paragraphs, slug
from ..text.target import relative
from ..text.traced import Traced
from ..text.words import EDITORIAL_END, EDITORIAL_START, ELLIPSIS
from ..text.words import words as words_of
from .index import by_uri, grouped, note_around
from .links import link_to
from .lookup import find_clause
from .proof import Quotation, proofs, quotations

PREFIX = "quoted-"
"""Begins the ids of quoted words."""

_MARK = re.compile(r"^ *(?:(?:[-*+]|\d+\.) +|#{1,6} *|> ?|\| *)", re.MULTILINE)
"""What makes a paragraph something else if it begins with it, a list's items among them."""


@dataclass(frozen=True)
class QuotedSpan:
    """The words of one piece of a quotation; `start:end` is their place in the body of the clause's file.

    `id` names the quotation by where it stands (`quoted-some-commentary-p7`) and is shared by all of its pieces.
    """

    id: str
    start: int
    end: int


Spans = tuple[tuple[int, int], ...]


@derived
def quoted_spans(edition: Edition) -> Mapping[tuple[str, int], tuple[QuotedSpan, ...]]:
    """Return the words that each proved quotation quotes, by the path of its file and the offset of its call."""
    runs: dict[str, tuple[Spans, ...]] = {}
    taken: dict[str, set[str]] = {}
    found = {}
    for quotation in quotations(edition):
        if not quotation.places:
            continue
        clause = find_clause(edition, quotation.target)
        document = edition.documents[clause.document]
        if clause.address not in runs:
            runs[clause.address] = tuple(own_words(document.file, clause, is_in_full=document.is_in_full))
        others = taken.setdefault(document.id, {*document.passages, *document.aliases})
        id = numbered(PREFIX + _name(edition, quotation), others)
        pieces = [runs[clause.address][place.passage][place.start : place.end] for place in quotation.places]
        found[quotation.file.uri, quotation.call.start] = tuple(
            QuotedSpan(id, words[0][0], words[-1][1]) for words in pieces if words[0][0] < words[-1][1]
        )
    return found


@derived
def quoted_spans_of(edition: Edition) -> Mapping[str, tuple[QuotedSpan, ...]]:
    """Return the words that quotations quote of each document, by its id."""
    spans = quoted_spans(edition).items()
    return grouped((split_address(proofs(edition)[at].target)[0], each) for at, some in spans for each in some)


def link_to_quoted(edition: Edition, quotation: Quotation, page: TextFile) -> str:
    """Return the link from a page to the words that a quotation quotes, or to its source if they are not held."""
    pieces = quoted_spans(edition).get((quotation.file.uri, quotation.call.start))
    if not pieces:
        return link_to(edition, quotation.target, page)
    document = edition.documents[split_address(quotation.target)[0]]
    return relative(f"{document.file.uri}#{pieces[0].id}", page.uri)


def own_words(file: TextFile, clause: Clause, *, is_in_full: bool) -> Iterator[Spans]:
    """Yield, for each of a clause's passages, the place of each of its words in the source's body.

    A sign that makes a list, a heading or a table has no width: nothing may come between it and its line's beginning.
    """
    for block in own_blocks(file, clause.heading.end if clause.heading else clause.start, clause.end):
        for paragraph in quoted_paragraphs(Traced.at(block.text, block.start)):
            behind = _behind_marks(paragraph)
            plain = plain_traced(paragraph)
            # The brackets and ellipses of a text held in full are its own.
            for run in (plain,) if is_in_full else map(_edited, plain.split(ELLIPSIS)):
                text = without_note_marks(run.text) if is_in_full else run.text
                places = (run.span(word.start, word.end) for word in words_of(text))
                if spans := tuple((behind.get(start, start), behind.get(end - 1, end)) for start, end in places):
                    yield spans


def _behind_marks(paragraph: Traced) -> Mapping[int, int]:
    """Return, for each place that a paragraph's marks take, the place behind the mark."""
    marks = _MARK.finditer(paragraph.text) if _MARK.match(paragraph.text.lstrip()) else ()
    spans = [paragraph.span(*mark.span()) for mark in marks]
    return {place: end for start, end in spans for place in range(start, end)}


def _edited(text: Traced) -> Traced:
    """Mark what stands in brackets as an editor's, as `Clause.passages` does."""
    parts, at = [], 0
    for match in BRACKETED.finditer(text.text):
        start, end = match.span()
        opening = text[start : start + 1].standing_for(EDITORIAL_START)
        closing = text[end - 1 : end].standing_for(EDITORIAL_END)
        parts += [text[at:start], opening, text[start + 1 : end - 1], closing]
        at = end
    return Traced.joined([*parts, text[at:]])


def _name(edition: Edition, quotation: Quotation) -> str:
    """Return what a quotation is known by: its document and paragraph, its note, or its page."""
    file, start = quotation.file, quotation.call.start
    if note := note_around(edition, file, start):
        return f"{note.document}-note-{note.id}"
    document = by_uri(edition).get(file.uri)
    if document is None:
        return slug(file.uri.removesuffix(".md").replace("/", "-"))
    passage = document.passage_at(start)
    return f"{document.id}-{passage.id}" if passage else document.id
