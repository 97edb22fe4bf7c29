"""Footnotes of authors: whether each is defined once and referred to."""

import re
from collections.abc import Iterator

from ..model.layout import NOTES
from ..text.allowlist import OWN_LABELS
from ..text.file import TextFile
from ..text.line import unescaped
from ..text.problem import Problem, did_you_mean
from .base import Scope, check

_FOOTNOTE = re.compile(unescaped("[") + r"\^(?P<label>[^\[\]\s]++)(?P<close>\]:?)?")
_SPACED = re.compile(rf"(?P<indent>^[ ]{{0,3}})?{unescaped('[')}\^(?P<label>[^\[\]]*+)\](?P<close>:)?", re.MULTILINE)


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
            if file.uri.startswith(f"{NOTES}/"):
                message = "a note has no footnotes of its own: put these words into its text, or into another note"
                yield Problem(file.position(match.start()), "note-is-well-formed", message)
            elif label.startswith(OWN_LABELS):
                message = f"the label '{label}' is of the site's own footnotes: give this one another, as in '[^1]'"
                yield Problem(file.position(match.start()), "footnote-is-unique", message)
            elif label in defined:
                message = f"the footnote '{label}' is defined already above: only one can stand"
                yield Problem(file.position(match.start()), "footnote-is-unique", message)
            defined.setdefault(label, match.start())
        else:
            used.setdefault(label, match.start())
    for match in _SPACED.finditer(text):
        label = "-".join(match["label"].split())
        if label != match["label"] and (label in defined or (match["close"] and match["indent"] is not None)):
            message = f"a footnote's label has no spaces: write `[^{label or 1}]`, here and where it is referred to"
            yield Problem(file.position(match.start()), "footnote-resolves", message)
    for label, start in used.items():
        if label not in defined:
            message = (
                f"the footnote '[^{label}]' has no definition{did_you_mean(label, defined)}: add a line `[^{label}]: …`"
            )
            yield Problem(file.position(start), "footnote-resolves", message)
    for label, start in defined.items():
        if label not in used and not file.uri.startswith(f"{NOTES}/"):
            message = f"the footnote '[^{label}]' is defined but no place refers to it: call it, or take it out"
            yield Problem(file.position(start), "footnote-is-used", message)
