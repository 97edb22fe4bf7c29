"""Front matter: what each kind of page says of itself, and whether it says it rightly."""

import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema

from ..text.allowlist import address_fault
from ..text.file import TextFile
from ..text.memo import remembered
from ..text.problem import Problem, did_you_mean
from .date import _DATE, Date
from .language import code_of
from .layout import KEPT_FOLDERS
from .name import NAME_SCHEMA, Name

_ADDRESS = re.compile(r"https?://[^\s/]\S*")
_FORMER = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*/)+")
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?$", re.IGNORECASE)


PartialDate = Annotated[
    Date,
    BeforeValidator(Date.read),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "pattern": rf"^(?:{_DATE.pattern})$",
            "examples": ["2004-05-11", "2004-05", "2004"],
        }
    ),
]
Line = Annotated[str, Field(min_length=1)]


def _address(value: str) -> str:
    """Return an address of the web as it is; raises `ValueError` with a sentence for the author where it is none."""
    if not _ADDRESS.fullmatch(value):
        bare = value.strip().removeprefix("//")
        form = f"write https://{bare}" if _HOST.match(bare) else "copy it from your browser"
        raise ValueError(f"'{value}' is no whole address, which begins with https:// and has no spaces: {form}")
    if message := address_fault(value):
        raise ValueError(message)
    return value


def _former(value: str) -> str:
    """Return a former address of a page; raises `ValueError` with a sentence for the author where it is none."""
    if not _FORMER.fullmatch(value) or value.partition("/")[0] in KEPT_FOLDERS:
        raise ValueError(f"'{value}' is no former address of a page here: write the folders it stood in, as old-name/")
    return value


Former = Annotated[str, AfterValidator(_former), WithJsonSchema({"type": "string", "pattern": f"^{_FORMER.pattern}$"})]
Language = Annotated[
    Line,
    AfterValidator(code_of),
    WithJsonSchema({"type": "string", "pattern": "^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$"}),
]
Address = Annotated[str, AfterValidator(_address), WithJsonSchema({"type": "string", "pattern": "^https?://[^ ]+$"})]
Marks = Literal["“”", "‘’", "«»", "»«", "„“", "‚‘", "‹›", "「」", "『』"]
Author = Annotated[Name, BeforeValidator(Name.read), WithJsonSchema(NAME_SCHEMA)]
Number = Annotated[
    str,
    BeforeValidator(lambda value: str(value) if isinstance(value, int) else value),
    WithJsonSchema({"type": ["string", "integer"], "minLength": 1}),
]


class _Model(BaseModel):
    """What a kind of front matter holds; the text below a key describes it, for editors too."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
        frozen=True,
        strict=True,
        arbitrary_types_allowed=True,
    )


EVENT_KINDS = {"meeting": "Meeting", "paper": "Paper", "event": "Event"}
"""What an event of the chronology may be, with the words that a reader sees."""


class Event(_Model):
    """A point of the chronology that has no document of its own."""

    date: PartialDate
    """The day; `2004-05` or `2004` where no more is known."""

    title: Line
    """What happened, in a few words."""

    kind: Literal["meeting", "paper", "event"] = "event"
    """What it is: a `meeting`, a `paper` that came without one, or another `event`."""

    threads: list[Line] = []
    """The ids of the threads to which it belongs, the names of their files below `docs/threads/`."""

    place: str = ""
    """Where it happened."""

    people: str = ""
    """Who took part, as one line of text."""

    outcome: str = ""
    """What came of it, in a sentence."""

    sources: list[Line] = []
    """The keys of the sources in the bibliography that say so, the best first."""

    held: bool = True
    """Write `false` for a meeting that was called off."""

    also: list[Line] = []
    """What else it is called, in any language: a search finds it by these names."""


class ThreadFront(_Model):
    """Front matter of a thread: one subject followed through all declarations."""

    kind: Literal["thread"]
    """What the page is: `thread`."""

    title: Line
    """The subject, as readers see it."""

    summary: Line
    """What became of the subject, in one sentence."""

    clauses: list[Line] = Field(examples=[["some-clause"]])
    """The ids of the clauses that the thread follows, in the order in which they are printed.

    An address, as in `some-document#some-clause`, takes in one clause alone, of another subject or another series.
    """

    also: list[Line] = []
    """What else the subject is called, in any language: a search finds it by these names."""

    across_series: bool = False
    """Write `true` where each step is to be set against the one before it in any series, not in its own alone."""

    description: Line | None = None
    """What search engines show of the page, in a sentence."""


class PageFront(_Model):
    """Front matter of an ordinary page, which has no `kind`."""

    title: Line | None = None
    """The page's title, where it is not its first heading."""

    description: Line | None = None
    """What search engines show of the page, in a sentence."""

    hide: list[Literal["navigation", "toc", "footer", "path"]] = []
    """Parts of the theme that this page is shown without, as `navigation` and `toc` for wide tables."""

    formerly: list[Former] = []
    """Addresses at which the page stood before, as `old-name/`, each of which leads on to it."""

    events: list[Event] = []
    """Events for the chronology of this page that have no document of their own."""


class CommentaryFront(_Model):
    """Front matter of a commentary, a text that the edition annotates word by word."""

    kind: Literal["commentary"]
    """What the page is: `commentary`."""

    title: Line
    """The title, as the commentary gives it."""

    authors: list[Author] = Field(min_length=1, examples=[["Ada Strand"]])
    """The authors' names, given name first, or in parts: `{given: Ada, family: Strand}`, `{body: Pier Office}`."""

    publisher: Line
    """Who published it."""

    date: PartialDate
    """The day on which it was published; `2004-05` or `2004` where no more is known."""

    rights: Line
    """Whose it is, and on what terms it stands here."""

    description: Line | None = None
    """What search engines show of the page, in a sentence."""

    series: Line | None = None
    """The series in which it appeared."""

    number: Number | None = None
    """Its number in that series."""

    url: Address | None = None
    """Where the publisher has it."""

    about: list[Line] = []
    """The ids of the documents that it is about."""

    not_quotations: list[Line] = []
    """Words in quotation marks that quote nobody: names, titles, words kept at a distance."""

    quotation_marks: list[Marks] = []
    """The marks that quote in this text, where they are not “” alone: `['‘’']` in British English, `['«»']`."""

    example: bool = False
    """Write `true` for an invented text of the manual: no list and no search shows it."""

    @property
    def head(self) -> dict[str, Any]:
        """What the head of the page shows, as templates take it."""
        return {
            **self.model_dump(include={"series", "number", "publisher", "url", "rights"}),
            "authors": [*map(str, self.authors)],
        }

    @property
    def people(self) -> tuple[str, ...]:
        """The names of who wrote it."""
        return tuple(map(str, self.authors))

    @property
    def facts(self) -> tuple[str, ...]:
        """What the head of the page tells, in sentences."""
        return (f"By {', '.join(map(str, self.authors))}.", f"{self.publisher}.", f"Rights: {self.rights}")


class Participant(_Model):
    """A person who took part, in which office, for which party."""

    name: Line
    """The person's name, given name first."""

    name_in: dict[Language, Line] = {}
    """The name as other languages write it, each under its code: `{ja: 浜 明子}`."""

    office: Line
    """The office that the person held then."""

    party: Line
    """The state or body that the person spoke for."""


class Outcome(_Model):
    """A document that came out of the same meeting beside this one."""

    title: Line
    """What it is called."""

    source: Line
    """The key of its entry in the bibliography."""


class Official(_Model):
    """Where an official text of a document is published."""

    publisher: Line
    """Who publishes it there."""

    url: Address
    """The address, which the importer fetches."""

    language: Language
    """The language of that text, as a code: `en`, `ja`."""


class DeclarationFront(_Model):
    """Front matter of a declaration, a text that is held clause by clause."""

    kind: Literal["declaration"]
    """What the page is: `declaration`."""

    title: Line
    """The title, as the declaration gives it."""

    title_in: dict[Language, Line] = {}
    """The title in other languages, each under its code: `{ja: 渡船会議共同声明}`."""

    date: PartialDate
    """The day on which it was issued; `2004-05` or `2004` where no more is known."""

    rights: Line
    """Whose it is, and on what terms it may be quoted."""

    description: Line | None = None
    """What search engines show of the page, in a sentence."""

    series: Line | None = None
    """The series it belongs to, where the edition has several; silence on a clause is asked of one series only."""

    issuer: Line | None = None
    """The body that issued it, as citations name it."""

    place: Line | None = None
    """Where it was issued."""

    participants: list[Participant] = []
    """Who took part."""

    official: list[Official] = []
    """Where official texts of it are published; the importer takes the first English one."""

    language: Language | None = None
    """The language of its own words here, as a code, where it is not that of the site: `ja`, `fr`."""

    outcomes: list[Outcome] = []
    """Documents that came out of the same meeting beside this one."""

    not_quotations: list[Line] = []
    """Words in quotation marks in our summaries that quote nobody."""

    silent: dict[str, str] = {}
    """Clauses on which it is known to be silent, each with the key of the source that shows it."""

    distinct: Literal["document", "series"] | None = None
    """Whose clauses are others on purpose, however alike their ids or words: the `document`'s or its `series`."""

    example: bool = False
    """Write `true` for an invented text of the manual: no list and no search shows it."""

    @property
    def head(self) -> dict[str, Any]:
        """What the head of the page shows, as templates take it."""
        return self.model_dump(include={"title_in", "place", "participants", "official", "rights"})

    @property
    def people(self) -> tuple[str, ...]:
        """The names of who took part."""
        return tuple(person.name for person in self.participants)

    @property
    def facts(self) -> tuple[str, ...]:
        """What the head of the page tells, in sentences."""
        named = [(", ".join((one.name, *one.name_in.values())), one) for one in self.participants]
        people = [f"{name}, {person.office} ({person.party})." for name, person in named]
        outcomes = [f"{outcome.title}." for outcome in self.outcomes]
        titles = [f"{title}." for title in self.title_in.values()]
        return (
            *titles,
            f"{self.place.removesuffix('.')}." if self.place else "",
            *people,
            *outcomes,
            f"Rights: {self.rights}",
        )


class WitnessFront(_Model):
    """The header of a witness."""

    origin: Line
    """Where the text comes from, in a sentence."""

    retrieved: PartialDate
    """The day on which it was retrieved."""

    sha256: Line
    """The SHA-256 of the text below the header."""

    url: Address | None = None
    """The address it was retrieved from."""

    notation: Literal["plain", "marked"] | None = None
    """How to read it: as `plain`, each sign the author's, or as `marked`, where `# ` and `*…*` say how it was set."""

    scanned: bool = False
    """Write `true` where the text was read from a scan: a search proposes no word that stands in such texts alone."""

    redactions: list[Line] = []
    """What was withheld, and why."""

    left_out: list[Line] = []
    """Words that stood with the text and are none of it, each with the reason and its place."""

    accepted: list[Line] = []
    """In what the text does not fit its record, and was taken in knowingly."""


_M = TypeVar("_M", bound=_Model)


@remembered
def validate(file: TextFile, model: type[_M], *, kind: str) -> tuple[_M | None, tuple[Problem, ...]]:
    """Read a file's front matter as `model`; what is wrong with it comes back as problems."""
    try:
        return model.model_validate(dict(file.front)), ()
    except ValidationError as error:
        found = error.errors()
        sentences = [_sentence(each, model, kind) for each in found]
        misspelt = " ".join(sentence for sentence in sentences if "did you mean" in sentence)
        misspelt_in = {each["loc"][:-1] for each in found if each["type"] == "extra_forbidden" and each["loc"][1:]}
        told: dict[tuple[int | str, ...], Problem] = {}
        for each, sentence in zip(found, sentences, strict=True):
            entry = each["loc"][:-1]
            if each["type"] == "missing" and (entry in misspelt_in or f"did you mean '{each['loc'][-1]}'" in misspelt):
                continue
            told.setdefault(entry or each["loc"], Problem(file.front_position(*each["loc"]), RULE, sentence))
        return None, tuple(told.values())


RULE = "front-matter-is-valid"
_FOR_THE_THEME = ("title", "hide")


def theme_front(file: TextFile) -> dict[str, Any]:
    """Return what the theme may know of a page's front matter: the values that are valid, each by itself.

    Whatever else stands there, as `serve` shows a page that is not valid, it would print as HTML, or load.
    """
    told: dict[str, Any] = {}
    for key in filter(file.front.__contains__, _FOR_THE_THEME):
        with suppress(ValidationError):
            told[key] = getattr(PageFront.model_validate({key: file.front[key]}), key)
    return {key: value for key, value in told.items() if value is not None}


def _sentence(error: Any, model: type[BaseModel], kind: str) -> str:
    place = [part for part in error["loc"] if isinstance(part, str) and part != "[key]"]
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
        case "dict_type" | "model_type" | "model_attributes_type":
            inner = _fields(model, str(place[0]) if len(place) == 1 else "")
            form = (
                f"`- {{{', '.join(f'{name}: …' for name in inner)}}}`" if inner else f"below `{key}:`, `  name: value`"
            )
            return f"'{key}' has names and values: write {form}"
        case "string_too_short":
            return f"'{key}' is empty: write something behind its colon{_OR_NOT[_is_needed(model, error['loc'])]}"
        case "string_type" if error["input"] is None:
            return f"'{key}' is empty: write something behind its colon{_OR_NOT[_is_needed(model, error['loc'])]}"
        case "string_type":
            return f"'{key}' is text: put its value in straight quotation marks"
        case "literal_error":
            allowed = str(error["ctx"]["expected"]).replace("'", "")
            return f"'{key}' is one of these, and not '{error['input']}': {allowed}"
        case _:
            return f"'{key}': {error['msg']}"


_OR_NOT = {True: "", False: ", or leave the line out"}


def _is_needed(model: type[BaseModel], place: Sequence[int | str]) -> bool:
    return len(place) == 1 and model.model_fields[str(place[0])].is_required()


def _fields(model: type[BaseModel], key: str) -> list[str]:
    annotation = model.model_fields[key].annotation if key in model.model_fields else None
    inner = next(iter(getattr(annotation, "__args__", ())), None)
    return list(inner.model_fields) if isinstance(inner, type) and issubclass(inner, BaseModel) else []
