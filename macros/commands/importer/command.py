"""The import command: fetches, shows what would change and what that touches, and asks before it writes."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn
from rich.prompt import Confirm
from rich.table import Table
from rich.text import Text

from ...model.date import Date
from ...model.document import Document
from ...model.edition import Edition
from ...model.folder import link_in
from ...model.front import DeclarationFront
from ...model.kind import DECLARATION
from ...model.layout import WITNESS
from ...model.loading import load
from ...text.line import spelled
from ...text.problem import did_you_mean
from .blocks import ExtractionError, shortened
from .extraction import NO_ANSWERS, Answers, Extracted, extract
from .fetching import FetchError, fetch
from .identity import disagreements
from .plan import Plan, difference, plan, touched, write, written

DONE, REFUSED, USAGE = 0, 1, 2
LONGEST_DIFF = 60  # lines shown before the rest is counted only
LONGEST_LIST = 100  # passages left out or in doubt that are shown


def run(
    ids: Sequence[str],
    *,
    docs: Path,
    source: str = "",
    answers: Answers = NO_ANSWERS,
    accept: Sequence[str] = (),
    clauses: str = "",
    is_all: bool = False,
    is_sure: bool = False,
    is_quiet: bool = False,
    cache: Path = Path(".cache/import"),
    pause: float = 1.0,
    ask: Callable[[str], bool] | None = None,
) -> int:
    """Import the official texts of some declarations; return an exit status.

    `source` is an address or file instead of the ones in front matter; `answers` says what is text and what is not;
    `accept` names in what a text may differ from its record, `clauses` of what in the text clauses are made; `is_sure`
    answers every question with yes.
    """
    console = Console(stderr=True, quiet=is_quiet, highlight=False, soft_wrap=True)
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    edition = load(docs, docs.as_posix())
    declarations = [document for document in edition.documents.values() if document.kind is DECLARATION]
    wanted = [d for d in declarations if isinstance(d.front, DeclarationFront) and d.front.official] if is_all else []
    for id in ids:
        document = edition.documents.get(id)
        if document is None or document.kind is not DECLARATION:
            known = [d.id for d in declarations]
            hint = did_you_mean(id, known)
            errors.print(f"There is no declaration '{id}'{hint} (declarations: {', '.join(known)}).", markup=False)
            return USAGE
        wanted.append(document)
    if not wanted:
        errors.print(
            "Say which declaration: python -m macros import some-id, or --all for every one with an official address."
        )
        return USAGE
    if source and len(wanted) > 1:
        errors.print("--from gives one text, so name one declaration.")
        return USAGE
    ask = ask or (lambda question: is_sure or Confirm.ask(question, console=errors, default=False))
    importing = _Importing(edition, docs, source, answers, accept, clauses, cache, pause, ask, console, errors)
    results = [importing.bring_in(document) for document in wanted]
    if len(wanted) > 1:
        console.print(f"{results.count(DONE)} of {len(wanted)} texts are in.")
    return max(results)


@dataclass(frozen=True)
class _Importing:
    """What is the same for all texts of one run."""

    edition: Edition
    docs: Path
    source: str
    answers: Answers
    accept: Sequence[str]
    clauses: str
    cache: Path
    pause: float
    ask: Callable[[str], bool]
    console: Console
    errors: Console

    def _refuse(self, document: Document, why: str) -> int:
        self.errors.print(f"{document.id}: {why}.", markup=False)
        return REFUSED

    def bring_in(self, document: Document) -> int:
        """Import the text of a declaration; return an exit status."""
        front, uri = document.front, document.file.uri
        assert isinstance(front, DeclarationFront)
        if link := link_in(self.docs, uri.removesuffix(".md") + WITNESS):
            return self._refuse(document, f"{self.docs / link} is a link of the file system: take it out first")
        official = [official.url for official in sorted(front.official, key=lambda o: o.language != "en")]
        addresses = [self.source] if self.source else official
        if not addresses:
            way = "add one under 'official', or say --from ADDRESS or --from FILE"
            return self._refuse(document, f"its front matter names no official address: {way}")
        got = self._first(document, front, addresses)
        if got is None:
            return REFUSED
        extracted, address, accepted = got
        retrieved = Date.read(datetime.datetime.now(tz=datetime.UTC).date())
        try:
            found = plan(
                self.edition, document, extracted,
                address=address, retrieved=retrieved, accepted=accepted, clauses=self.clauses,
            )  # fmt: skip
            if not found.is_changed:
                said = f"{document.id}: the text is the one that is held already; nothing to do."
                self.console.print(said, markup=False)
                return DONE
            sentences, problems = touched(self.edition, self.docs, self.docs.as_posix(), found)
        except ExtractionError as error:
            return self._refuse(document, spelled(str(error)))
        _show(found, extracted, address, self.console)
        for line in sentences:
            self.console.print(f"  {line}", markup=False)
        for problem in problems:
            self.console.print(f"  problem: {problem}", style="yellow", markup=False)
        if not self.ask(f"Write {document.id}?"):
            return self._refuse(document, "nothing was written")
        for path in write(self.docs, found):
            self.console.print(f"  wrote {path}", markup=False)
        _next_step(found, self.console)
        return DONE

    def _first(
        self, document: Document, front: DeclarationFront, addresses: Sequence[str]
    ) -> tuple[Extracted, str, list[str]] | None:
        """Return the text of the first address that has the document, and what of it was accepted.

        Of each other address it is said why it was passed over.
        """
        for address in addresses:
            try:
                with Progress(
                    TextColumn("{task.description}"), BarColumn(), DownloadColumn(), console=self.console,
                    transient=True, disable=self.console.quiet,
                ) as bar:  # fmt: skip
                    task = bar.add_task(f"fetching {document.id}", total=None)
                    fetched = fetch(address, self.cache, partial(_advance, bar, task), pause=self.pause)
                extracted = extract(fetched, self.answers)
            except (FetchError, ExtractionError) as error:
                self._refuse(document, spelled(str(error)))
                continue
            wrong = {**extracted.doubts, **disagreements(extracted, front, address)}
            if refused := [name for name in wrong if name not in self.accept]:
                said = spelled("; ".join(wrong[name] for name in refused))
                options = " ".join(f"--accept {name}" for name in refused)
                way = f"Look at it; if it is, say {options}: the witness will say so"
                self._refuse(document, f"{address} may not be this document: {said}. {way}")
                continue
            found = fetched.address if "://" in fetched.address else Path(address).name
            return extracted, found, [spelled(said) for said in wrong.values()]
        return None


def _advance(bar: Progress, task: TaskID, done: int, total: int | None) -> None:
    bar.update(task, completed=done, total=total)


def _show(found: Plan, extracted: Extracted, address: str, console: Console) -> None:
    console.print(
        Text(
            f"{found.document.id}: “{extracted.title}” from {address}, "
            f"{len(extracted.blocks)} paragraphs, {extracted.words} words"
        )
    )
    for note in extracted.notes:
        console.print(f"  note: {note}", style="yellow", markup=False)
    _list(
        console,
        "left out, since nobody reads it as the document's (--keep “its first words” takes it in)",
        [str(left) for left in extracted.left],
    )
    _list(
        console,
        "kept, though it may be the site's (--leave-out “its first words” leaves it out)",
        [f"“{shortened(block.text)}” ({block.doubt})" for block in extracted.blocks if block.doubt],
    )
    table = Table("clause", "sentences", "begins", "because", box=None, pad_edge=False)
    for section in found.sections:
        first = section.parts[0]
        name = section.clause or (f"not placed (perhaps {section.hint})" if section.hint else "not placed")
        reasons = dict.fromkeys(part.reason for part in section.parts if part.reason)
        table.add_row(
            Text(name, style="" if section.clause else "yellow"),
            str(len(section.parts)),
            Text(first.text[:50] + ("…" if len(first.text) > 50 else "")),
            Text(", ".join(reasons) if section.clause else "no evidence, or two clauses alike"),
        )
    console.print(table)
    if found.without_text:
        console.print(f"  without words of their own: {', '.join(found.without_text)}", markup=False)
    diff = difference(written(found.document), found.page, found.document.file.path)
    for line in diff[:LONGEST_DIFF]:
        console.print(Text(spelled(line), style={"+": "green", "-": "red"}.get(line[:1], "")))
    if len(diff) > LONGEST_DIFF:
        console.print(f"  … and {len(diff) - LONGEST_DIFF} lines more")


def _list(console: Console, head: str, lines: Sequence[str]) -> None:
    if lines:
        console.print(f"  {head}:", style="yellow", markup=False)
    for line in lines[:LONGEST_LIST]:
        console.print(f"    {spelled(line)}", markup=False)
    if len(lines) > LONGEST_LIST:
        console.print(f"    … and {len(lines) - LONGEST_LIST} more")


def _next_step(found: Plan, console: Console) -> None:
    path, then = found.document.file.path, "run python -m macros check."
    step = f"read {path} once (its introduction still says what was held before), then {then}"
    if found.unplaced:
        step = (
            f"in {path}, cut each “Not yet placed” passage and paste it at the end of the clause above it or at "
            "the head of the one below it, or give it a heading and an id of its own; take the empty heading out. "
            f"Then {then}"
        )
    console.print(f"Next: {step}", markup=False)
