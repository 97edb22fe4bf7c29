/*
 * Which texts can be compared: a comparison of two is made beforehand or it is not, and others go by way of those.
 */

/** Each text with the one before it. */
export const couples = (ids) => ids.slice(1).map((id, at) => [ids[at], id]);

/** The shortest way from one text of a series to a later one by comparisons that are made. */
export const wayBetween = (series, isMade, from, to) => {
  const ways = [[from]];
  for (const path of ways) {
    if (path.at(-1) === to) return path;
    const later = series.slice(series.indexOf(path.at(-1)) + 1, series.indexOf(to) + 1);
    // The furthest first; each text is reached once.
    for (const next of later.toReversed()) {
      if (isMade([path.at(-1), next]) && !ways.some((other) => other.includes(next))) ways.push([...path, next]);
    }
  }
  return [];
};

/** What can be shown in the place of a choice that cannot: the way by others, and for two the nearest pairs there are. */
export const nearest = (ids, series, made, most = 2) => {
  const isMade = (couple) => made.some((one) => one.join() === couple.join());
  const steps = couples(ids).flatMap(([older, newer]) => wayBetween(series, isMade, older, newer).slice(1));
  const found = [[ids[0], ...steps]];
  if (ids.length === 2) {
    const far = (couple) => couple.reduce((sum, id, at) => sum + Math.abs(series.indexOf(id) - series.indexOf(ids[at])), 0);
    found.push(...made.filter(([older]) => series.includes(older)).toSorted((one, other) => far(one) - far(other)).slice(0, most));
  }
  return found;
};
