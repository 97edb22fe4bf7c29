"""Witnesses: the texts as received, and the check that a page departs from its witness only where it says so."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from ..model.configuration import Extensions
from ..model.document import Document
from ..model.edition import Edition
from ..model.kind import Kind
from ..model.macro import Macro
from ..model.witness import Witness
from ..page.received import Received
from ..text.agreement import Edit
from ..text.file import TextFile
from ..text.memo import remembered
from ..text.problem import Problem
from ..text.words import difference, lead, spell
from .base import Scope, check

WITHHELD = "[e-mail address withheld]"
"""Stands in a received text for a person's e-mail address."""

_MAIL = re.compile(
    r"(?<![\w.+-])(?P<name>[\w+-][\w.+-]{0,63})@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}(?![\w-])"
)
_OFFICE = (
    r"(?:admin|bureau|contacto?|desk|editors?|editorial|enquiries|events|feedback|hello|help|info|inquiries|kontakt|letters"
    r"|mail|media|membership|news|office|poststelle|prensa|press|presse|publications?|redaktion|secretariat?|sekretariat"
    r"|service|subscriptions?|support|webmaster)"
)
_OF_AN_OFFICE = re.compile(rf"{_OFFICE}(?:[._+-]?{_OFFICE}){{0,3}}\d{{0,3}}", re.IGNORECASE)
MOST_TOLD = 100
"""Places where a text departs from its witness that are told at a time: with more, it is another text."""

_CONTEXT = 4  # words shown on each side of a difference
_MOST = 12  # words shown of a difference
_NAMED = 6  # escaped words that a message names
_RESTORE = "restore the witness's words, or declare the change with emend(…)"
_DEDENT = "Markdown reads the spaces that this line begins with: take them out"


@check(Scope.DOCUMENT)
def witness(edition: Edition, document: Document) -> Iterator[Problem]:
    """Find where a document departs from its witness without saying so."""
    received = edition.witnesses.get(document.id)
    if received:
        yield from disagreements(document.file, received, document.kind, edition.macros, edition.extensions)


@check(Scope.DOCUMENT)
def private_addresses(edition: Edition, document: Document) -> Iterator[Problem]:
    """Find e-mail addresses of people in a text as received: it is published, and its witness is seen by all."""
    received = edition.witnesses.get(document.id)
    if not document.kind.is_received:
        return
    for match in _MAIL.finditer(document.file.body) if "@" in document.file.body else ():
        if _OF_AN_OFFICE.fullmatch(match["name"]):
            continue
        message = f"'{match[0]}' is somebody's address, which is personal data: write `{WITHHELD}` in its place"
        if received and match[0] in received.text:
            withheld = hashlib.sha256(received.text.replace(match[0], WITHHELD).encode()).hexdigest()
            message += f", here and in {received.path}; its header then has `sha256: {withheld}`"
            message += " and says it under 'redactions'"
        yield Problem(document.file.position(match.start()), "personal-data-is-withheld", message)
        return  # the digest is that of a text without this one


@remembered
def disagreements(
    file: TextFile, witness: Witness, kind: Kind, macros: Mapping[str, Macro], extensions: Extensions
) -> tuple[Problem, ...]:
    """Return a problem for each place where a document departs from its witness without declaring it.

    A commentary's whole body is compared as a reader gets it, with emphasis, links and paragraph breaks; of a
    declaration its own words, which clauses part as they need to.
    """
    is_marked = witness.is_marked if witness.is_marked is not None else kind.is_received
    return tuple(_told(Received(file, witness.text, is_marked, kind.is_received, macros, extensions), file, macros))


def _told(received: Received, file: TextFile, macros: Mapping[str, Macro]) -> Iterator[Problem]:
    found = received.edits
    said: set[tuple[int | None, str]] = set()
    stretches = _stretches(found, lambda edit: file.position(received.offset(edit)).line)
    for number, (first, last) in enumerate(stretches, start=1):
        edit, offset = found[first], received.offset(found[first])
        if number > MOST_TOLD:
            message = f"the text departs from its witness here, too, and in more places: mend the first {MOST_TOLD}"
            yield Problem(file.position(offset), "page-agrees-with-witness", message)
            return
        way_out = _way_out(received, edit, file, macros)
        place = received.number(edit), way_out
        if way_out is not _RESTORE and place in said:
            continue  # what mends the one mends the other
        said.add(place)
        before = found[first - 1].theirs[-_CONTEXT:] if first else []
        shown = spell(before)
        for each in found[first : last + 1]:
            shown += lead(each.theirs or each.ours)
            shown += spell(each.theirs) if each.is_same else difference(each.theirs, each.ours, _MOST)
        after = found[last + 1].theirs[:_CONTEXT] if last + 1 < len(found) else []
        shown += lead(after) + spell(after)
        message = f"the text departs from its witness, “{shown.strip()}” ([-witness-] {{+page+}}): {way_out}"
        yield Problem(file.position(offset), "page-agrees-with-witness", message)


def _way_out(received: Received, edit: Edit, file: TextFile, macros: Mapping[str, Macro]) -> str:
    """Say what to do where a page departs from its witness: declare it rightly, escape signs, or restore the text."""
    at = received.offset(edit)
    call = next((call for call in file.calls if call.start <= at < call.end), None)
    if call and (name := macros[call.name].witness if call.name in macros else ""):
        return f"'{name}' of this call is what the witness has: write {name}=\"{spell(edit.theirs)}\""
    found = received.escape(edit)
    if found is None:
        return _RESTORE
    block, mended = found
    old, new = received.source_of(block).split(), mended.split()
    named = [f"`{word}`" for word in dict.fromkeys(word for was, word in zip(old, new, strict=True) if was != word)]
    if not named:
        return _DEDENT
    return f"Markdown reads signs of the author's here: write {', '.join(named[:_NAMED])}{' …' * (len(named) > _NAMED)}"


def _stretches(edits: Sequence[Edit], line: Callable[[Edit], int]) -> list[tuple[int, int]]:
    """Return first and last of the edits that one problem tells of: changes of one line with few words between them."""
    found: list[tuple[int, int]] = []
    for number, edit in enumerate(edits):
        if edit.is_same:
            continue
        first, last = found[-1] if found else (number, number)
        is_near = last == number - 2 and len(edits[number - 1].theirs) <= 2 * _CONTEXT
        if is_near and line(edits[last]) == line(edit):
            found[-1] = first, number
        else:
            found.append((number, number))
    return found
