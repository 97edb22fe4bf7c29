"""Plain text and Markdown: the blocks of a text file.

The lines of plain text are joined to paragraphs (`blocks.paragraphs`); what stands over a line of signs, in capitals,
or begins as the name of a part does is a heading.  In Markdown the signs say so, and are no words of the text.
"""

import re
from collections.abc import Iterator

from ...text.markup import blocks as parted
from ...text.markup import plain
from .blocks import CELL, Block, clean, has_ended, item, level_of, paragraphs

_UNDERLINE = re.compile(r"(?m)^(?P<text>[ \t]*+\S[^\n]*+)\n(?P<sign>[=\-~*^])(?P=sign){2,}[ \t]*$")
_WIDTHS, _LONGEST_CENTRED = range(66, 81), 50  # signs of a line of plain text, of a heading in its middle
_STAR = re.compile(r"^\s*[-*]\s+")
_RULE = re.compile(r"[-=_*~+.\s]{3,}")
_HEADING = re.compile(r"(#{1,6})[ ]++(.*)")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|(\d+[.)]))[ \t]+")
_QUOTED = re.compile(r"(?m)^ {0,3}> ?")
_ROW = re.compile(r"[ ]*\|(.*)\|[ ]*$")
_RULE_OF_TABLE = re.compile(r"[ :|-]+")


def read_plain(text: str) -> list[Block]:
    """Return the blocks of plain text."""
    text = text.replace("\f", "\n\n").expandtabs(8)
    levels = {clean(match["text"]): 2 if match["sign"] == "=" else 3 for match in _UNDERLINE.finditer(text)}
    text = _UNDERLINE.sub("\n\n\\g<text>\n\n", text)
    levels |= {clean(line): 3 for line in text.split("\n") if _is_centred(line)}
    lines = [clean(_STAR.sub("• ", line)) if not _RULE.fullmatch(line) else "" for line in text.split("\n")]
    return [Block(item(found), levels.get(found) or level_of(found)) for found in paragraphs(lines)]


def _is_centred(line: str) -> bool:
    """Say whether a line stands in the middle of the width that plain text has, as headings do."""
    text = line.strip()
    before = len(line) - len(line.lstrip())
    is_between = any(abs(before - (width - len(text)) / 2) <= 1.5 for width in _WIDTHS)
    return is_between and 2 < len(text) < _LONGEST_CENTRED and text[0].isupper() and not has_ended(text)


def read_markdown(text: str) -> list[Block]:
    """Return the blocks of a Markdown file; front matter is none of its words."""
    front = text.find("\n---\n", 3) if text.startswith("---\n") else -1
    text = _QUOTED.sub("", text[front + 5 :] if front >= 0 else text)
    text = _UNDERLINE.sub(lambda match: f"\n{'#' if match['sign'] == '=' else '##'} {match['text']}\n", text)
    text = re.sub(r"(?m)^(#{1,6} [^\n]*)$", "\n\\1\n", text)
    return [found for block in parted(text) for found in _of_block(block.text)]


def _of_block(text: str) -> Iterator[Block]:
    lines = text.split("\n")
    rows = [match[1] for line in lines if (match := _ROW.match(line))]
    if heading := _HEADING.fullmatch(text):
        yield Block(clean(plain(heading[2].rstrip(" #"))), len(heading[1]))
    elif len(rows) == len(lines) > 1:
        cells = [
            tuple(clean(plain(cell)) for cell in row.split("|")) for row in rows if not _RULE_OF_TABLE.fullmatch(row)
        ]
        yield Block("\n".join(CELL.join(row).strip() for row in cells), rows=tuple(cells))
    elif not _RULE.fullmatch(text):
        found: list[str] = []
        for line in lines:
            match = _ITEM.match(line)
            bare = line[match.end() :] if match else line
            if match or not found:
                found.append(f"{match[1] or '•'} {bare}" if match else bare)
            else:
                found[-1] += ("\n\n" if lines[0] != line and found[-1].endswith(("  ", "\\")) else " ") + bare.strip()
        for one in "\n\n".join(found).split("\n\n"):
            is_bold = re.fullmatch(r"(\*\*|__)[^*_]+\1", one.strip()) is not None
            yield Block(item(clean(plain(one.rstrip("\\")))), 6 if is_bold else 0)
