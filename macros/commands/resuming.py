"""Resuming: an edition as a check knew it, kept in the cache, so that the next one reads and checks what has changed.

Of each file its bytes are read, and what they are read as is taken from there if they are the same.  What was computed
is kept as a server keeps it from edit to edit.  Where there is no site's configuration beside the texts, or the cache
is from the repository, nothing is kept.
"""

import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from ..checks.base import discover as checks
from ..model.configuration import CONFIGURATION
from ..model.edition import Edition
from ..model.kind import KINDS
from ..model.loading import Known, load
from ..model.macro import Macro, discover
from ..site.repository import tracked
from ..text.cache import FOLDER, Cache, digest, engine
from ..text.kept import Results, following, named
from ..text.packed import pack, unpack

LIBRARIES = ("markdown", "pymdown-extensions", "pydantic", "pyyaml")
"""What a check is made with, beside the engine."""


def resumed(docs: Path, shown: str) -> tuple[Edition, Callable[[], None]]:
    """Return the edition of a docs folder, known as `shown` to authors, and what keeps it for the next time.

    That is called when all has been asked of the edition that is to be kept.
    """
    home = docs.parent
    if not (home / CONFIGURATION).is_file() or tracked(home, [FOLDER]):
        return load(docs, shown), lambda: None
    declared = discover()
    things = _things(declared)
    cache = Cache(home / FOLDER)
    key = digest(part.encode() for part in ("check", engine(LIBRARIES), __name__, str(docs.absolute()), shown))
    read, before = _unpacked(cache.get(key), things)
    known: Known = {docs / uri: ((), mark, result) for uri, mark, result in read}
    edition = following(load(docs, shown, declared, known=known), before)

    def keep() -> None:
        if edition.results and (
            before is None or any(getattr(edition, field) is not getattr(before, field) for field in _FIELDS)
        ):
            there = ((uri, *known[docs / uri][1:]) for uri in edition.paths if docs / uri in known)
            with suppress(ValueError):  # of what cannot be packed, all is read and checked anew the next time
                cache.put(key, pack((tuple(there), replace(edition), edition.results.listed()), things))
                cache.trim()

    return edition, keep


_FIELDS = tuple(field.name for field in fields(Edition) if field.init)


def _things(macros: Mapping[str, Macro]) -> dict[str, object]:
    """Return what the engine declares: it is the same in each process, and known by its name."""
    return {
        **{f"macro {name}": macro for name, macro in macros.items()},
        **{f"kind {name}": kind for name, kind in KINDS.items()},
        **{f"check {named(check.function)}": check for check in checks()},
    }


_Read = tuple[tuple[str, bytes, Any], ...]
"""What files were read as, with the mark of their bytes and the path below the docs folder of each."""


def _unpacked(packed: bytes | None, things: Mapping[str, object]) -> tuple[_Read, Edition | None]:
    """Return what files were read as and the edition, or nothing of both."""
    try:
        read, edition, results = unpack(packed or b"", things)
        object.__setattr__(edition, "results", Results.of(edition, results, _derived))
    except (ValueError, TypeError, AttributeError):
        return (), None
    return read, edition


def _derived(name: str) -> Any:
    """Return a function whose results are kept, by the name that they are listed by, if there is one."""
    module, _, function = name.partition(":")
    return getattr(getattr(sys.modules.get(module), function, None), "asked", None)
