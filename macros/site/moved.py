"""Former addresses: what stands where a page stood before, and leads on to it."""

from html import escape

FORM = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="0; url={href}">
<meta name="description" content="This page has moved: {title}">
<meta name="robots" content="noindex">
<link rel="canonical" href="{href}">
<title>{title}</title>
</head>
<body>
<p>This page has moved: <a href="{href}">{title}</a>.</p>
</body>
</html>
"""


def moved(title: str, href: str) -> str:
    """Return the page that leads on to the one of a title, at an address relative to its own."""
    return FORM.format(title=escape(title), href=escape(href))
