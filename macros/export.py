"""Exports: citations of documents, passages and notes as BibTeX, RIS and CSL-JSON, for reference managers.

Formats: BibTeX as BibLaTeX reads it; RIS as its specification of 2011 has the tags; CSL-JSON 1.0.2.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.document import Document
from macros.front_matter import CommentaryFront, Date

if TYPE_CHECKING:
    from macros.edition import Edition

FORMATS: Mapping[str, str] = {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}
"""File endings of the formats, with the name that a reader knows each by."""

_SPECIAL = re.compile(r"([\\{}%&$#_~^])")
_WORDS = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


@dataclass(frozen=True)
class Record:
    """What a citation says of one thing: a document, a passage of it (`part`), or a note on it."""

    key: str
    title: str
    document: str
    part: str
    authors: tuple[str, ...]
    publisher: str
    date: Date
    site: str
    url: str


def records(edition: Edition, document: Document, *, site: str, address: str) -> Iterator[Record]:
    """Yield the records of a document: itself, its passages, the notes on it; `address` is its page's, if known."""
    front = document.front
    authors = tuple(front.authors) if isinstance(front, CommentaryFront) else ()
    publisher = front.publisher if isinstance(front, CommentaryFront) else ""

    def url(anchor: str) -> str:
        return f"{address}#{anchor}" if address else ""

    yield Record(document.id, document.title, document.title, "", authors, publisher, document.date, site, address)
    what = "clause" if document.kind == "declaration" else "paragraph"
    for passage in document.passages.values():
        part = what if document.kind == "declaration" else passage.name
        yield Record(
            f"{document.id}-{passage.id}",
            passage.name,
            document.title,
            part,
            authors,
            publisher,
            document.date,
            site,
            url(passage.id),
        )
    for note in edition.notes_on.get(document.id, ()):
        if note.address in edition.note_pages:
            yield Record(
                f"{document.id}-note-{note.id}",
                note.title,
                document.title,
                "editors' note",
                (),
                "",
                document.date,
                site,
                url(f"note-{note.id}"),
            )


def citations(document: str, ending: str) -> str:
    """Return the path of a document's citations below the site's root."""
    return f"cite/{document}.{ending}"


def export(found: list[Record], ending: str) -> str:
    """Return records in the format of a file ending."""
    return {"bib": _bibtex, "ris": _ris, "json": _csl}[ending](found)


def _bibtex(found: list[Record]) -> str:
    return "\n".join(
        f"@{'inbook' if record.part else 'misc'}{{{record.key},\n"
        + "".join(
            f"  {name} = {{{_SPECIAL.sub(_escaped, value) if name != 'url' else value}}},\n"
            for name, value in (
                ("author", " and ".join(record.authors)),
                ("title", record.title),
                ("booktitle", record.document if record.part else ""),
                ("note", f"{record.part}, in {record.site}" if record.part else f"In {record.site}"),
                ("publisher", record.publisher),
                ("date", record.date.iso),
                ("url", record.url),
            )
            if value
        )
        + "}\n"
        for record in found
    )


def _escaped(match: re.Match[str]) -> str:
    return _WORDS.get(match[1], f"\\{match[1]}")


def _ris(found: list[Record]) -> str:
    lines = []
    for record in found:
        date = "/".join(part for part in (*record.date.iso.split("-"), "", "")[:3])
        lines += [f"TY  - {'CHAP' if record.part else 'GEN'}", f"ID  - {record.key}"]
        lines += [f"AU  - {author}" for author in record.authors]
        lines += [f"TI  - {record.title}"]
        lines += [f"T2  - {record.document}"] if record.part else []
        lines += [f"DA  - {date}/", f"PY  - {record.date.year}"]
        lines += [f"PB  - {record.publisher}"] if record.publisher else []
        lines += [f"N1  - {record.part}, in {record.site}" if record.part else f"N1  - In {record.site}"]
        lines += [f"UR  - {record.url}"] if record.url else []
        lines += ["ER  - ", ""]
    return "\r\n".join(lines)


def _csl(found: list[Record]) -> str:
    # One record a line: without indentation the standard library writes JSON many times faster.
    lines = (
        json.dumps(
            {
                "id": record.key,
                "type": "chapter" if record.part else "document",
                "title": record.title,
                **({"container-title": record.document} if record.part else {}),
                **({"author": [{"literal": author} for author in record.authors]} if record.authors else {}),
                **({"publisher": record.publisher} if record.publisher else {}),
                "issued": {"date-parts": [[int(part) for part in record.date.iso.split("-")]]},
                "note": f"{record.part}, in {record.site}" if record.part else f"In {record.site}",
                **({"URL": record.url} if record.url else {}),
            },
            ensure_ascii=False,
        )
        for record in found
    )
    return "[\n" + ",\n".join(lines) + "\n]"
