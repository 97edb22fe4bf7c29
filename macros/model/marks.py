"""Marks: functions that a decorator has marked, found in the modules of a package, so that no list names them."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any


def marked(package: str, mark: str) -> Iterator[tuple[Callable[..., Any], Any]]:
    """Yield the functions of a package's modules that have an attribute called `mark`, each with what it holds."""
    for info in pkgutil.iter_modules(import_module(package).__path__):
        module = import_module(f"{package}.{info.name}")
        for function in vars(module).values():
            held = getattr(function, mark, None)
            if held is not None and inspect.isfunction(function) and function.__module__ == module.__name__:
                yield function, held
