"""A page held against its witness: whether it shows the text as it was received.

Only the page is rendered, and of it only what Markdown may read otherwise than it stands there; a call is what it means
to a reader of the witness, which is read by its notation.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import chain
from typing import NamedTuple

from ..model.configuration import Extensions
from ..model.macro import Macro, meaning
from ..model.passage import own_blocks
from ..text.agreement import Edit, edits, matches
from ..text.allowlist import DECLARATION, OWN_LABELS
from ..text.call import UNPRINTABLE
from ..text.file import TextFile
from ..text.line import unescaped
from ..text.literal import ESCAPED, EXTENTS, escaped
from ..text.notation import MARK, PARAGRAPH, SPACE, Token, fixed, known, literal, marks, read, spaced, unset
from ..text.reading import parse
from ..text.stretch import replaced
from ..text.substitution import BREAK
from .shown import HELD, Held, shown

_BLOCK = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_BLANK = re.compile(r"\n(?:[ \t]*\n)+")
_QUOTED_LINE = re.compile(r"^ {0,3}>[ ]?", re.MULTILINE)
_LABEL = re.compile(r"^ {0,3}\[\^(?P<label>[^\[\]\s]++)\]:", re.MULTILINE)
_HEADING = re.compile(r"#{1,6}[ ]+")
_SET = re.compile(r"\*|\]\(|<")
_RESTORED = re.compile(r"\]\([^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)*+\)\{[^{}\n]*\.editorial\b[^{}\n]*\}")
_SIGN = re.compile(r"[^\W_]+|[^\w\s]|_")
_HELD = re.compile(HELD.format(r"(\d+)"))
_FENCE = re.compile(r"^[ ]*(?:```|~~~)", re.MULTILINE)
_REFERS = re.compile(rf"^ {{0,3}}\[\^[^\[\]\s]++\]:|{unescaped('[')}\^(?P<label>[^\[\]\s]++)\]", re.MULTILINE)
_OF_THE_EDITION = re.compile(r"\{|<[a-zA-Z/!?]")  # a call, a list of attributes, HTML
_ITEM = re.compile(r"^\d+\. ", re.MULTILINE)
_SPACED = re.compile(r"\n{3,}")
_REACHES = re.compile(r"<[a-zA-Z/!?]|```|~~~|\[TOC\]")  # what may run on over blank lines, or tells of other blocks


class Block(NamedTuple):
    """A block of a page: where it stands, what it says in the meaning of its calls, and how it is rendered.

    `known` is what Markdown is sure to make of it, if it is sure.
    """

    start: int
    end: int
    parts: tuple[tuple[str, int], ...]
    written: str
    known: tuple[str, ...] | None


@dataclass(frozen=True)
class Received:
    """A text as received, and the page that is to show it.

    Of a document that `is_whole` its own page is the text, with its breaks and marks; of another the words that its
    block quotations hold.  Where it is not annotated yet, no brace begins a call.  `extents` says how far blocks
    are escaped, by their numbers.
    """

    file: TextFile
    text: str
    is_marked: bool
    is_whole: bool = True
    macros: Mapping[str, Macro] = field(default_factory=dict)
    extensions: Extensions = field(default_factory=Extensions)
    extents: Mapping[int, str] = field(default_factory=dict)
    is_annotated: bool = True

    @cached_property
    def _tags(self) -> Sequence[tuple[int, int, str]]:
        """The tags of calls, with what each means to a reader of the witness."""
        told = partial(meaning, self.macros, reader="witness")
        calls = self.file.calls if self.is_annotated else ()
        return sorted((a, b, "" if call.close else told(call)) for call in calls for a, b in call.tags)

    @cached_property
    def _held(self) -> list[Held]:
        return [Held(text, is_marked=self.is_marked and _SET.search(text) is not None) for _, _, text in self._tags]

    @cached_property
    def blocks(self) -> Sequence[Block]:
        """The blocks that are to show the text."""
        if self.is_whole:
            spans = [match.span() for match in _BLOCK.finditer(self.file.body)]
        else:
            spans = [(block.start, block.end) for block in own_blocks(self.file, 0, len(self.file.body))]
        found, at = list[Block](), 0
        for number, (start, end) in enumerate(spans):
            parts, written = list[tuple[str, int]](), list[str]()
            offset = start
            while at < len(self._tags) and self._tags[at][0] < start:
                at += 1
            while at < len(self._tags) and self._tags[at][1] <= end:
                first, behind, text = self._tags[at]
                between = self.file.body[offset:first]
                parts += [(between, offset), (text.replace(BREAK, "\n\n"), first)]
                written += [between, HELD.format(at)]
                offset, at = behind, at + 1
            rest = self.file.body[offset:end]
            parts.append((rest, offset))
            known = self._known("".join(text for text, _ in parts))
            block = Block(start, end, tuple(parts), "".join([*written, rest]), known)
            extent = self.extents.get(number, "")
            found.append(self._escaped(block, extent) if extent else block)
        if any(block.known is None and _REACHES.search(block.written) for block in found):
            return [block._replace(known=None) for block in found]
        return found

    def _escaped(self, block: Block, extent: str, kept: Sequence[tuple[int, int]] = ()) -> Block:
        """Return a block with its signs escaped, and with what is known of it then."""
        is_first = not self.file.body[: block.start].strip()
        written = escaped(block.written, extent, _apart([*self._kept(block.written, is_first=is_first), *kept]))
        text = _HELD.sub(lambda match: self._tags[int(match[1])][2].replace(BREAK, "\n\n"), written)
        return block._replace(written=written, known=self._known(text))

    def _known(self, text: str) -> tuple[str, ...] | None:
        """Return the parts of a block, whose calls are what they mean, as it is sure that Markdown reads them."""
        if not self.extensions.is_usual or (".editorial" in text and not self.is_marked):
            return None
        found = list[str]()
        for part in _BLANK.split(text if self.is_whole else _QUOTED_LINE.sub("", text)):
            if part.strip("\n"):  # calls part a block, and behind one no line begins
                sure = known(part.lstrip(" ") if found else part) if part.strip() else None
                if sure is None:
                    return None
                found.append(sure)
        return tuple(found)

    def _kept(self, written: str, *, is_first: bool) -> list[tuple[int, int]]:
        """Return what is not escaped in a block: calls, the marks of a marked text, that of a page's title."""
        kept = [match.span() for match in _HELD.finditer(written)]
        if not self.is_whole:
            kept += [match.span() for match in _QUOTED_LINE.finditer(written)]
        elif self.is_marked:
            kept += fixed(written)
        elif is_first and not self.text.startswith("#") and (heading := _HEADING.match(written)):
            kept.append(heading.span())
        return kept

    @cached_property
    def _clean(self) -> str:
        """The text without the signs that are no text, which no page has either."""
        return UNPRINTABLE.sub("", self.text)

    @cached_property
    def agrees_at_sight(self) -> bool:
        """Whether nothing has to be rendered, or parted into tokens, to see that the page shows the text."""
        if any(block.known is None for block in self.blocks):
            return False
        ours = [text for block in self.blocks for part in block.known or () if (text := self._at_sight(part)).strip()]
        if not self.is_whole:
            return " ".join(ours).split() == self._clean.split()
        parts = [part for part in _BLANK.split(self._clean) if part.strip()]
        theirs = [_HEADING.sub("# ", part) if self.is_marked and "#" in part else part for part in parts]
        return len(ours) == len(theirs) and all(map(_are_same, ours, theirs))

    def _at_sight(self, part: str) -> str:
        """Return a known part as the witness has it; a sign that it has not if marks are to be read in it."""
        if not self.is_marked:
            part = _HEADING.sub("", part) if part.startswith("#") else part
            part = part if self.is_whole or "](" in part or "<" in part else _without_emphasis(part)
            part = "\0" if _SET.search(part) else literal(part)
        return _RESTORED.sub("](#)", part) if ".editorial" in part else part

    @cached_property
    def theirs(self) -> list[Token]:
        """The text as received."""
        return self._of_ours(read(self._clean, self.labels, is_marked=self.is_marked))

    @cached_property
    def ours(self) -> list[Token]:
        """The text as the page shows it."""
        texts, held, sure = list[str](), list(self._held), list[str]()

        def end() -> None:
            if sure:
                texts.append(HELD.format(len(held)))
                held.append(Held("\n\n".join(sure), is_block=True))
                sure.clear()

        for block in self.blocks:
            if not block.known:
                end()
                texts.append(DECLARATION.sub("&lt;", block.written))
            else:
                sure.extend(part.replace("\n", " ") for part in block.known)
        end()
        return self._shown("\n\n".join(texts), held)

    def _shown(self, text: str, held: Sequence[Held]) -> list[Token]:
        return self._of_ours(shown(text, held, self.extensions, self.labels, is_marked=self.is_marked))

    def _of_ours(self, tokens: list[Token]) -> list[Token]:
        return tokens if self.is_whole else [token for token in tokens if token.kind != MARK or token.text == "!"]

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The labels of the author's own footnotes."""
        found = {label for block in self.blocks if "[^" in block.written for label in _LABEL.findall(block.written)}
        return tuple(sorted(label for label in found if not label.startswith(OWN_LABELS)))

    @cached_property
    def edits(self) -> list[Edit]:
        """Where text and page agree, and where they do not."""
        return [] if self.agrees_at_sight else edits(self.theirs, self.ours, with_breaks=self.is_whole)

    @cached_property
    def _places(self) -> tuple[list[int], list[int]]:
        """The offset in the file of each token of the text, and of the page; those that it does not have are at -1."""
        tokens, offsets = list[Token](), list[int]()
        for block in self.blocks:
            is_first = True
            for text, offset in block.parts:
                for match in _SIGN.finditer(text):
                    tokens.append(Token(match[0], PARAGRAPH if is_first else SPACE))
                    offsets.append(offset + match.start())
                    is_first = False
        found = []
        for some in (self.theirs, self.ours):
            places = [-1] * len(some)
            for is_same, (i1, i2, j1, _) in matches(tokens, some):
                for n in range(i2 - i1) if is_same else ():
                    places[j1 + n] = offsets[i1 + n]
            found.append(places)
        return found[0], found[1]

    def offset(self, edit: Edit) -> int:
        """Return the offset in the file of what differs."""
        theirs, ours = self._places
        stands = [at for at in theirs[edit.i : edit.i_end] if at >= 0]  # in the file, and Markdown makes it vanish
        if stands:
            return stands[0]
        before = next((at for at in reversed(ours[: edit.j]) if at >= 0), 0)
        if edit.j == edit.j_end and edit.i < edit.i_end and self.theirs[edit.i].gap != PARAGRAPH:
            return before
        return next((at for at in ours[edit.j :] if at >= 0), before)

    def number(self, edit: Edit) -> int | None:
        """Return the number of the block in which something differs."""
        at = self.offset(edit)
        return next((n for n, block in enumerate(self.blocks) if block.start <= at < block.end), None)

    def escape(self, edit: Edit) -> tuple[Block, str] | None:
        """Return a block, and what to write in its place: its signs escaped, or its lines begun at the margin.

        Nothing is returned where no escape helps.
        """
        number = self.number(edit)
        is_parted = not edit.theirs and all(token.text == BREAK for token in edit.ours)
        if number is None or is_parted:  # no sign parts a paragraph of the page in two
            return None
        first, last = self._stretch(self.blocks[number], edit)
        edited = range(max(edit.i, first), max(min(edit.i_end, last), edit.i + 1))
        is_gone = not edit.ours and edit.i <= first < last <= edit.i_end
        if found := self._mended(self.blocks[number], first, edited, last, is_gone=is_gone):
            return found
        # Of paragraphs that are the same, it may be another that does not show.
        for block in self.blocks[number + 1 :] if is_gone else ():
            i, i_end = self._stretch(block, edit)
            if self._keys[i:i_end] == self._keys[first:last] and i > first:
                return self._mended(block, i, range(i, i_end), i_end, is_gone=True)
        return None

    def _mended(self, block: Block, first: int, edited: range, last: int, *, is_gone: bool) -> tuple[Block, str] | None:
        """Return a block, and it escaped as little as makes what was edited in it show."""
        was = self._departures(block, first, last)
        kept = list(self._escapes(block))
        for extent in EXTENTS[1:]:
            made = self._escaped(block, extent, kept)
            left = self._departures(made, first, last)
            # A block that reads rightly by itself does not where it is taken for an item of the list above.
            is_better = len(left) < len(was) or not (is_gone or was or left or made.written == block.written)
            if is_better and not any(i <= at < i_end for i, i_end in left for at in edited):
                return block, self.source_of(made)
        return None

    @cached_property
    def _keys(self) -> list[tuple[str, bool]]:
        return [token.key for token in self.theirs]

    def _stretch(self, block: Block, edit: Edit) -> tuple[int, int]:
        """Return where in the received text a block stands, with what the file does not have before and behind it."""
        places, tokens = self._places[0], self.theirs
        inside = [i for i, place in enumerate(places) if block.start <= place < block.end] or [edit.i]
        first, last = inside[0], inside[-1] + (inside[-1] < len(tokens))
        while 0 < first < len(tokens) and places[first - 1] < 0 and tokens[first].gap < PARAGRAPH:
            first -= 1
        while last < len(tokens) and places[last] < 0 and tokens[last].gap < PARAGRAPH:
            last += 1
        return first, last

    def _escapes(self, block: Block) -> Iterator[tuple[int, int]]:
        """Yield the places of escapes in a block as it is written, those that the received text has left out."""
        stand = set(self._places[0])
        starts = [0, *(match.end() for match in _HELD.finditer(block.written))]
        for start, (text, offset) in zip(starts, block.parts[::2], strict=True):  # between them is what calls mean
            for match in ESCAPED.finditer(text):
                if offset + match.start() not in stand:
                    yield start + match.start(), start + match.end()

    def _departures(self, block: Block, first: int, last: int) -> list[tuple[int, int]]:
        """Return where a stretch of the received text differs from a block by itself."""
        others = sorted(set(self.labels) - set(_LABEL.findall(block.written)))  # what it refers to has to be there
        notes = "".join(f"\n\n[^{label}]: -" for label in others)
        tokens, found = self._shown(block.written + notes, self._held), list[Token]()
        is_other = False
        for token in tokens:
            if token.kind == MARK and token.text.endswith("]:"):
                is_other = token.text[2:-2] in others
            elif not is_other:
                found.append(token)
        some = edits(self.theirs[first:last], found, with_breaks=self.is_whole)
        return [(edit.i + first, edit.i_end + first) for edit in some if not edit.is_same]

    def source_of(self, block: Block) -> str:
        """Return a block with its calls as the author writes them."""
        return _HELD.sub(lambda match: self.file.body[slice(*self._tags[int(match[1])][:2])], block.written)

    @property
    def source(self) -> str:
        """The page's text, with what is escaped in it."""
        return replaced(self.file.body, ((one.start, one.end, self.source_of(one)) for one in self.blocks))


def _are_same(one: str, other: str) -> bool:
    """Say whether two texts differ by spaces and breaks of lines at most."""
    return one.replace("\n", " ") == other.replace("\n", " ") or one.split() == other.split()


def _without_emphasis(text: str) -> str:
    """Return known text without the marks that set whole words."""
    if "*" not in (plain := unset(text)):
        return plain
    found = (mark for mark in marks(text) if "*" in text)
    whole = (m for m in found if not (text[m.start - 1 : m.start].isalnum() and text[m.end : m.end + 1].isalnum()))
    return replaced(text, ((mark.start, mark.end, "") for mark in whole))


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return stretches in order, without those that begin within another."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


def page_of(text: str, extensions: Extensions, *, is_marked: bool) -> str:
    """Return a page that shows a text as it was received, with as few signs escaped as it takes.

    The text begins with its title, which is made a heading where no mark says so.  Raises `ValueError` with a
    sentence for the contributor where no page can hold it.
    """
    if is_marked:
        body = _SPACED.sub("\n\n", spaced(text))
    else:
        title, *rest = _BLANK.split(text.strip("\n"), maxsplit=1)
        body = "\n\n".join(["# " + " ".join(title.split()), *rest])
    file, problems = parse(body.strip("\n") + "\n", "", "")
    if not file.is_sound:
        raise ValueError(f"line {problems[0].position.line}: {problems[0].message}")
    made = Received(file, text, is_marked, extensions=extensions, is_annotated=False)
    items = [_ITEM.findall(block.written) if _ITEM.match(block.written) else [] for block in made.blocks]
    degrees = [0] * len(items)
    for number, block in enumerate(made.blocks):
        if _FENCE.search(block.written):
            degrees[number] = EXTENTS.index("lines, signs")
        elif _OF_THE_EDITION.search(block.written):
            degrees[number] = EXTENTS.index("signs")
        elif items[number] and sum(map(len, items[max(number - 1, 0) : number + 2])) == 1:
            degrees[number] = EXTENTS.index("lines")  # a number with its full stop, and no list
    while True:
        made = replace(made, extents={n: EXTENTS[degree] for n, degree in enumerate(degrees) if degree})
        raised = _with_half_a_footnote(made) or {
            at for edit in made.edits if not edit.is_same and (at := made.number(edit)) is not None
        }
        raised = {n for n in raised if degrees[n] < len(EXTENTS) - 1}
        if not raised and any(not edit.is_same for edit in made.edits):
            raised = {n for n, degree in enumerate(degrees) if degree < len(EXTENTS) - 1}
        if not raised:
            return made.source
        for number in raised:
            degrees[number] += 1


def _with_half_a_footnote(made: Received) -> set[int]:
    """Return the blocks that refer to a footnote which is not there once, or have one to which none refers."""
    refers = [{match["label"] for match in _REFERS.finditer(block.written)} - {None} for block in made.blocks]
    defined = [_LABEL.findall(block.written) for block in made.blocks]
    counts = Counter(label for labels in defined for label in labels)
    lone = set().union(*refers) ^ {label for label, count in counts.items() if count == 1}
    return {n for n, labels in enumerate(zip(refers, defined, strict=True)) if not lone.isdisjoint(chain(*labels))}
