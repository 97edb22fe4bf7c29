"""Calls: whether each macro can do what a call asks, and stands where it can."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping

from ..calls.base import Context, evaluate
from ..derived.index import grouped, note_around
from ..model.edition import Edition
from ..model.macro import Fragment
from ..text.allowlist import INLINE
from ..text.call import Call
from ..text.file import TextFile
from ..text.problem import Problem, RefusalError
from .base import Scope, check


@check(Scope.FILE)
def calls(edition: Edition, file: TextFile) -> Iterator[Problem]:
    """Find calls that no macro can answer, and those of blocks that stand in running text."""
    has_notes = file.uri in edition.notes_files
    for call in file.calls:
        is_in_note = has_notes and note_around(edition, file, call.start) is not None
        context = Context(edition, file, file, call, is_in_note)
        try:
            result = evaluate(edition.macros, context)
        except RefusalError as error:
            yield error.at(file.position(call.start))
            continue
        if call.close and (fault := _over_parts(file, call)):
            yield Problem(file.position(call.start), "call-stands-in-text", fault)
        if isinstance(result, Fragment) and not result.is_inline and not _stands_alone(file, call):
            message = (
                f"'{call.name}' makes a block: put the call in a paragraph of its own, with a blank line on each side"
            )
            yield Problem(file.position(call.start), "call-stands-in-text", message)


_PART = re.compile(r"(?:\A|\n)[ ]*(?:(?P<item>[-*+]|\d+\.)|(?P<heading>#{1,6})|(?P<row>\|)|>)[ ]")


def _over_parts(file: TextFile, call: Call) -> str:
    """Say what is wrong with a call whose words reach over the parts of a list, a table or a page, or nothing."""
    text = file.masked_of_calls
    line = text.rfind("\n", 0, call.start) + 1
    inside = text[call.end : call.close[0]] if call.close else ""
    if not inside.strip(" \n"):
        return f"'{call.name}' stands around no words: put it around those that it is about"
    part = _PART.search(inside)
    if part and part["heading"]:
        return f"'{call.name}' stands around a heading: put it around words of a paragraph"
    if part and part["item"] and "\n" in part[0]:
        return f"'{call.name}' reaches over items of a list: close it in its item, and open a new one in the next"
    if "|" in inside and text[line : call.start].lstrip().startswith("|"):
        return f"'{call.name}' reaches over cells of a table: close it in its cell, and open a new one in the next"
    return ""


_DEFINED = re.compile(r"^[ ]{0,3}\*?\[[^\[\]^][^\[\]\n]*+\]:.*", re.MULTILINE)
"""Says what an abbreviation is short for, or where links of a name lead."""

_CALL = re.compile(r"\{\{[^\S\n]*\w+[^\S\n]*\(|\{%[^\S\n]*call\b")


@check(Scope.FILE)
def unread(edition: Edition, file: TextFile) -> Iterator[Problem]:
    """Find calls in front matter, in the words of a picture and in the heading of a note, where none is answered."""
    for keys, text in _texts(file.front):
        if _CALL.search(text):
            message = f"in '{keys[0]}' a call is printed as it stands: take it out, and say in the text what it says"
            yield Problem(file.front_position(*keys), "call-stands-in-text", message)
    if not file.calls:
        return
    places = [(link.start, link.end, "the words of a picture") for link in file.links if link.is_image]
    if file.uri in edition.notes_files:
        places += [(heading.start, heading.end, "a note's heading") for heading in file.headings]
    starts = [call.start for call in file.calls]
    if "]:" in file.body:
        places += [(*line.span(), "a line that is not printed") for line in _DEFINED.finditer(file.masked_of_calls)]
    for start, end, where in places:
        for call in file.calls[bisect_left(starts, start) : bisect_left(starts, end)]:
            message = f"'{call.name}' does nothing in {where}: call it in the text"
            yield Problem(file.position(call.start), "call-stands-in-text", message)


@check(Scope.EDITION)
def in_sources(edition: Edition) -> Iterator[Problem]:
    """Find calls in the bibliography, where none is answered."""
    called = re.compile(rf"\b(?:{'|'.join(edition.macros)})\([\"'“]")
    for entry in edition.entries.values():
        for name, text in entry.fields.items():
            if called.search(text):
                message = f"in '{name}' of '{entry.key}' a call is printed as it stands: take it out"
                yield Problem(entry.position, "call-stands-in-text", message)


def _texts(value: object, *keys: str | int) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the texts in front matter, each with the keys that lead to it."""
    match value:
        case str():
            yield keys, value
        case Mapping():
            for key, inner in value.items():
                yield from _texts(inner, *keys, key)
        case list():
            for number, inner in enumerate(value):
                yield from _texts(inner, *keys, number)


_RAW_BLOCK = re.compile(r"^ {0,3}<(?P<tag>[a-z][a-z0-9]*)\b[^>\n]*+>", re.MULTILINE)
_RAW_BLOCK_END = re.compile(r"</(?P<tag>[a-z][a-z0-9]*)>|\n[ \t]*\n")


@check(Scope.TEXT)
def in_raw_html(file: TextFile) -> Iterator[Problem]:
    """Find calls inside a block of raw HTML, which Markdown passes on unread."""
    if not file.calls or "<" not in file.masked:
        return
    starts = [call.start for call in file.calls]
    for tag, start, end in _raw_blocks(file.masked):
        for call in file.calls[bisect_right(starts, start) : bisect_left(starts, end)] if tag not in INLINE else ():
            message = f"'{call.name}' is called in raw HTML, which Markdown does not read: write the block in Markdown"
            yield Problem(file.position(call.start), "call-stands-in-text", message)


def _raw_blocks(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield tag and place of the blocks of raw HTML, each up to where it is closed or to the next empty line."""
    ends = grouped((match["tag"] or "", match.end()) for match in _RAW_BLOCK_END.finditer(text))
    at = 0
    while begun := _RAW_BLOCK.search(text, at):
        after = begun.end()
        places = [ends[kind] for kind in (begun["tag"], "") if kind in ends and ends[kind][-1] > after]
        at = min((some[bisect_right(some, after)] for some in places), default=after)
        if places:
            yield begun["tag"], begun.start(), at


def _stands_alone(file: TextFile, call: Call) -> bool:
    body = file.body
    begin, end = file.line_around(call.start, call.stop)
    before, after = body[begin : call.start], body[call.stop : end]
    previous = body[body.rfind("\n", 0, max(begin - 1, 0)) + 1 : max(begin - 1, 0)]
    following = body[end + 1 :].partition("\n")[0]
    is_item = re.fullmatch(r"\s*(?:[-*+]|\d+\.)\s+", before)
    alone = (not before.strip() or is_item) and not after.strip()
    return bool(alone and (is_item or not previous.strip()) and not following.strip())
