/* What the tests of scripts say of what they find. */

const shown = (value) => JSON.stringify(value, (_, part) => (part instanceof Map ? [...part] : part));

/** Complain unless two values are the same, part by part. */
export const same = (found, expected, about = "") => {
  if (shown(found) !== shown(expected)) throw new Error(`${about} found ${shown(found)}, expected ${shown(expected)}`);
};
/** Complain unless something is so. */
export const holds = (isSo, about) => {
  if (!isSo) throw new Error(`not so: ${about}`);
};
