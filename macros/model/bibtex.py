"""BibTeX text: the mistakes that people make in it, each at its line and with the line as it should be.

A BibTeX parser notices a brace that is missing where something else begins, often an entry later, and takes a
missing comma for nothing at all.  Here an entry is read line by line, as people write it: one field a line.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

ENTRY_TYPES: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "misc": ("statement", ()),
        "legislation": ("law", ()),
        "online": ("web page", ("url",)),
        "article": ("news article", ("journaltitle",)),
        "book": ("book", ("author", "publisher")),
        "report": ("report", ()),
        "incollection": ("chapter", ("booktitle",)),
        "inproceedings": ("paper", ("booktitle",)),
        "thesis": ("thesis", ("author", "organization")),
    }
)
"""Each entry type with the kind of source it stands for and the fields it must have beside a title."""

FIELDS = (
    "author", "booktitle", "date", "description", "edition", "editor", "gloss", "grade", "isbn", "journaltitle",
    "language", "location", "note", "number", "organization", "pages", "publisher", "title", "type", "url", "urldate",
    "volume",
)  # fmt: skip
"""The fields that are read.

`description` stands for a title that is not known, `gloss` for one in English; `grade` is one of `GRADES`; `type` says
what a thesis or a report is.
"""

OLD_NAMES = {
    "year": "date", "journal": "journaltitle", "address": "location", "institution": "organization",
    "school": "organization", "howpublished": "note", "accessed": "urldate", "doi": "url", "issue": "number",
}  # fmt: skip
"""Fields of plain BibTeX and of reference managers, with those that they are read as."""

UNREAD = frozenset(
    "abstract annotation annote bdsk-file-1 bdsk-url-1 citation-key comment copyright creationdate date-added"
    " date-modified day eissn entrysubtype file groups hyphenation ids internal-note issn keyword keywords langid"
    " mendeley-tags modificationdate month owner priority readstatus rights shorttitle timestamp".split()
)
"""Fields by which reference managers keep their own house; `month` and `day` are read with `year`."""

UNPRINTED = frozenset(
    "addendum chapter eprint eprinttype eventtitle pagetotal part series subtitle titleaddon translator venue version"
    " volumes".split()
)
"""Fields that say something of a source for which there is no place in the printed list but a note."""

OLD_TYPES = {
    **dict.fromkeys(("electronic", "webpage", "www"), "online"),
    **dict.fromkeys(("booklet", "collection", "manual", "mvbook", "mvcollection", "proceedings", "reference"), "book"),
    **dict.fromkeys(("bookinbook", "inbook", "inreference"), "incollection"),
    **dict.fromkeys(("mastersthesis", "phdthesis"), "thesis"),
    **dict.fromkeys(("jurisdiction", "legal", "standard"), "legislation"),
    **dict.fromkeys(("audio", "dataset", "image", "letter", "movie", "software", "unpublished", "video"), "misc"),
    "conference": "inproceedings", "newspaper": "article", "techreport": "report",
}  # fmt: skip
"""Entry types of BibTeX and of reference managers, with those that they are read as."""

THESES = {"phdthesis": "PhD diss.", "mastersthesis": "master’s thesis", "mathesis": "master’s thesis"}
"""What theses are called that their entry type, or BibLaTeX's word in `type`, tells."""

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
"""The months, as every BibTeX style names them."""

_ENTRY = re.compile(r"[ \t]*@(?P<type>\w+)[ \t]*\{(?P<key>[^,={}\n]*)(?P<rest>.*)$")
_LEFT_OUT = re.compile(r"[ \t]*%+[ \t]*@\w+[ \t]*\{(?P<key>[^,={}\n]*)")
_NO_BRACE = re.compile(rf"[ \t]*@(?P<type>{'|'.join(ENTRY_TYPES)})[ \t(]*+(?P<key>[\w-]*+)[ \t]*+(?P<rest>,?)[ \t]*$")
# Behind a name that is not known, only what begins like a value: a long value may hold a line with a sign of equality.
_KNOWN = "|".join(sorted({*FIELDS, *OLD_NAMES, *UNREAD, *UNPRINTED}, key=len, reverse=True))
_NAMES = frozenset((*FIELDS, *OLD_NAMES, *UNREAD, *UNPRINTED))
_FIELD = re.compile(r"[ \t]*(?P<name>[\w-]+)[ \t]*=[ \t]*(?P<value>.*)$")
_NO_SIGN = re.compile(rf"[ \t]*(?P<name>{_KNOWN})[ \t]*:?[ \t]*(?=[{{\"])", re.IGNORECASE)
_STRING = re.compile(r"^[ \t]*@string[ \t]*[{(]\s*([\w-]+)\s*=", re.IGNORECASE | re.MULTILINE)
_BRACE = re.compile(r"[{}]")
_NAME = re.compile(r"[A-Za-z][\w-]*")
LONGEST_VALUE = 20_000  # characters; what is longer is left to the parser

_ANOTHER = re.compile(r",[ \t]*(?P<name>[\w-]+)[ \t]*=[ \t]*")
_NO_ENTRY = ("comment", "string", "preamble")


class Mistake(NamedTuple):
    """A mistake in an entry: the lines of the entry and of the mistake (from 0), the entry's key, and what to say."""

    entry: int
    line: int
    key: str
    message: str


def mistakes(text: str) -> tuple[Mistake, ...]:
    """Return the first mistake of each entry that has one; an entry written on one line is left to the parser."""
    lines = text.split("\n")
    strings = frozenset((*MONTHS, *(name.lower() for name in _STRING.findall(text))))
    begins = (_ENTRY, _NO_BRACE, _LEFT_OUT)
    starts = [number for number, line in enumerate(lines) if "@" in line and any(begin.match(line) for begin in begins)]
    found = []
    for start, stop in pairwise([*starts, len(lines)]):
        if left_out := _LEFT_OUT.match(lines[start]):
            message = "`%` leaves nothing out here: take it away, or take out the lines of the whole entry"
            found.append(Mistake(start, start, left_out["key"].strip(), message))
            continue
        entry = _ENTRY.match(lines[start]) or _NO_BRACE.match(lines[start])
        if entry is None or entry["type"].lower() in _NO_ENTRY or "=" in entry["rest"]:
            continue
        key = entry["key"].strip()
        if entry.re is _NO_BRACE:
            form = f"@{entry['type']}{{{key or 'some-key'},"
            found.append(Mistake(start, start, key, f"no brace opens this entry: write `{form}`"))
            continue
        mistake = next(_mistakes(lines[start:stop], entry["type"], key, entry["rest"].strip(), strings), None)
        if mistake:
            found.append(Mistake(start, start + mistake[0], key, mistake[1]))
    return tuple(found)


def key_of(line: str) -> str:
    """Return the key of the entry that begins in a line, as far as it can be read."""
    entry = _ENTRY.match(line)
    return entry["key"].strip() if entry else ""


def _mistakes(
    lines: Sequence[str], kind: str, key: str, rest: str, strings: frozenset[str]
) -> Iterator[tuple[int, str]]:
    """Yield line and message of the mistakes of one entry."""
    if not key:
        yield 0, f"this entry has no key to cite it by: write `@{kind}{{some-key,`"
    elif rest != ",":
        yield 0, f"there is no comma behind the key: write `@{kind}{{{key},`"
    fields = [number for number, line in enumerate(lines) if _field(line)]
    if len(lines) > 1 and _NO_SIGN.match(lines[1]):
        yield 1, _no_sign(lines[1])
    closing = next((n for n, line in enumerate(lines) if line.strip() == "}"), None)
    end = closing if closing is not None else len(lines)
    for first, behind in pairwise([*fields, end]):
        field = _field(lines[first])
        if field is None or first > end:
            continue
        value = "\n".join([field["value"], *lines[first + 1 : behind]]).strip()
        if unsigned := next((n for n in range(first + 1, behind) if _NO_SIGN.match(lines[n])), None):
            before = "\n".join([field["value"], *lines[first + 1 : unsigned]]).strip()
            if before.endswith(",") and not _value(field["name"], before, strings, is_last=False, is_closed=True):
                yield unsigned, _no_sign(lines[unsigned])
                continue
        if fault := _value(field["name"], value, strings, is_last=first == fields[-1], is_closed=closing is not None):
            is_closed_here = behind == end and closing is None
            yield (first if is_closed_here else max(first, behind - 1 - _blank(lines[first + 1 : behind]))), fault
    if fields and closing is None and not lines[fields[-1]].rstrip().endswith("}}"):
        yield fields[-1], "this entry is not closed: put `}` on a line of its own below its last field"


def _no_sign(line: str) -> str:
    begun = re.match(r"\s*(?P<name>[\w-]+)[ \t:]*(?P<value>.*)", line)
    name, value = (begun["name"], begun["value"]) if begun else ("", line)
    return f"there is no sign of equality behind '{name}': write `{name} = {value}`"


def _blank(lines: Sequence[str]) -> int:
    return next((n for n, line in enumerate(reversed(lines)) if line.strip()), len(lines))


def _value(name: str, value: str, strings: frozenset[str], *, is_last: bool, is_closed: bool) -> str:
    """Say what is wrong with a value and what follows it, other fields of the same line included, or nothing."""
    while len(value) <= LONGEST_VALUE:
        if value.startswith("{"):
            end = closing_brace(value)
        elif value.startswith('"'):
            end = value.find('"', 1) + 1
        elif number := re.match(r"\d+(?!\w)", value):
            end = number.end()
        elif (string := _NAME.match(value)) and string[0].lower() in strings:
            end = string.end()
        else:
            words = value.rstrip(",").strip("“”„‘’ \t\n")
            return f"a value stands in braces: write `{name} = {{{words}}},`"
        if not end:
            return f"the value of '{name}' is not closed: end it with `{'}' if value[0] == '{' else value[0]},`"
        behind = value[end:].strip()
        if behind.startswith("#"):
            return f"values joined by `#` are not read: write the whole value of '{name}' in one pair of braces"
        if not behind and not is_last:
            return f"there is no comma behind the value of '{name}': write one"
        if another := _ANOTHER.match(behind):
            name, value = another["name"], behind[another.end() :]
        elif behind in ("", ",") or (is_last and not is_closed and behind.strip(" ,\n") == "}"):
            break
        else:
            return f"something stands behind the value of '{name}': put it inside the braces, and end it with `}},`"
    return ""


def _field(line: str) -> re.Match[str] | None:
    """Return the field that a line begins, if it does."""
    match = _FIELD.match(line)
    is_one = match is not None and (match["name"].lower() in _NAMES or match["value"].startswith(("{", '"')))
    return match if is_one else None


def closing_brace(value: str) -> int:
    """Return the offset behind the brace that closes the one a value begins with; 0 if none does."""
    depth = 0
    for match in _BRACE.finditer(value):
        at = match.start()
        if at == 0 or value[at - 1] != "\\":
            depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return at + 1
    return 0
