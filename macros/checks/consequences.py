"""Consequences: problems that would be gone once another is mended, so that one mistake is one problem.

A document whose front matter cannot be read seems to be missing wherever it is referred to; a note whose one call
is misspelt seems to be unused.  What a fault hides is said by its problem, what a place misses by the place's.
"""

import re
from collections.abc import Container, Iterable, Mapping, Sequence, Set
from pathlib import PurePosixPath

from ..derived.index import files, grouped
from ..derived.proof import quotations
from ..derived.uses import page_that
from ..model.document import Document
from ..model.edition import Edition
from ..model.layout import BIBLIOGRAPHY
from ..model.macro import Role
from ..model.passage import Clause, split_address
from ..text.problem import Position, Problem, follows, nearest
from ..text.rule import RULES


def is_settled(edition: Edition, problems: Iterable[Problem]) -> bool:
    """Say whether it can be said which own words the commentaries quote: they, and what they quote, have no problem."""
    commentaries = {document.file.path for document in edition.documents.values() if document.kind.is_received}
    return not any(quotation.refusal for quotation in quotations(edition)) and not any(
        problem.position.path in commentaries
        or problem.rule == "own-words-stand-apart"
        or (problem.hides and "#" not in problem.hides)  # a whole document, or its witness
        for problem in problems
    )


def without_consequences(edition: Edition, problems: Iterable[Problem]) -> set[Problem]:
    """Return the problems without those that would be gone once another is mended.

    Left out are: what misses something that a fault hides; what a paragraph with a faulty call seems to say; a
    quotation whose words, or whose source, depart from their witness; what is unused because the one use of it is
    misspelt.  Several places that miss the same passage are one problem, of the document that should have it.
    """
    hidden = {problem.hides for problem in problems if problem.hides}
    left = {problem for problem in problems if not follows(problem, hidden)}
    if BIBLIOGRAPHY in hidden:
        left = {problem for problem in left if problem.rule not in ("source-resolves", "file-may-stand-here")}
    listed = PurePosixPath(page_that(edition, Role.BIBLIOGRAPHY)).stem
    left = {p for p in left if not (p.rule == "link-resolves" and _of_source(p.misses, listed, hidden))}
    headings, ids = (
        {(p.position.path, p.position.line) for p in left if p.rule == rule}
        for rule in ("heading-is-well-formed", "id-is-ascii")
    )
    below = {(path, line + further) for path, line in headings for further in (1, 2)}
    left = {p for p in left if not _of_braces(p, headings, below, ids)}
    misread = {(p.position.path, p.position.line) for p in left if p.rule == "markdown-says-what-is-meant"}
    left = {p for p in left if p.rule != "call-stands-in-text" or (p.position.path, p.position.line) not in misread}
    faulty = _faulty_paragraphs(edition, left, _OF_CALLS)
    left = {p for p in left if p.rule not in _JUDGED_IN_WHOLE or not _within(p.position, faulty)}
    unshaped = _faulty_paragraphs(edition, left, _OF_SHAPE)
    left = {p for p in left if p.rule != "page-agrees-with-witness" or not _within(p.position, unshaped)}
    if any(problem.rule == _GIST for problem in left):
        troubled = _faulty_paragraphs(edition, left, RULES.keys() - {_GIST})
        left = {p for p in left if p.rule != _GIST or not _within(p.position, troubled)}
    departing = [problem.position for problem in left if problem.rule == "page-agrees-with-witness"]
    for quotation in quotations(edition) if departing else ():
        file, call = quotation.file, quotation.call
        start, stop = file.position(call.start), file.position(call.stop)
        quoted = edition.documents.get(split_address(quotation.target)[0])
        paths = [quoted.file.path] if quoted else []
        if quotation.refusal and any(start <= place <= stop or place.path in paths for place in departing):
            left.discard(quotation.refusal.at(start))
    left = _gathered(edition, left)
    is_whole = all(file.is_sound for file in files(edition))
    said = [p.message for p in left if p.rule not in _UNUSED and (p.misses or p.hides)]
    said += [text for paragraphs in faulty.values() for text in paragraphs.values()]
    meant = {word for text in said for word in _WORD.findall(text.replace("#note-", " "))}
    unopened = {file.stem for file in files(edition) if any(item.word == "endcall" for item in file.broken)}
    unused = {p for p in left if p.rule in _UNUSED and is_whole and p.misses not in meant}
    uncalled = {p for p in unused if p.rule == "note-is-used" and PurePosixPath(p.position.path).stem in unopened}
    return {p for p in left if p.rule not in _UNUSED} | (unused - uncalled)


_JUDGED_IN_WHOLE = ("page-agrees-with-witness", "quotation-has-address")
"""The rules that speak of a paragraph's text, which is not known while a call in it is faulty."""


def _of_source(misses: str, listed: str, hidden: Set[str]) -> bool:
    """Say whether what a link misses is a source on the page that lists them, and a fault hides it."""
    page, _, key = misses.partition("#")
    return page == listed and not hidden.isdisjoint((key, BIBLIOGRAPHY))


_GIST = "note-begins-with-its-gist"
"""The rule that is not asked of a line in which, or below which, something else is wrong."""

_UNUSED = ("note-is-used", "source-is-used")

_Lines = Set[tuple[str, int]]

_OF_CALLS = ("call-is-well-formed", "call-is-literal", "call-stands-in-text", "macro-known", "arguments-fit")
_OF_SHAPE = ("braces-have-a-line", "own-words-stand-apart")


def _of_braces(problem: Problem, headings: _Lines, below: _Lines, ids: _Lines) -> bool:
    """Say whether a problem only follows from a heading whose braces cannot be read, or whose id is none."""
    line, rule = (problem.position.path, problem.position.line), problem.rule
    return (
        (line in headings and rule != "heading-is-well-formed")
        or (line in below and rule in ("html-is-allowed", "braces-have-a-line"))
        or (line in ids and rule in ("clause-id-is-distinct", "source-is-used"))
    )


_WORD = re.compile(r"[\w-]+")

_Paragraphs = Mapping[str, Mapping[tuple[int, int], str]]
"""Paragraphs by the path of their file, and by their first and last line."""


def _faulty_paragraphs(edition: Edition, problems: Iterable[Problem], rules: Container[str]) -> _Paragraphs:
    """Return the paragraphs with a call that cannot be read, or in which one of the rules is broken."""
    places = {problem.position for problem in problems if problem.rule in rules}
    places |= {file.position(item.start) for file in files(edition) for item in file.broken}
    by_path = {file.path: file for file in files(edition)}
    found: dict[str, dict[tuple[int, int], str]] = {}
    for place in places:
        file = by_path.get(place.path)
        if file is None or place.line <= file.offset or _within(place, found):  # above the body stands no paragraph
            continue
        lines = file.body.split("\n")
        first = last = min(place.line - file.offset, len(lines)) - 1
        while first > 0 and lines[first - 1].strip():
            first -= 1
        while last + 1 < len(lines) and lines[last + 1].strip():
            last += 1
        span = file.offset + first + 1, file.offset + last + 1
        found.setdefault(file.path, {})[span] = "\n".join(lines[first : last + 1])
    return found


def _within(place: Position, paragraphs: _Paragraphs) -> bool:
    return any(first <= place.line <= last for first, last in paragraphs.get(place.path, ()))


def _gathered(edition: Edition, problems: set[Problem]) -> set[Problem]:
    """Put one problem, at the document, in the place of those of several files that miss the same passage of it."""
    missing = (p for p in problems if p.rule in ("clause-resolves", "link-resolves") and "#" in p.misses)
    left = set(problems)
    for address, places in grouped((problem.misses, problem) for problem in missing).items():
        name, id = split_address(address)
        document = edition.documents.get(name)
        known = nearest(id, document.passages) if document else ""
        is_spread = len({place.position.path for place in places}) > 1 or (len(places) > 1 and not known)
        if document and document.kind.is_compared and is_spread:
            near = [clause for clause in document.clauses if clause.id == known]
            if any(clause.id in other.passages for clause in near for other in _others(edition, document)):
                continue  # the places misspell an id that is well known
            names = {other.passages[id].name for other in _others(edition, document) if id in other.passages}
            same = [clause for clause in document.clauses if clause.name in names]
            left -= set(places)
            left.add(_renamed(document, id, next(iter((*same, *near)), None), sorted(places)))
    return left


def _others(edition: Edition, document: Document) -> list[Document]:
    return [other for other in edition.documents.values() if other is not document]


def _renamed(document: Document, id: str, clause: Clause | None, places: Sequence[Problem]) -> Problem:
    """Return the problem of a clause that several files refer to and that a document has not, or no longer.

    `clause` is the one that was probably called so.
    """
    listed = ", ".join(f"{place.position.path}:{place.position.line}" for place in places[:3])
    more = f" and {len(places) - 3} more" if len(places) > 3 else ""
    form = f'aliases="{" ".join([*(clause.aliases if clause else ()), id])}"'
    what = f"if this clause was called so, keep the old id in the braces of its heading, {form}"
    message = f"{listed}{more} refer to a clause '{id}' of '{document.id}', which has none: "
    message += what if clause else f"give it one, or, if it was renamed, keep the old id in its heading, {form}"
    return Problem(document.file.position(clause.start if clause else 0), "clause-resolves", message)
