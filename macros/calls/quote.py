"""Quotations: words of one document quoted in another, marked and proved, and the rules that hold for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..derived.proof import STATUSES, printed
from ..model.document import Document
from ..model.front import CommentaryFront
from ..text.markup import plain
from ..text.problem import Problem, RefusalError
from ..text.words import find, fold, spell
from .base import Context, Fragment, macro
from .note import note as note_macro

if TYPE_CHECKING:
    from ..model.edition import Edition

_BESIDE = re.compile(r"[\s.,;:!?…*_]+")
"""What may stand beside a quotation between its quotation marks: punctuation and emphasis, no words."""
_MARKED = re.compile(r"“([^”]*)”|(?<![\w=])\"([^\"\n]*)\"(?!\w)")


@macro(body=True)
def quote(context: Context, source: str, locator: str = "") -> Fragment:
    """Mark a quotation and prove it against the passage it quotes.

    `source` is the address of a clause or of a commentary's paragraph, or a key of the bibliography for a text that
    is not held here (then `locator` says where in it).  The words between `call` and `endcall` must stand in that
    passage as they are; ellipses and square brackets may interrupt them, and a `variant` declares a difference.
    The mark behind the quotation leads to its passage, in a clause to exactly these words.
    """
    edition = context.edition
    found = edition.proofs[context.source.uri, context.call.start]
    if found.refusal:
        raise found.refusal

    def data() -> dict[str, object]:
        entry = edition.entries.get(source)
        name = (
            {"document": entry.title, "passage": locator, "date": str(entry.date or "")}
            if entry
            else edition.name(source)
        )
        return {
            "status": found.status,
            "label": found.label,
            "meaning": STATUSES[found.status],
            "name": name,
            "href": edition.quoted_link(found, context.page),
            "clause": edition.clause(source).address if found.places else "",
        }

    return Fragment("quotation.html", data, is_inline=True)


@macro(printed="text", witness="text", quoted="source")
def variant(context: Context, text: str, source: str, note: str = "") -> Fragment:
    """Declare, inside a quotation, that the quoting text differs from the quoted one.

    `text` is what the quoting text says and what is printed, `source` what the quoted text says and what is
    checked; `note` is the id of a note that explains it, published with the call.
    """
    enclosing = [
        call for call in context.source.calls
        if call.name == "quote" and call.close and call.start < context.call.start < call.close[0]
    ]  # fmt: skip
    if not enclosing:
        raise RefusalError(
            "call-stands-in-text", "'variant' stands inside a quotation: put it between quote and endcall"
        )
    footnote = note_macro(context, note) if note else None
    return Fragment("variant.html", lambda: {"text": text, "source": source}, is_inline=True, footnote=footnote)


def without_address(edition: Edition, document: Document) -> tuple[Problem, ...]:
    """Return a problem for each passage of a commentary in quotation marks that is no quotation and not declared none.

    A declared one that does not stand in the text is a problem too.
    """
    if not isinstance(document.front, CommentaryFront):
        return ()
    source = document.source
    text = re.sub(r"\{:?[^{}\n]*\}|\]\([^()\n]*\)", lambda match: " " * len(match[0]), source.masked_of_calls)
    quotes = [(call.start, call.close[1]) for call in source.calls if call.name == "quote" and call.close]
    declared = {fold(plain(entry)).strip(): number for number, entry in enumerate(document.front.not_quotations)}
    unused = dict(declared)
    problems = []
    for match in _MARKED.finditer(text):
        start, end = match.span(1) if match[1] is not None else match.span(2)
        if any(start <= a and b <= end and not _BESIDE.sub("", text[start:a] + text[b:end]) for a, b in quotes):
            continue
        if any(a <= start and end <= b for a, b in quotes):
            continue
        content = fold(plain(text[start:end])).strip()
        if content in declared:
            unused.pop(content, None)
        else:
            shown = " ".join(plain(printed(edition, source, start, end)).split())
            message = (
                f"“{shown}” stands in quotation marks: say what it quotes with quote(…), "
                "or list it under 'not_quotations' in the front matter"
            )
            problems.append(Problem(source.position(match.start()), "quotation-has-address", message))
    for content, number in unused.items():
        message = f"“{content}” is declared to be no quotation, but does not stand in quotation marks here: take it out"
        problems.append(Problem(source.front_position("not_quotations", number), "quotation-has-address", message))
    return tuple(problems)


def without_source(edition: Edition, document: Document) -> tuple[Problem, ...]:
    """Return a problem for own words of a document held in excerpts that no witness-checked commentary quotes."""
    if document.is_in_full or document.kind != "declaration":
        return ()
    problems = []
    for clause in document.clauses:
        quoted = [
            piece
            for quotation in edition.quotations_of.get(clause.address, ())
            if not quotation.refusal
            and (commentary := edition.by_uri.get(quotation.source.uri))
            and commentary.kind == "commentary"
            and commentary.id in edition.witnesses
            for piece in quotation.pieces
        ]
        missing = [run for run in clause.passages if not any(find(run, p, with_editorial=True) for p in quoted)]
        if missing:
            shown = " … ".join(spell(run[:12]) + " …" * (len(run) > 12) for run in missing)
            message = (
                f"“{shown}” is printed as the document's own words, but no commentary whose witness is held quotes "
                "it from this clause: summarise it in your words, or bring in the official text"
            )
            problems.append(Problem(document.source.position(clause.own_start), "own-words-have-a-source", message))
    return tuple(problems)
