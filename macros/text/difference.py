"""Differences: which words of two texts are the same, found in time that does not run away.

The matcher of the standard library compares each word with every equal one, so that texts of few words said again and
again keep it busy for minutes.  Where it would, words that stand once in either text part both first (as in patience
diff), and what holds none of them is taken as changed as a whole.
"""

from bisect import bisect
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher

MOST_PAIRS = 20_000
"""How many pairs of equal words are compared; texts of a thousand words have about as many."""

_DEEPEST = 5  # times that a text is parted

Edit = tuple[str, int, int, int, int]
"""What became of words: `equal`, `replace`, `delete` or `insert`, and where they stand in the old and the new text."""


def word_edits(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Edit]:
    """Return the edits that make one text of another, in order, with what stays between them."""
    found: list[Edit] = []
    a = b = 0
    for i, j, size in [*_blocks(old, new), (len(old), len(new), 0)]:
        if a < i or b < j:
            found.append(("replace" if a < i and b < j else "delete" if a < i else "insert", a, i, b, j))
        if size and found and found[-1][0] == "equal":
            found[-1] = ("equal", found[-1][1], i + size, found[-1][3], j + size)
        elif size:
            found.append(("equal", i, i + size, j, j + size))
        a, b = i + size, j + size
    return found


def likeness(old: Sequence[Hashable], new: Sequence[Hashable]) -> float:
    """Return how much of two texts is the same, from 0 to 1."""
    same = sum(i2 - i1 for tag, i1, i2, _, _ in word_edits(old, new) if tag == "equal")
    return 2 * same / (len(old) + len(new)) if old or new else 1.0


def _blocks(old: Sequence[Hashable], new: Sequence[Hashable], depth: int = 0) -> Iterator[tuple[int, int, int]]:
    """Yield the runs of words that are the same: where they begin in either text, and how long they are."""
    counts = Counter(new)
    if sum(counts[word] for word in old) <= MOST_PAIRS:
        blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        yield from ((block.a, block.b, block.size) for block in blocks if block.size)
    elif depth < _DEEPEST:
        head = _alike(old, new)
        tail = _alike(old[head:][::-1], new[head:][::-1])
        ends = len(old) - tail, len(new) - tail
        # Behind what is alike at both ends; where nothing is, between words that stand once.
        parts = [(0, 0, head), (*ends, tail)] if head or tail else [(i, j, 1) for i, j in _anchors(old, new)]
        a = b = 0
        for i, j, size in (*parts, (len(old), len(new), 0)) if parts else ():
            yield from ((a + x, b + y, n) for x, y, n in _blocks(old[a:i], new[b:j], depth + 1))
            if size:
                yield i, j, size
            a, b = i + size, j + size


def _alike(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """Return how many words two texts begin with alike."""
    shorter = min(len(old), len(new))
    return next((at for at in range(shorter) if old[at] != new[at]), shorter)


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the places of words that stand once in either text, the most of them that stand in one order."""
    once_old, once_new = Counter(old), Counter(new)
    where = {word: at for at, word in enumerate(new) if once_new[word] == 1}
    pairs = [(at, where[word]) for at, word in enumerate(old) if once_old[word] == 1 and word in where]
    lasts, tops, before = list[int](), list[int](), list[int]()  # the longest rising row (patience sorting)
    for number, (_, at) in enumerate(pairs):
        pile = bisect(lasts, at)
        before.append(tops[pile - 1] if pile else -1)
        lasts[pile : pile + 1], tops[pile : pile + 1] = [at], [number]
    row, number = list[tuple[int, int]](), tops[-1] if tops else -1
    while number >= 0:
        row.append(pairs[number])
        number = before[number]
    return row[::-1]
