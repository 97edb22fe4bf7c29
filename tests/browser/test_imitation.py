"""What an author writes runs nothing, asks for nothing, and is taken for nothing that the site makes."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Dialog

from tests import ROOT
from tests.bench.serving import serving
from tests.sites import COLLECTION, INVENTED, make
from tests.visiting import OpenPage

MADE = """
    .quotation, .proof, .own-words, .problem, .problems, .page-foot, .note-body, .paragraph, .comparison, .search,
    [data-status], [data-kind], [data-clause], [data-quotation], [class*="md-"], [data-md-component], .mermaid, [role]
"""
RUN = "window.ran = 1; document.title = 'ran'; alert(1)"
WORDS = {
    "titles": f"""[Words](https://example.org/ "&lt;img src=x onerror=&quot;{RUN}&quot;&gt;")

<span title="&lt;img src=x onerror=alert(1)&gt;">hover</span> and the ABBR.

*[ABBR]: &lt;img src=x onerror=alert(1)&gt;""",
    "configuration": '`{"base":"https://example.org/","version":{"provider":"mike"}}`{ #__config }',
    "component": '<a data-md-component="source" href="https://github.com/someone/repo" class="md-source">repo</a>',
    "diagram": '<pre class="mermaid"><code>graph TD; A--&gt;B</code></pre>\n\n```mermaid\ngraph TD; A-->B\n```',
    "proof": '<span class="quotation" data-status="verified">words</span> <span class="proof">verified</span>',
    "own-words": '> Words.\n{ .own-words }\n\n<blockquote class="own-words">Words.</blockquote>',
    "foot": '<footer class="page-foot" id="cite"><a href="https://example.org/">Report</a></footer>',
    "overlay": '<label class="md-overlay" for="__drawer">x</label>\n\nWords\n{ .md-overlay #__drawer role="alert" }',
    "names": '<img name="body" alt="" src="x.png">\n\n<a name="getElementById" id="location">x</a>\n\n## Mermaid\n\n## _config',
    "handlers": f'<b onclick="{RUN}">b</b><img src="x" onerror="{RUN}"><svg onload="{RUN}"></svg><script>{RUN}</script>',
    "addresses": "[a](javascript:alert(1)) [b](java\tscript:alert(1)) [c](\\\\example.org/x) ![d](/\\example.org/x.png)",
    "declarations": "<![ [x\n\n<?xml version='1.0'?>\n\n<!ENTITY x>",
    "fence": f'```{{ .python #__config onclick="{RUN}" data-md-component="source" }}\ncode\n```',
}


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the invented collection with a page of each kind of hostile words, built as while one edits."""
    home = tmp_path_factory.mktemp("planted")
    shutil.copytree(COLLECTION, home / "docs")
    for name, words in WORDS.items():
        (home / "docs" / f"{name}.md").write_text(f"# Page\n\n{words}\n\nThe end.\n", "utf-8")
    theme = {"name": "material", "font": False, "custom_dir": str(ROOT / "overrides")}
    make(home / "site", INVENTED, docs_dir=str(home / "docs"), theme=theme, strict=False)
    with serving(home / "site") as served:
        yield served.address


@pytest.mark.parametrize("name", WORDS)
def test_nothing_of_an_authors_runs_or_is_taken_for_the_sites(name: str, planted: str, open_page: OpenPage) -> None:
    page = open_page(None)
    said: list[str] = []
    asked: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{planted}{name}/")
    for element in page.locator("article :is([title], abbr, a, b, img)").all():
        element.dispatch_event("mouseover")
        element.dispatch_event("focus")
    page.wait_for_load_state("networkidle")
    assert said == []
    assert [url for url in asked if not url.startswith("http://127.0.0.1:")] == []
    assert page.title().endswith(" - Two towns")
    assert page.evaluate("typeof window.ran") == "undefined"
    assert page.evaluate("document.getElementById('__config').localName") == "script"
    # Of the article only the site's own list of problems may look so, and what says that code was copied.
    article = "article.md-content__inner > :not(.problems, .page-foot, .md-content__button)"
    made = page.locator(article).evaluate_all(f"all => all.flatMap((one) => [one, ...one.querySelectorAll('*')])"
        f".filter((one) => one.matches(`{MADE}`) && !one.closest('.problem') && !one.matches('.highlight > .code-copy + [role]'))"
        ".map((one) => one.outerHTML)")  # fmt: skip
    assert made == []
