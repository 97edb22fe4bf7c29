"""A check that begins where the one before it ended says what one says that begins from nothing."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from macros.checks.run import check
from macros.commands import resuming
from macros.commands.cli import main
from macros.commands.resuming import LIBRARIES, checked, resumed
from macros.model import loading
from macros.model.kind import KINDS
from macros.page.template import Templates
from macros.text.cache import FOLDER, Cache
from macros.text.kept import Result
from macros.text.packed import pack
from tests.commands.conftest import Built, site
from tests.forked import called

pytestmark = pytest.mark.long


def _kept(home: Path) -> list[Path]:
    return [path for path in (home / FOLDER).rglob("*") if path.is_file()]


def _refuse(path: Path, **_: str) -> None:
    raise AssertionError(f"{path} is read anew")


def _said(home: Path) -> str:
    """Return what a check says in a process of its own, with what the one before has kept."""
    run = called("macros", "check", home=home)
    return run.stdout + run.stderr.partition(" (")[0]


def test_checks_of_processes_that_follow_each_other(home: Path) -> None:
    """A mistake is told, and told again, and gone when it is mended, whatever is kept."""
    sound = _said(home)
    assert sound.startswith("No problem in ")
    page = next((home / "docs" / "commentary").glob("*.md"))
    text = page.read_text("utf-8")
    page.write_text(text + '\n{{ cite("nobody") }}\n', "utf-8")
    faulty = _said(home)
    assert "there is no source 'nobody'" in faulty
    assert _said(home) == faulty
    (entry,) = _kept(home)
    entry.write_bytes(b"")
    assert _said(home) == faulty
    page.write_text(text, "utf-8")
    assert _said(home) == sound


def test_what_is_the_same_is_neither_read_nor_checked_anew(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edition, keep = resumed(home / "docs", "docs")
    assert check(edition) == ()
    keep()
    (entry,) = _kept(home)
    made = entry.read_bytes()

    monkeypatch.setattr(loading, "read", _refuse)
    monkeypatch.setattr(loading, "read_witness", _refuse)
    edition, keep = resumed(home / "docs", "docs")
    assert edition.results
    assert edition.results.before
    before = edition.results.before.kept
    assert check(edition) == ()
    assert {source for source, found in edition.results.kept.items() if found is not before[source]} == set()
    keep()
    assert entry.read_bytes() == made


def test_only_what_a_change_alters_is_checked_anew(home: Path) -> None:
    edition, keep = resumed(home / "docs", "docs")
    check(edition)
    keep()
    page = next((home / "docs" / "commentary").glob("*.md"))
    page.write_text(page.read_text("utf-8") + "\nOne more paragraph.\n", "utf-8")
    edition, _ = resumed(home / "docs", "docs")
    assert edition.results
    assert edition.results.before
    before = edition.results.before.kept
    check(edition)
    kept = edition.results.kept.items()
    anew = {source[1] for source, found in kept if "_of_file" in str(source[0]) and found is not before.get(source)}
    assert page.relative_to(home / "docs").as_posix() in anew
    assert len(anew) < len(edition.pages) / 3  # it and those that speak of it


def test_what_another_engine_has_kept_is_left_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, keep = resumed(home / "docs", "docs")
    keep()
    monkeypatch.setattr(resuming, "engine", lambda _: "another")
    edition, _ = resumed(home / "docs", "docs")
    assert edition.results
    assert edition.results.before is None


def test_a_template_that_is_no_more_is_missed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What macros print is looked at with the templates that are there."""
    _, keep = resumed(home / "docs", "docs")
    keep()
    monkeypatch.setattr(Templates, "version", "other templates")
    edition, _ = resumed(home / "docs", "docs")
    assert edition.results
    assert edition.results.before is None


@pytest.mark.parametrize("left", [b"", b"\x80\x05N.", b"\x80\x05)."])
def test_what_is_no_edition_is_left_alone(home: Path, monkeypatch: pytest.MonkeyPatch, left: bytes) -> None:
    monkeypatch.setattr(Cache, "get", lambda *_: left)
    edition, _ = resumed(home / "docs", "docs")
    assert check(edition) == ()


def test_results_that_read_what_is_not_there_are_left_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edition, _ = resumed(home / "docs", "docs")
    lost = Result("macros.checks.run:check", (), (), ((7, frozenset(), True),))
    kept = pack(({}, replace(edition, macros={}), [lost]), {f"kind {name}": kind for name, kind in KINDS.items()})
    monkeypatch.setattr(Cache, "get", lambda *_: kept)
    edition, _ = resumed(home / "docs", "docs")
    assert edition.results
    assert edition.results.before is None


def test_without_a_site_nothing_is_kept(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "mkdocs.yml").unlink()
    assert main(["check", "--docs", str(home / "docs")]) == 0
    assert not (home / ".cache").exists()


def test_a_cache_that_came_with_a_commit_is_not_trusted(home: Path) -> None:
    _, keep = resumed(home / "docs", "docs")
    keep()
    subprocess.run(["git", "init", "--quiet"], cwd=home, check=True)
    subprocess.run(["git", "add", "--force", ".cache"], cwd=home, check=True)
    edition, _ = resumed(home / "docs", "docs")
    assert edition.results is None


def test_a_cache_that_cannot_be_written_is_done_without(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / ".cache").write_text("", "utf-8")
    assert main(["check", "--docs", str(home / "docs")]) == 0


def test_a_build_takes_what_a_check_has_kept_and_makes_the_same_site(
    built: Built, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _said(home).startswith("No problem in ")
    monkeypatch.setattr(loading, "read", _refuse)
    assert site(home) == built.site


def test_a_build_after_an_edit_and_one_that_says_what_is_wrong(home: Path) -> None:
    """What a check has kept from before is of no weight."""
    _said(home)
    page = next((home / "docs" / "commentary").glob("*.md"))
    page.write_text(page.read_text("utf-8") + '\n{{ cite("nobody") }}\n', "utf-8")
    docs, folder = home / "docs", home / FOLDER
    assert check(checked(docs, "docs", folder)) == check(checked(docs, "docs", None)) != ()


_USED = """
import sys
from importlib.metadata import packages_distributions
from macros.commands.cli import main
main(["check"])
things = [thing for name, one in list(sys.modules.items()) if name.startswith("macros.") for thing in vars(one).values()]
places = [getattr(thing, "__module__", None) or getattr(thing, "__name__", None) for thing in things]
tops = {place.partition(".")[0] for place in places if isinstance(place, str)}
packages = packages_distributions()
print(*{name.lower() for top in tops for name in packages.get(top, ())})
"""
"""Prints the libraries from which the engine's modules have something after a check."""


def test_of_every_library_that_a_check_uses_the_version_counts(home: Path) -> None:
    run = subprocess.run([sys.executable, "-c", _USED], cwd=home, capture_output=True, text=True, check=True)
    used = set(run.stdout.split())
    assert "pyyaml" in used
    assert used <= {*LIBRARIES, "pydantic_core"}  # of which each Pydantic has its own
