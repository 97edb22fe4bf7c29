"""Sites that tests build and serve: of this edition, of the invented collection, and of copies of either."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from unittest.mock import patch

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from tests.bench.browser import CHROMIUM
from tests.bench.serving import serving

ROOT = Path(__file__).parent.parent
EDITION = ROOT / "mkdocs.yml"
INVENTED = ROOT / "tests" / "collection" / "mkdocs.yml"
COLLECTION = INVENTED.parent / "docs"


def make(
    target: Path, config: Path = EDITION, environment: Mapping[str, str] = MappingProxyType({}), **settings: object
) -> Path:
    """Build a site as it is deployed, strictly unless `settings` of MkDocs say otherwise, and return its folder."""
    given = {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1700000000", **environment}
    with patch.dict(os.environ, given):
        loaded = load_config(config_file=str(config), **{"site_dir": str(target), "strict": True, **settings})  # type: ignore[arg-type]
        loaded.plugins.on_startup(command="build", dirty=False)
        build(loaded)
    return target


@contextmanager
def served(folder: Path, config: Path = EDITION, **environment: str) -> Iterator[str]:
    """Make a site in a folder, the environment set as by who deploys it, serve it, and give its address."""
    if not CHROMIUM:
        pytest.skip("no Chromium is installed: install it with your system's packages")
    with serving(make(folder / "site", config, environment)) as found:
        yield found.address
