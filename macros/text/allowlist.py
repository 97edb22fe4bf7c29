"""The allow-list: the HTML that a page may hold.  A pull request is hostile input.

The same lists serve twice: on an author's text, where a finding has its line, and on the rendered page, its
element tree and its raw HTML alike, where nothing passes that is not listed.  Addresses follow the URL Standard
in what they ignore (white space and control characters) before the scheme is read.
"""

import re
from collections.abc import Callable, Iterable
from html import escape, unescape
from html.parser import HTMLParser
from typing import Any

from .markup import attributes
from .problem import Problem
from .source import Source

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
    alt class cite colspan datetime dir headers height href hreflang id lang loading name open rel reversed
    role rowspan scope span src start tabindex title translate type value width
    viewbox x x1 x2 y y1 y2 cx cy r text-anchor
    """.split()
)
"""Attributes that an element may have, beside `aria-…` and `data-…`."""

_ADDRESSES = frozenset(("href", "src", "cite"))
_HARMLESS = ATTRIBUTES - _ADDRESSES

OWN = frozenset(("after", "aliases", "also", "between", "date", "expansion", "markdown"))
"""Attributes in attribute lists that are the edition's own and never reach the page."""

SCHEMES = frozenset(("http", "https", "mailto"))
"""Schemes of addresses; one without a scheme is relative."""

_RAW_TAG = re.compile(r"<([a-zA-Z][\w-]*)((?:[\s/][^<>]*)?)/?>")
_DECLARATION = re.compile(r"<[?!](?!--)[^>\n]*+(?P<close>>)?")
_RAW_ATTRIBUTE = re.compile(r"([^\s\"'=<>/]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")
_ATTRIBUTE_LIST = re.compile(r"\{:?[ ]*((?:[.#][\w-]|[\w-]+=)[^{}\n]*)\}")
_IGNORED = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]+")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_WAY_OUT = "use Markdown, or ask for it in an issue"
_NO_DECLARATION = f"a declaration or instruction in angle brackets (<!…>, <?…>) is not allowed here: {_WAY_OUT}"


def fault(tag: str, attributes: Iterable[tuple[str, str]]) -> str:
    """Say what is not allowed about an element, or nothing."""
    if tag not in TAGS:
        return f"the HTML element <{tag}> is not allowed here: {_WAY_OUT}"
    for name, value in attributes:
        if found := attribute_fault(tag, name, value):
            return found
    return ""


def attribute_fault(tag: str, name: str, value: str) -> str:
    """Say what is not allowed about an attribute, or nothing."""
    if name in _HARMLESS:
        return ""
    if name.startswith("on"):
        return f"the attribute '{name}' runs a script and is not allowed: take it out"
    if name not in ATTRIBUTES and not name.startswith(("data-", "aria-")):
        return f"the attribute '{name}' is not allowed here: {_WAY_OUT}"
    if name in _ADDRESSES:
        return address_fault(value, is_image=name == "src")
    return ""


def address_fault(address: str, *, is_image: bool = False) -> str:
    """Say what is not allowed about an address, or nothing."""
    if not is_image and ":" not in address and "&" not in address:
        return ""  # no scheme, nor anything that stands for its colon
    bare = _IGNORED.sub("", unescape(unescape(address)))
    scheme = _SCHEME.match(bare)
    if scheme and scheme[1].lower() not in SCHEMES:
        name = scheme[1].lower()
        return f"an address that begins with '{name}:' is not allowed: link with https:, mailto: or a relative path"
    if is_image and (scheme or bare.startswith(("//", "\\\\"))):
        return "an image from another site is not allowed: put the file in docs/assets and use its relative path"
    return ""


def faults(source: Source) -> tuple[Problem, ...]:
    """Return a problem for each thing in an author's text that is not allowed."""
    text = source.masked_of_calls
    problems: list[Problem] = []

    def problem(offset: int, message: str) -> None:
        if message:
            problems.append(Problem(source.position(offset), "html-is-allowed", message))

    if "<" in text:
        for match in _RAW_TAG.finditer(text):
            given = [(name.lower(), value.strip("\"'")) for name, value in _RAW_ATTRIBUTE.findall(match[2])]
            found = fault(match[1].lower(), given)
            if not found and any(name == "id" for name, _ in given):
                found = "an id in raw HTML is not allowed: ids belong to headings, notes and clauses"
            problem(match.start(), found)
        for match in _DECLARATION.finditer(text):
            problem(match.start(), _NO_DECLARATION if match["close"] else "")
    if "{" in text:
        for match in _ATTRIBUTE_LIST.finditer(text):
            for name, value in attributes(match[1]).pairs.items():
                problem(match.start(), "" if name in OWN else attribute_fault("", name.lower(), value))
    return tuple(problems)


class _Rebuild(HTMLParser):
    """Writes raw HTML anew from what a parser understood of it, without what is not allowed."""

    def __init__(self, report: Callable[[str], None]) -> None:
        super().__init__(convert_charrefs=False)
        self.report = report
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.report(fault(tag, ()))
            return
        kept = []
        for name, value in attrs:
            message = attribute_fault(tag, name, value or "")
            if message:
                self.report(message)
            else:
                kept.append(f' {name}="{escape(value or "")}"')
        self.parts.append(f"<{tag}{''.join(kept)}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in TAGS:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.parts.append(escape(data, quote=False))

    def handle_entityref(self, name: str) -> None:
        self.parts.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.parts.append(f"&#{name};")

    def unknown_decl(self, data: str) -> None:
        self.report(_NO_DECLARATION)

    def handle_decl(self, decl: str) -> None:
        self.report(_NO_DECLARATION)

    def handle_pi(self, data: str) -> None:
        self.report(_NO_DECLARATION)


def clean_html(html: str, report: Callable[[str], None]) -> str:
    """Return raw HTML with what is not allowed left out; each finding is reported."""
    rebuild = _Rebuild(report)
    rebuild.feed(html)
    rebuild.close()
    return "".join(rebuild.parts)


def clean_element(element: Any, report: Callable[[str], None]) -> bool:
    """Take from an element what is not allowed; return whether the element itself may stay."""
    if not isinstance(element.tag, str):
        return False
    for name in [name for name in element.keys() if name not in _HARMLESS]:  # noqa: SIM118 -- an element is no mapping
        text = str(element.get(name)).replace("\x02amp\x03", "&")
        message = attribute_fault(element.tag, name.lower(), text)
        if message:
            report(message)
            del element.attrib[name]
    if element.tag not in TAGS:
        report(fault(element.tag, ()))
        return False
    return True
