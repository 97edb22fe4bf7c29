/*
 * What a query means, and which printed words are forms of a word: text alone, no page and no index.
 */

/** Scripts written without spaces, of which each sign is a word to a search (macros/text/words.py). */
export const SIGNS = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff";
export const SIGN = new RegExp(`[${SIGNS}]`, "u");

const JOINT = "\u2063"; // between words that are printed without a space (macros/derived/search.py)
const KANA = 0x3040;
const STAND_INS = 0x14400; // of kana with a sound mark, which is no accent (macros/derived/search.py)

export const SPACE = /[\s\-‐‑–—/]+/; // and what parts compounds
const QUOTED = /["“”„«»「」『』]([^"“”„«»「」『』]+)["“”„«»「」『』]?/g;
const PIECES = new RegExp(`[${SIGNS}]|[^${SIGNS}]+`, "gu");

/** A text without what is neither letter nor figure at its ends. */
export const trimmed = (text) => text.replace(/^[^\p{L}\p{N}]+|(?<![^\p{L}\p{N}])[^\p{L}\p{N}]+$/gu, "");

/** A text without case and accents; the sound marks of kana are none. */
export const fold = (text) =>
  text.normalize("NFKD").replace(/(?<![\u3040-\u30ff])\p{M}/gu, "").normalize("NFC").toLowerCase();

const isVoiced = (sign) => sign.normalize("NFD").length > 1;
/** A text as the index has it: the accents of letters are none there, those of kana are. */
export const coded = (text) =>
  text.replace(/[\u3040-\u30ff]/g, (sign) =>
    isVoiced(sign) ? String.fromCodePoint(sign.codePointAt(0) - KANA + STAND_INS) : sign);
const decoded = (text) =>
  text.replace(/[\u{14400}-\u{144bf}]/gu, (sign) => String.fromCodePoint(sign.codePointAt(0) - STAND_INS + KANA));

/** The words of an indexed text as they are printed, with a space behind each that has one. */
export const printed = (content) =>
  decoded(content).split(" ").map((word) => (word.endsWith(JOINT) ? word.slice(0, -1) : `${word} `));

/** The words of a text as the index has them: the parts of compounds, and the signs of unspaced scripts. */
export const tokens = (text) =>
  text.normalize("NFKC").split(SPACE).flatMap((part) => part.match(PIECES) ?? [])
    .map((piece) => piece.replace(/[^\p{L}\p{N}\p{M}_]/gu, "")).filter(Boolean);

/** Whether a printed word is a form of one that was asked for; a short one has to be the same. */
export const isForm = (part, word) => {
  const [one, other] = [part.replace(/[^\p{L}\p{N}\p{M}]/gu, ""), word].map(fold);
  if (other.length < 4 && !SIGN.test(other)) return one === other;
  return one.startsWith(other.length > 4 ? other.replace(/(?:ies|es|s|ed|ing|y|e)$/, "") : other);
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

/** What is asked for, with all of its words. */
export const asking = (some, phrases) => ({ words: some, phrases, all: [...some, ...phrases.flat()] });

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
    const bare = trimmed(part.normalize("NFKC"));
    const parts = tokens(bare);
    const isCapital = /\p{Lu}.*\p{Lu}/u.test(bare) && bare === bare.toUpperCase();
    const hasSigns = parts.join("") !== bare.replace(/[’'_]/g, "");
    if (parts.length > 1 || isCapital || hasSigns) phrases.push(parts);
    else some.push(...parts);
  }
  return asking(some, phrases.filter((phrase) => phrase.length));
};
