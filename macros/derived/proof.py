"""The proof of quotations: that the quoted words stand in the clause or paragraph they are taken from.

A quotation is split at ellipses and bracketed insertions; each piece must stand there word for word, in
order, after the folding that `text/words.py` describes.  Nothing near is ever accepted as the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from ..model.edition import Edition, derived, kept
from ..model.entry import Entry
from ..model.macro import Role, argument, in_role, meaning, targets
from ..model.passage import Clause, Paragraph, Passage, split_address
from ..text.allowlist import turned
from ..text.call import Call
from ..text.difference import likeness, word_edits
from ..text.file import TextFile
from ..text.markup import plain
from ..text.problem import RefusalError
from ..text.substitution import substituted
from ..text.words import EDITORIAL_END, EDITORIAL_START, ELLIPSIS, Word, difference, find, lead, pieces, spell, words
from .index import by_uri, file_at, files, grouped, printed
from .lookup import find_target
from .testimony import Testimony, testimony

STATUSES = {
    "verified": "Verified: these words stand in the passage, whose text is held in full.",
    "seen": "Seen: an editor saw these words in a copy that is not held here; that is testimony, and no proof.",
    "as-quoted": "As quoted: only excerpts of the clause are held; the check proves that they agree.",
    "attributed": "Attributed: the text of this source is not held here.",
}
"""The states of a quotation, with what each means to a reader."""


MOST_OMITTED = 40
"""Words that an ellipsis may leave out before readers are told how many they are."""
_TURNS = frozenset(
    "not no never neither nor none nothing cannot without hardly if unless except until only whether provided".split()
)
"""Words that can turn what a sentence says: negations and conditions, in English."""


_NOTHING_LEFT_OUT = "a variant leaves nothing out: put the … beside it, into the quotation itself, where readers see it"
_NO_WORDS = "this quotation has no words: put them between quote and endcall"


class Omission(NamedTuple):
    """What the brackets or an ellipsis between two pieces of a quotation leave out: how many words, and which turn it.

    `words` is -1 where the passage itself is held with a gap there.
    """

    words: int
    turns: tuple[str, ...] = ()

    @property
    def is_told(self) -> bool:
        """Whether readers are told of it."""
        return self.words > MOST_OMITTED or bool(self.turns)


class Place(NamedTuple):
    """Where a piece of a quotation stands in a clause: the number of a passage, and a range of its words."""

    passage: int
    start: int
    end: int


@dataclass(frozen=True)
class Quotation:
    """One quotation: where it stands, what it quotes, and how far it is proved (`refusal` if it is not).

    `places` are those of its pieces in the clause, where the clause's words are held and all of them were found;
    `omissions` say what is left out between them, and `seen` in which copies an editor saw the words.
    """

    file: TextFile
    call: Call
    target: str
    locator: str
    text: str
    pieces: tuple[tuple[Word, ...], ...]
    status: str
    has_variant: bool
    refusal: RefusalError | None = None
    places: tuple[Place, ...] = ()
    omissions: tuple[Omission, ...] = ()
    seen: Testimony | None = None

    @property
    def label(self) -> str:
        """The status as a reader sees it."""
        return (self.seen.label if self.seen else self.status.replace("-", " ")) + (
            ", with a variant" if self.has_variant else ""
        )


def prove_call(edition: Edition, file: TextFile, call: Call) -> Quotation:
    """Return the quotation that a call of `quote` makes, with its proof."""
    target = next(iter(targets(edition.macros, call)), "")
    locator = argument(edition.macros, call, "locator")
    body_end = call.close[0] if call.close else call.end
    printed_text = printed(edition, file, call.end, body_end)
    quoted_text = substituted(file, call.end, body_end, partial(_quoted, edition))
    text, parts = plain(printed_text), pieces(plain(quoted_text))
    whole = pieces(plain(quoted_text), with_brackets=True)
    variants = in_role(edition.macros, file.calls, Role.VARIANT)
    inside = [variant for variant in variants if call.end <= variant.start < body_end]
    has_variant = bool(inside)
    declared = [argument(edition.macros, variant, name) for variant in inside for name in ("text", "source")]
    if any("[" in source for source in declared[1::2]):
        parts = whole  # what is declared of the quoted text stands there, brackets too
    status, refusal, places, omissions = "attributed", None, tuple[Place, ...](), tuple[Omission, ...]()
    seen: Testimony | None = None
    try:
        if message := turned(printed_text):
            raise RefusalError("quotation-matches", message)
        if any(map(ELLIPSIS.search, declared)):
            raise RefusalError("quotation-matches", _NOTHING_LEFT_OUT)
        if not any(sign.isalnum() for part in whole for word in part for sign in word.text):
            raise RefusalError("quotation-matches", _NO_WORDS)
        found = find_target(edition, target)
        if isinstance(found, Clause):
            document = edition.documents[found.document]
            status = "verified" if document.is_in_full else "as-quoted"
            held = found.paragraphs if document.is_in_full else found.passages
            places = _prove(edition, found, held, parts, whole)
            omissions = _omissions(places, held)
        elif isinstance(found, Paragraph):
            status = "verified"
            held = _as_printed(edition, found)
            omissions = _omissions(_prove(edition, found, held, parts, whole), held)
        elif not isinstance(found, Entry):
            raise RefusalError(
                "clause-resolves",
                f"a quotation names the clause or paragraph it quotes, and '{target}' is none: "
                "write it as document#clause",
            )
        elif not parts:
            raise RefusalError("quotation-matches", _NO_WORDS)
        seen = testimony(edition, call, found if not isinstance(found, Paragraph) and status != "verified" else None)
    except RefusalError as error:
        refusal = error
    status = "seen" if seen else status
    return Quotation(file, call, target, locator, text, parts, status, has_variant, refusal, places, omissions, seen)


def _quoted(edition: Edition, call: Call) -> str:
    """Return what a call stands for in the quoted text; where it is not what is printed, it is an editor's word."""
    text = meaning(edition.macros, call, "quoted")
    is_variant = any(in_role(edition.macros, (call,), Role.VARIANT))
    return f"{EDITORIAL_START}{text}{EDITORIAL_END}" if is_variant else text


def _as_printed(edition: Edition, paragraph: Paragraph) -> tuple[tuple[Word, ...], ...]:
    """Return the words of a commentary's paragraph as readers find them, which its witness vouches for."""
    file = edition.documents[paragraph.document].file
    return (words(plain(printed(edition, file, paragraph.start, paragraph.end))),)


def _omissions(places: Sequence[Place], held: Sequence[tuple[Word, ...]]) -> tuple[Omission, ...]:
    """Return what is left out between the places of a quotation's pieces, but for nothing at all."""
    found = []
    for before, behind in pairwise(places):
        if before.passage != behind.passage:
            found.append(Omission(-1))
            continue
        left = [word.text for word in held[before.passage][before.end : behind.start] if word.text[-1].isalnum()]
        turns = tuple(dict.fromkeys(word for word in left if word.lower() in _TURNS or word.lower().endswith("n't")))
        found += [Omission(len(left), turns)] if left else []
    return tuple(found)


def _prove(
    edition: Edition,
    passage: Passage,
    held: Sequence[tuple[Word, ...]],
    parts: Sequence[tuple[Word, ...]],
    whole: Sequence[tuple[Word, ...]],
) -> tuple[Place, ...]:
    """Return where the pieces stand in what is held of a passage.

    `whole` are the pieces with what stands in square brackets: where the passage has brackets, too, they are its own.
    Raises `RefusalError` unless all do, in order, none across a gap.
    """
    if whole != parts and whole and locate(whole, held)[1] is None:
        return locate(whole, held)[0]
    if not parts:
        raise RefusalError("quotation-matches", _NO_WORDS)
    places, missing = locate(parts, held)
    if missing is None:
        if whole != parts and (own := _own_brackets(places, held)):
            message = f"'{passage.address}' has brackets of its own here, “{own}”: quote these, or leave out more"
            raise RefusalError("quotation-matches", message)
        return places
    if cut := _cut(missing, held):
        message = f"“{spell(missing)}” is cut within a word of '{passage.address}': quote all of it, or say {cut}"
        raise RefusalError("quotation-matches", message)
    if not held:
        where = _elsewhere(edition, passage, parts)
        hint = f", but '{where}' has these: quote that clause" if where else ": put them under it, or cite it instead"
        raise RefusalError("quotation-matches", f"no words of the clause '{passage.address}' are held{hint}")
    if find(missing, [word for run in held for word in run]) and all(
        any(find(part, run) for run in held) for part in parts
    ):
        raise RefusalError(
            "quotation-matches",
            f"“{spell(missing)}” stands in '{passage.address}', but not at this place in the order of the quotation",
        )
    if elsewhere := _elsewhere(edition, passage, parts):
        message = f"“{spell(missing)}” does not stand in '{passage.address}', but in '{elsewhere}': quote that clause"
        raise RefusalError("quotation-matches", message)
    nearest, difference = _nearest(missing, held)
    start = passage.own_start if isinstance(passage, Clause) else passage.start
    place = edition.documents[passage.document].file.position(start)
    raise RefusalError(
        "quotation-matches",
        f"“{spell(missing)}” does not stand in '{passage.address}'; nearest there is “{nearest}” "
        f"({difference}, [-source-] {{+quotation+}}): put right the one that is wrong, this or "
        f"{place.path}:{place.line}, or declare the difference with variant(…)",
    )


def _own_brackets(places: Sequence[Place], held: Sequence[tuple[Word, ...]]) -> str:
    """Return the words in square brackets with which what is left out between two pieces begins; empty if none do."""
    for before, behind in pairwise(places):
        left = held[before.passage][before.end : behind.start] if before.passage == behind.passage else ()
        if left and left[0].text == "[":
            return spell(left[: next((at for at, word in enumerate(left) if word.text == "]"), len(left)) + 1])
    return ""


def _cut(piece: Sequence[Word], held: Sequence[tuple[Word, ...]]) -> str:
    """Return how to declare that a piece has part of a word of what is held in its place; empty if it has not."""
    known = {word.text for run in held for word in run}
    for at, part in enumerate(one.text for one in piece):
        for word in sorted(word for word in known - {part} if part in word):
            whole = [*piece[:at], piece[at]._replace(text=word), *piece[at + 1 :]]
            if any(find(whole, run) for run in held):
                return f'variant("{part}", source="{word}")'
    return ""


def locate(
    parts: Sequence[tuple[Word, ...]], passages: Sequence[tuple[Word, ...]]
) -> tuple[tuple[Place, ...], tuple[Word, ...] | None]:
    """Return where the pieces stand, each at or after the one before it, and the first one that does not, or none."""
    places: list[Place] = []
    passage, at = 0, 0
    for part in parts:
        while passage < len(passages):
            found = find(part, passages[passage], at)
            if found:
                places.append(Place(passage, *found))
                at = found[1]
                break
            passage, at = passage + 1, 0
        else:
            return tuple(places), part
    return tuple(places), None


def _elsewhere(edition: Edition, passage: Passage, parts: Sequence[tuple[Word, ...]]) -> str:
    """Return the address of another clause in which the pieces stand, or nothing."""
    for document in edition.documents.values():
        for other in document.clauses:
            if other.address != passage.address and other.passages and locate(parts, other.passages)[1] is None:
                return other.address
    return ""


def _nearest(piece: Sequence[Word], passages: Sequence[tuple[Word, ...]]) -> tuple[str, str]:
    """Return the part of the passages most like a piece, and the word diff between them."""
    wanted = [word.text for word in piece]
    best, best_run = -1.0, list[Word]()
    for passage in passages:
        found = word_edits([word.text for word in passage], wanted)
        same = [(i1, j1, i2 - i1) for tag, i1, i2, j1, _ in found if tag == "equal"]
        if not same:
            continue
        # What agrees far from where most agrees is chance: in a long passage every "the" agrees somewhere.
        there, here, _ = max(same, key=lambda run: run[2])
        near = [i - j for i, j, _ in same if abs((i - j) - (there - here)) <= len(wanted)]
        run = list(passage[max(0, near[0]) : near[-1] + len(wanted)])
        score = likeness([word.text for word in run], wanted)
        if score > best:
            best, best_run = score, run
    if not best_run:
        return spell(passages[0][:12]) + (" …" if len(passages[0]) > 12 else ""), "nothing in common"
    theirs = [word.text for word in best_run]
    shown = ""
    for tag, i1, i2, j1, j2 in word_edits(theirs, wanted):
        dropped, added = best_run[i1:i2], piece[j1:j2]
        words_of = "…" if i2 - i1 > 6 else spell(dropped)
        shown += lead(dropped or added) + (words_of if tag == "equal" else difference(dropped, added))
    return spell(best_run), shown.strip()


@derived
def quotations(edition: Edition) -> tuple[Quotation, ...]:
    """Return every quotation of the edition's pages and notes with its proof, in the order of pages and places."""
    return tuple(quotation for file in files(edition) for quotation in _quotations_in(edition, file.uri))


@kept
def _quotations_in(edition: Edition, uri: str) -> tuple[Quotation, ...]:
    file = file_at(edition, uri)
    calls = in_role(edition.macros, file.calls, Role.QUOTATION)
    return tuple(prove_call(edition, file, call) for call in calls if call.close)


@derived
def reported(edition: Edition) -> tuple[Quotation, ...]:
    """Return the quotations that readers are told of: of no invented example, and in none."""
    examples = {document.id for document in edition.documents.values() if document.is_example}
    return tuple(
        one
        for one in quotations(edition)
        if one.target.partition("#")[0] not in examples
        and not ((document := by_uri(edition).get(one.file.uri)) and document.is_example)
    )


@derived
def quotations_of(edition: Edition) -> Mapping[str, tuple[Quotation, ...]]:
    """Return the quotations of each address or source."""
    return grouped((quotation.target, quotation) for quotation in quotations(edition))


@derived
def proofs(edition: Edition) -> Mapping[tuple[str, int], Quotation]:
    """Return the quotations by the path of their file and the offset of their call."""
    return {(quotation.file.uri, quotation.call.start): quotation for quotation in quotations(edition)}


@derived
def quotations_at(edition: Edition) -> Mapping[str, tuple[Quotation, ...]]:
    """Return the quotations that stand in each document that quotes, and those of each that is compared, by its id."""
    found: list[tuple[str, Quotation]] = []
    for quotation in quotations(edition):
        here, there = by_uri(edition).get(quotation.file.uri), split_address(quotation.target)[0]
        if here and here.kind.is_received:
            found.append((here.id, quotation))
        if there in edition.documents and edition.documents[there].kind.is_compared:
            found.append((there, quotation))
    return grouped(found)
