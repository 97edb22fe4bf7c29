"""Witnesses: the texts as received, and the check that a page departs from its witness only where it says so."""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from ..model.document import Document
from ..model.edition import Edition
from ..model.macro import Macro, meaning
from ..model.witness import Witness
from ..text.call import Call
from ..text.difference import word_edits
from ..text.file import TextFile
from ..text.markup import plain, without_comments, without_table_lines
from ..text.problem import Problem
from ..text.substitution import BREAK, parts
from ..text.words import difference, lead, spell
from .base import Scope, check

_TOKEN = re.compile(
    r"(?P<words>[^\W_]+(?:[ ][^\W_]+)*)"
    r"|(?P<gap>\n[ \t]*\n\s*)"
    r"|^(?P<heading>\#{1,6})[ ]+"
    r"|(?P<list>(?:\n?(?<![ ])[ ]*+)?\{:?[ ]*+(?P<attributes>[.\#][^}\n]*+|[\w-]++=[^}\n]*+)\})"
    r"|\]\((?P<target>[^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)*+)(?:\s++\"[^\"]*\")?\)(?P<link>\{[^}\n]*+\})?"
    r"|\\(?P<escaped>[^\w\s])"
    r"|(?P<emphasis>\*|(?<![^\W_])_|_(?![^\W_]))"
    r"|(?P<sign>[^\w\s])",
    re.VERBOSE | re.MULTILINE,
)
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_TEXT = re.compile(r"[^ ]+")
_QUOTED_LINE = re.compile(r"^ {0,3}> ?(?P<words>[^\n]*)", re.MULTILINE)
_PLAIN = re.compile(r"[^\W_]+|[^\w\s]|_")
_CONTEXT = 4  # words shown on each side of a difference
_MOST = 12  # words shown of a difference


class Token(NamedTuple):
    """A word, a sign, or a mark of structure, with its offset in the text it was read from.

    `joined` says that no space stands before it there.
    """

    text: str
    offset: int
    joined: bool = False


def _as_witness(macros: Mapping[str, Macro]) -> Callable[[Call], str]:
    return lambda call: meaning(macros, call, "witness").replace(BREAK, "\n\n")


def tokens(parts: list[tuple[str, int]]) -> list[Token]:
    """Return the words, signs and marks of structure of a text that is given in parts with offsets."""
    starts = [0, *accumulate(len(part) for part, _ in parts)]
    text = _joined(parts)
    found = []
    for run, start in zip(*_runs(text), strict=True):
        for match in _TEXT.finditer(run):
            at = start + match.start()
            index = bisect_right(starts, at, hi=len(parts)) - 1
            is_joined = at > 0 and not text[at - 1].isspace()
            found.append(Token(match[0], parts[index][1] + at - starts[index], is_joined))
    return found


def agree(one: str, other: str) -> bool:
    """Say whether two texts have the same tokens; only paragraphs that differ in more than white space are read."""
    ours, theirs = _paragraphs(one), _paragraphs(other)
    # Equal runs are equal tokens, and there are many times fewer of them.
    return len(ours) == len(theirs) and all(
        a == b or _runs(a)[0] == _runs(b)[0] for a, b in zip(ours, theirs, strict=True)
    )


def _paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text with its white space folded; a line that begins as a heading begins anew."""
    parts = (part.strip() for part in _PARAGRAPH.split(text))
    return ["\n#".join(" ".join(line.split()) for line in part.split("\n#")) for part in parts if part]


def _joined(parts: list[tuple[str, int]]) -> str:
    return "".join(part for part, _ in parts)


def _runs(text: str) -> tuple[list[str], list[int]]:
    """Return the runs of words with a space between them, the signs and the marks of structure, and their offsets."""
    found: list[str] = []
    places: list[int] = []
    pending = False
    for match in _TOKEN.finditer(_without_open_braces(text)):
        kind = match.lastgroup
        if kind == "gap":
            pending = bool(found)
            continue
        if kind == "list":
            continue
        if pending:
            found.append(BREAK)
            places.append(match.start())
            pending = False
        if kind in ("words", "sign"):
            found.append(text[match.start() : match.end()])
        elif kind == "escaped":
            found.append(text[match.end() - 1])
        elif kind == "heading":
            found.append("#")
        elif kind == "emphasis":
            found.append("*")
        else:
            is_restored = "editorial" in (match["link"] or "")
            found.append(f"]({'#' if is_restored else text[slice(*match.span('target'))]})")
        places.append(match.start())
    return found, places


def _without_open_braces(text: str) -> str:
    """Return a text with another sign for each brace that none closes in its line: no attribute list begins there."""
    cut = [(line, line.rfind("}") + 1) for line in text.split("\n")] if "{" in text else []
    return "\n".join(line[:at] + line[at:].replace("{", "\0") for line, at in cut) or text


def _words(parts: list[tuple[str, int]]) -> list[Token]:
    """Return the words and signs of plain text, in which nothing is markup."""
    return [
        Token(match[0], offset + match.start(), match.start() > 0 and not text[match.start() - 1].isspace())
        for text, offset in parts
        for match in _PLAIN.finditer(text)
    ]


def own_words(document: Document) -> list[tuple[str, int]]:
    """Return the lines of a declaration's blockquotes as plain words with their offsets."""
    return [
        (plain(without_table_lines(match["words"])) + "\n", match.start("words"))
        for match in _QUOTED_LINE.finditer(document.file.masked_of_calls)
    ]


@check(Scope.DOCUMENT)
def witness(edition: Edition, document: Document) -> tuple[Problem, ...]:
    """Find where a document departs from its witness without saying so."""
    received = edition.witnesses.get(document.id)
    return disagreements(document, received, edition.macros) if received else ()


def disagreements(document: Document, witness: Witness, macros: Mapping[str, Macro]) -> tuple[Problem, ...]:
    """Return a problem for each place where a document departs from its witness without declaring it.

    A commentary's whole body is compared, with emphasis, link brackets and paragraph breaks; of a declaration its
    own words, which clauses part as they need to.
    """
    file = document.file
    if document.kind.is_received:
        read = parts(file, 0, len(file.body), _as_witness(macros))
        ours_read = [(without_comments(text), offset) for text, offset in read]
        if agree(_joined(ours_read), witness.text):
            return ()
        theirs, ours = tokens([(witness.text, 0)]), tokens(ours_read)
    else:
        ours_read = own_words(document)
        if witness.text.split() == _joined(ours_read).split():
            return ()
        theirs, ours = _words([(witness.text, 0)]), _words(ours_read)
    if [token.text for token in theirs] == [token.text for token in ours]:
        return ()
    found = word_edits([token.text for token in theirs], [token.text for token in ours])
    problems = []
    for first, last in _stretches(found, lambda j: file.position(_offset(file, ours, j)).line):
        (_, i1, _, j1, _), (_, _, i2, _, _) = found[first], found[last]
        shown = spell(theirs[max(0, i1 - _CONTEXT) : i1])
        for tag, a1, a2, b1, b2 in found[first : last + 1]:
            dropped, added = theirs[a1:a2], ours[b1:b2]
            shown += lead(dropped or added)
            shown += spell(dropped) if tag == "equal" else difference(dropped, added, _MOST)
        shown += lead(theirs[i2:]) + spell(theirs[i2 : i2 + _CONTEXT])
        offset = _offset(file, ours, j1)
        way_out = "restore the witness's words, or declare the change with emend(…)"
        if name := _declaring(file, macros, offset):
            way_out = f"'{name}' of this call is what the witness has: write {name}=\"{spell(theirs[i1:i2])}\""
        message = f"the text departs from its witness, “{shown.strip()}” ([-witness-] {{+page+}}): {way_out}"
        problems.append(Problem(file.position(offset), "page-agrees-with-witness", message))
    return tuple(problems)


def _declaring(file: TextFile, macros: Mapping[str, Macro], offset: int) -> str:
    """Return the argument that says what the witness reads, of the call at an offset; empty if none is there."""
    call = next((call for call in file.calls if call.start <= offset < call.end), None)
    return macros[call.name].witness if call and call.name in macros else ""


def _offset(file: TextFile, ours: Sequence[Token], index: int) -> int:
    return ours[index].offset if index < len(ours) else len(file.body.rstrip())


def _stretches(edits: Sequence[tuple[str, int, int, int, int]], line: Callable[[int], int]) -> list[tuple[int, int]]:
    """Return first and last of the edits that one problem tells of: changes of one line with few words between them."""
    found: list[tuple[int, int]] = []
    for number, (tag, _, _, j1, _) in enumerate(edits):
        if tag == "equal":
            continue
        if found and found[-1][1] == number - 2:
            _, i1, i2, _, _ = edits[number - 1]
            if i2 - i1 <= 2 * _CONTEXT and line(j1) == line(edits[number - 2][3]):
                found[-1] = (found[-1][0], number)
                continue
        found.append((number, number))
    return found
