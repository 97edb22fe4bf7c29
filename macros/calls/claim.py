"""A claim: one sentence of a document, with what a note finds of it."""

from collections.abc import Mapping
from typing import Any

from ..derived.index import printed
from ..derived.links import link_to
from ..derived.lookup import find_note
from ..derived.uses import published_note
from ..model.macro import Fragment, text_of
from ..text.markup import plain
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
    calls = ((document, call) for document in edition.documents.values() for call in document.file.calls)
    place = next((one for one in calls if published_note(edition, one[0].file, one[1]) is found), None)
    if place is None:
        raise RefusalError("note-resolves", f"the note '{note}' is called in no document, so it is about no sentence")
    document, call = place

    def data() -> Mapping[str, Any]:
        def text(start: int, end: int) -> str:
            given = printed(edition, document.file, start, end)
            return " " * given[:1].isspace() + plain(given) + " " * given[-1:].isspace()

        start, end = document.file.line_around(call.start, call.stop)
        before = text(start, call.start)
        words = text(call.end, call.close[0]) if call.close else ""
        passage = document.passage_at(call.start)
        return {
            **found.plain,
            "before": before if words else "",
            "words": words or before,
            "after": text(call.stop, end).rstrip(),
            "document": document.name,
            "authors": [*map(str, getattr(document.front, "authors", ()))],
            "passage": passage.name if passage else "",
            "href": link_to(edition, found.address, context.page),
            "best": source_data(edition, found, context.page),
            "passage_href": link_to(edition, passage.address if passage else document.id, context.page),
        }

    return Fragment("claim.html", data, {"note": text_of(found)})
