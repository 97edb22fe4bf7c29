"""In these folders the site is this edition's."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.model.edition import Edition
from macros.model.loading import load
from tests import ROOT
from tests.sites import EDITION, UNNAMED, once, served


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the real site, built as it is deployed, and give its address."""
    with served(tmp_path_factory, EDITION) as address:
        yield address


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the real site."""
    return once(tmp_path_factory, EDITION, UNNAMED)


@pytest.fixture(scope="session")
def edition() -> Edition:
    """Load what the real site is built from."""
    return load(ROOT / "docs")
