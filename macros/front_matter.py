"""Front matter: what each kind of page says of itself, and whether it says it rightly."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from macros.problem import Problem, did_you_mean
from macros.source import Source

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, order=True)
class Date:
    """A day, or a month or year where the day is not known (ISO 8601: `2004-05-11`, `2004-05`, `2004`)."""

    year: int
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        """Return the date as people write it: `11 May 2004`."""
        return " ".join(
            part for part in (str(self.day or ""), MONTHS[self.month - 1] if self.month else "", str(self.year)) if part
        )

    @property
    def iso(self) -> str:
        """The date as machines write it."""
        return f"{self.year:04}" + "".join(f"-{part:02}" for part in (self.month, self.day) if part)

    @classmethod
    def read(cls, value: object) -> Date:
        """Read a date from YAML; raises `ValueError` with a sentence for the author."""
        if isinstance(value, Date):
            return value
        if isinstance(value, datetime.date):
            return cls(value.year, value.month, value.day)
        match = _DATE.fullmatch(str(value)) if isinstance(value, str | int) else None
        try:
            if match is None:
                raise ValueError
            found = cls(*(int(part) for part in match.groups() if part))
            datetime.date(found.year, found.month or 1, found.day or 1)
        except ValueError:
            meant = _meant(str(value))
            form = f"write {meant}" if meant else "write 2004-05-11, or 2004-05 where the day is not known"
            raise ValueError(f"'{value}' is no date: {form}") from None
        return found


def _meant(value: str) -> str:
    """Return the date that a value says in another form than ours, if it can be nothing else; else the empty text."""
    numbers = [int(number) for number in re.findall(r"\d+", value)]
    named = [number for number, name in enumerate(MONTHS, start=1) if re.search(rf"\b{name[:3]}", value, re.IGNORECASE)]
    if len(numbers) == 3 and numbers[0] > 31:
        year, month, day = numbers
    elif len(numbers) == 3:
        first, second, year = numbers
        month, day = (second, first) if first > 12 else (first, second) if second > 12 else (0, 0)
    elif named and len(numbers) in (1, 2):
        year, month, day = numbers[-1], named[0], numbers[0] if len(numbers) == 2 else 0
    else:
        return ""
    try:
        datetime.date(year, month, day or 1)
    except ValueError:
        return ""
    return Date(year, month, day).iso if year > 999 else ""


PartialDate = Annotated[Date, BeforeValidator(Date.read)]
Line = Annotated[str, Field(min_length=1)]
Number = Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int) else value)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, arbitrary_types_allowed=True)


class Event(_Model):
    """A point on a timeline that has no document of its own."""

    date: PartialDate
    title: Line
    place: str = ""
    people: str = ""
    outcome: str = ""
    source: str = ""
    held: bool = True


class ThreadFront(_Model):
    """Front matter of a thread."""

    kind: Literal["thread"]
    title: Line
    summary: Line
    clauses: list[Line]
    description: Line | None = None


class PageFront(_Model):
    """Front matter of an ordinary page."""

    title: Line | None = None
    description: Line | None = None
    template: Line | None = None
    hide: list[Literal["navigation", "toc", "footer", "path"]] = []
    events: list[Event] = []


class CommentaryFront(_Model):
    """Front matter of a commentary."""

    kind: Literal["commentary"]
    title: Line
    authors: list[Line]
    publisher: Line
    date: PartialDate
    rights: Line
    description: Line | None = None
    series: Line | None = None
    number: Number | None = None
    url: Line | None = None
    about: list[Line] = []
    not_quotations: list[Line] = []
    example: bool = False


class Participant(_Model):
    """A person who took part, in which office, for which party."""

    name: Line
    office: Line
    party: Line


class Outcome(_Model):
    """A document that came out of the same meeting beside this one."""

    title: Line
    source: Line


class Official(_Model):
    """Where an official text of a document is published."""

    publisher: Line
    url: Line
    language: Line


class DeclarationFront(_Model):
    """Front matter of a declaration."""

    kind: Literal["declaration"]
    title: Line
    date: PartialDate
    rights: Line
    description: Line | None = None
    series: Line | None = None
    place: Line | None = None
    participants: list[Participant] = []
    official: list[Official] = []
    outcomes: list[Outcome] = []
    silent: dict[str, str] = {}
    example: bool = False


class WitnessFront(_Model):
    """The header of a witness."""

    origin: Line
    retrieved: PartialDate
    sha256: Line
    url: Line | None = None
    redactions: list[Line] = []


KINDS: Mapping[str, type[_Model]] = {"commentary": CommentaryFront, "declaration": DeclarationFront}
"""The kinds of document, with what their front matter holds; a page without a kind is an ordinary one."""

_M = TypeVar("_M", bound=_Model)


def validate(source: Source, model: type[_M], *, kind: str) -> tuple[_M | None, tuple[Problem, ...]]:
    """Read a source's front matter as `model`; what is wrong with it comes back as problems."""
    try:
        return model.model_validate(dict(source.front)), ()
    except ValidationError as error:
        found = error.errors()
        sentences = [_sentence(each, model, kind) for each in found]
        misspelt = " ".join(sentence for sentence in sentences if "did you mean" in sentence)
        return None, tuple(
            Problem(source.front_position(*each["loc"]), "front-matter-is-valid", sentence)
            for each, sentence in zip(found, sentences, strict=True)
            if each["type"] != "missing" or f"did you mean '{each['loc'][-1]}'" not in misspelt
        )


def _sentence(error: Any, model: type[BaseModel], kind: str) -> str:
    place = [part for part in error["loc"] if isinstance(part, str)]
    key = place[-1] if place else ""
    what = f"a {kind}" if len(error["loc"]) == 1 else f"an entry of '{place[0]}'"
    match error["type"]:
        case "missing":
            return f"{what} has no '{key}' here: add a line `{key}: …`"
        case "extra_forbidden":
            known = model.model_fields if len(error["loc"]) == 1 else _fields(model, str(error["loc"][0]))
            return f"{what} has no key '{key}'{did_you_mean(key, known)} (keys: {', '.join(known)})"
        case "value_error":
            return f"'{key}': {error['ctx']['error']}"
        case "list_type":
            if inner := _fields(model, key):
                return f"'{key}' is a list: write each item below it, beginning with `- {inner[0]}: …`"
            given = error["input"] if isinstance(error["input"], str | int | float) else "…"
            return f"'{key}' is a list: write `{key}: [{given}]`, or each item on its own line behind `- `"
        case "string_too_short":
            return f"'{key}' is empty: write something or leave the line out"
        case "string_type":
            return f"'{key}' is text: put its value in straight quotation marks"
        case _:
            return f"'{key}': {error['msg']}"


def _fields(model: type[BaseModel], key: str) -> list[str]:
    annotation = model.model_fields[key].annotation if key in model.model_fields else None
    inner = next(iter(getattr(annotation, "__args__", ())), None)
    return list(inner.model_fields) if isinstance(inner, type) and issubclass(inner, BaseModel) else []
