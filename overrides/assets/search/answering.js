/*
 * How much of an open query a record holds, which can be told in a sentence: every word in one of its forms, the rarer
 * the more, and more in a name than in what is long; besides, a name that is asked for whole, words that stand next to
 * each other as in the query, and what is told of just that; of it all only a part where a number or a year is asked
 * for and none stands near.
 *
 * Text alone, no page and no index.
 */
import { bare, formOf, inflectionOf, isMonth, meant, tokens } from "./query.js";
import { COMMENTARY } from "./ranking.js";
import { number } from "./words/en.js";

// What a word counts where it stands, one in the text of a passage being 1.
const NAME = 1.4;
const TOLD = 1.2; // where readers ask so for what is told
const LONG = 0.8;
const FAR = 0.9; // away from where most of it stands
const OWN = 1.3; // the year that a record is of
const LESS = { source: 0.5, page: 0.85, manual: 0.95 }; // in kinds that lead to what is asked for, or tell of the edition itself
// What else counts, of all that is asked for.
const WHOLE = 0.6;
const NEXT = 0.25;
const ANSWER = 0.5;
const WITHOUT = 0.5; // of it all, without what is wanted near by, or without the year that is asked for
const WHOLLY = 0.75; // of it all, in a whole document of which nothing is asked that its front matter tells
const SEEN = 0.65; // of a word that is found in a record and printed nowhere in it
const PARTIAL = 0.5; // of it all, the less of the words have any place there
const BEHIND = 0.01; // less for each kind that comes before

const NEAR = 8; // words
const SENTENCE = 25; // words
const APART = 3; // words
const YEAR = /^\d{4}$/;
const DATED = new Set(["document", "event"]); // kinds that are called by their day
const WAYS = new Set(["page", "manual"]); // kinds that tell how something is done

const sum = (some) => some.reduce((all, one) => all + one, 0);
const bares = (texts) => texts.flatMap(tokens).map(bare);

/** Words that are asked for: of each its forms, and how rare it is, of which all together are 1. */
export const soughtOf = (words, rarity) =>
  words.map(({ forms }, at) => ({
    rarity: rarity[at] / (sum(rarity) || 1),
    isYear: YEAR.test(forms[0].text),
    forms: forms.map(({ text, worth }) => ({ parts: text.split(" ").map(worth < 1 ? inflectionOf : formOf), worth })),
  }));

/** Whether words hold a form; of several its others near behind its first, as in *called the meeting off*. */
const stands = ({ parts: [first, ...others] }, words) =>
  words.some((word, at) => first(word) && others.every((part) => words.slice(at + 1, at + 1 + APART).some(part)));
const isOf = (word) => ({ forms }) => forms.some(({ parts }) => parts.some((part) => part(word)));
/** How much of what is asked for stands among words. */
const shareAmong = (sought, words) => sum(sought.filter((one) => words.some((word) => isOf(word)(one))).map(({ rarity }) => rarity));

/** How much of what is asked for follows on each other as it was asked. */
const together = (sought, places) => {
  const follow = (words, one, other) => words.some((word, at) => one(word) && words.slice(at + 1, at + 3).some(other));
  const first = ({ forms: [{ parts }] }) => parts[0];
  return sum(sought.slice(1).map((one, at) => {
    const isNext = places.some((words) => follow(words, first(sought[at]), first(one)));
    return isNext ? Math.min(one.rarity, sought[at].rarity) : 0;
  }));
};

/** How much of what is asked for stands near one number or year, at most. */
const besideOne = (sought, words, pattern) =>
  Math.max(0, ...words.map((word, at) =>
    (pattern.test(word) && !isMonth(words[at + 1]) ? shareAmong(sought, words.slice(Math.max(0, at - NEAR), at + NEAR)) : 0)));

/** Of the words of a text those, as many as a sentence has, among which most of what is asked for stands. */
const densest = (sought, words) => {
  if (words.length <= SENTENCE) return words;
  const hits = words.flatMap((word, at) => {
    const which = sought.flatMap((one, index) => (isOf(word)(one) ? [index] : []));
    return which.length ? [{ at, which }] : [];
  });
  const shares = hits.map(({ at }, first) => {
    const there = new Set();
    for (let index = first; index < hits.length && hits[index].at < at + SENTENCE; index += 1) for (const which of hits[index].which) there.add(which);
    return sum([...there].map((which) => sought[which].rarity));
  });
  const from = hits[shares.indexOf(Math.max(...shares))]?.at ?? 0;
  return words.slice(from, from + SENTENCE);
};

/**
 * The names of a record: those of which all is asked for, and the words of those that are its own; of its other names,
 * the words of those of which half is asked for.
 */
const namesOf = ({ kind, title, group = "", names = [], called = [], kin = [] }, sought) => {
  const all = [title, ...called, ...kin].map((name) => meant(tokens(name)).map(bare));
  const asked = (name) => name.filter((part) => sought.some(isOf(part))).length;
  const whole = all.filter((name) => name.length && asked(name) === name.length);
  const partly = all.slice(1).filter((name) => kind === "person" || asked(name) * 2 >= name.length).flat();
  return { whole, partly, own: [...all[0], ...whole.flat(), ...(DATED.has(kind) ? bares([group, ...names]) : [])] };
};

/** Where words stand in a record, each with how much a word counts that stands there. */
const placesOf = ({ kind, address, group = "", label = "", names = [] }, { own, partly, words, near, told }, wants) => {
  const isLong = kind === "thread" || kind === "document" || (kind === "page" && !address.includes("#"));
  const worth = (isLong ? LONG : 1) * textWorthOf(kind, wants);
  return [
    [own, wants.number ? 1 : NAME * worthOf(kind)], // a number is seldom told in a name
    [[...bares([group, label, ...names]), ...partly], 1],
    [near, worth],
    [words, FAR * worth],
    [told, TOLD],
  ];
};
const worthOf = (kind) => (kind === "source" ? LESS.source : 1);
const textWorthOf = (kind, wants) => (wants.way && WAYS.has(kind) ? 1 : LESS[kind] ?? 1);

/**
 * Of what a record holds, the part that counts where a number, a year or a way to do something is wanted; of a whole
 * document, where nothing is asked that its front matter tells.
 */
const partOf = (sought, { kind, isTold, words }, wants) => {
  if (kind === "document" && !isTold) return WHOLLY;
  if (wants.way && !WAYS.has(kind)) return WITHOUT;
  const pattern = wants.number ? number : wants.day && !isTold && !DATED.has(kind) ? YEAR : null;
  return pattern ? WITHOUT + (1 - WITHOUT) * besideOne(sought, words, pattern) : 1;
};

/**
 * How much a record holds of what is asked for, and how much of it has any place there; `behind` is how many kinds come
 * before its own, `seen` the words that a search found in it.
 */
export const heldBy = ({ sought, isQuestion, wants }, record, text, behind, seen = []) => {
  const { kind, answers = [] } = record;
  const worth = worthOf(kind);
  const { own, whole, partly } = namesOf(record, sought);
  const [words, told] = [text.map(bare), bares(answers)];
  const places = placesOf(record, { own, partly, words, near: densest(sought, words), told }, wants);
  const best = (form) => Math.max(...places.map(([some, much]) => (stands(form, some) ? much * form.worth : 0)));
  // Of several years that are asked for, none is the one that matters, but to what lies between them.
  const years = sought.filter(({ isYear }) => isYear);
  const dates = years.length === 1 ? [String(record.year)] : bares(record.names ?? []);
  const isOfYear = years.every((year) => dates.some((word) => isOf(word)(year)));
  const isDated = ({ isYear }) => isYear && isOfYear;
  const least = (one, at) => (isDated(one) ? OWN : seen.includes(at) ? SEEN : 0) * worth;
  const most = sought.map((one, at) => Math.max(least(one, at), ...one.forms.map(best)));
  const isTold = sought.some(({ forms: [form] }) => stands(form, told));
  const isSaid = kind !== COMMENTARY || wants.said; // who wrote it is asked for with what he says
  const isAnswer = isSaid && ((isQuestion && !wants.reason) || wants.change) && isTold && most.every(Boolean);
  // What one wants to do is the first word of how to do it.
  const isWay = wants.way && WAYS.has(kind) && sought.length > 0 && stands(sought[0].forms[0], own);
  const named = wants.number ? 0 : WHOLE * worth * Math.max(0, ...whole.map((name) => shareAmong(sought, name)));
  const counted = sum(sought.map(({ rarity }, at) => rarity * most[at]));
  const covered = sum(sought.map(({ rarity }, at) => (most[at] ? rarity : 0)));
  const score = counted + named + NEXT * together(sought, [own, words]) + (isAnswer || isWay ? ANSWER : 0);
  const isUndated = sought.some(({ isYear }, at) => isYear && !most[at]);
  const part = (isUndated ? WITHOUT : 1) * partOf(sought, { kind, isTold, words }, wants) * (PARTIAL + (1 - PARTIAL) * covered);
  return { share: score * part - BEHIND * behind, covered };
};
