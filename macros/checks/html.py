"""HTML: whether what an author writes in it is allowed."""

from ..model.layout import NOTES
from ..model.note import NOTE_KINDS
from ..text import allowlist
from ..text.file import TextFile
from ..text.problem import Problem
from .base import Scope, check


@check(Scope.TEXT)
def html(file: TextFile) -> tuple[Problem, ...]:
    """Find elements, attributes and addresses that are not allowed."""
    return allowlist.faults(file, NOTE_KINDS.keys() if file.uri.startswith(f"{NOTES}/") else frozenset())
