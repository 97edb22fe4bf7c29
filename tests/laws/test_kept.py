"""What a server keeps from edit to edit is what is computed anew."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st

from macros.checks.run import check, sheet_of
from macros.commands.resuming import checked, resumed
from macros.derived.leaves import made_pages
from macros.derived.search import records
from macros.model.edition import Edition
from macros.model.loading import Known, load
from macros.site.addresses import Site
from macros.site.metadata import metadata, told
from macros.site.others import others
from macros.text.cache import FOLDER
from macros.text.kept import following, is_same
from tests.invented import MACROS
from tests.laws.law import BreachError, law
from tests.laws.seeds import texts, write
from tests.laws.test_live import GROUND, Edit, edits

SEQUENCES = 2
EDITS = 9
"""How many edits one edition sees; the first sequence that is drawn is always the plainest."""

SITE = Site("Two towns", address="https://towns.example/")


def _made(edition: Edition) -> Iterator[tuple[str, Any]]:
    """Yield what a site is made from, each with a name."""
    yield "what is wrong", check(edition)
    for uri in (*edition.pages, *made_pages(edition)):
        yield "the sheet of a page", sheet_of(edition, uri)
        yield "what the theme is told", told(edition, uri, SITE)
        page = edition.pages.get(uri) or made_pages(edition)[uri]
        yield "what a page says of itself", metadata(edition, page, SITE, "")
    urls = {uri: uri for uri in (*edition.pages, *made_pages(edition))}
    site = Site("Two towns", address="https://towns.example/", urls=urls)
    yield from others(edition, site, lambda to, _: to, is_pretty=True).items()
    yield "what is searched", records(edition)


@law(st.lists(edits(), min_size=EDITS, max_size=EDITS), few=SEQUENCES)
def test_what_is_kept_is_what_is_computed_anew(sequence: list[Edit]) -> None:
    """Whatever was edited before, and whatever was asked of the edition before."""
    with TemporaryDirectory(prefix="laws-") as folder:
        home, known, before = Path(folder), Known(), None
        write(home, texts(GROUND))
        for edit in ({}, *sequence):
            write(home, edit)
            edition = following(load(home / "docs", macros=MACROS, known=known), before)
            anew = load(home / "docs", macros=MACROS)
            kept, made = list(_made(edition)), list(_made(anew))
            for (name, one), (other_name, other) in zip(kept, made, strict=True):
                if name != other_name or not is_same(one, other):
                    raise BreachError("what is kept is not what is computed anew", name)
            before = edition


@law(st.lists(edits(), min_size=EDITS, max_size=EDITS), few=SEQUENCES)
def test_what_a_check_takes_from_the_one_before_it_is_what_it_finds_anew(sequence: list[Edit]) -> None:
    """Whatever was edited between two of them."""
    with TemporaryDirectory(prefix="laws-") as folder:
        home = Path(folder)
        write(home, {**texts(GROUND), "mkdocs.yml": b""})
        for number, edit in enumerate(({}, *sequence), start=1):
            write(home, edit)
            edition, keep = resumed(home / "docs", "docs")
            taken = check(checked(home / "docs", "docs", home / FOLDER))
            found, anew = check(edition), check(load(home / "docs", macros=MACROS))
            if number % 2:
                keep()
            if not found == taken == anew:
                raise BreachError("what is resumed is not what is found anew", (found, taken, anew))
