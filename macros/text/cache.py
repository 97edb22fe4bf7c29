"""The cache: what was computed from something, kept below a folder by a digest of all that it was computed from.

What is found there is what was put there, whole, by the same engine with the same libraries, or nothing is found: each
entry begins with a digest of its key and of the rest, stands in its place in one step, and is named by a key that holds
the version.  Entries are bytes, in which nothing is ever run.  The folder may be deleted at any time; whoever can write
there can write into sites that are built from it.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from sys import version as python

FOLDER = Path(".cache") / "edition"
"""Where it stands, below the folder of the site's configuration."""

MOST = 512 * 2**20  # bytes that are kept; of more, what was not asked for the longest is deleted
_SIZE = 32  # bytes of a digest
_ENGINE = Path(__file__).parent.parent


def digest(parts: Iterable[bytes]) -> str:
    """Return a digest of parts, of how they follow each other, and of how long each is."""
    found = blake2b(digest_size=_SIZE)
    for part in parts:
        found.update(b"%d:" % len(part))
        found.update(part)
    return found.hexdigest()


def _mark(key: str, entry: bytes) -> bytes:
    return blake2b(key.encode() + entry, digest_size=_SIZE).digest()


def _own() -> str:
    files = sorted(_ENGINE.rglob("*.py"))
    return digest(part for path in files for part in (str(path.relative_to(_ENGINE)).encode(), path.read_bytes()))


_OWN = _own()
"""A digest of the engine's modules as they were when it was loaded, and not of what may stand there by now."""


def engine(libraries: Iterable[str]) -> str:
    """Return the version of what computes: a digest of the engine itself, and of Python and the libraries."""
    return digest((_OWN.encode(), python.encode(), *(_version(name).encode() for name in libraries)))


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


class Cache:
    """A folder of entries."""

    def __init__(self, folder: Path, most: int = MOST) -> None:
        self.folder = folder
        self.most = most

    def get(self, key: str) -> bytes | None:
        """Return what stands under a key, if that is whole."""
        path = self._path(key)
        try:
            content = path.read_bytes() if path.is_file() else b""
        except OSError:
            return None
        with suppress(OSError):  # of a cache that can only be read
            os.utime(path)  # it was asked for now
        entry = content[_SIZE:]
        return entry if content[:_SIZE] == _mark(key, entry) else None

    def put(self, key: str, entry: bytes) -> None:
        """Keep an entry under a key, as far as the system lets: a site is built without a cache just as well."""
        path = self._path(key)
        own = path.with_name(f"{path.name}-{os.getpid()}")  # what a killed run leaves so is trimmed as all else
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                own.write_bytes(_mark(key, entry) + entry)
                own.replace(path)
            except BaseException:
                own.unlink(missing_ok=True)
                raise

    def trim(self) -> None:
        """Delete what is more than is kept."""
        found = []
        for path in self.folder.glob("*/*"):
            with suppress(OSError):
                stat = path.stat()
                found.append((stat.st_mtime_ns, stat.st_size, path))
        size = sum(each for _, each, _ in found)
        for _, each, path in sorted(found):
            if size <= self.most:
                break
            with suppress(OSError):
                path.unlink()
                size -= each

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]
