"""Rendering: a sheet made into HTML, without the edition that it comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from ..text.problem import Problem
from .extension import EditionExtension
from .sheet import Sheet
from .template import Templates


@dataclass(frozen=True)
class Rendered:
    """A page's HTML and its table of contents, the ids in it, where its links lead, and what is wrong with it."""

    html: str
    contents: Sequence[Mapping[str, Any]]
    anchors: frozenset[str]
    links: frozenset[str]
    problems: tuple[Problem, ...]


def render(
    sheet: Sheet,
    templates: Templates,
    extensions: Sequence[Any],
    options: Mapping[str, Mapping[str, Any]] | None = None,
) -> Rendered:
    """Return what a sheet is rendered to by Markdown with some extensions and their options."""
    problems: list[Problem] = []
    extension = EditionExtension(sheet, templates, problems.append)
    md = Markdown(extensions=[*extensions, extension], extension_configs=dict(options or {}))
    seen = _Seen(md)
    md.treeprocessors.register(seen, "edition-seen", -101)  # behind the guard
    html = md.convert("&nbsp;")  # a body without text would skip the extension
    contents = getattr(md, "toc_tokens", ())
    return Rendered(html, contents, frozenset(seen.anchors), frozenset(seen.links), tuple(problems))


class _Seen(Treeprocessor):
    """Remembers the ids and the links of a page."""

    def run(self, root: Element) -> None:
        self.anchors = {element.get("id", "") for element in root.iter()} - {""}
        self.links = {element.get("href", "") for element in root.iter("a")} - {""}
