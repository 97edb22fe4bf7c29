/*
 * The order of results, which can be told in a sentence: what is called so comes first, then what has all the words in
 * its name, then what holds them together, then what holds them all; among equals what the edition is about comes
 * before what leads there, and then the engine's own score counts.
 *
 * Text alone, no page and no index.
 */
import { bare, isForm, meant, tokens } from "./query.js";
import { distance } from "./spelling.js";

/** The kinds of record as the index numbers them, by a letter of each result's id (macros/site/pagefind.py). */
const KINDS = ["words", "commentary", "summary", "note", "thread", "document", "person", "term", "source", "event", "page", "manual"];
/** The pages for those who write: shown to those who ask for them. */
export const APART = "manual";
export const kindOf = (id) => (id.includes("_") ? "" : KINDS[id.charCodeAt(3) - 97]);

/** Kinds in the order in which they come of those that are called the same. */
const ORDER = ["words", "document", "thread", "person", "summary", "note", "term", "commentary", "page", "event", "source", "manual"];

/** How results are ranked, from the best. */
export const CALLED = 0;
export const NAMED = 1;
export const NEARLY = 2; // most of the words of a question stand in its name
export const TOGETHER = 3;
export const HELD = 4;
export const SURMISED = 5; // some of the words are not printed there: readers ask so for what it tells

const ENOUGH = 0.6; // of the words of a question

/** Kinds that lead to what the edition is about: they come first by their names alone. */
export const WIDE = new Set(["page", "thread", "document", "source", "event", "manual"]); // long, or about much
const LIGHT = new Set(["page", "source", "event", "manual"]);

const isLike = (one, other) => isForm(one, other) || isForm(other, one) || (one.length > 6 && distance(bare(one), bare(other), 1) < 2);
const has = (some, word) => some.some((one) => isLike(one, word));
const holds = (some, others) => others.length > 0 && others.every((one) => has(some, one));
const isSame = (some, others) => holds(some, others) && holds(others, some);
const begins = (some, others) => others.length > 0 && others.every((one, at) => at < some.length && has([some[at]], one));

/** Kinds that lead elsewhere, whatever they are called. */
const LEADING = new Set(["source", "event"]);

/** How a record answers what is asked by its names alone: `rank`, and whether one of them `opens` with that. */
const named = (asked, record, text) => {
  const words = asked.all;
  const { kind, title, called = [] } = record;
  const name = meant(tokens(title));
  const others = called.map((one) => meant(tokens(one)));
  const opens = begins(name, words);
  const isDocument = kind === "document"; // titles of documents are long, and readers know how they begin
  if (kind !== "words" && [name, ...others].some((one) => isSame(one, words))) return { rank: CALLED, opens: true };
  if (isDocument && opens) return { rank: CALLED, opens: true };
  const { rank, share, isOwn } = around(asked, record, [name, ...others], text);
  if (rank) return { rank, opens: false, share };
  // A document's own words count by their heading, which is ours, only where they say some of it themselves.
  const isSaid = kind !== "words" || words.some((word) => has(text, word));
  if (!isOwn || !isSaid || LEADING.has(kind)) return { rank: HELD, opens: false };
  if (share === 1) return { rank: NAMED, opens };
  return asked.isQuestion && share >= ENOUGH ? { rank: NEARLY, opens: [name, ...others].some((one) => holds(words, one)), share } : { rank: HELD, opens: false };
};

/**
 * What `share` of the words asked for stands in a record's names and around them, and whether some of it is its own. To
 * a question its `answers` count as well; to others they are words that are not printed there, which rank last.
 */
const around = ({ all: words, isQuestion }, { group = "", kin = [], names = [], answers = [] }, [name, ...others], text) => {
  // Of other names, one counts if all of it is asked for, or if it begins with what is asked for.
  const counts = (one) => holds(words, one) || begins(one, words);
  const own = [...name, ...[...others, ...kin.map((one) => meant(tokens(one)))].filter(counts).flat()];
  const printed = [...own, ...[group, ...names].flatMap(tokens)];
  const told = [...printed, ...answers.flatMap(tokens)];
  const shareOf = (some) => words.filter((word) => has(some, word)).length / words.length;
  if (isQuestion) return { share: shareOf(told), isOwn: answers.length > 0 || words.some((word) => has(own, word)) };
  const isPrinted = !answers.length || words.every((word) => has(printed, word) || has(text, word));
  return isPrinted ? { share: shareOf(printed), isOwn: words.some((word) => has(own, word)) } : { rank: SURMISED, share: shareOf(told) };
};

/** What a result's place among others is told by; `isTogether` says that the words stand together in it. */
export const placeOf = (asked, record, text, { score, isTogether, held = 0 }) => {
  // Quotation marks ask for somebody's words.
  const isQuoted = asked.isQuoted && record.kind === "words";
  const { rank, opens, share = 0 } = isQuoted ? { rank: NAMED, opens: true } : named(asked, record, text);
  const isNamed = rank < NEARLY;
  return {
    rank: rank === HELD && isTogether && !LIGHT.has(record.kind) ? TOGETHER : rank,
    opens,
    kind: rank <= NEARLY ? ORDER.indexOf(record.kind) : 0,
    weight: isNamed ? record.weight : 0,
    share,
    held,
    score,
  };
};

/** Which of two places comes first. */
export const compare = (one, other) =>
  one.rank - other.rank || other.share - one.share || other.opens - one.opens || one.kind - other.kind ||
  other.weight - one.weight || other.held - one.held || other.score - one.score;

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
