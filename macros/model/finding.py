"""Findings: what a note finds of the claim that it is about, or of the change between two clauses.

A verdict is on the claim as it stood on the day it was published; what came later stands apart, as `since`.  The words
are those that readers see.  A note that says what a text is has none; what one on a change finds depends on what is
held of the clauses.
"""

from collections.abc import Mapping

from ..text.problem import did_you_mean

VERDICTS = ("holds", "holds in part", "does not hold", "not confirmed", "judgement")
"""What a note may find of a claim, from the best to what nobody can confirm or refute."""

RATED = VERDICTS[:3]
"""Those that say how true a claim is; of the others nothing is said to machines."""

SINCE = ("borne out", "overtaken")
"""What may have become of a claim after its day."""

CHANGES: Mapping[str, str] = {
    "wording": "Changed in wording",
    "reported": "Changed according to reports",
    "sources": "The difference may be our sources’",
    "restated": "Restated",
}
"""What a note on a change finds, with the words that a reader sees; `wording` only where both are held in full."""

_OF_KIND: Mapping[str, tuple[str, ...]] = {
    "correction": ("holds in part", "does not hold"),
    "textual": (),
    "change": (),
}


def fault(kind: str, given: Mapping[str, str]) -> str:
    """Say what is wrong with the finding that a note of a kind gives, by the attributes of its heading."""
    verdict, since, change = (given.get(name) for name in ("verdict", "since", "change"))
    allowed = _OF_KIND.get(kind, VERDICTS)
    if verdict is not None and not allowed:
        return f"a note of the kind {kind} is on no claim and has no verdict: take verdict= out"
    if verdict is not None and verdict not in VERDICTS:
        return f"there is no verdict '{verdict}'{did_you_mean(verdict.lower(), VERDICTS)} ({', '.join(allowed)})"
    if (verdict is not None and verdict not in allowed) or (verdict is None and kind == "correction"):
        return f"a correction says how far the claim does not hold: write {_either(allowed)}, or give it another kind"
    if since is not None and since not in SINCE:
        return f"since= says what became of a claim later: write {_either(SINCE, 'since')}, or take it out"
    if since is not None and verdict is None:
        return f"since= stands beside a verdict on the claim as it was published: add verdict= ({', '.join(allowed)})"
    if change is not None and kind != "change":
        return "change= says what a note on a change finds, and this is none: take it out"
    if change is not None and change not in CHANGES:
        return f"there is no change '{change}'{did_you_mean(change.lower(), CHANGES)} ({', '.join(CHANGES)})"
    return ""


def _either(words: tuple[str, ...], name: str = "verdict") -> str:
    return " or ".join(f'{name}="{word}"' for word in words)
