"""Nothing is built where the site that stands is what a build would make; whatever that is made of, a change is seen."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.commands import build as building
from macros.commands.standing import made_of, note, stands

CONFIG = """\
site_name: Site
site_url: !ENV [SITE_ADDRESS, ""]
docs_dir: texts
theme: {name: material, custom_dir: templates}
plugins: [edition]
markdown_extensions: [tables, {toc: {permalink: true}}]
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a site's configuration, texts and templates."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    for name, text in {
        "mkdocs.yml": CONFIG,
        "texts/a.md": "# A\n",
        "texts/b/c.md": "c",
        "templates/x.html": "",
    }.items():
        (tmp_path / "home" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "home" / name).write_text(text, "utf-8")
    return tmp_path / "home"


def _replaced(old: str, new: str) -> Callable[[Path], object]:
    return lambda home: (home / "mkdocs.yml").write_text(CONFIG.replace(old, new), "utf-8")


CHANGES: dict[str, Callable[[Path], object]] = {
    "a word": lambda home: (home / "texts/a.md").write_text("# B\n", "utf-8"),
    "a new file": lambda home: (home / "texts/d.md").write_text("", "utf-8"),
    "a renamed file": lambda home: (home / "texts/a.md").rename(home / "texts/e.md"),
    "a moved file": lambda home: (home / "texts/b/c.md").rename(home / "texts/c.md"),
    "a deleted file": lambda home: (home / "texts/a.md").unlink(),
    "a template": lambda home: (home / "templates/x.html").write_text("x", "utf-8"),
    "a setting": _replaced("name: Site", "name: Other"),
    "an option": _replaced("[edition]", "[edition: {contact: 'mailto:a@example.org'}]"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_of_what_a_site_is_made_of_is_seen(home: Path, change: Callable[[Path], object]) -> None:
    before = made_of(home)
    assert before == made_of(home) is not None
    change(home)
    assert made_of(home) not in (before, None)


def test_so_is_one_of_the_environment_and_of_the_day(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {made_of(home)}
    monkeypatch.setenv("SITE_ADDRESS", "https://example.org/")
    found.add(made_of(home))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700100000")
    found.add(made_of(home))
    assert len(found - {None}) == 3


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[edition]", "[edition, search]"),
        ("[edition]", "[search]"),
        ("plugins:", "hooks: [x.py]\nplugins:"),
        ("plugins:", '"hooks": [x.py]\nplugins:'),
        ("site_name", '? "INHERIT"\n: other.yml\nsite_name'),
        ("site_name", "INHERIT: other.yml\nsite_name"),
        ("tables", "pymdownx.snippets"),
        ("custom_dir: templates", "custom_dir: !ENV TEMPLATES"),
        ("docs_dir: texts", "docs_dir: none"),
        ("plugins: [edition]", "plugins: {"),
    ],
)
def test_of_a_site_that_is_made_of_more_nothing_is_kept(home: Path, old: str, new: str) -> None:
    _replaced(old, new)(home)
    assert made_of(home) is None


def test_links_are_not_followed(home: Path) -> None:
    (home / "templates" / "more").symlink_to(home / "texts")
    assert made_of(home) is None


def test_nothing_is_believed_of_a_cache_that_came_with_a_commit(home: Path) -> None:
    for asked in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", "-C", str(home), *asked], check=True)
    assert made_of(home)
    (home / ".cache" / "edition").mkdir(parents=True)
    (home / ".cache" / "edition" / "x").write_text("", "utf-8")
    assert made_of(home)
    subprocess.run(["git", "-C", str(home), "add", "--force", ".cache"], check=True)
    assert made_of(home) is None


def test_a_site_stands_as_long_as_it_is_the_same(home: Path) -> None:
    site, made = home / "site", "0" * 64
    assert not stands(home, site, made)
    shutil.copytree(home / "texts", site)
    note(home, site, made)
    assert stands(home, site, made)
    assert not stands(home, site, "1" * 64)
    (site / "new").write_text("", "utf-8")
    assert not stands(home, site, made)
    (site / "new").unlink()
    assert stands(home, site, made)
    (site / "a.md").write_text("# a\n", "utf-8")
    assert not stands(home, site, made)
    shutil.rmtree(site)
    assert not stands(home, site, made)


def test_a_site_that_stands_is_not_built(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A build that fails keeps nothing, and one whose site was touched is made again."""
    monkeypatch.chdir(home)
    built: list[Path] = []

    def mkdocs(folder: Path) -> int:
        built.append(folder)
        shutil.copytree("texts", folder)
        return "wrong" in Path("texts/a.md").read_text("utf-8")

    monkeypatch.setattr(building, "mkdocs", mkdocs)
    assert [building.run(), building.run(), len(built)] == [0, 0, 1]
    assert "Nothing has changed since the site in site/ was built." in capsys.readouterr().err
    (home / "site" / "a.md").write_text("touched", "utf-8")
    assert [building.run(), building.run(), len(built)] == [0, 0, 2]
    (home / "texts" / "a.md").write_text("wrong", "utf-8")
    assert [building.run(), building.run(), len(built)] == [1, 1, 4]
