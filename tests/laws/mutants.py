"""Mutants: texts spoilt at random, by small changes that know how texts are built."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tests.laws.hostile import SNIPPETS
from tests.laws.seeds import Seed, cases, laid, whole

Draw = Callable[[st.SearchStrategy[Any]], Any]

_TOKEN = re.compile(r"\w+|[^\S\n]+|\n|[^\w\s]")
_MOST_CHANGES = 6
_LONGEST_SPAN = 40  # tokens
_MOST_REPEATED = 30
_PAIRS = ("()", "[]", "{}", "<>", "“”", '""', "''", "**", "__", "``", "$$", "||", "⟦⟧")


@dataclass(frozen=True)
class Mutant:
    """A seed of which some files are spoilt, and a number by which a law may choose what else it looks at."""

    seed: Seed
    spoilt: Mapping[str, bytes]
    number: int

    @property
    def files(self) -> Mapping[str, bytes | None]:
        """The files that differ from the ground's."""
        return {**self.seed.files, **self.spoilt}

    @property
    def uris(self) -> tuple[str, ...]:
        """The spoilt files below the docs folder."""
        return tuple(path.removeprefix("docs/") for path in self.spoilt if path.startswith("docs/"))

    @contextmanager
    def laid(self) -> Iterator[Path]:
        """Give a folder in which it stands."""
        with laid(self.seed.ground, self.files) as home:
            yield home


def _place(draw: Draw, items: Sequence[object]) -> int:
    return int(draw(st.integers(0, len(items))))


def _span(draw: Draw, items: Sequence[object], longest: int) -> tuple[int, int]:
    start = _place(draw, items)
    return start, min(len(items), start + int(draw(st.integers(1, longest))))


def _taken_out(draw: Draw, items: list[str], longest: int) -> list[str]:
    start, end = _span(draw, items, longest)
    return items[:start] + items[end:]


def _doubled(draw: Draw, items: list[str], longest: int) -> list[str]:
    start, end = _span(draw, items, longest)
    at = _place(draw, items)
    return items[:at] + items[start:end] + items[at:]


def _moved(draw: Draw, items: list[str], longest: int) -> list[str]:
    start, end = _span(draw, items, longest)
    rest = items[:start] + items[end:]
    at = _place(draw, rest)
    return rest[:at] + items[start:end] + rest[at:]


def _in_words(change: Callable[[Draw, list[str], int], list[str]]) -> Callable[[Draw, str], str]:
    return lambda draw, text: "".join(change(draw, _TOKEN.findall(text), _LONGEST_SPAN))


def _in_lines(change: Callable[[Draw, list[str], int], list[str]]) -> Callable[[Draw, str], str]:
    return lambda draw, text: "\n".join(change(draw, text.split("\n"), 6))


def _snippet(draw: Draw) -> str:
    return str(draw(st.sampled_from(SNIPPETS[draw(st.sampled_from(sorted(SNIPPETS)))])))


def _hostile(draw: Draw, text: str) -> str:
    """Put a snippet between two tokens, now and then many times."""
    tokens = _TOKEN.findall(text)
    at = _place(draw, tokens)
    times = draw(st.integers(2, _MOST_REPEATED)) if draw(st.integers(0, 9)) == 9 else 1
    return "".join([*tokens[:at], _snippet(draw) * times, *tokens[at:]])


def _at_line(draw: Draw, text: str) -> str:
    """Put a snippet at the beginning, at the end or in the place of a line."""
    lines = text.split("\n")
    at = min(_place(draw, lines), len(lines) - 1)
    put, line = _snippet(draw), lines[at]
    lines[at] = draw(st.sampled_from((put + line, line + put, put, f"{line} {put}", f"{line}\n{put}")))
    return "\n".join(lines)


def _indented(draw: Draw, text: str) -> str:
    lines = text.split("\n")
    start, end = _span(draw, lines, 6)
    before = draw(
        st.sampled_from((" ", "    ", "> ", "- ", "1. ", "\t", "# ", "    > ", ": ", "| ", "\\", "* ", "  - "))
    )
    return "\n".join([*lines[:start], *(before + line for line in lines[start:end]), *lines[end:]])


def _joined(draw: Draw, text: str) -> str:
    lines = text.split("\n")
    at = _place(draw, lines)
    return "\n".join([*lines[:at], " ".join(lines[at : at + 2]), *lines[at + 2 :]])


def _enclosed(draw: Draw, text: str) -> str:
    tokens = _TOKEN.findall(text)
    start, end = _span(draw, tokens, 8)
    pair = draw(st.sampled_from(_PAIRS))
    return "".join([*tokens[:start], pair[0], *tokens[start:end], pair[1], *tokens[end:]])


def _swapped_sign(draw: Draw, text: str) -> str:
    """Put a sign in the place of another one."""
    if not text:
        return text
    at = draw(st.integers(0, len(text) - 1))
    sign = draw(
        st.sampled_from(SNIPPETS["unicode"])
        | st.characters(codec="utf-8")
        | st.sampled_from("{}[]()<>\"'`*_#:-|\\\n &")
    )
    return f"{text[:at]}{sign}{text[at + 1 :]}"


def _cut(draw: Draw, text: str) -> str:
    at = draw(st.integers(0, len(text)))
    return str(draw(st.sampled_from((text[:at], text[at:]))))


def _spliced(draw: Draw, text: str) -> str:
    """Put lines of another text between two of this one."""
    other = _seed(draw)
    there = other.read(draw(st.sampled_from(other.open))).decode(errors="replace").split("\n")
    start, end = _span(draw, there, 20)
    lines = text.split("\n")
    at = _place(draw, lines)
    return "\n".join([*lines[:at], *there[start:end], *lines[at:]])


_CHANGES: tuple[Callable[[Draw, str], str], ...] = (
    *(made(change) for change in (_taken_out, _doubled, _moved) for made in (_in_words, _in_lines)),
    *(_hostile, _hostile, _hostile, _at_line, _at_line, _indented, _joined, _enclosed, _swapped_sign, _cut, _spliced),
)


def _seed(draw: Draw) -> Seed:
    """Draw a seed: the real edition takes ten times as long, and is drawn more rarely."""
    edition, collection = whole()
    kind = draw(st.integers(0, 15))
    if kind == 15:
        return edition
    return draw(st.sampled_from(cases())) if kind < 9 else collection


@st.composite
def mutants(draw: Draw) -> Mutant:
    """Draw a mutant."""
    seed = _seed(draw)
    spoilt = {}
    for path in {draw(st.sampled_from(seed.open)) for _ in range(draw(st.sampled_from((1, 1, 1, 2))))}:
        text = seed.read(path).decode(errors="replace")
        for change in draw(st.lists(st.sampled_from(_CHANGES), min_size=1, max_size=_MOST_CHANGES)):
            text = change(draw, text)
        spoilt[path] = text.encode(errors="surrogatepass")
        if draw(st.integers(0, 99)) == 99:
            spoilt[path] += b"\xff"
    return Mutant(seed, spoilt, draw(st.integers(0, 999)))


_JOINTS = (
    "",
    " ",
    "a",
    "\n",
    "\n\n",
    "\n> ",
    "\n- ",
    "\n\n    ",
    "`",
    "``",
    "*",
    "[",
    "](index.md)",
    "<!--",
    "-->",
    "|",
)


@st.composite
def pages(draw: Draw) -> Mutant:
    """Draw a page that is made of nothing but what is put into others, and of what holds it together."""
    snippets = st.sampled_from(tuple(SNIPPETS)).flatmap(lambda kind: st.sampled_from(SNIPPETS[kind]))
    parts = draw(st.lists(snippets | st.sampled_from(_JOINTS), max_size=12))
    text = f"# Page\n\n{''.join(parts)}\n\nThe end.\n"
    return Mutant(
        Seed("pieces", "collection"), {"docs/case.md": text.encode(errors="surrogatepass")}, draw(st.integers(0, 999))
    )
