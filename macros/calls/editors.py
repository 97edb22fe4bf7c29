"""Editors: who answers for what is the edition's own."""

from ..model.macro import Fragment
from .base import Context, macro


@macro()
def editors(context: Context) -> Fragment:
    """Name the editors and say how they are reached, as the site's configuration has it (`editors`, `contact`).

    Where it names none, that is said.
    """
    edition = context.edition
    contact = edition.contact
    names = [str(name) for name in edition.editors]
    return Fragment("editors.html", lambda: {"names": names, "contact": contact})
