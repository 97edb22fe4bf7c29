"""The macro `compare`: clauses set side by side for a reader, claiming no more than the edition holds."""

from dataclasses import replace
from typing import Any

from ..derived.comparison import row
from ..derived.index import changes_between
from ..derived.links import link_to
from ..derived.pairs import labels, made_pages
from ..derived.rows import aligned, rows_of
from ..model.edition import Edition
from ..model.macro import Fragment, Relation, Role, text_of
from ..text.call import Call
from ..text.file import TextFile
from .base import Context, macro


def _anchors(edition: Edition, page: TextFile, call: Call) -> list[str]:
    return [id for row in rows_of(edition, page, call) for id in (row.anchor, *row.aliases)]


@macro(refers="addresses", relation=Relation.COMPARED, role=Role.COMPARISON, anchors=_anchors)
def compare(context: Context, *addresses: str) -> Fragment:
    """Set clauses or whole declarations side by side, each against the one before it.

    Each of `addresses` is a clause (`document#clause`) or a whole declaration (`document`); two or more of one
    kind.  Whole declarations are first aligned clause by clause.  Words added and dropped are marked only where
    both texts are held in full; between excerpts, the words that both share are marked.  Each row has an address:
    `#row-` and the id of its clause; those with an id that the clause had before, or has in another of the documents,
    lead to it too.
    """
    edition = context.edition
    documents, alignment = aligned(edition, addresses)
    texts = {
        note.address: text_of(note)
        for parts in alignment
        for note in changes_between(edition, frozenset(clause.address for clauses in parts for clause in clauses))
    }
    place = "" if context.file.uri in made_pages(edition) else context.file.place(context.call.start)

    def data() -> dict[str, Any]:
        rows = [row(edition, documents, parts, context.page) for parts in alignment]
        if anchors := rows_of(edition, context.page, context.call):
            rows = [replace(one, anchor=at.anchor, aliases=at.aliases) for one, at in zip(rows, anchors, strict=True)]
        cells, heads = [cell for one in rows for cell in one.cells], labels(documents)
        return {
            "documents": [(heads[one.id], one.name, link_to(edition, one.id, context.page)) for one in documents],
            "years": list(dict.fromkeys(one.date.year for one in documents)),
            "rows": [one.plain for one in rows],
            "place": place,
            "kinds": sorted({run.kind for cell in cells for runs in cell.paragraphs for run in runs}),
            "states": sorted({cell.state for cell in cells}),
        }

    return Fragment("comparison.html", data, texts)
