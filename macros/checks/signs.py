"""Signs that Markdown prints as they stand: of other Markdowns, word processors, reference managers and encodings.

They are looked for in our own text alone; what was received is compared with its witness instead.  Each is one entry
of `SIGNS`, tried where the letters that it needs stand.  Only what can hardly be meant is told.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..derived.index import by_uri
from ..model.edition import Edition
from ..text.allowlist import OVERRIDES
from ..text.file import TextFile
from ..text.markup import MASKED, Block, blocks, label_of, plain, plain_traced
from ..text.problem import Problem
from ..text.stretch import lines_of
from ..text.traced import Traced
from .base import Scope, check

RULE = "markdown-says-what-is-meant"


class Sign(NamedTuple):
    """What can hardly be meant, and what to write instead; the message may name the match and its groups.

    `needs` are letters without which it cannot stand in a text; where there are none, it needs some beyond ASCII.
    """

    needs: str
    pattern: re.Pattern[str]
    message: str


_NO_BOX = "`{sign}` makes no box here: write a heading or a paragraph in its place"
_NO_LIST = "begins no list here: begin each line of the list with a hyphen and a space, below an empty line"

_TURNS = "here stands an invisible sign that turns the letters behind it around: take it out"
_UNSEEN = r"[\ue000-\uf8ff\ufeff\ufff0-\uffff\U000f0000-\U0010ffff]"

_SIGNS = (
    (
        "#",
        r"#(?<![^\n]#)#{0,5}(?![#\s\0]|$)[^\s\0]*",
        "this line would become a heading: put a space behind the hashes, or, if it is none, "
        r"a backslash before them: `\{0}`",
    ),
    (
        "] ",
        r"^[ ]*(?:[-*+]|\d+\.)[ ]+(?P<box>\[[ xX]\])[ ][^\n]*(?:\n[ ]*(?:[-*+]|\d+\.)[ ]+\[[ xX]\][ ][^\n]*)*",
        "`{box}` is no box to tick here: take it out",
    ),
    ("[!", r"^[ ]*>[ ]*(?P<sign>\[![A-Za-z]+\])", "`{sign}` makes no box here: take it out"),
    ("!!!", r"^[ ]*(?P<sign>!!!)[ ]\S", _NO_BOX),
    ("???", r"^[ ]*(?P<sign>\?\?\?)\+?[ ]\S", _NO_BOX),
    ("===", r"^[ ]*(?P<sign>===)[!+]?[ ]\"", "`{sign}` makes no tab here: write a heading in its place"),
    (
        "~~",
        r"(?<!~)~~(?P<words>[^\s~][^~\n]{0,200}?)~~(?!~)",
        "`~~` strikes nothing through here: write `<del>{words}</del>`",
    ),
    ("==", r"(?<!=)==(?P<words>[^\s=][^=\n]{0,200}?)==(?!=)", "`==` marks nothing here: write `**{words}**`"),
    ("^", r"(?<=\w)\^(?P<words>[\w+-]{1,8})\^", "`^` raises nothing here: write `<sup>{words}</sup>`"),
    ("~", r"(?<=[A-Za-z])~(?P<words>\d{1,3})~(?!~)", "`~` lowers nothing here: write `<sub>{words}</sub>`"),
    (
        ":",
        r"(?P<sign>:(?<![\w:/].)[a-z][a-z_]{1,30}:)(?![\w/]|:\S)",
        "`{sign}` stays as it is here: write the sign or the word that is meant",
    ),
    (
        "^[",
        r"(?<!\[)\^\[[^\]\n]{0,200}\]",
        "this footnote would be printed where it stands: make it a note, or write its words into the sentence",
    ),
    (
        "[[",
        r"(?<!!)\[\[(?![ ]*\w+\()(?P<words>[^\[\]\n]{1,200})\]\](?!\()",
        "these words link to nothing: write `[{words}](page.md)`, with the path of the page",
    ),
    (
        ")[",
        r"\((?P<words>[^()\[\]\n]{1,200})\)\[(?=https?:|\.{0,2}/|#|[^\]\s]{0,300}?\.md)(?P<address>[^\]\s]{1,300}+)\]",
        "the brackets of this link are the wrong way round: write `[{words}]({address})`",
    ),
    ("<!--", r"<!--", "this comment has no end, and hides all that follows: put `-->` behind it"),
    ("", r"^[ ]*(?P<sign>[•·◦▪●○‣⁃∙])[ \t\u00a0][^\n]*(?:\n+[ ]*(?P=sign)[^\n]*)*", "`{sign}` " + _NO_LIST),
    (
        "",
        r"^[ ]*(?P<sign>[\uf0a7\uf0b7])[ \t\u00a0][^\n]*(?:\n+[ ]*(?P=sign)[^\n]*)*",
        "the sign that a word processor put before this line " + _NO_LIST,
    ),
    ("", OVERRIDES, _TURNS),
    ("&#", OVERRIDES, _TURNS),
    (
        "",
        rf"{_UNSEEN}(?:(?<=\S.)|(?<=\S[ ].)|(?<![\uf0a7\uf0b7].)(?![ \t\u00a0]))",
        "here stands an invisible sign, or one that prints as a box: take it out, or write the sign that is meant",
    ),
)

SIGNS = tuple(Sign(needs, re.compile(pattern, re.MULTILINE), message) for needs, pattern, message in _SIGNS)
"""What is told wherever it stands."""

_ITEM = re.compile(r"(?P<indent>[ ]{0,3})(?:[-*+]|\d+\.)[ ]+\S")
_LETTERED = re.compile(r"^[ ]{0,3}(?:\(?(?:[a-z]|[ivx]{1,4})\)|\d{1,2}\))[ \t]+\S", re.MULTILINE)
_FRONT = re.compile(r"\A\s*(?P<open>---)[ ]*\n(?:[a-z_]+:[^\n]*\n(?:[ -][^\n]*\n)*)+---[ ]*(?:\n|\Z)")
_ADDRESS = re.compile(r"h(?<![\w/\"'=<(\[.].)ttps?:/{0,2}[^\s<>()\[\]\"“”\0]*[^\s<>()\[\]\"“”\0.,:;!?'’]")
_UNCLOSED = re.compile(r"\]\((?=[^\s)])")
_TARGET = re.compile(r"[^()\n<>\"' ]+ [^()\n<>\"']*\)?")
_REFERENCE = re.compile(
    r"(?<![\]!\w])\[(?P<words>[^\[\]\n\0^][^\[\]\n\0]{0,200})\]\[(?P<label>[^\[\]\n\0]{0,100})\](?!\()"
)
_DEFINED = re.compile(r"^[ ]{0,3}\[(?P<label>[^\[\]^][^\[\]]*)\]:", re.MULTILINE)
_CITED = re.compile(r"\[@([\w-]+)[^\]\n]{0,200}\]|(?<![\w@./])@([\w-]+)|\\cite[a-z]*\*?\{([\w-]+)\}")
_NUMBERED = re.compile(r"(?:\[\d{1,3}\]|[¹²³⁰⁴-⁹]+)[ \t]?(?=[^\s(:\[])")
_EMPHASIS = re.compile(
    r"\*(?<![\w*_].)\*{0,2}(?=\w)|_(?<![\w*_].)_{0,2}(?=\w)"
    r"|\*(?<=[\w.,!?;”’)].)\*{1,2}(?![\w*_])|_(?<=[\w.,!?;”’)].)_(?![\w*_])"
)
"""Signs of emphasis that open or close some; each form begins with its sign, which is found fast."""
_ESCAPED = re.compile(r"\\[^\n]")
_FOREIGN = re.compile(r"[^\x00-\x7f]{2,}")
_NAMED = 6  # pairs of letters that a message names
_QUOTED = re.compile(r"^[ ]{0,3}>[^\n]*", re.MULTILINE)


@check(Scope.FILE)
def signs(edition: Edition, file: TextFile) -> Iterator[Problem]:
    """Find signs in our own text that Markdown prints as they stand."""
    document = by_uri(edition).get(file.uri)
    if document is not None and document.kind.is_received:
        return
    text = file.masked_of_calls
    if document is not None:  # its own words stand behind `>`
        text = _QUOTED.sub(_blank, text)
    bare = _ESCAPED.sub(_blank, text)
    found = {*_everywhere(file, bare), *_links(file, bare), *_paragraphs(bare), *_citations(edition, text)}
    yield from (Problem(file.position(offset), RULE, message) for offset, message in sorted(found))


def _blank(match: re.Match[str]) -> str:
    return MASKED * len(match[0])


def _everywhere(file: TextFile, text: str) -> Iterator[tuple[int, str]]:
    is_ascii = text.isascii()
    for sign in SIGNS:
        for match in sign.pattern.finditer(text) if (sign.needs in text if sign.needs else not is_ascii) else ():
            yield match.start(), sign.message.format(match[0], **match.groupdict())
    if front := _FRONT.match(file.body):
        message = "front matter stands once: put these lines above, with the others, or take them out"
        yield front.start("open"), message
    yield from _garbled(text) if not is_ascii else ()


def _garbled(text: str) -> Iterator[tuple[int, str]]:
    """Find letters that a wrong encoding made; the whole text went through it, so that they are told once."""
    found = [(match, meant) for match in _FOREIGN.finditer(text) if (meant := _decoded(match[0]))]
    pairs = list(
        {match[0]: f"“{match[0]}” is what a wrong encoding made of “{meant}”" for match, meant in found}.values()
    )
    if found:
        what = "that" if len(pairs) == 1 else f"these{' and so on' * (len(pairs) > _NAMED)}"
        yield found[0][0].start(), f"{', '.join(pairs[:_NAMED])}: write {what}"


def _decoded(text: str) -> str:
    """Return what a text was before its UTF-8 was read as Windows-1252, or nothing."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return ""


def _links(file: TextFile, text: str) -> Iterator[tuple[int, str]]:
    """Find addresses that are no link, and links without an end or a target."""
    spans = [(link.start, link.end) for link in file.links]
    for match in _UNCLOSED.finditer(text) if "](" in text else ():
        target = _TARGET.match(text, match.end())
        has_end = target is not None and target[0].endswith(")") and " " in target[0]  # which is told among links
        if not _within(spans, match.start()) and not has_end:
            yield match.start(), "this link has no end: put `)` right behind its address"
    for match in _ADDRESS.finditer(text) if "http" in text else ():
        if not _within(spans, match.start()) and not _within_tag(text, match.start()):
            form = f"`[words]({match[0]})`, or `<{match[0]}>`"
            yield match.start(), f"this address would be printed and lead nowhere: write {form}"
    if "][" in text:
        defined = {label_of(match["label"]) for match in _DEFINED.finditer(text)}
        for match in _REFERENCE.finditer(text):
            words, label = match["words"], match["label"] or match["words"]
            if label_of(label) not in defined:
                form = f"`[{words}](address)`, or add a line `[{label}]: address`"
                yield match.start(), f"these brackets link to nothing: write {form}"


def _within(spans: list[tuple[int, int]], at: int) -> bool:
    return any(start <= at < end for start, end in spans)


def _within_tag(text: str, at: int) -> bool:
    start = max(0, at - 2000)
    opened = text.rfind("<", start, at)
    return opened > text.rfind(">", start, at) and "\n\n" not in text[opened:at]


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Find lines that were meant as a list, notes by number, and emphasis that is not closed."""
    for block in blocks(text):
        yield from _nested(block) if "\n  " in block.text else ()
        listed = list(_LETTERED.finditer(block.text)) if ")" in block.text else []
        if len(listed) > 1:
            form = "begin each with a hyphen, or with `1.`, `2.` …, or put an empty line between them"
            yield block.start + listed[1].start(), f"these lines would run on as one paragraph: {form}"
        if (match := _NUMBERED.match(block.text)) and match[0].strip() in text[: block.start]:
            form = "make it a note, or write its words into the sentence"
            yield block.start, f"`{match[0].strip()}` is no footnote here: {form}"
        if "*" in block.text or "_" in block.text:
            traced = plain_traced(Traced.at(block.text, block.start)) if _EMPHASIS.search(plain(block.text)) else None
            if traced and (match := _EMPHASIS.search(traced.text)):
                message = f"this `{match[0]}` has no partner in its paragraph and would be printed: close it, or write"
                yield traced.span(*match.span())[0], rf"{message} `\{match[0]}`"


def _nested(block: Block) -> Iterator[tuple[int, str]]:
    """Find the first item of a list that is indented by less than Markdown asks of one below another."""
    is_below = False
    for at, line in lines_of(block.text, block.start):
        item = _ITEM.match(line)
        if item and is_below and len(item["indent"]) > 1:
            message = "this line would stand beside the one above it, not below: indent it by four spaces"
            yield at, message
            return
        is_below = (item is not None and not item["indent"]) or (is_below and line.startswith("    "))


def _citations(edition: Edition, text: str) -> Iterator[tuple[int, str]]:
    """Find citations as other systems have them, of sources that stand in the bibliography."""
    for match in _CITED.finditer(text) if "@" in text or "\\cite" in text else ():
        key = next(filter(None, match.groups()))
        if key in edition.entries:
            yield match.start(), f'this would be printed as it stands: write `{{{{ cite("{key}") }}}}`'
