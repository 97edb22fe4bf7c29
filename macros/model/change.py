"""Changes: what a note between two clauses finds, which depends on what is held of them."""

from collections.abc import Mapping

from ..text.problem import did_you_mean

CHANGES: Mapping[str, str] = {
    "wording": "Changed in wording",
    "reported": "Changed according to reports",
    "sources": "The difference may be our sources’",
    "restated": "Restated",
}
"""What a note on a change finds, with the words that a reader sees; `wording` only where both are held in full."""


def fault(kind: str, given: Mapping[str, str]) -> str:
    """Say what is wrong with the finding that a note of a kind gives, by the attributes of its heading."""
    found = given.get("change")
    if found is None:
        return ""
    if kind != "change":
        return "change= says what a note on a change finds, and this is none: take it out"
    if found not in CHANGES:
        return f"there is no change '{found}'{did_you_mean(found.lower(), CHANGES)} ({', '.join(CHANGES)})"
    return ""
