"""Outline: the clauses that a document's own headings or articles make, with ids that stay.

A clause begins at a heading (`headings`), or at an article (`articles`), whose titles stand in headings or begin a
paragraph; articles count on from each other, so that a sentence which begins with the name of one is none.  Headings
over it, of a part or a chapter, go with the first clause below them; what stands before the first is its preamble.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from ...derived.index import grouped
from ...model.passage import Clause, as_id
from ...text.markup import numbered
from ...text.words import fold
from .blocks import NAMED, Block, level_of

KINDS = ("headings", "articles")
PREAMBLE = "Preamble"
_ARTICLE = re.compile(
    r"(?P<word>article|art\.|artikel|artículo|articolo|artigo|статья|section|rule|regulation|§|第(?=[^条條]{1,5}[条條]))\s*+"
    r"(?:(?P<number>\d{1,4}[a-z]?\b|[IVXLC]{1,7}\b)(?:\s?(?P<more>bis|ter|quater)\b)?"
    r"|(?P<cjk>[\d一二三四五六七八九十百]{1,5})\s?[条條])",
    re.IGNORECASE,
)
_LONGEST_ID, _LONGEST_NAME = 60, 120  # characters
_FEW, _MUCH = 3, 0.1  # clauses, and their part of the text, beyond which a word is usual
_LIKELY, _HALF = 8, 0.5  # words that two clauses share, and their part of the shorter one
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_SMALL = frozenset(
    "a an and as at by for from in of on or the to with der die das des und zu et la le les du de y el los las".split()
)


@dataclass(frozen=True)
class Part:
    """A clause to be: its id and name, where its blocks begin and end, and why it has this id."""

    id: str
    name: str
    start: int
    end: int
    reason: str = ""


def outline(blocks: Sequence[Block], kind: str, own: Sequence[Clause], earlier: Sequence[Clause]) -> list[Part]:
    """Return the clauses of a text in order; each block is in one.

    A clause that the record has under the same heading keeps its id (`own`); one that has the words of a clause of an
    earlier text of the series takes that one's (`earlier`).
    """
    starts = [at for at in _starts(blocks, kind) if at]
    spans = list(pairwise([0, *starts, len(blocks)])) if blocks else []
    names = [_name(blocks[start:end], kind) for start, end in spans]
    known = _known(names, [" ".join(block.text for block in blocks[start:end]) for start, end in spans], own, earlier)
    kept = {clause.id for clause in own}
    found: list[Part] = []
    taken = set(known.values())
    for at, ((start, end), name) in enumerate(zip(spans, names, strict=True)):
        id = known.get(at) or numbered(_id(name, at + 1), taken)
        reason = "stands in the record" if id in kept else "has the words of the text before" if at in known else ""
        found.append(Part(id, name, start, end, reason))
    return found


def _starts(blocks: Sequence[Block], kind: str) -> list[int]:
    """Return where clauses begin, with the headings over them."""
    heads = [n for n, block in enumerate(blocks) if block.level and not (n and blocks[n - 1].level)]
    if kind == "headings":
        return heads
    articles = _articles(blocks)
    annexes = [n for n in heads if articles and n > articles[-1] and NAMED.match(blocks[n].text)]
    over = [max((head for head in heads if head <= at), default=at) for at in articles]
    first = [
        head if all(blocks[n].level for n in range(head, at)) else at for head, at in zip(over, articles, strict=True)
    ]
    return sorted({*first, *annexes})


def _articles(blocks: Sequence[Block]) -> list[int]:
    """Return where articles begin: those of the name that counts furthest, where parts of a text have several."""
    matches = [
        (at, match) for at, block in enumerate(blocks) if not block.rows and (match := _ARTICLE.match(block.text))
    ]
    words = {match["word"].lower() for _, match in matches}
    runs = [_counted([(at, match) for at, match in matches if match["word"].lower() == word], blocks) for word in words]
    return max(runs, key=len, default=[])


def _counted(matches: Sequence[tuple[int, re.Match[str]]], blocks: Sequence[Block]) -> list[int]:
    """Return where articles begin: each heading that is one, and each paragraph that begins with the next number."""
    found: list[int] = []
    last = 0
    for at, match in matches:
        number = _number(match["number"] or match["cjk"])
        is_heading = bool(blocks[at].level or level_of(blocks[at].text))
        is_further = is_heading and (number > last or number == 1)
        if number == last + 1 or is_further or (match["more"] and number == last):
            found.append(at)
            last = number
    return found


def _number(said: str) -> int:
    if digits := re.match(r"\d+", said):
        return int(digits[0])
    values = [_ROMAN[sign] for sign in said.upper() if sign in _ROMAN]
    if values:
        return sum(-one if other > one else one for one, other in zip(values, [*values[1:], 0], strict=True))
    return _cjk(said)


def _cjk(said: str) -> int:
    total, digit = 0, 0
    for sign in said:
        if sign in "十百":
            total, digit = total + max(digit, 1) * (10 if sign == "十" else 100), 0
        else:
            digit = "一二三四五六七八九".find(sign) + 1
    return total + digit


def _name(blocks: Sequence[Block], kind: str) -> str:
    """Return the name of a clause: its innermost heading, a number and its title together."""
    heads = [block.text for block in takewhile(lambda block: block.level, blocks)]
    match = _ARTICLE.match(blocks[0].text)
    if not heads:
        return match[0] if match and kind == "articles" else PREAMBLE
    places = [n for n, head in enumerate(heads) if NAMED.match(head) or _ARTICLE.match(head)]
    return " ".join(heads[places[-1] if places else -1 :])[:_LONGEST_NAME]


def _id(name: str, number: int) -> str:
    """Return a readable id: `art-12-entry-into-force` of *Article 12: Entry into force*."""
    match = _ARTICLE.match(name)
    cjk = match["cjk"] if match else None
    text = (
        f"art {_number(cjk)} {name[match.end() :]}"
        if match and cjk
        else re.sub(r"^(?:article|artikel|artículo|articolo|artigo|art\.)\b", "art", name, flags=re.IGNORECASE)
    )
    words = [word for word in as_id(text).split("-") if word not in _SMALL or len(word) == 1]
    id = ""
    for word in words:
        if len(id) + len(word) >= _LONGEST_ID:
            break
        id = f"{id}-{word}".strip("-")
    return id if re.search("[a-z]", id) and id != "some-id" else f"part-{number}"


def _known(
    names: Sequence[str], texts: Sequence[str], own: Sequence[Clause], earlier: Sequence[Clause]
) -> Mapping[int, str]:
    """Return the ids of clauses that are there already, by the number of the part; each is given once."""
    found: dict[int, str] = {}
    by_name = {squeezed(clause.name): clause.id for clause in own}
    for at, name in enumerate(names):
        if (id := by_name.get(squeezed(name))) and id not in found.values():
            found[at] = id
    contents = [_content(text) for text in texts]
    others = {
        clause.id: (at, _title(clause.name), _content(clause.text)) for at, clause in enumerate(earlier) if clause.own
    }
    places = grouped((word, id) for id, (_, _, content) in others.items() for word in content)
    # What stands in much of the text tells none of its clauses from another.
    usual = {word for word, ids in places.items() if len(ids) > max(_FEW, len(others) * _MUCH)}
    pairs = []
    for at, content in enumerate(contents):
        shared = Counter(id for word in content for id in places.get(word, ()))
        for id, count in shared.items():
            place, title, other = others[id]
            is_named = title == _title(names[at])
            telling = content - usual, other - usual
            is_like = count >= _LIKELY and count >= _HALF * min(len(content), len(other))
            is_told = len(telling[0] & telling[1]) >= _HALF * min(map(len, telling))
            if is_named or (is_like and is_told):
                pairs.append((is_named, count / len(content | other), -abs(at - place), at, id))
    for *_, at, id in sorted(pairs, reverse=True):
        if at not in found and id not in found.values():
            found[at] = id
    return found


def _title(name: str) -> str:
    """Return what a heading says beside its number, or the number if it says no more."""
    match = _ARTICLE.match(name)
    return squeezed(name[match.end() :] if match else name) or squeezed(name)


def _content(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"[^\W\d_]{4,}", fold(text).lower()))


def squeezed(text: str) -> str:
    """Return the letters and figures of a text, by which headings are compared."""
    return "".join(re.findall(r"\w", fold(text).lower()))
