import { coded, fold, isForm, parse, printed, trimmed } from "../../overrides/assets/search/query.js";
import { holds, same } from "./check.js";

const asked = (query) => {
  const { words, phrases } = parse(query);
  return [words, phrases.map((phrase) => phrase.join(" "))];
};

export const tests = {
  "case and accents are folded, the sound marks of kana are not": () => {
    same(fold("Éclair Straße ΣΊΓΜΑ"), "eclair straße σιγμα");
    same([fold("が"), fold("か")], ["が", "か"]);
    holds(coded("が") !== coded("か"), "the index tells them apart");
  },
  "an indexed text is printed as it was": () => {
    same(printed(`one two\u2063 three ${coded("がか")}`).join(""), "one twothree がか ");
  },
  "words, compounds and phrases are told apart": () => {
    same(asked("missile defense"), [["missile", "defense"], []]);
    same(asked("missile-defense"), [["missile", "defense"], []]);
    same(asked('"armed attack" now'), [["now"], ["armed attack"]]);
    same(asked("“open sea”"), [[], ["open sea"]]);
    same(asked("US U.S. 2+2 PAC"), [[], ["US", "US", "22", "PAC"]]);
    same(asked("Us Pac"), [["Us", "Pac"], []]);
    same(asked("渡し船"), [[], ["渡 し 船"]]);
  },
  "dates that can mean one day are read as the edition writes them": () => {
    for (const date of ["2019-04-19", "19/4/2019", "19.4.2019", "4/19/2019", "April 19, 2019", "april 19th 2019"]) {
      same(parse(date).all.map(fold), ["19", "april", "2019"], date);
    }
    same(parse("5/5/2019").all, ["5", "May", "2019"]);
    holds(!parse("3/4/2019").all.includes("April"), "it may be March");
    holds(parse("2019-13-01").all.every((word) => !/\p{L}/u.test(word)), "there is no such month");
  },
  "nothing asks for nothing": () => {
    for (const query of ["", " ", "!", "--", '""', "“", "…"]) same(parse(query).all, [], query);
  },
  "a form begins like its word, a short one is the same": () => {
    for (const [part, word] of [["ferries", "ferry"], ["Alliances,", "alliance"], ["defended", "defends"], ["（港）", "港"], ["CAFÉ", "cafe"]]) holds(isForm(part, word), part);
    for (const [part, word] of [["seat", "sea"], ["use", "us"], ["fer", "ferry"], ["", "sea"]]) holds(!isForm(part, word), part);
  },
  "signs at the ends are trimmed": () => {
    same(trimmed("“(a.b)”,"), "a.b");
    same(["", "!!", "a", "!a"].map(trimmed), ["", "", "a", "a"]);
  },
};
