"""Editors: who answers for what is the edition's own."""

from collections.abc import Mapping
from typing import Any

from .base import Context, macro


@macro(template="editors.html")
def editors(context: Context) -> Mapping[str, Any]:
    """Name the editors and say how they are reached, as the site's configuration has it (`editors`, `contact`).

    Where it names none, that is said.
    """
    return {"names": [str(name) for name in context.edition.editors], "contact": context.edition.contact}
