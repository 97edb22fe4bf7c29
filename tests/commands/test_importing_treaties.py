"""Long texts, end to end: a treaty in three forms, brought in whole by one command, with its clauses.

It has 180 articles as a page, and 60 in the forms that are dearer to read.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from macros.checks.run import check
from macros.commands.importer.blocks import Block
from macros.commands.importer.command import run
from macros.commands.importer.extraction import extract
from macros.commands.importer.fetching import Fetched
from macros.commands.importer.outline import Part, outline
from macros.commands.importer.placement import place, sentences
from macros.derived.lineage import lineage
from macros.model.edition import Edition
from macros.model.loading import load
from macros.model.passage import Clause
from tests.commands.treaty import PREAMBLE, TITLE, Article, articles, as_page, as_pdf, as_text
from tests.invented import Collection

pytestmark = pytest.mark.long

ARTICLES = articles()
NAMES = ("treaty.html", "treaty.txt", "treaty.pdf")
RECORD = f"---\nkind: declaration\ntitle: {TITLE}\ndate: {{}}\nseries: Treaties\nrights: Invented.\n---\n\n# {TITLE}\n\nInvented.\n"


SOME = ARTICLES[:60]


def form(name: str, some: Sequence[Article] = SOME) -> bytes:
    if name.endswith(".pdf"):
        return as_pdf(some)
    return (as_page(some) if name.endswith(".html") else as_text(some)).encode()


def bring_in(tmp_path: Path, id: str, name: str, content: bytes, **options: object) -> Edition:
    file = tmp_path / name
    file.write_bytes(content)
    docs = tmp_path / "docs"
    assert run((id,), docs=docs, source=str(file), is_sure=True, is_quiet=True, **options) == 0  # type: ignore[arg-type]
    return load(docs)


@pytest.mark.parametrize("name", NAMES)
def test_one_command_brings_in_a_treaty_with_a_clause_for_each_article(
    name: str, collection: Collection, tmp_path: Path
) -> None:
    collection({"declarations/treaty-2007.md": RECORD.format("2007-05-07")})
    edition = bring_in(tmp_path, "treaty-2007", name, form(name), clauses="articles")
    assert [str(problem) for problem in check(edition)] == []
    preamble, *found = edition.documents["treaty-2007"].clauses
    assert (preamble.id, preamble.own) == ("preamble", (PREAMBLE,))
    assert [clause.id for clause in found[:2]] == ["art-1-use-ferries", "art-2-use-piers"]
    assert [clause.name for clause in found] == [f"Article {each.number} {each.title}" for each in SOME]
    for clause, article in zip(found, SOME, strict=True):
        assert clause.own[-6:] == article.lines
        head = f"PART {article.number // 20 + 1} " if article.number % 20 == 1 else ""
        assert " ".join(clause.own[:-6]) == f"{head}Article {article.number} {article.title}"


def test_with_its_headings_given_word_for_word_a_treaty_is_placed_without_help(
    collection: Collection, tmp_path: Path
) -> None:
    headings = "".join(
        f"\n## Article {each.number} {each.title} {{ #a-{each.number} }}\n\nInvented.\n" for each in SOME
    )
    collection({"declarations/treaty-2007.md": RECORD.format("2007-05-07") + headings})
    for name in NAMES:
        clauses = load(tmp_path / "docs").documents["treaty-2007"].clauses
        blocks = extract(Fetched(form(name), name)).blocks
        placed = place(blocks, clauses)
        words = {bool(section.clause): 0 for section in placed}
        for section in placed:
            words[bool(section.clause)] += sum(len(part.text.split()) for part in section.parts)
        assert words[True] > 0.99 * sum(words.values())
        assert len([section for section in placed if section.clause]) == len(SOME)


@pytest.mark.parametrize("name", NAMES)
def test_a_revision_takes_the_ids_of_the_text_before_where_the_words_are_alike(
    name: str, collection: Collection, tmp_path: Path
) -> None:
    records = {f"declarations/treaty-{day[:4]}.md": RECORD.format(day) for day in ("2007-05-07", "2012-05-07")}
    collection(records)
    first = articles(40)
    bring_in(tmp_path, "treaty-2007", "first.html", as_page(first).encode(), clauses="articles")
    kept = [first[0], first[2], *first[4:20], first[3], *first[20:]]  # one is gone, one has moved
    revised = [type(each)(n, each.title, each.paragraphs, each.items) for n, each in enumerate(kept, 1)]
    edition = bring_in(
        tmp_path,
        "treaty-2012",
        name,
        form(name, revised).replace(b"7 May 2007", b"7 May 2012"),
        clauses="articles",
        accept=["date"],
    )
    ids = [clause.id for clause in edition.documents["treaty-2007"].clauses[1:]]
    assert [c.id for c in edition.documents["treaty-2012"].clauses[1:]] == [
        ids[0],
        ids[2],
        *ids[4:20],
        ids[3],
        *ids[20:],
    ]
    revised_text = edition.documents["treaty-2012"]
    states = [lineage(edition, clause, revised_text.file)[-1].state for clause in revised_text.clauses[1:]]
    assert states[0] == "restated"
    assert states.count("renumbered") >= len(states) - 3, "those behind a part's heading have other words"
    assert [str(problem) for problem in check(edition)] == []


def test_of_many_articles_with_nearly_the_same_words_each_takes_its_own_id() -> None:
    def written(some: Sequence[Article]) -> tuple[Block, ...]:
        return extract(Fetched(as_page(some).encode(), "x.html")).blocks

    def clause(part: Part, blocks: Sequence[Block]) -> Clause:
        return Clause("x", part.id, part.name, 0, 0, tuple(block.text for block in blocks[part.start : part.end]))

    first = written(ARTICLES)
    earlier = [clause(part, first) for part in outline(first, "articles", (), ())]
    kept = [each for each in ARTICLES if each.number not in (7, 50)]
    kept.insert(60, kept.pop(30))
    revised = written([replace(each, number=number) for number, each in enumerate(kept, 1)])
    found = {part.name.split(" ", 2)[2]: part.id for part in outline(revised, "articles", (), earlier)[1:]}
    ids = {clause.name.split(" ", 2)[2]: clause.id for clause in earlier[1:]}
    assert found == {title: id for title, id in ids.items() if title in found}
    assert len(found) == 178


def test_a_new_article_takes_no_id_for_words_that_all_articles_have() -> None:
    earlier = [
        Clause("x", part.id, part.name, 0, 0, tuple(block.text for block in blocks[part.start : part.end]))
        for blocks in (extract(Fetched(as_page(ARTICLES).encode(), "x.html")).blocks,)
        for part in outline(blocks, "articles", (), ())
    ]
    kept = [each for each in ARTICLES if each.number != 50]
    first = kept[19]  # is split, and its second half is new
    kept[19:20] = [
        replace(first, paragraphs=first.paragraphs[:2]),
        replace(first, title="Protection of what is kept", paragraphs=("It shall apply to:", first.paragraphs[2])),
    ]
    revised = [replace(each, number=number) for number, each in enumerate(kept, 1)]
    found = outline(extract(Fetched(as_page(revised).encode(), "x.html")).blocks, "articles", (), earlier)
    new = next(part.id for part in found if part.name.endswith("Protection of what is kept"))
    assert new not in {clause.id for clause in earlier}
    assert len({clause.id for clause in earlier} & {part.id for part in found}) == len(earlier) - 1


def parts(*texts: str | tuple[str, int]) -> list[tuple[str, str]]:
    blocks = [Block(text) if isinstance(text, str) else Block(*text) for text in texts]
    return [(part.id, part.name) for part in outline(blocks, "articles", (), ())]


def test_articles_are_found_in_every_form_and_no_sentence_is_one() -> None:
    assert parts("The towns agree:", "Article 1 Use of terms For the purposes of this treaty a ferry is a boat.", "Article 5 shall apply.", ("Article 2", 4), ("Fares", 4), "None.") == [
        ("preamble", "Preamble"), ("art-1", "Article 1"), ("art-2-fares", "Article 2 Fares"),
    ]  # fmt: skip
    assert parts(("Part I", 2), ("Article I. – The ferry", 3), "It runs.", ("Article II: Fares", 3), "None.", ("Annex A", 2), "A list.") == [
        ("art-i-ferry", "Article I. – The ferry"), ("art-ii-fares", "Article II: Fares"), ("annex-a", "Annex A"),
    ]  # fmt: skip
    assert parts("前文", ("第一条 目的", 3), "渡し船。", ("第二条", 3), "運賃。") == [
        ("preamble", "Preamble"),
        ("art-1", "第一条 目的"),
        ("art-2", "第二条"),
    ]
    assert parts("Erwägungen", ("Artikel 1", 3), "Fähre.", ("Artikel 1 bis", 3), "Mehr.") == [
        ("preamble", "Preamble"),
        ("art-1", "Artikel 1"),
        ("art-1-bis", "Artikel 1 bis"),
    ]


def test_headings_make_clauses_with_ids_that_stay() -> None:
    blocks = [
        Block("Before."),
        Block("The ferry", 2),
        Block("Hours", 3),
        Block("Always."),
        Block("Hours", 3),
        Block("Never."),
        Block("運賃", 2),
        Block("なし。"),
    ]
    found = outline(blocks, "headings", (), ())
    assert [(part.id, part.name) for part in found] == [
        ("preamble", "Preamble"),
        ("hours", "Hours"),
        ("hours-2", "Hours"),
        ("part-4", "運賃"),
    ]
    assert all(re.fullmatch("[a-z][a-z0-9-]*", part.id) for part in found)
    assert [(part.start, part.end) for part in found] == [(0, 1), (1, 4), (4, 6), (6, 8)]


def test_a_text_without_articles_is_refused_with_what_to_do(
    collection: Collection, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    collection({"declarations/treaty-2007.md": RECORD.format("2007")})
    file = tmp_path / "treaty.html"
    file.write_text(f"<h1>{TITLE}</h1><p>{PREAMBLE * 5}</p>")
    assert run(("treaty-2007",), docs=tmp_path / "docs", source=str(file), is_sure=True, clauses="articles") == 1
    assert (
        "the text has no articles of which clauses could be made: it has 0 headings; leave --clauses out"
        in capsys.readouterr().err
    )


LICENCES = Path("/usr/share/common-licenses")


@pytest.mark.skipif(not (LICENCES / "GPL-3").exists(), reason="no licence texts are on this machine")
def test_a_long_real_text_comes_in_whole_with_its_sections(collection: Collection, tmp_path: Path) -> None:
    collection({"declarations/gpl-3.md": RECORD.format("2007-06-29").replace(TITLE, "GNU General Public License")})
    content = (LICENCES / "GPL-3").read_bytes()
    edition = bring_in(tmp_path, "gpl-3", "GPL-3", content, clauses="headings")
    assert [str(problem) for problem in check(edition)] == []
    clauses = edition.documents["gpl-3"].clauses
    sections = [match[0] for clause in clauses if (match := re.match(r"\d+(?=-)", clause.id))]
    assert sections == [str(number) for number in range(18)]
    assert {"preamble", "9-acceptance-not-required-having-copies"} <= {clause.id for clause in clauses}
    words = re.findall(r"\w+", content.decode())
    title = "GNU GENERAL PUBLIC LICENSE".split()
    assert words == [*title, *re.findall(r"\w+", edition.witnesses["gpl-3"].text)]


@pytest.mark.parametrize("mark", ["0.", "12.", "2.1.", "(a)", "b)", "IV.", "(iii)"])
def test_a_number_begins_a_sentence_and_ends_none(mark: str) -> None:
    assert sentences(f"{mark} The ferry runs. It is free.") == [f"{mark} The ferry runs.", "It is free."]


def test_like_names_of_other_articles_are_no_mistake_where_the_words_tell(
    collection: Collection, tmp_path: Path
) -> None:
    collection({f"declarations/treaty-{day[:4]}.md": RECORD.format(day) for day in ("2007-05-07", "2012-05-07")})
    first = (
        "<p>A ferry in the sense of this treaty is any boat that carries more than ten passengers over the water.</p>"
    )
    other = "<p>Whoever breaks the rules of landing pays five crowns to the town whose pier was damaged by him.</p>"
    alike = first.replace("ten passengers", "twelve passengers")
    for body, problems in ((other, []), (alike, ["clause-id-is-distinct", "silence-is-certain"])):
        for day, name, text in (("7 May 2007", "Definition", first), ("7 May 2012", "Definitions", body)):
            page = f"<h1>{TITLE}</h1><p>{PREAMBLE.replace('7 May 2007', day)}</p><h2>{name}</h2>{text}<h2>End of {day}</h2><p>Done.</p>"
            edition = bring_in(tmp_path, f"treaty-{day[-4:]}", "treaty.html", page.encode(), clauses="headings")
        path = tmp_path / "docs/declarations/treaty-2012.md"
        path.write_text(re.sub(r"(## Definitions \{ )#[\w-]+", r"\1#definitions", path.read_text()))
        assert sorted({problem.rule for problem in check(load(tmp_path / "docs"))}) == problems
    assert edition.documents["treaty-2012"].is_in_full
