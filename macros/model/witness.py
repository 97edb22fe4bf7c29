"""Witnesses: the texts as received."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from ..text.problem import Position, Problem
from ..text.reading import decode, parse
from .front import WitnessFront, validate

_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*\n", re.MULTILINE)
"""Closes a witness's header, as it closes front matter."""


@dataclass(frozen=True)
class Witness:
    """A document's text as it was received, with where it came from."""

    path: str
    front: WitnessFront
    text: str

    @property
    def is_marked(self) -> bool | None:
        """Whether `# `, `*…*` and the like are marks in it, if its header says so."""
        return None if self.front.notation is None else self.front.notation == "marked"


def read_witness(path: Path, shown: str, uri: str) -> tuple[Witness | None, tuple[Problem, ...]]:
    """Read a witness and prove that its text is the one that its header describes."""
    whole, problems = decode(path, shown)
    if problems:
        return None, problems
    whole = whole.replace("\r\n", "\n")
    if not whole.startswith("---\n"):
        message = "a witness begins with its header, whose first line is `---`, with nothing above it"
        return None, (Problem(Position(shown, 1), "front-matter-is-valid", message),)
    close = _CLOSE.search(whole, whole.find("\n") + 1)
    end = close.end() if close else len(whole)
    file, problems = parse(whole[:end], shown, uri)  # the text is nobody's to write calls in
    if problems:
        return None, problems
    front, problems = validate(file, WitnessFront, kind="witness")
    if front is None:
        return None, problems
    text = whole[end:]
    found = hashlib.sha256(text.encode()).hexdigest()
    if found != front.sha256:
        message = (
            f"the text of this witness is not the one its header describes (SHA-256 {found[:12]}…, the header says "
            f"{front.sha256[:12]}…): a witness is never edited, so undo your change of this file"
        )
        return None, (Problem(Position(shown, file.offset + 1), "witness-is-unchanged", message),)
    return Witness(shown, front, text), ()
