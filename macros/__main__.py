"""The command line: `python -m macros check`."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from macros.check import check
from macros.edition import load
from macros.problem import Problem

_EXAMPLES = """examples:
  python -m macros check                   every problem, one a line
  python -m macros check --format github   as annotations on the lines of a pull request
  python -m macros check --format json     as data
  python -m macros check --docs other/docs another folder
"""


def as_text(problem: Problem) -> str:
    """Return a problem as people read it."""
    return str(problem)


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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return 0 where all is well, 1 where there are problems, 2 where it was called wrongly."""
    parser = argparse.ArgumentParser(
        prog="python -m macros",
        description="Check the texts of an annotated edition without building its site.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    checking = commands.add_parser(
        "check",
        help="find every problem in the Markdown, the notes and the bibliography",
        description="Find every problem in the Markdown, the notes and the bibliography.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    checking.add_argument("--docs", type=Path, default=Path("docs"), help="the folder of the texts (default: docs)")
    checking.add_argument(
        "--format", choices=("text", "github", "json"), default="text", help="how problems are written"
    )
    options = parser.parse_args(arguments)
    if not options.docs.is_dir():
        sys.stderr.write(
            f"There is no folder '{options.docs}': run this from the project's root, or say --docs FOLDER.\n"
        )
        return 2
    begin = time.perf_counter()
    edition = load(options.docs, options.docs.as_posix())
    problems = check(edition)
    if options.format == "json":
        sys.stdout.write(as_json(problems) + "\n")
    else:
        write = as_github if options.format == "github" else as_text
        sys.stdout.writelines(f"{write(problem)}\n" for problem in problems)
    counted = f"{len(problems)} {'problem' if len(problems) == 1 else 'problems'}" if problems else "No problem"
    quotations = sum(1 for quotation in edition.quotations if not quotation.refusal)
    sys.stderr.write(
        f"{counted} in {len(edition.pages)} pages, {len(edition.notes)} notes and {len(edition.entries)} sources; "
        f"{quotations} of {len(edition.quotations)} quotations agree ({time.perf_counter() - begin:.2f} s).\n"
    )
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
