"""The navigation is judged as MkDocs judges it, before it does; and the configuration is found that MkDocs would take."""

import logging
import re
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import get_files
from mkdocs.structure.nav import get_navigation

from macros.checks.navigation import check_navigation, find_navigation, read_navigation
from macros.commands.cli import main
from macros.model.loading import load
from tests.invented import Collection
from tests.sites import COLLECTION

HEAD = "site_name: Two towns\ntheme: {name: mkdocs}\nvalidation: {nav: {omitted_files: warn, absolute_links: warn}}\n"
ALL = "nav: [glossary.md, people.md, chronology.md, commentary/all-hours.md]\n"


def said_by_mkdocs(folder: Path, caplog: pytest.LogCaptureFixture) -> set[str]:
    """Return the pages without a place and the entries without a page, as MkDocs names them."""
    config = load_config(str(folder / "mkdocs.yml"), plugins=[])
    caplog.clear()
    with caplog.at_level(logging.WARNING, "mkdocs"):
        get_navigation(get_files(config), config)
    lines = [line for record in caplog.records for line in record.getMessage().split("\n")]
    pages = {line.removeprefix("  - ") for line in lines if line.startswith("  - ")}
    entries = {match[1] for line in lines if (match := re.search(r"(?:reference|path) to '([^']+)'", line))}
    return {*(page for page in pages if not page.startswith("notes/")), *entries}  # the plugin keeps notes out


@pytest.mark.parametrize(
    "text",
    [
        ALL,
        f"not_in_nav: declarations\n{ALL}",
        f"not_in_nav: |\n  /threads/\n  ferry-*.md\n  !ferry-2007.md\n{ALL}",
        f"exclude_docs: |\n  *-2001.md\ndraft_docs: minato-2004.md\n{ALL}",
        "nav:\n  - index.md\n  - Home: index.md\n  - ./people.md\n",
        "nav:\n  - 2001: index.md\n  - 2004:\n      - people.md\n",
        "nav:\n  - nowhere.md\n  - /people.md\n  - people.md#name\n  - https://example.org/\n  - bibliography.bib\n",
        "nav: &all\n  - A: &b [index.md, people.md]\n  - B: *b\n",
        "nav: []\n",
        "nav:\n",
    ],
)
def test_it_is_judged_as_by_mkdocs(
    text: str, collection: Collection, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    edition = collection()
    (tmp_path / "mkdocs.yml").write_text(HEAD + text, "utf-8")
    found = {
        problem.position.path.removeprefix("docs/")
        if problem.rule == "page-has-a-place"
        else re.findall(r"'([^']+)'", problem.message)[0]
        for problem in check_navigation(edition, tmp_path / "docs")
    }
    # What an entry seems to mean is said with it, and not a second time at the page.
    assert found - {"bibliography.bib"} <= said_by_mkdocs(tmp_path, caplog)
    meant = {"people.md"} if "- /people.md" in text else set()
    assert said_by_mkdocs(tmp_path, caplog) - found == meant


def test_the_line_that_is_said_gives_a_page_its_place(collection: Collection, tmp_path: Path) -> None:
    """Do what each problem says, one after another, until none is left."""
    edition = collection({"another.md": "# One\n", "essays/on/bells.md": "# Bells\n", "essays/boats.md": "# Boats\n"})
    path = tmp_path / "mkdocs.yml"
    path.write_text(
        "nav:\n  - Home: index.md\n  - S:\n      - declarations/ferry-2001.md\n      - T: [people.md]\n", "utf-8"
    )
    for _ in edition.pages:
        problems = check_navigation(edition, tmp_path / "docs")
        if not problems:
            break
        match = re.search(
            r"add the line `(.+)` (below|above) `(.+)` \(line (\d+)\), indented alike", problems[0].message
        )
        assert match
        lines = path.read_text("utf-8").split("\n")
        beside = lines[int(match[4]) - 1]
        assert beside.strip() == match[3]
        lines.insert(int(match[4]) - (match[2] == "above"), beside[: -len(match[3])] + match[1])
        path.write_text("\n".join(lines), "utf-8")
    assert problems == ()
    assert "      - declarations/ferry-2004.md\n" in path.read_text("utf-8")
    assert "  - another.md\n" in path.read_text("utf-8")


def test_a_page_stands_below_the_last_of_its_folder_or_of_the_nearest() -> None:
    text = "nav:\n  - Home: index.md\n  - A:\n      - a/one.md\n      - a/two.md\n      - b.md\n  - C: c/one.md\n"
    navigation, _ = read_navigation(text, "mkdocs.yml")
    assert navigation
    places = {"a/three.md": "a/two.md", "a/deep/x.md": "a/two.md", "x.md": "b.md", "new/x.md": "C: c/one.md"}
    for uri, below in places.items():
        assert f"add the line `- {uri}` below `- {below}`" in navigation.place(uri)


@pytest.mark.parametrize(
    ("listed", "added", "place"),
    [
        (["s-2024", "s-2022", "s-2019"], "s-2025", "above `- a/s-2024.md`"),
        (["s-2024", "s-2022", "s-2019"], "s-2023", "below `- a/s-2024.md`"),
        (["s-2024", "s-2022", "s-2019"], "s-2010", "below `- a/s-2019.md`"),
        (["s-9", "s-10"], "s-11", "below `- a/s-10.md`"),
        (["s-9", "s-10"], "s-2", "above `- a/s-9.md`"),
        (["s-2024", "s-2010", "s-2019"], "s-2025", "below `- a/s-2019.md`"),
    ],
)
def test_a_page_stands_where_the_order_of_its_neighbours_has_it(listed: list[str], added: str, place: str) -> None:
    lines = "".join(f"      - a/{name}.md\n" for name in ("index", *listed))
    navigation, _ = read_navigation(f"nav:\n  - Home: index.md\n  - A:\n{lines}", "mkdocs.yml")
    assert navigation
    assert place in navigation.place(f"a/{added}.md")


def test_the_configuration_is_the_one_that_names_the_folder(
    collection: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = collection()
    docs = tmp_path / "docs"
    monkeypatch.chdir(tmp_path)
    assert find_navigation(docs) == (None, ())
    (tmp_path / "mkdocs.yml").write_text("nav: [nowhere.md]", "utf-8")
    assert check_navigation(edition, Path("docs"))[0].position.path == "mkdocs.yml"
    monkeypatch.chdir(docs)
    assert check_navigation(edition, Path(), ".")[0].position.path == "../mkdocs.yml"
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    (tmp_path / "mkdocs.yml").rename("mkdocs.yml")
    assert check_navigation(edition, docs) == ()  # that of another site
    Path("mkdocs.yml").write_text("docs_dir: '../docs' # there\nnav: [nowhere.md]", "utf-8")
    assert check_navigation(edition, docs)[0].position.path == "mkdocs.yml"


def test_what_is_no_text_is_said(collection: Collection, tmp_path: Path) -> None:
    edition = collection()
    (tmp_path / "mkdocs.yml").write_bytes(b"site_name: caf\xe9\n")
    (problem,) = check_navigation(edition, tmp_path / "docs")
    assert (problem.rule, problem.position.path) == ("file-is-readable", "mkdocs.yml")


@pytest.mark.parametrize(
    "text",
    ["nav: " + "[" * 900, "nav:\n" + "- " * 499 + "x", "nav: &a [*a, x.md]", "? [a]\n: b\n", "nav: {[a]: b}", ""],
)
def test_what_is_meant_to_break_it_does_not(text: str) -> None:
    read_navigation(text, "mkdocs.yml")


def test_the_command_says_it_and_the_plugin_leaves_it_to_mkdocs(
    collection: Collection, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    collection()
    (tmp_path / "mkdocs.yml").write_text("nav:\n  - index.md\n -people.md\n", "utf-8")
    assert main(["check", "--docs", str(tmp_path / "docs"), "--format", "github"]) == 1
    assert (
        f"::error file={tmp_path}/mkdocs.yml,line=3,col=1,title=configuration-is-readable::" in capsys.readouterr().out
    )
    assert load(tmp_path / "docs").problems == load(COLLECTION).problems
