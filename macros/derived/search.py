"""Search: what a reader can find, one record a passage, made from the edition and never from rendered pages.

A record is a clause's own words, our summary of it, a paragraph, a note, a term of the glossary, a source, or a
section of any other page.  Its text is what a reader sees printed there, each word once.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from ..model.date import Date
from ..model.document import Document
from ..model.edition import Edition, derived, kept
from ..model.entry import WEAK, Entry
from ..model.front import EVENT_KINDS, Event
from ..model.kind import COMMENTARY
from ..model.layout import GLOSSARY, MANUAL
from ..model.macro import Role, in_role, targets
from ..model.note import NOTE_KINDS, Note
from ..model.passage import Clause, Passage
from ..text.file import TextFile
from ..text.markup import blocks, prose
from ..text.words import TABLE, UNSPACED, bare, fold, letters, marks
from .chronology import placed
from .evidence import basis, evidence, is_beside, is_known
from .index import by_uri, discussions, former_addresses, notes_in, printed, thread_pages, threads_of
from .links import source_pages
from .pairs import Pair, pair_pages, pairs
from .people import places
from .uses import note_pages

RECORD_KINDS: Mapping[str, str] = {
    "words": "Documents’ own words",
    COMMENTARY.name: "Commentary",
    "summary": "Our summaries",
    "note": "Our notes",
    "thread": "Threads",
    "document": "Whole documents",
    "person": "People",
    "term": "Glossary",
    "source": "Sources",
    "event": "Chronology",
    "page": "Other pages",
    "manual": "For contributors",
}
"""The kinds of record, with what a reader is told of each (the scripts know them by their order: search/ranking.js)."""

_WEIGHTS = {
    **dict.fromkeys(RECORD_KINDS, 3.0),
    "words": 4,
    **dict.fromkeys(("source", "event"), 0.5),
    **dict.fromkeys(("thread", "document", "page", "manual"), 1),
}
"""How much a word counts in a text of each kind: what the edition is about comes before what leads there."""

_NAMED = ("words", "summary", "thread", "document", "note")
"""The kinds whose titles name what they are about, so that other names of that are names of theirs."""

_FULL = ("full text", "official text")
"""What readers ask for who look for where a document is published."""

_TOOK_PART = "signed signatories attended participants participated represented present took part".split()
_ANSWERED: Mapping[str, Sequence[str]] = {
    "participants": _TOOK_PART,
    "place": "held hosted met meeting talks venue took place".split(),
    "authors": "author wrote written".split(),
    "date": "dated issued published publication released appeared come came out".split(),
}
"""What front matter answers, by its keys, in the words in which readers ask: who signed, where it was held."""

_COMPARED = ("changed", "compared")
"""What readers ask for who look for what became different."""

_FAULTS = ("correction", "mistake", "error", "wrong")
"""What readers call the notes that correct the author of a text."""

JOINT = "\N{INVISIBLE SEPARATOR}"
"""Stands, with a space behind it, where `indexed` parts what is printed without a space."""

_JOINTS = re.compile(rf"(?<=\S)(?=[{UNSPACED}])|(?<=[{UNSPACED}])(?=\w)|(?<=[\w.’'][{TABLE['JOINTS']}])(?=\w)")
_SPACED_JOINTS = re.compile(rf"[{TABLE['JOINTS']}](?<=[\w.’'].)(?=\w)")
"""Finds the same joints where all words have spaces between them: a sign first, which takes the tenth of the time."""
_BEFORE_STOP = re.compile(r"(?<! ) ++(?=[,.;:!?](?: |$))")
UNSPACED_SIGN = re.compile(rf"[{UNSPACED}]")
"""A sign of a script that is written without spaces."""
_SCRIPTS: Mapping[str, re.Pattern[str]] = {"ja": re.compile("[\u3040-\u30ff]"), "ko": re.compile("[\uac00-\ud7af]")}


class Record(NamedTuple):
    """One thing that can be found.

    `target` is its place as a path below the docs folder with an anchor (`declarations/council-2004.md#fares`),
    `label` and `group` what a reader is told of it and what it is shown under, `called` what it is called itself
    beside its title, `kin` other names of what its title names, `names` what its document is called beside its own,
    `answers` the words in which readers ask for what it tells, `also` words that find it though they are not printed
    there, `documents` and `threads` the ids of those that it belongs to.  `clause` is what those records share that say
    the same clause in several documents; of those the one of the greatest `lead` comes first, which is that of a
    document that others are about.  What is printed in one that `is_weak` may be misread.  `weight` is how much its
    words count, `evidence` the grades of the sources that a summary rests on.
    """

    target: str
    kind: str
    label: str
    title: str
    text: str
    group: str = ""
    date: Date | None = None
    called: tuple[str, ...] = ()
    kin: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    threads: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    clause: str = ""
    lead: float = 0
    weight: float = 0
    is_weak: bool = False

    @property
    def language(self) -> str:
        """The language of the text where its script tells it, else nothing."""
        if len(UNSPACED_SIGN.findall(self.text)) * 2 < len(self.text):
            return ""
        return next((language for language, signs in _SCRIPTS.items() if signs.search(self.text)), "")


def records(edition: Edition) -> tuple[Record, ...]:
    """Return the records of an edition: page by page, then notes, then sources.  Invented examples have none."""
    pages = (record for uri in edition.pages for record in _on_page(edition, uri))
    compared = (
        record for pair in pairs(edition).values() if pair.kind == "page" for record in _compared(edition, pair)
    )
    notes = (record for uri in edition.notes_files for record in _in_notes(edition, uri))
    return (*pages, *_whole_records(edition, compared), *notes, *_whole_records(edition, _sources(edition)))


@kept
def _on_page(edition: Edition, uri: str) -> tuple[Record, ...]:
    return _whole_records(edition, _page_or_document(edition, edition.pages[uri]))


@kept
def _in_notes(edition: Edition, uri: str) -> tuple[Record, ...]:
    return _whole_records(edition, _notes(edition, uri))


def _whole_records(edition: Edition, found: Iterable[Record]) -> tuple[Record, ...]:
    """Return records with what all of them have: other names, and their weight."""
    counterparts = _counterparts(edition)
    return tuple(
        record._replace(
            kin=(*record.kin, *counterparts(" ".join((record.title, *record.kin)))) if record.kind in _NAMED else (),
            also=(*record.also, *counterparts(f"{record.title} {record.text}")),
            weight=_WEIGHTS[record.kind] + record.weight,
        )
        for record in found
    )


def vocabulary(found: Iterable[Record]) -> Mapping[str, int]:
    """Return the words that can be found, in the spelling most used of each, with how often they stand there.

    Where a word may be misread, as in a scan, it is not counted: one that stands nowhere else has none, and is found
    but proposed to nobody.
    """
    printed, misread = Counter[str](), Counter[str]()
    for record in found:
        own = f"{record.title} {record.text}"
        named = (*record.called, *record.kin, *record.names, *record.answers, *record.also)
        printed.update(_words_of(" ".join((own, *named))))
        if record.is_weak:
            misread.update(_words_of(own))
    counts, uncounted = _folded(printed), _folded(misread)
    spellings: dict[str, list[str]] = {}
    for word in sorted((word for word in counts if len(word) > 1), key=lambda word: (-counts[word], word)):
        spellings.setdefault(bare(word), []).append(word)
    return {words[0]: sum(counts[word] - uncounted[word] for word in words) for _, words in sorted(spellings.items())}


def _folded(counts: Counter[str]) -> Counter[str]:
    folded = Counter[str]()
    for word, count in counts.items():
        folded[fold(word)] += count
    return folded


def _words_of(text: str) -> list[str]:
    return _word(marks(text)).findall(text)


@cache
def _word(marks: str) -> re.Pattern[str]:
    return re.compile(rf"(?:[^\W_{UNSPACED}]++|[{TABLE['INVISIBLE']}{marks}]++)++")


def indexed(text: str) -> tuple[str, Mapping[int, str]]:
    """Return a text as the index has it, with what is printed in the places where that is something else.

    There it is in the letters that a search knows, and a space stands between all that it takes for words.  Those are
    the parts of `Indo-European`, and each sign of a script that is written without spaces: words of such a script are
    found inside longer ones as phrases.  `JOINT` stands before each space that is not printed.
    """
    if letters(text) == text:
        return _apart(text), {}
    found, printed = list[str](), dict[int, str]()
    for word in text.replace(JOINT, "").split():
        parts, shown = (_apart(form).split(" ") if form else [] for form in (letters(word), word))
        if len(parts) != len(shown):  # the whole word is printed in the place of its first part
            shown = [word + JOINT, *[JOINT] * (len(parts) - 2), ""] if len(parts) > 1 else [word] * len(parts)
        for part, one in zip(parts, shown, strict=True):
            if part != one:
                printed[len(found)] = one
            found.append(part)
    return " ".join(found), printed


def _apart(text: str) -> str:
    if not text.isascii() and UNSPACED_SIGN.search(text):
        return _JOINTS.sub(f"{JOINT} ", text)
    return _SPACED_JOINTS.sub(lambda match: f"{match[0]}{JOINT} ", text)


@derived
def _counterparts(edition: Edition) -> Callable[[str], tuple[str, ...]]:
    """Return a function that gives what else that is called which a text names: abbreviations in full, other names."""
    named = [term.names for term in edition.terms if len(term.names) > 1]
    if not named:
        return lambda text: ()
    # An abbreviation is one in capitals alone; any other name may begin a sentence.
    capitals = {name: names for names in named for name in names if name.isupper()}
    others = {name.casefold(): names for names in named for name in names if not name.isupper()}
    patterns = [(_any_of(capitals, re.NOFLAG), capitals), (_any_of(others, re.IGNORECASE), others)]

    def counterparts(text: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        there = set()
        for pattern, known in patterns:
            for name in {match if match in known else match.casefold() for match in pattern.findall(text)}:
                there.add(name)
                found.update(dict.fromkeys(known[name]))
        return tuple(sorted(name for name in found if name not in there and name.casefold() not in there))

    return counterparts


def _any_of(forms: Iterable[str], flags: re.RegexFlag) -> re.Pattern[str]:
    longest_first = sorted(forms, key=len, reverse=True)
    whole = "|".join(map(re.escape, longest_first)) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{whole})(?!\w)|(?:{_unspaced(longest_first)})", flags)


def _unspaced(forms: Iterable[str]) -> str:
    """Return a pattern of the forms that are found inside of longer words, since their script has no spaces."""
    return "|".join(re.escape(form) for form in forms if UNSPACED_SIGN.search(form)) or "(?!)"


def _page_or_document(edition: Edition, page: TextFile) -> Iterator[Record]:
    document = by_uri(edition).get(page.uri)
    if document is None:
        yield from _page(edition, page)
    elif document and not document.is_example:
        yield from _document(edition, document)


def _page(edition: Edition, page: TextFile) -> Iterator[Record]:
    """Yield a record for a page's opening, and one for each of its sections."""
    title = page.title
    subject = thread_pages(edition).get(page.uri)
    thread = subject.id if subject else ""
    terms = {term.id: term for term in edition.terms} if page.uri == GLOSSARY else {}
    is_manual = page.uri.startswith(f"{MANUAL}/")
    kind, label = ("thread", "Thread") if thread else ("manual", "For contributors") if is_manual else ("page", "Page")
    head = next((heading for heading in page.headings if heading.level == 1), None)
    top = head.end if head else 0
    found = list(page.sections())
    end = found[0][0].start if found else len(page.body)

    def threads(start: int, end: int) -> tuple[str, ...]:
        return (thread,) if thread else _threads(edition, page, start, end)

    # The page that searches tells how by examples, which are words of what is searched.
    told = _words if not any(in_role(edition.macros, page.calls, Role.SEARCH)) else lambda *_: ""
    opening = told(edition, page, top, end)
    before = [former for former, moved in former_addresses(edition).items() if moved is page]
    names = head.attributes.also if head else ()
    called = (*names, *(subject.front.also if subject else map(_path, (page.uri, *before))))
    yield Record(page.uri, kind, label, title, opening, called=called, threads=threads(top, end))
    for heading, end in found:
        anchor, name = heading.anchor, heading.name
        target = f"{page.uri}#{anchor}" if anchor else page.uri
        text = told(edition, page, heading.end, end)
        if anchor in terms:
            text = _joined((f"{terms[anchor].expansion}." if terms[anchor].expansion else "", text))
            names = tuple(other for other in terms[anchor].names if other != name)
            yield Record(target, "term", "Glossary", name, text, called=names, threads=threads(heading.end, end))
        else:
            part = "manual" if is_manual else "page"
            known = (_path(anchor),) if anchor and heading.attributes.id else ()
            yield Record(
                target,
                part,
                label,
                f"{title}: {name}",
                text,
                called=(*known, *heading.attributes.also),
                threads=threads(heading.end, end),
            )
    for uri, person in places(edition, page):
        dates = [str(one.date) for documents in person.offices.values() for one in documents]
        yield Record(
            f"{uri}#{person.id}",
            "person",
            f"{person.party} · People",
            person.name,
            " ".join(f"{office}." for office in person.offices),
            called=tuple(person.names_in.values()),
            answers=(person.party, *person.offices, *dates, *_TOOK_PART),
        )
    for call in in_role(edition.macros, page.calls, Role.CHRONOLOGY):
        for uri, point in placed(edition, page, call):
            if point.event:
                yield _event(f"{uri}#{point.anchor}", point.event, title)


def _compared(edition: Edition, pair: Pair) -> Iterator[Record]:
    """Yield the records of the page that the edition makes of two documents."""
    both = pair.newer, pair.older
    names = tuple(dict.fromkeys(name for document in both for name in (*_names(document), document.kind.label)))
    for record in _page(edition, pair_pages(edition)[pair.uri]):
        yield record._replace(label="Comparison", names=names, documents=tuple(document.id for document in both))


def _event(target: str, event: Event, chronology: str) -> Record:
    """Return the record of an event in a chronology."""
    told = (f"{event.date}: {event.title}", event.place, event.people, event.outcome)
    text = " ".join(part.removesuffix(".") + "." for part in told if part)
    is_answer = event.kind == "meeting" and event.held
    answers = (*_answered(event), *(_TOOK_PART if event.people else ())) if is_answer else ()
    label = f"{EVENT_KINDS[event.kind]} · {chronology}"
    return Record(
        target,
        "event",
        label,
        event.title,
        text,
        date=event.date,
        called=tuple(event.also),
        names=(str(event.date),),
        answers=answers,
        threads=tuple(event.threads),
    )


def _document(edition: Edition, document: Document) -> Iterator[Record]:
    """Yield a record for a document's page, and those for its passages."""
    file = document.file
    passages = tuple(document.passages.values())
    whole = _whole(document)
    text = _joined((*document.front.facts, _around(edition, file, passages)))
    front = document.front
    also = (*map(str, getattr(front, "authors", ())), *(_FULL if getattr(front, "official", ()) else ()))
    kind = document.kind
    issuer = tuple(filter(None, [getattr(front, "issuer", None)]))
    names, answers = (*whole.names, *issuer), (*_answered(front), kind.name, kind.label)
    yield whole._replace(text=text, called=(*whole.names, *also), kin=issuer, names=names, answers=answers)
    lead = _lead(edition, document)
    witness = edition.witnesses.get(document.id)
    is_weak = witness is not None and witness.front.scanned
    for passage in passages:
        target = f"{file.uri}#{passage.id}"
        if isinstance(passage, Clause):
            threads = threads_of(edition, passage.address)
            clause = f"{document.series}#{passage.id}"
            called = (passage.id.replace("-", " "),)
            also = passage.heading.attributes.also if passage.heading else ()
            record = whole._replace(
                target=target,
                title=passage.name,
                threads=threads,
                clause=clause,
                called=called,
                answers=(kind.label,),
                also=also,
                lead=lead,
            )
            own, ours = _clause(edition, file, passage)
            if own:
                yield record._replace(kind="words", label="The document’s own words", text=own, is_weak=is_weak)
            if ours or not own:
                known = basis(edition, [passage])
                ours_from = f"Our summary, from {known}" if known else "Our summary"
                label = "Named, no more" if passage.is_named else ours_from
                is_thin = passage.is_named or is_beside(edition, passage) or not is_known(edition, passage)
                yield record._replace(
                    kind="summary", label=label, text=ours, weight=-is_thin, evidence=evidence(edition, passage)
                )
        else:
            yield whole._replace(
                target=target,
                kind=COMMENTARY.name,
                label="Commentary",
                title=passage.name[:1].upper() + passage.name[1:],
                answers=(*map(str, getattr(front, "authors", ())), "author", kind.name),
                text=_words(edition, file, passage.start, passage.end),
                threads=_threads(edition, file, passage.start, passage.end),
                is_weak=is_weak,
            )


def _answered(front: object) -> tuple[str, ...]:
    """Return the words in which readers ask for what is told of a document or an event."""
    told = [words for key, words in _ANSWERED.items() if getattr(front, key, None)]
    return tuple(dict.fromkeys(word for words in told for word in words))


def _whole(document: Document) -> Record:
    """Return the record of a document's page without its text; those of its passages and notes have much of it."""
    return Record(
        document.file.uri,
        "document",
        "Document",
        document.title,
        "",
        document.name,
        document.date,
        names=_names(document),
        documents=(document.id,),
    )


def _lead(edition: Edition, document: Document) -> float:
    """Return how much others are about a document: the most where one names it first."""
    abouts = (getattr(one.front, "about", ()) for one in discussions(edition).get(document.id, ()))
    return max((1 / (1 + about.index(document.id)) for about in abouts), default=0)


def _clause(edition: Edition, file: TextFile, clause: Clause) -> tuple[str, str]:
    """Return a clause's own words and our summary, as they are printed."""
    own, ours = list[str](), list[str]()
    start = clause.heading.end if clause.heading else clause.start
    for block in blocks(file.masked_of_calls, start, clause.end):
        is_own = block.text.lstrip(" ").startswith(">")
        (own if is_own else ours).append(_words(edition, file, block.start, block.end))
    return _joined(own), _joined(ours)


def _around(edition: Edition, file: TextFile, passages: Sequence[Passage]) -> str:
    """Return what is printed on a document's page below its title and outside of its passages."""
    parts, at = [], next((heading.end for heading in file.headings if heading.level == 1), 0)
    for passage in passages:
        parts.append(_words(edition, file, at, passage.start))
        at = passage.end
    return _joined((*parts, _words(edition, file, at, len(file.body))))


def _notes(edition: Edition, uri: str) -> Iterator[Record]:
    for note in notes_in(edition).get(uri, ()):
        about = dict.fromkeys(address.partition("#")[0] for address in note.between) or [note.document]
        documents = [edition.documents[id] for id in about if id in edition.documents]
        home = note_pages(edition).get(note.address) or (documents[-1].file.uri if documents and note.between else "")
        if not home or not documents or any(document.is_example for document in documents):
            continue
        yield _whole(documents[-1])._replace(
            target=f"{home}#note-{note.id}",
            kind="note",
            label=", ".join(
                part for part in (f"Note: {NOTE_KINDS[note.kind].lower()}", note.verdict, note.since) if part
            ),
            title=note.title,
            called=_kinds(edition, note),
            kin=_clauses(edition, note),
            lead=_lead(edition, documents[-1]),
            text=_words(edition, note.file, note.start, note.end),
            names=tuple(name for document in reversed(documents) for name in _names(document)),
            answers=_COMPARED if note.between else (),
            also=(
                *note.also,
                *(("author", edition.documents[note.document].kind.name) if note.kind == "correction" else ()),
            ),
            documents=tuple(document.id for document in documents),
            threads=_threads(edition, note.file, note.start, note.end, note.between),
        )


def _kinds(edition: Edition, note: Note) -> tuple[str, ...]:
    """Return what kind of note one is, and what it finds, in the words in which readers ask for such notes."""
    kind = _FAULTS if note.kind == "correction" else ()
    return tuple(word for word in (*kind, note.verdict, note.since) if word)


def _clauses(edition: Edition, note: Note) -> tuple[str, ...]:
    """Return the names of the clauses that a note on a change lies between."""
    named = ((edition.documents.get(address.partition("#")[0]), address.partition("#")[2]) for address in note.between)
    passages = (document.passages.get(id) for document, id in named if document)
    return tuple(dict.fromkeys(passage.name for passage in passages if passage))


def _sources(edition: Edition) -> Iterator[Record]:
    for key, listed in source_pages(edition).items():
        entry = edition.entries[key]
        text, is_weak = _printed_entry(entry), entry.grade == WEAK
        yield Record(f"{listed}#{key}", "source", "Source", entry.title, text, date=entry.date, is_weak=is_weak)


def _words(edition: Edition, file: TextFile, start: int, end: int) -> str:
    """Return the words that a part of a file prints."""
    return _BEFORE_STOP.sub("", prose(printed(edition, file, start, end)))


def _threads(edition: Edition, file: TextFile, start: int, end: int, more: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the threads of the clauses that a part of a file refers to, and of `more` clauses."""
    calls = (call for call in file.calls if start <= call.start < end)
    named = [*more, *(target for call in calls for target in targets(edition.macros, call))]
    found = list[str]()
    for target in named:
        id = target.partition("#")[0]
        if id in edition.documents and not edition.documents[id].is_example:
            found += threads_of(edition, target)
    return tuple(dict.fromkeys(found))


def _names(document: Document) -> tuple[str, ...]:
    """Return by what else a document is known: when it is of, and which number of which series."""
    number = getattr(document.front, "number", None) or ""
    series = (f"{document.series} {number}".strip(),) if document.series else ()
    return (str(document.date), *series, _path(document.file.uri))


def _printed_entry(entry: Entry) -> str:
    fields = entry.fields
    where = tuple(fields[name] for name in ("gloss", "booktitle", "organization", "journaltitle", "publisher"))
    parts = dict.fromkeys((entry.authors, *where, str(entry.date or ""), fields["note"]))
    return _joined(f"{part}." for part in parts if part)


def _path(path: str) -> str:
    """Return the words of a page's address, by which many readers know it."""
    return path.removesuffix(".md").removesuffix("/index").rstrip("/").rpartition("/")[2].replace("-", " ")


def _joined(parts: Iterable[str]) -> str:
    return " ".join(part for part in parts if part)
