"""Files: an author's texts as read, with the positions of everything in them."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, zip_longest
from typing import Any

import yaml

from .call import Broken, Call, parse_calls
from .markup import MASKED, Heading, Link, headings, links, mask, plain, unmasked
from .memo import Memo
from .problem import Position
from .stretch import blanked, replaced


@dataclass(frozen=True)
class TextFile:
    """One author's file: front matter, body, the macro calls in it, and where each of them stands.

    `path` is how the author knows the file (`docs/commentary/x.md`), `uri` its path below the docs folder,
    `offset` the number of lines before the body, so that line numbers are the file's.  One that
    `is_sound` may be rendered; the body of one that is not is left alone.
    """

    path: str
    uri: str
    front: Mapping[str, Any] = field(default_factory=dict)
    front_text: str = ""
    body: str = ""
    offset: int = 0
    is_sound: bool = True
    memo: Memo = field(default_factory=Memo, init=False, compare=False, repr=False)

    @property
    def stem(self) -> str:
        """The file's name without its ending, which is the id of a document or thread."""
        return self.uri.rpartition("/")[2].removesuffix(".md")

    @property
    def calls(self) -> tuple[Call, ...]:
        """The macro calls in the body, in order."""
        return self._calls[0]

    @property
    def broken(self) -> tuple[Broken, ...]:
        """The parts of the body in braces that are no call."""
        return self._calls[1]

    @cached_property
    def _calls(self) -> tuple[tuple[Call, ...], tuple[Broken, ...]]:
        return parse_calls(self.body, self.masked, self.position)

    @cached_property
    def tags(self) -> tuple[tuple[int, int, Call], ...]:
        """The tags of the macro calls, in order."""
        return tuple(sorted((a, b, call) for call in self.calls for a, b in call.tags))

    @cached_property
    def masked(self) -> str:
        """The body with code and comments blanked."""
        return mask(self.body)

    @cached_property
    def masked_of_calls(self) -> str:
        """The masked body with the tags of calls blanked too, what they enclose untouched."""
        read: list[Call | Broken] = [*self.calls, *self.broken]
        tags = sorted(span for each in read for span in each.tags)
        return replaced(self.masked, ((a, b, blanked(self.masked[a:b])) for a, b in tags))

    def words(self, start: int, end: int) -> str:
        """Return the plain words between two offsets, those in code included, without what calls put there."""
        return plain(unmasked(self.masked_of_calls[start:end], self.body[start:end]))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links of the body, those in what calls enclose included."""
        return links(self.masked_of_calls)

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The headings of the body; a call in one is blank, the words that it encloses are there, and so is code."""
        return tuple(
            heading._replace(text=self._with_code(heading)) if MASKED in heading.text else heading
            for heading in headings(self.masked_of_calls)
        )

    def _with_code(self, heading: Heading) -> str:
        start = self.masked_of_calls.index(heading.text, heading.start)
        return unmasked(heading.text, self.body[start : start + len(heading.text)]).strip()

    @property
    def title(self) -> str:
        """The title: the front matter's, or the first heading."""
        title = self.front.get("title")
        first = next((heading.name for heading in self.headings if heading.level == 1), self.uri)
        return title if isinstance(title, str) else first

    def sections(self, *, deepest: int = 6) -> Iterator[tuple[Heading, int]]:
        """Yield the headings below the title with the offset where the section of each ends."""
        found = [heading for heading in self.headings if 1 < heading.level <= deepest]
        for heading, following in zip_longest(found, found[1:]):
            yield heading, following.start if following else len(self.body)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *accumulate(len(line) + 1 for line in self.body.split("\n"))]

    def position(self, offset: int) -> Position:
        """Return the place in the file of an offset into the body."""
        line = bisect_right(self._line_starts, offset)
        return Position(self.path, self.offset + line, offset - self._line_starts[line - 1] + 1)

    def line_around(self, start: int, stop: int | None = None) -> tuple[int, int]:
        """Return where the line of the body begins that holds an offset, and where the one of another ends."""
        end = self.body.find("\n", start if stop is None else stop)
        return self.body.rfind("\n", 0, start) + 1, end if end >= 0 else len(self.body)

    def place(self, offset: int) -> str:
        """Return the place in the file of an offset into the body as people write it: `docs/page.md:42`."""
        position = self.position(offset)
        return f"{position.path}:{position.line}"

    def front_position(self, *keys: str | int) -> Position:
        """Return the place of a key of the front matter, or of the part of it that can be found."""
        if not self.front_text:
            return Position(self.path, 1)
        return Position(self.path, _line_of(self.front_text, keys) + 1)


def _line_of(text: str, keys: tuple[str | int, ...]) -> int:
    """Return the line (from 1) of a path of keys in YAML text, as deep as it can be followed."""
    node, line = yaml.compose(text, Loader=yaml.CSafeLoader), 0
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == str(key)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
            line = node.start_mark.line
    return line + 1
