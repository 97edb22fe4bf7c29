"""Alignment: which clauses of several documents stand for each other, and of what a document is silent.

Clauses of one id stand for each other, and so do those that an author joins: by `after`, or by a note on the change
between them.  Silence is a finding: it is said only of a document held in full, none of whose clauses is likely meant.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from ..model.document import Document
from ..model.edition import Edition, derived
from ..model.finding import CHANGES
from ..model.note import Note
from ..model.passage import UNPLACED, Clause, split_address
from ..text.words import plain_tokens, words
from .index import changes, changes_between, changes_of, grouped

Parts = tuple[Clause, ...]
"""The clauses of one document in a row: none, one, or all parts of one that was split or merged."""

_CONTENT = 4  # letters of a word that is counted as content
_LIKELY, _HALF = 8, 0.5  # words of content that two clauses share, and their part of the shorter one
_SHORT, _NEARLY_ALL = 4, 0.8  # the same of a clause that is shorter than that
_NEXT_BEST = 2  # times as many as with any other clause


def says(parts: Parts) -> bool:
    """Say whether more is known of clauses than that they are named."""
    return any(not clause.is_named for clause in parts)


def last_of(row: Sequence[Parts]) -> Clause:
    """Return the first part in the last document that has one."""
    return next(parts[0] for parts in reversed(row) if parts)


def noted(edition: Edition, row: Iterable[Parts]) -> tuple[Note, ...]:
    """Return the notes on changes that lie between clauses of a row."""
    return changes_between(edition, frozenset(clause.address for parts in row for clause in parts))


MOST_UNPLACED = 2_000
"""Letters of a text not yet placed under its clauses that a comparison shows."""


def name_of(row: Sequence[Parts]) -> str:
    """Return what a row is called: as the last document that has its clauses calls them."""
    return "; ".join(clause.name for clause in next(parts for parts in reversed(row) if parts))


def align(edition: Edition, documents: Sequence[Document]) -> tuple[tuple[Parts, ...], ...]:
    """Return the rows of clauses that stand for each other, in the order of the last document that has them.

    Every clause of every document stands in exactly one row.  Text that is not yet placed stands for nothing else.
    """
    joined = _joined(edition, documents)
    rows: dict[str, dict[str, list[Clause]]] = {}
    order: list[str] = []
    for document in documents:
        last = -1
        for clause in document.clauses:
            key = joined.get(clause.address, clause.address)
            rows.setdefault(key, {}).setdefault(document.id, []).append(clause)
            if key in order:
                last = max(last, order.index(key)) if len(rows[key][document.id]) > 1 else order.index(key)
            else:
                last += 1
                order.insert(last, key)
    return tuple(tuple(tuple(rows[key].get(document.id, ())) for document in documents) for key in order)


def ordered(
    edition: Edition, documents: Sequence[Document], rows: Iterable[Sequence[Parts]]
) -> tuple[Sequence[Parts], ...]:
    """Return the rows of a comparison as a reader gets them: the firmest findings first, what one side has last.

    Texts that are all held in full are read on from row to row, and keep their order.
    """
    if all(document.is_in_full for document in documents):
        return tuple(rows)

    firm = [*CHANGES]

    def rank(row: Sequence[Parts]) -> int:
        sides = zip(documents, row, strict=True)
        is_told = sum(one.is_in_full if parts else is_silent(edition, one, last_of(row)) for one, parts in sides) > 1
        notes = (one for one in noted(edition, row) if one.change or not is_told)
        found = [firm.index(one.change) if one.change else len(firm) for one in notes]
        return min(found, default=0 if is_told else len(firm) + 3 - min(sum(map(says, row)), 2))

    return tuple(sorted(rows, key=rank))


def is_empty(edition: Edition, documents: Sequence[Document], rows: Iterable[Sequence[Parts]]) -> bool:
    """Say whether two texts have nothing to compare: no clause on both sides, and neither is silent on the other's."""
    return not any(
        all(
            says(parts) or is_silent(edition, document, last_of(row))
            for document, parts in zip(documents, row, strict=True)
        )
        for row in rows
    )


def _joined(edition: Edition, documents: Sequence[Document]) -> Mapping[str, str]:
    """Return what stands for the clauses of each group that stand for each other, by the address of each of them."""
    there = {clause.address: clause for document in documents for clause in document.clauses}
    ties = [(address, clause.address) for clause in there.values() for address in clause.after]
    ties += [(address, note.between[-1]) for note in changes(edition) for address in note.between]
    ties = [(one, other) for one, other in ties if one in there and other in there]
    groups: dict[str, list[str]] = {}
    for one, other in [*_restated(edition, documents, ties), *ties]:
        kept, gone = (groups.setdefault(address, [address]) for address in (one, other))
        if kept is not gone:
            kept += gone
            groups |= dict.fromkeys(gone, kept)
    return {address: group[0] for address, group in groups.items()}


def _restated(
    edition: Edition, documents: Sequence[Document], ties: Sequence[tuple[str, str]]
) -> Iterable[tuple[str, str]]:
    """Yield the addresses of clauses that have one id, each with the last before it.

    Left out is a clause with other words, if either of the two is tied to another clause of the other's text: where
    articles are renumbered the number alone says nothing.
    """
    tied = {(one, other.partition("#")[0]) for one, other in (*ties, *((b, a) for a, b in ties))}
    last: dict[str, Clause] = {}
    content = _content(edition)
    for document in documents:
        for clause in document.clauses:
            before = last.get(clause.id)
            if clause.id.startswith(UNPLACED):
                continue
            if before and not (
                ((before.address, document.id) in tied or (clause.address, before.document) in tied)
                and min(len(content.get(one.address, ())) for one in (before, clause)) >= _SHORT
                and are_told_apart(edition, before, clause)
            ):
                yield before.address, clause.address
        last |= {clause.id: clause for clause in document.clauses}


def shown(clause: Clause) -> tuple[str, ...]:
    """Return the words of a clause that a comparison shows: all of them, and of text not yet placed the beginning.

    That may be a whole treaty, which stands beside nothing.
    """
    if not clause.id.startswith(UNPLACED) or sum(map(len, clause.own)) <= MOST_UNPLACED:
        return clause.own
    begun, room = list[str](), MOST_UNPLACED
    for text in clause.own:
        if len(text) > room:
            return (*begun, f"{text[:room].rpartition(' ')[0]} …")
        begun.append(text)
        room -= len(text)
    return tuple(begun)


def is_silent(edition: Edition, document: Document, clause: Clause) -> bool:
    """Say whether a document may be called silent on a clause of another one.

    Its front matter says so; or all of it is held and placed, and none of its clauses is likely to be meant, not even
    one that has a counterpart: a long clause may hold what has a heading of its own elsewhere.
    """
    if clause.id in getattr(document.front, "silent", {}):
        return True
    if not document.is_in_full or any(each.id.startswith(UNPLACED) for each in document.clauses):
        return False
    return not any(is_like for *_, is_like in _alike(edition, document, clause, with_counterparts=True))


def likely(edition: Edition, document: Document, clause: Clause) -> Clause | None:
    """Return the clause of a document that has the words of another document's clause under another id; or nothing.

    It shares twice as many of them as the next best.
    """
    found = _alike(edition, document, clause)
    count, address, is_like = found[0] if found else (0, "", False)
    if not is_like or any(other * _NEXT_BEST > count for other, *_ in found[1:2]):
        return None
    passage = document.passage(address.partition("#")[2])
    return passage if isinstance(passage, Clause) else None


def _alike(
    edition: Edition, document: Document, clause: Clause, *, with_counterparts: bool = False
) -> list[tuple[int, str, bool]]:
    """Return how many words of content a document's clauses share with a clause of another, best first.

    The last says if that is eight or more and half of the shorter clause, or nearly all of a short one.  A clause whose
    id stands in the other document, too, has its counterpart there and is left out, if it is not asked for.
    """
    content, own = _content(edition), edition.documents[clause.document].passages
    wanted = content.get(clause.address, frozenset())
    places = _clauses_by_word(edition).get(document.id, {})
    shared = Counter(address for word in wanted for address in places.get(word, ()))
    found = []
    for address, count in shared.most_common():
        if with_counterparts or address.partition("#")[2] not in own:
            found.append((count, address, _is_much(count, min(len(wanted), len(content[address])))))
    return found


def nearer(edition: Edition, document: Document, clause: Clause) -> Clause | None:
    """Return the clause of a document that has far more of a clause's words than the one of the same id, or nothing.

    That one has hardly any of them; and the one that is returned has far more of them than of those of the clause that
    it stands beside itself.  What an author says of either (`after`, a note) settles it.
    """
    own, content = document.passage(clause.id), _content(edition)
    if not isinstance(own, Clause) or clause.after or not are_told_apart(edition, own, clause):
        return None
    words = content[clause.address]
    ranked = [*_alike(edition, document, clause, with_counterparts=True), (0, "", False), (0, "", False)]
    count, best, is_like = ranked[0]
    found = document.passage(best.partition("#")[2])
    if not isinstance(found, Clause) or not is_like:
        return None
    beside = edition.documents[clause.document].passage(found.id)
    theirs = content.get(beside.address, frozenset()) if isinstance(beside, Clause) else frozenset[str]()
    rivals = (ranked[1][0], len(words & content[own.address]), len(theirs & content[best]))
    is_settled = any(_is_tied(edition, one, document) for one in (clause, found))
    return None if is_settled or any(_NEXT_BEST * rival > count for rival in rivals) else found


def _is_tied(edition: Edition, clause: Clause, document: Document) -> bool:
    """Say whether a note on a change speaks of a clause and of one of a document."""
    notes = changes_of(edition).get(clause.address, ())
    return any(split_address(address)[0] == document.id for note in notes for address in note.between)


def _is_much(count: int, shorter: int) -> bool:
    """Say whether so many shared words of content make two clauses alike, the shorter of which has so many."""
    return (count >= _LIKELY and count >= _HALF * shorter) or (count >= _SHORT and count >= _NEARLY_ALL * shorter)


def are_told_apart(edition: Edition, one: Clause, other: Clause) -> bool:
    """Say whether two clauses, all of whose words are held, are another by these words, whatever their ids are like."""
    content = _content(edition)
    both = [content.get(clause.address, frozenset()) for clause in (one, other)]
    are_held = all(edition.documents[clause.document].is_in_full for clause in (one, other)) and all(both)
    return are_held and not _is_much(len(both[0] & both[1]), min(map(len, both)))


@derived
def _content(edition: Edition) -> Mapping[str, frozenset[str]]:
    """Return the words of content of each clause that is held in its own words, by its address."""
    return {
        clause.address: _content_of(clause.text)
        for document in edition.documents.values()
        for clause in document.clauses
        if clause.own
    }


@lru_cache(maxsize=8_192)
def _content_of(text: str) -> frozenset[str]:
    return frozenset(_words_of(text))


def _words_of(text: str) -> Iterable[str]:
    if text.isascii():
        # No token reaches over a space, and what is letters alone between two is one.
        parts = {*text.lower().split()}
        others = plain_tokens(" ".join(part for part in parts if not part.isalpha()))
        yield from (word for word in (*parts, *others) if len(word) >= _CONTENT and word.isalpha())
        return
    before = ""
    for word in words(text):
        if len(word.text) >= _CONTENT and word.text.isalpha():
            yield word.text.lower()
        elif not word.text.isascii() and word.text.isalpha():
            yield before + word.text  # a script without spaces: two signs make a word
        before = word.text if len(word.text) == 1 and word.text.isalpha() else ""


@derived
def _clauses_by_word(edition: Edition) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return the addresses of the clauses that have a word, by document and word."""
    content = _content(edition)
    return {
        document.id: grouped(
            (word, clause.address) for clause in document.clauses for word in content.get(clause.address, ())
        )
        for document in edition.documents.values()
        if document.is_in_full
    }
