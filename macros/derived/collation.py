"""Collation: the alignment, word by word, of texts that are compared (no HTML).

Tokens are words and signs without the spaces between them, aligned by the standard library's longest-match
method; then a semantic clean-up in the spirit of Fraser's diff-match-patch folds short islands of agreement
into the changes around them, so that a rewritten sentence reads as one change and not as confetti.  What is said of
added and dropped words counts no word of such an island: it stands in both texts.  What is dropped at one place and
added at another in the same words has moved.
What may be claimed depends on what is held: changes only between full texts, shared words between excerpts.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, pairwise, zip_longest
from typing import Literal

from ..text.difference import word_edits
from ..text.words import fold_token, tokens

Kind = Literal["same", "inserted", "deleted", "moved", "moved-away", "shared"]

OLD: frozenset[Kind] = frozenset(("deleted", "moved-away"))
"""Runs that stand in the old text alone at this place."""
NEW: frozenset[Kind] = frozenset(("inserted", "moved"))
"""Runs that stand in the new text alone at this place."""

_LETTER = re.compile(r"\w")
_SHORTEST_SHARED = 3  # words: less is chance ("of the", "the two")
_SHORTEST_MOVED = 6  # words: less is a turn of phrase that happens to stand at another place too
_LONGEST_SAID = 60  # characters of words that a sentence quotes
_TIED = 0.45  # of the words of the shorter of two paragraphs: so many stand in the other one too
_LONGEST_ISLAND = 7  # words: more are a sentence that was kept


@dataclass(frozen=True)
class Run:
    """A part of one text that is the same as, or different from, the text it is collated with.

    `changed` counts its words that the other text does not have at this place.  What moved has the number of the move,
    from 1, at both places.
    """

    kind: Kind
    text: str
    changed: int = 0
    move: int = 0

    @property
    def parts(self) -> tuple[str, str, str, str, int]:
        """Its kind, its text between the white space at both ends, which is no part of what is marked, its move."""
        if self.kind == "same":
            return self.kind, "", self.text, "", 0
        text = self.text
        return self.kind, " " * text[:1].isspace(), text.strip(), " " * text[-1:].isspace(), self.move


@dataclass(frozen=True)
class _Edit:
    """Tokens `a1:a2` of the old text against `b1:b2` of the new one."""

    is_equal: bool
    a1: int
    a2: int
    b1: int
    b2: int


def tokenise(text: str) -> list[str]:
    """Split a text into words and signs, each with the white space before it, so that joining gives the text back."""
    ends = [0, *(end for _, end in tokens(text))]
    if len(ends) == 1:
        return [text] if text else []
    return [text[start:end] for start, end in pairwise([*ends[:-1], len(text)])]


def _key(token: str) -> str:
    return fold_token(token.strip())


def _keys(text: str) -> Iterator[str]:
    return (fold_token(text[start:end]) for start, end in tokens(text))


@dataclass(frozen=True)
class Strip:
    """Paragraphs of an old text beside those of the new one that have their words; none on one side if it has none.

    `old` and `new` say which, from the first to behind the last; `runs` are those of the new text, as `changes` has
    them.
    """

    old: tuple[int, int]
    new: tuple[int, int]
    runs: tuple[Run, ...]


def changes(old: str, new: str) -> tuple[Run, ...]:
    """Return the runs of `new`, with what it drops from `old` as deleted runs in their place.

    Without the deleted runs the texts joined are `new`, without the inserted ones they say what `old` says.
    """
    return _collated([(tokenise(old), tokenise(new))])[0]


def strips(old: Sequence[str], new: Sequence[str], between: str) -> tuple[Strip, ...]:
    """Set the paragraphs of a text beside those of an older one, and collate what stands side by side.

    Paragraphs that were split or joined stand in one strip; `between` is what stands between two of them.
    """
    pairs = _beside(old, new)
    texts = [(between.join(old[slice(*one)]), between.join(new[slice(*other)])) for one, other in pairs]
    found = _collated([(tokenise(one), tokenise(other)) for one, other in texts])
    return tuple(Strip(one, other, runs) for (one, other), runs in zip(pairs, found, strict=True))


def _beside(old: Sequence[str], new: Sequence[str]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return which paragraphs of two texts stand beside each other, in order: those that share the words of one."""
    if len(old) == len(new) == 1:
        return [((0, 1), (0, 1))]
    a, b = ([[key for key in _keys(text) if _LETTER.search(key)] for text in some] for some in (old, new))
    of_a, of_b = ([n for n, keys in enumerate(side) for _ in keys] for side in (a, b))
    edits = word_edits(list(chain(*a)), list(chain(*b)))
    same = (
        pair for tag, i, i2, j, j2 in edits if tag == "equal" for pair in zip(range(i, i2), range(j, j2), strict=True)
    )
    shared = Counter((of_a[i], of_b[j]) for i, j in same)
    ties = {(i, j) for (i, j), count in shared.items() if count >= _TIED * min(len(a[i]), len(b[j]))}
    found: list[tuple[tuple[int, int], tuple[int, int]]] = []
    i = j = 0
    while i < len(old) or j < len(new):
        first = min(ties, default=(len(old), len(new)))
        found += [((n, n + 1), (j, j)) for n in range(i, first[0])]
        found += [((first[0], first[0]), (n, n + 1)) for n in range(j, first[1])]
        i, j = first
        if not ties:
            break
        ends = i + 1, j + 1
        while reached := {tie for tie in ties if tie[0] < ends[0] or tie[1] < ends[1]}:
            ties -= reached
            ends = max(ends[0], *(one + 1 for one, _ in reached)), max(ends[1], *(other + 1 for _, other in reached))
        found.append(((i, ends[0]), (j, ends[1])))
        i, j = ends
    return found


def _collated(parts: Sequence[tuple[Sequence[str], Sequence[str]]]) -> list[tuple[Run, ...]]:
    """Collate the tokens of each part of two texts; what moved from one part to another is told as moved."""
    a, b = (list(chain.from_iterable(side)) for side in zip(*parts, strict=True)) if parts else ([], [])
    kept: list[_Edit] = []
    cleaned: list[list[_Edit]] = []
    weights = _weights(a), _weights(b)
    at_a = at_b = 0
    for one, other in parts:
        edits = _edits(one, other, at_a, at_b)
        kept += [edit for edit in edits if edit.is_equal]
        cleaned.append(_cleaned(edits, b, *weights))
        at_a, at_b = at_a + len(one), at_b + len(other)
    of_a = _changed(a, [(edit.a1, edit.a2) for edit in kept])
    of_b = _changed(b, [(edit.b1, edit.b2) for edit in kept])
    moved_from, moved_to = _moved([edit for edits in cleaned for edit in edits], a, b)
    found = []
    for edits in cleaned:
        runs: list[Run] = []
        end_b = edits[-1].b2 if edits else 0
        for edit in edits:
            if edit.is_equal:
                runs.append(Run("same", "".join(b[edit.b1 : edit.b2])))
                continue
            for kind, start, end, move in _parted(edit.a1, edit.a2, moved_from, "deleted", "moved-away"):
                # At the head of a text the next word brings no space of its own.
                needs_space = end == edit.a2 and edit.b1 < end_b and b[edit.b1][0].isalnum()
                runs.append(Run(kind, "".join(a[start:end]) + " " * needs_space, of_a[end] - of_a[start], move))
            for kind, start, end, move in _parted(edit.b1, edit.b2, moved_to, "inserted", "moved"):
                runs.append(Run(kind, "".join(b[start:end]), of_b[end] - of_b[start], move))
        found.append(tuple(runs))
    return found


def _changed(tokens: Sequence[str], kept: Sequence[tuple[int, int]]) -> list[int]:
    """Return the words before each token, and before the end, that are none of those kept."""
    is_changed = [bool(_LETTER.search(token)) for token in tokens]
    for start, end in kept:
        is_changed[start:end] = [False] * (end - start)
    return [0, *accumulate(is_changed)]


def _moved(edits: Sequence[_Edit], a: Sequence[str], b: Sequence[str]) -> tuple[list[tuple[int, int, int]], ...]:
    """Return the parts of the old text that stand elsewhere in the new one, and those of the new one, in order.

    Each is told by its first token, the one behind its last, and the number of the move.  None goes on from one edit to
    the next, which may be of another paragraph.

    Each word of either text is in one part at most; the longest that begins first is taken.
    """
    dropped = {at: _key(a[at]) for edit in edits if not edit.is_equal for at in range(edit.a1, edit.a2)}
    added = {at: _key(b[at]) for edit in edits if not edit.is_equal for at in range(edit.b1, edit.b2)}
    begin = {edit.a1 for edit in edits}, {edit.b1 for edit in edits}
    size = range(_SHORTEST_MOVED)
    places: dict[tuple[str | None, ...], list[int]] = {}
    for at in dropped:
        places.setdefault(tuple(dropped.get(at + n) for n in size), []).append(at)
    found: list[tuple[int, int, int]] = []
    behind = 0
    for at in added:
        for start in places.get(tuple(added.get(at + n) for n in size), ()) if at >= behind else ():
            length = 0
            while dropped.get(start + length) is not None and dropped[start + length] == added.get(at + length):
                length += 1
                if start + length in begin[0] or at + length in begin[1]:
                    break
            signs = next((n for n in range(length) if _LETTER.search(a[start + n])), length)
            if sum(bool(_LETTER.search(a[start + n])) for n in range(length)) >= _SHORTEST_MOVED:
                found.append((start + signs, at + signs, length - signs))
                for n in range(length):
                    del dropped[start + n]
                behind = at + length
                break
    numbered = list(enumerate(found, start=1))
    away = sorted((one, one + n, move) for move, (one, _, n) in numbered)
    return away, [(other, other + n, move) for move, (_, other, n) in numbered]


def _parted(
    start: int, end: int, moved: Sequence[tuple[int, int, int]], kind: Kind, of_moved: Kind
) -> Iterator[tuple[Kind, int, int, int]]:
    """Yield the parts of a change, what moved, with the number of the move, told from what did not."""
    for one, other, move in moved:
        if start <= one < end:
            if start < one:
                yield kind, start, one, 0
            yield of_moved, one, other, move
            start = other
    if start < end:
        yield kind, start, end, 0


@lru_cache(4096)  # every page of a series asks the same of its neighbours
def is_same(old: str, new: str) -> bool:
    """Say whether `changes` would find none; the first word that differs tells."""
    return all(one == other for one, other in zip_longest(_keys(old), _keys(new)))


def shared(one: str, other: str) -> tuple[Run, ...]:
    """Return the runs of `one`, those of three words or more that `other` has too as shared runs."""
    a, b = tokenise(other), tokenise(one)
    runs: list[Run] = []
    for edit in _edits(a, b):
        text = "".join(b[edit.b1 : edit.b2])
        count = _words(b[edit.b1 : edit.b2])
        kind: Kind = "shared" if edit.is_equal and count >= _SHORTEST_SHARED else "same"
        if runs and runs[-1].kind == kind:
            runs[-1] = Run(kind, runs[-1].text + text)
        elif text:
            runs.append(Run(kind, text))
    return tuple(runs)


def _edits(a: Sequence[str], b: Sequence[str], at_a: int = 0, at_b: int = 0) -> list[_Edit]:
    """Return the edits of parts of two texts, which begin there at these tokens."""
    found = word_edits([_key(token) for token in a], [_key(token) for token in b])
    return [_Edit(tag == "equal", i + at_a, i2 + at_a, j + at_b, j2 + at_b) for tag, i, i2, j, j2 in found]


def _cleaned(edits: Sequence[_Edit], b: Sequence[str], of_a: Sequence[int], of_b: Sequence[int]) -> list[_Edit]:
    """Fold each agreement that is no longer than the changes on both its sides into them, and join the changes.

    `of_a` and `of_b` are the letters before each token of the two texts, of which `b` is the new one.
    """
    edits = list(edits)

    def size(edit: _Edit) -> int:
        return max(of_a[edit.a2] - of_a[edit.a1], of_b[edit.b2] - of_b[edit.b1])

    def weight(edit: _Edit) -> int:
        return of_b[edit.b2] - of_b[edit.b1]

    at = 1
    while at < len(edits) - 1:
        before, here, after = edits[at - 1 : at + 2]
        is_island = here.is_equal and not before.is_equal and not after.is_equal
        if is_island and _is_foldable(here, before, after, b) and weight(here) <= min(size(before), size(after)):
            edits[at - 1 : at + 2] = [_Edit(is_equal=False, a1=before.a1, a2=after.a2, b1=before.b1, b2=after.b2)]
            at = max(1, at - 2)  # the joined change may outweigh the island before it
        else:
            at += 1
    return edits


def _is_foldable(here: _Edit, before: _Edit, after: _Edit, b: Sequence[str]) -> bool:
    """Say whether an agreement may be told as a change: no sentence may, nor what stands in one text's changes alone.

    Between two additions nothing was dropped, and between two omissions nothing added: the words there stand.
    """
    is_omitted = before.b1 == before.b2 and after.b1 == after.b2
    is_added = before.a1 == before.a2 and after.a1 == after.a2
    return not is_omitted and not is_added and _words(b[here.b1 : here.b2]) <= _LONGEST_ISLAND


def _weights(tokens: Sequence[str]) -> list[int]:
    """Return the letters before each token and before the end: signs weigh nothing, so none separates two changes."""
    return [0, *accumulate(len(token.strip()) if _LETTER.search(token) else 0 for token in tokens)]


def sentence(runs: Sequence[Run]) -> str:
    """Say in words what a collation shows, for eye and ear."""
    changed = [run for run in runs if run.kind in OLD | NEW]
    if not changed:
        return "Restated in the same words."
    pairs = [
        (old.text.strip(), new.text.strip())
        for old, new in pairwise(runs)
        if (old.kind, new.kind) == ("deleted", "inserted")
    ]
    counts = [
        f"{count} {'word' if count == 1 else 'words'} {what}"
        for count, what in (
            (sum(run.changed for run in changed if run.kind == "inserted"), "added"),
            (sum(run.changed for run in changed if run.kind == "deleted"), "dropped"),
            (sum(_words(tokenise(run.text)) for run in changed if run.kind == "moved"), "moved"),
        )
        if count
    ]
    said = [f"“{old}” became “{new}”" for old, new in pairs]
    if len(changed) == 2 * len(pairs) == 2 and max(map(len, pairs[0])) < _LONGEST_SAID:
        return f"{'Reworded' if counts else 'The same words, another sign'}: {said[0]}."
    if not counts:
        shown = [one for one, pair in zip(said, pairs, strict=True) if max(map(len, pair)) < _LONGEST_SAID]
        rest = f": {', '.join(shown)}" if len(changed) == 2 * len(shown) <= 6 else ""
        return f"The same words, other signs{rest}."
    figures = [
        f"“{' '.join(old)}” became “{' '.join(new)}”"
        for old, new in ((_figures(one), _figures(other)) for one, other in pairs)
        if old != new and len(old) == len(new)
    ]
    told = f" ({', '.join(figures[:3])}{', …' if len(figures) > 3 else ''})" if figures else ""
    return f"Reworded: {' and '.join(filter(None, (', '.join(counts[:-1]), counts[-1])))}{told}."


def _figures(text: str) -> list[str]:
    """Return the numbers of a text, with their signs and currencies; none where there are too many to be told."""
    found = [token.strip() for token in tokenise(text) if any(map(str.isdigit, token))]
    return found if len(found) <= 2 else []


def words_of(text: str) -> int:
    """Return how many words a text has."""
    return _words(tokenise(text))


def _words(tokens: Sequence[str]) -> int:
    return sum(bool(_LETTER.search(token)) for token in tokens)
