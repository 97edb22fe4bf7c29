import { alike, irregular } from "../../overrides/assets/search/others.js";
import { same } from "./check.js";

export const tests = {
  "words that readers use for others, and figures of both kinds": () => {
    same([alike("cancelled").includes("call off"), alike("plebiscites"), alike("fog")], [true, ["referendum"], []]);
    same([alike("5", "article"), alike("IV", "Rule"), alike("iv", "section"), alike("V", "Article")], [["V"], [], [], ["5"]]);
    same([irregular("met"), irregular("meets"), irregular("fog")], [["meet"], ["met"], []]);
  },
};
