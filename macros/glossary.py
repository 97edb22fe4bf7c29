"""The glossary: terms and abbreviations, explained on their page and, abbreviations, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from macros.markup import plain
from macros.source import Source

PAGE = "glossary.md"


@dataclass(frozen=True)
class Term:
    """A term of the glossary; an abbreviation has an expansion."""

    id: str
    term: str
    expansion: str


def read_glossary(source: Source | None) -> tuple[Term, ...]:
    """Return the terms of the glossary page: its headings, `expansion="…"` on those of abbreviations."""
    if source is None:
        return ()
    return tuple(
        Term(heading.attributes.id, plain(heading.text), heading.attributes.pairs.get("expansion", ""))
        for heading, _ in source.sections()
        if heading.attributes.id
    )


def abbreviations(terms: tuple[Term, ...], text: str) -> Mapping[str, str]:
    """Return the abbreviations that stand in a text, with what they are short for."""
    return {
        term.term: term.expansion
        for term in terms
        if term.expansion and re.search(rf"(?<!\w){re.escape(term.term)}(?!\w)", text)
    }
