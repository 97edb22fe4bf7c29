"""Claims: what notes find of an author's claims, one by one."""

from collections.abc import Iterable, Mapping
from typing import Any

from ..derived.claims import anchor
from ..derived.claims import claims as claims_of
from ..derived.links import link_to
from ..model.edition import Edition
from ..model.finding import VERDICTS
from ..model.macro import Role
from ..text.call import Call
from ..text.file import TextFile
from .base import Context, macro
from .best_source import source_data


def _unmarked(words: str) -> str:
    """Return words that are quoted anyway without marks of quotation around the whole of them."""
    inner = words[1:-1]
    return inner if words[:1] == "“" and words[-1:] == "”" and "“" not in inner and "”" not in inner else words


def _anchors(edition: Edition, page: TextFile, call: Call) -> Iterable[str]:
    return [anchor(verdict) for verdict in {claim.note.verdict for claim in claims_of(edition)}]


@macro(template="claims.html", role=Role.CLAIMS, anchors=_anchors)
def claims(context: Context) -> Mapping[str, Any]:
    """List each claim that a note has a verdict on, in the author's words, by verdict and counted.

    Beside it stand the note's gist and the best of the sources that it cites.
    """
    edition = context.edition
    parts = []
    for verdict in VERDICTS:
        found = [
            {
                **claim.note.plain,
                "words": _unmarked(claim.words),
                "document": claim.document.name,
                "gist": claim.note.gist,
                "href": link_to(edition, claim.note.address, context.page),
                "best": source_data(edition, claim.note, context.page),
            }
            for claim in claims_of(edition)
            if claim.note.verdict == verdict
        ]
        if found:
            parts.append((verdict, anchor(verdict), found))
    return {"parts": parts, "documents": len({claim.document.id for claim in claims_of(edition)})}
