"""What a page may hold, written down a second time and apart from the engine, for what the engine lets through.

HTML is read as browsers read it (Lexbor follows the HTML standard).  What authors write is held against the lists
here; what the theme puts around it, against what it puts around the texts as they stand.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import chain

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests import ROOT
from tests.laws.law import BreachError
from tests.laws.seeds import GROUNDS, laid
from tests.laws.site import building

ELEMENTS = frozenset(
    """a abbr aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure
    h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark nav ol p pre q rp rt ruby s samp section small span strong sub summary sup
    table tbody td tfoot th thead time tr u ul var wbr svg title line circle text""".split()
)
"""The elements of a page's content."""

ATTRIBUTES = frozenset(
    """class id title lang dir role tabindex translate aria-label aria-current aria-hidden href hreflang rel cite datetime open src
    align alt width height loading start type reversed value span colspan rowspan headers scope
    viewBox x x1 x2 y y1 y2 cx cy r text-anchor""".split()
)
"""The attributes that they may have, beside what templates write in `data-…`."""

_CODE = re.compile(
    r"[a-z][a-z0-9]?|[lp]-[A-Za-z-]+|err|hll|highlight(?:table)?|filename|lineno(?:s|div)|code|normal|special"
)
_HIGHLIGHT = frozenset(("pre", "code", "div", "span", "table", "td", "th"))
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SCHEMES = ("http", "https", "mailto")
_IGNORED = re.compile(r"^[\x00-\x20]+|[\x00-\x20]+$|[\t\n\r]")
"""What browsers leave out of an address (URL Standard, basic URL parser)."""

_ADDRESSES = (
    "href",
    "src",
    "cite",
    "action",
    "formaction",
    "data",
    "poster",
    "srcset",
    "xlink:href",
    "ping",
    "background",
)
_CLASS = re.compile(r'class="([^"]*)"')
_DATA = re.compile(r"\s(data-[a-z-]+)(?==)")
_TOKEN = re.compile("[\x02\x03]")
_OF_MARKDOWN = frozenset(("toc",))
"""Classes that the Markdown library writes, and no template has."""


def breaches(html: str, *, is_sound: bool) -> Iterator[BreachError]:
    """Yield what may not be in a page's content; of one that is sound, that is to be published, more is asked."""
    if found := _TOKEN.search(html):
        yield BreachError("a token is printed", found)
    ids: Counter[str] = Counter()
    for node in _elements(html):
        if node.tag in ("html", "head", "body") and not node.attributes:
            continue  # a parser makes them of nothing
        if node.tag not in ELEMENTS:
            yield BreachError(f"an element <{node.tag}>", node.html)
            continue
        for name, value in node.attributes.items():
            if name not in ATTRIBUTES and name not in _written()[1]:
                yield BreachError(f"an attribute {name} of <{node.tag}>", node.html)
            yield from _value(node, name, value or "")
        ids[node.attributes.get("id") or ""] += 1
    yield from (BreachError("an id twice", id) for id, count in ids.items() if is_sound and id and count > 1)


def breaches_around(html: str) -> Iterator[BreachError]:
    """Yield what may not be in a page with the theme around it."""
    known, scripts = _theme()
    for node in _elements(html):
        for name, value in node.attributes.items():
            is_content = node.tag in ELEMENTS and (name in ATTRIBUTES or name in _written()[1])
            if (node.tag, name) not in known and not is_content:
                yield BreachError(f"an attribute {name} of <{node.tag}> around the content", node.html)
            if name in _ADDRESSES:
                yield from _address(node, name, value or "")
            if name == "http-equiv" and (value or "").lower() != "content-security-policy":
                yield BreachError("a page that says what its headers should", node.html)
        if (node.tag, "") not in known and node.tag not in ELEMENTS:
            yield BreachError(f"an element <{node.tag}> around the content", node.html)
        if node.tag == "script":
            yield from _script(node, scripts)


def _value(node: LexborNode, name: str, value: str) -> Iterator[BreachError]:
    if name in _ADDRESSES:
        yield from _address(node, name, value)
    elif name == "class":
        known = _written()[0]
        for word in value.split():
            if word not in known and not (node.tag in _HIGHLIGHT and _CODE.fullmatch(word)):
                yield BreachError("a class that no template has", word)
    elif name == "id" and re.search(r"^_(?!\d+$)|\s", value):
        yield BreachError("an id that the theme could mean, or with a space", node.html)
    elif name == "tabindex" and value not in ("0", "-1"):
        yield BreachError("a place of one's own in the order of the keyboard", node.html)


def _address(node: LexborNode, name: str, value: str) -> Iterator[BreachError]:
    bare = _IGNORED.sub("", value).replace("\\", "/")
    scheme = _SCHEME.match(bare)
    if scheme and scheme[1].lower() not in _SCHEMES:
        yield BreachError("an address of a kind that is not allowed", value)
    if name != "href" and name != "cite" and (scheme or bare.startswith("//")):
        yield BreachError(f"something of another site in <{node.tag} {name}>", value)


def _script(node: LexborNode, scripts: frozenset[str]) -> Iterator[BreachError]:
    if "json" in (node.attributes.get("type") or ""):
        try:
            json.loads(node.text())
        except ValueError:
            yield BreachError("data in a page that are no JSON", node.text())
    elif _known(node) not in scripts:
        yield BreachError("a script that the pages as they stand do not have", node.html)


def _known(node: LexborNode) -> str:
    """Return what a script is known by: where it comes from, seen from the site's root, or what it says."""
    address = node.attributes.get("src")
    return address.replace("../", "").removeprefix("./") if address else re.sub(r'"[./]*"', '""', node.text())


def _elements(html: str) -> Iterator[LexborNode]:
    """Yield all elements, those inside of templates too."""
    root = LexborHTMLParser(html).root
    return (node for node in root.traverse() if node.tag) if root else iter(())


@cache
def _written() -> tuple[frozenset[str], frozenset[str]]:
    """Return the classes and the names `data-…` of all templates and of the pages as they stand."""
    nodes = [node for html in _as_they_stand()[0] for node in _elements(html)]
    templates = [path.read_text("utf-8") for path in (ROOT / "macros").rglob("*.html")]
    classes = [node.attributes.get("class") or "" for node in nodes]
    classes += [match[1] for template in templates for match in _CLASS.finditer(template)]
    data = {name for node in nodes for name in node.attributes if name.startswith("data-")}
    data.update(match[1] for template in templates for match in _DATA.finditer(template))
    return _OF_MARKDOWN | frozenset(chain.from_iterable(words.split() for words in classes)), frozenset(data)


@cache
def _theme() -> tuple[frozenset[tuple[str, str]], frozenset[str]]:
    """Return the elements, with their attributes, and the scripts of the pages as they stand."""
    nodes = [node for html in _as_they_stand()[1] for node in _elements(html)]
    pairs = {(node.tag or "", name) for node in nodes for name in ("", *node.attributes)}
    return frozenset(pairs), frozenset(_known(node) for node in nodes if node.tag == "script")


@cache
def _as_they_stand() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the pages of all grounds, their content and what is published."""
    contents, wholes = [], []
    for ground in GROUNDS:
        with laid(ground, {}), building(ground) as build:
            pages = [build.page(uri) for uri in build.uris]
            contents += [page.content or "" for page in pages]
            wholes += [build.whole(page) for page in pages]
    return tuple(contents), tuple(wholes)
