"""What Markdown reads otherwise than its writer means: it passes without a word and spoils the page.

Each function looks for one such thing in an author's file.  Only what can hardly be meant is told.
"""

import re
from collections.abc import Iterator, Mapping

from ..derived.index import by_uri
from ..model.edition import Edition
from ..model.macro import Macro
from ..text.file import TextFile
from ..text.line import unescaped
from ..text.markup import Block, blocks, indented_code, open_fences
from ..text.problem import Problem
from ..text.stretch import lines_of
from .base import Scope, check

RULE = "markdown-says-what-is-meant"

_LISTED = re.compile(r" {0,3}(?:[-*+]|1[.)])[ ]+\S")
_BELOW = re.compile(r"\n[ ]{0,3}(?:[-*+][ ]|1[.)][ ]|\|)")
_OPENS_NO_PARAGRAPH = re.compile(r" {0,3}(?:[-*+:>|<]|\d+[.)]|\[\^)|    ")
_ABBREVIATION = re.compile(r"^[ >]*\*\[(?P<word>[^\[\]\n]+)\][ ]?:", re.MULTILINE)
_SEPARATOR = re.compile(r" {0,3}\|?[ ]*+:?-++:?[ ]*+(?:\|[ ]*+:?-++:?[ ]*+)*+\|?[ ]*")
_HEADING = re.compile(r"[ ]+#{2,6}[ ]")
_FENCED = re.compile(r"^ {0,3}(?:`{3}|~{3})", re.MULTILINE)
_COMMENT = re.compile(r"<!--")
_CALLED = r"(?<![\w.])(?P<name>{})\((?P<arguments>[\"'“”‘’][^()\n]{{0,200}})\)"
_INDENTED_HEADING = re.compile(r"^[ ]{1,3}(?=#{1,6}[ ])", re.MULTILINE)
_UNDERLINED = re.compile(r"(?:\A|\n[ ]*\n)[^\S\n]*+[^\n|\s][^\n|]*+(?P<line>\n(?:=++|-++)[ ]*+)(?=\n|\Z)")
_ARGUMENT = re.compile(r"\((?<=\w.)[\"'“”‘’]")
_REMARK = re.compile(unescaped("{") + r"#(?=\s)[^{}\n]*#\}")
_IN_BRACES = re.compile(r"(?:(?<!\\)\{|%)[ ]*(?:call[ ]+)?$")


@check(Scope.FILE)
def markdown(edition: Edition, file: TextFile) -> Iterator[Problem]:
    """Find what Markdown does not read as it is meant."""
    document = by_uri(edition).get(file.uri)
    is_received = document is not None and document.kind.is_received
    witness = edition.witnesses.get(document.id) if document and is_received else None
    yield from misreadings(file, edition.macros, is_received=is_received, witness=witness.text if witness else "")
    if document is not None and document.id in edition.witnesses:
        for match in _ABBREVIATION.finditer(file.masked_of_calls) if "*[" in file.body else ():
            if match[0] in edition.witnesses[document.id].text:
                continue  # the author's
            message = f"this would explain '{match['word']}' beside words that are not ours: put it in the glossary"
            yield Problem(file.position(match.start("word")), RULE, message)
    if file.uri in edition.notes_files:
        yield from _in_notes(file)


def misreadings(
    file: TextFile, macros: Mapping[str, Macro], *, is_received: bool, witness: str = ""
) -> Iterator[Problem]:
    """Yield what Markdown does not read as it is meant.

    A commentary is held against its witness as a reader gets it: of it only what shifts the numbers of its paragraphs,
    and what would be a call if it were not the author's.
    """
    body = file.body  # what is rare is looked for where its signs stand
    for match in _REMARK.finditer(file.masked) if "#}" in file.masked else ():
        if match[0] in witness or any(f"{name}(" in match[0] for name in macros):
            continue  # the author's, or a call, which is told below
        yield Problem(file.position(match.start()), RULE, f"`{match[0]}` is no comment here: write `<!-- … -->`")
    for match in _COMMENT.finditer(body) if is_received and "<!--" in body else ():
        message = "a comment would leave an empty paragraph in the commentary: take it out, or make it a note"
        yield Problem(file.position(match.start()), RULE, message)
    if not is_received:
        yield from _ours(file)
    yield from _bare_calls(file, macros, witness)


def _ours(file: TextFile) -> Iterator[Problem]:
    body = file.body
    for offset in indented_code(body) if "\n    " in body or body.startswith("    ") else ():
        message = "a line that begins with four spaces is printed as code: take the spaces out, or set ``` around code"
        hides = f"{file.stem}#" if _HEADING.match(body, offset) else ""
        yield Problem(file.position(offset), RULE, message, hides=hides)
    for offset, opens in open_fences(file.masked) if "```" in file.masked or "~~~" in file.masked else ():
        message = (
            "this fence has no end: put the same sign on a line of its own below the code, as far in as this one"
            if opens
            else "what stands behind this fence is not read: write one word there, as in ```python, or nothing"
        )
        yield Problem(file.position(offset), RULE, message)
    for match in _INDENTED_HEADING.finditer(file.masked) if "\n #" in body or "  #" in body else ():
        message = "this heading would be printed with its hashes: begin it at the margin"
        yield Problem(file.position(match.start()), RULE, message)
    for match in _UNDERLINED.finditer(file.masked) if "\n-" in body or "\n=" in body else ():
        message = "this line would make a heading of the one above it: put an empty line between them, or take it out"
        yield Problem(file.position(match.start("line") + 1), RULE, message)
    if _BELOW.search(file.masked):
        for block in blocks(file.masked):  # a line that is a call parts no paragraph
            yield from _joined(file, block)


def _in_notes(file: TextFile) -> Iterator[Problem]:
    if match := _FENCED.search(file.body) if "```" in file.body or "~~~" in file.body else None:
        message = "a fence makes no block of code in a note: put each line of the code between backticks"
        yield Problem(file.position(match.start()), RULE, message)


def _joined(file: TextFile, block: Block) -> Iterator[Problem]:
    """Find a list or a table that becomes part of the paragraph above it, and a table that is none."""
    lines = block.text.split("\n")
    for number, (at, line) in enumerate(lines_of(block.text, block.start)):
        above = lines[number - 1] if number else ""
        if number and above.startswith("#"):
            yield from _joined(file, Block("\n".join(lines[number:]), block.attributes, at, block.end))
            return
        is_row = line.lstrip(" ").startswith("|")
        if number and (is_row or _LISTED.match(line)):
            what = "table" if is_row else "list"
            message = f"this {what} would become part of the line above it: put an empty line between them"
            yield Problem(file.position(at), RULE, message)
            return
        if is_row and not (len(lines) > 1 and _SEPARATOR.fullmatch(lines[1])):
            message = "this is no table yet: below its first row it has a row of hyphens, as in `| --- | --- |`"
            yield Problem(file.position(at), RULE, message)
            return
        if _OPENS_NO_PARAGRAPH.match(line):
            return


def _bare_calls(file: TextFile, macros: Mapping[str, Macro], witness: str) -> Iterator[Problem]:
    """Find calls without braces, or between others, which would be printed, and which the witness has not."""
    text = file.masked_of_calls
    called = re.finditer(_CALLED.format("|".join(macros)), text) if macros and _ARGUMENT.search(text) else ()
    for match in called:
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        if not _IN_BRACES.search(line) and match[0] not in witness:
            message = f"this call would be printed as it stands: write `{{{{ {match[0]} }}}}`"
            if macros[match["name"]].has_body:
                message = (
                    f"this call would be printed as it stands: write `{{% call {match[0]} %}}words{{% endcall %}}`"
                )
            yield Problem(file.position(match.start()), "call-is-well-formed", message)
