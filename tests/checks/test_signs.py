"""What Markdown prints as it stands is told at its line, its way out mends it, and what is meant passes."""

import pytest

from macros.checks.run import check
from macros.checks.signs import RULE
from tests.invented import Collection

TEXT = "No accident is recorded."
NOTE = "notes/all-hours.md", TEXT

TOLD = [
    ("As No\n#27 of the Post says", "As No\n\\#27 of the Post says", 2, r"a backslash before them: `\#27`"),
    ("- [ ] lamps\n- [x] ropes", "- lamps\n- ropes", 1, "`[ ]` is no box to tick here: take it out"),
    ("> [!NOTE]\n> It rang.", "> It rang.", 1, "`[!NOTE]` makes no box here"),
    ('!!! note "Bell"', "### Bell", 1, "`!!!` makes no box here: write a heading"),
    ('??? note "Bell"', "### Bell", 1, "`???` makes no box here: write a heading"),
    ('=== "Bell"', "### Bell", 1, "`===` makes no tab here: write a heading"),
    ("It ~~rang~~ in 2014.", "It <del>rang</del> in 2014.", 1, "write `<del>rang</del>`"),
    ("It ==rang== in 2014.", "It **rang** in 2014.", 1, "write `**rang**`"),
    ("10 m^2^ of deck", "10 m<sup>2</sup> of deck", 1, "write `<sup>2</sup>`"),
    ("H~2~O", "H<sub>2</sub>O", 1, "write `<sub>2</sub>`"),
    ("It rang :bell: twice.", "It rang twice.", 1, "`:bell:` stays as it is here"),
    ("It rang alone :bell::", "It rang alone:", 1, "`:bell:` stays as it is here"),
    ("It rang^[In 2014.].", "It rang (in 2014).", 1, "this footnote would be printed where it stands"),
    ("It [[rang]].", "It [rang](../people.md).", 1, "these words link to nothing: write `[rang](page.md)`"),
    ("It (rang)[../people.md].", "It [rang](../people.md).", 1, "write `[rang](../people.md)`"),
    ("It rang.\n\n<!-- in 2014", "It rang.\n\n<!-- in 2014 -->", 3, "this comment has no end"),
    ("It rang:\n\n•\tonce\n\n•\ttwice", "It rang:\n\n- once\n- twice", 3, "`•` begins no list here"),
    ("It rang:\n\n\uf0b7\tonce", "It rang:\n\n- once", 3, "the sign that a word processor put before this line begins no"),
    ("It ra\ufeffng.", "It rang.", 1, "here stands an invisible sign"),
    ("- once\n  - at noon\n- twice", "- once\n    - at noon\n- twice", 2, "indent it by four spaces"),
    ("1. once\n   - at noon", "1. once\n    - at noon", 2, "indent it by four spaces"),
    ("It rang â€“ twice.", "It rang – twice.", 1, "“â€“” is what a wrong encoding made of “–”"),
    ("In KÃ¶nigsau.", "In Königsau.", 1, "“Ã¶” is what a wrong encoding made of “ö”"),
    ("[It](../people.md rang.", "[It](../people.md) rang.", 1, "this link has no end"),
    ("It rang: https://example.org/x.", "It rang: <https://example.org/x>.", 1, "or `<https://example.org/x>`"),
    ("It [rang][1].", "It [rang][1].\n\n[1]: ../people.md", 1, "or add a line `[1]: address`"),
    ("It [rang][].", "It [rang](../people.md).", 1, "write `[rang](address)`"),
    ("a) once\nb) twice", "a) once\n\nb) twice", 2, "these lines would run on as one paragraph"),
    ("1) once\n2) twice", "1. once\n2. twice", 2, "these lines would run on as one paragraph"),
    ("It rang.[1]\n\n[1] In 2014.", "It rang, in 2014.", 3, "`[1]` is no footnote here"),
    ("It rang.¹\n\n¹ In 2014.", "It rang, in 2014.", 3, "`¹` is no footnote here"),
    ("It **rang in 2014.", "It **rang** in 2014.", 1, r"close it, or write `\**`"),
    ("It rang** in 2014.", "It **rang** in 2014.", 1, r"close it, or write `\**`"),
    ("It *rang in 2014.", r"It \*rang in 2014.", 1, r"close it, or write `\*`"),
    ("It\nrang _once.", "It\nrang _once_.", 2, r"close it, or write `\_`"),
    ("It rang [@chronicle, p. 3].", 'It rang {{ cite("chronicle", "p. 3") }}.', 1, '`{{ cite("chronicle") }}`'),
    ("It rang \\cite{chronicle}.", 'It rang {{ cite("chronicle") }}.', 1, '`{{ cite("chronicle") }}`'),
]  # fmt: skip
"""What is told, what it is mended to, the line that it is told at, and words of the message."""


@pytest.mark.parametrize(("text", "mended", "line", "words"), TOLD, ids=[one[0][:40] for one in TOLD])
def test_what_would_be_printed_is_told_once_and_mended(
    text: str, mended: str, line: int, words: str, collection: Collection
) -> None:
    for written, is_told in ((text, True), (mended, False)):
        edition = collection(changes={NOTE[0]: (TEXT, f"It is a text.\n\n{written}\n\n{TEXT}")})
        found = [problem for problem in check(edition) if problem.position.path == f"docs/{NOTE[0]}"]
        assert [problem.rule for problem in found] == [RULE] * is_told, found
        if is_told:
            assert found[0].position.line == 10 + line
            assert words in found[0].message
        collection(files={}, changes={NOTE[0]: (f"It is a text.\n\n{written}\n\n{TEXT}", TEXT)})


@pytest.mark.parametrize(
    "text",
    [
        "# Title\n\n## Another { #another }",
        "`#27`, `~~x~~`, `[[x]]`, `:bell:`, `**x` and `https://example.org`",
        "```\n#27\n- [ ] x\n!!! note\n**x\n```",
        "At 10:30:45, ratio 2:1:3, and so on: a:b.",
        "2 * 3 = 6, 5 ** 2, a * b, snake_case_words, __init__ and x_1.",
        r"A \*footnote and \_another\_, \[[x]] and \#1.",
        "**Bold**, *emphasis*, ***both***, *one **within** another*, _so_ and __so__.",
        "“*The* title”*, said he*.",
        "[a](../people.md), <https://example.org/x>, [b][c], [d][] and ![e](https://example.org/a_(b).png).\n\n"
        "[c]: https://example.org/\n[d]: https://example.org/x",
        '<a href="https://example.org/x">x</a>',
        "He wrote [t]he and recogniz[ed]; see [1] and [2].",
        "(a) one, (b) another and c) a third",
        "a) one\n\nb) two",
        "- one\n    - two\n\n        more\n- three",
        "1. one\n2. two\n\n    more",
        "naïve café — “déjà vu” … ñ ü ß 日本語 ½ 10² m² €5",
        "Mail to someone@example.org, as @nobody says.",
        "A ~ B ~ C; x^2 + y^2; a == b; 5 = 5.",
        "He: Yes.\n\n—No, she said.\n\n– A dash begins this one.",
        "<!-- a remark --> Text.",
        "10 °C, § 5, ¶ 3 and † and ‡",
    ],
)  # fmt: skip
def test_what_is_meant_passes(text: str, collection: Collection) -> None:
    edition = collection({"case.md": f"# Page\n\n{text}\n"})
    assert [problem.message for problem in check(edition) if problem.rule == RULE] == []


def test_front_matter_stands_once(collection: Collection) -> None:
    edition = collection(
        {"case.md": "---\ntitle: Bells\n---\n\n---\ndescription: Of bells.\n---\n\n# Bells\n\nIt rang.\n"}
    )
    assert [(p.position.line, p.message[:24]) for p in check(edition) if p.rule == RULE] == [
        (5, "front matter stands once")
    ]


def test_of_what_was_received_nothing_is_told(collection: Collection) -> None:
    words = "It ~~rang~~ :bell: **twice, [@chronicle] (x)[../people.md]."
    edition = collection(changes={"commentary/all-hours.md": ("Nobody calls", f"{words}\n\nNobody calls")})
    assert [problem for problem in check(edition) if problem.rule == RULE] == []
    edition = collection(changes={"declarations/ferry-2001.md": ("> Each town keeps", "> Each ~~town~~ **keeps")})
    assert [problem for problem in check(edition) if problem.rule == RULE] == []
