"""What a page shows of a text: an author's Markdown rendered, and read into the tokens of `text/notation.py`.

It serves the proof that a page shows a text as it was received.  In the place of calls of macros, and of what Markdown
is sure to leave as it stands, the text has tokens which every step of Markdown passes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from html.parser import HTMLParser
from importlib.metadata import entry_points
from importlib.util import find_spec
from urllib.parse import unquote

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from ..model.configuration import REPEATABLE, Extensions
from ..text.allowlist import TURNING
from ..text.line import one_line
from ..text.notation import BULLET, ITEM, JOINED, LINE, MARK, PARAGRAPH, SIGN, SPACE, Token, Tokens
from ..text.numeral import numeral, small
from ..text.substitution import BREAK
from .extension import EditionExtension
from .template import Templates

HELD = "\x02edition:h{}\x03"
"""Stands in a text for what a call means there, or for what is known without rendering, by its number."""

_HELD = re.compile(r"\x02edition:h(\d+)\x03")
_GROUP = "markdown.extensions"
_OURS = ("footnotes", "sane_lists", "pymdownx.snippets")  # the first two come with ours, the last reads files
_EMPHASIS = {**dict.fromkeys(("em", "i", "cite", "dfn"), ("*",)), **dict.fromkeys(("strong", "b"), ("*", "*"))}
_SHOWN_OTHERWISE = frozenset("code kbd mark pre samp u var".split())
_SAYING = ("aria-hidden", "aria-label", "dir", "title")  # attributes that keep words from some readers, or add some
_INLINE = frozenset("a abbr bdi label ruby small span sub sup time wbr".split())
_VOID = frozenset("br col hr img input wbr".split())
_LEFT_OUT = frozenset(("headerlink", "footnote-backref", "note-number"))
_SAID_BY_US = frozenset(("editorial", "footnote", "footnote-ref"))
_HEADING = re.compile("h[1-6]")
_NUMBERS = "1aiAI"  # types of numbers, as the theme gives them to lists within lists


@dataclass(frozen=True)
class Held:
    """What a token stands for: signs within a paragraph, or marked text, which may be whole blocks."""

    text: str
    is_marked: bool = False
    is_block: bool = False


def shown(
    text: str, held: Sequence[Held], extensions: Extensions, labels: Sequence[str], *, is_marked: bool
) -> list[Token]:
    """Return the tokens that a reader gets of a text in which tokens stand for what is held.

    The author's footnotes, which have these labels, stand at the end.  Of a plain text nobody knows how it was set:
    its headings, quotations and tables are not told.
    """
    reader = _Reader(held, labels, is_marked=is_marked)
    reader.feed(_html(text, extensions if "```" in text or "~~~" in text else extensions.without_code))
    reader.close()
    return reader.tokens


@lru_cache(256)
def _html(text: str, extensions: Extensions) -> str:
    markdown, given = _markdown(extensions)
    given.text = text
    markdown.reset()
    return markdown.convert("&nbsp;")  # a text without signs would skip the extension


@lru_cache(4)
def _markdown(extensions: Extensions) -> tuple[Markdown, "_Given"]:
    faulty = faults_of(extensions)
    names = [name for name in extensions.options if _is_installed(name) and name not in (*_OURS, *faulty)]
    options = {name: dict(extensions.options[name]) for name in names}
    markdown = Markdown(extensions=[*names, EditionExtension(None, Templates())], extension_configs=options)
    given = _Given()
    markdown.preprocessors.register(given, "edition-expand", 29)
    return markdown, given


def _is_installed(name: str) -> bool:
    """Say whether an extension may be loaded here.

    Any other name would be looked for among the files of whoever asks for a check, and what it names be run.
    """
    return name.removeprefix(f"{_GROUP}.") in _installed() or name.startswith(("pymdownx.", f"{_GROUP}."))


@cache
def _installed() -> frozenset[str]:
    return frozenset(entry_points(group=_GROUP).names)


@lru_cache(4)
def faults_of(extensions: Extensions) -> Mapping[str, str]:
    """Return, by their names, why extensions cannot be loaded."""
    found = dict[str, str]()
    for name, options in extensions.options.items():
        if name in REPEATABLE and not options:
            continue  # it comes with what the engine needs, and loading it takes as long as a small check
        if _is_installed(name):
            try:
                Markdown(extensions=[name], extension_configs={name: dict(options)})
            except KeyError as error:
                found[name] = f"it has no option {error}"
            except Exception as error:  # whatever an extension makes of its options
                found[name] = one_line(str(error))
        elif not _is_there(name):
            found[name] = "there is none of this name"
    return found


def _is_there(name: str) -> bool:
    """Say whether there is a module of a name, which is not loaded."""
    first = name.partition(":")[0].partition(".")[0]
    return first.isidentifier() and find_spec(first) is not None


class _Given(Preprocessor):
    """Gives Markdown the text, behind the step that would delete the signs of its tokens."""

    text = ""

    def run(self, lines: list[str]) -> list[str]:
        return [*self.text.strip("\n").split("\n"), "", ""]


@dataclass
class _List:
    """A list that is open: its element, its `type`, the number of its next item, and where its bullets are."""

    tag: str
    type: str
    number: int
    bullets: list[int]


class _Reader(HTMLParser):
    """Reads HTML as its reader does: numbers of lists are signs to him, and permalinks are none of the author's."""

    def __init__(self, held: Sequence[Held], labels: Sequence[str], *, is_marked: bool) -> None:
        super().__init__()
        self.held, self.labels, self.is_marked = held, labels, is_marked
        self.now = self.text = Tokens(labels, is_marked=is_marked)
        self.notes: dict[str, Tokens] = {}
        self.run = ""  # signs that belong together, whatever elements they stand in
        self.left_out = 0  # how many elements are open of which nothing is read
        self.has_notes = False
        self.is_fresh = False  # right behind the number of an item
        self.script = ""
        self.lists: list[_List] = []
        self.links: list[tuple[str, ...]] = []
        self.cells = self.row = 0

    @property
    def tokens(self) -> list[Token]:
        """What was read, the author's footnotes at its end."""
        found = list(self.text.found)
        for label, note in sorted(self.notes.items()):
            found.append(Token(f"[^{label}]:", PARAGRAPH, MARK))
            found += [token._replace(gap=PARAGRAPH) for token in note.found[:1]] + note.found[1:]
        return found

    def close(self) -> None:
        """Read what is left."""
        super().close()
        self._end()

    def handle_data(self, data: str) -> None:
        """Read signs, and what tokens stand for."""
        for number, part in enumerate(_HELD.split(data)) if not self.left_out else ():
            if number % 2:
                self._hold(self.held[int(part)])
            elif self.script:
                self._read(small(part, self.script))
            else:
                self._read(part)

    def _read(self, text: str) -> None:
        self.run += text.replace("\n", " ")
        self.is_fresh = self.is_fresh and not text.strip()

    def _hold(self, held: Held) -> None:
        if held.is_block:
            self._block()
            self.now.blocks(held.text)
            self._block()
        elif held.is_marked or BREAK in held.text:
            self._end()
            for number, part in enumerate(held.text.split(BREAK)):
                self.now.gap(PARAGRAPH if number else JOINED)
                self.now.inline(part) if held.is_marked else self.now.signs(part)
        else:
            self._read(held.text)
        self.is_fresh = False

    def _end(self) -> None:
        """Take in the signs that belong together."""
        self.now.signs(self.run)
        self.run = ""

    def _put(self, *texts: str, kind: str = MARK) -> None:
        self._end()
        self.now.put(*texts, kind=kind)
        self.is_fresh = False

    def _block(self) -> None:
        """Begin a block; the first of an item stands behind its number."""
        self._end()
        self.now.gap(SPACE if self.is_fresh or self.now.pending == ITEM else PARAGRAPH)

    def _row(self) -> None:
        """Begin an item or row, or end what has them: there a received text may have a new line, or a paragraph."""
        self._end()
        self.now.pending = ITEM

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        given = {name: value or "" for name, value in attrs}
        classes = given.get("class", "").split()
        if self.left_out or tag in ("script", "style") or not _LEFT_OUT.isdisjoint(classes):
            self.left_out += tag not in _VOID
            return
        saying = [f"<{name}>" for name in _SAYING if name in given and _SAID_BY_US.isdisjoint(classes)]
        if _HEADING.fullmatch(tag) and "<aria-label>" in saying:
            saying.remove("<aria-label>")  # which we give to it
        if saying:
            self._put(*saying, kind=SIGN)
        if tag == "a" and "footnote-ref" in classes:
            self._put(f"[^{unquote(given.get('href', '')).removeprefix('#fn-')}]")
            self.left_out = 1
        elif tag == "a":
            is_ours = "editorial" in classes
            is_told = "href" in given and (self.is_marked or not is_ours)
            self.links.append((f"]({'#' if is_ours else given['href']})",) if is_told else ())
            self._put(*("[",) * is_told)
        elif tag == "li":
            self._numbered(given)
        elif tag in ("ol", "ul"):
            self._end()
            self.lists.append(_List(tag, self._type(tag, given), _number(given.get("start"), 1), []))
        elif tag == "img":
            self._put("!", "[")
            self._read(given.get("alt", ""))
            self._put(f"]({given.get('src', '')})")
        elif tag == "br":
            self._end()
            self.now.gap(LINE)
        elif tag in TURNING:
            self._put(f"<{tag}>", kind=SIGN)
        elif tag in ("sub", "sup"):
            self.script = tag
        elif tag in _EMPHASIS:
            self._put(*_EMPHASIS[tag])
        elif tag in _SHOWN_OTHERWISE:
            self._put(f"<{tag}>")
        elif tag in ("tr", "dt", "dd"):
            self._row()
            self.cells, self.row = 0, len(self.now.found)
        elif tag in ("td", "th"):
            self._put(*("|",) * (self.is_marked and self.cells > 0))
            self.now.gap(SPACE)
            self.cells += 1
        elif tag not in _INLINE:
            self._block()
            mark = ">" if tag == "blockquote" else "#" if _HEADING.fullmatch(tag) else ""
            self.has_notes = self.has_notes or "footnote" in classes
            if tag == "hr" and not self.has_notes:
                self._put("---")
            elif mark and self.is_marked:
                self._put(mark)
                self.now.gap(PARAGRAPH if mark == ">" else SPACE)
                self.is_fresh = mark == "#"

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if self.left_out:
            self.left_out -= tag not in _VOID
        elif tag == "a":
            self._put(*(self.links.pop() if self.links else ()))
        elif tag in ("ol", "ul") and self.lists:
            ended = self.lists.pop()
            for at in ended.bullets if len(ended.bullets) > 1 else ():
                self.now.found[at] = self.now.found[at]._replace(kind=BULLET)
            self._row()
        elif tag == "table":
            self._row()
        elif tag == "tr":
            self._end()
            while len(self.now.found) > self.row and self.now.found[-1].key == ("|", True):
                self.now.found.pop()  # cells that are empty, or were added
        elif tag in ("sub", "sup"):
            self.script = ""
        elif tag in _EMPHASIS:
            self._put(*_EMPHASIS[tag])
        elif tag in _SHOWN_OTHERWISE:
            self._put(f"<{tag}>")
        elif tag not in (*_INLINE, *TURNING, *_VOID, "li", "td", "th", "dt", "dd"):
            self.is_fresh = False
            self._block()
            if tag == "blockquote" and self.is_marked:
                self._put(">")
                self.now.gap(PARAGRAPH)

    def _type(self, tag: str, given: dict[str, str]) -> str:
        """Return how a list is numbered: as it says, or as the theme numbers lists within lists."""
        depth = sum(each.tag == "ol" for each in self.lists) + (bool(self.lists) and self.lists[0].tag == "ul")
        return given.get("type", "") or ("" if tag == "ul" else _NUMBERS[min(depth, len(_NUMBERS) - 1)])

    def _numbered(self, given: dict[str, str]) -> None:
        """Begin an item with what stands before it, or a footnote."""
        label = given.get("id", "").removeprefix("fn-") if given.get("id", "").startswith("fn-") else ""
        self._row()
        if label in self.labels:
            self.now = self.notes.setdefault(label, Tokens(self.labels, is_marked=self.is_marked))
        elif self.lists and self.lists[-1].tag == "ul":
            self.lists[-1].bullets.append(len(self.now.found))
            self.now.put("•", kind=SIGN)
        elif self.lists:
            here = self.lists[-1]
            here.number = _number(given.get("value"), here.number)
            self.now.put(numeral(here.number, here.type), ".", kind=SIGN)
            here.number += 1
        self.now.gap(SPACE)
        self.is_fresh = True


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() else default
