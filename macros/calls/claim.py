"""A claim: one sentence of a document, with what a note finds of it."""

from collections.abc import Mapping
from typing import Any

from ..derived.claims import sentence_of
from ..derived.links import link_to
from ..derived.lookup import find_note
from ..model.macro import Fragment, text_of
from ..text.problem import RefusalError
from .base import Context, macro
from .best_source import source_data


@macro()
def claim(context: Context, note: str) -> Fragment:
    """Show the sentence that a note is about, with its words marked, and the note beside it, open.

    `note` is the whole address of a note that a document publishes, as `document#note-id`.
    """
    edition = context.edition
    found = find_note(edition, note, context.page)
    sentence = sentence_of(edition, found)
    if sentence is None:
        raise RefusalError("note-resolves", f"the note '{note}' is called in no document, so it is about no sentence")

    def data() -> Mapping[str, Any]:
        return {
            **found.plain,
            "before": sentence.before,
            "words": sentence.words,
            "after": sentence.after,
            "document": sentence.document.name,
            "authors": [*map(str, getattr(sentence.document.front, "authors", ()))],
            "passage": sentence.passage,
            "href": link_to(edition, found.address, context.page),
            "best": source_data(edition, found, context.page),
            "passage_href": link_to(edition, sentence.address, context.page),
        }

    return Fragment("claim.html", data, {"note": text_of(found)})
