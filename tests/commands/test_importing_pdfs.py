"""What the importer makes of PDFs: their lines as paragraphs, without what pages have at their heads and feet.

The PDFs are made here, of invented texts, each with one of the things that official PDFs have.
"""

import io
import re
from collections.abc import Sequence
from functools import partial
from itertools import chain
from pathlib import Path

import pytest
import reportlab
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from macros.commands.importer.blocks import ExtractionError, Left
from macros.commands.importer.extraction import Answers, Extracted, extract
from macros.commands.importer.fetching import Fetched
from macros.commands.importer.pdf import read

Set = tuple[float, float, str] | tuple[float, float, str, str, float]
"""Where a line stands, in points from the lower left corner, what it says, and its font and size if they are others."""

VERA = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
PROSE = (
    "Mayor Ada Strand of Northpier and Mayor Ben Holm of Southpier met at the old harbour office",
    "on the seventh day of May, and agreed on what follows for both towns and all inhabitants, in",
    "all seasons and in every weather. The Council thanked the crew that had brought the boat.",
)


def pdf(*pages: Sequence[Set], **options: object) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pageCompression=0, **options)  # type: ignore[arg-type]
    for page in pages:
        for x, y, text, *rest in page:
            font, size = rest or ("Helvetica", 11)
            canvas.setFont(str(font), float(str(size)))
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def lines(texts: Sequence[str], y: float = 760, x: float = 72, step: float = 15) -> list[Set]:
    return [(x, y - number * step, text) for number, text in enumerate(texts)]


def blocks(content: bytes, *answers: Answers) -> list[str]:
    return [block.text for block in found(content, *answers).blocks]


def found(content: bytes, *answers: Answers) -> Extracted:
    return extract(Fetched(content, "x.pdf"), *answers)


def test_lines_are_joined_to_paragraphs_by_gaps_and_by_short_lines() -> None:
    second = [
        "The ferry shall run at all hours of the day and the night, and it shall be free of charge.",
        "It is old.",
    ]
    page = [
        *lines(PROSE),
        *lines(second, 700),
        *lines(["Fares are abolished for all passengers from the first day of June on, as was agreed."], 670),
    ]
    assert blocks(pdf(page)) == [" ".join(PROSE), " ".join(second), page[-1][2]]


def test_paragraphs_are_parted_by_an_indent_and_before_numbers() -> None:
    texts = [
        *PROSE,
        "1. The ferry shall run at all hours of the day and the night, in all seasons and in every weather,",
        "and for every inhabitant of both towns, whoever it is that asks for it and whenever he asks so.",
        "(a) Fares are abolished for all passengers from the first day of June, for all goods and for all",
        "animals that they bring along.",
    ]
    page = [
        *lines(texts),
        (90, 640, "The mayors will meet again in the spring of the coming year at the new pier of the town in"),
        (72, 625, "the south."),
    ]
    assert blocks(pdf(page)) == [
        " ".join(PROSE), " ".join(texts[3:5]), " ".join(texts[5:]), f"{page[-2][2]} {page[-1][2]}",
    ]  # fmt: skip


def test_headings_are_known_by_their_size_and_weight() -> None:
    page: list[Set] = [
        (72, 780, "Treaty on the Ferry", "Helvetica-Bold", 18),
        (72, 740, "Part I", "Helvetica", 14),
        (72, 715, "Article 1", "Helvetica-Bold", 11),
        (72, 700, "The ferry", "Helvetica-Bold", 11),
        *lines(PROSE, 680),
        (72, 620, "Article 2. Fares"),
        *lines(PROSE, 600),
    ]
    said = found(pdf(page))
    assert said.title == "Treaty on the Ferry"
    assert [(block.level, block.text) for block in said.blocks] == [
        (2, "Part I"), (4, "Article 1 The ferry"), (0, " ".join(PROSE)), (4, "Article 2. Fares"), (0, " ".join(PROSE)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heads", "feet"),
    [
        (["", "", ""], ["1", "2", "3"]),
        (["The Ferry Council"] * 3, ["- 1 -", "- 2 -", "- 3 -"]),
        (
            ["Joint Statement 1", "Joint Statement 2", "Joint Statement 3"],
            ["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"],
        ),
        (["", "", ""], ["24-07683 1/3", "24-07683 2/3", "24-07683 3/3"]),
        (["", "", ""], ["1 | Ferry Council, May 2012", "2 | Ferry Council, May 2012", "iii"]),
        (["i", "ii", "iii"], ["", "", ""]),
    ],
)
def test_heads_and_feet_of_pages_stand_in_no_sentence_and_are_told(heads: list[str], feet: list[str]) -> None:
    words = (
        "The Council recognises that the ferry is the shortest link and that it shall run at all",
        "hours of the day; it asks for no more than",
        "that, in both towns.",
    )
    pages = [
        [*((72, 805, head),) * bool(head), *lines([word], 700), *((300, 40, foot),) * bool(foot)]
        for word, head, foot in zip(words, heads, feet, strict=True)
    ]
    pages[0] = [*lines(PROSE, 780), *pages[0]]
    said = found(pdf(*pages))
    assert [block.text for block in said.blocks] == [" ".join(PROSE), " ".join(words)]
    told = " ".join(left.text for left in said.left)
    assert all(re.sub(r"\d|[ivx]+", "", text) in re.sub(r"\d|[ivx]+", "", told) for text in (*heads, *feet))


def test_the_number_of_an_article_at_the_head_of_a_page_stays() -> None:
    pages = [[*lines([f"Article {number}"], 780), *lines(PROSE, 750 - 20 * number)] for number in (1, 2)]
    assert blocks(pdf(*pages)) == ["Article 1", " ".join(PROSE), "Article 2", " ".join(PROSE)]


def test_notes_at_the_foot_stand_behind_their_paragraph() -> None:
    first: list[Set] = [
        *lines([*PROSE[:2]]),
        (72, 120, "1", "Helvetica", 6), (78, 118, "Any boat of the Council that carries more than ten, whoever owns it at the", "Helvetica", 8),
        (72, 108, "time of the crossing.", "Helvetica", 8), (72, 98, "2 As of May.", "Helvetica", 8), (300, 40, "1"),
    ]  # fmt: skip
    second = [
        *lines(
            [
                "all seasons.",
                "The Council thanked the crew of the boat, and it will meet again next year in the spring.",
            ]
        ),
        (300, 40, "2"),
    ]
    assert blocks(pdf(first, second)) == [
        " ".join((*PROSE[:2], "all seasons.")),
        "[1] Any boat of the Council that carries more than ten, whoever owns it at the time of the crossing.",
        "[2] As of May.",
        second[1][2],
    ]


def test_a_raised_figure_is_a_power_or_the_mark_of_a_note() -> None:
    page: list[Set] = [
        *lines(PROSE),
        (72, 640, "The ferry"),
        (118, 644, "2", "Helvetica", 6),
        (124, 640, "is 10"),
        (150, 644, "2", "Helvetica", 6),
        (155, 640, "m wide."),
    ]
    assert blocks(pdf(page))[1] == "The ferry[2] is 10² m wide."


@pytest.mark.parametrize("is_row_by_row", [True, False])
def test_two_columns_are_read_one_after_the_other(is_row_by_row: bool) -> None:  # noqa: FBT001
    left = [f"left line {number} of the statement, which" for number in "abcdefgh"]
    right = [f"right line {number} of the statement, and" for number in "abcdefgh"]
    left[-1], right[-1] = "ends here.", "ends there."
    sides = [lines(left, 700), lines(right, 700, 320)]
    page = [one for pair in zip(*sides, strict=True) for one in pair] if is_row_by_row else [*sides[0], *sides[1]]
    text = " ".join(blocks(pdf([*lines(PROSE), *page])))
    assert " ".join(left) in text
    assert " ".join(right) in text


def row_of(number: int, *cells: tuple[int, str]) -> list[Set]:
    return [(left, 640 - 15 * number, text) for left, text in cells]


def test_a_table_keeps_its_columns_and_empty_cells() -> None:
    rows = [
        row_of(0, (72, "Pier"), (300, "Boats"), (400, "Crews")),
        row_of(1, (72, "North Pier"), (310, "5"), (400, "12")),
        row_of(2, (72, "South Pier"), (405, "3")),
    ]
    said = found(pdf([*lines(PROSE), *chain(*rows)]))
    assert [block.rows for block in said.blocks[1:]] == [
        (("Pier", "Boats", "Crews"), ("North Pier", "5", "12"), ("South Pier", "", "3"))
    ]
    assert said.blocks[1].text == "Pier | Boats | Crews\nNorth Pier | 5 | 12\nSouth Pier |  | 3"
    assert not said.doubts


def test_rows_of_which_the_columns_cannot_be_told_are_doubted_with_a_way_out() -> None:
    rows = [
        row_of(0, (72, "North Pier"), (300, "five boats"), (430, "12")),
        row_of(1, (72, "South Pier"), (240, "and three of another kind"), (480, "3")),
        row_of(2, (72, "of which one"), (330, "is a long boat, with crew"), (520, "1")),
    ]
    said = found(pdf([*lines(PROSE), *chain(*rows)]))
    assert "3 of its lines look like rows of a table" in said.doubts["columns"]
    assert "as on page 1: “North Pier five boats 12”; look for a web page" in said.doubts["columns"]


def test_names_side_by_side_are_told_and_no_reason_to_refuse() -> None:
    said = found(pdf([*lines(PROSE), *row_of(0, (72, "Ada Strand"), (250, "Ben Holm"), (430, "Cy Rower"))]))
    assert said.blocks[-1].text == "Ada Strand Ben Holm Cy Rower"
    assert said.notes == (
        "1 line has wide gaps between words, as “Ada Strand Ben Holm Cy Rower”: look at them in the record",
    )
    assert not said.doubts


def test_letters_of_a_list_set_apart_are_no_table() -> None:
    rows = [row_of(n, (72, f"({'abc'[n]})"), (130, f"the boats of pier {n}, which run at night;")) for n in range(3)]
    said = found(pdf([*lines(PROSE), *chain(*rows)]))
    assert [block.rows for block in said.blocks[1:]] == [(), (), ()]
    assert not said.doubts


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        ("inhab-", "itants", "inhabitants"),
        ("inhabi-", "tants,", "inhabitants,"),
        ("long-", "standing", "long-standing"),
        ("pre-", "and post-crossing", "pre- and post-crossing"),
        ("two-", "thirds", "two-thirds"),
        ("state-of-the-", "art", "state-of-the-art"),
        ("capacity-", "building", "capacity-building"),
        ("user-", "friendly", "user-friendly"),
        ("Indo-", "Pacific", "Indo-Pacific"),
        ("2012-", "2013", "2012-2013"),
        ("so -", "said he", "so - said he"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_stays_where_it_is_part_of_the_word(one: str, other: str, joined: str) -> None:
    page = [
        *lines(PROSE),
        *lines(
            [f"The capacity of both towns, where the ferry lands and where it waits, is {one}", f"{other} and ends."],
            700,
        ),
    ]
    assert (
        blocks(pdf(page))[1]
        == f"The capacity of both towns, where the ferry lands and where it waits, is {joined} and ends."
    )


def test_what_the_text_does_not_tell_of_a_hyphen_is_asked() -> None:
    page = [
        *lines(PROSE),
        *lines(["The ferry lands where the ferry waits, and there shall stand a ferry-", "wright at all hours."], 700),
    ]
    said = found(pdf(page))
    assert "ferry-wright at all" in said.text
    assert "(ferry-wright or ferrywright): look at them, and say --word FORM" in said.notes[0]
    said = found(pdf(page), Answers(words=("ferrywright",)))
    assert "ferrywright at all" in said.text
    assert said.notes == ()


def test_what_is_printed_twice_over_itself_is_there_once_and_ligatures_are_letters() -> None:
    pdfmetrics.registerFont(TTFont("Vera", VERA))
    page: list[Set] = [
        *lines(PROSE),
        (72, 640, "UNITED PIERS"),
        (72.3, 640, "UNITED PIERS"),
        (72, 600, "The \ufb01rst \ufb02eet is open to all and to each.", "Vera", 11),
    ]
    assert blocks(pdf(page))[1:] == ["UNITED PIERS", "The first fleet is open to all and to each."]


def test_what_is_set_sideways_or_beyond_the_edge_stands_in_no_line_and_is_told() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pageCompression=0)
    for x, y, text, *_ in (*lines(PROSE), (-400, 600, "Nobody sees this."), (500, 500, "This is cut off at the edge.")):
        canvas.drawString(x, y, text)
    canvas.rotate(90)
    canvas.drawString(300, -40, "Received on May 9")
    canvas.save()
    read = found(file.getvalue())
    assert [(left.text, left.why) for left in read.left] == [
        ("Nobody sees this.", "beyond the edge of the page, page 1"),
        ("Received on May 9", "set sideways, page 1"),
    ]
    assert [block.text for block in read.blocks] == [" ".join(PROSE), "This is cut off at the edge."]


def test_what_is_struck_out_or_cannot_be_seen_stands_in_no_line_and_is_told() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pageCompression=0)
    width = partial(pdfmetrics.stringWidth, fontName="Helvetica", fontSize=12)
    for x, y, text, *_ in (
        *lines(PROSE),
        (72, 600, "The boat shall never stop at Northpier."),
        (72, 580, "Underlined."),
    ):
        canvas.drawString(x, y, text)
    begin, end = 72 + width("The boat shall "), 72 + width("The boat shall never")
    canvas.line(begin, 603, end, 603)
    canvas.line(72, 578, 200, 578)
    canvas.drawString(72, 560, "By a thin box.")
    canvas.rect(72, 563, width("By a thin"), 0.6, stroke=0, fill=1)
    canvas.rect(60, 500, 200, 30, stroke=0, fill=1)
    for y, words, grey, mode in (
        (510, "Seen on black.", 1, 0),
        (505, "Black on black.", 0, 0),
        (480, "White.", 1, 0),
        (460, "Mode.", 0, 3),
    ):
        line = canvas.beginText(72, y)
        line.setTextRenderMode(mode)  # type: ignore[arg-type]
        line.setFillGray(grey)
        line.textLine(words)
        line.setTextRenderMode(0)
        canvas.drawText(line)
    canvas.setFillGray(0)
    canvas.setFont("Helvetica", 1)
    canvas.drawString(72, 440, "Smaller than dust.")
    canvas.save()
    read = found(file.getvalue())
    assert [(left.text, left.why) for left in read.left] == [
        ("never By a thin", "struck out, page 1"),
        ("Black on black. White. Mode.", "in the colour of what lies under it, or invisible, page 1"),
        ("Smaller than dust.", "too small to be read, page 1"),
    ]
    said = " ".join(block.text for block in read.blocks[1:])
    assert said == "The boat shall stop at Northpier. Underlined. box. Seen on black."


def test_a_table_of_contents_stays_line_by_line() -> None:
    contents = [
        "Article 1 The ferry ................................ 1",
        "Article 2 Fares .......................................... 2",
    ]
    said = found(pdf([*lines(PROSE), *lines(contents, 700)]))
    assert [block.text for block in said.blocks[1:]] == contents
    assert "a table of contents of 2 lines" in said.notes[0]


def test_a_font_that_does_not_say_its_letters_is_refused() -> None:
    pdfmetrics.registerFont(TTFont("Vera", VERA))
    line = "GENERAL PROVISIONS ON THE FERRY"
    content = pdf([*lines(PROSE), (72, 640, line, "Vera", 11)])
    assert found(content).doubts == {}
    assert found(content).blocks[-1].text == line
    unmapped = re.sub(rb"<00(4[0-9A-F])>", rb"<F0\1>", content)  # as fonts of symbols are
    assert unmapped != content
    for broken in (unmapped, pdf([*lines(PROSE), (72, 640, "'(6 1$7,21,6(685/('52,7 (7")])):
        said = found(broken).doubts["fonts"]
        assert said.startswith(
            "1 of its lines cannot be read, since the PDF does not say what their signs mean, as on page 1"
        )


def test_a_text_from_right_to_left_is_refused_with_where_to_look() -> None:
    pdfmetrics.registerFont(TTFont("Vera", VERA))
    content = pdf([(72, 780 - 20 * at, "ABCDEFGH IJKLMNO ABCDEF", "Vera", 11) for at in range(20)])
    hebrew = re.sub(rb"<00(4[0-9A-F])>", lambda code: b"<05D" + code[1][1:] + b">", content)
    assert hebrew != content
    assert found(content).doubts == {}
    assert found(hebrew).doubts == {
        "direction": "it runs from right to left, which a PDF does not keep: look for a web page or a text file"
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 broken", "the PDF cannot be read"),
        (pdf([]), "are pictures of a text"),
        (pdf(lines(PROSE), encrypt=StandardEncryption("secret")), "locked by a password"),
        (pdf(lines(["Short."] * 5)), "holds hardly any text"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_with_a_way_out(content: bytes, said: str) -> None:
    with pytest.raises(ExtractionError, match=said):
        extract(Fetched(content, "x.pdf"))


def test_no_letter_of_a_page_is_lost() -> None:
    pages = [[*lines(PROSE, 800 - 20 * n), (300, 40, f"{n}"), *lines(PROSE, 600 - 20 * n, 72 + n)] for n in range(1, 5)]
    parts = read(pdf(*pages)).parts
    kept = "".join(part.text for part in parts if not isinstance(part, Left))
    assert sorted("".join(kept.split())) == sorted("".join("".join(PROSE).split()) * 8)
