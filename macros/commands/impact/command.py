"""The impact command: compares the texts of two revisions, or of one with the working tree, and writes the report."""

import sys
import tempfile
import traceback
from pathlib import Path

from ...checks.run import check
from ...model.edition import Edition
from ...model.loading import load
from ...text.line import spelled
from .report import Report, as_json, as_markdown
from .revision import RevisionError, export, parse
from .touch import changed_pages, touches

SOUND, LOST, USAGE, FAULT = 0, 1, 2, 3


def run(revisions: str, *, docs: Path, form: str = "markdown") -> int:
    """Write what a change touches; return 1 where something is lost, 2 where the revisions cannot be had.

    A fault of the program is 3, since Python's own status for it is 1, which here means lost.  Raises `OSError` where
    the system refuses, as on a full disk.
    """
    try:
        return _run(revisions, docs, form)
    except OSError:
        raise
    except Exception:  # whatever it is, it is no loss
        traceback.print_exc()
        sys.stderr.write(
            "This is a fault of the program, not of the texts, and nothing is known to be lost: report it.\n"
        )
        return FAULT


def _run(revisions: str, docs: Path, form: str) -> int:
    try:
        base, head = parse(revisions, docs)
        before, has_base = _at(base, docs)
        after = _at(head, docs)[0] if head else load(docs, docs.as_posix())
    except RevisionError as error:
        sys.stderr.write(f"{str(error)[:1].upper()}{spelled(str(error)[1:])}.\n")
        return USAGE
    found = touches(before, after)
    problems = len(check(before)), len(check(after))
    report = Report(found, changed_pages(before, after, found), *problems, has_base=has_base)
    sys.stdout.write(as_json(report) + "\n" if form == "json" else as_markdown(report))
    return LOST if report.lost else SOUND


def _at(commit: str, docs: Path) -> tuple[Edition, bool]:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        has_texts = export(commit, docs, copy)
        return load(copy, docs.as_posix()), has_texts
