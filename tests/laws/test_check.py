"""The check says what is wrong with a text in a way that can be used, whatever the text."""

import unicodedata

from macros.commands.check import as_github
from macros.text.rule import RULES
from tests.laws.law import BreachError, law
from tests.laws.mutants import Mutant, mutants
from tests.laws.site import checked, read


@law(mutants())
def test_check_says_problems_and_nothing_else(mutant: Mutant) -> None:
    """Each has a rule, one line, and a place that is there; a second look, taken at one in eight, finds the same."""
    with mutant.laid() as home:
        problems = checked(read(home), home)
        for problem in problems:
            place = problem.position
            path = home / place.path
            if problem.rule not in RULES:
                raise BreachError("a problem breaks a rule that is none", problem)
            for written in (str(problem), as_github(problem)):
                if len(written.splitlines()) != 1 or any(map(_is_unseen, written)):
                    raise BreachError("a problem is not one line that can be read", repr(written))
            if not path.is_file():
                raise BreachError("a problem stands in no file", problem)
            if not 1 <= place.line <= path.read_bytes().count(b"\n") + path.read_bytes().count(b"\r") + 1:
                raise BreachError("a problem stands behind the end of its file", problem)
        if mutant.number % 8 == 0 and checked(read(home, {}), home) != problems:
            raise BreachError("a second look finds other problems")


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") and sign not in "\u200c\u200d"
