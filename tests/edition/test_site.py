"""The real site: what holds of every site holds of it."""

import re
from pathlib import Path

import pytest

from macros.model.loading import load
from tests import ROOT
from tests.derived.test_digest import lines_that_follow
from tests.site.test_built import *  # noqa: F403 -- its tests, with the site of this folder


def test_no_address_of_a_person_is_published(site: Path) -> None:
    assert not any("](mailto" in path.read_text("utf-8") for path in site.rglob("*.html"))


def test_every_line_of_what_changed_follows_from_a_note_or_from_the_texts() -> None:
    assert "Changed according to reports" in lines_that_follow(load(ROOT / "docs", "docs"))


@pytest.mark.parametrize("path", ["index.html", "findings/index.html"])
def test_a_finding_is_one_step_from_a_source_and_two_from_what_is_said_of_it(site: Path, path: str) -> None:
    page = (site / path).read_text("utf-8")
    listed = [item for item in re.findall(r"<li\b.*?</li>", page, re.DOTALL) if re.search(r"<strong><a href=", item)]
    leading = [item for item in listed if re.search(r'<span class="best-source"><a href="https?://', item)]
    without = [item for item in listed if item not in leading]
    assert len(leading) >= 3
    assert ["not-checked/" in item for item in without] == [True] * len(without)  # of which no source was seen
    assert len(without) <= 1
