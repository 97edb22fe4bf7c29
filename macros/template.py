"""Templates: the HTML of macros, from our own files in a sandbox that is given plain data only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
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
            auto_reload=False,  # one build, one set of templates
        )
        environment.globals.clear()
        environment.globals["body"] = Markup(f'<{SLOT} name="body"/>')
        environment.globals["text"] = lambda key: Markup(f'<{SLOT} name="{escape(key)}"/>')
        return environment

    def _render(self, name: str, data: Mapping[str, Any]) -> str:
        return self._environment.get_template(name).render(data)

    @cached_property
    def _repeated(self) -> Callable[[str, tuple[tuple[str, str | bool], ...]], str]:
        """Renders what is mostly the same on every page, labels and numbers, once."""
        return lru_cache(1024)(lambda name, items: self._render(name, dict(items)))

    def html(self, name: str, data: Mapping[str, Any]) -> str:
        """Render a template as it goes into the theme's page."""
        return self._render(name, data)

    def elements(self, name: str, data: Mapping[str, Any]) -> ElementTree.Element:
        """Render a template; the elements and text come back as the content of one element."""
        if all(isinstance(value, str | bool) for value in data.values()):
            html = self._repeated(name, tuple(data.items()))
        else:
            html = self._render(name, data)
        try:
            return ElementTree.fromstring(f"<fragment>{html.strip()}</fragment>")
        except ElementTree.ParseError as error:
            raise ValueError(f"template {name} is not well-formed: {error}\n{html}") from error
