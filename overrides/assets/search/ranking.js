/*
 * The order of results, which can be told in a sentence: what is called so comes first, then what has all the words in
 * its name, then what holds them together, then what holds them all; among equals what the edition is about comes
 * before what leads there, and then the engine's own score counts.
 *
 * Text alone, no page and no index.
 */
import { SIGN, bare, isDay, isForm, meant, tokens } from "./query.js";
import { distance } from "./spelling.js";

/** The pages for those who write: shown to those who ask for them. */
export const APART = "manual";

/** The paragraphs of a commentary. */
export const COMMENTARY = "commentary";

const WELL = 0.6; // how much of a query a record has to hold for that
const FITS = 0.4; // how much more a record holds of an open query that is of a kind which is wanted

/** Kinds in the order in which they come of those that are called the same. */
const ORDER = ["words", "document", "thread", "person", "summary", "note", "term", "commentary", "page", "event", "source", "manual"];

/** How many kinds come before one. */
export const orderOf = (kind) => ORDER.indexOf(kind);

/** How results are ranked, from the best. */
export const CALLED = 0;
export const NAMED = 1;
export const TOGETHER = 2;
export const HELD = 3; // of an open query: by how much of it is held
export const SURMISED = 4; // some of the words are not printed there: readers ask so for what it tells

/** Kinds that lead to what the edition is about: they come first by their names alone. */
export const WIDE = new Set(["page", "thread", "document", "source", "event", "manual"]); // long, or about much

const isLike = (one, other) => isForm(one, other) || isForm(other, one) || (one.length > 6 && distance(bare(one), bare(other), 1) < 2);
const has = (some, word) => some.some((one) => isLike(one, word));
const holds = (some, others) => others.length > 0 && others.every((one) => has(some, one));
const isSame = (some, others) => holds(some, others) && holds(others, some);
const begins = (some, others) => others.length > 0 && others.every((one, at) => at < some.length && has([some[at]], one));

/** Kinds that lead elsewhere, whatever they are called. */
const LEADING = new Set(["source", "event"]);
/** Kinds that are called by their day. */
const DATED = new Set(["document", "event"]);
/** Kinds that answer what is wanted: what a thing is, or who somebody is; what somebody said; where it was. */
const ANSWERING = new Map([["term", ["term", "person"]], ["said", ["words", "summary", "commentary"]], ["place", ["document", "event"]], ["way", ["page", "manual"]]]);
const isWanted = (wants, kind) => [...ANSWERING].some(([name, kinds]) => wants[name] && kinds.includes(kind));

/** Whether a name is just what was written, small words and all, if there are any: as a number. */
const isJust = (names, { all, run }) =>
  Number(run.length > all.length && names.some((name) => bare(tokens(name).join(" ")) === bare(run.join(" "))));

/** Whether a record is called what is asked for: by a title or another name, a document by how that begins, by a day. */
const isCalled = ({ all: words, wants }, { kind, names = [] }, [name, ...others]) => {
  if (kind !== "words" && [name, ...others].some((one) => isSame(one, meant(words)))) return true;
  // Titles of documents are long, and readers know how they begin.
  if ((kind === "document" || (wants.term && isWanted(wants, kind))) && begins(name, words)) return true;
  return DATED.has(kind) && names.length > 0 && isDay(words) && holds(tokens(names[0]), words);
};

/** How a record answers what is asked by its names alone: `rank`, and whether one of them `opens` with that. */
const named = (asked, record, text) => {
  const words = asked.all;
  const { kind, title, called = [] } = record;
  // Asked what something is, no note answers that is only of a kind called so.
  const names = [title, ...(asked.wants.term && kind === "note" ? [] : called)];
  const [name, ...others] = names.map((one) => meant(tokens(one)));
  if (isCalled(asked, record, [name, ...others])) return { rank: CALLED, opens: true, share: isJust(names, asked) };
  const { rank, share, isOwn } = around(asked, record, [name, ...others], text);
  if (rank) return { rank, opens: false, share };
  // A document's own words count by their heading, which is ours, only where they say some of it themselves.
  const isSaid = kind !== "words" || words.some((word) => has(text, word));
  if (share < 1 || !isOwn || !isSaid || LEADING.has(kind)) return { rank: HELD, opens: false };
  return { rank: NAMED, opens: begins(name, words) || holds(words, name) };
};

/**
 * What `share` of the words asked for stands in a record's names and around them, and whether some of it is its own. By
 * its `answers` alone it is found last: those are not printed there.
 */
const around = ({ all: words }, record, [name, ...others], text) => {
  const { kind, group = "", kin = [], names = [], answers = [] } = record;
  // Of other names, one counts if all of it is asked for, or if it begins with what is asked for.
  const counts = (one) => kind === "person" || holds(words, one) || begins(one, words);
  const own = [...name, ...[...others, ...kin.map((one) => meant(tokens(one)))].filter(counts).flat()];
  const printed = [...own, ...[group, ...names].flatMap(tokens)];
  const shareOf = (some) => words.filter((word) => has(some, word)).length / words.length;
  const isPrinted = !answers.length || words.every((word) => has(printed, word) || has(text, word));
  if (isPrinted) return { share: shareOf(printed), isOwn: words.some((word) => has(own, word)) };
  return { rank: SURMISED, share: shareOf([...printed, ...answers.flatMap(tokens)]) };
};

/** Whether words that stand together in a record are told of there: an event is a passage where its title holds them. */
const isPassage = ({ all }, { kind, title }) => !WIDE.has(kind) || (kind === "event" && holds(tokens(title), all));

/**
 * What a result's place among others is told by; `isTogether` says that the words stand together in it, `held` how much
 * of an open query it holds (answering.js).
 */
export const placeOf = (asked, record, text, { score, isTogether }, held) => {
  // Quotation marks ask for somebody's words.
  const isQuoted = asked.isQuoted && (record.kind === "words" || record.kind === COMMENTARY);
  const { rank, opens, share = 0 } = isQuoted ? { rank: NAMED, opens: true } : named(asked, record, text);
  const { isOther, wants } = asked;
  // A number, or what is newest, is told in a text, whatever is called as it is asked for.
  if (held && (rank > CALLED || wants.number || wants.newest)) {
    const fits = isWanted(wants, record.kind) && held.covered > WELL ? FITS : 0;
    return { rank: HELD, opens: false, kind: 0, weight: 0, share: held.share + fits, covered: held.covered, score };
  }
  const isTaken = rank === HELD && isTogether && isPassage(asked, record);
  const isNamed = rank <= NAMED;
  return {
    rank: isOther && rank > CALLED ? SURMISED : isTaken ? TOGETHER : rank,
    opens,
    kind: isQuoted || isWanted(wants, record.kind) ? -2 : isNamed ? orderOf(record.kind) : -1,
    weight: isNamed ? record.weight : 0,
    share,
    score,
  };
};

/** Which of two places comes first. */
export const compare = (one, other) =>
  one.rank - other.rank || other.share - one.share || other.opens - one.opens || one.kind - other.kind ||
  other.weight - one.weight || other.score - one.score;

/**
 * Whether words were found which nothing is called, which nothing holds together, and which are told of no document:
 * what is about them may be another passage.  Signs of an unspaced script are no words by themselves.
 */
export const isLoose = ({ asked: { all, words: some, isOpen, isQuoted }, results: [first], unknown }) => {
  const isSeveral = all.length > 1 && some.length > 0 && !all.some((word) => SIGN.test(word));
  const isAnswered = first?.place?.rank <= TOGETHER || first?.kind === "document";
  return isSeveral && !isOpen && !isQuoted && !unknown.length && !isAnswered;
};

/** Whether a name was asked for that nothing holds as it was written. */
export const isName = ({ asked: { run }, isNear, isTogether }) =>
  run.length > 1 && run.every((word) => /^[\p{Lu}\p{N}]/u.test(word)) && !isNear && !isTogether;

/**
 * Records that say the same clause in several documents as one card: the first of them leads it, and the others are
 * its wordings, in the order of their years.
 */
export const cardsOf = (records) => {
  const cards = new Map();
  for (const record of records) {
    const key = record.clause || record;
    if (cards.has(key)) cards.get(key).push(record);
    else cards.set(key, [record]);
  }
  return [...cards.values()].map(([lead, ...wordings]) => ({
    lead,
    wordings: wordings.toSorted((one, other) => (one.year ?? 0) - (other.year ?? 0)),
  }));
};
