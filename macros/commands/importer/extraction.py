"""Extraction: the text of a document out of a web page or a PDF, and whether it is the document that was asked for.

What typesetting puts into a text and a reader never sees is left out: soft hyphens, non-breaking spaces, the
hyphens and line ends of a PDF's lines, page numbers and running heads.
"""

import io
import re
from collections import Counter
from dataclasses import dataclass

import trafilatura
from lxml import html as lxml_html
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from ...model.date import MONTHS, Date
from ...model.front import DeclarationFront
from ...text.line import one_line
from ...text.words import fold
from .fetching import Fetched

_INVISIBLE = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u00ad": None, "\u200b": None, "\ufeff": None, "\t": " "})
_LIST_MARK = re.compile(r"^[-–•·]\s+")
_ROW = re.compile(r"^\|(.*)\|?$")
_PAGE_NUMBER = re.compile(r"^(?:page\s++)?[-–]?\s*+\d{1,3}(?:\s*+(?:/|of)\s*+\d{1,3})?\s*+[-–]?$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?:;]['”’\")\]]*$")
_DAYS = "(?:mon|tues|wednes|thurs|fri|satur|sun)day,? "
_DATE_LINE = re.compile(rf"(?:{_DAYS})?(?:\d|{'|'.join(MONTHS).lower()}|[a-z]{{3}}\.|[\s,./年月日-])++")
_SMALL_WORDS = frozenset("a an and at by for from in of on or the to with".split())
SHORTEST = 200  # characters: less is a notice and not a document


class ExtractionError(Exception):
    """A page is not the document, or holds no text; the message is one sentence for the contributor."""


@dataclass(frozen=True)
class Extracted:
    """A text in paragraphs, with the title of the page and all words on it."""

    title: str
    paragraphs: tuple[str, ...]
    everything: str

    @property
    def text(self) -> str:
        """The text as a witness keeps it: paragraphs between blank lines."""
        return "\n\n".join(self.paragraphs) + "\n"


def extract(fetched: Fetched) -> Extracted:
    """Return the main text of a page or PDF; raises `ExtractionError`."""
    found = _from_pdf(fetched.content) if fetched.is_pdf else _from_html(fetched.content)
    if sum(map(len, found.paragraphs)) < SHORTEST:
        raise ExtractionError(
            f"{fetched.address} holds hardly any text ({sum(map(len, found.paragraphs))} characters): "
            "give the page of the document itself with --from"
        )
    # What a stranger's page holds is shown in a terminal before it is taken in.
    return Extracted(
        one_line(found.title), tuple(one_line(paragraph) for paragraph in found.paragraphs), one_line(found.everything)
    )


def _from_html(content: bytes) -> Extracted:
    if b"<html" in content.lower() and b"</html" not in content.lower()[-2000:]:
        raise ExtractionError("the page ends before its end tag, so it was probably cut off: try again later")
    document = trafilatura.bare_extraction(
        content, include_comments=False, include_tables=True, favor_recall=True, with_metadata=True, as_dict=False
    )
    if document is None or isinstance(document, dict):
        raise ExtractionError("no text was found on the page: give the page of the document itself with --from")
    lines = [_line(line) for line in (document.text or "").split("\n")]
    everything = " ".join(" ".join(lxml_html.fromstring(content).itertext()).split()) if content.strip() else ""
    title = " ".join((document.title or "").split())
    return Extracted(
        title, _without_head(tuple(line for line in lines if line), title), everything.translate(_INVISIBLE)
    )


def _line(line: str) -> str:
    line = line.translate(_INVISIBLE).strip()
    if row := _ROW.match(line):
        line = " ".join(cell.strip() for cell in row[1].split("|"))
    return " ".join(_LIST_MARK.sub("", line).split())


def _without_head(paragraphs: tuple[str, ...], title: str) -> tuple[str, ...]:
    """Leave out the title and a line of date above the text: they are the record's front matter."""
    start = 0
    while start < min(3, len(paragraphs)) and _is_head(paragraphs[start], title):
        start += 1
    return paragraphs[start:]


def _is_head(paragraph: str, title: str) -> bool:
    said, known = fold(paragraph).lower(), fold(title).lower()
    rest = said.replace(known, "") if known else said
    return said in known or not rest.strip(" ,.-") or bool(_DATE_LINE.fullmatch(rest.strip(" ,.-()")))


def _from_pdf(content: bytes) -> Extracted:
    try:
        reader = PdfReader(io.BytesIO(content))
        pages = [page.extract_text() or "" for page in reader.pages]
        title = str(reader.metadata.title or "") if reader.metadata else ""
    except (PyPdfError, ValueError, KeyError, OSError) as error:
        raise ExtractionError(f"the PDF cannot be read ({error}): try another copy with --from") from None
    lines = [[line.translate(_INVISIBLE).strip() for line in page.split("\n")] for page in pages]
    running = Counter(line for page in lines for line in {*page[:2], *page[-2:]} if line)
    repeated = {line for line, count in running.items() if len(pages) > 2 and count > len(pages) / 2}
    kept = [line for page in lines for line in page if line not in repeated and not _PAGE_NUMBER.match(line)]
    return Extracted(title, _without_head(tuple(_joined(kept)), title), " ".join(" ".join(kept).split()))


def _joined(lines: list[str]) -> list[str]:
    """Join the lines of a PDF to paragraphs: one ends at a blank line, or at a short line that ends a sentence."""
    widest = max((len(line) for line in lines), default=0)
    paragraphs: list[str] = []
    current = ""
    for line in lines:
        if not line:
            paragraphs.append(current)
            current = ""
            continue
        if current.endswith("-") and current[-2:-1].isalpha() and line[:1].islower():
            current = current[:-1] + line
        else:
            current = f"{current} {line}".strip()
        is_short = len(line) < widest * 0.75
        if is_short and (_SENTENCE_END.search(line) or len(current) < 60):
            paragraphs.append(current)
            current = ""
    return [paragraph for paragraph in [*paragraphs, current] if paragraph]


def disagreements(extracted: Extracted, front: DeclarationFront) -> tuple[str, ...]:
    """Say in what a page differs from the document that is asked for: title, date, participants; nothing if none."""
    everything = fold(f"{extracted.title} {extracted.everything}").lower()
    found = []
    words = [word for word in re.findall(r"\w{2,}", fold(front.title).lower()) if word not in _SMALL_WORDS]
    missing = [word for word in words if word not in everything]
    if len(missing) > len(words) // 3:
        found.append(f"its title “{front.title}” does not stand on it")
    if not _written(front.date).search(everything):
        found.append(f"the date {front.date} does not stand on it")
    names = [fold(person.name).lower().split()[-1] for person in front.participants]
    absent = [person.name for person, name in zip(front.participants, names, strict=True) if name not in everything]
    if names and len(absent) > len(names) / 2:
        found.append(f"it does not name {', '.join(absent)}")
    return tuple(found)


def _written(date: Date) -> re.Pattern[str]:
    """Return a pattern of the ways in which pages write a date, in English or with 年月日, folded and in lower case."""
    if not date.month:
        return re.compile(rf"\b{date.year}\b")
    name = MONTHS[date.month - 1].lower()
    month = rf"(?:{name}|{name[:3]}\.?)"
    day = rf"{date.day}" if date.day else r"\d{1,2}"
    is_known = "" if date.day else "?"
    return re.compile(
        rf"\b{date.iso}|{date.year}年{date.month}月(?:{day}日){is_known}"
        rf"|\b{month} (?:{day},? ){is_known}{date.year}\b|\b(?:{day} ){is_known}{month},? {date.year}\b"
    )
