import { couples, nearest, wayBetween } from "../../overrides/assets/comparison/ways.js";
import { same } from "./check.js";

const SERIES = ["a", "b", "c", "d", "e"];
const MADE = [["a", "b"], ["b", "c"], ["c", "d"], ["d", "e"], ["a", "c"]];
const isMade = (couple) => MADE.some((one) => one.join() === couple.join());

export const tests = {
  "each text has the one before it": () => same(couples(["a", "b", "c"]), [["a", "b"], ["b", "c"]]),
  "the shortest way is taken": () => {
    same(wayBetween(SERIES, isMade, "a", "b"), ["a", "b"]);
    same(wayBetween(SERIES, isMade, "a", "c"), ["a", "c"]);
    same(wayBetween(SERIES, isMade, "a", "d"), ["a", "c", "d"]);
    same(wayBetween(SERIES, isMade, "b", "e"), ["b", "c", "d", "e"]);
    same(wayBetween(SERIES, () => false, "a", "b"), []);
    same(SERIES, ["a", "b", "c", "d", "e"], "the series is left as it was");
  },
  "of two the nearest pairs are offered, too": () => {
    same(nearest(["b", "d"], SERIES, MADE), [["b", "c", "d"], ["b", "c"], ["c", "d"]]);
    same(nearest(["a", "b", "d"], SERIES, MADE), [["a", "b", "c", "d"]]);
    same(nearest(["x", "z"], ["x", "y", "z"], MADE), [["x"]], "of the same series");
  },
};
