"""What an author's Markdown says, read without rendering it: code, headings, blocks, links, plain words.

Only the few forms that the edition's rules speak of are read here, each as Python-Markdown and its `attr_list`
extension read them; everything else is left to the renderer.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from typing import NamedTuple

from .line import one_line, unescaped
from .numeral import small
from .stretch import blanked, lines_of, replaced
from .traced import Traced

MASKED = "\0"
"""Stands for each character of code and comments in a masked text."""

_BLANKED = re.compile(MASKED)
_FENCE = re.compile(r"[ >]*(?:`{3,}|~{3,})[^`\n]*")
_OPTION = r"(?:title(?:_mode)?=(?:\"[^\"]*\"|'[^']*')|(?:hl_lines|linenums)=([\"'])\d[\d \t-]*\3)"
_FENCE_OPENS = re.compile(
    r"(?P<lead>[ >]*+)(?P<mark>`{3,}+|~{3,}+)(?:[ \t]*+\.?[\w#.+-]++(?=[ \t]|$))?"
    rf"(?:[ \t]*+\{{[^\n]*\}}|(?:[ \t]*+{_OPTION}(?=[ \t]|$))*+)[ \t]*+"
)
_COMMENT_ENDS = re.compile("--!?>")  # as browsers read it: `<!-->` is a comment, too
_BACKTICKS = re.compile("`+")
BLOCK_TAGS = (
    "address article aside blockquote body canvas center colgroup dd details div dl dt fieldset figcaption "
    "figure footer form group h[1-6] header hgroup hr html iframe legend li main map math menu nav noscript "
    "object ol option output p pre progress script section style summary table tbody td textarea tfoot th "
    "thead tr ul video"
).replace(" ", "|")
"""Elements that Markdown takes for blocks where they stand at the head of a line, whatever stands around them."""

_BLANK = re.compile(r"\n[ \t]*\n")
_GAP = re.compile(r"\n(?:[ \t]*\n)+")
_SPAN_ENDS = re.compile(rf"{_BLANK.pattern}|\n(?=[ ]{{0,3}}<(?:/?(?:{BLOCK_TAGS})(?![\w-])|[!?]))", re.IGNORECASE)
_LIST_ITEM = re.compile(r"^(?P<lead> *)(?:[-*+]|\d+[.)]|\[\^[^\]]+\]:|:|!!!|\?\?\?\+?)\s")
_HEADING = re.compile(r"(?P<level>#(?<![^\n]#)#{0,5})[ ]*(?P<text>[^\n]*)")  # its sign first, which is found fast
_LIST_OPENS = re.compile(r"(?<![ ])[ ]+\{:?[ ]*")
LISTED = r"(?:[#.][^\s.{}]|[\w-]++=)[^{}\n]*+"
"""Makes an attribute list of braces that hold it; behind headings all are, and what else stands in braces is text."""

_LIST_NOT_CLOSED = re.compile(r"[#.][\w-][^{}]*")
_ATTRIBUTE = re.compile(
    r"#(?P<id>[^\s}]+)|\.(?P<class>[^\s}]+)|(?P<key>[^\s=}]++)=(?P<value>\"[^\"]*\"|'[^']*'|\S*)|(?P<stray>[^\s=}#.]++)"
)
_BLOCK_ATTRIBUTES = re.compile(rf"\n[ ]*\{{:?[ ]*+(?P<attributes>{LISTED})\}}[ ]*$")
_LINK = re.compile(
    rf"(?P<image>!?){unescaped('[')}"
    r"(?P<text>(?:[^\[\]\\\n]++|\n(?!\n)|\\.|\[(?:[^\[\]\n]|\n(?!\n))*+\]){0,200}+)\]"
    r"\([ ]*+(?:(?P<target><[^>\n]{0,2000}>|[^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)*+)(?:\s++(?:\"[^\"]*\"|'[^']*'))?"
    r"|(?<=[ ])(?P<alone>\"[^\"]*\"|'[^']*'))[ ]*+\)"
    rf"(?:\{{:?[ ]*+(?P<attributes>{LISTED})\}})?"
)
_AUTOLINK = re.compile(r"<(?P<target>(?:[a-zA-Z][a-zA-Z0-9+.-]*+://|mailto:)[^<>]*)>")
_REFERENCE = re.compile(
    r"^[ ]{0,3}\[(?P<text>[^\[\]^][^\[\]]*+)\]:[ ]*+\n?[ ]*+<*+(?P<target>[^\s<>][^\s>]*+)>*+"
    r"(?=[ ]*+(?:\n[ ]*+)?(?:[\"'(][^\n]*+)?$)",
    re.MULTILINE,
)
_IMAGE_BY_NAME = re.compile(r"!\[(?P<text>[^\[\]]*+)\](?!\()(?:\s?\[(?P<name>[^\[\]]++)\])?")
_SET_PLAINLY = re.compile(r"(?P<stars>\*(?<![\\*]\*)\*?)(?=[^\s*])(?P<words>[^*]*)(?<=[^\s*])(?P=stars)(?!\*)")
"""Emphasis that holds none."""
_EMPHASIS_OPENS = re.compile(r"(?<!\\)\*|(?<![\w\\])_")
_EMPHASIS_CLOSES: Mapping[str, re.Pattern[str]] = {
    **{"*" * count: re.compile(rf"(?<=\S)\*{{{count}}}") for count in (1, 2, 3)},
    **{"_" * count: re.compile(rf"(?<=\S)_{{{count}}}(?!\w)") for count in (1, 2, 3)},
}
_ATTRIBUTE_LIST = re.compile(rf"[ ]?\{{:?[ ]*+{LISTED}(?P<close>\}})?")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()>#+\-.!])")
_SHELTER = 0xF0000  # a private plane of Unicode, where escaped signs wait while unescaped ones are read
_SHELTERED = {_SHELTER + code: code for code in range(128)}
_NOT_PRINTED = re.compile(
    r"^[ ]*+(?:(?=[|:+ ]*+-)[|:+ -]++|(?:[*_][ ]*+){3,}+|(?:`{3,}+|~{3,}+)[^`\n]*+"
    r"|\*?\[[^\[\]^][^\[\]]*+\]:.*|\{[^}\n]*+\})[ ]*$",
    re.MULTILINE,
)
_BLOCK_MARKS = re.compile(
    r"^[ ]*+(?:(?:>|[-*+]|\d++[.)]|:|#{1,6}|!!!|\?\?\?\+?|\[\^[^\]\n]++\]:)(?:[ ]++|$))+", re.MULTILINE
)
_DEFINITION = re.compile(r"(?<=\S)\n:[ ]+")
_TABLE_ROW = re.compile(r"^[ ]*+\|(.*)\|[ ]*$", re.MULTILINE)
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]++(?P<close>\])?")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_PARTING_TAG = re.compile(rf"</?(?:br|img|{BLOCK_TAGS})(?![\w-])[^<>]*>", re.IGNORECASE)
"""A tag that parts the words on its sides, as the others do not."""
_SMALL = re.compile(r"<(?P<tag>su[bp])>(?P<text>[^<>]*)</(?P=tag)>")
_SPACES = re.compile(r"\s+")
_BACKTICK = re.compile("`")
_CHARACTER_REFERENCE = re.compile(
    r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)"
)  # as `unescape` reads it
_SHELTERED_SIGN = re.compile(f"[{chr(_SHELTER)}-{chr(_SHELTER + 127)}]")
_QUOTATION_MARK = re.compile(r"^ {0,3}> ?", re.MULTILINE)
_TABLE_EDGE = re.compile(r"^\|(?:[ ]*+:?-{3,}:?[ ]*+\|)++[ ]*\n?|^\|[ ]?|[ ]?\|[ ]*$", re.MULTILINE)
"""What is drawn around the rows of a table, and below the first."""
_SLUG_STRIP = re.compile(r"[^\w\s-]")
_SLUG_JOIN = re.compile(r"[-\s]+")


class Attributes(NamedTuple):
    """An attribute list: `{ #id .class key="value" }`; `strays` are the words in it that are none of these."""

    id: str = ""
    classes: tuple[str, ...] = ()
    pairs: Mapping[str, str] = {}
    strays: tuple[str, ...] = ()

    @property
    def also(self) -> tuple[str, ...]:
        """The other names in `also="…; …"`, by which a search finds what they stand at; they are printed nowhere."""
        return tuple(name for part in self.pairs.get("also", "").split(";") if (name := one_line(part)))

    def __str__(self) -> str:
        """Return the list as it is written, strays left out."""
        parts = [f"#{self.id}"] * bool(self.id) + [f".{name}" for name in self.classes]
        return " ".join(["{", *parts, *(f'{key}="{value}"' for key, value in self.pairs.items()), "}"])


_NO_ATTRIBUTES = Attributes()


class Heading(NamedTuple):
    """A heading line; offsets are into the text it was read from.  `is_closed` says that its braces are."""

    level: int
    text: str
    attributes: Attributes
    start: int
    end: int
    is_closed: bool = True

    @property
    def name(self) -> str:
        """The words of the heading."""
        return one_line(plain(self.text))

    @property
    def anchor(self) -> str:
        """The id that the heading has in its page."""
        # Tags part no words there.
        return self.attributes.id or slug(plain(_TAG.sub("", self.text)) if "<" in self.text else self.name)


class Block(NamedTuple):
    """A run of lines without a blank line between them, with its attribute list cut off."""

    text: str
    attributes: Attributes
    start: int
    end: int


class Link(NamedTuple):
    """A link or image as written, with its target and the attribute list behind it."""

    text: str
    target: str
    attributes: Attributes
    is_image: bool
    start: int
    end: int
    target_start: int


def mask(text: str) -> str:
    """Return `text` with code and comments blanked: the same length, the same line breaks, the rest untouched."""
    if "`" not in text and "~~~" not in text and "    " not in text and "<!--" not in text:
        return text
    masked = _mask_lines(text)
    masked = _without(masked, comments(masked))
    return _without(masked, _spans(masked)) if "`" in masked else masked


def comments(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of the comments in a text, first and behind the last sign."""
    start = text.find("<!--")
    while start >= 0 and (end := _COMMENT_ENDS.search(text, start + 2)):
        yield start, end.end()
        start = text.find("<!--", end.end())


def without_comments(text: str) -> str:
    """Return a text without its comments."""
    return replaced(text, ((start, end, "") for start, end in comments(text)))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of code spans: from a run of backticks to the next one as long, in the same paragraph.

    A block of HTML ends a paragraph, though no empty line stands before it.
    """
    start = 0
    for gap in [*_SPAN_ENDS.finditer(text), None]:
        end = gap.start() if gap else len(text)
        runs = [match.span() for match in _BACKTICKS.finditer(text, start, end)]
        partner, nearest = dict[int, int](), dict[int, int]()
        for at in range(len(runs) - 1, -1, -1):
            length = runs[at][1] - runs[at][0]
            partner[at] = nearest.get(length, -1)
            nearest[length] = at
        at = 0
        while at < len(runs):
            if (closing := partner[at]) >= 0 and (runs[at][0] == start or text[runs[at][0] - 1] != "\\"):
                yield runs[at][0], runs[closing][1]
                at = closing
            at += 1
        start = end


def _without(text: str, places: Iterable[tuple[int, int]]) -> str:
    return replaced(text, ((start, end, blanked(text[start:end], MASKED)) for start, end in places))


def unmasked(masked: str, text: str) -> str:
    """Return a part of a masked text with its code again, from the text that was masked, but without comments."""
    if MASKED not in masked:
        return masked
    shown = "".join(there if sign == MASKED else sign for sign, there in zip(masked, text, strict=True))
    return without_comments(shown)


def _mask_lines(text: str) -> str:
    """Blank fenced blocks that are closed, and indented code outside and inside lists."""
    lines = text.split("\n")
    for start, stop, _ in _code(lines):
        lines[start:stop] = [blanked(each, MASKED) for each in lines[start:stop]]
    return "\n".join(lines)


def indented_code(text: str) -> Iterator[int]:
    """Yield the offset of each run of lines that are code since they are indented, and for no other reason."""
    offsets, lines = zip(*lines_of(text), strict=True)
    last = -1
    for start, stop, is_fenced in _code(lines):
        if not is_fenced and any(line.strip() for line in lines[last + 1 : start]):
            yield offsets[start]
        last = stop - 1 if not is_fenced else last


def open_fences(masked: str) -> Iterator[tuple[int, bool]]:
    """Yield the offsets in a masked text of fences that enclose nothing, and whether such a line could open one."""
    for offset, line in lines_of(masked):
        if _FENCE.fullmatch(line):
            yield offset, bool(_FENCE_OPENS.fullmatch(line))


def _fences(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the runs of lines that fences enclose, as `superfences` does: in one that has no end nothing else opens."""
    start, lead, mark, is_below_blank = -1, "", "", False
    for number, line in enumerate(lines):
        if start < 0:
            if opens := _FENCE_OPENS.fullmatch(line) if "```" in line or "~~~" in line else None:
                start, lead, mark, is_below_blank = number, opens["lead"], opens["mark"], False
            continue
        before = line[: min(len(lead), len(line) - len(line.lstrip(" >")))]
        content = line[len(before) :].rstrip(" \t")
        level, own = before.count(">"), lead.count(">")
        if not content:
            is_below_blank = True
        elif len(before) < len(lead) or level > own or (level < own and is_below_blank):
            start = -1
        elif content == mark:
            yield start, number + 1
            start = -1
        else:
            is_below_blank = False


def _code(lines: Sequence[str]) -> Iterator[tuple[int, int, bool]]:
    """Yield the runs of lines that are code, first and behind the last, and whether a fence encloses them."""
    fenced = dict(_fences(lines))
    depth = 0  # columns that list items open above the current line take for their content
    after_blank = True
    in_code = False
    number = 0
    while number < len(lines):
        line = lines[number]
        bare = line.lstrip(" ")
        indent = len(line) - len(bare)
        if number in fenced:
            if after_blank and indent < depth:
                depth = indent // 4 * 4
            yield number, fenced[number], True
            number, after_blank, in_code = fenced[number], False, False
            continue
        if not bare:
            after_blank = True
        elif indent >= depth + 4 and (after_blank or in_code):
            yield number, number + 1, False
            in_code, after_blank = True, False
        else:
            item = _LIST_ITEM.match(line)
            if item:
                depth = (len(item["lead"]) // 4 + 1) * 4
            elif after_blank and indent < depth:
                depth = indent // 4 * 4
            in_code, after_blank = False, False
        number += 1


def attributes(text: str) -> Attributes:
    """Read the inside of an attribute list."""
    if not text:
        return _NO_ATTRIBUTES
    identity, classes, pairs = "", [], {}
    for match in _ATTRIBUTE.finditer(text):
        if match["id"]:
            identity = match["id"]
        elif match["class"]:
            classes.append(match["class"])
        elif (match["key"] or "").lower() == "id" and match["value"].strip("\"'"):
            identity = match["value"].strip("\"'")
        elif match["key"]:
            pairs[match["key"]] = match["value"].strip("\"'")
    is_whole = len(text.split()) == bool(identity) + len(classes) + len(pairs)
    strays = "" if is_whole else _ATTRIBUTE.sub(lambda match: match["stray"] or " ", text)
    return Attributes(identity, tuple(classes), pairs, tuple(strays.split()))


def headings(masked: str) -> tuple[Heading, ...]:
    """Return the ATX headings of a masked text in order."""
    found = []
    for match in _HEADING.finditer(masked):
        text = match["text"].rstrip(" ").rstrip("#").rstrip(" ")
        if text.strip(MASKED):
            words, inside, is_closed = _behind(text)
            found.append(Heading(len(match["level"]), words, attributes(inside), *match.span(), is_closed))
    return tuple(found)


def _behind(text: str) -> tuple[str, str, bool]:
    """Part a heading's text from the attribute list behind it; say whether its brace is closed."""
    if text.endswith("}"):
        start = text.rfind("}", 0, -1) + 1
        if opening := _LIST_OPENS.search(text, start):
            return text[: opening.start()].strip(), text[opening.end() : -1], True
    elif (brace := text.rfind("{")) > 0 and text[brace - 1] == " ":
        inside = text[brace + 1 :].removeprefix(":").lstrip(" ")
        if _LIST_NOT_CLOSED.fullmatch(inside):
            return text[:brace].strip(), inside, False
    return text.strip(), "", True


def blocks(text: str, start: int = 0, end: int | None = None) -> Iterator[Block]:
    """Yield the blocks of `text[start:end]`; offsets are into `text`."""
    end = len(text) if end is None else end
    at = start
    for gap in (*_GAP.finditer(text, start, end), None):
        raw = text[at : gap.start() if gap else end]
        content = raw.strip("\n")
        if content.strip():
            begin = at + len(raw) - len(raw.lstrip("\n"))
            match = _BLOCK_ATTRIBUTES.search(content) if "}" in content else None
            found = attributes(match["attributes"]) if match else _NO_ATTRIBUTES
            yield Block(content[: match.start()] if match else content, found, begin, begin + len(content))
        at = gap.end() if gap else end


def links(masked: str) -> tuple[Link, ...]:
    """Return inline links and images, autolinks and link references of a masked text, in order."""
    found = [*_inline_links(masked)] if "](" in masked else []
    if "<" in masked or "]:" in masked:
        shown = {label_of(match["name"] or match["text"]) for match in _IMAGE_BY_NAME.finditer(masked)}
        found += [
            Link(
                match["target"],
                match["target"],
                _NO_ATTRIBUTES,
                is_image=match.re is _REFERENCE and label_of(match["text"]) in shown,
                start=match.start(),
                end=match.end(),
                target_start=match.start("target"),
            )
            for match in (*_AUTOLINK.finditer(masked), *_REFERENCE.finditer(masked))
        ]
    return tuple(sorted(found, key=lambda link: link.start))


def _inline_links(masked: str, begin: int = 0) -> Iterator[Link]:
    """Yield the inline links and images of a text that begins at an offset, and the images in the words of links."""
    for match in _LINK.finditer(masked):
        written = match["target"] or ""
        start = match.start("target" if match["alone"] is None else "alone") + written.startswith("<")
        yield Link(
            match["text"],
            written.strip("<>"),
            attributes(match["attributes"] or ""),
            bool(match["image"]),
            begin + match.start(),
            begin + match.end(),
            begin + start,
        )
        if "![" in match["text"]:
            yield from _inline_links(match["text"], begin + match.start("text"))


def label_of(text: str) -> str:
    """Return the name of a link that is defined elsewhere as Markdown compares it."""
    return " ".join(text.lower().split())


def plain(text: str) -> str:
    """Return the words of inline Markdown: no emphasis, link targets, attribute lists, tags or escapes.

    What is blank in a masked text is left out: `unmasked` gives back code first.
    """
    if MASKED in text:
        text = text.replace(MASKED, "")
    # Each pattern is tried only where its sign stands: most headings and sentences have none.
    if is_escaped := "\\" in text:
        text = _ESCAPE.sub(lambda match: chr(_SHELTER + ord(match[1])), text)
    if "[" in text:
        text = _LINK.sub(lambda match: match["text"], text)
    if "{" in text:
        text = _ATTRIBUTE_LIST.sub(_unless_open, text)
    if "<" in text:
        text = _SMALL.sub(lambda match: small(match["text"], match["tag"]), text)
        text = _TAG.sub("", _PARTING_TAG.sub(" ", text))
    if "*" in text and "_" not in text:
        pieces = _SET_PLAINLY.split(text)
        del pieces[1::3]  # the stars
        text = "".join(pieces) if not any("*" in piece for piece in pieces) else text
    parts = [slice(0)]
    for _ in range(3):  # emphasis within emphasis
        if parts and ("*" in text or "_" in text):
            *parts, last = _within_emphasis(text)
            text = "".join(text[part] for part in (*parts, last))
    text = " ".join(text.replace("`", "").split())
    if "&" in text:
        text = unescape(text)
    return text.translate(_SHELTERED) if is_escaped else text


def plain_traced(text: Traced) -> Traced:
    """Return what `plain` makes of a text, each character with its place."""
    text = text.sub(_BLANKED, _nothing)
    text = text.sub(_ESCAPE, lambda match: chr(_SHELTER + ord(match[1])))
    text = text.sub(_LINK, lambda match: slice(*match.span("text")))
    text = text.sub(_ATTRIBUTE_LIST, lambda match: "" if match["close"] else slice(*match.span()))
    text = text.sub(_SMALL, lambda match: small(match["text"], match["tag"]))
    text = text.sub(_PARTING_TAG, lambda match: " ").sub(_TAG, _nothing)
    for _ in range(3):
        text = Traced.joined(text[part] for part in _within_emphasis(text.text))
    text = text.sub(_BACKTICK, _nothing)
    text = text[len(text.text) - len(text.text.lstrip()) : len(text.text.rstrip())].sub(_SPACES, lambda match: " ")
    text = text.sub(_CHARACTER_REFERENCE, lambda match: unescape(match[0]))
    return text.sub(_SHELTERED_SIGN, lambda match: match[0].translate(_SHELTERED))


def _within_emphasis(text: str) -> Iterator[slice]:
    """Yield the parts of a text that stand within emphasis and outside of it: all but the marks."""
    at, unclosed = 0, set[str]()
    for match in _EMPHASIS_OPENS.finditer(text):
        start = match.start()
        for mark in (match[0] * 3, match[0] * 2, match[0]) if start >= at else ():
            begin = start + len(mark)
            if mark in unclosed or not text.startswith(mark, start) or text[begin : begin + 1].isspace():
                continue
            if closing := _EMPHASIS_CLOSES[mark].search(text, begin + 1):
                yield slice(at, start)
                yield slice(begin, closing.start())
                at = closing.end()
                break
            unclosed.add(mark)  # nor is any that comes later
    yield slice(at, len(text))


def _nothing(match: re.Match[str]) -> str:
    return ""


def _unless_open(match: re.Match[str]) -> str:
    return "" if match["close"] else match[0]


def quoted_paragraphs(text: Traced) -> Iterator[Traced]:
    """Yield the paragraphs of a blockquote's text, without its leading `>` marks."""
    for paragraph in text.sub(_QUOTATION_MARK, _nothing).split(_BLANK):
        if paragraph.text.strip():
            yield paragraph.sub(_TABLE_EDGE, _nothing) if paragraph.text.startswith("|") else paragraph


def prose(text: str) -> str:
    """Return the words of whole blocks: `plain`, with what marks headings, lists, quotations and code gone.

    What tables and lists of definitions set apart by lines, signs do here: `cell · cell;`, `term: what it is`.
    """
    if "<!--" in text:
        text = without_comments(text)
    if "\n:" in text:
        text = _DEFINITION.sub(": ", text)
    text = _BLOCK_MARKS.sub("", _NOT_PRINTED.sub("", text))
    if "[^" in text:
        text = _FOOTNOTE_MARK.sub(_unless_open, text)
    if "|" in text:
        text = _TABLE_ROW.sub(_cells, text).replace("|", " ")
    return plain(text)


def _cells(row: re.Match[str]) -> str:
    return " · ".join(cell.strip(" ") for cell in row[1].split("|")) + ";"


def without_quotation_marks(block: str) -> str:
    """Return a blockquote's text without its leading `>` marks, and `a | b` of a table's row `| a | b |`."""
    text = _QUOTATION_MARK.sub("", block)
    return _TABLE_EDGE.sub("", text) if text.startswith("|") or "\n|" in text else text


def code_parts(text: str) -> list[tuple[str, bool]]:
    """Part a text at its backticks: every second part is code."""
    return [(part, index % 2 == 1) for index, part in enumerate(text.replace("\n", " ").split("`"))]


RESERVED = re.compile(r"_|(?:note|row|quoted)-|fn(?:ref)?:|p\d+$|(?:app|glightbox|mermaid)$")
"""Begins ids that the engine or the theme makes, or scripts look for; `_1` of a heading without letters is one."""


def free_id(id: str) -> str:
    """Return an id in the place of one that is the site's own."""
    return f"section-{id.strip('_').replace(':', '-') or 'one'}" if RESERVED.match(id) else id


def numbered(id: str, taken: set[str]) -> str:
    """Take an id or, where it is taken, the first that is not: `id-2`, `id-3` and so on."""
    found, number = id, 1
    while found in taken:
        number += 1
        found = f"{id}-{number}"
    taken.add(found)
    return found


def slug(text: str) -> str:
    """Return the id of a heading that has none: that of the `toc` extension, but never one of the site's own."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return free_id(_SLUG_JOIN.sub("-", _SLUG_STRIP.sub("", ascii_only).strip().lower()))
