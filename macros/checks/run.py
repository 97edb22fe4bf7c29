"""The check: every defect of an edition, found before anything is rendered."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..derived.index import files
from ..derived.uses import page_that
from ..model.edition import Edition
from ..model.layout import BIBLIOGRAPHY, HOME
from ..model.macro import Role
from ..text.file import TextFile
from ..text.memo import remembered
from ..text.problem import Problem
from .base import Check, Scope, discover
from .consequences import is_settled, without_consequences


def check(edition: Edition) -> tuple[Problem, ...]:
    """Return all problems of an edition, sorted by file and line, without those that only follow from others."""
    found = without_consequences(edition, {*edition.problems, *_found(edition, is_last=False)})
    if is_settled(edition, found):
        found.update(_found(edition, is_last=True))
    return tuple(sorted(found))


def _found(edition: Edition, *, is_last: bool) -> Iterator[Problem]:
    subjects: Mapping[Scope, Sequence[tuple[Any, ...]]] = {
        Scope.TEXT: [(file,) for file in files(edition)],
        Scope.FILE: [(edition, file) for file in files(edition)],
        Scope.DOCUMENT: [(edition, document) for document in edition.documents.values()],
        Scope.EDITION: [(edition,)],
    }
    for check in discover():
        for subject in subjects[check.scope] if check.is_last == is_last else ():
            yield from _of_text(subject[0], check) if check.scope is Scope.TEXT else check.function(*subject)


@remembered
def _of_text(file: TextFile, check: Check) -> tuple[Problem, ...]:
    return tuple(check.function(file))


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
