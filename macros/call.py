"""Macro calls: found in an author's text, parsed tag by tag, evaluated from their literal arguments.

A page is never compiled as a template.  Each tag is parsed by itself with Jinja's own parser, so a fault stays
local and has its own line; only a plain call with constant arguments is accepted, nothing is folded or run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from jinja2 import Environment, TemplateSyntaxError, nodes

from macros.problem import Position, Problem

LONGEST_TAG = 4_000  # characters
DEEPEST_TAG = 10  # brackets within brackets, before Jinja's recursive parser sees them

Literal = str | int | float | bool | None

_OPEN = re.compile(r"\{\{|\{%")
_STRINGS = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'", re.DOTALL)
_INSIDE = re.compile(r"(?:[^\"'%}]|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|%(?!\})|\}(?!\}))*", re.DOTALL)
_STATEMENT = re.compile(r"[-+]?\s*(?P<word>\w*)\s*(?P<rest>.*?)\s*[-+]?$", re.DOTALL)
_CURLY = re.compile(r"[“”‘’„‟«»]")
# What nearly every call is: one name and texts without escapes, read here as Jinja's parser would, forty times faster.
_PLAIN_CALL = re.compile(r'([a-z]\w*)\(((?:"[^"\\]*"(?:, *"[^"\\]*")*)?)\)', re.ASCII)
_PLAIN_ARGUMENT = re.compile(r'"([^"]*)"')
_RESERVED = frozenset("and else false if in is none not or true".split())
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True)
class Call:
    """A call as written: `{{ name(...) }}`, or `{% call name(...) %}body{% endcall %}`.

    `start:end` is the opening tag and `close` the closing one; the body, if there is one, lies between.
    """

    name: str
    arguments: tuple[Literal, ...]
    keywords: Mapping[str, Literal]
    position: Position
    start: int
    end: int
    close: tuple[int, int] | None = None

    @property
    def tags(self) -> tuple[tuple[int, int], ...]:
        """The spans of the call's tags."""
        return ((self.start, self.end), self.close) if self.close else ((self.start, self.end),)

    @property
    def stop(self) -> int:
        """The offset behind the whole call."""
        return self.close[1] if self.close else self.end


@dataclass(frozen=True)
class Broken:
    """A stretch in braces that is no call that can be made, with what is wrong with it."""

    start: int
    end: int
    problem: Problem

    @property
    def tags(self) -> tuple[tuple[int, int], ...]:
        """The span of the stretch."""
        return ((self.start, self.end),)


@dataclass
class _Open:
    name: str
    arguments: tuple[Literal, ...]
    keywords: Mapping[str, Literal]
    start: int
    end: int
    is_sound: bool = field(default=True)


class _NotACallError(Exception):
    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message


def parse_calls(
    body: str, masked: str, position: Callable[[int], Position]
) -> tuple[tuple[Call, ...], tuple[Broken, ...]]:
    """Return the calls in a body in order, and the stretches in braces that are none.

    `masked` is the body with code blanked: what stands there is never a call.
    """
    if "{{" not in masked and "{%" not in masked:
        return (), ()
    environment = Environment(autoescape=False)  # only its parser is used: nothing is compiled or run
    calls: list[Call] = []
    broken: list[Broken] = []
    stack: list[_Open] = []

    def reject(start: int, end: int, rule: str, message: str) -> None:
        broken.append(Broken(start, end, Problem(position(start), rule, message)))

    at = 0
    while match := _OPEN.search(masked, at):
        start = match.start()
        is_print = match[0] == "{{"
        inside, end = _tag(body, masked, start, "}}" if is_print else "%}")
        at = end
        if inside is None:
            close = "}}" if is_print else "%}"
            reject(
                start,
                end,
                "call-is-well-formed",
                f"this `{match[0]}` has no `{close}` within its paragraph and {LONGEST_TAG:,} characters: {_PRINT}",
            )
        elif is_print:
            if not inside.strip(" -+\n"):
                continue  # `{{}}` in prose is just text
            try:
                name, arguments, keywords = _evaluate(environment, inside.strip(" \n"))
            except _NotACallError as error:
                reject(start, end, error.rule, error.message)
            else:
                calls.append(Call(name, arguments, keywords, position(start), start, end))
        else:
            statement = _STATEMENT.match(inside.strip())
            word, rest = (statement["word"], statement["rest"]) if statement else ("", inside)
            if word == "call":
                try:
                    name, arguments, keywords = _evaluate(environment, rest)
                    stack.append(_Open(name, arguments, keywords, start, end))
                except _NotACallError as error:
                    reject(start, end, error.rule, error.message)
                    stack.append(_Open("", (), {}, start, end, is_sound=False))
            elif word == "endcall" and not rest:
                if not stack:
                    reject(
                        start,
                        end,
                        "call-is-well-formed",
                        "this `endcall` closes no `call`: take it out or open one",
                    )
                    continue
                opened = stack.pop()
                if not opened.is_sound:
                    broken.append(Broken(start, end, broken[-1].problem))
                elif problem := _crossed(body[opened.end : start], opened.name):
                    reject(opened.start, opened.end, *problem)
                    broken.append(Broken(start, end, broken[-1].problem))
                else:
                    place = position(opened.start)
                    calls.append(
                        Call(
                            opened.name,
                            opened.arguments,
                            opened.keywords,
                            place,
                            opened.start,
                            opened.end,
                            (start, end),
                        )
                    )
            else:
                what = f"`{{% {word} %}}`" if word else "this tag"
                reject(
                    start,
                    end,
                    "call-is-literal",
                    f"a page calls macros and does not program, so {what} does nothing here: {_PRINT}",
                )
    for opened in stack:
        if opened.is_sound:
            message = f"this `call` of '{opened.name}' has no `{{% endcall %}}`: close it behind the words it is about"
            reject(opened.start, opened.end, "call-is-well-formed", message)
    unique = {each.start: each for each in sorted(broken, key=lambda each: each.start)}
    return tuple(sorted(calls, key=lambda call: call.start)), tuple(unique.values())


_PRINT = "to print braces as they stand, put them between backticks"


def _tag(body: str, masked: str, start: int, close: str) -> tuple[str | None, int]:
    """Return the inside of the tag that opens at `start` and the offset behind it; no inside if it never closes."""
    paragraph = _BLANK_LINE.search(masked, start)
    limit = min(start + LONGEST_TAG, paragraph.start() if paragraph else len(body))
    match = _INSIDE.match(body, start + 2, limit)
    end = match.end() if match else start + 2
    if body.startswith(close, end) and end + 2 <= limit:
        return body[start + 2 : end], end + 2
    plain = body.find(close, start + 2, limit)  # a stray quote mark must not swallow what follows
    if plain >= 0:
        return body[start + 2 : plain], plain + 2
    return None, start + 2


def _crossed(inside: str, name: str) -> tuple[str, str] | None:
    """Say what is wrong with the words between a `call` and its `endcall`, if anything."""
    if _BLANK_LINE.search(inside):
        return (
            "call-stands-in-text",
            f"this call of '{name}' runs over a paragraph break: close it in its paragraph and open a new one",
        )
    bare = re.sub(r"\\.|`[^`]*`|\{\{.*?\}\}|\{%.*?%\}|^\s*[*+-] ", "", inside, flags=re.DOTALL)
    if bare.count("*") % 2 or bare.count("[") != bare.count("]"):
        return (
            "call-stands-in-text",
            f"this call of '{name}' crosses emphasis or a link: both must open and close inside it or both outside",
        )
    return None


def _evaluate(environment: Environment, text: str) -> tuple[str, tuple[Literal, ...], Mapping[str, Literal]]:
    """Return name and arguments of the one call that `text` is."""
    if (plain := _PLAIN_CALL.fullmatch(text)) and plain[1] not in _RESERVED:
        return plain[1], tuple(_PLAIN_ARGUMENT.findall(plain[2])), MappingProxyType({})
    outside = _STRINGS.sub('""', text)
    if _CURLY.search(outside):
        raise _NotACallError(
            "call-is-well-formed",
            "there are curly quotation marks in this call, which word processors make: "
            'write straight ones, as in note("some-id")',
        )
    if "'" in outside or outside.replace('""', "").count('"'):
        raise _NotACallError(
            "call-is-well-formed",
            "a quotation mark in this call is not closed: an argument stands between two",
        )
    depth = deepest = 0
    for character in outside:
        depth += (character in "([{") - (character in ")]}")
        deepest = max(deepest, depth)
    if deepest > DEEPEST_TAG or len(text) > LONGEST_TAG:
        raise _NotACallError(
            "call-is-literal", "this call is too deep or too long: a call takes plain words and numbers"
        )
    try:
        template = environment.parse("{{ " + text + " }}")
    except TemplateSyntaxError as error:
        raise _NotACallError(
            "call-is-well-formed", f'this call cannot be read ({error.message}): write it as name("argument")'
        ) from None
    except RecursionError:
        raise _NotACallError("call-is-literal", "this call is too deep: a call takes plain words and numbers") from None
    output = template.body[0] if len(template.body) == 1 else None
    expressions = output.nodes if isinstance(output, nodes.Output) else []
    expression = expressions[0] if len(expressions) == 1 else None
    if isinstance(expression, nodes.Name):
        raise _NotACallError(
            "call-is-literal",
            f"'{expression.name}' is not called here, a page has no variables: write {expression.name}(…), or {_PRINT}",
        )
    if not isinstance(expression, nodes.Call) or not isinstance(expression.node, nodes.Name):
        raise _NotACallError(
            "call-is-literal",
            f'a page can only call a macro, as in name("argument"), nothing else is run: {_PRINT}',
        )
    if expression.dyn_args is not None or expression.dyn_kwargs is not None:
        raise _NotACallError("call-is-literal", "arguments with stars are not possible: write each argument out")
    keywords = {pair.key: _constant(pair.value) for pair in expression.kwargs}
    return (
        expression.node.name,
        tuple(_constant(node) for node in expression.args),
        MappingProxyType(keywords),
    )


def _constant(node: nodes.Expr) -> Literal:
    if isinstance(node, nodes.Const) and (node.value is None or isinstance(node.value, str | int | float | bool)):
        return node.value
    if isinstance(node, nodes.Name):
        raise _NotACallError(
            "call-is-literal", f'an argument is a literal: put quotation marks around it, "{node.name}"'
        )
    raise _NotACallError(
        "call-is-literal", "an argument is one plain literal, a text in straight quotation marks or a number"
    )
