"""Mistakes in front matter and navigation: one problem in our words, at its line, whose form mends it."""

import re

import pytest

from macros.checks.navigation import read_navigation
from macros.checks.run import check
from macros.text.reading import parse
from tests.invented import Collection

PATH = "declarations/ferry-2004.md"
PLACE = "place: Northpier\n"
FOREIGN = re.compile(
    r"YAML|mapping|token|scalar|flow|block|expected|dictionary|instance|valid string|Input", re.IGNORECASE
)

WRONG = [
    ("place = Northpier\n", "place: Northpier\n"),
    ("- place: Northpier\n", "place: Northpier\n"),
    ("<!-- where -->\nplace: Northpier\n", "# where\nplace: Northpier\n"),
    ("**place:** Northpier\n", "place: Northpier\n"),
    ("**place**: Northpier\n", "place: Northpier\n"),
    ("place: > North pier\n", 'place: "> North pier"\n'),
    ("place: *North* pier\n", 'place: "*North* pier"\n'),
    ("place: &North pier\n", 'place: "&North pier"\n'),
    ("place: North pier #1\n", 'place: "North pier #1"\n'),
    ("place: {North pier\n", None),
    ("place: [North] pier\n", 'place: "[North] pier"\n'),
    ("place: 'North's pier'\n", 'place: "North\'s pier"\n'),
    ('place: "North" pier\n', "place: '\"North\" pier'\n"),
    ('place: "North pier\n', 'place: "North pier"\n'),
    ("place:Northpier\n", "place: Northpier\n"),
    ("place: North: the pier\n", 'place: "North: the pier"\n'),
    ("place: North\npier and more\n", "place: North pier\n"),
    ("quotation_marks: [“”, ‘’\nplace: Northpier\n", None),
    ("<<<<<<< HEAD\nplace: Northpier\n=======\nplace: Southpier\n>>>>>>> main\n", "place: Northpier\n"),
    ("=======\nplace: Northpier\n", "place: Northpier\n"),
    ("participants: [Ada Strand]\n", None),
    ("silent: [fares]\n", None),
]


@pytest.mark.parametrize(("wrong", "right"), WRONG)
def test_a_mistake_in_front_matter_is_one_problem_in_our_words(
    wrong: str, right: str | None, collection: Collection
) -> None:
    changes = {PATH: (PLACE, wrong)}
    if wrong.startswith("participants"):
        given = "participants:\n  - {name: Ada Strand, office: Mayor, party: Northpier}\n  - {name: Ben Holm, office: Mayor, party: Southpier}\n"
        changes = {PATH: (given, wrong)}
    problems = check(collection(changes=changes))
    assert len(problems) == 1, problems
    assert problems[0].position.path == f"docs/{PATH}"
    assert not FOREIGN.search(problems[0].message.partition(": write")[0]), problems[0].message
    if right is not None:
        if (form := re.search(r"write `([^\n]*)`$", problems[0].message)) and "\n" not in wrong.strip():
            assert form[1] == right.strip()
        assert check(collection(changes={PATH: (wrong, right)})) == ()


def test_a_title_without_words_is_asked_for(collection: Collection) -> None:
    (problem,) = check(collection(changes={PATH: ("title: Joint Statement of the Ferry Council\n", "title:\n")}))
    assert problem.message == "'title' is empty: write something behind its colon"


@pytest.mark.parametrize(
    ("participants", "form"),
    [
        ("  - {name: A, office: B, party: C\n", "- {name: A, office: B, party: C}"),
        (
            "  - {name: A,\n     office: B, party: C}\n  - {name: D, office: E, party: F\n",
            "- {name: D, office: E, party: F}",
        ),
    ],
)
def test_a_bracket_of_an_item_is_missed_where_it_opens(participants: str, form: str) -> None:
    _, problems = parse(f"---\ntitle: One\nparticipants:\n{participants}rights: Free.\n---\n\n# One\n", "a.md", "a.md")
    assert [problem.position.line for problem in problems] == [3 + participants.count("\n")]
    assert f"write `{form}`" in problems[0].message


@pytest.mark.parametrize(
    "front",
    [
        "# a remark\ntitle: One",
        'title: "One #1"',
        "title: One#1",
        "title: 'A: B'",
        "title: R&D",
        "title: One\n  and more of it",
        "title: >\n  One\n  and more",
        "title: |\n  One # 1",
        "hide: [toc]  # of a short page",
        "title:\n  One",
    ],
)
def test_what_yaml_reads_as_meant_passes(front: str) -> None:
    file, problems = parse(f"---\n{front}\n---\n\n# One\n", "docs/a.md", "a.md")
    assert problems == ()
    assert file.front


@pytest.mark.parametrize("fence", ["```", "```yaml", "+++", "~~~", "***"])
@pytest.mark.parametrize("closes", [True, False])
def test_front_matter_between_other_signs_is_told_once(fence: str, closes: bool, collection: Collection) -> None:  # noqa: FBT001
    edition = collection()
    text = f"---\n{edition.pages[PATH].front_text}---\n{edition.pages[PATH].body}"
    text = text.replace("---\n", f"{fence}\n", 1)
    text = text.replace("---\n", f"{fence[:3]}\n", 1) if closes else text
    (problem,) = check(collection({PATH: text}))
    assert (problem.position.line, problem.rule) == (1, "front-matter-is-valid")


NAVIGATION = "nav:\n  - index.md\n  - Texts:\n      - One: a.md\n      - Two: b.md\n"


@pytest.mark.parametrize(
    ("old", "new", "line", "form"),
    [
        ("      - Two: b.md", "      - [Two](b.md)", 5, '- "Two": b.md'),
        ("      - Two: b.md", "      – Two: b.md", 5, "- Two: b.md"),
        ("      - Two: b.md", "      • Two: b.md", 5, "- Two: b.md"),
        ("      - Two: b.md", "      - 'Two's: b': b.md", 5, '- "Two\'s: b": b.md'),
        ("  - Texts:", "  - Texts", 3, "- Texts:"),
        ("      - Two: b.md", "\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0- Two: b.md", 5, ""),
        ("      - Two: b.md", "      - Two: parts: b.md", 5, '- "Two: parts": b.md'),
        ("      - Two: b.md", "        - Two: b.md", 5, ""),
        ("      - Two: b.md", "      -Two: b.md", 5, "- Two: b.md"),
    ],
)
def test_a_mistake_in_the_navigation_is_told_at_its_line(old: str, new: str, line: int, form: str) -> None:
    _, problems = read_navigation(NAVIGATION.replace(old, new), "mkdocs.yml")
    assert [problem.position.line for problem in problems] == [line], problems
    assert form in problems[0].message
    assert not FOREIGN.search(problems[0].message), problems[0].message
