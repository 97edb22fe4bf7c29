/*
 * The engine of the search: what is found for a query.
 *
 * Pagefind knows no more than words (all of which a passage has to hold) or one phrase, passes over words that stand
 * nowhere, and takes a shorter word for one that it does not have; the rest is made of several of its searches here.
 */
import { fetchText } from "../lib/fetched.js";
import { PAGE } from "./form.js";
import { SIGN, SPACE, asking, coded, isForm, parse, printed, tokens } from "./query.js";
import { APART, WIDE, compare, isLoose, isName, kindOf, orderOf, placeOf } from "./ranking.js";
import { compounds, knownWords, otherSpelling, spelledHere, spelt } from "./spelling.js";

const RANKING = {
  termSimilarity: 3, pageLength: 0.4, metaWeights: { title: 5, called: 1, heading: 0.1, names: 4, within: 0.1, also: 0.1 },
};
const FEW = 5; // results: of fewer, other spellings are looked for
const MANY = 5000; // results: of more, the engine would take too long over one word
const MOST = 0.45; // of what is asked for: a passage that holds less is not near
const NEAREST = 48; // passages that hold the most of words that none holds all of
const OTHER = 0.7; // of what a word counts, another word for it does
const NAME = 1.2; // what is taken as it stands counts more than another word
const EVEN = 0.01; // a difference that is none
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
  const given = parse(query);
  const withManual = filters.kind?.includes(APART) || given.wants.way;
  const ordered = async (found) => {
    const some = withManual ? found.results : found.results.filter(({ id }) => kindOf(id) !== APART);
    return { ...found, results: await inOrder(found, some), apart: found.results.length - some.length };
  };
  return lasting(answer(given, options).then(async (found) => {
    const made = await ordered(found);
    const come = made.results.length <= NEAREST && isLoose(made) ? await ordered(await open(await load(), made.asked, options, found)) : made;
    return come.results.length ? { ...come, instead: made.instead, nowhere: isName(come) } : made;
  }));
};

// Most searches do without.
const answering = () => import("./answering.js");
const otherWords = () => import("./others.js");

/** Results with the first of them ordered by what they are called. */
const inOrder = async ({ asked, others = [] }, results) => {
  if (!asked.all.length) return results;
  const { heldBy } = asked.isOpen ? await answering() : {};
  const head = await Promise.all(results.slice(0, asked.isOpen ? NEAREST : HEAD).map(async (result) => {
    const data = await result.data();
    const record = JSON.parse(data.anchors[0].id);
    const text = tokens(printed(data.content, record.printed).join(""));
    const held = heldBy?.(asked, record, text, orderOf(record.kind), result.seen);
    const [place] = [asked, ...others]
      .map((one) => placeOf(one, record, text, { ...result, isTogether: result.isTogether && one === (result.by ?? asked) }, held))
      .toSorted(compare);
    // A note is of the year of what it is about, and may tell of later ones.
    return { ...result, place, year: record.kind === "note" ? undefined : record.year };
  }));
  // Of those that hold as many of the words, the newest or the oldest comes first where that is asked for.
  const later = asked.wants.newest ? 1 : asked.wants.oldest ? -1 : 0;
  const most = Math.max(0, ...head.map(({ place }) => place.covered ?? 0));
  const when = ({ place, year }) => (later && year && place.covered >= most - EVEN ? later * year : -Infinity);
  const order = (one, other) => (when(one) === when(other) ? compare(one.place, other.place) : when(other) - when(one));
  return [...head.toSorted(order), ...results.slice(head.length)];
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
  if (asked.isOpen) {
    const come = await open(pagefind, asked, options, found);
    const other = come.unknown.length ? spelledHere(await vocabulary(), asked, come.unknown) : null;
    return other ? { ...(await answer(other.asked, options)), instead: other.instead } : come;
  }
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
    const added = more.results.flatMap((result) => (known.has(result.id) ? [] : [{ ...result, by: other }]));
    if (added.length) made.push(other);
    results.push(...added);
  }
  const isMixed = made.length > 0;
  const counts = () => (isMixed || found.tables.length > 1 ? recount(pagefind, results, isMixed ? null : found.tables) : found.tables[0]);
  // A part of what is found written as one word stands nowhere by itself, and is not missed.
  const isJoined = (word) => made.some(({ words: joined }) => joined.some((other) => other !== word && other.includes(word)));
  const unknown = (await unknownAmong(pagefind, asked, results)).filter((word) => !isJoined(word));
  if (unknown.length) return lacking(pagefind, asked, unknown, options);
  return { results, counts, unknown, asked, others: made, isTogether: found.isTogether };
};

/** What is found where words stand nowhere: for what they are here, else for the others if those are more. */
const lacking = async (pagefind, asked, unknown, options) => {
  const other = spelledHere(await vocabulary(), asked, unknown);
  if (other) return { ...(await answer(other.asked, options)), instead: other.instead };
  const said = (await formsHere(asked)).filter(({ word, forms }) => unknown.includes(word) && forms.length > 1);
  const missing = unknown.length - said.length;
  const known = asked.all.length - missing;
  const isSaid = !missing;
  const isMore = (known > missing || (known === missing && said.length)) && unknown.every((word) => asked.words.includes(word) || asked.phrases.some((phrase) => phrase.length === 1 && phrase[0] === word && !/\p{N}/u.test(word)));
  const come = isSaid || isMore ? await open(pagefind, asked, options) : { results: [] };
  if (isSaid) return { ...come, isNear: false, instead: said.map(({ word, forms }) => [word, forms.slice(1).map(({ text }) => text).join(", ")]) };
  return come.results.length ? come : { results: [], counts: () => new Map(), unknown, asked };
};

/**
 * What each word that is asked for is to this edition: itself, and what else it has for it, in another spelling or, which
 * counts less, in another word.  What is taken as it stands counts more than another word.
 */
const formsHere = async ({ all, phrases }) => {
  const [known, { alike, isFigure, otherForms: formsOf }] = await Promise.all([vocabulary(), otherWords()]);
  const names = new Set(phrases.flat());
  const isHere = (form) => form.split(" ").every((part) => spelt(known, part));
  return all.map((word, at) => {
    const two = compounds(known, [word]).map(([, other]) => other);
    const spelled = two.length ? [] : otherSpelling(known, word) ?? [];
    const same = [...new Set([word, ...spelled, ...two, ...formsOf(word).filter((form) => spelt(known, form) === "whole")])];
    const others = alike(word, all[at - 1]).filter(isHere).map((text) => ({ text, worth: isFigure(text) ? 1 : OTHER }));
    const forms = [...same.map((text) => ({ text, worth: 1 })), ...others];
    return { word, forms, weight: names.has(word) ? NAME : 1 };
  });
};

/** What answers an open query: what holds the most of it, in its words or in others for them. */
const open = async (pagefind, asked, options, { results } = { results: [] }) => {
  const all = await formsHere(asked);
  const doubtful = all.filter(({ forms }) => forms.length < 2).map(({ word }) => word);
  const unknown = await unknownAmong(pagefind, { ...asked, all: doubtful }, []);
  const known = all.filter(({ word }) => !unknown.includes(word));
  // What holds all words of a few is not mixed with what does not.
  const { near, rarity } = await nearest(pagefind, known, results, asked.isOpen || !results.length ? MOST : 1 - EVEN);
  const come = await under(options.filters, near);
  const { soughtOf } = await answering();
  const left = asked.words.filter((word) => !unknown.includes(word));
  const said = known.flatMap(({ forms }) => forms.flatMap(({ text }) => text.split(" "))); // whatever is found is marked
  const made = { ...asking(left, asked.phrases, asked.run, asked), isOpen: true, sought: soughtOf(known, rarity), said };
  return { results: come, counts: () => tally(come), unknown, asked: made, isNear: !results.length };
};

/** What is asked in other forms that this edition has: British and American, as one word and as two, in other words. */
const otherForms = async (asked) => {
  const [known, { alike, isFigure }] = await Promise.all([vocabulary(), otherWords()]);
  const closed = (some, run, isOther = false) => ({ ...asking(some, asked.phrases, run, asked), isOpen: false, isOther });
  const spelled = asked.words.flatMap((word) => otherSpelling(known, word) ?? [word]);
  const instead = ([word, other, isOther]) => {
    const changed = (some) => ` ${some.join(" ")} `.replace(` ${word} `, ` ${other} `).trim().split(" ");
    return closed(changed(asked.words), changed(asked.run), isOther);
  };
  const said = asked.words.flatMap((word, at) => alike(word, asked.words[at - 1])
    .filter((other) => spelt(known, other) === "whole").map((other) => [word, other, !isFigure(other)]));
  return [
    ...(spelled.join(" ") === asked.words.join(" ") ? [] : [closed(spelled)]),
    ...[...compounds(known, asked.words), ...said].map(instead),
  ];
};

/**
 * Passages that hold the most of several words, each in one of its forms, the rarer a word and the more a passage is
 * about it the more it counts; `most` of all that at least, and `before` all others those that hold them all.  With them,
 * how rare each word is.
 */
const nearest = async (pagefind, sought, before, most) => {
  const found = new Map(before.map((result) => [result.id, { ...result, share: Infinity, held: sought.length * 2 }])); // more than any that lacks a word
  const rarity = [];
  for (const [at, { forms, weight }] of sought.entries()) {
    const best = new Map(); // what holds one of its forms
    let own = 0; // how many of those hold the word itself
    for (const { text, worth } of forms) {
      const { results } = await pagefind.search(coded(text));
      if (worth === 1) own += results.length;
      if (results.length > MANY) continue;
      for (const result of results) {
        const score = result.score / results[0].score;
        const known = best.get(result.id);
        best.set(result.id, { result, score: Math.max(score, known?.score ?? 0), places: [...result.words, ...(known?.places ?? [])] });
      }
    }
    const rare = best.size ? weight / Math.log2(4 + (own || best.size)) : 0;
    rarity.push(rare);
    for (const [id, { result, score, places }] of best) {
      const known = found.get(id) ?? { ...result, kept: result, share: 0, held: 0, words: [], rest: [] };
      known.seen = [...(known.seen ?? []), at];
      known.share += rare;
      known.held += rare * (1 + score) * (WIDE.has(kindOf(id)) ? 0.7 : 1);
      known.rest.push(...places);
      found.set(id, known);
    }
  }
  const whole = rarity.reduce((all, one) => all + one, 0);
  const near = [...found.values()]
    .filter(({ share }) => share >= whole * most)
    .toSorted((one, other) => other.held - one.held || other.score - one.score)
    .slice(0, NEAREST);
  return { near, rarity };
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
