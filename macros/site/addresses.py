"""The site: what an edition is published as, and where."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urljoin

from ..model.date import Date


@dataclass(frozen=True)
class Site:
    """The name of a site and, as far as they are known, its addresses.

    `address` is that of its first page, `repository` that of the place where its texts are kept; `urls` are the
    addresses of its pages below `address`, by their paths; `date` is the day of its last change.
    """

    name: str
    description: str = ""
    address: str = ""
    repository: str = ""
    urls: Mapping[str, str] = field(default_factory=dict)
    date: Date | None = None

    def page(self, uri: str) -> str:
        """Return the whole address of a page; empty if that of the site is not known."""
        return urljoin(self.address, self.urls.get(uri, "")) if self.address else ""

    def report(self, *, title: str, address: str, place: str) -> str:
        """Return the address of the form for a problem, filled in; empty if the texts are kept nowhere."""
        if not self.repository:
            return ""
        given = {"template": "passage.yml", "title": title, "address": address, "place": place}
        return f"{self.repository.rstrip('/')}/issues/new?{urlencode({k: v for k, v in given.items() if v})}"
