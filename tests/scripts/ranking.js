import { parse } from "../../overrides/assets/search/query.js";
import { CALLED, HELD, NAMED, SURMISED, TOGETHER, cardsOf, compare, isLoose, isName, placeOf } from "../../overrides/assets/search/ranking.js";
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
  "asked what something is, no note answers that is only of a kind called so": () => {
    const note = { kind: "note", title: "The pier", called: ["holds in part"] };
    same(rank("holds in part", note), CALLED);
    holds(rank("what does holds in part mean", note) > CALLED, "it is one of many");
    same(rank("what does holds in part mean", { kind: "page", title: "Verdicts", called: ["holds in part"] }), CALLED);
    same(rank("what is the pier", note), CALLED, "it is called so itself");
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
    same(rank("low tide", { kind: "event", title: "The low tide of May" }, { isTogether: true }), TOGETHER, "it is an event's name");
    same(rank("low tide", { kind: "source", title: "The low tide of May" }, { isTogether: true }), HELD);
  },
  "of words in quotation marks somebody's own come before what is called so": () => {
    const own = place('"low tide"', { kind: "words", title: "Other" }, { text: ["low", "tide"], isTogether: true });
    holds(compare(own, place('"low tide"', { kind: "thread", title: "Low tide and high" })) < 0, "own words");
  },
  "words in which readers ask for what is told of a document find it last": () => {
    const record = { kind: "document", title: "Statement on fares", names: ["11 May 2004"], answers: ["signed", "held"] };
    same(rank("signed statement 2004", record), SURMISED);
    same(rank("statement 2004", record), NAMED);
    const [one, other] = [place("signed statement 2004", record), place("signed statement 2004", { ...record, names: [] }, { score: 9 })];
    holds(compare(one, other) < 0, "of such the one that has more of the words");
  },
  "a document and an event are called by their day, however much of it is written": () => {
    const [document, event] = ["document", "event"].map((kind) => ({ kind, title: "Fares", names: ["24 March 2005"] }));
    for (const query of ["24 March 2005", "March 24, 2005", "2005-03-24", "24/3/2005", "24 Mar 2005", "March 2005", "in 2005"]) {
      same([rank(query, document), rank(query, event)], [CALLED, CALLED], query);
    }
    same(rank("24 May 2005", event), HELD);
    same(rank("24 March 2005", { title: "Fares", names: ["24 March 2005"] }), HELD, "a clause is not");
    holds(compare(place("24 March 2005", document), place("24 March 2005", event)) < 0, "the document first");
  },
  "of a name and a year that is meant of which nothing else is told": () => {
    const clause = place("fares 2004", { title: "Fares", names: ["11 May 2004"] });
    const note = place("fares 2004", { kind: "note", title: "Fares, in 2004 and in 2006", names: ["2 June 2006"], weight: 9 });
    same([clause.rank, note.rank], [NAMED, NAMED]);
    holds(compare(clause, note) < 0, "the clause first");
  },
  "who asks what a thing is is led to the glossary, who asks for words to those": () => {
    const [term, clause] = [{ kind: "term", title: "Fog watch" }, { title: "Fog watch" }];
    const first = (query, result) => compare(place(query, term, result), place(query, clause, result)) < 0;
    holds(!first("fog watch") && first("what is fog watch") && first("fog watch meaning") && first("define fog watch"), "the glossary");
    holds(compare(place('"fog watch"', { kind: "commentary", title: "Paragraph 1" }), place('"fog watch"', { title: "Fog watch of winter" })) < 0, "a commentary's own words");
  },
  "what is found by another word comes last": () => {
    const asked = { ...parse("dark lamps"), isOther: true };
    same(placeOf(asked, { kind: "note", title: "Lamps in the dark of winter", weight: 3 }, [], { score: 1 }).rank, SURMISED);
    same(placeOf(asked, { kind: "note", title: "Dark lamps", weight: 3 }, [], { score: 1 }).rank, CALLED);
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
  "words are loose which nothing is called or holds together, a document aside": () => {
    const [note, whole] = ["note", "document"];
    const loose = (query, { rank: at = HELD, kind = note, unknown = [] } = {}) => isLoose({ asked: parse(query), results: [{ kind, place: { rank: at } }], unknown });
    same([loose("grey fog"), loose("grey fog", { rank: TOGETHER }), loose("grey fog", { kind: whole }), loose("grey fog", { unknown: ["fog"] })], [true, false, false, false]);
    same(["fog", '"grey fog"', "was it grey fog?", "霧 grey"].map((query) => loose(query)), [false, false, false, false]);
    same(isLoose({ asked: parse("grey fog"), results: [], unknown: [] }), true, "nothing holds them");
    same(["Grey Fog", "grey fog", "Fog"].map((query) => isName({ asked: parse(query) })), [true, false, false]);
  },
};
