/*
 * What a query means, and which printed words are forms of a word: text alone, no page and no index.
 *
 * What is the same to a search is told by the engine's own table (letters.js, made from macros/text/words.py).
 */
import { APOSTROPHES, INVISIBLE, JOINTS, OTHER_SHAPES, PLAIN, QUOTES, UNSPACED } from "./letters.js";
import * as en from "./words/en.js";
import * as ja from "./words/ja.js";

const UNSEEN = new RegExp(`[${INVISIBLE}]`, "gu");
const RESHAPED = new RegExp(`[${OTHER_SHAPES}]+`, "gu");
const PLAINER = new Map(PLAIN.split(" ").map((pair) => [pair[0], pair.slice(1)]));
const NOT_PLAIN = new RegExp(`[${[...PLAINER.keys()].join("")}]`, "gu");

/** A text in the letters that a search knows: without ligatures, strokes, wide forms and what is not seen. */
export const letters = (text) =>
  text.replace(UNSEEN, "").replace(RESHAPED, (some) => some.normalize("NFKC"))
    .normalize("NFD").replace(NOT_PLAIN, (letter) => PLAINER.get(letter)).normalize("NFC");

/** A text in those letters without case and accents; the sound marks of kana are none. */
export const bare = (text) =>
  letters(text).normalize("NFD").replace(/(?<![\u3040-\u30ff])\p{M}/gu, "")
    .toUpperCase().toLowerCase().replaceAll("ς", "σ").normalize("NFC");

/** A sign of a script written without spaces, of which each is a word to a search. */
export const SIGN = new RegExp(`[${UNSPACED}]`, "u");

const JOINT = "\u2063"; // between words that are printed without a space (macros/derived/search.py)

export const SPACE = new RegExp(`[\\s${JOINTS}]+`, "u"); // and what parts compounds
const QUOTED = new RegExp(`[${QUOTES}]([^${QUOTES}]+)[${QUOTES}]?`, "gu");
const PIECES = new RegExp(`[${UNSPACED}]|[^${UNSPACED}]+`, "gu");
const WITHIN_WORDS = new RegExp(`[${APOSTROPHES}_]`, "gu");
const POSSESSIVE = new RegExp(`[${APOSTROPHES}]s$`, "iu");

/** A text without what is neither letter nor figure at its ends. */
export const trimmed = (text) => text.replace(/^[^\p{L}\p{N}]+|(?<![^\p{L}\p{N}])[^\p{L}\p{N}]+$/gu, "");

/**
 * The words of an indexed text as they are printed, with a space behind each that has one; `others` has those that are
 * printed in other letters, by their places.
 */
export const printed = (content, others = {}) =>
  content.split(" ").map((indexed, place) => {
    const word = others[place] ?? indexed;
    return word.endsWith(JOINT) ? word.slice(0, -1) : `${word} `;
  });

/** The words of a text in plain letters: the parts of compounds, and the signs of unspaced scripts. */
export const tokens = (text) =>
  text.split(SPACE).flatMap((part) => part.match(PIECES) ?? [])
    .map((piece) => piece.replace(/[^\p{L}\p{N}\p{M}_]/gu, "")).filter(Boolean);

const ENDING = /(?:ies|es|s|ed|ing|y|e)$/;
const PLURAL = /^(?:e?s?)$/;

/**
 * What tells whether a bare word is a form of one that was asked for, or a longer word; a short one has to be the same,
 * and what is short without its ending has to have one of the same kind: *bases* is no form of *based* or *baseline*.
 */
export const formOf = (word) => {
  const other = bare(word);
  if (other.length < 4 && !SIGN.test(other)) return (one) => one === other;
  const begin = other.length > 4 ? other.replace(ENDING, "") : other;
  if (begin.length > 3 || !/[^s]s$/.test(other)) return (one) => one.startsWith(begin);
  return (one) => one.startsWith(begin) && PLURAL.test(one.slice(begin.length));
};

const LONGEST = 3; // letters of an ending

/** What tells whether a bare word is a form of one that was not asked for itself: no longer word is, as `fundamental` of `fund`. */
export const inflectionOf = (word) => {
  const isForm = formOf(word);
  return (one) => isForm(one) && one.length <= word.length + LONGEST;
};

/** Whether a printed word is a form of one that was asked for. */
export const isForm = (part, word) => formOf(word)(bare(part.replace(/[^\p{L}\p{N}\p{M}]/gu, "")));

/** A name of letters and figures with a hyphen, as PAC-3: it is taken as it stands. */
const NUMBERED = new RegExp(`^\\p{L}+[${JOINTS}]\\p{N}+\\p{P}*$`, "u");

const MONTHS = en.months.split(" ");
const WRITTEN = MONTHS.map((month) => `${month.slice(0, 3)}(?:${month.slice(3)})?`).join("|");
const MONTH = `(${WRITTEN})t?\\.?`; // Sept. too
const NUMBERS = /\b(\d{4})[-/.](\d\d?)[-/.](\d\d?)\b|\b(\d\d?)[-/.](\d\d?)[-/.](\d{4})\b/g;
const DAY = "(\\d\\d?)(?:st|nd|rd|th)?";
const SPELT = new RegExp(`\\b${MONTH} ${DAY},? (\\d{4})\\b|\\b(?:${DAY} (?:of )?)?${MONTH},? (\\d{4})\\b`, "gi");
const monthOf = (name) => MONTHS.find((month) => month.slice(0, 3).toLowerCase() === name.slice(0, 3).toLowerCase());

/** A query with its dates as the edition prints them, where they can mean one day only: 19 April 2019. */
const dated = (query) =>
  query
    .replace(ja.day, "$1-$2-$3")
    .replace(NUMBERS, (given, ...[year, month, day, one, other, last]) => {
      const [d, m] = year ? [day, month] : other > 12 ? [other, one] : one > 12 || one === other ? [one, other] : [];
      return d && MONTHS[m - 1] ? `${Number(d)} ${MONTHS[m - 1]} ${year ?? last}` : given;
    })
    .replace(SPELT, (_, month, day, year, before, other, last) =>
      [Number(day ?? before) || "", monthOf(month ?? other), year ?? last].join(" ").trim());

export const isMonth = (word) => MONTHS.some((month) => month.toLowerCase() === word?.toLowerCase());
/** Whether words are those of a day, a month of a year, or a year. */
export const isDay = (some) =>
  some.some((word) => /^\d{4}$/.test(word)) && some.every((word) => /^\d+$/.test(word) || isMonth(word));

const SMALL = new Set(en.small.trim().split(/\s+/)); // words that mean nothing by themselves

export const isSmall = (word) => SMALL.has(word.toLowerCase());
const weighty = (some) => some.filter((word) => !isSmall(word));

/** Of some words those that mean something by themselves, or all where none does. */
export const meant = (some) => (weighty(some).length ? weighty(some) : some);

/** What kind of answer a query asks for, as words/en.js has them: a term, a number, a day, the newest or oldest. */
const wanted = (query) => {
  const asks = ([, pattern]) => pattern.test(query);
  return Object.fromEntries([en.wants, ja.wants].flatMap(Object.entries).filter(asks).map(([name]) => [name, true]));
};

const MANY = 3; // words: a query of more is put as a question is

/**
 * What is asked for, with all of its words, and the `run` of them as they were written, small ones included; whether it
 * is a question, or somebody's words in quotation marks; and what kind of answer it `wants`.  What `isOpen` may be
 * answered by most of its words, or by others for them.
 */
export const asking = (some, phrases, run = [...some, ...phrases.flat()], { isQuestion = false, isQuoted = false, wants = {} } = {}) => {
  const all = [...some, ...phrases.flat()];
  const isTimed = Boolean(wants.newest || wants.oldest);
  const isOpen = !isQuoted && (isTimed || (all.length > 1 && (isQuestion || some.length + phrases.length > MANY)));
  return { words: some, phrases, all, run, isQuestion, isOpen, isQuoted, wants };
};

/**
 * What is asked for: words, of which a passage holds all, and phrases, whose words stand together.  Words of an
 * unspaced script are phrases of their signs.  A phrase of one word is one that is taken as it stands, where others
 * find longer words too: in capitals, or with signs in it (US, U.S., 2+2).
 */
export const parse = (query) => {
  const phrases = [];
  const some = [];
  const rest = dated(letters(query)).replace(en.asks, "").replace(ja.asks, "").replace(QUOTED, (_, quoted) => {
    phrases.push(tokens(quoted));
    return " ";
  });
  const isQuoted = phrases.length > 0;
  const run = [];
  const joined = new Set(); // parts of compounds, of which none is small
  const split = (one) => {
    const parts = NUMBERED.test(one) ? [one] : one.split(SPACE);
    if (parts.length > 1) for (const part of parts.flatMap(tokens)) joined.add(part);
    return parts;
  };
  for (const part of rest.split(/\s+/).flatMap(split)) {
    const given = trimmed(part);
    const parts = tokens(given);
    const isCapital = /\p{Lu}.*\p{Lu}/u.test(given) && given === given.toUpperCase();
    const hasSigns = parts.join("") !== given.replace(WITHIN_WORDS, "");
    if (parts.length > 1 || isCapital || hasSigns) phrases.push(parts);
    else some.push(...tokens(given.replace(POSSESSIVE, "")));
    run.push(...parts);
  }
  const whole = phrases.filter((phrase) => phrase.length);
  const weighs = some.filter((word) => joined.has(word) || weighty([word]).length);
  const wants = wanted(query.trim());
  const isQuestion = en.question.test(query.trim()) || Boolean(wants.way);
  return asking(weighs.length || whole.length ? weighs : some, whole, run, { isQuestion, isQuoted, wants });
};
