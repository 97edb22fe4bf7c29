"""Problems: defects in an author's file, as values.

A problem names the file and line, the rule that should hold, what is the case, and a way out.  Nothing in the
core logs or raises for an author's mistake: functions return problems, and the adapters report them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType

RULES: Mapping[str, str] = MappingProxyType(
    {
        "file-is-readable": "A file is UTF-8 text of a reasonable size and depth.",
        "front-matter-is-valid": "Front matter is YAML with the keys and types of its kind.",
        "call-is-well-formed": "Braces hold one whole call of a macro, and every `call` has its `endcall`.",
        "call-is-literal": "A call has literal arguments only; a page calls macros and does not program.",
        "call-stands-in-text": "A call stands where Markdown reads text, inside one paragraph.",
        "macro-known": "A called macro exists.",
        "arguments-fit": "A call gives a macro the arguments it takes.",
        "document-resolves": "A document that is referred to exists.",
        "clause-resolves": "A clause or paragraph that is referred to exists.",
        "news-has-date": "An item of the news has an id and a day in its heading.",
        "thread-resolves": "A thread that is referred to exists.",
        "thread-is-used": "A thread's page prints its clauses.",
        "note-resolves": "A note that is called exists.",
        "note-is-used": "A note that is written is called somewhere.",
        "note-is-well-formed": "A note is a heading with an id and one kind, and a text.",
        "source-resolves": "A bibliography key that is cited exists.",
        "source-is-used": "An entry of the bibliography is cited somewhere.",
        "source-is-complete": "An entry of the bibliography has the fields of its kind.",
        "bibliography-is-readable": "The bibliography is well-formed BibTeX with unique keys.",
        "id-is-unique": "An id stands for one thing only.",
        "id-is-ascii": "An id is lower-case ASCII letters, digits and hyphens.",
        "heading-is-well-formed": "The braces behind a heading are closed and hold an id, classes, or pairs.",
        "clause-has-id": "Every clause of a declaration is a heading with an id.",
        "footnote-resolves": "A footnote reference has its definition.",
        "footnote-is-used": "A footnote definition is referred to.",
        "footnote-is-unique": "A footnote is defined once.",
        "quotation-matches": "A quotation stands, word for word, in the clause it quotes.",
        "quotation-has-address": "Words in quotation marks are a quotation or are declared to be none.",
        "own-words-have-a-source": "In a document held in excerpts, its own words are words that a "
        "witness-checked commentary quotes.",
        "own-words-stand-apart": "A document's own words and ours are separated by a blank line.",
        "page-agrees-with-witness": "A text agrees with its witness but for declared emendations.",
        "witness-is-unchanged": "A witness is the text that its header describes.",
        "link-resolves": "A link leads to a page and a passage that exist.",
        "configuration-is-readable": "`mkdocs.yml` is YAML.",
        "navigation-resolves": "An entry of the navigation leads to a page.",
        "page-has-a-place": "A page has a place in the navigation, or is among those that need none.",
        "text-is-written": "A text that is begun by `new` is written: no sentence that only holds its place is left.",
        "html-is-allowed": "HTML, attributes and addresses are among those that the edition lets through.",
    }
)
"""Every rule a problem can name, with what it asks for."""


@dataclass(frozen=True, order=True)
class Position:
    """A place in an author's file: path as the author knows it, line and column counted from 1."""

    path: str
    line: int
    column: int = 1


@dataclass(frozen=True, order=True)
class Problem:
    """A defect in an author's file.

    `hides` names what nobody can refer to until the defect is mended: a document's id, an address, a key, or the
    beginning of several addresses (`document#`, `document#note-`).  `misses` names what was referred to and not
    found.  What misses something hidden is the echo of another problem (see `echo`).
    """

    position: Position
    rule: str
    message: str
    hides: str = field(default="", compare=False)
    misses: str = field(default="", compare=False)

    def __str__(self) -> str:
        """Return the problem as people read it."""
        return f"{self.position.path}:{self.position.line}: {self.message} [{self.rule}]"


class RefusalError(Exception):
    """Raised by a macro that cannot do what a call asks; becomes a problem at the call's place.

    `misses` names what the call refers to, where the reason is that it was not found.
    """

    def __init__(self, rule: str, message: str, *, misses: str = "") -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.misses = misses

    def at(self, position: Position, before: str = "") -> Problem:
        """Return the refusal as a problem at a place; `before` begins its message."""
        return Problem(position, self.rule, before + self.message, misses=self.misses)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word nearest to `word`, or the empty text where none is near."""
    candidates = list(known)
    near = get_close_matches(word, candidates, n=1, cutoff=0.6)
    if not near:
        near = [name for name in candidates if word and name and (word in name or name in word)][:1]
    return next(iter(near), "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` for the known word nearest to `word`, or nothing."""
    near = nearest(word, known)
    return f"; did you mean '{near}'?" if near else ""
