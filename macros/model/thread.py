"""Threads: one subject followed through all declarations, as a set of clause ids."""

from dataclasses import dataclass

from ..text.file import TextFile
from ..text.memo import remembered
from ..text.problem import Position, Problem
from .front import ThreadFront, validate
from .passage import ID


@dataclass(frozen=True)
class Thread:
    """A subject: what it is called, in a sentence what became of it, and the clauses that it follows."""

    id: str
    front: ThreadFront
    file: TextFile


@remembered
def read_thread(file: TextFile) -> tuple[Thread | None, tuple[Problem, ...]]:
    """Return the thread of a page of that kind."""
    front, problems = validate(file, ThreadFront, kind="thread")
    id = file.stem
    if front and not ID.fullmatch(id):
        message = f"a thread's id is its file's name, and '{id}' is not lower-case ASCII letters, digits and hyphens"
        return None, (*problems, Problem(Position(file.path, 1), "id-is-ascii", message, hides=id))
    return (Thread(id, front, file) if front else None), problems
