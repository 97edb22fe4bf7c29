"""Letters: the table that a search goes by, as a module for the scripts, so that both fold alike."""

import json

from ..text.words import TABLE


def module() -> str:
    """Return the module."""
    values = (
        f"export const {name} = {json.dumps(value, ensure_ascii=name != 'PLAIN')};" for name, value in TABLE.items()
    )
    head = "/* What a search takes for the same: written by `make update` from macros/text/words.py, which says why. */"
    return "\n".join((head, *values, ""))
