"""Passages in quotation marks, as the marks of a text show them.

A passage that runs over several paragraphs begins each of them with its opening mark, as printed English has it: each
paragraph's part is a passage by itself.  An apostrophe closes nothing, since a letter stands on its other side.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

PAIRS = ("“”", "‘’", "«»", "»«", "„“", "‚‘", "‹›", "「」", "『』")
"""The pairs of quotation marks that are known; straight ones count as “”."""
_MARKS = frozenset("".join(PAIRS) + "\"'")
_STRAIGHT = re.compile(r"(?<![\w=])\"([^\"\n]*+(?:\n(?![ \t>]*(?:\n|\Z))[^\"\n]*+){0,20}+)\"(?!\w)")
_SINGLE = re.compile(r"(?<![\w'])'(?=\w)([^'\n]*+(?:(?<=\w)'(?=\w)[^'\n]*+){0,50}+)(?<=[\w.,;:!?…])'(?![\w'])")
_NAMED = re.compile(r"&(?:#\d{2,6}|#[xX][\da-fA-F]{2,5}|[lr][ds]?(?:quo|aquo|saquo)|[bs][db]?quo|quot|apos);")
_SHAPES = str.maketrans("＂〝〞〟❝❞‟❛❜＇", "\"“””“”“‘’'")
_OPENS = re.compile(r"(?:(?<=[\s(\[—–])|(?<=\A))”(?=\w)")
_TEX = re.compile(r"``((?:[^`'\n]|'(?!'))*)''")
_PARAGRAPH = re.compile(r"(?:[^\n]++|\n(?![ \t>]*(?:\n|\Z)))++")


class Quoted(NamedTuple):
    """What stands between two marks: the offsets of the opening mark, and of the words."""

    mark: int
    start: int
    end: int


def as_marked(text: str) -> str:
    """Return a text of the same length in which marks have their usual shapes, and stand where their names did.

    A closing mark at the head of a word opens there, as in Swedish.
    """
    if "&" in text:
        text = _NAMED.sub(_unnamed, text)
    if text.isascii():
        return text
    text = text.translate(_SHAPES)
    return _OPENS.sub("“", text) if "”" in text else text


def _unnamed(name: re.Match[str]) -> str:
    sign = unescape(name[0]).translate(_SHAPES)
    if sign not in _MARKS:
        return name[0]
    is_before_word = name.string[name.end() : name.end() + 1].strip(" \n.,;:!?)]") != ""
    return sign.rjust(len(name[0])) if is_before_word else sign.ljust(len(name[0]))


def passages(text: str, pair: str) -> Iterator[Quoted]:
    """Yield the passages of a text between a pair of marks, in order; what is not closed ends with its paragraph."""
    opening, closing = pair[0], pair[1]
    # A single mark is an apostrophe unless it opens a word, or closes one.
    before, behind = (r"(?<![\w’])", r"(?!\w)") if pair == "‘’" else ("", "")
    sign = re.compile(f"{before}{opening}(?=\\S)|{closing}{behind}")
    for paragraph in _PARAGRAPH.finditer(text) if opening in text else ():
        mark = start = -1
        for found in sign.finditer(text, *paragraph.span()):
            if found[0] == closing and start >= 0:
                yield Quoted(mark, start, found.start())
                start = -1
            elif found[0] == opening and start < 0:
                mark, start = found.span()
        if start >= 0:
            yield Quoted(mark, start, paragraph.end())
    if pair == "“”" and '"' in text:
        yield from (Quoted(found.start(), *found.span(1)) for found in _STRAIGHT.finditer(text))


def without_low_openings(text: str) -> str:
    """Return a text without the closing marks of „…“ and ‚…‘, which look like the opening marks of other languages."""
    if "„" not in text and "‚" not in text:
        return text
    signs = list(text)
    for pair in ("„“", "‚‘"):
        for passage in passages(text, pair) if pair[0] in text else ():
            if text[passage.end : passage.end + 1] == pair[1]:
                signs[passage.end] = " "
    return "".join(signs)


def others(text: str, known: tuple[str, ...]) -> Iterator[tuple[str, Quoted]]:
    """Yield the first passage between each pair of marks that is none of those known, with the pair."""
    for pair in PAIRS:
        first = next(passages(text, pair), None) if pair not in known and pair[0] in text else None
        if first and text[first.start : first.end].strip():
            yield pair, first
    for single in _SINGLE.finditer(text) if "'" in text else ():
        if " " in single[1].strip():  # one word is a letter, a name, or short for another
            yield "''", Quoted(single.start(), *single.span(1))
            break
    if found := _TEX.search(text):
        yield "``''", Quoted(found.start(), *found.span(1))
