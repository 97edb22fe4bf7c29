"""Macro calls: found in an author's text, parsed tag by tag, evaluated from their literal arguments.

A page is never compiled as a template.  Each tag is parsed by itself with Jinja's own parser, so a fault stays
local and has its own line; only a plain call with constant arguments is accepted, nothing is folded or run.
"""

import re
from bisect import bisect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from jinja2 import Environment, TemplateSyntaxError, nodes

from .line import unescaped
from .problem import Position, Problem, RefusalError

LONGEST_TAG = 4_000  # characters
LONGEST_SHOWN = 200  # characters of a call that a message shows as it should be
DEEPEST_TAG = 10  # brackets within brackets, before Jinja's recursive parser sees them
DEEPEST_CALL = 10  # calls around calls
MOST_FAULTS = 100  # faulty tags in one file, after which the rest of it is not read until they are mended

UNPRINTABLE = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]")
"""Signs that no page can hold (XML 1.0), some of which Python-Markdown keeps for itself."""

_FORM, _LITERAL = "call-is-well-formed", "call-is-literal"
"""The rules that a call may break by itself."""

Literal = str | int | float | bool | None

_OPEN = re.compile(unescaped("{") + r"(?:\{|%|[ ]+%(?=[ ]*(?:call|endcall)\b))")
"""Opens a tag, unless the brace is escaped, as in `\\{%`: then Markdown prints it."""
_SPACED = re.compile(r"\{[ ]+%[ ]*(?P<inside>(?P<word>call|endcall)\b[^{}%\n]*)(?:%[ ]*\}?)?")
_STRINGS: Mapping[str, re.Pattern[str]] = {
    marks: re.compile("|".join(rf"{mark}(?:[^{mark}\\]|\\.)*+({mark})?" for mark in marks), re.DOTALL)
    for marks in ("\"'", '"', "'")
}
"""Strings between each of some marks, and where one is not closed all that is behind it."""
_INSIDE = re.compile(r"(?:[^\"'%}]|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|%(?!\})|\}(?!\}))*", re.DOTALL)
_STATEMENT = re.compile(r"[-+]?\s*+(?P<word>\w*+)\s*+")
_CURLY = re.compile(r"[“”‘’„‟«»]")
_PLAIN = re.compile(
    r"\{(?:\{|(?P<opens>%[ ]*call[ ]))[ ]*(?P<name>[a-z]\w*)"
    r'\((?P<arguments>(?:"[^"\\{}\n]*"(?:, *"[^"\\{}\n]*")*)?)\)[ ]*(?(opens)%|\})\}',
    re.ASCII,
)
"""What nearly every tag is: one name and texts without escapes, read here as Jinja's parser would, far faster."""
_PLAIN_ARGUMENT = re.compile(r'"([^"]*)"')
_RESERVED = frozenset("and else false if in is none not or true".split())
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
# Slips that can be named: a call in one brace, one that is not closed, arguments without marks or commas.
_ARGUMENTS = r"\((?:[^()\"'{}\n]|\"[^\"\n]*\"|'[^'\n]*')*\)"
_BEGUN = re.compile(rf"[ ]*(?P<call>(?:call[ ]+)?[a-z]\w*{_ARGUMENTS})(?:[ ]*[%}}])?", re.ASCII)
_ONE_BRACE = re.compile(rf"\{{[ ]*(?P<call>[a-z]\w*{_ARGUMENTS})[ ]*\}}{{0,2}}", re.ASCII)
_HALF = re.compile(rf"(?:call[ ]+)?(?<![\w.])(?P<call>[a-z]\w*{_ARGUMENTS})(?:[ ]*%?\}})?(?!.*{_ARGUMENTS})", re.ASCII)
"""The last call of a line, the first signs of which are missing."""
_OPENED = re.compile(r"\{[{%][ ]*(?:call[ ]+)?\Z")
_MARKS = re.compile(r"[\"'“”‘’]")
_NO_MARKUP = re.compile(r"\\.|`[^`]*`|\{\{(?:(?!\{\{|\}\}).)*+\}\}|\{%(?:(?!\{%|%\}).)*+%\}|^\s*[*+-] ", re.DOTALL)
"""What marks nothing as emphasis or a link, whatever stands in it: escapes, code, tags, the sign of an item."""
_BARE = re.compile(r"(?P<name>[a-z]\w*)\((?P<arguments>(?=[\d#.:/ ,–—-]*+[^\W\d])[\w#.:/ ,–—-]++)\)")
_OTHER_MARKS = re.compile(r"`|&quot;|&#34;|[´＂＇″′]")
"""What is written for straight quotation marks."""
_ODD = re.compile(r"[^\w\s(),=.'\"-]")
_NO_BRACKETS = re.compile(r'(?P<name>[a-z]\w*)[ ]+(?P<arguments>"[^"]*"(?:[ ]*,[ ]*"[^"]*")*)')


class Call(NamedTuple):
    """A call as written: `{{ name(...) }}`, or `{% call name(...) %}body{% endcall %}`.

    `start:end` is the opening tag and `close` the closing one; the body, if there is one, lies between.
    """

    name: str
    arguments: tuple[Literal, ...]
    keywords: Mapping[str, Literal]
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
    """A part in braces that is no call that can be made, with what is wrong with it; of a statement, its word."""

    start: int
    end: int
    problem: Problem
    word: str = ""

    @property
    def tags(self) -> tuple[tuple[int, int], ...]:
        """The span of it."""
        return ((self.start, self.end),)


class _Open(NamedTuple):
    """A `call` that waits for its `endcall`; one that is faulty has its problem."""

    start: int
    end: int
    name: str = ""
    arguments: tuple[Literal, ...] = ()
    keywords: Mapping[str, Literal] = {}
    problem: Problem | None = None


def parse_calls(
    body: str, masked: str, position: Callable[[int], Position]
) -> tuple[tuple[Call, ...], tuple[Broken, ...]]:
    """Return the calls in a body in order, and the parts in braces that are none.

    `masked` is the body with code blanked: what stands there is never a call.
    """
    if "{" not in masked:
        return (), ()
    reader = _Reader(body, masked, position)
    reader.read()
    unique = {each.start: each for each in sorted(reader.broken, key=lambda each: each.start)}
    return tuple(sorted(reader.calls, key=lambda call: call.start)), tuple(unique.values())


@cache
def _environment() -> Environment:
    return Environment(autoescape=False)  # its parser alone is used


@dataclass
class _Reader:
    """Reads the tags of one body in order; what is no call, and why, is kept beside the calls."""

    body: str
    masked: str
    position: Callable[[int], Position]
    calls: list[Call] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)

    def read(self) -> None:
        at = 0
        while len(self.broken) < MOST_FAULTS and (match := _next(self.masked, at)):
            start = match.start()
            if behind := self._plain(start):
                at = behind
                continue
            if match[0][1] == " ":
                at = self._spaced(start)
                continue
            is_print = match[0] == "{{"
            inside, end = _tag(self.body, self.masked, start, "}}" if is_print else "%}")
            if inside is None:
                end = self._unclosed(start, is_print=is_print)
            elif is_print:
                self._print(start, end, inside)
            else:
                self._statement(start, end, inside.strip())
            at = end
        self._left_open()
        self._in_one_brace()

    def _plain(self, start: int) -> int:
        """Take in a tag that is like nearly all; return the offset behind it, or nothing where it is another."""
        match = _PLAIN.match(self.body, start)
        if match is None or match["name"] in _RESERVED or match.end() - start > LONGEST_TAG:
            return 0
        name, arguments = match["name"], tuple(_PLAIN_ARGUMENT.findall(match["arguments"]))
        if not match["opens"]:
            self.calls.append(Call(name, arguments, {}, start, match.end()))
        elif len(self.stack) < DEEPEST_CALL:
            self.stack.append(_Open(start, match.end(), name, arguments))
        else:
            return 0
        return match.end()

    def _reject(self, start: int, end: int, message: str, rule: str = _FORM) -> Problem:
        problem = Problem(self.position(start), rule, message)
        self.broken.append(Broken(start, end, problem))
        return problem

    def _take_back(self, problem: Problem) -> Problem | None:
        """Reject the call that is open where its end is at fault; return the fault that it has itself, if any."""
        if not self.stack:
            return None
        opened = self.stack.pop()
        self.broken.append(Broken(opened.start, opened.end, opened.problem or problem))
        return opened.problem

    def _spaced(self, start: int) -> int:
        """Reject a tag with a space between its first two signs; return the offset behind it."""
        match = _SPACED.match(self.body, start)
        if match is None:
            return start + 1
        message = (
            f"there is a space between the brace and the `%` of this tag: write `{{% {match['inside'].strip()} %}}`"
        )
        problem = self._reject(start, match.end(), message)
        if match["word"] == "call":
            self.stack.append(_Open(start, match.end(), problem=problem))
        else:
            self._take_back(problem)
        return match.end()

    def _unclosed(self, start: int, *, is_print: bool) -> int:
        """Reject a tag that is not closed; return the offset where reading goes on."""
        mark, close = self.body[start : start + 2], "}}" if is_print else "%}"
        begun = _BEGUN.match(self.body, start + 2)
        if begun is None or begun.end() - start > LONGEST_SHOWN:
            message = f"this `{mark}` has no `{close}` within its paragraph and {LONGEST_TAG:,} characters: {_PRINT}"
            self._reject(start, start + 2, message)
            return start + 2
        message = f"this `{mark}` is not closed: write `{mark} {begun['call']} {close}`"
        problem = self._reject(start, begun.end(), message)
        if not is_print:
            self.stack.append(_Open(start, begun.end(), problem=problem))
        return begun.end()

    def _print(self, start: int, end: int, inside: str) -> None:
        if not inside.strip(" -+\n"):
            return  # `{{}}` in prose is just text
        try:
            name, arguments, keywords = _evaluate(inside.strip(" \n"))
        except RefusalError as error:
            if told := self._named_above(inside):
                self.broken.append(Broken(start, end, told))
            else:
                self._reject(start, end, error.message, error.rule)
        else:
            self.calls.append(Call(name, arguments, keywords, start, end))

    def _named_above(self, inside: str) -> Problem | None:
        """Return the problem of the tag of a program that gave a value the name which stands for an argument here."""
        bare = _BARE.fullmatch(inside.strip())
        names = set(re.findall(r"\w+", bare["arguments"])) if bare else set[str]()
        for one in self.broken:
            if one.word in ("set", "for", "with") and names & set(re.findall(r"\w+", self.body[one.start : one.end])):
                return one.problem
        return None

    def _statement(self, start: int, end: int, inside: str) -> None:
        statement = _STATEMENT.match(inside)
        word, rest = (statement["word"], inside[statement.end() :]) if statement else ("", inside)
        rest = rest.removesuffix(rest[-1:] if rest.endswith(("-", "+")) else "").rstrip()
        if word == "call" and len(self.stack) == DEEPEST_CALL:
            message = f"more than {DEEPEST_CALL} calls are open here, one around the other: close some of them before"
            self._reject(start, end, message)
        elif word == "call":
            try:
                self.stack.append(_Open(start, end, *_evaluate(rest)))
            except RefusalError as error:
                problem = self._reject(start, end, error.message, error.rule)
                self.stack.append(_Open(start, end, problem=problem))
        elif word == "endcall" and not rest:
            self._close(start, end)
        elif word.startswith("end") and self.stack:
            message = f"`{{% {inside} %}}` closes nothing: a call is closed by `{{% endcall %}}`, so write that"
            self._take_back(self._reject(start, end, message))
        elif word not in _RESERVED and _BEGUN.fullmatch(word + rest):
            form = f"`{{{{ {word}{rest} }}}}`, or around words `{{% call {word}{rest} %}}`"
            problem = self._reject(start, end, f"the word `call` is missing here: write {form}")
            self.stack.append(_Open(start, end, problem=problem))
        elif word.lower() in ("call", "endcall") or inside.strip() in ("/call", "end", "end call", "/"):
            form = f"call {rest}" if word.lower() == "call" else "endcall"
            problem = self._reject(start, end, f"write `{{% {form} %}}` for this tag")
            if form != "endcall":
                self.stack.append(_Open(start, end, problem=problem))
            elif own := self._take_back(problem):
                self.broken[-2] = Broken(start, end, own)
        else:
            what = f"`{{% {word} %}}`" if word else "this tag"
            message = f"a page calls macros and does not program, so {what} does nothing here: {_PRINT}"
            told = next((one.problem for one in self.broken if word == f"end{one.word}"), None)
            problem = told or Problem(self.position(start), _LITERAL, message)
            self.broken.append(Broken(start, end, problem, word))

    def _close(self, start: int, end: int) -> None:
        if not self.stack:
            line = self.masked[self.masked.rfind("\n", 0, start) + 1 : start]
            begun = _HALF.search(line)
            if begun and not _OPENED.search(line, 0, begun.start("call")):
                at = start - len(line) + begun.start()
                message = f"this call is not opened: write `{{% call {begun['call']} %}}`"
                self._reject(at, at + len(begun[0]), message)
                self.broken.append(Broken(start, end, self.broken[-1].problem))
                return
            message = "this `endcall` closes no `call`: take it out or open one"
            unopened = Problem(self.position(start), _FORM, message)
            self.broken.append(Broken(start, end, unopened, "endcall"))
            return
        opened = self.stack.pop()
        problem = opened.problem
        if problem is None and (crossing := _crossed(self.body[opened.end : start], opened.name)):
            problem = self._reject(opened.start, opened.end, crossing, "call-stands-in-text")
        if problem:
            self.broken.append(Broken(start, end, problem))
            return
        self.calls.append(Call(opened.name, opened.arguments, opened.keywords, opened.start, opened.end, (start, end)))

    def _left_open(self) -> None:
        """Reject the calls that no `endcall` closed, unless a faulty tag in the same paragraph may have been it."""
        gaps = [gap.start() for gap in _BLANK_LINE.finditer(self.body)]
        faulty = {bisect(gaps, each.start): each.problem for each in self.broken}
        for opened in self.stack:
            if opened.problem is None:
                message = (
                    f"this `call` of '{opened.name}' has no `{{% endcall %}}`: close it behind the words it is about"
                )
                problem = Problem(self.position(opened.start), _FORM, message)
                self.broken.append(Broken(opened.start, opened.end, faulty.get(bisect(gaps, opened.start), problem)))

    def _in_one_brace(self) -> None:
        """Reject calls between one brace on a side, which would be printed as they stand."""
        read: list[Call | Broken] = [*self.calls, *self.broken]
        tags = sorted(span for each in read for span in each.tags)
        for match in _ONE_BRACE.finditer(self.masked):
            before = bisect(tags, (match.start(), len(self.masked))) - 1
            is_tag = before >= 0 and match.start() < tags[before][1]
            if is_tag or not _MARKS.search(match["call"]) or self.masked[match.start() - 1] == "\\":
                continue
            message = f"a macro is called between two braces on each side: write `{{{{ {match['call']} }}}}`"
            self._reject(*match.span(), message)
            if len(self.broken) >= MOST_FAULTS:
                break


_PRINT = "to print braces as they stand, put them between backticks"


def _next(masked: str, at: int) -> re.Match[str] | None:
    """Return what next opens a tag; its brace is found faster than what must not stand before it."""
    while (at := masked.find("{", at)) >= 0:
        if match := _OPEN.match(masked, at):
            return match
        at += 1
    return None


def _tag(body: str, masked: str, start: int, close: str) -> tuple[str | None, int]:
    """Return the inside of the tag that opens at `start` and the offset behind it; no inside if it never closes."""
    limit = min(start + LONGEST_TAG, len(body))
    if paragraph := _BLANK_LINE.search(masked, start, limit + 1):
        limit = paragraph.start()
    match = _INSIDE.match(body, start + 2, limit)
    end = match.end() if match else start + 2
    if not (body.startswith(close, end) and end + 2 <= limit):
        end = body.find(close, start + 2, limit)  # a stray quote mark must not swallow what follows
    inside = body[start + 2 : end]
    if end < 0 or ("{" in inside and _next(_with_strings(inside, ""), 0)):  # what closes here is another tag
        return None, start + 2
    return inside, end + 2


def _with_strings(text: str, shown: str) -> str:
    """Return a text with `shown` in the place of each string in it; behind a mark that none closes, none of its is."""
    parts, at, marks = list[str](), 0, "\"'"
    while marks and (match := _STRINGS[marks].search(text, at)):
        parts.append(text[at : match.start()] + (shown if match.lastindex else match[0][0]))
        at = match.end() if match.lastindex else match.start() + 1
        marks = marks if match.lastindex else marks.replace(match[0][0], "")
    return "".join([*parts, text[at:]])


def nesting(text: str, opens: str, closes: str) -> tuple[int, int]:
    """Return how deep brackets are nested in a text, and how many of them stay open."""
    depths = [0, *accumulate((sign in opens) - (sign in closes) for sign in text)]
    return max(depths), depths[-1]


def _crossed(inside: str, name: str) -> str:
    """Say what is wrong with the words between a `call` and its `endcall`, or nothing."""
    if _BLANK_LINE.search(inside):
        return f"this call of '{name}' runs over a paragraph break: close it in its paragraph and open a new one"
    bare = _NO_MARKUP.sub("", inside)
    if bare.count("*") % 2 or bare.count("[") != bare.count("]"):
        return f"this call of '{name}' crosses emphasis or a link: both must open and close inside it or both outside"
    return ""


def _evaluate(text: str) -> tuple[str, tuple[Literal, ...], Mapping[str, Literal]]:
    """Return name and arguments of the one call that `text` is."""
    outside = _with_strings(text, '""')
    if _CURLY.search(outside):
        raise RefusalError(
            _FORM,
            "there are curly quotation marks in this call, which word processors make: "
            'write straight ones, as in note("some-id")',
        )
    if "'" in outside or outside.replace('""', "").count('"'):
        raise RefusalError(_FORM, "a quotation mark in this call is not closed: an argument stands between two")
    deepest, depth = nesting(outside, "([{", ")]}")
    if deepest > DEEPEST_TAG or len(text) > LONGEST_TAG:
        raise RefusalError(_LITERAL, "this call is too deep or too long: a call takes plain words and numbers")
    if mistake := _mistake(text, outside, depth):
        raise RefusalError(_FORM, mistake)
    try:
        template = _environment().parse("{{ " + text + " }}")
    except TemplateSyntaxError:
        odd = _ODD.search(outside.replace('""', ""))
        what = f"this call holds `{odd[0]}` outside of its texts" if odd else "this call cannot be read"
        raise RefusalError(_FORM, f'{what}: write it as name("argument")') from None
    except RecursionError:
        raise RefusalError(_LITERAL, "this call is too deep: a call takes plain words and numbers") from None
    output = template.body[0] if len(template.body) == 1 else None
    expressions = output.nodes if isinstance(output, nodes.Output) else []
    expression = expressions[0] if len(expressions) == 1 else None
    if isinstance(expression, nodes.Name) and expression.name in ("endcall", "call"):
        form = "endcall" if expression.name == "endcall" else "call …"
        raise RefusalError(_FORM, f"a tag of `call` has a `%`: write `{{% {form} %}}`")
    if isinstance(expression, nodes.Name):
        raise RefusalError(
            _LITERAL,
            f"'{expression.name}' is not called here, a page has no variables: write {expression.name}(…), or {_PRINT}",
        )
    if not isinstance(expression, nodes.Call) or not isinstance(expression.node, nodes.Name):
        raise RefusalError(
            _LITERAL, f'a page can only call a macro, as in name("argument"), nothing else is run: {_PRINT}'
        )
    if expression.dyn_args is not None or expression.dyn_kwargs is not None:
        raise RefusalError(_LITERAL, "arguments with stars are not possible: write each argument out")
    keywords = {pair.key: _constant(pair.value) for pair in expression.kwargs}
    return expression.node.name, tuple(_constant(node) for node in expression.args), keywords


def _mistake(text: str, outside: str, depth: int) -> str:
    """Say what mistake a call is, if it is one of those that people make; `outside` has its texts emptied."""
    if marks := _OTHER_MARKS.search(outside):
        form = text.replace(marks[0], '"')
        return f"an argument stands in straight quotation marks: write `{form}`"
    if re.search(r'""\s*""', outside):
        return "there is no comma between two arguments of this call: put one"
    if re.search(r'""\w|\w""', outside):
        return 'a text between " and " cannot hold that mark itself: write “ and ” inside it'
    if depth > 0:
        return f"the bracket of this call is not closed: write `{text.strip()}{')' * depth}`"
    if bare := _BARE.fullmatch(text):
        arguments = ", ".join(f'"{argument.strip()}"' for argument in bare["arguments"].split(","))
        return f"an argument stands in straight quotation marks: write `{bare['name']}({arguments})`"
    if open_ := _NO_BRACKETS.fullmatch(text):
        return f"arguments stand in brackets: write `{open_['name']}({open_['arguments']})`"
    return ""


def _constant(node: nodes.Expr) -> Literal:
    if isinstance(node, nodes.Const) and (node.value is None or isinstance(node.value, str | int | float | bool)):
        if isinstance(node.value, str) and UNPRINTABLE.search(node.value):
            message = "a backslash makes a sign of what follows it, here one that cannot be printed: write two for one"
            raise RefusalError(_FORM, message)
        return node.value
    if isinstance(node, nodes.Name):
        raise RefusalError(_LITERAL, f'an argument stands in straight quotation marks: write "{node.name}"')
    raise RefusalError(
        _LITERAL, "an argument is one text in straight quotation marks, or a number: write out what it comes to"
    )
