"""Furniture: what of a page is not the document's text, and where its text stands.

A page's own `main`, or its one `article`, is taken whole; without them it is the body, less what pages have around a
text.  What nobody reads as the document's words is left out: navigation, controls of forms, what is hidden or struck
out.  No passage goes for its class alone, unless it consists of links; and what goes is always said (`Left`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from lxml.html import HtmlElement

from .blocks import MARK, Block, Left, clean, left_out

_PROSE = 8  # words that a paragraph has at least
_CONTROLS = frozenset("button select textarea input option optgroup meter progress label legend".split())
_ELSEWHERE = frozenset("iframe object embed frame".split())
_MENUS = frozenset("navigation search menu menubar toolbar tablist dialog alertdialog button".split())
_AROUND = frozenset("banner contentinfo complementary".split())
_OUTER = frozenset("footer header sidebar masthead banner copyright topbar".split())
_FURNITURE = _OUTER | frozenset(
    """
    breadcrumb breadcrumbs crumbs share sharing social addthis cookie cookies pagination pager skip toolbar tools print
    menu nav navbar navigation related tags language languages
    """.split()
)
_UNSEEN = frozenset("sr-only visually-hidden visuallyhidden screen-reader-text element-invisible offscreen".split())
_HIDDEN = re.compile(
    r"(?<![-\w])(?:display ?: none|visibility ?: hidden|font-size ?: 0(?![.\d])|clip ?: rect"
    r"|(?:left|top|text-indent) ?: -\d{3,6})"
)
_STRUCK = re.compile(r"text-decoration[a-z-]{0,9} ?: (?:[a-z ]{0,20} )?line-through")
_PERMALINK = re.compile(r"\W*+(?:perma(?:nent )?link|anchor|link to this \w+|copy link)?\W*+", re.IGNORECASE)
_BACK = re.compile(r"\W*+(?:back|return|jump|up)\b.{0,40}|[↩↑⤴⬆^⏎¶\s\ufe0e\ufe0f]+", re.IGNORECASE)
_BY_TAG = {
    **dict.fromkeys(_CONTROLS, "part of a form"),
    **dict.fromkeys(_ELSEWHERE, "another page shown in this one"),
    **dict.fromkeys(("rt", "rp", "rtc"), "a reading beside the signs"),
    **dict.fromkeys(("annotation", "annotation-xml"), "a formula once more"),
    **dict.fromkeys(("del", "s", "strike"), "struck out"),
    "nav": "navigation",
    "noscript": "for browsers without scripts",
}


def root_of(body: HtmlElement) -> HtmlElement:
    """Return the part of a page that it names as its text, if most of its prose stands there; else the body."""
    mains = [found for found in body.iter("main", "div", "section", "td") if "main" in (found.tag, found.get("role"))]
    own = max(mains, key=prose, default=None)
    if own is None:
        own = article_of(body)
    return own if own is not None and prose(own) * 2 >= prose(body) else body


def article_of(element: HtmlElement) -> HtmlElement | None:
    """Return the one article in an element, if there is one alone and most of the prose stands in it."""
    found = [one for one in element.iter("article") if not any(up.tag == "article" for up in one.iterancestors())]
    return found[0] if len(found) == 1 and prose(found[0]) * 5 >= prose(element) * 3 else None


def prose(element: HtmlElement) -> int:
    """Return the number of words that stand in no link, menu or control."""
    skipped = _CONTROLS | {"a", "nav", "aside", "noscript"}
    count, outer = 0, [element]
    while outer:
        one = outer.pop()
        count += len((one.text or "").split())
        for child in one:
            count += len((child.tail or "").split())
            if child.tag not in skipped:
                outer.append(child)
    return count


def around(body: HtmlElement, root: HtmlElement) -> str:
    """Return the text of the body before and behind a part of it."""
    before: list[str] = []
    behind: list[str] = []
    one = root
    while one is not body:
        parent = one.getparent()
        siblings = list(parent)
        at = siblings.index(one)
        before = [parent.text or "", *_texts(siblings[:at]), *before]
        behind += [one.tail or "", *_texts(siblings[at + 1 :])]
        one = parent
    return clean(" ".join((*before, *behind)))


def _texts(elements: Iterable[HtmlElement]) -> Iterator[str]:
    return chain.from_iterable((" ".join(one.itertext()), one.tail or "") for one in elements)


def names(element: HtmlElement) -> set[str]:
    """Return an element's classes and id, whole and in their parts."""
    said = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    return {*said.split(), *re.split(r"[\W_]+", said)}


def why_left(element: HtmlElement, root: HtmlElement, *, is_block: bool, is_heading: bool, is_strict: bool) -> str:
    """Say why nobody reads an element as the document's words, or nothing.

    `is_strict` says that it stands where the page has not said that here is its text.
    """
    tag, role = element.tag, (element.get("role") or "").lower()
    style, called = " ".join(element.get("style", "").lower().replace(":", ": ").split()), names(element)
    if element.get("hidden") is not None or _HIDDEN.search(style):
        return "hidden on the page"
    if tag == "dialog" and element.get("open") is None:
        return "hidden on the page"
    if called & _UNSEEN:
        return "for screen readers alone"
    if tag in _BY_TAG or role in _MENUS or _STRUCK.search(style):
        return _BY_TAG.get(tag) or ("navigation" if role in _MENUS else "struck out")
    if tag == "a":
        return _why_link(element, is_heading=is_heading)
    if not is_block or element is root:
        return ""
    if is_strict and not _holds_text(element):
        is_around = tag in ("header", "footer", "aside") or role in _AROUND
        if is_around or (called & _OUTER and prose(element) * 5 <= prose(root)):
            return "around the text"
    return "links around the text" if called & _FURNITURE and _is_of_links(element) else ""


def _why_link(element: HtmlElement, *, is_heading: bool) -> str:
    said = clean(element.text_content())
    if not said or not (element.get("href") or "").startswith("#"):
        return ""
    if is_heading and _PERMALINK.fullmatch(said):
        return "a link to the heading"
    return "a way back" if _BACK.fullmatch(said) else ""


def _holds_text(element: HtmlElement) -> bool:
    return next(element.iter("h1", "main", "article"), None) is not None


def _is_of_links(element: HtmlElement) -> bool:
    count = len("".join(element.text_content().split()))
    return sum(len("".join(link.text_content().split())) for link in element.iter("a", "button")) * 2 >= count > 0


def trimmed(parts: Sequence[Block | Left], keep: Sequence[str]) -> list[Block | Left]:
    """Leave out links before the first paragraph of a text and behind its last one, with the headings over them.

    What else stands there and is no paragraph, heading or item comes into doubt.
    """
    found = list(parts)
    texts = [at for at, part in enumerate(found) if isinstance(part, Block) and _is_prose(part)]
    if not texts:
        return found
    for at in range(texts[0]):
        found[at] = _without_links(found, at, keep)
    for at in range(texts[-1] + 1, len(found)):
        before = found[at - 1]
        if not (
            isinstance(before, Block)
            and (before.text.endswith(":") or (before.is_link and _is_like(before, found[at])))
        ):
            found[at] = _without_links(found, at, keep)
    for at in range(len(found) - 1, texts[-1], -1):  # a heading over nothing but what went
        part = found[at]
        is_over = at + 1 < len(found) and isinstance(found[at + 1], Left)
        if isinstance(part, Block) and part.level and is_over and not _is_named(part, keep):
            found[at] = left_out(found, at, "a heading over links")
    for at in (*range(texts[0]), *range(texts[-1] + 1, len(found))):
        part = found[at]
        if isinstance(part, Block) and not (part.level or part.doubt or part.is_link or _is_of_text(part.text)):
            found[at] = replace(part, doubt="before the first paragraph" if at < texts[0] else "behind the last one")
    return found


def _without_links(parts: Sequence[Block | Left], at: int, keep: Sequence[str]) -> Block | Left:
    part = parts[at]
    if isinstance(part, Left) or not part.is_link or _is_named(part, keep):
        return part
    return left_out(parts, at, "links around the text")


def _is_prose(block: Block) -> bool:
    return bool(block.rows) or (not block.level and not block.is_link and len(block.text.split()) >= _PROSE)


def _is_of_text(text: str) -> bool:
    return bool(MARK.match(text)) or (text.endswith((".", ";", ":")) and len(text.split()) > 3)


def _is_like(one: Block, other: Block | Left) -> bool:
    return isinstance(other, Block) and other.is_link and one.text[:1] == other.text[:1] == "•"


def _is_named(block: Block, keep: Sequence[str]) -> bool:
    return any(block.text.removeprefix("• ").startswith(words) for words in keep)
