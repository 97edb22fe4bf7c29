r"""Literals: an author's signs written so that Markdown leaves them as they stand, as in `1914\.`."""

import re
from collections.abc import Sequence

from .stretch import replaced

EXTENTS = ("", "lines", "signs", "lines, signs", "all")
"""What is escaped: nothing, what opens a block, what means something within a line, both, every sign there is."""

_OPENER = re.compile(
    r"^(?P<number>\d+)(?P<dot>\.)(?=[ ]|$)"
    r"|^(?P<sign>[#>|]|[-+*](?=[ ]|$)|[-*_](?=[-*_ ]*$)|!(?=!!)|\[(?=[^\]\n]*\]:))|^(?P<other>[:=~<?])",
    re.MULTILINE,
)
_SIGN = re.compile(
    r"\\(?=[\\`*_{}\[\]()>#+\-.!|])|[`*{|]|\[(?=\^|TOC\]|(?:[^\[\]]|\[[^\[\]]*\])*\]\s?[\[(:])"
    r"|(?<![^\W_])_+|_+(?![^\W_])|<(?=[a-zA-Z/!?])|&(?=[\w#]+;)"
)
_ANY = re.compile(r"[!-/:-@\[-`{-~]")
ESCAPED = re.compile(r"\\[\\`*_{}\[\]()>#+\-.!|]|&(?:[a-zA-Z]\w{1,31}|#\d{1,7}|#[xX][\da-fA-F]{1,6});")
"""Finds signs that are escaped, in one way or another."""

_INDENT = re.compile(r"^[ ]+", re.MULTILINE)
_NAMED = {"<": "&lt;", "&": "&amp;"}
_KEPT = re.compile("[\ue100-\uf8fe]")  # private signs, which stand for what is kept


def escaped(text: str, extent: str, kept: Sequence[tuple[int, int]] = ()) -> str:
    """Return a paragraph's text with its signs escaped to an extent, but for stretches that are kept.

    The spaces that its lines begin with are gone.
    """
    if not extent or len(kept) > 6_000 or _KEPT.search(text):
        return text
    stands = ((start, end, chr(0xE100 + number)) for number, (start, end) in enumerate(kept))
    bare = _INDENT.sub("", replaced(text, stands))
    if extent == "all":
        bare = _ANY.sub(lambda match: f"&#{ord(match[0])};", bare)
    if "signs" in extent:
        bare = _SIGN.sub(lambda match: _NAMED.get(match[0]) or "".join(f"\\{sign}" for sign in match[0]), bare)
    if "lines" in extent:
        bare = _OPENER.sub(_opener, bare)
    return _KEPT.sub(lambda match: text[slice(*kept[ord(match[0]) - 0xE100])], bare)


def _opener(match: re.Match[str]) -> str:
    if match["dot"]:
        return f"{match['number']}\\."
    if match["sign"]:
        return f"\\{match['sign']}"
    return _NAMED.get(match["other"]) or f"&#{ord(match['other'])};"
