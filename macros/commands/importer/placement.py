"""Placement: each part of a text put under the clause it belongs to, or left for a contributor to place.

Evidence is taken in this order: a sentence that stood in a clause before, or that holds the words quoted from it;
the heading that a sentence stands under; the paragraph it stands in; and the words that the paragraph shares with
our summary, weighed by how rare they are.  What has no evidence goes with its neighbours if both are of one clause;
what remains is unplaced.  The order of the text is never changed, so the clauses' own words joined are the text.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ...derived.index import grouped
from ...model.passage import Clause
from ...text.words import find, fold, words
from .blocks import NAMED, Block
from .outline import Part, squeezed

UNPLACED = ""
CERTAIN = 1.0
LEAST = 0.28  # cosine below which a summary is no evidence; found on the tests' invented statements
LONG_NAME = 12  # letters: a heading that holds so long a name of a clause among other words is its heading
_LONGEST_NAME = 200  # letters
LEAD = 1.25  # how far the best clause must be ahead of the next

_END = re.compile(r"(?<=[.!?])[”’\")\]]*\s+(?=[“‘\"(\[]?[A-Z0-9])")
_ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|No|Nos|Art|para|cf|vs|etc|Gen|Adm))\.[”’\")\]]*$")
_ITEM = re.compile(r"\(?(?:\d[\d.]{0,6}|[a-zA-Z]|[ivxlcIVXLC]{1,6})[.)]")
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
    is_heading: bool = False


@dataclass(frozen=True)
class Section:
    """A run of parts under one clause, or under none; `hint` names the clause it may belong to, `name` a new one's."""

    clause: str
    parts: tuple[Sentence, ...]
    hint: str = ""
    name: str = ""

    @property
    def paragraphs(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """The number and the sentences of each paragraph."""
        return tuple(
            (number, tuple(part.text for part in group))
            for number, group in groupby(self.parts, lambda part: part.paragraph)
        )


def sentences(paragraph: str) -> list[str]:
    """Part a paragraph into sentences; joined by spaces they are the paragraph again."""
    found: list[str] = []
    at = 0
    for match in _END.finditer(paragraph):
        head = paragraph[at : match.start()]
        if _ABBREVIATION.search(head) or _ITEM.fullmatch(head):
            continue
        cut = match.start() + len(match[0].rstrip())
        found.append(paragraph[at:cut])
        at = match.end()
    found.append(paragraph[at:])
    return [part for sentence in found for part in _CJK_END.split(sentence) if part]


def place(
    blocks: Sequence[Block], clauses: Sequence[Clause], *, held: Mapping[str, str] | None = None
) -> tuple[Section, ...]:
    """Return the text in sections; `held` is the own text of clauses that were in full before, by id."""
    evidence = _Evidence(clauses, held or {})
    found: list[Sentence] = []
    heading, current = UNPLACED, Block("")
    for number, block in enumerate(blocks):
        after = blocks[number + 1] if number + 1 < len(blocks) else None
        named = evidence.of_heading(block, after)
        if named or (block.level and _is_beside(block, current)):
            heading, current = named, block
        if named or block.level:
            reason, score = ("is its heading", CERTAIN) if named else ("", 0.0)
            stays = heading if block.level else UNPLACED
            found.append(Sentence(block.text, number, named or stays, score, reason, is_heading=True))
            continue
        parts = [evidence.of_sentence(Sentence(text, number), is_under=bool(heading)) for text in sentences_of(block)]
        found += _paragraph(parts, heading, evidence)
    return _sections(_with_neighbours(found))


def _is_beside(block: Block, current: Block) -> bool:
    """Say whether a heading ends what stands under another one: it is higher, or as high and of the same kind."""
    kinds = [(bool(NAMED.match(one.text)), bool(_NUMBER.match(one.text))) for one in (block, current)]
    return not current.level or block.level < current.level or (block.level == current.level and kinds[0] == kinds[1])


def as_outlined(blocks: Sequence[Block], outlined: Sequence[Part]) -> tuple[Section, ...]:
    """Return the text in the clauses that its own headings make."""
    return tuple(
        Section(
            part.id,
            tuple(
                Sentence(text, number, part.id, CERTAIN, part.reason)
                for number in range(part.start, part.end)
                for text in sentences_of(blocks[number])
            ),
            name=part.name,
        )
        for part in outlined
    )


def sentences_of(block: Block) -> list[str]:
    """Return the sentences of a block; a heading and a table are one."""
    return [block.text] if block.rows or block.level else sentences(block.text)


class _Evidence:
    """What is known of each clause, and what it says of a sentence, a heading and a paragraph."""

    def __init__(self, clauses: Sequence[Clause], held: Mapping[str, str]) -> None:
        self.clauses = clauses
        self.held = {id: frozenset(squeezed(part) for part in sentences(text)) for id, text in held.items()}
        self.met = {UNPLACED}
        self.names = grouped((squeezed(clause.name), clause.id) for clause in clauses)
        self.bare = grouped((bare, clause.id) for clause in clauses if (bare := squeezed(_bare(clause.name))))
        self.long = [(name, id) for name, ids in self.bare.items() if len(name) >= LONG_NAME for id in ids]
        self.numbered = [(name, id) for name, ids in self.names.items() if len(name) >= LONG_NAME for id in ids]
        self.bags = {
            clause.id: Counter(_stems(" ".join((clause.name, *clause.summary, held.get(clause.id, "")))))
            for clause in clauses
        }
        frequency = Counter(stem for bag in self.bags.values() for stem in bag)
        self.weight = {stem: math.log(1 + len(clauses) / count) for stem, count in frequency.items()}
        self.rarest = max(self.weight.values(), default=1.0)

    def of_sentence(self, part: Sentence, *, is_under: bool) -> Sentence:
        """Place a sentence that stood in a clause before, or that holds the words quoted from one clause alone.

        One that stands under a clause's heading (`is_under`) belongs there, whoever has such words, too.
        """
        said = squeezed(part.text)
        for clause in self.clauses:
            if said in self.held.get(clause.id, ()):
                return replace(part, clause=clause.id, score=CERTAIN, reason="stood here before")
        spoken = () if is_under else words(part.text)
        quoted = [
            clause.id
            for clause in self.clauses
            if spoken and not self.held.get(clause.id) and any(find(passage, spoken) for passage in clause.passages)
        ]
        return (
            replace(part, clause=quoted[0], score=CERTAIN, reason="holds the words quoted")
            if len(quoted) == 1
            else part
        )

    def of_heading(self, block: Block, after: Block | None) -> str:
        """Return the clause that a block heads, if one does: by its name, with the title behind it or without.

        What is no heading by its looks is one if it is a clause's whole name, or begins with it and names an article.
        """
        text = block.text
        both = f"{text} {after.text}" if block.level and after and after.level else text
        for said in (both, text):
            if id := self._first(self.names.get(squeezed(said), ())):
                return id
        if block.level or is_heading(text):
            bare = squeezed(_bare(text))
            if id := self._first(self.bare.get(bare, ())):
                return id
            if block.level and (id := self._first([id for name, id in self.long if name in bare])):
                return id
        begun = squeezed(text[:_LONGEST_NAME]) if NAMED.match(text) else ""
        return self._first([id for name, id in self.numbered if begun.startswith(name)])

    def _first(self, ids: Sequence[str]) -> str:
        """Return the first of some clauses whose heading was not met yet."""
        id = next((id for id in ids if id not in self.met), UNPLACED)
        self.met.add(id)
        return id

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


def is_heading(text: str) -> bool:
    """Say whether a paragraph is a heading: short and no sentence, or a number and a few words."""
    bare = _NUMBER.sub("", text)
    is_numbered = bare != text and len(bare) < 70 and not re.search(r"[.!?。]['”’\")\]]*\s", bare)
    return is_numbered or (len(text) < 120 and not re.search(r"[.!?。,;:]['”’\")\]]*$", bare))


def _bare(text: str) -> str:
    """Return a heading without the number or the name of a part before its title."""
    match = NAMED.match(text) or _NUMBER.match(text)
    return text[match.end() :] if match else text


def _stems(text: str) -> list[str]:
    found = (word.strip("'-") for word in _WORD.findall(fold(text).lower()))
    return [
        re.sub(r"(?:ies|ing|ed|es|s|e|'s)$", "", word) if word.isascii() and len(word) > 4 else word
        for word in found
        if word not in _COMMON
    ]


def _with_neighbours(parts: Sequence[Sentence]) -> list[Sentence]:
    """Let a heading go with what follows, and what has no evidence with its neighbours if both are of one clause."""
    found = list(parts)
    for at in range(len(found) - 2, -1, -1):
        if not found[at].clause and found[at].is_heading and found[at + 1].clause:
            found[at] = replace(found[at], clause=found[at + 1].clause, reason="heads it")
    following: list[str] = []  # the clause of each sentence or, where it has none, of the next that has one
    for part in reversed(found):
        following.append(part.clause or (following[-1] if following else UNPLACED))
    for at, after in enumerate(following[-2::-1], start=1):
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
