/*
 * Postings: where words stand, as macros/site/postings.py writes it in numbers, and lists in which a search looks them
 * up.  Bytes and lists alone, no page and no index.
 */

/** What reads numbers from bytes, seven bits a byte, the lowest first: where it stands, and what gives the next. */
const reading = (bytes) => {
  const cursor = { at: 0 };
  const next = () => {
    let number = 0;
    for (let worth = 1; ; worth *= 128) {
      const byte = bytes[cursor.at];
      cursor.at += 1;
      number += (byte & 127) * worth;
      if (byte < 128) return number;
    }
  };
  return { cursor, next };
};

/** The parts of bytes, before each of which stands how long it is. */
export const partsIn = (bytes) => {
  const { cursor, next } = reading(bytes);
  const found = [];
  while (cursor.at < bytes.length) {
    const size = next();
    found.push(bytes.subarray(cursor.at, cursor.at + size));
    cursor.at += size;
  }
  return found;
};

/** Where a word stands: of each record and each of its fields, the places there. */
export const postingsIn = (bytes) => {
  const { cursor, next } = reading(bytes);
  const found = [];
  let record = 0;
  while (cursor.at < bytes.length) {
    record += next();
    const head = next();
    const places = [];
    for (let left = head >> 3, place = 0; left; left -= 1) places.push((place += next()));
    found.push({ record, field: head & 7, places });
  }
  return found;
};

/** The stem of a word, told by how many letters at the word's end are not the stem's, and what that has instead. */
export const stemOf = (word, told) => {
  const cut = parseInt(told, 10);
  return word.slice(0, word.length - cut) + told.slice(String(cut).length);
};

/** Where each of several neighbours begins, by how long they are; last, where the last ends. */
export const starts = (sizes) => {
  const found = [0];
  for (const size of sizes) found.push(found.at(-1) + size);
  return found;
};

/** Runs of neighbours from and to, of which it is told how far each is from the one before, and how long. */
export const runsFrom = (steps) => {
  const found = [];
  for (let at = 0, end = 0; at < steps.length; at += 2) {
    const start = end + steps[at];
    end = start + steps[at + 1];
    found.push([start, end]);
  }
  return found;
};

/** The first place in a list in order at which nothing stands before what is sought. */
export const placeIn = (sorted, sought) => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < sought) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Where words stand one behind the other: by record, the places of all of them in a field. */
export const together = (words, field) => {
  let begun = null; // by record and field, the places where it may begin
  for (const [step, postings] of words.entries()) {
    const here = new Map();
    for (const { record, field: its, places } of postings) {
      const key = record * 8 + its;
      const before = begun?.get(key);
      const from = places.map((place) => place - step).filter((place) => !begun || before?.has(place));
      if (from.length) here.set(key, new Set([...(here.get(key) ?? []), ...from]));
    }
    begun = here;
  }
  const found = new Map();
  for (const [key, from] of begun ?? []) {
    const record = Math.floor(key / 8);
    const places = key % 8 === field ? [...from].flatMap((place) => words.map((_, step) => place + step)) : [];
    found.set(record, [...(found.get(record) ?? []), ...places]);
  }
  return found;
};
