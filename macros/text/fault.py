"""Faults of the system, such as a full disk, in words for whoever has to mend them."""

from __future__ import annotations

import errno

_ROOM = "make room and run it again"
_LEAVE = "let whoever runs this read and write there"
_WAYS = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), _ROOM),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), _LEAVE),
    errno.ENOTDIR: "a file stands where a folder is meant, so take it away",
}


def explain(error: OSError) -> str:
    """Return what the system refused, where, and what to do, to stand in a sentence."""
    paths = [f"'{path}'" for path in (error.filename, error.filename2) if path]  # from where, to where
    place = f" ({' to '.join(paths)})" if paths else ""
    way = f": {_WAYS[error.errno]}" if error.errno in _WAYS else ""
    return f"{error.strerror or error}{place}{way}"
