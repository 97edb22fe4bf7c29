"""What may be published: a stranger's artifact, the branch it goes to, and the comment that says so."""

import contextlib
import io
import json
import shutil
import stat
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

import pages
from pages import Branch, Received, RefusalError

GOOD = {"number": "7\n", "impact.md": "# Impact\n", "site/index.html": "<article>Home</article>"}

Archive = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    def make(files: Mapping[str, str | bytes]) -> Path:
        path = tmp_path / "artifact.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
            for name, content in files.items():
                zipped.writestr(name, content)
        return path

    return make


def test_an_artifact_is_unpacked_and_its_pages_are_marked(archive: Archive, tmp_path: Path) -> None:
    given = {**GOOD, "site/a/b.css": "p {}", "site/sitemap.xml": "<x/>", "site/a.js.map": "{}", "site/_headers": "/*"}
    folder = tmp_path / "site"
    assert pages.unpack(archive(given), folder) == Received(7, "# Impact\n")
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    assert files == ["a/b.css", "index.html"]
    page = (folder / "index.html").read_text()
    assert page.startswith("<!doctype html>")
    assert page.index("noindex") < page.index("Content-Security-Policy") < page.index("<article>Home")


@pytest.mark.parametrize(
    "path",
    [
        "../out.html",
        "/tmp/out.html",
        "site/../../out.html",
        "site/.htaccess",
        "site/.git/config",
        "site/a\\..\\out.html",
        "site/a b.html",
        "site/@someone.html",
        "site/a\n::error::b.html",
        "site/`a`.html",
        "site/[a](b).html",
        f"site/{'a' * 101}.html",
        f"site/{'a/' * 12}a.html",
        "elsewhere/a.html",
        "site/setup.exe",
        "site/archive.zip",
        "site/page.xhtml",
        "site/page",
        "site/index.html/inside.html",
    ],
)
def test_a_file_that_belongs_nowhere_refuses_the_artifact(archive: Archive, tmp_path: Path, path: str) -> None:
    with pytest.raises(RefusalError):
        pages.unpack(archive({**GOOD, path: ""}), tmp_path / "within" / "site")
    assert list(tmp_path.glob("**/out.html")) == []


@pytest.mark.parametrize("number", ["", "0", "-1", "7 8", "7\n8", "seven", "../7", "7;", "٧", "1" * 10])
def test_a_number_is_a_number(archive: Archive, tmp_path: Path, number: str) -> None:
    with pytest.raises(RefusalError, match="which pull request"):
        pages.unpack(archive({**GOOD, "number": number}), tmp_path / "site")


def test_too_much_is_refused_whatever_it_declares(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_BYTES", 10_000)
    bomb = archive({**GOOD, "site/bomb.txt": b"0" * 20_000})
    assert bomb.stat().st_size < 1_000
    content = bomb.read_bytes()
    declared = (20_000).to_bytes(4, "little")
    assert content.count(declared) == 2
    for each in (content, content.replace(declared, (20).to_bytes(4, "little"))):
        bomb.write_bytes(each)
        with pytest.raises(RefusalError):
            pages.unpack(bomb, tmp_path / "site")
    bomb = archive({**GOOD, "site/bomb.txt": b"0" * 20_000_000})
    tracemalloc.start()
    with pytest.raises(RefusalError):
        pages.unpack(bomb, tmp_path / "site")
    assert tracemalloc.get_traced_memory()[1] < 1_000_000, "it is not unpacked before it is measured"
    tracemalloc.stop()
    monkeypatch.setattr(pages, "MOST_FILES", 2)
    with pytest.raises(RefusalError, match="files"):
        pages.unpack(archive(GOOD), tmp_path / "site")


def test_what_is_no_archive_is_refused(archive: Archive, tmp_path: Path) -> None:
    path = archive(GOOD)
    for content in (b"", b"no archive", path.read_bytes()[:-30]):
        path.write_bytes(content)
        with pytest.raises(RefusalError, match="cannot be read"):
            pages.unpack(path, tmp_path / "site")
    with pytest.raises(RefusalError, match="no site"):
        pages.unpack(archive({"number": "7"}), tmp_path / "other")


def test_a_link_in_an_archive_becomes_a_file(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("site/link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = tmp_path / "artifact.zip"
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("number", "7")
        zipped.writestr("site/index.html", "")
        zipped.writestr(link, "/etc/hostname")
    pages.unpack(path, tmp_path / "site")
    assert not (tmp_path / "site/link.txt").is_symlink()


@pytest.mark.parametrize(
    ("path", "picture"),
    [
        ("a.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("assets/a.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("a.png", "<script>alert(1)</script>"),
    ],
)
def test_a_picture_that_acts_is_refused(archive: Archive, tmp_path: Path, path: str, picture: str) -> None:
    with pytest.raises(RefusalError, match="pictures like"):
        pages.unpack(archive({**GOOD, f"site/{path}": picture}), tmp_path / "site")


def test_what_the_checkout_holds_is_enough_without_any_package(tmp_path: Path) -> None:
    """As actions/checkout leaves it for who may write: the listed folders, and the files of those around them."""
    root = Path(pages.__file__).parent.parent
    for folder in (".github", "macros/text"):
        shutil.copytree(root / folder, tmp_path / folder)
    shutil.copyfile(root / "macros" / "__init__.py", tmp_path / "macros" / "__init__.py")
    done = subprocess.run(
        [sys.executable, "-I", "-S", ".github/pages.py", "nothing"], cwd=tmp_path, capture_output=True, text=True,
        check=False, env={"GITHUB_SERVER_URL": "", "GITHUB_REPOSITORY": ""},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, (pages.__doc__ or "") + "\n")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_what_github_packs_is_unpacked(tmp_path: Path, method: int) -> None:
    path = tmp_path / "artifact.zip"
    with zipfile.ZipFile(path, "w", method) as zipped:
        zipped.writestr("number", "7")
    with pytest.raises(RefusalError, match="packs 'number'"):
        pages.unpack(path, tmp_path / "site")


def test_a_damaged_archive_is_refused_wherever_it_is_damaged(archive: Archive, tmp_path: Path) -> None:
    path = archive(GOOD)
    content = path.read_bytes()
    for at in range(len(content)):
        path.write_bytes(content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :])
        with contextlib.suppress(RefusalError):
            pages.unpack(path, tmp_path / "site")


RUN = {"id": 5, "head_sha": "a" * 40, "head_branch": "mend", "head_repository": {"id": 2}}
PULL = {
    "state": "open",
    "head": {"sha": "a" * 40, "ref": "mend", "repo": {"id": 2}},
    "base": {"sha": "c" * 40, "ref": "main", "repo": {"id": 1}},
}


def test_a_number_is_believed_only_of_the_pull_request_that_was_built() -> None:
    assert pages.refusal(PULL, RUN) == ""
    assert pages.refusal({**PULL, "state": "closed"}, RUN)
    for change in ({"sha": "b" * 40}, {"ref": "other"}, {"repo": {"id": 3}}, {"repo": None}):
        assert pages.refusal({**PULL, "head": {**PULL["head"], **change}}, RUN), change  # type: ignore[dict-item]
    assert pages.refusal(PULL, {**RUN, "head_repository": None})


def test_what_is_pushed_elsewhere_waits_for_a_reviewer_or_is_refused_whoever_opened_the_pull_request() -> None:
    open_to_all = {"name": "preview-reviewed", "protection_rules": [{"type": "wait_timer"}]}
    guarded = {"name": "preview-reviewed", "protection_rules": [{"type": "required_reviewers"}]}
    other = {**guarded, "name": "preview"}
    ours = {**PULL, "head": {**PULL["head"], "repo": PULL["base"]["repo"]}}  # type: ignore[dict-item, index]
    for association in ("OWNER", "MEMBER", "COLLABORATOR", "CONTRIBUTOR", "NONE"):
        opened = {"author_association": association}
        assert pages.environment({**ours, **opened}, []) == "preview"
        assert pages.environment({**PULL, **opened}, [other, guarded]) == "preview-reviewed"
        for environments in ([], [other], [open_to_all]):
            with pytest.raises(RefusalError, match="required reviewers"):
                pages.environment({**PULL, **opened}, environments)


def test_pages_are_compared_by_what_they_say(tmp_path: Path) -> None:
    for name, text in {"a": "<nav>new</nav><article>A</article>", "b": "<article>B!</article>", "c": "new"}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(text)
    (tmp_path / "d.css").touch()
    published = {
        "a/index.html": b"<nav>old</nav><article>A</article><footer>",
        "b/index.html": b"<article>B</article>",
    }
    assert pages.changed(tmp_path, published.get) == ["b/index.html", "c/index.html"]


def test_a_comment_quotes_a_stranger_and_obeys_him_in_nothing() -> None:
    hostile = "@everyone ![x](http://x/)\n```\n</details>\n`````\n<script>\x1b\u202e"
    text = pages.comment("https://e.example/s", Received(7, hostile), "0123456789", ["index.html", "a/index.html"])
    assert text.startswith("<!-- preview -->\n")
    assert "https://e.example/s/previews/pr-7/a/)" in text
    assert "[`Home`](https://e.example/s/previews/pr-7/)" in text
    fenced = text.split("\n``````markdown\n")[1].split("\n``````\n")[0]
    assert fenced == hostile.rstrip("\x1b\u202e")
    many = pages.comment("https://e.example/", Received(7, "x" * 90_000), "0" * 40, [f"{n}.html" for n in range(9000)])
    assert len(many) < 65_536, "GitHub takes no longer comment"
    assert "and 8950 more" in many


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    path = tmp_path / "edition.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(path)], check=True)
    return path


def shown(remote: Path, *arguments: str) -> list[str]:
    given = subprocess.run(["git", "-C", str(remote), *arguments], check=True, capture_output=True, text=True)
    return given.stdout.splitlines()


def served(remote: Path) -> list[str]:
    return shown(remote, "ls-tree", "-r", "--name-only", "gh-pages")


@pytest.fixture
def branch(remote: Path, tmp_path_factory: pytest.TempPathFactory) -> Branch:
    return Branch(str(remote), tmp_path_factory.mktemp("scratch"))


def folder(path: Path, **files: str) -> Path:
    path.mkdir()
    for name, text in files.items():
        (path / f"{name}.html").write_text(text)
    return path


@pytest.mark.long
def test_the_site_and_previews_live_side_by_side(branch: Branch, remote: Path, tmp_path: Path) -> None:
    pages.publish_site(branch, folder(tmp_path / "one", index="1", old="1"))
    pages.publish_preview(branch, folder(tmp_path / "seven", index="7", old="7"), 7)
    pages.publish_preview(branch, folder(tmp_path / "eight", index="8"), 8)
    pages.publish_preview(branch, folder(tmp_path / "anew", index="7!"), 7)
    pages.publish_site(branch, folder(tmp_path / "two", index="2"))
    assert served(remote) == [".nojekyll", "index.html", "previews/pr-7/index.html", "previews/pr-8/index.html"]
    assert shown(remote, "show", "gh-pages:previews/pr-7/index.html") == ["7!"]
    assert shown(remote, "rev-list", "--count", "gh-pages") == ["1"]
    pages.sweep(branch, {7: False, 8: True}.__getitem__)
    assert served(remote) == [".nojekyll", "index.html", "previews/pr-8/index.html"]
    before = shown(remote, "rev-parse", "gh-pages")
    pages.sweep(branch, {8: True}.__getitem__)
    assert shown(remote, "rev-parse", "gh-pages") == before, "nothing to do, so nothing is done"
    pages.sweep(branch, {8: False}.__getitem__)
    assert served(remote) == [".nojekyll", "index.html"]


def test_a_sweep_of_nothing_makes_no_branch(branch: Branch, remote: Path) -> None:
    pages.sweep(branch, lambda number: True)
    assert shown(remote, "branch", "--list") == []


def test_the_domain_written_by_the_settings_stays(branch: Branch, remote: Path, tmp_path: Path) -> None:
    given = folder(tmp_path / "one", index="1")
    (given / "CNAME").write_text("edition.example\n")
    pages.publish_site(branch, given)
    pages.publish_site(branch, folder(tmp_path / "two", index="2"))
    assert shown(remote, "show", "gh-pages:CNAME") == ["edition.example"]


def test_all_previews_together_have_an_end(
    branch: Branch, remote: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_IN_ALL", 10)
    pages.publish_site(branch, folder(tmp_path / "site", index="1" * 100))
    pages.publish_preview(branch, folder(tmp_path / "seven", index="7" * 8), 7)
    pages.publish_preview(branch, folder(tmp_path / "anew", index="7" * 9), 7)
    before = served(remote)
    with pytest.raises(RefusalError, match="close pull requests"):
        pages.publish_preview(branch, folder(tmp_path / "eight", index="88"), 8)
    assert served(remote) == before


def test_the_site_may_not_stand_where_previews_do(branch: Branch, tmp_path: Path) -> None:
    site = folder(tmp_path / "site", index="1")
    (site / "previews").mkdir()
    with pytest.raises(RefusalError, match="previews"):
        pages.publish_site(branch, site)


def test_who_comes_second_begins_again(branch: Branch, remote: Path, tmp_path: Path) -> None:
    pages.publish_site(branch, folder(tmp_path / "site", index="1"))
    other = tmp_path / "other"
    other.mkdir()
    rival, attempts = Branch(str(remote), other), []

    class Overtaken(Branch):
        def newest(self) -> str:
            found = super().newest()
            attempts.append(found)
            if len(attempts) == 1:
                pages.publish_preview(rival, folder(tmp_path / "eight", index="8"), 8)
            return found

    scratch = tmp_path / "scratch"
    scratch.mkdir()
    pages.publish_preview(Overtaken(str(remote), scratch), folder(tmp_path / "seven", index="7"), 7)
    assert len(attempts) == 2
    assert served(remote)[2:] == ["previews/pr-7/index.html", "previews/pr-8/index.html"]


@pytest.fixture
def github(archive: Archive, remote: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Stand in for GitHub: its answers by path, which a test may change, and a `gh` that gives them."""
    answers: dict[str, Any] = {
        f"actions/runs/5/artifacts?name={pages.ARTIFACT}": {
            "artifacts": [{"id": 9, "expired": False, "size_in_bytes": 1000}]
        },
        "actions/artifacts/9/zip": archive(GOOD).read_bytes(),
        "pulls/7": PULL,
        "environments?per_page=100": {
            "environments": [{"name": "preview-reviewed", "protection_rules": [{"type": "required_reviewers"}]}]
        },
    }
    run = subprocess.run

    def stand_in(command: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        if command[:2] != ["gh", "api"]:
            return run(command, **options)
        answer = answers[command[2].removeprefix("repos/someone/edition/")]
        content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        if isinstance(stream := options.get("stdout"), io.BufferedWriter):
            stream.write(content)
        return subprocess.CompletedProcess(command, 0, content)

    monkeypatch.setattr(subprocess, "run", stand_in)
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"workflow_run": RUN}))
    (tmp_path / "someone").mkdir()
    remote.rename(tmp_path / "someone/edition.git")
    variables = {
        "GITHUB_REPOSITORY": "someone/edition",
        "GITHUB_SERVER_URL": str(tmp_path),
        "GITHUB_EVENT_PATH": str(event),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "SITE_URL": "https://someone.example/edition/",
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return answers


def test_a_run_becomes_a_preview(github: dict[str, Any], tmp_path: Path) -> None:
    assert pages.main(["examine"]) == 0
    assert "preview-reviewed" in (tmp_path / "output").read_text().splitlines()
    assert pages.main(["preview"]) == 0
    assert served(tmp_path / "someone/edition.git") == ["previews/pr-7/index.html"]
    lines = (tmp_path / "output").read_text().splitlines()
    assert {"7", pages.MARK, "- [`Home`](https://someone.example/edition/previews/pr-7/)"} <= set(lines)
    assert pages.main(["sweep"]) == 0
    github["pulls/7"] = {**PULL, "state": "closed"}
    assert pages.main(["sweep"]) == 0
    assert served(tmp_path / "someone/edition.git") == []


def test_each_push_from_elsewhere_waits_anew(github: dict[str, Any], tmp_path: Path) -> None:
    """Opened by a collaborator from a stranger's branch, into which the stranger then pushes."""
    for sha in ("a" * 40, "b" * 40):
        (tmp_path / "event.json").write_text(json.dumps({"workflow_run": {**RUN, "head_sha": sha}}))
        head = {"sha": sha, "ref": "mend", "repo": {"id": 2}}
        github["pulls/7"] = {**PULL, "author_association": "COLLABORATOR", "head": head}
        assert pages.main(["examine"]) == 0
        assert "preview-reviewed" in (tmp_path / "output").read_text().splitlines()
        (tmp_path / "output").unlink()
    github["environments?per_page=100"] = {"environments": []}
    assert pages.main(["examine"]) == 1
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize("command", ["examine", "preview"])
def test_a_run_that_lies_publishes_nothing(
    github: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    github["pulls/7"] = {**PULL, "head": {"sha": "b" * 40, "ref": "mend", "repo": {"id": 2}}}
    assert pages.main([command]) == 1
    assert capsys.readouterr().out.startswith("::error title=Nothing was published::")
    assert not (tmp_path / "output").exists()
    assert shown(tmp_path / "someone/edition.git", "branch", "--list") == []


def test_a_run_that_built_nothing_is_no_failure(github: dict[str, Any], tmp_path: Path) -> None:
    github[f"actions/runs/5/artifacts?name={pages.ARTIFACT}"] = {"artifacts": []}
    assert pages.main(["examine"]) == 0
    assert not (tmp_path / "output").exists()
