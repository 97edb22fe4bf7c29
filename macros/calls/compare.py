"""The macro `compare`: clauses set side by side for a reader, claiming no more than the edition holds."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..derived.alignment import Parts, align, last_of, noted
from ..derived.comparison import outcome, row
from ..derived.digest import digest, findings
from ..derived.index import grouped
from ..derived.leaves import MOST_LISTED, Leaf, aligned, leaf_on, made_pages, measured, spread
from ..derived.links import link_to
from ..derived.pairs import labels
from ..derived.rows import RowAnchor, rows_of
from ..model.edition import Edition
from ..model.macro import Fragment, Relation, Role, text_of
from ..text.call import Call
from ..text.file import TextFile
from ..text.target import relative
from .base import Context, macro

LISTED_FROM = 12
"""Rows of a comparison above which they are listed: fewer are at hand."""


def _anchors(edition: Edition, page: TextFile, call: Call) -> list[str]:
    rows = rows_of(edition, page, call)
    return [id for row in rows if page.uri in (row.uri, row.home) for id in (row.anchor, *row.aliases)]


@macro(refers="addresses", relation=Relation.COMPARED, role=Role.COMPARISON, anchors=_anchors, measure=measured)
def compare(context: Context, *addresses: str) -> Fragment:
    """Set clauses or whole declarations side by side, each against the one before it.

    Each of `addresses` is a clause (`document#clause`) or a whole declaration (`document`); two or more of one
    kind.  Whole declarations are first aligned clause by clause; unless all are held in full, the rows of which a note
    or the texts say something come first, and last, each as a line that opens, what one of them alone has.  Words added
    and dropped are marked only where both texts are held in full; between excerpts, the words that both share are
    marked.  Each row has an address: `#row-` and the id of its clause; those with an id that the clause had before, or
    has in another of the documents, lead to it too.  What is too long for one page goes on on others, which are made
    below it; the rows are listed on each, and the addresses of all lead on from the first.
    """
    edition, page = context.edition, context.page
    documents, alignment = aligned(edition, addresses)
    found = spread(edition, page, context.call, len(alignment))
    here = leaf_on(found, page)
    texts = {note.address: text_of(note) for row in alignment[here.part] for note in noted(edition, row)}
    place = "" if context.file.uri in made_pages(edition) else context.file.place(context.call.start)

    def data() -> dict[str, Any]:
        anchors = rows_of(edition, page, context.call)
        # Scripts that join comparisons put their rows into the order of the texts first.
        is_moved = "#" not in addresses[0] and not all(one.is_in_full for one in documents)
        in_text = align(edition, documents) if is_moved else ()
        places = {last_of(parts).address: number for number, parts in enumerate(in_text)}
        rows = [row(edition, documents, parts, page) for parts in alignment[here.part]]
        if anchors:
            own = zip(rows, anchors[here.part], strict=True)
            rows = [replace(one, anchor=at.anchor, aliases=at.aliases) for one, at in own]
        cells, heads = [cell for one in rows for cell in one.cells], labels(documents)
        told = [outcome(edition, documents, parts, page) for parts in alignment]
        return {
            "documents": [(heads[one.id], one.name, link_to(edition, one.id, page)) for one in documents],
            "years": list(dict.fromkeys(one.date.year for one in documents)),
            "rows": [
                {
                    **one.plain,
                    "outcome": told[number],
                    "found": [
                        (label, line.span(heads))
                        for label, line in findings(edition, number, alignment[number], told[number])
                    ],
                    "place": places.get(last_of(alignment[number]).address),
                }
                for number, one in enumerate(rows, here.start)
            ],
            "place": place,
            "kinds": sorted({run.kind for cell in cells for runs in cell.paragraphs for run in runs}),
            "states": sorted({cell.state for cell in cells}),
            "listed": len(alignment) if len(alignment) >= LISTED_FROM and anchors else 0,
            "counts": [(what, told.count(what)) for what in sorted(set(told), key=told.index)],
            "leaves": [_leaf(page, leaf, here, anchors, told if anchors else ()) for leaf in found],
            "digest": _digest(edition, page, here, alignment, anchors, told, heads) if anchors else [],
            "here": found.index(here),
        }

    return Fragment("comparison.html", data, texts)


_Row = Mapping[str, str]


def _digest(
    edition: Edition,
    page: TextFile,
    here: Leaf,
    alignment: Sequence[Sequence[Parts]],
    anchors: Sequence[RowAnchor],
    told: Sequence[str],
    heads: Mapping[str, str],
) -> list[tuple[str, list[_Row], Mapping[str, Sequence[_Row]]]]:
    """Return what changed: what notes say, line by line, and the rows of which only the texts tell, by what they do."""

    def link(number: int) -> str:
        at = anchors[number]
        is_here = here.start <= number < here.end
        return f"#{at.anchor}" if is_here else relative(f"{at.uri}#{at.anchor}", page.uri)

    found = list[tuple[str, list[_Row], Mapping[str, Sequence[_Row]]]]()
    for label, lines in digest(edition, alignment, told):
        shown: list[_Row] = [
            {
                "name": anchors[line.row].name,
                "href": link(line.row),
                "found": line.found,
                "span": line.span(heads) if len(heads) > 2 else "",
            }
            for line in lines
        ]
        noted = [each for each, line in zip(shown, lines, strict=True) if line.is_noted]
        others = ((line.found, each) for each, line in zip(shown, lines, strict=True) if not line.is_noted)
        found.append((label, noted, grouped(others)))
    return found


def _leaf(
    page: TextFile, leaf: Leaf, here: Leaf, anchors: Sequence[RowAnchor], told: Sequence[str]
) -> Mapping[str, Any]:
    """Return a page of a comparison as the list on another shows it: its address, its first and last row, its rows.

    On the first page each row of another has its ids, so that an address that it had, or is looked for by, leads on.
    """
    own, outcomes = anchors[leaf.part], told[leaf.part]
    is_here = leaf is here
    is_listed = is_here or page.uri == (own[0].home if own else "") or len(anchors) <= MOST_LISTED
    return {
        "href": "" if is_here else relative(leaf.uri, page.uri),
        "names": [own[0].name, own[-1].name] if own else [],
        "rows": [
            {
                "name": row.name,
                "href": f"#{row.anchor}" if is_here else relative(f"{row.uri}#{row.anchor}", page.uri),
                "ids": (row.anchor, *row.aliases) if row.home == page.uri and not is_here else (),
                "outcome": outcome,
            }
            for row, outcome in zip(own, outcomes, strict=True)
        ]
        if is_listed
        else [],
    }
