/*
 * The reader's scripts: each part is loaded where something stands on the page that it can add to.
 *
 * Every page is whole without them.  A part is a module with a function `equip`, which is given the element that the
 * part is for, as often as there is one; it is found by a mark that only templates and the theme make (lib/page.js).
 * Parts act in this order, and one that fails stops no other.  Those of every page are named in frame.html, too.
 */
import { root } from "./lib/page.js";

const PARTS = [
  [".palette > form", () => import("./scheme.js")],
  ["label.md-header__button[for='__drawer']", () => import("./drawer.js")],
  ["article > .footnote:not(:has(~ .footnote))", () => import("./notes/notes.js")], // Markdown puts its list last
  ["article:has([data-place], .footnote, .comparison-table, .page-foot)", () => import("./passages/passages.js")],
  [".comparison[data-place]:has(> .comparison-table)", () => import("./comparison/tools.js")],
  [".comparisons:has(a[data-pair])", () => import("./comparison/chooser.js")],
  ["article:has(> .paragraph[data-place])", () => import("./panel/panel.js")],
  [".chronology:has(> .chronology-lanes)", () => import("./chronology.js")],
  [".bibliography:has(> .grades)", () => import("./bibliography.js")],
  [".highlight > pre > code", () => import("./examples.js")],
  [".search:has(> ul[data-filter])", () => import("./search/page.js")],
  ...(new URLSearchParams(location.search).has("h") ? [["article", () => import("./search/highlight.js")]] : []),
  ["body", () => import("./tooltip.js")],
  ["a.search-open", () => import("./search/opener.js")], // the last: its keys tell that all have acted
];

const loading = PARTS.map(([selector, load]) => [[...root.querySelectorAll(selector)], load])
  .filter(([elements]) => elements.length)
  .map(([elements, load]) => [elements, load().catch(reportError)]);
for (const [elements, promised] of loading) {
  const part = await promised;
  try {
    for (const element of part ? elements : []) part.equip(element);
  } catch (error) {
    reportError(error);
  }
}
