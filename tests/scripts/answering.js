import { heldBy, soughtOf } from "../../overrides/assets/search/answering.js";
import { parse } from "../../overrides/assets/search/query.js";
import { holds, same } from "./check.js";

/** How much a record holds of a query, each of its words as rare as is said, or all the same; `others` has other words. */
const held = (query, record, text = "", { rarity, others = {}, seen } = {}) => {
  const asked = parse(query);
  const forms = (word) => [{ text: word, worth: 1 }, ...(others[word] ?? []).map((other) => ({ text: other, worth: 0.7 }))];
  const sought = soughtOf(asked.all.map((word) => ({ forms: forms(word) })), rarity ?? asked.all.map(() => 1));
  return heldBy({ ...asked, sought }, { kind: "summary", title: "Other", address: "a/#b", ...record }, text.split(/\s+/), 0, seen);
};
const more = (one, other, what) => holds(one.share > other.share, what);

export const tests = {
  "the more of the words, and the rarer, the more is held": () => {
    const query = "does the ferry carry grey seals";
    same(held(query, {}, "the ferry carries seals that are grey").covered, 1);
    same(held(query, {}, "nothing of it").share, 0);
    more(held(query, {}, "ferry carries seals"), held(query, {}, "ferry seals"), "more words");
    more(held(query, {}, "grey", { rarity: [1, 1, 4, 1] }), held(query, {}, "seals", { rarity: [1, 1, 4, 1] }), "the rarer word");
  },
  "a name counts more than a text, and most where all of it is asked for": () => {
    const query = "is there fog at the harbour";
    more(held(query, { title: "Fog and ice" }, "harbour"), held(query, {}, "fog harbour"), "in a name");
    more(held(query, { title: "Fog" }, "harbour"), held(query, { title: "Fog and ice" }, "harbour"), "the whole name");
    more(held(query, { title: "Fog" }, "harbour"), held(query, { kind: "source", title: "Fog" }, "harbour"), "a source leads elsewhere");
    more(held(query, {}, "fog harbour"), held(query, { kind: "page", address: "a/" }, "fog harbour"), "a page is long");
  },
  "of another name no word counts where less than half of it is asked for": () => {
    const query = "is the pier closed";
    const [half, quarter] = ["pier road", "pier of the old town hall"].map((name) => held(query, { called: [name] }, "closed"));
    more(half, quarter, "half of it");
    same(quarter.share, held(query, {}, "closed").share);
    same(held(query, { kind: "person", called: ["Ann Mary Pier Brown"] }, "closed").covered, 1, "nobody is asked for by all names");
  },
  "words in one sentence count more than words that are far from each other": () => {
    const query = "was the fog bell rung";
    const far = `fog ${"more ".repeat(60)} bell ${"more ".repeat(60)} rung`;
    const near = `${"more ".repeat(120)} fog then there bell then there rung`;
    more(held(query, {}, near), held(query, {}, far), "in a long text");
    more(held(query, {}, far), held(query, {}, far.replace("rung", "more")), "what is far counts too");
  },
  "a page on the edition itself counts less, but where it tells a way": () => {
    for (const kind of ["page", "manual"]) more(held("is fog rare", {}, "fog is rare"), held("is fog rare", { kind }, "fog is rare"), kind);
    const query = "how do I report a leak";
    same(held(query, { kind: "page" }, "report a leak").share, held(query, { kind: "manual" }, "report a leak").share);
  },
  "words next to each other count besides": () =>
    more(held("is the closed channel deep", {}, "a closed channel is deep"), held("is the closed channel deep", {}, "channel and deep and closed"), "together"),
  "another word counts, and less than the same": () => {
    const others = { cancelled: ["called off"] };
    const [same_, other, none] = ["cancelled trips", "trips called off", "trips"].map((text) => held("why were trips cancelled", {}, text, { others }));
    more(same_, other, "the word itself");
    more(other, none, "another word for it");
    more(held("why were trips cancelled", {}, "they called all trips off", { others }), none, "its parts near each other");
    same(held("why were trips cancelled", {}, "trips called that day and off they went", { others }).share, none.share, "far from each other");
  },
  "a longer word is none of another word": () => {
    const others = { pay: ["fund"] };
    more(held("who may pay", {}, "funded", { others }), held("who may pay", {}, "boats", { others }), "a form of it");
    same(held("who may pay", {}, "fundamentally", { others }).share, 0, "a longer one");
    more(held("who may fund", {}, "fundamentally"), held("who may fund", {}, "boats"), "the word itself may still be typed");
  },
  "what a search found though it is not printed counts a little": () => {
    more(held("when did lamps burn", {}, "lamps", { seen: [1] }), held("when did lamps burn", {}, "lamps"), "found");
    more(held("when did lamps burn", {}, "lamps burn"), held("when did lamps burn", {}, "lamps", { seen: [1] }), "printed");
  },
  "how many asks for a number near by, and names of nobody": () => {
    const query = "how many boats cross the bay";
    more(held(query, {}, "twelve boats cross the bay"), held(query, { title: "Boats cross the bay" }, "they do"), "in letters");
    more(held(query, {}, "12 boats cross the bay"), held(query, {}, "boats cross the bay since 1998"), "a year is none");
    more(held(query, {}, "12 boats cross the bay"), held(query, {}, "boats cross the bay on 12 May"), "a day is none");
  },
  "what front matter tells answers who, where and when, not why": () => {
    const record = { kind: "document", title: "Statement on fares", names: ["11 May 2004"], answers: ["signed", "held"] };
    const [who, why] = ["who signed the fares of 2004", "why signed the fares of 2004"].map((query) => held(query, record));
    more(who, why, "a reason is not told there");
    more(who, held("who signed the fares of 2004", { ...record, names: ["2 June 1998"] }), "it is another year's");
  },
  "who wrote a text is asked for with what he says": () => {
    const record = { kind: "commentary", answers: ["author"] };
    const [said, left] = ["what did the author say of fares", "what did the author of fares leave"].map((query) => held(query, record, "fares say leave"));
    more(said, left, "of the other all the words stand there as well");
  },
  "when asks for a year near by, but in what tells days of what is asked for": () => {
    const query = "when were the fares raised";
    const record = { kind: "commentary", answers: ["author"] };
    more(held(query, record, "the fares were raised in 2004"), held(query, record, "the fares were raised soon"), "a year");
    const told = { kind: "commentary", answers: ["raised"] };
    same(held(query, told, "the fares").share, held(query, told, "the fares 1998").share);
  },
  "the year that is asked for is that of the record, or stands in it": () => {
    const query = "what did the fares of 2004 cost";
    more(held(query, { year: 2004 }, "the fares cost little"), held(query, { year: 1998 }, "the fares cost little as in 2004"), "its own");
    const [other, none] = ["the fares of 2004", "the fares"].map((text) => held(query, {}, text));
    holds(other.share > none.share * 2, "without it only a part counts");
    const both = "fares of 2004 and of 1998 together";
    same(held(both, { year: 2004 }, "fares 2004 1998 together").share, held(both, {}, "fares 2004 1998 together").share, "of two none is the one");
  },
  "who asks how to do something is led to pages that tell it": () => {
    const query = "how do I report a leak";
    const [page, note] = ["page", "note"].map((kind) => held(query, { kind }, "report a leak"));
    holds(page.share > note.share * 1.9, "a note tells of others");
  },
  "of a question of how whose words all stand nowhere nothing is held": () => {
    const asked = parse("how do I unmoor");
    same(asked.wants.way, true);
    for (const kind of ["page", "manual", "note"]) same(heldBy({ ...asked, sought: [] }, { kind, title: "Report", address: "a/" }, ["report"], 0), { share: 0, covered: 0 }, kind);
  },
  "a whole document counts less where nothing is asked that its front matter tells": () => {
    const [document, clause] = ["document", "summary"].map((kind) => held("why were fares raised", { kind }, "fares raised"));
    holds(document.share < clause.share * 0.7, "its text is long, and what answers is one of its passages");
    const told = held("who signed the fares", { kind: "document", answers: ["signed"] }, "the fares");
    holds(told.share > held("who signed the fares", { kind: "document" }, "the fares signed").share, "it is told there");
  },
  "words without any rarity hold nothing": () => same(held("is it late and dark", {}, "", { rarity: [0, 0] }).covered, 0),
};
