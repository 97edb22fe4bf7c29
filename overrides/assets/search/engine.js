/*
 * The engine of the search: what is found for a query.
 *
 * Pagefind knows no more than words (all of which a passage has to hold) or one phrase, passes over words that stand
 * nowhere, and takes a shorter word for one that it does not have; the rest is made of several of its searches here.
 */
import { fetchText } from "../lib/fetched.js";
import { PAGE } from "./form.js";
import { SIGN, SPACE, asking, coded, isForm, parse, printed } from "./query.js";
import { knownWords, otherSpelling, spelt } from "./spelling.js";

const RANKING = { termSimilarity: 3, pageLength: 0.4, metaWeights: { title: 5, heading: 0.1, names: 4, also: 0.1 } };
const FEW = 5000; // results: of more, the engine would take too long over one word
const NEAREST = 20; // passages that hold the most of words that none holds all of

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
  (engine ??= lasting(import(new URL(`pagefind.js${tries ? `?${tries}` : ""}`, PAGE)) // a module is not read twice
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
 * What is found for a query: results, the best first; counts by filter; the words that stand nowhere; those that are
 * searched `instead` of words that are spelt otherwise here; whether results only come near (`isNear`), since no
 * passage holds all words.  Of a result, `words` are the places of what was asked for, and `rest` those where the
 * engine sees something of it.
 */
export const find = async (query, filters = {}) => {
  const chosen = Object.entries(filters).filter(([, values]) => values.length).map(([name, any]) => [name, { any }]);
  return lasting(ask(parse(query), { filters: Object.fromEntries(chosen) }));
};

const ask = async (asked, options) => {
  const pagefind = await load();
  const search = (text) => pagefind.search(text, options);
  if (!asked.all.length) {
    const { results, filters } = await search(null);
    return { results, counts: table(filters), unknown: [], asked };
  }
  const { words: some } = asked;
  const ranked = await search(coded(asked.all.join(" ")));
  const phrases = [];
  for (const phrase of asked.phrases) {
    const found = await search(exact(phrase));
    if (phrase.length === 1 && !found.results.length && spelt(await vocabulary(), phrase[0]) === "begun") {
      // What is taken as it stands and stands nowhere may be the beginning of a word that is still being typed.
      return ask(asking([...some, phrase[0]], asked.phrases.filter((other) => other !== phrase)), options);
    }
    phrases.push(found);
  }
  // Words that stand together count double; one word alone counts more than longer words that begin with it.
  const mayFavour = some.length && !phrases.length && ranked.results.length < FEW;
  const favoured = mayFavour ? placesOf(await search(exact(some))) : new Map();
  const weight = (id) => (favoured.has(id) ? 2 : some.length === 1 && favoured.size ? 0.4 : 1);
  const places = phrases.map(placesOf);
  const results = ranked.results
    .filter(({ id }) => places.every((found) => found.has(id)))
    .map((result) => ({
      ...result,
      score: result.score * weight(result.id),
      words: [...places, ...(some.length > 1 ? [favoured] : [])].flatMap((found) => found.get(result.id) ?? []),
      rest: some.length ? result.words : [], // of a query that is all phrases no word is marked by itself
    }))
    .toSorted((one, other) => other.score - one.score);
  const unknown = await unknownAmong(pagefind, asked, results);
  if (unknown.length) {
    const other = await spelledHere(asked, unknown);
    if (other) return { ...(await ask(other.asked, options)), instead: other.instead };
    return { results: [], counts: new Map(), unknown, asked };
  }
  if (!results.length && !phrases.length && some.length > 1) {
    const anywhere = await pagefind.search(coded(some.join(" ")));
    if (!anywhere.results.length) {
      const come = await under(options.filters, await nearest(pagefind, some));
      return { results: come, counts: await tally(come), unknown, asked, isNear: true };
    }
  }
  const searches = [...(some.length || !phrases.length ? [ranked] : []), ...phrases];
  const tables = searches.map(({ filters: counts }) => table(counts));
  const counts = tables.length > 1 ? await recount(pagefind, results, tables) : tables[0];
  return { results, counts, unknown, asked };
};

/** Passages that hold the most of several words, the rarer a word the more it counts: half of all that at least. */
const nearest = async (pagefind, some) => {
  const found = new Map();
  let whole = 0;
  for (const word of new Set(some)) {
    const { results } = await pagefind.search(coded(word));
    const weight = 1 / Math.log2(2 + results.length);
    whole += weight;
    for (const result of results) {
      const known = found.get(result.id) ?? { ...result, held: 0, words: [], rest: [] };
      known.held += weight;
      known.rest.push(...result.words);
      found.set(result.id, known);
    }
  }
  return [...found.values()]
    .filter(({ held }) => held >= whole / 2)
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
  for (const [name, values] of tables[0]) {
    counts.set(name, new Map());
    for (const value of values.keys()) {
      if (tables.some((each) => !each.get(name)?.get(value))) continue;
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
