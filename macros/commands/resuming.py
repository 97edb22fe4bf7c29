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
from ..checks.run import check
from ..model.configuration import CONFIGURATION
from ..model.edition import Edition, alone
from ..model.kind import KINDS
from ..model.loading import Known, load
from ..model.macro import Macro, discover
from ..page.template import Templates
from ..site.repository import tracked
from ..text.cache import FOLDER, Cache, digest, engine
from ..text.kept import Results, following, named
from ..text.packed import pack, unpack

LIBRARIES = ("bibtexparser", "jinja2", "markdown", "markupsafe", "pathspec", "pydantic", "pylatexenc", "pyyaml")
"""What a check is made with, beside the engine."""


def resumed(docs: Path, shown: str) -> tuple[Edition, Callable[[], None]]:
    """Return the edition of a docs folder, known as `shown` to authors, and what keeps it for the next time.

    That is called when all has been asked of the edition that is to be kept.
    """
    home = docs.parent
    if not (home / CONFIGURATION).is_file() or tracked(home, FOLDER):
        return load(docs, shown), lambda: None
    cache, key, known = Cache(home / FOLDER), _key(docs, shown), Known()
    before = _taken(cache.get(key), docs, known)
    edition = following(load(docs, shown, known=known), before)

    def keep() -> None:
        if edition.results and (
            before is None or any(getattr(edition, field) is not getattr(before, field) for field in _FIELDS)
        ):
            there = ((uri, known[docs / uri][1:]) for uri in edition.paths if docs / uri in known)
            kept = dict(there), replace(edition), edition.results.listed()
            with suppress(ValueError):  # of what cannot be packed, all is read and checked anew the next time
                cache.put(key, pack(kept, _things(edition.macros)))
                cache.trim()

    return edition, keep


def checked(docs: Path, shown: str, folder: Path | None, **more: Any) -> Edition:
    """Return the edition of a docs folder, with more that is known of it, checked; what a check has kept is used.

    It is looked for in a folder, if there is one.  Nothing is kept: a build that has nothing yet has enough to do.
    """
    known = Known()
    before = _taken(Cache(folder).get(_key(docs, shown)), docs, known) if folder else None
    edition = replace(load(docs, shown, known=known if before else None), **more)
    if before is None:
        return edition
    followed = following(edition, before)
    check(followed)
    return alone(followed)


_FIELDS = tuple(field.name for field in fields(Edition) if field.init)


def _things(macros: Mapping[str, Macro]) -> dict[str, object]:
    """Return what the engine declares: it is the same in each process, and known by its name."""
    return {
        **{f"macro {name}": macro for name, macro in macros.items()},
        **{f"kind {name}": kind for name, kind in KINDS.items()},
        **{f"check {named(check.function)}": check for check in checks()},
    }


def _key(docs: Path, shown: str) -> str:
    made_by = engine(LIBRARIES), Templates().version, __name__
    return digest(part.encode() for part in ("check", *made_by, str(docs.absolute()), shown))


def _taken(packed: bytes | None, docs: Path, known: Known) -> Edition | None:
    """Return the edition that was kept, if any was, and learn what its files were read as."""
    if not packed:
        return None
    try:
        read, edition, results = unpack(packed, _things(discover()))
        object.__setattr__(edition, "results", Results.of(edition, results, _derived))
        known.update({docs / uri: ((), mark, result) for uri, (mark, result) in read.items()})
    except (ValueError, TypeError, AttributeError, LookupError):
        return None
    return edition  # type: ignore[no-any-return]


def _derived(name: str) -> Any:
    """Return a function whose results are kept, by the name that they are listed by, if there is one."""
    module, _, function = name.partition(":")
    return getattr(getattr(sys.modules.get(module), function, None), "asked", None)
