/*
 * The engine of the search: what a query means, what is found, and what words come near.
 *
 * Pagefind knows no more than words (all of which a passage has to hold) or one phrase, passes over words that stand
 * nowhere, and takes a shorter word for one that it does not have; the rest is made of several of its searches here.
 */
import { SITE } from "../lib/address.js";
import { fetchText } from "../lib/fetched.js";
import { PAGE, SIGNS } from "../search.js";

const RANKING = { termSimilarity: 3, pageLength: 0.4, metaWeights: { title: 5, heading: 0.1, names: 4, also: 0.1 } };
const FEW = 5000; // results: of more, the engine would take too long over one word
const NEAREST = 20; // passages that hold the most of words that none holds all of
const JOINT = "\u2063"; // between words that are printed without a space (macros/search.py)
const KANA = 0x3040;
const STAND_INS = 0x14400; // of kana with a sound mark, which is no accent (macros/search.py)

const SPACE = /[\s\-‐‑–—/]+/; // and what parts compounds
const QUOTED = /["“”„«»「」『』]([^"“”„«»「」『』]+)["“”„«»「」『』]?/g;
const PIECES = new RegExp(`[${SIGNS}]|[^${SIGNS}]+`, "gu");
const SIGN = new RegExp(`[${SIGNS}]`, "u");

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

let vocabulary; // promised when a word is met that the best result does not show
const loadVocabulary = () =>
  (vocabulary ??= fetchText(new URL("vocabulary.json", PAGE).href)
    .then((text) => Object.entries(JSON.parse(text)).map(([word, count]) => ({ word, folded: fold(word), count }))));

/* Words ------------------------------------------------------------------------------------------------------------- */

/** A text without case and accents; the sound marks of kana are none. */
export const fold = (text) =>
  text.normalize("NFKD").replace(/(?<![\u3040-\u30ff])\p{M}/gu, "").normalize("NFC").toLowerCase();

const isVoiced = (sign) => sign.normalize("NFD").length > 1;
const coded = (text) =>
  text.replace(/[\u3040-\u30ff]/g, (sign) =>
    isVoiced(sign) ? String.fromCodePoint(sign.codePointAt(0) - KANA + STAND_INS) : sign);
const decoded = (text) =>
  text.replace(/[\u{14400}-\u{144bf}]/gu, (sign) => String.fromCodePoint(sign.codePointAt(0) - STAND_INS + KANA));

/** The words of an indexed text as they are printed, with a space behind each that has one. */
export const printed = (content) =>
  decoded(content).split(" ").map((word) => (word.endsWith(JOINT) ? word.slice(0, -1) : `${word} `));

/** The words of a text as the index has them: the parts of compounds, and the signs of unspaced scripts. */
const tokens = (text) =>
  text.normalize("NFKC").split(SPACE).flatMap((part) => part.match(PIECES) ?? [])
    .map((piece) => piece.replace(/[^\p{L}\p{N}\p{M}_]/gu, "")).filter(Boolean);

/** Whether a printed word is a form of one that was asked for; a short one has to be the same. */
export const isForm = (part, word) => {
  const [one, other] = [part.replace(/[^\p{L}\p{N}\p{M}]/gu, ""), word].map(fold);
  if (other.length < 4 && !SIGN.test(other)) return one === other;
  return one.startsWith(other.length > 4 ? other.replace(/(?:ies|es|s|ed|ing|y|e)$/, "") : other);
};

/**
 * What is asked for: words, of which a passage holds all, and phrases, whose words stand together.  Words of an
 * unspaced script are phrases of their signs.  A phrase of one word is one that is taken as it stands, where others
 * find longer words too: in capitals, or with signs in it (US, U.S., 2+2).
 */
export const parse = (query) => {
  const phrases = [];
  const some = [];
  const rest = dated(query).replace(QUOTED, (_, quoted) => {
    phrases.push(tokens(quoted));
    return " ";
  });
  for (const part of rest.split(SPACE)) {
    const bare = part.normalize("NFKC").replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
    const parts = tokens(bare);
    const isCapital = /\p{Lu}.*\p{Lu}/u.test(bare) && bare === bare.toUpperCase();
    const hasSigns = parts.join("") !== bare.replace(/[’'_]/g, "");
    if (parts.length > 1 || isCapital || hasSigns) phrases.push(parts);
    else some.push(...parts);
  }
  return asking(some, phrases.filter((phrase) => phrase.length));
};
const MONTHS = "January February March April May June July August September October November December".split(" ");
const NUMBERS = /\b(\d{4})-(\d\d?)-(\d\d?)\b|\b(\d\d?)[/.](\d\d?)[/.](\d{4})\b/g;
const SPELT = new RegExp(`\\b(${MONTHS.join("|")}) (\\d\\d?)(?:st|nd|rd|th)?,? (\\d{4})\\b`, "gi");

/** A query with its dates as the edition prints them, where they can mean one day only: 19 April 2019. */
const dated = (query) =>
  query
    .replace(NUMBERS, (given, ...[year, month, day, one, other, last]) => {
      const [d, m] = year ? [day, month] : other > 12 ? [other, one] : one > 12 || one === other ? [one, other] : [];
      return d && MONTHS[m - 1] ? `${Number(d)} ${MONTHS[m - 1]} ${year ?? last}` : given;
    })
    .replace(SPELT, (_, month, day, year) => `${Number(day)} ${month} ${year}`);

const asking = (some, phrases) => ({ words: some, phrases, all: [...some, ...phrases.flat()] });

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
    if (phrase.length === 1 && !found.results.length && (await spelt(phrase[0])) === "begun") {
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
    .sort((one, other) => other.score - one.score);
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
    .sort((one, other) => other.held - one.held || other.score - one.score)
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
    const found = await spelt(word);
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

/* Near words -------------------------------------------------------------------------------------------------------- */

/** Whether the vocabulary has a word ("whole"), or only words that begin so ("begun"). */
export const spelt = async (word) => {
  const folded = fold(word);
  const longer = (await loadVocabulary()).filter((known) => known.folded.startsWith(folded));
  return longer.some((known) => known.folded === folded) ? "whole" : longer.length ? "begun" : "";
};

/** Spellings of English that are one word to a reader: each as a form and what stands for it, both ways. */
const SPELLINGS = [
  [/ence(s?)$/, "ense$1"], [/ense(s?)$/, "ence$1"], [/our/, "or"], [/or/, "our"],
  [/is(e|ed|es|ing|ations?)$/, "iz$1"], [/iz(e|ed|es|ing|ations?)$/, "is$1"], [/ys(e|ed|ing)$/, "yz$1"], [/yz(e|ed|ing)$/, "ys$1"],
  [/gramme(s?)$/, "gram$1"], [/gram(s?)$/, "gramme$1"], [/tre(s?)$/, "ter$1"], [/ter(s?)$/, "tre$1"],
  [/ll(ed|ing|er)$/, "l$1"], [/l(ed|ing|er)$/, "ll$1"],
];

/** What a query asks for with the words that stand nowhere spelt as they are here, if all of them can be. */
const spelledHere = async ({ words: some, phrases }, unknown) => {
  const instead = new Map();
  for (const word of unknown) {
    const found = some.includes(word) ? await otherSpelling(word) : null;
    if (!found) return null;
    instead.set(word, found);
  }
  const asked = asking(some.flatMap((word) => instead.get(word) ?? [word]), phrases);
  return { asked, instead: [...instead].map(([word, found]) => [word, found.join(" ")]) };
};

/** The words of the edition that a word is, in another spelling, or written as two. */
const otherSpelling = async (word) => {
  for (const [form, other] of SPELLINGS) {
    const spelling = fold(word).replace(form, other);
    if (spelling !== fold(word) && (await spelt(spelling)) === "whole") return [spelling];
  }
  return asTwo(word);
};

/** The two words of the edition that a word is made of, if it is. */
const asTwo = async (word) => {
  for (let cut = 3; cut <= word.length - 3; cut += 1) {
    const two = [word.slice(0, cut), word.slice(cut)];
    if ((await spelt(two[0])) === "whole" && (await spelt(two[1])) === "whole") return two;
  }
  return null;
};

/** What the edition also writes as two words, or as one, among words that are asked for: each with the other form. */
export const compounds = async (some) => {
  const found = [];
  for (const [at, word] of some.entries()) {
    const two = await asTwo(word);
    if (two) found.push([word, two.join(" ")]);
    const next = some[at + 1];
    if (next && (await spelt(word + next)) === "whole") found.push([`${word} ${next}`, word + next]);
  }
  return found;
};

/** The words of the edition that come nearest to one, the nearest and most used first; no two are forms of one. */
export const near = async (word, most = word.length < 6 ? 1 : word.length < 9 ? 2 : 3, least = 1) => {
  const folded = fold(word);
  const first = (other) => (other.folded[0] === folded[0] ? 1 : 0);
  const isSame = (one, other) => isForm(one, other) || isForm(other, one);
  return (await loadVocabulary())
    .filter((known) => known.count >= least && !isForm(known.folded, folded))
    .map((known) => ({ ...known, far: distance(folded, known.folded, most) }))
    .filter(({ far, folded: other }) => far <= most && far < other.length / 2)
    .sort((one, other) => one.far - other.far || first(other) - first(one) || other.count - one.count)
    .map(({ word: known }) => known)
    .filter((known, at, all) => !all.slice(0, at).some((earlier) => isSame(known, earlier)))
    .slice(0, 3);
};

/** How many letters have to be changed, added, dropped or swapped to make one word of the other. */
const distance = (one, other, most) => {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
      if (isSwapped) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row[other.length];
};
