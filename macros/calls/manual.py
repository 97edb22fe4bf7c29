"""The contributor's manual, made from the engine itself: what each macro does, what each rule asks, how to mend it."""

import inspect

from ..model.macro import Fragment
from ..text.markup import code_parts
from ..text.problem import RefusalError, did_you_mean
from .base import Context, macro


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
    described = [code_parts(text) for text in (inspect.getdoc(found.function) or "").split("\n\n")]
    return Fragment("manual.html", lambda: {"forms": forms, "paragraphs": described})
