"""Layout: where the data of an edition stands below the docs folder."""

NOTES = "notes"
WITNESS = ".witness.txt"
BIBLIOGRAPHY = "bibliography.bib"
CHANGES = "changes"
HOME, GLOSSARY, NEWS = "index.md", "glossary.md", "news.md"


def is_data(uri: str) -> bool:
    """Say whether a file below the docs folder is data of the edition, never published as it is."""
    return uri.startswith(f"{NOTES}/") or uri.endswith(WITNESS) or uri == BIBLIOGRAPHY
