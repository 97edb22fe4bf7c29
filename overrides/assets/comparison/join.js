/*
 * Comparisons of two joined to one of more: column by column, clause by clause, without comparing a word.
 */
import { words } from "../lib/words.js";
import { blankCell } from "./pairs.js";

/** Cells of one text as one, with all their clauses; those that only say that it has none count if no other does. */
const merged = (cells) => {
  const some = cells.filter((cell) => cell.querySelector(".cell-head a"));
  const [first, ...others] = some.length ? some : cells;
  if (!others.length || !some.length) return first;
  const one = first.cloneNode(true);
  for (const other of others) {
    const [head, ...rest] = other.cloneNode(true).children;
    for (const link of head.querySelectorAll("a")) one.querySelector(".cell-head").append("; ", link);
    one.append(...rest);
  }
  return one;
};

/**
 * Which clauses stand for each other in all of the comparisons: the first of them, by each.  Where a comparison was not
 * made, the clauses of one id do.
 */
export const groupsOf = (comparisons, isComplete) => {
  const first = new Map();
  const rows = comparisons.flatMap((one) => one.rows).map(({ clauses }) => clauses.flat());
  const ids = isComplete ? [] : Object.values(Object.groupBy(new Set(rows.flat()), (clause) => `row-${clause.split("#")[1]}`));
  for (const all of [...rows, ...ids]) {
    const known = new Set(all.map((clause) => first.get(clause) ?? clause));
    const [kept] = known;
    for (const [clause, one] of first) if (known.has(one)) first.set(clause, kept);
    for (const clause of all) first.set(clause, kept);
  }
  return first;
};

/** Whether what the cells of a row hold in full differs. */
export const changeOf = (cells) => {
  const full = cells.filter(({ dataset }) => ["in-full", "silent"].includes(dataset.state));
  const isChanged = full.some((cell) => cell.querySelector("ins, del")) || new Set(full.map(({ dataset }) => dataset.state)).size > 1;
  return isChanged ? "changed" : full.length === cells.length ? "same" : "not-compared";
};

/** How many texts of a row record more of its clause than that it is named. */
export const recorded = ({ cells, clauses }) => clauses.filter((some, at) => some.length && cells[at].dataset.state !== "named").length;

/** Rows as a reader gets them: the firmest findings first, of one side last; texts that are all held in full keep their order. */
export const ordered = (rows, findings) => {
  const isOf = (states) => ({ dataset }) => states.includes(dataset.state);
  const isPart = isOf(["in-excerpts", "summary", "not-recorded"]);
  const isFull = (at) => !rows.some(({ cells }) => isPart(cells[at]));
  if (rows.length && rows[0].cells.every((cell, at) => isFull(at))) return rows;
  const rank = (row) => {
    if (row.notes.size) return Math.min(...[...row.notes.values()].map(({ dataset }) => findings.indexOf(dataset.found)));
    const told = row.cells.filter(isOf(["in-full", "wordless", "unplaced", "silent"])).length;
    return told > 1 ? 0 : findings.length + 2 - Math.min(recorded(row), 2);
  };
  return rows.toSorted((one, other) => rank(one) - rank(other));
};

/**
 * Join the comparisons of the chosen texts: each column takes, at each row, what the comparison with the last earlier
 * text that has the clause says of it.  `found` holds the comparisons of two by their texts (`older,newer`), and
 * `label` what a text is called.  A row is { name, cells, clauses, said, notes }, with one cell and one list of clauses
 * for each text.
 */
export const join = (ids, found, label, findings = []) => {
  const blank = (id) => blankCell(label.get(id));
  const between = (older, newer) => found.get(`${ids[older]},${ids[newer]}`)?.rows;
  const isComplete = found.size === (ids.length * (ids.length - 1)) / 2;
  const group = groupsOf([...found.values()], isComplete);
  const groupOf = ({ clauses }) => group.get(clauses.flat()[0]);
  const order = [...new Set(between(0, 1).map(groupOf))];
  for (let at = 2; at < ids.length; at += 1) {
    let last = -1;
    for (const from of between(at - 1, at)) {
      if (!from.clauses[1].length) continue;
      if (!order.includes(groupOf(from))) order.splice(last + 1, 0, groupOf(from));
      last = order.indexOf(groupOf(from));
    }
  }
  const joined = order.map((key) => {
    const row = { name: "", cells: [], clauses: [], said: [], notes: new Map() };
    const of = (older, newer) => between(older, newer)?.filter((from) => groupOf(from) === key);
    const take = (at, froms, base) => {
      row.cells[at] = merged(froms.map(({ cells }) => cells[1]));
      row.clauses[at] = froms.flatMap(({ clauses }) => clauses[1]);
      const named = froms.filter(({ clauses }) => clauses[1].length);
      if (named.length) row.name = named.map(({ name }) => name).join("; ");
      // Words that both share are marked on both sides.
      const [before] = froms.map(({ cells }) => cells[0]);
      if (before?.querySelector("mark") && !row.cells[base].querySelector("ins, del, mark")) row.cells[base] = before;
      const said = froms.map((from) => from.said).filter(Boolean).join(" ");
      // That a clause is gone is said once.
      if (said && (row.clauses[at].length || base === at - 1)) {
        row.said.push(words.chooser.against(label.get(ids[at]), base === at - 1 ? "" : label.get(ids[base]), said));
      }
    };
    const all = [...found.values()].flatMap(({ rows }) => rows).filter((from) => groupOf(from) === key);
    for (const note of all.flatMap(({ notes }) => notes)) row.notes.set(note.textContent, note);
    const fromFirst = of(0, 1);
    row.cells[0] = fromFirst.length ? merged(fromFirst.map(({ cells }) => cells[0])) : null;
    row.clauses[0] = fromFirst.flatMap(({ clauses }) => clauses[0]);
    row.name = fromFirst.map(({ name }) => name).join("; ");
    for (let at = 1; at < ids.length; at += 1) {
      const base = row.clauses.findLastIndex((clauses) => clauses.length);
      const froms = of(Math.max(base, base < 0 ? at - 1 : 0), at);
      if (froms?.length) take(at, froms, base < 0 ? at - 1 : base);
      else if (froms) [row.cells[at], row.clauses[at]] = [null, []];
      else {
        // That comparison was not made: the clause of the same name is the same clause, but nothing is marked in it.
        const wanted = new Set(row.clauses[base].map((clause) => clause.split("#")[1]));
        const same = between(at - 1, at).filter(({ clauses }) => clauses[1].some((clause) => wanted.has(clause.split("#")[1])));
        row.cells[at] = same.length ? merged(same.map(({ cells }) => cells[1])) : blank(ids[at]);
        row.clauses[at] = same.flatMap(({ clauses }) => clauses[1]);
        if (same.length) row.said.push(words.chooser.unset(label.get(ids[at]), label.get(ids[base])));
      }
    }
    // What a text says that has no clause here is said in the comparison with one that has.
    row.cells = row.cells.map((cell, at) => {
      if (cell) return cell;
      const later = row.clauses.findIndex((clauses, number) => number > at && clauses.length);
      return (later > at && of(at, later)?.[0]?.cells[0]) || blank(ids[at]);
    });
    return row;
  });
  return ordered(joined, findings);
};

