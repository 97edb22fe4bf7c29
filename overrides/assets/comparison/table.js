/*
 * The table of a comparison that a reader put together, like those that the engine makes.
 */
import { make } from "../lib/page.js";
import { language, listed, words } from "../lib/words.js";
import { changeOf, recorded } from "./join.js";

const LEGEND = ["changes", "in-excerpts", "shared", "summary", "unplaced", "blank"];
const BLANK = new Set(["not-recorded", "no-clause"]);

/** The sources of several records in one line, each once. */
const sourcesOf = ([first, ...others]) => {
  if (!first) return [];
  const line = first.cloneNode(true);
  const nameOf = (one) => `${one.textContent} ${one.href}`;
  const known = new Set([...line.children].map(nameOf));
  for (const one of others.flatMap(({ children }) => [...children])) {
    if (!known.has(nameOf(one))) line.append(" · ", one.cloneNode(true));
    known.add(nameOf(one));
  }
  return [line];
};

/** Where one text has our summary only, those of the others stand beside it. */
const withSummaries = (row, found) => {
  if (!row.cells.some(({ dataset }) => dataset.state === "summary")) return row.cells;
  const told = [...found.values()].flatMap(({ rows }) => rows).flatMap(({ cells }) => cells);
  return row.cells.map((cell) => {
    if (cell.querySelector(".summary")) return cell;
    const parts = [...cell.querySelectorAll(".cell-head a")].flatMap(({ href }) => {
      const is = (one) => one.querySelectorAll(".cell-head a").length === 1 && one.querySelector(".cell-head a").href === href;
      return [...(told.find((one) => is(one) && one.querySelector(".summary"))?.querySelectorAll(".whose:has(~ .summary), .summary, .cell-sources") ?? [])];
    });
    if (!parts.length) return cell;
    const copy = cell.cloneNode(true);
    const of = (selector) => parts.filter((part) => part.matches(selector));
    copy.append(...[of(".whose").at(-1), ...of(".summary")].map((part) => part.cloneNode(true)), ...sourcesOf(of(".cell-sources")));
    return copy;
  });
};

/** The column of the one text that has a row, where nothing is known of the others. */
const onlyOf = (cells, row) => {
  const isAlone = row.clauses.filter((some) => some.length).length === 1 && cells.filter(({ dataset }) => dataset.state === "not-recorded").length === cells.length - 1;
  return isAlone ? row.clauses.findIndex((some) => some.length) : -1;
};

/** What is said of a row that no two texts record: which one does, or that it is only named. */
const aloneOf = (cells, row, ids, label) => {
  const isNamed = (at) => cells[at].dataset.state === "named";
  const only = onlyOf(cells, row);
  if (only >= 0) return words.chooser[isNamed(only) ? "namedOnly" : "only"](label.get(ids[only]));
  if (!cells.some((cell, at) => isNamed(at))) return "";
  const known = row.clauses.findIndex((some, at) => some.length && !isNamed(at));
  return known < 0 ? words.chooser.named : words.chooser.knownOnly(label.get(ids[known]));
};

/** A row of the table, its sentence and its notes with it; one that a single text has is a line to open. */
const bodyOf = (row, ids, found, { label }) => {
  const { name, notes } = row;
  const cells = withSummaries(row, found);
  const copies = (nodes) => [...nodes].map((node) => node.cloneNode(true));
  const isComplete = cells.every(({ dataset }) => !BLANK.has(dataset.state) && dataset.state !== "named");
  const told = { "data-change": changeOf(cells), "data-complete": isComplete };
  const head = make("th", { scope: "rowgroup", colspan: ids.length });
  const only = onlyOf(cells, row);
  if (only >= 0 && !notes.size) {
    const { dataset, childNodes } = cells[only];
    const line = make("summary", {}, make("span", { class: "row-name" }, name), " ", make("span", { class: "difference", lang: language }, aloneOf(cells, row, ids, label)));
    head.append(make("details", { class: "row-fold", "data-only": only }, line, make("div", { "data-state": dataset.state, "data-column": dataset.column ?? "" }, ...copies(childNodes))));
    return make("tbody", told, make("tr", { class: "row-head" }, head));
  }
  const said = row.said.map((one) => (ids.length > 2 ? one : one.slice(one.indexOf(": ") + 2))).join(" ");
  head.append(make("span", { class: "row-name" }, name), ...(said ? [" ", make("span", { class: "difference" }, said)] : []));
  const body = make("tbody", told, make("tr", { class: "row-head" }, head), make("tr", {}, ...copies(cells)));
  if (notes.size) body.append(make("tr", { class: "row-notes" }, make("td", { colspan: ids.length }, ...copies(notes.values()))));
  return body;
};

/** What changed, before the table: what notes find and what the texts tell, the firmest first, and what one text has. */
const digestOf = (rows, ids, { label, findings, address }) => {
  const lines = new Map(findings.map((one) => [one, new Map()]));
  const [wording, , , restated] = findings;
  const add = (what, said, row) => {
    const these = lines.get(what);
    these.set(said, [...(these.get(said) ?? []), row]);
  };
  for (const row of rows) {
    const change = changeOf(row.cells);
    for (const note of row.notes.values()) {
      const title = note.querySelector(".note-title").textContent.replace(/\.$/, "");
      add(note.dataset.found, ids.length > 2 ? `${title} (${note.dataset.span})` : title, row);
    }
    if (row.notes.size) continue;
    if (change !== "not-compared") add(change === "changed" ? wording : restated, "", row);
    else if (recorded(row) > 1) add(findings.at(-2), "", row);
    else add(findings.at(-1), aloneOf(row.cells, row, ids, label), row);
  }
  const list = make("dl", {});
  for (const [what, said] of lines) {
    if (!said.size) continue;
    const texts = [...said].map(([text, these]) => {
      const links = these.flatMap((row, at) => [at ? ", " : "", make("a", { href: address(row) }, row.name)]);
      const isNote = these[0].notes.size;
      return make("p", {}, ...(isNote ? [...links, `: ${text}`] : [text ? `${text[0].toUpperCase()}${text.slice(1)}: ` : "", ...links]));
    });
    const count = [...said.values()].flat().length;
    list.append(make("div", {}, make("dt", {}, what, " ", make("span", { class: "count" }, count)), make("dd", {}, ...texts)));
  }
  return list.childElementCount ? [make("div", { class: "digest" }, make("h2", { class: "digest-title", lang: language }, words.chooser.changed), list)] : [];
};

/** The comparison of texts, of rows that `join` made; `page` has what a text is called, what findings are, and where a row is. */
export const tableOf = (ids, found, rows, page) => {
  const heads = ids.map((id, at) => {
    const [older, newer] = at ? [ids[at - 1], id] : [id, ids[1]];
    const head = found.get(`${older},${newer}`).heads[at ? 1 : 0].cloneNode(true);
    head.querySelector("a").textContent = page.label.get(id);
    return head;
  });
  const all = rows.flatMap(({ cells }) => cells);
  const isToldOf = {
    changes: (cell) => cell.querySelector("ins, del"),
    shared: (cell) => cell.querySelector("mark"),
    blank: ({ dataset }) => BLANK.has(dataset.state),
  };
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
  return make("div", { class: "comparison", ...region }, ...digestOf(rows, ids, page), legend, table);
};
