"""What an address, a fetched page or a name in the page may try against the reader's scripts, in a real browser.

A dialog, a title that changes, a request that leaves the site and a script error each count as a failure.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from tests import ROOT
from tests.bench.browser import CHROMIUM
from tests.bench.serving import running, serving
from tests.sites import TOWNS, UNNAMED, once
from tests.visiting import DESK, Readers

COMMENTARY = "commentary/night-boat/"
CLAUSE = "declarations/ferry-2004/"
TYPES = [
    "",
    COMMENTARY,
    CLAUSE,
    "comparisons/",
    "comparisons/2002-2004/",
    "comparisons/ferry-2002/ferry-2006.html",
    "threads/fog-stop/",
    "chronology/",
    "glossary/",
    "notes-index/",
    "contribute/rules/",
    "search/",
    "404.html",
]
"""One page of every type that scripts tell apart."""

RUN = "document.title='TAKEN';alert(1);fetch(`HOST/told`)"
"""What is to run nowhere: HOST stands for another server."""

ACTING = f"""
<img src=HOST/i onerror="{RUN}"> <img srcset="HOST/s 1x"> <picture><source srcset="HOST/p"><img src=nope onerror="{RUN}"></picture>
<svg onload="{RUN}"><use href="HOST/u.svg#x"/><image href="HOST/x.png"/><animate onbegin="{RUN}"/><script>{RUN}</script></svg>
<math><mtext><mglyph><style><!--</style><img title="--><img src onerror={RUN}>"></mtext></math>
<script>{RUN}</script><script src="HOST/s.js"></script><script type=module>{RUN}</script><noscript><img src=HOST/n></noscript>
<iframe src="HOST/f"></iframe><iframe srcdoc="<script>{RUN}</script>"></iframe><object data="HOST/o"></object><embed src="HOST/e">
<form action="HOST/a"><input autofocus onfocus="{RUN}" name=nodeType><input name=attributes><button>Go</button></form>
<style>@import "HOST/c.css"; * {{ background: url(HOST/b.png) }}</style><link rel=stylesheet href="HOST/l.css"><link rel=prefetch href="HOST/k">
<base href="HOST/"><meta http-equiv=refresh content="0;url=HOST/r">
<p style="background: url(HOST/y.png)" background="HOST/z.png" onclick="{RUN}" onmouseover="{RUN}" onfocus="{RUN}" tabindex=7 contenteditable
  class="md-overlay mermaid" data-md-component="source" data-md-toggle="x" accesskey=s name=querySelector popover autofocus is=x-y>acts</p>
<details open ontoggle="{RUN}"><summary>acts</summary><video autoplay poster="HOST/v" src="HOST/w" onerror="{RUN}"></video></details>
<audio src="HOST/q" autoplay></audio><marquee onstart="{RUN}">m</marquee><template><img src=HOST/t onerror="{RUN}"></template>
<a href="javascript:{RUN}" ping="HOST/g" target=_top id=location name=body>acts</a> <a href="data:text/html,<script>{RUN}</script>">d</a>
<a href="//user:word@example.invalid/">c</a> <a href="java&#10;script:{RUN}" data-clause="x#y">j</a> <a data-clause="x#y" href="/.//HERE/x#x">h</a>
<p id="title">t</p><p id="__proto__">t</p><p id="_clause-title">t</p><div is="x-y"><slot onslotchange="{RUN}"></slot></div>
<table background="HOST/tb"><tr><td background="HOST/td">x</td></tr></table><body onload="{RUN}" background="HOST/bd"><x-y onclick="{RUN}">x</x-y>
"""

HOSTILE = f"""<!doctype html><title>TAKEN</title><article class="md-content__inner"><h1>TAKEN</h1>
<h2 id="x" data-place="x">TAKEN{ACTING}</h2>{ACTING}<p class="clause-compared"><a href="/.//HERE/c">c</a></p></article>"""
"""What another server answers, whatever it is asked for."""


@dataclass
class Stranger:
    """Another server, which lets everyone read what it answers, and what it was asked for."""

    host: str = ""
    asked: list[str] = field(default_factory=list)

    def fill(self, text: str) -> str:
        return text.replace("HOST", f"http://{self.host}").replace("HERE", self.host)


@pytest.fixture(scope="module")
def stranger() -> Iterator[Stranger]:
    found = Stranger()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            body = found.fill(HOSTILE).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    with running(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as address:
        found.host = address.removeprefix("http://").rstrip("/")
        yield found


@dataclass
class Watched:
    """A page of which all that must not happen is written down."""

    page: Page
    site: str
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin to watch."""
        self.page.on("dialog", self._dialog)
        self.page.on("pageerror", lambda error: self._error(error.stack or str(error)))
        self.page.on("request", lambda request: self._request(request.url))
        self.page.on("popup", lambda popup: self.faults.append(f"window {popup.url}"))

    def _dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _error(self, stack: str) -> None:
        # What the theme's own scripts make of an address or a name is not ours to catch here.
        if "/assets/" in stack.replace("/assets/javascripts/", ""):
            self.faults.append(stack)

    def _request(self, url: str) -> None:
        if not url.startswith((self.site, "data:", "blob:", "chrome-error:")):
            self.faults.append(f"asked for {url}")

    def goto(self, path: str) -> Page:
        self.page.goto(self.site + path)
        return self.page

    def settle(self) -> None:
        """Wait until what was begun has come to its end, and say what must not have happened."""
        self.page.wait_for_load_state("networkidle")
        assert "TAKEN" not in self.page.title()
        assert self.faults == []


Watch = Callable[..., Watched]


@pytest.fixture
def watch(readers: Readers, address: str, stranger: Stranger) -> Iterator[Watch]:
    """Return a function that opens a browser in which nothing may happen that must not."""
    watched: list[Watched] = []
    with ExitStack() as opened:

        def open_(site: str = address) -> Watched:
            # Without the policy that stands behind the scripts: what they ask for, it would forbid.
            page = opened.enter_context(readers.page(site, viewport=DESK, reduced_motion="reduce", bypass_csp=True))
            page.set_default_timeout(30_000)
            watched.append(Watched(page, site))
            return watched[-1]

        stranger.asked.clear()
        yield open_
    assert [fault for one in watched for fault in one.faults] == []
    assert stranger.asked == []


def foreign(site: str, host: str) -> list[str]:
    """Return addresses that a careless reader of addresses takes for this site's, and a browser for another's."""
    here = site.removeprefix("http://").rstrip("/")
    lead = ["//", "/.//", "/..//", "/././/", "..//", "x/..//", "x/../..//", "./..//", "/x/..//", "///", "////", "/.///"]
    lead += [f"http://{here}//", f"http://{here}/.//", f"http://{here}/x/..//", f"http:{here}//", f"//{here}//"]
    lead += [
        "/%2e//",
        "/%2E%2E//",
        "%2e%2e//",
        "/.%2e//",
        "/%2f",
        "/%2F/",
        "%2f%2f",
        "/%5c",
        "/%5C%5C",
        "declarations/..//",
    ]
    lead += [
        "http://",
        "http:/",
        "http:",
        "http:\\\\",
        "HTTP://",
        "https://",
        "//user@",
        f"http://{here}@",
        f"//{here}@",
        f"http://{here}:x@",
    ]
    lead += [
        f"http://{here}\\@",
        f"http://{here}#@",
        f"http://{here}?@",
        "ftp://",
        "ws://",
        "blob:http://",
        f"blob:http://{here}/",
        "view-source:http://",
    ]
    odd = [one.replace("/", "\\") for one in ("//", "/.//", "..//", "x/..//", "/..//")] + [
        "/\\",
        "\\/",
        "/.\\\\",
        "/.\\/",
    ]
    odd += [f"{sign}//" for sign in ("\t", "\n", "\r", " ", "\x00", "\x1f", "\x7f", "\u00a0", "\ufeff")]
    odd += [
        "/\t/",
        "/\n/",
        "/\r/",
        "/.\t//",
        "/.\n//",
        "ht\ntp://",
        "/\u2028/",
        "/\u3000/",
        "\uff0f\uff0f",
        "/\uff0f",
        "/\u2215",
        "/\u2044",
    ]
    made = [f"{one}{host}/x#x" for one in [*lead, *odd]] + [
        one.replace("/", "\\") for one in ("/.//", "//") for one in [f"{one}{host}/x#x"]
    ]
    run = RUN.replace("HOST", f"http://{host}")
    made += [
        f"javascript:{run}#x",
        f"data:text/html,<script>{run}</script>#x",
        "about:blank#x",
        "about:srcdoc#x",
        "javascript:%0a//x#x",
    ]
    return made


FOLLOW = """(query) => {
  history.pushState(null, "", query);
  dispatchEvent(new PopStateEvent("popstate"));
}"""
"""Go to an address of this page, as a reader who came from there and steps back."""


def test_no_address_in_the_query_makes_a_script_ask_or_show_another_site(watch: Watch, stranger: Stranger) -> None:
    watched = watch()
    given = foreign(watched.site, stranger.host)
    reviewed = [*(given[at] for at in (0, 1, 4, 5, 12)), "/.\\\\" + stranger.host + "\\x#x"]
    for one in reviewed:
        page = watched.goto(f"{COMMENTARY}?clause={quote(one, safe='')}")
        watched.settle()
        assert stranger.asked == [], one
    for one in given:
        for query in (f"?clause={quote(one, safe='')}", f"?clause={quote(one, safe='/:@.?')}"):
            page.evaluate(FOLLOW, query)
            page.evaluate("() => new Promise((done) => setTimeout(done))")
            assert (stranger.asked, watched.faults) == ([], []), one
    watched.settle()
    expect(page.locator(".clause-panel")).not_to_contain_text("TAKEN")
    page.evaluate(FOLLOW, "?clause=declarations/ferry-2004%23crossing")  # one that is this site's
    expect(page.locator("dialog.clause-panel[open]")).to_contain_text("A free and open crossing")


def test_every_query_is_asked_for_the_same(watch: Watch, stranger: Stranger) -> None:
    watched = watch()
    names = "clause compare thread row view only notes h q kind document from to sort".split()
    chosen = [f"/.//{stranger.host}/x#x", f"<img src=http://{stranger.host}/ onerror=alert(1)>"]
    for path in TYPES:
        for given in chosen:
            query = "&".join(f"{name}={quote(given, safe='')}" for name in names)
            watched.goto(f"{path}?{query}#{quote(given, safe='/')}")
            watched.settle()


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory, stranger: Stranger) -> Iterator[str]:
    """Serve the site below a path, beside a page of somebody else on the same host."""
    if not CHROMIUM:
        pytest.skip("no Chromium is installed: install it with your system's packages")
    folder = tmp_path_factory.mktemp("below")
    shutil.copytree(once(tmp_path_factory, TOWNS, UNNAMED), folder / "edition")
    for name in ("other", "edition-2", "x"):
        (folder / name).mkdir()
        (folder / name / "index.html").write_text(stranger.fill(HOSTILE), "utf-8")
    with serving(folder) as served:
        yield f"{served.address}edition/"


def test_a_site_below_a_path_shows_nothing_from_beside_it(watch: Watch, below: str, stranger: Stranger) -> None:
    watched = watch(below)
    root = below.removesuffix("edition/")
    beside = [
        "/other/#x",
        "../other/#x",
        f"{root}other/#x",
        "x/../../other/#x",
        "%2e%2e/other/#x",
        "..%2fother/#x",
        "/edition-2/#x",
    ]
    beside += ["../edition-2/#x", "/edition/../x/#x", "/x#x", "//edition/x#x", f"{root}edition//x/#x", "/edition#x"]
    page = watched.goto(f"{COMMENTARY}?clause={quote(beside[0], safe='')}")
    for given in [*beside, *foreign(root, stranger.host)]:
        page.evaluate(FOLLOW, f"?clause={quote(given, safe='')}")
        page.wait_for_load_state("networkidle")
        assert watched.faults == [], given
        expect(page.locator(".clause-panel"), given).not_to_contain_text("TAKEN")
    page.evaluate(FOLLOW, "?clause=declarations/ferry-2004%23crossing")
    expect(page.locator(".clause-panel-title")).to_have_text("A free and open crossing")


def test_a_redirect_leads_nowhere_else(watch: Watch, stranger: Stranger) -> None:
    watched = watch()
    gone: list[str] = []

    def away(route: Route) -> None:
        gone.append(route.request.url)
        route.fulfill(status=302, headers={"location": f"http://{stranger.host}/x"})

    watched.page.route("**/declarations/ferry-2002/", away)
    page = watched.goto(f"{COMMENTARY}?clause=declarations/ferry-2002%23crossing")
    expect(page.locator(".clause-panel-status")).to_have_text("The clause could not be loaded.")
    assert gone
    assert stranger.asked == []
    watched.faults.remove(f"asked for http://{stranger.host}/x")  # the browser tells what it would ask, and does not
    watched.settle()


def planted(route: Route, html: str, before: str) -> None:
    """Answer with the site's own page, and `html` before the first place where `before` stands in it."""
    response = route.fetch()
    body = response.text()
    assert before in body
    route.fulfill(response=response, body=body.replace(before, html + before, 1))


ALLOWED = set(
    """
    a abbr article aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption
    figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q rp rt ruby s samp section small
    span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr
    """.split()
)


def hostile_parts(page: Page, of: str, site: str) -> list[str]:
    """Return what stands in an element and must not."""
    elements = page.locator(of).evaluate_all(
        "(roots) => roots.flatMap((root) => [...root.querySelectorAll('*')]).map((one) => "
        "[one.localName, one.namespaceURI, [...one.attributes].map(({ name, value }) => [name, value])])"
    )
    found = []
    for tag, namespace, attributes in elements:
        if tag not in ALLOWED or not namespace.endswith("xhtml"):
            found.append(tag)
        for name, value in attributes:
            is_bad = name.startswith(("on", "data-md")) or name in {
                "style",
                "name",
                "is",
                "ping",
                "srcset",
                "target",
                "autofocus",
                "popover",
            }
            is_bad |= name in {
                "contenteditable",
                "accesskey",
                "background",
                "poster",
                "form",
                "srcdoc",
                "action",
                "slot",
            }
            is_bad |= name == "id" and not value.startswith("_")
            is_bad |= name == "class" and any(one.startswith("md-") or one == "mermaid" for one in value.split())
            is_bad |= name == "src" and not value.startswith(site)
            is_bad |= name == "href" and not re.match(r"https?://(?!\S*@)|mailto:|#", value)
            is_bad |= name == "tabindex" and value not in {"0", "-1"}
            if is_bad:
                found.append(f"{tag} {name}={value}")
    return found


def touch_all(page: Page, of: str) -> None:
    """Point at, focus and click what stands in an element."""
    page.locator(of).first.evaluate(
        """(root) => { for (const one of root.querySelectorAll("*")) {
          for (const type of ["pointerover", "mouseover", "mouseenter", "focus", "toggle", "click"]) {
            if (type !== "click" || !one.closest("a, button")) one.dispatchEvent(new Event(type, { bubbles: true }));
          }
        } }"""
    )


def test_of_a_hostile_page_of_this_site_only_what_templates_make_is_shown(watch: Watch, stranger: Stranger) -> None:
    """Were a page of the site itself in somebody's hands, it could not act in another one."""
    watched = watch()
    html = stranger.fill(ACTING)
    notes = stranger.fill(f'<div class="footnote"><ol><li id="cite-council-2004"><p>TAKEN {ACTING}</p></li></ol></div>')

    def answer(route: Route) -> None:
        response = route.fetch()
        before, compared, after = response.text().partition('<p class="clause-compared">')
        after, foot, end = after.rpartition('<footer class="page-foot"')
        route.fulfill(response=response, body=before + html + compared + after + notes + foot + end)

    watched.page.route(lambda url: url.endswith(CLAUSE), answer)
    page = watched.goto(f"{COMMENTARY}?clause=declarations/ferry-2004%23link")
    body = page.locator(".clause-panel-body")
    expect(body).to_contain_text("acts")
    expect(body.locator(".own-words")).to_contain_text("the safest and shortest link")
    expect(body.locator(".clause-compared a")).to_have_text("Compared with 2002")
    expect(body.locator(".footnote")).to_contain_text("TAKEN")
    assert hostile_parts(page, ".clause-panel-text", watched.site) == []
    expect(page.locator("[id=_clause-title], [id=title]")).to_have_count(1)
    touch_all(page, ".clause-panel-body")
    watched.settle()
    expect(page.locator(".clause-panel")).to_have_accessible_name(re.compile("^The ferry as a link"))


def test_of_a_hostile_comparison_only_what_templates_make_is_shown(watch: Watch, stranger: Stranger) -> None:
    watched = watch()
    html = stranger.fill(ACTING)
    for made in ("**/comparisons/2002-2004/", "**/ferry-2002/ferry-2006.html", "**/comparisons/2004-2006/"):
        watched.page.route(made, lambda route: planted(route, html, '<p class="whose">'))
    page = watched.goto("comparisons/?compare=ferry-2002,ferry-2004,ferry-2006")
    expect(page.locator(".choose-status")).to_contain_text("2002, 2004 and 2006")
    expect(page.locator(".comparison-table")).to_contain_text("acts")
    assert hostile_parts(page, ".comparison-table", watched.site) == []
    touch_all(page, ".comparison-table")
    watched.settle()
    page = watched.goto(f"{COMMENTARY}?clause=declarations/ferry-2004%23crossing")
    expect(page.locator(".clause-panel-change")).to_be_visible()
    assert hostile_parts(page, ".clause-panel-change", watched.site) == []
    watched.settle()


def test_a_link_that_leads_elsewhere_opens_no_panel(watch: Watch, stranger: Stranger) -> None:
    """What a link says it is does not make it a clause of this site."""
    watched = watch()
    wanted = [*foreign(watched.site, stranger.host)[:12], f"http://{stranger.host}/x#x"]
    links = "".join(f'<a class="planted" data-clause="a#x" href="{one}">TAKEN</a> ' for one in wanted)
    watched.page.route(
        lambda url: url.endswith(COMMENTARY), lambda route: planted(route, f"<p>{links}</p>", '<p class="paragraph"')
    )
    page = watched.goto(COMMENTARY)
    expect(page.locator(".note-kinds").first).to_be_visible()
    # The browser would follow them, as it does any link; the scripts ask for nothing.
    page.evaluate("addEventListener('click', (event) => event.preventDefault())")
    for at in range(len(wanted)):
        page.locator(".planted").nth(at).dispatch_event("click")
    watched.settle()
    expect(page.locator("dialog.clause-panel[open]")).to_have_count(0)


LONG = 100_000
BAD = [
    "%",
    "%E0%A4%A",
    "%ff%fe%00",
    "%u0041",
    "\"[]'",
    "\\",
    "#",
    ".*+?[(",
    "__proto__",
    "constructor,__proto__",
    "toString",
    "location",
]
BAD += [
    "p0",
    "note-",
    "%20",
    "+",
    ",,,",
    "\ufffd",
    "p1%",
    "-1",
    "NaN",
    "x#y?z#",
    "..",
    "declarations/none#none",
    "declarations/ferry-2004#%",
]
BAD += [
    "declarations/ferry-2004#%E0%A4%A",
    "x" * LONG,
    "!" * LONG + "a",
    "%E0" * (LONG // 3),
    "," * LONG,
    "a " * (LONG // 2),
]
NAMES = "clause compare thread row view only notes h q kind document from to sort".split()
SENT = 20_000  # signs of a query: with codes for some of them, servers still take it

ALIVE: dict[str, str] = {
    COMMENTARY: ".note-kinds, .clause-panel",
    CLAUSE: ".page-foot button",
    "comparisons/": "form.choose",
    "comparisons/2002-2004/": ".comparison-tools",
    "search/": ".search-columns",
}
"""What a script makes on a page: that it stands there tells that the script went on."""


@pytest.mark.parametrize("path", TYPES)
def test_a_bad_fragment_or_query_stops_no_script(path: str, watch: Watch) -> None:
    watched = watch()
    for at, bad in enumerate(BAD if path in ALIVE else BAD[::5]):
        is_long = len(bad) > SENT
        names = [NAMES[at % len(NAMES)]] if is_long else [*NAMES, *NAMES]
        query = "&".join(f"{name}={bad[:SENT].replace('#', '%23')}" for name in names)
        watched.page.goto(f"{watched.site}{path}?{query}#{bad}", wait_until="domcontentloaded")
        if path in ALIVE:
            expect(watched.page.locator(ALIVE[path]).first, f"{bad[:99]} {len(bad)}").to_be_attached()
        assert watched.faults == [], bad[:99]
    for bad in BAD:  # and when the reader is there already
        watched.page.evaluate("(bad) => { location.hash = bad }", bad)
    watched.settle()


def test_after_bad_addresses_everything_works(watch: Watch) -> None:
    watched = watch()
    page = watched.goto(
        f"{COMMENTARY}?h=%&h=&h=%20&notes=%E0%A4%A,x&clause=%&clause=declarations/ferry-2002%23crossing#%E0%A4%A"
    )
    page.locator("#noteref-watch-ahead a").press("Enter")
    expect(page.get_by_role("dialog", name="Watch ahead")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("#p6 a.proof").last.click()
    expect(page.locator("dialog.clause-panel[open]")).to_contain_text("Fog and the right to stop")
    page.keyboard.press("Escape")
    page.locator("#p3 > .paragraph-number").click()
    expect(page.locator(".passage-tools")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_role("dialog", name="Search")).to_be_visible()
    watched.settle()


SLUGS = "location body forms constructor __proto__ prototype hasOwnProperty toString valueOf length history name title self top parent".split()
SLUGS += "document window navigator CSS frames status event opener close stop find focus search-field note-box note-box-title".split()
SLUGS += "clause-panel-title clause-panel-document note-kinds-label search-sort edition article root header then default".split()

PROBE = """() => {
  const root = Object.getOwnPropertyDescriptor(Document.prototype, "documentElement").get.call(document);
  const is = (selector) => root.querySelector(selector)?.checkVisibility() ?? false;
  return PARTS.map(is);
}"""


def states(page: Page, *selectors: str) -> list[bool]:
    """Return which elements are to be seen; asked for in a way that no name in the page can stand before."""
    return list(page.evaluate(PROBE.replace("PARTS", json.dumps(selectors))))


def names_of_documents(page: Page) -> list[str]:
    """Return every name that something in a document could stand before."""
    return list(
        page.evaluate(
            """() => [Document, Node, EventTarget, Object, HTMLElement].flatMap((one) => Object.getOwnPropertyNames(one.prototype))
              .filter((name) => !["location"].includes(name))"""
        )
    )


@pytest.mark.parametrize("path", [COMMENTARY, "comparisons/2002-2004/", "comparisons/", "search/"])
def test_names_and_ids_in_the_page_shadow_nothing(path: str, watch: Watch) -> None:
    """`<img name="querySelector">` stands before `document.querySelector`, `<a id="open">` before a window's own names."""
    watched = watch()
    names = [*SLUGS, *names_of_documents(watched.goto("404.html"))]
    ids = "".join(f'<a id="{name}"></a><a id="{name}" name="{name}"></a>' for name in names)
    pictures = "".join(f'<img name="{name}" alt=""><img id="{name}" name="{name}" alt="">' for name in names)
    forms = "".join(f'<form name="{name}" hidden><input name="{name}"></form>' for name in names)
    begin = '<article class="md-content__inner md-typeset">'
    watched.page.route(
        lambda url: url.partition("?")[0] == watched.site + path,
        lambda route: planted(route, f"<div hidden>{ids}{pictures}{forms}</div>", begin),
    )
    page = watched.goto(path + ("?q=boat" if path == "search/" else ""))

    def until(*selectors: str) -> None:
        for _ in range(100):
            if all(states(page, *selectors)):
                return
            page.wait_for_timeout(100)
        raise AssertionError(dict(zip(selectors, states(page, *selectors), strict=True)))

    def click(selector: str) -> None:
        page.evaluate(
            f"""() => Object.getOwnPropertyDescriptor(Document.prototype, "documentElement").get.call(document)
              .querySelector({json.dumps(selector)}).click()"""
        )

    if path == COMMENTARY:
        until(".note-kinds")
        click("#noteref-watch-ahead a")
        until(".note-box")
        click(".note-box-close")
        click("#p6 a.proof")
        until("dialog.clause-panel[open] .own-words")
        click("#p3 > .paragraph-number")
        until(".passage-tools")
        click(".passage-actions button:last-of-type")
        until(".passage-cite")
        click(".search-open")
        until("dialog.search-dialog[open]")
    elif path == "comparisons/":
        until("form.choose")
        click(".choose input[value='ferry-2002']")
        click(".choose input[value='ferry-2004']")
        until(".comparison-table .difference", ".comparison-tools")
    elif path == "search/":
        until(".search-columns .search-hit", ".search-filters")
    else:
        until(".comparison-tools button")
    page.wait_for_timeout(300)
    assert watched.faults == []


@pytest.mark.parametrize(
    "pattern", [r"(?:querySelector(?:All)?|matches|closest)\(`", r"\blocation\.hash[.)]", "srcdoc"]
)
def test_what_the_linter_cannot_forbid_stands_nowhere(pattern: str) -> None:
    """Selectors made of what is given, a fragment that is not read by lib/address.js, frames (see .oxlintrc.json)."""
    folder = ROOT / "overrides" / "assets"
    scripts = {str(path.relative_to(folder)): path.read_text("utf-8") for path in folder.rglob("*.js")}
    assert len(scripts) > 5
    assert [name for name, text in scripts.items() if re.search(pattern, text)] == []
