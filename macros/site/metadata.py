"""Metadata: what a page says of itself to reference managers and search engines.

Highwire tags and Dublin Core as Zotero and Google Scholar read them, schema.org as JSON-LD.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..derived.claims import claims
from ..derived.describe import describe, page_title
from ..derived.index import by_uri, published
from ..derived.leaves import made_pages
from ..derived.uses import page_that
from ..model.document import Document
from ..model.edition import Edition, kept
from ..model.finding import RATED
from ..model.front import CommentaryFront, DeclarationFront, theme_front
from ..model.layout import HOME
from ..model.macro import Role
from ..model.name import Name
from ..text.file import TextFile
from .addresses import Site
from .citations import key

_CONTEXT = "https://schema.org"


@dataclass(frozen=True)
class Metadata:
    """What a page says of itself: names and contents of its tags, and its schema.org data."""

    tags: tuple[tuple[str, str], ...] = ()
    data: Mapping[str, Any] | None = None


def metadata(edition: Edition, page: TextFile, site: Site, description: str) -> Metadata:
    """Return what a page of a description says of itself; one that is neither cited nor the first says nothing."""
    document = by_uri(edition).get(page.uri)
    address = site.page(page.uri)
    website = {"@type": "WebSite", "name": site.name, **({"url": site.address} if site.address else {})}
    if document and not document.is_example:
        tags, data = _document(edition, document, site)
    elif page.uri == HOME:
        about = {"description": description} if description else {}
        kind = ["WebSite", "Collection"]
        return Metadata(
            data={"@context": _CONTEXT, **website, "@type": kind, **about, "collectionSize": len(published(edition))}
        )
    elif not document and (key(edition, page) or page.uri == page_that(edition, Role.CLAIMS)):
        title = page.title
        tags = [("DC.title", title), ("DC.publisher", site.name)]
        data = {"@type": "WebPage", "name": title, "publisher": {"@type": "Organization", "name": site.name}}
    else:
        return Metadata()
    if page.uri == page_that(edition, Role.CLAIMS) and (reviews := _reviews(edition, site)):
        data["hasPart"] = reviews
    if address:
        tags += [("citation_public_url", address)] if document else [("DC.identifier", address)]
    data |= {"description": description, "isPartOf": website, "url": address}
    return Metadata(tuple(tags), {"@context": _CONTEXT, **{k: v for k, v in data.items() if v}})


def _reviews(edition: Edition, site: Site) -> list[dict[str, Any]]:
    """Return the claims that are rated, as schema.org's `ClaimReview`: words and no numbers.

    Nothing is said of a judgement or of what is not confirmed, nor where no editor answers for it.
    """
    authors = [_author(editor) for editor in edition.editors]
    return [
        {
            "@type": "ClaimReview",
            "url": f"{site.page(claim.document.file.uri)}#note-{claim.note.id}",
            "claimReviewed": claim.words,
            "author": authors,
            "reviewRating": {"@type": "Rating", "alternateName": claim.note.verdict.capitalize()},
            "itemReviewed": {
                "@type": "Claim",
                "author": [_author(author) for author in getattr(claim.document.front, "authors", ())],
                "datePublished": claim.document.date.iso,
                "appearance": _named(claim.document, site),
            },
        }
        for claim in claims(edition)
        if authors and claim.note.verdict in RATED
    ]


def _document(edition: Edition, document: Document, site: Site) -> tuple[list[tuple[str, str]], dict[str, Any]]:
    front, date = document.front, document.date.iso
    tags = [("citation_title", document.title), ("citation_publication_date", date.replace("-", "/"))]
    tags += [("DC.title", document.title), ("DC.date", date)]
    data: dict[str, Any] = {"@type": "CreativeWork", "name": document.title, "datePublished": date}
    if isinstance(front, CommentaryFront):
        tags += [(name, author.inverted) for author in front.authors for name in ("citation_author", "DC.creator")]
        tags += [(name, front.publisher) for name in ("citation_publisher", "DC.publisher")]
        about = [edition.documents[id] for id in front.about if id in edition.documents]
        data |= {
            "@type": "Article",
            "author": [_author(author) for author in front.authors],
            "publisher": {"@type": "Organization", "name": front.publisher},
            "sameAs": front.url,
            "about": [_named(other, site) for other in about],
        }
    elif isinstance(front, DeclarationFront):
        parties = dict.fromkeys(person.party for person in front.participants)
        data |= {
            "author": [
                {"@type": "Organization", "name": name} for name in ([front.issuer] if front.issuer else parties)
            ],
            "locationCreated": {"@type": "Place", "name": front.place} if front.place else None,
            "sameAs": [text.url for text in front.official],
        }
    return tags, data


def description(edition: Edition, page: TextFile, site: Site) -> str:
    """Return a page's description; one that has none, and the first page without its own, has the site's."""
    is_described = page.uri != HOME or "description" in page.front
    return (is_described and describe(edition, page)) or site.description


@kept
def told(edition: Edition, uri: str, site: Site) -> Mapping[str, Any]:
    """Return what the theme may know of a page, that of an author or one that the edition makes."""
    page = edition.pages.get(uri) or made_pages(edition)[uri]
    kind = str(page.front.get("kind") or "")
    said = {**theme_front(page), "kind": kind, "description": description(edition, page, site)}
    return {**said, "title": page_title(edition, page)} if "title" in said else said


def _author(name: Name) -> dict[str, str]:
    if name.is_body:
        return {"@type": "Organization", "name": str(name)}
    parts = {
        "givenName": name.given,
        "familyName": name.short,
        "honorificSuffix": name.suffix,
    }
    return {"@type": "Person", "name": str(name), **{part: value for part, value in parts.items() if value}}


def _named(document: Document, site: Site) -> dict[str, str]:
    named = {"@type": "CreativeWork", "name": document.title, "datePublished": document.date.iso}
    return {**named, **({"url": address} if (address := site.page(document.file.uri)) else {})}
