"""The importer, end to end: a local web server with invented pages shaped like official sites, good, slow and broken."""

import errno
import hashlib
import io
import os
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

from macros.checks.run import check
from macros.commands.cli import main
from macros.commands.importer.blocks import Block, ExtractionError
from macros.commands.importer.command import run
from macros.commands.importer.extraction import Extracted, extract
from macros.commands.importer.fetching import Fetched, FetchError, fetch
from macros.commands.importer.placement import is_heading, place, sentences
from macros.commands.importer.plan import plan
from macros.derived.lookup import find_clause
from macros.derived.proof import quotations
from macros.model.date import Date
from macros.model.loading import load
from tests.bench.serving import running
from tests.invented import Collection

pytestmark = pytest.mark.long

TITLE = "Joint Statement of the Ferry Council"
PARAGRAPHS = [
    "Mayor Ada Strand of Northpier and Mayor Ben Holm of Southpier met at the old harbour office on May 7, 2007.",
    "I. Crossings",
    "The Council decided that the ferry shall run at all hours of the day and the night, and for every inhabitant of both towns. "
    "The boats will be manned by two crews, which change at noon.",
    "II. Money",
    "Fares are abolished for all passengers from the first day of June. The costs are borne by both towns in equal parts.",
    "The mayors thanked the U.S. crew that had brought the new boat [the “Eel”] over the sea; it cost 1,000 * 2 crowns & more.",
]


FRENCH = [
    "Les maires des deux villes sont convenus de ce qui suit pour les habitants, et se retrouveront au printemps.",
    "La réunion du May 7, 2007 est conduite par Ada Strand, qui est le maire de la ville, et par les membres du conseil.",
] * 3


def page(paragraphs: list[str] = PARAGRAPHS, title: str = TITLE, date: str = "May 7, 2007") -> str:
    """Return a page as an official site would set it: navigation, aside, footer, print link, soft hyphens, hard spaces."""
    body = "\n".join(
        f"<h2>{text}</h2>"
        if re.match(r"[IVX]+\. ", text)
        else f"<p>{text.replace('inhabitant', 'in&shy;habitant').replace('at all', 'at&nbsp;all')}</p>"
        for text in paragraphs
    )
    return f"""<!DOCTYPE html><html lang="en"><head><title>{title} | City of Northpier</title>
<meta name="description" content="Press releases of the city"><script>var a = "{title}";</script></head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/press">Press</a></li><li><a href="/ja">日本語</a></li></ul></nav></header>
<main><article><h1>{title}</h1><p class="date">{date}</p><p class="tools"><a href="?print=1">Print</a></p>
{body}
</article></main><aside><h3>Related</h3><ul><li><a href="/1">Harbour news</a></li></ul></aside>
<footer><p>Copyright City of Northpier. <a href="/imprint">Imprint</a></p></footer></body></html>"""


def pdf(paragraphs: list[str] = PARAGRAPHS) -> bytes:
    style = getSampleStyleSheet()["BodyText"]
    style.leading, style.fontSize = 16, 12
    file = io.BytesIO()
    story: list[object] = [Paragraph(f"{TITLE}, May 7, 2007", style)]
    for number, text in enumerate(paragraphs):
        story.append(Paragraph(text.replace("&", "&amp;"), style))
        if number == 2:
            story.append(PageBreak())

    def running(canvas: object, document: object) -> None:
        canvas.drawString(72, 30, f"- {canvas.getPageNumber()} -")  # type: ignore[attr-defined]

    SimpleDocTemplate(file, title=TITLE).build(story, onFirstPage=running, onLaterPages=running)  # type: ignore[arg-type]
    return file.getvalue()


class Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients here break off on purpose."""


class Site:
    """What the server answers, by path, and what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        self.asked: list[tuple[str, str]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append((self.path, self.headers.get("Range", "")))
                site.answers[self.path](self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def page(self, path: str, text: str | bytes, status: int = 200, headers: dict[str, str] | None = None) -> None:
        content = text.encode() if isinstance(text, str) else text

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            for name, value in ({"Content-Type": "text/html; charset=utf-8"} | (headers or {})).items():
                request.send_header(name, value)
            request.send_header("Content-Length", str(len(content)))
            request.end_headers()
            request.wfile.write(content)

        self.answers[path] = answer


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    with running(made.server):
        yield made


@pytest.fixture
def docs(collection: Collection, tmp_path: Path, site: Site) -> Path:
    """Return the invented collection, with an official address on the statement that is held in excerpts."""
    collection(
        changes={
            "declarations/ferry-2007.md": (
                "rights: Invented",
                f"official:\n  - {{publisher: Northpier, url: {site.address}/statement, language: en}}\n"
                "participants:\n  - {name: Ada Strand, office: Mayor, party: Northpier}\nrights: Invented",
            )
        }
    )
    return tmp_path / "docs"


def bring_in(docs: Path, tmp_path: Path, *ids: str, **options: object) -> int:
    return run(ids or ("ferry-2007",), docs=docs, cache=tmp_path / "cache", pause=0, **{"is_sure": True, **options})  # type: ignore[arg-type]


def test_from_an_address_to_a_verified_document(
    docs: Path, site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.page("/statement", page())
    assert bring_in(docs, tmp_path) == 0
    edition = load(docs)
    document = edition.documents["ferry-2007"]
    assert document.is_in_full
    witness = edition.witnesses["ferry-2007"]
    assert witness.text == "\n\n".join(PARAGRAPHS) + "\n"
    assert witness.front.url == f"{site.address}/statement"
    assert [clause.id for clause in document.clauses] == ["unplaced-1", "timetable", "fares", "unplaced-2"]
    assert document.clauses[1].text.startswith("I. Crossings The Council decided that the ferry shall run at all hours")
    assert document.clauses[2].summary == ("Fares are abolished.",)
    assert "[the “Eel”] over the sea; it cost 1,000 * 2 crowns & more." in document.clauses[3].text
    assert [str(problem) for problem in check(edition)] == []
    assert {q.target: q.status for q in quotations(edition)}["ferry-2007#timetable"] == "verified"
    said = capsys.readouterr().err
    assert "becomes verified, with a variant" in said
    assert "Next: in" in said


def test_the_same_text_again_changes_nothing(
    docs: Path, site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.page("/statement", page())
    bring_in(docs, tmp_path)
    before = {path: path.read_bytes() for path in docs.rglob("*") if path.is_file()}
    assert bring_in(docs, tmp_path) == 0
    assert {path: path.read_bytes() for path in docs.rglob("*") if path.is_file()} == before
    assert "nothing to do" in capsys.readouterr().err


def test_a_corrected_text_shows_what_it_touches(
    docs: Path, site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.page("/statement", page())
    bring_in(docs, tmp_path)
    capsys.readouterr()
    site.page("/statement", page([text.replace("at all hours of", "at most hours of") for text in PARAGRAPHS]))
    assert bring_in(docs, tmp_path) == 0
    said = capsys.readouterr().err
    assert "no longer agrees with 'ferry-2007#timetable'" in said
    found = [problem for problem in check(load(docs)) if problem.rule == "quotation-matches"]
    assert len(found) == 1
    assert "[-most-] {+all+}" in found[0].message
    edition = load(docs)
    assert "at most hours" in find_clause(edition, "ferry-2007#timetable").text


def test_what_a_contributor_cut_and_pasted_stays_where_it_was_put(docs: Path, site: Site, tmp_path: Path) -> None:
    site.page("/statement", page())
    bring_in(docs, tmp_path)
    path = docs / "declarations/ferry-2007.md"
    text = path.read_text("utf-8")
    cut = re.sub(r"## Not yet placed[^\n]*#unplaced-2[^\n]*\n+", "", text)
    assert cut != text
    path.write_text(cut.replace("Fares are abolished. {{", "Fares are abolished, and the crew is thanked. {{"), "utf-8")
    moved = path.read_text("utf-8")
    quoted = re.findall(r"> The mayors thanked[^\n]*\n", moved)[0]
    path.write_text(moved.replace(quoted, "").replace("in equal parts.\n", f"in equal parts.\n>\n{quoted}", 1), "utf-8")
    assert [str(problem) for problem in check(load(docs))] == []
    site.page("/statement", page([*PARAGRAPHS, "Both towns will meet again."]))
    assert bring_in(docs, tmp_path) == 0
    clause = find_clause(load(docs), "ferry-2007#fares")
    assert "The mayors thanked" in clause.text
    assert clause.summary == ("Fares are abolished, and the crew is thanked.",)


def test_a_no_writes_nothing(docs: Path, site: Site, tmp_path: Path) -> None:
    site.page("/statement", page())
    before = {path: path.read_bytes() for path in docs.rglob("*") if path.is_file()}
    asked: list[str] = []

    def no(question: str) -> bool:
        asked.append(question)
        return False

    assert bring_in(docs, tmp_path, is_sure=False, ask=no) == 1
    assert asked == ["Write ferry-2007?"]
    assert {path: path.read_bytes() for path in docs.rglob("*") if path.is_file()} == before


def test_a_pdf(docs: Path, tmp_path: Path) -> None:
    file = tmp_path / "statement.pdf"
    file.write_bytes(pdf())
    assert bring_in(docs, tmp_path, source=str(file)) == 0
    edition = load(docs)
    assert [
        paragraph.replace("- ", "-") for paragraph in edition.witnesses["ferry-2007"].text.strip().split("\n\n")
    ] == PARAGRAPHS
    assert edition.witnesses["ferry-2007"].front.url is None
    assert [str(problem) for problem in check(edition)] == []


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "another title",
            page(title="Annual Report of the Library"),
            "its title “Joint Statement of the Ferry Council” does not stand on it, which calls itself “Annual Report",
        ),
        (
            "another date",
            page([text.replace("May 7, 2007", "July 9, 1999") for text in PARAGRAPHS], date="July 9, 1999"),
            "the date May 2007 does not stand on it (July 9, 1999 do)",
        ),
        (
            "other people",
            page([text.replace("Ada Strand", "Eva Sund") for text in PARAGRAPHS]),
            "it does not name Ada Strand",
        ),
        (
            "two languages",
            page([*PARAGRAPHS, *FRENCH]),
            "it has text in several languages, ",
        ),
        ("another language", page(FRENCH), "its words are in 'fr', and the record says 'en'"),
        ("a notice", page(["This page has moved."]), "holds hardly any text"),
        ("cut off", page()[:-60], "cut off"),
        ("nothing", "", "holds hardly any text"),
        ("many signs", page([*PARAGRAPHS, "&lt; " * 250_000]), "cannot be read again: this file has"),
        ("many elements", page(["a"] * 60_000), "elements, more than 60,000"),
        ("many paragraphs", page(["Ferries go."] * 10_001), "paragraphs of"),
        ("long", page(["Ferries go from dawn to dusk. " * 40_000]), "no file of an edition may hold more"),
    ],
)
def test_a_page_that_is_not_the_document_is_refused(
    name: str, text: str, said: str, docs: Path, site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.page("/statement", text)
    before = (docs / "declarations/ferry-2007.md").read_bytes()
    assert bring_in(docs, tmp_path) == 1
    assert said in capsys.readouterr().err
    assert (docs / "declarations/ferry-2007.md").read_bytes() == before
    assert not (docs / "declarations/ferry-2007.witness.txt").exists()


def test_what_was_accepted_of_a_language_is_written_into_the_witness(docs: Path, site: Site, tmp_path: Path) -> None:
    site.page("/statement", page(FRENCH))
    assert bring_in(docs, tmp_path, accept=["language"]) == 0
    assert "its words are in 'fr', and the record says 'en'" in load(docs).witnesses["ferry-2007"].front.accepted[0]


def test_redirects_and_refusals(docs: Path, site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site.page("/statement", "", 301, {"Location": "/moved"})
    site.page("/moved", page())
    assert bring_in(docs, tmp_path) == 0
    assert load(docs).witnesses["ferry-2007"].front.url == f"{site.address}/moved"
    site.page("/circle", "", 302, {"Location": "/circle"})
    assert bring_in(docs, tmp_path, source=f"{site.address}/circle") == 1
    site.page("/gone", "no", 404)
    assert bring_in(docs, tmp_path, source=f"{site.address}/gone") == 1
    said = capsys.readouterr().err
    assert "redirects in a circle" in said
    assert "answers 404" in said


def test_a_busy_server_is_asked_again(site: Site, tmp_path: Path) -> None:
    def busy(request: BaseHTTPRequestHandler) -> None:
        site.page("/busy", page())
        request.send_response(503)
        request.send_header("Content-Length", "0")
        request.end_headers()

    site.answers["/busy"] = busy
    assert b"Ferry Council" in fetch(f"{site.address}/busy", tmp_path, pause=0).content
    assert len(site.asked) == 2


def test_a_broken_answer_is_taken_up_where_it_broke_off(site: Site, tmp_path: Path) -> None:
    content = page().encode() * 40
    breaks = [60_000, 110_000]

    def answer(request: BaseHTTPRequestHandler) -> None:
        start = int(re.findall(r"\d+", request.headers["Range"])[0]) if request.headers.get("Range") else 0
        stop = breaks.pop(0) if breaks else len(content)
        request.send_response(206 if start else 200)
        request.send_header("ETag", '"one"')
        request.send_header("Content-Length", str(len(content) - start))
        request.end_headers()
        request.wfile.write(content[start:stop])
        request.close_connection = True

    site.answers["/long"] = answer
    assert fetch(f"{site.address}/long", tmp_path, pause=0).content == content
    assert site.asked[0][1] == ""
    assert all(asked.startswith("bytes=") for _, asked in site.asked[1:])
    assert list(tmp_path.iterdir()) == []


def test_an_interruption_loses_nothing(site: Site, tmp_path: Path) -> None:
    content = page().encode() * 40

    def broken(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("ETag", '"one"')
        request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        request.wfile.write(content[:50_000])
        request.close_connection = True

    site.answers["/long"] = broken
    with pytest.raises(FetchError, match="bytes are kept and taken up the next time"):
        fetch(f"{site.address}/long", tmp_path, pause=0)
    held = sum(path.stat().st_size for path in tmp_path.glob("*.part"))
    assert held > 0
    assert fetch_rest(site, content, held, tmp_path) == content


def fetch_rest(site: Site, content: bytes, held: int, cache: Path) -> bytes:
    def rest(request: BaseHTTPRequestHandler) -> None:
        assert request.headers["Range"] == f"bytes={held}-"
        request.send_response(206)
        request.send_header("ETag", '"one"')
        request.send_header("Content-Length", str(len(content) - held))
        request.end_headers()
        request.wfile.write(content[held:])

    site.answers["/long"] = rest
    return fetch(f"{site.address}/long", cache, pause=0).content


@pytest.mark.parametrize("known", ["", '"zer', '"zero"'])
def test_interrupted_no_two_states_of_a_page_are_mixed(
    known: str, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bytes of one state are held, and it is broken off just when it is written down that another one comes."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("ETag", '"one"')
        request.send_header("Content-Length", "3")
        request.end_headers()
        request.wfile.write(b"new")

    address = f"{site.address}/long"
    site.answers["/long"] = answer
    part = tmp_path / f"{hashlib.sha256(address.encode()).hexdigest()[:24]}.part"
    label = part.with_suffix(".label")
    part.write_bytes(b"old bytes")
    label.write_text(known)
    real = Path.write_text

    def interrupt(path: Path, text: str, encoding: str) -> int:
        real(path, text, encoding)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", interrupt)
        with pytest.raises(KeyboardInterrupt):
            fetch(address, tmp_path, pause=0)
    assert label.read_text() == '"one"'
    assert not part.exists()
    assert fetch(address, tmp_path, pause=0).content == b"new"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("step", "new"), [("rename", []), ("replace", ["ferry-2007.md", "ferry-2007.witness.txt"])])
def test_interrupted_while_writing_both_files_are_old_or_both_are_new(
    step: str, new: list[str], docs: Path, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.page("/statement", page())
    before = {path: path.read_bytes() for path in docs.rglob("*") if path.is_file()}
    real = getattr(Path, step)
    interrupted: list[Path] = []

    def interrupt(path: Path, target: Path) -> Path:
        if path.is_relative_to(docs) and not interrupted:
            interrupted.append(path)
            raise KeyboardInterrupt
        moved: Path = real(path, target)
        return moved

    monkeypatch.setattr(Path, step, interrupt)
    with pytest.raises(KeyboardInterrupt):
        bring_in(docs, tmp_path)
    after = {path: path.read_bytes() for path in docs.rglob("*") if path.is_file()}
    assert sorted(path.name for path in after if after[path] != before.get(path)) == new
    assert before.keys() - after.keys() == set()
    assert check(load(docs)) == ()


def test_what_the_system_refuses_is_said_in_a_sentence(
    docs: Path, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site.page("/statement", page())
    (tmp_path / "statement.html").write_text(page())
    before = {path: path.read_bytes() for path in docs.rglob("*") if path.is_file()}
    real = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.is_relative_to(docs):
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return real(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    command = ["import", "ferry-2007", "--docs", str(docs), "--yes", "--from", str(tmp_path / "statement.html")]
    assert main(command) == 1
    said = capsys.readouterr().err
    assert said.splitlines()[-1].startswith("It was broken off: No space left on device ('")
    assert said.endswith("'): make room and run it again.\n")
    assert "Traceback" not in said
    assert {path: path.read_bytes() for path in docs.rglob("*") if path.is_file()} == before


def test_two_languages_on_one_page_keep_their_order() -> None:
    japanese = "両町は、渡し船が最も短い道であることを認める。渡し船は毎日運航する。"
    extracted = extract(Fetched(page([*PARAGRAPHS, japanese]).encode(), "x"))
    assert extracted.blocks[-1].text == japanese
    assert sentences(japanese) == ["両町は、渡し船が最も短い道であることを認める。", "渡し船は毎日運航する。"]


@pytest.mark.parametrize("content", [b"%PDF-1.7 broken", b"\x00\x01\x02", b"<html><body></body></html>"])
def test_what_cannot_be_read_is_one_sentence(content: bytes) -> None:
    with pytest.raises(ExtractionError):
        extract(Fetched(content, "x"))


@given(
    st.lists(
        st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Z"]), min_size=1, max_size=8),
        min_size=1,
        max_size=20,
    )
)
def test_sentences_joined_are_the_paragraph(some: list[str]) -> None:
    paragraph = " ".join(some)
    assert "".join("".join(sentences(paragraph)).split()) == "".join(paragraph.split())


def test_abbreviations_end_no_sentence() -> None:
    assert sentences("The U.S. Navy met Mr. Holm. It was late.") == ["The U.S. Navy met Mr. Holm.", "It was late."]
    assert is_heading("II. Money")
    assert not is_heading("Fares are abolished.")


@pytest.mark.parametrize(
    "text",
    [
        "# no heading",
        "> no quotation",
        "- no item",
        "1. no list",
        "*no* _emphasis_",
        "a [link](x)",
        "<b>no tag</b> &amp; &copy;",
        '{{ no("call") }} {% x %}',
        "`no code`",
        "a { .b }",
        "\\ back",
    ],
)
def test_signs_of_markdown_come_in_as_plain_text(text: str, collection: Collection, tmp_path: Path) -> None:
    edition = collection()
    document = edition.documents["ferry-2001"]
    texts = (*(clause.text for clause in document.clauses), f"{text} stands here as it is.")
    extracted = Extracted(TITLE, tuple(Block(text) for text in texts))
    found = plan(edition, document, extracted, address="https://example.org/", retrieved=Date(2026))
    after = collection({"declarations/ferry-2001.md": found.page, "declarations/ferry-2001.witness.txt": found.witness})
    assert [str(problem) for problem in check(after)] == []
    assert " ".join(clause.text for clause in after.documents["ferry-2001"].clauses).endswith(
        f"{text} stands here as it is."
    )


def test_the_words_of_clauses_are_always_the_text_in_its_order(collection: Collection) -> None:
    edition = collection()
    for paragraphs in (PARAGRAPHS, PARAGRAPHS[::-1], PARAGRAPHS * 2):
        placed = place([Block(text) for text in paragraphs], edition.documents["ferry-2007"].clauses)
        joined = " ".join(sentence for section in placed for _, texts in section.paragraphs for sentence in texts)
        assert joined == " ".join(paragraphs)
        named = [section.clause for section in placed if section.clause]
        assert len(named) == len(set(named))


LICENCES = Path("/usr/share/common-licenses")


@pytest.mark.skipif(not (LICENCES / "GPL-3").exists(), reason="no licence texts are on this machine")
def test_two_versions_of_a_long_real_text(collection: Collection, tmp_path: Path) -> None:
    front = "---\nkind: declaration\ntitle: GNU General Public License\ndate: {}\nrights: Free Software Foundation; verbatim copies only.\n---\n\n# GNU General Public License\n"
    clauses = "\n## Preamble { #preamble }\n\nWhy this licence: freedom to share and change free software.\n\n## Source code { #source }\n\nThe source code of a work means its preferred form for making modifications.\n\n## No warranty { #warranty }\n\nThere is no warranty for the program, to the extent permitted by law.\n"
    collection(
        {f"declarations/gpl-{n}.md": front.format(date) + clauses for n, date in ((2, "1991-06"), (3, "2007-06-29"))}
    )
    docs = tmp_path / "docs"
    for n in (2, 3):
        text = (LICENCES / f"GPL-{n}").read_text("utf-8")
        body = "".join(f"<p>{p}</p>" for p in re.split(r"\n\s*\n", text.replace("&", "&amp;").replace("<", "&lt;")))
        file = tmp_path / f"gpl-{n}.html"
        file.write_text(
            f"<!DOCTYPE html><html><head><title>GNU General Public License</title></head><body><article><h1>GNU General Public License</h1>{body}</article></body></html>"
        )
        assert bring_in(docs, tmp_path, f"gpl-{n}", source=str(file)) == 0
    (docs / "licences.md").write_text('# Compared\n\n{{ compare("gpl-2", "gpl-3") }}\n')
    edition = load(docs)
    assert [str(problem) for problem in check(edition)] == []
    assert all(edition.documents[f"gpl-{n}"].is_in_full for n in (2, 3))
    assert {"preamble", "warranty"} <= {clause.id for clause in edition.documents["gpl-3"].clauses if clause.own}


def test_a_slow_server_is_given_up_with_a_sentence(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()

    def slow(request: BaseHTTPRequestHandler) -> None:
        release.wait(5)
        request.close_connection = True

    site.answers["/slow"] = slow
    monkeypatch.setattr("macros.commands.importer.fetching.TIMEOUTS", (0.2, 0.05))
    with pytest.raises(FetchError, match="it took too long"):
        fetch(f"{site.address}/slow", tmp_path, pause=0)
    release.set()


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/", "HTTP://[", "https://", "http://a b/", "https://127.0.0.1:99999"]
)
def test_where_nothing_answers_a_sentence_says_so(address: str, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match=re.escape(address)):
        fetch(address, tmp_path, pause=0)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FetchError, match="is no file"):
        fetch(str(tmp_path / "pipe"), tmp_path)


def test_lists_tables_and_quotation_marks_come_in_as_they_stand() -> None:
    body = page(
        ['The Council agreed “in ‘principle’” on three points and on the "sums" below, as it had in 1999 and in 2003.']
    ).replace(
        "</article>",
        "<ol><li>First, the ferry shall run by day and by night.</li><li>Second, it shall be free of charge for all.</li></ol>"
        "<table><tr><td>Northpier</td><td>1,000 crowns</td></tr><tr><td>Southpier</td><td>1,200 crowns</td></tr></table></article>",
    )
    assert tuple(block.text for block in extract(Fetched(body.encode(), "x")).blocks) == (
        'The Council agreed “in ‘principle’” on three points and on the "sums" below, as it had in 1999 and in 2003.',
        "1. First, the ferry shall run by day and by night.",
        "2. Second, it shall be free of charge for all.",
        "Northpier | 1,000 crowns\nSouthpier | 1,200 crowns",
    )


def test_what_a_stranger_s_page_holds_does_not_steer_a_terminal() -> None:
    steering = "&#x9b;31m\x7f red\u202e turned\u2066"
    said = [f"{paragraph} {steering}" for paragraph in PARAGRAPHS]
    extracted = extract(Fetched(page(said).replace("</title>", f"{steering}</title>").encode(), "x"))
    for text in (extracted.title, *(block.text for block in extracted.blocks), extracted.everything):
        assert not re.search("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", text)
    assert "red turned" in extracted.text
