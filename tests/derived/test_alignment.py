"""Clauses that stand for each other: none is lost, none stands twice, and silence is said only where it is found."""

from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from macros.derived.alignment import MOST_UNPLACED, _words_of, align, is_silent, likely, nearer, shown
from macros.model.date import Date
from macros.model.document import Document
from macros.model.edition import Edition
from macros.model.front import DeclarationFront
from macros.model.kind import DECLARATION
from macros.model.passage import Clause, clauses
from macros.text.reading import parse
from macros.text.words import words

IDS = ("fares", "hours", "lights", "piers", "boats")
Headings = list[tuple[str, str]]  # of each clause its id, and the clause that it comes after or nothing


@st.composite
def texts(draw: st.DrawFn) -> list[Headings]:
    some: list[Headings] = []
    for _ in range(draw(st.integers(2, 4))):
        before = [f"d{number}#{id}" for number, one in enumerate(some) for id, _ in one]
        ids = draw(st.lists(st.sampled_from([*IDS, "unplaced-1"]), unique=True, max_size=5))
        some.append([(id, draw(st.sampled_from(["", *before]))) for id in ids])
    return some


def edition_of(bodies: list[str], **front: object) -> Edition:
    documents = {}
    for number, body in enumerate(bodies):
        source, _ = parse(f"# Title\n\n{body}", f"docs/d{number}.md", f"d{number}.md")
        passages, _ = clauses(source)
        given = {"kind": "declaration", "title": "Title", "rights": "free", **(front if number else {})}
        held = DeclarationFront(date=Date(2001 + number), **given)  # type: ignore[arg-type]
        documents[f"d{number}"] = Document(f"d{number}", DECLARATION, held, source, passages, is_in_full=True)
    pages = {document.file.uri: document.file for document in documents.values()}
    return Edition(pages, {}, documents, {}, {}, {}, {}, (), frozenset(), MappingProxyType({}))


@given(texts())
def test_every_clause_stands_in_exactly_one_row(some: list[Headings]) -> None:
    tied = {after: f' after="{after}"' if after else "" for one in some for _, after in one}
    bodies = ["".join(f"## {id} {{ #{id}{tied[after]} }}\n\n> Words.\n\n" for id, after in one) for one in some]
    edition = edition_of(bodies)
    documents = list(edition.documents.values())
    rows = align(edition, documents)
    assert all(len(row) == len(documents) and any(row) for row in rows)
    for at, document in enumerate(documents):
        placed = [clause for row in rows for clause in row[at]]
        assert sorted(placed, key=lambda clause: clause.start) == list(document.clauses)
    for row in rows:
        ids = {clause.id for parts in row for clause in parts}
        others = {clause.id for other in rows if other is not row for parts in other for clause in parts}
        assert ids & others <= {"unplaced-1"}


ENTRY = "This treaty enters into force on the first of June."


def found(*bodies: str, **front: object) -> tuple[bool, str]:
    """Say of the last text whether it is silent on the first clause of the first, and which clause may be meant."""
    edition = edition_of(list(bodies), **front)
    first, last = (edition.documents[id] for id in ("d0", f"d{len(bodies) - 1}"))
    sought = first.clauses[0]
    meant = likely(edition, last, sought)
    assert meant is None or isinstance(meant, Clause)
    return is_silent(edition, last, sought), meant.id if meant else ""


def test_a_text_with_the_words_under_another_id_is_not_silent() -> None:
    entry = f"## Entry {{ #entry }}\n\n> {ENTRY}\n\n## Ferry {{ #ferry }}\n\n> The ferry runs every day.\n"
    final = f"## Final {{ #final }}\n\n> {ENTRY.replace('June', 'July')}\n\n"
    assert found(entry, final) == (False, "final")
    assert found(entry, f"{final}## Other {{ #other }}\n\n> {ENTRY.replace('June', 'May')}\n") == (False, "")
    assert found(entry, "## Fares { #fares }\n\n> Both towns set the fares once a year.\n") == (True, "")
    assert found(entry, "## Fares { #fares }\n\n> Text.\n\n## Rest { #unplaced-1 }\n\n> More.\n") == (False, "")
    assert found(entry, final, silent={"entry": "some-source"}) == (True, "final")
    # The clause that has the words has a counterpart of its own: it is not offered, and yet the text is not silent.
    assert found(entry, f"## Ferry {{ #ferry }}\n\n> {ENTRY}\n") == (False, "")


def test_a_long_clause_may_hold_what_has_a_heading_of_its_own_elsewhere() -> None:
    terms = "## Terms { #terms }\n\n> " + " ".join(ARTICLES.values())
    parted = "".join(f"## {id.title()} {{ #{id} }}\n\n> {words}\n\n" for id, words in ARTICLES.items())
    for id in ARTICLES:
        first = f"## {id.title()} {{ #{id} }}\n\n> {ARTICLES[id]}\n\n## Terms {{ #terms }}\n\n> Of all else.\n"
        assert found(first, terms) == (False, "")
    assert found(terms, parted)[0] is False


ARTICLES = {
    "landing": "The ferry shall land at the north pier, where passengers leave before others board.",
    "lamps": "Every boat carries two white lamps and one red lamp from dusk until the morning bell.",
    "fares": "Both mayors set the price of a crossing once each year and publish it in harbour offices.",
    "crews": "A captain chooses four sailors, whose wages are paid by whichever town employs them.",
}


def renumbered(*names: str, after: dict[str, str] | None = None) -> str:
    tied = {name: f' after="d0#art-{old}"' for name, old in (after or {}).items()}
    return "".join(
        f"## Article {number} {{ #art-{number}{tied.get(name, '')} }}\n\n> {ARTICLES[name]}\n\n"
        for number, name in enumerate(names, 1)
    )


def test_a_number_alone_makes_no_clause_another_where_the_words_tell() -> None:
    old = renumbered("lamps", "fares", "crews")
    edition = edition_of([old, renumbered("landing", "lamps", "fares", "crews")])
    first, last = (edition.documents[id] for id in ("d0", "d1"))
    near = [nearer(edition, first, clause) for clause in last.clauses]
    assert [found.id if found else "" for found in near] == ["", "art-1", "art-2", ""]  # the last has no counterpart
    assert [one.id if (one := nearer(edition, last, clause)) else "" for clause in first.clauses] == [
        "art-2",
        "art-3",
        "art-4",
    ]
    same = edition_of([old, old])
    assert not any(nearer(same, same.documents["d0"], clause) for clause in same.documents["d1"].clauses)


def test_an_author_who_says_what_comes_after_what_is_followed_and_not_the_number() -> None:
    after = {"lamps": "1", "fares": "2", "crews": "3"}
    edition = edition_of(
        [renumbered("lamps", "fares", "crews"), renumbered("landing", "lamps", "fares", "crews", after=after)]
    )
    rows = align(edition, list(edition.documents.values()))
    assert [["+".join(clause.id for clause in parts) for parts in row] for row in rows] == [
        ["", "art-1"],
        ["art-1", "art-2"],
        ["art-2", "art-3"],
        ["art-3", "art-4"],
    ]
    assert not any(nearer(edition, edition.documents["d0"], clause) for clause in edition.documents["d1"].clauses)


def test_of_a_long_text_that_is_not_yet_placed_a_comparison_shows_the_beginning() -> None:
    paragraphs = [f"Both towns set the fares of day {number} once a year." for number in range(500)]
    quoted = "\n>\n> ".join(paragraphs)
    placed, rest = (
        edition_of([f"## Fares {{ #fares }}\n\n> {quoted}\n\n## Rest {{ #unplaced-1 }}\n\n> {quoted}\n"])
        .documents["d0"]
        .clauses
    )
    assert shown(placed) == tuple(paragraphs)
    *begun, last = shown(rest)
    assert begun == paragraphs[: len(begun)]
    assert last.endswith(" …")
    assert paragraphs[len(begun)].startswith(last.removesuffix(" …"))
    assert 0.9 * MOST_UNPLACED < sum(map(len, shown(rest))) <= MOST_UNPLACED + 2


@given(st.text(st.characters(max_codepoint=127), max_size=60))
def test_the_words_of_plain_text_are_found_the_short_way(text: str) -> None:
    """In ASCII the words of content are those that the long way, which knows every script, comes to."""
    long = {word.text.lower() for word in words(text) if len(word.text) >= 4 and word.text.isalpha()}
    assert set(_words_of(text)) == long
