"""Quotations: words of one document quoted in another, marked and proved, and the rules that hold for them."""

from ..derived.lookup import find_clause, name_of, refuse_source
from ..derived.proof import STATUSES, Quotation, proofs
from ..derived.quoted_words import link_to_quoted
from ..model.macro import Fragment, Relation, Role
from .base import Context, macro


@macro(body=True, refers="source", relation=Relation.QUOTED, rests_on="seen", role=Role.QUOTATION)
def quote(context: Context, source: str, locator: str = "", seen: str = "", how: str = "", on: str = "") -> Fragment:
    """Mark a quotation and prove it against the passage it quotes.

    `source` is the address of a clause or of a commentary's paragraph, or a key of the bibliography for a text that
    is not held here (then `locator` says where in it).  The words between `call` and `endcall` must stand in that
    passage as they are; ellipses and square brackets may interrupt them, and a `variant` declares a difference.
    Of a text that is not held in full an editor may say where the words were seen: `seen` is the key of the copy in the
    bibliography (or several, with spaces between), `how` one of `exactly`, `house style aside`, `in part` and
    `in translation`, and `on` the day, as in `2004-05-11`.
    The mark behind the quotation leads to its passage, in a clause to exactly these words.
    """
    edition = context.edition
    refuse_source(edition, locator, f'{{% call quote("{locator}") %}}the words{{% endcall %}}')
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
            "meaning": _meaning(found),
            "name": name,
            "href": link_to_quoted(edition, found, context.page),
            "clause": find_clause(edition, source).address if found.places else "",
        }

    return Fragment("quotation.html", data, is_inline=True)


def _meaning(quotation: Quotation) -> str:
    """Say what the status of a quotation means; where the words were seen, in which copies and on which day."""
    seen = quotation.seen
    if not seen:
        return STATUSES[quotation.status]
    copies = "; ".join(copy.short for copy in seen.copies)
    return (
        f"{seen.label.capitalize()}: an editor saw the words on {seen.on} in {copies}. That is testimony, and no proof."
    )
