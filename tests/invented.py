"""One page or all of the invented collection, loaded, checked and rendered without MkDocs."""

from collections.abc import Callable, Sequence

from macros.checks.run import by_page, check, hidden
from macros.derived.leaves import made_pages
from macros.model.edition import Edition
from macros.model.loading import Known, load
from macros.model.macro import discover
from macros.page.composing import compose
from macros.page.render import Rendered
from macros.page.render import render as page_of
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


def rendered(sheet: Sheet) -> Rendered:
    """Return what a sheet is rendered to."""
    return page_of(sheet, TEMPLATES, EXTENSIONS)
