"""Loading: a docs folder read as one edition, with every problem that reading it shows."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from macros.bibliography import Entry, read_bibliography
from macros.document import ID, Document, Passage, clauses, paragraphs
from macros.edition import BIBLIOGRAPHY, CHANGES, NOTES, THREAD, WITNESS, Edition
from macros.front_matter import KINDS, CommentaryFront, DeclarationFront, PageFront, validate
from macros.glossary import PAGE as GLOSSARY
from macros.glossary import read_glossary
from macros.macro import Macro, discover
from macros.note import Note, read_notes
from macros.problem import Position, Problem, did_you_mean
from macros.source import Source, read
from macros.thread import Thread, read_thread
from macros.witness import Witness, read_witness


def load(docs: Path, shown: str = "docs", macros: Mapping[str, Macro] | None = None) -> Edition:
    """Read a docs folder; `shown` is the folder's path as authors know it."""
    problems: list[Problem] = []
    pages: dict[str, Source] = {}
    notes_files: dict[str, Source] = {}
    files = frozenset(_files(docs))
    for uri in sorted(files, key=lambda uri: uri.split("/")):
        if not uri.endswith(".md") or any(part.startswith(".") for part in uri.split("/")):
            continue
        source, found = read(docs / uri, f"{shown}/{uri}", uri)
        problems += found
        (notes_files if uri.startswith(f"{NOTES}/") else pages)[uri] = source

    documents, witnesses, found_problems = _documents(docs, shown, pages)
    problems += found_problems
    threads: dict[str, Thread] = {}
    for source in pages.values():
        if source.front.get("kind") == THREAD:
            thread, found = read_thread(source)
            problems += found
            if thread:
                threads[thread.id] = thread
    notes: dict[str, Note] = {}
    for uri, source in notes_files.items():
        id = posixpath.basename(uri).removesuffix(".md")
        found_notes, found = read_notes(id, source)
        problems += found
        notes |= {note.address: note for note in found_notes}
        if id not in documents and id != CHANGES:
            message = f"these notes are on no document: there is no document '{id}'{did_you_mean(id, documents)}"
            problems.append(Problem(Position(source.path, 1), "document-resolves", message))
    entries, found = _entries(docs / BIBLIOGRAPHY, f"{shown}/{BIBLIOGRAPHY}")
    problems += found
    return Edition(
        MappingProxyType(pages),
        MappingProxyType(notes_files),
        MappingProxyType(documents),
        MappingProxyType(witnesses),
        MappingProxyType(notes),
        entries,
        MappingProxyType(threads),
        read_glossary(pages.get(GLOSSARY)),
        files,
        macros or discover(),
        tuple(problems),
    )


def _files(docs: Path) -> Iterator[str]:
    """Yield the paths of the files below a folder."""
    for folder, _, names in os.walk(docs):
        below = Path(folder).relative_to(docs).as_posix()
        yield from (name if below == "." else f"{below}/{name}" for name in names if Path(folder, name).is_file())


def _entries(path: Path, shown: str) -> tuple[Mapping[str, Entry], tuple[Problem, ...]]:
    if not path.is_file():
        return MappingProxyType({}), ()
    try:
        return read_bibliography(path.read_text("utf-8-sig"), shown)
    except UnicodeDecodeError:
        message = "this file is not UTF-8 text: save it as UTF-8 in your editor"
        return MappingProxyType({}), (Problem(Position(shown, 1), "file-is-readable", message),)


_PASSAGES: Mapping[str, Callable[[str, Source], tuple[Mapping[str, Passage], tuple[Problem, ...]]]] = {
    "commentary": paragraphs,
    "declaration": clauses,
}


def _documents(
    docs: Path, shown: str, pages: Mapping[str, Source]
) -> tuple[dict[str, Document], dict[str, Witness], list[Problem]]:
    found: dict[str, Document] = {}
    witnesses: dict[str, Witness] = {}
    problems: list[Problem] = []
    for uri, source in pages.items():
        kind = source.front.get("kind")
        if kind is None:
            problems += validate(source, PageFront, kind="page")[1]
            continue
        if kind == THREAD:
            continue
        if kind not in KINDS:
            known = (*KINDS, THREAD)
            message = f"there is no kind '{kind}'{did_you_mean(str(kind), known)} (kinds: {', '.join(known)})"
            problems.append(Problem(source.front_position("kind"), "front-matter-is-valid", message))
            continue
        front, more = validate(source, KINDS[str(kind)], kind=str(kind))
        problems += more
        if not isinstance(front, CommentaryFront | DeclarationFront):
            continue
        id = posixpath.basename(uri).removesuffix(".md")
        if not ID.fullmatch(id):
            message = (
                f"a document's id is its file's name, and '{id}' is not lower-case ASCII letters, digits and hyphens: "
                "rename the file"
            )
            problems.append(Problem(Position(source.path, 1), "id-is-ascii", message))
            continue
        if id in found:
            message = f"the document '{id}' is {found[id].source.path} already: rename one of the two"
            problems.append(Problem(Position(source.path, 1), "id-is-unique", message))
            continue
        path = docs / uri.replace(".md", WITNESS)
        witness: Witness | None = None
        if path.is_file():
            witness, more = read_witness(path, f"{shown}/{uri.replace('.md', WITNESS)}", uri)
            problems += more
        elif kind == "commentary":
            message = f"a commentary has its text as received beside it: add {posixpath.basename(path.as_posix())}"
            problems.append(Problem(Position(source.path, 1), "page-agrees-with-witness", message))
        if witness:
            witnesses[id] = witness
        passages, more = _PASSAGES[str(kind)](id, source)
        problems += more
        found[id] = Document(id, str(kind), front, source, MappingProxyType(dict(passages)), witness is not None)
    ordered = dict(sorted(found.items(), key=lambda item: (item[1].date, item[1].title, item[0])))
    return ordered, witnesses, problems
