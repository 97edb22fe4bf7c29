"""Sites that tests build and serve: of invented collections, of this edition, and of copies of either."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path
from types import MappingProxyType
from unittest.mock import patch

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from tests import ROOT
from tests.bench.browser import CHROMIUM
from tests.bench.serving import serving

EDITION = ROOT / "mkdocs.yml"
INVENTED = ROOT / "tests" / "collection" / "mkdocs.yml"
COLLECTION = INVENTED.parent / "docs"
TOWNS = ROOT / "tests" / "browser" / "site" / "mkdocs.yml"
"""An invented collection with every type of page and the texts that the reader's scripts work on."""
DEPLOYED = MappingProxyType(
    {
        "SITE_URL": "https://example.org/",
        "REPO_URL": "https://github.com/some/edition",
        "EDIT_URI": "edit/main/docs/",
    }
)
"""What who deploys a site says of it."""
UNNAMED: Mapping[str, str] = MappingProxyType({})
"""What is said of a site that is built on one's own machine: nothing."""


def make(target: Path, config: Path, environment: Mapping[str, str] = UNNAMED, **settings: object) -> Path:
    """Build a site as it is deployed, strictly unless `settings` of MkDocs say otherwise, and return its folder."""
    given = {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1700000000", **environment}
    with patch.dict(os.environ, given):
        loaded = load_config(config_file=str(config), **{"site_dir": str(target), "strict": True, **settings})  # type: ignore[arg-type]
        loaded.plugins.on_startup(command="build", dirty=False)
        build(loaded)
    return target


def project(folder: Path) -> Path:
    """Write a site of one page, and return its configuration."""
    (folder / "docs").mkdir()
    (folder / "docs" / "index.md").write_text("# Page\n\nText.\n", "utf-8")
    config = folder / "mkdocs.yml"
    config.write_text("site_name: Site\ntheme: {name: mkdocs}\nplugins: [edition]\n", "utf-8")
    return config


def shared(factory: pytest.TempPathFactory) -> Path:
    """Return the temporary folder of the whole run, which all of its processes share."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def once(factory: pytest.TempPathFactory, config: Path, environment: Mapping[str, str]) -> Path:
    """Return a site that the first of the processes which ask for it builds for all; nobody may write into it."""
    target = shared(factory) / f"{config.parent.name}-{'deployed' if environment else 'plain'}"
    with target.with_suffix(".lock").open("w") as lock:
        flock(lock, LOCK_EX)
        return target if target.exists() else make(factory.getbasetemp() / "site", config, environment).rename(target)


@contextmanager
def served(factory: pytest.TempPathFactory, config: Path) -> Iterator[str]:
    """Serve a site as it is deployed, and give its address."""
    if not CHROMIUM:
        pytest.skip("no Chromium is installed: install it with your system's packages")
    with serving(once(factory, config, DEPLOYED)) as found:
        yield found.address
