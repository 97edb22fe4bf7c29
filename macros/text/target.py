"""Targets of links between pages: from a page's place to the folder of all pages, and back."""

import posixpath


def relative(target: str, uri: str) -> str:
    """Return a path below the docs folder, with an anchor perhaps, as a link from the page at `uri`."""
    path, mark, anchor = target.partition("#")
    if path == uri:
        return mark + anchor
    there, here = path.split("/"), uri.split("/")
    shared = len(posixpath.commonprefix([there[:-1], here[:-1]]))
    return "../" * (len(here) - 1 - shared) + "/".join(there[shared:]) + mark + anchor


def resolved(target: str, uri: str) -> tuple[str, str]:
    """Return path below the docs folder and anchor of a link from the file at `uri`: the reverse of `relative`."""
    path, _, anchor = target.partition("#")
    return posixpath.normpath(posixpath.join(posixpath.dirname(uri), path)) if path else uri, anchor
