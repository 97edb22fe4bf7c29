"""Packing: many small files as one piece of bytes, and back.

First stands one line, the names and sizes of all files as JSON, then their contents, one behind the other.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return files, which are given by their names in a folder, as one piece."""
    heads = [(name, len(content)) for name, content in files.items()]
    return b"".join((json.dumps(heads).encode(), b"\n", *files.values()))


def unpack(pack: bytes, folder: Path) -> Sequence[PurePosixPath]:
    """Write the files of one piece below a folder, in their order, and return their names there.

    Raises `ValueError` for a name that leads out of it.
    """
    at = pack.index(b"\n") + 1
    files = [(PurePosixPath(name), size) for name, size in json.loads(pack[:at])]
    if any(name.is_absolute() or ".." in name.parts for name, _ in files):
        raise ValueError("a name in a pack leads out of its folder")
    for parent in {name.parent for name, _ in files}:
        (folder / parent).mkdir(parents=True, exist_ok=True)
    for name, size in files:
        (folder / name).write_bytes(pack[at : at + size])
        at += size
    return [name for name, _ in files]
