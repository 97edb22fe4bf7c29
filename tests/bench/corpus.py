"""An invented corpus of any size: the same words in the edition's own format and for plain MkDocs-Material.

A document has about 1,000 words, 10 notes, 6 citations of passages of other documents and 2 links.  Every third
is a declaration, whose six clauses restate those of the others of its series, which are ten; the rest are
commentaries on the declaration that follows them.  Every tenth page compares two clauses.  A document depends on
nothing but its number and the size of the corpus.

The plain corpus holds what a reader of the edition's pages reads (the head of a document, notes and citations in
full, the compared clauses as a table), written by hand as native footnotes, links, ids and tables.
"""

import hashlib
from bisect import bisect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from types import MappingProxyType

from tests import ROOT

SMALLEST = 6  # documents: two of them are declarations, which can be compared
DECLARATION_EVERY, COMPARISON_EVERY, LINK_EVERY = 3, 10, 5
SERIES = 30  # documents beside each other whose declarations are one series
FOLDER = 50  # documents in a folder
CLAUSES, PARAGRAPHS, NOTES, CITATIONS = 6, 12, 10, 6
OWN_WORDS, SUMMARY_WORDS, PARAGRAPH_WORDS, NOTE_WORDS = 100, 40, 70, 16
VOCABULARY = 20_000
UNSEARCHED = "unsearched.yml"
RIGHTS = "Invented for a benchmark and free to use"

_CONFIG = """\
site_name: Corpus
theme:
  name: material
  language: en
  font: false
  features: [content.footnote.tooltips, navigation.prune]
{theme}plugins: {plugins}
markdown_extensions:
  - abbr
  - attr_list
  - def_list
  - tables
  - toc:
      permalink: true
  - pymdownx.highlight:
      anchor_linenums: false
  - pymdownx.superfences
{extension}validation:
  links:
    not_found: warn
    anchors: warn
    absolute_links: warn
    unrecognized_links: warn
"""


@dataclass(frozen=True)
class Mark:
    """A note or a citation in a text: its number in the document, and the words that a note is about."""

    kind: str
    number: int
    words: str = ""


Text = Sequence[str | Mark]


@dataclass(frozen=True)
class Document:
    """One document: texts, the notes on it as title and text, and the passages that it cites."""

    number: int
    size: int
    texts: Sequence[Text]
    notes: Sequence[tuple[str, str]]
    citations: Sequence[tuple[int, int]]


def identity(number: int) -> str:
    """Return the id of a document."""
    return f"doc-{number:05}"


def path(number: int) -> str:
    """Return the path of a document below the docs folder."""
    return f"part-{(number - 1) // FOLDER + 1:03}/{identity(number)}.md"


def is_declaration(number: int) -> bool:
    """Say whether a document is a declaration."""
    return number % DECLARATION_EVERY == 0


def subject(number: int, size: int) -> int:
    """Return the declaration that a commentary is about: the next one, or the last."""
    return min(-(-number // DECLARATION_EVERY), size // DECLARATION_EVERY) * DECLARATION_EVERY


def series(number: int) -> str:
    """Return the name of the series that a document belongs to."""
    return f"Series {(number - 1) // SERIES + 1}"


def compared(number: int, size: int) -> tuple[tuple[int, int], ...]:
    """Return the clauses that a document compares, as numbers of declaration and clause."""
    if number % COMPARISON_EVERY != 1:
        return ()
    declaration, clause = subject(number, size), number // COMPARISON_EVERY % CLAUSES
    other = declaration - DECLARATION_EVERY or declaration + DECLARATION_EVERY
    return (min(declaration, other), clause), (max(declaration, other), clause)


def title(number: int) -> str:
    """Return the title of a document."""
    return _title(f"title {number}")


def day(number: int) -> date:
    """Return the day of a document."""
    return date(1990, 1, 1) + timedelta(days=number)


def passage(number: int, at: int) -> tuple[str, str]:
    """Return id and name of a passage of a document, which are counted from 0."""
    if is_declaration(number):
        return f"clause-{at + 1}", _title(f"clause {at}")
    return f"p{at + 1}", f"paragraph {at + 1}"


def own_words(number: int, clause: int) -> list[str]:
    """Return a declaration's own words in a clause: those of all declarations, reworded here and there."""
    random = Random(f"{number}, clause {clause}")
    return [
        word if word[-1] == "." or random.random() > 0.12 else _words(random, 1)[0]
        for word in _prose(Random(f"words of clause {clause}"), OWN_WORDS)
        if word[-1] == "." or random.random() > 0.04
    ]


@cache
def _vocabulary() -> tuple[list[str], list[float]]:
    """Return invented words, the shorter the commoner as in English, and how often each occurs (Zipf), summed up."""
    random = Random("vocabulary")
    syllables = [a + b for a in "b c d f g h l m n p r s t v w st tr ch".split() for b in "a e i o u ea ou".split()]
    found: dict[str, None] = dict.fromkeys("the of and to in a is that be it as for by with not this any which".split())
    while len(found) < VOCABULARY:
        word = "".join(random.choices(syllables, k=random.choice((1, 2, 2, 3, 3))))
        found[word + random.choice(("", "", "n", "r", "s", "ed", "ing", "ion", "al"))] = None
    return sorted(found, key=len), list(accumulate((rank + 2.7) ** -1.1 for rank in range(1, VOCABULARY + 1)))


def words_by_frequency() -> Sequence[str]:
    """Return the invented words, the commonest first."""
    return _vocabulary()[0]


def _words(random: Random, count: int) -> list[str]:
    words, frequencies = _vocabulary()
    return [words[bisect(frequencies, random.random() * frequencies[-1])] for _ in range(count)]


def _prose(random: Random, count: int) -> list[str]:
    """Return words in sentences."""
    found = _words(random, count)
    begin = 0
    while begin < count:
        end = begin + random.randint(10, 24)
        end = count - 1 if end > count - 8 else end
        found[begin] = found[begin].capitalize()
        found[end] += "."
        begin = end + 1
    return found


def _title(seed: str) -> str:
    random = Random(seed)
    return "The " + " ".join(_words(random, random.randint(3, 5)))


def make(number: int, size: int) -> Document:
    """Return a document of a corpus of a size."""
    random = Random(number)
    texts: list[list[str | Mark]] = []
    if is_declaration(number):
        for clause in range(CLAUSES):
            texts += [[*own_words(number, clause)], [*_prose(random, SUMMARY_WORDS)]]
    else:
        texts += [[*_prose(random, PARAGRAPH_WORDS)] for _ in range(PARAGRAPHS)]
    for text in texts:
        for sign in ("*", "**"):
            at = random.randrange(1, len(text) // 2)
            text[at] = f"{sign}{str(text[at]).strip('*.')}{sign}"
    notes = []
    for note in range(NOTES):
        text = texts[note * len(texts) // NOTES]
        at = random.randrange(len(text) * 2 // 3, len(text) - 1)
        # Every second note is about a word, the others stand by themselves.
        text[at : at + 1] = [Mark("note", note, str(text[at]))] if note % 2 else [text[at], Mark("note", note)]
        words = _prose(random, NOTE_WORDS)
        if note % LINK_EVERY == 0:
            other = _another(random, number, size)
            words[2] = f"[{words[2]}](../{path(other)}#{passage(other, 0)[0]})"
        notes.append((_title(f"note {number} {note}"), " ".join(words)))
    citations = [(_another(random, number, size), at) for at in range(CITATIONS)]
    for at in range(CITATIONS):
        text = texts[at * len(texts) // CITATIONS]
        text.insert(len(text) * 3 // 5, Mark("citation", at))
    return Document(number, size, texts, notes, citations)


def _another(random: Random, number: int, size: int) -> int:
    return (number + random.randrange(1, size) - 1) % size + 1


def _joined(text: Text, write: Callable[[Mark], str]) -> str:
    """Return a text, one sentence a line, a mark close to the word before it unless it has words of its own."""
    parts: list[str] = []
    for item in text:
        space = "" if not parts or (isinstance(item, Mark) and not item.words) else " "
        parts.append(space + (item if isinstance(item, str) else write(item)))
    return "".join(parts).replace(". ", ".\n")


def _body(document: Document, write: Callable[[Mark], str], *, with_ids: bool = False) -> list[str]:
    """Return the blocks of a document; `with_ids` gives paragraphs ids where the edition would make them."""
    blocks = []
    texts = [_joined(text, write) for text in document.texts]
    if is_declaration(document.number):
        for clause in range(CLAUSES):
            id, name = passage(document.number, clause)
            own, summary = texts[2 * clause : 2 * clause + 2]
            blocks += [f"## {name} {{ #{id} }}", "> " + own.replace("\n", "\n> "), summary]
        return blocks
    for at, text in enumerate(texts):
        if at % 4 == 0:
            blocks.append(f"## {_title(f'heading {document.number} {at}')}")
        blocks.append(text + f"\n{{ #{passage(document.number, at)[0]} }}" * with_ids)
    return blocks


def _page(blocks: Iterable[str]) -> str:
    return "\n\n".join(blocks) + "\n"


def edition_files(document: Document) -> Mapping[str, str]:
    """Return the files of a document in the edition's format, by their path below the docs folder."""
    number, size = document.number, document.size
    uri = path(number)

    def call(mark: Mark) -> str:
        if mark.kind == "citation":
            other, at = document.citations[mark.number]
            return f'{{{{ cite("{identity(other)}#{passage(other, at)[0]}") }}}}'
        call = f'note("note-{mark.number}")'
        return f"{{% call {call} %}}{mark.words}{{% endcall %}}" if mark.words else f"{{{{ {call} }}}}"

    front = [f"title: {title(number)}", f"date: {day(number)}", f"rights: {RIGHTS}"]
    if is_declaration(number):
        front[:0] = ["kind: declaration", f"series: {series(number)}"]
        received = _page(_joined(text, lambda mark: mark.words).replace("*", "") for text in document.texts[::2])
    else:
        about = identity(subject(number, size))
        front[:0] = ["kind: commentary", "authors: [A. Writer]", "publisher: The Invented Press", f"about: [{about}]"]
        received = _page([f"# {title(number)}", *_body(document, lambda mark: mark.words)])
    body = [f"# {title(number)}", *_body(document, call)]
    if clauses := compared(number, size):
        addresses = ", ".join(f'"{identity(other)}#{passage(other, at)[0]}"' for other, at in clauses)
        body.append(f"{{{{ compare({addresses}) }}}}")
    header = ["origin: Invented for a benchmark.", "retrieved: 2026-01-01"]
    header.append(f"sha256: {hashlib.sha256(received.encode()).hexdigest()}")
    notes = [f"# Notes on {identity(number)}"]
    for at, (name, text) in enumerate(document.notes):
        notes += [f"## {name} {{ #note-{at} .context }}", text]
    return MappingProxyType(
        {
            uri: "\n".join(["---", *front, "---", "", _page(body)]),
            uri.replace(".md", ".witness.txt"): "\n".join(["---", *header, "---", received]),
            f"notes/{identity(number)}.md": _page(notes),
        }
    )


def plain_files(document: Document) -> Mapping[str, str]:
    """Return the file of a document for plain MkDocs-Material, by its path below the docs folder."""
    number, size = document.number, document.size

    def cited(other: int, at: int) -> str:
        id, name = passage(other, at)
        return f"{title(other)}, {_spelled(day(other))}, [{name}](../{path(other)}#{id})."

    def linked(other: int) -> str:
        return f"[{title(other)}, {_spelled(day(other))}](../{path(other)})"

    if is_declaration(number):
        others = range(1, size + 1)[max(0, number - DECLARATION_EVERY) : number + DECLARATION_EVERY]
        by = [other for other in others if not is_declaration(other) and subject(other, size) == number]
        head = [f"{_spelled(day(number))} · held in full", "Discussed in\n:   " + "; ".join(map(linked, by))]
    else:
        head = [
            f"The Invented Press · {_spelled(day(number))}",
            f"By\n:   A. Writer\n\nAbout\n:   {linked(subject(number, size))}",
        ]
    blocks = [f"# {title(number)}", *head, f"Rights\n:   {RIGHTS}"]
    blocks += _body(document, lambda mark: f"{mark.words}[^{mark.kind}-{mark.number}]", with_ids=True)
    if clauses := compared(number, size):
        columns = [f"[{title(other)}, {_spelled(day(other))}](../{path(other)})" for other, _ in clauses]
        words = [" ".join(own_words(other, at)) for other, at in clauses]
        blocks.append("\n".join(f"| {left} | {right} |" for left, right in (columns, ("---", "---"), words)))
    notes = [f"[^note-{at}]: **Context** **{name}.** {text}" for at, (name, text) in enumerate(document.notes)]
    citations = [f"[^citation-{at}]: {cited(*target)}" for at, target in enumerate(document.citations)]
    page = _page([*blocks, "\n".join([*notes, *citations])])
    return MappingProxyType({path(number): f"---\ntitle: {title(number)}\n---\n\n{page}"})


def _spelled(some: date) -> str:
    return f"{some.day} {some:%B %Y}"


def write(folder: Path, size: int) -> tuple[Path, Path]:
    """Write a corpus of `size` documents in both forms; return the configuration of each.

    Beside the plain one's stands another, `UNSEARCHED`, without the theme's search.
    """
    if size < SMALLEST:
        raise ValueError(f"a corpus has {SMALLEST} documents or more, not {size}")
    configurations = []
    for name, files in (("edition", edition_files), ("plain", plain_files)):
        docs = folder / name / "docs"
        docs.mkdir(parents=True)
        (docs / "index.md").write_text(f"# Corpus\n\n{size} invented documents.\n", "utf-8")
        for number in range(1, size + 1):
            for uri, text in files(make(number, size)).items():
                target = docs / uri
                target.parent.mkdir(exist_ok=True)
                target.write_text(text, "utf-8")
        configurations.append(folder / name / "mkdocs.yml")
    edition, plain = configurations
    edition.write_text(_CONFIG.format(theme=_own_theme(), plugins="[edition]", extension=""), "utf-8")
    for path, plugins in ((plain, "[search]"), (plain.with_name(UNSEARCHED), "[]")):
        path.write_text(_CONFIG.format(theme="", plugins=plugins, extension="  - footnotes\n"), "utf-8")
    return edition, plain


def _own_theme() -> str:
    """Return the lines of a configuration that give pages the edition's own parts, as those of the real site have."""
    return f"  custom_dir: {ROOT / 'overrides'}\n"
