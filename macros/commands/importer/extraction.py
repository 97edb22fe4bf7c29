"""Extraction: the text of a document out of a page, a PDF or a text file, with all that was left out of it.

Nothing is left out in silence: what each reader passes over comes back as `Left`, and so does the record's own title
and date at the head, and what a contributor names.  Whether it is the document that was asked for is said by
`disagreements`.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ...model.date import MONTHS
from ...text.words import fold
from . import page, pdf, plain
from .blocks import Block, ExtractionError, Left, Read, clean, left_out, shortened, title_of, titled
from .encoding import decode
from .fetching import Fetched
from .languages import language_of

_DAYS = "(?:mon|tues|wednes|thurs|fri|satur|sun)day,? "
_DATE_LINE = re.compile(rf"(?:{_DAYS})?(?:\d|{'|'.join(MONTHS).lower()}|[a-z]{{3}}\.|[\s,./年月日-])++")
_TAG = re.compile(rb"<(?:!doctype|html|head|body|title|meta|p|div|h1|table|article)\b", re.IGNORECASE)
_PAGE = re.compile(rb"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_OF_PROCESSORS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")  # .docx and .odt, .doc, .rtf
_UNPRINTED = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_GAP = re.compile(r"…|\.\.\.")
_LEAST_SHARE = 0.1  # of the words: less of another language is a name or a quotation
_BEGINNING = 20_000  # bytes in which a page has a tag
SHORTEST = 200  # letters: less is a notice and not a document
LONGEST = 1_000_000  # letters: a file that is longer cannot be read again
MOST_BLOCKS = 10_000  # paragraphs, each of which takes two lines and more


@dataclass(frozen=True)
class Answers:
    """What a contributor says of a text: passages to leave out and to keep by their first words, language, encoding.

    `words` are such as a text breaks at the end of a line, with their hyphen or without.
    """

    leave_out: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    language: str = ""
    encoding: str = ""
    words: tuple[str, ...] = ()


NO_ANSWERS = Answers()


@dataclass(frozen=True)
class Extracted:
    """A text in blocks; what was left out of it; what else a contributor should know; and all words that are there.

    `doubts` says, by a name for each, why it may not be what is wanted; `languages` are those of much of it.
    """

    title: str
    blocks: tuple[Block, ...]
    left: tuple[Left, ...] = ()
    notes: tuple[str, ...] = ()
    everything: str = ""
    doubts: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text as a witness keeps it: blocks between blank lines."""
        return "\n\n".join(block.text for block in self.blocks) + "\n"

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


def extract(fetched: Fetched, answers: Answers = NO_ANSWERS) -> Extracted:
    """Return the text of a page, a PDF or a text file; raises `ExtractionError`."""
    read = pdf.read(fetched.content, answers.words) if fetched.is_pdf else _read_page(fetched, answers)
    parts = _without_head(titled(read.parts), read.title, answers.keep)
    parts = _without_named(parts, answers.leave_out)
    parts, languages, doubts = _in_language(parts, answers.language)
    blocks = _blocks(parts)
    if (size := sum(len(block.text) for block in blocks)) < SHORTEST:
        raise ExtractionError(
            f"{fetched.address} holds hardly any text ({size} characters): "
            "give the page of the document itself with --from"
        )
    if len(blocks) > MOST_BLOCKS or size > LONGEST:
        raise ExtractionError(
            f"{fetched.address} holds {len(blocks):,} paragraphs of {size:,} characters in all, and no file of an "
            f"edition may hold more than {MOST_BLOCKS:,} or {LONGEST:,}: give one document with --from"
        )
    left = tuple(part for part in parts if isinstance(part, Left))
    everything = read.everything or clean(" ".join((read.title, *(part.text for part in read.parts))))
    return Extracted(read.title, blocks, left, read.notes, everything, {**read.doubts, **doubts}, languages)


def _blocks(parts: Sequence[Block | Left]) -> tuple[Block, ...]:
    return tuple(part for part in parts if isinstance(part, Block))


def _read_page(fetched: Fetched, answers: Answers) -> Read:
    text, about = decode(fetched.content, answers.encoding or fetched.charset)
    notes = (f"its encoding: {about}",) * bool(about)
    beginning = fetched.content[:_BEGINNING]
    if beginning.startswith(_OF_PROCESSORS) or len(_UNPRINTED.findall(text)) * 100 > len(text):
        raise ExtractionError(
            f"{fetched.address} is no page, PDF or text file: what a word processor wrote, save as one of these first"
        )
    if fetched.address.lower().endswith((".md", ".markdown")) and not _PAGE.search(beginning):
        read = page.read(plain.as_page(text), answers.keep, answers.words)
        return replace(read, title=read.title or title_of(_blocks(read.parts)), notes=(*notes, *read.notes))
    if not _TAG.search(beginning):
        blocks, asked = plain.read_plain(text, answers.words)
        return Read(title_of(blocks), blocks, (*notes, *asked))
    is_cut_off = b"<html" in fetched.content.lower() and b"</html" not in fetched.content.lower()[-2000:]
    doubts = {"end": "it ends without its end tag, so it was probably cut off"} if is_cut_off else {}
    found = page.read(text, answers.keep, answers.words)
    notes += found.notes
    if found.outside:
        size = len(found.outside.split())
        notes += (f"around its text the page has {size} words: “{shortened(found.outside)}”",)
    return replace(found, notes=notes, doubts=doubts)


def _without_head(parts: Sequence[Block | Left], title: str, keep: Sequence[str]) -> list[Block | Left]:
    """Leave out the title and a line of date above the text: they are the record's front matter."""
    found = list(parts)
    for at in [at for at, part in enumerate(found) if isinstance(part, Block)][:3]:
        block = found[at]
        if not _is_head(block.text, title) or any(block.text.startswith(words) for words in keep):
            break
        found[at] = Left(block.text, "title or date, which the record has")
    return found


def _is_head(text: str, title: str) -> bool:
    said, known = fold(text).lower(), fold(title).lower()
    rest = said.replace(known, "") if known else said
    return said in known or not rest.strip(" ,.-") or bool(_DATE_LINE.fullmatch(rest.strip(" ,.-()")))


def _without_named(parts: Sequence[Block | Left], leave_out: Sequence[str]) -> list[Block | Left]:
    """Leave out the passages that begin with given words; `first … last` is all from one to the other."""
    found = list(parts)
    for words in leave_out:
        first, *rest = (clean(part) for part in _GAP.split(words, maxsplit=1))
        starts = [at for at, part in enumerate(found) if isinstance(part, Block) and _begins(part, first)]
        if not starts:
            raise ExtractionError(f"no passage begins with “{first}”, as --leave-out says: copy its first words")
        for start in starts:
            end = start
            if rest and rest[0]:
                ends = [
                    at
                    for at in range(start, len(found))
                    if isinstance(found[at], Block) and clean(found[at].text).endswith(rest[0])
                ]
                if not ends:
                    raise ExtractionError(f"behind “{first}” no passage ends with “{rest[0]}”, as --leave-out says")
                end = ends[0]
            for at in range(start, end + 1):
                if isinstance(found[at], Block):
                    found[at] = left_out(found, at, "as you say")
    return found


def _begins(block: Block, words: str) -> bool:
    return fold(block.text.removeprefix("• ")).startswith(fold(words.removeprefix("• ")))


def _in_language(
    parts: Sequence[Block | Left], language: str
) -> tuple[list[Block | Left], tuple[str, ...], dict[str, str]]:
    """Return the parts in a language, or all; the languages; and a doubt if there are several."""
    blocks = [part for part in parts if isinstance(part, Block)]
    spoken = {id(block): language_of(block) for block in blocks}
    counts = Counter[str]()
    for block in blocks:
        counts[spoken[id(block)]] += len(block.text) if spoken[id(block)] else 0
    whole = sum(counts.values())
    main = [name for name, count in counts.most_common() if name and count >= whole * _LEAST_SHARE]
    if language and language not in main:
        raise ExtractionError(
            f"it has no text in '{language}' (languages: {', '.join(main) or 'none'}): say another with --language"
        )
    if language:
        found: list[Block | Left] = []
        last = language
        for part in parts:
            if isinstance(part, Block):
                last = spoken[id(part)] or last
                part = (
                    part
                    if last == language or last not in main
                    else Left(clean(part.text), f"in another language, {last}")
                )
            found.append(part)
        return found, (language,), {}
    if len(main) > 1:
        said = " and ".join(f"{name} ({round(100 * counts[name] / whole)} %)" for name in main)
        doubt = f"it has text in several languages, {said}; --language {main[0]} takes one of them"
        return list(parts), tuple(main), {"language": doubt}
    return list(parts), tuple(main), {}
