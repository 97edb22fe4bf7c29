"""An index of the search, read as the script reads it."""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from macros.derived.search import JOINT
from macros.site.postings import INDEX


class Index(NamedTuple):
    """What an index says: its head, the records, by word where that stands, and the runs of records of each filter.

    Where a word stands is told as (record, field): places.
    """

    head: Mapping[str, Any]
    records: list[Mapping[str, Any]]
    postings: Mapping[str, Mapping[tuple[int, str], list[int]]]
    filters: Mapping[str, Mapping[str, list[int]]]


def read(files: Mapping[str, bytes]) -> Index:
    """Return what an index says of which the files are given by their names."""
    opened = {name: gzip.decompress(content) for name, content in files.items() if name.endswith(".idx")}
    head = json.loads(opened[INDEX])
    packs = sum(name.startswith(f"{head['mark']}/records/") for name in opened)
    records = [
        record for number in range(packs) for record in json.loads(opened[f"{head['mark']}/records/{number}.idx"])
    ]
    shelves = b"".join(opened[f"{head['mark']}/words/{number}.idx"] for number in range(len(head["shelves"])))
    words = dict(zip(head["terms"].split(" "), _parts(shelves, head["fields"]), strict=False))
    return Index(head, records, words, json.loads(opened[f"{head['mark']}/filters.idx"]))


def below(bundle: Path) -> dict[str, bytes]:
    """Return the files of an index, by their names in the folder that it was put in."""
    return {path.relative_to(bundle).as_posix(): path.read_bytes() for path in bundle.rglob("*.idx")}


def text(record: Mapping[str, Any]) -> str:
    """Return the text of a record as it is printed."""
    printed = {int(at): word for at, word in record.get("printed", {}).items()}
    words = [printed.get(at, word) for at, word in enumerate(record["content"].split(" "))]
    return " ".join(words).replace(f"{JOINT} ", "")


def _parts(shelves: bytes, fields: list[str]) -> Iterator[Mapping[tuple[int, str], list[int]]]:
    at = 0
    while at < len(shelves):
        numbers = _numbers(shelves[at:])
        size = next(numbers)
        at += -(-max(1, size.bit_length()) // 7)
        yield _postings(shelves[at : at + size], fields)
        at += size


def _postings(data: bytes, fields: list[str]) -> Mapping[tuple[int, str], list[int]]:
    found, record, numbers = defaultdict[tuple[int, str], list[int]](list), 0, _numbers(data)
    for step in numbers:
        record += step
        count, field = divmod(next(numbers), 8)
        found[record, fields[field]] = [*accumulate(next(numbers) for _ in range(count))]
    return found


def _numbers(data: bytes) -> Iterator[int]:
    number = shift = 0
    for byte in data:
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield number
            number = shift = 0
