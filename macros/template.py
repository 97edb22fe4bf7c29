"""Templates: the HTML of macros, from our own files in a sandbox that is given plain data only."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

SLOT = "slot"
"""The element that stands, in a rendered template, where Markdown of the author's is put."""


class Templates:
    """The folder of templates; rendering one gives elements, so a template that is not well-formed fails at once."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path(__file__).parent / "templates"

    @cached_property
    def _environment(self) -> ImmutableSandboxedEnvironment:
        environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(self.folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
        )
        environment.globals.clear()
        environment.globals["body"] = Markup(f'<{SLOT} name="body"/>')
        environment.globals["text"] = lambda key: Markup(f'<{SLOT} name="{escape(key)}"/>')
        return environment

    def elements(self, name: str, data: Mapping[str, Any]) -> ElementTree.Element:
        """Render a template; the elements and text come back as the content of one element."""
        html = self._environment.get_template(name).render(data)
        try:
            return ElementTree.fromstring(f"<fragment>{html.strip()}</fragment>")
        except ElementTree.ParseError as error:
            raise ValueError(f"template {name} is not well-formed: {error}\n{html}") from error
