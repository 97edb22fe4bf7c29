"""The real site: built as for publishing, with the pages of it that are measured."""

from collections.abc import Mapping
from pathlib import Path

from macros.derived.index import by_uri
from macros.model.loading import load
from tests import ROOT
from tests.bench.process import cost

DOCUMENTS = ("commentary", "declaration")


def make(folder: Path) -> Path:
    """Build the real site below a folder, strictly, and return where it stands."""
    site = folder / "real"
    cost("mkdocs", ["build", "--strict", "--site-dir", str(site)], ROOT)
    return site


def pages(site: Path) -> Mapping[str, str]:
    """Return the addresses of the pages that are measured, below the site's: home, and of each kind the longest."""
    edition = load(ROOT / "docs")
    kinds: dict[str, list[str]] = {"home": ["index.md"], **{kind: [] for kind in DOCUMENTS}, "comparison": []}
    for uri, page in edition.pages.items():
        document = by_uri(edition).get(uri)
        if document and not document.is_example:
            kinds[document.kind.name].append(uri)
        elif not document and any(call.name == "compare" for call in page.calls):
            kinds["comparison"].append(uri)

    def length(address: str) -> int:
        return (site / address / "index.html").stat().st_size

    return {kind: max(map(url, uris), key=length) for kind, uris in kinds.items() if uris}


def url(uri: str) -> str:
    """Return the address below the site's of a page, by its path below the docs folder."""
    stem = uri.removesuffix(".md")
    return stem.removesuffix("index") if stem.rpartition("/")[2] == "index" else f"{stem}/"
