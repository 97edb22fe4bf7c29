"""Notes: an editor's annotations, written apart from the text and published where they are called."""

from ..derived.lookup import find_note, note_address
from ..derived.uses import note_pages
from ..model.macro import Footnote, Fragment, replies_to, text_of
from ..text.problem import RefusalError
from ..text.target import relative
from .base import Context, macro


@macro(body=None, publishes="id")
def note(context: Context, id: str) -> Footnote:
    """Publish a note as a footnote, and mark the words it is about.

    `id` is the id of a note on this page's document, or the whole address of another document's note.  Around
    words, the call marks them as what the note is about; the footnote's number follows them.
    """
    edition = context.edition
    if context.is_in_note:
        message = "a note cannot call another note: link to it instead"
        address = note_address(edition, id, context.page)
        if address in note_pages(edition):
            target = f"{note_pages(edition)[address]}#{address.partition('#')[2]}"
            message += f", as in [words]({relative(target, context.file.uri)})"
        raise RefusalError("call-stands-in-text", message)
    found = find_note(edition, id, context.page)
    mark = (
        Fragment("note_mark.html", lambda: {"kind": found.kind, "verdict": found.verdict}, is_inline=True)
        if context.call.close
        else None
    )
    head = Fragment("note_head.html", lambda: found.plain, is_inline=True)
    return Footnote(f"note-{found.id}", text_of(found), head, mark, tuple(replies_to(found)))
