/*
 * The engine of the search: what is found for a query.
 *
 * The index (index.js) tells which passages hold all of some words, or a phrase; the rest is made of several of its
 * searches here.
 */
import { openIndex } from "./index.js";
import { SIGN, asking, parse, printed, tokens } from "./query.js";
import { APART, CALLED, WIDE, compare, isLoose, isName, orderOf, placeOf } from "./ranking.js";
import { compounds, otherSpelling, spelledHere, spelt } from "./spelling.js";

const FEW = 5; // results: of fewer, other spellings are looked for
const SEVERAL = 3; // words: of so many, a long text may hold each by chance
const MANY = 5000; // results: of more, the engine would take too long over one word
const MOST = 0.45; // of what is asked for: a passage that holds less is not near
const LEAST = 0.2; // of it, where a question finds nothing that holds more
const NEAREST = 48; // passages that hold the most of words that none holds all of
const OTHER = 0.7; // of what a word counts, another word for it does
const NAME = 1.2; // what is taken as it stands counts more than another word
const EVEN = 0.01; // a difference that is none
const HEAD = 24; // results that are put in order by what they are called; of the others the engine's order stays

let opened; // promised at the first search
/** The index; if it cannot be had, the next search asks anew. */
export const load = () => (opened ??= openIndex().catch(forget));
const forget = (error) => {
  opened = undefined;
  throw error;
};

/** The words that the edition has. */
export const vocabulary = async () => (await load()).known;

/* Finding ----------------------------------------------------------------------------------------------------------- */

/**
 * What is found for a query: results, the best first (ranking.js says what that is); `counts`, which gives how many
 * there are by filter; the words that stand nowhere; those that are searched `instead` of words that are spelt
 * otherwise here; whether results only come near (`isNear`), since no passage holds all words; whether all hold the
 * words of a name, but `nowhere` together; how many stand `apart`, in the pages for those who write.  Of a result,
 * `words` are the places of what was asked for, and `rest` those where the engine sees something of it.
 */
export const find = async (query, filters = {}) => {
  const parsed = parse(query);
  const withManual = filters.kind?.includes(APART) || Boolean(parsed.wants.way);
  const given = { ...parsed, wants: { ...parsed.wants, manual: withManual } };
  const ordered = async (found) => {
    const some = withManual ? found.results : found.results.filter(({ kind }) => kind !== APART);
    const results = await inOrder(found, some.length ? some : found.results);
    // Who writes just the name of one of the pages apart, and finds nothing else, has asked for it.
    const shown = some.length ? results : results.filter(({ place }) => place?.rank === CALLED);
    return { ...found, results: shown, apart: found.results.length - shown.length };
  };
  const seek = async () => {
    const index = await load();
    const allowed = await index.allowedBy(filters);
    const found = await answer(index, given, allowed);
    const made = await ordered(found);
    const come = made.results.length <= NEAREST && isLoose(made) ? await ordered(await open(index, made.asked, allowed, found)) : made;
    return come.results.length ? { ...come, instead: made.instead, nowhere: isName(come) } : made;
  };
  return seek().catch(forget);
};

// Most searches do without.
const answering = () => import("./answering.js");
const otherWords = () => import("./others.js");

/** Results with the first of them ordered by what they are called. */
const inOrder = async ({ asked, others = [] }, results) => {
  if (!asked.all.length) return results;
  const { heldBy } = asked.isOpen ? await answering() : {};
  const head = await Promise.all(results.slice(0, asked.isOpen ? NEAREST : HEAD).map(async (result) => {
    const record = await recordOf(result);
    const text = tokens(printed(record.content, record.printed).join(""));
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

/** What holds all that is asked, the best first by the index's score. */
const holding = async (index, asked, allowed) => {
  const { words: some } = asked;
  const ranked = await index.search(asked.all, allowed);
  const phrases = await Promise.all(asked.phrases.map((phrase) => index.phrase(phrase, allowed)));
  // Words that stand together count double; one word alone counts more than longer words that begin with it.
  const favoured = asked.run.length && ranked.length < MANY ? await index.phrase(asked.run, allowed) : new Map();
  const weight = (id) => (favoured.has(id) ? 2 : asked.run.length === 1 && favoured.size ? 0.4 : 1);
  const results = ranked
    .filter(({ id }) => phrases.every((found) => found.has(id)))
    .map((result) => ({
      ...result,
      isTogether: asked.run.length > 1 && favoured.has(result.id),
      score: result.score * weight(result.id),
      words: [...phrases, ...(asked.run.length > 1 ? [favoured] : [])].flatMap((found) => found.get(result.id) ?? []),
      rest: some.length ? result.words : [], // of a query that is all phrases no word is marked by itself
    }))
    .toSorted((one, other) => other.score - one.score);
  return { results, phrases, isTogether: favoured.size > 0 };
};

const answer = async (index, asked, allowed) => {
  if (!asked.all.length) {
    const results = index.all(allowed);
    return { results, counts: () => index.counts(results), unknown: [], asked };
  }
  const { words: some } = asked;
  const { results, phrases, isTogether } = await holding(index, asked, allowed);
  if (asked.isOpen) {
    const come = await open(index, asked, allowed, { results });
    const other = come.unknown.length ? spelledHere(index.known, asked, come.unknown) : null;
    return other ? { ...(await answer(index, other.asked, allowed)), instead: other.instead } : come;
  }
  for (const [at, phrase] of asked.phrases.entries()) {
    // What is taken as it stands and stands nowhere may be the beginning of a word that is still being typed.
    if (phrase.length > 1 || phrases[at].size || spelt(index.known, phrase[0]) !== "begun") continue;
    return answer(index, asking([...some, phrase[0]], asked.phrases.filter((other) => other !== phrase), asked.run), allowed);
  }
  const others = results.length < FEW ? await otherForms(index, asked) : [];
  const made = []; // of these, what was found by another spelling too
  for (const other of others) {
    const more = await holding(index, other, allowed);
    const known = new Set(results.map(({ id }) => id));
    const added = more.results.flatMap((result) => (known.has(result.id) ? [] : [{ ...result, by: other }]));
    if (added.length) made.push(other);
    results.push(...added);
  }
  // A part of what is found written as one word stands nowhere by itself, and is not missed.
  const isJoined = (word) => made.some(({ words: joined }) => joined.some((other) => other !== word && other.includes(word)));
  const unknown = (await unknownAmong(index, asked, results)).filter((word) => !isJoined(word));
  if (unknown.length) return lacking(index, asked, unknown, allowed);
  return { results, counts: () => index.counts(results), unknown, asked, others: made, isTogether };
};

/** What is found where words stand nowhere: for what they are here, else for the others if those are more. */
const lacking = async (index, asked, unknown, allowed) => {
  const other = spelledHere(index.known, asked, unknown);
  if (other) return { ...(await answer(index, other.asked, allowed)), instead: other.instead };
  const said = (await formsHere(index, asked)).filter(({ word, forms }) => unknown.includes(word) && forms.length > 1);
  const missing = unknown.length - said.length;
  const known = asked.all.length - missing;
  const isSaid = !missing;
  const isMore = (known > missing || (known === missing && said.length)) && unknown.every((word) => asked.words.includes(word) || asked.phrases.some((phrase) => phrase.length === 1 && phrase[0] === word && !/\p{N}/u.test(word)));
  const come = isSaid || isMore ? await open(index, asked, allowed) : { results: [] };
  if (isSaid) return { ...come, isNear: false, instead: said.map(({ word, forms }) => [word, forms.slice(1).map(({ text }) => text).join(", ")]) };
  return come.results.length ? come : { results: [], counts: () => new Map(), unknown, asked };
};

/**
 * What each word that is asked for is to this edition: itself, and what else it has for it, in another spelling or, which
 * counts less, in another word.  What is taken as it stands counts more than another word.
 */
const formsHere = async ({ known }, { all, phrases }) => {
  const { alike, isFigure, otherForms: formsOf } = await otherWords();
  const names = new Set(phrases.flat());
  const isHere = (form) => form.split(" ").every((part) => spelt(known, part));
  return all.map((word, at) => {
    const two = compounds(known, [word]).map(([, other]) => other);
    const spelled = two.length ? [] : otherSpelling(known, word) ?? [];
    const same = [...new Set([word, ...spelled, ...two, ...formsOf(word).filter((form) => spelt(known, form) === "whole")])];
    const others = alike(word, all[at - 1], all[at + 1]).filter(isHere).map((text) => ({ text, worth: isFigure(text) ? 1 : OTHER }));
    const forms = [...same.map((text) => ({ text, worth: 1 })), ...others];
    return { word, forms, weight: names.has(word) ? NAME : 1 };
  });
};

/** What answers an open query: what holds the most of it, in its words or in others for them. */
const open = async (index, asked, allowed, { results } = { results: [] }) => {
  const all = await formsHere(index, asked);
  const doubtful = all.filter(({ forms }) => forms.length < 2).map(({ word }) => word);
  const unknown = await unknownAmong(index, { ...asked, all: doubtful }, []);
  const known = all.filter(({ word }) => !unknown.includes(word));
  // What holds all words of a few is not mixed with what does not, but where only long texts do, in any place.
  const isAllWanted = !asked.isOpen && results.some(({ kind }) => asked.all.length < SEVERAL || !WIDE.has(kind));
  const { near, rarity } = await nearest(index, known, { results, allowed, most: isAllWanted ? 1 - EVEN : MOST, isOpen: asked.isOpen, withManual: asked.wants.manual });
  const { soughtOf } = await answering();
  const left = asked.words.filter((word) => !unknown.includes(word));
  const said = known.flatMap(({ forms }) => forms.flatMap(({ text }) => text.split(" "))); // whatever is found is marked
  const made = { ...asking(left, asked.phrases, asked.run, asked), isOpen: true, sought: soughtOf(known, rarity), said };
  return { results: near, counts: () => index.counts(near), unknown, asked: made, isNear: !results.length };
};

/** What is asked in other forms that this edition has: British and American, as one word and as two, in other words. */
const otherForms = async ({ known }, asked) => {
  const { alike, isFigure } = await otherWords();
  const closed = (some, run, isOther = false) => ({ ...asking(some, asked.phrases, run, asked), isOpen: false, isOther });
  const spelled = asked.words.flatMap((word) => otherSpelling(known, word) ?? [word]);
  const instead = ([word, other, isOther]) => {
    const changed = (some) => ` ${some.join(" ")} `.replace(` ${word} `, ` ${other} `).trim().split(" ");
    return closed(changed(asked.words), changed(asked.run), isOther);
  };
  const said = asked.words.flatMap((word, at) => alike(word, asked.words[at - 1], asked.words[at + 1])
    .filter((other) => spelt(known, other) === "whole").map((other) => [word, other, !isFigure(other)]));
  return [
    ...(spelled.join(" ") === asked.words.join(" ") ? [] : [closed(spelled)]),
    ...[...compounds(known, asked.words), ...said].map(instead),
  ];
};

/** What holds a word in one of its forms, by its id, and how much holds the word itself. */
const inOneForm = async (index, forms) => {
  const best = new Map();
  let own = 0;
  for (const { text, worth } of forms) {
    const parts = tokens(text);
    const results = await index.search(parts, null, worth < 1);
    if (worth === 1) own += results.length;
    if (results.length > MANY) continue;
    for (const result of results) {
      const score = result.score / results[0].score;
      const known = best.get(result.id);
      const isSeen = known?.isSeen || parts.length === 1; // of several, each may stand elsewhere
      best.set(result.id, { result, isSeen, score: Math.max(score, known?.score ?? 0), places: [...result.words, ...(known?.places ?? [])] });
    }
  }
  return { best, own };
};

/**
 * Passages that hold the most of several words, each in one of its forms, the rarer a word and the more a passage is
 * about it the more it counts; `most` of all that at least, and before all others the `results` that hold them all.  With
 * them, how rare each word is; one that stands nowhere in what is searched is not missed.
 */
const nearest = async (index, sought, { results: before, allowed, most, isOpen, withManual }) => {
  const found = new Map(before.map((result) => [result.id, { ...result, share: Infinity, held: sought.length * 2 }])); // more than any that lacks a word
  const rarity = [];
  for (const [at, { forms, weight }] of sought.entries()) {
    const { best, own } = await inOneForm(index, forms);
    const isHere = [...best.values()].some(({ result }) => withManual || result.kind !== APART);
    const rare = isHere ? weight / Math.log2(4 + (own || best.size)) : 0;
    rarity.push(rare);
    for (const [id, { result, isSeen, score, places }] of best) {
      const known = found.get(id) ?? { ...result, share: 0, held: 0, words: [], rest: [] };
      if (isSeen) known.seen = [...(known.seen ?? []), at];
      known.share += rare;
      known.held += rare * (1 + score) * (WIDE.has(result.kind) ? 0.7 : 1);
      known.rest.push(...places);
      found.set(id, known);
    }
  }
  const whole = rarity.reduce((all, one) => all + one, 0);
  const some = [...found.values()].filter(({ id }) => !allowed || allowed[id]);
  const least = whole * (!isOpen || some.some(({ share }) => share >= whole * most) ? most : LEAST);
  const near = some
    .filter(({ share }) => share >= least)
    .toSorted((one, other) => other.held - one.held || other.score - one.score)
    .slice(0, NEAREST);
  return { near, rarity };
};

/** The words of a query that stand nowhere. */
const unknownAmong = async (index, { all, words: some, phrases }, results) => {
  // Signs that are written together are told of together.
  const unspaced = phrases.filter((phrase) => phrase.length > 1 && phrase.every((sign) => SIGN.test(sign)));
  const sizes = results.length ? [] : await Promise.all(unspaced.map(async (phrase) => (await index.phrase(phrase)).size));
  const isHere = (word) => (some.includes(word) ? index.longer(word) : index.same(word)).length > 0;
  const told = new Set(unspaced.flat());
  return [
    ...unspaced.filter((_, at) => sizes[at] === 0).map((phrase) => phrase.join("")),
    ...new Set(all.filter((word) => !told.has(word) && !isHere(word))),
  ];
};

/** The record that a result is. */
export const recordOf = async ({ id }) => (await load()).record(id);
/** The values that a filter has. */
export const valuesOf = async (name) => (await load()).valuesOf(name);
