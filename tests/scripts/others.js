import { alike, otherForms } from "../../overrides/assets/search/others.js";
import { same } from "./check.js";

export const tests = {
  "words that readers use for others, and figures of both kinds": () => {
    same([alike("cancelled").includes("call off"), alike("plebiscites"), alike("fog")], [true, ["referendum"], []]);
    same([alike("5", "article"), alike("IV", "Rule"), alike("iv", "section"), alike("V", "Article")], [["V"], [], [], ["5"]]);
    same([alike("article", "", "v"), alike("Article", "", "5"), alike("article", "", "fog").includes("essay")], [[], [], true], "what is numbered is no essay");
    same([alike("hackers"), alike("hack")].map((some) => some.includes("intrude")), [true, true], "who does it and what is done");
    same([otherForms("met"), otherForms("meets"), otherForms("fog")], [["meet"], ["met"], []]);
  },
  "a country is meant by its people, and the other way": () => {
    for (const [one, other] of [["Maltese", "Malta"], ["Sudanese", "Sudan"], ["Kenyan", "Kenya"], ["Malta", "Maltese"], ["Kenya", "Kenyan"], ["Sudan", "Sudanese"]]) {
      same(otherForms(one).includes(other), true, one);
    }
    same([otherForms("human"), otherForms("Iran")], [[], []], "no name, or too short to tell");
  },
};
