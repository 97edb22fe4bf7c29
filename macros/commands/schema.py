"""Schemas: what front matter may hold, by kind, as JSON Schema for editors and other programs."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, models_json_schema

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
        kind: {"$schema": DIALECT, **model.model_json_schema(schema_generator=_Schema)}
        for kind, model in MODELS.items()
    }
    return {**found, WHOLE: _whole()}


def _whole() -> Mapping[str, Any]:
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
