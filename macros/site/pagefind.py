"""The Pagefind adapter: writes the records of a search as small files and has Pagefind make its index of them.

All of it runs in a process of its own (`python -m` with its own name), beside the rendering of pages.  Pagefind's
command over a folder of files was measured to be the fastest way in: its Python interface waits 100 ms a record.
"""

import gzip
import hashlib
import json
import pickle
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any

from ..derived.search import RECORD_KINDS, UNSPACED_SIGN, Record, indexed, vocabulary
from ..text.cache import Cache, digest, engine
from ..text.fault import explain
from .packing import packed, unpack

BUNDLE = "search"
"""The folder below the site's root that the index stands in."""

VOCABULARY = "vocabulary.json"
"""The words of the edition with how often each stands there, for suggestions; in the same folder."""

_LIGHT = ("page", "source", "event", "manual")
"""The kinds whose titles count less, those of whole pages aside: they lead to what the edition is about."""

_NOT_NEEDED = ("*-ui.js", "*-ui.css", "pagefind-highlight.js", "wasm.unknown.pagefind")
_SPACE = "\\u0020"
_UNSPACED = ("ja", "ko", "zh")


class IndexingError(Exception):
    """The index could not be made; the message is a sentence for whoever builds the site."""


@dataclass(frozen=True)
class Task:
    """What an index is made of: records, the site's address of each page by its path, the site's language.

    `bundle` is where it is put, `cache` the folder in which it is kept, if it is.
    """

    records: tuple[Record, ...]
    addresses: Mapping[str, str]
    language: str
    bundle: Path
    cache: Path | None = None


class Indexing:
    """The making of an index: begun when this is created, waited for by `finish`, given up by `stop`.

    One that is `apart` is not asked to end with all else that a terminal has started, but by who began it.
    """

    def __init__(self, task: Task, *, apart: bool = False) -> None:
        with TemporaryFile() as given:
            pickle.dump(task, given)
            given.seek(0)
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__],
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
                process_group=0 if apart else None,
            )

    def finish(self) -> None:
        """Wait until the index stands in its place; raises `IndexingError` with what was said against it."""
        said, _ = self._process.communicate()
        if self._process.returncode:
            reason = said.strip()[-500:]
            raise IndexingError(f"the search index could not be made ({self._process.returncode}): {reason}")

    def stop(self) -> None:
        """End what is running; nothing is left behind."""
        self.give_up()
        self._process.communicate()

    def give_up(self) -> None:
        """Have what is running end, which whoever waits for it is told."""
        self._process.terminate()


def take(task: Task) -> None:
    """Put an index in its place: the one that was made of the same before, or a new one; raises as `make` does."""
    cache = Cache(task.cache) if task.cache else None
    made_of = pickle.dumps((task.records, task.addresses, task.language))
    key = digest((engine(("pagefind", "pagefind-bin")).encode(), made_of))
    if pack := cache and cache.get(key):
        unpack(pack, task.bundle)
        return
    make(task)
    if cache:
        cache.put(key, packed(task.bundle))
        cache.trim()


def make(task: Task) -> None:
    """Make an index and put it, with the vocabulary, in its place; raises `subprocess.CalledProcessError`."""
    with TemporaryDirectory(prefix="search-", ignore_cleanup_errors=True) as home:
        for number, record in enumerate(task.records):
            path = Path(home, folder(record), f"{number:06}.html")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(page(record, task.addresses).encode())
        subprocess.run(command(Path(home), task.bundle, task.language), check=True)
    for pattern in _NOT_NEEDED:
        for path in task.bundle.glob(pattern):
            path.unlink()
    renumber(task.bundle)
    words = json.dumps(vocabulary(task.records), ensure_ascii=False, separators=(",", ":"))
    (task.bundle / VOCABULARY).write_text(words, "utf-8")


def folder(record: Record) -> str:
    """Return the folder that a record is put in, beside others of its kind that are as long.

    Pagefind lists records folder by folder, and what is alike beside each other compresses: of 69,001 records that
    list, which a first search loads, takes 101 kB so, and 182 kB in one folder.
    """
    return f"{record.kind}/{len(record.text.split())}"


def renumber(bundle: Path) -> None:
    """Name the records of an index by kind and number.

    A first search loads the names of all records, and Pagefind's are random, which nothing compresses: of 69,001
    records they took 377 kB.  Numbers, the last figure first, take little, the least in figures of base 26.  Before the
    number stands the kind, so that a search knows of every result what it is before it loads any; what comes before
    that is made of all the old names, which are made of what the records hold: no browser takes an older index's record
    for this.
    If an index is not of the form that is known here, it stays as it is.
    """
    names = {path.stem.encode() for path in bundle.glob("fragment/*.pf_fragment")}
    metadata = next(bundle.glob("*.pf_meta"), None)
    if not metadata or not names:
        return
    content = gzip.decompress(metadata.read_bytes())
    prefix = min(names).partition(b"_")[0]
    pattern = re.compile(rb"[\x60-\x77](" + re.escape(prefix) + rb"_[0-9a-f]+)")  # a text in CBOR, after its length
    order = [name for name in dict.fromkeys(pattern.findall(content)) if name in names]
    kinds = _kinds(bundle)
    mark = hashlib.sha256(b" ".join(sorted(names))).hexdigest()[:3]
    if len(order) != len(names) or kinds.keys() != set(range(len(order))):
        return
    numbered = {name: (mark + kinds[at] + _figures(at + 1)).encode() for at, name in enumerate(order)}
    for name, new in numbered.items():
        path = bundle / "fragment" / f"{name.decode()}.pf_fragment"
        path.rename(path.with_stem(new.decode()))

    def named(match: re.Match[bytes]) -> bytes:
        new = numbered.get(match[1], match[1])
        return bytes([0x60 + len(new)]) + new

    metadata.write_bytes(gzip.compress(pattern.sub(named, content), mtime=0))


def _figures(number: int) -> str:
    """Return a number in base 26, the last figure first."""
    found = ""
    while number:
        number, rest = divmod(number, 26)
        found += "0123456789abcdefghijklmnop"[rest]
    return found


def _kinds(bundle: Path) -> dict[int, str]:
    """Return the kind of each record of an index by its place there: a letter, `a` for the first of `RECORD_KINDS`.

    It is taken from Pagefind's own list of what the filter `kind` lets through, in CBOR (RFC 8949).
    """
    for path in bundle.glob("filter/*"):
        name, values = _decoded(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
        if name == "kind":
            letter = {kind: chr(ord("a") + number) for number, kind in enumerate(RECORD_KINDS)}
            return {at: letter[kind] for kind, places in values for at in places}
    return {}


def _decoded(data: bytes) -> Any:
    """Return what a list of texts and numbers in CBOR says."""
    at = 0

    def read() -> Any:
        nonlocal at
        kind, size = divmod(data[at], 32)
        at += 1
        if size > 23:
            end = at + 2 ** (size - 24)
            size, at = int.from_bytes(data[at:end]), end
        if kind == 3:
            text, at = data[at : at + size].decode(), at + size
            return text
        return [read() for _ in range(size)] if kind == 4 else size

    return read()


def command(records: Path, bundle: Path, language: str) -> list[str]:
    """Return the command that makes one index of the records in a folder, whatever language each is in.

    The language is that of the site, by which words are reduced to their stems.  Where words are written without
    spaces they are parted already (`indexed`), and what remains to be reduced is English.
    """
    stems = "en" if language.startswith(_UNSPACED) else language
    paths = ["--site", str(records), "--output-path", str(bundle)]
    return [sys.executable, "-m", "pagefind", *paths, "--force-language", stems, "--quiet"]


def page(record: Record, addresses: Mapping[str, str]) -> str:
    """Return a record as the HTML that Pagefind reads.

    Pagefind searches all that it takes for metadata, so titles and other names are given as that; what a result
    only shows is handed through as the id of an empty element: JSON without spaces, since an id has none.  Words that
    are not printed there stand backwards: no exact phrase is to be found where it is not.
    """
    uri, mark, anchor = record.target.partition("#")
    text, printed = indexed(record.text or record.title)
    more = {
        "language": record.language,
        "called": record.called,
        "kin": record.kin,
        "names": record.names,
        "answers": record.answers,
        "clause": record.clause,
        "year": record.date and record.date.year,
        "printed": printed,
    }
    shown = {
        "address": addresses[uri] + mark + anchor,
        "kind": record.kind,
        "label": record.label,
        "title": record.title,
        "group": record.group,
        "weight": record.weight + record.lead,
        **{name: value for name, value in more.items() if value},
    }
    meta = {
        "heading" if record.kind in _LIGHT and (anchor or record.kind == "source") else "title": indexed(record.title)[
            0
        ],
        "called": indexed("; ".join(name for name in (*record.called, *record.kin) if name not in record.text))[0],
        "names": _backwards(record.names),
        "within": _backwards((record.group,) if record.kind != "document" else ()),
        "also": _backwards((*record.answers, *record.also)),
    }
    years = (str(record.date.year),) if record.date else ()
    filters = {
        "kind": (record.kind,),
        "evidence": tuple(grade.replace(" ", "-") for grade in record.evidence),
        "document": record.documents,
        "thread": record.threads,
        "year": years,
    }
    marks = [
        f'<i id="{escape(json.dumps(shown, separators=(",", ":")).replace(" ", _SPACE))}"></i>',
        *(_mark("meta", name, value) for name, value in meta.items() if value),
        *(_mark("filter", name, value) for name, values in filters.items() for value in values),
    ]
    body = f'<p data-pagefind-weight="{record.weight}">{escape(text)}</p>'
    return f"<html><body data-pagefind-body>{''.join(marks)}{body}</body></html>"


def _backwards(forms: tuple[str, ...]) -> str:
    """Return forms backwards but for those of signs without spaces, which nobody finds but as a phrase."""
    return " ".join(
        " ".join(parts if UNSPACED_SIGN.match(form) else reversed(parts))
        for form in forms
        for parts in (indexed(form)[0].split(),)
    )


def _mark(what: str, name: str, value: str) -> str:
    return f'<i data-pagefind-{what}="{name}[data-value]" data-value="{escape(value)}"></i>'


if __name__ == "__main__":
    # Told to end, it ends Pagefind too: `run` does so where an exception passes.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        take(pickle.load(sys.stdin.buffer))
    except subprocess.CalledProcessError as error:
        sys.exit(f"Pagefind ended with {error.returncode}")
    except OSError as error:
        sys.exit(explain(error))
