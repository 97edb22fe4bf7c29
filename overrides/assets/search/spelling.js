/*
 * Words as the edition spells them, among those that it has (`known`: each with its form without case and accents, and
 * how often it stands there).
 */
import { asking, bare, isForm, isSmall } from "./query.js";
import { spellings } from "./words/en.js";

/** Whether the vocabulary has a word ("whole"), or only words that begin so ("begun"). */
export const spelt = (known, word) => {
  const folded = bare(word);
  const longer = known.filter((one) => one.folded.startsWith(folded));
  return longer.some((one) => one.folded === folded) ? "whole" : longer.length ? "begun" : "";
};

/** The words that may be proposed: not those that are found but may be misread wherever they stand. */
const sure = (known) => known.filter(({ count }) => count > 0);

/** The words of the edition that a word is, in another spelling, or written as two. */
export const otherSpelling = (all, word) => {
  const known = sure(all);
  for (const [form, other] of spellings) {
    const spelling = bare(word).replace(form, other);
    if (spelling !== bare(word) && spelt(known, spelling) === "whole") return [spelling];
  }
  return asTwo(known, word);
};

const SLIP = 5; // letters: of a shorter word, one other letter makes another word
const once = (word) => word.replace(/(.)\1/gu, "$1");

/** The word of the edition that one is but for a slip: for one letter that is not the first, or for doubled ones. */
export const slip = (all, word) => {
  const folded = once(bare(word));
  if (folded.length < SLIP || /\d/.test(folded)) return null;
  const [found] = sure(all)
    .filter((one) => one.folded[0] === folded[0])
    .map((one) => ({ ...one, far: distance(folded, once(one.folded), 1) }))
    .filter(({ far }) => far < 2)
    .toSorted((one, other) => one.far - other.far || other.count - one.count);
  return found ? [found.word] : null;
};

/**
 * What a query asks for with words that stand nowhere spelt as they are here, and which `instead` of which: all of them,
 * or of an open query some.
 */
export const spelledHere = (known, { words: some, phrases, ...asked }, unknown) => {
  const here = new Map(some.filter((word) => unknown.includes(word)).map((word) => [word, otherSpelling(known, word) ?? slip(known, word)]));
  const spelled = [...here].filter(([, found]) => found);
  if (!spelled.length || (spelled.length < unknown.length && !asked.isOpen)) return null;
  const made = asking(some.flatMap((word) => here.get(word) ?? [word]), phrases, undefined, asked);
  return { asked: made, instead: spelled.map(([word, found]) => [word, found.join(" ")]) };
};

/** The two words of the edition that a word is made of, if it is. */
const asTwo = (all, word) => {
  const known = sure(all);
  for (let cut = 3; cut <= word.length - 3; cut += 1) {
    const two = [word.slice(0, cut), word.slice(cut)];
    if (two.every((part) => !isSmall(part) && spelt(known, part) === "whole")) return two;
  }
  return null;
};

/** What the edition also writes as two words, or as one, among words that are asked for: each with the other form. */
export const compounds = (all, some) => {
  const known = sure(all);
  const found = [];
  for (const [at, word] of some.entries()) {
    const two = asTwo(known, word);
    if (two) found.push([word, two.join(" ")]);
    const next = some[at + 1];
    if (next && spelt(known, word + next) === "whole") found.push([`${word} ${next}`, word + next]);
  }
  return found;
};

/** The words of the edition that come nearest to one, the nearest and most used first; no two are forms of one. */
export const near = (known, word, most = Math.max(1, Math.floor(word.length / 5)), least = 1) => {
  const folded = bare(word);
  const first = (other) => (other.folded[0] === folded[0] ? 1 : 0);
  const isSame = (one, other) => isForm(one, other) || isForm(other, one);
  return known
    .filter((one) => one.count >= least && !isForm(one.folded, folded))
    .map((one) => ({ ...one, far: distance(folded, one.folded, most) }))
    .filter((one) => one.far <= most && one.far < one.folded.length / 2 && (folded.length > 5 || first(one))) // another short word is no slip
    .toSorted((one, other) => one.far - other.far || first(other) - first(one) || other.count - one.count)
    .map(({ word: other }) => other)
    .filter((other, at, all) => !all.slice(0, at).some((earlier) => isSame(other, earlier)))
    .slice(0, 3);
};

/**
 * How many letters have to be changed, added, dropped or swapped to make one word of the other; where it is more than
 * `most`, only that it is.
 */
export const distance = (one, other, most) => {
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
