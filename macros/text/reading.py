"""Reading: a file read as an author's text, with every problem that keeps it from being read or rendered."""

import os
import re
from codecs import BOM_UTF8
from collections.abc import Mapping
from itertools import chain
from math import inf
from pathlib import Path
from typing import Any

import yaml

from .bounds import DEEPEST, LARGEST_FILE, LARGEST_FRONT, MOST_VALUES, excess
from .call import UNPRINTABLE, nesting
from .file import TextFile
from .line import one_line
from .problem import Position, Problem
from .yaml_mistakes import HINT, hidden, mistake, unopened

_OTHER_FENCE = re.compile(
    r"\s*(?P<mark>```|~~~|\+\+\+|;;;|===|\*\*\*|___)[ ]*(?:ya?ml|toml)?[ ]*\n[a-z_]+[ ]*[:=][ ]*\S"
)
MERGE = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)
MERGE_HALF = re.compile(r"^(?:(?:<{7}|>{7}|\|{7})(?: |$)|={7}$)", re.MULTILINE)
"""The same, and the line between, which in a body is Markdown's."""
LEFT_BY_GIT = (
    "Git left this line where two versions meet: keep the one you want, and take out the lines of "
    "`<<<<<<<`, `=======` and `>>>>>>>`"
)
"""What is said of a line that `MERGE` finds."""
_OPEN = re.compile(r"---[ \t]*\n")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_UNSEEN = re.compile("[\x7f-\x84\x86-\x9f\ufeff]")  # which YAML does not read (YAML 1.1, 5.1)
_FIELD = re.compile(r"[\w-]+:(?:\s|$)|[ \t]|- ")
_HARD_SPACED = re.compile(
    r"\u00a0{0,9}\{[ \u00a0]*[#.][^{}\n]*\}[ \u00a0]*$|^[ \u00a0]*(?:-[ \u00a0])?[\w-]+:\u00a0", re.MULTILINE
)
_BLANK_LINE = re.compile(r"^ +$", re.MULTILINE)


def read(path: Path, shown: str, uri: str) -> tuple[TextFile, tuple[Problem, ...]]:
    """Read an author's file; whatever is wrong with it comes back as problems."""
    text, problems = decode(path, shown)
    return (TextFile(shown, uri, is_sound=False), problems) if problems else parse(text, shown, uri)


def decode(path: Path, shown: str, most: int = LARGEST_FILE) -> tuple[str, tuple[Problem, ...]]:
    """Return an author's file as text; one that is none, or has more than `most` bytes, comes back as a problem."""
    with path.open("rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        raw = stream.read(min(size, most)).removeprefix(BOM_UTF8)  # room for as much is made first
    if size > most:
        message = f"this file has {size:,} bytes; the most is {most:,}: split it in several files"
        return "", (Problem(Position(shown, 1), "file-is-readable", message),)
    try:
        return raw.decode(), ()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"this file is not UTF-8 text (byte {raw[error.start]:#04x}): save it as UTF-8 in your editor"
        return "", (Problem(Position(shown, line), "file-is-readable", message),)


def parse(text: str, shown: str, uri: str) -> tuple[TextFile, tuple[Problem, ...]]:
    """Split a text into front matter, body and calls, with the problems met."""
    text = UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    opening = _OPEN.match(text)
    close = _CLOSE.search(text, opening.end()) if opening else None
    if fault := None if close else _not_parted(text, is_open=opening is not None):
        problem = Problem(Position(shown, fault[0]), "front-matter-is-valid", fault[1])
        return TextFile(shown, uri, is_sound=False), (problem,)
    front_text = _spaced(text[opening.end() : close.start()]) if opening and close else ""
    body = text[close.end() :].removeprefix("\n") if close else text
    offset = text.count("\n", 0, len(text) - len(body))
    # What Python-Markdown does to white space before anything else, so that offsets mean the same to both.
    body = _spaced(body)
    body = _BLANK_LINE.sub("", body.expandtabs(4)) if " \n" in body or "\t" in body or body.endswith(" ") else body
    front, front_problems = _front_matter(front_text, shown)
    file = TextFile(shown, uri, front, front_text, body, offset)
    excess = _excess(file)
    if excess:
        return TextFile(shown, uri, front, front_text, "", offset, is_sound=False), (*front_problems, *excess)
    return file, (*front_problems, *(each.problem for each in file.broken))


def _not_parted(text: str, *, is_open: bool) -> tuple[int, str] | None:
    """Return line and message where front matter does not stand between its two lines, or nothing."""
    if is_open:
        line = next((n for n, line in enumerate(text.split("\n"), start=1) if n > 1 and not _FIELD.match(line)), 1)
        way = "put `---` on a line of its own above this one"
        return line, f"the front matter that opens with `---` is not closed: {way}"
    if fence := _OTHER_FENCE.match(text):
        message = "front matter stands between two lines of `---`: write these for the signs here and below it"
        return text.count("\n", 0, fence.start("mark")) + 1, message
    return unopened(text)


def _spaced(text: str) -> str:
    """Return `text` with plain spaces for the hard ones that word processors put where only a plain one is read."""
    return _HARD_SPACED.sub(lambda match: match[0].replace("\u00a0", " "), text) if "\u00a0" in text else text


class _Loader(yaml.CSafeLoader):
    """Reads YAML: every text is one line, and dates are left as they are written, to be judged in one place."""

    def construct_yaml_str(self, node: yaml.ScalarNode) -> str:
        """Return a text, whether it was written on one line or on several."""
        return one_line(self.construct_scalar(node))

    yaml_constructors = {**yaml.CSafeLoader.yaml_constructors, "tag:yaml.org,2002:str": construct_yaml_str}  # noqa: RUF012 -- as PyYAML declares it

    yaml_implicit_resolvers = {  # noqa: RUF012 -- as PyYAML declares it
        first: [(tag, form) for tag, form in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


def _repeated(node: yaml.Node | None) -> tuple[int, str] | None:
    """Return line (from 0) and name of a key that stands twice in YAML, of which only the last would count.

    Each node is looked at once: a name for a value may be used many times, and within what it names.
    """
    waiting, known = [node], set[int]()
    while waiting:
        here = waiting.pop()
        if here is None or id(here) in known:
            continue
        known.add(id(here))
        if isinstance(here, yaml.SequenceNode):
            waiting += here.value
        elif isinstance(here, yaml.MappingNode):
            seen = set()
            for key, value in here.value:
                waiting.append(value)
                if not isinstance(key, yaml.ScalarNode):
                    continue
                if key.value in seen:
                    return key.start_mark.line, key.value
                seen.add(key.value)
    return None


def _values(node: yaml.Node, known: dict[int, float]) -> float:
    """Return how many values YAML holds, what a name stands for counted each time; endless, if it stands for itself."""
    if id(node) not in known:
        known[id(node)] = inf  # until it is known
        is_list, is_map = isinstance(node, yaml.SequenceNode), isinstance(node, yaml.MappingNode)
        below = node.value if is_list else chain.from_iterable(node.value) if is_map else ()
        known[id(node)] = 1 + sum(_values(part, known) for part in below)
    return known[id(node)]


def _front_matter(text: str, shown: str) -> tuple[Mapping[str, Any], list[Problem]]:
    def problem(line: int, message: str) -> tuple[Mapping[str, Any], list[Problem]]:
        return {}, [Problem(Position(shown, line), "front-matter-is-valid", message)]

    if not text.strip():
        return {}, []
    if left := MERGE_HALF.search(text):
        return problem(text.count("\n", 0, left.start()) + 2, LEFT_BY_GIT)
    if len(text) > LARGEST_FRONT or (text.count("[") + text.count("{") > DEEPEST and depth(text) > DEEPEST):
        return problem(1, "the front matter is too long or too deep: keep it to the keys of its kind")
    if found := hidden(text):
        return problem(found[0] + 2, found[1])
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        if found := _repeated(node):
            return problem(found[0] + 2, f"the key '{found[1]}' stands here a second time: keep one of the two")
        is_long = len(text) > MOST_VALUES or "*" in text  # no value is shorter than a letter, unless it is a name's
        if node and is_long and _values(node, {}) > MOST_VALUES:
            message = f"the front matter holds more than {MOST_VALUES:,} values, repeated ones counted: write fewer"
            return problem(2, message)
        front = loader.construct_document(node) if node else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        fault = mark.line if mark else 0
        if found := mistake(text, fault):
            return problem(found[0] + 2, found[1])
        return problem(fault + 2, HINT)
    except (
        yaml.YAMLError,
        ValueError,
        LookupError,
        AttributeError,
        RecursionError,
    ):  # a tag that its value does not fit
        if unseen := _UNSEEN.search(text):
            message = "this line holds a sign that cannot be seen: write the line anew"
            return problem(text.count("\n", 0, unseen.start()) + 2, message)
        line = next((number for number, line in enumerate(text.split("\n"), start=2) if "!!" in line), 2)
        return problem(
            line, "the front matter holds a value that YAML cannot read: write it in straight quotation marks"
        )
    if not isinstance(front, dict):
        return problem(2, "the front matter is not a list of `key: value` lines")
    return {str(key): value for key, value in front.items()}, []


def depth(text: str) -> int:
    """Return how deep brackets are nested in a text."""
    return nesting(text, "[{", "]}")[0]


def _excess(file: TextFile) -> list[Problem]:
    """Return a problem for the first thing in a body that would be too much for the renderer."""
    body = file.body
    if ("<<<<<<<" in body or ">>>>>>>" in body) and (left := MERGE.search(file.masked)):
        return [Problem(file.position(left.start()), "file-is-readable", LEFT_BY_GIT)]
    found = excess(body, file.masked)
    return [Problem(file.position(found[0]), "file-is-readable", found[1])] if found else []
