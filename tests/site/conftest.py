"""The invented collection, built and loaded."""

from pathlib import Path

import pytest

from macros.model.edition import Edition
from macros.model.loading import load
from tests.sites import TOWNS, UNNAMED, once


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the site."""
    return once(tmp_path_factory, TOWNS, UNNAMED)


@pytest.fixture(scope="session")
def edition() -> Edition:
    """Load what the site is built from."""
    return load(TOWNS.parent / "docs")
