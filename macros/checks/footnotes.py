"""Footnotes of authors: whether each is defined once and referred to."""

import re
from collections.abc import Iterator

from ..text.allowlist import OWN_LABELS
from ..text.file import TextFile
from ..text.problem import Problem, did_you_mean
from .base import Scope, check

_FOOTNOTE = re.compile(r"\[\^(?P<label>[^\]\s]++)(?P<close>\]:?)?")


@check(Scope.TEXT)
def footnotes(file: TextFile) -> Iterator[Problem]:
    """Find faults of native footnotes, which Python-Markdown passes over: no definition, two of them, no reference."""
    text = file.masked_of_calls
    if "[^" not in text:
        return
    defined: dict[str, int] = {}
    used: dict[str, int] = {}
    for match in _FOOTNOTE.finditer(text):
        label = match["label"]
        if match["close"] is None:
            continue
        if match["close"] == "]:" and not text[: match.start()].rpartition("\n")[2].strip():
            if label.startswith(OWN_LABELS):
                message = f"the label '{label}' is of the site's own footnotes: give this one another, as in '[^1]'"
                yield Problem(file.position(match.start()), "footnote-is-unique", message)
            elif label in defined:
                message = f"the footnote '{label}' is defined already above: only one can stand"
                yield Problem(file.position(match.start()), "footnote-is-unique", message)
            defined.setdefault(label, match.start())
        else:
            used.setdefault(label, match.start())
    for label, start in used.items():
        if label not in defined:
            message = (
                f"the footnote '[^{label}]' has no definition{did_you_mean(label, defined)}: add a line `[^{label}]: …`"
            )
            yield Problem(file.position(start), "footnote-resolves", message)
    for label, start in defined.items():
        if label not in used:
            message = f"the footnote '[^{label}]' is defined but no place refers to it: call it, or take it out"
            yield Problem(file.position(start), "footnote-is-used", message)
