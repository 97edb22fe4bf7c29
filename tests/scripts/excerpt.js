import { marked, runsOf, stretchOf } from "../../overrides/assets/search/excerpt.js";
import { holds, same } from "./check.js";

const text = (nodes) => nodes.map((node) => (node.localName === "mark" ? `[${node.textContent}]` : node)).join("");

export const tests = {
  "neighbours are one run": () => same(runsOf([5, 1, 2, 2, 7]), [[1, 2], [5, 5], [7, 7]]),
  "signs around what is found are not marked": () => {
    same(text(marked(["The ", "(open) ", "sea, ", "again."], 0, 4, [[1, 2]])), "The ([open) sea], again.");
    same(text(marked(["a ", "b ", "c"], 1, 2, [[0, 0], [1, 1], [2, 2]])), "[b] ");
    same(text(marked(["a ", "… ", "c"], 0, 3, [[1, 1]])), "a [] … c".replace("[] ", "[]"));
  },
  "a short passage is shown whole": () => same(stretchOf(["one ", "two"], [1]), [0, 2]),
  "of a long one, where most is found, from a sentence on": () => {
    const parts = Array.from({ length: 200 }, (_, at) => (at % 20 === 19 ? "word. " : "word "));
    const [start, end] = stretchOf(parts, [103, 105, 180]);
    same(start, 100);
    holds(end > 105 && parts.slice(start, end).join("").length <= 230, `it ends at ${end}`);
    same(stretchOf(parts, [199])[1], 200, "the end is reached");
  },
};
