"""Scaffolds: new files that are correct from the start, from a few answers."""

import argparse
import datetime
import hashlib
import re
import sys
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from ..checks.navigation import find_navigation
from ..checks.unwritten import CLAUSE, CLAUSE_ID, CLAUSE_TITLE, NOTE
from ..model.date import Date
from ..model.edition import Edition
from ..model.finding import VERDICTS, fault
from ..model.folder import link_in
from ..model.kind import COMMENTARY, DECLARATION, KINDS, THREAD
from ..model.layout import CHANGES, NOTES, WITNESS, is_data
from ..model.loading import load
from ..model.name import Name
from ..model.note import NOTE_KINDS
from ..model.passage import ID
from ..page.received import page_of
from ..text.line import one_line, spelled
from ..text.markup import slug
from ..text.problem import did_you_mean
from .writing import put


class ScaffoldError(Exception):
    """An answer cannot be used; the message is one sentence for the contributor."""


@dataclass(frozen=True)
class Scaffold:
    """The files to write, by their path below the docs folder, and what to do next."""

    files: Mapping[str, str]
    next_step: str


_KINDS = tuple(kind for kind in NOTE_KINDS if kind != "change")
WHAT: Mapping[str, str] = {
    DECLARATION.name: "the record of a declaration, clause by clause",
    COMMENTARY.name: "a commentary, with its text as received beside it",
    "note": "a note on a document",
    THREAD: "a thread, which follows one subject through all declarations",
}
"""The kinds of file, with what each is."""

_TITLE = re.compile(r"#{1,6} +\S")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_FOLDERS = {**{kind.name: kind.folder for kind in KINDS.values()}, THREAD: "threads"}
_SAVE = "save it as that (in Word: Save As, Plain Text, encoding Unicode (UTF-8))"

VERDICT = "verdict"
"""The answer that may be left out."""

QUESTIONS: Mapping[str, tuple[tuple[str, str], ...]] = {
    DECLARATION.name: (
        ("id", "Id, which is also the file's name (as in council-2010)"),
        ("title", "Title"),
        ("date", "Date (2010-05-04, or 2010-05 where the day is not known)"),
        ("rights", "Whose it is and on what terms it may be quoted"),
    ),
    COMMENTARY.name: (
        ("id", "Id, which is also the file's name (as in tide-2010)"),
        ("title", "Title"),
        ("authors", "Authors, with semicolons between them"),
        ("publisher", "Publisher"),
        ("date", "Date (2010-05-04, or 2010-05 where the day is not known)"),
        ("rights", "Whose it is and on what terms it may be reproduced"),
        ("text", "File with the text as received, in UTF-8, which begins with its title"),
    ),
    "note": (
        ("document", "Id of the document it is about"),
        ("id", "Id of the note (as in low-water)"),
        ("kind", f"Kind ({', '.join(_KINDS)})"),
        ("title", "Title"),
        (VERDICT, f"Verdict on the claim it is about ({', '.join(VERDICTS)}), or nothing where it is about no claim"),
    ),
    THREAD: (
        ("id", "Id, which is also the file's name (as in night-crossings)"),
        ("title", "Title"),
        ("summary", "Summary in one sentence"),
        ("clauses", "Ids of the clauses it follows, with commas between them"),
    ),
}
"""What each kind of file asks for: the name of the answer, and the question."""


ANSWERS = {
    DECLARATION.name: "--id council-2010 --date 2010-05-04",
    COMMENTARY.name: "--id tide-2010 --text received.txt",
    "note": "--document ferry-2004 --id low-water",
    THREAD: '--id night-crossings --clauses "timetable, lights"',
}
"""Answers to some of the questions, as options that a help text shows."""


def scaffold(kind: str, answers: Mapping[str, str], edition: Edition, docs: Path, today: Date) -> Scaffold:
    """Return the new files of a kind; raises `ScaffoldError` for an answer that cannot be used."""
    for name, _ in QUESTIONS[kind]:
        judge(kind, name, answers, edition, docs)
    make = {DECLARATION.name: _declaration, COMMENTARY.name: _commentary, "note": _note, THREAD: _thread}[kind]
    return make(answers, edition, docs, today)


def judge(kind: str, name: str, answers: Mapping[str, str], edition: Edition, docs: Path) -> None:
    """Raise `ScaffoldError` for an answer that cannot be used; those to the questions before it are known."""
    value = answers.get(name, "").strip()
    if name == VERDICT:
        if wrong := fault(answers["kind"], _verdict(answers)):
            raise ScaffoldError(wrong)
        return
    if not value:
        raise ScaffoldError("this answer is missing")
    if name == "id":
        _judge_id(kind, value, answers, edition, docs)
    elif name == "date":
        try:
            Date.read(value)
        except ValueError as error:
            raise ScaffoldError(str(error)) from None
    elif name == "document" and value not in edition.documents:
        known = did_you_mean(value, edition.documents) or f" (documents: {', '.join(edition.documents)})"
        raise ScaffoldError(f"there is no document '{value}'{known}")
    elif name == "kind" and value not in _KINDS:
        known = did_you_mean(value, _KINDS) or f" (kinds: {', '.join(_KINDS)})"
        if value == "change":
            known = f"; a note on a change stands in docs/{NOTES}/{CHANGES}.md"
        raise ScaffoldError(f"'{value}' is no kind of note here{known}")
    elif name == "clauses":
        known_clauses = {clause.id for document in edition.documents.values() for clause in document.clauses}
        if missing := [clause for clause in _clauses(value) if clause not in known_clauses]:
            hint = did_you_mean(missing[0], known_clauses)
            raise ScaffoldError(f"there is no clause '{missing[0]}' in any declaration{hint}")
    elif name == "text":
        _received(Path(value).expanduser(), answers["title"])


def _judge_id(kind: str, id: str, answers: Mapping[str, str], edition: Edition, docs: Path) -> None:
    if not ID.fullmatch(id):
        raise ScaffoldError(f"'{id}' is no id: lower-case ASCII letters, digits and hyphens, as in low-water")
    if kind == "note":
        if f"{answers['document']}#note-{id}" in edition.notes:
            raise ScaffoldError(f"the note '{id}' is written already: choose another id")
        return
    if kind in KINDS and id in edition.documents:
        raise ScaffoldError(f"the id '{id}' is {edition.documents[id].file.path} already: choose another")
    folder = _FOLDERS[kind]
    for uri in (f"{folder}/{id}.md", f"{folder}/{id}{WITNESS}"):
        if _is_held(docs, uri):
            raise ScaffoldError(f"docs/{uri} is there already: choose another id")


def _is_held(docs: Path, uri: str) -> bool:
    """Say whether there is such a file; raises `ScaffoldError` where a link would lead elsewhere."""
    if link := link_in(docs, uri):
        raise ScaffoldError(f"docs/{link} is a link of the file system: take it out first")
    return (docs / uri).exists()


def _front(values: Mapping[str, object]) -> str:
    return f"---\n{yaml.safe_dump(dict(values), allow_unicode=True, sort_keys=False, width=1000)}---\n"


def _dated(value: str) -> object:
    return yaml.safe_load(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else value


def _declaration(answers: Mapping[str, str], edition: Edition, docs: Path, today: Date) -> Scaffold:
    id = answers["id"]
    front = {
        "kind": DECLARATION.name,
        "title": answers["title"],
        "date": _dated(answers["date"]),
        "rights": answers["rights"],
    }
    body = (
        f"\n# {answers['title']}\n\nThis record holds summaries of our own.\n\n"
        f"## {CLAUSE_TITLE} {{ #{CLAUSE_ID} }}\n\n{CLAUSE}\n"
    )
    return Scaffold(
        {f"declarations/{id}.md": _front(front) + body},
        f"Write the clauses in docs/declarations/{id}.md, each under a heading with an id; a clause that restates one "
        "of another declaration has the same id. Add participants and official addresses to the front matter.",
    )


def _commentary(answers: Mapping[str, str], edition: Edition, docs: Path, today: Date) -> Scaffold:
    id, path = answers["id"], Path(answers["text"]).expanduser()
    text = _received(path, answers["title"])
    is_marked = _TITLE.match(text) is not None
    header = {
        "origin": f"The text as received, in the file {path.name}.",
        "retrieved": today.iso,
        "notation": "marked" if is_marked else "plain",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    front = {
        "kind": COMMENTARY.name,
        "title": answers["title"],
        "authors": _authors(answers["authors"]),
        "publisher": answers["publisher"],
        "date": _dated(answers["date"]),
        "rights": answers["rights"],
    }
    try:
        page = page_of(text, edition.extensions, is_marked=is_marked)
    except ValueError as error:
        raise ScaffoldError(f"the file '{path}', {error}") from None
    return Scaffold(
        {f"commentary/{id}.md": f"{_front(front)}\n{page}", f"commentary/{id}{WITNESS}": _front(header) + text},
        f"Say for each passage in quotation marks in docs/commentary/{id}.md what it quotes, with quote(…), or list it "
        "under 'not_quotations'; mark byline and disclaimer with a line { .unnumbered } below them. Then write notes.",
    )


def _authors(answer: str) -> list[str]:
    """Return the names that an answer lists; commas part them only where each part is a person's whole name."""
    names = [name.strip() for name in answer.split(";") if name.strip()]
    parts = [part.strip() for part in answer.split(",") if part.strip()]
    try:
        if len(names) == 1 and len(parts) > 1:
            if all(Name.read(part).given and len(part.split()) > 1 for part in parts):
                return parts
            raise ScaffoldError(f"'{answer}' has commas that may belong to a name: put semicolons between the authors")
        return [str(Name.read(name)) for name in names]
    except ValueError as error:
        raise ScaffoldError(f"'authors': {error}") from None


def _received(path: Path, title: str) -> str:
    """Return the text of a commentary as received, which begins with its title: marked by `# `, or as it stands."""
    text = _read(path).strip("\n") + "\n"
    first = one_line(_PARAGRAPH.split(text.strip())[0])
    if not first:
        raise ScaffoldError(f"the file '{path}' is empty: save the text in it")
    if first.startswith("{\\rtf"):
        raise ScaffoldError(f"the file '{path}' is a word processor's and no plain text: {_SAVE}")
    if not _TITLE.match(text) and first.casefold() != one_line(title).casefold():
        is_meant = first.strip("*_# ").casefold() == title.casefold()
        way = "put nothing else in that line" if is_meant else f"write `{title}` and an empty line above it"
        shown = textwrap.shorten(first, 60, placeholder=" …")
        raise ScaffoldError(f"the file '{path}' begins with '{shown}', which is not the title: {way}")
    return text


def _read(path: Path) -> str:
    """Return the text of a file of the contributor's."""
    if path.exists() and not path.is_file():
        raise ScaffoldError(f"'{path}' is {'a folder' if path.is_dir() else 'a device or a pipe'}, and a file is meant")
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        raise ScaffoldError(f"there is no file '{path}'") from None
    except OSError as error:
        raise ScaffoldError(f"the file '{path}' cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ScaffoldError(f"the file '{path}' is not UTF-8 text: {_SAVE}") from None
    if "\0" in text:
        raise ScaffoldError(f"the file '{path}' is not UTF-8 text: {_SAVE}")
    return text


def _note(answers: Mapping[str, str], edition: Edition, docs: Path, today: Date) -> Scaffold:
    document, id, kind = answers["document"], answers["id"], answers["kind"]
    uri = f"{NOTES}/{document}.md"
    before = f"# Notes on {edition.documents[document].title}\n\n"
    if _is_held(docs, uri):
        before = _read(docs / uri).rstrip("\n") + "\n\n"
    verdict = "".join(f' {name}="{value}"' for name, value in _verdict(answers).items())
    text = f"## {answers['title']} {{ #{id} .{kind}{verdict} }}\n\n{NOTE}\n"
    return Scaffold(
        {uri: before + text},
        f"Write the note in docs/{uri}, cite its source with cite(…), and call it in "
        f"{edition.documents[document].file.path}: "
        f'{{% call note("{id}") %}}the words it is about{{% endcall %}}',
    )


def _verdict(answers: Mapping[str, str]) -> dict[str, str]:
    given = answers.get(VERDICT, "").strip()
    return {VERDICT: given} if given else {}


def _clauses(answer: str) -> list[str]:
    return [slug(part) for part in answer.split(",") if part.strip()]


def _thread(answers: Mapping[str, str], edition: Edition, docs: Path, today: Date) -> Scaffold:
    clauses = _clauses(answers["clauses"])
    front = {"kind": THREAD, "title": answers["title"], "summary": answers["summary"], "clauses": clauses}
    calls = [f'{{{{ {name}("{answers["id"]}") }}}}' for name in ("arc", "thread")]
    body = "\n" + "\n\n".join((f"# {answers['title']}", calls[0], answers["summary"], calls[1])) + "\n"
    return Scaffold(
        {f"threads/{answers['id']}.md": _front(front) + body},
        f"Write the essay in docs/threads/{answers['id']}.md, above the call of thread(…).",
    )


def _new(options: argparse.Namespace) -> int:
    edition = load(options.docs, options.docs.as_posix())
    today = Date.read(datetime.datetime.now(tz=datetime.UTC).date())
    try:
        answers = _asked(options, edition) if sys.stdin.isatty() else _given(options, edition)
        made = scaffold(options.what, answers, edition, options.docs, today)
    except ScaffoldError as error:
        sys.stderr.write(f"Nothing was written: {_ended(spelled(str(error)))}\n")
        return 2
    (folder,) = {(options.docs / uri).parent for uri in made.files}
    for path in put(folder, {Path(uri).name: text for uri, text in made.files.items()}):
        sys.stdout.write(f"wrote {path}\n")
    sys.stdout.write(f"Next: {made.next_step.replace('docs/', f'{options.docs.as_posix()}/')}\n")
    for place in _places(options, made):
        sys.stdout.write(f"Then {place}.\n")
    return 0


def _given(options: argparse.Namespace, edition: Edition) -> Mapping[str, str]:
    """Return the answers that the options give; raises `ScaffoldError` where one is missing or cannot be used."""
    answers = {name: one_line(getattr(options, name) or "") for name, _ in QUESTIONS[options.what]}
    if missing := [
        f"--{name} ({question})" for name, question in QUESTIONS[options.what] if not answers[name] and name != VERDICT
    ]:
        raise ScaffoldError(f"there is no {', no '.join(missing)}")
    for name in answers:
        try:
            judge(options.what, name, answers, edition, options.docs)
        except ScaffoldError as error:
            raise ScaffoldError(f"--{name}: {error}") from None
    return answers


def _asked(options: argparse.Namespace, edition: Edition) -> Mapping[str, str]:
    """Ask for each answer that the options do not give, until it can be used; so no other has to be typed again."""
    answers: dict[str, str] = {}
    for name, question in QUESTIONS[options.what]:
        given = getattr(options, name)
        while True:
            answers[name] = one_line(input(f"{question}: ") if given is None else given)
            try:
                judge(options.what, name, answers, edition, options.docs)
            except ScaffoldError as error:
                sentence = _ended(str(error))
                sys.stderr.write(f"{sentence[0].upper()}{sentence[1:]} Please answer once more.\n")
                given = None
            else:
                break
    return answers


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith("?") else f"{sentence}."


def _places(options: argparse.Namespace, made: Scaffold) -> Iterator[str]:
    """Say where each page that was written gets its place in the navigation."""
    navigation, _ = find_navigation(options.docs, options.docs.as_posix())
    for uri in made.files:
        if navigation and uri.endswith(".md") and not is_data(uri) and navigation.lacks(uri):
            yield navigation.place(uri)
