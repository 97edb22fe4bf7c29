import { parse } from "../../overrides/assets/search/query.js";
import { CALLED, HELD, NAMED, NEARLY, SURMISED, TOGETHER, cardsOf, compare, kindOf, placeOf } from "../../overrides/assets/search/ranking.js";
import { holds, same } from "./check.js";

const place = (query, record, { text = [], ...result } = {}) =>
  placeOf(parse(query), { kind: "summary", weight: 3, ...record }, text, { score: 1, isTogether: false, ...result });
const rank = (...given) => place(...given).rank;

export const tests = {
  "what is called so comes first, small words and the order of words aside": () => {
    same(rank("the Grey Seal", { title: "Grey seals" }), CALLED);
    same(rank("seal grey", { title: "The grey seal" }), CALLED);
    same(rank("pinniped", { title: "Grey seal", called: ["pinniped"] }), CALLED);
    same(rank("grey seal", { title: "Grey seals in winter" }), NAMED);
    same(rank("harbour rules", { kind: "document", title: "Harbour rules of the two towns" }), CALLED, "documents have long titles");
  },
  "names of the document count beside a name of one's own": () => {
    const record = { title: "Fares", group: "Statement, 2004", names: ["11 May 2004"] };
    same(rank("fares 2004", record), NAMED);
    same(rank("statement 2004", record), HELD, "nothing of it is its own");
  },
  "another name counts if all of it is asked for, or if it begins so": () => {
    const record = { title: "The pier", kin: ["landing stage", "桟橋工事"] };
    same(rank("pier landing stage", record), NAMED);
    same(rank("stage", record), HELD);
    same(rank("桟橋", record), NAMED);
  },
  "own words count by our heading only where they say it, and sources never": () => {
    same(rank("fares", { kind: "words", title: "Fares and tickets" }, { text: ["five", "pence"] }), HELD);
    same(rank("fares", { kind: "words", title: "Fares and tickets" }, { text: ["fares", "are", "due"] }), NAMED);
    same(rank("fares", { kind: "source", title: "Report on fares" }), HELD);
  },
  "words that stand together come before words that stand apart, but not in what only leads there": () => {
    same(rank("low tide", { title: "Other" }, { isTogether: true }), TOGETHER);
    same(rank("low tide", { kind: "page", title: "Other" }, { isTogether: true }), HELD);
  },
  "of words in quotation marks somebody's own come before what is called so": () => {
    const own = place('"low tide"', { kind: "words", title: "Other" }, { text: ["low", "tide"], isTogether: true });
    holds(compare(own, place('"low tide"', { kind: "thread", title: "Low tide and high" })) < 0, "own words");
  },
  "of a question most words may be enough": () => {
    same(rank("does the ferry carry grey seals", { title: "Grey seals on the ferry" }), NEARLY);
    same(rank("ferry carry grey seals", { title: "Grey seals on the ferry" }), HELD);
  },
  "a question is answered by what is told of a document, and others find it last by such words": () => {
    const record = { kind: "document", title: "Statement on fares", names: ["11 May 2004"], answers: ["signed", "held"] };
    const person = { kind: "person", title: "Ada Strand", answers: ["signed", "Northpier", "11 May 2004"] };
    same(rank("who signed the statement of 2004?", record), NAMED);
    same(rank("where was it held in 2004", record), NAMED, "none of its own names is asked for");
    same(rank("who signed for Northpier in 2004?", person), NAMED);
    same(rank("signed statement 2004", record), SURMISED);
    same(rank("statement 2004", record), NAMED);
    same(rank("Strand 2004", person), SURMISED, "the day is not printed there");
    const [one, other] = [place("signed statement 2004", record), place("signed statement 2004", { ...record, names: [] }, { score: 9 })];
    holds(compare(one, other) < 0, "of such the one that has more of the words");
  },
  "among equals the kind counts, then the weight, then the score": () => {
    const all = [
      place("fares", { kind: "page", title: "All fares" }, { score: 9 }),
      place("fares", { title: "All fares" }, { score: 1 }),
      place("fares", { title: "All fares", weight: 4 }, { score: 0 }),
      place("fares", { kind: "thread", title: "All fares" }, { score: 0 }),
      place("fares", { title: "Fares of all" }, { score: 0 }),
    ];
    same(all.toSorted(compare).map((one) => all.indexOf(one)), [4, 3, 2, 1, 0]);
  },
  "a word a letter off is taken for the name": () => {
    same(rank("Norhtpeir harbour", { title: "Northpier harbour" }), HELD, "two letters off");
    same(rank("deterrance", { title: "Deterrence" }), CALLED);
  },
  "one card holds a clause in all its documents, its wordings in order of their years": () => {
    const [a, b, c, d] = [{ clause: "x#a", year: 2004 }, { title: "A note" }, { clause: "x#a", year: 2006 }, { clause: "x#a", year: 2001 }];
    same(cardsOf([a, b, c, d]), [{ lead: a, wordings: [d, c] }, { lead: b, wordings: [] }]);
  },
  "a result's id tells its kind, if it was given by us": () => {
    same([kindOf("1f3a000001"), kindOf("1f3l100000"), kindOf("en_1f3a000")], ["words", "manual", ""]);
    holds(kindOf("1f3z000000") === undefined, "there is no such kind");
  },
};
