"""What tests in a browser share: how a page is opened and waited for, and what axe says of it."""

import time
from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

OpenPage = Callable[..., Page]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
BEYOND = ["heading-order", "landmark-unique", "region"]
"""Good practice that WCAG does not ask for."""


def until(page: Page, expression: str, argument: object = None, seconds: float = 30) -> None:
    """Wait until an expression holds.  Playwright's own wait evaluates text in the page, which its policy forbids."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression, argument):
        assert time.monotonic() < end, f"after {seconds} s it does not hold: {expression}"
        page.wait_for_timeout(20)


def patient(page: Page) -> Page:
    """Return a page whose visits last until its scripts have acted, which come after what is there to read."""

    def lasting(visit: Callable[..., object]) -> Callable[..., object]:
        def visit_and_wait(*given: object, **options: object) -> object:
            answer = visit(*given, **options)
            if page.locator("script[src$='assets/edition.js']").count():
                page.locator("a.search-open[aria-keyshortcuts]").wait_for(state="attached")
            return answer

        return visit_and_wait

    for name in ("goto", "reload", "go_back", "go_forward", "wait_for_url"):
        setattr(page, name, lasting(getattr(page, name)))
    return page


def violations(page: Page, *rules: str) -> list[str]:
    """Return what axe says against a page: by the given rules, or by all that count here."""
    chosen: dict[str, object] = {"runOnly": {"type": "tag", "values": TAGS}}
    chosen["rules"] = {rule: {"enabled": True} for rule in BEYOND}
    if rules:
        chosen = {"runOnly": {"type": "rule", "values": rules}}
    found = Axe().run(page, options={"resultTypes": ["violations"], **chosen}).response["violations"]
    return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]
