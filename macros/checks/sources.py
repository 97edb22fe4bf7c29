"""Sources of the bibliography: whether each is there, and used."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from ..derived.lookup import find_entry, find_thread
from ..derived.uses import references
from ..model.edition import Edition
from ..model.layout import BIBLIOGRAPHY
from ..text.file import TextFile
from ..text.problem import Position, Problem
from .base import Scope, check, resolves


@check(Scope.EDITION)
def bibliography(edition: Edition) -> Iterator[Problem]:
    """Find out whether the whole bibliography is missing, though something cites a source."""
    used = {target for target in references(edition) if "#" not in target} - edition.documents.keys()
    if BIBLIOGRAPHY not in edition.paths and used:
        near = next((path for path in sorted(edition.paths) if path.endswith((".bib", ".bib.txt"))), "")
        form = f"rename '{near}' to it" if near else "bring it back, or write the sources that are cited into a new one"
        message = f"there is no file '{BIBLIOGRAPHY}', which has the sources that texts cite: {form}"
        yield Problem(Position(f"docs/{BIBLIOGRAPHY}", 1), "bibliography-is-readable", message, hides=BIBLIOGRAPHY)


@check(Scope.EDITION)
def events(edition: Edition) -> Iterator[Problem]:
    """Find events of the chronology whose sources or threads are not there."""
    for file, number, event in _given(edition):
        for name, find in (("sources", find_entry), ("threads", find_thread)):
            for at, key in enumerate(event[name] if isinstance(event.get(name), list) else ()):
                place = partial(file.front_position, "events", number, name, at)
                yield from resolves(partial(find, edition, str(key)), place, name)


def _given(edition: Edition) -> Iterator[tuple[TextFile, int, Mapping[str, Any]]]:
    """Yield the events that pages give in their front matter, sound or not, each with its number."""
    for file in edition.pages.values():
        events = file.front.get("events") if "kind" not in file.front else None
        for number, event in enumerate(events if isinstance(events, list) else ()):
            if isinstance(event, dict):
                yield file, number, event


@check(Scope.EDITION)
def entries(edition: Edition) -> Iterator[Problem]:
    """Find sources that nothing cites."""
    fronts = [document.front for document in edition.documents.values()]
    named = {key for front in fronts for key in getattr(front, "silent", {}).values()}
    given = [event.get("sources") for _, _, event in _given(edition)]
    named |= {str(key) for keys in given if isinstance(keys, list) for key in keys}
    named |= {outcome.source for front in fronts for outcome in getattr(front, "outcomes", ())}
    for entry in edition.entries.values():
        if entry.key not in references(edition) and entry.key not in named:
            message = f"the source '{entry.key}' is cited nowhere: cite it with cite(\"{entry.key}\"), or take it out"
            yield Problem(entry.position, "source-is-used", message, misses=entry.key)
