"""Macros: functions that pages may call, and what they hand back.

A macro is a function marked with `@macro` in the module of the thing it is about; `discover` collects them, no
list names them.  It receives a `Context` and the call's literal arguments and returns a `Fragment` (HTML to come
from a template) or a `Footnote`; what it cannot do it refuses with `RefusalError`.  Evaluating a macro makes no
HTML, so the check evaluates every call of the edition without rendering anything.
"""

import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial, wraps
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from ..derived.leaves import leaf_on, spread
from ..model.edition import Edition
from ..model.macro import Footnote, Fragment, Macro, bind
from ..text.call import Call
from ..text.file import TextFile
from ..text.problem import RefusalError, did_you_mean
from ..text.rule import RULES
from ..text.target import relative

PACKAGE = Path(__file__).parent.parent

_Function = TypeVar("_Function", bound=Callable[..., Any])


class Context(NamedTuple):
    """Where a call stands: the edition, the page that is made, and the file that it is written in."""

    edition: Edition
    page: TextFile
    file: TextFile
    call: Call
    is_in_note: bool = False


def part_of(context: Context, names: Sequence[str]) -> tuple[slice, list[dict[str, Any]]]:
    """Return which of the things of these names a call lists on its page, and all its pages for the way from one on."""
    page = context.page
    found = spread(context.edition, page, context.call, len(names))
    here = leaf_on(found, page)
    pages = [
        {
            "href": "" if leaf is here else relative(leaf.uri, page.uri),
            "names": [names[leaf.start], names[leaf.end - 1]],
        }
        for leaf in (found if len(found) > 1 else ())
    ]
    return here.part, pages


def macro(*, body: bool | None = False, template: str = "", **declared: Any) -> Callable[[_Function], _Function]:
    """Mark a function as a macro; `body` says whether a call encloses words (`None`: as the author likes).

    What else a macro declares of itself, `Macro` says.  One that refuses nothing and makes a block may name its
    `template` here, and return the plain data for it, which it is asked for where the block is rendered.
    """

    def mark(function: _Function) -> _Function:
        @wraps(function)
        def block(context: Context, *arguments: Any) -> Fragment:
            return Fragment(template, partial(function, context, *arguments))

        made: Any = block if template else function
        made.macro = {"has_body": body, **declared}
        found: _Function = made
        return found

    return mark


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
    try:
        if found.is_plain(call):
            made = found.function(context, *call.arguments)
        else:
            bound = bind(found, call)
            made = found.function(context, *bound.args, **bound.kwargs)
    except RefusalError as refusal:
        if refusal.rule in RULES:
            raise
        message = f"breaks a rule that there is not, '{refusal.rule}'{did_you_mean(refusal.rule, RULES)}"
        raise _broken(call.name, message) from refusal
    except Exception as error:  # whatever a macro's author has overlooked
        raise RefusalError("macro-works", f"the macro '{call.name}' fails here: {fault(error)}") from error
    for fragment in _fragments(made):
        if not _is_there(PACKAGE, fragment.template):
            raise _broken(call.name, f"is shown by a template that there is not, '{fragment.template}'")
        if context.is_in_note and fragment.texts:  # which may be this very note, and so on without end
            message = (
                f"'{call.name}' shows notes here, and a note cannot show another: link to where they stand instead"
            )
            raise RefusalError("call-stands-in-text", message)
    return made


def _broken(name: str, message: str) -> RefusalError:
    return RefusalError("macro-works", f"the macro '{name}' {message}. This is no fault of the page: mend the macro")


def _fragments(made: Fragment | Footnote) -> Iterator[Fragment]:
    """Yield the fragments of which something that a macro made consists."""
    if isinstance(made, Footnote):
        parts = (made.content, made.head, made.mark, *made.tails)
        yield from (part for part in parts if isinstance(part, Fragment))
    else:
        yield made
        if made.footnote:
            yield from _fragments(made.footnote)


@cache
def _is_there(package: Path, template: str) -> bool:
    return (package / "templates" / template).is_file()


def fault(error: Exception) -> str:
    """Say what went wrong in a macro or its template, and in which line of it: `macros/x.py:33: ValueError: …`."""
    frames = reversed(traceback.extract_tb(error.__traceback__))
    ours = next((frame for frame in frames if Path(frame.filename).is_relative_to(PACKAGE)), None)
    place = f"{PACKAGE.name}/{Path(ours.filename).relative_to(PACKAGE).as_posix()}:{ours.lineno}: " if ours else ""
    return f"{place}{type(error).__name__}: {error}. This is no fault of the page: mend the macro"
