"""Windows of WebKit and of Firefox, driven from outside by the two protocols of the W3C that they speak.

WebKitGTK has a driver for WebDriver (https://www.w3.org/TR/webdriver2/), Firefox itself speaks WebDriver BiDi
(https://www.w3.org/TR/webdriver-bidi/).  What a reader does is told to both in the same words.
"""

import json
import os
import shutil
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any

import requests
from websockets.sync.client import ClientConnection, connect

WEBKIT = shutil.which("WebKitWebDriver") or ""
FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox") or ""
SCREEN = shutil.which("Xvfb") or ""
SECONDS = 60
KEYS = MappingProxyType({"Tab": "\ue004", "Enter": "\ue007", "Escape": "\ue00c", "ArrowDown": "\ue015"})
READY = "() => Boolean(document.querySelector('a.search-open[aria-keyshortcuts]'))"
_MIDDLE = """(css) => {
  const element = document.querySelector(css);
  element.scrollIntoView({ block: "center", behavior: "instant" });
  const { left, top, width, height } = element.getClientRects()[0];
  return [Math.floor(left + width / 2), Math.floor(top + height / 2)];
}"""


class Window(ABC):
    """A window of a browser."""

    @abstractmethod
    def resize(self, width: int, height: int) -> None:
        """Give the window a size in CSS pixels; a frame of the browser's own may take some of the height."""

    @abstractmethod
    def go(self, url: str) -> None:
        """Open an address, and wait until the page has loaded."""

    @abstractmethod
    def _evaluate(self, expression: str) -> str: ...

    @abstractmethod
    def _perform(self, actions: list[Mapping[str, object]]) -> None: ...

    def ask(self, function: str, *given: object) -> Any:
        """Return what a function of the page's language answers."""
        arguments = json.dumps(given)
        return json.loads(self._evaluate(f"JSON.stringify(({function})(...{arguments}) ?? null)"))

    def until(self, function: str, *given: object) -> None:
        """Wait until a function answers with what is true."""
        end = time.monotonic() + SECONDS
        while not self.ask(function, *given):
            assert time.monotonic() < end, f"after {SECONDS} s it does not hold: {function} {given}"
            time.sleep(0.02)

    def open(self, url: str, width: int = 1280, height: int = 900) -> None:
        """Open a page in a window of a size, and wait until its scripts have acted."""
        self.resize(width, height)
        self.go(url)
        self.until(READY)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other: names of `KEYS`, or what they write."""
        values = [KEYS.get(key, key) for key in keys]
        strokes = [{"type": type, "value": value} for value in values for type in ("keyDown", "keyUp")]
        self._perform([{"type": "key", "id": "keys", "actions": strokes}])

    def click(self, css: str) -> None:
        """Click in the middle of the first element of a selector, once it lies still."""
        before, place = None, self.ask(_MIDDLE, css)
        while place != before:
            time.sleep(0.1)
            before, place = place, self.ask(_MIDDLE, css)
        moves: list[dict[str, object]] = [{"type": "pointerMove", "x": place[0], "y": place[1]}]
        moves += [{"type": f"pointer{way}", "button": 0} for way in ("Down", "Up")]
        pointer = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": moves}
        self._perform([pointer])

    def focus(self, css: str) -> None:
        """Give the focus to the first element of a selector."""
        self.ask("(css) => document.querySelector(css).focus()", css)

    def shows(self, css: str) -> int:
        """Return how many elements of a selector are seen."""
        seen = "(css) => [...document.querySelectorAll(css)].filter((one) => one.checkVisibility()).length"
        return int(self.ask(seen, css))


class _WebKit(Window):
    def __init__(self, session: str) -> None:
        self._session = session

    def _tell(self, command: str, **parameters: object) -> Any:
        return _told(f"{self._session}/{command}", **parameters)

    def resize(self, width: int, height: int) -> None:
        self._tell("window/rect", width=width, height=height)

    def go(self, url: str) -> None:
        self._tell("url", url=url)

    def _evaluate(self, expression: str) -> str:
        return str(self._tell("execute/sync", script=f"return {expression}", args=[]))

    def _perform(self, actions: list[Mapping[str, object]]) -> None:
        self._tell("actions", actions=actions)


class _Firefox(Window):
    def __init__(self, connection: ClientConnection) -> None:
        self._connection, self._numbers = connection, count()
        self._tell("session.new", capabilities={})
        self._context = self._tell("browsingContext.getTree")["contexts"][0]["context"]

    def _tell(self, method: str, **parameters: object) -> Any:
        number = next(self._numbers)
        self._connection.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while (answer := json.loads(self._connection.recv(timeout=SECONDS))).get("id") != number:
            pass  # an event
        assert answer["type"] == "success", answer
        return answer["result"]

    def resize(self, width: int, height: int) -> None:
        self._tell("browsingContext.setViewport", context=self._context, viewport={"width": width, "height": height})

    def go(self, url: str) -> None:
        self._tell("browsingContext.navigate", context=self._context, url=url, wait="complete")

    def _evaluate(self, expression: str) -> str:
        target = {"context": self._context}
        answer = self._tell("script.evaluate", expression=expression, target=target, awaitPromise=False)
        assert answer["type"] == "success", answer
        return str(answer["result"]["value"])

    def _perform(self, actions: list[Mapping[str, object]]) -> None:
        self._tell("input.performActions", context=self._context, actions=actions)


def _told(address: str, **parameters: object) -> Any:
    answer = requests.post(address, json=parameters, timeout=SECONDS).json()["value"]
    assert not (isinstance(answer, dict) and "error" in answer), answer
    return answer


def _patiently(ask: Callable[[], Any]) -> Any:
    """Return what a program that is being started answers, once it does."""
    end = time.monotonic() + SECONDS
    while True:
        try:
            return ask()
        except (requests.ConnectionError, OSError, ValueError):
            assert time.monotonic() < end
            time.sleep(0.05)


@contextmanager
def _running(*command: str, **options: Any) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(command, text=True, **options)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


@contextmanager
def _screen() -> Iterator[str]:
    """Run a screen that nobody sees, and give its name."""
    ours, its = os.pipe()
    size = ("-screen", "0", "2000x1400x24", "-nolisten", "tcp")
    with _running(SCREEN, "-displayfd", str(its), *size, pass_fds=(its,), stderr=subprocess.DEVNULL):
        os.close(its)
        with os.fdopen(ours) as said:
            yield f":{said.readline().strip()}"


@contextmanager
def webkit(folder: Path, *, with_scripts: bool = True) -> Iterator[Window]:
    """Start WebKit, in a folder of its own."""
    with _screen() as screen, socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
        free.close()
        environment = {**os.environ, "DISPLAY": screen, "HOME": str(folder), "LIBGL_ALWAYS_SOFTWARE": "1"}
        with _running(WEBKIT, f"--port={port}", env=environment):
            _patiently(lambda: requests.get(f"http://127.0.0.1:{port}/status", timeout=SECONDS))
            options = {"args": ["--automation", f"--enable-javascript={str(with_scripts).lower()}"]}
            asked = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
            session = _told(f"http://127.0.0.1:{port}/session", capabilities=asked)["sessionId"]
            address = f"http://127.0.0.1:{port}/session/{session}"
            try:
                yield _WebKit(address)
            finally:
                requests.delete(address, timeout=SECONDS)


@contextmanager
def firefox(folder: Path, *, with_scripts: bool = True) -> Iterator[Window]:
    """Start Firefox, in a folder of its own."""
    settings = {"javascript.enabled": with_scripts, "app.normandy.enabled": False, "ui.prefersReducedMotion": 1}
    lines = (f'user_pref("{name}", {json.dumps(value)});\n' for name, value in settings.items())
    (folder / "user.js").write_text("".join(lines), "utf-8")
    command = (FIREFOX, "--headless", "--no-remote", "--profile", str(folder), "--remote-debugging-port", "0")
    with _running(*command, env={**os.environ, "HOME": str(folder)}, stderr=subprocess.DEVNULL):
        told = folder / "WebDriverBiDiServer.json"
        server = _patiently(lambda: json.loads(told.read_text("utf-8")))
        with connect(f"ws://{server['ws_host']}:{server['ws_port']}/session", max_size=None) as connection:
            yield _Firefox(connection)
