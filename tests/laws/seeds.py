"""Seeds: the texts that there are, those of the invented collections and those of all cases."""

import atexit
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.sites import INVENTED, TOWNS
from tests.test_cases import CASES, MENDED, NAMES, parts

GROUNDS: Mapping[str, Path] = {"towns": TOWNS.parent, "collection": INVENTED.parent}
"""The collections that seeds stand on: folders with `mkdocs.yml` and `docs/`."""

_WRITTEN = (".md", ".bib", ".txt", ".yml")


@dataclass(frozen=True)
class Seed:
    """Texts to spoil: files, by path below a ground's folder, written over those of the ground; `None` takes one out."""

    name: str
    ground: str
    files: Mapping[str, bytes | None] = field(default_factory=dict, repr=False)

    @property
    def open(self) -> tuple[str, ...]:
        """The files to spoil: a case's own, or all of the ground."""
        own = [path for path, text in self.files.items() if text is not None]
        return tuple(own or sorted(texts(self.ground)))

    def read(self, path: str) -> bytes:
        """Return what a file holds."""
        return self.files.get(path) or texts(self.ground)[path]


@cache
def texts(ground: str) -> Mapping[str, bytes]:
    """Return the files of a ground that people write, by path below its folder."""
    home = GROUNDS[ground]
    paths = [home / "mkdocs.yml", *(home / "docs").rglob("*")]
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in paths if path.suffix in _WRITTEN}


@cache
def whole() -> tuple[Seed, ...]:
    """Return the collections."""
    return tuple(Seed(name, name) for name in GROUNDS)


@cache
def cases() -> tuple[Seed, ...]:
    """Return the cases."""
    return tuple(_case(name) for name in NAMES)


def _case(name: str) -> Seed:
    written, changes, _ = parts((CASES / f"{name}.md").read_text("utf-8").partition(MENDED)[0])
    files = {f"docs/{uri}": text.encode() if isinstance(text, str) else text for uri, text in written.items()}
    for uri, (old, new) in changes.items():
        files[f"docs/{uri}"] = texts("collection")[f"docs/{uri}"].decode().replace(old, new).encode()
    tidy = {Path(path).as_posix().replace("docs/../", ""): text for path, text in files.items()}
    return Seed(name, "collection", tidy)


@cache
def laid_out(ground: str) -> Path:
    """Return a folder of this process with a copy of a ground, in which files may be written and put back."""
    temporary = TemporaryDirectory(prefix="laws-")
    atexit.register(temporary.cleanup)
    home = Path(temporary.name)
    shutil.copytree(GROUNDS[ground] / "docs", home / "docs")
    shutil.copy(GROUNDS[ground] / "mkdocs.yml", home)
    return home


@contextmanager
def laid(ground: str, files: Mapping[str, bytes | None]) -> Iterator[Path]:
    """Give the folder of a ground with files written over it, which go with the end of the block."""
    home = laid_out(ground)
    before = {path: (home / path).read_bytes() if (home / path).is_file() else None for path in files}
    try:
        write(home, files)
        yield home
    finally:
        write(home, before)


def write(home: Path, files: Mapping[str, bytes | None]) -> None:
    """Write files below a folder, or take them away."""
    for path, text in files.items():
        if text is None:
            (home / path).unlink(missing_ok=True)
        else:
            (home / path).parent.mkdir(parents=True, exist_ok=True)
            (home / path).write_bytes(text)
