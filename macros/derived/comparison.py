"""Comparisons: clauses set side by side for a reader, claiming no more than the edition holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise, zip_longest
from types import MappingProxyType
from typing import Any, Literal

from ..model.document import Document
from ..model.edition import Edition
from ..model.note import Note
from ..model.passage import NAMED, UNPLACED, Clause
from ..text.file import TextFile
from ..text.line import direction
from ..text.words import enumerated
from .alignment import Parts, is_silent, last_of, likely, name_of, nearer, noted, shown
from .collation import NEW, OLD, Run, is_same, sentence, shared, strips, words_of
from .evidence import basis, sources
from .links import link_to
from .pairs import labels

BETWEEN = "\n\n"
"""Between two paragraphs of a text that is collated."""
HELD: Mapping[str, str] = MappingProxyType(
    {
        "quoted": "For {} we have only quoted words; no changes are marked.",
        "shared": "For {} we have only quoted words; words that both sides share are marked, changes are not.",
        "summary": "For {} we have only our summary, and no wording is compared.",
        NAMED: "For {} it is recorded only that the subject is named.",
        "not-recorded": "Not recorded here for {}; this does not mean silence.",
        "no-clause": "No clause of this id in {}; others may have its words, so this does not mean silence.",
        "wordless": "No words of {} stand under this heading here, though the text is held.",
        "unplaced": "The text of {} is not yet placed under its clauses: nothing is said of changes, and of a long one "
        "the beginning alone is shown.",
    }
)
"""What is said of years of which too little is held to mark changes."""

ANEW = "Written anew: hardly any words are shared, so none are marked."
"""What is said where marking words would tell nothing."""
_LONG, _FEW = 25, 0.1  # words of the shorter text; shared words, of the longer one's


@dataclass(frozen=True)
class Cell:
    """What one document has at one row: a clause, or the reason why there is none.

    `clauses` are all parts of one that was split or merged.  `state` is one of `in-full`, `in-excerpts`, `summary`,
    `named` (and no more), `silent`, `not-recorded`; or, of a text held in full, `no-clause` (of this id, though one may
    be meant: `hint`), `wordless` (a heading without words) and `unplaced` (its clause is not yet known).  `paragraphs`
    are the runs of each of its own words' paragraphs; `difference` says how they differ from those they were collated
    with, and `beside` how many paragraphs of those stand beside how many of these, from the first on.  `nearer` is the
    clause of the text before that has far more of its words than the one beside it, `basis` names the evidence of what
    is said in our words, and `sources` are name and link of what that cites.
    """

    document: Document
    clauses: tuple[tuple[Clause, str], ...]
    state: str
    href: str
    paragraphs: tuple[tuple[Run, ...], ...] = ()
    summary: tuple[str, ...] = ()
    difference: str = ""
    beside: tuple[tuple[int, int], ...] = ()
    is_anew: bool = False
    hint: tuple[str, str] | None = None
    nearer: tuple[str, str] | None = None
    basis: str = ""
    sources: tuple[tuple[str, str], ...] = ()

    @property
    def own(self) -> tuple[str, ...]:
        """The paragraphs of its own words, those of all its clauses."""
        return tuple(paragraph for clause, _ in self.clauses for paragraph in clause.own)

    @property
    def plain(self) -> dict[str, Any]:
        """The cell as templates take it."""
        return {
            "state": self.state,
            "date": self.document.date.plain,
            "clauses": [(clause.name, href) for clause, href in self.clauses],
            "href": self.href,
            "hint": self.hint,
            "nearer": self.nearer,
            "paragraphs": [[run.parts for run in runs] for runs in self.paragraphs],
            "summary": self.summary,
            "language": getattr(self.document.front, "language", None) or "",
            "direction": direction("".join(self.own)),
            "basis": self.basis,
            "sources": self.sources,
        }


@dataclass(frozen=True)
class Row:
    """One clause through the documents that are compared; `anchor` is the row's id in its page, if it has one.

    `aliases` are the other ids by which it is found, and `said` tells in words what changed.
    """

    name: str
    id: str
    cells: tuple[Cell, ...]
    said: str
    notes: tuple[Note, ...]
    anchor: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def change(self) -> Literal["changed", "same", "not-compared"]:
        """Whether anything changed here; `same` is claimed only where each side is held in full or is silent."""
        full = [cell for cell in self.cells if cell.state in ("in-full", "silent")]
        kinds = {run.kind for cell in full for runs in cell.paragraphs for run in runs}
        if kinds & (OLD | NEW) or any(cell.is_anew for cell in full) or len({not cell.clauses for cell in full}) > 1:
            return "changed"
        return "same" if len(full) == len(self.cells) else "not-compared"

    @property
    def only(self) -> int | None:
        """The column of the one text that has it, where nothing is known of the others: it is a line that opens."""
        states = ["there" if cell.clauses else cell.state for cell in self.cells]
        is_alone = len(states) > 1 and states.count("not-recorded") == len(states) - 1
        return states.index("there") if is_alone else None

    @property
    def plain(self) -> dict[str, Any]:
        """The row as templates take it.

        It is complete where something is recorded on every side, be it that a document is silent; summaries stand side
        by side where one side has nothing else.
        """
        states = {cell.state for cell in self.cells}
        return {
            "name": self.name,
            "anchor": self.anchor,
            "aliases": self.aliases,
            "change": self.change,
            "is_complete": all((cell.clauses or cell.state == "silent") and cell.state != NAMED for cell in self.cells),
            "has_summaries": "summary" in states,
            "only": self.only,
            "cells": [cell.plain for cell in self.cells],
            "strips": self._strips,
            "said": self.said,
            "notes": [note.plain for note in self.notes],
        }

    @property
    def _strips(self) -> list[list[list[list[tuple[str, str, str, str, int]]]]]:
        """The paragraphs of each cell, in strips that stand beside each other: one, if more than two are compared."""
        texts = [[[run.parts for run in runs] for runs in cell.paragraphs] for cell in self.cells]
        beside = self.cells[-1].beside if len(self.cells) == 2 else ()
        if len(beside) < 2:
            return [texts]
        found, starts = [], (0, 0)
        for sizes in beside:
            found.append([text[at : at + size] for text, at, size in zip(texts, starts, sizes, strict=True)])
            starts = starts[0] + sizes[0], starts[1] + sizes[1]
        return found


def row(edition: Edition, documents: Sequence[Document], all_parts: Sequence[Parts], page: TextFile) -> Row:
    """Return one row of a comparison: cells, the sentence that says the difference, the notes on the change."""
    last = last_of(all_parts)
    cells: list[Cell] = []
    for document, parts in zip(documents, all_parts, strict=True):
        # Words are collated with the last full text, whatever excerpts stand between the two.
        before = next((cell for cell in reversed(cells) if cell.state == "in-full"), None)
        cell = cell_of(edition, document, parts, before, page, sought=last)
        if before and len(parts) == 1 and (found := nearer(edition, before.document, parts[0])):
            cell = replace(cell, nearer=(f"{found.name} ({found.address})", link_to(edition, found.address, page)))
        cells.append(cell)
    marked = [with_shared(here, cells[:at] + cells[at + 1 :]) for at, here in enumerate(cells)]
    return Row(name_of(all_parts), last.id, tuple(marked), said(marked)[0], noted(edition, all_parts))


def outcome(edition: Edition, documents: Sequence[Document], all_parts: Sequence[Parts], page: TextFile) -> str:
    """Return what happened in a row, in a word or two, without collating its texts."""
    last = last_of(all_parts)
    beside = zip(documents, all_parts, strict=True)
    cells = [cell_of(edition, document, parts, None, page, sought=last) for document, parts in beside]
    full = [cell for cell in cells if cell.state in ("in-full", "silent")]
    there = [cell for cell in cells if cell.clauses]
    if len(there) == 1 and all(cell is there[0] or cell.state == "not-recorded" for cell in cells):
        what = "named" if there[0].state == NAMED else "recorded"
        return f"{what} only in {labels(documents)[there[0].document.id]}"
    known = [cell for cell in there if cell.state != NAMED]
    if len(known) < 2 and len(known) < len(there) and not any(cell.document.is_in_full for cell in cells):
        return f"known only of {labels(documents)[known[0].document.id]}" if known else "only named"
    if len(full) < len(cells):
        missing = [cell for cell in cells if cell.state == "no-clause"]
        if len(cells) == 2 and missing and there[0].document.is_in_full:
            return f"only in {there[0].document.date.year}"
        if len(full) < 2:
            return "not compared"
    if len(full) == 2 == len(cells) and not all(cell.clauses for cell in full):
        return "new" if full[1].clauses else "dropped"
    texts = [BETWEEN.join(cell.own) for cell in full]
    is_kept = (
        all(is_same(*pair) for pair in pairwise(text for text in texts if text)) and len(set(map(bool, texts))) == 1
    )
    return "reworded" if not is_kept else "same words" if len(full) == len(cells) else "not compared"


def cell_of(
    edition: Edition, document: Document, parts: Parts, before: Cell | None, page: TextFile, *, sought: Clause
) -> Cell:
    """Return what a document has in a row, its words collated with those of the cell before it.

    `parts` are its clauses there; where it has none, `sought` is the one that is looked for in it.
    """
    if not parts:
        state, found = _absent(edition, document, sought)
        hint = (found.name, link_to(edition, found.address, page)) if found else None
        return Cell(document, (), state, link_to(edition, document.id, page), hint=hint)
    clauses = tuple((clause, link_to(edition, clause.address, page)) for clause in parts)
    summary = tuple(paragraph for clause in parts for paragraph in clause.summary)
    cell = Cell(
        document,
        clauses,
        "summary",
        clauses[0][1],
        summary=summary,
        basis=basis(edition, parts),
        sources=sources(edition, parts, page),
    )
    plain = tuple((Run("same", text),) for text in cell.own)
    if all(clause.is_named for clause in parts):
        return replace(cell, state=NAMED)
    if not plain:
        return replace(cell, state="wordless") if document.is_in_full else cell
    if not document.is_in_full:
        return replace(cell, state="in-excerpts", paragraphs=plain)
    if any(clause.id.startswith(UNPLACED) for clause in parts):
        begun = (text for clause in parts for text in shown(clause))
        return replace(cell, state="unplaced", paragraphs=tuple((Run("same", text),) for text in begun))
    if not before or before.state != "in-full":
        return replace(cell, state="in-full", paragraphs=plain)
    side_by_side = strips(before.own, cell.own, BETWEEN)
    runs = [run for strip in side_by_side for run in (*strip.runs, Run("same", BETWEEN))]
    if _is_anew(before.own, cell.own, runs):
        return replace(cell, state="in-full", paragraphs=plain, difference=ANEW, is_anew=True)
    texts = [paragraphs(strip.runs) for strip in side_by_side]
    sizes = [(strip.old[1] - strip.old[0], len(text)) for strip, text in zip(side_by_side, texts, strict=True)]
    beside: list[tuple[int, int]] = []
    was_same = False
    for strip, (old, new) in zip(side_by_side, sizes, strict=True):
        is_same = all(run.kind == "same" for run in strip.runs)
        if is_same and was_same:  # neighbours that changed in nothing are as high on both sides
            beside[-1] = beside[-1][0] + old, beside[-1][1] + new
        else:
            beside.append((old, new))
        was_same = is_same
    return replace(
        cell, state="in-full", paragraphs=tuple(chain(*texts)), difference=sentence(runs), beside=tuple(beside)
    )


def _is_anew(old: Sequence[str], new: Sequence[str], runs: Sequence[Run]) -> bool:
    """Say whether two texts share so few words that marking the others would tell nothing."""
    kept = sum(words_of(run.text) for run in runs if run.kind == "same")
    moved = sum(words_of(run.text) for run in runs if run.kind == "moved")
    sizes = [sum(map(words_of, some)) for some in (old, new)]
    return min(sizes) >= _LONG and kept + moved < max(sizes) * _FEW


def _absent(edition: Edition, document: Document, sought: Clause) -> tuple[str, Clause | None]:
    """Return what may be said of a clause that a document has not, and the one that is likely to be meant."""
    if is_silent(edition, document, sought):
        return "silent", None
    if not document.is_in_full:
        return "not-recorded", None
    return "no-clause", likely(edition, document, sought)


def paragraphs(runs: Sequence[Run]) -> tuple[tuple[Run, ...], ...]:
    """Part runs where the newer text has a new paragraph; the breaks of what it dropped are none of its own.

    Words dropped at the head of a paragraph stand there, and not at the end of the one before it.
    """
    found: list[list[Run]] = [[]]
    for run, following in zip_longest(runs, runs[1:]):
        text = run.text
        if run.kind in OLD:
            if text.startswith(BETWEEN) and following and following.text.startswith(BETWEEN):
                found.append([])
                text = f"{text.removeprefix(BETWEEN)} "  # what follows brings no space of its own
            found[-1].append(replace(run, text=" ".join(text.split(BETWEEN))))
            continue
        move = run.move
        for number, part in enumerate(text.split(BETWEEN)):
            is_begun = len(found) > 1 and all(each.kind in OLD for each in found[-1])
            if number and not is_begun:
                found.append([])
            if part:
                found[-1].append(Run(run.kind, part, move=move))
                move = 0  # each place has one address
    return tuple(tuple(paragraph) for paragraph in found if paragraph)


def with_shared(cell: Cell, others: Sequence[Cell]) -> Cell:
    """Mark, between excerpts, the words that another cell has too."""
    is_marked = any(run.kind != "same" for runs in cell.paragraphs for run in runs)
    if not cell.paragraphs or is_marked:
        return cell
    # Two full texts are told apart by their changes; only where one side is an excerpt is anything else said.
    text = " ".join(
        clause.text for other in others if "in-excerpts" in (cell.state, other.state) for clause, _ in other.clauses
    )
    if not text:
        return cell
    return replace(cell, paragraphs=tuple(shared(own, text) for own in cell.own))


def said(cells: Sequence[Cell]) -> tuple[str, str]:
    """Say in words how each cell differs from the one before it, and of what too little is held to say so."""
    changes_said = []
    full = [cell for cell in cells if cell.state in ("in-full", "silent")]
    for old, new in pairwise(full):
        if old.clauses and new.clauses:
            text = new.difference
        elif old.clauses or new.clauses:
            missing = old if new.clauses else new
            text = f"{'New' if new.clauses else 'Dropped'}: the text of {missing.document.date.year} is silent."
        else:
            continue
        changes_said.append(f"{new.document.date.year}: {text}" if len(cells) > 2 else text)
    has_shared = any(run.kind == "shared" for cell in cells for runs in cell.paragraphs for run in runs)
    held = []
    for state, about in (
        ("in-excerpts", "shared" if has_shared else "quoted"),
        ("summary", "summary"),
        *((state, state) for state in (NAMED, "not-recorded", "no-clause", "wordless", "unplaced")),
    ):
        if years := [str(cell.document.date.year) for cell in cells if cell.state == state]:
            held.append(HELD[about].format(enumerated(years)))
    return " ".join(changes_said), " ".join(held)
