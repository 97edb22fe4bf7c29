"""What is made of texts beside pages can be read by those it is made for, whatever the text."""

import json
from dataclasses import asdict
from functools import cache
from xml.etree import ElementTree

import rispy
from bibtexparser.entrypoint import parse_string

from macros.checks.run import check
from macros.commands.impact.report import Report, as_json, as_markdown
from macros.commands.impact.touch import changed_pages, touches
from macros.derived.describe import describe
from macros.derived.search import records
from macros.model.edition import Edition
from macros.site.citations import FORMATS, Record, export
from macros.site.citations import records as cited
from macros.site.feed import FEED
from macros.site.metadata import metadata
from macros.site.postings import files
from tests.indexes import read as read_index
from tests.laws.law import BreachError, law
from tests.laws.mutants import Mutant, mutants
from tests.laws.seeds import GROUNDS
from tests.laws.site import Build, building, read
from tests.laws.test_page import chosen


@law(mutants())
def test_data_are_whole(mutant: Mutant) -> None:
    """Records of the search, citations, metadata, the feed: each can be read back, and there is one for each thing."""
    with mutant.laid(), building(mutant.seed.ground) as build:
        addresses = {uri: uri for uri in build.uris}
        some = [record for record in records(build.edition) if record.target.partition("#")[0] in addresses]
        found = read_index(dict(files(some, addresses, "en"))).records
        if [one["title"] for one in found] != [one.title for one in some]:
            raise BreachError("the index of the search has not one record for each of the edition's")
        for uri in chosen(mutant, build):
            _are_cited(build, uri)
        if feed := build.files.get_file_from_path(FEED):
            items = ElementTree.fromstring(feed.content_string).findall("{*}entry")
            if len(items) != len(build.edition.news):
                raise BreachError("the feed has not one entry for each of the news")


@law(mutants())
def test_impact_is_said_of_any_change(mutant: Mutant) -> None:
    """What a change touches is said, from the texts as they stand to the spoilt ones and back."""
    before = _as_it_stands(mutant.seed.ground)
    with mutant.laid() as home:
        after = read(home)
    for one, other in ((before, after), (after, before)):
        found = touches(one, other)
        report = Report(found, changed_pages(one, other, found), len(check(one)), len(check(other)))
        json.loads(as_json(report))
        if any(sign in as_markdown(report) for sign in "\x02\x03"):
            raise BreachError("a report of a change holds a sign that steers")


def _are_cited(build: Build, uri: str) -> None:
    text = build.text(uri)
    if text is None:
        return
    found = list(cited(build.edition, text, build.site))
    for ending, name in FORMATS.items():
        if found and (count := _counted(found, ending)) != len(found):
            raise BreachError(f"{name} has not one record for each thing that is cited", (count, len(found)))
    said = metadata(build.edition, text, build.site, describe(build.edition, text))
    for line in (value for record in found for value in (record.key, record.title, record.text, record.url)):
        if len(line.splitlines()) > 1:
            raise BreachError("a citation is more than one line", line)
    json.dumps(asdict(said))


def _counted(found: list[Record], ending: str) -> int:
    """Return how many records maintained parsers find in a format."""
    made = export(found, ending)
    if ending == "bib":
        library = parse_string(made)
        return len(library.entries) - len(library.failed_blocks)
    if ending == "ris":
        return len(rispy.loads(made))
    return len(json.loads(made)) if ending == "json" else sum(1 for line in made.splitlines() if line)


@cache
def _as_it_stands(ground: str) -> Edition:
    return read(GROUNDS[ground])
