"""Layout: where the data of an edition stands below the docs folder."""

NOTES = "notes"
WITNESS = ".witness.txt"
BIBLIOGRAPHY = "bibliography.bib"
CHANGES = "changes"

KEPT_FOLDERS = frozenset(("cite", "previews", "search", "templates"))
"""Folders at the top that the site fills itself, that previews stand in, or that MkDocs passes over."""

HOME, GLOSSARY, NEWS = "index.md", "glossary.md", "news.md"
MANUAL = "contribute"
"""The folder of the pages for those who write: a search shows them when they are asked for."""


def table_of(uri: str) -> str:
    """Return the path of the table of what a page lists, as values with commas between (RFC 4180)."""
    return f"{uri.removesuffix('.md')}.csv"


def is_data(uri: str) -> bool:
    """Say whether a file below the docs folder is data of the edition, never published as it is."""
    return uri.startswith(f"{NOTES}/") or uri.endswith(WITNESS) or uri == BIBLIOGRAPHY
