"""The page of limits says of each bound what the engine takes, and leaves none out."""

import re

from macros.checks import navigation
from macros.model import folder
from macros.text import bounds, call, picture
from tests import ROOT

PAGE = (ROOT / "docs" / "contribute" / "limits.md").read_text("utf-8")
ROWS = {
    match[1]: int(match[2].replace(",", "")) for match in re.finditer(r"^\| (.+) \| ([\d,]+) \|$", PAGE, re.MULTILINE)
}

BOUNDS = {
    "bytes of a text, a witness or the bibliography": bounds.LARGEST_FILE,
    "characters of front matter": bounds.LARGEST_FRONT,
    "values in front matter": bounds.MOST_VALUES,
    "bytes of a picture": folder.LARGEST_PICTURE,
    "bytes of an `.svg`": picture.LONGEST_SVG,
    "characters of a file's name": folder.LONGEST_NAME,
    "folders within folders": folder.DEEPEST,
    "lines": bounds.MOST["lines"],
    "characters of a paragraph": bounds.LONGEST_PARAGRAPH,
    "headings": bounds.MOST["headings"],
    "marks of footnotes": bounds.MOST["marks of footnotes"],
    "calls": bounds.MOST["calls"],
    "links": bounds.MOST["links"],
    "HTML tags": bounds.MOST["tags or signs `<`"],
    "cells": bounds.MOST["cells or signs `|`"],
    "abbreviations": bounds.MOST["abbreviations"],
    "fences of code": bounds.MOST["fences of code"],
    "backticks": bounds.MOST["backticks"],
    "bytes of `mkdocs.yml`": bounds.LARGEST_CONFIGURATION,
    "other signs of Markdown": bounds.MOST["signs of Markdown"],
    "quotations": bounds.DEEPEST,
    "brackets, links and tags": bounds.MOST_OPEN,
    "characters of a call": call.LONGEST_TAG,
    "brackets within one another": call.DEEPEST_TAG,
    "calls around a call": call.DEEPEST_CALL,
    "faulty calls": call.MOST_FAULTS,
    "pages and files of notes": bounds.MOST_PAGES,
    "sources": bounds.MOST_SOURCES,
    "characters of a line in `mkdocs.yml`": navigation.LONGEST_LINE,
}
"""By how the row begins."""


def test_the_page_says_what_the_engine_takes() -> None:
    assert len(BOUNDS) == len(ROWS)
    for words, bound in BOUNDS.items():
        told = [most for row, most in ROWS.items() if row == words or re.match(re.escape(words) + r"[ ,:(]", row)]
        assert bound in told, words


def test_no_bound_is_left_out() -> None:
    for module in (bounds, call, folder, picture):
        for name, value in vars(module).items():
            if re.match(r"(?:LARGEST|LONGEST|MOST|DEEPEST)(?!_SHOWN)", name) and isinstance(value, int):
                assert value in BOUNDS.values(), name
    assert set(bounds.MOST.values()) <= set(BOUNDS.values())
