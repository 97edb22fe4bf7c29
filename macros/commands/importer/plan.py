"""The plan of an import: the two files as they would be, what would change, and what that touches."""

import difflib
import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from ...checks.run import check
from ...derived.index import changes
from ...model.date import Date
from ...model.document import Document
from ...model.edition import Edition
from ...model.kind import DECLARATION
from ...model.layout import WITNESS
from ...model.loading import load
from ...model.passage import UNPLACED, Clause
from ...text.problem import Problem
from ..impact.touch import Touch, touches
from ..writing import put
from .blocks import Block, ExtractionError
from .extraction import Extracted
from .outline import outline
from .placement import Section, as_outlined, place

_MARKDOWN = re.compile(r"([\\`*_\[\]#])")
_MOST_LEFT = 50  # passages that a witness's header names
_BLOCK_MARK = re.compile(r"^(\s*)(\d*)([-+.)](?=\s)|>)")


@dataclass(frozen=True)
class Plan:
    """What an import would write, and what a contributor should know of it."""

    document: Document
    page: str
    witness: str
    sections: tuple[Section, ...]
    without_text: tuple[str, ...]
    is_changed: bool

    @property
    def unplaced(self) -> tuple[Section, ...]:
        """The sections that a contributor has to place."""
        return tuple(section for section in self.sections if not section.clause)


def plan(
    edition: Edition,
    document: Document,
    extracted: Extracted,
    *,
    address: str,
    retrieved: Date,
    accepted: Sequence[str] = (),
    clauses: str = "",
) -> Plan:
    """Return what bringing in a text would make of a document; nothing is written.

    `accepted` says what of the text does not fit the record, and was taken in all the same; `clauses` of what in the
    text clauses are made, `headings` or `articles`.  Raises `ExtractionError` where it has none.
    """
    held = {clause.id: clause.text for clause in document.clauses} if document.is_in_full else {}
    kept = [clause for clause in document.clauses if not clause.id.startswith(UNPLACED)]
    if clauses:
        outlined = outline(extracted.blocks, clauses, kept, _earlier(edition, document))
        if len(outlined) < 2:
            raise ExtractionError(f"the text has no {clauses} of which clauses could be made: {_counted(extracted)}")
        placed = as_outlined(extracted.blocks, outlined)
    else:
        placed = place(extracted.blocks, kept, held=held)
    known = edition.witnesses.get(document.id)
    is_changed = known is None or known.text != extracted.text
    page = _page(document, placed, extracted.blocks) if is_changed else written(document)
    witness = _witness(extracted, address, retrieved, accepted)
    taken = {section.clause for section in placed}
    return Plan(document, page, witness, placed, tuple(c.id for c in kept if c.id not in taken), is_changed)


def _counted(extracted: Extracted) -> str:
    headings = sum(bool(block.level) for block in extracted.blocks)
    return f"it has {headings} headings; leave --clauses out, and give headings to its passages by hand"


def _earlier(edition: Edition, document: Document) -> list[Clause]:
    """Return the clauses of the texts before in a document's series, those of the last one first."""
    before = [
        other
        for other in edition.documents.values()
        if other.kind is DECLARATION and other.series == document.series and other.date < document.date
    ]
    found = {c.id: c for other in sorted(before, key=lambda other: other.date) for c in other.clauses if c.own}
    return [clause for clause in found.values() if not clause.id.startswith(UNPLACED)]


def _witness(extracted: Extracted, address: str, retrieved: Date, accepted: Sequence[str]) -> str:
    is_address = address.startswith(("http://", "https://"))
    left = [str(left) for left in extracted.left]
    more = [f"and {len(left) - _MOST_LEFT} passages more"] if len(left) > _MOST_LEFT else []
    header = {
        "origin": "The official text, brought in by the importer." if is_address else f"From the file {address}.",
        **({"url": address} if is_address else {}),
        "retrieved": retrieved.iso,
        "sha256": hashlib.sha256(extracted.text.encode()).hexdigest(),
        **({"accepted": list(accepted)} if accepted else {}),
        **({"left_out": [*left[:_MOST_LEFT], *more]} if left else {}),
    }
    return f"---\n{yaml.safe_dump(header, allow_unicode=True, sort_keys=False, width=1000)}---\n{extracted.text}"


def written(document: Document) -> str:
    """Return the file of a document as it is."""
    return f"---\n{document.file.front_text}---\n{document.file.body}"


def _page(document: Document, placed: Sequence[Section], blocks: Sequence[Block]) -> str:
    """Write a declaration's page anew: its clauses in the order of the text, headings and our words untouched."""
    source = document.file
    spans = {heading.attributes.id: (heading.start, end) for heading, end in source.sections()}
    head = source.body[: min((start for start, _ in spans.values()), default=len(source.body))].rstrip("\n")
    parts = [head]
    number = 0

    def of_record(id: str, quoted: str = "") -> str:
        """Return a clause of the record with its heading and our words, and its own words between them."""
        start, end = spans[id]
        clause = next(clause for clause in document.clauses if clause.id == id)
        heading_end = clause.heading.end if clause.heading else start
        ours = _without_blockquotes(source.body[heading_end:end])
        return "\n\n".join(part for part in (source.body[start:heading_end], quoted, ours) if part)

    for section in placed:
        quoted = _blockquote(section, blocks)
        if section.clause in spans:
            parts.append(of_record(section.clause, quoted))
        elif section.clause:
            parts.append(f"## {_literal(section.name)} {{ #{section.clause} }}\n\n{quoted}")
        else:
            number += 1
            hint = f" (perhaps of {section.hint})" if section.hint else ""
            parts.append(f"## Not yet placed{hint} {{ #{UNPLACED}{number} }}\n\n{quoted}")
    taken = {section.clause for section in placed}
    left = (clause.id for clause in document.clauses if clause.id not in taken)
    parts += [of_record(id) for id in left if not id.startswith(UNPLACED)]
    return f"---\n{source.front_text}---\n" + "\n\n".join(parts) + "\n"


def _blockquote(section: Section, blocks: Sequence[Block]) -> str:
    """Return a section's sentences as a blockquote, one a line, so that a change shows as the line that changed."""
    return "\n>\n".join(
        "\n".join(f"> {line}" for line in _lines(blocks[number], sentences)) for number, sentences in section.paragraphs
    )


def _lines(block: Block, sentences: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a block: a heading in bold type, a table as one, a paragraph sentence by sentence."""
    if block.rows:
        first, *others = (" | ".join(_literal(cell).replace("|", "&#124;") for cell in row) for row in block.rows)
        yield from (f"| {first} |", "| --- " * len(block.rows[0]) + "|", *(f"| {row} |" for row in others))
    elif block.level:
        yield f"**{_literal(' '.join(sentences))}**"
    else:
        yield from map(_literal, sentences)


def _literal(text: str) -> str:
    """Return plain text as Markdown that prints just that."""
    text = _MARKDOWN.sub(r"\\\1", text).replace("&", "&amp;").replace("<", "&lt;").replace("{", "&#123;")
    return _BLOCK_MARK.sub(r"\1\2\\\3", text)


def _without_blockquotes(text: str) -> str:
    blocks = re.split(r"\n[ \t]*\n", text.strip("\n"))
    return "\n\n".join(
        block.strip("\n") for block in blocks if block.strip() and not re.match(r" {0,3}>", block.lstrip("\n"))
    )


def difference(old: str, new: str, name: str) -> list[str]:
    """Return the lines of a unified diff."""
    return list(
        difflib.unified_diff(old.splitlines(), new.splitlines(), f"{name} (now)", f"{name} (then)", lineterm="", n=2)
    )


def touched(before: Edition, docs: Path, shown: str, found: Plan) -> tuple[list[str], list[Problem]]:
    """Return in sentences what an import touches, and the problems that it would make; a copy of the texts is tried.

    Raises `ExtractionError` where the text would make no document.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "docs"
        for uri in before.paths - before.refused:
            (copy / uri).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(docs / uri, copy / uri)
        write(copy, found)
        after = load(copy, shown)
        known = set(check(before))
        new = [problem for problem in check(after) if problem not in known]
    if found.document.id not in after.documents:
        told = next(
            (f": {problem.message}" for problem in new if problem.position.path.endswith(found.document.file.uri)), ""
        )
        raise ExtractionError(f"the text would make a file that cannot be read again{told}")
    id, became = found.document.id, touches(before, after)
    changed = {touch.thing.name for touch in became if touch.kind == "address" and touch.state != "exact"}
    return [
        *(said for touch in became if (said := _became(touch, id))),
        *(
            f"{note.file.path}: the note on a change '{note.id}' lies at '{address}', whose words change"
            for note in changes(after)
            for address in note.between
            if address in changed and address.startswith(f"{id}#")
        ),
    ], new


def _became(touch: Touch, id: str) -> str:
    """Say in a sentence what becomes of a quotation or a comparison of a document, if one is touched."""
    old, new = touch.before, touch.after
    if not old or not new or all(target.partition("#")[0] != id for target in new.targets):
        return ""
    place = f"{new.position.path}:{new.position.line}"
    if touch.state == "unproved":
        return f"{place}: {new.words} no longer agrees with '{new.name}'"
    if touch.kind == "quotation" and old.proof != new.proof:
        return f"{place}: {new.words} becomes {new.proof}"
    return f"{place}: a comparison holds this document" if touch.kind == "comparison" else ""


def write(docs: Path, found: Plan) -> Sequence[Path]:
    """Write witness and page, both or, where it is broken off or the system refuses, none (see `put`)."""
    page = docs / found.document.file.uri
    return put(page.parent, {found.document.id + WITNESS: found.witness, page.name: found.page})
