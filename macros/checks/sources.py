"""Sources of the bibliography: whether each is there, and used."""

from collections.abc import Iterator
from functools import partial

from ..derived.lookup import find_entry
from ..derived.uses import references
from ..model.edition import Edition
from ..model.layout import BIBLIOGRAPHY
from ..text.problem import Position, Problem
from .base import Scope, check, resolves


@check(Scope.EDITION)
def bibliography(edition: Edition) -> Iterator[Problem]:
    """Find out whether the whole bibliography is missing, though something cites a source."""
    used = {target for target in references(edition) if "#" not in target} - edition.documents.keys()
    if BIBLIOGRAPHY not in edition.paths and used:
        near = next((path for path in sorted(edition.paths) if path.endswith(".bib")), "")
        form = f"rename '{near}' to it" if near else "bring it back, or write the sources that are cited into a new one"
        message = f"there is no file '{BIBLIOGRAPHY}', which has the sources that texts cite: {form}"
        yield Problem(Position(f"docs/{BIBLIOGRAPHY}", 1), "bibliography-is-readable", message, hides=BIBLIOGRAPHY)


@check(Scope.EDITION)
def events(edition: Edition) -> Iterator[Problem]:
    """Find events of timelines whose source is not there."""
    for file in edition.pages.values():
        events = file.front.get("events") if "kind" not in file.front else None
        for number, event in enumerate(events if isinstance(events, list) else ()):
            key = event.get("source", "") if isinstance(event, dict) else ""
            if key:
                place = partial(file.front_position, "events", number, "source")
                yield from resolves(partial(find_entry, edition, str(key)), place, "events")


@check(Scope.EDITION)
def entries(edition: Edition) -> Iterator[Problem]:
    """Find sources that nothing cites."""
    fronts = [document.front for document in edition.documents.values()]
    named = {key for front in fronts for key in getattr(front, "silent", {}).values()}
    given = [file.front.get("events") for file in edition.pages.values()]
    events = [event for some in given if isinstance(some, list) for event in some if isinstance(event, dict)]
    named |= {str(event.get("source", "")) for event in events}
    named |= {outcome.source for front in fronts for outcome in getattr(front, "outcomes", ())}
    for entry in edition.entries.values():
        if entry.key not in references(edition) and entry.key not in named:
            message = f"the source '{entry.key}' is cited nowhere: cite it with cite(\"{entry.key}\"), or take it out"
            yield Problem(entry.position, "source-is-used", message, misses=entry.key)
