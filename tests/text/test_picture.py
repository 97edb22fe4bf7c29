"""A picture is one that only is looked at: what acts, moves, loads or is something else is refused, drawings are not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.text.picture import BEGINNINGS, LONGEST_SVG, fault
from tests import ROOT

SVG = "http://www.w3.org/2000/svg"


def svg(content: str, attributes: str = "") -> bytes:
    links = "xmlns:xlink='http://www.w3.org/1999/xlink' xmlns:ev='http://www.w3.org/2001/xml-events'"
    return f"<svg xmlns='{SVG}' {links} {attributes}>{content}</svg>".encode()


ACTING = {
    "<script>": svg("<script>alert(1)</script>"),
    "<s:script>": svg(f"<s:script xmlns:s='{SVG}' xlink:href='a.js'/>"),
    "<script> of HTML": svg("<script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>"),
    "<meta> of HTML": svg("<h:meta xmlns:h='http://www.w3.org/1999/xhtml' http-equiv='refresh' content='0;url=/x'/>"),
    "<img> of HTML": svg("<metadata><img xmlns='http://www.w3.org/1999/xhtml' src='x' onerror='alert(1)'/></metadata>"),
    "<math>": svg("<math xmlns='http://www.w3.org/1998/Math/MathML'><mi href='javascript:alert(1)'>x</mi></math>"),
    "<foreignObject>": svg("<foreignObject><p>x</p></foreignObject>"),
    "<handler>": svg("<handler type='application/ecmascript'>alert(1)</handler>"),
    "<iframe>": svg("<iframe src='https://example.org/'/>"),
    "<animate>": svg("<a href='#x'><animate attributeName='href' values='x;javascript:alert(1)'/></a>"),
    "<set>": svg("<a href='#x'><set attributeName='href' to='javascript:alert(1)'/></a>"),
    "<animateTransform>": svg("<g><animateTransform attributeName='transform'/></g>"),
    "a handler": svg("", "onload='alert(1)'"),
    "a handler in capitals": svg("<g\nONclick = 'alert(1)'/>"),
    "a handler of XML": svg("<g ev:event='load' ev:handler='#x'/>"),
    "javascript:": svg("<a href='javascript:alert(1)'/>"),
    "javascript: in entities": svg("<a xlink:href='&#106;ava&#10;Script:alert(1)'/>"),
    "a link elsewhere": svg("<a href='https://example.org/'/>"),
    "a picture elsewhere": svg("<image xlink:href='//example.org/x.png'/>"),
    "a picture of the site": svg("<image href='x.svg'/>"),
    "a picture that may act": svg("<image href='data:image/svg+xml,&lt;svg/&gt;'/>"),
    "a page": svg("<use href='data:text/html,x#x'/>"),
    "a filter elsewhere": svg("<filter><feImage href='https://example.org/x'/></filter>"),
    "another base": svg("<use href='#x'/>", "xml:base='https://example.org/'"),
    "@import": svg("<style>@import 'https://example.org/x.css';</style>"),
    "@import, escaped": svg("<style>@\\69 mport 'x.css';</style>"),
    "url()": svg("<style>g { fill: url(https://example.org/x#y) }</style>"),
    "url(), escaped": svg("<g fill='\\75rl(https://example.org/x#y)'/>"),
    "url(), behind a comment in quotes": svg("<style>a{content:'/*'} b{fill:url(//x)} c{content:'*/'}</style>"),
    "url(), with a comment in it": svg("<style>g{fill:u/**/rl(x.svg)}</style>"),
    "url(), in an attribute": svg("<g style='background: URL( \"https://example.org/\" )'/>"),
    "image-set()": svg("<g style='background: image-set(\"https://example.org/x.png\" 1x)'/>"),
    "an entity": f"<!DOCTYPE svg [<!ENTITY e '<script/>'>]><svg xmlns='{SVG}'>&e;</svg>".encode(),
    "a style sheet": b"<?xml-stylesheet href='a.xsl'?>" + svg(""),
    "another encoding": svg("<title>é</title>").decode().encode("utf-16"),
    "an encoding that says so": b"<?xml version='1.0' encoding='iso-2022-jp'?>" + svg(""),
    "an encoding of none": b"<?xml version='1.0' encoding='rot13'?>" + svg(""),
    "Latin letters said to be so": b"<?xml version='1.0' encoding='iso-8859-1'?>" + svg("<title>é</title>"),
    "a page of XHTML": b"<html xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></html>",
    "no language": b"<svg onload='alert(1)'/>",
    "no end": svg("")[:-6],
    "nothing": b"",
    "too much": svg("<g/>" * (LONGEST_SVG // 4)),
}

DRAWINGS = {
    "a sign": svg("<title>Ferry</title><path d='M0 0h1'/>", "viewBox='0 0 1 1' role='img'"),
    "of Inkscape": (
        "<?xml version='1.0' encoding='UTF-8' standalone='no'?>\n<!-- Created with Inkscape -->\n"
        f"<svg xmlns='{SVG}' xmlns:svg='{SVG}' xmlns:inkscape='http://www.inkscape.org/namespaces/inkscape' "
        "xmlns:sodipodi='http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd' "
        "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:cc='http://creativecommons.org/ns#' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/' xml:space='preserve' inkscape:export-filename='C:\\ferry(1).png'>"
        "<sodipodi:namedview inkscape:onfocus='x'/><metadata><rdf:RDF><cc:Work rdf:about=''><dc:format>image/svg+xml"
        "</dc:format><dc:type rdf:resource='http://purl.org/dc/dcmitype/StillImage'/></cc:Work></rdf:RDF></metadata>"
        "<g style='fill:url(#a);font-family:\"Noto Sans\"' transform='translate(1,2)'/></svg>"
    ).encode(),
    "of Graphviz": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"\n'
        b' "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n' + svg("<g id='graph0' class='graph'/>")
    ),
    "with a style": svg(
        "<style>/* one's own */ @media (prefers-color-scheme: dark) { g { fill: url('#a') } } text::before "
        "{ content: '\\201C' }</style><defs><linearGradient id='a' href='#b'/></defs>"
    ),
    "with a picture in it": svg("<image xlink:href='data:image/png;base64,iVBORw0KGgo='/>"),
    "with letters in it": svg("<style>@font-face { src: url(data:font/woff2;base64,d09GMg==) }</style>"),
    "of a program with notes": b"<?xpacket begin='x'?>" + svg("<x:xmpmeta xmlns:x='adobe:ns:meta/'>x</x:xmpmeta>"),
    "in ASCII, said to be Latin": b"<?xml version='1.0' encoding='iso-8859-1'?>" + svg(""),
    "with a mark at its head": b"\xef\xbb\xbf" + svg("<title>é</title>"),
}


@pytest.mark.parametrize("content", ACTING.values(), ids=ACTING.keys())
def test_a_picture_that_acts_is_refused(content: bytes) -> None:
    assert fault(".svg", content)


def test_why_it_is_refused_is_said() -> None:
    assert fault(".svg", ACTING["<script>"]) == "it has an element <script>"
    assert fault(".svg", ACTING["a handler"]) == "it has an attribute 'onload', which runs a script"
    assert fault(".svg", ACTING["a link elsewhere"]) == (
        'it has an address that leads elsewhere, href="https://example.org/"'
    )
    assert fault(".svg", ACTING["url()"]) == "its style loads 'https://example.org/x#y'"
    assert fault(".svg", ACTING["no end"]) == "it cannot be read (no element found, line 1)"


@pytest.mark.parametrize("content", DRAWINGS.values(), ids=DRAWINGS.keys())
def test_a_drawing_is_none_that_acts(content: bytes) -> None:
    assert fault(".svg", content) == ""


BITS = {
    ".png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    ".jpg": b"\xff\xd8\xff\xe0\0\x10JFIF",
    ".jpeg": b"\xff\xd8\xff\xe1",
    ".gif": b"GIF89a",
    ".webp": b"RIFF\n\n\0\0WEBPVP8 ",
    ".avif": b"\0\0\0\x20ftypavif",
    ".ico": b"\0\0\1\0\1\0",
}


def test_a_picture_begins_as_its_ending_says() -> None:
    assert {*BITS, ".svg"} == set(BEGINNINGS)
    for ending, bits in BITS.items():
        assert fault(ending, bits) == ""
        for content in (b"", b"<!doctype html><script>alert(1)</script>", b"%PDF-1.7", bits[1:], b" " + bits):
            assert fault(ending, content) == f"what it holds is not what the ending {ending} says"


def test_the_pictures_of_the_project_are_some() -> None:
    root = ROOT
    found = [
        path
        for folder in ("docs", "overrides", ".github")
        for path in (root / folder).rglob("*")
        if path.suffix in BEGINNINGS
    ]
    assert len(found) > 6
    assert [(path, why) for path in found if (why := fault(path.suffix, Path(path).read_bytes()))] == []


PIECES = st.sampled_from(
    ["<g", ">", "</g>", "<svg", "/>", " style='", "'", "url(", ")", "#a", "\\75", "/*", "*/", "<!--", "-->", "<![CDATA[",
     "]]>", "<?x", "?>", "&#1;", "&e;", "<!DOCTYPE svg [", "\0", "\xff", " xmlns=''", "<style>", "</style>", "@import"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join))
def test_whatever_a_picture_holds_it_is_judged(content: str) -> None:
    assert isinstance(fault(".svg", svg(content)), str)
    assert isinstance(fault(".svg", content.encode("latin-1")), str)
