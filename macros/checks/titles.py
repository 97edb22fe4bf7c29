"""Titles and addresses: what a page is called in the navigation and where it is cited, and where it stood before."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from ..derived.index import former_addresses, page_at
from ..model.document import Document
from ..model.edition import Edition
from ..text.problem import Position, Problem
from ..text.words import bare, words
from .base import Scope, check


@check(Scope.EDITION)
def untitled(edition: Edition) -> Iterator[Problem]:
    """Find pages that have no title: the name of their file would stand in its place."""
    for page in edition.pages.values():
        headings = (heading.name for heading in page.headings if heading.level == 1)
        if page.is_sound and not page.front.get("title") and not any(headings):
            message = "this page has no title: begin it with a line `# Title`, or say `title: …` in its front matter"
            yield Problem(Position(page.path, 1), "page-has-a-title", message)


_SAME = 0.85  # likeness of two titles (difflib's), from which on one is taken for the other with a slip


@check(Scope.DOCUMENT)
def titles(edition: Edition, document: Document) -> Iterator[Problem]:
    """Find documents that are cited by another title than they bear.

    A text as received bears its own; the heading of a record may say more, or less, than the title of its document.
    """
    heading = next((heading for heading in document.file.headings if heading.level == 1), None)
    if heading is None or "{" in heading.text or heading.name == document.title:
        return
    borne, cited = ([bare(word.text) for word in words(text)] for text in (heading.name, document.title))
    both = [[word for word in some if any(sign.isalnum() for sign in word)] for some in (borne, cited)]
    if not any(word.isdecimal() for word in both[1]):  # the heading of a record adds the year
        both[0] = [word for word in both[0] if not word.isdecimal()]
    one, other = sorted(both, key=len)
    is_slip = other[: len(one)] != one and _likeness(one, other[: len(one) + 1]) >= _SAME
    if (document.kind.is_received and one != other) or is_slip:
        message = (
            f"'title' says “{document.title}”, and the heading of the text “{heading.name}”: write the same in both"
        )
        yield Problem(document.file.front_position("title"), "page-has-a-title", message)


def _likeness(one: list[str], other: list[str]) -> float:
    return SequenceMatcher(None, " ".join(one), " ".join(other), autojunk=False).ratio()


@check(Scope.EDITION)
def former(edition: Edition) -> Iterator[Problem]:
    """Find former addresses of pages at which another page stands, or which two pages claim."""
    for page in edition.pages.values():
        given = page.front.get("formerly") if "kind" not in page.front else None
        for number, address in enumerate(given if isinstance(given, list) else ()):
            there = page_at(edition, str(address))
            other = former_addresses(edition).get(str(address), page)
            fault = f"'docs/{there}' stands there now" if there else "" if other is page else f"so does '{other.path}'"
            if fault:
                message = f"'formerly' claims the address '{address}', but {fault}: take it out here"
                yield Problem(page.front_position("formerly", number), "id-is-unique", message)
