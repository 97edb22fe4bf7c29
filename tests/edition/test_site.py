"""The real site: what holds of every site holds of it."""

from pathlib import Path

from macros.model.loading import load
from tests import ROOT
from tests.derived.test_digest import lines_that_follow
from tests.site.test_built import *  # noqa: F403 -- its tests, with the site of this folder


def test_no_address_of_a_person_is_published(site: Path) -> None:
    assert not any("](mailto" in path.read_text("utf-8") for path in site.rglob("*.html"))


def test_every_line_of_what_changed_follows_from_a_note_or_from_the_texts() -> None:
    assert "Changed according to reports" in lines_that_follow(load(ROOT / "docs", "docs"))
