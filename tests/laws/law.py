"""What a law is, and how it is found."""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

IN_THE_TESTS = 10
"""How many examples of each law `make test` tries."""

_CHECKS = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)


class BreachError(AssertionError):
    """A law does not hold: `kind` tells breaches apart that have different causes, the rest says what was seen."""

    def __init__(self, kind: str, seen: object = "") -> None:
        super().__init__(f"{kind}: {seen}" if seen else kind)
        self.kind = kind


@dataclass(frozen=True)
class Law:
    """A law: what it is called, the examples on which it is tried, what must not raise for any of them."""

    name: str
    examples: SearchStrategy[Any]
    holds: Callable[[Any], None]

    def tried(self, count: int, number: int, holds: Callable[[Any], None]) -> None:
        """Give as many examples to a function, those of the given number."""
        once = settings(
            max_examples=count,
            database=None,
            deadline=None,
            phases=(Phase.generate,),
            suppress_health_check=_CHECKS,
        )
        given_ = seed(number)(once(given(self.examples)(lambda example: holds(example))))
        given_()


def law(
    examples: SearchStrategy[Any], few: int = IN_THE_TESTS
) -> Callable[[Callable[[Any], None]], Callable[[], None]]:
    """Make a law of a function; as a test it is tried on the same few examples each time."""

    def made(holds: Callable[[Any], None]) -> Callable[[], None]:
        once = settings(
            max_examples=few,
            derandomize=True,
            database=None,
            deadline=None,
            phases=(Phase.generate,),
            suppress_health_check=_CHECKS,
        )
        test = once(given(examples)(holds))
        test.law = Law(holds.__name__.removeprefix("test_"), examples, holds)  # type: ignore[attr-defined]
        return cast(Callable[[], None], pytest.mark.long(test))

    return made


def laws() -> tuple[Law, ...]:
    """Return every law there is, by name."""
    names = [
        module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]) if module.name.startswith("test_")
    ]
    modules = [importlib.import_module(f"tests.laws.{name}") for name in names]
    found = [
        one.law for module in modules for one in vars(module).values() if isinstance(getattr(one, "law", None), Law)
    ]
    return tuple(sorted(found, key=lambda one: one.name))
