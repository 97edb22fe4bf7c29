"""Mistakes: the few ways in which people most often get YAML wrong, each with the line as it should be.

YAML's own messages speak of tokens and mappings; most faults in front matter, or in the navigation of a site, are
one of a handful, which can be said plainly.  Nothing is mended here: a mistake is only named, with what to write.
"""

import re
from collections.abc import Sequence

_FIELD = re.compile(r"(?P<head>[ ]*(?:- )?[\w-]+:)(?P<space>[ ]*)(?P<value>.*)")
_BEGINS = re.compile(r"[-\w]+:(?:\s|$)")
_MARKS = ('"', "'")
_DASHES = re.compile(r"[-–—]{1,3}")
_UNSPACED = re.compile(r"- (?P<title>\"[^\"]*\"|'[^']*'|[^:'\"]+):(?P<path>(?!//)\S.*)")
_ASSIGNED = re.compile(r"(?P<key>[a-z_]+)[ ]*=[ ]*(?P<value>\S.*)")
_EMPHASISED = re.compile(r"[*_]{1,3}(?P<key>[\w-]+)(?::[*_]{1,3}|[*_]{1,3}:)(?P<rest>.*)")
_REMARK = re.compile(r"[ ]*<!--(?P<words>.*?)(?:-->|$)")
_LISTED = re.compile(r"- (?P<rest>[\w-]+:[ ].*)")
_LINKED = re.compile(r"- \[(?P<title>[^\]\"]+)\]\((?P<path>[^)\s]+)\)")
_BLOCK_WITH_TEXT = re.compile(r"[>|][-+0-9]?[ ]+[^#\s]")
_SEVERAL = re.compile(r"(?:\"[^\"]*\"|'[^']*')(?:,[ ]*(?:\"[^\"]*\"|'[^']*'))+")
_MARKED = re.compile(r"- (?P<mark>[\"'])(?P<title>[^\"]*)(?P=mark): (?P<path>\S+)")
_OPENED = re.compile(r"[ ]*(?:(?P<item>- )|[\w-]+:[ ]+)(?P<value>[\[{].*)")
_TITLED = re.compile(r"- (?P<title>[^\"'].*): (?P<path>\S+\.md)")

_NO_COLON = "a title with entries below it ends in a colon: write `{}:`"
HINT = (
    "this line cannot be read as `key: value`: check indentation and colons, and put a value that holds `: ` or starts "
    "with a special sign in quotes"
)
"""What is said where no mistake is found."""


def unopened(text: str) -> tuple[int, str] | None:
    """Return line and message where a text has front matter that does not begin as it must, or nothing."""
    lines = text.split("\n", 60)[:60]
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    head = lines[first].strip()
    closes = next((n for n, line in enumerate(lines) if n > first and line.rstrip() == "---"), None)
    following = lines[first + 1] if first + 1 < len(lines) else ""
    if closes is None:
        return None
    if _DASHES.fullmatch(head) and _BEGINS.match(following):
        if head != "---":
            return first + 1, f"front matter begins with three hyphens: write `---`, not `{head}`"
        return 1, f"front matter begins in the first line: take out what stands above the `---` of line {first + 1}"
    if (
        first == 0
        and _BEGINS.match(head)
        and all(not line or _BEGINS.match(line) or line[0] in " -#" for line in lines[:closes])
    ):
        return 1, "this front matter does not begin with `---`: put `---` on a line of its own above it"
    return None


def mistake(text: str, fault: int, begin: int = 0) -> tuple[int, str] | None:
    """Return line (from 0) and message of the mistake over which YAML stumbles at line `fault`, or nothing.

    It is looked for from the line `begin` on.
    """
    lines = text.split("\n")
    read = begin
    for number, line in enumerate(lines[begin : fault + 1], start=begin):
        if number < read:
            continue
        if "\t" in line[: len(line) - len(line.lstrip())]:
            return number, "this line begins with a tab: indent it with spaces"
        if opens := _OPENED.match(line):
            form = _quoted(opens["value"])
            if taken := _closed(lines[number : fault + 1]):
                read = number + taken
                continue
            if opens["item"] and form[:-1].startswith(opens["value"]):
                return number, f"the bracket has no `{form[-1]}`: write `- {form}`"
        if wrong := _line(line, lines[number - 1] if number else ""):
            return number, wrong
        match = _FIELD.match(line)
        if match is None:
            continue
        head, value = match["head"], match["value"].rstrip(" ")
        if not match["space"] and value and not value.startswith("//"):
            return number, f"there is no space behind the colon: write `{head} {value}`"
        if wrong := _value(value):
            return number, f"{wrong}: write `{head} {_quoted(value)}`"
    return None


def _closed(lines: Sequence[str]) -> int:
    """Return how many lines the brackets take that open in the first; 0 where they end in it, or in none of its own."""
    text = ""
    for number, line in enumerate(lines):
        if number and line.strip() and _indent(line) <= _indent(lines[0]):
            return 0
        text += line
        if all(text.count(one) <= text.count(other) for one, other in ("[]", "{}")):
            return number and number + 1
    return 0


def _line(line: str, above: str) -> str:
    """Say what is wrong with a line that is not begun as one of YAML is, or nothing."""
    if match := _ASSIGNED.fullmatch(line):
        return f"a key and its value are parted by a colon: write `{match['key']}: {match['value']}`"
    if match := _EMPHASISED.match(line):
        return f"a key has no marks of emphasis: write `{match['key']}:{match['rest']}`"
    if match := _REMARK.match(line):
        return f"a remark stands behind a `#` here: write `# {match['words'].strip()}`"
    if (match := _LISTED.match(line)) and _FIELD.match(above) and not above.rstrip().endswith(":"):
        return f"this line begins with a hyphen and belongs to no list: write `{match['rest']}`"
    if line[:1].isalpha() and ":" not in line and " " in line.strip() and _FIELD.match(above):
        return "this line has no key: put it behind the one above it, on the same line"
    return ""


def hidden(text: str) -> tuple[int, str] | None:
    """Return line (from 0) and message of the first value of which YAML would leave out a part, or nothing.

    What stands behind a space and ` #` is a remark to it, and what begins with `&` a name for a value.
    """
    for number, line in enumerate(text.split("\n")) if " #" in text or "&" in text else ():
        match = _FIELD.match(line)
        value = match["value"].strip() if match else ""
        if match and value[:1] not in ("", '"', "'", "[", "{", "#", "|", ">"):
            if " #" in value:
                return number, f"what stands behind ` #` would be left out: write `{match['head']} {_quoted(value)}`"
            name, _, rest = value[1:].partition(" ")
            if value.startswith("&") and f"*{name}" not in text and (not rest or rest[0].isalnum()):
                form = f"`{match['head']} {_quoted(value)}`"
                return number, f"this value begins with `&`, so it stands in quotation marks: write {form}"
    return None


def entry_mistake(lines: Sequence[str], begin: int, fault: int) -> tuple[int, str] | None:
    """Return line (from 0) and message of the mistake in an entry of a list, between two lines, or nothing."""
    above = next((line for line in reversed(lines[:begin]) if line.strip()), "")
    around = next(
        (n for n in range(fault - 1, -1, -1) if lines[n].strip() and _indent(lines[n]) < _indent(lines[fault])), 0
    )
    if lines[around].lstrip().startswith("- ") and ":" not in lines[around] and lines[fault].lstrip().startswith("- "):
        return around, _NO_COLON.format(lines[around].strip())
    for number, line in enumerate(lines[begin : fault + 1], start=begin):
        said, before = line.strip(), above
        above = line if said else above
        if not said or said.startswith("#") or "\t" in line:
            continue
        if said[0] in "–—•*" and said[1:2] in " \u00a0":
            return number, f"an entry begins with a hyphen and a space: write `- {said[1:].strip()}`"
        if match := _LINKED.fullmatch(said):
            return number, f'an entry is a title, a colon and a path: write `- "{match["title"]}": {match["path"]}`'
        below = lines[number + 1] if number + 1 < len(lines) else ""
        if said.startswith("- ") and ":" not in said and below.strip() and _indent(below) > _indent(line):
            return number, _NO_COLON.format(said)
        if (match := _MARKED.fullmatch(said)) and match["mark"] in match["title"]:
            form = _quoted(match["title"])
            return number, f"only part of this title stands in quotation marks: write `- {form}: {match['path']}`"
        if said.count('"') % 2:
            return number, "this line has one quotation mark and needs two, or none"
        if re.match(r"-[^\s-]", said):
            return number, f"there is no space behind the hyphen: write `- {said[1:]}`"
        if match := _UNSPACED.fullmatch(said):
            return number, f"there is no space behind the colon: write `- {match['title']}: {match['path']}`"
        if (match := _TITLED.fullmatch(said)) and (": " in match["title"][1:] or match["title"][0] in "@`%*&!|>{["):
            written = _quoted(match["title"])
            return number, f"this title stands in quotation marks: write `- {written}: {match['path']}`"
        if not before.lstrip().startswith("- "):
            continue
        here, there = _indent(line), _indent(before)
        if said.startswith("- ") and here != there and number == fault:
            return number, f"this line is indented by {here} spaces and the entry above by {there}: give both the same"
        if not said.startswith("- ") and here == there > 0 and ":" not in said:
            return number, f"each entry begins with `- `: write `- {said}`"
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _value(value: str) -> str:
    """Say what keeps a value from being read as plain text, or nothing."""
    if value.startswith(_MARKS):
        mark = value[0]
        closing = value.rfind(mark)
        if closing == 0:
            return "this value has one quotation mark and needs two, or none"
        inner = value[1:closing].replace(mark * 2, "").replace("\\" + mark, "")
        if closing != len(value) - 1 or mark in inner:
            return "only part of this value stands in quotation marks"
        return ""
    if value.startswith(("[", "{")):
        close = "]" if value[0] == "[" else "}"
        if value.count(value[0]) != value.count(close):
            return f"the bracket has no `{close}`, or stands within a text"
        is_text = _behind_bracket(value)
        return f"this value begins with `{value[0]}`, so it stands in quotation marks" if is_text else ""
    if ": " in value or value.endswith(":"):
        return "this value holds a colon, so it stands in quotation marks"
    if value.startswith(tuple("@`%*&!")) or _BLOCK_WITH_TEXT.match(value):
        return f"this value begins with `{value[0]}`, so it stands in quotation marks"
    return ""


def _behind_bracket(value: str) -> bool:
    """Say whether words stand behind the bracket with which a value begins, which is part of a text then."""
    close = value.rfind("]" if value[0] == "[" else "}") + 1
    return bool(close and re.match(r"[ ]*[^\s#,]", value[close:]))


def _quoted(value: str) -> str:
    if _SEVERAL.fullmatch(value):
        return f"[{value}]"
    if value.startswith(("[", "{")) and not _behind_bracket(value):
        close = "]" if value[0] == "[" else "}"
        return value + close * max(0, value.count(value[0]) - value.count(close))
    if value.startswith(_MARKS):  # the mark that stands alone, or those around the whole
        value = value[1:] if value.count(value[0]) == 1 else value[1:-1] if value[-1] == value[0] else value
    mark = '"' if '"' not in value else "'"
    return mark + value.replace("'", "''" if mark == "'" else "'") + mark
