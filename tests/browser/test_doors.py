"""The theme's doors in a real browser: what an author writes reaches its templates and its script as text alone.

The policy is put out of force here: the doors are to be shut of themselves.
"""

import shutil
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Dialog

from macros.site.policy import inline_scripts, policy
from tests.bench.serving import serving
from tests.sites import COLLECTION, TOWNS, make
from tests.visiting import patient

REST = 400  # milliseconds until a title is shown
IMAGE = "<img src=x onerror=ran=1>"
CLOSED = f"</title></script><script>ran=1</script>{IMAGE}"
WRITTEN = escape(CLOSED)
VERSIONS = '{"base":"..","features":["content.tooltips"],"search":"x","translations":{},"version":{"provider":"mike"}}'

PAGES = {
    "titles.md": f"""# Titles

[Words](index.md "{WRITTEN}") and <span title="{WRITTEN}">these</span>, [a reference][r], ![](assets/card.png "{WRITTEN}").

[r]: index.md "{WRITTEN}"

| a |
| - |
| [cell](index.md "{WRITTEN}") |

A note.[^1]

[^1]: With [a link](index.md "{WRITTEN}").
""",
    "code.md": f"# Code `{CLOSED}` in a heading\n\n## Below `{CLOSED}`\n\nText.\n",
    "entities.md": f"# Signs {WRITTEN} in a heading\n\n## Below {WRITTEN}\n\nText.\n",
    "label.md": f"# Label\n\n## Below {{ data-toc-label='{WRITTEN}' }}\n\n## Raw {{ data-toc-label='{IMAGE}' }}\n\nText.\n",
    "bare.md": "Text without a heading.\n",
    f"{IMAGE}.md": "Text without a heading in a file with a name.\n",
    'quote" onmouseover=ran=1 ".md': "# A name\n\nText.\n",
    "text.markdown": f"{IMAGE}\n\n<script>ran=1</script>\n",
    "front.md": f"---\ntitle: '{CLOSED}'\ndescription: '\"> {CLOSED}'\n---\n\n# Front\n\nText.\n",
    "list.md": f"---\ntitle: ['{CLOSED}']\ndescription: ['{CLOSED}']\nhide: ['{CLOSED}']\n---\n\nText.\n",
    "mapping.md": f"---\ntitle: {{a: '{CLOSED}'}}\nkind: {{b: '{CLOSED}'}}\n---\n\nText.\n",
    "unknown.md": f"""---
author: '{CLOSED}'
icon: ../../../../nowhere
status: '{CLOSED}'
subtitle: '{CLOSED}'
revision_date: '{CLOSED}'
git_revision_date_localized: '{CLOSED}'
git_creation_date_localized: '{CLOSED}'
tags: ['{CLOSED}']
location: '"+(ran=1)+"'
---

# Unknown
""",
    "doubled.md": f"---\ntitle: One\n---\n---\ntitle: ['{CLOSED}']\n---\n\nText.\n",
    "redirect.md": "---\ntemplate: redirect.html\nlocation: '\"+(ran=1)+\"'\n---\n\n# Redirect\n",
    "settings.md": f"# Settings\n\nA `{VERSIONS}`{{ #__config }} here.\n",
    "parts.md": """# Parts

<a data-md-component="source" href="https://github.com/evil/repo"><span class="md-source__repository">repo</span></a>

<pre class="mermaid"><code>graph TD; A--&gt;B</code></pre>

[Link](index.md){ data-preview="" } and <span data-clipboard-text="x">text</span>

<div class="annotate" data-tabs="1">Words (1)</div>

```mermaid
graph TD; A-->B
```
""",
    "short.md": "# Short\n\nThe FX runs.\n",
}
NAV = [
    {"Home": "index.md"},
    {CLOSED: [{CLOSED: "bare.md"}, "titles.md", "code.md", "entities.md", {CLOSED: "https://example.org/"}]},
]
CHANGES = {
    "glossary.md": ("# Glossary\n", f"# Glossary\n\n## FX {{ #fx expansion='{IMAGE}' }}\n\nSomething else.\n"),
    "declarations/ferry-2004.md": ("title: Joint", f"title: '{CLOSED}' # Joint"),
    "declarations/ferry-2007.md": ("## ", f"## {WRITTEN} {{ #signs }}\n\nSigns.\n\n## "),
    "commentary/all-hours.md": ("A slip of the pen.", f"A slip {IMAGE} of the pen."),
    "notes/all-hours.md": ("# ", f"# {WRITTEN} "),
    "threads/hours.md": ("title: ", f"title: '{CLOSED}' # "),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a collection of which every page that can be is hostile, as `serve` does: problems keep nothing back."""
    folder = tmp_path_factory.mktemp("doors")
    docs = folder / "docs"
    shutil.copytree(COLLECTION, docs)
    for name, text in PAGES.items():
        (docs / name).write_text(text, "utf-8")
    for name, (old, new) in CHANGES.items():
        text = (docs / name).read_text("utf-8")
        assert old in text, name
        (docs / name).write_text(text.replace(old, new, 1), "utf-8")
    return make(folder / "site", TOWNS, docs_dir=str(docs), nav=NAV, strict=False, site_name="Two towns")


class Elements(HTMLParser):
    """What a browser makes of a page: its elements, and the attributes of each."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def pages(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def test_no_page_holds_what_an_author_made_of_a_text(site: Path) -> None:
    assert len(pages(site)) > len(PAGES)
    for name in pages(site):
        html = (site / name).read_text("utf-8")
        assert f'content="{policy(inline_scripts(html))}"' in html, f"{name} holds a script of its own"
        for tag, attributes in Elements(html).found:
            assert [one for one in attributes if one.startswith("on")] == [], f"{name}: {tag}"
            assert attributes.get("src") != "x", name
            assert tag not in ("iframe", "object", "embed", "base", "style"), name
        metas = [attributes for tag, attributes in Elements(html).found if tag == "meta"]
        assert {"author", "description"} & {str(meta.get("name")) for meta in metas} <= {"description"}, name


def test_what_is_no_page_of_the_edition_is_not_published(site: Path) -> None:
    assert not (site / "text").exists()


def test_nothing_runs_where_a_title_stands(site: Path, browser: Browser) -> None:
    wrong: list[str] = []
    shown: list[str] = []

    def asked(dialog: Dialog) -> None:
        wrong.append(f"dialog {dialog.message}")
        dialog.dismiss()

    with serving(site) as served:
        context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        page = patient(context.new_page())
        page.clock.install()
        page.on("dialog", asked)
        page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
        page.on("request", lambda one: None if one.url.startswith((served.address, "data:")) else wrong.append(one.url))
        for name in pages(site):
            page.goto(served.address + quote(name))
            for one in page.locator("[title*='ran=1']:visible").element_handles():
                title = one.get_attribute("title")
                one.hover(force=True)
                page.clock.run_for(REST)
                if one.get_attribute("title") is None:  # the style sheet prints some titles out, of which none is shown
                    assert page.get_by_role("tooltip").text_content() == title
                    shown.append(str(title))
            assert page.evaluate("window.ran") is None, name
        context.close()
    assert wrong == []
    assert len(shown) > 5, shown
    assert {True, False} == {"script" in title for title in shown}


def test_the_settings_of_the_theme_are_its_own(site: Path, browser: Browser) -> None:
    with serving(site) as served:
        page = browser.new_page(bypass_csp=True)
        page.goto(f"{served.address}settings/")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.querySelector('#__config').parentElement.tagName") == "HEAD"
        assert page.evaluate("JSON.parse(document.querySelector('#__config').textContent).version") is None
        assert not [name for name, _ in served.sent if "versions.json" in name]
        page.close()


@pytest.mark.parametrize(
    ("name", "title"),
    [("code", f"Code {CLOSED} in a heading"), ("entities", f"Signs {CLOSED} in a heading"), ("front", CLOSED)],
)
def test_a_title_is_shown_as_it_was_written(name: str, title: str, site: Path, browser: Browser) -> None:
    with serving(site) as served:
        page = browser.new_page()
        page.goto(f"{served.address}{name}/")
        assert page.title() == f"{title} - Two towns"
        header = page.locator("[data-md-component='header-topic']")
        assert (header.text_content() or "").strip() == title
        page.close()


def test_titles_of_the_navigation_are_shown_as_they_were_written(site: Path, browser: Browser) -> None:
    with serving(site) as served:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{served.address}code/")
        assert page.locator(".md-tabs__item").nth(1).inner_text() == CLOSED
        links = page.locator(".md-sidebar--primary .md-nav__item .md-nav__link:visible").all_inner_texts()
        assert links.count(CLOSED) == 3  # a section, a page and a link
        assert f"Below {CLOSED}" in page.locator(".md-sidebar--secondary").inner_text()
        page.close()
