"""Templates: the HTML of macros, from our own files in a sandbox that is given plain data only."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from ..text.cache import digest

SLOT = "slot"
"""The element that stands, in a rendered template, where Markdown of the author's is put."""


_SHOWN = 120  # characters of a line that is not well-formed


class TemplateError(Exception):
    """A template of a macro is not well-formed; the message says where."""


class Templates:
    """The folder of templates; rendering one gives elements, so a template that is not well-formed fails at once."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path(__file__).parent.parent / "templates"

    @property
    def version(self) -> str:
        """A digest of all templates as they are now."""
        paths = sorted(self.folder.iterdir())
        return digest(part for path in paths for part in (path.name.encode(), path.read_bytes()))

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
        given = dict(environment.globals)  # instead of a chain, which is slow to look through
        environment.make_globals = lambda _: given  # type: ignore[assignment, method-assign]
        return environment

    def document(self, name: str, data: Mapping[str, Any]) -> str:
        """Render a template that is a whole HTML document; `content` is HTML that was made and guarded already."""
        return "<!doctype html>\n" + self.html(name, {**data, "content": Markup(data["content"])})

    @cached_property
    def _repeated(self) -> Callable[[str, tuple[tuple[str, str | bool], ...]], ElementTree.Element]:
        """Renders what is mostly the same on every page, labels and numbers, once."""
        return lru_cache(1024)(lambda name, items: self._rendered(name, dict(items)))

    def elements(self, name: str, data: Mapping[str, Any]) -> ElementTree.Element:
        """Render a template; the elements and text come back as the content of one element."""
        if {str, bool}.issuperset(map(type, data.values())):
            return deepcopy(self._repeated(name, tuple(data.items())))
        return self._rendered(name, data)

    def _rendered(self, name: str, data: Mapping[str, Any]) -> ElementTree.Element:
        html = self.html(name, data)
        try:
            return ElementTree.fromstring(f"<fragment>{html.strip()}</fragment>")
        except ElementTree.ParseError as error:
            line = html.strip().split("\n")[error.position[0] - 1][:_SHOWN]
            shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in line)  # the message is to be rendered
            message = f"its HTML is not well-formed ({error.msg.partition(':')[0]}) in the line `{shown}`"
            raise TemplateError(f"{name}: {message}") from error

    def html(self, name: str, data: Mapping[str, Any]) -> str:
        """Render a template as it goes into the theme's page."""
        environment = self._environment
        template = environment.get_template(name)
        # As `render` does it, without copying all names into mappings twice.
        context = template.new_context({**environment.globals, **data}, shared=True)
        try:
            return "".join(template.root_render_func(context))
        except Exception:
            environment.handle_exception()  # which gives the error the template's own line
