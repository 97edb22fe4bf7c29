"""Mistakes as people make them, each at a place of a sound text where it can hardly be meant.

What the check may pass in silence is no mistake and stands in no list here: another word in our own summaries, a
sentence taken out, a title in other words, another kind of a note, a class left out, an entry of the navigation moved.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from macros.text.markup import blocks, mask
from tests.laws.seeds import GROUNDS, texts

_WORD = re.compile(r"(?<![\w`*_\[(/#.&-])[A-Za-z]{4,}(?![\w`*_\])/#-])")
_NO_PROSE = re.compile(r"[|{}<>`\[\]\0]|^[ ]*(?:[#>*+:!-]|\d+[.)])", re.MULTILINE)


@dataclass(frozen=True)
class Mistake:
    """A mistake in one file: of which kind, in which collection, where, and what the file holds with it."""

    kind: str
    ground: str
    path: str
    text: str


IN_PROSE: Mapping[str, tuple[str, str]] = {
    kind: (pattern, put)
    for kind, pattern, put in (
        ("struck", "word", r"~~\g<0>~~"),
        ("marked", "word", r"==\g<0>=="),
        ("wiki link", "word", r"[[\g<0>]]"),
        ("brackets exchanged", "word", r"(\g<0>)[https://example.org/]"),
        ("link not closed", "word", r"[\g<0>](https://example.org/ "),
        ("link to nothing", "word", r"[\g<0>](nowhere.md)"),
        ("reference to nothing", "word", r"[\g<0>][nowhere]"),
        ("link with one slash", "word", r"[\g<0>](https:/example.org)"),
        ("bold not closed", "word", r"**\g<0>"),
        ("emphasis not closed", "word", r"*\g<0>"),
        ("smile", "word", r"\g<0> :smile:"),
        ("footnote in its place", "word", r"\g<0>^[Or so.]"),
        ("footnote without a text", "word", r"\g<0>[^nowhere]"),
        ("wrong encoding", "word", "\\g<0> â€“ "),
        ("bare address", "word", r"\g<0> https://example.org/x"),
        ("call of a missing source", "word", r'\g<0> {{ cite("no-such-source-at-all") }}'),
        ("call without braces", "word", r'\g<0> cite("no-such-source-at-all")'),
        ("call in one brace", "word", r'\g<0> { cite("no-such-source-at-all") }'),
        ("call not closed", "word", r'\g<0> {{ cite("no-such-source-at-all")'),
        ("call in curly marks", "word", r"\g<0> {{ cite(“no-such-source-at-all”) }}"),
        ("tag not closed", "word", r'{% call note("nowhere") %}\g<0>'),
        ("tag of a program", "word", r"{% if x %}\g<0>{% endif %}"),
        ("element", "word", r"<font>\g<0></font>"),
        ("comment not closed", "word", r"<!-- \g<0>"),
        ("hash at the head", "head", r"#27 \g<0>"),
        ("box to tick", "head", r"- [ ] \g<0>"),
        ("box", "head", r'!!! note "x"\n    \g<0>'),
        ("bullet of a word processor", "head", "•\t\\g<0>"),
        ("code by four spaces", "head", r"    \g<0>"),
        ("line of Git", "head", r"<<<<<<< HEAD\n\g<0>"),
    )
}
"""Put into a paragraph of ours: at a word, or at its head."""

IN_FRONT: Mapping[str, tuple[str, str]] = {
    "colon without a space": (r"^(title|description|summary|publisher): ", r"\1:"),
    "equals sign": (r"^(title|description|summary|publisher): ", r"\1 = "),
    "hyphen before a key": (r"^(title|description|summary): ", r"- \1: "),
    "ampersand": (r"^(description|summary): (\w)", r"\1: &\2"),
    "remark in a value": (r"^(description|summary): ([^\"'\n]+)$", r"\1: A #1 \2"),
    "one quotation mark": (r"^(description|summary): (\w)", r'\1: "\2'),
    "key misspelt": (r"^(title|kind|date):", r"\1s:"),
    "no date": (r"^date: .*$", "date: soon"),
    "three hyphens taken out": (r"\A---\n", ""),
    "other fence": (r"\A---\n", "```\n"),
}

IN_HEADINGS: Mapping[str, tuple[str, str]] = {
    "space behind the sign": (r"^(## .*)\{ #([\w-]+)", r"\1{ # \2"),
    "sign forgotten": (r"^(## .*)\{ #([\w-]+) \}$", r"\1{ \2 }"),
    "round brackets": (r"^(## .*)\{ #([\w-]+) \}$", r"\1( #\2 )"),
    "no braces": (r"^(## .*)\{ #([\w-]+) \}$", r"\1#\2"),
    "brace not closed": (r"^(## .*\{ #[\w-]+.*) \}$", r"\1"),
    "next line": (r"^(## .*) (\{ #[\w-]+.*\})$", r"\1\n\2"),
    "stop behind": (r"^(## .*\{ #[\w-]+.*\})$", r"\1."),
    "two pairs": (r"^(## .*)\{ #([\w-]+)(.*)\}$", r"\1{ #\2 } { .card \3}"),
    "bold for hashes": (r"^## (.*\{ #[\w-]+.*\})$", r"**\1**"),
    "indented": (r"^(## .*\{ #[\w-]+.*\})$", r"    \1"),
    "id in capitals": (r"^(## .*)\{ #([a-z])", r"\1{ #X\2"),
    "id with an underscore": (r"^(## .*)\{ #([a-z]+)", r"\1{ #\2_x"),
}

IN_SOURCES: Mapping[str, tuple[str, str]] = {
    "no comma": (r"^(\s+title = \{.*\}),$", r"\1"),
    "no equals sign": (r"^(\s+title) = \{", r"\1 {"),
    "colon": (r"^(\s+title) = \{", r"\1: {"),
    "brace not closed": (r"^(\s+title = \{.*)\},$", r"\1,"),
    "field misspelt": (r"^(\s+)title = ", r"\1titel = "),
    "type misspelt": (r"^@(book|online|article|report|misc)\{", r"@\1x{"),
    "no key": (r"^@(\w+)\{[\w-]+,$", r"@\1{"),
    "underscore in a key": (r"^@(\w+)\{([\w-]+),$", r"@\1{\2_,"),
    "line of Git": (r"^(@\w+\{[\w-]+,)$", r"<<<<<<< HEAD\n\1"),
}


@st.composite
def mistakes(draw: DrawFn) -> Mistake:
    """Draw a mistake in a text of either collection; the real edition takes longer, and is drawn more rarely."""
    ground = draw(st.sampled_from([name for name in GROUNDS for _ in range(1 if name == "towns" else 4)]))
    where = draw(st.integers(0, 9))
    kinds = IN_PROSE if where < 5 else IN_HEADINGS if where < 7 else IN_FRONT if where < 9 else IN_SOURCES
    kind = draw(st.sampled_from(sorted(kinds)))
    pattern, put = kinds[kind]
    found = _places(ground, pattern, _KINDS.index(kinds))
    assume(found)
    path, (start, end) = draw(st.sampled_from(found))
    text = texts(ground)[path].decode()
    new = re.sub(r".+" if kinds is IN_PROSE else pattern, put, text[start:end], count=1, flags=re.MULTILINE | re.DOTALL)
    return Mistake(kind, ground, path, text[:start] + new + text[end:])


_KINDS = (IN_PROSE, IN_HEADINGS, IN_FRONT, IN_SOURCES)


@cache
def _places(ground: str, pattern: str, kinds: int) -> list[tuple[str, tuple[int, int]]]:
    """Return the files of a ground in which a mistake may be made, with each place."""
    find = _prose if _KINDS[kinds] is IN_PROSE else partial(_lines, kinds=_KINDS[kinds])
    return [(path, span) for path, raw in texts(ground).items() for span in find(path, raw.decode(), pattern)]


def _lines(path: str, text: str, pattern: str, kinds: Mapping[str, tuple[str, str]]) -> list[tuple[int, int]]:
    """Return the places of a pattern in the front matter, the headings with ids or the bibliography."""
    front = text.find("\n---\n", 4) + 5 if text.startswith("---\n") else 0
    is_right = {
        id(IN_FRONT): path.endswith(".md") and front > 0 and text.startswith(("---\nkind: c", "---\nkind: d")),
        id(IN_HEADINGS): path.startswith(("docs/declarations/", "docs/notes/")) and path.endswith(".md"),
        id(IN_SOURCES): path.endswith(".bib"),
    }
    whole = text[:front] if kinds is IN_FRONT else text
    flags = re.MULTILINE
    return [match.span() for match in re.finditer(pattern, whole, flags)] if is_right[id(kinds)] else []


def _prose(path: str, text: str, where: str) -> list[tuple[int, int]]:
    """Return the places of words, or of the heads, of paragraphs that are our own."""
    if not path.endswith(".md") or path.startswith(("docs/commentary/", "docs/contribute/")):
        return []
    front = text.find("\n---\n", 4) + 5 if text.startswith("---\n") else 0
    body = mask(text)
    found = []
    for block in blocks(body, front):
        if _NO_PROSE.search(block.text) or (path.startswith("docs/notes/") and "\n## " not in body[: block.start]):
            continue
        words = [match.span() for match in _WORD.finditer(body, block.start, block.end)]
        first = words[:1] if words and not body[block.start : words[0][0]].strip() else []
        found += words if where == "word" else first
    return found
