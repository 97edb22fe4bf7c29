"""Quotations: whether each passage in quotation marks says what it quotes, and each own word has a source."""

import re
from collections.abc import Iterator, Sequence

from ..derived.index import by_uri, printed
from ..derived.proof import quotations_of
from ..model.document import Document
from ..model.edition import Edition
from ..model.macro import Role, in_role
from ..text.markup import plain
from ..text.problem import Problem
from ..text.quoted import PAIRS, Passage, others, passages, without_low_openings
from ..text.words import find, fold, spell
from .base import Scope, check

_BESIDE = re.compile(r"[\s.,;:!?…*_>“”\"]+")
"""What may stand beside a quotation between its marks: punctuation, emphasis and the signs of a block, no words."""
_NOT_WORDS = re.compile(r"\{:?[^{}\n]*\}|\]\([^()\n]*\)")
_HEADING = re.compile(r"^#[^\n]*", re.MULTILINE)
_BLOCK = re.compile(r"^(?: {0,3}>[^\n]*(?:\n|\Z))+", re.MULTILINE)
_WORDS = re.compile(r"\w+")
RULE = "quotation-has-address"


@check(Scope.DOCUMENT)
def without_address(edition: Edition, document: Document) -> Iterator[Problem]:
    """Find passages in quotation marks that are no quotation and not declared none.

    They are asked for in a commentary, in its blocks of quotation, too; and in what we say of a document that is not
    held in full.  A declared one that does not stand in the text is a problem, and so, once in a file, are marks of
    which it is not known if they quote.
    """
    if document.is_in_full and document.kind.is_compared:
        return
    file = document.file
    text = _NOT_WORDS.sub(_blank, file.masked_of_calls)
    if not document.kind.is_received:
        text = _BLOCK.sub(_blank, _HEADING.sub(_blank, text))
    calls = in_role(edition.macros, file.calls, Role.QUOTATION)
    quotes = [(call.start, call.close[1]) for call in calls if call.close]
    listed = getattr(document.front, "not_quotations", ())
    declared = {fold(plain(entry)).strip(): number for number, entry in enumerate(listed)}
    unused = dict(declared)
    pairs = tuple(getattr(document.front, "quotation_marks", ()))
    signs = text if pairs else without_low_openings(text)
    found = [one for pair in pairs or PAIRS[:1] for one in passages(signs, pair)]
    blocks = [Passage(block.start(), *block.span()) for block in _BLOCK.finditer(text)]
    asked = [(one, "in quotation marks") for one in found] + [(one, "as a block of quotation") for one in blocks]
    for (mark, start, end), how in sorted(asked):
        if any(a <= start and end <= b for a, b in quotes) or _is_quoted(text, start, end, quotes):
            continue
        content = _content(text[start:end])
        if content in declared:
            unused.pop(content, None)
        elif content and not any(one.mark < mark < one.end for one in found):
            shown = " ".join(plain(printed(edition, file, start, end)).replace("> ", "").split())
            if meant := _meant(content, tuple(unused)):
                place = file.front_position("not_quotations", min(unused.pop(one) for one in meant))
                message = f"what 'not_quotations' lists stands there as in the text: write it as `'{_quoted(shown)}'`"
                yield Problem(place, RULE, message)
                continue
            message = (
                f"“{shown}” stands {how}: say what it quotes with quote(…), "
                "or list it under 'not_quotations' in the front matter"
            )
            yield Problem(file.position(mark), RULE, message)
    for content, number in unused.items():
        message = f"“{content}” is declared to be no quotation, but does not stand in quotation marks here: take it out"
        yield Problem(file.front_position("not_quotations", number), RULE, message)
    if document.kind.is_received and not pairs:
        yield from _of_other_marks(document, text, [*quotes, *((one.start, one.end) for one in found)])


def _meant(content: str, listed: Sequence[str]) -> Sequence[str]:
    """Return the neighbours in a list that together have the words of a passage, but for marks, signs or case."""
    wanted = _WORDS.findall(content.lower())
    words = [_WORDS.findall(one.lower()) for one in listed]
    for first in range(len(listed)):
        for last in range(first + 1, len(listed) + 1):
            if wanted and [word for some in words[first:last] for word in some] == wanted:
                return listed[first:last]
    return ()


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _of_other_marks(document: Document, text: str, known: Sequence[tuple[int, int]]) -> Iterator[Problem]:
    """Ask once which marks of a text quote, if it has others than those that are asked for anyway."""
    bare = list(text)
    for start, end in known:
        bare[start:end] = " " * (end - start)
    first = min(others("".join(bare), PAIRS[:1]), key=lambda one: one[1].mark, default=None)
    if first:
        pair, (mark, start, end) = first
        form = f"`quotation_marks: ['“”', '{pair}']`" if pair in PAIRS else "`quotation_marks: ['“”']`"
        message = (
            f"“{' '.join(text[start:end].split())}” stands in other quotation marks: if these quote, say {form} in the "
            "front matter, and if they do not, `quotation_marks: ['“”']`"
        )
        yield Problem(document.file.position(mark), RULE, message)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _is_quoted(text: str, start: int, end: int, quotes: Sequence[tuple[int, int]]) -> bool:
    """Say whether quotations cover all words of a passage."""
    inside = [(a, b) for a, b in quotes if start <= a and b <= end]
    at, left = start, ""
    for a, b in sorted(inside):
        left, at = left + text[at:a], b
    return bool(inside) and not _BESIDE.sub("", left + text[at:end])


def _content(words: str) -> str:
    """Return what a passage says, as it is declared under `not_quotations`."""
    return fold(plain(re.sub(r"^ *> ?", "", words, flags=re.MULTILINE))).strip().strip('"').strip()


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
