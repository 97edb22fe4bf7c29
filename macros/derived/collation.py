"""Collation: the alignment, word by word, of texts that are compared (no HTML).

Tokens are words and signs without the spaces between them, aligned by the standard library's longest-match
method; then a semantic clean-up in the spirit of Fraser's diff-match-patch folds short islands of agreement
into the changes around them, so that a rewritten sentence reads as one change and not as confetti.
What may be claimed depends on what is held: changes only between full texts, shared words between excerpts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import accumulate, pairwise, zip_longest
from typing import Literal

from ..text.words import fold, tokens

Kind = Literal["same", "inserted", "deleted", "shared"]

_LETTER = re.compile(r"\w")
_SHORTEST_SHARED = 3  # words: less is chance ("of the", "the two")


@dataclass(frozen=True)
class Run:
    """A stretch of one text that is the same as, or different from, the text it is collated with."""

    kind: Kind
    text: str

    @property
    def parts(self) -> tuple[str, str, str, str]:
        """Its kind, and its text between the white space at both ends, which is no part of what is marked."""
        if self.kind == "same":
            return self.kind, "", self.text, ""
        return self.kind, " " * self.text[:1].isspace(), self.text.strip(), " " * self.text[-1:].isspace()


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
    return fold(token.strip())


def _keys(text: str) -> Iterator[str]:
    return (fold(text[start:end]) for start, end in tokens(text))


def changes(old: str, new: str) -> tuple[Run, ...]:
    """Return the runs of `new`, with what it drops from `old` as deleted runs in their place.

    Without the deleted runs the texts joined are `new`, without the inserted ones they say what `old` says.
    """
    a, b = tokenise(old), tokenise(new)
    runs: list[Run] = []
    for edit in _cleaned(_edits(a, b), a, b):
        if edit.is_equal:
            runs.append(Run("same", "".join(b[edit.b1 : edit.b2])))
            continue
        if edit.a2 > edit.a1:
            dropped = "".join(a[edit.a1 : edit.a2])
            # At the head of a text the next word brings no space of its own.
            needs_space = edit.b1 < len(b) and b[edit.b1][0].isalnum()
            runs.append(Run("deleted", dropped + " " * needs_space))
        if edit.b2 > edit.b1:
            runs.append(Run("inserted", "".join(b[edit.b1 : edit.b2])))
    return tuple(runs)


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
        count = sum(bool(_LETTER.search(token)) for token in b[edit.b1 : edit.b2])
        kind: Kind = "shared" if edit.is_equal and count >= _SHORTEST_SHARED else "same"
        if runs and runs[-1].kind == kind:
            runs[-1] = Run(kind, runs[-1].text + text)
        elif text:
            runs.append(Run(kind, text))
    return tuple(runs)


def _edits(a: Sequence[str], b: Sequence[str]) -> list[_Edit]:
    matcher = SequenceMatcher(None, [_key(token) for token in a], [_key(token) for token in b], autojunk=False)
    return [_Edit(tag == "equal", i1, i2, j1, j2) for tag, i1, i2, j1, j2 in matcher.get_opcodes()]


def _cleaned(edits: list[_Edit], a: Sequence[str], b: Sequence[str]) -> list[_Edit]:
    """Fold each agreement that is no longer than the changes on both its sides into them, and join the changes."""
    edits = list(edits)
    of_a, of_b = _weights(a), _weights(b)

    def size(edit: _Edit) -> int:
        return max(of_a[edit.a2] - of_a[edit.a1], of_b[edit.b2] - of_b[edit.b1])

    at = 1
    while at < len(edits) - 1:
        before, here, after = edits[at - 1 : at + 2]
        is_island = here.is_equal and not before.is_equal and not after.is_equal
        if is_island and of_b[here.b2] - of_b[here.b1] <= min(size(before), size(after)):
            edits[at - 1 : at + 2] = [_Edit(is_equal=False, a1=before.a1, a2=after.a2, b1=before.b1, b2=after.b2)]
            at = max(1, at - 2)  # the joined change may outweigh the island before it
        else:
            at += 1
    return edits


def _weights(tokens: Sequence[str]) -> list[int]:
    """Return the letters before each token and before the end: signs weigh nothing, so none separates two changes."""
    return [0, *accumulate(len(token.strip()) if _LETTER.search(token) else 0 for token in tokens)]


def sentence(runs: Sequence[Run]) -> str:
    """Say in words what a collation shows, for eye and ear."""
    inserted = sum(_count(run) for run in runs if run.kind == "inserted")
    deleted = sum(_count(run) for run in runs if run.kind == "deleted")
    if not inserted and not deleted:
        return "Restated in the same words."
    changed = [run for run in runs if run.kind != "same"]
    if len(changed) == 2 and {run.kind for run in changed} == {"deleted", "inserted"}:
        old, new = (next(run.text.strip() for run in changed if run.kind == kind) for kind in ("deleted", "inserted"))
        if max(len(old), len(new)) < 60:
            return f"Reworded: “{old}” became “{new}”."
    parts = [
        f"{count} {'word' if count == 1 else 'words'} {what}"
        for count, what in ((inserted, "added"), (deleted, "dropped"))
        if count
    ]
    return f"Reworded: {' and '.join(parts)}."


def _count(run: Run) -> int:
    return sum(bool(_LETTER.search(token)) for token in tokenise(run.text))
