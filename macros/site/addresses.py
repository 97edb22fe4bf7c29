"""The site: what an edition is published as, and where."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
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


def last_change(docs: Path) -> Date | None:
    """Return the day of the edition's last commit, which a reproducible build is told, or nothing if none is known."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not seconds.isdigit():
        asked = ["git", "-C", str(docs), "log", "-1", "--format=%ct"]
        try:
            seconds = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
        except OSError:
            return None
    return Date.read(datetime.fromtimestamp(int(seconds), UTC).date()) if seconds.isdigit() else None
