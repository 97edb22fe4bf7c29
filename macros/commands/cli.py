"""The command line: `python -m macros check`, `new`, `serve`, `build`, `impact`, `import` and `export`."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..model.layout import HOME
from ..model.macro import discover
from ..model.marks import ModuleError
from ..text.fault import explain
from ..text.words import TABLE
from .check import _check
from .new import ANSWERS, QUESTIONS, WHAT, _new
from .writing import finish_below, put

_ALL = """examples:
  python -m macros check                 every problem in the texts, one a line
  python -m macros new note              asks a few questions and writes a correct file
  python -m macros serve                 the site while you write, at http://127.0.0.1:8000/
  python -m macros impact main           what your changes touch

python -m macros COMMAND --help says more of each.
"""

_HELP = {
    "check": """examples:
  python -m macros check                     every problem, one a line: file, line, what is wrong, what to do
  python -m macros check --format github     as annotations on the lines of a pull request
  python -m macros check --format json       for other programs

exit status:
  0  there is no problem
  1  there are problems
  2  it was called wrongly
""",
    "import": """examples:
  python -m macros import ferry-2004                        fetches the official text, shows what would change, asks
  python -m macros import ferry-2004 --from page.html       takes it from a file
  python -m macros import --all --yes                       every declaration with an official address, without asking
  python -m macros import ferry-2004 --clauses articles     makes a clause of each article of the text
  python -m macros import ferry-2004 --leave-out "Share this page" --leave-out "Related … More news"
  python -m macros import ferry-2004 --accept date          goes on though the page does not print the record's date

Web pages, PDFs, plain text and Markdown (.md) are read.  What was left out of a page is shown with its place, and what
may be the site's own words; nothing is written before you have said yes.

exit status:
  0  every text is in, or was before
  1  a text was refused, by you or because it is not the one that is wanted
  2  it was called wrongly
""",
    "impact": """examples:
  python -m macros impact main                            your working tree against the branch main
  python -m macros impact main..HEAD                      one commit against another
  python -m macros impact origin/main...HEAD              against the commit where the two have parted
  python -m macros impact main..HEAD --format json        counts, what is lost, pages whose own text changes

Addresses, rows of comparisons, notes, quotations, comparisons and links are as before, under another address, read
differently, or are new or lost.  Lost is what readers may hold and will not find any more: the report says how each is
kept.  A quotation that is no longer proved is named first too, but it is `check` that fails on it.

The report names the pages whose own text changes, with their notes, comparisons and sources.  Lists, indexes,
chronologies, lineages and backlinks that follow by themselves are not named: the preview of a pull request compares the
built pages.

exit status:
  0  nothing is lost
  1  something is lost
  2  the revisions cannot be had, or it was called wrongly
  3  the program has a fault; nothing is known to be lost
""",
    "serve": """examples:
  python -m macros serve                               at http://127.0.0.1:8000/, until you press Ctrl+C
  python -m macros serve --address 127.0.0.1:8123      elsewhere

The site is built anew when a text, the bibliography, a template, a style, a script, Python or mkdocs.yml changes.
Problems are said here and shown in the page at their place.  Python and mkdocs.yml are tried out first: while they
are faulty, what is served stays as it was.

exit status:
  0  it was stopped
  2  the address cannot be used, or it was called wrongly
""",
    "build": """examples:
  python -m macros build             the site in site/, as `make site` does

Every problem fails it.  The site is made aside and put in the place of the one before as a whole: where it fails, or
is broken off, the last good site stays.  Of two runs at once the second waits.

exit status:
  0  the site stands in site/
  1  it could not be built, and nothing was changed in site/
  2  it was called wrongly
""",
    "export": """examples:
  python -m macros export schema                                  JSON Schemas of front matter, by kind
  python -m macros export schema --output .vscode/schemas         as files
  python -m macros export snippets --output .vscode               a snippet for each macro and each kind of page
  python -m macros export letters --output overrides/assets/search    what a search takes for the same letters

`make update` writes those that are committed, for Visual Studio Code and for the scripts.

exit status:
  0  it was written
  1  the system refused
  2  it was called wrongly
""",
    "new": """examples:
  python -m macros new note                asks a few questions and writes a correct file
  python -m macros new declaration
  python -m macros new note --document ferry-2004 --id low-water --kind context --title "Low water"

python -m macros new KIND --help says what is asked for.

exit status:
  0  it was written; what to do next is said
  2  an answer cannot be used, and nothing was written; or it was called wrongly
""",
}

_HELP_NEW = """examples:
  python -m macros new {kind}      asks for everything
  python -m macros new {kind} {answers}      asks for the rest

In a terminal each answer is checked as it is given, and asked for again until it can be used; elsewhere, as in a
script, every option is needed.

exit status:
  0  it was written; what to do next is said
  2  an answer cannot be used, and nothing was written; or it was called wrongly
"""


def _no_edition(docs: Path) -> str:
    """Say why a folder is no edition, or nothing."""
    inner = docs / "docs"
    if not (docs / HOME).is_file() and (inner / HOME).is_file():
        return f"say --docs {inner}"
    return "" if any(docs.rglob("*.md")) else f"no page stands in it, not even '{HOME}', the first of all"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit status, which its `--help` explains."""
    options = parser().parse_args(arguments)
    docs: Path | None = getattr(options, "docs", None)
    if docs is not None and not docs.is_dir():
        sys.stderr.write(f"There is no folder '{docs}': run this from the project's root, or say --docs FOLDER.\n")
        return 2
    if docs is not None and options.command != "new" and (why := _no_edition(docs)):
        sys.stderr.write(f"The folder '{docs}' is no edition: {why}.\n")
        return 2
    run: Callable[[argparse.Namespace], int] = options.run
    os.umask(0o022)  # what is written is for everyone to read, whoever writes it
    try:
        for path in finish_below(docs) if docs else ():
            sys.stderr.write(f"wrote {path}, which a command before was kept from\n")
        status = run(options)
        sys.stdout.flush()
    except (KeyboardInterrupt, EOFError):
        sys.stderr.write("\nStopped; no file is half written.\n")
        return 130
    except (ModuleError, OSError) as error:
        sys.stderr.write(f"It was broken off: {explain(error)}.\n" if isinstance(error, OSError) else f"{error}.\n")
        status = options.fault
    return status


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    shape: dict[str, Any] = {"formatter_class": argparse.RawDescriptionHelpFormatter}
    whole = argparse.ArgumentParser(
        prog="python -m macros", description="Look after the texts of an annotated edition.", epilog=_ALL, **shape
    )
    commands = whole.add_subparsers(dest="command", required=True, metavar="command")

    def command(
        name: str, said: str, run: Callable[[argparse.Namespace], int], *, has_docs: bool = True
    ) -> argparse.ArgumentParser:
        described = said[0].upper() + said[1:] + "."
        made = commands.add_parser(name, help=said, description=described, epilog=_HELP[name], **shape)
        if has_docs:
            made.add_argument("--docs", type=Path, default=Path("docs"), help="the folder of the texts (default: docs)")
        made.set_defaults(run=run, fault=1)
        return made

    checking = command(
        "check", "find every problem in the Markdown, the notes, the bibliography and the navigation", _check
    )
    checking.add_argument(
        "--format", choices=("text", "github", "json"), default="text", help="how problems are written (default: text)"
    )
    making = command("new", "write a new file that is correct from the start", _new)
    kinds = making.add_subparsers(dest="what", required=True, metavar="kind")
    for kind, questions in QUESTIONS.items():
        epilog = _HELP_NEW.format(kind=kind, answers=ANSWERS[kind])
        one = kinds.add_parser(kind, help=WHAT[kind], description=f"Begin {WHAT[kind]}.", epilog=epilog, **shape)
        # It may stand before the kind and behind it: without a default of its own, what stands before it holds.
        one.add_argument("--docs", type=Path, default=argparse.SUPPRESS, help="the folder of the texts (default: docs)")
        for name, question in questions:
            one.add_argument(f"--{name}", help=question[0].lower() + question[1:])
    serving = command(
        "serve", "build the site, serve it, and build it anew when anything changes", _serve, has_docs=False
    )
    serving.add_argument(
        "--address", default="127.0.0.1:8000", metavar="HOST:PORT", help="where (default: %(default)s)"
    )
    command("build", "build the site strictly, aside, and put it in its place as a whole", _build, has_docs=False)
    touching = command("impact", "say what a change of the texts touches, as Markdown for a pull request", _impact)
    touching.add_argument(
        "revisions", metavar="BASE[..HEAD]", help="what to compare; BASE alone: with the working tree"
    )
    touching.add_argument(
        "--format", choices=("markdown", "json"), default="markdown", help="how it is written (default: markdown)"
    )
    touching.set_defaults(fault=3)  # 1 means that something is lost
    importing = command("import", "bring in the official text of a declaration", _import)
    importing.add_argument("ids", nargs="*", metavar="id", help="a declaration's id")
    importing.add_argument("--all", action="store_true", help="every declaration that has an official address")
    importing.add_argument(
        "--from", dest="source", default="", metavar="ADDRESS|FILE", help="another address, or a file"
    )
    importing.add_argument(
        "--clauses", choices=("headings", "articles"), default="",
        help="make a clause of each heading, or of each numbered article, of the text itself",
    )  # fmt: skip
    importing.add_argument(
        "--leave-out", action="append", default=[], metavar="WORDS",
        help="a passage, by its first words, that is none of the document's; “first words … last words” for several",
    )  # fmt: skip
    importing.add_argument(
        "--keep", action="append", default=[], metavar="WORDS",
        help="a passage, by its first words, that would be left out and belongs to the document",
    )  # fmt: skip
    importing.add_argument("--language", default="", metavar="CODE", help="of several, the one to take, as in en")
    importing.add_argument(
        "--word", action="append", default=[], metavar="FORM",
        help="a word that a PDF breaks at the end of a line, as it is meant: long-standing, or inhabitants",
    )  # fmt: skip
    importing.add_argument("--encoding", default="", metavar="NAME", help="of a page that names none or a wrong one")
    importing.add_argument(
        "--accept", action="append", default=[],
        choices=("title", "date", "participants", "language", "end", "fonts", "columns", "direction"),
        help="go on though it is refused for this; the witness says so",
    )  # fmt: skip
    importing.add_argument("--yes", action="store_true", help="write without asking, for scripts")
    importing.add_argument("--quiet", action="store_true", help="say only what goes wrong")
    exporting = command(
        "export",
        "write what others go by: schemas or snippets for editors, letters for scripts",
        _export,
        has_docs=False,
    )
    exporting.add_argument("what", choices=("schema", "snippets", "letters"), help="what to write")
    exporting.add_argument("--output", type=Path, metavar="FOLDER", help="write files there, not to the terminal")
    return whole


def _import(options: argparse.Namespace) -> int:
    from .importer.command import run  # what it needs takes longer to load than a whole check
    from .importer.extraction import Answers

    return run(
        options.ids,
        docs=options.docs,
        source=options.source,
        answers=Answers(
            tuple(options.leave_out), tuple(options.keep), options.language, options.encoding, tuple(options.word)
        ),
        accept=options.accept,
        clauses=options.clauses,
        is_all=options.all,
        is_sure=options.yes,
        is_quiet=options.quiet,
    )


def _impact(options: argparse.Namespace) -> int:
    from .impact.command import run

    return run(options.revisions, docs=options.docs, form=options.format)


def _export(options: argparse.Namespace) -> int:
    from .schema import schemas
    from .snippets import snippets

    if options.what == "letters":
        whole = letters()
        texts = {"letters.js": whole}
    else:
        is_schema = options.what == "schema"
        found: Mapping[str, object] = schemas() if is_schema else {"edition": snippets(discover(), schemas())}
        ending = "schema.json" if is_schema else "code-snippets"
        texts = {f"{name}.{ending}": _written(content) for name, content in found.items()}
        whole = _written(found)
    if options.output is None:
        sys.stdout.write(whole)
        return 0
    for path in put(options.output, texts):
        sys.stderr.write(f"wrote {path}\n")
    return 0


def letters() -> str:
    """Return the table that a search goes by as a module for the scripts, so that both fold alike."""
    values = (
        f"export const {name} = {json.dumps(value, ensure_ascii=name != 'PLAIN')};" for name, value in TABLE.items()
    )
    head = "/* What a search takes for the same: written by `make update` from macros/text/words.py, which says why. */"
    return "\n".join((head, *values, ""))


def _written(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _build(options: argparse.Namespace) -> int:
    from .build import run  # it asks for what not every system has

    return run()


def _serve(options: argparse.Namespace) -> int:
    from .serve import serve  # a server takes as long to load as a tenth of a check

    return serve(options.address)
