"""What is computed from an edition once: the edition itself remembers it, so that nothing outlives it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from ..model.edition import Edition

_Result = TypeVar("_Result")


def derived(function: Callable[[Edition], _Result]) -> Callable[[Edition], _Result]:
    """Let an edition remember what a function of it has returned."""

    @wraps(function)
    def remembered(edition: Edition) -> _Result:
        memo = edition.memo
        if function not in memo:
            memo[function] = function(edition)
        result: _Result = memo[function]
        return result

    return remembered
