"""The footer of a page: how to cite it, how far its text was checked, and how to mend it."""

import posixpath
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from ..derived.index import by_uri
from ..derived.leaves import made_pages
from ..derived.proof import STATUSES, quotations_at
from ..derived.uses import notes_of_page, page_that
from ..model.document import Document
from ..model.edition import Edition
from ..model.macro import Role
from ..text.file import TextFile
from .addresses import Site
from .citations import FORMATS, chicago, citations, key, records


def footer(
    edition: Edition, page: TextFile, site: Site, *, link: Callable[[str], str], edit: Callable[[str], str]
) -> dict[str, Any]:
    """Return what the footer of a page says; nothing if there is nothing to say.

    `link` gives the link from the page to another one, or to a path below the site's root; `edit` gives the address
    at which a file below the docs folder is changed, or nothing if there is none.
    """
    cited = key(edition, page)
    document = by_uri(edition).get(page.uri)
    title = page.title + (f" ({document.date.year})" if document else "")
    apparatus = page_that(edition, Role.APPARATUS, document.id) if document else ""
    verification = page_that(edition, Role.VERIFICATION) if document else ""
    place = "" if page.uri in made_pages(edition) else f"{page.path}:1"
    found: dict[str, Any] = {
        "key": cited,
        "citation": chicago(next(records(edition, page, site))) if cited else "",
        "formats": [(ending, name, link(citations(cited, ending))) for ending, name in FORMATS.items() if cited],
        "text": _text(edition, document) if document else "",
        "apparatus": link(apparatus) if apparatus else "",
        "quotations": _quotations(edition, document) if document else "",
        "verification": link(verification) if verification else "",
        "report": site.report(title=f"Problem: {title}", address=site.page(page.uri), place=place),
        "edit": edit(page.uri),
        "notes": [(name, address) for name, uri in _notes_files(edition, page) if (address := edit(uri))],
    }
    return found if any(found.values()) else {}


def _text(edition: Edition, document: Document) -> str:
    if document.kind.is_compared and not document.is_in_full:
        if document.held == "summary only":
            return "Summary only: none of its own words are held here; the headings and summaries are ours."
        return "Held in excerpts: its own words stand here as commentaries quote them, and the summaries are ours."
    if document.id not in edition.witnesses:
        return ""
    return "Compared word for word with the text as it was received."


def _quotations(edition: Edition, document: Document) -> str:
    """Return what the quotations in a document, or of it, were found to be."""
    proved = [one for one in quotations_at(edition).get(document.id, ()) if not one.refusal]
    counts = Counter(one.status for one in proved)
    states = ", ".join(f"{counts[status]} {status.replace('-', ' ')}" for status in STATUSES if counts[status])
    variants = sum(one.has_variant for one in proved)
    what = "quotation" if len(proved) == 1 else "quotations"
    whose = " of it in this edition" if document.kind.is_compared else ""
    declared = f", {variants} with a declared variant" if variants else ""
    return f"{len(proved)} {what}{whose}{declared}: {states}." if proved else ""


def _notes_files(edition: Edition, page: TextFile) -> Iterator[tuple[str, str]]:
    """Yield the names and paths of the files whose notes stand on a page."""
    document = by_uri(edition).get(page.uri)
    for uri in dict.fromkeys(note.file.uri for note in notes_of_page(edition, page)):
        id = posixpath.basename(uri).removesuffix(".md")
        if document and id == document.id:
            yield "in its notes", uri
        elif id in edition.documents:
            yield f"in the notes on {edition.documents[id].title}", uri
        else:
            yield f"in the notes on {id}", uri
