"""Plain text and Markdown: the blocks of a text file.

The lines of plain text are joined to paragraphs (`blocks.paragraphs`); what stands over a line of signs, in capitals,
or begins as the name of a part does is a heading.  In Markdown the signs say so: it is read as the page that it makes.
"""

import re
from collections.abc import Sequence

from markdown import Markdown

from ...text.allowlist import TAGS
from ...text.markup import mask
from ...text.stretch import replaced
from .blocks import Block, ExtractionError, clean, has_ended, item, level_of, paragraphs
from .hyphens import Hyphens, lined

_UNDERLINE = re.compile(r"(?m)^(?P<text>[ \t]*+\S[^\n]*+)\n(?P<sign>[=\-~*^])(?P=sign){2,}[ \t]*$")
_WIDTHS, _LONGEST_CENTRED = range(66, 81), 50  # signs of a line of plain text, of a heading in its middle
_STAR = re.compile(r"^\s*[-*]\s+")
_RULE = re.compile(r"[-=_*~+.\s]{3,}")
_READ = ("tables", "footnotes", "attr_list", "def_list", "sane_lists", "fenced_code", "pymdownx.tilde")
_HOW = {"pymdownx.tilde": {"subscript": False}}
_BREAK = re.compile(r"(?<!\\)\\\n")
_BEFORE_ITEM = re.compile(r"(?<=\S)\n(?=(?:[-*+]|1\.|\d{1,3}\))[ ]+\S)")
_NO_TAG = re.compile(
    rf"<(?:(?=[!?](?!--))|(?=/?[a-zA-Z])(?!/?(?:{'|'.join(sorted(TAGS))}|big|center|font|strike|tt)(?![\w-])"
    r"|[a-zA-Z][\w+.-]*+:|[^\s<>@]++@[^\s<>@]++>))"
)


def read_plain(text: str, words: Sequence[str] = ()) -> tuple[list[Block], tuple[str, ...]]:
    """Return the blocks of plain text, and what a contributor should know; `words` are such as hyphens part."""
    text = text.replace("\f", "\n\n").expandtabs(8)
    levels = {clean(match["text"]): 2 if match["sign"] == "=" else 3 for match in _UNDERLINE.finditer(text)}
    text = _UNDERLINE.sub("\n\n\\g<text>\n\n", text)
    levels |= {clean(line): 3 for line in text.split("\n") if _is_centred(line)}
    lines = [lined(_STAR.sub("• ", line)) if not _RULE.fullmatch(line) else "" for line in text.split("\n")]
    hyphens = Hyphens(lines, words)
    found = [clean(one) for one in paragraphs(lines, hyphens.join)]
    return [Block(item(one), levels.get(one) or level_of(one)) for one in found], tuple(hyphens.notes())


def _is_centred(line: str) -> bool:
    """Say whether a line stands in the middle of the width that plain text has, as headings do."""
    text = line.strip()
    before = len(line) - len(line.lstrip())
    is_between = any(abs(before - (width - len(text)) / 2) <= 1.5 for width in _WIDTHS)
    return is_between and 2 < len(text) < _LONGEST_CENTRED and text[0].isupper() and not has_ended(text)


def as_page(text: str) -> str:
    """Return a Markdown file as the page that is made of it; front matter is none of its words.

    What looks like a tag and is none would vanish there, so that it stands as it is; items and breaks are read as on
    GitHub.  Raises `ExtractionError`.
    """
    front = text.find("\n---\n", 3) if text.startswith("---\n") else -1
    text = _BREAK.sub("  \n", text[front + 5 :] if front >= 0 else text)
    text = _BEFORE_ITEM.sub("\n\n", text)
    text = replaced(text, ((found.start(), found.end(), "&lt;") for found in _NO_TAG.finditer(mask(text))))
    try:
        return f"<main>{Markdown(extensions=_READ, extension_configs=_HOW).convert(text)}</main>"
    except RecursionError:
        raise ExtractionError("what stands in each other is too deep to be read as Markdown") from None
