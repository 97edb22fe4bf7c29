"""The rules, listed for contributors from the engine itself."""

from collections.abc import Iterable

from ..model.edition import Edition
from ..model.macro import Fragment, Role, argument
from ..text.call import Call
from ..text.file import TextFile
from ..text.markup import code_parts
from ..text.problem import RefusalError, did_you_mean
from ..text.rule import SUBJECTS, rules_about
from .base import Context, macro


def _anchors(edition: Edition, page: TextFile, call: Call) -> Iterable[str]:
    return rules_about(argument(edition.macros, call, "about"))


@macro(role=Role.RULES, anchors=_anchors)
def rules(context: Context, about: str = "") -> Fragment:
    """List the rules that a problem can name, with what each asks for and how to mend what breaks it.

    Without `about`, these are all rules; else those about `calls`, `notes`, `sources`, `documents`, `quotations`,
    `links` or `files`.
    """
    if about and about not in SUBJECTS:
        hint = did_you_mean(about, SUBJECTS)
        raise RefusalError("arguments-fit", f"no rule is about '{about}'{hint} (subjects: {', '.join(SUBJECTS)})")

    def data() -> dict[str, object]:
        listed = rules_about(about).items()
        return {"rules": [(name, code_parts(rule.asks), code_parts(rule.mend)) for name, rule in listed]}

    return Fragment("rules.html", data)
