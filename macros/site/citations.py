"""Exports: citations of documents, pages and their passages, as text and in the formats of reference managers.

Formats: the notes of the *Chicago Manual of Style* (18th edition, notes and bibliography); BibTeX as BibLaTeX reads
it; RIS as its specification of 2011 has the tags; CSL-JSON 1.0.2.  The day of reading is the reader's own to add.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..model.document import Document
from ..model.front import MONTHS, CommentaryFront, Date, DeclarationFront

if TYPE_CHECKING:
    from ..model.edition import Edition
    from .addresses import Site
    from ..text.source import Source

FORMATS: Mapping[str, str] = {"txt": "Chicago", "bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}
"""File endings of the formats, with the name that a reader knows each by."""

Kind = Literal["document", "page", "passage"]

_TYPES: Mapping[Kind, tuple[str, str, str]] = {
    "document": ("misc", "GEN", "document"),
    "page": ("online", "ELEC", "webpage"),
    "passage": ("inbook", "CHAP", "chapter"),
}
"""What each kind of record is in BibTeX, RIS and CSL-JSON."""

_TEX = str.maketrans(
    {sign: f"\\{sign}" for sign in "{}%&$#_"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)
_INNER = str.maketrans("“”", "‘’")
_STRAIGHT = re.compile('"([^"]*)"')


class Publication(NamedTuple):
    """What all records of one kind in a document have in common; a field that does not apply is empty.

    `whole` is the title of what a passage belongs to, `part` says what a passage, or a page of ours, is.
    """

    kind: Kind
    site: str
    whole: str = ""
    part: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    date: Date | None = None

    @property
    def note(self) -> str:
        """What is cited, and where it is published."""
        return f"{self.part[:1].upper()}{self.part[1:]}, in {self.site}" if self.part else f"In {self.site}"


class Record(NamedTuple):
    """What a citation says of one thing; `text` is the citation in Chicago's form without the address."""

    key: str
    title: str
    text: str
    url: str
    publication: Publication


def key(edition: Edition, page: Source) -> str:
    """Return what a page's citations are known by: a document's id or a page's path; empty if it is not cited."""
    document = edition.by_uri.get(page.uri)
    if document:
        return document.id
    return page.uri.removesuffix(".md") if page.uri in edition.comparisons or page.uri in edition.thread_pages else ""


def citations(key: str, ending: str) -> str:
    """Return the path of citations below the site's root."""
    return f"cite/{key}.{ending}"


def records(edition: Edition, page: Source, site: Site) -> Iterator[Record]:
    """Yield the records of a page that is cited: itself first, its passages, rows and notes."""
    own, address = key(edition, page), site.page(page.uri)
    document = edition.by_uri.get(page.uri)
    if not own:
        return
    if document:
        yield from _document(document, site.name, address)
    else:
        part = "thread" if page.uri in edition.thread_pages else "comparison"
        title = edition.title(page)
        published = Publication("page", site.name, part=part, publisher=site.name)
        yield Record(own, title, f"{_quoted(title)} {site.name}", address, published)
    title = document.title if document else edition.title(page)

    def passages(part: str, names: Iterable[tuple[str, str]], what: str) -> Iterator[Record]:
        published = Publication("passage", site.name, title, part, date=document.date if document else None)
        text = f"{what} {_quoted(title)} {site.name}"
        for id, name in names:
            yield Record(f"{own}-{id}", name, f"{_quoted(name)} {text}", _at(address, id), published)

    rows = edition.comparisons.get(page.uri, ())
    yield from passages("comparison", ((row.anchor, row.name) for row in rows), "in")
    notes = (*edition.printed_notes.get(page.uri, ()), *(edition.changes_at(document) if document else ()))
    yield from passages("editors’ note", ((f"note-{note.id}", note.title) for note in notes), "editors’ note on")


def _document(document: Document, site: str, address: str) -> Iterator[Record]:
    """Yield the records of a document and its passages."""
    front, title = document.front, document.title
    if isinstance(front, CommentaryFront):
        text, part, authors, publisher = _commentary(front), "paragraph", tuple(front.authors), front.publisher
    else:
        text, part, authors, publisher = _declaration(front), "clause", (), ""
    published = Publication("document", site, authors=authors, publisher=publisher, date=document.date)
    yield Record(document.id, title, f"{text}, in {site}", address, published)
    published = published._replace(kind="passage", whole=title, part=part)
    for id, passage in document.passages.items():
        name = passage.name if part == "clause" else f"Paragraph {id.removeprefix('p')}"
        where = f"clause {_quoted(name)}" if part == "clause" else f"para. {id.removeprefix('p')},"
        yield Record(f"{document.id}-{id}", name, f"{text}, {where} in {site}", _at(address, id), published)


def _at(address: str, id: str) -> str:
    return f"{address}#{id}" if address else ""


def _commentary(front: CommentaryFront) -> str:
    names = " and ".join(front.authors) if len(front.authors) < 3 else f"{front.authors[0]} et al."
    imprint = f"({front.publisher}, {_day(front.date)})"
    if not front.series:
        return f"{names}, {_quoted(front.title, '')} {imprint}"
    return f"{names}, {_quoted(front.title)} {front.series}{f' {front.number}' if front.number else ''} {imprint}"


def _declaration(front: DeclarationFront) -> str:
    return f"{_quoted(front.title)} {f'{front.place}, ' if front.place else ''}{_day(front.date)}"


def _quoted(title: str, comma: str = ",") -> str:
    """Return a title in quotation marks, those within it made single."""
    if '"' in title or "“" in title:
        title = _STRAIGHT.sub(r"‘\1’", title).translate(_INNER)
    return f"“{title}{comma}”"


def _day(date: Date) -> str:
    """Return a date as Chicago writes it: `May 11, 2004`."""
    month = MONTHS[date.month - 1] if date.month else ""
    return f"{month} {date.day}, {date.year}" if date.day else f"{month} {date.year}" if month else str(date.year)


def export(found: Sequence[Record], ending: str) -> str:
    """Return records in the format of a file ending."""
    return _WRITERS[ending](found)


def _chicago(found: Sequence[Record]) -> str:
    return "\n\n".join([f"[{one.key}] {chicago(one)}" for one in found]) + "\n"


def chicago(record: Record) -> str:
    """Return a record as a note in Chicago's form."""
    return f"{record.text}, {record.url}." if record.url else f"{record.text}."


def _bibtex(found: Sequence[Record]) -> str:
    @cache
    def common(some: Publication) -> str:
        names = (f"{{{name}}}" if " and " in name else name for name in (name.translate(_TEX) for name in some.authors))
        fields = (
            ("author", " and ".join(names)),
            ("booktitle", some.whole.translate(_TEX)),
            ("note", some.note.translate(_TEX)),
            ("publisher", some.publisher.translate(_TEX)),
            ("date", some.date.iso if some.date else ""),
        )
        return "".join(f"  {name} = {{{value}}},\n" for name, value in fields if value)

    items = []
    for one in found:
        url = f"  url = {{{one.url}}},\n" if one.url else ""
        title = f"  title = {{{one.title.translate(_TEX)}}},\n"
        items.append(f"@{_TYPES[one.publication.kind][0]}{{{one.key},\n{title}{common(one.publication)}{url}}}\n")
    return "\n".join(items)


def _ris(found: Sequence[Record]) -> str:
    @cache
    def common(some: Publication) -> str:
        year, month, day = (*some.date.iso.split("-"), "", "")[:3] if some.date else ("", "", "")
        fields = (
            *(("AU", name) for name in some.authors),
            ("T2", some.whole),
            ("DA", f"{year}/{month}/{day}/" if year else ""),
            ("PY", year),
            ("PB", some.publisher),
            ("N1", some.note),
        )
        return "".join(f"{tag}  - {value}\r\n" for tag, value in fields if value)

    items = []
    for one in found:
        head = f"TY  - {_TYPES[one.publication.kind][1]}\r\nID  - {one.key}\r\nTI  - {one.title}\r\n"
        url = f"UR  - {one.url}\r\n" if one.url else ""
        items.append(f"{head}{common(one.publication)}{url}ER  - \r\n")
    return "\r\n".join(items)


def _csl(found: Sequence[Record]) -> str:
    @cache
    def common(some: Publication) -> str:
        numbers = [some.date.year, some.date.month, some.date.day] if some.date else []
        fields = {
            "type": _TYPES[some.kind][2],
            "container-title": some.whole or (some.site if some.kind == "page" else ""),
            "author": [{"literal": name} for name in some.authors],
            "publisher": some.publisher,
            "issued": {"date-parts": [[number for number in numbers if number]]} if numbers else {},
            "note": some.note,
        }
        return json.dumps({name: value for name, value in fields.items() if value}, ensure_ascii=False)[1:-1]

    # Joined by hand, one record a line: the standard library would write what records have in common again and again.
    items = []
    for one in found:
        head = f'"id": {encode_basestring(one.key)}, "title": {encode_basestring(one.title)}'
        url = f', "URL": {encode_basestring(one.url)}' if one.url else ""
        items.append(f"{{{head}, {common(one.publication)}{url}}}")
    return "[\n" + ",\n".join(items) + "\n]\n"


_WRITERS: Mapping[str, Callable[[Sequence[Record]], str]] = {
    "txt": _chicago,
    "bib": _bibtex,
    "ris": _ris,
    "json": _csl,
}
