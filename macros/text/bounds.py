"""Bounds: how much a text may hold, so that none keeps a check or a build busy for long.

What reads Markdown takes time that grows faster than some texts do, and calls itself for what is nested.  Every bound
is far beyond what people write; a page of the contributors' manual states them all.
"""

import re
from collections.abc import Iterator, Mapping

from .stretch import lines_of

LARGEST_FILE = 1_000_000  # bytes: ten times a long chapter
LARGEST_FRONT = 50_000  # characters of front matter
MOST_VALUES = 10_000  # in front matter, what a name stands for counted each time
LONGEST_PARAGRAPH = 20_000  # characters, be it one line or many
LONGEST_LINE = LONGEST_PARAGRAPH
DEEPEST = 30  # quotations, list levels or brackets within one another
MOST_OPEN = 100  # brackets, links and tags of a page that begin and do not end

LARGEST_CONFIGURATION = 200_000  # bytes of `mkdocs.yml`
MOST_PAGES = 10_000  # files of Markdown of an edition
MOST_SOURCES = 5_000  # entries of the bibliography

MOST: Mapping[str, int] = {
    "lines": 40_000,
    "signs of Markdown": 100_000,
    "headings": 2_500,
    "calls": 5_000,
    "links": 5_000,
    "marks of footnotes": 2_500,
    "tags or signs `<`": 5_000,
    "fences of code": 500,
    "backticks": 20_000,
    "abbreviations": 250,
    "cells or signs `|`": 50_000,
}
"""How many things of a kind a page, or a file of notes, may hold."""

_SIGNS: Mapping[str, tuple[str, ...]] = {
    "lines": ("\n",),
    "signs of Markdown": ("*", "_", "[", "<", "&", "\\", "{"),
    "headings": ("\n#", "\n=", "\n--"),
    "calls": ("{{", "{%"),
    "links": ("](", "]:", "]["),
    "marks of footnotes": ("[^",),
    "tags or signs `<`": ("<",),
    "fences of code": ("```", "~~~"),
    "backticks": ("`",),
    "abbreviations": ("*[",),
    "cells or signs `|`": ("|",),
}
"""By what they are counted: no thing of the kind is without one of these."""

_ROOM = {name: MOST[name] * (1 if name == "calls" else min(map(len, signs))) for name, signs in _SIGNS.items()}
"""The characters that so many things of a kind take at least; of calls, `{{%` may begin two."""

_IN_CODE = ("lines", "fences of code", "backticks")

_CODE = re.compile(r"^\0+$", re.MULTILINE)
_GAP = re.compile(r"\n[ >]*(?=\n|\Z)")
_HEADING = re.compile(r"^(?:[ ]{0,3}>)*[ ]?#[^\n]*\n?", re.MULTILINE)
_LINE = re.compile(r"\n")
_ITEMS = tuple(re.compile(rf"^(?:[ ]{{0,3}}>)*[ ]{{0,7}}{sign}[ ]", re.MULTILINE) for sign in (r"[-*+]", r"\d+\."))
_ENDS = re.compile(r"\\.|\]\(|[\[\]()\"'>]|<(?=[a-zA-Z/!?])", re.DOTALL)
_RUN = re.compile(r"[*_~^=+`]{100}|(?:<[^<>\n]{0,40}){400}")
_QUOTED = re.compile(r"^[ ]{0,3}((?:>[ ]?)+)", re.MULTILINE)
_INDENTED = re.compile(rf"^{' ' * 4 * DEEPEST}[^\S\n]*+\S", re.MULTILINE)


def excess(body: str, masked: str) -> tuple[int, str] | None:
    """Return the place of what is too much in a text, which is masked besides, and what to say of it; or nothing."""
    for name, signs in _SIGNS.items():
        if (
            len(body) > _ROOM[name]
            and (count := sum(map((body if name in _IN_CODE else masked).count, signs))) > MOST[name]
        ):
            return 0, f"this file has {count:,} {name}; the most is {MOST[name]:,}: split it in several files"
    for at, line in lines_of(body) if len(body) > LONGEST_LINE else ():
        if len(line) > LONGEST_LINE:
            return at, f"this line has {len(line):,} characters; the most is {LONGEST_LINE:,}: break it"
    for match in _QUOTED.finditer(body) if ">>" in body or "> >" in body else ():
        if match[1].count(">") > DEEPEST:
            return match.start(), _too_deep("quotations")
    if " " * 4 * DEEPEST in body and (found := _INDENTED.search(body)):
        return found.start(), _too_deep("lists")
    # Counting is far faster than searching, and rules out nearly every file.
    if (sum(map(body.count, "*_~^=+`")) >= 100 or body.count("<") >= 400) and (found := _RUN.search(body)):
        return found.start(), _too_deep("signs of Markdown")
    is_plain = len(body) <= LONGEST_PARAGRAPH and masked.count("[") + masked.count("<") <= DEEPEST
    return None if is_plain else _in_paragraphs(masked)


def _too_deep(things: str) -> str:
    return f"{things} are nested more than {DEEPEST} deep here: the page is left out until they are made simpler"


def _in_paragraphs(masked: str) -> tuple[int, str] | None:
    total = 0
    for begin, text in _paragraphs(masked):
        start = begin + len(text) - len(text.lstrip("\n"))
        if len(text) > LONGEST_PARAGRAPH:
            message = f"this paragraph has {len(text):,} characters; the most is {LONGEST_PARAGRAPH:,}"
            return start, f"{message}: part it by empty lines"
        if "[" in text or "<" in text:
            deepest, count = _open(text)
            total += count
            if deepest > DEEPEST:
                return start, _too_deep("brackets")
            if total > MOST_OPEN:
                message = f"up to here more than {MOST_OPEN} brackets, links or tags begin that do not end"
                return start, f"{message}: end them, or for text write `\\[` and `&lt;`"
    return None


def _paragraphs(masked: str) -> Iterator[tuple[int, str]]:
    """Yield what Markdown reads at a time, with its place: paragraphs, headings, items of lists, rows of tables."""
    text = _CODE.sub(lambda match: " " * len(match[0]), masked)
    for at, block in _parts(text, _GAP):
        for begin, part in _parts(block, _HEADING):
            by = _LINE if _is_table(part) else next((sign for sign in _ITEMS if sign.match(part)), _GAP)
            yield from ((at + begin + start, one) for start, one in _parts(part, by))


def _is_table(text: str) -> bool:
    """Say whether Markdown surely takes a text for a table, each line of which it reads by itself."""
    head, row = (*(line.strip(" >") for line in text.split("\n", 2)[:2]), "")[:2]
    is_framed = head.startswith("|") and row.startswith("|")
    cells = [line.strip("|").count("|") for line in (head, row)]
    return "\\" not in head and set(row) <= set("|:- ") and cells[0] == cells[1] and (is_framed or cells[0] > 0)


def _parts(text: str, by: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Yield the parts of a text between what parts it, and that."""
    at = 0
    for match in by.finditer(text):
        yield at, text[at : match.start()]
        yield match.start(), match[0]
        at = match.end()
    yield at, text[at:]


def _open(text: str) -> tuple[int, int]:
    """Return how deep brackets are nested in a paragraph, and how many brackets, links and tags do not end in it."""
    depth = deepest = count = 0
    is_tag = False
    within: list[str] = []  # for each parenthesis that is open, the quotation marks in a link's, else a space
    for match in _ENDS.finditer(text):
        sign = match[0]
        if sign == "[":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in ("]", "]("):
            depth = max(depth - 1, 0)
        if sign in ("(", "]("):
            within.append(" " if sign == "(" else "")
        elif sign == ")" and within:
            marks = within.pop()
            count += bool(marks.strip()) and marks.count(marks[0]) % 2
        elif sign in "\"'" and within and within[-1] != " ":
            within[-1] += sign
        elif sign in "<>":
            count += is_tag and sign == "<"
            is_tag = sign == "<"
    return deepest, count + depth + is_tag + sum(marks != " " for marks in within)
