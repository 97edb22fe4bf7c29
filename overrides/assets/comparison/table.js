/*
 * The table of a comparison that a reader put together, like those that the engine makes.
 */
import { make } from "../lib/page.js";
import { listed, words } from "../lib/words.js";

/** Of each state of a cell, the sentence that says so: a page's list of texts has it as data, by these names. */
const SENTENCES = [["summary", "summary"], ["not-recorded", "notRecorded"], ["no-clause", "noClause"], ["wordless", "wordless"], ["unplaced", "unplaced"]];
const LEGEND = ["changes", "in-excerpts", "shared", "summary", "unplaced", "no-clause", "not-recorded"];
const english = new Intl.ListFormat("en-GB"); // as those sentences are

/** Where one text has our summary only, those of the others stand beside it. */
const withSummaries = (row, found) => {
  if (!row.cells.some(({ dataset }) => dataset.state === "summary")) return row.cells;
  const told = [...found.values()].flatMap(({ rows }) => rows).flatMap(({ cells }) => cells);
  return row.cells.map((cell) => {
    if (cell.querySelector(".summary")) return cell;
    const parts = [...cell.querySelectorAll(".cell-head a")].flatMap(({ href }) => {
      const is = (one) => one.querySelectorAll(".cell-head a").length === 1 && one.querySelector(".cell-head a").href === href;
      return [...(told.find((one) => is(one) && one.querySelector(".summary"))?.querySelectorAll(".whose, .summary") ?? [])];
    });
    if (!parts.length) return cell;
    const copy = cell.cloneNode(true);
    const whose = parts.find((part) => part.matches(".whose"));
    copy.append(...[whose, ...parts.filter((part) => part.matches(".summary"))].map((part) => part.cloneNode(true)));
    return copy;
  });
};

/** What is said of texts of which too little is held, in the words of the page. */
const heldOf = (ids, cells, { label, sentences }) => {
  const isShared = cells.some((cell) => cell.querySelector("mark"));
  return [["in-excerpts", isShared ? "shared" : "quoted"], ...SENTENCES]
    .map(([state, about]) => [sentences[about] ?? "", ids.filter((id, at) => cells[at].dataset.state === state)])
    .filter(([, these]) => these.length)
    .map(([sentence, these]) => sentence.replace("{}", () => english.format(these.map((id) => label.get(id)))));
};

/** Whether what the cells of a row hold in full differs. */
const changeOf = (cells) => {
  const full = cells.filter(({ dataset }) => ["in-full", "silent"].includes(dataset.state));
  const isChanged = full.some((cell) => cell.querySelector("ins, del")) || new Set(full.map(({ dataset }) => dataset.state)).size > 1;
  return isChanged ? "changed" : full.length === cells.length ? "same" : "not-compared";
};

/** A row of the table, its sentence and its notes with it. */
const bodyOf = (row, ids, found, page) => {
  const { name, said, notes } = row;
  const cells = withSummaries(row, found);
  const isRead = ids.length > 2;
  const sentence = [...said.map((one) => (isRead ? one : one.slice(one.indexOf(": ") + 2))), ...heldOf(ids, cells, page)].join(" ");
  const difference = make("span", { class: "difference" }, sentence);
  const head = make("th", { scope: "rowgroup", colspan: ids.length }, make("span", { class: "row-name" }, name), " ", difference);
  const isComplete = cells.every(({ dataset }) => !["not-recorded", "no-clause"].includes(dataset.state));
  const body = make(
    "tbody",
    { "data-change": changeOf(cells), "data-complete": isComplete },
    make("tr", { class: "row-head" }, head),
    make("tr", {}, ...cells.map((cell) => cell.cloneNode(true))),
  );
  if (notes.size) {
    const copies = [...notes.values()].map((note) => note.cloneNode(true));
    body.append(make("tr", { class: "row-notes" }, make("td", { colspan: ids.length }, ...copies)));
  }
  return body;
};

/** The comparison of texts, of rows that `join` made; `page` has what a text is called and the sentences on what is held. */
export const tableOf = (ids, found, rows, page) => {
  const heads = ids.map((id, at) => {
    const [older, newer] = at ? [ids[at - 1], id] : [id, ids[1]];
    const head = found.get(`${older},${newer}`).heads[at ? 1 : 0].cloneNode(true);
    head.querySelector("a").textContent = page.label.get(id);
    return head;
  });
  const all = rows.flatMap(({ cells }) => cells);
  const isToldOf = { changes: (cell) => cell.querySelector("ins, del"), shared: (cell) => cell.querySelector("mark") };
  const sentences = new Map([...found.values()].flatMap(({ legend }) => legend).map((one) => [one.dataset.of, one]));
  const legend = make("p", { class: "legend" });
  for (const about of LEGEND) {
    const isNeeded = sentences.has(about) && all.some(isToldOf[about] ?? (({ dataset }) => dataset.state === about));
    if (isNeeded) legend.append(sentences.get(about).cloneNode(true), " ");
  }
  const bodies = rows.map((row) => bodyOf(row, ids, found, page));
  const table = make("table", { class: "comparison-table" }, make("thead", {}, make("tr", {}, ...heads)), ...bodies);
  const isWide = ids.length > 3;
  const name = words.chooser.region(listed(ids.map((id) => page.label.get(id))));
  const region = isWide ? { role: "region", tabindex: "0", "aria-label": name } : {};
  return make("div", { class: "comparison", ...region }, legend, table);
};
