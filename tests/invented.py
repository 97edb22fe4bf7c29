"""One page or all of the invented collection, loaded, checked and rendered without MkDocs."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from markdown import Markdown

from macros.checks.run import by_page, check, hidden
from macros.derived.leaves import made_pages
from macros.model.edition import Edition
from macros.model.loading import Known, load
from macros.model.macro import discover
from macros.page.composing import compose
from macros.page.extension import EditionExtension
from macros.page.sheet import Sheet
from macros.page.template import Templates
from macros.text.problem import Problem
from tests.sites import COLLECTION

EXTENSIONS = ["abbr", "attr_list", "def_list", "tables", "toc", "pymdownx.superfences"]
TEMPLATES = Templates()  # compiled once for all tests
MACROS = discover()  # found once, too
READ: Known = {}  # the files of the collection, read once
load(COLLECTION, macros=MACROS, known=READ)

Collection = Callable[..., Edition]


def render(edition: Edition, uri: str, problems: Sequence[Problem] | None = None) -> tuple[str, tuple[Problem, ...]]:
    """Return a page's HTML and the problems that only rendering shows; `problems` are the edition's, if known."""
    found = rendered(sheet_of(edition, uri, check(edition) if problems is None else problems))
    return found.html, found.problems


def sheet_of(edition: Edition, uri: str, problems: Sequence[Problem] = ()) -> Sheet:
    """Return a page's sheet."""
    page = edition.pages.get(uri) or made_pages(edition)[uri]
    return compose(edition, page, by_page(edition, problems).get(uri, ()), hidden(problems))


class Rendered(NamedTuple):
    """A page's HTML, the ids in it, where its links lead, and what is wrong with it."""

    html: str
    anchors: frozenset[str]
    links: frozenset[str]
    problems: tuple[Problem, ...]


def rendered(sheet: Sheet) -> Rendered:
    """Return what a sheet is rendered to."""
    problems: list[Problem] = []
    md = Markdown(extensions=[*EXTENSIONS, EditionExtension(sheet, TEMPLATES, problems.append)])
    html = md.convert("&nbsp;")  # a body without text would skip the extension
    ids, links = (frozenset(re.findall(rf' {name}="([^"]+)"', html)) for name in ("id", "href"))
    return Rendered(html, ids, links, tuple(problems))
