"""Revisions: the texts of a docs folder as a commit holds them, taken out of Git without touching the working tree."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from ...text.picture import BEGINNINGS

REGULAR = ("100644", "100755")  # modes of files; a link in a pull request's tree is not followed
READ = (".md", ".bib", ".txt", *BEGINNINGS)  # endings of the files that are read; of the others is asked if they exist
DEEPEST, LONGEST_PATH = 100, 3_000  # folders and bytes: what stands deeper, no texts do, and few systems write
PATIENCE = 120  # seconds for one call of Git


class RevisionError(Exception):
    """A revision cannot be had; the message is one sentence for whoever asked."""


def parse(text: str, docs: Path) -> tuple[str, str]:
    """Return the commits that `BASE`, `BASE..HEAD` or `BASE...HEAD` stands for; the second is empty for `BASE` alone.

    As in Git, a side that is left out is `HEAD`, and three dots begin where the two have parted.
    """
    first, dots, last = text.partition("...") if "..." in text else text.partition("..")
    base, head = commit(first or "HEAD", docs), commit(last or "HEAD", docs) if dots else ""
    return (_parting(base, head, docs) if dots == "..." else base), head


def commit(revision: str, docs: Path) -> str:
    """Return the name of the commit that a revision stands for; raises `RevisionError` where there is none."""
    _git(
        docs, "rev-parse", "--git-dir", failing=f"'{docs}' is in no Git repository: run this in a clone of the project"
    )
    found = _asked(docs, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if found is None:
        raise RevisionError(f"there is no revision '{revision}' here{_shallow(docs)}")
    return found.decode().strip()


def _parting(one: str, other: str, docs: Path) -> str:
    found = _asked(docs, "merge-base", one, other)
    if found is None:
        raise RevisionError(f"{one[:12]} and {other[:12]} have no commit in common here{_shallow(docs)}")
    return found.decode().strip()


def _shallow(docs: Path) -> str:
    """Say that a clone holds only the last commits, if it does."""
    if _asked(docs, "rev-parse", "--is-shallow-repository") == b"true\n":
        return ": this is a shallow clone, so fetch the rest with `git fetch --unshallow`, or that commit alone"
    return ": fetch it first, or see `git log` and `git branch --all` for those there are"


def export(commit: str, docs: Path, folder: Path) -> bool:
    """Write the docs folder as a commit has it into another folder; return whether it has one.

    Raises `RevisionError` where Git cannot read it.
    """
    prefix = os.fsdecode(_git(docs, "rev-parse", "--show-prefix")).rstrip("\n")
    listed = _git(docs, "ls-tree", "-r", "-z", "--full-tree", commit, *(("--", prefix) if prefix else ()))
    wanted = list(_files(listed, prefix))
    texts = _git(docs, "cat-file", "--batch", given="".join(f"{name}\n" for name, path in wanted if _is_read(path)))
    at = 0
    for _, path in wanted:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        content = b""
        if _is_read(path):
            end = texts.index(b"\n", at)
            head = texts[at:end].split()
            if head[1] == b"missing":
                raise RevisionError(f"Git does not hold '{path}' of {commit[:12]}{_shallow(docs)}")
            size = int(head[2])
            content = texts[end + 1 : end + 1 + size]
            at = end + 1 + size + 1
        target.write_bytes(content)
    return bool(wanted)


def _files(listed: bytes, prefix: str) -> Iterator[tuple[str, PurePosixPath]]:
    """Yield object name and path below the docs folder of each regular file that `ls-tree` lists."""
    for entry in os.fsdecode(listed).split("\0"):
        meta, _, path = entry.partition("\t")
        if path.startswith(prefix) and meta.startswith(REGULAR):
            below = PurePosixPath(path.removeprefix(prefix))
            names = [len(os.fsencode(part)) for part in below.parts]
            is_writable = 0 < len(names) < DEEPEST and sum(names) < LONGEST_PATH and max(names) < 256
            if ".." not in below.parts and not below.is_absolute() and is_writable:
                yield meta.split()[2], below


def _is_read(path: PurePosixPath) -> bool:
    return path.suffix in READ


def _git(docs: Path, *arguments: str, given: str = "", failing: str = "") -> bytes:
    done = _run(docs, arguments, given)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise RevisionError(f"{failing or 'Git cannot read this repository'} (Git says: {said})")
    return done.stdout


def _asked(docs: Path, *arguments: str) -> bytes | None:
    done = _run(docs, arguments, "")
    return None if done.returncode else done.stdout


def _run(docs: Path, arguments: tuple[str, ...], given: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", *arguments], cwd=docs, input=given.encode(), capture_output=True, timeout=PATIENCE, check=False
        )
    except FileNotFoundError:
        raise RevisionError("Git is not installed: it is needed to read other revisions") from None
    except subprocess.TimeoutExpired:
        raise RevisionError(f"Git has not answered within {PATIENCE} seconds") from None
