"""Titles: what a page is called in the navigation, in lists and where it is cited."""

from collections.abc import Iterator

from ..model.edition import Edition
from ..text.problem import Position, Problem
from .base import Scope, check


@check(Scope.EDITION)
def untitled(edition: Edition) -> Iterator[Problem]:
    """Find pages that have no title: the name of their file would stand in its place."""
    for page in edition.pages.values():
        headings = (heading.name for heading in page.headings if heading.level == 1)
        if page.is_sound and not page.front.get("title") and not any(headings):
            message = "this page has no title: begin it with a line `# Title`, or say `title: …` in its front matter"
            yield Problem(Position(page.path, 1), "page-has-a-title", message)
