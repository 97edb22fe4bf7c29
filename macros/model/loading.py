"""Loading: a docs folder read as one edition, with every problem that reading it shows."""

import hashlib
import posixpath
import time
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from ..text.bounds import LARGEST_FILE, MOST_PAGES
from ..text.file import TextFile
from ..text.problem import Position, Problem, did_you_mean, nearest
from ..text.reading import read
from .configuration import Extensions, find_configuration, read_extensions
from .document import Document
from .edition import Edition
from .entry import Entry, read_bibliography
from .folder import as_read, look
from .front import PageFront, validate
from .glossary import read_glossary
from .kind import FRONTS, KINDS, THREAD, kind_meant
from .layout import BIBLIOGRAPHY, CHANGES, GLOSSARY, NEWS, NOTES, WITNESS
from .macro import Macro, discover
from .news import read_news
from .note import Note, read_notes
from .passage import ID, as_id
from .thread import Thread, read_thread
from .witness import Witness, read_witness

_Read = TypeVar("_Read")
Known = dict[Path, tuple[tuple[int, ...], bytes, Any]]
"""What files were read as, each with what the system says of its last change, and with a mark of its bytes."""

_TICK = 2_000_000_000  # nanoseconds within which a system may tell two changes of a file by one time


def load(
    docs: Path,
    shown: str = "docs",
    macros: Mapping[str, Macro] | None = None,
    known: Known | None = None,
) -> Edition:
    """Read a docs folder; `shown` is the folder's path as authors know it.

    What is `known` of files from a load before is not read anew where their bytes are the same, and is kept up to date
    for the next one.
    """
    folder = look(docs, shown)
    problems = list(folder.problems)
    pages: dict[str, TextFile] = {}
    notes_files: dict[str, TextFile] = {}
    readable = folder.files - folder.refused
    markdown = sorted((uri for uri in readable if uri.endswith(".md")), key=lambda uri: uri.split("/"))
    for uri in markdown[MOST_PAGES:][:1]:
        message = (
            f"there are {len(markdown):,} files of Markdown; the most is {MOST_PAGES:,}: from here on they are left out"
        )
        problems.append(Problem(Position(f"{shown}/{uri}", 1), "file-is-readable", message))
    for uri in markdown[:MOST_PAGES]:
        file, found = _known(known, docs / uri, partial(read, shown=f"{shown}/{uri}", uri=uri))
        is_notes = uri.startswith(f"{NOTES}/")
        problems += _hiding(found, f"{file.stem}#note-" if is_notes else file.stem)
        (notes_files if is_notes else pages)[uri] = file

    documents, witnesses, found_problems = _documents(docs, shown, pages, readable, folder.refused, known)
    problems += found_problems
    threads: dict[str, Thread] = {}
    for file in pages.values():
        if file.front.get("kind") == THREAD:
            thread, found = read_thread(file)
            problems += _hiding(found, file.stem)
            if thread:
                threads[thread.id] = thread
    notes: dict[str, Note] = {}
    for file in notes_files.values():
        id = file.stem
        found_notes, found = read_notes(file)
        problems += found
        notes |= {note.address: note for note in found_notes}
        if id not in documents and id != CHANGES:
            problems.append(_on_none(file, documents, pages))
    entries: Mapping[str, Entry] = {}
    if BIBLIOGRAPHY in readable:
        entries, found = _known(known, docs / BIBLIOGRAPHY, partial(_entries, shown=f"{shown}/{BIBLIOGRAPHY}"))
        problems += found
    configuration = find_configuration(docs, shown)
    news, found = read_news(pages.get(NEWS))
    problems += found
    return Edition(
        pages,
        notes_files,
        documents,
        witnesses,
        notes,
        entries,
        threads,
        read_glossary(pages.get(GLOSSARY)),
        folder.files,
        macros or discover(),
        tuple(problems),
        news,
        folder.refused,
        read_extensions(configuration[0]) if configuration else Extensions(),
    )


def _known(known: Known | None, path: Path, read: Callable[[Path], _Read]) -> _Read:
    """Return what a file is read as, or was when it had the same bytes."""
    if known is None:
        return read(path)
    now, stat = time.time_ns(), path.stat()
    is_settled = max(stat.st_mtime_ns, stat.st_ctime_ns) + _TICK < now
    stamp = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino) if is_settled else ()
    before, mark, result = known.get(path, ((), b"", None))
    if not stamp or stamp != before:
        with path.open("rb") as stream:
            new = b"%d %b" % (stat.st_size, hashlib.blake2b(stream.read(LARGEST_FILE)).digest())
        known[path] = stamp, new, result if new == mark else read(path)
    found: _Read = known[path][2]
    return found


def _on_none(file: TextFile, documents: Iterable[str], pages: Mapping[str, TextFile]) -> Problem:
    """Return the problem of a notes file that bears the name of no document: of another page, or a misspelt one."""
    id = file.stem
    if page := next((page for page in pages.values() if page.stem == id and _is_no_document(page)), None):
        message = (
            f"'{page.uri}' is no document, and notes are on documents: move each note into the file of the document "
            f"that it is about, such as {NOTES}/some-document.md, and call it on that page by its whole address, as in "
            'note("some-document#note-some-id")'
        )
        return Problem(Position(file.path, 1), "document-resolves", message, hides=id)
    message = f"these notes are on no document: there is no document '{id}'{did_you_mean(id, documents)}"
    hides = f"{nearest(id, documents)}#note-"  # which are probably there
    return Problem(Position(file.path, 1), "document-resolves", message, hides=hides, misses=id)


def _is_no_document(page: TextFile) -> bool:
    kind = page.front.get("kind")
    is_read = page.is_sound and (page.front or not page.front_text.strip())
    return bool(is_read) and (kind == THREAD or (kind is None and not kind_meant(page)))


_UNREADABLE = ("file-is-readable", "front-matter-is-valid")
"""The rules that a file breaks which cannot be read for what it is."""


def _hiding(problems: Iterable[Problem], name: str) -> list[Problem]:
    """Return a file's problems; those for which it cannot be read hide what it would be referred to by."""
    return [replace(problem, hides=name) if problem.rule in _UNREADABLE else problem for problem in problems]


def _entries(path: Path, shown: str) -> tuple[Mapping[str, Entry], tuple[Problem, ...]]:
    if (size := path.stat().st_size) > LARGEST_FILE:
        message = f"this file has {size:,} bytes; the most is {LARGEST_FILE:,}: take out what nothing cites"
        return {}, (Problem(Position(shown, 1), "bibliography-is-readable", message, hides=BIBLIOGRAPHY),)
    raw = path.read_bytes().removeprefix(BOM_UTF8)
    try:
        return read_bibliography(raw.decode(), shown)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"this file is not UTF-8 text (byte {raw[error.start]:#04x}): save it as UTF-8 in your editor"
        # What can be read of it is read, so that nothing else seems to be missing.
        entries, problems = read_bibliography(raw.decode(errors="replace"), shown)
        return entries, (Problem(Position(shown, line), "file-is-readable", message), *problems)


def _documents(
    docs: Path,
    shown: str,
    pages: Mapping[str, TextFile],
    readable: Set[str],
    refused: Iterable[str],
    known: Known | None,
) -> tuple[dict[str, Document], dict[str, Witness], list[Problem]]:
    found: dict[str, Document] = {}
    witnesses: dict[str, Witness] = {}
    problems: list[Problem] = []
    for uri, file in pages.items():
        name = file.front.get("kind")
        if name is None:
            meant = kind_meant(file)
            if meant:
                message = f"there is no 'kind' here, and these are the keys of a {meant}: add a line `kind: {meant}`"
                problems.append(Problem(file.front_position(), "front-matter-is-valid", message, hides=file.stem))
            else:
                problems += validate(file, PageFront, kind="page")[1]
            continue
        if name == THREAD:
            continue
        kind = KINDS.get(str(name))
        if kind is None:
            message = f"there is no kind '{name}'{did_you_mean(str(name), FRONTS)} (kinds: {', '.join(FRONTS)})"
            position = file.front_position("kind")
            problems.append(Problem(position, "front-matter-is-valid", message, hides=file.stem))
            continue
        front, more = validate(file, kind.front, kind=kind.name)
        problems += _hiding(more, file.stem)
        if front is None:
            continue
        id = file.stem
        if not ID.fullmatch(id):
            message = (
                f"a document's id is its file's name, and '{id}' is not lower-case ASCII letters, digits and hyphens: "
                f"rename the file to '{as_id(id)}.md'"
            )
            problems.append(Problem(Position(file.path, 1), "id-is-ascii", message, hides=id))
            continue
        if id in found:
            message = f"the document '{id}' is {found[id].file.path} already: rename one of the two"
            problems.append(Problem(Position(file.path, 1), "id-is-unique", message))
            continue
        received = uri.removesuffix(".md") + WITNESS
        witness: Witness | None = None
        if received in readable:
            witness, more = _known(known, docs / received, partial(read_witness, shown=f"{shown}/{received}", uri=uri))
            problems += [replace(problem, hides=id + WITNESS) for problem in more]
        elif kind.is_received and received not in map(as_read, refused):
            message = f"a {kind} has its text as received beside it: add {posixpath.basename(received)}"
            problems.append(Problem(Position(file.path, 1), "page-agrees-with-witness", message, hides=id + WITNESS))
        if witness:
            witnesses[id] = witness
        passages, more = kind.read(file)
        problems += more
        found[id] = Document(id, kind, front, file, passages, witness is not None)
    for uri in sorted(uri for uri in readable if uri.endswith(WITNESS)):
        page = uri.removesuffix(WITNESS) + ".md"
        if page not in pages and page not in map(as_read, refused):
            message = f"this text is of no document: there is no '{page}'{did_you_mean(page, pages)}"
            id = posixpath.basename(page).removesuffix(".md")
            problems.append(Problem(Position(f"{shown}/{uri}", 1), "document-resolves", message, misses=id))
    ordered = dict(sorted(found.items(), key=lambda item: (item[1].date, item[1].title, item[0])))
    return ordered, witnesses, problems
