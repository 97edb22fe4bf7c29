"""Placeholders: what a new file holds in the place of a text that its author has still to write.

They are correct Markdown and pass every other check, so that without this one they could be published.
"""

import re
from collections.abc import Iterator

from ..text.file import TextFile
from ..text.problem import Problem
from .base import Scope, check

NOTE = "Say the finding here in the first sentence."
CLAUSE = "Say here in a sentence what the clause says."
CLAUSE_TITLE = "A clause in our words"
CLAUSE_ID = "first-clause"

_SENTENCE = re.compile("|".join(map(re.escape, (NOTE, CLAUSE))))


@check(Scope.TEXT)
def unwritten(file: TextFile) -> Iterator[Problem]:
    """Find what a new file began with and its author has left standing."""
    for match in _SENTENCE.finditer(file.masked) if _SENTENCE.search(file.body) else ():
        message = f"`{match[0]}` only holds the place of a text: write yours there"
        yield Problem(file.position(match.start()), "text-is-written", message)
    for heading in file.headings if CLAUSE_TITLE in file.body or CLAUSE_ID in file.body else ():
        left = [f"`{CLAUSE_TITLE}`"] if heading.text.strip() == CLAUSE_TITLE else []
        left += [f"the id `{CLAUSE_ID}`"] if heading.attributes.id == CLAUSE_ID else []
        if left:
            message = (
                f"{' and '.join(left)} only {'hold' if left[1:] else 'holds'} the place: say what this clause is about"
            )
            yield Problem(file.position(heading.start), "text-is-written", message)
