"""Composing: a page made into a sheet, its text with each macro call replaced by a token for what it stands for.

A token survives Markdown; the extension puts the elements in its place when the text has become a tree.  What
the page's kind asks for (the head of a document, the labels and the notes on changes of a clause) comes in by
tokens too.  Composing makes no HTML.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from operator import itemgetter

from ..calls.base import Context, evaluate, fault
from ..derived.index import by_uri
from ..derived.links import clause_at, rule_link
from ..derived.quoted_words import quoted_spans_of
from ..model.edition import Edition
from ..model.glossary import abbreviations
from ..model.macro import Footnote, Fragment, Text
from ..text.allowlist import declarations
from ..text.call import Broken, Call
from ..text.file import TextFile
from ..text.problem import Problem, RefusalError, follows
from ..text.stretch import within
from ..text.target import relative, resolved
from .sheet import TOKEN, Piece, Plain, Sheet, described
from .structure import Change, milestones, structure

_BETWEEN_TARGETS = re.compile(r"[\s()<>\[\]\"',{}]+")
_BROKEN = "macro-works"


def compose(
    edition: Edition, page: TextFile, problems: Sequence[Problem] = (), hidden: Set[str] = frozenset()
) -> Sheet:
    """Return a page's sheet; `problems` are the page's, `hidden` the names of what faults anywhere hide.

    Problems are shown at the page's head unless a call shows them in place.  A call that misses what is hidden only
    waits for that to be mended.
    """
    document = by_uri(edition).get(page.uri)
    spans = quoted_spans_of(edition).get(document.id, ()) if document else ()
    quoted = tuple(dict.fromkeys(span.id for span in spans))
    composer = _Composer(edition, page, hidden)
    text = composer.span(page, 0, len(page.body), structure=[*milestones(quoted, spans), *structure(edition, page)])
    if short := abbreviations(edition.terms, page.body):
        text += "\n\n" + "\n".join(f"*[{term}]: {long}" for term, long in short.items())
    own = tuple(problems)
    if elsewhere := [composer.described(problem) for problem in own if problem not in composer.shown]:
        box = Fragment("problems.html", lambda: {"problems": elsewhere, "count": len(own)})
        text = f"{composer.token(box, page, 0)}\n\n{text}"
    passages = [(one.id, one.name, page.place(one.start)) for one in document.passages.values()] if document else []
    is_numbered = document is not None and document.kind.is_received
    return Sheet(
        page.path,
        page.body,
        page.offset,
        text,
        tuple(composer.pieces),
        composer.footnotes,
        quoted,
        dict(_links(edition, page, composer.texts(text))),
        tuple(passages) if is_numbered else None,
        {id: place for id, _, place in passages} if document and not is_numbered else None,
        getattr(document.front, "language", None) or "" if document else "",
        own,
        tuple(composer.faults),
        rule_link(edition, _BROKEN, page),
    )


def _links(edition: Edition, page: TextFile, texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the targets in texts of a page that lead to a clause, each with the clause's address."""
    # First by the two signs that are found fast: of most texts nothing is left then.
    some = (part for text in texts if "#" in text for part in text.replace("\n", "'").split("'") if "#" in part)
    for target in sorted({target for part in some for target in _BETWEEN_TARGETS.split(part) if "#" in target}):
        if clause := clause_at(edition, target, page):
            yield target, clause.address


_BLOCK = re.compile(r" {0,3}(?:[-*+>][ ]|\d+\.[ ]|[|>#]|`{3}|~{3})")
"""Begins what is no paragraph."""


class _Composer:
    """What has been composed of one page so far."""

    def __init__(self, edition: Edition, page: TextFile, hidden: Set[str]) -> None:
        self.edition = edition
        self.page = page
        self.hidden = hidden
        self.pieces: list[Piece] = []
        self.footnotes: dict[str, str] = {}
        self.shown: set[Problem] = set()
        self.faults: list[Problem] = []

    def texts(self, text: str) -> Iterator[str]:
        """Yield all texts in which a link may stand: the page's own, those of notes, and the data of templates."""
        yield from (text, *self.footnotes.values())
        for piece in self.pieces:
            yield from (repr(piece.data), *piece.texts.values())

    def described(self, problem: Problem) -> Mapping[str, Plain]:
        return described(problem, rule_link(self.edition, problem.rule, self.page))

    def span(
        self, file: TextFile, start: int, end: int, *, is_in_note: bool = False, structure: Iterable[Change] = ()
    ) -> str:
        """Return a part of a file with its calls replaced by tokens."""
        calls = within(file.calls, start, end)
        changes = [
            *(Change(call.start, call.end, call) for call in calls),
            *(Change(call.close[0], call.close[1], "") for call in calls if call.close),
            *(Change(item.start, item.end, item) for item in within(file.broken, start, end)),
            # What parsers of HTML trip over is shown as it stands while one edits; the check refuses it.
            *(Change(at, at + 1, "&lt;") for at in declarations(file, start, end)),
            *structure,
            *(self._relocated(file, start, end) if file is not self.page else ()),
        ]
        closing: dict[int, str] = {}
        parts, at = [], start
        for change in sorted((c for c in changes if start <= c.start and c.end <= end), key=itemgetter(0, 1)):
            if change.start < at:
                continue
            parts.append(file.body[at : change.start])
            item = change.item
            if isinstance(item, Call):
                opening, close = self._call(Context(self.edition, self.page, file, item, is_in_note))
                parts.append(opening)
                if item.close:
                    closing[item.close[0]] = close
            elif isinstance(item, Broken):
                is_closing = item.problem.position != file.position(item.start)
                parts.append("" if is_closing else self._problem(item.problem, file, item.start))
            elif isinstance(item, Fragment):
                parts.append(f"\n\n{self.token(item, file, change.start)}\n\n")
            else:
                parts.append(closing.pop(change.start, item) if change.end > change.start else item)
            at = change.end
        return "".join([*parts, file.body[at:end]])

    def _relocated(self, file: TextFile, start: int, end: int) -> Iterator[Change]:
        """Yield the targets of links in a notes file as they read from the page that the note is published on."""
        for link in within(file.links, start, end):
            path = link.target.partition("#")[0]
            if path and ":" not in path and not path.startswith("/"):
                mark = link.target.removeprefix(path)
                target = relative(resolved(path, file.uri)[0] + mark, self.page.uri)
                yield Change(link.target_start, link.target_start + len(link.target), target)

    def _call(self, context: Context) -> tuple[str, str]:
        """Return what stands in a text for a call's opening tag, or whole tag, and for its closing tag."""
        call, file = context.call, context.file
        try:
            result = evaluate(self.edition.macros, context)
        except RefusalError as error:
            shown = self._problem(error.at(file.position(call.start)), file, call.start)
            return ("", shown) if call.close else (shown, "")
        footnote = result if isinstance(result, Footnote) else result.footnote
        reference = self._footnote(context, footnote) if footnote else ""
        fragment = result.mark if isinstance(result, Footnote) else result
        if fragment is None:
            return ("", reference) if call.close else (reference, "")
        if call.close:
            number = self._register(fragment, file, call.start)
            return TOKEN.format(number, ":open"), TOKEN.format(number, ":close") + reference
        return self.token(fragment, file, call.start) + reference, ""

    def _footnote(self, context: Context, footnote: Footnote) -> str:
        """Take in a footnote and return the reference to it."""
        if footnote.label not in self.footnotes:
            self.footnotes[footnote.label] = ""  # keeps its place in the order of first calls
            content, file, start = footnote.content, context.file, context.call.start
            text = self._text(content) if isinstance(content, Text) else self.token(content, file, start)
            if isinstance(content, Text) and content.is_note:
                text = self._with_gist(text, file, start)
            apart = "\n\n" if _BLOCK.match(text) else " "  # a head before a list's first sign would make it a text's
            head = f"{self.token(footnote.head, file, start)}{apart}" if footnote.head else ""
            tails = "".join(f"\n\n{self.token(tail, file, start)}" for tail in footnote.tails)
            self.footnotes[footnote.label] = f"{head}{text}{tails}"
        return f"[^{footnote.label}]"

    def _with_gist(self, text: str, file: TextFile, offset: int) -> str:
        """Mark the first line of a note, which is shown alone where there is little room."""
        gist, line, rest = text.partition("\n")
        if not gist or _BLOCK.match(text) or gist.count(":open") != gist.count(":close"):
            return text
        number = self._register(Fragment("gist.html", is_inline=True), file, offset)
        return f"{TOKEN.format(number, ':open')}{gist}{TOKEN.format(number, ':close')}{line}{rest}"

    def _text(self, text: Text) -> str:
        return self.span(text.file, text.start, text.end, is_in_note=text.is_note).strip()

    def token(self, fragment: Fragment, file: TextFile, offset: int) -> str:
        return TOKEN.format(self._register(fragment, file, offset), "")

    def _register(self, fragment: Fragment, file: TextFile, offset: int) -> int:
        """Take in a fragment and return its number; one whose data cannot be had is a problem in its place."""
        number, place, is_own = len(self.pieces), file.position(offset), file is self.page
        try:
            piece = Piece(fragment.template, fragment.data(), place, fragment.is_inline, is_own)
        except Exception as error:  # whatever the author of a macro has overlooked
            problem = Problem(place, _BROKEN, f"what is called here cannot be shown: {fault(error)}")
            self.faults.append(problem)
            piece = Piece("problem.html", self.described(problem), place, fragment.is_inline, is_own)
        self.pieces.append(piece)
        if fragment.texts:
            texts = {key: self._text(text) for key, text in fragment.texts.items()}
            self.pieces[number] = replace(piece, texts=texts)
        return number

    def _problem(self, problem: Problem, file: TextFile, offset: int) -> str:
        self.shown.add(problem)
        if follows(problem, self.hidden):
            problem = replace(problem, message=f"'{problem.misses}' is not shown until its own problem is mended")
        return self.token(Fragment("problem.html", lambda: self.described(problem), is_inline=True), file, offset)
