"""Variants: declared differences between a quotation and what it quotes."""

from ..model.macro import Fragment, Role, in_role
from ..text.problem import RefusalError
from .base import Context, macro
from .note import note as note_macro


@macro(printed="text", witness="text", quoted="source", publishes="note", role=Role.VARIANT)
def variant(context: Context, text: str, source: str, note: str = "") -> Fragment:
    """Declare, inside a quotation, that the quoting text differs from the quoted one.

    `text` is what the quoting text says and what is printed, `source` what the quoted text says and what is
    checked; `note` is the id of a note that explains it, published with the call.
    """
    enclosing = [
        call for call in in_role(context.edition.macros, context.file.calls, Role.QUOTATION)
        if call.close and call.start < context.call.start < call.close[0]
    ]  # fmt: skip
    if not enclosing:
        raise RefusalError(
            "call-stands-in-text", "'variant' stands inside a quotation: put it between quote and endcall"
        )
    footnote = note_macro(context, note) if note else None
    return Fragment("variant.html", lambda: {"text": text, "source": source}, is_inline=True, footnote=footnote)
