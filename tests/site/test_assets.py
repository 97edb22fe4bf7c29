"""The engine's scripts and styles come with its templates: a collection names none of them, and has all."""

import re

from tests import ROOT
from tests.sites import INVENTED, TOWNS


def test_the_configurations_name_no_script_and_no_style() -> None:
    for config in (INVENTED, TOWNS):
        assert not re.search("extra_css|extra_javascript", config.read_text("utf-8"))


def test_what_the_styles_refer_to_is_there() -> None:
    sheets = [*(ROOT / "overrides" / "assets" / "styles").glob("*.css")]
    named = [(sheet, url) for sheet in sheets for url in re.findall(r'url\("([^"]+)"\)', sheet.read_text("utf-8"))]
    assert named
    assert [url for sheet, url in named if not (sheet.parent / url).is_file()] == []
