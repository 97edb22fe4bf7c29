/*
 * Comparisons of two texts, out of the pages that were made beforehand.
 */
import { fetchPage } from "../lib/fetched.js";
import { make } from "../lib/page.js";
import { language, words } from "../lib/words.js";

/** The place of a text in a row of which nothing is recorded there. */
export const blankCell = (label) => make(
  "td",
  { "data-state": "not-recorded" },
  make("p", { class: "cell-head" }, make("span", { class: "cell-year" }, label)),
  make("p", { class: "blank", lang: language }, words.chooser.blank),
);

/** The cells of a row that is a line to open: the one text's that has it, and empty ones. */
const unfolded = (fold, heads) => heads.map((head, at) => {
  if (at !== Number(fold.dataset.only)) return blankCell(head.querySelector("a").textContent);
  const { dataset, childNodes } = fold.querySelector("[data-state]");
  return make("td", { "data-state": dataset.state, "data-column": dataset.column }, ...childNodes);
});

/** A comparison in its parts: heads of columns, sentences of its legend, and rows. */
const partsOf = (comparison) => ({
  heads: [...comparison.querySelectorAll("thead th")],
  legend: [...comparison.querySelectorAll(".legend > span")],
  rows: [...comparison.querySelector(".comparison-table").tBodies].map((body) => {
    const fold = body.querySelector(".row-fold");
    const heads = [...comparison.querySelectorAll("thead th")];
    const cells = fold ? unfolded(fold, heads) : [...body.querySelectorAll(":scope > tr:not(.row-part) > td[data-state]")];
    for (const part of body.querySelectorAll(":scope > .row-part")) {
      for (const [at, cell] of [...part.cells].entries()) cells[at].append(...cell.childNodes); // other columns part otherwise
    }
    return {
      at: Number(body.dataset.at ?? 0),
      name: body.querySelector(".row-name").textContent,
      said: body.querySelector(".said")?.textContent ?? "",
      cells,
      clauses: cells.map((cell) => [...cell.querySelectorAll(".cell-head a")].map(({ dataset }) => dataset.clause)),
      notes: [...body.querySelectorAll(".row-notes .note-body")],
    };
  }),
});

/** The comparison on a page: a promise of it. */
const comparisonAt = async (href) => {
  const page = await fetchPage(href);
  const comparison = page.querySelector(".comparison[data-place]:has(> .comparison-table)")?.cloneNode(true);
  if (!comparison) throw new Error(`no comparison at ${href}`);
  for (const link of comparison.querySelectorAll("td[data-state] .moved > a")) link.replaceWith(...link.childNodes);
  for (const element of comparison.querySelectorAll("[id]")) element.removeAttribute("id"); // rows move between tables
  for (const link of comparison.querySelectorAll(".passage-link")) link.remove();
  return comparison;
};

/** The comparison at an address, and on the pages that it goes on on: a promise of its parts. */
export const pairAt = async (href) => {
  const first = await comparisonAt(href);
  const others = [...first.querySelectorAll(".comparison-page > a")].map((link) => comparisonAt(link.href));
  const parts = [first, ...(await Promise.all(others))].map(partsOf);
  const legend = new Map(parts.flatMap((one) => one.legend).map((one) => [one.dataset.of, one]));
  const rows = parts.flatMap((one) => one.rows).toSorted((one, other) => one.at - other.at); // as the texts have them
  return { heads: parts[0].heads, legend: [...legend.values()], rows };
};
