"""Links: whether what an author links to is there, and what was probably meant where it is not."""

import posixpath
import re
from collections.abc import Iterator
from html import unescape
from itertools import chain
from urllib.parse import urlsplit

from ..derived.anchors import anchors
from ..derived.index import by_uri
from ..derived.leaves import leaves, made_pages
from ..model.edition import Edition
from ..model.layout import is_data
from ..text import allowlist
from ..text.file import TextFile
from ..text.line import unescaped
from ..text.markup import plain
from ..text.problem import Problem, alike, did_you_mean
from ..text.target import relative, resolved
from ..text.words import bare
from .base import Scope, check

_SAME_SLUG = re.compile(r"(?P<slug>.*)_(?P<number>\d{1,4})")
_SPACED = re.compile(
    unescaped("[") + r"(?:[^\[\]\n]|\n(?!\n)|\[[^\[\]\n]{0,200}+\]){0,400}+"
    r"\](?:[ ]+\((?=[^()\s]+\.md\b|https?:)|\([ ]*(?P<target>[^()\n<>\"' ]+ [^()\n<>\"']*)\))"
)
_SPACE = re.compile(r"\](?:[ ]+\(|\([ ]*[^()\n<>\"' ]+[ ])")
"""Stands where `_SPACED` finds anything, and is looked for faster."""
_SLASHES = re.compile(r"(?P<scheme>https?)(?::/?(?!/)|//)(?=[\w.-]+\.[a-z])")
_SITE = re.compile(
    r"(?:https?://(?:www\.)?|www\.|(?=[^\s/]+\.(?:com|edu|gov|int|mil|net|org)(?:/|\Z)))"
    r"(?P<name>(?:[\w-]+\.)+[a-z]{2,})(?:[/?#:]\S*)?\Z",
    re.IGNORECASE,
)
"""The words of a link that are an address, or begin one, with the name of its site."""
_AROUND = "()<>[]{},.;:!?\"'“”‘’«»"
_PRIVATE = re.compile(
    r"//(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1\])(?:[:/]|\Z)|^https?://github\.com/[^/]+/[^/]+/edit/"
)


@check(Scope.FILE)
def links(edition: Edition, file: TextFile) -> Iterator[Problem]:
    """Find links that lead nowhere, that may not stand here, and that Markdown will not take for links."""
    document = by_uri(edition).get(file.uri)
    is_ours = document is None or not document.kind.is_received
    for link in file.links:
        if wrong := _SLASHES.match(link.target):
            form = f"{wrong['scheme']}://{link.target[wrong.end() :]}"
            message = f"two slashes stand behind `{wrong['scheme']}:`, so write {form}"
            yield Problem(file.position(link.start), "link-resolves", message)
            continue
        if fault := allowlist.address_fault(link.target, is_image=link.is_image):
            yield Problem(file.position(link.start), "html-is-allowed", fault)
            continue
        if is_ours and (fault := _elsewhere(link.text, link.target)):
            yield Problem(file.position(link.start), "link-resolves", fault)
            continue
        fault, misses = _lost(edition, file, link.target)
        if fault:
            yield Problem(file.position(link.start), "link-resolves", fault, misses=misses)
    for at, tag, address, words in allowlist.addresses(file):
        if allowlist.address_fault(address):
            continue  # which is told of the HTML
        if is_ours and (fault := _elsewhere(words, address)):
            yield Problem(file.position(at), "link-resolves", fault)
        if not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", address):
            form = f"![what it shows]({address})" if tag == "img" else f"[words]({address})"
            fault, misses = f"in HTML this address would lead nowhere: write `{form}`", ""
            if address.startswith("#"):
                fault, misses = _lost(edition, file, address)
            if fault:
                yield Problem(file.position(at), "link-resolves", fault, misses=misses)
    for match in _SPACED.finditer(file.masked_of_calls) if _SPACE.search(file.masked_of_calls) else ():
        if match["target"] is None:
            message = "there is a space in this link, between `]` and `(`: take it out"
        else:
            form = _without_spaces(edition, file, match["target"].strip())
            message = f"there is a space in the target of this link: write `({form})`"
        yield Problem(file.position(match.start()), "link-resolves", message)


def _without_spaces(edition: Edition, file: TextFile, target: str) -> str:
    """Return a target without spaces: the id of the heading whose words it has behind the `#`, if there is one."""
    path, _, words = target.partition("#")
    page = edition.pages.get(resolved(path, file.uri)[0] if path else file.uri)
    named = (heading.anchor for heading in page.headings if bare(heading.name) == bare(words)) if page else ()
    anchor = next(iter(named), words.replace(" ", "%20"))
    return path.replace(" ", "%20") + (f"#{anchor}" if words else "")


def _elsewhere(text: str, target: str) -> str:
    """Say that a link's words name one site and that it leads to another, or nothing."""
    words = unescape(plain(text)).split() if "." in text or "&" in text else []
    for word in words if target.startswith("http") else ():
        site = _SITE.match(word.strip(_AROUND))
        if site is None or (len(words) > 1 and not site[0].lower().startswith(("http", "www."))):
            continue
        name = site["name"].lower()
        host = urlsplit(target).netloc.lower().partition(":")[0]
        # An archive has the address of what it keeps in its own.
        is_kept = re.search(rf"/(?:https?:/+|\d{{4,}}\w*/)(?:www\.)?{re.escape(name)}(?![\w.-])", target.lower())
        if not f".{host}".endswith(f".{name}") and not is_kept:
            return (
                f"these words name '{site['name']}', and the link leads elsewhere, to {target}: let both say the same"
            )
    return ""


def _lost(edition: Edition, file: TextFile, target: str) -> tuple[str, str]:
    """Return why a link leads nowhere, and the address that it misses, if it does; else nothing."""
    path = target.partition("#")[0]
    if not target:
        return "this link has no target: write [words](page.md)", ""
    if _PRIVATE.search(path):
        return f"the link '{target}' opens for you alone: link to the page that readers see, as in ../about.md", ""
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", path):
        return "", ""
    fault, misses = "", ""
    uri, anchor = resolved(target, file.uri)
    if path.startswith("/"):
        fault = f"the link '{target}' begins at the server's root: write the path from this file, as in ../about.md"
    elif path.startswith("www."):
        fault = f"the link '{target}' does not say that it leads to another site: write https://{target}"
    elif not path and file.uri in edition.notes_files:
        fault = f"the link '{target}' names no page: a note is published elsewhere, so write the path of the page too"
    elif uri in edition.notes_files:
        fault = f"the link '{target}' leads to a notes file, which is no page: link to the note where it is published"
    elif uri in anchors(edition):
        there = anchors(edition)[uri]
        if anchor and anchor not in there and not _is_of_another(edition, uri, anchor):
            others = (leaf.uri for (home, _), some in leaves(edition).items() if home == uri for leaf in some)
            leaf = next((one for one in others if anchor in anchors(edition)[one]), "")
            hint = f"; '{relative(leaf, file.uri)}' has it, the page that goes on there: write that" if leaf else ""
            fault = f"'{uri}' has no '#{anchor}'{hint or did_you_mean(anchor, there)}"
            misses = f"{posixpath.basename(uri).removesuffix('.md')}#{anchor}"
    elif uri in edition.paths and is_data(uri):
        fault = f"the link '{target}' leads to a file that is not published: take it out, or link to a page"
    elif uri not in edition.paths:
        fault = f"the link '{target}' leads nowhere: there is no file '{uri}'{_near(edition, file, uri, anchor)}"
    return fault, misses


def _is_of_another(edition: Edition, uri: str, anchor: str) -> bool:
    """Say whether an anchor is that of a heading whose words an earlier one of its page has, too: `fares_1`."""
    numbered = _SAME_SLUG.fullmatch(anchor)
    page = edition.pages.get(uri)
    if not numbered or page is None:
        return numbered is not None
    return sum(heading.anchor == numbered["slug"] for heading in page.headings) > int(numbered["number"])


def _near(edition: Edition, file: TextFile, uri: str, anchor: str) -> str:
    """Return `; did you mean '…'?` with the link to the file that was probably meant, or nothing."""
    stem = posixpath.basename(uri).removesuffix(".html").removesuffix(".md")
    named = sorted(page for page in anchors(edition) if posixpath.basename(page) == f"{stem}.md")
    near = alike(uri, sorted({*edition.paths, *made_pages(edition)} - {file.uri}))
    beside = (page for page in named if posixpath.dirname(page) == posixpath.dirname(uri))
    found = next(chain(beside, named), near)
    mark = f"#{anchor}" if anchor and anchor in anchors(edition).get(found, ()) else ""
    return f"; did you mean '{relative(found, file.uri)}{mark}'?" if found else ""
