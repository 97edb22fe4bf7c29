"""A sheet: a page as data, all that rendering it needs; it can be kept, compared and handed to another process."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..text.markup import code_parts
from ..text.problem import Position, Problem

Plain = None | bool | int | float | str | Sequence["Plain"] | Mapping[str, "Plain"]
"""What templates are given: plain data, and nothing of the edition."""

SIGN = "\x02edition:"
"""Begins a token; the control signs are the ones that Python-Markdown reserves for such use."""

TOKEN = SIGN + "{}{}\x03"
"""A token: the number of its piece, and for a call with a body which end of it."""

FOUND = re.compile(rf"{SIGN}(\d+)(:open|:close)?\x03")
"""Finds tokens."""

MILESTONE = SIGN + "q{}{}\x03"
"""Where quoted words begin (`+`) or end (`-`): the number of their id among the page's."""

MILESTONES = re.compile(rf"{SIGN}q(?P<number>\d+)(?P<sign>[+-])\x03")
"""Finds milestones."""


@dataclass(frozen=True)
class Piece:
    """What a token stands for: a template with its data, and where the call stands that asks for it.

    `texts` are Markdown that the template puts where it says `text(key)`; `is_own` says that the call stands in the
    page's own file.
    """

    template: str
    data: Mapping[str, Plain]
    place: Position
    is_inline: bool = False
    is_own: bool = True
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """A page's text with tokens, what they stand for, and what rendering has to know of the edition.

    `footnotes` are texts by label; `quoted` the ids of the words that milestones enclose; `links` the addresses of the
    clauses that links lead to, by the links' targets.  `paragraphs` are ids, names and places of those that get a
    number, `clauses` the places of those that are headings, by their ids; a page that is no such document has none.
    `problems` are the page's, `faults` those that only composing it showed; `rule` is the link to the rule that
    templates break.  `body` and `offset` are those of the file, to find in it what is rendered.
    """

    path: str
    body: str
    offset: int
    text: str
    pieces: tuple[Piece, ...] = ()
    footnotes: Mapping[str, str] = field(default_factory=dict)
    quoted: tuple[str, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    paragraphs: tuple[tuple[str, str, str], ...] | None = None
    clauses: Mapping[str, str] | None = None
    language: str = ""
    problems: tuple[Problem, ...] = ()
    faults: tuple[Problem, ...] = ()
    rule: str = ""

    def position(self, offset: int) -> Position:
        """Return the place in the file of an offset into its body."""
        line = self.body.count("\n", 0, offset)
        return Position(self.path, self.offset + line + 1, offset - self.body.rfind("\n", 0, offset))


def described(problem: Problem, href: str) -> Mapping[str, Plain]:
    """Return a problem as the templates of problems take it; `href` leads to its rule."""
    return {
        "message": code_parts(problem.message),
        "rule": problem.rule,
        "href": href,
        "path": problem.position.path,
        "line": problem.position.line,
    }
