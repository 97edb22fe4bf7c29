import en from "../../overrides/assets/words/en.js";
import ja from "../../overrides/assets/words/ja.js";
import { same } from "./check.js";

const names = (words, before = "") =>
  Object.entries(words).flatMap(([name, value]) => (typeof value === "object" ? names(value, `${before}${name}.`) : [`${before}${name} ${typeof value}`]));
const empty = (words) => Object.values(words).flatMap((value) => (typeof value === "object" ? empty(value) : value === "" ? [words] : []));

export const tests = {
  "every language has the same names": () => same(names(ja).toSorted(), names(en).toSorted()),
  "none is empty": () => same([...empty(en), ...empty(ja)], []),
};
