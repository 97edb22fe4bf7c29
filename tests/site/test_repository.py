"""What a site takes from the repository that it is built from."""

import subprocess
from pathlib import Path

import pytest

from macros.site.repository import last_change, tracked


def _git(home: Path, *asked: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", "-C", str(home), *who, *asked], check=True, capture_output=True)


def test_files_of_what_is_made_are_found_if_git_has_them(tmp_path: Path) -> None:
    made = Path(".cache")
    assert tracked(tmp_path, made) == ""
    _git(tmp_path, "init")
    (tmp_path / made / "a").mkdir(parents=True)
    (tmp_path / made / "a" / "b").write_text("c", "utf-8")
    (tmp_path / ".gitignore").write_text(".cache/\n", "utf-8")
    _git(tmp_path, "add", ".")
    assert tracked(tmp_path, made) == ""
    _git(tmp_path, "add", "--force", ".cache")
    assert tracked(tmp_path, made) == ".cache/a/b"
    assert tracked(tmp_path / "a", made) == "", "no folder"


def test_what_git_cannot_be_asked_of_is_not_believed(tmp_path: Path) -> None:
    """A link may lead anywhere, and Git refuses to speak of a repository that is another user's."""
    made, elsewhere = Path(".cache", "edition"), tmp_path / "elsewhere"
    (elsewhere / "edition").mkdir(parents=True)
    home = tmp_path / "home"
    home.mkdir()
    (home / ".cache").symlink_to(elsewhere)
    assert tracked(home, made) == ".cache"
    (home / ".cache").unlink()
    assert tracked(home, made) == ""
    (home / ".git").write_text("gitdir: nowhere", "utf-8")
    assert tracked(home, made) == str(made)


def test_the_last_change_is_the_last_commit_or_what_a_build_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert last_change(tmp_path) is None
    _git(tmp_path, "init")
    assert last_change(tmp_path) is None
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2019-04-19T12:00:00Z")
    _git(tmp_path, "commit", "--allow-empty", "--message", "Begin")
    assert str(last_change(tmp_path)) == "19 April 2019"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert str(last_change(tmp_path)) == "14 November 2023"
