"""The importer: what it keeps, leaves out and says so, or loses of invented pages, and of a long treaty.

What is lost is counted in another way than the importer's own: all letters of a page's body, less those that were kept
or told; no word can be lost without them.  What is added are numbers and letters that a browser prints before items.
"""

import time
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from lxml import html

from macros.commands.importer.blocks import Block
from macros.commands.importer.encoding import decode
from macros.commands.importer.extraction import extract
from macros.commands.importer.fetching import Fetched
from macros.commands.importer.outline import outline
from macros.commands.importer.page import read
from macros.commands.importer.placement import place
from macros.model.passage import Clause
from tests.bench.report import Finding, Part
from tests.commands.treaty import Article, articles, as_page, as_pdf, as_text

PAGES = Path(__file__).parent.parent / "commands" / "pages"
MOST_SECONDS = 3.0  # of processor time for 10,000 words
LEAST_PLACED = 95.0  # of 100 words, under headings given word for word


def part(length: int = 180) -> Part:
    """Measure the pages that the tests read, and a treaty of so many articles in its three forms."""
    pages = [_page(path) for path in sorted(PAGES.glob("*.html"))]
    some = articles(length)
    forms = [
        _treaty(*form, some)
        for form in (
            ("a page", "x.html", as_page(some).encode()),
            ("plain text", "x.txt", as_text(some).encode()),
            ("a PDF", "x.pdf", as_pdf(some)),
        )
    ]
    return Part(
        tables=[
            ("Import: pages", ("page", "words kept", "words told", "letters lost", "letters added", "blocks"), pages),
            (
                f"Import: a treaty of {length} articles",
                ("form", "words", "clauses", "placed, %", "s per 10,000 words"),
                [
                    (name, f"{words:,}", str(count), f"{placed:.1f}", f"{s:.2f}")
                    for name, words, count, placed, s in forms
                ],
            ),
        ],
        findings=[
            Finding("letters of pages lost in silence", 0, "", float(sum(int(row[3]) for row in pages))),
            *(
                Finding(f"words placed of {name}", LEAST_PLACED, " %", placed, is_least=True)
                for name, *_, placed, _ in forms
            ),
            *(Finding(f"reading {name}, 10,000 words", MOST_SECONDS, " s", seconds) for name, *_, seconds in forms),
        ],
    )


def _letters(*texts: str) -> Counter[str]:
    return Counter(sign for text in texts for sign in unicodedata.normalize("NFKC", text) if sign.isalnum())


def _page(path: Path) -> tuple[str, ...]:
    text = decode(path.read_bytes())[0]
    tree = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", remove_comments=True))
    for silent in list(tree.iter("script", "style", "template", "title")):
        silent.drop_tree()
    found = read(text)
    kept = [part.text for part in found.parts if isinstance(part, Block)]
    told = [*(part.text for part in found.parts if not isinstance(part, Block)), found.outside]
    there, said = _letters(tree.text_content()), _letters(*kept, *told)
    counts = [sum(len(text.split()) for text in some) for some in (kept, told)]
    lost, added = (there - said).total(), (said - there).total()
    return (path.stem, *map(str, (*counts, lost, added, len(kept))))


def _treaty(name: str, address: str, content: bytes, some: Sequence[Article]) -> tuple[str, int, int, float, float]:
    start = time.process_time()
    found = extract(Fetched(content, address))
    seconds = time.process_time() - start
    clauses = [Clause("x", f"a-{one.number}", f"Article {one.number} {one.title}", 0, 0) for one in some]
    sizes = [
        (section.clause, sum(len(part.text.split()) for part in section.parts))
        for section in place(found.blocks, clauses)
    ]
    placed = 100 * sum(size for clause, size in sizes if clause) / sum(size for _, size in sizes)
    return name, found.words, len(outline(found.blocks, "articles", (), ())), placed, seconds * 10_000 / found.words
