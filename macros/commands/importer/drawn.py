"""Drawn: what a PDF draws over and under its signs, by which a reader sees them struck out, or does not see them.

A line through words strikes them out, drawn or set by a comment.  Signs in the colour of what lies under them, or set
to be invisible, are seen by nobody; over a picture they may be seen, or be what a scanner read in it.
"""

import ctypes
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from math import ceil, floor
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

STRUCK, UNSEEN, TINY = "struck out", "in the colour of what lies under it, or invisible", "too small to be read"
_THROUGH = (0.15, 0.55)  # of a sign's size above its base: a line lower down stands under words
_FLAT, _THIN = 0.5, 3.0  # points: how far a line may fall, how high a filled one may be
_TINY = 2.5  # points
_ALIKE = 24  # of 255, by which colours differ
_POINTS = 6  # that a rectangle has at the most
_INVISIBLE = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)

_Colour = tuple[int, int, int, int]
_WHITE: _Colour = (255, 255, 255, 255)


class _Area(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float
    colour: _Colour | None  # a picture has none


class Drawn:
    """What is drawn on a page."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.areas: list[_Area] = []  # as they lie upon each other
        self.lines: defaultdict[int, list[tuple[float, float, float]]] = defaultdict(list)  # by their height in points
        for drawn in page.get_objects(
            (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING)
        ):
            self._take(drawn, page)
        for left, right, height in _struck_by_comments(page):
            self.lines[floor(height)].append((left, right, height))

    def _take(self, drawn: pypdfium2.PdfObject, page: pypdfium2.PdfPage) -> None:
        if drawn.type == pdfium.FPDF_PAGEOBJ_SHADING:
            left, bottom, right, top = page.get_mediabox()
            self.areas.append(_Area(left, bottom, right, top, None))
            return
        matrix, within = drawn.get_matrix(), drawn.container
        while within:
            matrix, within = matrix.multiply(within.get_matrix()), within.container
        is_picture = drawn.type == pdfium.FPDF_PAGEOBJ_IMAGE
        points = [matrix.on_point(x, y) for x, y in ([(0, 0), (1, 1)] if is_picture else _points(drawn))]
        if not points:
            return
        across, up = zip(*points, strict=True)
        is_filled, is_stroked = _is_painted(drawn) if not is_picture else (True, False)
        if is_picture or (is_filled and len(points) <= _POINTS):
            colour = None if is_picture else _colour(pdfium.FPDFPageObj_GetFillColor, drawn)
            self.areas.append(_Area(min(across), min(up), max(across), max(up), colour))
        pen = pdfium.FPDFPageObj_GetStrokeColor if is_stroked else pdfium.FPDFPageObj_GetFillColor
        is_line = is_stroked or (is_filled and max(up) - min(up) < _THIN)
        if not is_picture and is_line and not _are_alike(_colour(pen, drawn), _WHITE):
            for (x, y), (to, end) in pairwise(points):
                if abs(end - y) < _FLAT < abs(to - x):
                    self.lines[floor(y)].append((min(x, to), max(x, to), y))

    def why_unseen(self, text: pdfium.FPDF_TEXTPAGE, at: int, size: float) -> str:
        """Say why a sign of the page is none that a reader reads, or nothing."""
        left, right, bottom, top, x, base = (ctypes.c_double() for _ in range(6))
        pdfium.FPDFText_GetCharBox(text, at, left, right, bottom, top)
        pdfium.FPDFText_GetCharOrigin(text, at, x, base)
        middle, height = (left.value + right.value) / 2, (bottom.value + top.value) / 2
        low, high = (base.value + share * size for share in _THROUGH)
        for key in range(floor(low), ceil(high) + 1) if self.lines else ():
            if any(one <= middle <= other and low <= y <= high for one, other, y in self.lines.get(key, ())):
                return STRUCK
        under = (a for a in reversed(self.areas) if a.left <= middle <= a.right and a.bottom <= height <= a.top)
        ground = next(under, _Area(0, 0, 0, 0, _WHITE)).colour
        if ground and (_is_invisible(text, at) or _are_alike(_colour(pdfium.FPDFText_GetFillColor, text, at), ground)):
            return UNSEEN
        return TINY if size < _TINY else ""


def _is_invisible(text: pdfium.FPDF_TEXTPAGE, at: int) -> bool:
    return pdfium.FPDFTextObj_GetTextRenderMode(pdfium.FPDFText_GetTextObject(text, at)) in _INVISIBLE


def _is_painted(path: pypdfium2.PdfObject) -> tuple[bool, bool]:
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path.raw, filled, stroked)
    return bool(filled.value), bool(stroked.value)


def _points(path: pypdfium2.PdfObject) -> Iterator[tuple[float, float]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(pdfium.FPDFPath_CountSegments(path.raw)):
        pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFPath_GetPathSegment(path.raw, number), x, y)
        yield x.value, y.value


def _colour(ask: object, of: object, *which: int) -> _Colour:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    ask(of.raw if isinstance(of, pypdfium2.PdfObject) else of, *which, red, green, blue, alpha)  # type: ignore[operator]
    return red.value, green.value, blue.value, alpha.value


def _are_alike(one: _Colour, ground: _Colour) -> bool:
    return not one[3] or all(abs(a - b) < _ALIKE for a, b in zip(one[:3], ground[:3], strict=True))


def _struck_by_comments(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float, float]]:
    for number in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        comment = pdfium.FPDFPage_GetAnnot(page.raw, number)
        if pdfium.FPDFAnnot_GetSubtype(comment) == pdfium.FPDF_ANNOT_STRIKEOUT:
            for at in range(pdfium.FPDFAnnot_CountAttachmentPoints(comment)):
                quad = pdfium.FS_QUADPOINTSF()
                pdfium.FPDFAnnot_GetAttachmentPoints(comment, at, quad)
                across, up = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
                yield min(across), max(across), (min(up) + max(up)) / 2
        pdfium.FPDFPage_CloseAnnot(comment)
