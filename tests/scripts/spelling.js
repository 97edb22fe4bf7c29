import { bare, parse } from "../../overrides/assets/search/query.js";
import { compounds, distance, near, otherSpelling, slip, spelledHere, spelt } from "../../overrides/assets/search/spelling.js";
import { same } from "./check.js";

const knownWords = (counts) => Object.entries(counts).map(([word, count]) => ({ word, folded: bare(word), count }));
const KNOWN = knownWords({ Defense: 20, ferry: 5, ferries: 2, ferryman: 1, coast: 9, guard: 9, coastguard: 1, harbor: 3, toast: 1, café: 2 });

export const tests = {
  "changes of a letter are counted": () => {
    same(distance("ferry", "ferry", 3), 0);
    same(["fery", "ferrry", "fxrry", "efrry"].map((word) => distance(word, "ferry", 3)), [1, 1, 1, 1]);
    same(distance("", "abc", 3), 3);
    same(distance("a", "abcdef", 3), 4, "more than is asked about");
  },
  "a word is there, begun or not there": () => {
    same(["ferry", "FERRY", "cafe", "ferr", "x", ""].map((word) => spelt(KNOWN, word)), ["whole", "whole", "whole", "begun", "", "begun"]);
  },
  "the other spelling, or two words, stand for one": () => {
    same(otherSpelling(KNOWN, "defence"), ["defense"]);
    same(otherSpelling(KNOWN, "harbour"), ["harbor"]);
    same(otherSpelling(KNOWN, "guardcoast"), ["guard", "coast"]);
    same(otherSpelling(KNOWN, "constructor"), null);
  },
  "a slip is one letter, not the first, or a letter doubled or not, the least before the most used": () => {
    same(["harbur", "gaurd", "deffense", "toastt", "Defensse"].map((word) => slip(KNOWN, word)?.[0]), ["harbor", "guard", "Defense", "toast", "Defense"]);
    same(["roast", "arbor", "ferx", "ferryx9", "harb"].map((word) => slip(KNOWN, word)), [null, null, null, null, null], "another first letter, figures, short");
    same(slip(knownWords({ literal: 9, littoral: 1 }), "litoral"), ["littoral"]);
  },
  "of what is asked all that stands nowhere is spelt as here, or of a question some": () => {
    const spelled = (query, ...unknown) => {
      const found = spelledHere(KNOWN, parse(query), unknown);
      return found && [found.asked.words, found.instead];
    };
    same(spelled("harbur guard", "harbur"), [["harbor", "guard"], [["harbur", "harbor"]]]);
    same(spelled("harbur xyzzy", "harbur", "xyzzy"), null);
    same(spelled("was the harbur xyzzy?", "harbur", "xyzzy"), [["harbor", "xyzzy"], [["harbur", "harbor"]]]);
    same(spelled("was the xyzzy late?", "xyzzy"), null);
  },
  "a word that may be misread wherever it stands is known, and never proposed": () => {
    const scanned = knownWords({ ferry: 2, ferrv: 0, harbour: 0, coast: 1, guarb: 0, toastguarb: 0 });
    same(spelt(scanned, "ferrv"), "whole");
    same(near(scanned, "ferrw"), ["ferry"]);
    same(otherSpelling(scanned, "harbor"), null);
    same(otherSpelling(scanned, "coastguarb"), null);
    same(compounds(scanned, ["toast", "guarb"]), []);
  },
  "compounds have another form": () => {
    same(compounds(KNOWN, ["coastguard"]), [["coastguard", "coast guard"]]);
    same(compounds(KNOWN, ["coast", "guard"]), [["coast guard", "coastguard"]]);
  },
  "the nearest and most used come first, one of each form": () => {
    same(near(KNOWN, "coats"), ["coast"]);
    same(near(KNOWN, "ferrz"), ["ferry"]);
    same(near(KNOWN, "zzzzz"), []);
    same([near(KNOWN, "xoast"), near(KNOWN, "xarbor")], [[], ["harbor"]], "another short word is no slip");
    same(near(KNOWN, "coasz", 1, 5), ["coast"], "much used ones alone");
  },
};
