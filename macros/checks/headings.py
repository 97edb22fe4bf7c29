"""Headings: what stands in braces behind them, which others refer to; and braces behind what is no heading."""

import re
from collections.abc import Iterator
from functools import partial

from ..derived.index import by_uri
from ..model.edition import Edition
from ..model.layout import GLOSSARY, NEWS
from ..model.note import NOTE_KINDS
from ..model.passage import ID, as_id
from ..text.allowlist import OWN, authors_fault, stray_fault
from ..text.file import TextFile
from ..text.heading_mistakes import meant
from ..text.markup import Heading
from ..text.problem import Problem
from .base import Scope, check

_SEARCHED = frozenset(("also",))
"""What the title or a section of any page but a document says for the search."""

_AT_THE_END = re.compile(
    r"(?P<braces>\{(?<=[ ]\{):?[ ]*(?:\#\S+[ ]+)?\.[a-zA-Z][^{}\n]*\})[ ]*$(?!\n:\s)", re.MULTILINE
)
"""A class in braces at the end of a line, but of a term that is defined."""
_OF_A_PARAGRAPH = re.compile(r"(?![^\S\n]*+(?:\#|\||:\s))[^|\n]*[^|\s][ ]+")
"""The line up to there, if it is no heading, no row of a table and no definition."""

_ALONE = re.compile(
    r"(?:\A|(?<=\S))(?P<gap>\s*+)(?P<braces>\{:?[ ]*+(?:[.#][\w-]|[\w-]++=)[^{}\n]*+\})(?=[ ]*+(?:\n|\Z))"
)
"""Braces on a line of their own, with the gap above them: an empty line, or the text's beginning, is nothing to
which they could belong."""
_HAS_AN_ID = re.compile(
    r"^(?!#{1,6}[^#])(?P<words>[^{}\n]*+)\{:?[ ]*+#(?P<id>[a-zA-Z][\w-]*+)(?P<more>[^{}\n]*+)\}",
    re.MULTILINE,
)
_EMPTY_LINE = re.compile(r"\n[ ]*\n")


@check(Scope.FILE)
def headings(edition: Edition, file: TextFile) -> Iterator[Problem]:
    """Find faults in what stands in braces behind headings: ids are ASCII, and one of a kind in their page."""
    document, is_notes = by_uri(edition).get(file.uri), file.uri in edition.notes_files
    is_record = document is not None and document.kind.is_compared
    has_ids = is_notes or file.uri == GLOSSARY or is_record
    title = next((heading.start for heading in file.headings if heading.level == 1), -1)
    seen: dict[str, int] = {}
    for heading in file.headings:
        attributes, id = heading.attributes, heading.attributes.id
        as_meant = partial(meant, file, heading, NOTE_KINDS if is_notes else ())
        rule, fault = "heading-is-well-formed", ""
        level = max(heading.level, 2) if has_ids and id else heading.level
        if not heading.is_closed:
            fault = f"the braces of this heading are not closed: write `{_form(as_meant(), level)}`"
        elif attributes.strays and (id or attributes.classes):
            fault = (
                f"'{attributes.strays[0]}' in the braces of this heading is neither an id, which begins with # and has "
                f"no spaces, nor a class, which begins with a full stop: write `{_form(as_meant(), level)}`"
            )
        elif attributes.strays and not has_ids:
            rule, fault = "html-is-allowed", stray_fault(attributes.strays[0])
        elif has_ids and as_meant() is not heading:
            fault = (
                f"what belongs to a heading stands in one pair of braces at its end: write `{_form(as_meant(), level)}`"
            )
        elif has_ids and heading.level == 1 and id:
            fault = f"a heading with an id begins with two hashes here: write `{_form(as_meant(), level)}`"
        elif is_record and heading.level == 1 and heading.start != title:
            written = f"## {heading.text} {attributes._replace(id=as_id(heading.name))}"
            fault = f"the title of the page stands above, and a clause begins with two hashes: write `{written}`"
        elif id and not ID.fullmatch(id):
            right = f"write '{as_id(id)}', here and where it is referred to"
            rule, fault = (
                "id-is-ascii",
                f"the id '{id}' is not lower-case ASCII letters, digits and hyphens: {right}",
            )
        elif id and id in seen:
            line = file.position(seen[id]).line
            rule, fault = "id-is-unique", f"the id '{id}' stands in line {line} already: give this heading another"
        if fault:
            yield Problem(file.position(heading.start), rule, fault, hides=f"{file.stem}#")
        elif id:
            seen[id] = heading.start
    if has_ids:
        yield from _no_headings(file)


def _form(heading: Heading, level: int) -> str:
    attributes = heading.attributes._replace(id=as_id(heading.attributes.id) if heading.attributes.id else "")
    return f"{'#' * level} {heading.text} {attributes}"


def _no_headings(file: TextFile) -> Iterator[Problem]:
    """Find lines that have an id as a heading has, and are none."""
    for match in _HAS_AN_ID.finditer(file.masked_of_calls):
        words = match["words"].strip(" *_#>+-")
        if not match["words"].strip():
            continue  # below a heading, which is told with it, or below a paragraph
        form = f"## {words or 'Title'} {{ #{as_id(match['id'])}{match['more'].rstrip()} }}"
        message = f"this line has the id of a heading and is none: write `{form}`"
        yield Problem(file.position(match.start()), "heading-is-well-formed", message, hides=f"{file.stem}#")


@check(Scope.FILE, is_last=True)
def own(edition: Edition, file: TextFile) -> Iterator[Problem]:
    """Find what headings of clauses, notes, terms and news alone may say, behind those that are none of these.

    Other names of it may stand behind every heading of a section that is searched by itself.
    """
    document = by_uri(edition).get(file.uri)
    clauses = {passage.start for passage in document.passages.values()} if document else ()
    is_data = file.uri in (GLOSSARY, NEWS) or file.uri in edition.notes_files
    for heading in file.headings:
        if not heading.attributes.pairs:
            continue
        is_read = heading.start in clauses or (is_data and heading.level > 1)
        may_say = OWN if is_read else _SEARCHED if document is None else frozenset()
        for name in sorted(heading.attributes.pairs.keys() & OWN - may_say):
            yield Problem(file.position(heading.start), "html-is-allowed", authors_fault("", name, ""))


@check(Scope.TEXT)
def braces(file: TextFile) -> Iterator[Problem]:
    """Find braces that would be printed: they say what a paragraph is, and stand at the end of one of its lines."""
    text = file.masked_of_calls
    for match in _AT_THE_END.finditer(text):
        if not _OF_A_PARAGRAPH.fullmatch(text, file.line_around(match.start())[0], match.start()):
            continue
        form = f"put `{match['braces']}` on a line of its own below it"
        message = f"the braces at the end of this line would be printed: {form}"
        yield Problem(file.position(match.start("braces")), "braces-have-a-line", message)
    for match in _ALONE.finditer(text) if "\n{" in text or "\n {" in text or text.startswith("{") else ():
        if match.start("gap") and not _EMPTY_LINE.search(file.masked, *match.span("gap")):  # no call is empty
            continue
        message = "these braces would be printed: put them right below their paragraph, without an empty line between"
        yield Problem(file.position(match.start("braces")), "braces-have-a-line", message)
