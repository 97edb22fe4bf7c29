"""Documents: the texts of the edition."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ..text.file import TextFile
from .date import Date
from .front import CommentaryFront, DeclarationFront
from .kind import Kind
from .passage import Clause, Passage


@dataclass(frozen=True)
class Document:
    """One published text, with its passages in order and whether its witness is held."""

    id: str
    kind: Kind
    front: CommentaryFront | DeclarationFront
    file: TextFile
    passages: Mapping[str, Passage]
    is_in_full: bool

    @property
    def title(self) -> str:
        """The document's title."""
        return self.front.title

    @property
    def date(self) -> Date:
        """The day, month or year of the document."""
        return self.front.date

    @property
    def is_example(self) -> bool:
        """Whether it is an invented text of the manual, which no list and no search shows."""
        return self.front.example

    @property
    def name(self) -> str:
        """What lists call it: title and date."""
        return f"{self.title}, {self.date}"

    @property
    def held(self) -> str:
        """What of its own words is held, as readers are told."""
        if self.is_in_full:
            return "held in full"
        return "held in excerpts" if any(clause.own for clause in self.clauses) else "summary only"

    @property
    def series(self) -> str:
        """The series that the document belongs to: silence on a clause is asked of one series only."""
        return self.front.series or ""

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses in order; none in a commentary."""
        return tuple(passage for passage in self.passages.values() if isinstance(passage, Clause))

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """Retired ids with the ids that took their place."""
        return {alias: clause.id for clause in self.clauses for alias in clause.aliases}

    def passage(self, id: str) -> Passage | None:
        """Return the passage of an id, retired ids included."""
        return self.passages.get(id) or self.passages.get(self.aliases.get(id, ""))

    def passage_at(self, offset: int) -> Passage | None:
        """Return the passage that holds an offset of the body."""
        return next((one for one in self.passages.values() if one.start <= offset < one.end), None)
