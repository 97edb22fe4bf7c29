"""Files that belong together are written all or not at all, whatever comes between."""

import errno
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from macros.commands import writing
from macros.commands.writing import finish, finish_below, put
from tests import ROOT
from tests.commands.killed import kill, refuse, steps
from tests.forked import alone, called

pytestmark = pytest.mark.long

NAMES = ("a.md", "b.md", "c.txt")


def texts(version: str) -> dict[str, str]:
    return {name: f"{version} of {name}\n" for name in NAMES}


def standing(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()}


def begin(folder: str) -> Path:
    place = Path(folder, "docs/declarations")
    put(place, texts("old"))
    return place


def killing(folder: str) -> None:
    """Kill the writing before each of its steps; the next command finds all new or makes it so, or all is old."""
    place = begin(folder)
    counts = {"old": 0, "new": 0}

    def happens(at: int) -> bool:
        put(place, texts("old"))
        return kill(lambda: put(place, texts("new")), at, writing)

    for at in steps(happens):
        if at % 2:  # a command that is killed itself
            kill(lambda: finish_below(Path(folder)), random.Random(at).randrange(20), writing)
        finish_below(Path(folder))
        (found,) = (one for one in counts if standing(place) == texts(one))
        counts[found] += 1
    assert standing(place) == texts("new"), "the last one was not killed"
    sys.stdout.write(f"{counts['old']} {counts['new']}")


def test_killed_at_any_step_all_is_old_or_all_is_new(tmp_path: Path) -> None:
    old, new = map(int, alone(killing, str(tmp_path)).split())
    assert old + new >= 50
    assert min(old, new) >= 10


def refusing(folder: str, name: str) -> None:
    """Refuse the writing each of its questions to the system once: no command has to come after."""
    place = begin(folder)
    error = KeyboardInterrupt() if name == "interrupt" else OSError(errno.ENOSPC, "full")

    def happens(at: int) -> bool:
        put(place, texts("old"))
        return refuse(lambda: put(place, texts("new")), at, error)

    counts = {"old": 0, "new": 0}
    for _ in steps(happens):
        leftovers = [path for path in place.iterdir() if path.name.startswith(".writing-")]
        assert len(leftovers) <= 1, "only what could not be taken away"
        (found,) = (one for one in counts if texts(one).items() <= standing_files(place).items())
        counts[found] += 1
    sys.stdout.write(f"{counts['old']} {counts['new']}")


def standing_files(place: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in place.iterdir() if path.is_file()}


@pytest.mark.parametrize("name", ["interrupt", "full"])
def test_interrupted_or_refused_all_is_old_or_all_is_new_at_once(name: str, tmp_path: Path) -> None:
    old, new = map(int, alone(refusing, str(tmp_path), name).split())
    assert min(old, new) >= 3


def test_what_someone_has_changed_since_stays(tmp_path: Path) -> None:
    put(tmp_path, texts("old"))
    left = tmp_path / writing._WHOLE
    left.mkdir()
    for name, text in texts("new").items():
        (left / name).write_text(text)
    later = time.time() + 10
    (tmp_path / "b.md").write_text("mine")
    os.utime(tmp_path / "b.md", (later, later))
    assert finish(tmp_path) == [tmp_path / "a.md", tmp_path / "c.txt"]
    assert standing(tmp_path) == {**texts("new"), "b.md": "mine"}


def test_a_link_in_the_place_of_what_is_left_is_not_followed(tmp_path: Path) -> None:
    elsewhere, docs = tmp_path / "elsewhere", tmp_path / "docs"
    elsewhere.mkdir()
    docs.mkdir()
    (elsewhere / "private").write_text("private")
    (docs / writing._WHOLE).symlink_to(elsewhere)
    assert finish_below(docs) == []
    assert standing(elsewhere) == {"private": "private"}


def test_the_next_command_ends_what_was_broken_off(tmp_path: Path) -> None:
    left = tmp_path / "docs/threads" / writing._WHOLE
    left.mkdir(parents=True)
    (left / "a.md").write_text("# A page\n\nText.\n", "utf-8")
    place = left.parent / "a.md"
    done = called("macros", "check", "--docs", str(tmp_path / "docs"))
    assert done.stderr.startswith(f"wrote {place}, which a command before was kept from\nNo problem in 1 pages")
    assert done.returncode == 0
    assert standing(left.parent) == {"a.md": "# A page\n\nText.\n"}


def test_what_is_written_is_for_everyone_to_read(tmp_path: Path) -> None:
    done = called("macros", "export", "schema", "--output", str(tmp_path / "one/two"), umask=0o077)
    assert done.returncode == 0
    paths = sorted((tmp_path / "one").rglob("*"))
    assert len(paths) > 3
    assert {path.stat().st_mode & 0o777 for path in paths if path.is_file()} == {0o644}
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "one", *paths) if path.is_dir()} == {0o755}


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize(
    "arguments",
    [("export", "schema"), ("impact", "HEAD..HEAD", "--docs", "tests/collection/docs")],
    ids=lambda given: given[0],
)
def test_a_full_disk_is_one_sentence(arguments: tuple[str, ...]) -> None:
    done = called("macros", *arguments, out=FULL)
    assert done.stderr == "It was broken off: No space left on device: make room and run it again.\n"
    assert done.returncode == (3 if arguments[0] == "impact" else 1)


def test_a_place_that_is_no_folder_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = called("macros", "export", "schema", "--output", str(tmp_path / "file/below"))
    assert done.stderr == (
        f"It was broken off: Not a directory ('{tmp_path}/file/below'): "
        "a file stands where a folder is meant, so take it away.\n"
    )
    assert done.returncode == 1


def test_a_reader_that_goes_away_gets_no_traceback(tmp_path: Path) -> None:
    given, taken = os.pipe()
    os.close(given)
    command = [sys.executable, "-m", "macros", "export", "schema"]
    done = subprocess.run(command, cwd=ROOT, stdout=taken, stderr=subprocess.PIPE, text=True, check=False)
    os.close(taken)
    assert done.stderr == "It was broken off: Broken pipe.\n"
