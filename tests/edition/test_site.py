"""The real site: what holds of every site holds of it."""

from pathlib import Path

from tests.site.test_built import *  # noqa: F403 -- its tests, with the site of this folder


def test_no_address_of_a_person_is_published(site: Path) -> None:
    assert not any("](mailto" in path.read_text("utf-8") for path in site.rglob("*.html"))
