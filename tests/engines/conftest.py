"""A window in each engine, and the sites that are read there."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.bench.serving import serving
from tests.engines.driving import FIREFOX, SCREEN, WEBKIT, Window, firefox, webkit
from tests.sites import DEPLOYED, EDITION, TOWNS, once

ENGINES = {
    "webkit": (webkit, WEBKIT and SCREEN, "webkit2gtk-driver and xvfb"),
    "firefox": (firefox, FIREFOX, "firefox-esr"),
}
Opened = Callable[..., Window]


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """Give a function that returns a window of an engine, with scripts or without: each is started once."""
    start, is_there, packages = ENGINES[request.param]
    if not is_there:
        pytest.skip(f"{request.param} was left out: it needs your system's packages {packages}")
    with ExitStack() as started:
        windows: dict[bool, Window] = {}

        def window(*, with_scripts: bool = True) -> Window:
            if with_scripts not in windows:
                folder = tmp_path_factory.mktemp(request.param)
                windows[with_scripts] = started.enter_context(start(folder, with_scripts=with_scripts))
            return windows[with_scripts]

        yield window


@pytest.fixture
def window(engine: Opened) -> Window:
    """Give a window in which scripts run."""
    return engine()


@pytest.fixture(scope="session")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the invented site, and give its address."""
    with serving(once(tmp_path_factory, TOWNS, DEPLOYED)) as found:
        yield found.address


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the site of this edition, and give its address."""
    with serving(once(tmp_path_factory, EDITION, DEPLOYED)) as found:
        yield found.address
