import { SITE } from "../../overrides/assets/lib/address.js";
import { copiedId, fetchPage, fetchText } from "../../overrides/assets/lib/fetched.js";
import { holds, same } from "./check.js";

/** Answer what is asked next with a text, and return what was asked. */
const answering = (text, { type = "text/html; charset=utf-8", status = 200, url } = {}) => {
  const asked = [];
  const before = globalThis.fetch;
  globalThis.fetch = async (address, options) => {
    asked.push([String(address), options.mode]);
    const response = new Response(text, { status, headers: type ? { "content-type": type } : {} });
    Object.defineProperty(response, "url", { value: url ?? String(address) });
    globalThis.fetch = before;
    return response;
  };
  return asked;
};
let number = 0;
const page = async (html, options) => {
  number += 1;
  answering(html, options);
  return fetchPage(`${SITE.href}page-${number}/`);
};
const refused = (promise) => promise.then(() => false, () => true);

export const tests = {
  "what is asked for is the address that was compared, and a page once": async () => {
    const asked = answering("<article><p>x</p></article>");
    const first = await fetchPage(`${SITE.href}once/#a`);
    same(asked, [[`${SITE.href}once/`, "same-origin"]]);
    holds((await fetchPage(`${SITE.href}once/#b`)) === first, "the page is kept");
  },
  "what failed is asked for anew": async () => {
    answering("", { status: 500 });
    holds(await refused(fetchPage(`${SITE.href}again/`)), "500");
    answering("<article><p>x</p></article>");
    same((await fetchPage(`${SITE.href}again/`)).innerHTML, "<p>x</p>");
  },
  "nothing but a page of this site is taken for one": async () => {
    for (const address of ["http://x.example/", "/.//x.example/", "../x/", "javascript:1"]) holds(await refused(fetchText(address)), address);
    for (const type of ["text/plain", "image/svg+xml", "application/xhtml+xml", "text/htmlx", ""]) {
      holds(await refused(page("<article>x</article>", { type })), type);
    }
    holds(await refused(page("<article>x</article>", { url: "http://x.example/" })), "an answer from elsewhere");
  },
  "text, elements and their harmless attributes are copied": async () => {
    const html = '<p class="a b" lang="ja" title="&quot;t&quot;" data-kind="k">one <em>two</em> &lt;b&gt;<br>three</p>';
    same((await page(`<article>${html}</article>`)).innerHTML, html);
    const table = '<table><tbody><tr><th scope="row" colspan="2">x</th><td headers="x"></td></tr></tbody></table>';
    same((await page(`<body>${table}`)).innerHTML, table.replace(' headers="x"', ""));
  },
  "addresses become whole, and lead nowhere that acts": async () => {
    const copy = await page(`<article><a href="../b/#c">1</a><a href="javascript:alert(1)">2</a><a href=" java&#10;script:alert(1)">3</a>
      <a href="mailto:a@b.example">4</a><a href="https://x.example/">5</a><a href="//u:p@x.example/">6</a><a href="data:text/html,x">7</a>
      <a href="vbscript:x">8</a><a href="blob:http://x/">9</a><a href="http://[">0</a></article>`);
    same([...copy.querySelectorAll("a")].map((link) => link.getAttribute("href")),
      [`${SITE.href}b/#c`, null, null, "mailto:a@b.example", "https://x.example/", null, null, null, null, null]);
  },
  "pictures are this site's": async () => {
    const copy = await page('<article><img src="../p.png" alt="x"><img src="//x.example/p.png"><img src="data:image/png,x" onerror="x"></article>');
    same([...copy.querySelectorAll("img")].map((picture) => picture.getAttribute("src")), [`${SITE.href}p.png`, null, null]);
  },
  "ids are nobody's, the theme's parts are left out": async () => {
    const copy = await page('<article><p id="x" class="md-overlay a mermaid" data-md-component="source" name="n">x</p></article>');
    same(copy.innerHTML, `<p id="${copiedId("x")}" class="a">x</p>`);
  },
  "what acts is left out with all that stands in it": async () => {
    const acting = "script style iframe object embed form input button select textarea svg math template noscript video audio link meta base dialog slot x-y";
    for (const tag of acting.split(" ")) {
      const copy = await page(`<article><p>a</p><${tag} onload="x" src="x">b</${tag}></article>`);
      holds(!copy.querySelector(tag), tag);
      holds(![...copy.querySelectorAll("*")].some((one) => [...one.attributes].some(({ name }) => name !== "class")), tag);
    }
  },
  "names in it shadow nothing": async () => {
    const names = "querySelector documentElement body childNodes attributes nodeType localName".split(" ");
    const html = names.map((name) => `<img name="${name}"><form name="${name}"><input name="${name}"></form>`).join("");
    same((await page(`<article>${html}<p>x</p></article>`)).querySelector("p").outerHTML, "<p>x</p>");
  },
};
