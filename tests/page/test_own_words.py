"""A document's own words on its page: their language and direction are told, and no heading is shown twice."""

import re

import pytest

from tests.invented import Collection, render

FRONT = "---\nkind: declaration\ntitle: Pact\nseries: pacts\ndate: {year}\nrights: Invented.\n{more}---\n\n# Pact of {year}\n\n"
HEBREW = (
    "\u05d4\u05de\u05e2\u05d1\u05d5\u05e8\u05ea \u05ea\u05e4\u05dc\u05d9\u05d2 \u05d1\u05db\u05dc \u05d9\u05d5\u05dd."
)


def quoted(collection: Collection, words: str, more: str = "") -> str:
    text = f"{FRONT.format(year=2010, more=more)}## Article 1 Use {{ #art-1 }}\n\n{words}\n"
    html = render(collection({"declarations/pact-2010.md": text}), "declarations/pact-2010.md", [])[0]
    return next(iter(re.findall(r"<blockquote.*?</blockquote>", html, re.DOTALL)), "")


@pytest.mark.parametrize(
    ("words", "more", "marks"),
    [
        ("> The ferry runs.", "", 'class="own-words"'),
        ("> Le bac circule.", "language: fr\n", 'class="own-words" lang="fr"'),
        (f"> {HEBREW}", "language: he\n", 'class="own-words" dir="rtl" lang="he"'),
        (f"> {HEBREW} Ferry.", "", 'class="own-words" dir="rtl"'),
    ],
)
def test_language_and_direction_are_told(words: str, more: str, marks: str, collection: Collection) -> None:
    assert quoted(collection, words, more).startswith(f"<blockquote {marks}>")


def test_a_heading_that_came_in_with_the_text_is_shown_once(collection: Collection) -> None:
    html = quoted(collection, "> Part I\n>\n> Article 1 Use\n>\n> Article 1 Use is for all.\n>\n> Article 1 Use")
    assert [*re.findall(r"<p([^>]*)>", html)] == ["", ' class="said-above"', "", ""]


def test_the_words_of_a_comparison_tell_their_language_too(collection: Collection) -> None:
    files = {
        f"declarations/pact-{year}.md": f"{FRONT.format(year=year, more=more)}## Use {{ #use }}\n\n> {words}\n"
        for year, more, words in ((2010, "", "The ferry runs."), (2012, "language: he\n", HEBREW))
    }
    files["case.md"] = '# Case\n\n{{ compare("pact-2010", "pact-2012") }}\n'
    html = render(collection(files), "case.md", [])[0]
    assert re.findall(r"<blockquote ([^>]*)>", html) == ['class="own-words"', 'class="own-words" dir="rtl" lang="he"']
