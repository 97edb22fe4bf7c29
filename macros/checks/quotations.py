"""Quotations: whether each passage in quotation marks says what it quotes, and each own word has a source."""

import re

from ..derived.index import by_uri, printed
from ..derived.proof import quotations_of
from ..model.document import Document
from ..model.edition import Edition
from ..model.macro import Role, in_role
from ..text.markup import plain
from ..text.problem import Problem
from ..text.words import find, fold, spell
from .base import Scope, check

_BESIDE = re.compile(r"[\s.,;:!?…*_]+")
"""What may stand beside a quotation between its quotation marks: punctuation and emphasis, no words."""
_MARKED = re.compile(r"“([^”]*)”|(?<![\w=])\"([^\"\n]*)\"(?!\w)")


@check(Scope.DOCUMENT)
def without_address(edition: Edition, document: Document) -> tuple[Problem, ...]:
    """Return a problem for each passage of a commentary in quotation marks that is no quotation and not declared none.

    A declared one that does not stand in the text is a problem too.
    """
    if not document.kind.is_received:
        return ()
    file = document.file
    text = re.sub(r"\{:?[^{}\n]*\}|\]\([^()\n]*\)", lambda match: " " * len(match[0]), file.masked_of_calls)
    calls = in_role(edition.macros, file.calls, Role.QUOTATION)
    quotes = [(call.start, call.close[1]) for call in calls if call.close]
    declared = {
        fold(plain(entry)).strip(): number for number, entry in enumerate(getattr(document.front, "not_quotations", ()))
    }
    unused = dict(declared)
    problems = []
    last = text.rfind("”")  # a mark behind it opens nothing
    for match in _MARKED.finditer(text[: last + 1] + text[last + 1 :].replace("“", " ")):
        start, end = match.span(1) if match[1] is not None else match.span(2)
        if any(start <= a and b <= end and not _BESIDE.sub("", text[start:a] + text[b:end]) for a, b in quotes):
            continue
        if any(a <= start and end <= b for a, b in quotes):
            continue
        content = fold(plain(text[start:end])).strip()
        if content in declared:
            unused.pop(content, None)
        else:
            shown = " ".join(plain(printed(edition, file, start, end)).split())
            message = (
                f"“{shown}” stands in quotation marks: say what it quotes with quote(…), "
                "or list it under 'not_quotations' in the front matter"
            )
            problems.append(Problem(file.position(match.start()), "quotation-has-address", message))
    for content, number in unused.items():
        message = f"“{content}” is declared to be no quotation, but does not stand in quotation marks here: take it out"
        problems.append(Problem(file.front_position("not_quotations", number), "quotation-has-address", message))
    return tuple(problems)


@check(Scope.DOCUMENT, is_last=True)
def without_source(edition: Edition, document: Document) -> tuple[Problem, ...]:
    """Return a problem for own words of a document held in excerpts that no witness-checked commentary quotes."""
    if document.is_in_full or not document.kind.is_compared:
        return ()
    problems = []
    for clause in document.clauses:
        quoted = [
            piece
            for quotation in quotations_of(edition).get(clause.address, ())
            if not quotation.refusal
            and (commentary := by_uri(edition).get(quotation.file.uri))
            and commentary.kind.is_received
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
            problems.append(Problem(document.file.position(clause.own_start), "own-words-have-a-source", message))
    return tuple(problems)
