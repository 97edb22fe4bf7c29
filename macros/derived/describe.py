"""Descriptions: what a page is about, in a sentence."""

import re
from collections.abc import Mapping

from ..model.edition import Edition, derived
from ..model.passage import is_paragraph
from ..text.file import TextFile
from ..text.line import one_line
from ..text.markup import blocks, plain
from .index import all_series, by_uri, grouped, printed, thread_pages
from .pairs import labels

LONGEST = 200  # characters of a description: search engines show fewer
_SENTENCE = re.compile(r".{30,}?[.!?](?=[\s”’)])|.+?。")


def page_title(edition: Edition, page: TextFile) -> str:
    """Return the title that tabs, histories and results show of a page: one of several documents has its date."""
    document = by_uri(edition).get(page.uri)
    return (_told_apart(edition).get(document.id) if document else None) or page.title


@derived
def _told_apart(edition: Edition) -> Mapping[str, str]:
    """Return the titles of the documents that restate each other, or are called alike, by id, each with its date."""
    restated = [some for some in all_series(edition).values() if some[0].kind.is_compared]
    alike = grouped(((one.title, one.is_example), one) for one in edition.documents.values()).values()
    found = {id: label for some in (*restated, *alike) if len(some) > 1 for id, label in labels(some).items()}
    titles = {id: edition.documents[id].title for id in found}
    return {id: title if found[id] in title else f"{title}, {found[id]}" for id, title in titles.items()}


@derived
def describe(edition: Edition, page: TextFile) -> str:
    """Return a page's description: its own, a thread's summary, or the first sentence; empty if there is none."""
    given = page.front.get("description")
    if isinstance(given, str) and given:
        return given
    if page.uri in thread_pages(edition):
        return thread_pages(edition)[page.uri].front.summary
    document = by_uri(edition).get(page.uri)
    if document and document.kind.is_received:
        first = next(((passage.start, passage.end) for passage in document.passages.values()), None)
    else:
        first = next(
            (
                (block.start, block.end)
                for block in blocks(page.masked_of_calls)
                if block.text.strip() and is_paragraph(block.text)
            ),
            None,
        )
    return _shortened(one_line(plain(printed(edition, page, *first)))) if first else ""


def _shortened(text: str) -> str:
    sentence = _SENTENCE.match(text)
    text = sentence[0] if sentence else text
    return text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0] + " …"
