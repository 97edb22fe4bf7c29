"""Marks: functions that a decorator has marked, found in the modules of a package, so that no list names them."""

import inspect
import os
import pkgutil
import sys
import traceback
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any


class ModuleError(Exception):
    """A module that cannot be used, as a sentence with its file and line for whoever wrote it."""

    def __init__(self, path: str, line: int, message: str) -> None:
        super().__init__(f"{os.path.relpath(path)}:{line}: {message}")


def marked(package: str, mark: str) -> Iterator[tuple[Callable[..., Any], Any]]:
    """Yield the functions of a package's modules that have an attribute called `mark`, each with what it holds.

    Raises `ModuleError` where a module cannot be loaded.
    """
    folder = list(import_module(package).__path__)
    for info in pkgutil.iter_modules(folder):
        module = _module(f"{package}.{info.name}", str(Path(folder[0], f"{info.name}.py")), mark)
        for function in vars(module).values():
            held = getattr(function, mark, None)
            if held is not None and inspect.isfunction(function) and function.__module__ == module.__name__:
                yield function, held


def refused(function: Callable[..., Any], message: str) -> ModuleError:
    """Return what is wrong with a function, at its line."""
    code = inspect.unwrap(function).__code__
    return ModuleError(code.co_filename, code.co_firstlineno, message)


def _module(name: str, path: str, mark: str) -> ModuleType:
    try:
        return import_module(name)
    except SyntaxError as error:
        place, line, why = error.filename or path, error.lineno or 1, f"Python cannot read this line: {error.msg}"
    except Exception as error:  # whatever a module does while it is loaded
        steps = [step for step in traceback.extract_tb(error.__traceback__) if step.filename == path]
        place, line = path, (steps[-1].lineno if steps else None) or 1
        why = f"this module cannot be loaded: {error}"
        if isinstance(error, TypeError) and steps and (steps[-1].line or "").strip() == f"@{mark}":
            why = f"the mark has brackets: write `@{mark}()`"
    sys.modules.pop(name, None)
    raise ModuleError(place, line, why) from None
