"""What the importer makes of pages: each word kept, or said to be left out.

The pages in `pages/` are invented, each of one structure that official pages have; beside each stands in `<name>.out`
what is read of it.  `pytest --update` writes that anew: read it.
"""

import re
import unicodedata
from collections import Counter
from contextlib import suppress
from html import escape
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from lxml import html

from macros.commands.importer.blocks import Block, ExtractionError, Left, paragraphs
from macros.commands.importer.encoding import decode
from macros.commands.importer.extraction import Answers, extract
from macros.commands.importer.fetching import Fetched
from macros.commands.importer.page import read

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.name for path in PAGES.iterdir() if path.suffix != ".out")
LONG = "The ferry shall run at all hours of the day and the night, and for every inhabitant of both towns. " * 3


def described(fetched: Fetched, *answers: Answers) -> str:
    """Return in lines what is read of a page: title, notes, what was left out, and the blocks."""
    found = extract(fetched, *answers)
    lines = [f"title: {found.title}", *(f"note: {note}" for note in found.notes)]
    lines += [f"doubt: {doubt}" for doubt in found.doubts.values()]
    lines += [f"left out: {left}" for left in found.left]
    for block in found.blocks:
        kind = "table" if block.rows else f"h{block.level}" if block.level else "text"
        lines += ["", f"[{kind}{f', {block.doubt}' if block.doubt else ''}]", block.text]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_read_as_a_browser_shows_it(name: str, request: pytest.FixtureRequest) -> None:
    path = PAGES / name
    found = described(Fetched(path.read_bytes(), name))
    expected = path.with_name(f"{name}.out")
    if request.config.getoption("--update"):
        expected.write_text(found, "utf-8")
    assert found == expected.read_text("utf-8")


def letters(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum())


TEXT = st.text(st.sampled_from("abzßé漢1² ,.\n<&\u00a0\u200b\x01\x05"), max_size=6)
TAGS = st.sampled_from(
    "p div span b del ins ul ol li table tr td th sup a q h2 em br pre aside footer header nav dl dt dd math mfrac "
    "msup button form section article figure figcaption ruby rt center font custom-tag".split()
)
ATTRIBUTES = st.sampled_from(
    (
        "",
        " hidden",
        ' class="share"',
        ' id="footer"',
        ' href="#a"',
        ' href="/x"',
        ' style="display:none"',
        ' type="a"',
        ' rowspan="3"',
        ' colspan="2"',
        ' role="main"',
    )
)
TREE = st.recursive(
    TEXT.map(escape),
    lambda inner: st.tuples(TAGS, ATTRIBUTES, st.lists(inner, max_size=4)).map(
        lambda made: f"<{made[0]}{made[1]}>{''.join(made[2])}</{made[0]}>"
    ),
    max_leaves=25,
)


@given(TREE)
@example("<mfrac>1<p>2</p>3<p>4</p></mfrac>")
def test_every_letter_of_a_page_is_kept_or_said_to_be_left_out(tree: str) -> None:
    text = f"<html><body>{tree}</body></html>"
    try:
        found = read(text)
    except ExtractionError as error:
        assume("no text was found" not in str(error))
        raise
    whole = Counter(letters(html.document_fromstring(text).text_content()))
    said = Counter(letters("".join(part.text for part in found.parts) + found.outside))
    assert not whole - said
    extra = said - whole
    assert all(letter.isdigit() or letter in "abcdefghijklmnopqrstuvwxyz" for letter in extra)  # marks of lists


@given(st.text(max_size=200))
def test_no_page_makes_a_traceback(text: str) -> None:
    for address in ("x", "x.md"):
        with suppress(ExtractionError):
            extract(Fetched(f"<p>{text}".encode() if address == "x" else text.encode(), address))


def page(body: str) -> Fetched:
    return Fetched(f"<html><body><main><p>{LONG}</p>{body}<p>{LONG}</p></main></body></html>".encode(), "x")


def texts(fetched: Fetched, **answers: tuple[str, ...] | str) -> list[str]:
    return [block.text for block in extract(fetched, Answers(**answers)).blocks[1:-1]]  # type: ignore[arg-type]


def test_what_is_no_part_of_a_text_is_left_out_by_its_first_words() -> None:
    body = "<p>Share this.</p><p>One.</p><h2>Related</h2><p>Boats.</p><p>Harbours.</p><p>Two.</p>"
    assert texts(page(body), leave_out=("Share",)) == ["One.", "Related", "Boats.", "Harbours.", "Two."]
    assert texts(page(body), leave_out=("Share", "Related … Harbours.")) == ["One.", "Two."]
    with pytest.raises(ExtractionError, match="no passage begins with “Shame”"):
        extract(page(body), Answers(leave_out=("Shame",)))
    with pytest.raises(ExtractionError, match=r"behind “Related” no passage ends with “Boots\."):
        extract(page(body), Answers(leave_out=("Related ... Boots.",)))


def test_what_would_be_left_out_is_kept_by_its_first_words() -> None:
    body = "<nav><p>Contents of this text.</p></nav><p>It is <del>never</del> so.</p>"
    assert texts(page(body)) == ["It is so."]
    assert texts(page(body), keep=("Contents of", "never")) == ["Contents of this text.", "It is never so."]
    titled = Fetched(f"<h1>The title</h1><p>{LONG}</p>".encode(), "x")
    assert extract(titled).blocks[0].text.startswith("The ferry")
    assert extract(titled, Answers(keep=("The title",))).blocks[0].text == "The title"


def test_one_of_several_languages_is_taken_when_it_is_asked_for() -> None:
    french = (
        "Les maires des deux villes sont convenus de ce qui suit pour les habitants, et se retrouveront au printemps. "
    )
    both = page(f"<p>{french * 3}</p>")
    assert re.fullmatch(
        r"it has text in several languages, en \(\d+ %\) and fr \(\d+ %\); --language en takes one .*",
        extract(both).doubts["language"],
    )
    found = extract(both, Answers(language="fr"))
    assert (found.doubts, found.languages) == ({}, ("fr",))
    assert [block.text for block in found.blocks] == [" ".join((french * 3).split())]
    assert [left.why for left in found.left] == ["in another language, en"] * 2
    with pytest.raises(ExtractionError, match=r"no text in 'de' \(languages: en, fr\)"):
        extract(both, Answers(language="de"))


JAPANESE = "両町は、渡し船が最も短い道であることを認める。渡し船は毎日運航する。市長は乗組員に感謝した。"
CHINESE = "两个城镇承认渡船是最短的道路。渡船每天运行。市长感谢船员，并将于明年春天再次会面。"
TAIWANESE = "兩個城鎮承認渡船是最短的道路。渡船每天運行。市長感謝船員，並將於明年春天再次會面。"
KOREAN = "두 도시는 나룻배가 가장 짧은 길임을 인정한다. 나룻배는 매일 운항한다. 시장은 승무원에게 감사했다."
RUSSIAN = "Оба города признают, что паром является кратчайшим путём. Паром ходит каждый день, и мэры встретятся вновь."
FRENCH = "Le Conseil’s “sûr” bac – le lien — relie les deux villes à toute heure, côté mer… 5 €."
POLISH = "Oba miasta uznają, że prom jest najkrótszą drogą; żaden pasażer nie płaci."


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        (text, encoding, said)
        for text, encoding, names in (
            (JAPANESE, "shift_jis", ("", "Shift_JIS", "x-sjis")),
            (JAPANESE, "cp932", ("shift-jis", "windows-31j")),
            (JAPANESE, "euc_jp", ("", "EUC-JP")),
            (JAPANESE, "iso2022_jp", ("", "ISO-2022-JP", "utf-8")),
            (JAPANESE, "utf-8", ("", "utf-8", "shift_jis", "iso-8859-1")),
            (JAPANESE, "utf-16", ("",)),
            (CHINESE, "gb2312", ("", "gb2312", "gbk")),
            (TAIWANESE, "big5", ("", "big5")),
            (KOREAN, "euc_kr", ("", "euc-kr", "ks_c_5601-1987")),
            (RUSSIAN, "cp1251", ("", "windows-1251")),
            (RUSSIAN, "koi8-r", ("koi8-r",)),
            (FRENCH, "cp1252", ("", "iso-8859-1", "windows-1252", "us-ascii", "utf-8", "no-such-encoding")),
            (FRENCH, "cp1252", ("hex", "rot13", "idna", "undefined", "unicode_escape", "utf-7", "cp037")),
            (FRENCH, "utf-8", ("", "iso-8859-1", "windows-1252", "utf-16")),
            (POLISH, "iso8859-2", ("iso-8859-2",)),
        )
        for said in names
    ],
)
def test_encodings_are_found_as_browsers_find_them(text: str, encoding: str, said: str) -> None:
    metas = [f'<meta charset="{said}">', f"<meta http-equiv='Content-Type' content='text/html; charset={said}'>"]
    for meta in metas if said else ("",):
        whole = f"<html><head>{meta}</head><body><p>{text}</p></body></html>"
        assert decode(whole.encode(encoding))[0] == whole
    assert decode(f"<p>{text}</p>".encode(encoding), said)[0] == f"<p>{text}</p>"


def test_the_server_s_encoding_comes_before_the_page_s_and_a_guess_is_told() -> None:
    whole = f'<meta charset="koi8-r"><p>{RUSSIAN}</p>'
    assert decode(whole.encode("cp1251"), "windows-1251") == (whole, "")
    assert decode(f'<html lang="pl"><p>{POLISH}'.encode("cp1250"))[0].endswith(POLISH)
    assert "read as cp1252" in decode(FRENCH.encode("cp1252"))[1]
    text, said = decode(f"<meta charset=utf-8><p>{FRENCH * 3}".encode() + b"\xff.")
    assert text.endswith("5 €.\ufffd.")
    assert said.startswith("1 signs of it cannot be read as utf-8")


@pytest.mark.parametrize("content", [b"PK\x03\x04" + b"words " * 99, b"{\\rtf1 " + b"words " * 99, b"words\0" * 99])
def test_a_file_that_holds_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(ExtractionError, match="is no page, PDF or text file"):
        extract(Fetched(content, "statement"))


@pytest.mark.parametrize("text", ["> " * 3_000, "- " * 3_000, "[" * 3_000, "<div>" * 3_000, "**_" * 3_000, "<![ [x"])
def test_no_markdown_makes_a_traceback(text: str) -> None:
    with suppress(ExtractionError):
        extract(Fetched(f"{text}\n\n{LONG}".encode(), "x.md"))


def test_marks_of_notes_cost_no_more_than_they_say() -> None:
    found = read(f"<p>{'word<sup>1</sup>' * 15_000} {LONG}</p>").parts[0].text
    assert found.startswith("word[1]word[1]")


def test_a_page_nested_beyond_all_measure_is_refused() -> None:
    with pytest.raises(ExtractionError, match=r"5\d\d deep"):
        read("<div>" * 500 + "words" + "</div>" * 500)
    assert isinstance(read("<div>" * 200 + LONG + "</div>" * 200).parts[0], Block)


def test_nothing_is_fetched_or_expanded() -> None:
    text = (
        '<!DOCTYPE html [<!ENTITY a "bomb"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
        f"<p>{LONG}&b;&f;</p>"
    )
    found = read(text)
    assert "bombbomb" not in "".join(part.text for part in found.parts)
    assert any("&b;&f;" in part.text for part in found.parts)


def test_long_lists_and_wide_tables_cost_no_more_than_they_say() -> None:
    items = "".join(f"<li>{n}</li>" for n in range(20_000))
    assert len(read(f"<ol>{items}</ol>").parts) == 20_000
    row = '<tr><td colspan="99999999" rowspan="99999999">a</td><td>b</td></tr>'
    found = read(f"<table>{row * 5}</table>").parts
    assert all(len(part.text) < 5_000 for part in found)
    assert all(isinstance(part, Block | Left) for part in found)


def test_a_paragraph_of_very_many_lines_is_joined_whole() -> None:
    lines = [f"word{number} of a line that is wrapped, and goes on" for number in range(3_000)]
    assert paragraphs(lines) == [" ".join(lines)]
