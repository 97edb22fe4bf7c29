"""Macros: functions that pages may call, and what they hand back.

A macro is a function marked with `@macro` in the module of the thing it is about; `discover` collects them, no
list names them.  It receives a `Context` and the call's literal arguments and returns a `Fragment` (HTML to come
from a template) or a `Footnote`; what it cannot do it refuses with `RefusalError`.  Evaluating a macro makes no
HTML, so the check evaluates every call of the edition without rendering anything.
"""

from __future__ import annotations

import inspect
import pkgutil
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from ..text.problem import RefusalError, did_you_mean

if TYPE_CHECKING:
    from ..model.edition import Edition
    from ..text.call import Call
    from ..text.source import Source
    from .note import Note

PACKAGE = Path(__file__).parent.parent

_KINDS = {str: "text", int: "number"}
_Function = TypeVar("_Function", bound=Callable[..., Any])


@dataclass(frozen=True)
class Context:
    """Where a call stands: the edition, the page that is being made, the file the call is written in, its note."""

    edition: Edition
    page: Source
    source: Source
    call: Call
    note: Note | None = None


@dataclass(frozen=True)
class Fragment:
    """HTML to come from a template: its name, and a function that gives the plain data for it.

    The template puts the words between `call` and `endcall` where it says `body`, and the rendered Markdown of
    `texts[key]` where it says `text(key)`.  `is_inline` tells a fragment of a sentence from a block; a
    `footnote` follows behind the fragment.
    """

    template: str
    data: Callable[[], Mapping[str, Any]] = dict
    texts: Mapping[str, Text] = field(default_factory=dict)
    is_inline: bool = False
    footnote: Footnote | None = None


@dataclass(frozen=True)
class Text:
    """A stretch of an author's file that is rendered as Markdown in another place."""

    source: Source
    start: int
    end: int
    note: Note | None = None


@dataclass(frozen=True)
class Footnote:
    """A footnote: its label, what it says, and what marks the words between `call` and `endcall`."""

    label: str
    content: Text | Fragment
    head: Fragment | None = None
    mark: Fragment | None = None


@dataclass(frozen=True)
class Macro:
    """A macro as pages know it.

    `printed`, `witness` and `quoted` name the argument that gives what a reader of the page, of the witness and
    of the quoted text finds at the call; a call without one stands for nothing, a call with a body for its body.
    """

    name: str
    function: Callable[..., Fragment | Footnote]
    signature: inspect.Signature
    kinds: Mapping[str, type]
    has_body: bool | None
    printed: str = ""
    witness: str = ""
    quoted: str = ""

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

    @property
    def usage(self) -> str:
        """The macro's call as the manual shows it."""
        shown = [
            name if parameter.default is parameter.empty else f"{name}={parameter.default!r}".replace("'", '"')
            for name, parameter in self.signature.parameters.items()
        ]
        return f"{self.name}({', '.join(shown)})"


def macro(
    *, body: bool | None = False, printed: str = "", witness: str = "", quoted: str = ""
) -> Callable[[_Function], _Function]:
    """Mark a function as a macro; `body` says whether a call encloses words (`None`: as the author likes)."""

    def mark(function: _Function) -> _Function:
        function.macro = {"has_body": body, "printed": printed, "witness": witness, "quoted": quoted}  # type: ignore[attr-defined]
        return function

    return mark


def discover(package: str = __package__) -> Mapping[str, Macro]:
    """Return the macros of a package by name, sorted."""
    found: dict[str, Macro] = {}
    for info in pkgutil.iter_modules(import_module(package).__path__):
        module = import_module(f"{package}.{info.name}")
        for function in vars(module).values():
            options = getattr(function, "macro", None)
            if inspect.isfunction(function) and options and function.__module__ == module.__name__:
                name = function.__name__.strip("_")
                if name in found:
                    raise TypeError(f"two macros are called '{name}': {found[name].function.__module__}, {info.name}")
                found[name] = _macro(name, function, options)
    return MappingProxyType(dict(sorted(found.items())))


def _macro(name: str, function: Callable[..., Any], options: Mapping[str, Any]) -> Macro:
    whole = inspect.signature(function)
    signature = whole.replace(parameters=list(whole.parameters.values())[1:])
    # Annotations that name types of `TYPE_CHECKING` imports are not needed here: only str and int matter.
    names = {"str": str, "int": int}
    kinds = {key: names.get(str(parameter.annotation), str) for key, parameter in signature.parameters.items()}
    return Macro(name, function, signature, MappingProxyType(kinds), **options)


def evaluate(macros: Mapping[str, Macro], context: Context) -> Fragment | Footnote:
    """Return what a call's macro makes of it; raises `RefusalError` with the rule that the call breaks."""
    call = context.call
    found = macros.get(call.name)
    if found is None:
        hint = did_you_mean(call.name, macros) or f" (macros: {', '.join(macros)})"
        raise RefusalError("macro-known", f"there is no macro '{call.name}'{hint}")
    if call.close and found.has_body is False:
        raise RefusalError("arguments-fit", f"'{call.name}' encloses no words: write {{{{ {call.name}(…) }}}}")
    if not call.close and found.has_body is True:
        raise RefusalError(
            "arguments-fit",
            f"'{call.name}' is about words: write {{% call {call.name}(…) %}}the words{{% endcall %}}",
        )
    bound = None if _is_plain(found, call) else bind(found, call)
    try:
        if bound is None:
            return found.function(context, *call.arguments)
        return found.function(context, *bound.args, **bound.kwargs)
    except RefusalError:
        raise
    except Exception as error:  # whatever a macro's author has overlooked
        raise RefusalError("macro-works", f"the macro '{call.name}' fails here: {fault(error)}") from error


def fault(error: Exception) -> str:
    """Say what went wrong in a macro or its template, and in which line of it: `macros/x.py:33: ValueError: …`."""
    frames = reversed(traceback.extract_tb(error.__traceback__))
    ours = next((frame for frame in frames if Path(frame.filename).is_relative_to(PACKAGE)), None)
    place = f"{PACKAGE.name}/{Path(ours.filename).relative_to(PACKAGE).as_posix()}:{ours.lineno}: " if ours else ""
    return f"{place}{type(error).__name__}: {error}. This is no fault of the page: mend the macro"


def _is_plain(found: Macro, call: Call) -> bool:
    """Say whether a call gives texts in their order, as nearly every call does: then binding them takes no trouble."""
    given = call.arguments
    return not call.keywords and len(given) in found.texts and all(type(text) is str for text in given)


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
    if found and _is_plain(found, call):
        given = {**found.defaults, **dict(zip(found.signature.parameters, call.arguments, strict=False))}
    else:
        try:
            given = bind(macros[call.name], call).arguments
        except (KeyError, RefusalError):
            return ""
    value = given.get(name)
    return value if isinstance(value, str) else ""
