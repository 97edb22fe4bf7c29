"""Pages in the theme's templates are made once, and never another page than would be made without a cache."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from jinja2 import Template
from markdown import Markdown

from macros.commands import theming
from macros.site.navigation import around
from tests.commands.conftest import Built, site
from tests.commands.test_rendering import FOLDER, entries

pytestmark = pytest.mark.long


def themed(home: Path) -> tuple[dict[str, bytes], int]:
    """Return what is built of a collection, and for how many of its pages the theme was asked in this process."""
    with patch.object(theming, "around", side_effect=around) as asked:
        return site(home), asked.call_count


@pytest.fixture
def few(home: Path) -> Path:
    """Return a copy of the invented collection with three plain pages in place of its own."""
    shutil.rmtree(home / "docs")
    (home / "docs").mkdir()
    for name, title in (("index", "Two towns"), ("people", "People and offices"), ("glossary", "Glossary")):
        text = f"---\ntitle: {title}\ndescription: Who spoke for which town, and when.\n---\n\n# {title}\n\nText.\n"
        (home / "docs" / f"{name}.md").write_text(text, "utf-8")
    return home


def test_a_second_build_renders_nothing_and_asks_the_theme_for_nothing(warm: Path, built: Built) -> None:
    assert len(entries(warm)) > 10
    with patch.object(Markdown, "convert", side_effect=AssertionError("rendered twice")):
        assert themed(warm) == (built.site, 0)


def test_only_what_differs_is_made_anew(warm: Path, built: Built) -> None:
    page = warm / "docs" / "people.md"
    page.write_text(page.read_text("utf-8") + "\nAnother sentence.\n", "utf-8")
    site, asked = themed(warm)
    assert site != built.site
    assert 1 <= asked < len([name for name in built.site if name.endswith("/index.html")]) / 2


def test_a_page_that_is_described_otherwise_leaves_the_others_as_they_are(warm: Path) -> None:
    page = warm / "docs" / "people.md"
    page.write_text(page.read_text("utf-8").replace("Who spoke", "Who has spoken"), "utf-8")
    assert themed(warm)[1] == 1


def test_a_collection_may_list_pages_in_its_own_way(few: Path) -> None:
    config = few / "mkdocs.yml"
    shutil.copytree(config.parent / _custom(config), few / "own")
    config.write_text(config.read_text("utf-8").replace(_custom(config), "own"), "utf-8")
    item = "{% macro render(item, path, level) %}<li>{{ item.title }}: {{ item.meta.description if item.is_page }}</li>{% endmacro %}"
    (few / "own" / "partials" / "nav-item.html").write_text(item, "utf-8")
    html = site(few)["people/index.html"].decode()
    assert "<li>People and offices: Who spoke for which town, and when.</li>" in html
    page = few / "docs" / "people.md"
    page.write_text(page.read_text("utf-8").replace("Who spoke", "Who has spoken"), "utf-8")
    assert "Who has spoken for which town" in site(few)["glossary/index.html"].decode()


@pytest.mark.parametrize(
    "features", ["navigation.prune", "navigation.prune, navigation.indexes", "navigation.tabs", ""]
)
def test_sections_that_are_not_open_are_listed_as_the_theme_lists_each(few: Path, features: str) -> None:
    """Where there are many of them, and where some stand within others."""
    config = few / "mkdocs.yml"
    named = config.read_text("utf-8").replace("name: material", f"name: material\n  features: [{features}]", 1)
    config.write_text(named, "utf-8")
    for at in range(9):
        folder = few / "docs" / f"part-{at}" / ("deeper" if at in (4, 7) else "")
        folder.mkdir(parents=True)
        for name in ("index", "one", "two"):
            text = f'# {name} & {at}\n\nThe theme writes `id="__nav_3"`.\n' if at == 8 else f"# {name} & {at}\n"
            (folder / f"{name}.md").write_text(f"---\ntitle: {name} & {at}\n---\n\n{text}", "utf-8")
    folding = site(few)
    for otherwise in (
        patch.object(theming, "_features", return_value=set()),  # none are folded
        patch.object(theming, "renumbered", side_effect=lambda html, was, now: html),  # a theme counts otherwise
    ):
        shutil.rmtree(few / FOLDER)
        with otherwise:
            assert site(few) == folding


def edits(home: Path) -> Iterator[None]:
    """Change, one after the other, what every page shows."""
    page = home / "docs" / "people.md"
    page.write_text(page.read_text("utf-8").replace("People and", "All people and"), "utf-8")
    yield  # a title, in the navigation
    config = home / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("site_name: ", "site_name: Old and ", 1), "utf-8")
    yield
    own = home / "own"
    shutil.copytree(config.parent / _custom(config), own)
    config.write_text(config.read_text("utf-8").replace(_custom(config), "own"), "utf-8")
    yield
    frame = own / "frame.html"
    frame.write_text(frame.read_text("utf-8").replace("{{ super() }}", "{{ super() }}<p>Below.</p>", 1), "utf-8")
    yield


def _custom(config: Path) -> str:
    lines = (line.partition("custom_dir:")[2].strip() for line in config.read_text("utf-8").splitlines())
    return next(filter(None, lines))


def test_what_is_around_a_page_changes_it(few: Path) -> None:
    before, whole = themed(few)
    for _ in edits(few):
        warm, asked = themed(few)
        assert asked in (whole, 0)
        assert (asked == 0) == (warm == before)
        shutil.rmtree(few / FOLDER)
        cold, _ = themed(few)
        assert warm == cold
        before = cold


@pytest.mark.parametrize(
    "asked", ["{{ pages | length }}", "{{ build_date_utc }}", "{{ page.update_date }}", "{{ page.next_page.content }}"]
)
def test_a_template_that_asks_for_more_than_its_page_is_rendered_each_time(few: Path, asked: str) -> None:
    config = few / "mkdocs.yml"
    shutil.copytree(config.parent / _custom(config), few / "own")
    config.write_text(config.read_text("utf-8").replace(_custom(config), "own"), "utf-8")
    frame = few / "own" / "frame.html"
    frame.write_text(frame.read_text("utf-8").replace("{{ foot }}", "{{ foot }}" + asked, 1), "utf-8")
    first, whole = themed(few)
    assert themed(few) == (first, whole)


@pytest.mark.usefixtures("crowd")
def test_workers_make_the_same_site_and_put_its_pages_into_the_theme(home: Path, built: Built) -> None:
    # This process is asked for one: the page without text, by which the theme's scripts are learnt.
    assert themed(home) == (built.site, 1)
    with patch.object(Markdown, "convert", side_effect=AssertionError("rendered twice")):
        assert site(home) == built.site


@pytest.mark.usefixtures("crowd")
def test_workers_that_die_in_the_theme_change_nothing(home: Path, built: Built) -> None:
    own, render = os.getpid(), Template.render

    def dying(template: Template, *args: object, **named: object) -> str:
        if os.getpid() != own and template.name == "main.html":
            os._exit(1)
        return render(template, *args, **named)

    with patch.object(Template, "render", dying):
        assert site(home) == built.site
