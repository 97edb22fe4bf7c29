"""Threads: whether their clauses are there and their pages print them."""

from collections.abc import Iterator
from functools import partial

from ..derived.lookup import find_clause
from ..model.edition import Edition
from ..model.macro import Role, argument, in_role
from ..text.problem import Position, Problem, did_you_mean
from .base import Scope, check, resolves


@check(Scope.EDITION)
def threads(edition: Edition) -> Iterator[Problem]:
    """Find clauses of threads that are not there, and threads whose page does not print them."""
    known = {clause.id for document in edition.documents.values() for clause in document.clauses}
    renamed = {old: new for document in edition.documents.values() for old, new in document.aliases.items()}
    for thread in edition.threads.values():
        for number, id in enumerate(thread.front.clauses):
            if "#" in id:
                place = partial(thread.file.front_position, "clauses", number)
                yield from resolves(partial(find_clause, edition, id), place, "clauses")
            elif id not in known:
                message = f"'clauses': there is no clause '{id}' in any declaration{did_you_mean(id, known)}"
                if id in renamed:
                    message = f"'clauses': the clause '{id}' is called '{renamed[id]}' now: write that"
                yield Problem(thread.file.front_position("clauses", number), "clause-resolves", message)
            if id in thread.front.clauses[:number] and ("#" in id or id in known):
                message = f"'clauses': the clause '{id}' stands here a second time: take it out"
                yield Problem(thread.file.front_position("clauses", number), "clause-resolves", message)
        calls = in_role(edition.macros, thread.file.calls, Role.THREAD)
        if not any(argument(edition.macros, call, "id") == thread.id for call in calls):
            message = f'this page does not print its clauses: put {{{{ thread("{thread.id}") }}}} where they belong'
            yield Problem(Position(thread.file.path, 1), "thread-is-used", message)
