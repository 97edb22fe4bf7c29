/*
 * What a search has found, as HTML: each result with its place, whose words they are, and the words found marked;
 * and what is said where nothing is found.  All of it is made of text alone, never of markup.
 */
import { SITE, siteAddress } from "../lib/address.js";
import { make } from "../lib/page.js";
import { PAGE, SIGNS, words } from "../search.js";
import { compounds, isForm, near, parse, printed, spelt } from "./engine.js";

const EXCERPT = 230; // letters
const EDGES = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;
const TITLE_PARTS = new RegExp(`[${SIGNS}]|[\\p{L}\\p{N}\\p{M}’']+|[^\\p{L}\\p{N}]+`, "gu");

/** Runs of neighbouring places, as [first, last]. */
const runs = (places) => {
  const found = [];
  for (const place of [...new Set(places)].sort((one, other) => one - other)) {
    if (found.length && found.at(-1)[1] === place - 1) found.at(-1)[1] = place;
    else found.push([place, place]);
  }
  return found;
};

/** The stretch of a passage that holds most of what was found, begun at a sentence if one begins near. */
const stretch = (parts, places) => {
  const sum = [0];
  for (const part of parts) sum.push(sum.at(-1) + part.length);
  if (sum.at(-1) <= EXCERPT * 1.2) return [0, parts.length];
  const isNear = (first) => (place) => place >= first && sum[place + 1] - sum[first] < EXCERPT * 0.8;
  const within = (first) => places.filter(isNear(first)).length;
  const best = [...places].sort((one, other) => within(other) - within(one) || one - other)[0] ?? 0;
  const opens = (at) => at === 0 || /[.!?。]["”’)]?\s?$/.test(parts[at - 1]);
  let start = best;
  while (!opens(start) && sum[best] - sum[start - 1] < EXCERPT / 4) start -= 1;
  let end = start;
  while (end < parts.length && sum[end + 1] - sum[start] <= EXCERPT) end += 1;
  while (end === parts.length && start > 0 && sum[end] - sum[start - 1] <= EXCERPT) start -= 1;
  return [start, end];
};

/** The text of parts from start to end with the runs in it marked, but not the signs around them. */
const marked = (parts, start, end, found) => {
  const nodes = [];
  let at = start;
  for (const [first, last] of found) {
    if (last < start || first >= end) continue;
    const run = parts.slice(Math.max(first, start), Math.min(last + 1, end)).join("");
    const [, before, core, after] = run.match(/^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su);
    nodes.push(parts.slice(at, first).join(""), before, make("mark", {}, core), after);
    at = last + 1;
  }
  return [...nodes, parts.slice(at, end).join("")];
};

/** What a result says and where it leads; the record in it is what macros/indexing.py hands through. */
export const read = async (result, asked) => {
  const data = await result.data();
  const record = JSON.parse(data.anchors[0].id);
  const parts = printed(data.content);
  // Beside a phrase that stands there, short words (of, the) are not marked by themselves.
  const isAsked = (place) =>
    asked.words.some((word) => (word.length > 3 || !result.words.length) && isForm(parts[place] ?? "", word));
  const places = runs([...(result.words ?? []), ...(result.rest ?? []).filter(isAsked)].filter((place) => place in parts));
  const title = (record.title.match(TITLE_PARTS) ?? []).map((part) =>
    asked.all.some((word) => isForm(part, word)) ? make("mark", {}, part) : part);

  const forms = places.map(([first, last]) => parts.slice(first, last + 1).join("").replace(EDGES, ""));
  // The name of a paragraph is its number, which is no word in it.
  const named = record.kind === "commentary" ? [] : title.filter((part) => part.textContent);
  const inTitle = named.map((part) => part.textContent);
  const address = siteAddress(record.address) ?? new URL(SITE);
  for (const form of [...new Set(forms.length ? forms : inTitle)].filter((form) => form.length < 80).slice(0, 6)) {
    address.searchParams.append("h", form);
  }
  const [start, end] = stretch(parts, places.map(([first]) => first));
  const text = [start > 0 ? "… " : "", ...marked(parts, start, end, places), end < parts.length ? "…" : ""];
  const isTitleAgain = parts.join("").trim() === record.title;
  return { ...record, href: address.href, name: title, text: isTitleAgain ? [] : text };
};

/** A result as an item of a list. */
export const hit = (found, withGroup) => {
  const about = make("span", { class: "search-about" }, found.label);
  if (withGroup && found.group) about.append(` · ${found.group}`);
  const link = make("a", { href: found.href, class: "search-hit" });
  link.append(make("span", { class: "search-title" }, ...found.name), " ", about);
  if (found.text.length) {
    const spoken = found.language ? { lang: found.language } : {};
    link.append(" ", make("span", { class: "search-text", ...spoken }, ...found.text));
  }
  return make("li", { "data-kind": found.kind }, link);
};

const LONG = 6; // words: of a longer query, only the one that is proposed is shown

/** A link to the results of a query, under the filters that are chosen. */
export const link = (query, label) => {
  const address = new URL(location.pathname === PAGE.pathname ? location : PAGE);
  address.hash = "";
  address.searchParams.set("q", query);
  address.search = address.search.replaceAll("%2C", ",");
  return make("a", { href: address.href }, label);
};

/** What is said where nothing, or next to nothing, is found: nearer words, and the query without what is nowhere. */
export const advice = async (query, { results, unknown, asked, instead = [], isNear }, isFiltered = false) => {
  const said = [];
  if (unknown.length) {
    said.push(make("p", {}, words.unknown(unknown.map(words.quoted).join(words.comma), unknown.length)));
  } else if (!results.length) {
    said.push(make("p", {}, words.none(query.trim() && words.quoted(query.trim()), isFiltered)));
  } else if (isNear) {
    said.push(make("p", {}, words.nearest));
  }
  for (const [word, here] of instead) said.push(make("p", {}, words.spelled(words.quoted(word), words.quoted(here))));
  // A word that finds something and is not in the vocabulary may be right: a much used one, a letter off, is proposed.
  const doubtful = [...unknown];
  for (const word of unknown.length || instead.length || results.length > 2 ? [] : asked.words) {
    if (word.length > 4 && (await spelt(word)) !== "whole") doubtful.push(word);
  }
  const proposals = new Map(); // each with the word that is new in it
  for (const word of doubtful) {
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, "giu");
    const others = await (unknown.length ? near(word) : near(word, 1, 10));
    for (const other of others) proposals.set(query.trim().replace(pattern, other), other);
  }
  // What is written as one word here may stand elsewhere as two, and the other way.
  if (results.length < 3 || isNear) {
    for (const [word, other] of await compounds(asked.words)) {
      proposals.set(query.trim().replace(new RegExp(word.split(" ").join("[\\s-]+"), "iu"), other), other);
    }
  }
  proposals.delete(query.trim());
  if (proposals.size) {
    const isLong = query.trim().split(/\s+/).length > LONG;
    const offered = [...proposals].slice(0, 4).flatMap(([proposal, other], at) =>
      [at ? words.or : "", link(proposal, isLong ? other : proposal)]);
    said.push(make("p", { class: "search-meant" }, `${words.meant} `, ...offered, "?"));
  }
  const rest = unknown.reduce((text, word) => text.replace(word, ""), query).trim();
  if (rest !== query.trim() && parse(rest).all.length) said.push(make("p", {}, link(rest, words.without)));
  return said;
};
