"""Pictures: what a file of each kind begins with, and why an SVG would do more than be looked at.

It needs Python's own library alone, since what publishes previews asks it too, and runs nothing else of the engine.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from xml.parsers import expat

BEGINNINGS: Mapping[str, re.Pattern[bytes]] = MappingProxyType(
    {
        ".png": re.compile(rb"\x89PNG\r\n\x1a\n"),
        ".jpg": re.compile(rb"\xff\xd8\xff"),
        ".jpeg": re.compile(rb"\xff\xd8\xff"),
        ".gif": re.compile(rb"GIF8[79]a"),
        ".webp": re.compile(rb"RIFF[\s\S]{4}WEBP"),
        ".avif": re.compile(rb"[\s\S]{4}ftyp(?:avi[fs]|mi[af]f|mif1|MA1[AB])"),
        ".ico": re.compile(rb"\x00\x00\x01\x00"),
        ".svg": re.compile(rb""),
    }
)
"""How a picture of each kind begins; what an SVG holds is read."""

_NOT_UTF8 = "it is not written in UTF-8"
LONGEST_SVG = 2_000_000  # bytes: what is drawn with more is a photograph, and smaller as one

_SVG = "http://www.w3.org/2000/svg"
_NOT_DRAWN = re.compile(r"http://www\.(?:w3|mozilla)\.org/(?!1999/02/22-rdf-syntax-ns#|2000/01/rdf-schema#)")
"""Names of languages that browsers may know; all others, of the programs that drew the picture, are passed over."""

_DRAWN = frozenset(
    """
    a circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix
    feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
    feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile
    feTurbulence filter flowDiv flowPara flowRegion flowRoot flowSpan g image line linearGradient marker mask metadata
    path pattern polygon polyline radialGradient rect stop style svg switch symbol text textPath title tspan use view
    """.split()
)
"""Elements of an SVG that are only drawn: no script, no foreign language, nothing that moves."""

_WITHIN = re.compile(r"#|data:(?:image/(?:png|jpe?g|gif|webp|avif)|(?:application/(?:x-)?)?font)\b|$", re.IGNORECASE)
"""Begins an address that leads to nothing outside of the picture."""

_LOADS = ("@import", "image-set(", "src(")
_URL = re.compile(r"url\(\s*[\"']?\s*([^\s\"')]*)")
_ESCAPED = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|([\s\S]))", re.IGNORECASE)
_ENCODING = re.compile(rb"[^>]{0,200}?\bencoding\s*=\s*[\"']([^\"'>]{0,40})", re.IGNORECASE)
_ASCII = re.compile(rb"utf-8|(?:us-)?ascii|iso-8859-\d{1,2}|windows-125\d", re.IGNORECASE)
"""Encodings in which ASCII is written as in UTF-8."""


class _ActingError(Exception):
    """What would act; the message says what it is."""


def fault(suffix: str, content: bytes) -> str:
    """Say why a file is no picture of its kind that can only be looked at, or nothing.

    `suffix` is one of `BEGINNINGS`; of any picture but an SVG the first hundred bytes are enough.
    """
    if suffix == ".svg":
        return _acting(content)
    return "" if BEGINNINGS[suffix].match(content) else f"what it holds is not what the ending {suffix} says"


def _acting(content: bytes) -> str:
    """Say why an SVG would do more than be looked at, or nothing; one that cannot be read is not trusted."""
    if len(content) > LONGEST_SVG:
        return f"it has more than {LONGEST_SVG:,} bytes"
    encoding = _ENCODING.match(content)
    try:
        is_ascii = content.decode().isascii()
    except UnicodeDecodeError:
        return _NOT_UTF8
    if encoding and not (_ASCII.fullmatch(encoding[1]) if is_ascii else encoding[1].lower() == b"utf-8"):
        return _NOT_UTF8  # a browser would read other letters than are read here
    parser = expat.ParserCreate("utf-8", " ")
    reader = _Reader()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.doctype
    parser.ProcessingInstructionHandler = reader.instruction
    try:
        parser.Parse(content, True)  # noqa: FBT003 -- it has no name there
    except _ActingError as error:
        return str(error)
    except expat.ExpatError as error:
        return f"it cannot be read ({expat.ErrorString(error.code)}, line {error.lineno})"
    return ""


class _Reader:
    """Looks at what a parser meets in an SVG; raises `_ActingError` for what would act or load something."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.style: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        language, _, tag = name.rpartition(" ")
        if not self.open and name != f"{_SVG} svg":
            raise _ActingError(f"it is no SVG but begins with an element <{tag}>")
        if (language == _SVG and tag not in _DRAWN) or (language != _SVG and _NOT_DRAWN.match(language)):
            raise _ActingError(f"it has an element <{tag}>")
        self.open.append(name)
        for attribute, value in attributes.items() if language == _SVG else ():
            self.attribute(attribute, value)

    @staticmethod
    def attribute(name: str, value: str) -> None:
        language, _, bare = name.rpartition(" ")
        if language and not _NOT_DRAWN.match(language):
            return
        if bare.lower().startswith("on") or language.endswith("xml-events"):
            raise _ActingError(f"it has an attribute '{bare}', which runs a script")
        if bare in ("href", "src", "base"):
            if not _WITHIN.match("".join(value.split())):
                raise _ActingError(f'it has an address that leads elsewhere, {bare}="{value[:60]}"')
        elif "(" in value or "\\" in value or bare == "style":
            _look_at_style(value)

    def end(self, _: str) -> None:
        if self.open.pop() == f"{_SVG} style":
            _look_at_style("".join(self.style))
            self.style.clear()

    def text(self, text: str) -> None:
        if self.open and self.open[-1] == f"{_SVG} style":
            self.style.append(text)

    def doctype(self, name: str, system: str | None, public: str | None, has_own: int) -> None:
        """Refuse a document type that declares something: its entities may be anything."""
        if has_own:
            raise _ActingError("its document type declares entities")

    def instruction(self, target: str, _: str) -> None:
        """Refuse a style sheet that would transform it."""
        if target.lower() == "xml-stylesheet":
            raise _ActingError("it has a style sheet of its own")


def _look_at_style(style: str) -> None:
    """Raise `_ActingError` for a style that loads something, however it is written (CSS Syntax, level 3)."""
    # What stands in a comment is looked at as well: only a whole parser knows a comment from a text in quotes.
    first, *rest = style.split("/*")
    for written in (style, first + "".join(part.partition("*/")[2] for part in rest)):
        plain = _ESCAPED.sub(lambda match: _character(match[1]) if match[1] else match[2], written).lower()
        for sign in _LOADS:
            if sign in plain:
                raise _ActingError(f"its style has '{sign}'")
        for match in _URL.finditer(plain):
            if not _WITHIN.match(match[1]):
                raise _ActingError(f"its style loads '{match[1][:60]}'")


def _character(digits: str) -> str:
    code = int(digits, 16)
    return chr(code) if code < 0x110000 else ""
