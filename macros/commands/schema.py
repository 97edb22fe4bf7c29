"""Schemas: what front matter may hold, by kind, as JSON Schema for editors and other programs."""

import ast
import inspect
from collections.abc import Iterator, Mapping
from itertools import pairwise
from textwrap import dedent
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from ..model import front
from ..model.front import PageFront
from ..model.kind import FRONTS

DIALECT = "http://json-schema.org/draft-07/schema#"
"""The dialect that editors know best; nothing here needs a newer one."""

MODELS: Mapping[str, type[BaseModel]] = {**FRONTS, "page": PageFront}
"""Each kind of page with what its front matter holds; a page without a `kind` is an ordinary one."""

WHOLE = "front-matter"
"""The name of the schema that picks the one of a page's kind."""


class _Schema(GenerateJsonSchema):
    """Leaves out the titles that would only repeat the names of keys."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Return whether a key gets a title: never, since its name is one."""
        return False


def schemas() -> Mapping[str, Mapping[str, Any]]:
    """Return the JSON Schemas by kind, and under `front-matter` the one for any page."""
    found = {
        kind: {"$schema": DIALECT, **_described(model.model_json_schema(schema_generator=_Schema), model)}
        for kind, model in MODELS.items()
    }
    return {**found, WHOLE: _described(_whole())}


def _described(schema: dict[str, Any], model: type[BaseModel] | None = None) -> dict[str, Any]:
    """Put the texts that stand below keys in a schema, and in those that it refers to.

    They are read here: pydantic would read them whenever a front matter is validated.
    """
    known = {name: each for name, each in vars(front).items() if inspect.isclass(each) and issubclass(each, BaseModel)}
    parts = {name: part for name, part in schema.get("$defs", {}).items() if name in known}
    for each, part in (*((known[name], part) for name, part in parts.items()), *([(model, schema)] if model else [])):
        for key, text in _texts(each):
            part["properties"][key].setdefault("description", text)
    return schema


def _texts(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """Yield the keys of a model, its own and those that it has from another, with the texts below them."""
    for each in model.__mro__[: model.__mro__.index(BaseModel)]:
        body = ast.parse(dedent(inspect.getsource(each))).body[0].body  # type: ignore[attr-defined]
        for key, text in pairwise(body):
            is_text = isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant)
            if is_text and isinstance(key, ast.AnnAssign) and isinstance(key.target, ast.Name):
                yield key.target.id, inspect.cleandoc(text.value.value)


def _whole() -> dict[str, Any]:
    references, definitions = models_json_schema(
        [(model, "validation") for model in MODELS.values()], schema_generator=_Schema
    )
    schema: Any = references[MODELS["page"], "validation"]
    for kind, model in MODELS.items():
        if kind != "page":
            is_kind = {"properties": {"kind": {"const": kind}}, "required": ["kind"]}
            schema = {"if": is_kind, "then": references[model, "validation"], "else": schema}
    known = [kind for kind in MODELS if kind != "page"]
    key = {"description": f"What the page is ({', '.join(known)}); an ordinary page has none.", "enum": known}
    return {
        "$schema": DIALECT,
        "title": "Front matter",
        "description": "What stands between the two lines of hyphens at the head of a page.",
        "type": "object",
        "properties": {"kind": key},
        **schema,
        **definitions,
    }
