"""Touches: what became of the addresses, rows, notes, quotations, comparisons and links of an edition.

Each thing is *exact* (the same words at the same place), *moved* (the same words under another address), *changed*
(it reads differently), *unproved*, *lost* or *new*.  Lost is what a reader may hold and will not find: an address that
no alias keeps, a note that is no longer published, a quotation or a comparison that is gone.  Unproved is a quotation
that was proved before.  A line of a file is no place: no reader holds one.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ...derived.index import grouped
from ...model.edition import Edition
from ...model.macro import Role, in_role
from ...text.difference import likeness, word_edits
from .thing import Kind, Thing, Things, url

ALIKE = 0.5  # of the words of two quotations in one text: then one is the other, of another clause and reworded

State = Literal["exact", "moved", "changed", "unproved", "lost", "new"]


@dataclass(frozen=True)
class Touch:
    """What became of one thing; `before` is missing where it is new, `after` where it is lost.

    `to` says where its words stand now, if that is elsewhere.  Of a comparison, `changed`, `gone`, `come` and `shifted`
    name the clauses in it that read otherwise, that it no longer holds, that it holds now, and that stand in another
    order.
    """

    state: State
    before: Thing | None
    after: Thing | None
    to: str = ""
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()
    shifted: tuple[str, ...] = ()

    @property
    def thing(self) -> Thing:
        """The thing as it is now, or was last."""
        thing = self.after or self.before
        assert thing
        return thing

    @property
    def kind(self) -> Kind:
        """What is touched."""
        return self.thing.kind


def touches(before: Edition, after: Edition) -> tuple[Touch, ...]:
    """Return what became of everything in an edition."""
    old, new = Things(before), Things(after)
    addressed = (
        *_addressed(old.addresses, new.addresses, new.resolve),
        *_addressed(old.rows, new.rows, new.resolve),
        *_addressed(old.notes, new.notes, new.resolve),
        *(Touch("lost", thing, None) for name, thing in old.retired.items() if not new.resolve(name)),
    )
    states = {touch.before.name: touch for touch in addressed if touch.before}
    return (
        *addressed,
        *_quotations(old.quotations, new.quotations),
        *_comparisons(old.comparisons, new.comparisons, new.resolve, states),
        *_links(old.links, new.links, states),
    )


def changed_pages(before: Edition, after: Edition, found: Iterable[Touch]) -> tuple[str, ...]:
    """Return the URL paths of the pages whose own text changes, or that of a note, comparison or source they print.

    What lists, indexes, lineages and backlinks say of it on other pages follows by itself: only rendering shows where.
    """
    texts = {uri: (page.front_text, page.body) for uri, page in before.pages.items()}
    pages = {uri for uri, page in after.pages.items() if texts.get(uri) != (page.front_text, page.body)}
    for touch in found:
        if touch.after and touch.state != "exact" and touch.kind in ("note", "comparison"):
            pages.add(touch.after.home)
    sources = [
        [(entry.key, entry.kind, entry.fields) for entry in edition.entries.values()] for edition in (before, after)
    ]
    if sources[0] != sources[1]:
        pages |= {uri for uri, page in after.pages.items() if any(in_role(after.macros, page.calls, Role.BIBLIOGRAPHY))}
    return tuple(sorted(url(uri) for uri in pages if uri in after.pages))


def _addressed(old: Mapping[str, Thing], new: Mapping[str, Thing], resolve: Callable[[str], str]) -> Iterator[Touch]:
    """Yield what became of things that are found by a name."""
    now_at = grouped((thing.words, thing) for thing in new.values())
    covered = set()
    for name, thing in old.items():
        here = new.get(resolve(name))
        # The same words under a name that did not have them before: there they have gone.
        gone_to = next(
            (
                other
                for other in now_at.get(thing.words, ()) if thing.words
                if other.name != name and (other.name not in old or old[other.name].words != thing.words)
            ),
            None,
        )  # fmt: skip
        if here is None:
            if gone_to:
                covered.add(gone_to.name)
            yield Touch("lost", thing, None, gone_to.name if gone_to else "")
        elif here.words == thing.words:
            is_here = here.name == name and here.home == thing.home
            covered.add(here.name)
            yield Touch("exact" if is_here else "moved", thing, here, "" if is_here else here.name)
        elif gone_to and gone_to.home == thing.home:
            covered.add(gone_to.name)
            yield Touch("moved", thing, gone_to, gone_to.name)
        else:
            covered.add(here.name)
            yield Touch("changed", thing, here)
    yield from (Touch("new", None, thing) for name, thing in new.items() if name not in covered)


def _quotations(old: Sequence[Thing], new: Sequence[Thing]) -> Iterator[Touch]:
    passes: Sequence[tuple[State, Callable[[Thing], Hashable]]] = (
        ("exact", lambda thing: (thing.home, thing.targets, thing.words, thing.proof)),
        ("changed", lambda thing: (thing.home, thing.targets, thing.words)),
        ("moved", lambda thing: (thing.home, thing.words)),
        ("moved", lambda thing: (thing.targets, thing.words)),
        ("moved", lambda thing: thing.words),
        ("changed", lambda thing: (thing.home, thing.targets)),
    )
    left, right = list(old), list(new)
    for state, key in passes:
        for one, other in _paired(left, right, key):
            yield _quotation(state, one, other)
    for one in left:
        near = [(_likeness(one, other), -number) for number, other in enumerate(right) if other.home == one.home]
        if near and max(near)[0] >= ALIKE:
            yield _quotation("changed", one, right.pop(-max(near)[1]))
        else:
            yield Touch("lost", one, None)
    yield from (Touch("new", None, thing) for thing in right)


def _quotation(state: State, before: Thing, after: Thing) -> Touch:
    if before.proof and not after.proof:
        return Touch("unproved", before, after)
    return Touch(state, before, after, after.position.path if state == "moved" else "")


def _likeness(one: Thing, other: Thing) -> float:
    return likeness(one.words.split(), other.words.split())


def _comparisons(
    old: Sequence[Thing], new: Sequence[Thing], resolve: Callable[[str], str], states: Mapping[str, Touch]
) -> Iterator[Touch]:
    def targets(thing: Thing) -> tuple[str, ...]:
        return tuple(resolve(name) or name for name in thing.targets)

    left, right = list(old), list(new)
    for one, other in _paired(left, right, lambda thing: (thing.home, targets(thing))):
        parts = {resolve(name) or name: name for name in one.parts}
        touched = {new_name for new_name, name in parts.items() if name in states and states[name].state != "exact"}
        changed = tuple(name for name in other.parts if name in touched)
        gone = tuple(name for new_name, name in parts.items() if new_name not in other.parts)
        come = tuple(name for name in other.parts if name not in parts)
        shifted = _shifted([new_name for new_name in parts if new_name in other.parts], other.parts)
        is_same = one.words == other.words and not (changed or gone or come or shifted)
        yield Touch("exact" if is_same else "changed", one, other, "", changed, gone, come, shifted)
    for one, other in _paired(left, right, targets):
        yield Touch("moved", one, other, other.position.path)
    for one in left:
        held = set(targets(one))
        larger = [other for other in new if held <= set(other.targets)]
        here = [other for other in larger if other.home == one.home]
        if larger:
            yield Touch("changed" if here else "moved", one, (here or larger)[0], (here or larger)[0].name)
        else:
            yield Touch("lost", one, None)
    taken = {id(other) for one in left for other in new if set(targets(one)) <= set(other.targets)}
    yield from (Touch("new", None, thing) for thing in right if id(thing) not in taken)


def _shifted(before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
    """Return the names that stand in another order than before, as few as explain it."""
    kept = [name for name in after if name in before]
    in_order = {name for tag, i1, i2, _, _ in word_edits(before, kept) if tag == "equal" for name in before[i1:i2]}
    return tuple(name for name in kept if name not in in_order)


def _links(old: Sequence[Thing], new: Sequence[Thing], states: Mapping[str, Touch]) -> Iterator[Touch]:
    """Yield what became of links: what became of that which they lead to.  One that an author takes out is none."""
    left, right = list(old), list(new)
    for one, other in _paired(left, right, lambda thing: (thing.home, thing.targets, thing.words)):
        touch = states.get(one.targets[0])
        yield Touch(touch.state if touch else "exact", one, other, touch.to if touch else "")
    for one, other in _paired(left, right, lambda thing: (thing.home, thing.words)):
        touch = states.get(one.targets[0])
        is_followed = touch is not None and touch.to == other.targets[0]
        yield Touch("moved" if is_followed else "new", one if is_followed else None, other, other.targets[0])
    yield from (Touch("new", None, thing) for thing in right)


def _paired(left: list[Thing], right: list[Thing], key: Callable[[Thing], Hashable]) -> list[tuple[Thing, Thing]]:
    """Take the things of equal keys out of both lists, in order, and return them in pairs."""
    waiting: dict[Hashable, list[Thing]] = {}
    for thing in reversed(right):
        waiting.setdefault(key(thing), []).append(thing)
    pairs, alone = [], []
    for thing in left:
        found = waiting.get(key(thing))
        if found:
            pairs.append((thing, found.pop()))
        else:
            alone.append(thing)
    taken = {id(other) for _, other in pairs}
    left[:], right[:] = alone, [thing for thing in right if id(thing) not in taken]
    return pairs
