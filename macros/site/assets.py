"""The engine's scripts and styles as they are sent: small, since remarks and spaces are for who reads the sources."""

from rcssmin import cssmin
from rjsmin import jsmin

STYLES = tuple(f"assets/styles/{part}.css" for part in ("frame", "documents", "tables", "search"))
"""The parts of the style sheet, in the order in which they are read."""
JOINED = "assets/styles/edition.css"
"""Where they are sent in one, which is lighter and quicker."""


def small(uri: str, source: str) -> str:
    """Return a script or a style that says the same without remarks, and with no more spaces than it needs."""
    return str(cssmin(source) if uri.endswith(".css") else jsmin(source)) + "\n"
