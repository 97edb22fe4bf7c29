"""What a macro hands back: a fragment of HTML to come from a template, or a footnote."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..text.source import Source
from .note import Note


@dataclass(frozen=True)
class Fragment:
    """HTML to come from a template: its name, and a function that gives the plain data for it.

    The template puts the words between `call` and `endcall` where it says `body`, and the rendered Markdown of
    `texts[key]` where it says `text(key)`.  `is_inline` tells a fragment of a sentence from a block; a
    `footnote` follows behind the fragment.
    """

    template: str
    data: Callable[[], Mapping[str, Any]] = dict
    texts: Mapping[str, Text] = field(default_factory=dict)
    is_inline: bool = False
    footnote: Footnote | None = None


@dataclass(frozen=True)
class Text:
    """A stretch of an author's file that is rendered as Markdown in another place; `is_note` says that it is a note."""

    source: Source
    start: int
    end: int
    is_note: bool = False


def text_of(note: Note) -> Text:
    """Return a note's text, to be rendered where the note is published."""
    return Text(note.source, note.start, note.end, is_note=True)


@dataclass(frozen=True)
class Footnote:
    """A footnote: its label, what it says, and what marks the words between `call` and `endcall`."""

    label: str
    content: Text | Fragment
    head: Fragment | None = None
    mark: Fragment | None = None
