"""Styles: what a page's own style sheets say of its elements, as far as it changes what is read.

A word is struck out or hidden, and a list numbered, by a class as often as by an attribute.  Only plain selectors are
read (`p`, `.old`, `li.old`, `#foot`), and only rules that hold for every screen; what another file says is not known.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from lxml.html import HtmlElement

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_SELECTOR = re.compile(r"(?P<tag>[a-zA-Z][\w-]*+|\*)?(?P<names>(?:[.#][\w-]++)*+)")
_NAME = re.compile(r"([.#])([\w-]+)")
_READ = re.compile(
    r"(?:display|visibility|text-decoration(?:-line)?|list-style(?:-type)?|font-(?:weight|size)|position|left|top|clip"
    r"|text-indent)"
)
_MOST = 3_000  # rules: no page of a document has more, and each is tried


class _Rule(NamedTuple):
    """What is said of the elements that a selector means; ids count more than classes, and these than elements."""

    tag: str
    classes: frozenset[str]
    id: str
    said: tuple[tuple[str, str], ...]

    @property
    def weight(self) -> tuple[bool, int, bool]:
        """How much it counts beside others."""
        return bool(self.id), len(self.classes), self.tag not in ("", "*")

    @property
    def key(self) -> str:
        """One thing that each of its elements has."""
        return f"#{self.id}" if self.id else f".{min(self.classes)}" if self.classes else self.tag


def style(tree: HtmlElement) -> None:
    """Write into the `style` of each element what the page's style sheets say of it, as its own attribute goes on."""
    sheets = [one.text_content() for one in tree.iter("style") if one.get("media", "all") in ("", "all", "screen")]
    rules = sorted(dict.fromkeys(_rules(_COMMENT.sub("", "\n".join(sheets)))), key=lambda rule: rule.weight)
    by_key: dict[str, list[tuple[int, _Rule]]] = {}
    for place, rule in enumerate(rules):
        by_key.setdefault(rule.key or "*", []).append((place, rule))

    @cache
    def told(tag: str, called: str, id: str) -> tuple[tuple[str, str], ...]:
        classes = frozenset(called.split())
        found = {
            place: rule
            for key in ("*", tag, f"#{id}", *(f".{name}" for name in classes))
            for place, rule in by_key.get(key, ())
            if rule.classes <= classes and rule.id in ("", id) and rule.tag in ("", "*", tag)
        }
        return tuple(pair for place in sorted(found) for pair in found[place].said)

    for element in tree.iter() if by_key else ():
        said = told(element.tag, element.get("class") or "", element.get("id") or "")
        if said:
            said = (*said, *_declarations(element.get("style") or ""))
            last = dict(said) | {name: value for name, value in said if "!important" in value}
            element.set("style", "; ".join(f"{name}: {value}" for name, value in last.items()))


def _rules(text: str) -> Iterator[_Rule]:
    """Yield the rules of a style sheet, but for those that an @-rule holds."""
    count = depth = start = 0
    head, is_held = "", False
    for match in re.finditer(r"[{};]", text):
        sign = match[0]
        if sign == "{":
            if depth == 0:
                head = text[start : match.start()].strip()
                is_held = head.startswith("@")
                start = match.end()
            depth += 1
        elif sign == "}":
            depth = max(depth - 1, 0)
            if depth == 0:
                said = tuple(pair for pair in _declarations(text[start : match.start()]) if _READ.fullmatch(pair[0]))
                for selector in head.split(",") if said and not is_held else ():
                    if (found := _SELECTOR.fullmatch(selector.strip())) and found[0]:
                        yield _rule(found, said)
                        count += 1
                start, head, is_held = match.end(), "", False
        elif depth == 0:
            start = match.end()
        if count > _MOST:
            return


def _rule(found: re.Match[str], said: tuple[tuple[str, str], ...]) -> _Rule:
    names = _NAME.findall(found["names"])
    classes = frozenset(name for sign, name in names if sign == ".")
    return _Rule((found["tag"] or "").lower(), classes, next((name for sign, name in names if sign == "#"), ""), said)


def _declarations(text: str) -> Iterator[tuple[str, str]]:
    for part in text.split(";"):
        name, colon, value = part.partition(":")
        if colon:
            yield name.strip().lower(), value.strip()
