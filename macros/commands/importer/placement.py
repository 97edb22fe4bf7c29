"""Placement: each part of a text put under the clause it belongs to, or left for a contributor to place.

Evidence is taken in this order: a sentence that stood in a clause before, or that holds the words quoted from it;
the heading that a sentence stands under; the paragraph it stands in; and the words that the paragraph shares with
our summary, weighed by how rare they are.  What has no evidence goes with its neighbours if both are of one clause;
what remains is unplaced.  The order of the text is never changed, so the clauses' own words joined are the text.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ...model.passage import Clause
from ...text.words import find, fold, words

UNPLACED = ""
CERTAIN = 1.0
LEAST = 0.28  # cosine below which a summary is no evidence; found on the tests' invented statements
LONG_NAME = 12  # letters: a heading that holds so long a name of a clause among other words is its heading
LEAD = 1.25  # how far the best clause must be ahead of the next

_END = re.compile(r"(?<=[.!?])[”’\")\]]*\s+(?=[“‘\"(\[]?[A-Z0-9])")
_ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|No|Nos|Art|para|cf|vs|etc|Gen|Adm))\.[”’\")\]]*$")
_CJK_END = re.compile(r"(?<=[。！？])(?=.)")
_NUMBER = re.compile(r"^(?:section\s+)?[\dIVX]+[.):]\s*", re.IGNORECASE)
_WORD = re.compile(r"[a-z][a-z'-]{2,}|[\u3040-\u30ff\u4e00-\u9fff]{2}")
_COMMON = frozenset(
    """
    about above after also among and any are been both but can could each for from had has have his her its into
    made may more most much must new not now one only other our out over own said same shall should some such
    than that the their them then there these they this those through two under upon was well were what when
    where which while who will with would says say statement text calls call
    """.split()
)


@dataclass(frozen=True)
class Sentence:
    """A sentence or heading of the text, its paragraph's number, and the clause it was placed under."""

    text: str
    paragraph: int
    clause: str = UNPLACED
    score: float = 0.0
    reason: str = ""


@dataclass(frozen=True)
class Section:
    """A run of parts under one clause, or under none; `hint` names the clause it may belong to."""

    clause: str
    parts: tuple[Sentence, ...]
    hint: str = ""

    @property
    def paragraphs(self) -> tuple[tuple[str, ...], ...]:
        """The sentences of each paragraph."""
        return tuple(
            tuple(part.text for part in group) for _, group in groupby(self.parts, lambda part: part.paragraph)
        )


def sentences(paragraph: str) -> list[str]:
    """Part a paragraph into sentences; joined by spaces they are the paragraph again."""
    found: list[str] = []
    at = 0
    for match in _END.finditer(paragraph):
        head = paragraph[at : match.start()]
        if _ABBREVIATION.search(head):
            continue
        cut = match.start() + len(match[0].rstrip())
        found.append(paragraph[at:cut])
        at = match.end()
    found.append(paragraph[at:])
    return [part for sentence in found for part in _CJK_END.split(sentence) if part]


def place(
    paragraphs: Sequence[str], clauses: Sequence[Clause], *, held: Mapping[str, str] | None = None
) -> tuple[Section, ...]:
    """Return the text in sections; `held` is the own text of clauses that were in full before, by id."""
    evidence = _Evidence(clauses, held or {})
    found: list[Sentence] = []
    heading = UNPLACED
    for number, paragraph in enumerate(paragraphs):
        if is_heading(paragraph):
            heading = evidence.of_heading(paragraph)
            reason, score = ("is its heading", CERTAIN) if heading else ("", 0.0)
            found.append(Sentence(paragraph, number, heading, score, reason))
            continue
        parts = [evidence.of_sentence(Sentence(sentence, number)) for sentence in sentences(paragraph)]
        found += _paragraph(parts, heading, evidence)
    return _sections(_with_neighbours(found))


def _paragraph(parts: Sequence[Sentence], heading: str, evidence: _Evidence) -> list[Sentence]:
    """Place the sentences of one paragraph, some of which may be certain."""
    certain = [part.clause for part in parts if part.clause]
    if not certain:
        clause, score = (heading, CERTAIN / 2) if heading else evidence.of_paragraph(" ".join(s.text for s in parts))
        reason = "stands under its heading" if heading else "is like its summary" if clause else ""
        return [replace(part, clause=clause, score=score, reason=reason) for part in parts]
    found = []
    clause = certain[0]
    for part in parts:
        clause = part.clause or clause
        found.append(part if part.clause else replace(part, clause=clause, reason="stands in its paragraph"))
    return found


class _Evidence:
    """What is known of each clause, and what it says of a sentence, a heading and a paragraph."""

    def __init__(self, clauses: Sequence[Clause], held: Mapping[str, str]) -> None:
        self.clauses = clauses
        self.held = {id: frozenset(_squeezed(part) for part in sentences(text)) for id, text in held.items()}
        self.bags = {
            clause.id: Counter(_stems(" ".join((clause.name, *clause.summary, held.get(clause.id, "")))))
            for clause in clauses
        }
        frequency = Counter(stem for bag in self.bags.values() for stem in bag)
        self.weight = {stem: math.log(1 + len(clauses) / count) for stem, count in frequency.items()}
        self.rarest = max(self.weight.values(), default=1.0)

    def of_sentence(self, part: Sentence) -> Sentence:
        """Place a sentence that stood in a clause before, or that holds the words quoted from one clause alone."""
        squeezed = _squeezed(part.text)
        for clause in self.clauses:
            if squeezed in self.held.get(clause.id, ()):
                return replace(part, clause=clause.id, score=CERTAIN, reason="stood here before")
        spoken = words(part.text)
        quoted = [
            clause.id
            for clause in self.clauses
            if not self.held.get(clause.id) and any(find(passage, spoken) for passage in clause.passages)
        ]
        return (
            replace(part, clause=quoted[0], score=CERTAIN, reason="holds the words quoted")
            if len(quoted) == 1
            else part
        )

    def of_heading(self, text: str) -> str:
        """Return the clause that a heading names, if one does."""
        bare = _squeezed(_NUMBER.sub("", text))
        names = {clause.id: _squeezed(_NUMBER.sub("", clause.name)) for clause in self.clauses}
        exact = next((id for id, name in names.items() if name == bare), UNPLACED)
        return exact or next((id for id, name in names.items() if len(name) >= LONG_NAME and name in bare), UNPLACED)

    def of_paragraph(self, text: str) -> tuple[str, float]:
        """Return the clause whose summary a paragraph is like, well ahead of every other, and how like it is."""
        bag = Counter(_stems(text))
        scores = sorted(
            ((self._likeness(bag, self.bags[clause.id]), clause.id) for clause in self.clauses), reverse=True
        )
        best, id = scores[0] if scores else (0.0, UNPLACED)
        second = scores[1][0] if len(scores) > 1 else 0.0
        return (id, best) if best >= LEAST and best >= LEAD * second else (UNPLACED, best)

    def _likeness(self, bag: Counter[str], other: Counter[str]) -> float:
        shared = sum(math.sqrt(bag[stem] * other[stem]) * self.weight[stem] ** 2 for stem in bag.keys() & other.keys())
        whole = self._size(bag) * self._size(other)
        return shared / whole if whole else 0.0

    def _size(self, bag: Counter[str]) -> float:
        # A word that no summary has says little of where its paragraph belongs: half of what the rarest one says.
        return math.sqrt(sum(count * self.weight.get(stem, self.rarest / 2) ** 2 for stem, count in bag.items()))


def is_heading(text: str) -> bool:
    """Say whether a paragraph is a heading: short and no sentence, or a number and a few words."""
    bare = _NUMBER.sub("", text)
    is_numbered = bare != text and len(bare) < 70 and not re.search(r"[.!?。]['”’\")\]]*\s", bare)
    return is_numbered or (len(text) < 120 and not re.search(r"[.!?。,;:]['”’\")\]]*$", bare))


def _stems(text: str) -> list[str]:
    found = (word.strip("'-") for word in _WORD.findall(fold(text).lower()))
    return [
        re.sub(r"(?:ies|ing|ed|es|s|e|'s)$", "", word) if word.isascii() and len(word) > 4 else word
        for word in found
        if word not in _COMMON
    ]


def _squeezed(text: str) -> str:
    return "".join(re.findall(r"\w", fold(text).lower()))


def _with_neighbours(parts: Sequence[Sentence]) -> list[Sentence]:
    """Let a heading go with what follows, and what has no evidence with its neighbours if both are of one clause."""
    found = list(parts)
    for at in range(len(found) - 2, -1, -1):
        if not found[at].clause and is_heading(found[at].text) and found[at + 1].clause:
            found[at] = replace(found[at], clause=found[at + 1].clause, reason="heads it")
    for at in range(1, len(found)):
        after = next((part.clause for part in found[at:] if part.clause), UNPLACED)
        if not found[at].clause and found[at - 1].clause and found[at - 1].clause == after:
            found[at] = replace(found[at], clause=after, reason="stands between its sentences")
    return found


def _sections(parts: Sequence[Sentence]) -> tuple[Section, ...]:
    """Part the text in runs; a clause takes its strongest run, and what else seemed to be its own stays unplaced."""
    runs = [(clause, tuple(run)) for clause, run in groupby(parts, lambda part: part.clause)]
    strongest: dict[str, int] = {}
    for number, (clause, run) in enumerate(runs):
        if clause and (clause not in strongest or _strength(run) > _strength(runs[strongest[clause]][1])):
            strongest[clause] = number
    sections: list[Section] = []
    for number, (clause, run) in enumerate(runs):
        is_own = clause and strongest[clause] == number
        section = Section(clause if is_own else UNPLACED, run, "" if is_own else clause)
        if not is_own and sections and not sections[-1].clause and sections[-1].hint == section.hint:
            sections[-1] = replace(sections[-1], parts=(*sections[-1].parts, *run))
        else:
            sections.append(section)
    return tuple(sections)


def _strength(run: Sequence[Sentence]) -> tuple[float, int]:
    return max(part.score for part in run), sum(len(part.text) for part in run)
