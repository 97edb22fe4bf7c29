"""Emendations: an editor's declared departures from the witness."""

from ..model.macro import Fragment, Role
from ..text.markup import links, plain
from ..text.problem import RefusalError
from ..text.substitution import BREAK
from .base import Context, macro


@macro(printed="text", witness="was", quoted="text", role=Role.EMENDATION)
def emend(context: Context, text: str, was: str, why: str) -> Fragment:
    """Print a correction, and keep and show what the witness read.

    `text` is what is printed, `was` what the witness read (`¶` is a paragraph break), `why` the reason in a
    sentence; an empty `text` leaves out what the witness read, or joins two paragraphs.  The call also stands
    in the textual apparatus of its document.
    """
    if not why.strip():
        raise RefusalError("arguments-fit", "'emend' asks for a reason: say in 'why' how you know")
    if text == was:
        raise RefusalError("arguments-fit", "'emend' changes nothing here: take the call out")
    if links(text):
        raise RefusalError(
            "arguments-fit", "'emend' prints plain words: for a link write [words](page.md){ .editorial }"
        )
    return Fragment("emendation.html", lambda: {"text": plain(text), "was": shown(was), "why": why}, is_inline=True)


def shown(was: str) -> str:
    """Return what a witness read as a reader is shown it; link targets stay, since they may be the matter."""
    return "paragraph break" if was.strip() == BREAK else was
