/*
 * The page for addresses that lead nowhere (404.html): of the pages that it lists, those whose addresses come nearest
 * to the one that was asked for, and the words of that address in the field of the search.
 *
 * The site's pages are not asked for: what is near is known without a server.
 */
import { SITE, siteAddress, targetOf } from "./lib/address.js";
import { make, root } from "./lib/page.js";
import { bare } from "./search/query.js";
import { distance } from "./search/spelling.js";

const MOST = 5; // pages that are offered
const ENDING = /\.(?:html?|md)$/i;

/** The names in the path of an address of this site, as they are compared. */
const names = (address) =>
  address.pathname.slice(SITE.pathname.length).split("/").map((part) => bare(targetOf({ hash: `#${part}` }).replace(ENDING, "")))
    .filter((part) => part && part !== "index");

/** How far a name is from the one asked for: letters that differ, none for one that is cut short; or nothing if it is far. */
const far = (asked, name) => {
  const most = asked.length < 6 ? 1 : asked.length < 9 ? 2 : 3;
  if (asked.length > 2 && (name.startsWith(asked) || asked.startsWith(name))) return Math.abs(name.length - asked.length) / 100;
  const letters = distance(asked, name, most);
  return letters > most ? null : letters;
};

const missing = root.querySelector(".missing");
const asked = siteAddress(location.pathname);
const wanted = asked ? names(asked).filter((part) => part !== "404") : []; // this page has an address of its own
if (missing && wanted.length) {
  const [box, form] = missing.children;
  form.querySelector("input").value = wanted.at(-1).replaceAll(/[-_.]+/g, " ").slice(0, 200);
  const pages = [...missing.querySelectorAll("a[href]")].map((link) => ({ link, parts: names(link) }));
  /** The listed pages near the last of some names, the nearest first: then those in the folder that was asked for. */
  const near = (some) => {
    const folder = some.at(-2);
    return pages
      .map(({ link, parts }) => ({ link, far: parts.length ? far(some.at(-1), parts.at(-1)) : null, apart: parts.at(-2) === folder ? 0 : 1 }))
      .filter((one) => one.far !== null)
      .toSorted((one, other) => one.far - other.far || one.apart - other.apart);
  };
  const found = wanted.map((_, at) => near(wanted.slice(0, wanted.length - at))).find((some) => some.length) ?? [];
  for (const { link } of found.slice(0, MOST)) {
    const target = new URL(link.href);
    target.hash = location.hash;
    const section = link.parentElement.parentElement.closest("li")?.querySelector("a"); // names may be short within it
    const name = section ? `${section.textContent}: ${link.textContent}` : link.textContent;
    box.lastElementChild.append(make("li", {}, make("a", { href: target.href }, name)));
  }
  box.hidden = !found.length;
}
