"""Macros as pages know them: what a call may say, what it stands for, and what a macro hands back."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, partial
from typing import Any, NamedTuple

from ..text.call import Call
from ..text.file import TextFile
from ..text.problem import RefusalError, did_you_mean
from .marks import marked, refused
from .note import Note

CALLS = f"{__package__.rpartition('.')[0]}.calls"
"""The package that macros are found in: one macro, one module, and no list of them."""

_KINDS = {str: "text", int: "number"}
_TEXT = frozenset((str,))


class Text(NamedTuple):
    """A part of an author's file that is rendered as Markdown in another place; `is_note` says that it is a note."""

    file: TextFile
    start: int
    end: int
    is_note: bool = False


def text_of(note: Note) -> Text:
    """Return a note's text, to be rendered where the note is published."""
    return Text(note.file, note.start, note.end, is_note=True)


class Fragment(NamedTuple):
    """HTML to come from a template: its name, and a function that gives the plain data for it.

    The template puts the words between `call` and `endcall` where it says `body`, and the rendered Markdown of
    `texts[key]` where it says `text(key)`.  `is_inline` tells a fragment of a sentence from a block; a
    `footnote` follows behind the fragment.
    """

    template: str
    data: Callable[[], Mapping[str, Any]] = dict
    texts: Mapping[str, Text] = {}
    is_inline: bool = False
    footnote: "Footnote | None" = None


class Footnote(NamedTuple):
    """A footnote: its label, what it says, and what marks the words between `call` and `endcall`.

    `head` stands before what it says, and `tails` as blocks behind it.
    """

    label: str
    content: Text | Fragment
    head: Fragment | None = None
    mark: Fragment | None = None
    tails: tuple[Fragment, ...] = ()


def replies_to(note: Note) -> Iterator[Fragment]:
    """Yield the answers to a note, to be published below it."""
    for reply in note.replies:
        data = {"title": reply.title, "by": reply.by, "date": reply.date.plain}
        text = Text(note.file, reply.start, reply.end, is_note=True)
        yield Fragment("reply.html", partial(dict, data), {"reply": text})


class Role(Enum):
    """What calls of a macro are to the rest of the edition, which asks for them by this and never by a name."""

    QUOTATION = "quotes words, which are proved"
    VARIANT = "declares a difference between words and what they quote"
    EMENDATION = "departs from the witness"
    COMPARISON = "sets clauses side by side"
    THREAD = "prints the clauses of a thread"
    CHRONOLOGY = "prints the events of its page"
    SEARCH = "makes its page the one that searches"
    APPARATUS = "lists where a text departs from its witness"
    BIBLIOGRAPHY = "lists the sources"
    COMPARISONS = "lists the comparisons"
    VERIFICATION = "lists the quotations"
    RULES = "lists the rules"
    CLAIMS = "lists the claims"
    PEOPLE = "lists the people"
    VERDICTS = "tells what was found of the claims"


class Relation(Enum):
    """How calls of a macro refer to something, in the order and the words in which a reader is told of them."""

    QUOTED = "Quoted"
    CITED = "Cited"
    COMPARED = "Compared"


@dataclass(frozen=True)
class Macro:
    """A macro as pages know it, and what it declares of itself.

    `printed`, `witness` and `quoted` name the argument that gives what a reader of the page, of the witness and
    of the quoted text finds at the call; a call without one stands for nothing, a call with a body for its body.
    `refers` names the argument that says what the call refers to, which it does by a `relation`, `rests_on`
    the one that names, with spaces between, the sources of what it says, and `publishes` the one that names a note,
    printed with the call.  `anchors` gives, of edition, page and call, the ids that the call
    puts on its page; `measure`, of what may be too long for one page, the bytes that the call takes on each of its
    pages, and those of each thing that it lists.
    """

    name: str
    function: Callable[..., Fragment | Footnote]
    signature: inspect.Signature
    kinds: Mapping[str, type]
    has_body: bool | None
    printed: str = ""
    witness: str = ""
    quoted: str = ""
    refers: str = ""
    relation: Relation | None = None
    rests_on: str = ""
    publishes: str = ""
    role: Role | None = None
    anchors: Callable[..., Iterable[str]] | None = None
    measure: Callable[..., tuple[int, Sequence[int]]] | None = None

    @cached_property
    def texts(self) -> range:
        """How many texts the macro takes, if its arguments are texts alone."""
        parameters = self.signature.parameters.values()
        if any(p.kind is not p.POSITIONAL_OR_KEYWORD or self.kinds[p.name] is not str for p in parameters):
            return range(0)
        return range(sum(p.default is p.empty for p in parameters), len(parameters) + 1)

    @cached_property
    def defaults(self) -> Mapping[str, object]:
        """What the arguments that a call may leave out are then, by name."""
        parameters = self.signature.parameters.values()
        return {p.name: p.default for p in parameters if p.default is not p.empty}

    def is_plain(self, call: Call) -> bool:
        """Say whether a call gives texts in their order, as nearly every call does: then binding them is no trouble."""
        given = call.arguments
        return not call.keywords and len(given) in self.texts and _TEXT.issuperset(map(type, given))

    @property
    def usage(self) -> str:
        """The macro's call as the manual shows it."""
        shown = [
            name if parameter.default is parameter.empty else f"{name}={parameter.default!r}".replace("'", '"')
            for name, parameter in self.signature.parameters.items()
        ]
        return f"{self.name}({', '.join(shown)})"


def discover(package: str = CALLS) -> Mapping[str, Macro]:
    """Return the macros of a package by name, sorted; raises `ModuleError` where a module cannot be used."""
    found: dict[str, Macro] = {}
    for function, options in marked(package, "macro"):
        name = function.__name__.strip("_")
        if name in found:
            other = found[name].function.__module__.rpartition(".")[2]
            raise refused(function, f"a macro is called '{name}' already, in {other}.py: give this one another name")
        found[name] = _macro(name, function, options)
    return dict(sorted(found.items()))


def _macro(name: str, function: Callable[..., Any], options: Mapping[str, Any]) -> Macro:
    whole = inspect.signature(function)
    signature = whole.replace(parameters=list(whole.parameters.values())[1:])
    kinds = {
        key: int if parameter.annotation in (int, "int") else str for key, parameter in signature.parameters.items()
    }
    return Macro(name, function, signature, kinds, **options)


def bind(found: Macro, call: Call) -> inspect.BoundArguments:
    """Return the call's arguments bound to the macro's; raises `RefusalError` where they do not fit."""
    parameters = found.signature.parameters
    for name in call.keywords:
        if name not in parameters:
            raise RefusalError(
                "arguments-fit",
                f"'{found.name}' has no argument '{name}'{did_you_mean(name, parameters)} (it is called {found.usage})",
            )
    try:
        bound = found.signature.bind(*call.arguments, **call.keywords)
    except TypeError:
        raise RefusalError("arguments-fit", f"{_misfit(found, call)}: it is called {found.usage}") from None
    for name, value in bound.arguments.items():
        for each in value if isinstance(value, tuple) else (value,):
            kind = found.kinds[name]
            if not isinstance(each, kind) or isinstance(each, bool):
                raise RefusalError("arguments-fit", f"'{found.name}': '{name}' is a {_KINDS[kind]}, not {each!r}")
    bound.apply_defaults()
    return bound


def _misfit(found: Macro, call: Call) -> str:
    """Say which argument of a call is missing, too much, or given twice."""
    parameters = list(found.signature.parameters.values())
    behind = parameters[len(call.arguments) :]
    missing = [p.name for p in behind if p.default is p.empty and p.name not in call.keywords]
    if missing:
        return f"'{found.name}' is not told '{missing[0]}'"
    if len(call.arguments) > len(parameters):
        return f"'{found.name}' takes {len(parameters)} arguments at most and is given {len(call.arguments)}"
    return f"'{found.name}' is told the same argument twice"


def argument(macros: Mapping[str, Macro], call: Call, name: str) -> str:
    """Return one text argument of a call that may be faulty; the empty text where there is none."""
    found = macros.get(call.name)
    if found and found.is_plain(call):
        value = dict(zip(found.kinds, call.arguments, strict=False)).get(name, found.defaults.get(name))
    else:
        try:
            value = bind(macros[call.name], call).arguments.get(name)
        except (KeyError, RefusalError):
            return ""
    return value if isinstance(value, str) else ""


def meaning(macros: Mapping[str, Macro], call: Call, reader: str) -> str:
    """Return what a call without a body stands for to a reader: `printed`, `witness` or `quoted`."""
    found = macros.get(call.name)
    name = getattr(found, reader) if found else ""
    return argument(macros, call, name) if name else ""


def targets(macros: Mapping[str, Macro], call: Call) -> tuple[str, ...]:
    """Return what a call refers to: addresses, or keys of sources."""
    found = macros.get(call.name)
    if not found or not found.refers:
        return ()
    parameter = found.signature.parameters[found.refers]
    if parameter.kind is parameter.VAR_POSITIONAL:
        return tuple(target for target in call.arguments if isinstance(target, str))
    return (argument(macros, call, found.refers),)


def sources(macros: Mapping[str, Macro], call: Call) -> tuple[str, ...]:
    """Return the keys of the sources on which rests what a call says."""
    found = macros.get(call.name)
    return tuple(argument(macros, call, found.rests_on).split()) if found and found.rests_on else ()


def in_role(macros: Mapping[str, Macro], calls: Iterable[Call], role: Role) -> Iterator[Call]:
    """Yield the calls of macros that have a role."""
    return (call for call in calls if (found := macros.get(call.name)) and found.role is role)
