"""The engine's scripts and styles come with its templates: a collection names none of them, and has all."""

import re

import pytest

from macros.site.assets import STYLES, small
from tests import ROOT
from tests.sites import INVENTED, TOWNS


def test_the_configurations_name_no_script_and_no_style() -> None:
    for config in (INVENTED, TOWNS):
        assert not re.search("extra_css|extra_javascript", config.read_text("utf-8"))


def test_every_style_is_sent() -> None:
    assert {path.name for path in (ROOT / "overrides" / "assets" / "styles").iterdir()} == {
        uri.rpartition("/")[2] for uri in STYLES
    }


def test_what_the_styles_refer_to_is_there() -> None:
    sheets = [*(ROOT / "overrides" / "assets" / "styles").glob("*.css")]
    named = [(sheet, url) for sheet in sheets for url in re.findall(r'url\("([^"]+)"\)', sheet.read_text("utf-8"))]
    assert named
    assert [url for sheet, url in named if not (sheet.parent / url).is_file()] == []


@pytest.mark.parametrize(
    ("uri", "source", "sent"),
    [
        ("a.js", "/*\n * Why.\n */\nimport b;\n\n// Here.\nb(); // then\n", "import b;b();\n"),
        ("a.js", "/** What it does. */\nconst a = 1; // rem\nlet b\nb = 2", "const a=1;let b\nb=2\n"),
        ("a.js", 'const a = "http://b"; // it\'s\n', 'const a="http://b";\n'),
        ("a.js", "const a = `b // c  d`;\n  f(/\\/\\/  /); a /* b */;\n", "const a=`b // c  d`;f(/\\/\\/  /);a;\n"),
        ("a.css", "/* Why.\n\n   So. */\n\na {\n  b: c d; /* e */\n}\n", "a{b:c d}\n"),
        (
            "a.css",
            "@media (width <= 30em) { a :is(b) > c { d: calc(1px + 2px) } }",
            "@media (width <=30em){a :is(b)>c{d:calc(1px + 2px)}}\n",
        ),
    ],
)
def test_scripts_and_styles_are_sent_small(uri: str, source: str, sent: str) -> None:
    assert small(uri, source) == sent


def test_no_template_of_a_script_stands_in_another() -> None:
    """What is taken out of the inner one would be a space of a sentence."""
    scripts = {path.name: path.read_text("utf-8") for path in (ROOT / "overrides" / "assets").rglob("*.js")}
    nested = r"`[^`]*\$\{[^}`]*`[^\n]*"
    assert re.search(nested, "a(`b${c ? `d e` : f}`)")
    assert {name: found for name, script in scripts.items() if (found := re.findall(nested, script))} == {}


def test_no_style_has_a_remark_in_a_text() -> None:
    """Where there is one, a style without remarks would be another."""
    styles = "".join(path.read_text("utf-8") for path in (ROOT / "overrides" / "assets" / "styles").glob("*.css"))
    outside = re.sub(r"/\*.*?\*/", "", styles, flags=re.DOTALL)
    assert [line for line in outside.splitlines() if "/*" in line or "*/" in line] == []
