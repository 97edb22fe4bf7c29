"""The navigation: what mkdocs.yml says of a site's pages, and which page has no place in it.

MkDocs finds these faults only when it builds, and says them in words of its own; here they are problems as those of
the texts are.  The file is composed and not loaded: each node keeps its line, and tags that only MkDocs understands
are passed over.  What is checked when a site is built is left to MkDocs, so that nothing is said twice.
"""

import operator
import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from pathspec import GitIgnoreSpec

from ..derived.leaves import made_pages
from ..model.configuration import find_configuration
from ..model.edition import Edition
from ..model.folder import as_read
from ..model.layout import HOME, is_data
from ..page.shown import faults_of
from ..text.allowlist import address_fault
from ..text.bounds import DEEPEST
from ..text.call import UNPRINTABLE
from ..text.problem import Position, Problem, nearest
from ..text.reading import LEFT_BY_GIT, MERGE, depth
from ..text.yaml_mistakes import HINT, entry_mistake, mistake

LONGEST_LINE = 1_000  # characters: nothing nests deeper than a line is long, and patterns are slow on long ones
_TAG = re.compile(r"(?<=: )![\w!:./]+[ ]")
_HARD_SPACES = re.compile(r"^[ ]*[\u00a0\u2000-\u200b\u3000\ufeff]", re.MULTILINE)
_LEFT_OUT = (".*", "/templates/")  # what MkDocs leaves out of every site
_NUMBER = re.compile(r"(\d{1,9})")
_PATTERNS = ("exclude_docs", "draft_docs", "not_in_nav")


@dataclass(frozen=True)
class NavigationEntry:
    """One entry of the navigation: the page or address that it names, its line, and the line as it is written.

    `written` is empty where another entry cannot simply be put below: inside brackets, or over several lines.
    """

    target: str
    line: int
    written: str = ""
    indent: int = 0


@dataclass(frozen=True)
class Navigation:
    """The navigation of a site, as its configuration at `path` gives it."""

    path: str
    line: int
    entries: tuple[NavigationEntry, ...]
    left_out: GitIgnoreSpec
    has_place_for_all: bool = True
    has_rooted_paths: bool = False

    @cached_property
    def targets(self) -> frozenset[str]:
        """What the entries name: paths below the docs folder, and addresses."""
        return frozenset(self.target(entry) for entry in self.entries)

    def target(self, entry: NavigationEntry) -> str:
        """Return what an entry names, a path below the docs folder as that of a page is written."""
        target = entry.target.lstrip("/") if self.has_rooted_paths else entry.target
        return target if "//" in target else posixpath.normpath(target)

    def place(self, uri: str) -> str:
        """Say where a page that has no place gets one: the very line, and the entry beside which it stands.

        That entry is one of the page's folder, or of the nearest folder around it that has one: where these are in
        order, upwards or downwards, the one that comes before it, else the last.
        """
        line = f"- {uri}"
        beside, where = self._neighbour(uri)
        if beside is None:
            return f"in {self.path} add `{line}` to `nav` (line {self.line})"
        return f"in {self.path} add the line `{line}` {where} `{beside.written}` (line {beside.line}), indented alike"

    def _in_order(self, uri: str, found: Sequence[NavigationEntry]) -> tuple[NavigationEntry, str]:
        inner = [entry for entry in found if posixpath.basename(self.target(entry)) != HOME]
        names = [_natural(self.target(entry)) for entry in inner]
        # Two names may be in order by chance, two numbers hardly.
        is_meant = len(inner) > 2 or (len(inner) > 1 and all(len(name) > 1 for name in (*names, _natural(uri))))
        for is_before in (operator.lt, operator.gt) if is_meant else ():
            if all(is_before(one, other) for one, other in pairwise(names)):
                before = [entry for entry, name in zip(inner, names, strict=True) if is_before(name, _natural(uri))]
                return (before[-1], "below") if before else (inner[0], "above")
        return found[-1], "below"

    def _neighbour(self, uri: str) -> tuple[NavigationEntry | None, str]:
        entries = [entry for entry in self.entries if entry.written]
        folder = posixpath.dirname(uri)
        while True:
            if found := [entry for entry in entries if posixpath.dirname(self.target(entry)) == folder]:
                return self._in_order(uri, found) if folder == posixpath.dirname(uri) else (found[-1], "below")
            folder = posixpath.dirname(folder)
            if not folder:  # beside the folders
                outermost = min((entry.indent for entry in entries), default=0)
                return next((entry for entry in reversed(entries) if entry.indent == outermost), None), "below"

    def lacks(self, uri: str) -> bool:
        """Say whether a page has no place, and is not among those that need none."""
        return self.has_place_for_all and uri not in self.targets and not self.left_out.match_file(uri)


def _natural(name: str) -> list[tuple[int, str]]:
    """Return a name as it is put in order: its numbers by their size."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in _NUMBER.split(name)]


def check_navigation(edition: Edition, docs: Path, shown: str = "docs") -> tuple[Problem, ...]:
    """Return the problems of the configuration of a docs folder; `shown` is the folder's path as authors know it."""
    navigation, problems = find_navigation(docs, shown)
    found = find_configuration(docs, shown)
    return (
        *problems,
        *(_faults(navigation, edition) if navigation else ()),
        *(_of_extensions(found[0], found[1], edition) if found else ()),
    )


def _of_extensions(text: str, path: str, edition: Edition) -> Iterator[Problem]:
    """Find extensions of Markdown without which no site is built."""
    for name, why in faults_of(edition.extensions).items():
        line = re.search(rf"^[ \-\"']*{re.escape(name)}\b", text, re.MULTILINE)
        number = text.count("\n", 0, line.start()) if line else 0
        yield _unreadable(path, number, f"the Markdown extension '{name}' cannot be loaded: {why}")


def find_navigation(docs: Path, shown: str = "docs") -> tuple[Navigation | None, tuple[Problem, ...]]:
    """Return the navigation of a docs folder, if it has one, with what keeps it from being read."""
    found = find_configuration(docs, shown)
    if found is None:
        return None, ()
    text, name, problems = found
    return (None, problems) if problems else read_navigation(text, name)


def read_navigation(text: str, path: str) -> tuple[Navigation | None, tuple[Problem, ...]]:
    """Read the navigation of a configuration, which stands at `path`; it has none that is not made from the folders."""
    text = text.replace("\r\n", "\n")
    if fault := _too_odd(text):
        return None, (_unreadable(path, *fault),)
    try:
        return _navigation(yaml.compose(text, Loader=yaml.CSafeLoader), text, path)
    except yaml.MarkedYAMLError as error:
        return None, (_unreadable(path, *_mistake(text, error)),)
    except yaml.YAMLError:
        found = UNPRINTABLE.search(text)
        line = text.count("\n", 0, found.start()) if found else 0
        return None, (_unreadable(path, line, "this line holds a sign that cannot be seen: write the line anew"),)


def _too_odd(text: str) -> tuple[int, str] | None:
    """Return line (from 0) and message for what is not given to YAML at all, or nothing."""
    if left := MERGE.search(text):
        return text.count("\n", 0, left.start()), LEFT_BY_GIT
    if hard := _HARD_SPACES.search(text):
        return text.count("\n", 0, hard.start()), "this line is indented by hard spaces: write plain ones"
    if long := [number for number, line in enumerate(text.split("\n")) if len(line) > LONGEST_LINE]:
        return long[0], f"this line has more than {LONGEST_LINE:,} characters: break it"
    if depth(text) > DEEPEST:  # the reader of YAML recurses on each, and not in Python
        return 0, f"brackets are nested more than {DEEPEST} deep here: make them simpler"
    return None


def _unreadable(path: str, line: int, message: str) -> Problem:
    return Problem(Position(path, line + 1), "configuration-is-readable", message)


def _mistake(text: str, error: yaml.MarkedYAMLError) -> tuple[int, str]:
    """Return line (from 0) and message for what YAML stumbles over."""
    mark, context = error.problem_mark or error.context_mark, error.context or ""
    lines = text.rstrip().split("\n")
    fault = min(mark.line if mark else 0, len(lines) - 1)
    opened = min(error.context_mark.line, len(lines) - 1) if error.context_mark else fault
    if "flow" in context:
        return opened, "a bracket opens in this line and is not closed, or lacks a comma: put `]` or `}` where it ends"
    # Where YAML stumbles is the line that is wrong or the one below it; of words it knows where they begin.
    begin = opened if "scalar" in context or "simple key" in context else max(fault - 1, 0)
    while begin and not lines[begin].strip():
        begin -= 1
    # A tag is right here, if nowhere else.
    if found := entry_mistake(lines, begin, fault) or mistake(_TAG.sub("", text), fault, begin):
        return found
    if "simple key" in context:
        return (
            opened,
            "this line is neither `key: value` nor an entry that begins with `- `: write it as one of the two",
        )
    return fault, HINT


def _navigation(root: yaml.Node | None, text: str, path: str) -> tuple[Navigation | None, tuple[Problem, ...]]:
    if root is not None and not isinstance(root, yaml.MappingNode):
        line = min(root.start_mark.line, text.rstrip().count("\n"))  # what is empty begins behind the end
        return None, (_unreadable(path, line, "this file is not a list of `key: value` lines"),)
    nav = _at(root, "nav")
    if nav is None or _is_empty(nav) or nav.value == [] or nav.tag.startswith("!") or _at(root, "INHERIT"):
        return None, ()  # made from the folders, or given elsewhere
    if not isinstance(nav, yaml.SequenceNode):
        message = "`nav` is a list: begin each line of it with `- `"
        return None, (Problem(Position(path, nav.start_mark.line + 1), "navigation-resolves", message),)
    found = list(_entries(nav, text.split("\n"), path, set()))
    patterns, problems = _left_out(root, path)
    problems += [each for each in found if isinstance(each, Problem)]
    navigation = Navigation(
        path,
        nav.start_mark.line + 1,
        tuple(each for each in found if isinstance(each, NavigationEntry)),
        patterns,
        _validation(root, "omitted_files") != "ignore",
        _validation(root, "absolute_links") == "relative_to_docs",
    )
    return navigation, tuple(problems)


def _at(node: yaml.Node | None, *keys: str) -> yaml.Node | None:
    """Return the node under a path of keys, the last of those that are given twice as YAML does."""
    for key in keys:
        pairs = node.value if isinstance(node, yaml.MappingNode) else ()
        node = next((value for name, value in reversed(pairs) if name.value == key), None)
    return node


def _is_empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def _validation(root: yaml.Node | None, name: str) -> str:
    """Return how much the site minds faults of its navigation of a sort."""
    node = _at(root, "validation", "nav", name) or _at(root, "validation", name)
    return node.value if isinstance(node, yaml.ScalarNode) else ""


def _left_out(root: yaml.Node | None, path: str) -> tuple[GitIgnoreSpec, list[Problem]]:
    """Return the patterns of pages that need no place."""
    patterns, problems = GitIgnoreSpec.from_lines(_LEFT_OUT), []
    for name in _PATTERNS:
        node = _at(root, name)
        if not isinstance(node, yaml.ScalarNode) or node.tag.startswith("!"):
            continue
        try:
            patterns += GitIgnoreSpec.from_lines(node.value.splitlines())
        except ValueError:
            message = f"a pattern of `{name}` cannot be read: write one a line, as in `/drafts/` or `/drafts/*.md`"
            problems.append(_unreadable(path, node.start_mark.line, message))
    return patterns, problems


def _entries(
    node: yaml.SequenceNode, lines: list[str], path: str, seen: set[int]
) -> Iterator[NavigationEntry | Problem]:
    """Yield the entries of a list and of those in it, with what MkDocs would not take for one."""
    if id(node) in seen:  # what YAML repeats by a name of its own is looked at once
        return
    seen.add(id(node))

    def problem(at: yaml.Node, message: str) -> Problem:
        return Problem(Position(path, at.start_mark.line + 1), "navigation-resolves", message)

    for item in node.value:
        pairs = item.value if isinstance(item, yaml.MappingNode) else [(None, item)]
        for number, (key, value) in enumerate(pairs):
            if number:
                yield problem(key, f"each entry begins with `- `: write `- {lines[key.start_mark.line].strip()}`")
            if key and ("{{" in key.value or "{%" in key.value):
                yield problem(key, "in a title of the navigation a call is printed as it stands: take it out")
            if isinstance(value, yaml.SequenceNode):
                yield from _entries(value, lines, path, seen)
            elif isinstance(value, yaml.MappingNode):
                yield problem(value, "below a title stand entries: begin each line of them with `- `")
            elif _is_empty(value):
                yield problem(key or item, "this entry names no page: write the page's path behind it, or take it out")
            else:
                line = value.start_mark.line
                written, is_one = lines[line].strip(), line == value.end_mark.line
                is_below = is_one and not node.flow_style and written.startswith("- ")
                indent = len(lines[line]) - len(lines[line].lstrip())
                yield NavigationEntry(value.value, line + 1, written if is_below else "", indent)


def _faults(navigation: Navigation, edition: Edition) -> Iterator[Problem]:
    """Find entries that lead nowhere, and pages that no entry leads to; what is both is a problem of the entry."""
    known = edition.paths | made_pages(edition).keys()
    awaited = {as_read(uri) for uri in edition.refused} - known
    lacking = {uri: file for uri, file in edition.pages.items() if navigation.lacks(uri)}
    for entry in navigation.entries:
        target = navigation.target(entry)
        place, rule = Position(navigation.path, entry.line), "navigation-resolves"
        if target in awaited:
            continue  # that file's name is told
        if target in known:
            if is_data(target):
                message = f"'{target}' is data that pages draw on, and no page itself: take this entry out"
                yield Problem(place, rule, message)
            continue
        title, colon, behind = target.partition(":")
        if colon and behind in known:
            lacking.pop(behind, None)
            yield Problem(place, rule, f"there is no space behind the colon: write `{title}: {behind}`")
            continue
        if fault := address_fault(entry.target):
            yield Problem(place, rule, fault)
            continue
        first, hyphen, second = target.partition(" - ")
        if hyphen:
            lacking = {uri: file for uri, file in lacking.items() if uri not in (first, *second.split(" - "))}
            message = (
                f"this line is indented further than the entry above, so that YAML reads the two as one: begin it "
                f"with its `-` right below that of `{first}`"
            )
            yield Problem(Position(place.path, place.line + 1), rule, message)
            continue
        if any(urlsplit(target)[:2]):  # an address elsewhere
            continue
        if near := _meant(target, lacking):
            del lacking[near]
            yield Problem(place, rule, f"there is no page '{target}'; did you mean '{near}'?")
        else:
            yield Problem(place, rule, f"there is no page '{target}': write it, or take this entry out")
    for uri, file in lacking.items():
        message = f"this page has no place in the navigation: {navigation.place(uri)}"
        yield Problem(Position(file.path, 1), "page-has-a-place", message)


def _meant(target: str, lacking: Iterable[str]) -> str:
    """Return the page without a place that an entry which leads nowhere seems to mean, or nothing."""
    same = [uri for uri in lacking if posixpath.basename(uri) == posixpath.basename(target)]
    return same[0] if len(same) == 1 else nearest(target, lacking)
