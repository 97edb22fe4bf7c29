"""What is kept of results when the texts change: all whose reasons are the same.

A server computes the same functions of its edition after each edit.  While one is computed, what it reads of the
edition is noted: fields, results of other such functions, and of each of these that is a mapping, which keys were asked
for.  After an edit a result is kept if none of that differs, and computed anew if any does.  No list says what depends
on what: what is read is noted by what it is read from, and what cannot be read again counts as different.

What is computed anew and comes out the same is the object that it was.  So all comparisons are of identity, and an edit
goes no further than what it alters.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, KeysView, Mapping, Sequence, ValuesView
from dataclasses import fields, is_dataclass, replace
from operator import eq, is_
from typing import Any, NamedTuple, TypeVar, cast

from .memo import known_by

Source = str | tuple[Any, ...]
"""What is read: a field, by its name, or a result, by its function and arguments."""

_Subject = TypeVar("_Subject")

_WHOLE = object()
"""Stands, among the keys that were read of something, for all of it, its order included, or for what has no keys."""

_NOTHING = object()


class _Kept(NamedTuple):
    """A result, the arguments that it is of, and which keys of what it was computed from, in the order of reading."""

    value: Any
    arguments: tuple[Any, ...]
    reads: Mapping[Source, set[Any]]


class Result(NamedTuple):
    """A result as data: its function by name, and what it read by field or by the number of an earlier result.

    With each of these stand the keys that it read, and whether it read the whole.
    """

    function: str
    arguments: tuple[Any, ...]
    value: Any
    reads: tuple[tuple[str | int, frozenset[Any], bool], ...]


def named(function: Callable[..., Any]) -> str:
    """Return the name that a function's results are listed by."""
    return f"{function.__module__}:{function.__qualname__}"


class Results:
    """The results of functions of one subject, some of them kept from the one before it."""

    def __init__(self, subject: Any, before: Results | None = None) -> None:
        self.subject = subject
        self.before = before
        self.kept: dict[tuple[Any, ...], _Kept] = {}
        self._altered: dict[Source, set[Any]] = {}
        if before:
            before.before = None

    @classmethod
    def of(cls, subject: Any, results: Sequence[Result], function: Callable[[str], Any]) -> Results:
        """Return results that were `listed`, as those of a subject; `function` gives each by its name, or nothing.

        What such a one returned counts as never computed, and all that was read of it as different.
        """
        found = cls(subject)
        functions = [function(one.function) for one in results]
        sources = [known_by(made, one.arguments) if made else () for made, one in zip(functions, results, strict=True)]
        for source, one in zip(sources, results, strict=True):
            if source:
                reads = {
                    read if isinstance(read, str) else sources[read]: {*keys, *([_WHOLE] if is_whole else ())}
                    for read, keys, is_whole in one.reads
                }
                found.kept[source] = _Kept(one.value, one.arguments, reads)
        return found

    def listed(self) -> list[Result]:
        """Return the results as data, which may be packed, but for those that read what was refused."""
        numbers: dict[tuple[Any, ...], int] = {}
        for source, kept in self.kept.items():  # each stands after what it read
            if all(isinstance(read, str) or read in numbers for read in kept.reads):
                numbers[source] = len(numbers)
        return [
            Result(
                named(source[0]),
                self.kept[source].arguments,
                self.kept[source].value,
                tuple(
                    (read if isinstance(read, str) else numbers[read], frozenset(keys - {_WHOLE}), _WHOLE in keys)
                    for read, keys in self.kept[source].reads.items()
                ),
            )
            for source in numbers
        ]

    def ask(self, function: Callable[..., Any], arguments: tuple[Any, ...] = ()) -> Any:
        """Return what a function makes of the subject and of arguments."""
        source = known_by(function, arguments)
        found = self.kept.get(source)
        if found is None:
            before = self.before  # which another thread may leave behind
            was = before.kept.get(source) if before else None
            if was and self._is_unaltered(was.reads):
                found = was
            else:
                trace = _Trace(self)
                value = trace.whole(function(trace, *arguments))
                found = _Kept(settled(was.value, value) if was else value, arguments, trace.reads)
            self.kept[source] = found
        return found.value

    def _is_unaltered(self, reads: Mapping[Source, set[Any]]) -> bool:
        """Say whether all that was read is what it was for the subject before."""
        for source, keys in reads.items():
            altered = self._altered.get(source)
            if altered is None:
                altered = self._altered[source] = self._altered_in(source)
            if altered and not altered.isdisjoint(keys):
                return False
        return True

    def _altered_in(self, source: Source) -> set[Any]:
        """Return the keys under which what is read is another than it was for the subject before."""
        was, now = self._both(source)
        if was is now:
            return set()
        if not (isinstance(was, Mapping) and isinstance(now, Mapping)):
            return {_WHOLE}
        keys = was.keys() | now.keys()
        return {_WHOLE, *(key for key in keys if was.get(key, _NOTHING) is not now.get(key, _NOTHING))}

    def _both(self, source: Source) -> tuple[Any, Any]:
        before = self.before
        if before is None:
            return _NOTHING, None
        if isinstance(source, str):
            return getattr(before.subject, source), getattr(self.subject, source)
        was = before.kept.get(source)
        try:
            return (was.value, self.ask(source[0], was.arguments)) if was else (_NOTHING, None)
        except Exception:  # of what is no more; where it is not, whoever asks in earnest is told
            return _NOTHING, None


class _Trace:
    """A subject as a function sees it that is followed: what it reads is noted."""

    def __init__(self, results: Results) -> None:
        self.reads: dict[Source, set[Any]] = {}
        self._of = results
        self._seen: dict[Source, Any] = {}

    @property
    def results(self) -> _Trace:
        """What other functions' results are asked of."""
        return self

    def __getattr__(self, name: str) -> Any:
        found = self._noted(name, getattr(self._of.subject, name))
        setattr(self, name, found)
        return found

    def ask(self, function: Callable[..., Any], arguments: tuple[Any, ...] = ()) -> Any:
        """Return what a function makes of the subject, as `Results` does."""
        source = known_by(function, arguments)
        if source not in self._seen:
            keys = self.reads.setdefault(source, set())
            keys.add(_WHOLE)  # as long as it may be refused
            value = self._of.ask(function, arguments)
            keys.discard(_WHOLE)
            self._seen[source] = self._noted(source, value)
        return self._seen[source]

    def _noted(self, source: Source, value: Any) -> Any:
        keys = self.reads.setdefault(source, set())
        if isinstance(value, Mapping):
            return _Seen(value, keys)
        keys.add(_WHOLE)
        return value

    @staticmethod
    def whole(value: Any) -> Any:
        """Return a mapping that has been read from as what it is, all of which is handed on."""
        return value.whole() if isinstance(value, _Seen) else value


class _Seen(Mapping[Any, Any]):
    """A mapping that notes which of its keys are asked for."""

    def __init__(self, mapping: Mapping[Any, Any], noted: set[Any]) -> None:
        self._mapping = mapping
        self._noted = noted

    def whole(self) -> Mapping[Any, Any]:
        """Return all of it."""
        self._noted.add(_WHOLE)
        return self._mapping

    def __getitem__(self, key: Any) -> Any:
        self._noted.add(key)
        return self._mapping[key]

    def get(self, key: Any, default: Any = None) -> Any:
        """Return what stands under a key."""
        self._noted.add(key)
        return self._mapping.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._noted.add(key)
        return key in self._mapping

    def __iter__(self) -> Iterator[Any]:
        return iter(self.whole())

    def __len__(self) -> int:
        return len(self.whole())

    def keys(self) -> KeysView[Any]:
        """Return all keys."""
        return self.whole().keys()

    def values(self) -> ValuesView[Any]:
        """Return all that stands in it."""
        return self.whole().values()

    def items(self) -> ItemsView[Any, Any]:
        """Return all keys, each with what stands under it."""
        return self.whole().items()


def following(subject: _Subject, before: _Subject | None) -> _Subject:
    """Return a subject (a dataclass with `results`) that keeps these, with what is as in the one before it."""
    data: Any = subject
    held = {one.name: settled(getattr(before, one.name, None), getattr(data, one.name)) for one in _given(data)}
    data = replace(data, **held)
    object.__setattr__(data, "results", Results(data, getattr(before, "results", None)))
    return cast("_Subject", data)


def settled(was: Any, now: Any) -> Any:
    """Return what is now, or what it was where it is the same; so with each part of a mapping."""
    if type(was) is not dict or type(now) is not dict:
        return was if is_same(was, now) else now
    held = {key: was[key] if key in was and is_same(was[key], value) else value for key, value in now.items()}
    is_all = len(was) == len(held) and all(map(is_, was.values(), held.values())) and all(map(eq, was, held))
    return was if is_all else held


def is_same(one: Any, other: Any) -> bool:
    """Say whether two things cannot be told apart; unlike mappings that are equal, they have the same order."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, tuple | list):
        return len(one) == len(other) and (all(map(is_, one, other)) or all(map(is_same, one, other)))
    if isinstance(one, Mapping):
        return len(one) == len(other) and all(map(is_same, one.items(), other.items()))
    if is_dataclass(one):
        return all(is_same(getattr(one, part.name), getattr(other, part.name)) for part in _given(one))
    return bool(one == other)


def _given(data: Any) -> Iterator[Any]:
    return (part for part in fields(data) if part.init)
