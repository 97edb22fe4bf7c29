"""Clauses whose ids are another's: asked about where the words tell, and not where an author says that it is meant."""

from macros.checks.documents import documents
from tests.derived.test_alignment import edition_of, renumbered

OLD, NEW = renumbered("lamps", "fares", "crews"), renumbered("landing", "lamps", "fares", "crews")


def rules(new: str, **front: object) -> list[str]:
    edition = edition_of([OLD, new], **front)
    return [problem.rule for problem in documents(edition, edition.documents["d1"])]


def test_a_renumbered_text_is_asked_for_what_its_articles_come_after() -> None:
    edition = edition_of([OLD, NEW])
    problems = list(documents(edition, edition.documents["d1"]))
    assert [problem.rule for problem in problems] == ["clause-has-its-id", "clause-has-its-id"]
    assert "far more of these under 'art-1'" in problems[0].message
    assert 'say after="d0#art-1"' in problems[0].message


def test_what_is_said_once_is_not_asked_again() -> None:
    assert rules(renumbered("landing", "lamps", "fares", "crews", after={"lamps": "1", "fares": "2"})) == []
    assert rules(NEW, distinct="document") == rules(NEW, distinct="series") == []
    assert rules(OLD) == []


def test_like_names_of_other_articles_are_meant_where_it_is_said() -> None:
    named = "## Definitions { #definitions }\n\nSays what a ferry is.\n"
    old = named.replace("efinitions", "efinition")
    edition = edition_of([old, named])
    assert [problem.rule for problem in documents(edition, edition.documents["d1"])] == ["clause-id-is-distinct"]
    for distinct in ("document", "series"):
        edition = edition_of([old, named], distinct=distinct)
        assert list(documents(edition, edition.documents["d1"])) == []
