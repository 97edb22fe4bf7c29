import { shownKinds } from "../../overrides/assets/notes/kinds.js";
import { same } from "./check.js";

const KINDS = ["source", "context", "correction"];
const shown = (given, hidden = "") => shownKinds(KINDS, given, hidden).join();

export const tests = {
  "without a choice all are shown": () => same(shown(""), "source,context,correction"),
  "the address says which": () => {
    same(shown("correction"), "correction");
    same(shown("correction,source"), "source,correction");
    same(shown("none"), "");
    same(shown("none", "source"), "");
    same(shown("source", "source"), "source");
  },
  "a choice made elsewhere holds": () => {
    same(shown("", "context"), "source,correction");
    same(shown("", "none"), "");
    same(shown("", "later"), "source,context,correction");
  },
  "what means nothing says nothing": () => {
    for (const given of ["x", ",", "\ufffd", "constructor", "__proto__,x", "x".repeat(100_000)]) same(shown(given), "source,context,correction");
    same(shown("x,correction"), "correction");
    same(shown("x", "context"), "source,correction");
  },
};
