"""Languages: which one a passage is written in, by what its page says, its script, and its commonest words.

It is asked only to tell a contributor that a text has several; nothing is left out by it unless somebody says so.
"""

import re
from collections import Counter

from .blocks import Block

_SCRIPTS = (
    ("ja", re.compile("[\u3041-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
)
_COMMON = {
    "en": "the of and to shall for by with that be is this which or as",
    "fr": "le les des du et au aux une est dans pour par sur qui que ce sont",
    "de": "der die das und den dem des ist für mit von zu im auf werden wird nicht",
    "es": "el los las del y al una es por para con se que sus este como",
    "pt": "o os as do da dos das e um uma em no na não ao pelo",
    "it": "il gli della dei delle che di è per con una nel sono alla dal",
    "nl": "de het een van en dat op te zijn voor met niet aan wordt",
}
_OF = {
    word: tuple(name for name, words in _COMMON.items() if word in words.split())
    for word in " ".join(_COMMON.values()).split()
}
_WORD = re.compile(r"[^\W\d_]+")
_LEAST = 4  # of the commonest words
_LEAD = 1.6  # times as many as of the next language


def language_of(block: Block) -> str:
    """Return the two-letter code of a block's language, or nothing if it cannot be told."""
    letters = sum(map(str.isalpha, block.text))
    for name, pattern in _SCRIPTS:
        if len(pattern.findall(block.text)) * (5 if name == "ja" else 2) > letters > 0:
            return name if block.language[:2] not in ("uk", "bg", "sr", "fa", "ur") else block.language[:2]
    counts = Counter(name for word in _WORD.findall(block.text.lower()) for name in _OF.get(word, ()))
    (best, most), (_, second) = (*counts.most_common(2), ("", 0), ("", 0))[:2]
    return best if most >= _LEAST and most >= _LEAD * second else ""
