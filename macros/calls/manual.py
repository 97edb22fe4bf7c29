"""The contributor's manual, made from the engine itself: what each macro does, what each rule asks, how to mend it."""

from __future__ import annotations

import inspect

from ..text.markup import stretches
from ..text.problem import RefusalError, did_you_mean
from ..text.rule import SUBJECTS, rules_about
from .base import Context, Fragment, macro


@macro()
def manual(context: Context, name: str) -> Fragment:
    """Print what the macro `name` does and how it is called, from its own description."""
    known = context.edition.macros
    if name not in known:
        raise RefusalError("macro-known", f"there is no macro '{name}'{did_you_mean(name, known)}")
    found = known[name]
    forms = {
        True: [f"{{% call {found.usage} %}}words{{% endcall %}}"],
        False: [f"{{{{ {found.usage} }}}}"],
        None: [f"{{% call {found.usage} %}}words it is about{{% endcall %}}", f"{{{{ {found.usage} }}}}"],
    }[found.has_body]
    described = [stretches(text) for text in (inspect.getdoc(found.function) or "").split("\n\n")]
    return Fragment("manual.html", lambda: {"forms": forms, "paragraphs": described})


@macro()
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
        return {"rules": [(name, stretches(rule.asks), stretches(rule.mend)) for name, rule in listed]}

    return Fragment("rules.html", data)
