"""What is one line stays one line: in every export, read back; in messages, annotations and reports; whatever it holds."""

import json
import re
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from macros.checks.run import check
from macros.commands.check import as_github
from macros.commands.impact.report import Report, as_markdown
from macros.commands.impact.touch import changed_pages, touches
from macros.derived.describe import describe
from macros.derived.leaves import made_pages
from macros.derived.search import records as found_by_search
from macros.model.edition import Edition
from macros.model.loading import load
from macros.model.macro import discover
from macros.site.addresses import Site
from macros.site.citations import export, records
from macros.site.feed import feed
from macros.site.metadata import metadata
from macros.text.line import one_line, spelled, spelled_name
from macros.text.problem import Position, Problem
from tests.site.test_citations import of_bibtex, of_ris

pytestmark = pytest.mark.long

BROKEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
"""What ends a line somewhere, or steers a terminal or the order of signs."""

PIECES = (
    "\n", "\r\n", "\r", "\t", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029", "\x00", "\x1b[31m", "\x1b]0;x\x07", "\x9b31m",
    "\u202e", "\u2066", "\ufeff", "TY  - GEN", "ER  - ", "@misc{x,", "{", "}", "\\", "%", "&", "$", "#", "_", "~", "^",
    '"', "'", "“", "”", " and ", "; ", ": ", "---", "|", ">", "`", "```", "<img src=x>", "</script>", "</details>",
    "&amp;", "&#10;", "@someone", "[a](https://example.org)", "![a](b)", "https://example.org", "*", "::error::x",
    "##[error]x", "{{", "}}", "{% endcall %}", "日本", "é", "\u00a0", " ", "ferry", "A",
)  # fmt: skip
HOSTILE = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
ANY = st.text(st.characters(), max_size=40)

SITE = Site("Two towns", address="https://example.org/")


@given(st.one_of(HOSTILE, ANY))
def test_a_line_is_one_and_nothing_else_is_changed(text: str) -> None:
    for line in (one_line(text), spelled(text), spelled_name(text)):
        assert not BROKEN.search(line)
    assert one_line(one_line(text)) == one_line(text)
    assert len(one_line(text).split("\n")) == len(one_line(text).splitlines() or [""]) == 1
    if not BROKEN.search(text):
        assert one_line(text) == text.strip(" ")
    if not any(unicodedata.category(sign) == "Cf" for sign in text) and not BROKEN.search(text):
        assert spelled(text) == text
    problem = Problem(Position("docs/a.md", 1), "rule", text)
    assert not BROKEN.search(str(problem))
    assert not BROKEN.search(as_github(problem))


def test_what_steers_is_spelled_out_where_it_is_spoken_of() -> None:
    assert spelled("a\x1b[31m\tb\u202e\n c") == "a\\x1b[31m b\\u202e c"
    assert spelled_name("a\nb\udcff\u202e\u00a0") == "a\\nb\\xff\\u202e\\xa0"
    assert one_line(" A\ttitle\u2028of\x1b[31m \n two\u00a0lines\u202e ") == "A title of[31m two\u00a0lines"


def front(values: Mapping[str, Any]) -> str:
    return f"---\n{yaml.safe_dump(dict(values), allow_unicode=True, sort_keys=False)}---\n\n"


def written(some: list[str]) -> Iterator[tuple[str, str]]:
    """Yield files of the invented collection that say some texts wherever a line is asked for, one after another."""
    said = iter(some)

    def text() -> str:
        return f"A{next(said)}"

    def heading() -> str:
        return re.sub(r"[\r\n{}]", "", text())

    given = {
        "kind": "commentary", "title": text(), "authors": [{"body": text()}], "publisher": text(), "date": "2007-06",
        "rights": text(), "series": text(), "number": text(), "about": ["ferry-2007"], "description": text(),
    }  # fmt: skip
    yield "commentary/tide.md", front(given) + f"# {heading()}\n\nA paragraph.\n{{{{ note('low') }}}}\n"
    yield "notes/tide.md", f"## {heading()} {{ #low .context }}\n\nIt is low.\n"
    given = {
        "kind": "declaration", "title": text(), "date": "2009-05-04", "rights": text(), "place": text(),
        "participants": [{"name": text(), "office": text(), "party": text()}],
        "outcomes": [{"title": text(), "source": "chronicle"}],
    }  # fmt: skip
    body = f"# {heading()}\n\n## {heading()} {{ #fares }}\n\n{heading()}\n"
    yield "declarations/ferry-2009.md", front(given) + body
    given = {"kind": "thread", "title": text(), "summary": text(), "clauses": ["fares"]}
    yield "threads/fares.md", front(given) + f"# {heading()}\n\n{{{{ thread('fares') }}}}\n"
    yield (
        "glossary.md",
        f'# G\n\n## {heading()} {{ #fc expansion="{heading().replace(chr(34), "")}" }}\n\nThe council.\n',
    )
    yield "news.md", f'# News\n\n## {heading()} {{ #one date="2004-05-11" }}\n\n{heading()}\n'
    yield "bibliography.bib", f"@book{{chronicle,\n  title = {{{heading()}}},\n  author = {{{heading()}}},\n}}\n"


MOST = 32  # texts that `written` asks for


def loaded(folder: Path, some: list[str]) -> Edition:
    for uri, text in written(some):
        (folder / uri).parent.mkdir(exist_ok=True)
        (folder / uri).write_bytes(text.encode("utf-8", "surrogatepass"))
    return load(folder, macros=discover())


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)


def bare(text: str) -> str:
    return " ".join(text.split())


@given(st.lists(HOSTILE, min_size=MOST, max_size=MOST))
def test_every_export_is_read_back_record_by_record(some: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "docs"
        folder.mkdir()
        edition = loaded(folder, some)
    assert {"tide", "ferry-2009"} <= set(edition.documents), edition.problems
    found = [
        record
        for page in (*edition.pages.values(), *made_pages(edition).values())
        for record in records(edition, page, SITE)
    ]
    assert {"tide", "tide-p1", "tide-note-low", "ferry-2009", "ferry-2009-fares", "threads/fares"} <= {
        record.key for record in found
    }
    titles = [(record.key, bare(record.title)) for record in found]
    assert [(back.key, bare(back.title)) for back in of_ris(export(found, "ris"))] == titles
    assert [(back.key, bare(back.title)) for back in of_bibtex(export(found, "bib"))] == titles
    items = json.loads(export(found, "json"))
    assert [(item["id"], bare(item["title"])) for item in items] == titles
    assert not any(BROKEN.search(text) for text in strings(items))
    plain = export(found, "txt").removesuffix("\n").split("\n\n")
    assert [line.partition("] ")[0] for line in plain] == [f"[{key}" for key, _ in titles]
    assert not any(BROKEN.search(line) for line in plain)
    for page in edition.pages.values():
        said = metadata(edition, page, SITE, describe(edition, page))
        assert not any(BROKEN.search(text) for text in strings([list(said.tags), said.data]))
    made = feed(edition.news, title="T", site="https://example.org/", page="https://example.org/news/")
    atom = "{http://www.w3.org/2005/Atom}"
    (entry,) = ET.fromstring(made).findall(f"{atom}entry")
    assert entry.findtext(f"{atom}title") == edition.news[0].title
    assert not any(BROKEN.search(text or "") for text in entry.itertext() if text.strip())
    for term in edition.terms:
        assert not any(BROKEN.search(name) for name in term.names)
    for source in edition.entries.values():
        assert not any(BROKEN.search(text) for text in source.fields.values())
    for hit in found_by_search(edition):
        assert not any(BROKEN.search(text) for text in (hit.label, hit.title, hit.group, *hit.names))


@given(st.lists(HOSTILE, min_size=MOST, max_size=MOST), st.lists(HOSTILE, min_size=MOST, max_size=MOST), HOSTILE)
def test_what_is_said_of_texts_is_one_line_for_each(one: list[str], other: list[str], body: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "docs"
        folder.mkdir()
        before = loaded(folder, one)
        (folder / "case.md").write_bytes(f"{body}\n\n## {body}\n\n[x]({body}) {{{{ cite('{body}') }}}}\n".encode())
        after = loaded(folder, other)
    problems = check(after)
    assert problems
    for problem in problems:
        assert not BROKEN.search(str(problem))
        assert not BROKEN.search(as_github(problem))
        assert str(problem).startswith("docs/")
        assert as_github(problem).startswith("::error file=docs/")
    found = touches(before, after)
    report = as_markdown(Report(found, changed_pages(before, after, found), 0, len(problems)))
    assert not BROKEN.search(report.replace("\n", ""))
    tokens = MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(report)
    inline = [child for token in tokens for child in token.children or ()]
    assert {token.type for token in inline} <= {
        "text", "code_inline", "softbreak", "strong_open", "strong_close", "em_open", "em_close"
    }  # fmt: skip
    assert not any("@" in token.content or "://" in token.content for token in inline if token.type == "text")
    blocks = {token.content.strip() for token in tokens if token.type == "html_block"}
    assert all(re.fullmatch(r"<details>\n<summary>[^<]*</summary>|</details>", block) for block in blocks)
