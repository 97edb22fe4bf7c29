"""PDFs: their lines joined to paragraphs, headings and notes, without what every page has at its head and foot.

PDFium reads the signs: of the maintained readers with a free licence it alone tells where a font does not say what its
signs mean.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from itertools import groupby, pairwise, takewhile
from statistics import median

import pypdfium2

from ...derived.index import grouped
from .blocks import (
    CELL,
    MARK,
    NAMED,
    Block,
    ExtractionError,
    Left,
    Read,
    clean,
    has_ended,
    item,
    level_of,
    shortened,
    title_of,
)
from .hyphens import Hyphens
from .lines import Line, lines_of

_MOST_PAGES = 3_000
_FIGURES = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"(?:page |p\. )?[-–—|]? ?(?:\d{1,4}|[ivxlc]{1,7})(?: ?(?:/|of) ?\d{1,4})? ?[-–—|]?", re.IGNORECASE
)
_ZONE, _LONGEST_HEAD = 3, 110  # lines at the head and at the foot of a page; signs of one
_LEAST_NUMBERED = 4  # pages
_SAME_HEIGHT = 3.0  # points
_NOTE = re.compile(r"(?:\[(\d{1,3}|[*†‡§]+)\]|(\d{1,3}|[*†‡§]+)(?=[\s  ]))\s*")
_LEADERS = re.compile(r"(?:\. ?|…){4}\s?[\divxlc]{1,5}$", re.IGNORECASE)
_ARABIC_OR_HEBREW = re.compile("[\u0590-\u07ff\ufb1d-\ufdff\ufe70-\ufefc]")
_VERY_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_GIBBERISH = re.compile(r"[!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~]")
_LARGER, _SMALLER = 1.12, 0.93  # than the size of most of the text
_GAP = 1.35  # of the usual distance of lines: more parts paragraphs
_SHORT_BY, _INDENT = 0.14, 0.9  # of the column's width; of the size
_SHORT_LINE, _LONGEST_HEADING = 60, 160  # signs


def read(content: bytes, forms: Sequence[str] = ()) -> Read:
    """Read a PDF; `forms` are words whose hyphens a contributor has decided on.  Raises `ExtractionError`."""
    try:
        document = pypdfium2.PdfDocument(content)
        if len(document) > _MOST_PAGES:
            raise ExtractionError(
                f"the PDF has {len(document)} pages, more than {_MOST_PAGES}: give one document alone"
            )
        read = [lines_of(page, number) for number, page in enumerate(document, start=1)]
        pages, aside = [lines for lines, _ in read], [one for _, some in read for one in some]
        named = clean(str(document.get_metadata_dict().get("Title") or ""))
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ExtractionError("the PDF is locked by a password: take another copy with --from") from None
        raise ExtractionError(f"the PDF cannot be read ({error}): try another copy with --from") from None
    everything = [line for page in pages for line in page]
    if sum(len(line.text) for line in everything) < len(pages) * 20:
        raise ExtractionError(
            "the pages of this PDF are pictures of a text, without the text: take a page or a text file with --from, "
            "or have its letters recognised first"
        )
    left, kept = _without_furniture(pages)
    texts, notes = _paragraphs(kept, Hyphens([line.text for line in everything], forms, _close))
    is_said = bool(named) and named.lower() in " ".join(block.text for block in texts[:8]).lower()
    title, doubts = named if is_said else title_of(texts) or named, _doubts(everything, kept)
    return Read(title, (*left, *aside, *texts), notes, doubts=doubts)


def _without_furniture(pages: Sequence[Sequence[Line]]) -> tuple[list[Left], list[list[Line]]]:
    """Part what stands at the head or the foot of pages, in the same words but for numbers, from their text."""
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        zone = {id(line): line for line in (*_from_above(page)[:_ZONE], *_from_above(page)[-_ZONE:])}.values()
        counts.update({(key, at) for line in zone for at in _heights(line) for key in (_key(line), *_counted(line))})
    gone: list[Line] = []
    kept: list[list[Line]] = []
    for page in pages:
        ordered = _from_above(page)
        outer = set[int]()
        for edge in (ordered, ordered[::-1]):
            is_outer = partial(_is_furniture, counts=counts, pages=len(pages))
            outer |= {id(line) for line in takewhile(is_outer, edge[:_ZONE])}
        gone += [line for line in page if id(line) in outer]
        kept.append([line for line in page if id(line) not in outer])
    alike = grouped((_key(line), line) for line in gone).values()
    return [Left(some[0].text, f"head or foot of {_pages(some)}") for some in alike], kept


def _from_above(page: Sequence[Line]) -> list[Line]:
    return sorted(page, key=lambda line: -line.base)


def _key(line: Line) -> str:
    return _FIGURES.sub("#", line.text).strip()


def _counted(line: Line) -> Iterator[str]:
    """Yield by how much the number at the beginning or end of a line is more than that of its page."""
    for at in (0, -1):
        if (words := line.text.split()) and len(words) > 1 and words[at].isascii() and words[at].isdigit():
            yield f"{at} {int(words[at]) - line.page}"


def _heights(line: Line) -> tuple[int, int]:
    at = round(line.base / _SAME_HEIGHT)
    return at, at + 1


def _is_furniture(line: Line, counts: Mapping[tuple[str, int], int], pages: int) -> bool:
    often = max(counts[_key(line), at] for at in _heights(line))
    numbered = max((counts[key, at] for at in _heights(line) for key in _counted(line)), default=0)
    if numbered >= _LEAST_NUMBERED or _PAGE_NUMBER.fullmatch(line.text):
        return True
    if NAMED.match(line.text) or MARK.match(line.text):
        return often >= max(3, pages * 0.6)
    return often >= 2 and often * 3 >= pages and len(line.text) <= _LONGEST_HEAD


def _pages(lines: Sequence[Line]) -> str:
    found = sorted({line.page for line in lines})
    return f"page {found[0]}" if len(found) == 1 else f"{len(found)} pages, from {found[0]} to {found[-1]}"


def _close(one: str, other: str) -> str:
    is_wide = _VERY_WIDE.match(one[-1:]) and _VERY_WIDE.match(other[:1])
    return one + other if is_wide else f"{one} {other}"


@dataclass(frozen=True)
class _Measure:
    """How most of a text is set: the size of its signs, the distance of its lines, the sizes of headings."""

    size: float
    distance: float
    larger: tuple[float, ...]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "_Measure":
        """Measure lines."""
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
        size = sizes.most_common(1)[0][0] if sizes else 1.0
        steps = [
            above.base - line.base
            for above, line in pairwise(lines)
            if above.page == line.page and 0 < above.base - line.base < 3 * size
        ]
        larger = sorted((one for one in sizes if one > size * _LARGER), reverse=True)
        return cls(size, median(steps) if steps else 1.2 * size, tuple(larger[:3]))

    def level(self, line: Line) -> int:
        """Return the level of a heading that is set as one, or 0."""
        size = round(line.size, 1)
        if size > self.size * _LARGER:
            return 1 + (self.larger.index(size) if size in self.larger else 2)
        return 4 if line.is_bold else 0


def _paragraphs(pages: Sequence[Sequence[Line]], hyphens: Hyphens) -> tuple[list[Block], tuple[str, ...]]:
    """Return the blocks of the pages, the notes at their feet behind the paragraphs they stand under."""
    measure = _Measure.of([line for page in pages for line in page])
    found: list[Block] = []
    waiting: list[Block] = []
    count = 0
    run: list[Line] = []
    for page in pages:
        body, notes = _without_notes(page, measure)
        tables = dict(_tables(body))
        for at, line in enumerate(body):
            if at in tables:
                found += [*(_blocks(run, measure, hyphens) if run else ()), *waiting]
                run, waiting = [], []
                found += [Block("\n".join(CELL.join(row).strip() for row in rows), rows=rows) for rows in tables[at]]
                continue
            if run and _begins(line, run, body[max(0, at - 8) : at + 8], measure):
                found += [*_blocks(run, measure, hyphens), *waiting]
                run, waiting = [], []
            run.append(line)
        waiting += [_note(note, hyphens) for note in notes]
        count += len(notes)
    found += [*(_blocks(run, measure, hyphens) if run else ()), *waiting]
    loose = [some[0] for page in pages for some in _loose(page) if len(some) == 1]
    return found, tuple(_said([line for page in pages for line in page], loose, hyphens, count))


def _loose(page: Sequence[Line]) -> list[list[Line]]:
    """Return the rows of a page, as they stand below each other, that make no table and no list."""
    tables = dict(_tables(page))

    def is_loose(at: int) -> bool:
        return page[at].is_row and at not in tables and not _is_mark(page[at].cells[0][2])

    return [[page[at] for at in some] for found, some in groupby(range(len(page)), is_loose) if found]


_Rows = tuple[tuple[str, ...], ...]


def _tables(page: Sequence[Line]) -> Iterator[tuple[int, tuple[_Rows, ...]]]:
    """Yield the place of each line that is a row of a table, with the tables that end with it."""
    at = 0
    while at < len(page):
        rows = list(takewhile(lambda line: line.is_row, page[at:]))
        if len(rows) > 1 and (table := _table(rows)):
            yield from ((at + number, (table,) if number == len(rows) - 1 else ()) for number in range(len(rows)))
        at += len(rows) or 1


def _table(rows: Sequence[Line]) -> _Rows:
    """Return the cells of rows that stand below each other in columns, the empty ones too; nothing where they do not.

    The columns are those of the rows that have all cells; letters and numbers of a list make none.
    """
    width = max(len(row.cells) for row in rows)
    full = [row.cells for row in rows if len(row.cells) == width]
    columns = [(min(cell[0] for cell in some), max(cell[1] for cell in some)) for some in zip(*full, strict=True)]
    if any(one[1] >= other[0] for one, other in pairwise(columns)) or all(_is_mark(row.cells[0][2]) for row in rows):
        return ()
    found = []
    for row in rows:
        places = [
            [n for n, (left, right) in enumerate(columns) if left < end and begin < right]
            for begin, end, _ in row.cells
        ]
        if any(len(place) != 1 for place in places) or len({place[0] for place in places}) < len(places):
            return ()
        told = {place[0]: text for place, (_, _, text) in zip(places, row.cells, strict=True)}
        found.append(tuple(told.get(n, "") for n in range(width)))
    return tuple(found)


def _is_mark(text: str) -> bool:
    found = MARK.match(f"{text} ")
    return found is not None and found.end() == len(text)


def _without_notes(page: Sequence[Line], measure: _Measure) -> tuple[Sequence[Line], list[list[Line]]]:
    """Part the lines of a page from the notes at its foot."""
    for at, line in enumerate(page):
        if not at or not _NOTE.match(line.text) or _LEADERS.search(line.text):
            continue
        is_small = all(other.size < measure.size * _SMALLER for other in page[at:])
        above = page[at - 1]
        is_apart = above.base - line.base > 2.5 * measure.distance and not has_ended(above.text)
        if is_small or is_apart:
            starts = [at for at in range(at, len(page)) if _NOTE.match(page[at].text)]
            marks = [match[1] or match[2] for one in starts if (match := _NOTE.match(page[one].text))]
            numbers = [int(mark) for mark in marks if mark.isdigit()]
            if all(other == one + 1 for one, other in pairwise(numbers)):
                return page[:at], [list(page[one:end]) for one, end in pairwise([*starts, len(page)])]
    return page, []


def _note(lines: Sequence[Line], hyphens: Hyphens) -> Block:
    text = reduce(hyphens.join, [line.text for line in lines])
    match = _NOTE.match(text)
    return Block(f"[{match[1] or match[2]}] {text[match.end() :]}" if match else text)


def _begins(line: Line, run: Sequence[Line], around: Sequence[Line], measure: _Measure) -> bool:
    """Say whether a line begins a new paragraph, behind the lines of one."""
    last = run[-1]
    is_below = last.page == line.page and last.base - line.base > 0
    if is_below and last.base - line.base > _GAP * measure.distance * max(1.0, line.size / measure.size):
        return True
    if line.is_row or last.is_row or _LEADERS.search(last.text) or _LEADERS.search(line.text):
        return True
    column = [other for other in around if min(other.right, line.right) > max(other.left, line.left)]
    left, right = min(other.left for other in column), max(other.right for other in column)
    of_last = [
        other
        for other in around
        if other.page == last.page and min(other.right, last.right) > max(other.left, last.left)
    ]
    edge = max((other.right for other in of_last), default=last.right)
    is_short = last.right < max(edge, right if is_below else edge) - _SHORT_BY * (right - left)
    is_named = bool(MARK.match(line.text) or NAMED.match(line.text))
    levels = measure.level(last), measure.level(line)
    if levels[0] != levels[1]:
        return abs(last.size - line.size) > 0.5 or is_short or has_ended(last.text)
    if levels[0]:
        return bool(NAMED.match(line.text))
    if has_ended(last.text):
        is_indented = line.left - left > _INDENT * line.size and last.left - left < _INDENT * line.size
        return is_short or is_named or (is_indented and len(run) > 1)
    if line.text[0].islower():
        return False
    size = sum(len(one.text) for one in run)
    return (is_short and (is_named or size < _SHORT_LINE)) or bool(NAMED.fullmatch(last.text.rstrip(" .:")))


def _blocks(run: Sequence[Line], measure: _Measure, hyphens: Hyphens) -> Iterator[Block]:
    text = reduce(hyphens.join, [line.text for line in run])
    level = measure.level(run[0]) if all(measure.level(line) for line in run) else 0
    yield Block(item(text), level if level and len(text) <= _LONGEST_HEADING else level_of(text))


def _said(lines: Sequence[Line], loose: Sequence[Line], hyphens: Hyphens, notes: int) -> Iterator[str]:
    """Yield what a contributor should know of a text that comes from pages."""
    if notes:
        yield f"{notes} notes at the foot of pages were set behind the paragraphs they stand under"
    yield from hyphens.notes()
    apart = [line.text for line in loose]
    if apart:
        what = "line has" if len(apart) == 1 else "lines have"
        yield f"{len(apart)} {what} wide gaps between words, as “{shortened(apart[0])}”: look at them in the record"
    leaders = [line.text for line in lines if _LEADERS.search(line.text)]
    if leaders:
        yield f"it has a table of contents of {len(leaders)} lines, from “{shortened(leaders[0])}”"


def _doubts(lines: Sequence[Line], kept: Sequence[Sequence[Line]]) -> dict[str, str]:
    """Say why the text may not be what the pages show."""
    found = {}
    broken = [line for line in lines if line.is_broken or _is_gibberish(line.text)]
    if broken:
        found["fonts"] = (
            f"{len(broken)} of its lines cannot be read, since the PDF does not say what their signs mean, as on page "
            f"{broken[0].page}: “{shortened(broken[0].text)}”; look for a web page or another copy"
        )
    rows = [line for page in kept for some in _loose(page) if len(some) > 1 for line in some]
    if rows:
        found["columns"] = (
            f"{len(rows)} of its lines look like rows of a table, but in which columns they stand cannot be told, "
            f"as on page {rows[0].page}: “{shortened(rows[0].text)}”; look for a web page or another copy, or accept "
            "them and look at these lines in the record"
        )
    whole = "".join(line.text for line in lines)
    if len(_ARABIC_OR_HEBREW.findall(whole)) * 5 > len(whole):
        found["direction"] = "it runs from right to left, which a PDF does not keep: look for a web page or a text file"
    return found


def _is_gibberish(text: str) -> bool:
    signs = "".join(text.split())
    if len(signs) < 8 or _LEADERS.search(text):
        return False
    letters, odd = sum(map(str.isalpha, signs)), len(_GIBBERISH.findall(signs))
    return letters < len(signs) * 0.35 and odd > len(signs) * 0.3 and len(set(signs)) > 5
