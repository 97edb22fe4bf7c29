"""The glossary: terms and abbreviations, explained on their page and, abbreviations, wherever they stand."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..text.file import TextFile
from ..text.line import one_line


@dataclass(frozen=True)
class Term:
    """A term of the glossary; an abbreviation has an expansion.

    `also` are other names of it, under which a search finds what speaks of it; they are printed nowhere.
    """

    id: str
    term: str
    expansion: str
    also: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called."""
        return tuple(name for name in (self.term, self.expansion, *self.also) if name)


def read_glossary(file: TextFile | None) -> tuple[Term, ...]:
    """Return the terms of the glossary page: its headings, `expansion="…"` on those of abbreviations.

    `also="…; …"` gives a term's other names.
    """
    if file is None:
        return ()
    found = []
    for heading, _ in file.sections():
        pairs = heading.attributes.pairs
        if heading.attributes.id:
            found.append(
                Term(heading.attributes.id, heading.name, one_line(pairs.get("expansion", "")), heading.attributes.also)
            )
    return tuple(found)


def abbreviations(terms: tuple[Term, ...], text: str) -> Mapping[str, str]:
    """Return the abbreviations that stand in a text, with what they are short for."""
    return {
        term.term: term.expansion
        for term in terms
        if term.expansion and term.term in text and re.search(rf"(?<!\w){re.escape(term.term)}(?!\w)", text)
    }
