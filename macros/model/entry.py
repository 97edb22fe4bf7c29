"""Entries: the outside sources of the bibliography, read from BibTeX (the entry types and fields of BibLaTeX)."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, ParsingFailedBlock

from ..text.allowlist import address_fault
from ..text.bounds import MOST_SOURCES
from ..text.call import UNPRINTABLE
from ..text.line import one_line
from ..text.problem import Position, Problem, did_you_mean
from ..text.reading import LEFT_BY_GIT, MERGE_HALF
from ..text.words import bare, enumerated
from .bibtex import (
    ENTRY_TYPES,
    FIELDS,
    MONTHS,
    OLD_NAMES,
    OLD_TYPES,
    THESES,
    UNPRINTED,
    UNREAD,
    closing_brace,
    key_of,
    mistakes,
)
from .date import Date
from .language import code_of
from .latex import plain
from .layout import BIBLIOGRAPHY
from .name import Name, is_body, listed
from .passage import ID, as_id

GRADES = (
    "official text", "official summary", "press conference", "fact sheet", "newspaper of record", "press digest",
    "scholarship", "reference work", "weak copy",
)  # fmt: skip
"""How far a source can be leaned on for what a text says, best first."""
WEAK = GRADES[-1]
"""The grade of a source whose very words may be wrong."""
BESIDE = frozenset(("press conference", "fact sheet"))
"""Grades of what was said or issued beside a text, and is not the text."""

_AND = re.compile(r"(?<!\s)\s++and\s++")
_AT = re.compile(r"^[ \t]*+@", re.MULTILINE)
_BRACES = re.compile(r"[{}]")
_ESCAPED = re.compile(r"\\([&%$#_~])(?:\{\})?")
_ET_AL = re.compile(r"\bet al\b\.?")
_ANOTHER = re.compile(r"(?<!\s)(?:\s?;\s*+|\s&\s++(?:and\s++)?)")
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV")
_AS_WRITTEN = ("url", "urldate", "accessed", "date", "year", "isbn")  # what no LaTeX stands in but for escaped signs


@dataclass(frozen=True)
class Entry:
    """One source of the bibliography; a field that it does not have is empty.

    `names` are the authors, `editors` those of the book that it is or stands in.
    """

    key: str
    kind: str
    fields: Mapping[str, str]
    position: Position
    date: Date | None = None
    names: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()

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
        return listed(self.names)

    @property
    def head(self) -> str:
        """What the list of sources puts first: the first author's family name, or the body that answers for it."""
        names = self.names or (self.editors if self.kind == "book" else ())
        if names:
            others = listed(names[1:])
            whole = f"{names[0].inverted}, and {others}" if others else names[0].inverted
            return whole if self.names else f"{whole}, ed{'s' if names[1:] else ''}."
        is_body = self.kind in ("statement", "law", "web page", "report")
        return self.fields["organization"] or (self.fields["publisher"] if is_body else "")

    @property
    def serial(self) -> str:
        """Which volume and number it is: of a journal `12, no. 3`, of what else has them `2nd ed., vol. 12`."""
        fields = self.fields
        number = fields["edition"]
        if number.isdecimal():
            ending = "th" if number[-2:-1] == "1" else {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")
            number = f"{number}{ending} ed."
        volume = fields["volume"] if fields["journaltitle"] or not fields["volume"] else f"vol. {fields['volume']}"
        return ", ".join(filter(None, (number, volume, fields["number"] and f"no. {fields['number']}")))

    @property
    def short(self) -> str:
        """A short form for running text: who, when."""
        families = enumerated([name.short for name in self.names or self.editors])
        fields = self.fields
        name = families or fields["journaltitle"] or fields["organization"] or fields["publisher"] or self.title
        return f"{name}, {self.date}" if self.date else name

    @property
    def plain(self) -> dict[str, Any]:
        """The source as templates take it."""
        date = str(self.date or "")
        shown = {"key": self.key, "kind": self.kind, "authors": self.authors, "head": self.head, "date": date}
        return {**shown, "editors": listed(self.editors), "serial": self.serial, "fields": dict(self.fields)}

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """Order of the printed list: by what is printed first."""
        first, title = (bare(text).lstrip("\"'“‘«„([¿¡ ") for text in (self.head or self.title, self.title))
        return (first.removeprefix("the ").removeprefix("a "), title, self.key)


def _names(value: str) -> tuple[Name, ...]:
    """Read an author field, `Family, Given and {Name of a Body}`; raises `ValueError` with a sentence."""
    value = " ".join(value.split())
    parts = [part for part in _parted(value) if plain(part)]
    names = tuple(_name(part, value) for part in parts)
    loose = [name for part, name in zip(parts, names, strict=True) if name.is_body and not part.startswith("{")]
    lone = next((str(name) for name in names if not (name.is_body or name.given)), "")
    if loose and lone:
        raise ValueError(
            f"'{loose[0]}' and '{lone}' may be one body or two names: write `author = {{{{{value}}}}},` for one, or "
            f"put each name that is a body in braces of its own, `{{{loose[0]}}} and {{{lone}}}`"
        )
    return names


def _name(part: str, value: str) -> Name:
    text = plain(part)

    def ways(form: str, body: str = f"{{{part}}}") -> str:
        one, other = (f"`author = {{{value.replace(part, new, 1)}}},`" for new in (form, body))
        return f"write {one}, or {other} for one body"

    if part.startswith("{") and closing_brace(part) == len(part):
        return Name(text, is_body=True)
    if text == "others" or _ET_AL.search(text):
        kept = _ET_AL.sub("", text).strip(" ,") if text != "others" else ""
        raise ValueError(f"'{text}' names nobody: name every author, or the first alone{kept and f' ({kept})'}")
    several = _ANOTHER.sub(" and ", text)
    if several != text and (";" in text or not is_body(text)):
        raise ValueError(f"'{text}' looks like several names: {ways(several)}")
    pieces = text.split(", ")
    if len(pieces) == 3 and _SUFFIX.fullmatch(pieces[1]):  # BibTeX's own order
        pieces = [pieces[0], pieces[2], pieces[1]]
    if len(pieces) > 2 and not is_body(text) and not (len(pieces) == 3 and _SUFFIX.fullmatch(pieces[2])):
        pairs = [", ".join(pieces[at : at + 2]) for at in range(0, len(pieces), 2)]
        form = " and ".join(pairs) if len(pieces) % 2 == 0 else "Family, Given and Family, Given"
        raise ValueError(f"'{text}' has more commas than a name: {ways(form)}")
    words = text.split()
    is_long = len(pieces) == 1 and len(words) > 3 and all(word[0].isupper() and len(word) > 2 for word in words)
    if is_long and not is_body(text):
        person = f"{words[-1]}, {' '.join(words[:-1])}"
        raise ValueError(f"'{text}' may be a person or a body: {ways(person)}")
    return Name.read(", ".join(pieces))


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

    def unreadable(line: int, message: str, hides: str = BIBLIOGRAPHY) -> Problem:
        return Problem(Position(shown, line + 1), "bibliography-is-readable", message, hides=hides)

    if left := MERGE_HALF.search(text):
        return {}, (unreadable(text.count("\n", 0, left.start()), LEFT_BY_GIT),)
    if (count := len(_AT.findall(text))) > MOST_SOURCES:
        message = f"this file has {count:,} entries; the most is {MOST_SOURCES:,}: take out those that nothing cites"
        return {}, (unreadable(0, message),)
    mistaken = {mistake.entry: mistake for mistake in mistakes(text)}
    library = parse_string(text, append_middleware=[])
    entries: dict[str, Entry] = {}
    problems = [unreadable(one.line, one.message, one.key or BIBLIOGRAPHY) for one in mistaken.values()]
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
        problems.append(unreadable(line, message, hides))
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
    problems: list[Problem] = []

    def problem(said: str, line: int = item.start_line, hides: str = "") -> None:
        where = Position(shown, line + 1)
        problems.append(Problem(where, "source-is-complete", f"'{item.key}': {said}", hides=hides))

    entry_type = OLD_TYPES.get(item.entry_type, item.entry_type)
    if entry_type not in ENTRY_TYPES:
        known = ", ".join(f"@{name} ({kind})" for name, (kind, _) in ENTRY_TYPES.items())
        hint = did_you_mean(item.entry_type, ENTRY_TYPES)
        problem(f"there is no entry type '@{item.entry_type}'{hint} (types: {known})", hides=item.key)
        return None, problems
    if not ID.fullmatch(item.key):
        message = (
            f"the key '{item.key}' is not lower-case ASCII letters, digits and hyphens: "
            f"write '{as_id(item.key)}', here and where it is cited"
        )
        problems.append(Problem(place, "id-is-ascii", message, hides=as_id(item.key)))
    kind, needed = ENTRY_TYPES[entry_type]
    given = {field.key.lower(): field for field in item.fields}
    meant = set()
    fields, raw, lines = dict.fromkeys(FIELDS, ""), {name: str(field.value) for name, field in given.items()}, {}
    for name, field in given.items():
        known_as = OLD_NAMES.get(name, name)
        if name in UNREAD or name in UNPRINTED or (known_as != name and known_as in given and name in ("year", "doi")):
            continue
        if known_as not in FIELDS:
            hint = did_you_mean(name, FIELDS)
            meant.add(hint)
            problem(f"there is no field '{field.key}'{hint} (fields: {', '.join(FIELDS)})", field.start_line)
        elif known_as in lines:
            problem(f"'{field.key}' is read as '{known_as}', which this entry has too: keep one", field.start_line)
        else:
            lines[known_as] = field.start_line
            try:
                fields[known_as] = _as_written(raw[name]) if name in _AS_WRITTEN else _FORMS.get(name, plain)(raw[name])
            except ValueError as error:
                problem(f"'{field.key}': {error}", field.start_line)
                meant.add(f"; did you mean '{known_as}'?")
    if unprinted := {name: _as_written(raw[name]) for name in given if name in UNPRINTED and raw[name].strip()}:
        said = ", ".join(f"{name} {value}" for name, value in unprinted.items())
        what = enumerated([f"'{name}'" for name in unprinted])
        way = f"take out what nobody needs, and say the rest in the field 'note', as in `note = {{{said}}},`"
        problem(f"{what} would not be printed: {way}", given[next(iter(unprinted))].start_line)
    for name in needed if fields["title"] or fields["description"] else ("title", *needed):
        if name == "author" and kind == "book" and fields["editor"]:
            continue
        if not fields[name] and f"; did you mean '{name}'?" not in meant:
            problem(f"a {kind} has a field '{name}': add it{_INSTEAD if name == 'title' else ''}")
    dates: dict[str, Date | None] = {"date": None, "urldate": None}
    for name in dates:
        value = fields[name]
        if name == "date" and "year" in given and "date" not in given:
            value = _with_month(value, raw.get("month", ""), raw.get("day", ""))
        try:
            dates[name] = Date.read(value) if value else None
        except ValueError as error:
            problem(f"'{name}': {error}; where none is known, leave '{name}' out", lines[name])
    if (grade := fields["grade"]) and grade not in GRADES:
        hint = did_you_mean(grade.lower(), GRADES)
        problem(f"there is no grade '{grade}'{hint} (grades: {', '.join(GRADES)})", lines["grade"])
        fields["grade"] = ""
    people: dict[str, tuple[Name, ...]] = {}
    for name in ("author", "editor"):
        try:
            people[name] = _names(raw.get(name, "")) if fields[name] else ()
        except ValueError as error:
            problem(f"'{name}': {str(error).replace('`author = ', f'`{name} = ')}", lines[name])
            people[name] = ()
    if kind == "thesis":
        fields["type"] = THESES.get(fields["type"] or item.entry_type, fields["type"] or "thesis")
    if (url := fields["url"]) and not re.match(r"https?://\S+$", url):
        hint = f": write `url = {{https://{url}}},`" if _DOMAIN.match(url) else ""
        problem(f"the address '{url}' is not one that begins with http:// or https://{hint}", lines["url"])
        fields["url"] = ""
    elif url and (message := address_fault(url)):
        problem(message, lines["url"])
        fields["url"] = ""
    return Entry(item.key, kind, fields, place, dates["date"], people["author"], people["editor"]), problems


def _with_month(year: str, month: str, day: str) -> str:
    """Return a date of BibTeX's fields: year, month by name or number, and day."""
    number = MONTHS.index(month[:3].lower()) + 1 if month[:3].lower() in MONTHS else month
    parts = [f"{int(part):02}" if str(part).isdecimal() else str(part) for part in (number, day) if str(part).strip()]
    return "-".join((year, *parts))


_INSTEAD = ", or a 'description' of your own where the title is not known"


def _as_written(value: str) -> str:
    return one_line(" ".join(_ESCAPED.sub(r"\1", _BRACES.sub("", value)).split()))


_DOI = re.compile(r"10\.[\d.]+/\S+")
_DOI_AT = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s?)", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?$")


def _address_of_doi(value: str) -> str:
    """Return where a DOI leads; raises `ValueError` with a sentence for the author where it is none."""
    doi = _DOI_AT.sub("", _as_written(value))
    if not _DOI.fullmatch(doi):
        raise ValueError(f"'{doi}' is no DOI: write it as in 10.1000/182")
    return f"https://doi.org/{doi}"


_FORMS: Mapping[str, Callable[[str], str]] = {
    "doi": _address_of_doi,
    "language": lambda value: code_of(plain(value)),
}
