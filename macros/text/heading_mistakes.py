"""Headings as they are mistaken: what the braces behind one were meant to say, however they are written.

The id that stands there is kept, since others refer to it.
"""

import re
from collections.abc import Collection

from .file import TextFile
from .markup import Attributes, Heading, attributes

_GROUP = re.compile(
    r"\{:?(?P<braces>[^{}\n]*)(?:\}|$)|[(\[](?P<brackets>[ ]{0,9}#[ ]{0,9}[a-zA-Z][^()\[\]{}\n]{0,200})[)\]][ ]{0,9}$"
)
_BARE = re.compile(r"(?:[ ][#.](?=[a-zA-Z])[\w-]{1,99}){1,9}$")
_BELOW = re.compile(r"\n?[ ]{0,3}[{(\[]:?(?P<inside>[ ]*(?:[#.]|\w+[ ]*=)[^{}()\[\]\n]*)[})\]]?[ ]*(?=\n|\Z)")
_SPACED = re.compile(r"(?<=#)[ ]{1,99}|[ ]{1,99}(?==)|(?<==)[ ]{1,99}")
_CURLY = str.maketrans("“”„‟", '""""')
_ID = re.compile(r"(?:(?<=\s)|^)#([^\s#}]+)")
_OPENS = re.compile(r"[ ](?=[#.][a-zA-Z])")
_BEFORE_A_STOP = re.compile(r"[ ](?=[.,;:!?])")
_AS_IT_SHOULD_BE = re.compile(r"[^{}()\[\]#.=]+ \{ #[a-z0-9-]+(?: \.[a-z0-9-]+)? \}")
"""A heading with an id, and perhaps a class, in the form that most have."""
_OTHER_NAMES = {"alias": "aliases", "id": "", "class": "", "kind": ""}


def meant(file: TextFile, heading: Heading, words: Collection[str] = ()) -> Heading:
    """Return a heading as it was meant; one that is written as it should be comes back as it is.

    `words` are classes that may be meant where they stand without their full stop, or in capitals.
    """
    line = file.masked_of_calls[heading.start : heading.end].lstrip("#").strip(" #")
    if line.endswith("}") and "{" not in line:
        line = _OPENS.sub(" {", line, count=1)
    below = _BELOW.match(file.masked_of_calls, heading.end + 1)
    if not below and _AS_IT_SHOULD_BE.fullmatch(line):
        return heading
    parts: list[str] = []

    def take(match: re.Match[str]) -> str:
        inside = match["braces"] if match["braces"] is not None else match["brackets"]
        parts.append(inside)
        return " "

    name = " ".join(_GROUP.sub(take, line).split())
    if not parts or (below and not any(_ID.search(f" {_SPACED.sub('', part)}") for part in parts)):
        parts += [below["inside"]] if below else []
    bare = _BARE.search(name)
    if bare and (not parts or {word.lower() for word in re.findall(r"[\w-]+", bare[0])} <= set(words)):
        parts.append(bare[0])
        name = name[: bare.start()]
    text = _SPACED.sub("", " ".join(parts).translate(_CURLY))
    given = _read(text, words)
    if not given.id and not given.classes and not given.pairs:
        return heading
    name = _BEFORE_A_STOP.sub("", name)
    stays = given == heading.attributes._replace(strays=()) and not heading.attributes.strays and heading.is_closed
    return (
        heading
        if stays and len(parts) == 1 and not below
        else heading._replace(text=name.rstrip(".") or "Title", attributes=given, is_closed=True)
    )


def _read(text: str, words: Collection[str]) -> Attributes:
    found = attributes(text)
    pairs = {key.lower(): value for key, value in found.pairs.items()}
    ids = [*_ID.findall(f" {text}"), *(pairs[key] for key in ("id",) if key in pairs)]
    classes = [*found.classes, *(pairs[key] for key in ("class", "kind") if key in pairs)]
    strays = list(found.strays)
    classes += [word for word in strays if word.lower() in words]
    strays = [word for word in strays if word.lower() not in words]
    classes = [one.lower() if one.lower() in words else one for one in classes]
    if strays and len(ids) < 2:  # `{ #two words }`, or the sign is forgotten
        ids = ["-".join([*ids, *strays])]
    kept = {_OTHER_NAMES.get(key, key): value for key, value in pairs.items() if _OTHER_NAMES.get(key, key)}
    if ids[1:]:
        kept["aliases"] = " ".join([*kept.get("aliases", "").split(), *ids[1:]])
    return Attributes(ids[0] if ids else "", tuple(dict.fromkeys(classes)), kept)
