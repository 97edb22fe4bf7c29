"""Structure: what a page's kind puts into it, beside what its author calls for."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from ..derived.claims import claims_of
from ..derived.evidence import basis
from ..derived.index import by_uri, changes_of, discussions
from ..derived.lineage import backlinks, compared, lineage
from ..derived.links import link_to
from ..derived.pairs import neighbours
from ..derived.quoted_words import QuotedSpan
from ..derived.uses import page_that
from ..model.document import Document
from ..model.edition import Edition
from ..model.layout import GLOSSARY, NEWS
from ..model.macro import Fragment, Role, text_of
from ..model.passage import Clause
from ..text.call import Broken, Call
from ..text.file import TextFile
from ..text.markup import Heading
from ..text.target import relative
from .sheet import MILESTONE


class Change(NamedTuple):
    """A part of a file that something else stands for in the page."""

    start: int
    end: int
    item: Call | Broken | Fragment | str


def milestones(ids: Sequence[str], quoted: Iterable[QuotedSpan]) -> Iterator[Change]:
    """Yield the places where quoted words begin and end; at one place ends come first, and the longer begins first."""
    places = [(span.start, "+", -span.end, span.id) for span in quoted]
    places += [(span.end, "-", -span.start, span.id) for span in quoted]
    for place, sign, _, id in sorted(places, key=lambda item: (item[0], item[1] == "+", item[2])):
        yield Change(place, place, MILESTONE.format(ids.index(id), sign))


def structure(edition: Edition, page: TextFile) -> Iterator[Change]:
    """Yield what a page's kind puts into it."""
    if page.uri == GLOSSARY:
        yield from (_bare(page, heading) for heading, _ in page.sections() if heading.attributes.pairs)
    days = {item.id: item.date for item in edition.news} if page.uri == NEWS else {}
    for heading, _ in page.sections(deepest=2) if days else ():
        if date := days.get(heading.attributes.id):
            yield _bare(page, heading)
            yield Change(heading.end, heading.end, Fragment("news_date.html", partial(dict, date=date.plain)))
    document = by_uri(edition).get(page.uri)
    if document is None:
        sections = () if page.uri in (GLOSSARY, NEWS) else (heading for heading, _ in page.sections())
        titles = (heading for heading in page.headings if heading.level == 1)
        yield from (_bare(page, heading) for heading in (*titles, *sections) if heading.attributes.also)
        return
    title = next((line for line in page.body.split("\n") if line.startswith("# ")), "")
    behind_title = page.body.index(title) + len(title) if title else 0
    head = Fragment(f"{document.kind}_head.html", partial(_head, edition, document, page))
    yield Change(behind_title, behind_title, head)
    for clause in document.clauses:
        yield from _clause(edition, document, clause)


def _bare(page: TextFile, heading: Heading) -> Change:
    """Leave in the braces behind a heading its id and classes alone, and of what has neither no braces."""
    cut = heading.start + page.body[heading.start : heading.end].rindex("{")
    given = heading.attributes._replace(pairs={}, strays=())
    return Change(cut, heading.end, str(given) if given.id or given.classes else "")


def _head(edition: Edition, document: Document, page: TextFile) -> dict[str, Any]:
    front, found = document.front, edition.documents
    about = [found[id] for id in getattr(front, "about", ()) if id in found]
    others = discussions(edition).get(document.id, ())
    claimed = len(claims_of(edition).get(document.id, ()))
    told = page_that(edition, Role.VERDICTS) if claimed else ""
    outcomes = [outcome for outcome in getattr(front, "outcomes", ()) if outcome.source in edition.entries]
    return {
        **front.head,
        "date": document.date.plain,
        "held": document.held,
        "about": [(one.name, link_to(edition, one.id, page)) for one in about],
        "claims": claimed,
        "findings": relative(told, page.uri) if told else "",
        "discussed_in": [(one.title, one.date.year, link_to(edition, one.id, page)) for one in others],
        "outcomes": [(outcome.title, link_to(edition, outcome.source, page)) for outcome in outcomes],
        "compared": neighbours(edition, document, page),
    }


def _clause(edition: Edition, document: Document, clause: Clause) -> Iterator[Change]:
    heading, page = clause.heading, document.file
    if heading and (heading.attributes.pairs or heading.attributes.classes):
        yield _bare(page, heading)
    if clause.aliases:
        place = heading.end if heading else clause.start
        yield Change(place, place, Fragment("aliases.html", partial(dict, aliases=clause.aliases)))
    if clause.own_start:
        label = Fragment("own_words_label.html", partial(dict, is_in_full=document.is_in_full))
        yield Change(clause.own_start, clause.own_start, label)
    if clause.summary_start:
        label = Fragment("summary_label.html", partial(dict, basis=basis(edition, (clause,)), is_named=clause.is_named))
        yield Change(clause.summary_start, clause.summary_start, label)
    texts = {note.address: text_of(note) for note in changes_of(edition).get(clause.address, ())}
    footer = Fragment("clause_footer.html", partial(_footer, edition, clause, page), texts)
    yield Change(clause.end, clause.end, footer)


def _footer(edition: Edition, clause: Clause, page: TextFile) -> dict[str, Any]:
    if clause.is_named:  # one line, without the strip of its years
        return {"name": clause.name, "changes": _changes(edition, clause), "lineage": (), "backlinks": ()}
    found, strip = backlinks(edition, clause, page), lineage(edition, clause, page)
    return {
        "name": clause.name,
        "changes": _changes(edition, clause),
        "lineage": [
            (one.document.date.year, one.state, one.clause.arc if one.clause else "", one.href, one.is_here)
            for one in strip
        ],
        "compared": compared(edition, strip, page),
        "backlinks": found,
        "counts": list(Counter(backlink.kind for backlink in found).items()),
    }


def _changes(edition: Edition, clause: Clause) -> list[dict[str, Any]]:
    return [note.plain for note in changes_of(edition).get(clause.address, ())]
