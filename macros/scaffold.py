"""Scaffolds: new files that are correct from the start, from a few answers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from macros.document import ID
from macros.edition import CHANGES, NOTES, WITNESS, Edition
from macros.front_matter import Date
from macros.markup import slug
from macros.note import KINDS
from macros.placeholder import CLAUSE, CLAUSE_ID, CLAUSE_TITLE, NOTE


class ScaffoldError(Exception):
    """An answer cannot be used; the message is one sentence for the contributor."""


@dataclass(frozen=True)
class Scaffold:
    """The files to write, by their path below the docs folder, and what to do next."""

    files: Mapping[str, str]
    next_step: str


QUESTIONS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "declaration": (
        ("id", "Id, which is also the file's name (as in council-2010)"),
        ("title", "Title"),
        ("date", "Date (2010-05-04, or 2010-05 where the day is not known)"),
        ("rights", "Whose it is and on what terms it may be quoted"),
    ),
    "commentary": (
        ("id", "Id, which is also the file's name (as in tide-2010)"),
        ("title", "Title"),
        ("authors", "Authors, with commas between them"),
        ("publisher", "Publisher"),
        ("date", "Date (2010-05-04, or 2010-05 where the day is not known)"),
        ("rights", "Whose it is and on what terms it may be reproduced"),
        ("text", "File with the text as received"),
    ),
    "note": (
        ("document", "Id of the document it is about"),
        ("id", "Id of the note (as in low-water)"),
        ("kind", f"Kind ({', '.join(kind for kind in KINDS if kind != 'change')})"),
        ("title", "Title"),
    ),
    "thread": (
        ("id", "Id, which is also the file's name (as in night-crossings)"),
        ("title", "Title"),
        ("summary", "Summary in one sentence"),
        ("clauses", "Ids of the clauses it follows, with commas between them"),
    ),
}
"""What each kind of file asks for: the name of the answer, and the question."""


def scaffold(kind: str, answers: Mapping[str, str], edition: Edition, docs: Path, today: Date) -> Scaffold:
    """Return the new files of a kind; raises `ScaffoldError` for an answer that cannot be used."""
    for name, question in QUESTIONS[kind]:
        if not answers.get(name, "").strip():
            raise ScaffoldError(f"'{name}' is missing ({question})")
    if not ID.fullmatch(answers["id"]):
        raise ScaffoldError(
            f"'{answers['id']}' is no id: lower-case ASCII letters, digits and hyphens, as in low-water"
        )
    if "date" in answers:
        try:
            Date.read(answers["date"])
        except ValueError as error:
            raise ScaffoldError(str(error)) from None
    made = {"declaration": _declaration, "commentary": _commentary, "note": _note, "thread": _thread}[kind](
        answers, edition, docs, today
    )
    taken = [uri for uri in made.files if (docs / uri).exists() and kind != "note"]
    if taken:
        raise ScaffoldError(f"docs/{taken[0]} is there already: choose another id")
    return made


def _front(values: Mapping[str, object]) -> str:
    return f"---\n{yaml.safe_dump(dict(values), allow_unicode=True, sort_keys=False, width=1000)}---\n"


def _dated(value: str) -> object:
    return yaml.safe_load(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else value


def _declaration(answers: Mapping[str, str], edition: Edition, docs: Path, today: Date) -> Scaffold:
    id = _new_document(answers["id"], edition)
    front = {
        "kind": "declaration",
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
    id = _new_document(answers["id"], edition)
    try:
        text = Path(answers["text"]).read_text("utf-8-sig").replace("\r\n", "\n").strip("\n") + "\n"
    except (OSError, UnicodeDecodeError) as error:
        raise ScaffoldError(f"the file {answers['text']} cannot be read as UTF-8 text ({error})") from None
    header = {
        "origin": f"The text as received, in the file {Path(answers['text']).name}.",
        "retrieved": today.iso,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    front = {
        "kind": "commentary",
        "title": answers["title"],
        "authors": [name.strip() for name in answers["authors"].split(",") if name.strip()],
        "publisher": answers["publisher"],
        "date": _dated(answers["date"]),
        "rights": answers["rights"],
    }
    return Scaffold(
        {f"commentary/{id}.md": _front(front) + "\n" + text, f"commentary/{id}{WITNESS}": _front(header) + text},
        f"Say for each passage in quotation marks in docs/commentary/{id}.md what it quotes, with quote(…), or list it "
        "under 'not_quotations'; mark byline and disclaimer with a line { .unnumbered } below them. Then write notes.",
    )


def _new_document(id: str, edition: Edition) -> str:
    if id in edition.documents:
        raise ScaffoldError(f"the id '{id}' is {edition.documents[id].source.path} already: choose another")
    return id


def _note(answers: Mapping[str, str], edition: Edition, docs: Path, today: Date) -> Scaffold:
    document, id, kind = answers["document"], answers["id"], answers["kind"]
    if document not in edition.documents:
        raise ScaffoldError(f"there is no document '{document}' (documents: {', '.join(edition.documents)})")
    if kind not in KINDS or kind == "change":
        raise ScaffoldError(f"'{kind}' is no kind of note here; a note on a change stands in docs/{NOTES}/{CHANGES}.md")
    if f"{document}#note-{id}" in edition.notes:
        raise ScaffoldError(f"the note '{id}' is written already: choose another id")
    uri = f"{NOTES}/{document}.md"
    path = docs / uri
    before = f"# Notes on {edition.documents[document].title}\n\n"
    if path.exists():
        before = path.read_text("utf-8").rstrip("\n") + "\n\n"
    text = f"## {answers['title']} {{ #{id} .{kind} }}\n\n{NOTE}\n"
    return Scaffold(
        {uri: before + text},
        f"Write the note in docs/{uri}, cite its source with cite(…), and call it in "
        f"{edition.documents[document].source.path}: "
        f'{{% call note("{id}") %}}the words it is about{{% endcall %}}',
    )


def _thread(answers: Mapping[str, str], edition: Edition, docs: Path, today: Date) -> Scaffold:
    clauses = [slug(part) for part in answers["clauses"].split(",") if part.strip()]
    known = {clause.id for document in edition.documents.values() for clause in document.clauses}
    missing = [clause for clause in clauses if clause not in known]
    if missing:
        raise ScaffoldError(f"there is no clause '{missing[0]}' in any declaration")
    front = {"kind": "thread", "title": answers["title"], "summary": answers["summary"], "clauses": clauses}
    body = f'\n# {answers["title"]}\n\n{answers["summary"]}\n\n{{{{ thread("{answers["id"]}") }}}}\n'
    return Scaffold(
        {f"threads/{answers['id']}.md": _front(front) + body},
        f"Write the essay in docs/threads/{answers['id']}.md, above the call of thread(…).",
    )


def write(docs: Path, made: Scaffold) -> Sequence[Path]:
    """Write the files of a scaffold; return their paths."""
    paths = []
    for uri, text in made.files.items():
        path = docs / uri
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        paths.append(path)
    return paths
