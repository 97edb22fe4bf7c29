"""Evidence of a record is what the sources that it cites are worth."""

import pytest

from macros.derived.comparison import cell_of
from macros.derived.evidence import basis, evidence, is_beside, sources
from macros.derived.lineage import lineage
from macros.derived.search import records as searched
from macros.model.edition import Edition
from macros.model.passage import Clause
from macros.site.addresses import Site
from macros.site.citations import chicago, records
from tests.invented import Collection

SOURCES = """
@misc{gazette-gist, title = {Gist of the statement}, grade = {official summary}}
@misc{gazette-talk, title = {Talk at the pier}, grade = {press conference}}
@misc{gazette-sheet, title = {Sheet for the press}, grade = {fact sheet}}
@misc{somewhere, title = {Heard somewhere}}
"""


def recorded(collection: Collection, text: str) -> tuple[Edition, Clause]:
    edition = collection(
        changes={
            "bibliography.bib": ("@", f"{SOURCES}\n@"),
            "declarations/ferry-2007.md": ('Fares are abolished. {{ cite("chronicle") }}', text),
        }
    )
    clause = edition.documents["ferry-2007"].passages["fares"]
    assert isinstance(clause, Clause)
    return edition, clause


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (["gazette-talk", "gazette-gist", "gazette-talk"], "an official summary and a press conference"),
        (["gazette-sheet"], "a fact sheet"),
        (["somewhere"], ""),
        ([], ""),
    ],
)
def test_grades_are_told_once_and_best_first(collection: Collection, keys: list[str], said: str) -> None:
    cited = "".join(f'{{{{ cite("{key}") }}}}' for key in keys)
    edition, clause = recorded(collection, f"Fares are abolished. {cited}")
    assert basis(edition, (clause,)) == said


@pytest.mark.parametrize(
    ("keys", "beside"),
    [
        (["gazette-talk"], True),
        (["gazette-talk", "gazette-sheet"], True),
        (["gazette-talk", "gazette-gist"], False),
        (["gazette-talk", "somewhere"], False),
        (["gazette-talk", "all-hours#p1"], False),
        ([], False),
    ],
)
def test_what_was_said_beside_a_text_is_not_recorded_of_it(
    collection: Collection, keys: list[str], *, beside: bool
) -> None:
    cited = "".join(f'{{{{ cite("{key}") }}}}' for key in keys)
    edition, clause = recorded(collection, f"Fares are abolished. {cited}")
    assert is_beside(edition, clause) is beside
    page = edition.documents["ferry-2007"].file
    state = next(stage.state for stage in lineage(edition, clause, page) if stage.is_here)
    assert state.startswith("known from a ") is beside
    assert cell_of(edition, edition.documents["ferry-2007"], (clause,), None, page, sought=clause).basis == basis(
        edition, (clause,)
    )


def test_a_text_held_in_full_needs_no_evidence(collection: Collection) -> None:
    edition = collection()
    clauses = edition.documents["ferry-2004"].clauses
    assert clauses
    assert all(evidence(edition, clause) == () for clause in clauses)


def test_a_grade_that_is_none_is_told_at_its_line(collection: Collection) -> None:
    edition = collection(changes={"bibliography.bib": ("@", "@misc{x, title = {X},\n  grade = {oficial text}\n}\n@")})
    (problem,) = edition.problems
    line = edition.entries["x"].position.line + 1
    assert problem.position.line == line
    assert "there is no grade 'oficial text'; did you mean 'official text'? (grades: official text, " in problem.message


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (["gazette-sheet"], "clause [Fares], summarized from a fact sheet, in Two towns."),
        (["somewhere"], "clause [Fares], summarized, in Two towns."),
    ],
)
def test_a_citation_and_a_search_tell_what_a_summary_rests_on(
    collection: Collection, keys: list[str], said: str
) -> None:
    edition, clause = recorded(
        collection, "Fares are abolished. " + "".join(f'{{{{ cite("{key}") }}}}' for key in keys)
    )
    cited = records(edition, edition.pages["declarations/ferry-2007.md"], Site("Two towns"))
    texts = {record.key: chicago(record) for record in cited}
    assert texts["ferry-2007-fares"].endswith(said)
    assert "clause [When the ferry runs], as quoted, in Two towns" in texts["ferry-2007-timetable"]
    (found,) = (one for one in searched(edition) if one.target == "declarations/ferry-2007.md#fares")
    assert found.evidence == evidence(edition, clause)
    in_full = records(edition, edition.pages["declarations/ferry-2004.md"], Site("Two towns"))
    assert not any("as quoted" in record.text or "summarized" in record.text for record in in_full)


def test_a_cell_names_its_sources_each_once_with_their_places(collection: Collection) -> None:
    text = 'Fares {{ cite("gazette-gist") }} fall. {{ cite("all-hours#p2") }} {{ cite("gazette-gist") }}'
    edition, clause = recorded(collection, text)
    page = edition.pages["index.md"]
    assert sources(edition, (clause,), page) == (
        ("Gist of the statement", "#gazette-gist"), ("paragraph 2", "commentary/all-hours.md#p2"),
    )  # fmt: skip
