/*
 * What scripts fetch of this site, and what they may take of it.
 *
 * A page is asked for by the whole address that was compared, and never from elsewhere, be it by a redirect.  What
 * comes is not trusted: a copy is made, element by element, of what templates and Markdown make.  No script, frame,
 * form, style or drawing is in it, no handler, no name, no address that a browser would load from elsewhere or run;
 * its ids begin with an underscore, so that they are nobody else's.
 */
import { siteAddress } from "./address.js";
import { make, parsed } from "./page.js";

const TIMEOUT = 10_000; // ms

const TAGS = new Set(`
  a abbr article aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em
  figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li mark nav ol p pre q rp rt ruby s samp section
  small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr
`.trim().split(/\s+/));
const ATTRIBUTES = new Set(`
  abbr alt aria-current aria-hidden aria-label colspan datetime dir height hreflang lang open reversed role rowspan
  scope start title value width
`.trim().split(/\s+/));
const SCHEMES = new Set(["http:", "https:", "mailto:"]);
/** Classes and data by which the theme knows its own parts: nothing that is fetched is to be taken for one. */
const THEME = /^(?:md-|data-md-|mermaid$)/;
const FETCHED = "_fetched-"; // begins the id of a copy

/** The id that the copy of an element with an id has. */
export const copiedId = (id) => FETCHED + id;

const destination = (value, base) => {
  const url = URL.canParse(value, base) ? new URL(value, base) : null;
  return url && SCHEMES.has(url.protocol) && !url.username && !url.password ? url.href : null;
};
/** What the copy of an element has as an attribute, or null. */
const valueOf = ({ name, value }, tag, base) => {
  if (name === "id") return copiedId(value);
  if (name === "class") return value.split(/\s+/).filter((one) => !THEME.test(one)).join(" ");
  if (name === "tabindex") return value === "0" ? value : "-1"; // the order of the page stays the page's
  if (name === "href" && tag === "a") return destination(value, base);
  if (name === "src" && tag === "img") return siteAddress(value, base)?.href ?? null;
  return ATTRIBUTES.has(name) || (/^data-[a-z-]+$/.test(name) && !THEME.test(name)) ? value : null;
};
const copied = (node, base) => {
  if (node.nodeType === Node.TEXT_NODE) return [node.data];
  if (node.nodeType !== Node.ELEMENT_NODE || !(node instanceof HTMLElement) || !TAGS.has(node.localName)) return [];
  const attributes = [...node.attributes]
    .map((attribute) => [attribute.name, valueOf(attribute, node.localName, base)])
    .filter(([, value]) => value !== null);
  return [make(node.localName, Object.fromEntries(attributes), ...[...node.childNodes].flatMap((child) => copied(child, base)))];
};

/** Ask this site for what stands at an address, which may have to be of a kind: a promise of the response. */
const fetched = async (address, kind, cache = "default") => {
  const url = siteAddress(address);
  if (!url) throw new Error(`no page of this site: ${address}`);
  // oxlint-disable-next-line no-restricted-globals
  const response = await fetch(url, { mode: "same-origin", cache, signal: AbortSignal.timeout(TIMEOUT) });
  const isKind = kind.test(response.headers.get("content-type"));
  if (!response.ok || !isKind || !siteAddress(response.url)) throw new Error(`${response.status} ${url}`);
  return response;
};

/** Ask this site for what stands at an address, which may have to be of a kind: a promise of its text. */
export const fetchText = async (address, kind = /^/) => (await fetched(address, kind)).text();

/** Ask this site for a file that is packed by gzip: a promise of its bytes.  What `mayChange` is asked for anew. */
export const fetchPacked = async (address, mayChange = false) => {
  const { body } = await fetched(address, /^/, mayChange ? "no-cache" : "default");
  return new Uint8Array(await new Response(body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
};

const pages = new Map(); // promised, by address
/** Fetch a page: a promise of a copy of what is in its article, which stands nowhere yet.  What failed is asked for anew. */
export const fetchPage = (address) => {
  const [page] = address.split("#");
  if (!pages.has(page)) {
    const copy = fetchText(page, /^text\/html\b/).then((text) => {
      const html = parsed(text);
      const article = html.querySelector("article") ?? html.querySelector("body"); // plain tables have no theme around them
      return make("div", {}, ...[...article.childNodes].flatMap((node) => copied(node, page)));
    });
    copy.catch(() => pages.delete(page));
    pages.set(page, copy);
  }
  return pages.get(page);
};
