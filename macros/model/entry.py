"""Entries: the outside sources of the bibliography, read from BibTeX (the entry types and fields of BibLaTeX)."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, ParsingFailedBlock

from ..text.bounds import MOST_SOURCES
from ..text.call import UNPRINTABLE
from ..text.line import one_line
from ..text.problem import Position, Problem, did_you_mean
from ..text.reading import LEFT_BY_GIT, MERGE_HALF
from ..text.words import enumerated
from .bibtex import ENTRY_TYPES, FIELDS, OLD_NAMES, key_of, mistakes
from .date import Date
from .layout import BIBLIOGRAPHY
from .passage import ID, as_id

GRADES = (
    "official text", "official summary", "press conference", "fact sheet", "newspaper of record", "press digest",
    "scholarship", "reference work", "weak copy",
)  # fmt: skip
"""How far a source can be leaned on for what a text says, best first."""
BESIDE = frozenset(("press conference", "fact sheet"))
"""Grades of what was said or issued beside a text, and is not the text."""

_AND = re.compile(r"(?<!\s)\s++and\s++")
_AT = re.compile(r"^[ \t]*+@", re.MULTILINE)
_BRACES = re.compile(r"[{}]")
_ESCAPED = re.compile(r"\\([&%$#_])")


@dataclass(frozen=True)
class Entry:
    """One source of the bibliography; a field that it does not have is empty.

    `names` are the authors as family and given name; a body's name is all family name.
    """

    key: str
    kind: str
    fields: Mapping[str, str]
    position: Position
    date: Date | None = None
    names: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        """The title, or our description where the title is not known."""
        return self.fields.get("title") or self.fields.get("description", "")

    @property
    def grade(self) -> str:
        """How far it can be leaned on: one of `GRADES`, if it is known."""
        return self.fields["grade"]

    @property
    def authors(self) -> str:
        """The authors as a note names them: given name first."""
        return enumerated([f"{given} {family}".strip() for family, given in self.names])

    @property
    def head(self) -> str:
        """What the list of sources puts first: the first author's family name, or the body that answers for it."""
        if self.names:
            family, given = self.names[0]
            first = f"{family}, {given}" if given else family
            others = enumerated([f"{given} {family}".strip() for family, given in self.names[1:]])
            return f"{first}, and {others}" if others else first
        is_body = self.kind in ("statement", "law", "web page", "report")
        return self.fields["organization"] or (self.fields["publisher"] if is_body else "")

    @property
    def short(self) -> str:
        """A short form for running text: who, when."""
        families = enumerated([family for family, _ in self.names])
        fields = self.fields
        name = families or fields["journaltitle"] or fields["organization"] or fields["publisher"] or self.title
        return f"{name}, {self.date}" if self.date else name

    @property
    def plain(self) -> dict[str, Any]:
        """The source as templates take it."""
        date = str(self.date or "")
        shown = {"key": self.key, "kind": self.kind, "authors": self.authors, "head": self.head, "date": date}
        return {**shown, "fields": dict(self.fields)}

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """Order of the printed list: by what is printed first."""
        first = (self.head or self.title).lower()
        return (first.removeprefix("the ").removeprefix("a "), self.title.lower(), self.key)


def _names(value: str) -> tuple[tuple[str, str], ...]:
    """Read an author field: `Family, Given and {Name of a Body}` (BibTeX's own rule for braces)."""
    found = []
    for name in _parted(value.strip()):
        family, comma, given = _text(name).partition(", ")
        is_body = name.startswith("{")
        if is_body or not comma:
            last, first = (
                (_text(name), "") if is_body else (_text(name).rpartition(" ")[2], _text(name).rpartition(" ")[0])
            )
            found.append((last, first))
        else:
            found.append((family, given))
    return tuple(name for name in found if name[0])


def _parted(value: str) -> Iterator[str]:
    """Yield what `and` parts outside of braces."""
    braces, at = [match.start() for match in _BRACES.finditer(value)], 0
    for match in _AND.finditer(value):
        behind = bisect_left(braces, match.end())
        if behind == len(braces) or value[braces[behind]] == "{":
            yield value[at : match.start()]
            at = match.end()
    yield value[at:]


def read_bibliography(text: str, shown: str) -> tuple[Mapping[str, Entry], tuple[Problem, ...]]:
    """Return the entries by key, with the problems of the file; line numbers are the file's."""
    text = UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    rule = "bibliography-is-readable"
    if left := MERGE_HALF.search(text):
        return {}, (
            Problem(Position(shown, text.count("\n", 0, left.start()) + 1), rule, LEFT_BY_GIT, hides=BIBLIOGRAPHY),
        )
    if (count := len(_AT.findall(text))) > MOST_SOURCES:
        message = f"this file has {count:,} entries; the most is {MOST_SOURCES:,}: take out those that nothing cites"
        return {}, (Problem(Position(shown, 1), rule, message, hides=BIBLIOGRAPHY),)
    mistaken = {mistake.entry: mistake for mistake in mistakes(text)}
    library = parse_string(text, append_middleware=[])
    entries: dict[str, Entry] = {}
    problems = [
        Problem(Position(shown, s.line + 1), rule, s.message, hides=s.key or BIBLIOGRAPHY) for s in mistaken.values()
    ]
    lines = text.split("\n")
    for block in library.failed_blocks:
        line = block.start_line or 0
        hides = ""
        if line in mistaken:
            continue
        if isinstance(block, DuplicateBlockKeyBlock):
            message = f"the key '{block.key}' stands for an earlier entry already: give this one another"
        elif isinstance(block, DuplicateFieldKeyBlock):
            message = f"this entry has a field twice ({', '.join(sorted(block.duplicate_keys))}): keep one"
            hides = key_of(lines[line])
        elif isinstance(block, ParsingFailedBlock):
            message = "this entry cannot be read: close every brace and quotation mark, and end each field in a comma"
            hides = key_of(lines[line])
        problems.append(Problem(Position(shown, line + 1), rule, message, hides=hides))
    for item in library.entries:
        if item.start_line in mistaken:
            continue
        entry, more = _entry(item, shown)
        problems += more
        if entry:
            entries[entry.key] = entry
    return entries, tuple(problems)


def _entry(item: Any, shown: str) -> tuple[Entry | None, list[Problem]]:
    place = Position(shown, item.start_line + 1)
    fields = {field.key.lower(): _text(str(field.value)) for field in item.fields}
    problems: list[Problem] = []

    def problem(message: str, rule: str = "source-is-complete", line: int = item.start_line, hides: str = "") -> None:
        problems.append(Problem(Position(shown, line + 1), rule, message, hides=hides))

    if item.entry_type not in ENTRY_TYPES:
        known = ", ".join(f"@{name} ({kind})" for name, (kind, _) in ENTRY_TYPES.items())
        hint = did_you_mean(item.entry_type, ENTRY_TYPES)
        problem(f"'{item.key}': there is no entry type '@{item.entry_type}'{hint} (types: {known})", hides=item.key)
        return None, problems
    if not ID.fullmatch(item.key):
        message = (
            f"the key '{item.key}' is not lower-case ASCII letters, digits and hyphens: "
            f"write '{as_id(item.key)}', here and where it is cited"
        )
        problem(message, "id-is-ascii", hides=as_id(item.key))
    kind, needed = ENTRY_TYPES[item.entry_type]
    meant = set()
    for field in item.fields:
        name = field.key.lower()
        if name not in FIELDS:
            hint = f"; did you mean '{OLD_NAMES[name]}'?" if name in OLD_NAMES else did_you_mean(name, FIELDS)
            meant.add(hint)
            message = f"'{item.key}': there is no field '{field.key}'{hint} (fields: {', '.join(FIELDS)})"
            problem(message, line=field.start_line)
    for name in needed if {"title", "description"} & set(fields) else ("title", *needed):
        if not fields.get(name) and f"; did you mean '{name}'?" not in meant:
            problem(f"'{item.key}': a {kind} has a field '{name}': add it{_INSTEAD if name == 'title' else ''}")
    date = None
    if fields.get("date"):
        try:
            date = Date.read(fields["date"])
        except ValueError as error:
            line = next(field.start_line for field in item.fields if field.key.lower() == "date")
            problem(f"'{item.key}': 'date': {error}", line=line)
    if (grade := fields.get("grade", "")) and grade not in GRADES:
        line = next(field.start_line for field in item.fields if field.key.lower() == "grade")
        hint = did_you_mean(grade.lower(), GRADES)
        problem(f"'{item.key}': there is no grade '{grade}'{hint} (grades: {', '.join(GRADES)})", line=line)
        fields.pop("grade")
    names = next((_names(str(field.value)) for field in item.fields if field.key.lower() == "author"), ())
    url = fields.get("url", "")
    if url and not re.match(r"https?://\S+$", url):
        problem(f"'{item.key}': the address '{url}' is not one that begins with http:// or https://")
        fields.pop("url")
    return Entry(item.key, kind, dict.fromkeys(FIELDS, "") | fields, place, date, names), problems


_INSTEAD = ", or a 'description' of your own where the title is not known"


def _text(value: str) -> str:
    return one_line(" ".join(_ESCAPED.sub(r"\1", _BRACES.sub("", value)).split()))
