"""Standing: whether the site that stands in its place is what a build would make, so that none is needed.

A build reads the configuration and what that takes from the environment, the folders of texts and of templates, the
engine with all that is installed beside it, and two days: that of the last commit, and today.  After a build it is
kept, by a digest of all that, what the site was, to the byte.  Where the configuration brings in more than is known
here, nothing is kept, and every build is made.
"""

import os
import re
import time
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

import yaml

from ..model.configuration import CONFIGURATION, REPEATABLE, Untagged, read_extensions
from ..page.template import Templates
from ..site.repository import last_change, tracked
from ..text.cache import FOLDER, Cache, digest, engine

_KEYS, _TAGS = {"INHERIT", "hooks"}, ("!!python", "!relative", "tag:")
"""Keys and tags that make a site of more than its configuration says."""

_DAY = 24 * 60 * 60


def made_of(home: Path) -> str | None:
    """Return a digest of all that the site of a folder is made of, or nothing if that cannot be told."""
    try:
        text = (home / CONFIGURATION).read_text("utf-8")
        given = yaml.load(text, Untagged)
        theme = given["theme"]
        plugins = [one if isinstance(one, str) else next(iter(one)) for one in given["plugins"]]
        folders = [given.get("docs_dir", "docs"), *([theme["custom_dir"]] if "custom_dir" in theme else [])]
        files = [part for folder in folders for part in (folder.encode(), *_files(home / folder))]
        is_all = not _KEYS & given.keys() and not any(tag in text for tag in _TAGS)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, yaml.YAMLError):
        return None  # a build says what is wrong with it
    if plugins != ["edition"] or not is_all or not REPEATABLE.issuperset(read_extensions(text).options):
        return None
    if tracked(home, FOLDER):
        return None
    said = [f"{name}={os.environ[name]}" for name in sorted(set(re.findall(r"\w+", text))) if name in os.environ]
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    today = int(epoch if epoch.isdigit() else time.time()) // _DAY  # which the list of all pages names
    installed = sorted(f"{one.name} {one.version}" for one in distributions())
    more = f"{last_change(home / folders[0])} {today} {said} {installed} {engine(())} {Templates().version}"
    return digest((text.encode(), more.encode(), *files))


def stands(home: Path, site: Path, made: str) -> bool:
    """Return whether the site in its place is the one that was `made_of` this."""
    try:
        return Cache(home / FOLDER).get(made) == _content(site)
    except (OSError, ValueError):
        return False


def note(home: Path, site: Path, made: str) -> None:
    """Keep what the site in its place is, which was `made_of` this."""
    Cache(home / FOLDER).put(made, _content(site))


def _content(site: Path) -> bytes:
    return digest(_files(site)).encode()


def _files(folder: Path) -> Iterator[bytes]:
    """Yield the names and contents of all files below a folder; raises `ValueError` for what is no file or folder."""
    for path, folders, names in os.walk(folder, onerror=_refuse):
        folders.sort()
        paths = [Path(path, name) for name in sorted(names)]
        if not all(map(Path.is_file, paths)) or any(Path(path, name).is_symlink() for name in folders):
            raise ValueError("neither a file nor a folder that stands here itself")
        for file in paths:
            yield os.fsencode(str(file).removeprefix(str(folder)))
            yield file.read_bytes()


def _refuse(error: OSError) -> None:
    raise error
