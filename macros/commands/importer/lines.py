"""Lines of a PDF: its signs as PDFium gives them, with their places, put together as they are read.

A sign that stands higher and smaller than its line is raised: a power, or the mark of a note, as on a page.  One that
is printed twice over itself, as some programs do for bold type, is there once.
"""

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from .blocks import Left, clean
from .drawn import STRUCK, TINY, UNSEEN, Drawn

_BREAKS = (0x0A, 0x0D)
_HYPHENS = (0x02, 0xFFFE)  # as which PDFium gives a hyphen at the end of a line
_BOLD = re.compile("bold|black|heavy|cmbx", re.IGNORECASE)
_BOLD_WEIGHT = 540
_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_UNIT = re.compile(r"(?:^|[\s\d(/])(?:[kcdm]?m|km)$")
_SAME_PLACE = 0.12  # of a sign's size
_RAISED_BY, _RAISED_SIZE = 0.15, 0.85  # of the line's size
_NEXT_LINE = 0.6  # of a sign's size
_UPRIGHT = 0.98  # of the cosine of its angle, from which on a sign stands in a line
_WIDE_GAP = 2.0  # of a sign's size: between two columns, or two cells
_LONG_SIDE = 22  # signs that a line of a column has on the average
_LEAST_ROWS = 5  # lines side by side that make columns
_IN_LINE = (STRUCK, UNSEEN, TINY)


@dataclass(frozen=True)
class Line:
    """A line: its text, its page, its place in points from the lower left corner, and how it is set.

    `is_broken` says that the PDF does not tell what some of its signs mean.  One with wide gaps is a row of `cells`,
    each with the places where it begins and ends.
    """

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float
    is_bold: bool = False
    is_broken: bool = False
    cells: tuple[tuple[float, float, str], ...] = ()

    @property
    def is_row(self) -> bool:
        """Whether it has wide gaps."""
        return bool(self.cells)


@dataclass(frozen=True)
class _Sign:
    text: str
    left: float
    right: float
    base: float
    size: float
    is_bold: bool
    is_broken: bool


def lines_of(page: pypdfium2.PdfPage, number: int) -> tuple[list[Line], list[Left]]:
    """Return the lines of a page in the order in which they are read, column after column; and what stands aside."""
    text = page.get_textpage()  # what `raw` points to lives as long as this
    aside = _aside(text.raw, page)
    rows = [segments for signs in _rows(text.raw, aside) if (segments := _segments(signs))]
    left = [
        Left(words, f"{why}, page {number}")
        for why in dict.fromkeys(aside.values())
        if (words := clean("".join(chr(code) for at, code in _codes(text.raw) if aside.get(at) == why)))
    ]
    return _ordered([_line(parts, number, is_row=is_row) for parts, is_row in _in_columns(rows)]), left


def _codes(page: pdfium.FPDF_TEXTPAGE) -> Iterator[tuple[int, int]]:
    return ((at, pdfium.FPDFText_GetUnicode(page, at)) for at in range(pdfium.FPDFText_CountChars(page)))


def _aside(page: pdfium.FPDF_TEXTPAGE, of: pypdfium2.PdfPage) -> dict[int, str]:
    """Return the signs that are no part of a page's lines, by their numbers, with the reason.

    What begins on a page and runs over its edge belongs to it.
    """
    box, drawn = of.get_cropbox(), Drawn(of)
    found, count, begins = dict[int, str](), 0, True
    x, y = ctypes.c_double(), ctypes.c_double()
    for at, code in _codes(page):
        if code in _BREAKS or chr(code).isspace():
            if at - 1 in found:
                found[at] = found[at - 1]
            begins = begins or code in _BREAKS
            continue
        count += 1
        pdfium.FPDFText_GetCharOrigin(page, at, x, y)
        if math.cos(pdfium.FPDFText_GetCharAngle(page, at)) < _UPRIGHT:
            found[at] = "set sideways"
        elif (begins or at - 1 in found) and not (box[0] <= x.value <= box[2] and box[1] <= y.value <= box[3]):
            found[at] = "beyond the edge of the page"
        elif why := drawn.why_unseen(page, at, _size(page, at)):
            found[at] = why
        begins = False
    is_aside = len(found) * 2 < count  # or else the page is turned, or its ground is not known
    return found if is_aside else {at: why for at, why in found.items() if why == STRUCK}


def _ordered(lines: list[Line]) -> list[Line]:
    """Return lines from above to below, where a program has set them otherwise and none stand side by side."""
    heights = sorted(line.base for line in lines)
    are_apart = all(other - one > _NEXT_LINE * lines[0].size for one, other in pairwise(heights))
    return sorted(lines, key=lambda line: -line.base) if are_apart else lines


def _rows(page: pdfium.FPDF_TEXTPAGE, aside: Mapping[int, str]) -> Iterator[list[_Sign]]:
    signs: list[_Sign] = []
    places: dict[tuple[str, int], list[float]] = {}
    for at in range(pdfium.FPDFText_CountChars(page)):
        code = pdfium.FPDFText_GetUnicode(page, at)
        if code in _BREAKS:
            yield signs
            signs = []
            continue
        if at in aside and aside[at] not in _IN_LINE:
            continue
        sign = _sign(page, at, code)
        if at in aside:
            sign = replace(sign, text="", is_broken=False)  # its place is no gap between cells
        if signs and sign.left < signs[-1].left and abs(sign.base - signs[-1].base) > _NEXT_LINE * sign.size:
            yield signs  # behind a hyphen PDFium goes on in the next line
            signs = []
        near = places.setdefault((sign.text, round(sign.base)), [])
        if sign.text.isspace() or not any(abs(left - sign.left) < _SAME_PLACE * sign.size for left in near):
            near.append(sign.left)
            signs.append(sign)
    yield signs


def _sign(page: pdfium.FPDF_TEXTPAGE, at: int, code: int) -> _Sign:
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    pdfium.FPDFText_GetCharBox(page, at, left, right, bottom, top)
    pdfium.FPDFText_GetCharOrigin(page, at, x, y)
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(page, at, name, 128, flags)
    is_bold = bool(_BOLD.search(name.value.decode("utf-8", "replace")))
    is_bold = is_bold or pdfium.FPDFText_GetFontWeight(page, at) >= _BOLD_WEIGHT
    is_broken = not code or pdfium.FPDFText_HasUnicodeMapError(page, at) == 1
    is_broken = is_broken or unicodedata.category(chr(code)) in ("Co", "Cn")
    is_hyphen = code in _HYPHENS
    text = (
        "-"
        if is_hyphen
        else "\ufffd"
        if is_broken
        else unicodedata.normalize("NFKC", chr(code))
        if 0xFB00 <= code <= 0xFB06
        else chr(code)
    )
    return _Sign(text, left.value, right.value, y.value, _size(page, at), is_bold, is_broken and not is_hyphen)


def _size(page: pdfium.FPDF_TEXTPAGE, at: int) -> float:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(page, at, matrix)
    return float(pdfium.FPDFText_GetFontSize(page, at) * (abs(matrix.d) or abs(matrix.b) or 1.0))


def _segments(signs: Sequence[_Sign]) -> list[list[_Sign]]:
    """Part a row at its wide gaps."""
    found: list[list[_Sign]] = []
    last: _Sign | None = None
    for sign in signs:
        if sign.text.isspace():
            if found:
                found[-1].append(sign)
            continue
        if last is None or sign.left - last.right > _WIDE_GAP * max(sign.size, last.size):
            found.append([])
        found[-1].append(sign)
        last = sign
    return [some for some in found if any(sign.text.strip() for sign in some)]


_Parts = Sequence[list[_Sign]]
"""A row, parted at its wide gaps."""


def _in_columns(rows: Sequence[list[list[_Sign]]]) -> Iterator[tuple[_Parts, bool]]:
    """Yield the parts of each line: of two columns set side by side the left one first, of other rows all at once."""
    left: list[list[_Sign]] = []
    right: list[list[_Sign]] = []
    for row in [*rows, None]:
        if row is not None and len(row) == 2:
            left.append(row[0])
            right.append(row[1])
            continue
        yield from _side_by_side(left, right)
        left, right = [], []
        if row is not None:
            yield row, len(row) > 2


def _side_by_side(left: _Parts, right: _Parts) -> Iterator[tuple[_Parts, bool]]:
    are_long = all(sum(map(len, side)) >= _LONG_SIDE * len(side) for side in (left, right))
    if len(left) >= _LEAST_ROWS and are_long:
        yield from (([signs], False) for signs in (*left, *right))
    else:
        for one, other in zip(left, right, strict=True):
            yield [one, other], len(one) > 8 or len(left) > 1


def _apart(signs: Sequence[_Sign]) -> Iterator[_Sign]:
    yield from signs
    if signs:
        last = signs[-1]
        yield _Sign(" ", last.right, last.right, last.base, last.size, last.is_bold, is_broken=False)


def _line(parts: _Parts, number: int, *, is_row: bool) -> Line:
    signs = [sign for part in parts for sign in _apart(part)]
    seen = [sign for sign in signs if not sign.text.isspace()]
    sizes = sorted(sign.size for sign in seen)
    size = sizes[len(sizes) // 2]
    bases = sorted(sign.base for sign in seen if sign.size >= size * _RAISED_SIZE)
    base = bases[len(bases) // 2]
    return Line(
        clean(_with_raised(signs, base, size)),
        number,
        min(sign.left for sign in seen),
        max(sign.right for sign in seen),
        base,
        size,
        all(sign.is_bold for sign in seen),
        any(sign.is_broken for sign in seen),
        tuple(_cell(part, base, size) for part in parts) if is_row else (),
    )


def _cell(part: Sequence[_Sign], base: float, size: float) -> tuple[float, float, str]:
    seen = [sign for sign in part if not sign.text.isspace()]
    return seen[0].left, seen[-1].right, clean(_with_raised(part, base, size))


def _with_raised(signs: Sequence[_Sign], base: float, size: float) -> str:
    text = ""
    for is_raised, group in groupby(signs, lambda sign: _is_raised(sign, base, size)):
        said = "".join(sign.text for sign in group)
        if not is_raised:
            text += said
            continue
        before = text.rstrip()  # PDFium sees a space in what is set apart
        is_power = said.isdigit() and (before[-1:].isdigit() or _UNIT.search(before))
        text = before + (said.translate(_POWERS) if is_power else f"[{said}]")
    return text


def _is_raised(sign: _Sign, base: float, size: float) -> bool:
    is_higher = sign.base > base + _RAISED_BY * size and sign.size < size * _RAISED_SIZE
    return is_higher and (sign.text.isdigit() or sign.text in "*†‡§")
