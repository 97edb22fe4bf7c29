"""The best source of a note, as a link that leaves the edition: a reader who doubts a finding is one step from it."""

from collections.abc import Mapping
from typing import Any

from ..derived.claims import best_source as best_of
from ..derived.links import link_to
from ..derived.lookup import find_note
from ..derived.uses import cited
from ..model.edition import Edition
from ..model.macro import Fragment
from ..model.note import Note
from ..text.file import TextFile
from ..text.problem import RefusalError, did_you_mean
from .base import Context, macro


@macro()
def best_source(context: Context, note: str, source: str = "") -> Fragment:
    """Name the best of the sources that a note cites, with its grade, and lead to it where it stands.

    `note` is the whole address of a note, as `document#note-id`.
    The best is the first of the best grade that the note's gist cites, or where it cites none, the note;
    `source` is the key of another that the note cites, where a finding leans on that.
    """
    edition = context.edition
    found = find_note(edition, note, context.page)
    keys = [key for key in cited(edition, found.file, found.start, found.end) if key in edition.entries]
    if not keys:
        way = "cite one in the note, or take this call out"
        raise RefusalError("source-resolves", f"the note '{note}' cites no source of the bibliography: {way}")
    if source and source not in keys:
        hint = did_you_mean(source, keys) or f" (it cites: {', '.join(dict.fromkeys(keys))})"
        raise RefusalError("source-resolves", f"the note '{note}' does not cite '{source}'{hint}", misses=source)

    def data() -> Mapping[str, Any]:
        return {"best": source_data(edition, found, context.page, source)}

    return Fragment("best_source.html", data, is_inline=True)


def source_data(edition: Edition, note: Note, page: TextFile, key: str = "") -> dict[str, str] | None:
    """Return a source of a note, the best if no key names one, as templates take it.

    That is its name, where it stands, its grade and its entry in the bibliography; nothing for a note without any.
    """
    found = edition.entries[key] if key else best_of(edition, note)
    if found is None:
        return None
    entry = link_to(edition, found.key, page)
    return {"name": found.short, "href": found.fields["url"] or entry, "grade": found.grade, "entry": entry}
