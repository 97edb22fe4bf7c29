/*
 * What readers say for a word: other forms of it, other words, other figures.  Text alone, no page and no index.
 */
import { bare } from "./query.js";
import * as en from "./words/en-others.js";

/** What two forms of a word have in common. */
const stem = (word) => bare(word).replace(/ies$/, "y").replace(/(?:ers?|es|s|ed|ing|e)$/, "").replace(/(.)\1$/, "$1");
const groups = (lines) => lines.trim().split("\n").map((line) => line.trim().split(" "));
const ALIKE = groups(en.alike);
const SAME = groups(en.same);
const among = (some, word) => some.filter((group) => group.some((other) => stem(other) === stem(word))).flat()
  .filter((other) => stem(other) !== stem(word)).map((other) => other.replaceAll("-", " "));

/** Other forms of a word: those that no rule makes of it, and the name of a country beside who and what is of it. */
export const otherForms = (word) => [...among(SAME, word), ...en.ofCountries(word)];
const ROMAN = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX".split(" ");

/** Whether a word is a number in figures of either kind. */
export const isFigure = (word) => ROMAN.includes(word) || /^\d+$/.test(word);

/**
 * What readers also say for a word, and other figures for a number `after` a word as *Article*: each some words.  Such a
 * word `before` a number means no other.
 */
export const alike = (word, after = "", before = "") => {
  if (en.numbered.test(word) && isFigure(before.toUpperCase())) return [];
  const at = ROMAN.indexOf(word);
  const figure = en.numbered.test(after) && (at < 0 ? ROMAN[word - 1] : String(at + 1));
  return figure ? [figure] : among(ALIKE, word);
};
