import { bare, isDay, isForm, parse, printed, trimmed } from "../../overrides/assets/search/query.js";
import { holds, same } from "./check.js";

const asked = (query) => {
  const { words, phrases } = parse(query);
  return [words, phrases.map((phrase) => phrase.join(" "))];
};

export const tests = {
  "case, accents, strokes and ligatures are folded, the sound marks of kana are not": () => {
    same(bare("Éclair Straße ΣΊΓΜΑ Łódź ﬁn Ｆｕｌｌ"), "eclair strasse σιγμα lodz fin full");
    same([bare("が"), bare("か")], ["が", "か"]);
    holds(bare("が") !== bare("か"), "a sound mark is no accent");
  },
  "raised figures and fractions are signs of their own": () => {
    same([bare("10²"), bare("CO₂"), bare("½")], ["10²", "co₂", "½"]);
    same(asked("10² ½"), [["10²", "½"], []]);
    holds(!isForm("10²", "102") && !isForm("102", "10²"), "10² is not 102");
  },
  "an indexed text is printed as it was": () => {
    same(printed(`one two\u2063 three がか`).join(""), "one twothree がか ");
    same(printed("in Lodz A-\u2063 B", { 1: "Łódź", 2: "Ａ－Ｂ\u2063", 3: "" }).join(""), "in Łódź Ａ－Ｂ ");
  },
  "words, compounds and phrases are told apart": () => {
    same(asked("missile defense"), [["missile", "defense"], []]);
    same(asked("missile-defense"), [["missile", "defense"], []]);
    same(asked('"armed attack" now'), [["now"], ["armed attack"]]);
    same(asked("“open sea”"), [[], ["open sea"]]);
    same(asked("US U.S. 2+2 PAC"), [[], ["US", "US", "22", "PAC"]]);
    same(asked("Us Pac"), [["Us", "Pac"], []]);
    same(asked("渡し船"), [[], ["渡 し 船"]]);
    same(asked("Łódź ﬁshery Ａ－Ｂ"), [["Lódź", "fishery", "A", "B"], []]);
    same(asked("＂open sea"), [["open", "sea"], []]);
  },
  "small words and those of a question are left out where others remain": () => {
    same(asked("is the ferry late?"), [["ferry", "late"], []]);
    same(asked("what is the SCC"), [[], ["SCC"]]);
    same(asked("to be or not"), [["not"], []]);
    same(asked("what is it"), [["what", "is", "it"], []]);
    same(["1998 vs 2004", "1998 versus 2004"].map((query) => parse(query).all.join(" ")), Array(2).fill("1998 2004"));
    same(["what's new on this site", "new", "new in the site"].map((query) => parse(query).all.join(" ")), Array(3).fill("new"));
    same(parse("who made this site").all, ["made", "site"], "it is what is asked for");
    same(parse("case by case").run, ["case", "by", "case"]);
    same(["is it late", "late boats", "boats?", "May 2004", "is"].map((query) => parse(query).isQuestion), [true, false, true, false, false]);
  },
  "a question, or many words, may be answered by most of them": () => {
    same(["is it late", "do boats run late", "one two three four", "boats run late", '"one two three four"'].map((query) => parse(query).isOpen), [false, true, true, false, false]);
  },
  "what kind of answer is wanted": () => {
    const wants = (query) => Object.keys(parse(query).wants).join(" ");
    same(["what is fog", "define fog", "fog meaning", "what does FC stand for", "霧とは"].map(wants), Array(5).fill("term"));
    same(["how many boats", "how long is the pier", "number of boats"].map((query) => parse(query).wants.number), [true, true, true]);
    same(wants("when did it sail"), "day");
    same(["how do I sail there", "how can we sail", "where do I complain", "how to sail", "may I sail"].map((query) => parse(query).wants.way), Array(5).fill(true));
    holds(!parse("how do ships sail").wants.way, "nobody means to do it");
    same(["latest fares", "most recent fares", "last statement on fares"].map(wants), Array(3).fill("newest"));
    same(["who argues so", "he warns of fog"].map(wants), ["said", "said"]);
    same(["earliest fares", "first statement on fares"].map(wants), Array(2).fill("oldest"));
    same(["2004 vs 2006", "difference in fares", "fares of 2004"].map(wants), ["change", "change", ""]);
    same([parse("latest fares").all, parse("first statement on fares").all, parse("霧とは").all], [["fares"], ["statement", "fares"], ["霧"]]);
  },
  "possessives are forms of a name": () => same(asked("Aalund's pier"), [["Aalund", "pier"], []]),
  "a name of letters and figures is taken as it stands": () => {
    same(asked("PAC-3 SM-3, north-south 2-3"), [["north", "south", "2", "3"], ["PAC 3", "SM 3"]]);
  },
  "dates that can mean one day are read as the edition writes them": () => {
    for (const date of ["2019-04-19", "19/4/2019", "19.4.2019", "4/19/2019", "April 19, 2019", "april 19th 2019", "19 Apr 2019", "19th of April 2019", "Apr. 19, 2019", "2019/4/19", "2019年4月19日"]) {
      same(parse(date).all.map(bare), ["19", "april", "2019"], date);
    }
    same(parse("5/5/2019").all, ["5", "May", "2019"]);
    same([parse("Sept. 2019").all, parse("feb 2019 fares").all], [["September", "2019"], ["February", "2019", "fares"]]);
    same(["19 April 2019", "May 2019", "2019", "May", "19", "fares 2019"].map((query) => isDay(parse(query).all)), [true, true, true, false, false, false]);
    holds(!parse("3/4/2019").all.includes("April"), "it may be March");
    holds(parse("2019-13-01").all.every((word) => !/\p{L}/u.test(word)), "there is no such month");
  },
  "nothing asks for nothing": () => {
    for (const query of ["", " ", "!", "--", '""', "“", "…"]) same(parse(query).all, [], query);
  },
  "a form begins like its word, a short one is the same": () => {
    for (const [part, word] of [["ferries", "ferry"], ["Alliances,", "alliance"], ["defended", "defends"], ["（港）", "港"], ["CAFÉ", "cafe"]]) holds(isForm(part, word), part);
    for (const [part, word] of [["seat", "sea"], ["use", "us"], ["fer", "ferry"], ["", "sea"]]) holds(!isForm(part, word), part);
    for (const word of ["base", "bases"]) holds(isForm(word, "bases"), word);
    for (const word of ["based", "baseline", "basic"]) holds(!isForm(word, "bases"), word);
  },
  "signs at the ends are trimmed": () => {
    same(trimmed("“(a.b)”,"), "a.b");
    same(["", "!!", "a", "!a"].map(trimmed), ["", "", "a", "a"]);
  },
};
