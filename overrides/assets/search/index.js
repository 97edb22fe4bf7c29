/*
 * The index: what macros/site/postings.py has written, of which a search loads what it needs.
 *
 * How much a record is about a word is told by BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework",
 * 2009): the more, the rarer the word is and the more of it stands there, in each of its fields; but ever less for each
 * further time, and less in a long text.
 */
import { fetchPacked } from "../lib/fetched.js";
import { PAGE } from "./form.js";
import { partsIn, placeIn, postingsIn, runsFrom, starts, stemOf, together } from "./postings.js";
import { bare, formOf } from "./query.js";

/** What a word counts in the fields of a record; in the text it counts as that weighs. */
const WORTH = { title: 20, heading: 0.1, called: 1, names: 4, within: 0.1, also: 0.1 };
const HALF = 3; // what a word counts where half of the most is reached
const BY_LENGTH = 0.4; // of that, what lies in how long a text is
const LONGER = 0.5; // of what a word counts, for each letter that a longer one has more
const FORMS = 100; // longer words that are looked for, where many begin with what is asked for

const once = (get) => {
  const made = new Map();
  return (key) => made.get(key) ?? made.set(key, get(key)).get(key);
};
const file = (path, mayChange) => fetchPacked(new URL(path, PAGE).href, mayChange);
/** About what a number is that is told by one sign, of which there are so many from a number to its double. */
const numberOf = (sign, steps) => Math.round(2 ** ((sign.charCodeAt(0) - 48) / steps) - 1);
const textIn = (bytes) => new TextDecoder().decode(bytes);

/** The words of an index: which there are, and which of them are forms of a word. */
const dictionaryOf = ({ terms: told, stems: reductions, spelled, counts: levels }) => {
  const spellings = new Map(Object.entries(spelled)); // a word may be named like a property of any object
  const terms = told.split(" ");
  const stems = reductions.split(" ").map((reduction, at) => stemOf(terms[at], reduction)); // in order
  const counts = Array.from(levels, (sign) => numberOf(sign, 2));
  const placeOf = new Map(terms.map((term, at) => [term, at]));
  const begun = (stem) => {
    const found = [];
    for (let at = placeIn(stems, stem); stems[at]?.startsWith(stem); at += 1) found.push(at);
    return found;
  };
  /** The forms of a word, by their places: those of its stem, or of one that stands nowhere those that are like it. */
  const same = (word) => {
    const own = bare(word);
    const stem = stems[placeOf.get(own)];
    if (stem !== undefined) return begun(stem).filter((at) => stems[at] === stem);
    const isForm = formOf(word);
    return [...terms.keys()].filter((at) => isForm(terms[at]) && formOf(terms[at])(own));
  };
  /** A word's forms and the longer words that begin as it does, by their places, each with what it is worth. */
  const longer = (word) => {
    const own = bare(word);
    const stem = stems[placeOf.get(own)];
    const isForm = formOf(word);
    const found = stem === undefined ? [...terms.keys()].filter((at) => terms[at].startsWith(own) || isForm(terms[at])) : begun(stem);
    const more = (at) => Math.max(0, stem === undefined ? terms[at].length - own.length : stems[at].length - stem.length);
    return found.map((at) => ({ at, worth: LONGER ** more(at) }))
      .toSorted((one, other) => other.worth - one.worth || counts[other.at] - counts[one.at]).slice(0, FORMS);
  };
  return { same, longer, known: terms.map((term, at) => ({ word: spellings.get(term) ?? term, folded: term, count: counts[at] })) };
};

/** Open the index: a promise of what can be asked of it. */
export const openIndex = async () => {
  const head = JSON.parse(textIn(await file("index.idx", true)));
  const size = head.kinds.length;
  const kindOf = (id) => head.names[head.kinds.charCodeAt(id) - 97];
  const lengths = Array.from(head.lengths, (sign) => numberOf(sign, 4));
  const average = lengths.reduce((all, one) => all + one, 0) / size;

  /* Words ----------------------------------------------------------------------------------------------------------- */

  const { known, same, longer } = dictionaryOf(head);
  const text = head.fields.indexOf("text");
  const worth = (id, field) => (field === text ? Number(head.weights[id]) / 2 : WORTH[head.fields[field]]);
  const shelves = starts(head.shelves);
  const shelf = once((number) => file(`${head.mark}/words/${number}.idx`).then(partsIn));
  const postings = once(async (at) => {
    const number = placeIn(shelves, at + 1) - 1;
    return postingsIn((await shelf(number))[at - shelves[number]]);
  });

  /**
   * What holds a word in one of its forms, or a longer word where it is not `isWhole`: by record, the score of that and
   * the places in the text.
   */
  const holding = async (word, allowed, isWhole) => {
    const forms = isWhole ? same(word).map((at) => ({ at, worth: 1 })) : longer(word);
    const all = await Promise.all(forms.map(({ at }) => postings(at)));
    const found = new Map();
    for (const [number, form] of forms.entries()) {
      for (const { record, field, places } of all[number]) {
        if (!found.has(record)) found.set(record, { much: 0, places: [] });
        const one = found.get(record);
        one.much += form.worth * places.length * worth(record, field);
        if (field === text) one.places.push(...places);
      }
    }
    const rarity = Math.log(1 + (size - found.size + 0.5) / (found.size + 0.5));
    for (const [record, one] of found) {
      const half = HALF * (1 - BY_LENGTH + (BY_LENGTH * lengths[record]) / average);
      one.score = (rarity * one.much) / (one.much + half);
      if (allowed && !allowed[record]) found.delete(record);
    }
    return found;
  };

  /** What holds all of some words, each in one of its forms or, unless they are whole, as the beginning of one, the best first. */
  const search = async (words, allowed, areWhole = false) => {
    const all = await Promise.all(words.map((word) => holding(word, allowed, areWhole)));
    const [fewest, ...others] = all.toSorted((one, other) => one.size - other.size);
    const found = [];
    for (const [id, one] of fewest) {
      const here = [one, ...others.map((other) => other.get(id))];
      if (!here.every(Boolean)) continue;
      const score = here.reduce((sum, each) => sum + each.score, 0);
      found.push({ id, kind: kindOf(id), score, words: here.flatMap(({ places }) => places) });
    }
    return found.toSorted((one, other) => other.score - one.score || one.id - other.id);
  };

  /** What holds words one behind the other, each in one of its forms: by record, their places in the text. */
  const phrase = async (words, allowed) => {
    const all = await Promise.all(words.map(async (word) => (await Promise.all(same(word).map(postings))).flat()));
    return new Map([...together(all, text)].filter(([id]) => !allowed || allowed[id]));
  };

  /* Records --------------------------------------------------------------------------------------------------------- */

  const pack = once((number) => file(`${head.mark}/records/${number}.idx`).then((bytes) => JSON.parse(textIn(bytes))));
  const record = async (id) => ({ ...(await pack(Math.floor(id / head.beside)))[id % head.beside], kind: kindOf(id) });
  const all = (allowed) => Array.from(head.kinds, (_, id) => ({ id, kind: kindOf(id), score: 0, words: [] })).filter(({ id }) => !allowed || allowed[id]);

  /** What each value of each filter lets through, promised: runs of records. */
  const filters = once(async () => {
    const told = JSON.parse(textIn(await file(`${head.mark}/filters.idx`)));
    return new Map(Object.entries(told).map(([filter, values]) =>
      [filter, new Map(Object.entries(values).map(([value, steps]) => [value, runsFrom(steps)]))]));
  });
  /** Which records have, of each filter for which values are chosen, one of these: a number by record; or null for all. */
  const allowedBy = async (chosen) => {
    const some = Object.entries(chosen).filter(([, values]) => values.length);
    if (!some.length) return null;
    const through = await filters();
    const passed = new Uint8Array(size);
    for (const [name, values] of some) {
      const here = new Uint8Array(size);
      for (const value of values) for (const [start, end] of through.get(name)?.get(value) ?? []) here.fill(1, start, end);
      for (let id = 0; id < size; id += 1) passed[id] += here[id];
    }
    return passed.map((times) => (times === some.length ? 1 : 0));
  };
  /** How many of some results have each value of each filter. */
  const counts = async (results) => {
    const isFound = new Uint8Array(size);
    for (const { id } of results) isFound[id] = 1;
    const before = starts(isFound);
    const within = (runs) => runs.reduce((sum, [start, end]) => sum + before[end] - before[start], 0);
    return new Map([...(await filters())].map(([name, values]) => [name, new Map([...values].map(([value, runs]) => [value, within(runs)]))]));
  };

  return { known, same, longer, search, phrase, all, record, allowedBy, counts, valuesOf: async (name) => [...(await filters()).get(name).keys()] };
};
