"""Verdicts: what a note finds of the claim that it is about, on the day the claim was published.

What came later stands apart, as `since`.  The words are those that readers see.  A note that says what a text is, or
what changed between two, has none.
"""

from collections.abc import Mapping

from ..text.problem import did_you_mean

VERDICTS = ("holds", "holds in part", "does not hold", "not confirmed", "judgement")
"""What a note may find of a claim, from the best to what nobody can confirm or refute."""

RATED = VERDICTS[:3]
"""Those that say how true a claim is; of the others nothing is said to machines."""

SINCE = ("borne out", "overtaken")
"""What may have become of a claim after its day."""

_OF_KIND: Mapping[str, tuple[str, ...]] = {
    "correction": ("holds in part", "does not hold"),
    "textual": (),
    "change": (),
}


def fault(kind: str, given: Mapping[str, str]) -> str:
    """Say what is wrong with the verdict that a note of a kind gives, by the attributes of its heading."""
    verdict, since = given.get("verdict"), given.get("since")
    allowed = _OF_KIND.get(kind, VERDICTS)
    if verdict is not None and not allowed:
        return f"a note of the kind {kind} is on no claim and has no verdict: take verdict= out"
    if verdict is not None and verdict not in VERDICTS:
        return f"there is no verdict '{verdict}'{did_you_mean(verdict.lower(), VERDICTS)} ({_listed(allowed)})"
    if (verdict is not None and verdict not in allowed) or (verdict is None and kind == "correction"):
        return f"a correction says how far the claim does not hold: write {_either(allowed)}, or give it another kind"
    if since is not None and since not in SINCE:
        return f"since= says what became of a claim later: write {_either(SINCE, 'since')}, or take it out"
    if since is not None and verdict is None:
        return f"since= stands beside a verdict on the claim as it was published: add verdict= ({_listed(allowed)})"
    return ""


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(words)


def _either(words: tuple[str, ...], name: str = "verdict") -> str:
    return " or ".join(f'{name}="{word}"' for word in words)
