"""The docs folder: what is refused is said once, stands in no build, and stops no command."""

import os
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import get_files

import pages
from macros.checks.run import check
from macros.commands.cli import main
from macros.commands.importer.command import run as bring_in
from macros.commands.live import stamps
from macros.commands.writing import finish_below
from macros.model.folder import look, published
from macros.text.picture import BEGINNINGS
from tests import ROOT
from tests.invented import Collection
from tests.sites import COLLECTION
from tests.text.test_picture import BITS

PAGE = "# Page\n\nA page.\n"

SUM = re.compile(r"(?<=^search/)[0-9a-f]{12}/.*")
"""What the index of the search calls by what it holds."""


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Return a docs folder of its own, with its configuration beside it."""
    shutil.copytree(COLLECTION.parent, tmp_path / "site")
    settings = tmp_path / "site" / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("../../overrides", str(ROOT / "overrides")), "utf-8")
    return tmp_path / "site" / "docs"


def write(docs: Path, name: str | bytes, content: str | bytes = PAGE) -> None:
    """Write a file of any name; leave the test out where the file system takes none such."""
    path = docs / (os.fsdecode(name) if isinstance(name, bytes) else name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    except OSError as error:
        pytest.skip(f"this file system takes no such name: {error}")


def make(docs: Path, site: Path) -> set[str]:
    """Build a site, faults or not, and return the paths of its files."""
    config = load_config(str(docs.parent / "mkdocs.yml"), docs_dir=str(docs), site_dir=str(site), strict=False)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    assert config.docs_dir == str(docs)
    made = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    return {SUM.sub("", path) for path in made}


HOSTILE: tuple[tuple[str | bytes, str | bytes], ...] = (
    ("<img src=x onerror=alert(1)>.md", "plain text without a heading"),
    ("a\n::error::b.md", PAGE),
    ("line\u2028separator.md", PAGE),
    ("\x1b[31mred.md", PAGE),
    ("turned\u202egnp.md", PAGE),
    ("e\u0301.md", PAGE),
    ("\u00e9.md", PAGE),
    ("with space.md", PAGE),
    ("`code`.md", PAGE),
    ("```.md", PAGE),
    ("@someone.md", PAGE),
    ("[a](b).md", PAGE),
    ("{{ note('x') }}.md", PAGE),
    ("a\\b.md", PAGE),
    (b"caf\xe9.md", PAGE),
    (b"\xff\xfe.png", b""),
    ("con.md", PAGE),
    ("LPT1.md", PAGE),
    ("n" * 200 + ".md", PAGE),
    (".hidden.md", PAGE),
    (".env", "SECRET=1"),
    ("timetable.md.", PAGE),
    ("same.md", PAGE),
    ("README.md", PAGE),
    ("Index.md", PAGE),
    ("INDEX/a.md", PAGE),
    ("evil.html", "<script>alert(1)</script>"),
    ("evil.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
    ("evil.png", "<script>alert(1)</script>"),
    ("sw.js", "1"),
    ("CNAME", "example.org"),
    ("_headers", "/*"),
    ("search/index.idx", "x"),
    ("assets/images/favicon.png", BITS[".png"]),
    ("assets/javascripts/bundle.js", "alert(1)"),
    ("notes/x.png", BITS[".png"]),
    ("more.bib", "@misc{x}"),
    ("paper.pdf", "%PDF-1.7"),
)


def plant(docs: Path) -> None:
    """Write everything hostile into a docs folder, beside a few files that are not."""
    write(docs, "same/index.md")
    write(docs, "assets/ferry.png", BITS[".png"])
    write(docs, "index/a.md")
    for name, content in HOSTILE:
        write(docs, name, content)
    secret = docs.parent / "secret"
    secret.mkdir()
    (secret / "secret.md").write_text("# Secret\n\nroot:x:0:0", "utf-8")
    (secret / "secret.png").write_bytes(BITS[".png"])
    (docs / "leak.md").symlink_to(secret / "secret.md")
    (docs / "assets" / "leak.png").symlink_to(secret / "secret.png")
    (docs / "leaks").symlink_to(secret, target_is_directory=True)
    (docs / "loop").symlink_to("loop")
    (docs / "self").symlink_to(".", target_is_directory=True)
    (docs / "again").symlink_to("..", target_is_directory=True)
    (docs / "nowhere.md").symlink_to("no-such-file")
    (docs / "zero.md").symlink_to("/dev/zero")
    (docs / "notes" / "zero.md").symlink_to("/dev/zero")
    (docs / "declarations" / "ferry-2007.witness.txt").symlink_to("/dev/zero")
    os.mkfifo(docs / "pipe.md")
    os.mkfifo(docs / "assets" / "pipe.png")
    listener = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    os.chdir(docs)  # an address of this kind is short
    listener.bind("socket.md")
    os.chdir(here)
    listener.close()


LINKS = 13  # that `plant` makes, with what else is no file


@pytest.mark.long
def test_what_is_refused_is_named_once_and_in_no_build(
    docs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    write(docs, "same/index.md")
    write(docs, "assets/ferry.png", BITS[".png"])
    write(docs, "index/a.md")
    before = make(docs, tmp_path / "before")
    shutil.rmtree(docs)
    shutil.copytree(COLLECTION, docs)
    plant(docs)
    caplog.clear()
    assert make(docs, tmp_path / "after") == before
    said = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert sum("[file-" in each or "[page-has-one-file]" in each for each in said) == len(HOSTILE) + LINKS
    for path in (tmp_path / "after").rglob("*"):
        assert not path.is_symlink()
        assert path.is_dir() or b"root:x:0:0" not in path.read_bytes()
    assert main(["check", "--docs", str(docs)]) == 1
    lines = capsys.readouterr().out.split("\n")[:-1]
    named = [line for line in lines if "[page-has-a-place]" not in line]
    assert len(named) == len(HOSTILE) + LINKS
    assert all(line.startswith(f"{docs}/") and ":1: " in line and line.isprintable() for line in named)
    assert main(["check", "--docs", str(docs), "--format", "github"]) == 1
    annotations = capsys.readouterr().out.split("\n")[:-1]
    assert len(annotations) == len(lines)
    assert all(line.startswith("::error file=") and line.isprintable() for line in annotations)


def test_no_command_follows_a_link_or_opens_what_is_no_file(
    docs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plant(docs)
    elsewhere = tmp_path / "elsewhere.md"
    elsewhere.write_text("mine", "utf-8")
    (docs / "threads" / "fog.md").symlink_to(tmp_path / "not-there.md")
    (docs / "notes" / "ferry-2001.md").symlink_to(elsewhere)
    os.mkfifo(docs / "notes" / "ferry-2004.md")
    note = ["new", "--docs", str(docs), "note", "--id", "fog", "--kind", "context", "--title", "Fog"]
    thread = [
        "new",
        "--docs",
        str(docs),
        "thread",
        "--id",
        "fog",
        "--title",
        "F",
        "--summary",
        "F",
        "--clauses",
        "fares",
    ]
    for command, said in (
        ([*note, "--document", "ferry-2001"], "docs/notes/ferry-2001.md is a link of the file system"),
        ([*note, "--document", "ferry-2004"], "is a device or a pipe, and a file is meant"),
        (thread, "docs/threads/fog.md is a link of the file system"),
    ):
        assert main(command) == 2
        assert said in capsys.readouterr().err
    assert bring_in(["ferry-2007"], docs=docs, source=str(elsewhere), is_sure=True) == 1
    assert "ferry-2007.witness.txt is a link of the file system" in capsys.readouterr().err
    assert elsewhere.read_text("utf-8") == "mine"
    assert not (tmp_path / "not-there.md").exists()


def git(folder: Path, *arguments: str) -> None:
    told = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "PATH": os.environ["PATH"]}
    known = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *known, *arguments], cwd=folder, check=True, capture_output=True, env=told)


def test_the_impact_of_hostile_files_is_told(
    docs: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = docs.parent
    git(folder, "init", "--quiet")
    git(folder, "add", "docs")
    git(folder, "commit", "--quiet", "--message=1")
    plant(docs)
    for pipe in ("pipe.md", "assets/pipe.png", "socket.md"):
        (docs / pipe).unlink()
    git(folder, "add", "docs")
    git(folder, "commit", "--quiet", "--message=2")
    monkeypatch.chdir(folder)
    for revisions in ("HEAD^..HEAD", "HEAD"):
        assert main(["impact", revisions]) == 0
        said = capsys.readouterr()
        assert said.err == ""
        assert all(line.isprintable() for line in said.out.split("\n"))
        assert "onerror" not in said.out


def test_a_change_of_a_picture_is_no_problem_of_a_revision(
    docs: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(docs, "assets/ferry.png", BITS[".png"])
    monkeypatch.chdir(docs.parent)
    git(docs.parent, "init", "--quiet")
    git(docs.parent, "add", "docs")
    git(docs.parent, "commit", "--quiet", "--message=1")
    assert main(["impact", "HEAD", "--format", "json"]) == 0
    assert '"problems": {\n    "before": 0,\n    "after": 0' in capsys.readouterr().out


def test_the_server_watches_what_links_are_and_not_what_they_lead_to(docs: Path, tmp_path: Path) -> None:
    plant(docs)
    config = load_config(str(docs.parent / "mkdocs.yml"), docs_dir=str(docs), site_dir=str(tmp_path / "out"))
    config.plugins.on_startup(command="serve", dirty=False)
    config = config.plugins.on_config(config)
    config.plugins.on_files(get_files(config), config=config)
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path))
    server.watch(config.docs_dir)
    config.plugins["edition"].made = Mock(begun=None)  # type: ignore[attr-defined]
    config.plugins.on_serve(server, config=config, builder=lambda: None)
    assert [each for each in server.observer.emitters if each.watch.follow_symlink] == []
    seen = stamps([str(docs)]).keys()
    assert {str(docs / name) for name in ("self", "again", "leaks", "index.md", "pipe.md")} <= seen
    assert [path for path in seen if "/self/" in path or "/again/" in path or "/leaks/" in path] == []
    config.plugins.on_build_error(error=RuntimeError())  # which stops the index in the making
    config.plugins.on_shutdown()
    server.shutdown()


def test_what_others_refer_to_and_cannot_be_read_is_one_problem(collection: Collection, tmp_path: Path) -> None:
    collection()
    docs = tmp_path / "docs"
    (docs / "declarations" / "ferry-2004.md").rename(docs / "declarations" / "ferry 2004.md")
    assert [problem.rule for problem in check(collection()) if problem.rule != "note-is-used"] == ["file-name-is-plain"]


THEME = files("material") / "templates"


def test_no_picture_of_the_theme_or_the_engine_can_be_replaced(tmp_path: Path) -> None:
    own = [Path(str(THEME)), ROOT / "overrides"]
    names = [path.relative_to(folder) for folder in own for path in folder.rglob("*") if path.is_file()]
    shown = [name for name in names if name.suffix in BITS and not any(part.startswith(".") for part in name.parts)]
    assert shown
    for name in shown:
        write(tmp_path, name.as_posix(), BITS[name.suffix])
    assert look(tmp_path, "docs").refused == {name.as_posix() for name in shown}


@pytest.mark.parametrize("folder", ["tests/browser/site/docs", "tests/collection/docs"])
def test_nothing_that_stands_in_a_collection_is_refused(folder: str) -> None:
    found = look(ROOT / folder, folder)
    assert found.problems == ()
    assert found.files
    assert not found.refused


def test_what_tools_leave_behind_is_passed_over(tmp_path: Path) -> None:
    left = ("page.md~", "#page.md#", ".#page.md", "~$page.docx", "page.docx", "page.odt", "page.md.orig", ".page.md.swp",
            ".DS_Store", "Thumbs.db", "a/.gitkeep", ".gitignore", ".obsidian/workspace.json", ".git/config")  # fmt: skip
    for name in left:
        write(tmp_path, name)
    (tmp_path / ".#other.md").symlink_to("someone@somewhere.1:2")  # as Emacs marks what it has open
    found = look(tmp_path, "docs")
    assert (found.files, found.refused, found.problems) == (frozenset(), frozenset(), ())


def test_a_folder_deeper_than_any_walk_is_one_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(1_500):  # more than Python may call within calls, and longer than a path may be
        Path("abc").mkdir()
        os.chdir("abc")
    Path("x.md").write_text(PAGE, "utf-8")
    try:
        assert [problem.rule for problem in look(tmp_path, "docs").problems] == ["file-name-is-plain"]
        assert finish_below(tmp_path) == []
    finally:
        Path("x.md").unlink()
        for _ in range(1_500):  # as what clears away after the test could not
            os.chdir("..")
            Path("abc").rmdir()


def test_what_may_not_be_opened_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.md")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    (problem,) = look(tmp_path, "docs").problems
    assert str(problem) == (
        "docs/a.md:1: this file may not be opened: give yourself the permission to read it [file-is-readable]"
    )


def test_a_large_picture_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.png").open("wb") as stream:
        stream.write(BITS[".png"])
        stream.truncate(3_000_000_000)
    (problem,) = look(tmp_path, "docs").problems
    assert "it has 3,000,000,000 bytes, and the most is 10,000,000" in problem.message


SIGNS = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=12)
PLAIN = st.text("abcXYZ019-_.", min_size=1, max_size=90)
NAMES = st.one_of(SIGNS, PLAIN, st.binary(min_size=1, max_size=8).map(lambda raw: os.fsdecode(raw)))
ENDINGS = st.sampled_from([*BEGINNINGS, ".md", ".witness.txt", ".html", "", ".MD"])


def made_from(uri: str) -> Iterator[str]:
    """Yield what a site makes of a file, by path."""
    if not uri.endswith(".md"):
        yield uri
    elif uri.endswith(("index.md", "README.md")):
        yield uri.rpartition("/")[0] + "/index.html" if "/" in uri else "index.html"
    else:
        stem = uri.removesuffix(".md")
        yield f"{stem}/index.html"
        yield f"cite/{stem}.json"
        yield f"comparisons/{stem.rpartition('/')[2]}/{stem.rpartition('/')[2]}/index.html"


@given(st.lists(st.tuples(st.lists(NAMES, max_size=3), NAMES, ENDINGS), min_size=1, max_size=6))
def test_whatever_is_published_can_be_previewed(drawn: list[tuple[list[str], str, str]]) -> None:
    """What passes here passes what publishes previews, whose limits are its own."""
    with tempfile.TemporaryDirectory() as name:
        for folders, stem, ending in drawn:
            path = Path(name, *(each.replace("..", "-") for each in folders), stem + ending)
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(BITS.get(ending, PAGE.encode()))
            except (OSError, ValueError):
                continue
        found = look(Path(name), "docs")
        assert all(problem.position.path.isprintable() and problem.message.isprintable() for problem in found.problems)
        made = [place for uri in published(found.files - found.refused) for place in made_from(uri)]
        assert [place for place in made if not pages.NAME.fullmatch(place)] == []
        assert len({place.casefold() for place in made}) == len(set(made))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("notes/all-hours.md", "notes/all-hours.md.txt"),
        ("notes/all-hours.md", "notes/all-hours.md.md"),
        ("notes/all-hours.md", "notes/all-hours.Markdown"),
        ("commentary/all-hours.witness.txt", "commentary/all-hours.witness.txt.txt"),
        ("commentary/all-hours.witness.txt", "commentary/all-hours.witness.md"),
        ("bibliography.bib", "bibliography.bib.txt"),
    ],
)
def test_a_file_with_another_ending_is_one_problem_that_names_the_right_one(
    right: str, wrong: str, collection: Collection
) -> None:
    text = (COLLECTION / right).read_bytes()
    (problem,) = check(collection({right: None, wrong: text}))
    assert "rename " in problem.message
    assert f"'{Path(right).name}'" in problem.message
    assert check(collection({wrong: None, right: text})) == ()
