"""Quotations: whether each passage in quotation marks says what it quotes, and each own word has a source."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from ..derived.index import by_uri, grouped, printed
from ..derived.proof import quotations_of
from ..model.document import Document
from ..model.edition import Edition, derived
from ..model.macro import Role, in_role, meaning
from ..model.note import Note
from ..model.passage import own_blocks
from ..text.allowlist import turned
from ..text.call import Call
from ..text.file import TextFile
from ..text.markup import MASKED, plain
from ..text.problem import Problem
from ..text.quoted import PAIRS, Quoted, as_marked, others, passages, without_low_openings
from ..text.stretch import blanked, replaced
from ..text.words import enumerated, find, fold, spell
from .base import Scope, check

_BESIDE = re.compile(rf"\[[^\[\]\n]{{0,200}}\]|[\s.,;:!?…*_>“”\"{MASKED}]+")
"""What may stand beside a quotation between its marks: punctuation, emphasis, signs of a block, brackets, no words."""
_NOT_WORDS = re.compile(r"\{:?[^{}\n]*\}|\]\([^()\n]*\)")
_HEADING = re.compile(r"^#[^\n]*", re.MULTILINE)
_BLOCK = re.compile(r"^(?: {0,3}>[^\n]*(?:\n|\Z))+", re.MULTILINE)
_WORDS = re.compile(r"\w+")
RULE = "quotation-has-address"


@check(Scope.DOCUMENT)
def without_address(edition: Edition, document: Document) -> Iterator[Problem]:
    """Find passages in quotation marks that are no quotation and not declared none.

    They are asked for in a commentary, in its blocks of quotation, too; and in what we say of a document that is not
    held in full, on its page or in notes.  A declared one that stands in none of these texts is a problem, and so, once
    in a file, are marks of which it is not known if they quote.
    """
    if document.is_in_full and document.kind.is_compared:
        return
    declared = _declared(document)
    pairs = tuple(getattr(document.front, "quotation_marks", ()))
    own = _Text(edition, document.file, 0, len(document.file.body), pairs, is_received=document.kind.is_received)
    elsewhere = {asked.content for text, _ in _notes_on(edition, document) for asked in text.asked}
    unused = {content: number for content, number in declared.items() if content not in elsewhere}
    meant_by: dict[int, str] = {}
    for asked in own.asked:
        if asked.content in declared:
            unused.pop(asked.content, None)
        elif meant := _meant(asked.content, tuple(unused)):
            meant_by[min(unused.pop(one) for one in meant)] = f"`'{_quoted(asked.shown)}'`"
        else:
            yield asked.problem(document.file, "the front matter")
    if meant_by:  # whoever writes one otherwise writes all so
        right = (
            f"write {'it' if len(meant_by) == 1 else 'them'} as {enumerated([meant_by[n] for n in sorted(meant_by)])}"
        )
        message = f"what 'not_quotations' lists stands there as in the text: {right}"
        yield Problem(document.file.front_position("not_quotations", min(meant_by)), RULE, message)
    for content, number in unused.items():
        message = f"“{content}” is declared to be no quotation, but does not stand in quotation marks here: take it out"
        yield Problem(document.file.front_position("not_quotations", number), RULE, message)
    if document.kind.is_received and not pairs:
        yield from _of_other_marks(document, own.text, [*own.quotes, *((one.start, one.end) for one in own.marked)])


@check(Scope.DOCUMENT, is_last=True)
def without_address_in_notes(edition: Edition, document: Document) -> Iterator[Problem]:
    """Find passages in quotation marks that are no quotation in the notes on a document held in excerpts."""
    for text, on in _notes_on(edition, document):
        if on[0] is document:
            declared = frozenset().union(*map(_declared, on))
            where = f"the front matter of {document.file.path}"
            yield from (asked.problem(text.file, where) for asked in text.asked if asked.content not in declared)


def _declared(document: Document) -> dict[str, int]:
    """Return what a document's front matter declares to be no quotation, with its place in the list."""
    listed = getattr(document.front, "not_quotations", ())
    return {fold(plain(entry)).strip(): number for number, entry in enumerate(listed)}


def _notes_on(edition: Edition, document: Document) -> Iterator[tuple["_Text", Sequence[Document]]]:
    """Yield the notes on a document of which excerpts are held, each with all such documents that it is on."""
    pairs = tuple(getattr(document.front, "quotation_marks", ()))
    opening = tuple(pair[0] for pair in pairs or PAIRS[:1])
    is_asked = document.kind.is_compared and not document.is_in_full
    for note in _notes_naming(edition).get(document.id, ()) if is_asked else ():
        written = note.file.body[note.start : note.end]
        if any(mark in written for mark in (*opening, '"', "&")):
            named = [edition.documents.get(id) for id in _named(note)]
            on = [one for one in named if one and one.kind.is_compared and not one.is_in_full]
            yield _Text(edition, note.file, note.start, note.end, pairs, is_received=False), on


@derived
def _notes_naming(edition: Edition) -> Mapping[str, tuple[Note, ...]]:
    """Return the notes on each document, and those on changes of its clauses, by its id."""
    return grouped((id, note) for note in edition.notes.values() for id in _named(note))


def _named(note: Note) -> Sequence[str]:
    """Return the ids of the documents that a note is on."""
    return tuple(dict.fromkeys((note.document, *(address.partition("#")[0] for address in note.between))))


class _Asked(NamedTuple):
    """A passage that has to say what it quotes: where it begins, what it says, and how it stands there."""

    mark: int
    content: str
    shown: str
    how: str

    def problem(self, file: TextFile, where: str) -> Problem:
        """Return what is to be done about it, which may be said `where`."""
        message = (
            f"“{self.shown}” stands {self.how}: say what it quotes with quote(…), "
            f"or list it under 'not_quotations' in {where}"
        )
        return Problem(file.position(self.mark), RULE, message)


class _Text:
    """A stretch of a file in which quotations are asked for."""

    def __init__(
        self, edition: Edition, file: TextFile, start: int, end: int, pairs: Sequence[str], *, is_received: bool
    ) -> None:
        self.edition, self.file = edition, file
        # Where a call stands, words begin: a mark opens before it, too.
        begun = ((a, a + 1, MASKED) for a in sorted(call.start for call in file.calls))
        text = replaced(file.masked_of_calls, begun)[:end]
        text = _NOT_WORDS.sub(_blank, text) if "{" in text or "](" in text else text
        text = text if is_received else _BLOCK.sub(_blank, _HEADING.sub(_blank, text))
        self.text = blanked(text[:start]) + as_marked(text[start:])
        calls = in_role(edition.macros, file.calls, Role.QUOTATION)
        self.quotes = [(call.start, call.close[1]) for call in calls if call.close]
        signs = self.text if pairs else without_low_openings(self.text)
        self.marked = [one for pair in pairs or PAIRS[:1] for one in passages(signs, pair)]

    @cached_property
    def asked(self) -> Sequence[_Asked]:
        """The passages that no quotation covers, in order."""
        text, found = self.text, list[_Asked]()
        blocks = [Quoted(block.start(), *block.span()) for block in (_BLOCK.finditer(text) if ">" in text else ())]
        asked = [(one, "in quotation marks") for one in self.marked]
        asked += [(one, "as a block of quotation") for one in blocks]
        for (mark, start, end), how in sorted(asked):
            if any(a <= start and end <= b for a, b in self.quotes):
                continue
            added = _BESIDE.sub("", self._printed(start, end))
            if _is_quoted(text, start, end, self.quotes) and not added:
                continue
            content = _content(printed(self.edition, self.file, start, end) if added else text[start:end])
            if content and not any(one.mark < mark < one.end for one in self.marked):
                shown = " ".join(plain(printed(self.edition, self.file, start, end)).replace("> ", "").split())
                found.append(_Asked(mark, content, shown, how))
        return found

    def _printed(self, start: int, end: int) -> str:
        """Return what calls print between two places, but for those in a quotation."""
        first, last = (bisect_left(self._places, place) for place in (start, end))
        return " ".join(meaning(self.edition.macros, call, "printed") for call in self._free[first:last])

    @cached_property
    def _free(self) -> Sequence[Call]:
        """The calls around no words that stand in no quotation, in order."""
        found, ends, behind = list[Call](), dict(self.quotes), 0
        for call in sorted(self.file.calls, key=lambda call: call.start):
            behind = max(behind, ends.get(call.start, 0))
            if not call.close and call.start >= behind:
                found.append(call)
        return found

    @cached_property
    def _places(self) -> Sequence[int]:
        return [call.start for call in self._free]


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
    bare = text
    for start, end in known:
        bare = bare[:start] + " " * (end - start) + bare[end:]
    first = min(others(bare, PAIRS[:1]), key=lambda one: one[1].mark, default=None)
    if first:
        pair, (mark, start, end) = first
        usual = "`quotation_marks: ['“”']`"
        form = f"say `quotation_marks: ['“”', '{pair}']`" if pair in PAIRS else f"use quote(…) and say {usual}"
        message = (
            f"“{' '.join(text[start:end].split())}” stands in other quotation marks: if these quote, {form} in the "
            f"front matter, and if they do not, {usual}"
        )
        yield Problem(document.file.position(mark), RULE, message)


def _blank(match: re.Match[str]) -> str:
    return blanked(match[0])


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
        start = clause.heading.end if clause.heading else clause.start
        shown_otherwise = map(turned, (block.text for block in own_blocks(document.file, start, clause.end)))
        if message := next(filter(None, shown_otherwise), ""):
            problems.append(Problem(document.file.position(clause.own_start), "own-words-have-a-source", message))
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
