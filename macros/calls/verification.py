"""The verification report: every quotation of the edition, with how far it is proved."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ..derived.index import published
from ..derived.links import link_to, place_of
from ..derived.lookup import name_of
from ..derived.proof import STATUSES, Quotation, reported
from ..derived.quoted_words import link_to_quoted
from ..derived.testimony import EXTENTS
from ..model.edition import Edition
from ..model.macro import Role
from ..text.call import Call
from ..text.file import TextFile
from .base import Context, macro, part_of


def _reported(edition: Edition) -> tuple[list[str], Sequence[Quotation]]:
    """Return the ids of the texts that have a witness, and the quotations: of no example, and in none."""
    shown = {document.id for document in published(edition)}
    return [id for id in edition.witnesses if id in shown or id not in edition.documents], reported(edition)


def _measure(edition: Edition, page: TextFile, call: Call) -> tuple[int, list[int]]:
    witnesses, found = _reported(edition)
    return 1_500, [*(300 for _ in witnesses), *(850 + len(one.text.encode()) for one in found)]


@macro(template="verification.html", role=Role.VERIFICATION, measure=_measure)
def verification(context: Context) -> Mapping[str, Any]:
    """Report every quotation with its status, and which texts agree with their witness; counts come from the build."""
    edition = context.edition
    witnesses, found = _reported(edition)
    counts = Counter(quotation.status for quotation in found if not quotation.refusal)
    names = [f"text {at}" for at in range(1, len(witnesses) + 1)]
    here, pages = part_of(context, names + [f"quotation {at}" for at in range(1, len(found) + 1)])
    own = [*witnesses, *found][here]
    return {
        "quotations": [
            {
                "text": quotation.text,
                "label": "" if quotation.refusal else quotation.label,
                "seen": _seen(context, quotation),
                "place": place_of(edition, quotation.file, quotation.call, context.page),
                "target": _target(context, quotation.target, quotation.locator),
                "omits": "" if quotation.refusal else _omitted(quotation),
                "href": "" if quotation.refusal else link_to_quoted(edition, quotation, context.page),
            }
            for quotation in own
            if isinstance(quotation, Quotation)
        ],
        "counts": [(status, meaning.partition(": ")[2], counts[status]) for status, meaning in STATUSES.items()],
        "extents": [
            f"{count} {extent}"
            for extent in EXTENTS
            if (count := sum(one.seen is not None and one.seen.extent == extent for one in found))
        ],
        "variants": sum(quotation.has_variant for quotation in found),
        "witnesses": [
            (edition.documents[id].title, link_to(edition, id, context.page)) for id in own if isinstance(id, str)
        ],
        "pages": pages,
    }


def _seen(context: Context, quotation: Quotation) -> Mapping[str, Any] | None:
    """Return in which copies, with their links, and on which day an editor saw the words of a quotation."""
    if not quotation.seen:
        return None
    copies = [(copy.short, link_to(context.edition, copy.key, context.page)) for copy in quotation.seen.copies]
    return {"copies": copies, "on": quotation.seen.on.plain}


def _omitted(quotation: Quotation) -> str:
    """Say how much a quotation leaves out, where it is much or can turn what is said."""
    told = [one for one in quotation.omissions if one.is_told]
    if not told:
        return ""
    count = sum(one.words for one in told)
    turns = dict.fromkeys(word for one in told for word in one.turns)
    among = f", {' and '.join(f'“{word}”' for word in turns)} among them" if turns else ""
    return f"leaves out {count} {'word' if count == 1 else 'words'}{among}"


def _target(context: Context, target: str, locator: str) -> str:
    edition = context.edition
    if target in edition.entries:
        return ", ".join(part for part in (edition.entries[target].title, locator) if part)
    if target.partition("#")[0] in edition.documents:
        name = name_of(edition, target)
        return f"{name['document']} ({name['year']}), {name['passage']}"
    return target
