"""What a check is: a function marked with `@check` in the module of its subject; no list names it.

It is a generator of problems, and names in each the rule that should hold.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from ..model.marks import marked
from ..text.problem import Position, Problem, RefusalError

_Function = TypeVar("_Function", bound=Callable[..., Iterable[Problem]])


class Scope(Enum):
    """What a check is told: one file by itself, one file or document in its edition, or the edition alone."""

    TEXT = "file"
    FILE = "edition, file"
    DOCUMENT = "edition, document"
    EDITION = "edition"


@dataclass(frozen=True, eq=False)
class Check:
    """A check: its scope, and whether it can only be asked where no other problem leaves its answer open."""

    function: Callable[..., Iterable[Problem]]
    scope: Scope
    is_last: bool


def check(scope: Scope, *, is_last: bool = False) -> Callable[[_Function], _Function]:
    """Mark a function as a check."""

    def mark(function: _Function) -> _Function:
        function.check = scope, is_last  # type: ignore[attr-defined]
        return function

    return mark


@cache
def discover() -> Sequence[Check]:
    """Return all checks."""
    return tuple(Check(function, *held) for function, held in marked(__package__, "check"))


def resolves(find: Callable[[], Any], place: Callable[[], Position], where: str) -> Iterator[Problem]:
    """Yield the refusal of what looks something up, as a problem of the key `where` that names it."""
    try:
        find()
    except RefusalError as error:
        yield error.at(place(), f"'{where}': ")
