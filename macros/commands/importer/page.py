"""Pages: the blocks of an HTML page, read as a browser shows it, with every word either kept or said to be left out.

In the end every letter of the part that was read is counted: one that is neither kept nor left out is a fault of this
module, and the page is refused.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree, html
from lxml.html import HtmlElement

from ...text.numeral import numeral
from .blocks import CELL, MARK, Block, ExtractionError, Left, Read, clean, item, level_of, paragraphs
from .furniture import around, article_of, names, root_of, trimmed, why_left
from .hyphens import Hyphens, lined
from .styles import style

_MOST = 60_000  # elements: a long treaty that was made with a word processor has half as many
_DEEPEST = 400  # elements in each other: no page of a document has 50
_MOST_CELLS = 60  # that one cell is made to span
_LONG_CELL = 60  # words: a cell that has more is part of a layout
_LONGEST_MARK = 8  # characters: `(xviii)` and `2.10.`
_ENOUGH = 12  # characters before a mark, to know what it is
_LONGEST_HEADING = 160  # characters of bold type that act as one

_SILENT = ("script", "style", "template", "head", "title", "datalist")
_BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav noframes ol p pre search
    section summary table tbody td tfoot th thead tr ul
    """.split()
)
_IN_LAYOUT = ("table", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "center", "blockquote", "article", "main")
_PERHAPS_HIDDEN = frozenset("hidden hide is-hidden d-none display-none".split())
_UNMARKED = frozenset("list-unstyled no-bullet no-bullets unstyled list-none nolist".split())
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)")
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;]*)", re.IGNORECASE)
_NO_STYLE = frozenset("inside outside initial inherit unset revert !important".split())
_AS_BULLETS = frozenset("disc circle square".split())
_KINDS = {
    **{f"{case}-{name}": sign for case, sign in (("lower", "a"), ("upper", "A")) for name in ("alpha", "latin")},
    **{"lower-roman": "i", "upper-roman": "I", "lower-greek": "greek", "decimal": "1", "decimal-leading-zero": "01"},
}
_FORMULAS = {
    "mfrac": ("", "/"),
    "msup": ("", "^"),
    "mover": ("", "^"),
    "msub": ("", "_"),
    "munder": ("", "_"),
    "msubsup": ("", "_", "^"),
    "munderover": ("", "_", "^"),
    "mroot": ("", "^(1/"),
}
"""What stands before each part of a formula, in the order in which they are written there."""
_BETWEEN = {"mtable": "; ", "mtr": ", ", "mlabeledtr": ", ", "mfenced": ", "}
_UNTOLD = ("mmultiscripts", "menclose", "mlongdiv", "mstack")
_NOTE_MARK = re.compile(r"[\[(]?((?:note )?\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§]{1,3})[\])]?", re.IGNORECASE)
_OF_NOTES = re.compile("note|fn|ref|cite", re.IGNORECASE)
_POWER = re.compile(r"[+−-]?\d{1,3}|n")
_UNIT = re.compile(r"(?:^|[\s\d(/])(?:[kcdm]?m|km|ft|yd|in|mi|s)$")
_RAISED = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_SMALL = {"^": _RAISED, "_": str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")}
_QUOTES = {"de": "„“‚‘", "fr": "«»‹›", "es": "«»“”", "it": "«»“”", "pt": "«»“”", "ru": "«»„“", "ja": "「」『』"}
# In the text of a block that is being read: what is left out, with the reason; what a browser adds; the end of a line.
_CONTROL = re.compile("[\x00-\x06]")
_LEFT = re.compile("\x01([^\x01\x02]*+)\x02([^\x01-\x03]*+)\x03")
_ADDED = re.compile("\x04[^\x04\x05]*+\x05")
_LINE = "\x06"


@dataclass(frozen=True)
class _State:
    """Where the text stands that is being read."""

    is_strict: bool = False
    is_kept: bool = False
    is_link: bool = False
    is_note: bool = False
    is_bold: bool = False
    is_pre: bool = False
    level: int = 0
    quotes: int = 0
    language: str = ""
    doubt: str = ""


def read(text: str, keep: Sequence[str] = (), words: Sequence[str] = ()) -> Read:
    """Read a page; `keep` holds the first words of what would be left out and is to stay.

    `words` are such as are broken at the end of a line, with their hyphen or without.

    Raises `ExtractionError`.
    """
    tree, named = _parsed(text)
    body = next(tree.iter("body", "frameset"), tree)
    root = root_of(body)
    hyphens = Hyphens([clean(text) for text in root.itertext()], words)
    reader = _Reader(root, keep, hyphens)
    language = next((found.get("lang") for found in (root, *root.iterancestors()) if found.get("lang")), "")
    reader.read(root, _State(is_strict=root is body or reader.article is not None, language=language.lower()))
    reader.flush(_State())
    reader.prove()
    heading = next((clean(found.text_content()) for found in (*root.iter("h1"), *body.iter("h1"))), "")
    everything = clean(" ".join((named, *tree.itertext())))
    return Read(heading or named, trimmed(reader.parts, keep), tuple(hyphens.notes()), around(body, root), everything)


def _refused(why: str) -> ExtractionError:
    return ExtractionError(f"{why}: give the page of the document itself with --from")


def _parsed(text: str) -> tuple[HtmlElement, str]:
    """Return the tree of a page, without what is never shown, and the title that the page names."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise _refused("no text was found on the page") from None
    depth = deepest = count = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
        count += event == "start"
    if count > _MOST:
        raise _refused(f"it has {count:,} elements, more than {_MOST:,}, as no page of a document has")
    if deepest > _DEEPEST:
        raise _refused(f"its elements stand in each other {deepest} deep, as on no page of a document")
    named = clean(tree.findtext("head/title") or "")
    style(tree)
    for silent in list(tree.iter(*_SILENT)):
        if silent.getparent() is not None:
            silent.drop_tree()
    return tree, named


class _Reader:
    """Reads an element into `parts`."""

    def __init__(self, root: HtmlElement, keep: Sequence[str], hyphens: Hyphens) -> None:
        self.root, self.keep, self.hyphens = root, keep, hyphens
        self.article = article_of(root) if root.tag == "main" or root.get("role") == "main" else None
        self.parts: list[Block | Left] = []
        self._line: list[str] = []  # of the block that is being read
        self._counts = (0, 0, 0)  # its letters; of them in links; in bold type
        self._mark = ""  # number, letter or bullet of the next block
        self._trail: list[str] = []  # all that was read

    def read(self, element: HtmlElement, state: _State) -> None:
        """Read an element and what is in it, but not the text behind it."""
        tag = element.tag if isinstance(element.tag, str) else ""
        is_block = tag in _BLOCKS or bool(_AS_BLOCK.search(element.get("style", "")))
        if why := self._why_left(element, state, is_block=is_block):
            if not any(clean(element.text_content()).startswith(words) for words in self.keep):
                self._leave(element, why, state, is_block=is_block)
                return
            state = replace(state, is_kept=True)
        inner = _inside(element, tag, state)
        if element is self.article:
            inner = replace(inner, is_strict=False)
        if is_block:
            self.flush(state)
        if tag == "table" and not _is_layout(element):
            self._table(element, inner)
        elif tag == "br":
            self._line.append(_LINE)
        elif tag == "img":
            self._leave_added(element.get("alt") or "", "a picture's text")
        elif tag == "a" and _may_be_mark(element, state) and self._stands_close(element):
            self._say(f"[{clean(element.text_content())}]", inner)
        elif tag == "sup" and (said := self._raised(clean(element.text_content()), element, state)):
            self._say(said, inner)
        elif len(element) == len(_FORMULAS.get(tag, ())) > 0 and not "".join(element.xpath("text()")).strip():
            self._formula(element, inner)
        else:
            self._within(element, tag, inner)
        if is_block:
            self.flush(inner)
            self._mark = self._mark if tag in ("ul", "ol") else ""

    def _why_left(self, element: HtmlElement, state: _State, *, is_block: bool) -> str:
        if state.is_kept:
            return ""
        is_heading = state.level > 0
        return why_left(element, self.root, is_block=is_block, is_heading=is_heading, is_strict=state.is_strict)

    def _within(self, element: HtmlElement, tag: str, state: _State) -> None:
        if tag == "li":
            self._mark = f"{self._mark} {element.get('data-mark', '•')}".strip()
        elif tag in ("ol", "ul", "menu", "dir"):
            items = [child for child in element if child.tag == "li"]
            for one, mark in zip(items, _marks(element), strict=True):
                one.set("data-mark", mark)
            for style in dict.fromkeys(_style_of(one) for one in (element, *items)):
                if style not in (*_KINDS, *_AS_BULLETS, "none") and style.strip("\"'") == style:
                    self._leave_added(style, "the style of a list, which is numbered otherwise here")
        if tag in _UNTOLD or tag in _FORMULAS:
            self._leave_added(tag, "how a formula is set")
        opening, closing = _quotes(state) if tag == "q" else _around(element, tag)
        self._line.append(opening)
        self._say(element.text or "", state)
        for child in element:
            self.read(child, state)
            self._say(child.tail or "", state)
            if tag in _BETWEEN and child.getnext() is not None:
                self._line.append(f"\x04{_BETWEEN[tag]}\x05")
        self._line.append(closing)

    def _formula(self, element: HtmlElement, state: _State) -> None:
        """Read the parts of a formula in one line, in brackets where a part has parts."""
        if element.get("linethickness", "").strip().startswith("0"):
            self._leave_added("a fraction without its line", "how a formula is set")
        for sign, part in zip(_FORMULAS[element.tag], element, strict=True):
            said = clean(part.text_content())
            if sign in _SMALL and _POWER.fullmatch(said) and (sign == "^" or said != "n"):
                self._say(said.translate(_SMALL[sign]), state)
                continue
            is_one = re.fullmatch(r"\w*|\W", said) and next(part.iter("msqrt", *_FORMULAS), None) is None
            opening = sign if is_one else f"{sign}("
            self._line.append(f"\x04{opening}\x05")
            self.read(part, state)
            self._line.append(f"\x04{')' * opening.count('(')}\x05")

    def _say(self, text: str, state: _State) -> None:
        text = _CONTROL.sub("", text)
        self._line.append(text.replace("\n", _LINE) if state.is_pre else text)
        count = sum(map(str.isalnum, text))
        all_letters, linked, bold = self._counts
        self._counts = all_letters + count, linked + count * state.is_link, bold + count * state.is_bold

    def _leave(self, element: HtmlElement, why: str, state: _State, *, is_block: bool) -> None:
        if is_block:
            self.flush(state)
        self._line.append(f"\x01{why}\x02{_CONTROL.sub('', ' '.join(element.itertext()))}\x03")
        self._leave_added(element.get("src") or element.get("data") or "", why)
        if is_block:
            self.flush(state)

    def _leave_added(self, text: str, why: str) -> None:
        """Say that something was left out which is no text of the page: what a picture shows, an address."""
        if text.strip():
            self._line.append(f"\x04\x01{why}\x02{_CONTROL.sub('', text)}\x03\x05")

    def _raised(self, said: str, element: HtmlElement, state: _State) -> str:
        """Return a raised figure apart from the word before it: a power stays raised, a note's mark gets brackets."""
        before = self._before()
        is_numerator = (element.tail or "").lstrip().startswith(("/", "⁄"))
        is_note = state.is_note or any((one.get("href") or "").startswith("#") for one in element.iter("a"))
        is_number = said.strip("[]()").isdigit()
        mark = _NOTE_MARK.fullmatch(said)
        if (
            not is_note
            and _POWER.fullmatch(said)
            and (is_numerator or before[-1:].isdigit() or _UNIT.search(before) or not is_number)
        ):
            return said.translate(_RAISED)
        return f"[{mark[1]}]" if mark and (is_note or is_number) else ""

    def _stands_close(self, link: HtmlElement) -> bool:
        """Say whether a link stands close behind what may have a note: a word, or a sign if its address says so."""
        before = self._before()[-1:]
        return before.isalpha() or (bool(before.strip()) and bool(_OF_NOTES.search(link.get("href", ""))))

    def _before(self) -> str:
        """Return the last signs of the block that is being read, as a reader sees them."""
        found = ""
        for part in reversed(self._line[-60:]):
            found = part + found
            if len(_visible(found)) >= _ENOUGH:
                break
        return _visible(found).rstrip(_LINE)

    def _table(self, table: HtmlElement, state: _State) -> None:
        """Read a table of data: its caption, then its rows; an empty cell keeps its place."""
        for caption in table.iter("caption"):
            self.read(caption, state)
        rows = [row for row in self._rows(table, state) if any(row)]
        width = max(map(len, rows), default=0)
        filled = [[cell for cell in row if cell] for row in rows]
        made = Block("", 0, (), state.language, state.doubt)
        if all(_is_item(row) for row in filled):
            self.parts += [replace(made, text=" ".join(row)) for row in filled]
        elif rows:
            full = tuple((*row, *[""] * (width - len(row))) for row in rows)
            self.parts.append(replace(made, text="\n".join(CELL.join(row).strip() for row in full), rows=full))

    def _rows(self, table: HtmlElement, state: _State) -> Iterator[tuple[str, ...]]:
        spans: dict[int, int] = {}  # how many rows more a cell of a column covers

        def covered(cells: list[str]) -> list[str]:
            while spans.get(len(cells), 0):
                spans[len(cells)] -= 1
                cells = [*cells, ""]
            return cells

        for row in table.iter("tr"):
            cells: list[str] = []
            for cell in row.iterchildren("td", "th"):
                cells = covered(cells)
                width, height = (_number(cell.get(name), 1, _MOST_CELLS) for name in ("colspan", "rowspan"))
                spans |= dict.fromkeys(range(len(cells), len(cells) + width), height - 1)
                cells += [self._cell(cell, state), *[""] * (width - 1)]
            yield tuple(covered(cells))

    def _cell(self, cell: HtmlElement, state: _State) -> str:
        reader = _Reader(cell, self.keep, self.hyphens)
        reader.read(cell, state)
        reader.flush(state)
        self._trail += reader._trail
        self.parts += [part for part in reader.parts if isinstance(part, Left)]
        return " ".join(part.text for part in reader.parts if isinstance(part, Block))

    def flush(self, state: _State) -> None:
        """End the block that is being read."""
        raw, (count, linked, bold) = "".join(self._line), self._counts
        self._line, self._counts = [], (0, 0, 0)
        if not raw.strip():
            return
        self._trail.append(raw)
        for match in _LEFT.finditer(raw):
            if any(map(str.isalnum, match[2])):
                last = next((part.text for part in reversed(self.parts) if isinstance(part, Block)), "")
                before = _visible(raw[: match.start()]).replace(_LINE, " ").strip() or last
                self.parts.append(Left(clean(match[2]), match[1], " ".join(before.split()[-4:])))
        lines = [lined(line) for line in _visible(raw).split(_LINE)]
        texts = (
            [clean(text) for text in paragraphs(lines, self.hyphens.join)]
            if not state.level
            else [" ".join(filter(None, lines))]
        )
        is_bold = count == bold > 0 and sum(map(len, texts)) <= _LONGEST_HEADING
        for text in filter(None, texts):
            marked = f"{self._mark} {text}" if self._mark and not MARK.match(text) else text
            level = state.level or (6 if is_bold and not state.doubt and not MARK.fullmatch(f"{text} ") else 0)
            level = level or (level_of(text) if not self._mark and not state.doubt else 0)
            self._mark = ""
            self.parts.append(Block(item(marked), level, (), state.language, state.doubt, linked * 2 >= count > 0))

    def prove(self) -> None:
        """Raise `ExtractionError` if a letter of what was to be read was neither kept nor left out, or is another."""
        said = _LEFT.sub(lambda match: match[2], _ADDED.sub("", "".join(self._trail)))
        read, there = _letters(said), _letters(self.root.text_content())
        if read != there:
            at = next((n for n, (one, other) in enumerate(zip(read, there, strict=False)) if one != other), len(read))
            raise _refused(f"its text could not be read in full (near “{there[max(0, at - 20) : at + 20]}”)")


def _inside(element: HtmlElement, tag: str, state: _State) -> _State:
    """Return where the text in an element stands."""
    said = (
        tag[1:]
        if re.fullmatch("h[1-6]", tag)
        else element.get("aria-level", "")
        if element.get("role") == "heading"
        else ""
    )
    href = element.get("href") if tag == "a" else None
    doubt = {"aside": "beside the text", "footer": "a foot", "figcaption": "of a picture"}.get(tag, "")
    doubt = doubt or "perhaps hidden on the page" * bool(names(element) & _PERHAPS_HIDDEN)
    return replace(
        state,
        is_link=state.is_link or (href is not None and not href.startswith("#")),
        is_note=state.is_note or (href is not None and href.startswith("#")),
        is_bold=state.is_bold or tag in ("b", "strong") or bool(_BOLD.search(element.get("style", ""))),
        is_pre=state.is_pre or tag == "pre",
        level=int(said) if re.fullmatch("[1-6]", said) else state.level,
        quotes=state.quotes + (tag == "q"),
        language=(element.get("lang") or state.language).lower(),
        doubt=state.doubt or ("" if state.is_kept else doubt),
    )


def _may_be_mark(link: HtmlElement, state: _State) -> bool:
    """Say whether a link may be the mark of a note that no `sup` raises, but a style sheet."""
    said = clean(link.text_content()) if (link.get("href") or "").startswith("#") and not state.level else ""
    return bool(re.fullmatch(r"\d{1,3}|[*†‡§]{1,3}", said))


def _visible(raw: str) -> str:
    return _LEFT.sub("", raw).replace("\x04", "").replace("\x05", "")


def _letters(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum())


def _quotes(state: _State) -> tuple[str, str]:
    marks = _QUOTES.get(state.language[:2], "“”‘’")
    at = 0 if state.quotes % 2 else 2
    return f"\x04{marks[at]}\x05", f"\x04{marks[at + 1]}\x05"


def _around(element: HtmlElement, tag: str) -> tuple[str, str]:
    """Return what a formula has around its parts."""
    if tag == "msqrt":
        return "\x04√(\x05", "\x04)\x05"
    if tag == "mfenced":
        return f"\x04{element.get('open', '(')}\x05", f"\x04{element.get('close', ')')}\x05"
    return "", ""


def _number(said: str | None, default: int, most: int = 99_999) -> int:
    return min(int(said), most) if said and re.fullmatch(r"-?[0-9]{1,5}", said.strip()) else default


def _is_item(cells: Sequence[str]) -> bool:
    """Say whether a row is an item: a number, letter or dash in one cell and its text in the other."""
    return len(cells) == 2 and len(cells[0]) <= _LONGEST_MARK and bool(MARK.match(f"{cells[0]} "))


def _is_layout(table: HtmlElement) -> bool:
    """Say whether a table sets out a page and not data: it holds blocks, long texts, or one column."""
    rows = [[clean(cell.text_content()) for cell in row.iterchildren("td", "th")] for row in table.iter("tr")]
    is_of_blocks = any(found is not table for found in table.iter(*_IN_LAYOUT))
    if table.get("role") in ("presentation", "none") or is_of_blocks or max(map(len, rows), default=0) < 2:
        return True
    is_long = any(len(cell.split()) > _LONG_CELL for row in rows for cell in row)
    return is_long and not all(_is_item([cell for cell in row if cell]) for row in rows if any(row))


def _marks(parent: HtmlElement) -> Iterator[str]:
    """Yield the numbers, letters or bullets that a browser prints before the items of a list."""
    items = [one for one in parent if one.tag == "li"]
    of_list = _style_of(parent)
    step = -1 if parent.get("reversed") is not None else 1
    number = _number(parent.get("start"), len(items) if step < 0 else 1)
    for one in items:
        style = _style_of(one) or of_list
        number = _number(one.get("value"), number)
        if style == "none" or names(parent) & _UNMARKED:
            yield ""
        elif style[:1] in ("'", '"') and style:
            yield style.strip("\"'")
        elif style in _AS_BULLETS or (parent.tag != "ol" and style not in _KINDS):
            yield "•"
        else:
            yield _numbered(number, _KINDS.get(style) or one.get("type") or parent.get("type") or "1")
        number += step


def _style_of(element: HtmlElement) -> str:
    """Return what an element says of the marks of its items, in a style or by a class that is called so."""
    said = [
        word
        for value in _LIST_STYLE.findall(element.get("style", ""))[-1:]
        for word in value.lower().split()
        if word not in _NO_STYLE and not word.startswith("url(")
    ]
    classes = (element.get("class") or "").lower().split()
    return said[0] if said else next((name for name in classes if name in _KINDS or name in ("none", *_AS_BULLETS)), "")


def _numbered(number: int, kind: str) -> str:
    shown = f"{number:02}" if kind == "01" else numeral(number, kind)
    return f"({shown})" if shown.islower() else f"{shown}."
