"""In these folders the site is this edition's."""

from collections.abc import Iterator

import pytest

from tests.sites import EDITION, served


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the real site, built as it is deployed, once for all tests of a process, and give its address."""
    settings = {"REPO_URL": "https://github.com/someone/edition", "EDIT_URI": "edit/main/docs/"}
    with served(tmp_path_factory.mktemp("browser"), EDITION, **settings) as address:
        yield address
