"""The Pagefind adapter: writes the records of a search as small files and has Pagefind make its index of them.

All of it runs in a process of its own (`python -m macros.indexing`), beside the rendering of pages.  Pagefind's
command over a folder of files was measured to be the fastest way in: its Python interface waits 100 ms a record.
"""

from __future__ import annotations

import json
import pickle
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from macros.search import Record, apart, vocabulary

BUNDLE = "search"
"""The folder below the site's root that the index stands in."""

VOCABULARY = "vocabulary.json"
"""The words of the edition with how often each stands there, for suggestions; in the same folder."""

_NOT_NEEDED = ("*-ui.js", "*-ui.css", "pagefind-highlight.js", "wasm.unknown.pagefind")
_SPACE = "\\u0020"
_UNSPACED = ("ja", "ko", "zh")


class IndexingError(Exception):
    """The index could not be made; the message is a sentence for whoever builds the site."""


@dataclass(frozen=True)
class Task:
    """What an index is made of: records, the site's address of each page by its path, the site's language."""

    records: tuple[Record, ...]
    addresses: Mapping[str, str]
    language: str
    bundle: Path


class Indexing:
    """The making of an index: begun when this is created, waited for by `finish`, given up by `stop`."""

    def __init__(self, task: Task) -> None:
        with TemporaryFile() as given:
            pickle.dump(task, given)
            given.seek(0)
            self._process = subprocess.Popen(
                [sys.executable, "-m", "macros.indexing"],
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
            )

    def finish(self) -> None:
        """Wait until the index stands in its place; raises `IndexingError` with what was said against it."""
        said, _ = self._process.communicate()
        if self._process.returncode:
            reason = said.strip()[-500:]
            raise IndexingError(f"the search index could not be made ({self._process.returncode}): {reason}")

    def stop(self) -> None:
        """End what is running; nothing is left behind."""
        self._process.terminate()
        self._process.communicate()


def make(task: Task) -> None:
    """Make an index and put it, with the vocabulary, in its place; raises `subprocess.CalledProcessError`."""
    with TemporaryDirectory(prefix="search-", ignore_cleanup_errors=True) as home:
        for number, record in enumerate(task.records):
            (Path(home) / f"{number:06}.html").write_bytes(page(record, task.addresses).encode())
        subprocess.run(command(Path(home), task.bundle, task.language), check=True)
    for pattern in _NOT_NEEDED:
        for path in task.bundle.glob(pattern):
            path.unlink()
    words = json.dumps(vocabulary(task.records), ensure_ascii=False, separators=(",", ":"))
    (task.bundle / VOCABULARY).write_text(words, "utf-8")


def command(records: Path, bundle: Path, language: str) -> list[str]:
    """Return the command that makes one index of the records in a folder, whatever language each is in.

    The language is that of the site, by which words are reduced to their stems.  Where words are written without
    spaces they are parted already (`apart`), and what remains to be reduced is English.
    """
    stems = "en" if language.startswith(_UNSPACED) else language
    paths = ["--site", str(records), "--output-path", str(bundle)]
    return [sys.executable, "-m", "pagefind", *paths, "--force-language", stems, "--quiet"]


def page(record: Record, addresses: Mapping[str, str]) -> str:
    """Return a record as the HTML that Pagefind reads.

    Pagefind searches all that it takes for metadata, so title and `also` are given as that; what a result only
    shows is handed through as the id of an empty element: JSON without spaces, since an id has none.  The words of
    `also` stand backwards: no exact phrase is to be found where it is not printed.
    """
    uri, mark, anchor = record.target.partition("#")
    shown = {
        "address": addresses[uri] + mark + anchor,
        "kind": record.kind,
        "label": record.label,
        "title": record.title,
        "group": record.group,
        "language": record.language,
    }
    meta = {
        "title": apart(record.title),
        "also": " ".join(" ".join(reversed(apart(form).split())) for form in record.also),
    }
    years = (str(record.date.year),) if record.date else ()
    filters = {"kind": (record.kind,), "document": record.documents, "thread": record.threads, "year": years}
    marks = [
        f'<i id="{escape(json.dumps(shown, separators=(",", ":")).replace(" ", _SPACE))}"></i>',
        *(_mark("meta", name, value) for name, value in meta.items() if value),
        *(_mark("filter", name, value) for name, values in filters.items() for value in values),
    ]
    text = escape(apart(record.text or record.title))
    return f"<html><body data-pagefind-body>{''.join(marks)}<p>{text}</p></body></html>"


def _mark(what: str, name: str, value: str) -> str:
    return f'<i data-pagefind-{what}="{name}[data-value]" data-value="{escape(value)}"></i>'


if __name__ == "__main__":
    # Told to end, it ends Pagefind too: `run` does so where an exception passes.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        make(pickle.load(sys.stdin.buffer))
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)
