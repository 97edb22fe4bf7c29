"""Any departure of a page from its witness is caught, whatever word it befalls."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.checks.run import check
from macros.checks.witness import MOST_TOLD, disagreements
from macros.model.loading import load
from macros.page.received import Received
from macros.text.reading import parse
from tests.invented import Collection
from tests.sites import COLLECTION

EDITION = load(COLLECTION)
DOCUMENT = EDITION.documents["all-hours"]
WITNESS = EDITION.witnesses["all-hours"]
TOKENS = [match.span() for match in re.finditer(r"\w+|[^\w\s]", WITNESS.text)]


def agrees(text: str, witness: str) -> bool:
    return all(edit.is_same for edit in Received(parse(text, "x.md", "x.md")[0], witness, is_marked=True).edits)


def differs(text: str) -> bool:
    return not agrees(text, WITNESS.text)


def test_the_collection_agrees_with_its_witnesses() -> None:
    for id, witness in EDITION.witnesses.items():
        document = EDITION.documents[id]
        assert disagreements(document.file, witness, document.kind, EDITION.macros, EDITION.extensions) == ()


@given(st.sampled_from(TOKENS))
def test_a_dropped_word_or_sign_is_caught(span: tuple[int, int]) -> None:
    text = WITNESS.text[: span[0]] + WITNESS.text[span[1] :]
    assert differs(text)


@given(st.sampled_from([span for span in TOKENS if WITNESS.text[span[0]].isalnum()]))
def test_a_doubled_or_changed_word_is_caught(span: tuple[int, int]) -> None:
    word = WITNESS.text[slice(*span)]
    assert differs(f"{WITNESS.text[: span[0]]}{word} {WITNESS.text[span[0] :]}")
    assert differs(f"{WITNESS.text[: span[0]]}{word}x{WITNESS.text[span[1] :]}")
    assert differs(f"{WITNESS.text[: span[0]]}{word.swapcase()}{WITNESS.text[span[1] :]}") or word.isdigit()


@given(st.sampled_from([match.start() for match in re.finditer("\n\n", WITNESS.text.strip())]))
def test_merged_paragraphs_are_caught(at: int) -> None:
    text = WITNESS.text.strip()
    assert differs(text[:at] + " " + text[at + 2 :])


def test_line_breaks_inside_a_paragraph_do_not_count() -> None:
    assert not differs(re.sub(r"(?<=[a-z]) (?=[a-z])", "\n", WITNESS.text))


def test_a_heading_is_no_sign_within_a_line() -> None:
    assert not agrees("# One\n\n## Two", "# One ## Two")


def test_another_text_is_told_in_so_many_places_and_no_more(collection: Collection) -> None:
    page = "\n\n".join(f"Paragraph {number} tells some words." for number in range(3 * MOST_TOLD))
    text = f"# ALL HOURS, AT LAST\n\n{page.replace('tells some', 'says a few')}\n"
    edition = collection()
    document, witness = edition.documents["all-hours"], edition.witnesses["all-hours"]
    file, _ = parse(f"# ALL HOURS, AT LAST\n\n{page}\n", "x.md", "x.md")
    problems = [*disagreements(file, replace(witness, text=text), document.kind, edition.macros, edition.extensions)]
    assert len(problems) == MOST_TOLD + 1
    assert "in more places" in problems[-1].message
    assert problems[-1].position.line > problems[-2].position.line


@pytest.mark.parametrize("closing", ["---  ", "..."])
def test_the_header_closes_as_front_matter_does(closing: str, collection: Collection) -> None:
    sha = "90e4b91c4f7f6f0e9d340d1580ee23426c77bb3244296aba22d0eecf2842d17e"
    edition = collection(changes={"commentary/all-hours.witness.txt": (f"{sha}\n---\n", f"{sha}\n{closing}\n")})
    assert check(edition) == ()


@pytest.mark.parametrize(
    ("address", "is_told"),
    [
        ("a.rower@example.org", True),
        ("rower@mail.example.org", True),
        ("press@example.org", False),
        ("press.office@example.org", False),
        ("Info2@example.org", False),
        ("redaktion@example.org", False),
        ("press.rower@example.org", True),
        ("@example.org", False),
        ("rower@example", False),
    ],
)
def test_an_address_of_a_person_is_told_and_one_of_an_office_is_not(
    collection: Collection, address: str, *, is_told: bool
) -> None:
    edition = collection(changes={"commentary/all-hours.md": ("any more.", f"any more, says {address}.")})
    told = [problem for problem in check(edition) if problem.rule == "personal-data-is-withheld"]
    assert bool(told) is is_told
