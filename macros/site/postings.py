"""The index of the search: which words stand in which records and where, in files that a reader's browser reads.

It is an inverted index.  One file, `INDEX`, is what a first search loads: every word with its stem, and of every record
its kind and its length.  Where the words stand (their postings), what the records show and what filters let through are
in files beside it, of which a search loads the few that it needs.  All are compressed by gzip (RFC 1952) and
named by a digest of the whole, so that no browser takes a part of an older index for one of this.

Words of one stem (the Snowball algorithms, https://snowballstem.org) are forms of each other.  What a word is worth
where it stands is told by the script that reads the index (overrides/assets/search/index.js).
"""

import gzip
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from operator import sub
from typing import Any

import snowballstemmer

from ..derived.search import RECORD_KINDS, UNSPACED_SIGN, Record, indexed, vocabulary
from ..text.words import bare, marks

INDEX = "index.idx"
"""What a search loads first, in the folder of the index."""

FIELDS = ("text", "title", "heading", "called", "names", "within", "also")
"""Where in a record a word may stand; what it counts there is told by the script."""

_KIND = {kind: chr(ord("a") + number) for number, kind in enumerate(RECORD_KINDS)}
_LIGHT = ("page", "source", "event", "manual")
"""The kinds whose titles are headings, which count less, those of whole pages aside: they lead to what counts."""

_FILTERS: Mapping[str, Callable[[Record], Iterable[str]]] = {
    "kind": lambda record: (record.kind,),
    "evidence": lambda record: (grade.replace(" ", "-") for grade in record.evidence),
    "document": lambda record: record.documents,
    "thread": lambda record: record.threads,
    "year": lambda record: (str(record.date.year),) if record.date else (),
}

_FULL = 32_000  # bytes of postings after which another file begins
_BESIDE = 8  # records in one file, at least: of many more stand together, since to create a file takes its time
_LEVEL = 6  # of compression

_STEMMERS = dict(
    part.split(":")
    for part in (
        "ar:arabic ca:catalan cs:czech da:danish de:german el:greek en:english eo:esperanto es:spanish et:estonian "
        "eu:basque fa:persian fi:finnish fr:french ga:irish hi:hindi hu:hungarian hy:armenian id:indonesian it:italian "
        "ja:english ko:english lt:lithuanian nb:norwegian ne:nepali nl:dutch nn:norwegian no:norwegian pl:polish "
        "pt:portuguese ro:romanian ru:russian sr:serbian sv:swedish ta:tamil tr:turkish yi:yiddish zh:english"
    ).split()
)
"""Snowball's name of each language; what remains to be reduced where signs are words by themselves is English."""

Places = Mapping[str, Sequence[int]]
"""Where words stand in a text, each in its bare form: the numbers of the parts that they are."""


def files(records: Sequence[Record], addresses: Mapping[str, str], language: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an index, each by its name and with what it holds, `INDEX` last.

    `addresses` has the site's address of each page by its path, `language` is that of the site.
    """
    contents = [indexed(record.text or record.title) for record in records]
    postings = _postings(records, [text for text, _ in contents])
    stem = _stemmer(language)
    terms = sorted(((stem(term), term) for term in postings), key=_order)
    counts = vocabulary(records)
    spelled = {bare(word): word for word in counts}
    shelves = [*_filled(postings[term] for _, term in terms)]
    words = [b"".join(map(_told, some)) for some in shelves]
    shown = [_shown(record, addresses, *content) for record, content in zip(records, contents, strict=True)]
    beside = max(_BESIDE, math.isqrt(len(records)) // 8)
    packs = [_json(shown[at : at + beside]) for at in range(0, len(shown), beside)]
    filters = _json({name: _runs(map(values, records)) for name, values in _FILTERS.items()})
    mark = blake2b(b"".join((*words, *packs, filters)), digest_size=6).hexdigest()
    head = {
        "mark": mark,
        "beside": beside,
        "terms": " ".join(term for _, term in terms),
        "stems": " ".join(_reduction(term, stem) for stem, term in terms),
        "spelled": {term: spelled[term] for _, term in terms if spelled.get(term, term) != term},
        "counts": "".join(_level(counts.get(spelled.get(term, ""), 0), 2) for _, term in terms),
        "shelves": [*map(len, shelves)],
        "fields": FIELDS,
        "names": [*RECORD_KINDS],
        "kinds": "".join(_KIND[record.kind] for record in records),
        "lengths": "".join(_level(1 + text.count(" "), 4) for text, _ in contents),
        "weights": "".join(str(round(2 * record.weight)) for record in records),
    }
    for name, some in (("words", words), ("records", packs)):
        for number, content in enumerate(some):
            yield f"{mark}/{name}/{number}.idx", _packed(content)
    yield f"{mark}/filters.idx", _packed(filters)
    yield INDEX, _packed(_json(head))


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _packed(content: bytes) -> bytes:
    return gzip.compress(content, _LEVEL, mtime=0)


def _stemmer(language: str) -> Callable[[str], str]:
    """Return what reduces words of a language to their stems; of one that Snowball does not know, they stay whole."""
    name = _STEMMERS.get(language.partition("-")[0].lower())
    return snowballstemmer.stemmer(name).stemWord if name else str


def _order(words: tuple[str, str]) -> tuple[bytes, ...]:
    """Return what words are put in order by: as scripts compare texts, which is by units of UTF-16."""
    return tuple(word.encode("utf-16-be", "surrogatepass") for word in words)


def _reduction(term: str, stem: str) -> str:
    """Return a stem by its word: how many letters at its end are not the stem's, and what that has instead of them."""
    pairs = enumerate(zip(term, stem, strict=False))
    same = next((at for at, (one, other) in pairs if one != other), min(len(term), len(stem)))
    return f"{len(term) - same}{stem[same:]}"


def _level(number: int, steps: int) -> str:
    """Return about what a number is as one sign, of which there are so many from a number to its double."""
    return chr(ord("0") + round(steps * math.log2(1 + number)))


def _told(posting: bytes) -> bytes:
    """Return a posting with its length before it."""
    return _Numbers()[len(posting)] + posting


def _runs(values: Iterable[Iterable[str]]) -> Mapping[str, Sequence[int]]:
    """Return which records have each value, as runs of neighbours: how many lie before each, and how many are in it."""
    runs: dict[str, list[int]] = {}
    ends: dict[str, int] = {}
    for number, some in enumerate(values):
        for value in dict.fromkeys(some):
            if ends.get(value) == number:
                runs[value][-1] += 1
            else:
                runs.setdefault(value, []).extend((number - ends.get(value, 0), 1))
            ends[value] = number + 1
    return dict(sorted(runs.items()))


def _filled(postings: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Put postings together, file by file."""
    some, size = list[bytes](), 0
    for each in postings:
        some.append(each)
        size += len(each)
        if size > _FULL:
            yield some
            some, size = [], 0
    if some:
        yield some


class _Numbers(dict[int, bytes]):
    """Numbers as they are written: seven bits a byte, the lowest first, the eighth in all but the last (LEB128)."""

    def __missing__(self, number: int) -> bytes:
        rest, low = divmod(number, 128)
        return self.setdefault(number, bytes([low | 128]) + self[rest] if rest else bytes([low]))


def _postings(records: Sequence[Record], texts: Sequence[str]) -> Mapping[str, bytes]:
    """Return for each word where it stands, in numbers.

    For each record and each of its fields that the word stands in: how many records that is behind the one before; how
    often it stands there, times eight, and the number of the field; its places, each by its distance from the one
    before.
    """
    found: dict[str, list[int]] = {}
    last: dict[str, int] = {}
    for number, (record, text) in enumerate(zip(records, texts, strict=True)):
        for field, places in enumerate(_fields(record, text)):
            for word, some in places.items():
                if word not in found:
                    found[word] = []
                steps = found[word]
                steps += (number - last.get(word, 0), len(some) * 8 + field, some[0])
                if len(some) > 1:
                    steps += map(sub, some[1:], some)
                last[word] = number
    written = _Numbers()
    return {word: b"".join(map(written.__getitem__, steps)) for word, steps in found.items()}


def _fields(record: Record, text: str) -> tuple[Places, ...]:
    """Return where words stand in each field of a record."""
    title = _phrase(record.title)
    is_heading = record.kind in _LIGHT and ("#" in record.target or record.kind == "source")
    return (
        places(text.split(" ")),
        {} if is_heading else title,
        title if is_heading else {},
        _phrase("; ".join(name for name in (*record.called, *record.kin) if name not in record.text)),
        _apart(record.names),
        _apart((record.group,) if record.kind != "document" else ()),
        _apart((*record.answers, *record.also)),
    )


@cache
def _phrase(text: str) -> Places:
    return places(indexed(text)[0].split(" "))


@cache
def _apart(forms: Sequence[str]) -> Places:
    """Return where words of forms stand that are printed nowhere: a phrase is none of them, but for unspaced signs."""
    parts = list[str]()
    for form in forms:
        some = indexed(form)[0].split(" ")
        parts += [*some, ""] if UNSPACED_SIGN.match(form) else [one for part in some for one in (part, "")]
    return places(parts)


def places(parts: Iterable[str]) -> Places:
    """Return where words stand among the parts of a text."""
    found: dict[str, list[int]] = {}
    for place, part in enumerate(parts):
        if word := _word(part):
            if word in found:
                found[word].append(place)
            else:
                found[word] = [place]
    return found


@cache
def _word(part: str) -> str:
    """Return a part of a text as a word in its bare form, or nothing."""
    kept = f"_{marks(part)}"
    return bare("".join(sign for sign in part if sign.isalnum() or sign in kept))


def _shown(record: Record, addresses: Mapping[str, str], text: str, printed: Mapping[int, str]) -> Mapping[str, Any]:
    """Return what a result shows of a record, and what tells its place among others."""
    uri, mark, anchor = record.target.partition("#")
    more = {
        "language": record.language,
        "called": record.called,
        "kin": record.kin,
        "names": record.names,
        "answers": record.answers,
        "clause": record.clause,
        "year": record.date and record.date.year,
        "printed": printed,
    }
    return {
        "address": addresses[uri] + mark + anchor,
        "label": record.label,
        "title": record.title,
        "group": record.group,
        "weight": record.weight + record.lead,
        "content": text,
        **{name: value for name, value in more.items() if value},
    }
