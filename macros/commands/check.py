"""The check command: every problem of the texts, one a line, for people, GitHub or other programs."""

import argparse
import json
import sys
import time
from collections.abc import Sequence

from ..checks.navigation import check_navigation
from ..checks.run import check
from ..derived.proof import quotations
from ..text.problem import Problem
from .resuming import resumed


def as_github(problem: Problem) -> str:
    """Return a problem as a workflow command of GitHub Actions, escaped as its runner asks."""

    def escaped(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    place = problem.position
    path = escaped(place.path).replace(":", "%3A").replace(",", "%2C")
    return f"::error file={path},line={place.line},col={place.column},title={problem.rule}::{escaped(problem.message)}"


def as_json(problems: Sequence[Problem]) -> str:
    """Return problems as a JSON array of objects."""
    return json.dumps(
        [
            {
                "path": problem.position.path,
                "line": problem.position.line,
                "column": problem.position.column,
                "rule": problem.rule,
                "message": problem.message,
            }
            for problem in problems
        ],
        ensure_ascii=False,
        indent=2,
    )


def _check(options: argparse.Namespace) -> int:
    begin = time.perf_counter()
    edition, keep = resumed(options.docs, options.docs.as_posix())
    problems = sorted((*check(edition), *check_navigation(edition, options.docs, options.docs.as_posix())))
    if options.format == "json":
        sys.stdout.write(as_json(problems) + "\n")
    else:
        written = as_github if options.format == "github" else str
        sys.stdout.writelines(f"{written(problem)}\n" for problem in problems)
    sys.stdout.flush()
    counted = f"{len(problems)} {'problem' if len(problems) == 1 else 'problems'}" if problems else "No problem"
    agreeing = sum(not quotation.refusal for quotation in quotations(edition))
    sys.stderr.write(
        f"{counted} in {len(edition.pages)} pages, {len(edition.notes)} notes and {len(edition.entries)} sources; "
        f"{agreeing} of {len(quotations(edition))} quotations agree ({time.perf_counter() - begin:.2f} s).\n"
    )
    keep()
    return 1 if problems else 0
