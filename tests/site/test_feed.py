"""The feed says what the page says, the newest first, in Atom (RFC 4287)."""

from xml.etree import ElementTree as ET

from macros.site.feed import feed
from tests.invented import Collection

ATOM = "{http://www.w3.org/2005/Atom}"
NEWS = """# News

## A first boat { #first-boat date="2001-06-01" }

It sails, weather & tide permitting.

## Night crossings { #night-crossings date="2004-06-01" }

The *council* has [decided](declarations/ferry-2004.md#lights).
"""


def test_a_feed(collection: Collection) -> None:
    edition = collection({"news.md": NEWS})
    assert edition.problems == ()
    made = feed(edition.news, title="Ferry", site="https://example.org/", page="https://example.org/news/")
    root = ET.fromstring(made)
    assert root.findtext(f"{ATOM}updated") == "2004-06-01T00:00:00Z"
    assert {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")} == {
        "self": "https://example.org/feed.xml",
        "alternate": "https://example.org/news/",
    }
    entries = [
        tuple(entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "summary"))
        for entry in root.findall(f"{ATOM}entry")
    ]
    assert entries == [
        ("https://example.org/news/#night-crossings", "Night crossings", "The council has decided."),
        ("https://example.org/news/#first-boat", "A first boat", "It sails, weather & tide permitting."),
    ]
