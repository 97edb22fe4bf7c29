"""Names: of persons, in the parts by which reference managers sort and shorten them, and of bodies.

The parts are those of CSL 1.0.2 and BibLaTeX: family name, given name, particle (`van der`), suffix (`Jr.`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from ..text.words import enumerated

_SUFFIX = re.compile(r"(?:,|(?<![\s,]))\s++(?P<suffix>(?:Jr|Sr)\.?|I{2,3}|IV)$")
_BODY = re.compile(
    r"\b(?:of|for|on|the|Agency|Association|Board|Bureau|Cent(?:er|re)|Command|Commission|Committee|Council|Court"
    r"|Department|Embassy|Forum|Foundation|Government|Institute|Ministry|Office|Organi[sz]ation|Parliament|Party"
    r"|Secretariat|Society|Union|University)\b"
)
_SEVERAL = re.compile(r";|\bet al\b|\s&\s|\band\b")
_PARTS = ("family", "given", "particle", "suffix")
NAME_SCHEMA: Mapping[str, object] = {
    "anyOf": [
        {"type": "string", "minLength": 1},
        {
            "type": "object",
            "properties": {name: {"type": "string"} for name in (*_PARTS, "body")},
            "additionalProperties": False,
        },
    ],
    "examples": ["Ada Strand"],
}
"""What editors are told of a name in front matter (JSON Schema)."""

_MAPPING = "write `{given: Ada, family: Strand}` (also `particle`, `suffix`), or `{body: Pier Office}`"


@dataclass(frozen=True)
class Name:
    """The name of a person, or of a body, which is all family name."""

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""
    is_body: bool = False

    def __str__(self) -> str:
        """Return the name as people say it: `Marten L. King, Jr.`."""
        name = " ".join(part for part in (self.given, self.particle, self.family) if part)
        return f"{name}, {self.suffix}" if self.suffix else name

    @property
    def short(self) -> str:
        """The name as a short citation has it: `van der Brug`."""
        return f"{self.particle} {self.family}".strip()

    @property
    def inverted(self) -> str:
        """The name as lists sort it and RIS writes it: `Brug, Ludwig van der`; `King, Marten L., Jr.`."""
        given = " ".join(part for part in (self.given, self.particle) if part)
        return ", ".join(part for part in (self.family, given, self.suffix) if part)

    @classmethod
    def read(cls, value: object) -> Self:
        """Read a name from front matter: a text with the given name first, or its parts.

        What has a word that bodies are named by (*of*, *Ministry*) is a body, and so is a text in braces; small
        words before the last are a particle.  Raises `ValueError` with a sentence for the author.
        """
        if isinstance(value, Mapping):
            return cls._of_parts(value)
        text = " ".join(value.split()) if isinstance(value, str) else ""
        if not text:
            raise ValueError(f"'{value}' is no name: {_MAPPING}")
        if text.startswith("{") and text.endswith("}"):
            return cls(text[1:-1], is_body=True)
        if _SEVERAL.search(text) and not is_body(text):
            raise ValueError(
                f"'{text}' looks like several names: make each an item of the list, or if it is one body, "
                f"write `{{body: {text}}}`"
            )
        if is_body(text):
            return cls(text, is_body=True)
        suffix = _SUFFIX.search(text)
        rest = text[: suffix.start()] if suffix else text
        family, comma, given = rest.partition(", ")
        if not comma:
            given, _, family = rest.rpartition(" ")
        elif "," in given:
            raise ValueError(f"'{text}' has more commas than a name: {_MAPPING}")
        words = given.split()
        small = next((n for n, word in enumerate(reversed(words)) if not word[0].islower()), 0)
        given, particle = " ".join(words[: len(words) - small]), " ".join(words[len(words) - small :])
        if comma and not particle:
            words = family.split()
            small = next((n for n, word in enumerate(words[:-1]) if not word[0].islower()), len(words) - 1)
            particle, family = " ".join(words[:small]), " ".join(words[small:])
        return cls(family, given, particle, suffix["suffix"] if suffix else "")

    @classmethod
    def _of_parts(cls, value: Mapping[object, object]) -> Self:
        given = {str(key): str(part).strip() for key, part in value.items() if part is not None}
        if given.keys() == {"body"} and given["body"]:
            return cls(given["body"], is_body=True)
        if not given.get("family") or not given.keys() <= set(_PARTS):
            raise ValueError(f"these are not the parts of a name: {_MAPPING}")
        return cls(given["family"], given.get("given", ""), given.get("particle", ""), given.get("suffix", ""))


def is_body(text: str) -> bool:
    """Return whether a name has a word that bodies are named by; `Court, Ann` is a person."""
    family, comma, _ = text.partition(", ")
    return bool(_BODY.search(text)) and not (comma and " " not in family)


def listed(names: tuple[Name, ...], *, most: int = 0) -> str:
    """Return names as a sentence has them; where there are more than `most`, the first and `et al.`."""
    if most and len(names) > most:
        return f"{names[0]} et al."
    return enumerated([str(name) for name in names])
