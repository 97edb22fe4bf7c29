"""A page is rendered, whatever the text; the check has said what a build would; and nothing is let in."""

from collections.abc import Iterator
from itertools import chain

import pytest

from tests.laws.law import BreachError, Law, law
from tests.laws.mutants import Mutant, mutants, pages
from tests.laws.oracle import breaches, breaches_around
from tests.laws.seeds import Seed, cases
from tests.laws.site import Build, building

pytestmark = pytest.mark.long

_MOST_TIMES = 60
"""How many bytes of pages one byte of texts may make: comparisons and lists say some things again and again."""


@law(mutants() | pages())
def test_page_is_what_the_check_lets_through(mutant: Mutant) -> None:
    """Rendered by MkDocs as in a build: no exception, nothing said that the check has not, nothing that may not be."""
    with mutant.laid() as home, building(mutant.seed.ground) as build:
        problems = build.problems
        pages = {uri: build.page(uri) for uri in chosen(mutant, build)}
        contents = {uri: page.content or "" for uri, page in pages.items()}
        wholes = [build.whole(page) for page in pages.values()]
        build.follow(pages.values())
        if not problems and build.said:
            raise BreachError("a build says what the check does not", build.said[0])
        for breach in (
            *chain.from_iterable(breaches(html, is_sound=not problems) for html in contents.values()),
            *chain.from_iterable(map(breaches_around, wholes)),
        ):
            raise breach
        if sum(map(len, contents.values())) > _MOST_TIMES * sum(path.stat().st_size for path in home.rglob("*.*")):
            raise BreachError("pages are far longer than the texts they are made of")
        if mutant.number % 8 == 0:
            with building(mutant.seed.ground) as again:
                if any(again.page(uri).content != content for uri, content in contents.items()):
                    raise BreachError("rendering is no pure function")


def chosen(mutant: Mutant, build: Build) -> Iterator[str]:
    """Yield the pages of the spoilt files, those of the documents that they stand beside, and one more."""
    stems = {uri.rpartition("/")[2].partition(".")[0] for uri in mutant.uris}
    uris = build.uris
    named = (uri for uri in uris if uri.rpartition("/")[2].removesuffix(".md") in stems)
    yield from dict.fromkeys((*named, *(uris[mutant.number % len(uris)] for _ in uris[:1])))


_OF_HTML = [seed for seed in cases() if seed.name.startswith(("html/", "reference/"))]


@pytest.mark.parametrize(("number", "seed"), [*enumerate(_OF_HTML)], ids=[seed.name for seed in _OF_HTML])
def test_cases_of_html_are_rendered_by_mkdocs_too(number: int, seed: Seed) -> None:
    law: Law = test_page_is_what_the_check_lets_through.law  # type: ignore[attr-defined]
    law.holds(Mutant(seed, {path: seed.read(path) for path in seed.open}, number))
