"""Agreement: where the tokens of two readings of a text differ.

What stands before a token counts where it parts paragraphs.  A new line of a received text may be any space of the
page; an item of a list, or a row, begins where the received text has a new line or a paragraph; and a bullet of a list
of two items or more stands for whatever sign begins those lines.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .difference import word_edits
from .notation import BULLET, BULLETS, ITEM, JOINED, LINE, PARAGRAPH, SPACE, Token
from .substitution import BREAK

_NEW_PARAGRAPH = Token(BREAK, SPACE, "mark")
_NEW_LINE = Token("↵", SPACE, "mark")

_TOLD = -1

Paragraph = tuple[tuple[str, bool], ...]
Spans = tuple[int, int, int, int]


@dataclass
class Edit:
    """A run of tokens that is the same in both readings, or is not; `i` and `j` are where it begins in each."""

    is_same: bool
    i: int
    j: int
    theirs: list[Token] = field(default_factory=list)
    ours: list[Token] = field(default_factory=list)
    i_end: int = 0
    j_end: int = 0


def matches(theirs: Sequence[Token], ours: Sequence[Token]) -> Iterator[tuple[bool, Spans]]:
    """Yield the stretches in which two readings have the same tokens, and those in which they have not, in turn.

    Paragraphs are aligned first, for words would be sought through the whole of a long text.
    """
    ends_a, ends_b = _paragraphs(theirs), _paragraphs(ours)
    whole_a = [tuple(token.key for token in theirs[a:b]) for a, b in pairwise(ends_a)]
    whole_b = [tuple(token.key for token in ours[a:b]) for a, b in pairwise(ends_b)]
    for tag, i1, i2, j1, j2 in _alignment(whole_a, whole_b):
        if tag == "equal":
            yield True, (ends_a[i1], ends_a[i2], ends_b[j1], ends_b[j2])
        elif i2 - i1 == j2 - j1:
            for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
                yield from _within(theirs, ours, (ends_a[i], ends_a[i + 1], ends_b[j], ends_b[j + 1]))
        else:
            yield from _within(theirs, ours, (ends_a[i1], ends_a[i2], ends_b[j1], ends_b[j2]))


def _alignment(one: Sequence[Paragraph], other: Sequence[Paragraph]) -> Iterable[tuple[str, int, int, int, int]]:
    """Return how paragraphs correspond: each to the one in its place where these are alike, for words recur."""
    shared = sum(
        a == b or 2 * (Counter(a) & Counter(b)).total() >= max(len(a), len(b)) for a, b in zip(one, other, strict=False)
    )
    if len(one) == len(other) and 3 * shared >= 2 * len(one):
        return [
            ("equal" if a == b else "replace", n, n + 1, n, n + 1)
            for n, (a, b) in enumerate(zip(one, other, strict=True))
        ]
    return word_edits(one, other)


def _paragraphs(tokens: Sequence[Token]) -> list[int]:
    """Return where the paragraphs of a reading begin, and where the last ends."""
    begins = [at for at, token in enumerate(tokens) if at == 0 or token.gap >= ITEM]
    return [*begins, len(tokens)]


def _within(theirs: Sequence[Token], ours: Sequence[Token], spans: Spans) -> Iterator[tuple[bool, Spans]]:
    i, i_end, j, j_end = spans
    a, b = [token.key for token in theirs[i:i_end]], [token.key for token in ours[j:j_end]]
    for tag, i1, i2, j1, j2 in word_edits(a, b):
        yield tag == "equal", (i + i1, i + i2, j + j1, j + j2)


def edits(theirs: Sequence[Token], ours: Sequence[Token], *, with_breaks: bool = True) -> list[Edit]:
    """Return the runs in which a received text and its page agree, and those in which they do not, in turn.

    Without breaks nothing counts of what stands before tokens.
    """
    found: list[Edit] = []

    def put(one: Sequence[Token], other: Sequence[Token], spans: Spans, *, is_same: bool) -> None:
        if not found or found[-1].is_same != is_same:
            found.append(Edit(is_same, spans[0], spans[2]))
        found[-1].theirs += one
        found[-1].ours += other
        found[-1].i_end, found[-1].j_end = spans[1], spans[3]

    def part(i: int, j: int, one: int, other: int) -> None:
        before, after = _breaks(one, other) if with_breaks and i and j else ([], [])
        if before or after:
            put(before, after, (i, i, j, j), is_same=before == after)

    one = other = JOINED  # what stood before tokens that only one side has
    for is_equal, (i1, i2, j1, j2) in matches(theirs, ours):
        a, b = theirs[i1:i2], ours[j1:j2]
        if is_equal or (len(a) == len(b) and all(map(_is_bullet, a, b))):
            for n, (token, shown) in enumerate(zip(a, b, strict=True)):
                part(
                    i1 + n,
                    j1 + n,
                    max(token.gap, one) if one >= 0 else SPACE,
                    max(shown.gap, other) if other >= 0 else SPACE,
                )
                put([token], [token], (i1 + n, i1 + n + 1, j1 + n, j1 + n + 1), is_same=True)
                one = other = JOINED
            continue
        if a and b:
            part(i1, j1, a[0].gap, b[0].gap)
        elif a and _opens(theirs, i1, i2, ours, j1):
            part(i1, j1, PARAGRAPH, PARAGRAPH)
            other = _TOLD
        elif b and _opens(ours, j1, j2, theirs, i1):
            part(i1, j1, PARAGRAPH, PARAGRAPH)
            one = _TOLD
        else:
            one, other = max([one, *(token.gap for token in a[:1])]), max([other, *(token.gap for token in b[:1])])
        put(_with_breaks(a), _with_breaks(b), (i1, i2, j1, j2), is_same=False)
    return found


def _opens(some: Sequence[Token], start: int, end: int, others: Sequence[Token], at: int) -> bool:
    """Say whether tokens that only one side has begin a paragraph whose other tokens both have."""
    follows = end < len(some) and some[end].gap != PARAGRAPH
    return follows and at < len(others) and some[start].gap == others[at].gap == PARAGRAPH


def _is_bullet(one: Token, other: Token) -> bool:
    return other.kind == BULLET and one.text in BULLETS and one.gap >= LINE


def _breaks(one: int, other: int) -> tuple[list[Token], list[Token]]:
    """Return what parts a pair of tokens from those before, in the received text and on the page."""
    is_paragraph = [_NEW_PARAGRAPH] if one == PARAGRAPH else []
    agrees = {PARAGRAPH: one == PARAGRAPH, ITEM: one >= LINE, LINE: one == LINE}.get(other, one < PARAGRAPH)
    if agrees:
        return is_paragraph, is_paragraph
    return is_paragraph, [_NEW_PARAGRAPH] if other == PARAGRAPH else [_NEW_LINE] if other >= LINE else []


def _with_breaks(tokens: Sequence[Token]) -> list[Token]:
    return [
        each
        for at, token in enumerate(tokens)
        for each in ([_NEW_PARAGRAPH] if at and token.gap == PARAGRAPH else []) + [token]
    ]
