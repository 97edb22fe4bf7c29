"""The content-security policy: what a page may load and run, whatever gets into it (W3C Content Security Policy 3).

The allow-list keeps out of pages what acts; the policy holds where the list has a hole.  Of inline scripts those run
that the theme's templates make of themselves, each known by its digest.  They are taken from a page without any text,
so that nothing which stands in an article, a title or the navigation is ever vouched for.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256

FILE = "_headers"
"""Where hosts look for headers that take them from a file: Cloudflare Pages, Netlify and those that read the same."""

_SCRIPTS = "script-src 'self'"
_OTHERS = (
    "style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'"
)
_INLINE = re.compile(r"<script(?![^>]*(?:\ssrc=|json))[^>]*>(.*?)</script>", re.DOTALL)
_HEAD = re.compile(r"<head(?:\s[^>]*)?>(?:\s*<meta charset=[^>]*>)?")


def inline_scripts(html: str) -> tuple[str, ...]:
    """Return the scripts that stand in a theme's page itself; data in JSON is not run."""
    return tuple(_INLINE.findall(html))


def policy(scripts: Iterable[str] = ()) -> str:
    """Return the policy of a page on which these inline scripts run, and no other."""
    return f"default-src 'none'; {_sources(scripts)}; {_OTHERS}"


def _sources(scripts: Iterable[str]) -> str:
    digests = {b64encode(sha256(script.encode()).digest()).decode() for script in scripts}
    return " ".join((_SCRIPTS, *(f"'sha256-{digest}'" for digest in sorted(digests))))


def under(policy: str, html: str) -> str:
    """Return a page under a policy, which stands directly behind the charset, before all that it could forbid."""
    head = _HEAD.search(html)
    at = head.end() if head else 0
    return f'{html[:at]}<meta http-equiv="Content-Security-Policy" content="{policy}">{html[at:]}'


def letting(element: bytes, html: bytes) -> bytes:
    """Return a page whose policy lets a script element run beside those that it names: a server's, to load it anew."""
    return html.replace(_SCRIPTS.encode(), _sources(inline_scripts(element.decode())).encode(), 1)


def headers(policy: str) -> str:
    """Return the file of headers: the policy, what no `meta` can say, and that a file is what its type says."""
    return (
        f"/*\n  Content-Security-Policy: {policy}; frame-ancestors 'none'\n"
        "  Referrer-Policy: same-origin\n  X-Content-Type-Options: nosniff\n"
    )
