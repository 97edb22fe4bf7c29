"""Exports: citations of documents, pages and their passages, as text and in the formats of reference managers.

Formats: the notes of the *Chicago Manual of Style* (18th edition, notes and bibliography); BibTeX as BibLaTeX reads
it; RIS as its specification of 2011 has the tags; CSL-JSON 1.0.2.  The day of reading is the reader's own to add.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate
from json.encoder import encode_basestring
from typing import Literal, NamedTuple

from ..derived.evidence import basis
from ..derived.index import by_uri, thread_pages
from ..derived.rows import comparison_rows
from ..derived.uses import notes_of_page
from ..model.date import MONTHS, Date
from ..model.document import Document
from ..model.edition import Edition
from ..model.front import CommentaryFront, DeclarationFront
from ..model.kind import COMMENTARY
from ..model.name import Name, listed
from ..model.passage import Clause, Passage
from ..text.file import TextFile
from .addresses import Site

FORMATS: Mapping[str, str] = {"txt": "Chicago", "bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}
"""File endings of the formats, with the name that a reader knows each by."""

Kind = Literal["work", "report", "page", "part"]

_TYPES: Mapping[Kind, tuple[str, str, str]] = {
    "work": ("misc", "GEN", "document"),
    "report": ("report", "RPRT", "report"),
    "page": ("online", "ELEC", "webpage"),
    "part": ("inbook", "CHAP", "chapter"),
}
"""What each kind of record is in BibTeX, RIS and CSL-JSON; a report is a work of a series."""

_TEX = str.maketrans(
    {sign: f"\\{sign}" for sign in "{}%&$#_"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)
_WORD = re.compile(r"[^\W\d_](?:[\w’'.-]|\\_)*")
_INNER = str.maketrans("“”", "‘’")
_STRAIGHT = re.compile('"([^"]*)"')


class Publication(NamedTuple):
    """What all records of one kind in a document have in common; a field that does not apply is empty.

    `whole` is the title of what a part belongs to; `note` says what is cited, where it is published, and where the
    official text of it is.
    """

    kind: Kind
    note: str
    whole: str = ""
    authors: tuple[Name, ...] = ()
    publisher: str = ""
    date: Date | None = None
    place: str = ""
    series: str = ""
    number: str = ""


class Record(NamedTuple):
    """What a citation says of one thing; `text` is the citation in Chicago's form without the address."""

    key: str
    title: str
    text: str
    url: str
    publication: Publication


def key(edition: Edition, page: TextFile) -> str:
    """Return what a page's citations are known by: a document's id or a page's path; empty if it is not cited."""
    document = by_uri(edition).get(page.uri)
    if document:
        return document.id
    return (
        page.uri.removesuffix(".md")
        if page.uri in comparison_rows(edition) or page.uri in thread_pages(edition)
        else ""
    )


def citations(key: str, ending: str) -> str:
    """Return the path of citations below the site's root."""
    return f"cite/{key}.{ending}"


def records(edition: Edition, page: TextFile, site: Site) -> Iterator[Record]:
    """Yield the records of a page that is cited: itself first, its passages, rows and notes.

    What is ours (notes, comparisons, threads) is cited as part of this edition, with its editors and its date.
    """
    own, address = key(edition, page), site.page(page.uri)
    document = by_uri(edition).get(page.uri)
    if not own:
        return
    if document:
        title, about = document.title, _work(document)
        yield from _document(edition, document, site, address)
    else:
        title = about = page.title
        about = _quoted(title)
        part = "Thread" if page.uri in thread_pages(edition) else "Comparison"
        published = _ours(edition, site, "page", f"{part}, in {site.name}")._replace(publisher=site.name)
        yield Record(own, title, _of_ours(edition, site, title), address, published)

    def parts(what: str, names: Iterable[tuple[str, str]]) -> Iterator[Record]:
        published = _ours(edition, site, "part", f"{what[:1].upper()}{what[1:]} {about}, in {site.name}")
        for id, name in names:
            yield Record(
                f"{own}-{id}", name, _of_ours(edition, site, name, f"{what} {about}"), _at(address, id), published
            )

    yield from parts("row of", ((row.anchor, row.name) for row in comparison_rows(edition).get(page.uri, ())))
    notes = ((f"note-{note.id}", note.title) for note in notes_of_page(edition, page))
    yield from parts("editors’ note on", notes)


def _ours(edition: Edition, site: Site, kind: Kind, note: str) -> Publication:
    """Return what records of the edition's own text share: its editors, or where none are named the edition itself."""
    authors = edition.editors or (Name(site.name, is_body=True),)
    return Publication(kind, note, site.name, authors, date=site.date)


def _of_ours(edition: Edition, site: Site, title: str, what: str = "") -> str:
    """Return a citation of the edition's own text: its editors first, or where none are named its title."""
    parts = [listed(edition.editors, most=2), _quoted(title), what, f"in {site.name}"]
    if not edition.editors:
        parts = [site.name, _quoted(title), what]
    return _joined([*parts, _day(site.date) if site.date else ""])


def _document(edition: Edition, document: Document, site: Site, address: str) -> Iterator[Record]:
    """Yield the records of a document and its passages; what we call them stands in brackets."""
    front, title, text = document.front, document.title, _work(document)
    published = Publication("work", f"In {site.name}", date=document.date)
    official = ""
    if isinstance(front, CommentaryFront):
        published = published._replace(
            kind="report" if front.series else "work",
            authors=tuple(front.authors),
            publisher=front.publisher,
            series=front.series or "",
            number=front.number or "",
        )
    elif isinstance(front, DeclarationFront):
        official = front.official[0].url if front.official else ""
        note = f"{published.note}; official text: {official}" if official else published.note
        issuers = (Name(front.issuer, is_body=True),) if front.issuer else ()
        published = published._replace(authors=issuers, place=front.place or "", note=note)
    yield Record(document.id, title, _joined([text, official, f"in {site.name}"]), address, published)
    is_commentary = document.kind is COMMENTARY
    part = "Paragraph" if is_commentary else "Clause, with the editors’ heading,"
    published = published._replace(kind="part", whole=title, note=f"{part} {published.note.replace('In ', 'in ', 1)}")
    for id, passage in document.passages.items():
        name = f"[Paragraph {id.removeprefix('p')}]" if is_commentary else f"[{passage.name}]"
        where = f"para. {id.removeprefix('p')}" if is_commentary else f"clause {name}"
        held = _held(edition, document, passage)
        cited = _joined([text, official, where, held, f"in {site.name}"])
        said = published._replace(note=f"{published.note} ({held})") if held else published
        yield Record(f"{document.id}-{id}", name, cited, _at(address, id), said)


def _held(edition: Edition, document: Document, passage: Passage) -> str:
    """Say what is cited of a text that is not held in full: words as others quote them, or a summary and its basis."""
    if not isinstance(passage, Clause) or document.is_in_full:
        return ""
    if passage.is_named:
        return "of which only that it is named is known"
    known = basis(edition, (passage,))
    return "as quoted" if passage.own else f"summarized from {known}" if known else "summarized"


def _at(address: str, id: str) -> str:
    return f"{address}#{id}" if address else ""


def _work(document: Document) -> str:
    """Return a document as a note names it: who, what, and where and when it was published."""
    front = document.front
    if isinstance(front, DeclarationFront):
        return _joined([front.issuer or "", _quoted(front.title), front.place or "", _day(front.date)])
    who, imprint = listed(tuple(front.authors), most=2), f"({front.publisher}, {_day(front.date)})"
    series = f"{front.series}{f' {front.number}' if front.number else ''}" if front.series else ""
    named = _joined([who, _quoted(front.title), series])
    return f"{named} {imprint}"


def _joined(parts: Iterable[str]) -> str:
    """Return the parts of a citation with commas between them, which stand within closing quotation marks."""
    return ", ".join(filter(None, parts)).replace("”,", ",”")


def _quoted(title: str) -> str:
    """Return a title in quotation marks, those within it made single."""
    if '"' in title or "“" in title:
        title = _STRAIGHT.sub(r"‘\1’", title).translate(_INNER)
    return f"“{title}”"


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
    text = _joined([record.text, record.url])
    return f"{text[:-1]}.”" if text.endswith("”") else f"{text}."


def _tex(text: str) -> str:
    return text.translate(_TEX)


def _even(text: str) -> str:
    """Return what is written for BibTeX, no brace in it without another: programs count escaped ones too."""
    if r"\{" not in text and r"\}" not in text:
        return text  # all braces are our own
    depths = tuple(accumulate((sign == "{") - (sign == "}") for sign in text if sign in "{}"))
    if min(depths) >= 0 and not depths[-1]:
        return text
    return text.replace(r"\{", r"\textbraceleft{}").replace(r"\}", r"\textbraceright{}")


def _capitals(title: str) -> str:
    """Return a title for BibTeX, its words with capitals in braces, since styles may print titles in small letters."""
    return _WORD.sub(lambda word: word[0] if word[0] == word[0].lower() else f"{{{word[0]}}}", _tex(title))


def _tex_name(name: Name) -> str:
    if name.is_body or not name.given:
        return f"{{{_even(_tex(str(name)))}}}"
    family = f"{name.particle} {name.family}".strip()
    return ", ".join(_even(_tex(part)) for part in (family, name.suffix, name.given) if part)


def _bibtex(found: Sequence[Record]) -> str:
    @cache
    def common(some: Publication) -> str:
        fields = (
            ("author", " and ".join(_tex_name(name) for name in some.authors)),
            ("booktitle" if some.kind == "part" else "organization", _capitals(some.whole)),
            ("series", _tex(some.series)),
            ("number", _tex(some.number)),
            ("note", _tex(some.note)),
            ("publisher", _tex(some.publisher)),
            ("location", _tex(some.place)),
            ("date", some.date.iso if some.date else ""),
        )
        return "".join(f"  {name} = {{{_even(value)}}},\n" for name, value in fields if value)

    items = []
    for one in found:
        url = f"  url = {{{one.url}}},\n" if one.url else ""
        title = f"  title = {{{_even(_capitals(one.title))}}},\n"
        items.append(f"@{_TYPES[one.publication.kind][0]}{{{one.key},\n{title}{common(one.publication)}{url}}}\n")
    return "\n".join(items)


def _ris(found: Sequence[Record]) -> str:
    @cache
    def common(some: Publication) -> str:
        year, month, day = (*some.date.iso.split("-"), "", "")[:3] if some.date else ("", "", "")
        fields = (
            *(("AU", name.inverted) for name in some.authors),
            ("T2", some.whole),
            ("T3", some.series),
            ("IS", some.number),
            ("DA", f"{year}/{month}/{day}/" if year else ""),
            ("PY", year),
            ("PB", some.publisher),
            ("CY", some.place),
            ("N1", some.note),
        )
        return "".join(f"{tag}  - {value}\r\n" for tag, value in fields if value)

    items = []
    for one in found:
        head = f"TY  - {_TYPES[one.publication.kind][1]}\r\nID  - {one.key}\r\nTI  - {one.title}\r\n"
        url = f"UR  - {one.url}\r\n" if one.url else ""
        items.append(f"{head}{common(one.publication)}{url}ER  - \r\n")
    return "\r\n".join(items)


def _csl_name(name: Name) -> dict[str, str]:
    if name.is_body or not name.given:
        return {"literal": str(name)}
    parts = {"family": name.family, "given": name.given, "non-dropping-particle": name.particle, "suffix": name.suffix}
    return {part: value for part, value in parts.items() if value}


def _csl(found: Sequence[Record]) -> str:
    @cache
    def common(some: Publication) -> str:
        numbers = [some.date.year, some.date.month, some.date.day] if some.date else []
        fields = {
            "type": _TYPES[some.kind][2],
            "container-title": some.whole,
            "author": [_csl_name(name) for name in some.authors],
            "collection-title": some.series,
            "number" if some.kind == "report" else "collection-number": some.number,
            "publisher": some.publisher,
            "publisher-place": some.place,
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
