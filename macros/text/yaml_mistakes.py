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
_TITLED = re.compile(r"- (?P<title>[^\"'].*): (?P<path>\S+\.md)")

HINT = "check indentation and colons, and put a value that holds `: ` or starts with a special sign in quotes"
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
    for number, line in enumerate(lines[begin : fault + 1], start=begin):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            return number, "this line begins with a tab: indent it with spaces"
        match = _FIELD.match(line)
        if match is None:
            continue
        head, value = match["head"], match["value"].rstrip(" ")
        if not match["space"] and value and not value.startswith("//"):
            return number, f"there is no space behind the colon: write `{head} {value}`"
        if wrong := _value(value):
            return number, f"{wrong}: write `{head} {_quoted(value)}`"
    return None


def entry_mistake(lines: Sequence[str], begin: int, fault: int) -> tuple[int, str] | None:
    """Return line (from 0) and message of the mistake in an entry of a list, between two lines, or nothing."""
    above = next((line for line in reversed(lines[:begin]) if line.strip()), "")
    for number, line in enumerate(lines[begin : fault + 1], start=begin):
        said, before = line.strip(), above
        above = line if said else above
        if not said or said.startswith("#") or "\t" in line:
            continue
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
        return ""
    if ": " in value or value.endswith(":"):
        return "this value holds a colon, so it stands in quotation marks"
    if value.startswith(tuple("@`%*&!")):
        return f"this value begins with `{value[0]}`, so it stands in quotation marks"
    return ""


def _quoted(value: str) -> str:
    if value.startswith(_MARKS) and value.count(value[0]) == 1:
        value = value[1:]
    mark = '"' if '"' not in value else "'"
    return mark + value.replace("'", "''" if mark == "'" else "'") + mark
