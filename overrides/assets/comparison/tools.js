/*
 * Tools above a comparison: which words are shown, which rows, and steps from one change to the next.
 *
 * The table is whole without this script.  The script reads its HTML (ins and del, data-state of a cell, data-change
 * and data-complete of a row) and offers of each tool only what makes sense for that table.  The views and filters
 * themselves are style sheet rules, for screens alone: what is printed is the whole table with its words marked.
 */
import { asked, targetOf, withQuery } from "../lib/address.js";
import { button, byId, headerEdge, make } from "../lib/page.js";
import { language, words } from "../lib/words.js";

const SHOWN = 24; // px of a row below the heads that are no more than its margin
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/* The reader's choice: one for all tables of a page, kept in its address. */
const CHOICES = { view: ["marked", "old", "new"], only: ["all", "changes", "complete"] }; // the first goes unsaid
const state = {};
for (const [name, values] of Object.entries(CHOICES)) state[name] = values.find((value) => value === asked(name)) ?? values[0];
const tables = [];
const choose = (name, value) => {
  state[name] = value;
  for (const table of tables) if (table.comparison.isConnected) table.apply();
  history.replaceState(history.state, "", withQuery({ [name]: value === CHOICES[name][0] ? "" : value }));
};

/** Make a table whose words are marked fit for being shown without some of them. */
const prepare = (table, runs) => {
  // Words that are hidden take the space before them along: none is left standing before a comma.
  for (const run of runs) {
    const text = run.previousSibling;
    if (text?.nodeType === Node.TEXT_NODE && /\s$/.test(text.data)) {
      run.before(make("span", { "data-space": run.localName }, text.splitText(text.data.length - 1)));
    }
  }
  // Paragraphs that are wholly new have no old words, and leave no gap for them.
  for (const paragraph of new Set(runs.map((run) => run.parentElement))) {
    const kept = [...paragraph.childNodes].some((node) => node.localName !== "ins" && node.textContent.trim());
    if (!kept) paragraph.dataset.isNew = "";
  }
  // A column that shows its predecessor's words says so: no text is put into a document's mouth.
  const first = (cell) => cell.closest("tbody").querySelector("tr:not(.row-head)").cells[cell.cellIndex];
  for (const cell of new Set(runs.map((run) => first(run.closest("td"))))) {
    const earlier = [...cell.parentElement.cells].slice(0, cell.cellIndex);
    const from = earlier.findLast(({ dataset }) => dataset.state === "in-full");
    if (!from) continue;
    const year = table.tHead.rows[0].cells[from.cellIndex].querySelector("a").textContent;
    cell.querySelector(".cell-head")?.after(make("p", { class: "words-of", lang: language }, words.comparison.wordsOf(year)));
  }
};

/** Name, in what stays in view above a table, the row that one reads there and whose head does not show. */
const nameRow = (table, shown, steps) => {
  const name = make("span", { class: "comparison-here", "aria-hidden": "true" });
  steps.append(name);
  const tell = () => {
    // The heads of columns stay in view, and not the row that they are in.
    const edge = Math.max(...[steps, table.tHead.rows[0].cells[0]].map((one) => one.getBoundingClientRect().bottom));
    const row = shown().findLast((one) => one.querySelector(".row-name").getBoundingClientRect().bottom <= edge);
    name.textContent = row && row.getBoundingClientRect().bottom > edge + SHOWN ? row.querySelector(".row-name").firstChild.textContent : "";
  };
  let frame = 0;
  const ask = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(tell);
  };
  addEventListener("scroll", ask, { passive: true, capture: true }); // a wide table scrolls in a box of its own
};

/** Open the row that the address names, and show it below all that stays in view above it. */
const leadTo = (comparison) => {
  const lead = () => {
    const row = location.hash && byId(targetOf(location))?.closest("tbody");
    if (!row || !comparison.contains(row)) return;
    const fold = row.querySelector(".row-fold");
    if (fold) fold.open = true;
    row.scrollIntoView({ behavior: "instant" });
  };
  addEventListener("hashchange", lead);
  lead();
};

/** Let the list of rows close behind who leaves it, and lead on from a row that stands on another page. */
const equipList = (bar) => {
  const list = bar.querySelector(".comparison-rows");
  const close = () => {
    list.open = false;
  };
  list.addEventListener("click", (event) => {
    if (event.target.closest("a")) close();
  });
  list.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !list.open) return;
    close();
    list.querySelector("summary").focus();
  });
  list.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !list.contains(relatedTarget)) close();
  });
  const lead = () => {
    const item = location.hash && byId(targetOf(location))?.closest(".comparison-rows li");
    if (item && list.contains(item)) location.replace(item.querySelector("a").href);
  };
  addEventListener("hashchange", lead);
  lead();
};

/** Put its tools above a comparison. */
export const equip = (comparison) => {
  const table = comparison.querySelector(".comparison-table");
  const rows = [...table.tBodies];
  const runs = [...table.querySelectorAll("td[data-state] :is(ins, del)")];
  const is = (change) => (row) => row.dataset.change === change;
  const isCompared = !rows.every(is("not-compared"));
  const status = make("span", { class: "comparison-status", role: "status" });
  const tools = make("div", { class: "comparison-tools", role: "group", "aria-label": words.comparison.tools, lang: language });
  const offered = []; // [button, name, value]

  prepare(table, runs);
  if (runs.length) {
    const view = make("div", { role: "group", "aria-label": words.comparison.view }, make("span", { "aria-hidden": "true" }, words.comparison.view));
    for (const value of CHOICES.view) {
      const element = button(words.comparison[value], {}, () => choose("view", value));
      offered.push([element, "view", value]);
      view.append(element);
    }
    tools.append(view);
  }

  // Of texts that are not compared nobody knows whether they changed: those rows stay.
  const filter = isCompared ? "changes" : "complete";
  const isShown = isCompared ? (row) => !is("same")(row) : (row) => row.dataset.complete === "true";
  const canFilter = rows.some(isShown) && !rows.every(isShown);
  if (canFilter) {
    const element = button(words.comparison[filter], {}, () => {
      choose("only", state.only === filter ? "all" : filter);
      count();
    });
    offered.push([element, "only", filter]);
    tools.append(make("div", {}, element));
  }
  const shown = () => (canFilter && state.only === filter ? rows.filter(isShown) : rows);
  const count = () => {
    status.textContent = words.comparison.shown(shown().length, rows.length);
  };

  /* Steps: from change to change, within long rows too; or from row to row where no changes are known. */
  const headOf = (row) => row.querySelector(".row-head > th");
  const marked = (part) => [...part.cells].findLast((cell) => cell.querySelector("ins, del"));
  /** The stops in a row, each with what is shown of it: its head, for its first change too, and each further change. */
  const within = (row) => {
    const [first, ...others] = [...row.querySelectorAll(":scope > tr:not(.row-head, .row-notes)")].filter(marked);
    return [{ at: headOf(row), shown: first }, ...others.map((part) => ({ at: marked(part), shown: part }))];
  };
  const stops = () => (isCompared ? rows.filter(is("changed")).flatMap(within) : shown().map((row) => ({ at: headOf(row) })));
  let here = null; // what a reader was last taken to, or moved the focus into
  table.addEventListener("focusin", ({ target }) => {
    here = target;
  });
  const lies = (direction) => ({ at }) => here && here.compareDocumentPosition(at) & Node[direction];
  const step = (forward) => {
    const all = stops();
    const stop = forward
      ? all.find((one) => !here || lies("DOCUMENT_POSITION_FOLLOWING")(one)) ?? all[0]
      : all.findLast(lies("DOCUMENT_POSITION_PRECEDING")) ?? all.at(-1);
    stop.at.tabIndex = -1;
    stop.at.focus({ preventScroll: true });
    // A change that stands far below the head of its row is what a reader wants to see.
    const isFar = stop.shown?.getBoundingClientRect().top - stop.at.getBoundingClientRect().top > innerHeight / 2;
    bring(isFar ? stop.shown : stop.at);
    status.textContent = words.comparison[isCompared ? "change" : "row"](all.indexOf(stop) + 1, all.length);
  };
  /** Scroll to what stands below all that stays in view above it, in the page or in the table's own box. */
  const bring = (element) => {
    const header = headerEdge();
    const isBox = getComputedStyle(comparison).overflowY === "auto" && comparison.scrollHeight > comparison.clientHeight;
    const sticky = [tools, steps].filter((one) => getComputedStyle(one).position === "sticky");
    const covered = sticky.reduce((sum, one) => sum + one.offsetHeight, table.tHead.offsetHeight);
    const behavior = calm.matches ? "instant" : "smooth";
    const frame = comparison.getBoundingClientRect();
    const top = element.getBoundingClientRect().top - covered;
    if (!isBox) return scrollBy({ top: top - header, behavior });
    if (frame.top < header || frame.bottom > innerHeight) scrollBy({ top: frame.top - header - 8, behavior });
    comparison.scrollBy({ top: top - frame.top, behavior });
  };
  const [back, on] = isCompared ? ["previousChange", "nextChange"] : ["previousRow", "nextRow"];
  const bar = comparison.querySelector(".comparison-steps");
  const steps = bar ?? make("div", { class: "comparison-steps" });
  if (rows.length > 1 && stops().length) {
    steps.append(
      button(words.comparison.previous, { "aria-label": words.comparison[back], "aria-keyshortcuts": "p" }, () => step(false)),
      button(words.comparison.next, { "aria-label": words.comparison[on], "aria-keyshortcuts": "n" }, () => step(true)),
      status,
    );
    comparison.addEventListener("keydown", (event) => {
      const isTyping = event.target.closest("input, select, textarea, [contenteditable]");
      if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !["p", "n"].includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation(); // elsewhere on the page the theme turns to another page at these keys
      step(event.key === "n");
    });
    nameRow(table, shown, steps);
  } else if (canFilter) {
    tools.append(status);
  }
  if (bar) equipList(bar);
  if (steps.childElementCount) tools.append(steps);
  // Rows that an address leads to stand below the column heads, and these below the tools.
  const height = (element) => `${Math.floor(element.getBoundingClientRect().height)}px`;
  const measure = () => {
    const isApart = getComputedStyle(tools).display === "contents"; // on narrow screens the steps alone stay in view
    comparison.style.setProperty("--heads", height(table.tHead));
    comparison.style.setProperty("--tools", height(isApart ? steps : tools));
  };
  if (tools.childElementCount) table.before(tools);
  measure();
  const observer = new ResizeObserver(measure);
  for (const element of [table.tHead, tools, steps]) observer.observe(element);
  leadTo(comparison);
  if (!tools.childElementCount) return;

  const apply = () => {
    for (const [element, name, value] of offered) element.setAttribute("aria-pressed", String(state[name] === value));
    comparison.dataset.view = runs.length ? state.view : "marked";
    comparison.dataset.only = canFilter && state.only === filter ? filter : "all";
    for (const run of runs) {
      // What looks like plain text is read out as such.
      if (state.view === "marked") run.removeAttribute("role");
      else run.setAttribute("role", "none");
    }
  };
  tables.push({ comparison, apply });
  apply();
  if (comparison.dataset.only !== "all") count();
};
