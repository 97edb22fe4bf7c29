/*
 * The part of a passage that shows what was found in it.
 */
import { make } from "../lib/page.js";
import { trimmed } from "./query.js";

const EXCERPT = 230; // letters

/** Runs of neighbouring places, as [first, last]. */
export const runsOf = (places) => {
  const found = [];
  for (const place of [...new Set(places)].toSorted((one, other) => one - other)) {
    if (found.length && found.at(-1)[1] === place - 1) found.at(-1)[1] = place;
    else found.push([place, place]);
  }
  return found;
};

/** The stretch of a passage that holds most of what was found, begun at a sentence if one begins near. */
export const stretchOf = (parts, places) => {
  const sum = [0];
  for (const part of parts) sum.push(sum.at(-1) + part.length);
  if (sum.at(-1) <= EXCERPT * 1.2) return [0, parts.length];
  const isNear = (first) => (place) => place >= first && sum[place + 1] - sum[first] < EXCERPT * 0.8;
  const within = (first) => places.filter(isNear(first)).length;
  const best = [...places].toSorted((one, other) => within(other) - within(one) || one - other)[0] ?? 0;
  const opens = (at) => at === 0 || /[.!?。]["”’)]?\s?$/.test(parts[at - 1]);
  let start = best;
  while (!opens(start) && sum[best] - sum[start - 1] < EXCERPT / 4) start -= 1;
  let end = start;
  while (end < parts.length && sum[end + 1] - sum[start] <= EXCERPT) end += 1;
  while (end === parts.length && start > 0 && sum[end] - sum[start - 1] <= EXCERPT) start -= 1;
  return [start, end];
};

/** The text of parts from start to end with the runs in it marked, but not the signs around them. */
export const marked = (parts, start, end, found) => {
  const nodes = [];
  let at = start;
  for (const [first, last] of found) {
    if (last < start || first >= end) continue;
    const run = parts.slice(Math.max(first, start), Math.min(last + 1, end)).join("");
    const core = trimmed(run);
    const before = run.slice(0, run.indexOf(core));
    nodes.push(parts.slice(at, first).join(""), before, make("mark", {}, core), run.slice(before.length + core.length));
    at = last + 1;
  }
  return [...nodes, parts.slice(at, end).join("")];
};
