"""Headings: what stands in braces behind them, which others refer to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from macros.document import ID, as_id
from macros.markup import Attributes, Heading
from macros.note import KINDS
from macros.problem import Problem
from macros.source import Source

if TYPE_CHECKING:
    from macros.edition import Edition


def headings(edition: Edition, source: Source) -> Iterator[Problem]:
    """Find faults in what stands in braces behind headings: ids are ASCII, and one of a kind in their page."""
    is_notes = source.uri in edition.notes_files
    prefix = f"{source.stem}#note-" if is_notes else f"{source.stem}#"
    seen: dict[str, int] = {}
    for heading in source.headings:
        attributes, id = heading.attributes, heading.attributes.id
        rule, fault, hides = "heading-is-well-formed", "", prefix
        if not heading.is_closed:
            form = f"{'#' * heading.level} {heading.text} {attributes}"
            fault, hides = f"the braces of this heading are not closed: write `{form}`", ""
        elif attributes.strays and (id or attributes.classes):
            fault = _stray(heading)
        elif id and not ID.fullmatch(id):
            hides += "" if is_notes else as_id(id)
            rule, fault = (
                "id-is-ascii",
                f"the id '{id}' is not lower-case ASCII letters, digits and hyphens: "
                f"write '{as_id(id)}', here and where it is referred to",
            )
        elif id and id in seen:
            line = source.position(seen[id]).line
            rule, fault = "id-is-unique", f"the id '{id}' stands in line {line} already: give this heading another"
        if fault:
            yield Problem(source.position(heading.start), rule, fault, hides=hides)
        elif id:
            seen[id] = heading.start


def _stray(heading: Heading) -> str:
    """Say how the words in a heading's braces that are neither id nor class are written."""
    attributes = heading.attributes
    kinds = [word for word in attributes.strays if word in KINDS]
    words = [attributes.id] * bool(attributes.id) + [word for word in attributes.strays if word not in kinds]
    form = Attributes(as_id(" ".join(words)) if words else "", (*attributes.classes, *kinds), attributes.pairs)
    return (
        f"'{attributes.strays[0]}' in the braces of this heading is neither an id, which begins with # and has no "
        f"spaces, nor a class, which begins with a full stop: write `{form}`"
    )
