"""The benchmark compares what can be compared: both corpora are sound, and say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from bench.corpus import CITATIONS, NOTES, SMALLEST, write
from macros.check import check
from macros.loading import load


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    edition, plain = write(tmp_path_factory.mktemp("corpus"), SMALLEST)
    return edition.parent, plain.parent


def test_the_corpus_has_no_problem(corpora: tuple[Path, Path]) -> None:
    edition = load(corpora[0] / "docs")
    assert check(edition) == ()
    assert len(edition.documents) == SMALLEST
    assert {document.kind for document in edition.documents.values()} == {"commentary", "declaration"}
    assert len(edition.witnesses) == SMALLEST
    assert len(edition.notes) == SMALLEST * NOTES
    calls = [call.name for page in edition.pages.values() for call in page.calls]
    assert {name: calls.count(name) for name in set(calls)} == {
        "note": SMALLEST * NOTES,
        "cite": SMALLEST * CITATIONS,
        "compare": 1,
    }


def test_writing_it_twice_gives_the_same_files(corpora: tuple[Path, Path], tmp_path: Path) -> None:
    write(tmp_path, SMALLEST)
    for path in tmp_path.rglob("*.*"):
        assert path.read_bytes() == (corpora[0].parent / path.relative_to(tmp_path)).read_bytes()


def test_both_build_and_hold_the_same_words(corpora: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    pages = []
    for corpus in corpora:
        config = load_config(str(corpus / "mkdocs.yml"), strict=True)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        html = (corpus / "site" / "part-001" / "doc-00003" / "index.html").read_text("utf-8")
        article = html[html.index("<article") : html.index("</article")]
        # The lineage and the backlinks of clauses are the edition's alone.
        article = re.sub(
            r'<(nav|details)[^>]*class="(?:lineage|clause-backlinks)".*?</\1>', " ", article, flags=re.DOTALL
        )
        pages.append(set(re.findall(r"[^\W\d_]+", re.sub(r"<[^>]*>", " ", article))))
    ours_alone = {"BibTeX", "CSL", "Cite", "Context", "JSON", "RIS", "words", "document", "In", "our", "s"}
    assert pages[1] - pages[0] == set()
    assert pages[0] - pages[1] <= ours_alone | {"The", "Link", "to", "Participants"}
    # Every note and citation of the plain page has its place in the edition's.
    for corpus in corpora:
        html = (corpus / "site" / "part-001" / "doc-00001" / "index.html").read_text("utf-8")
        assert html.count('class="footnote-ref"') == NOTES + CITATIONS
