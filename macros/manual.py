"""The contributor's manual, made from the engine itself: what each macro does, and what each rule asks for."""

from __future__ import annotations

import inspect

from macros.macro import Context, Fragment, macro
from macros.markup import stretches
from macros.problem import RULES, RefusalError, did_you_mean


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
        None: [f"{{{{ {found.usage} }}}}", f"{{% call {found.usage} %}}words it is about{{% endcall %}}"],
    }[found.has_body]
    described = [stretches(text) for text in (inspect.getdoc(found.function) or "").split("\n\n")]
    return Fragment("manual.html", lambda: {"forms": forms, "paragraphs": described})


@macro()
def rules(context: Context) -> Fragment:
    """List every rule that a problem can name, with what it asks for."""
    return Fragment("rules.html", lambda: {"rules": [(rule, stretches(RULES[rule])) for rule in sorted(RULES)]})
