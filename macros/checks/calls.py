"""Calls: whether each macro can do what a call asks, and stands where it can."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..calls.base import Context, evaluate
from ..derived.index import note_around
from ..model.edition import Edition
from ..model.fragment import Fragment
from ..text.call import Call
from ..text.problem import Problem, RefusalError
from ..text.source import Source
from .base import Scope, check


@check(Scope.FILE)
def calls(edition: Edition, source: Source) -> Iterator[Problem]:
    """Find calls that no macro can answer, and those of blocks that stand in running text."""
    for call in source.calls:
        context = Context(
            edition, source, source, call, is_in_note=note_around(edition, source, call.start) is not None
        )
        try:
            result = evaluate(edition.macros, context)
        except RefusalError as error:
            yield error.at(call.position)
            continue
        if isinstance(result, Fragment) and not result.is_inline and not _stands_alone(source, call):
            message = (
                f"'{call.name}' makes a block: put the call in a paragraph of its own, with a blank line on each side"
            )
            yield Problem(call.position, "call-stands-in-text", message)


_RAW_BLOCK = re.compile(
    r"^ {0,3}<(?P<tag>[a-z][a-z0-9]*)\b[^>\n]*>.*?(?:</(?P=tag)>|\n[ \t]*\n)", re.MULTILINE | re.DOTALL
)
_INLINE_TAGS = frozenset(
    "a abbr b bdi bdo cite code dfn em i kbd mark q s samp small span strong sub sup time u var".split()
)


@check(Scope.TEXT)
def in_raw_html(source: Source) -> Iterator[Problem]:
    """Find calls inside a block of raw HTML, which Markdown passes on unread."""
    if not source.calls or "<" not in source.masked:
        return
    for match in _RAW_BLOCK.finditer(source.masked):
        if match["tag"] in _INLINE_TAGS:
            continue
        for call in source.calls:
            if match.start() < call.start < match.end():
                message = (
                    f"'{call.name}' is called in raw HTML, which Markdown does not read: write the block in Markdown"
                )
                yield Problem(call.position, "call-stands-in-text", message)


def _stands_alone(source: Source, call: Call) -> bool:
    before = source.body[: call.start].rpartition("\n")
    after = source.body[call.stop :].partition("\n")
    previous = before[0].rpartition("\n")[2]
    following = after[2].partition("\n")[0]
    is_item = re.fullmatch(r"\s*(?:[-*+]|\d+\.)\s+", before[2])
    alone = (not before[2].strip() or is_item) and not after[0].strip()
    return bool(alone and (is_item or not previous.strip()) and not following.strip())
