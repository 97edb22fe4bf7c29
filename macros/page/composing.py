"""Expansion: a page's text with each macro call replaced by a token, and what the tokens stand for.

A token survives Markdown; the extension puts the elements in its place when the text has become a tree.  What
the page's kind asks for (the head of a document, the labels and the notes on changes of a clause) comes in by
tokens too.  Expansion makes no HTML.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import partial
from operator import itemgetter
from typing import NamedTuple

from ..calls.base import Context, evaluate
from ..derived.index import by_uri, changes_of, discussions
from ..derived.lineage import backlinks, compared, lineage
from ..derived.links import link_to, rule_link
from ..derived.pairs import neighbours
from ..derived.quoted_words import Stretch, quoted_spans_of
from ..model.document import Document
from ..model.edition import Edition
from ..model.fragment import Footnote, Fragment, Text, text_of
from ..model.glossary import PAGE as GLOSSARY
from ..model.glossary import abbreviations
from ..model.news import PAGE as NEWS
from ..model.note import NOTE_KINDS
from ..model.passage import Clause
from ..text.call import Broken, Call
from ..text.markup import Link, stretches
from ..text.problem import Problem, RefusalError, is_echo
from ..text.source import Source
from ..text.target import relative

SIGN = "\x02edition:"
"""Begins a token; the control signs are the ones that Python-Markdown reserves for such use."""

TOKEN = SIGN + "{}{}\x03"
"""A token: the number of its piece, and for a call with a body which end of it."""

FOUND = re.compile(rf"{SIGN}(\d+)(:open|:close)?\x03")
"""Finds tokens."""

MILESTONE = SIGN + "q{}{}\x03"
"""Where quoted words begin (`+`) or end (`-`): the number of their id among the page's."""

MILESTONES = re.compile(rf"{SIGN}q(?P<number>\d+)(?P<sign>[+-])\x03")
"""Finds milestones."""


@dataclass(frozen=True)
class Piece:
    """What a token stands for, and the file and offset it comes from."""

    fragment: Fragment
    source: Source
    offset: int
    texts: dict[str, str] = field(default_factory=dict)


@dataclass
class Expansion:
    """A page's text with tokens, what they stand for, its footnotes by label, and the problems shown in place.

    `quoted` are the ids of the words that quotations quote, which milestones enclose; `hidden` is what a fault
    elsewhere hides: a call that misses it only waits for that to be mended.
    """

    text: str = ""
    pieces: list[Piece] = field(default_factory=list)
    footnotes: dict[str, str] = field(default_factory=dict)
    quoted: tuple[str, ...] = ()
    shown: set[Problem] = field(default_factory=set)
    hidden: Set[str] = frozenset()


class _Change(NamedTuple):
    """A stretch of a source that something else stands for in the page."""

    start: int
    end: int
    item: Call | Broken | Fragment | str


def expand(
    edition: Edition, page: Source, problems: Sequence[Problem] = (), hidden: Set[str] = frozenset()
) -> Expansion:
    """Return a page's expansion; `problems` are the page's, shown at its head unless a call shows them in place.

    `hidden` is what a problem of any page hides.
    """
    document = by_uri(edition).get(page.uri)
    quoted = quoted_spans_of(edition).get(document.id, ()) if document else ()
    expansion = Expansion(quoted=tuple(dict.fromkeys(stretch.id for stretch in quoted)), hidden=hidden)
    structure = [*_milestones(expansion.quoted, quoted), *_structure(edition, page)]
    expansion.text = _span(
        expansion, edition, page, page, 0, len(page.body), page.uri in edition.notes_files, structure
    )
    short = abbreviations(edition.terms, page.body)
    if short:
        expansion.text += "\n\n" + "\n".join(f"*[{term}]: {long}" for term, long in short.items())
    elsewhere = [described(edition, page, problem) for problem in problems if problem not in expansion.shown]
    if elsewhere:
        box = Fragment("problems.html", lambda: {"problems": elsewhere, "count": len(problems)})
        expansion.text = f"{_token(expansion, edition, page, box, page, 0)}\n\n{expansion.text}"
    return expansion


def described(edition: Edition, page: Source, problem: Problem) -> dict[str, object]:
    """Return a problem as the plain data that the templates of problems take on a page."""
    place = problem.position
    return {
        "message": stretches(problem.message),
        "rule": problem.rule,
        "href": rule_link(edition, problem.rule, page),
        "path": place.path,
        "line": place.line,
    }


def _span(
    expansion: Expansion,
    edition: Edition,
    page: Source,
    source: Source,
    start: int,
    end: int,
    is_in_note: bool,  # noqa: FBT001
    structure: Iterable[_Change] = (),
) -> str:
    """Return a stretch of a source with its calls replaced by tokens."""
    calls = [call for call in source.calls if start <= call.start < end]
    changes = [
        *(_Change(call.start, call.end, call) for call in calls),
        *(_Change(call.close[0], call.close[1], "") for call in calls if call.close),
        *(_Change(item.start, item.end, item) for item in source.broken),
        *structure,
    ]
    if source is not page:
        changes += _relocated([link for link in source.links if start <= link.start < end], source, page, edition)
    closing: dict[int, str] = {}
    parts, at = [], start
    for change in sorted((c for c in changes if start <= c.start and c.end <= end), key=itemgetter(0, 1)):
        if change.start < at:
            continue
        parts.append(source.body[at : change.start])
        item = change.item
        if isinstance(item, Call):
            opening, close = _call(expansion, Context(edition, page, source, item, is_in_note))
            parts.append(opening)
            if item.close:
                closing[item.close[0]] = close
        elif isinstance(item, Broken):
            is_closing = item.problem.position != source.position(item.start)
            parts.append("" if is_closing else _problem(expansion, edition, page, item.problem, source, item.start))
        elif isinstance(item, Fragment):
            parts.append(f"\n\n{_token(expansion, edition, page, item, source, change.start)}\n\n")
        else:
            parts.append(closing.pop(change.start, item) if change.end > change.start else item)
        at = change.end
    return "".join([*parts, source.body[at:end]])


def _call(expansion: Expansion, context: Context) -> tuple[str, str]:
    """Return what stands in a text for a call's opening tag, or whole tag, and for its closing tag."""
    call, source = context.call, context.source
    try:
        result = evaluate(context.edition.macros, context)
    except RefusalError as error:
        shown = _problem(expansion, context.edition, context.page, error.at(call.position), source, call.start)
        return ("", shown) if call.close else (shown, "")
    footnote = result if isinstance(result, Footnote) else result.footnote
    reference = _footnote(expansion, context, footnote) if footnote else ""
    fragment = result.mark if isinstance(result, Footnote) else result
    if fragment is None:
        return ("", reference) if call.close else (reference, "")
    if call.close:
        number = _register(expansion, context.edition, context.page, fragment, source, call.start)
        return TOKEN.format(number, ":open"), TOKEN.format(number, ":close") + reference
    return _token(expansion, context.edition, context.page, fragment, source, call.start) + reference, ""


def _footnote(expansion: Expansion, context: Context, footnote: Footnote) -> str:
    """Take in a footnote and return the reference to it."""
    if footnote.label not in expansion.footnotes:
        expansion.footnotes[footnote.label] = ""  # keeps its place in the order of first calls
        edition, page = context.edition, context.page
        content = footnote.content
        if isinstance(content, Text):
            text = _span(expansion, edition, page, content.source, content.start, content.end, content.is_note).strip()
        else:
            text = _token(expansion, edition, page, content, context.source, context.call.start)
        if footnote.head:
            text = _token(expansion, edition, page, footnote.head, context.source, context.call.start) + " " + text
        expansion.footnotes[footnote.label] = text
    return f"[^{footnote.label}]"


def _register(
    expansion: Expansion, edition: Edition, page: Source, fragment: Fragment, source: Source, offset: int
) -> int:
    piece = Piece(fragment, source, offset)
    expansion.pieces.append(piece)
    number = len(expansion.pieces) - 1
    for key, text in fragment.texts.items():
        piece.texts[key] = _span(expansion, edition, page, text.source, text.start, text.end, text.is_note).strip()
    return number


def _token(
    expansion: Expansion, edition: Edition, page: Source, fragment: Fragment, source: Source, offset: int
) -> str:
    return TOKEN.format(_register(expansion, edition, page, fragment, source, offset), "")


def _problem(
    expansion: Expansion, edition: Edition, page: Source, problem: Problem, source: Source, offset: int
) -> str:
    expansion.shown.add(problem)
    if is_echo(problem, expansion.hidden):
        problem = replace(problem, message=f"'{problem.misses}' is not shown until its own problem is mended")
    fragment = Fragment("problem.html", lambda: described(edition, page, problem), is_inline=True)
    expansion.pieces.append(Piece(fragment, source, offset))
    return TOKEN.format(len(expansion.pieces) - 1, "")


def _relocated(links: Iterable[Link], source: Source, page: Source, edition: Edition) -> Iterable[_Change]:
    """Yield the targets of links in a notes file as they read from the page that the note is published on."""
    folder = posixpath.dirname(source.uri)
    for link in links:
        path, mark, anchor = link.target.partition("#")
        if path and ":" not in path and not path.startswith("/"):
            target = posixpath.normpath(posixpath.join(folder, path)) + mark + anchor
            yield _Change(link.target_start, link.target_start + len(link.target), relative(target, page.uri))


def _milestones(ids: Sequence[str], quoted: Iterable[Stretch]) -> Iterable[_Change]:
    """Yield the places where quoted words begin and end; at one place ends come first, and the longer begins first."""
    places = [(stretch.start, "+", -stretch.end, stretch.id) for stretch in quoted]
    places += [(stretch.end, "-", -stretch.start, stretch.id) for stretch in quoted]
    for place, sign, _, id in sorted(places, key=lambda item: (item[0], item[1] == "+", item[2])):
        yield _Change(place, place, MILESTONE.format(ids.index(id), sign))


def _structure(edition: Edition, page: Source) -> Iterable[_Change]:
    """Yield what a page's kind puts into it."""
    if page.uri == GLOSSARY:
        for heading, _ in page.sections():
            if heading.attributes.pairs:
                cut = heading.start + page.body[heading.start : heading.end].rindex("{")
                yield _Change(cut, heading.end, f"{{ #{heading.attributes.id} }}")
    if page.uri == NEWS:
        days = {item.id: item.date for item in edition.news}
        for heading, _ in page.sections(deepest=2):
            date = days.get(heading.attributes.id)
            if date:
                cut = heading.start + page.body[heading.start : heading.end].rindex("{")
                yield _Change(cut, heading.end, f"{{ #{heading.attributes.id} }}")
                yield _Change(heading.end, heading.end, Fragment("news_date.html", partial(dict, date=date)))
    document = by_uri(edition).get(page.uri)
    if document is None:
        return
    title = next((line for line in page.body.split("\n") if line.startswith("# ")), "")
    behind_title = page.body.index(title) + len(title) if title else 0
    yield _Change(behind_title, behind_title, _head(edition, document, page))
    for clause in document.clauses:
        yield from _clause(edition, document, clause)


def _head(edition: Edition, document: Document, page: Source) -> Fragment:
    def data() -> dict[str, object]:
        about = [
            (edition.documents[id], link_to(edition, id, page))
            for id in getattr(document.front, "about", ())
            if id in edition.documents
        ]
        by = [(other, link_to(edition, other.id, page)) for other in discussions(edition).get(document.id, ())]
        outcomes = [
            (outcome.title, link_to(edition, outcome.source, page))
            for outcome in getattr(document.front, "outcomes", ())
            if outcome.source in edition.entries
        ]
        return {
            "document": document,
            "front": document.front,
            "about": about,
            "discussed_in": by,
            "outcomes": outcomes,
            "compared": neighbours(edition, document, page),
        }

    return Fragment(f"{document.kind}_head.html", data)


def _clause(edition: Edition, document: Document, clause: Clause) -> Iterable[_Change]:
    heading = clause.heading
    if heading and (heading.attributes.pairs or heading.attributes.classes):
        line = document.source.body[heading.start : heading.end]
        cut = heading.start + line.rindex("{")
        yield _Change(cut, heading.end, f"{{ #{clause.id} }}")
    if clause.aliases:
        aliases = Fragment("aliases.html", lambda: {"aliases": clause.aliases})
        yield _Change(
            clause.heading.end if clause.heading else clause.start,
            clause.heading.end if clause.heading else clause.start,
            aliases,
        )
    if clause.own_start:
        label = Fragment("own_words_label.html", lambda: {"is_in_full": document.is_in_full})
        yield _Change(clause.own_start, clause.own_start, label)
    if clause.summary_start:
        yield _Change(clause.summary_start, clause.summary_start, Fragment("summary_label.html"))
    changes = changes_of(edition).get(clause.address, ())
    texts = {note.address: text_of(note) for note in changes}

    def foot() -> dict[str, object]:
        found = backlinks(edition, clause, document.source)
        strip = lineage(edition, clause, document.source)
        return {
            "name": clause.name,
            "changes": [{"note": note, "kind": NOTE_KINDS[note.kind]} for note in changes],
            "lineage": [(link.document.date.year, link.state, link.href, link.is_here) for link in strip],
            "compared": compared(edition, strip, document.source),
            "backlinks": found,
            "counts": list(Counter(backlink.kind for backlink in found).items()),
        }

    yield _Change(clause.end, clause.end, Fragment("clause_foot.html", foot, texts))
