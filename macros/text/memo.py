"""Memory: what follows from a file or an edition alone is computed once, and kept on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar


class Memo(dict[Any, Any]):
    """What was computed from something, by the function that did; it is left behind where that is pickled."""

    def __reduce__(self) -> tuple[type[Memo], tuple[()]]:
        """Return an empty one."""
        return Memo, ()


class Remembering(Protocol):
    """What remembers: frozen data with a memo."""

    @property
    def memo(self) -> Memo:
        """What was computed from it."""


_Subject = TypeVar("_Subject", bound=Remembering)
_More = ParamSpec("_More")
_Result = TypeVar("_Result")
_Function = Callable[Concatenate[_Subject, _More], _Result]


def remembered(function: _Function[_Subject, _More, _Result]) -> _Function[_Subject, _More, _Result]:
    """Let the first argument of a pure function remember what was returned, for each of the others.

    Of these, what has no hash is known by its identity.
    """

    @wraps(function)
    def remembering(subject: _Subject, /, *args: _More.args, **named: _More.kwargs) -> _Result:
        memo = subject.memo
        try:
            found = memo.get(key := (function, *args, *named.items()))
        except TypeError:  # one of them has no hash
            found = memo.get(key := (*known_by(function, args), *named.items()))
        if found is None:
            found = memo[key] = function(subject, *args, **named), args  # they live as long: no identity is another's
        result: _Result = found[0]
        return result

    return remembering


def known_by(function: Callable[..., Any], arguments: tuple[object, ...]) -> tuple[Any, ...]:
    """Return what a function's result for some arguments is known by, as long as these live."""
    return (function, *map(_key, arguments)) if arguments else (function,)


def _key(argument: object) -> object:
    try:
        hash(argument)
    except TypeError:
        return id(argument)
    return argument
