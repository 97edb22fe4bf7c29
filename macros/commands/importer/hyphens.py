"""Hyphens: one at the end of a line is part of the word, or was set there to break it.

Where the text itself does not tell, it stays, and the contributor is shown the place.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from .blocks import clean, with_space

_MOST_SHOWN = 8
_HYPHENS = ("-", "‐", "‑")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
_JOINING = frozenset("and or to et ou und oder bis y o e a".split())
_PARTS_OF_COMPOUNDS = frozenset(
    """
    all anti arm art based bi born bound building built by child civil co counter cross cyber date day decision
    double driven eight eighth eighths ever fact far first five fold follow four fourth fourths free friendly full
    half hand hard high in inter intra keeping land large law led left legal level life like long low main make
    maker makers making mid mile multi nation near needs new nine non north now of off old on one open out over part
    past peace people person point policy post pre quarter quarters re real related right round rule rules scale
    second self semi seven sharing short six small so socio south standing state step sub taking ten term the third
    thirds three time top trade trans twenty two ultra under up user vice war water way well west wide world year
    yet zero
    """.split()
)


def lined(line: str) -> str:
    """Return a line as a reader sees it, with the soft hyphen at its end that he sees there."""
    return clean(line) + "\u00ad" * line.rstrip().endswith("\u00ad")


class Hyphens:
    """Decides on the hyphens at the ends of lines, by the words of the text itself."""

    def __init__(
        self, lines: Iterable[str], forms: Sequence[str], otherwise: Callable[[str, str], str] = with_space
    ) -> None:
        self.otherwise = otherwise
        texts: list[str] = []
        is_broken = False  # the first word of a line behind a hyphen is a piece, and so is the last one before it
        for line in lines:
            text = line.partition(" ")[2] if is_broken else line
            is_broken = line.endswith(_HYPHENS)
            texts.append(text.rpartition(" ")[0] if is_broken else text)
        self.words = {re.sub("[‐‑]", "-", word.lower()) for word in _WORD.findall("\n".join(texts))}
        self.forms = {form.lower() for form in forms}
        self.parts = {part for word in self.words for part in word.split("-")} | _PARTS_OF_COMPOUNDS
        self.asked: list[str] = []

    def join(self, one: str, other: str) -> str:
        """Join two lines of a paragraph."""
        if one.endswith("\u00ad"):
            return one[:-1] + other
        if not one.endswith(_HYPHENS) or not one[-2:-1].isalnum() or not other[:1].isalnum():
            return self.otherwise(one, other)
        first, second = re.split(r"[\s(“\"]", one[:-1])[-1].lower(), re.split(r"[^\w-]", other)[0].lower()
        if second in _JOINING:
            return f"{one} {other}"
        return one + other if self._is_kept(first, second, other) else one[:-1] + other

    def _is_kept(self, first: str, second: str, other: str) -> bool:
        joined, parted = first + second, f"{first}-{second}"
        for known in (self.forms, self.words):
            if joined in known or parted in known:
                return parted in known and joined not in known
        if "-" in first or first.isdigit() or not other[0].islower():
            return True
        if first in self.parts and second.split("-")[0] in self.parts:
            return True
        if first in self.parts and len(first) > 2:
            self.asked.append(parted)
            return True
        if second in self.parts:
            self.asked.append(parted)
        return False

    def notes(self) -> Iterator[str]:
        """Yield what a contributor is asked."""
        asked = sorted(set(self.asked))
        if asked:
            forms = ", ".join(f"{form} or {form.replace('-', '', 1)}" for form in asked[:_MOST_SHOWN])
            yield (
                f"at {len(asked)} ends of lines the text does not tell whether a hyphen is part of the word ({forms}): "
                "look at them, and say --word FORM for each that is read wrongly"
            )
