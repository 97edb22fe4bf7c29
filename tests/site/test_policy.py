"""The content-security policy as text: what it says, where it stands, and whose scripts it lets run."""

import pytest

from macros.site.policy import headers, inline_scripts, letting, policy, under

STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'"
)
HELLO = "alert('Hello, world.');"
DIGEST = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
"""The digest that the specification gives for this script (Content Security Policy Level 3, 8.4)."""


def test_a_page_without_scripts_of_its_own_runs_none() -> None:
    assert policy() == STRICT


def test_a_script_is_let_run_by_the_digest_of_the_specification() -> None:
    assert policy([HELLO, HELLO]) == STRICT.replace("script-src 'self'", f"script-src 'self' {DIGEST}")
    assert policy(["a", "b"]) == policy(["b", "a"])


def test_inline_scripts_are_those_that_run() -> None:
    page = (
        f'<script>{HELLO}</script><script type="application/json">{{"a": 1}}</script><script src="a.js"></script>'
        '<script id="__config" type="application/json">{}</script><script type="module" src="b.js"></script>'
        '<script type="application/ld+json">{}</script><script type="module">\nimport "c"\n</script>'
    )
    assert inline_scripts(page) == (HELLO, '\nimport "c"\n')


@pytest.mark.parametrize(
    "before", ['<!doctype html>\n<html lang="en">\n<head>\n    \n  <meta charset="utf-8">', "<html><head id=a>", ""]
)
def test_the_policy_stands_directly_behind_the_charset(before: str) -> None:
    rest = '<link rel="stylesheet" href="a.css"></head><header><meta charset="x"></header>'
    assert under("P", before + rest) == f'{before}<meta http-equiv="Content-Security-Policy" content="P">{rest}'


def test_a_script_of_the_server_is_let_run_beside_the_others() -> None:
    rest = f"</head><p>{STRICT}</p><script>b</script>"
    page = letting(f"<script>{HELLO}</script>".encode(), under(policy(["a"]), f"<head>{rest}").encode()).decode()
    assert page == under(policy(["a"]).replace("script-src 'self'", f"script-src 'self' {DIGEST}"), f"<head>{rest}")


def test_headers_say_what_no_meta_can() -> None:
    assert headers(policy([HELLO])).splitlines() == [
        "/*",
        f"  Content-Security-Policy: {policy([HELLO])}; frame-ancestors 'none'",
        "  Referrer-Policy: same-origin",
        "  X-Content-Type-Options: nosniff",
    ]
