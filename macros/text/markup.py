"""What an author's Markdown says, read without rendering it: code, headings, blocks, links, plain words.

Only the few forms that the edition's rules speak of are read here, each as Python-Markdown and its `attr_list`
extension read them; everything else is left to the renderer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import accumulate

from .traced import Placed

MASKED = "\0"
"""Stands for each character of code and comments in a masked text."""

_BLANKED = re.compile(MASKED)
_FENCE = re.compile(r"^(?P<lead>[ >]*)(?P<mark>`{3,}|~{3,})(?P<info>[^`\n]*)$")
_SPAN = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BLANK = re.compile(r"\n[ \t]*\n")
_LIST_ITEM = re.compile(r"^(?P<lead> *)(?:[-*+]|\d+[.)]|\[\^[^\]]+\]:|:|!!!|\?\?\?\+?)\s")
_HEADING = re.compile(r"^(?P<level>#{1,6})[ ]*(?P<text>[^\n]*)$", re.MULTILINE)
_LIST_OPENS = re.compile(r"[ ]+\{:?[ ]*")
_LIST_NOT_CLOSED = re.compile(r"[#.][\w-][^{}]*")
_ATTRIBUTE = re.compile(r"#(?P<id>[^\s}]+)|\.(?P<class>[^\s}]+)|(?P<key>[^\s=}]+)=(?P<value>\"[^\"]*\"|'[^']*'|\S*)")
_BLOCK_ATTRIBUTES = re.compile(r"\n[ ]*\{:?[ ]*(?P<attributes>[^}\n]*)\}[ ]*$")
_LINK = re.compile(
    r"(?P<image>!?)\[(?P<text>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
    r"\([ ]*(?P<target><[^>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)"
    r"(?:\s+(?P<title>\"[^\"]*\"|'[^']*'))?[ ]*\)"
    r"(?:\{:?[ ]*(?P<attributes>[^}\n]*)\})?"
)
_AUTOLINK = re.compile(r"<(?P<target>[a-zA-Z][a-zA-Z0-9+.-]*:[^<>\s]*)>")
_REFERENCE = re.compile(r"^[ ]{0,3}\[(?P<text>[^\]^][^\]]*)\]:[ ]*(?P<target>\S+)", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<!\\)(\*{1,3})(?=\S)(.+?)(?<=\S)\1|(?<![\w\\])(_{1,3})(?=\S)(.+?)(?<=\S)\3(?!\w)", re.DOTALL)
_ATTRIBUTE_LIST = re.compile(r"[ ]?\{:?[ ]*(?:[#.][\w-]|[\w-]+=)[^}\n]*\}")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()>#+\-.!])")
_SHELTER = 0xF0000  # a private plane of Unicode, where escaped signs wait while unescaped ones are read
_SHELTERED = {_SHELTER + code: code for code in range(128)}
_NOT_PRINTED = re.compile(
    r"^[ ]*(?:[|:+ -]*-[|:+ -]*|(?:[*_][ ]*){3,}|(?:`{3,}|~{3,})[^`\n]*|\*?\[[^\]^][^\]]*\]:.*|\{[^}\n]*\})[ ]*$",
    re.MULTILINE,
)
_BLOCK_MARKS = re.compile(r"^[ ]*(?:(?:>|[-*+]|\d+[.)]|:|#{1,6}|!!!|\?\?\?\+?|\[\^[^\]]+\]:)(?:[ ]+|$))+", re.MULTILINE)
_DEFINITION = re.compile(r"(?<=\S)\n:[ ]+")
_TABLE_ROW = re.compile(r"^[ ]*\|[ ]*(.*?)[ ]*\|[ ]*$", re.MULTILINE)
_BETWEEN_CELLS = re.compile(r"[ ]*\|[ ]*")
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]+\]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_SPACES = re.compile(r"\s+")
_EDGES = re.compile(r"^\s+|\s+$")
_BACKTICK = re.compile("`")
_CHARACTER_REFERENCE = re.compile(
    r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)"
)  # as `unescape` reads it
_SHELTERED_SIGN = re.compile(f"[{chr(_SHELTER)}-{chr(_SHELTER + 127)}]")
_QUOTATION_MARK = re.compile(r"^ {0,3}> ?", re.MULTILINE)
_SLUG_STRIP = re.compile(r"[^\w\s-]")
_SLUG_JOIN = re.compile(r"[-\s]+")


@dataclass(frozen=True)
class Attributes:
    """An attribute list: `{ #id .class key="value" }`; `strays` are the words in it that are none of these."""

    id: str = ""
    classes: tuple[str, ...] = ()
    pairs: Mapping[str, str] = field(default_factory=dict)
    strays: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the list as it is written, strays left out."""
        parts = [f"#{self.id}"] * bool(self.id) + [f".{name}" for name in self.classes]
        return " ".join(["{", *parts, *(f'{key}="{value}"' for key, value in self.pairs.items()), "}"])


@dataclass(frozen=True)
class Heading:
    """A heading line; offsets are into the text it was read from.  `is_closed` says that its braces are."""

    level: int
    text: str
    attributes: Attributes
    start: int
    end: int
    is_closed: bool = True

    @property
    def anchor(self) -> str:
        """The id that the heading has in its page."""
        return self.attributes.id or slug(plain(self.text))


@dataclass(frozen=True)
class Block:
    """A run of lines without a blank line between them, with its attribute list cut off."""

    text: str
    attributes: Attributes
    start: int
    end: int


@dataclass(frozen=True)
class Link:
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
    if "<!--" in masked:
        masked = _COMMENT.sub(lambda match: _blank(match[0]), masked)
    if "`" in masked:
        start, parts = 0, []
        for gap in [*_BLANK.finditer(masked), None]:
            end = gap.start() if gap else len(masked)
            parts.append(_SPAN.sub(lambda match: _blank(match[0]), masked[start:end]))
            start = end
        masked = "".join(parts)
    return masked


def unmasked(masked: str, text: str) -> str:
    """Return a stretch of a masked text with its code again, from the text that was masked, but without comments."""
    if MASKED not in masked:
        return masked
    shown = "".join(there if sign == MASKED else sign for sign, there in zip(masked, text, strict=True))
    return _COMMENT.sub("", shown)


def _blank(text: str) -> str:
    return "".join(character if character == "\n" else MASKED for character in text)


def _mask_lines(text: str) -> str:
    """Blank fenced blocks that are closed, and indented code outside and inside lists."""
    lines = text.split("\n")
    for start, stop, _ in _code(lines):
        lines[start:stop] = [_blank(each) for each in lines[start:stop]]
    return "\n".join(lines)


def indented_code(text: str) -> Iterator[int]:
    """Yield the offset of each run of lines that are code since they are indented, and for no other reason."""
    lines = text.split("\n")
    offsets = [0, *accumulate(len(line) + 1 for line in lines)]
    last = -1
    for start, stop, is_fenced in _code(lines):
        if not is_fenced and any(line.strip() for line in lines[last + 1 : start]):
            yield offsets[start]
        last = stop - 1 if not is_fenced else last


def open_fences(masked: str) -> Iterator[int]:
    """Yield the offsets in a masked text of fences that are not closed: those that are closed are blank there."""
    for match in re.finditer(_FENCE.pattern, masked, re.MULTILINE):
        yield match.start()


def _code(lines: Sequence[str]) -> Iterator[tuple[int, int, bool]]:
    """Yield the runs of lines that are code, first and behind the last, and whether a fence encloses them."""
    depth = 0  # columns that list items open above the current line take for their content
    after_blank = True
    in_code = False
    number = 0
    while number < len(lines):
        line = lines[number]
        fence = _FENCE.match(line)
        if fence and (close := _closing(lines, number, fence["mark"])):
            yield number, close + 1, True
            number, after_blank, in_code = close + 1, False, False
            continue
        bare = line.lstrip(" ")
        indent = len(line) - len(bare)
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


def _closing(lines: Sequence[str], start: int, mark: str) -> int | None:
    for number in range(start + 1, len(lines)):
        bare = lines[number].strip(" >")
        if bare.startswith(mark) and not bare.strip(mark[0]):
            return number
    return None


def attributes(text: str) -> Attributes:
    """Read the inside of an attribute list."""
    identity, classes, pairs = "", [], {}
    for match in _ATTRIBUTE.finditer(text):
        if match["id"]:
            identity = match["id"]
        elif match["class"]:
            classes.append(match["class"])
        else:
            pairs[match["key"]] = match["value"].strip("\"'")
    is_whole = len(text.split()) == bool(identity) + len(classes) + len(pairs)
    return Attributes(identity, tuple(classes), pairs, () if is_whole else tuple(_ATTRIBUTE.sub(" ", text).split()))


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
    while at < end:
        gap = _BLANK.search(text, at, end)
        stop = gap.start() if gap else end
        raw = text[at:stop]
        content = raw.strip("\n")
        if content.strip():
            begin = at + raw.index(content)
            match = _BLOCK_ATTRIBUTES.search(content)
            found = attributes(match["attributes"]) if match else Attributes()
            yield Block(content[: match.start()] if match else content, found, begin, begin + len(content))
        at = gap.end() - 1 if gap else end


def links(masked: str) -> tuple[Link, ...]:
    """Return inline links and images, autolinks and link references of a masked text, in order."""
    found = []
    if "](" in masked:
        for match in _LINK.finditer(masked):
            target = match["target"].strip("<>")
            start = match.start("target") + match["target"].startswith("<")
            found.append(
                Link(
                    match["text"],
                    target,
                    attributes(match["attributes"] or ""),
                    bool(match["image"]),
                    *match.span(),
                    start,
                )
            )
    if ":" in masked:
        found += [
            Link(
                match["target"],
                match["target"],
                Attributes(),
                is_image=False,
                start=match.start(),
                end=match.end(),
                target_start=match.start("target"),
            )
            for match in (*_AUTOLINK.finditer(masked), *_REFERENCE.finditer(masked))
        ]
    return tuple(sorted(found, key=lambda link: link.start))


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
        text = _ATTRIBUTE_LIST.sub("", text)
    if "<" in text:
        text = _TAG.sub("", text)
    for _ in range(3):  # emphasis within emphasis
        if "*" in text or "_" in text:
            text = _EMPHASIS.sub(lambda match: match[2] or match[4], text)
    text = " ".join(text.replace("`", "").split())
    if "&" in text:
        text = unescape(text)
    return text.translate(_SHELTERED) if is_escaped else text


def plain_placed(text: Placed) -> Placed:
    """Return what `plain` makes of a text, each character with its place."""
    text = text.sub(_BLANKED, _nothing)
    text = text.sub(_ESCAPE, lambda match: chr(_SHELTER + ord(match[1])))
    text = text.sub(_LINK, lambda match: slice(*match.span("text")))
    text = text.sub(_ATTRIBUTE_LIST, _nothing).sub(_TAG, _nothing)
    for _ in range(3):
        text = text.sub(_EMPHASIS, lambda match: slice(*match.span(2 if match[2] else 4)))
    text = text.sub(_BACKTICK, _nothing).sub(_EDGES, _nothing).sub(_SPACES, lambda match: " ")
    text = text.sub(_CHARACTER_REFERENCE, lambda match: unescape(match[0]))
    return text.sub(_SHELTERED_SIGN, lambda match: match[0].translate(_SHELTERED))


def _nothing(match: re.Match[str]) -> str:
    return ""


def quoted_paragraphs(text: Placed) -> Iterator[Placed]:
    """Yield the paragraphs of a blockquote's text, without its leading `>` marks."""
    for paragraph in text.sub(_QUOTATION_MARK, _nothing).split(_BLANK):
        if paragraph.text.strip():
            yield paragraph


def prose(text: str) -> str:
    """Return the words of whole blocks: `plain`, with what marks headings, lists, quotations and code gone.

    What tables and lists of definitions set apart by lines, signs do here: `cell · cell;`, `term: what it is`.
    """
    if "<!--" in text:
        text = _COMMENT.sub("", text)
    if "\n:" in text:
        text = _DEFINITION.sub(": ", text)
    text = _BLOCK_MARKS.sub("", _NOT_PRINTED.sub("", text))
    if "[^" in text:
        text = _FOOTNOTE_MARK.sub("", text)
    if "|" in text:
        text = _TABLE_ROW.sub(lambda row: f"{_BETWEEN_CELLS.sub(' · ', row[1])};", text).replace("|", " ")
    return plain(text)


def without_quotation_marks(block: str) -> str:
    """Return a blockquote's text without its leading `>` marks."""
    return _QUOTATION_MARK.sub("", block)


def stretches(text: str) -> list[tuple[str, bool]]:
    """Part a text at its backticks: every second stretch is code."""
    return [(part, index % 2 == 1) for index, part in enumerate(text.replace("\n", " ").split("`"))]


def slug(text: str) -> str:
    """Return the id that the `toc` extension gives to a heading without one."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _SLUG_JOIN.sub("-", _SLUG_STRIP.sub("", ascii_only).strip().lower())
