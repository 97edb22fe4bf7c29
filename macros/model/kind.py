"""Kinds of document: what each is, in one object; what else another one needs stands in CONTRIBUTING.md."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ..text.file import TextFile
from ..text.problem import Problem
from .front import CommentaryFront, DeclarationFront, PageFront, ThreadFront
from .passage import Passage, clauses, paragraphs


@dataclass(frozen=True)
class Kind:
    """A kind of document: its name, the folder where new ones are begun, and what its front matter holds.

    `read` finds its passages in a file, each of them a `passage` to readers, who know the whole by its `label`.  The
    text of one that `is_received` stands as it was received, so that it has a witness from the start, and says of all
    that it quotes from where; those that are compared (`is_compared`) restate each other clause by clause, and hold own
    words beside summaries.
    """

    name: str
    folder: str
    front: type[CommentaryFront | DeclarationFront]
    read: Callable[[TextFile], tuple[Mapping[str, Passage], tuple[Problem, ...]]]
    passage: str
    label: str
    is_received: bool = False
    is_compared: bool = False

    def __str__(self) -> str:
        """Return the name."""
        return self.name


COMMENTARY = Kind("commentary", "commentary", CommentaryFront, paragraphs, "paragraph", "Commentary", is_received=True)
DECLARATION = Kind("declaration", "declarations", DeclarationFront, clauses, "clause", "Statement", is_compared=True)
KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in (COMMENTARY, DECLARATION)})

THREAD = "thread"
"""The kind of a page that follows one subject, which is no document."""

FRONTS = MappingProxyType({**{name: kind.front for name, kind in KINDS.items()}, THREAD: ThreadFront})
"""What front matter of each kind of page holds; a page without a kind is an ordinary one."""


def kind_meant(file: TextFile) -> str:
    """Return the kind that a page without one is of by its keys: two at least that no ordinary page has; or nothing."""
    keys = file.front.keys() - PageFront.model_fields.keys()

    def likeness(kind: str) -> tuple[int, bool]:
        return len(keys & FRONTS[kind].model_fields.keys()), file.uri.startswith(kind)

    best = max(FRONTS, key=likeness)
    return best if likeness(best)[0] > 1 else ""
