"""Quotations: words of one document quoted in another, marked and proved, and the rules that hold for them."""

from ..derived.lookup import find_clause, name_of
from ..derived.proof import STATUSES, proofs
from ..derived.quoted_words import link_to_quoted
from ..model.macro import Fragment, Relation, Role
from .base import Context, macro


@macro(body=True, refers="source", relation=Relation.QUOTED, role=Role.QUOTATION)
def quote(context: Context, source: str, locator: str = "") -> Fragment:
    """Mark a quotation and prove it against the passage it quotes.

    `source` is the address of a clause or of a commentary's paragraph, or a key of the bibliography for a text that
    is not held here (then `locator` says where in it).  The words between `call` and `endcall` must stand in that
    passage as they are; ellipses and square brackets may interrupt them, and a `variant` declares a difference.
    The mark behind the quotation leads to its passage, in a clause to exactly these words.
    """
    edition = context.edition
    found = proofs(edition)[context.file.uri, context.call.start]
    if found.refusal:
        raise found.refusal

    def data() -> dict[str, object]:
        entry = edition.entries.get(source)
        name = (
            {"document": entry.title, "passage": locator, "date": str(entry.date or "")}
            if entry
            else name_of(edition, source)
        )
        return {
            "status": found.status,
            "label": found.label,
            "meaning": STATUSES[found.status],
            "name": name,
            "href": link_to_quoted(edition, found, context.page),
            "clause": find_clause(edition, source).address if found.places else "",
        }

    return Fragment("quotation.html", data, is_inline=True)
