"""The docs folder: which files may stand in it, under which names, and what each of them becomes.

A pull request is hostile input, and pictures are published as they are: so nothing is read or published but what is
listed here.  No link of the file system is followed, and nothing is opened that is no regular file.
"""

import os
import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..text.line import spelled_name
from ..text.picture import BEGINNINGS, fault
from ..text.problem import Position, Problem
from .layout import BIBLIOGRAPHY, KEPT_FOLDERS, NOTES, WITNESS, is_data

LONGEST_NAME = 80  # characters: what the site makes of a name has to fit on every system too
DEEPEST = 6  # folders within folders
LARGEST_PICTURE = 10_000_000  # bytes: twice what a phone's camera writes

_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_PLAIN_PICTURE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_OF_WINDOWS = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)
_LEFT_BEHIND = re.compile(
    r".*~|#.*#|\.#.*|~\$.*|\._.*|\.~lock\..*|\..*\.sw[a-p]|\.fuse_hidden.*|\.writing-.*|\.written"
    r"|.*\.(?:orig|rej|bak|tmp|swp|docx?|odt)|\.DS_Store|Thumbs\.db|desktop\.ini"
    r"|\.git(?:keep|ignore|attributes)?|\.obsidian|\.vscode|\.idea",
    re.DOTALL,
)
"""What editors, word processors, Git, file managers and a command that was cut off leave behind: passed over."""

_KEPT = frozenset(
    """
    .nojekyll 404.html _headers _redirects assets/images/favicon.png cname feed.xml previews.md robots.txt sitemap.xml
    sw.js
    """.split()
)
"""Files, in small letters, that the site, its theme or its host makes or obeys."""

_ENDED = re.compile(
    r"(?P<witness>\.witness(?:\.txt)?\.(?:txt|md))$|(?P<page>\.(?:md|markdown|mdown|mkdn|mkd))(?:\.(?:txt|md))*$",
    re.IGNORECASE,
)
"""How a page, or a text as received, ends that was meant to be one: Windows adds `.txt`, and hides it."""

_Fault = tuple[str, str]
"""A rule and what is to be said of a file that breaks it; nothing, where that is said of another one already."""

_LINK = (
    "file-may-stand-here",
    "this is a link to another file or folder, which is not followed: put the file itself here",
)
_SPECIAL = "file-may-stand-here", "this is no file but a device, a pipe or a socket: take it out"
_CLOSED = "file-is-readable", "this file may not be opened: give yourself the permission to read it"
_SAID = "", ""


@dataclass(frozen=True)
class Folder:
    """What stands below a docs folder, by path: all `files`, and those of them that are `refused` and left alone."""

    files: frozenset[str]
    refused: frozenset[str]
    problems: tuple[Problem, ...]


def look(docs: Path, shown: str) -> Folder:
    """Return what stands below a docs folder; `shown` is the folder's path as authors know it."""
    # Of two files that clash the first one stays: an index before a README, small letters before capitals.
    found = sorted(_walk(docs), key=lambda item: item[0].replace("README.md", "index.md~").swapcase().split("/"))
    places: dict[str, str] = {}
    refused = {uri: why for uri, said in found if (why := said or _clash(uri, places))}
    problems = [_problem(shown, uri, *why) for uri, why in refused.items() if why is not _SAID]
    return Folder(frozenset(uri for uri, _ in found), frozenset(refused), tuple(problems))


def published(files: Iterable[str]) -> tuple[str, ...]:
    """Return those of the files that are sound which are published, be it as they are or as pages."""
    return tuple(sorted(uri for uri in files if not is_data(uri)))


def link_in(docs: Path, uri: str) -> str:
    """Return the first part of a path below the docs folder that is a link of the file system; empty if none is."""
    parts = uri.split("/")
    paths = ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
    return next((path for path in paths if (docs / path).is_symlink()), "")


def _problem(shown: str, uri: str, rule: str, message: str) -> Problem:
    name = as_read(uri)
    stem = _meant(name.removesuffix(".md").removesuffix(WITNESS)).lower()
    hides = stem if name.endswith(".md") else stem + WITNESS if name.endswith(WITNESS) else ""
    return Problem(
        Position(f"{shown}/{spelled_name(uri)}", 1), rule, message,
        hides=f"{stem}#note-" if hides and name.startswith(f"{NOTES}/") else hides,
    )  # fmt: skip


def _walk(docs: Path, folder: str = "") -> Iterator[tuple[str, _Fault | None]]:
    """Yield the path of each file below a folder, with what keeps it from being read."""
    try:
        entries = sorted(os.scandir(docs / folder), key=lambda entry: entry.name)
    except OSError:
        yield folder.rstrip("/"), _CLOSED
        return
    for entry in entries:
        uri = folder + entry.name
        if _LEFT_BEHIND.fullmatch(entry.name):
            continue
        if entry.is_symlink():
            yield uri, _LINK
        elif entry.is_dir():
            if why := _folder_fault(uri):
                for number, below in enumerate(_all_below(docs, uri)):
                    yield below, _SAID if number else why
            else:
                yield from _walk(docs, uri + "/")
        elif not entry.is_file():
            yield uri, _SPECIAL
        elif not os.access(entry.path, os.R_OK):
            yield uri, _CLOSED
        else:
            yield uri, _kind_fault(uri) or _name_fault(uri) or _content_fault(docs / uri)


def _all_below(docs: Path, folder: str) -> list[str]:
    found, waiting = [], [folder]
    while waiting:
        here = waiting.pop()
        try:
            entries = list(os.scandir(docs / here))
        except OSError:  # its path may be longer than the system's longest
            found.append(here)
            continue
        for entry in entries:
            if not _LEFT_BEHIND.fullmatch(entry.name):
                is_folder = entry.is_dir(follow_symlinks=False)
                (waiting if is_folder else found).append(f"{here}/{entry.name}")
    return sorted(found)


def _folder_fault(uri: str) -> _Fault | None:
    name = posixpath.basename(uri)
    if uri.lower() in KEPT_FOLDERS:
        return "file-may-stand-here", f"the site keeps the folder '{name}' for itself: put this file into another one"
    if uri.count("/") >= DEEPEST:
        return "file-name-is-plain", f"this file stands more than {DEEPEST} folders deep: move it further up"
    if not _is_plain(name, _PLAIN):
        return "file-name-is-plain", f"the folder of this file, '{spelled_name(name)}', {_unfit(name, _meant(name))}"
    return None


def as_read(uri: str) -> str:
    """Return the path under which a page, or a text as received, is read that was given another ending."""
    return _ENDED.sub(_right, uri)


def _right(ending: re.Match[str]) -> str:
    return ".md" if ending["page"] else WITNESS


def _renamed(ending: str, name: str) -> str:
    return f"'{ending}' is no ending that is read here: rename the file to '{name}'"


def _kind_fault(uri: str) -> _Fault | None:
    """Say why a file of a kind, or of this very name, does not belong here."""
    stem, ending = posixpath.splitext(uri)
    known = ending.lower() in BEGINNINGS
    ended = _ENDED.search(uri)
    if uri.lower() in _KEPT:
        message = "the site, its theme or its host has a file or folder of this name: take this one out, or rename it"
    elif ended and as_read(uri) != uri:
        message = _renamed(ended[0], f"{_meant(uri[: ended.start()])}{_right(ended)}")
    elif uri == BIBLIOGRAPHY or ending == ".md" or uri.endswith(WITNESS) or (known and ending == ending.lower()):
        if not known or not uri.startswith(f"{NOTES}/"):
            return None
        message = f"here stand notes alone: put the picture into 'assets', as 'assets/{posixpath.basename(uri)}'"
    elif known:
        message = _renamed(ending, f"{_meant(stem)}{ending.lower()}")
    elif ending.lower() == ".bib":
        message = f"the one bibliography is '{BIBLIOGRAPHY}': put the entries there, and take this file out"
    elif ending.lower() == ".txt":
        name = _meant(stem)
        message = f"a page is Markdown, '{name}.md', and a text as received stands beside it, as '{name}{WITNESS}'"
    else:
        message = (
            f"files of this kind are not published from here: pages end in .md, pictures in {', '.join(BEGINNINGS)}; "
            "take it out, and link to where it is published, if it is"
        )
    return "file-may-stand-here", message


def _name_fault(uri: str) -> _Fault | None:
    name = posixpath.basename(uri)
    ending = WITNESS if name.endswith(WITNESS) else posixpath.splitext(name)[1]
    stem = name.removesuffix(ending)
    if _is_plain(stem, _PLAIN_PICTURE if ending in BEGINNINGS else _PLAIN) and len(name) <= LONGEST_NAME:
        return None
    meant = _meant(stem) if ending in BEGINNINGS else _meant(stem).lower()
    return "file-name-is-plain", f"the name of this file {_unfit(name, meant + ending)}"


def _is_plain(name: str, alphabet: re.Pattern[str]) -> bool:
    return bool(alphabet.fullmatch(name)) and not _OF_WINDOWS.match(name) and len(name) <= LONGEST_NAME


def _unfit(name: str, meant: str) -> str:
    if len(name) > LONGEST_NAME:
        return f"has {len(name)} characters; the most is {LONGEST_NAME}: give it a shorter one"
    if _OF_WINDOWS.match(name):
        return f"is one that Windows keeps for itself: rename it, for instance to '{meant}'"
    if name[0] in ".-":
        return f"begins with '{name[0]}': rename it to '{meant}'"
    return f"is not made of letters from a to z, digits, hyphens and underscores alone: rename it to '{meant}'"


def _meant(name: str) -> str:
    """Return a plain name for one that is not: without accents, with hyphens for what else cannot stay."""
    bare = unicodedata.normalize("NFKD", posixpath.basename(name)).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9_]+", "-", bare).strip("-") or "some-name"
    return f"{plain}-1" if _OF_WINDOWS.match(plain) else plain


def _content_fault(path: Path) -> _Fault | None:
    """Say why a picture is none that only is looked at; texts are looked at where they are read."""
    ending = path.suffix
    if ending not in BEGINNINGS:
        return None
    with path.open("rb") as stream:
        size, content = os.fstat(stream.fileno()).st_size, stream.read(LARGEST_PICTURE if ending == ".svg" else 100)
    why = fault(ending, content)
    if size > LARGEST_PICTURE:
        why = f"it has {size:,} bytes, and the most is {LARGEST_PICTURE:,}"
    way = "save it anew from the program that drew it" + (", or as a .png" if ending == ".svg" else "")
    return ("file-may-stand-here", f"this picture cannot be published, since {why}: {way}") if why else None


def _clash(uri: str, places: dict[str, str]) -> _Fault | None:
    """Say with which other file this one clashes: they make one page, or their paths differ by capitals only.

    `places` holds, and is told, what each place of the site is made from, in small letters.
    """
    parts = uri.split("/")
    for end in range(1, len(parts)):
        folder = "/".join(parts[:end])
        other = places.setdefault(folder.lower(), folder)
        if other != folder:
            is_said = places.setdefault(f"{folder}/", uri) != uri
            message = f"the folder '{folder}' differs from '{other}' by capital letters alone: put all into one of them"
            return _SAID if is_said else ("file-name-is-plain", message)
    place = _place(uri)
    other = next((other for path in (uri, place) if (other := places.setdefault(path.lower(), uri)) != uri), uri)
    if other == uri:
        return None
    if _place(other) != place:
        return "file-name-is-plain", f"this name differs from '{other}' by capital letters alone: rename one of the two"
    return "page-has-one-file", f"'{other}' makes the same page: put what stands here there, and take this file out"


def _place(uri: str) -> str:
    """Return where below the site's root a file stands; data, which is not published, keeps its own place."""
    if is_data(uri) or not uri.endswith(".md"):
        return uri
    folder, name = posixpath.split(uri.removesuffix(".md"))
    return posixpath.join(folder, *(() if name in ("index", "README") else (name,)), "index.html")
