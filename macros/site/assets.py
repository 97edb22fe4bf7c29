"""The engine's scripts and styles as they are sent: without the remarks, which are for who reads the sources."""

import re

STYLES = tuple(f"assets/styles/{part}.css" for part in ("frame", "documents", "tables", "search"))
"""The parts of the style sheet, in the order in which they are read."""
JOINED = "assets/styles/edition.css"
"""Where they are sent in one, which is lighter and quicker."""

_STYLES = re.compile(r"[ \t]*/\*.*?\*/\s*|^\s+", re.DOTALL | re.MULTILINE)
_SCRIPTS = re.compile(
    r"^[ \t]*/\*.*?\*/\s*|^[ \t]*//[^\n]*\n|^\n"
    r"|[ \t]+//[ ][^\n\"'`]*$",  # with a quotation mark, it may stand in a text
    re.DOTALL | re.MULTILINE,
)


def without_remarks(uri: str, source: str) -> str:
    """Return a script or a style without its remarks and empty lines, and a style without its indentation.

    Of scripts only lines that are remarks from their beginning go, and what stands behind code where no text can go
    on: what is left means the same, with no more knowledge of the language.
    """
    return (_STYLES if uri.endswith(".css") else _SCRIPTS).sub("", source)
