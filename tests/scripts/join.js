import { changeOf, groupsOf, join, ordered, recorded } from "../../overrides/assets/comparison/join.js";
import { make } from "../../overrides/assets/lib/page.js";
import { same } from "./check.js";

const LABEL = new Map([["a", "2001"], ["b", "2004"], ["c", "2007"]]);
const cell = (text, clauses) => make("td", { "data-state": clauses.length ? "in-full" : "no-clause" },
  make("p", { class: "cell-head" }, ...clauses.map((clause) => make("a", { href: `#${clause}` }, clause))), make("p", {}, text));
/** A row of a comparison of two: the clauses of each, and what is said of them. */
const row = (older, newer, said = "") => ({
  name: [...newer, ...older][0], said, notes: [], clauses: [older, newer], cells: [cell(`older ${older}`, older), cell(`newer ${newer}`, newer)],
});
const joined = (found) => join(["a", "b", "c"], new Map(Object.entries(found).map(([key, rows]) => [key, { rows }])), LABEL);

export const tests = {
  "clauses that stand beside each other stand for each other, over all comparisons": () => {
    const groups = groupsOf([{ rows: [row(["a#x"], ["b#x"])] }, { rows: [row(["b#x"], ["c#y"])] }], true);
    same(new Set([groups.get("a#x"), groups.get("b#x"), groups.get("c#y")]).size, 1);
    same(groupsOf([{ rows: [row(["a#x"], ["b#y"]), row([], ["b#x"])] }], true).size, 3);
  },
  "without a comparison the clauses of one id do": () => {
    const rows = [row(["a#x"], []), row([], ["b#x"])];
    same(new Set(groupsOf([{ rows }], false).values()).size, 1);
    same(new Set(groupsOf([{ rows }], true).values()).size, 2);
    same(groupsOf([{ rows: [row(["a#__proto__"], ["b#constructor"])] }], false).size, 2);
  },
  "each column says what the comparison with the last before it that has the clause says": () => {
    const rows = joined({ "a,b": [row(["a#x"], [], "gone")], "b,c": [row([], ["c#x"], "new")], "a,c": [row(["a#x"], ["c#x"], "changed")] });
    same(rows.length, 1);
    same(rows[0].clauses, [["a#x"], [], ["c#x"]]);
    same(rows[0].said, ["2004: gone", "2007, against 2001: changed"]);
    same(rows[0].cells.map((one) => one.textContent), ["a#xolder a#x", "newer ", "c#xnewer c#x"]);
  },
  "a clause that comes later has its row where it stands there": () => {
    const rows = joined({
      "a,b": [row(["a#x"], ["b#x"]), row(["a#z"], ["b#z"])],
      "b,c": [row(["b#x"], ["c#x"]), row([], ["c#y"]), row(["b#z"], ["c#z"])],
      "a,c": [row(["a#x"], ["c#x"]), row([], ["c#y"]), row(["a#z"], ["c#z"])],
    });
    same(rows.map(({ clauses }) => clauses.flat().join()), ["a#x,b#x,c#x", "c#y", "a#z,b#z,c#z"]);
  },
  "rows with a finding come first, the firmest before others, and what one text has last": () => {
    const states = (...all) => all.map((state) => make("td", { "data-state": state }));
    const line = (name, found, ...all) => ({
      name, cells: states(...all), clauses: all.map((state) => (["summary", "in-full"].includes(state) ? [name] : [])),
      notes: new Map(found.map((one) => [one, make("div", { "data-found": one })])),
    });
    const rows = [
      line("alone", [], "summary", "not-recorded"), line("both", [], "summary", "summary"),
      line("again", ["restated"], "summary", "summary"), line("new", ["restated", "reported"], "summary", "summary"),
    ];
    const findings = ["wording", "reported", "sources", "restated", "noted", "beside", "alone"];
    same(ordered(rows, findings).map(({ name }) => name), ["new", "again", "both", "alone"]);
    const full = [line("alone", [], "in-full", "no-clause"), line("both", ["reported"], "in-full", "in-full")];
    same(ordered(full, findings), full);
    same([rows[1], full[0]].map(({ cells }) => changeOf(cells)), ["not-compared", "not-compared"]);
    same(changeOf(states("in-full", "silent")), "changed");
    const named = { ...line("named", [], "named", "named"), clauses: [["named"], ["named"]] };
    same([recorded(named), recorded(rows[0]), recorded(rows[1])], [0, 1, 2]); // a name alone is no record
    same(ordered([named, rows[0], rows[1]], findings).map(({ name }) => name), ["both", "alone", "named"]);
  },
  "where a comparison is not made nothing is said to differ": () => {
    const rows = joined({ "a,b": [row(["a#x"], [])], "b,c": [row([], ["c#x"])] });
    same(rows.length, 1);
    same(rows[0].said, ["2007 is not compared with 2001 beforehand: no changes are marked."]);
  },
};
