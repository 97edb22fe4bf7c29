/*
 * The engine of the search: what is found for a query.
 *
 * Pagefind knows no more than words (all of which a passage has to hold) or one phrase, passes over words that stand
 * nowhere, and takes a shorter word for one that it does not have; the rest is made of several of its searches here.
 */
import { fetchText } from "../lib/fetched.js";
import { PAGE } from "./form.js";
import { SIGN, SPACE, asking, coded, isForm, parse, printed, tokens } from "./query.js";
import { APART, WIDE, compare, kindOf, placeOf } from "./ranking.js";
import { compounds, knownWords, otherSpelling, spelt } from "./spelling.js";

const RANKING = {
  termSimilarity: 3, pageLength: 0.4, metaWeights: { title: 5, called: 1, heading: 0.1, names: 4, within: 0.1, also: 0.1 },
};
const FEW = 5; // results: of fewer, other spellings are looked for
const MANY = 5000; // results: of more, the engine would take too long over one word
const NEAREST = 48; // passages that hold the most of words that none holds all of
const HEAD = 24; // results that are put in order by what they are called; of the others the engine's order stays

let engine; // promised at the first search
let tries = 0;
/** What a promise gives; if it fails, the next search begins anew. */
const lasting = (promise) =>
  promise.catch((error) => {
    engine = undefined;
    tries += 1;
    throw error;
  });
export const load = () =>
  (engine ??= lasting(import(new URL(`pagefind.js${tries ? "?" : ""}${tries || ""}`, PAGE)) // a module is not read twice
    .then(async (pagefind) => {
      await pagefind.options({ ranking: RANKING });
      await pagefind.init();
      return pagefind;
    })));

let words; // promised when a word is met that the best result does not show
/** The words that the edition has. */
export const vocabulary = () =>
  (words ??= fetchText(new URL("vocabulary.json", PAGE).href)
    .then((text) => knownWords(JSON.parse(text)))
    .catch((error) => {
      words = undefined; // the next search asks anew
      throw error;
    }));

/* Finding ----------------------------------------------------------------------------------------------------------- */

/** Counts as Maps by filter and value: a document may be named like a property of any object. */
const table = (counts) => new Map(Object.entries(counts).map(([name, values]) => [name, new Map(Object.entries(values))]));

const exact = (phrase) => coded(`"${phrase.join(" ")}"`);
const placesOf = ({ results }) => new Map(results.map((result) => [result.id, result.words]));

/**
 * What is found for a query: results, the best first (ranking.js says what that is); `counts`, which gives how many
 * there are by filter; the words that stand nowhere; those that are searched `instead` of words that are spelt
 * otherwise here; whether results only come near (`isNear`), since no passage holds all words; whether all hold the
 * words of a name, but `nowhere` together; how many stand `apart`, in the pages for those who write.  Of a result,
 * `words` are the places of what was asked for, and `rest` those where the engine sees something of it.
 */
export const find = async (query, filters = {}) => {
  const chosen = Object.entries(filters).filter(([, values]) => values.length).map(([name, any]) => [name, { any }]);
  const options = { filters: Object.fromEntries(chosen) };
  const withManual = filters.kind?.includes(APART);
  return lasting(answer(parse(query), options).then(async (found) => {
    const some = withManual ? found.results : found.results.filter(({ id }) => kindOf(id) !== APART);
    const results = await inOrder(found, some);
    const isName = found.asked.run.length > 1 && found.asked.run.every((word) => /^[\p{Lu}\p{N}]/u.test(word));
    const nowhere = isName && results.length > 0 && !found.isNear && !found.isTogether;
    return { ...found, results, nowhere, apart: found.results.length - some.length };
  }));
};

/** Results with the first of them ordered by what they are called. */
const inOrder = async ({ asked, others = [] }, results) => {
  if (!asked.all.length) return results;
  const head = await Promise.all(results.slice(0, asked.isQuestion ? NEAREST : HEAD).map(async (result) => {
    const data = await result.data();
    const record = JSON.parse(data.anchors[0].id);
    const text = tokens(printed(data.content, record.printed).join(""));
    const [place] = [asked, ...others].map((one) => placeOf(one, record, text, result)).toSorted(compare);
    return { ...result, place };
  }));
  return [...head.toSorted((one, other) => compare(one.place, other.place)), ...results.slice(head.length)];
};

/** What holds all that is asked, the best first by the engine's score, with its counts by filter. */
const holding = async (pagefind, asked, options) => {
  const search = (text) => pagefind.search(text, options);
  const { words: some } = asked;
  const ranked = await search(coded(asked.all.join(" ")));
  const phrases = await Promise.all(asked.phrases.map((phrase) => search(exact(phrase))));
  // Words that stand together count double; one word alone counts more than longer words that begin with it.
  const mayFavour = asked.run.length && ranked.results.length < MANY;
  const favoured = mayFavour ? placesOf(await search(exact(asked.run))) : new Map();
  const weight = (id) => (favoured.has(id) ? 2 : asked.run.length === 1 && favoured.size ? 0.4 : 1);
  const places = phrases.map(placesOf);
  const results = ranked.results
    .filter(({ id }) => places.every((found) => found.has(id)))
    .map((result) => ({
      ...result,
      kept: result, // the engine forgets what belongs to a result that nothing refers to
      isTogether: asked.run.length > 1 && favoured.has(result.id),
      score: result.score * weight(result.id),
      words: [...places, ...(asked.run.length > 1 ? [favoured] : [])].flatMap((found) => found.get(result.id) ?? []),
      rest: some.length ? result.words : [], // of a query that is all phrases no word is marked by itself
    }))
    .toSorted((one, other) => other.score - one.score);
  const searches = [...(some.length || !phrases.length ? [ranked] : []), ...phrases];
  return { results, phrases, tables: searches.map(({ filters: counts }) => table(counts)), isTogether: favoured.size > 0 };
};

const answer = async (asked, options) => {
  const pagefind = await load();
  if (!asked.all.length) {
    const { results, filters: counts } = await pagefind.search(null, options);
    return { results, counts: () => table(counts), unknown: [], asked };
  }
  const { words: some } = asked;
  const found = await holding(pagefind, asked, options);
  for (const [at, phrase] of asked.phrases.entries()) {
    // What is taken as it stands and stands nowhere may be the beginning of a word that is still being typed.
    if (phrase.length > 1 || found.phrases[at].results.length || spelt(await vocabulary(), phrase[0]) !== "begun") continue;
    return answer(asking([...some, phrase[0]], asked.phrases.filter((other) => other !== phrase), asked.run), options);
  }
  const { results } = found;
  const others = results.length < FEW ? await otherForms(asked) : [];
  const made = []; // of these, what was found by another spelling too
  for (const other of others) {
    const more = await holding(pagefind, other, options);
    const known = new Set(results.map(({ id }) => id));
    const added = more.results.filter(({ id }) => !known.has(id));
    if (added.length) made.push(other);
    results.push(...added);
  }
  const isMixed = made.length > 0;
  const counts = () => (isMixed || found.tables.length > 1 ? recount(pagefind, results, isMixed ? null : found.tables) : found.tables[0]);
  const unknown = await unknownAmong(pagefind, asked, results);
  if (unknown.length) {
    const other = await spelledHere(asked, unknown);
    if (other) return { ...(await answer(other.asked, options)), instead: other.instead };
    return { results: [], counts: () => new Map(), unknown, asked };
  }
  const isAsked = asked.isQuestion && asked.all.length > 1;
  if ((!results.length || isAsked) && (isAsked || (!asked.isQuoted && asked.all.length > 1 && some.length > 0))) {
    const isFiltered = !results.length && (await pagefind.search(coded(asked.all.join(" ")))).results.length > 0;
    if (!isFiltered) {
      const come = await under(options.filters, await nearest(pagefind, asked.all, results));
      return { results: come, counts: () => tally(come), unknown, asked, isNear: !results.length, isMost: true };
    }
  }
  return { results, counts, unknown, asked, others: made, isTogether: found.isTogether };
};

/** What is asked in other spellings of this edition: British and American, as one word and as two. */
const otherForms = async (asked) => {
  const known = await vocabulary();
  const forms = asked.words.map((word) => otherSpelling(known, word) ?? [word]);
  const isOther = forms.some((form, at) => form.length > 1 || form[0] !== asked.words[at]);
  const spelled = isOther ? [asking(forms.flat(), asked.phrases)] : [];
  const joined = compounds(known, asked.words).map(([word, other]) =>
    asking(` ${asked.words.join(" ")} `.replace(` ${word} `, ` ${other} `).trim().split(" "), asked.phrases));
  return [...spelled, ...joined];
};

/**
 * Passages that hold the most of several words, the rarer a word and the more a passage is about it the more it counts;
 * half of all that at least, and `before` all others those that hold them all.
 */
const nearest = async (pagefind, some, before = []) => {
  const found = new Map(before.map((result) => [result.id, { ...result, share: Infinity, held: some.length * 2 }])); // more than any that lacks a word
  let whole = 0;
  for (const word of new Set(some)) {
    const { results } = await pagefind.search(coded(word));
    if (results.length > MANY) continue;
    const rarity = 1 / Math.sqrt(1 + results.length);
    whole += rarity;
    for (const result of results) {
      const known = found.get(result.id) ?? { ...result, kept: result, share: 0, held: 0, words: [], rest: [] };
      known.share += rarity;
      known.held += rarity * (1 + result.score / results[0].score) * (WIDE.has(kindOf(result.id)) ? 0.7 : 1);
      known.rest.push(...result.words);
      found.set(result.id, known);
    }
  }
  return [...found.values()]
    .filter(({ share }) => share >= whole / 2)
    .toSorted((one, other) => other.held - one.held || other.score - one.score)
    .slice(0, NEAREST);
};

/**
 * The words of a query that stand nowhere.  What the best result does not show is looked up in the vocabulary, and
 * what that does not have in the index, which knows a word's other forms.
 */
const unknownAmong = async (pagefind, { all, words: some, phrases }, results) => {
  const best = results.length ? await results[0].data() : null;
  const shown = best ? [...printed(best.content), ...JSON.parse(best.anchors[0].id).title.split(SPACE)] : [];
  const unknown = [];
  // Signs that are written together are told of together.
  const unspaced = phrases.filter((phrase) => phrase.length > 1 && phrase.every((sign) => SIGN.test(sign)));
  for (const phrase of best ? [] : unspaced) {
    if (!(await pagefind.search(exact(phrase))).results.length) unknown.push(phrase.join(""));
  }
  const told = new Set(unspaced.flat());
  for (const word of new Set(all.filter((each) => !told.has(each)))) {
    if (shown.some((part) => isForm(part, word))) continue;
    const found = spelt(await vocabulary(), word);
    if (found === "whole" || (found && some.includes(word))) continue;
    if (!(await pagefind.search(exact([word]))).results.length) unknown.push(word);
  }
  return unknown;
};

/** Counts by filter for what several searches have in common: for one search alone the engine tells them. */
const members = new Map();
const recount = async (pagefind, results, tables) => {
  const counts = new Map();
  for (const [name, values] of tables?.[0] ?? table(await pagefind.filters())) {
    counts.set(name, new Map());
    for (const value of values.keys()) {
      if (tables?.some((each) => !each.get(name)?.get(value))) continue;
      const key = `${name} ${value}`;
      if (!members.has(key)) {
        const all = await pagefind.search(null, { filters: { [name]: value } });
        members.set(key, new Set(all.results.map(({ id }) => id)));
      }
      counts.get(name).set(value, results.filter(({ id }) => members.get(key).has(id)).length);
    }
  }
  return counts;
};

/** Those of a few results that filters let through: each result says itself what it belongs to. */
const under = async (chosen, results) => {
  const all = await Promise.all(results.map((result) => result.data()));
  const isUnder = (data) => Object.entries(chosen).every(([name, { any }]) => any.some((value) => data.filters[name]?.includes(value)));
  return results.filter((_, at) => isUnder(all[at]));
};

/** Counts by filter for such results. */
const tally = async (results) => {
  const counts = new Map();
  for (const { filters: values } of await Promise.all(results.map((result) => result.data()))) {
    for (const [name, some] of Object.entries(values)) {
      if (!counts.has(name)) counts.set(name, new Map());
      for (const value of some) counts.get(name).set(value, (counts.get(name).get(value) ?? 0) + 1);
    }
  }
  return counts;
};

/** The values that filters have, by their names. */
export const filters = () => lasting(load().then((pagefind) => pagefind.filters()));

/** What a query asks for with the words that stand nowhere spelt as they are here, if all of them can be. */
const spelledHere = async ({ words: some, phrases }, unknown) => {
  const instead = new Map();
  for (const word of unknown) {
    const found = some.includes(word) ? otherSpelling(await vocabulary(), word) : null;
    if (!found) return null;
    instead.set(word, found);
  }
  const asked = asking(some.flatMap((word) => instead.get(word) ?? [word]), phrases);
  return { asked, instead: [...instead].map(([word, found]) => [word, found.join(" ")]) };
};
