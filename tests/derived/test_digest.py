"""Every line of a digest follows from a note on a change or from what the texts say."""

import pytest

from macros.derived.alignment import align
from macros.derived.comparison import outcome
from macros.derived.digest import NOTED, ONE_SIDED, digest
from macros.model.change import CHANGES
from macros.model.edition import Edition
from tests.invented import Collection


def of(edition: Edition, *ids: str) -> dict[str, list[str]]:
    documents = [edition.documents[id] for id in ids]
    alignment = align(edition, documents)
    told = [outcome(edition, documents, parts, documents[0].file) for parts in alignment]
    found = digest(edition, alignment, told)
    assert [label for label, _ in found] == [
        label for label in (*CHANGES.values(), NOTED, ONE_SIDED) if label in dict(found)
    ]
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


def test_a_note_that_says_nothing_of_a_change_in_excerpts_is_noted_and_no_more(collection: Collection) -> None:
    text = '## Day and night { #day .change between="ferry-2004#timetable ferry-2007#timetable" }\n\nIt runs on.\n\n'
    edition = collection(changes={"notes/changes.md": ("## The reserve boat", f"{text}## The reserve boat")})
    assert of(edition, "ferry-2004", "ferry-2007")[NOTED] == ["Day and night"]
