"""What tests in a browser share: how a page is opened and waited for, and what axe says of it."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, CDPSession, Dialog, Error, Page, ViewportSize, expect

expect.set_options(timeout=30_000)  # ms: how soon something shows tells of the machine, too

OpenPage = Callable[..., Page]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
BEYOND = ["aria-allowed-role", "heading-order", "label-content-name-mismatch", "landmark-unique", "region"]
"""Good practice that WCAG does not ask for."""
COLOURS = ["color-contrast", "link-in-text-block"]
"""All that a page may break in one scheme and not in another, by the rules of axe."""

DESK: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 320, "height": 512}
"""What is left of a window of 1280 px at 400 %."""
WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"}
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
    "reduced_motion": "reduce",
}


def until(page: Page, expression: str, argument: object = None, seconds: float = 30) -> None:
    """Wait until an expression holds.  Playwright's own wait evaluates text in the page, which its policy forbids."""
    end = time.monotonic() + seconds
    while not _holds(page, expression, argument):
        assert time.monotonic() < end, f"after {seconds} s it does not hold: {expression}"
        page.wait_for_timeout(20)


def _holds(page: Page, expression: str, argument: object) -> bool:
    """Ask whether an expression holds; on a page that leads on while it is asked, it does not."""
    try:
        return bool(page.evaluate(expression, argument))
    except Error as error:
        if "context was destroyed" not in error.message:
            raise
        return False


_ACTED = """() => {
  const stands = (css) => Document.prototype.querySelector.call(document, css) !== null;
  return !stands("script[src$='assets/edition.js']") || stands("a.search-open[aria-keyshortcuts]");
}"""
"""Asked so that no name in a page can stand before it."""


def patient(page: Page) -> Page:
    """Return a page whose visits last until its scripts have acted, which come after what is there to read."""

    def lasting(visit: Callable[..., object]) -> Callable[..., object]:
        def visit_and_wait(*given: object, **options: object) -> object:
            answer = visit(*given, **options)
            until(page, _ACTED)
            return answer

        return visit_and_wait

    for name in ("goto", "reload", "go_back", "go_forward", "wait_for_url"):
        setattr(page, name, lasting(getattr(page, name)))
    return page


_WATCH = """
addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`);
});
"""


@dataclass
class Readers:
    """Those who open pages of sites, each an empty page with an empty storage.

    To begin a context of the browser, or a page in one, takes longer than most tests: when a visit ends, its page is
    made empty again and kept for the next, and so is what the browser has fetched.
    """

    browser: Browser
    _idle: dict[str, list[tuple[Page, CDPSession]]] = field(default_factory=lambda: defaultdict(list))

    @contextmanager
    def page(
        self,
        site: str,
        viewport: ViewportSize | None = None,
        reduced_motion: Any = None,
        color_scheme: Any = None,
        is_kept: bool = True,  # noqa: FBT001, FBT002
        **options: Any,
    ) -> Iterator[Page]:
        """Give an empty page to who visits a site with these options of a context; close all that is opened from it.

        A page is not kept of which a test sets the clock, or in which it has scripts run before all others.
        """
        idle = self._idle[str(sorted(options.items()))]
        page, session = idle.pop() if idle else self._begin(options)
        page.set_viewport_size(viewport or {"width": 1280, "height": 720})
        page.emulate_media(
            media="null",
            reduced_motion=reduced_motion or "null",
            color_scheme=color_scheme or "null",
            forced_colors="null",
        )
        with _heard(page):
            yield page
        if not is_kept:
            page.context.close()
            return
        for other in page.context.pages:
            if other != page:
                other.close()
        page.unroute_all(behavior="ignoreErrors")
        origin = site.rstrip("/")
        page.evaluate("origin === 'null' || sessionStorage.clear()")
        page.goto("about:blank")
        page.mouse.move(-1, -1)
        page.context.clear_cookies()
        session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        session.send("Page.resetNavigationHistory")
        idle.append((page, session))

    def _begin(self, options: dict[str, Any]) -> tuple[Page, CDPSession]:
        page = self.browser.new_context(**options).new_page()
        page.add_init_script(_WATCH)
        session = page.context.new_cdp_session(page)
        return patient(page) if options.get("java_script_enabled", True) else page, session


@contextmanager
def _heard(page: Page) -> Iterator[None]:
    """Let a page forget at the end who listens to it."""
    on = page.on
    with ExitStack() as listening:

        def listen(event: Any, listener: Callable[[Any], Any]) -> None:
            on(event, listener)
            listening.callback(page.remove_listener, event, listener)

        with patch.object(page, "on", listen):
            yield


_AXE = """async (options) => {
  const GROUND = ["backgroundColor", "backgroundImage", "opacity", "filter", "mixBlendMode"];
  const TEXT = ["color", "fontSize", "fontWeight", "textShadow", "textDecorationLine", "borderBottom"];
  const BARE = "rgba(0, 0, 0, 0)|none|1|none|normal";
  const grounds = new Map([[null, ""]]), counts = new Map();
  const styles = (one, names) => names.map((name) => getComputedStyle(one)[name]).join("|");
  const ground = (one) => {
    if (!grounds.has(one)) {
      const own = styles(one, GROUND);
      grounds.set(one, ground(one.parentElement) + (own === BARE ? "" : `/${own}`));
    }
    return grounds.get(one);
  };
  const hasWords = (one) => [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim().length > 1);
  const isTried = (one) => {
    if (one.matches("input, select, textarea, button, [role=link], a:has(*)")) return true;
    if (!hasWords(one) || !one.checkVisibility({ visibilityProperty: true })) return false;
    const around = one.parentElement;
    const kind = [one.matches("a"), hasWords(around), ground(one), styles(one, TEXT), styles(around, TEXT)].join();
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return counts.get(kind) <= 3;
  };
  const tried = [...document.body.querySelectorAll("*")].filter(isTried);
  for (const one of tried) one.setAttribute("data-tried", "");
  const selectors = { "color-contrast": "[data-tried]", "link-in-text-block": ":is(a[href], [role=link])[data-tried]" };
  axe.configure({ rules: Object.entries(selectors).map(([id, selector]) => ({ id, selector })) });
  const { violations } = await axe.run({ ...options, resultTypes: ["violations"] });
  for (const one of tried) one.removeAttribute("data-tried");
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`));
}"""
"""What axe says.  It computes a contrast from the styles of an element, of what it stands upon and of what is around it;
that takes most of its time, and three elements which are alike in all of them tell of the others."""


def violations(page: Page, *rules: str) -> list[str]:
    """Return what axe says against a page: by the given rules, or by all that count here."""
    chosen: dict[str, object] = {"runOnly": {"type": "tag", "values": TAGS}}
    chosen["rules"] = {rule: {"enabled": True} for rule in BEYOND}
    if rules:
        chosen = {"runOnly": {"type": "rule", "values": rules}}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return list(page.evaluate(_AXE, chosen))


def look_at(page: Page, path: str) -> None:
    """Open a page of the site, and wait for what is found if it is a search."""
    page.goto(path)
    if "?q=" in path:
        expect(page.locator(".search-count").first).not_to_be_empty()


@dataclass
class Visit:
    """A page, and what went wrong there.

    What the policy forbade; what ran and should not: errors, dialogs, what left the site or tried to; what else was
    complained of.
    """

    page: Page
    address: str
    forbidden: list[str] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin to listen."""
        self.page.on("console", lambda message: self._said(message.text, message.type))
        self.page.on("pageerror", lambda error: self.ran.append(f"error: {error}"))
        self.page.on("dialog", self._asked_the_reader)
        self.page.on("requestfinished", lambda request: self._asked(request.url))

    def _said(self, text: str, kind: str) -> None:
        if "policy" in text.lower():
            self.forbidden.append(text)
        elif kind == "error":
            self.errors.append(text)

    def _asked(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:", "about:")):
            self.ran.append(f"asked for {url}")

    def _asked_the_reader(self, dialog: Dialog) -> None:
        self.ran.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def open(self, path: str) -> Page:
        """Open a page of the site."""
        self.page.goto(self.address + path)
        return self.page

    def look_over(self, path: str) -> None:
        """Do with the page that is open what every reader may: rest on a title, scroll, print, turn to a phone, navigate."""
        page = self.page
        hover_titles(page, 1)
        page.mouse.wheel(0, 3000)
        page.emulate_media(media="print")
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": 360, "height": 740})
        if not path.endswith(".html") or path == "404.html":  # a plain table has no frame
            page.locator("label.md-header__button[for='__drawer']").click()
            expect(page.locator(".md-sidebar--primary")).to_be_in_viewport()
            until(page, "document.documentElement.scrollWidth <= 360")  # notes are laid out anew


def hover_titles(page: Page, most: int = 5) -> None:
    """Rest on what has a title, as a reader does."""
    for one in page.locator(".md-content [title]:visible").element_handles()[:most]:
        one.hover(force=True)
        page.wait_for_timeout(400)


@dataclass(frozen=True)
class Seen:
    """What one visit to a page tells of it."""

    barriers: list[str]
    """What axe says against it, on a desk and at 400 %."""
    skipped: str
    """Where its first stop leads; nothing if that is no place in its content."""
    complaints: tuple[list[str], list[str], list[str]]
    """What the policy forbade, what ran and should not, and what else was complained of, in the whole visit."""


def see(visit: Visit, path: str) -> Seen:
    """Visit a page once: ask axe, press the first key of who has no mouse, and look the page over."""
    page = visit.page
    page.set_viewport_size(DESK)
    look_at(page, visit.address + path)
    page.keyboard.press("Tab")
    skipped = str(page.evaluate(_SKIPPED))
    page.evaluate("document.activeElement.blur()")
    found = barriers(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    visit.look_over(path)
    return Seen(found, skipped, (visit.forbidden, visit.ran, visit.errors))


_SKIPPED = """() => {
  const target = document.activeElement.closest(".md-skip")?.hash.slice(1) ?? "";
  return document.querySelectorAll(`.md-content [id="${target}"]`).length === 1 ? target : "";
}"""


def barriers(page: Page) -> list[str]:
    """Return what axe says against a page, on a desk and at 400 %, where it has to scroll in one direction.

    Tables that do not fit scroll in boxes of their own.
    """
    page.set_viewport_size(DESK)
    found = violations(page)
    page.set_viewport_size(NARROW)
    until(page, "document.documentElement.scrollWidth <= 320")  # notes are laid out anew
    return [*found, *violations(page, "target-size")]
