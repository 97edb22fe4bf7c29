"""What MkDocs is told: a strict build of an invented collection, and what must fail it, in one sentence."""

import errno
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort

from tests import ROOT
from tests.sites import make, project

pytestmark = pytest.mark.long


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


def small(target: Path, *options: str, umask: int = -1, **environment: str) -> subprocess.CompletedProcess[str]:
    """Have MkDocs build a site of one page, called as a person does."""
    command = [sys.executable, "-m", "mkdocs", "build", "--config-file", str(project(target.parent)), *options]
    command += ["--site-dir", str(target)]
    given = {**os.environ, **environment}
    return subprocess.run(command, capture_output=True, text=True, check=False, umask=umask, env=given)


def spoilt(folder: Path, program: str) -> str:
    """Write a program that runs where the search's index is made, and return the path to find it by."""
    (folder / "snowballstemmer.py").write_text(f"import os, signal\ndef stemmer(name):\n    {program}\n")
    return str(folder)


def test_strict_is_strict_when_it_is_quiet(tmp_path: Path) -> None:
    killing = spoilt(tmp_path, "os.kill(os.getpid(), signal.SIGKILL)")
    done = small(tmp_path / "site", "--strict", "--quiet", PYTHONPATH=killing)
    assert "could not be made (-9)\n" in done.stderr
    assert done.stdout == "\nAborted with 1 warnings in strict mode!\n"
    assert done.returncode == 1


def test_quiet_and_strict_a_good_build_says_nothing_and_is_for_everyone_to_read(tmp_path: Path) -> None:
    done = small(tmp_path / "site", "--strict", "--quiet", umask=0o077)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
    found = [tmp_path / "site", *(tmp_path / "site").rglob("*")]
    assert {path.stat().st_mode & 0o777 for path in found if path.is_file()} == {0o644}
    assert {path.stat().st_mode & 0o777 for path in found if path.is_dir()} == {0o755}


def test_no_site_is_made_of_nothing(tmp_path: Path) -> None:
    config = project(tmp_path)
    (tmp_path / "docs" / "index.md").unlink()
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(config)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "no page stands in" in done.stderr
    assert done.returncode == 1


def test_what_the_system_refuses_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "site").touch()
    done = small(tmp_path / "site", "--quiet")
    assert done.stdout.startswith("\nThe site could not be built: ")
    assert f"('{tmp_path / 'site'}" in done.stdout
    assert "Traceback" not in done.stderr
    assert done.returncode == 1


def test_a_disk_without_room_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(content: bytes, path: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("mkdocs.utils.write_file", refuse)
    sentence = "The site could not be built: No space left on device: make room and run it again."
    with pytest.raises(Abort, match=re.escape(sentence)):
        make(tmp_path / "site", project(tmp_path), strict=False)


def test_the_navigation_of_a_section_with_very_many_pages_lists_the_nearest(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    (docs / "acts").mkdir(parents=True)
    (docs / "index.md").write_text("# Home\n")
    (docs / "acts/index.md").write_text("# Acts\n")
    names = [f"act-{number:03}" for number in range(1, 101)]
    for name in names:
        (docs / f"acts/{name}.md").write_text(f"# {name}\n")
    config = tmp_path / "mkdocs.yml"
    config.write_text(
        f"site_name: Acts\ntheme:\n  name: material\n  custom_dir: {ROOT / 'overrides'}\nplugins: [edition]\n"
    )
    site = make(tmp_path / "site", config)
    for name, first, last in (("act-001", 1, 60), ("act-050", 21, 80), ("act-100", 42, 100)):
        html = (site / "acts" / name / "index.html").read_text()
        nav = html[html.index("md-nav--primary") : html.index("md-nav--secondary")]
        listed = sorted({*re.findall(r"\bact-\d{3}\b", nav)})
        assert len(listed) <= 60
        assert name in listed
        assert "All 101" in nav
        assert abs(int(listed[0][4:]) - first) <= 2
        assert abs(int(listed[-1][4:]) - last) <= 2
    assert (site / "acts/act-050/index.html").stat().st_size < 60_000


def test_a_navigation_with_an_address_that_is_none_is_a_sentence(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    config = project(tmp_path)
    config.write_text(config.read_text("utf-8") + 'nav: [index.md, {Bad: ["http://["]}]\n', "utf-8")
    with pytest.raises(Abort):
        make(tmp_path / "site", config, strict=False)
    assert "nav of mkdocs.yml: 'http://[' is no address" in caplog.text
