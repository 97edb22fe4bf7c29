"""The invented collection, built and loaded."""

from pathlib import Path

import pytest

from macros.model.edition import Edition
from macros.model.loading import load
from tests.sites import TOWNS, make


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site, once for all tests of a process, and give its folder."""
    return make(tmp_path_factory.mktemp("built"), TOWNS)


@pytest.fixture(scope="session")
def edition() -> Edition:
    """Load what the site is built from."""
    return load(TOWNS.parent / "docs")
