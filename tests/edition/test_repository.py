"""What this repository says of its own folders and of how it is published."""

import re

import pytest

from tests import ROOT
from tests.sites import EDITION, TOWNS

OWNERS = (ROOT / ".github" / "CODEOWNERS").read_text("utf-8")


@pytest.mark.parametrize("place", re.findall(r"^# /(\S+)", OWNERS, re.MULTILINE))
def test_what_has_an_owner_is_there(place: str) -> None:
    assert (ROOT / place).exists()


def test_it_is_published_as_the_invented_site_is() -> None:
    """What a workflow sets is what both configurations read."""
    asked = [set(re.findall(r"!ENV \[(\w+_UR[LI])", config.read_text("utf-8"))) for config in (EDITION, TOWNS)]
    assert asked[0] == asked[1]
