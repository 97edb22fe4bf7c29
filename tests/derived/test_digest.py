"""Every line of a digest follows from a note on a change or from what the texts say."""

from itertools import combinations
from pathlib import Path

import pytest

from macros.derived.alignment import align
from macros.derived.comparison import outcome
from macros.derived.digest import BESIDE, LABELS, NOTED, ONE_SIDED, digest
from macros.derived.index import changes_between
from macros.derived.pairs import compared_series
from macros.model.edition import Edition
from macros.model.finding import CHANGES
from macros.model.loading import load
from tests.invented import Collection
from tests.sites import COLLECTION, TOWNS


def of(edition: Edition, *ids: str) -> dict[str, list[str]]:
    documents = [edition.documents[id] for id in ids]
    alignment = align(edition, documents)
    told = [outcome(edition, documents, parts, documents[0].file) for parts in alignment]
    found = digest(edition, alignment, told)
    assert [label for label, _ in found] == [label for label in LABELS if label in dict(found)]
    rows = [line.row for _, lines in found for line in lines]
    assert all(0 <= row < len(alignment) for row in rows)
    return {label: [line.found for line in lines] for label, lines in found}


def test_notes_and_texts_tell_what_changed(collection: Collection) -> None:
    found = of(collection(), "ferry-2001", "ferry-2004")
    assert "The reserve boat" in found["Changed in wording"]
    assert set(found) <= {*CHANGES.values(), ONE_SIDED}


@pytest.mark.parametrize(("change", "label"), CHANGES.items())
def test_a_note_says_how_firm_a_change_is(collection: Collection, change: str, label: str) -> None:
    given = '.change between="ferry-2001'
    edition = collection(changes={"notes/changes.md": (given, given.replace("between", f'change="{change}" between'))})
    assert "The reserve boat" in of(edition, "ferry-2001", "ferry-2004")[label]


def test_nothing_is_said_of_summaries_without_a_note(collection: Collection) -> None:
    found = of(collection(), "ferry-2004", "ferry-2007")
    assert not {"Changed in wording", "Restated"} & set(found)
    assert found == {BESIDE: ["", ""], ONE_SIDED: ["recorded only in 2004"] * 2}


def test_a_note_that_says_nothing_of_a_change_in_excerpts_is_noted_and_no_more(collection: Collection) -> None:
    text = '## Day and night { #day .change between="ferry-2004#timetable ferry-2007#timetable" }\n\nIt runs on.\n\n'
    edition = collection(changes={"notes/changes.md": ("## The reserve boat", f"{text}## The reserve boat")})
    assert of(edition, "ferry-2004", "ferry-2007")[NOTED] == ["Day and night"]


def lines_that_follow(edition: Edition) -> set[str]:
    """Ask of every line of every digest of two texts that it follows from something; return under which words they stand."""
    seen = set[str]()
    for documents in (couple for one in compared_series(edition) for couple in combinations(one, 2)):
        rows = align(edition, documents)
        told = [outcome(edition, documents, parts, documents[0].file) for parts in rows]
        found = [(label, line) for label, lines in digest(edition, rows, told) for line in lines]
        assert {line.row for _, line in found} == {*range(len(rows))}  # and nothing is left out
        for label, line in found:
            sides = rows[line.row]
            notes = changes_between(edition, frozenset(clause.address for parts in sides for clause in parts))
            words = [" ".join(clause.text for clause in parts) for parts in sides]
            are_held = all(one.is_in_full for one in documents) and all(any(c.own for c in parts) for parts in sides)
            seen.add(label)
            if line.is_noted:
                (note,) = (note for note in notes if note.title == line.found)
                assert (
                    label == CHANGES[note.change] if note.change else label in (NOTED, "Changed in wording", "Restated")
                )
            elif label == ONE_SIDED:
                assert [bool(parts) for parts in sides].count(True) == 1
            elif label == BESIDE:
                assert all(sides)
                assert not are_held
            else:
                assert are_held or line.found in ("new", "dropped")
                assert (label == "Restated") == (words[0] == words[1])
    return seen


@pytest.mark.parametrize("docs", [COLLECTION, TOWNS.parent / "docs"], ids=["small", "towns"])
def test_every_line_follows_from_a_note_or_from_the_texts(docs: Path) -> None:
    assert lines_that_follow(load(docs, "docs")) >= {"Changed in wording", ONE_SIDED, BESIDE}
