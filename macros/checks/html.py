"""HTML: whether what an author writes in it is allowed."""

from ..model.layout import NOTES
from ..text import allowlist
from ..text.problem import Problem
from ..text.source import Source
from .base import Scope, check


@check(Scope.TEXT)
def html(source: Source) -> tuple[Problem, ...]:
    """Find elements, attributes and addresses that are not allowed."""
    return allowlist.faults(source, has_kinds=source.uri.startswith(f"{NOTES}/"))
