"""`make site`: whatever happens to a build, the last good site stands in its place, whole."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.commands import build as building
from macros.commands.build import build
from tests import ROOT
from tests.commands.killed import kill, refuse, steps
from tests.forked import alone

pytestmark = pytest.mark.long

NAMES = ("index.html", "a/index.html", "a/b.css", "search/index")


def maker(version: str, status: int = 0) -> Callable[[Path], int]:
    """Return what makes a site of which every file says its version; one that fails has made the half of it."""

    def make(folder: Path) -> int:
        for name in NAMES[: 2 if status else None]:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(version)
        return status

    return make


def version(site: Path) -> str:
    """Return the version of a site that is whole; fail for any other, or if anything but the lock lies beside it."""
    found = {path.relative_to(site).as_posix(): path.read_text() for path in site.rglob("*") if path.is_file()}
    assert sorted(found) == sorted(NAMES)
    (one,) = set(found.values())
    return one


def beside(site: Path) -> set[str]:
    return {path.name for path in site.parent.iterdir()}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


def begin(folder: Path) -> Path:
    site = Path(folder, "site")
    assert build(site, maker("old"))
    return site


def test_a_site_takes_the_place_of_the_one_before(site: Path) -> None:
    for one in ("first", "second"):
        assert build(site, maker(one))
        assert version(site) == one
    assert not build(site, maker("third", status=1))
    assert version(site) == "second"
    assert beside(site) == {"site", ".site.lock"}


WAYS = ("exchange", "two steps")


def choose(way: str) -> None:
    if way == "two steps":
        building._exchange = lambda one, other: False


def is_exchanged(folder: Path) -> bool:
    """Return whether the system here can let two folders change places."""
    one, other = folder / "one", folder / "other"
    one.mkdir()
    other.mkdir()
    done = building._exchange(one, other)
    one.rmdir()
    other.rmdir()
    return done


def killing(folder: str, way: str) -> None:
    """Kill a build before each of its steps, and see what stands there then, and after a build that fails."""
    choose(way)
    site = begin(Path(folder))
    killed = {"old": 0, "new": 0, "none": 0}

    def happens(at: int) -> bool:
        assert build(site, maker("old"))
        return kill(lambda: build(site, maker("new")), at, building)

    for _ in steps(happens):
        # Where it takes two steps, there is no site between them: the next run puts it back.
        killed[version(site) if site.exists() or way == "exchange" else "none"] += 1
        assert not build(site, maker("broken", status=1))
        assert version(site) in ("old", "new")
        assert beside(site) == {"site", ".site.lock"}
    assert version(site) == "new", "the last one was not killed"
    sys.stdout.write(f"{killed['old']} {killed['new']} {killed['none']}")


@pytest.mark.parametrize("way", WAYS)
def test_a_killed_build_leaves_the_last_good_site(way: str, tmp_path: Path) -> None:
    if way == "exchange" and not is_exchanged(tmp_path):
        pytest.skip("this file system cannot let two folders change places")
    old, new, none = map(int, alone(killing, str(tmp_path), way).split())
    assert old + new + none >= 50
    assert min(old, new) > 0
    assert (none > 0) == (way == "two steps")


def killing_again(folder: str, way: str) -> None:
    """Kill a build, then the one that should mend what that has left, at fifty pairs of steps."""
    choose(way)
    site = begin(Path(folder))
    choice, count = random.Random(0), 0
    while count < 50:
        one, two = choice.randrange(60), choice.randrange(60)
        assert build(site, maker("old"))
        if kill(lambda: build(site, maker("new")), one, building):
            count += kill(lambda: build(site, maker("broken", status=1)), two, building)
        assert not build(site, maker("broken", status=1))
        assert version(site) in ("old", "new")
        assert beside(site) == {"site", ".site.lock"}


@pytest.mark.parametrize("way", WAYS)
def test_killed_twice_it_still_does(way: str, tmp_path: Path) -> None:
    alone(killing_again, str(tmp_path), way)


def starving(folder: str, way: str, *, lasting: bool) -> None:
    """Refuse a build what it asks of the system, once or from then on, at each of its questions."""
    choose(way)
    site = begin(Path(folder))

    def happens(at: int) -> bool:
        assert build(site, maker("old"))
        return refuse(lambda: build(site, maker("new")), at, lasting=lasting)

    count = 0
    for _ in steps(happens):
        count += 1
        if site.exists() or way == "exchange" or not lasting:
            assert version(site) in ("old", "new")
        assert not build(site, maker("broken", status=1))
        assert version(site) in ("old", "new")
        assert beside(site) == {"site", ".site.lock"}
    sys.stdout.write(str(count))


@pytest.mark.parametrize("lasting", [False, True])
@pytest.mark.parametrize("way", WAYS)
def test_a_starved_build_leaves_the_last_good_site(way: str, lasting: bool, tmp_path: Path) -> None:  # noqa: FBT001
    if way == "exchange" and not is_exchanged(tmp_path):
        pytest.skip("this file system cannot let two folders change places")
    assert int(alone(starving, str(tmp_path), way, lasting=lasting)) >= 20


SLOW = """
import sys
from pathlib import Path
from macros.commands.build import build

def make(folder):
    print("begun", flush=True)
    sys.stdin.readline()
    for name in sys.argv[3:]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(sys.argv[2])
    return 0

sys.exit(0 if build(Path(sys.argv[1]), make) else 1)
"""


def begun(site: Path, one: str) -> subprocess.Popen[str]:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([sys.executable, "-c", SLOW, str(site), one, *NAMES], cwd=ROOT, text=True, **pipes)  # type: ignore[call-overload, no-any-return]


def test_of_two_the_second_waits_for_the_first(site: Path) -> None:
    with begun(site, "first") as first:
        assert first.stdout
        assert first.stdout.readline() == "begun\n"
        with begun(site, "second") as second:
            assert second.stderr
            assert second.stderr.readline() == "Another run is building site/: this one waits for it.\n"
            assert first.communicate("\n") == ("", "")
            assert version(site) == "first"
            assert second.communicate("\n") == ("begun\n", "")
    assert (first.returncode, second.returncode) == (0, 0)
    assert version(site) == "second"
    assert beside(site) == {"site", ".site.lock"}


def test_the_lock_of_a_killed_build_keeps_nobody_waiting(site: Path) -> None:
    with begun(site, "first") as first:
        assert first.stdout
        assert first.stdout.readline() == "begun\n"
        first.kill()
    assert build(site, maker("second"))
    assert beside(site) == {"site", ".site.lock"}


def test_many_at_once_end_with_a_whole_site(site: Path) -> None:
    running = [begun(site, str(number)) for number in range(4)]
    for one in running:
        assert one.stdin
        one.stdin.write("\n")
        one.stdin.flush()
    for one in running:
        one.communicate()
        assert one.returncode == 0
    assert version(site) in set("0123")
    assert beside(site) == {"site", ".site.lock"}


def test_where_the_site_is_a_link_what_it_leads_to_is_replaced(site: Path) -> None:
    (site.parent / "elsewhere").mkdir()
    site.symlink_to("elsewhere/www")
    assert build(site, maker("first"))
    assert site.is_symlink()
    assert version(site.parent / "elsewhere/www") == "first"


ENGINE = """
import os, subprocess, sys
folder = sys.argv[-1]
os.makedirs(folder)
open(os.path.join(folder, "index.html"), "w").write("{version}")
{then}
"""


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., subprocess.Popen[str]]:
    """Return a function that runs the command with something in MkDocs' place."""
    package = tmp_path / "stub/mkdocs"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    place = tmp_path / "place"
    place.mkdir()

    def run(version: str, then: str = "") -> subprocess.Popen[str]:
        (package / "__main__.py").write_text(ENGINE.format(version=version, then=then))
        environment = {**os.environ, "PYTHONPATH": f"{package.parent}:{ROOT}"}
        command = [sys.executable, "-m", "macros", "build"]
        return subprocess.Popen(
            command, cwd=place, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, umask=0o077
        )

    return run


def test_the_command_says_how_it_went_and_its_files_are_for_everyone(
    made: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    index = tmp_path / "place/site/index.html"
    done = made("first")
    assert done.communicate() == ("", "The site stands in site/.\n")
    assert done.returncode == 0
    assert [path.stat().st_mode & 0o777 for path in (index, index.parent)] == [0o644, 0o755]
    failed = made("second", "sys.exit(1)")
    assert failed.communicate() == ("", "Nothing was changed in site/.\n")
    assert failed.returncode == 1
    killed = made("second", "os.kill(os.getpid(), 9)")
    assert killed.communicate() == ("", "MkDocs was ended from outside, by SIGKILL.\nNothing was changed in site/.\n")
    assert killed.returncode == 1
    assert index.read_text() == "first"
    index.unlink()
    index.parent.rmdir()
    index.parent.touch()
    refused = made("third")
    said = refused.communicate()[1]
    assert said.startswith(f"Not a directory ('{index.parent}'): a file stands where a folder is meant")
    assert said.endswith("\nNothing was changed in site/.\n")
    assert refused.returncode == 1


def test_asked_to_end_it_takes_along_what_it_has_started(
    made: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    waiting = "subprocess.run([sys.executable, '-c', 'print(1, flush=True); import time; time.sleep(1000)'])"
    done = made("first", waiting)
    assert done.stdout
    assert done.stdout.readline() == "1\n"
    done.send_signal(signal.SIGTERM)
    # The end of what it writes to comes when the last that could write there has ended.
    assert done.communicate() == ("", "\nStopped; no file is half written.\n")
    assert done.returncode == 130
    assert beside(tmp_path / "place/site") == {".site.lock"}
