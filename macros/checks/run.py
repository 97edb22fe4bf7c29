"""The check: every defect of an edition, found before anything is rendered, and the pages that show them."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from ..derived.index import file_at, files
from ..derived.leaves import made_pages
from ..derived.uses import page_that
from ..model.edition import Edition, derived, kept
from ..model.layout import BIBLIOGRAPHY, HOME
from ..model.macro import Role
from ..page.composing import compose
from ..page.sheet import Sheet
from ..text.file import TextFile
from ..text.memo import remembered
from ..text.problem import Problem
from .base import Check, Scope, discover
from .consequences import is_settled, without_consequences


@derived
def check(edition: Edition) -> tuple[Problem, ...]:
    """Return all problems of an edition, sorted by file and line, without those that only follow from others."""
    found = without_consequences(edition, {*edition.problems, *_found(edition, is_last=False)})
    if is_settled(edition, found):
        found.update(_found(edition, is_last=True))
    return tuple(sorted(found))


def _found(edition: Edition, *, is_last: bool) -> Iterator[Problem]:
    for file in files(edition):
        yield from _of_file(edition, file.uri, is_last)
    for id in edition.documents:
        yield from _of_document(edition, id, is_last)
    for check in _checks(Scope.EDITION, is_last):
        yield from _of_edition(edition, check)


@kept
def _of_file(edition: Edition, uri: str, is_last: bool) -> tuple[Problem, ...]:  # noqa: FBT001
    file = file_at(edition, uri)
    alone = [problem for check in _checks(Scope.TEXT, is_last) for problem in _of_text(file, check)]
    return *alone, *(problem for check in _checks(Scope.FILE, is_last) for problem in check.function(edition, file))


@kept
def _of_document(edition: Edition, id: str, is_last: bool) -> tuple[Problem, ...]:  # noqa: FBT001
    document = edition.documents[id]
    return tuple(p for check in _checks(Scope.DOCUMENT, is_last) for p in check.function(edition, document))


@kept
def _of_edition(edition: Edition, check: Check) -> tuple[Problem, ...]:
    return tuple(check.function(edition))


@remembered
def _of_text(file: TextFile, check: Check) -> tuple[Problem, ...]:
    return tuple(check.function(file))


@cache
def _checks(scope: Scope, is_last: bool) -> Sequence[Check]:  # noqa: FBT001
    return tuple(check for check in discover() if check.scope is scope and check.is_last == is_last)


def by_page(edition: Edition, problems: Iterable[Problem]) -> Mapping[str, tuple[Problem, ...]]:
    """Return the problems by the path of the page that shows them: their own, or the one that uses the data."""
    paths = {file.path: uri for uri, file in edition.pages.items()}
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        uri = paths.get(problem.position.path)
        if uri is None:
            stem = posixpath.basename(problem.position.path).partition(".")[0]
            document = edition.documents.get(stem)
            listed = page_that(edition, Role.BIBLIOGRAPHY) if stem == BIBLIOGRAPHY.partition(".")[0] else ""
            uri = document.file.uri if document else listed or HOME
        found.setdefault(uri, []).append(problem)
    return {uri: tuple(some) for uri, some in found.items()}


def hidden(problems: Iterable[Problem]) -> frozenset[str]:
    """Return the names of what is not seen because of a fault in it."""
    return frozenset(problem.hides for problem in problems if problem.hides)


@kept
def sheet_of(edition: Edition, uri: str) -> Sheet:
    """Return what a page is made of, that of an author or one that the edition makes, with its problems."""
    page = edition.pages.get(uri) or made_pages(edition)[uri]
    return compose(edition, page, _shown(edition).get(uri, ()), _hidden(edition))


@derived
def _shown(edition: Edition) -> Mapping[str, tuple[Problem, ...]]:
    return by_page(edition, check(edition))


@derived
def _hidden(edition: Edition) -> frozenset[str]:
    return hidden(check(edition))
