"""Findings: what breaks a law, made as small as it gets, and written as a case."""

import signal
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import Any

from tests.laws.law import BreachError, Law
from tests.laws.mutants import Mutant
from tests.laws.seeds import texts

PATIENCE = 60.0
"""Seconds of the processor for one example: some hundred times what one usually takes."""

_MOST_TRIES = 300  # examples tried in making one finding smaller
_SAID = "found.txt"


class StallError(BaseException):
    """An example keeps on and on; no handler of an `Exception` is to swallow it."""


@dataclass(frozen=True)
class Finding:
    """What breaks a law: of what kind, and the folder in which it is written."""

    law: str
    kind: str
    folder: Path


def findings(law: Law, folder: Path) -> list[Finding]:
    """Return what was found of a law so far."""
    found = sorted(folder.glob(f"{law.name}-*/{_SAID}"))
    return [Finding(law.name, path.read_text("utf-8").partition("\n")[0], path.parent) for path in found]


def tried(law: Law, count: int, number: int, folder: Path) -> tuple[int, list[Finding]]:
    """Try a law on so many examples, those of the given number; return how many it were, and what is newly found.

    What is known already does not stop it, and is not written again.
    """
    known = {one.kind for one in findings(law, folder)}
    broken: dict[str, tuple[Any, BaseException]] = {}
    tries = 0

    def holds(example: Any) -> None:
        nonlocal tries
        tries += 1
        error = breach(law, example)
        if error is not None and kind_of(error) not in known:
            broken.setdefault(kind_of(error), (example, error))

    law.tried(count, number, holds)
    return tries, [_noted(law, kind, example, error, folder) for kind, (example, error) in broken.items()]


def breach(law: Law, example: object) -> BaseException | None:
    """Return what is raised where a law does not hold of an example, or where it takes too long."""
    try:
        with _watched():
            law.holds(example)
    except (Exception, StallError) as error:
        return error
    return None


def kind_of(error: BaseException) -> str:
    """Return what an error has in common with others of the same cause: what it says, or where it was raised."""
    if isinstance(error, BreachError):
        return error.kind
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/macros/" in frame.filename]
    last = (ours or frames)[-1]
    if isinstance(error, StallError):
        return f"it goes on and on in {Path(last.filename).name}, {last.name}"
    return f"{type(error).__name__} in {Path(last.filename).name}, {last.name}: {last.line}"


def _noted(law: Law, kind: str, example: Any, error: BaseException, folder: Path) -> Finding:
    """Write what was found in a folder of its own."""
    number = 1 + max((int(path.name.rpartition("-")[2]) for path in folder.glob(f"{law.name}-*")), default=0)
    place = folder / f"{law.name}-{number}"
    place.mkdir(parents=True)
    text = f"{kind}\n\n{law.name}\n\n{''.join(traceback.format_exception(error))}\n"
    if isinstance(example, Mutant):
        least = example if isinstance(error, StallError) else smaller(law, example, kind)
        (place / "case.md").write_bytes(case(least))
        text += f"from {example.seed.name}, on the {example.seed.ground}\n"
    else:
        text += f"{example!r}\n"
    (place / _SAID).write_text(text, "utf-8", errors="backslashreplace")
    return Finding(law.name, kind, place)


def smaller(law: Law, mutant: Mutant, kind: str) -> Mutant:
    """Return a mutant that breaks the law in the same way and has less to read."""
    tries = 0

    def with_text(path: str, text: bytes) -> Mutant:
        return replace(mutant, spoilt={**mutant.spoilt, path: text})

    def breaks(one: Mutant) -> bool:
        nonlocal tries
        tries += 1
        error = breach(law, one)
        return error is not None and kind_of(error) == kind

    for path in mutant.spoilt:
        for end in (b"\n", b""):
            text = mutant.spoilt[path]
            parts = text.split(end) if end else [bytes([byte]) for byte in text]
            size = len(parts) // 2 or 1
            while size and tries < _MOST_TRIES:  # larger runs first
                at = 0
                while at < len(parts) and tries < _MOST_TRIES:
                    fewer = parts[:at] + parts[at + size :]
                    if breaks(with_text(path, end.join(fewer))):
                        parts = fewer
                    else:
                        at += size
                size //= 2
            mutant = with_text(path, end.join(parts))
    return mutant


def case(mutant: Mutant) -> bytes:
    """Return a mutant as a case; it can be moved to `tests/cases` where it stands on the invented collection."""
    before = texts(mutant.seed.ground)
    parts = []
    for path, text in mutant.files.items():
        uri = path.removeprefix("docs/") if path.startswith("docs/") else f"../{path}"
        if text is None:
            parts.append(f"=== remove {uri}".encode())
        elif uri == "case.md":
            parts.insert(0, text)
        elif before.get(path) != text:
            parts.append(f"=== file {uri}\n".encode() + text)
    return b"\n".join(parts)


@contextmanager
def _watched() -> Iterator[None]:
    """Raise `StallError` in what takes too much of the processor's time."""

    def stop(_: int, __: FrameType | None) -> None:
        raise StallError(f"more than {PATIENCE:.0f} seconds of the processor")

    previous = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)
