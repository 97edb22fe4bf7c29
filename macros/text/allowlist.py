r"""The allow-list: the HTML that a page may hold.  A pull request is hostile input.

There are two sets of lists.  What an author writes (raw HTML, attribute lists) has few elements, attributes and
classes, no `data-…`, and ids on headings alone, so that nothing of it can be taken for what the site's own templates
make, by readers or by scripts: a proof, the document's own words, a problem, the foot of the page.  What the page
holds in the end, templates included, is held against the wider ones.  The same lists serve on the text, where a finding
has its line, and on the rendered page, where nothing passes that is not listed.  Addresses follow the URL Standard in
what they ignore (white space and control characters) before the scheme is read, and in reading `\` as `/`.
"""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from html import escape, unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from .file import TextFile
from .line import unescaped
from .markup import LISTED, MASKED, RESERVED, attributes, free_id
from .problem import Problem, did_you_mean

TAGS = frozenset(
    """
    a abbr aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em
    figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li mark nav ol p pre q rp rt ruby s
    samp section small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr
    svg line circle text title
    """.split()
)
"""Elements that a page may hold."""

ATTRIBUTES = frozenset(
    """
    align alt class cite colspan datetime dir headers height href hreflang id lang loading name open rel reversed
    role rowspan scope span src start tabindex title translate type value width
    viewbox x x1 x2 y y1 y2 cx cy r text-anchor
    """.split()
)
"""Attributes that an element may have, beside `aria-…` and `data-…`."""

BLOCKS = frozenset("blockquote caption details div dl figcaption figure ol pre section summary table ul".split())
"""Elements that an author closes, and whose end would else be that of one of the page's own."""

INLINE = frozenset(
    """
    a abbr b bdi bdo cite code del dfn em i ins kbd mark q ruby s samp small span strong sub sup time u var
    """.split()
)
"""Elements that an author closes in their paragraph: else they would go on in the next, or end the page's own."""

AUTHORS_TAGS = TAGS - frozenset("aside footer header nav svg line circle text title".split())
"""Elements that an author may write."""

AUTHORS_ATTRIBUTES = frozenset(
    """
    alt cite class colspan datetime dir headers height href hreflang lang loading open rel reversed rowspan scope span
    src start title translate type value width aria-hidden aria-label
    """.split()
)
"""Attributes that an author may write."""

TURNING = frozenset("bdo del details img ins q rp rt s".split())
"""Elements that show words otherwise than these stand: struck out, hidden, turned around, as a picture.

None may stand where words are proved, for the proof is of words.
"""

OVERRIDES = r"[\u202d\u202e]|&#0*(?:823[78]|[xX]0*202[dDeE])(?![0-9a-fA-F])"
"""Signs that print letters in an order other than they are written in, as a pattern."""

_TURNED = re.compile(
    rf"<(?P<tag>{'|'.join(sorted(TURNING))})(?![\w-])|aria-(?P<said>hidden|label)[ ]*="
    rf"|(?P<picture>!\[[^\[\]\n]*\][(\[])|{OVERRIDES}",
    re.IGNORECASE,
)

CLASSES = ("card", "editorial", "finding", "lead", "unnumbered")
"""Classes that an author may write, beside those that end in `-card`; each has a style and no other meaning."""

_CLASS = re.compile(rf"{'|'.join(CLASSES)}|[a-z]+-card")
_CODE = re.compile(
    r"highlight(?:table)?|filename|special|lineno(?:s|div)|code|normal|language-[\w+.#-]+|[a-z][a-z0-9]{0,2}(?:-[A-Z]\w*)*"
)
"""Classes of a code block, which the Markdown library writes as raw HTML."""
_VALUES = {"dir": re.compile("ltr|rtl|auto"), "lang": re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")}
_ADDRESSES = frozenset(("href", "src", "cite"))
_HARMLESS = ATTRIBUTES - _ADDRESSES
_FREE = ("data-", "aria-")

PRINTABLE_ID = re.compile(r"[^\s\"'<>&]+")
"""An id that the theme, which prints it as it stands, cannot mistake for the end of an attribute."""

OWN_LABELS = ("note-", "cite-")
"""Begin the labels of the site's own footnotes."""

OWN = frozenset("after aliases also arc between by change date expansion markdown record since verdict".split())
"""Attributes in attribute lists that are the edition's own and never reach the page."""

SCHEMES = frozenset(("http", "https", "mailto"))
"""Schemes of addresses; one without a scheme is relative."""

_RAW_TAG = re.compile(
    r"<(?![a-zA-Z][\w+.-]*+://)([a-zA-Z][^\s/<>@]*+)((?:[\s/](?:=\s*+(?:\"[^\"]*+\"|'[^']*+')|[^<>])*+)?)>"
)
_END_OF_LINK = re.compile(r"</?a[\s>]|\n[ >]*\n", re.IGNORECASE)
_OF_A_PROCESSOR = re.compile(r"(?:o|w|v|m|x|st1):[a-z]+")
"""An element that only a word processor writes."""
_AT_THE_HEAD = re.compile(r"^[ ]{0,3}(?P<tag><[a-zA-Z](?:=\s*+(?:\"[^\"]*+\"|'[^']*+')|[^<>=]|=)*+>)", re.MULTILINE)
DECLARATION = re.compile(r"<(?=\?[\w!]|!(?!--)[\w\[])")
"""The sign that begins a declaration, an instruction or a marked section, over which parsers of HTML trip."""
_RAW_ATTRIBUTE = re.compile(r"([^\s\"'=<>/]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")
_PAIRED = re.compile(
    rf"<(?P<close>/?)(?P<tag>{'|'.join(sorted(BLOCKS | INLINE))})(?=[\s/>])(?:=\s*+(?:\"[^\"]*+\"|'[^']*+')|[^<>])*+"
    r"|(?P<gap>\n[ >]*\n)",
    re.IGNORECASE,
)
_STRAY = re.compile(r"^[ >]*\{:?[ ]*+(?P<word>[\w-]++)[\w -]*+\}[ ]*$", re.MULTILINE)
_ATTRIBUTE_LIST = re.compile(rf"{unescaped('{')}:?[ ]*({LISTED})\}}")
_HEADING_WITHIN = re.compile(r"[ ]*+(?:(?:>|[-*+:]|\d++\.|\[\^[^\]\n]*+\]:)[ ]*+)*+#")
_TERM_ENDS = re.compile(r"[ ]*+\n[ \n]{0,9}:[ ]")
_FENCE = re.compile(r"^[ >]*(?:`{3,}|~{3,})[ ]*\{([^{}\n]*)\}[ ]*$", re.MULTILINE)
_OF_FENCES = frozenset(("title", "linenums", "linenostart", "linenostep", "hl_lines"))
_IGNORED = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]+")
_TELLING = re.compile(r"[:&\\\[]|[^\x21-\x7e]|^/")
_WEB = re.compile(r"https?://[^/?#:@]", re.IGNORECASE)
_BEFORE_THE_SITE = re.compile(r"https?://[^/?#]*@", re.IGNORECASE)
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_WAY_OUT = "use Markdown, or ask for it in an issue"
_PASTED = (
    "a word processor left its tags between the words here: copy them again and insert them as plain text, or take "
    "out all of this line that stands between < and >"
)
_NO_DECLARATION = "<! and <? are not allowed, since parsers of HTML trip over them: take it out, or write &lt; for <"
_NO_ID = "an id is not allowed here: ids belong to headings, notes and clauses"


def stray_fault(word: str) -> str:
    """Say what is wrong with a word that stands alone in the braces of an attribute list."""
    return f"'{word}' in braces is no id (#…), no class (.…) and has no value: take it out, or write \\{{ for text"


def tag_fault(tag: str) -> str:
    """Say that an author may not write an element, or nothing."""
    if _OF_A_PROCESSOR.fullmatch(tag):
        return _PASTED
    return (
        "" if tag in AUTHORS_TAGS else f"the HTML element <{tag}> is not allowed: use Markdown, or for text write &lt;"
    )


def attribute_fault(tag: str, name: str, value: str) -> str:
    """Say what is not allowed about an attribute, or nothing."""
    if name in _HARMLESS:
        return ""
    if name.startswith("on"):
        return f"the attribute '{name}' runs a script and is not allowed: take it out"
    if name not in ATTRIBUTES and not name.startswith(_FREE):
        return f"the attribute '{name}' is not allowed here: {_WAY_OUT}"
    if name in _ADDRESSES:
        return address_fault(value, is_image=name == "src")
    return ""


def authors_fault(tag: str, name: str, value: str, *, may_be_code: bool = False) -> str:
    """Say what is not allowed about an attribute that an author writes, or nothing.

    `may_be_code` is for raw HTML of which it is not known if the Markdown library wrote it for a block of code.
    """
    if name == "class":
        for one in value.split():
            if not _CLASS.fullmatch(one) and not (may_be_code and _CODE.fullmatch(one)):
                if one.startswith("Mso"):
                    return _PASTED
                hint = did_you_mean(one, CLASSES)
                way_out = hint or f": take it out (classes: {', '.join(CLASSES)})"
                return f"the class '{one}' is not one that a text may have{way_out}"
        return ""
    if name == "id":
        return _NO_ID if not re.fullmatch("h[1-6]", tag) else id_fault(value)
    if name.startswith("data-") or name in ("name", "role"):
        return f"'{name}' belongs to the site's own elements: take it out"
    if name in _VALUES and not _VALUES[name].fullmatch(value):
        form = "'ltr', 'rtl' or 'auto'" if name == "dir" else "a code of a language, as in 'en' or 'ja'"
        return f"'{value}' is no value of '{name}': write {form}"
    if name in AUTHORS_ATTRIBUTES or name.startswith("on"):
        return attribute_fault(tag, name, value)
    return f"the attribute '{name}' is not allowed here: {_WAY_OUT}"


def id_fault(id: str) -> str:
    """Say what is wrong with the id that an author gives to a heading, or nothing."""
    if RESERVED.match(id):
        return f"the id '{id}' is one that the site makes itself: write another, as in '{free_id(id)}'"
    if not PRINTABLE_ID.fullmatch(id):
        return f"the id '{id}' is not made of letters, digits and hyphens: write another"
    return ""


def address_fault(address: str, *, is_image: bool = False) -> str:
    """Say what is not allowed about an address, or nothing."""
    if not is_image and not _TELLING.search(address):
        return ""  # no scheme, nor anything that stands for its colon, nor a host that is none
    if not is_readable(address):
        return f"'{address}' is no address: write it as your browser shows it"
    bare = _IGNORED.sub("", unescape(unescape(address)))
    if "\\" in bare.partition("?")[0].partition("#")[0]:
        return "browsers read '\\\\' in an address as '/': write '/'"
    scheme = _SCHEME.match(bare)
    if scheme and scheme[1].lower() not in SCHEMES:
        name = scheme[1].lower()
        return f"an address that begins with '{name}:' is not allowed: link with https:, mailto: or a relative path"
    if is_image and (scheme or bare.startswith("//")):
        return "an image from another site is not allowed: put the file in docs/assets and use its relative path"
    if bare.startswith("//") or (scheme and scheme[1].lower() != "mailto" and not _WEB.match(bare)):
        return f"'{address}' does not say which site it leads to: write https:// and the site's name behind it"
    if _BEFORE_THE_SITE.match(bare):
        return f"what stands before '@' in '{address}' looks like the site that it leads to: take that out"
    return ""


def is_readable(address: str) -> bool:
    """Say whether an address has parts; MkDocs, which parts each, would trip over one that has not."""
    if address.isascii() and "[" not in address and "]" not in address:
        return True  # only such a host is none
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True


def turned(text: str) -> str:
    """Say what shows, or says, words of a text otherwise than they stand there, or nothing."""
    found = _TURNED.search(text)
    if not found:
        return ""
    if found["tag"] or found["said"]:
        what = f"<{found['tag']}>" if found["tag"] else f"'aria-{found['said']}'"
    else:
        what = "a picture" if found["picture"] else "an invisible sign that turns letters around"
    return f"{what} shows words otherwise than they stand: take it out from among those that are quoted"


def faults(file: TextFile, kinds: Set[str]) -> tuple[Problem, ...]:
    """Return a problem for each thing in an author's text that is not allowed.

    `kinds` are those of notes, if its headings are: their ids are printed with a prefix, their kinds are not.
    """
    text = file.masked_of_calls
    found = [*_in_html(text), *_obscured(file.body, text)] if "<" in text else []
    if "{" in text:
        found += _in_braces(file, text, kinds)
        if not kinds:
            found += [
                (match.start("word"), stray_fault(match["word"]))
                for match in _STRAY.finditer(text)
                if _is_below_text(text, match.start())
            ]
    for match in _FENCE.finditer(file.body) if "``" in file.body or "~~" in file.body else ():
        inside = attributes(match[1])
        named = [(name, value) for name, value in inside.pairs.items() if name not in _OF_FENCES]
        named += [(word, "") for word in inside.strays if not word.startswith((".", "#"))]
        given = [*([("id", inside.id)] if inside.id else []), *named]
        found += [(match.start(), authors_fault("", name.lower(), value)) for name, value in given]
        found += [  # the first class is a language
            (match.start(), authors_fault("", "class", name, may_be_code=True)) for name in inside.classes[1:]
        ]
    return tuple(Problem(file.position(at), "html-is-allowed", message) for at, message in found if message)


def _in_braces(file: TextFile, text: str, kinds: Set[str]) -> Iterator[tuple[int, str]]:
    """Yield what is not allowed of each attribute list; of strays and signs in a heading's another check tells."""
    starts = [heading.start for heading in file.headings]
    for match in _ATTRIBUTE_LIST.finditer(text):
        at = match.start()
        above = bisect(starts, at) - 1
        is_own = above >= 0 and at < file.headings[above].end
        if is_own and kinds and file.headings[above].level == 2:
            continue
        inside = attributes(match[1])
        if is_own and not kinds.isdisjoint(inside.classes):
            continue
        is_heading = is_own or _is_quoted_heading(text, match)
        named = [(name.lower(), value) for name, value in inside.pairs.items() if not (is_own and name in OWN)]
        if is_heading or _is_read(text, match):  # else these are braces in prose
            ids = (inside.id, *inside.pairs.get("aliases", "").split())
            named += [("id", id) for id in ids if id and (PRINTABLE_ID.fullmatch(id) or not is_own)]
            named += [("class", name) for name in inside.classes]
            yield from ((at, stray_fault(word)) for word in inside.strays if not is_own)
        yield from ((at, authors_fault("h1" if is_heading else "", *one)) for one in named)


def addresses(file: TextFile) -> Iterator[tuple[int, str, str, str]]:
    """Yield the links and pictures in an author's HTML: place, element, address, words."""
    text = file.masked_of_calls
    for match in _RAW_TAG.finditer(text) if "<" in file.body else ():
        for name, value in _RAW_ATTRIBUTE.findall(match[2]) if match[1].lower() in ("a", "img") else ():
            if name.lower() in ("href", "src"):
                end = _END_OF_LINK.search(text, match.end())
                words = _RAW_TAG.sub("", text[match.end() : end.start() if end else len(text)])
                yield match.start(), match[1].lower(), unescape(value.strip("\"'")), words


def declarations(file: TextFile, start: int, end: int) -> Iterator[int]:
    """Yield the places, in a part of a body, of the signs over which parsers of HTML trip."""
    found = DECLARATION.finditer(file.masked_of_calls, start, end) if "<" in file.body else ()
    return (match.start() for match in found)


def _is_read(text: str, match: re.Match[str]) -> bool:
    """Say whether Markdown takes braces outside of headings for an attribute list.

    It does behind an element within a line, on a line of their own, and at the end of a cell or of a term.
    """
    start, end = match.span()
    before = text[text.rfind("\n", 0, start) + 1 : start]
    if _TERM_ENDS.match(text, end) or not before.strip(" >") or before[-1] in f")*_`]>{MASKED}":
        return True
    behind = text[end : text.find("\n", end) if "\n" in text[end:] else len(text)].strip()
    return "|" in before + behind and (not behind or behind.startswith("|"))


def _is_below_text(text: str, start: int) -> bool:
    """Say whether a line stands below another of its paragraph, for which braces on it are probably meant."""
    above = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : max(start - 1, 0)]
    return bool(above.strip(" >"))


def _is_quoted_heading(text: str, match: re.Match[str]) -> bool:
    """Say whether braces stand in a heading within a quotation or a list."""
    return bool(_HEADING_WITHIN.match(text, text.rfind("\n", 0, match.start()) + 1, match.start()))


def _in_html(text: str) -> Iterator[tuple[int, str]]:
    told = -1  # the end of the last line that is told to be a word processor's
    for match in _RAW_TAG.finditer(text):
        if match.start() < told:
            continue
        given = [(name.lower(), value.strip("\"'")) for name, value in _RAW_ATTRIBUTE.findall(match[2])]
        message = tag_fault(match[1].lower())
        faults = [message] if message else [authors_fault("", *one) for one in given]
        if _PASTED in faults:
            told, faults = (text + "\n").find("\n", match.start()), [_PASTED]
        yield from ((match.start(), fault) for fault in faults)
    yield from _unbalanced(text)
    for match in DECLARATION.finditer(text):
        yield match.start(), _NO_DECLARATION


def _obscured(body: str, masked: str) -> Iterator[tuple[int, str]]:
    """Yield the tags at the head of a line in which something else begins: parsers of HTML read on to their end."""
    for match in _AT_THE_HEAD.finditer(body) if "`" in body or "<!--" in body else ():
        start, end = match.span("tag")
        if masked[start] == "<" and MASKED in masked[start:end]:
            yield start, "neither code nor a comment can begin within a tag: write &#96; for `, and &lt; for <"


def _unbalanced(text: str) -> Iterator[tuple[int, str]]:
    """Yield what closes an element that is not open, which could be one of the page's own; and what is never closed."""
    inline = dict[str, list[int]]()
    around = list[tuple[str, int, dict[str, list[int]]]]()  # blocks that are open, and what is open before each
    # In an attribute list a tag is text.
    for match in _PAIRED.finditer(_ATTRIBUTE_LIST.sub(lambda match: " " * len(match[0]), text)):
        tag, at = (match["tag"] or "").lower(), match.start()
        if match["gap"]:
            if not around:
                yield from _not_closed(inline)
                inline = {}
        elif tag in INLINE and not match["close"]:
            inline.setdefault(tag, []).append(at)
        elif tag in INLINE and inline.get(tag):
            inline[tag].pop()
        elif not match["close"]:
            around.append((tag, at, inline))
            inline = {}
        elif around and around[-1][0] == tag:
            yield from _not_closed(inline)
            inline = around.pop()[2]
        else:
            yield at, _closes_nothing(tag)
    for outer, at, before in around:
        yield from _not_closed(before | {outer: [at]})
    yield from _not_closed(inline)


def _not_closed(tags: Mapping[str, Sequence[int]]) -> Iterator[tuple[int, str]]:
    return (
        (at, f"<{tag}> is not closed: write </{tag}> where it ends") for tag, places in tags.items() for at in places
    )


def _closes_nothing(tag: str) -> str:
    return f"</{tag}> closes nothing that is open here: take it out"


class _Rebuild(HTMLParser):
    """Writes raw HTML anew from what a parser understood of it, without what is not allowed."""

    def __init__(self, report: Callable[[str], None], loose: Counter[str]) -> None:
        super().__init__(convert_charrefs=False)
        self.report = report
        self.parts: list[str] = []
        self.open: list[str] = []
        self.loose = loose

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in AUTHORS_TAGS:
            self.report(tag_fault(tag))
            return
        kept = []
        for name, value in attrs:
            message = authors_fault("", name, value or "", may_be_code=True)
            if message:
                self.report(message)
            else:
                kept.append(f' {name}="{escape(value or "")}"')
        self.parts.append(f"<{tag}{''.join(kept)}>")
        if tag in BLOCKS:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS and tag not in self.open:
            if not self.loose[tag]:
                self.report(_closes_nothing(tag))
                return
            self.loose[tag] -= 1
        elif tag in BLOCKS:  # those within it end with it
            last = len(self.open) - 1 - self.open[::-1].index(tag)
            self.parts += [f"</{inner}>" for inner in reversed(self.open[last + 1 :])]
            del self.open[last:]
        if tag in AUTHORS_TAGS:
            self.parts.append(f"</{tag}>")

    def close(self) -> None:
        super().close()
        if len(self.parts) == 1:
            self.loose.update(self.open)
        else:
            self.parts += [f"</{tag}>" for tag in reversed(self.open)]

    def handle_data(self, data: str) -> None:
        self.parts.append(escape(data, quote=False))

    def handle_entityref(self, name: str) -> None:
        self.parts.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.parts.append(f"&#{name};")

    def unknown_decl(self, data: str) -> None:
        self.report(_NO_DECLARATION)

    handle_pi = unknown_decl

    def handle_decl(self, decl: str) -> None:
        self.report(_NO_DECLARATION)


def clean_html(html: str, report: Callable[[str], None], loose: Counter[str]) -> str:
    """Return raw HTML with what is not allowed left out; each finding is reported.

    Markdown keeps each tag within a line by itself: `loose` counts the blocks that the pieces before have begun so, and
    that this one may end.
    """
    rebuild = _Rebuild(report, loose)
    rebuild.feed(html)
    rebuild.close()
    return "".join(rebuild.parts)


@lru_cache(1024)
def _judged(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of those attributes that are not allowed, or not whatever they say."""
    return tuple(name for name in names if name not in _HARMLESS and not name.lower().startswith(_FREE))


def clean_element(element: Any, report: Callable[[str], None]) -> bool:
    """Take from an element what is not allowed; return whether the element itself may stay."""
    if not isinstance(element.tag, str):
        return False
    for name in _judged(tuple(element.keys())):
        text = str(element.get(name)).replace("\x02amp\x03", "&")
        message = attribute_fault(element.tag, name.lower(), text)
        if message:
            report(message)
            del element.attrib[name]
    if element.tag not in TAGS:
        report(f"the HTML element <{element.tag}> is not allowed here: {_WAY_OUT}")
        return False
    return True
