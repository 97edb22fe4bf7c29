/*
 * What a search has found, as HTML: each result with its place, whose words they are, and the words found marked;
 * and what is said where nothing is found.  All of it is made of text alone, never of markup.
 */
import { SITE, siteAddress } from "../lib/address.js";
import { make } from "../lib/page.js";
import { words as interfaceWords } from "../lib/words.js";
import { find, recordOf, vocabulary } from "./engine.js";
import { marked, runsOf, stretchOf } from "./excerpt.js";
import { PAGE } from "./form.js";
import { QUOTES, UNSPACED } from "./letters.js";
import { isForm, letters, parse, printed, trimmed } from "./query.js";
import { APART } from "./ranking.js";
import { compounds, near, spelt } from "./spelling.js";

const { search: words } = interfaceWords;

const TITLE_PARTS = new RegExp(`[${UNSPACED}]|[\\p{L}\\p{N}\\p{M}’']+|[^\\p{L}\\p{N}]+`, "gu");

/** What a result says and where it leads. */
export const read = async (result, { asked, others = [] }) => {
  const sought = [asked, ...others].flatMap(({ words: some, said = [] }) => [...some, ...said]);
  const record = await recordOf(result);
  const parts = printed(record.content, record.printed);
  // Beside a phrase that stands there, short words (of, the) are not marked by themselves.
  const isAsked = (place) =>
    sought.some((word) => (word.length > 3 || !result.words.length) && isForm(parts[place] ?? "", word));
  const places = runsOf([...(result.words ?? []), ...(result.rest ?? []).filter(isAsked)].filter((place) => place in parts));
  const title = (record.title.match(TITLE_PARTS) ?? []).map((part) =>
    asked.all.some((word) => isForm(part, word)) ? make("mark", {}, part) : part);

  // What follows a sentence or a colon may stand elsewhere on the page, or not at all.
  const forms = places.flatMap(([first, last]) => parts.slice(first, last + 1).join("").split(/(?<=[.:!?])\s+/).map(trimmed));
  // The name of a paragraph is its number, which is no word in it.
  const named = record.kind === "commentary" ? [] : title.filter((part) => part.textContent);
  const inTitle = named.map((part) => part.textContent);
  const address = siteAddress(record.address) ?? new URL(SITE);
  for (const form of [...new Set(forms.length ? forms : inTitle)].filter((one) => one && one.length < 80).slice(0, 6)) {
    address.searchParams.append("h", form);
  }
  // A question of who, where and when is answered by what is told first.
  const [start, end] = stretchOf(parts, asked.isQuestion && record.answers ? [0] : places.map(([first]) => first));
  const text = [start > 0 ? "… " : "", ...marked(parts, start, end, places), end < parts.length ? "…" : ""];
  const isTitleAgain = parts.join("").trim() === record.title;
  return { ...record, href: address.href, name: title, text: isTitleAgain ? [] : text };
};

/** What a result says of its passage. */
const textOf = ({ text, language }) =>
  text.length ? [" ", make("span", { class: "search-text", ...(language ? { lang: language } : {}) }, ...text)] : [];

/** A result as an item of a list. */
export const hit = (found, withGroup = true) => {
  const about = make("span", { class: "search-about" }, found.label);
  if (withGroup && found.group) about.append(` · ${found.group}`);
  const link = make("a", { href: found.href, class: "search-hit" });
  link.append(make("span", { class: "search-title" }, ...found.name), " ", about, ...textOf(found));
  return make("li", { "data-kind": found.kind }, link);
};

/** A clause in one of its wordings, as an item below the first of them. */
const wording = (found) => {
  const link = make("a", { href: found.href, class: "search-wording" });
  link.append(make("span", { class: "search-year" }, String(found.year ?? "")), " ", make("span", { class: "search-about" }, found.label), ...textOf(found));
  return make("li", { "data-kind": found.kind }, link);
};

/** A card as an item of a list: its first result, and below that its other wordings, which a reader opens. */
export const card = ({ lead, wordings }) => {
  const item = hit(lead);
  if (wordings.length) {
    const years = [...new Set(wordings.map(({ year }) => year))];
    const summary = make("summary", {}, words.wordings(years.join(words.comma)));
    item.append(make("details", { class: "search-wordings" }, summary, make("ol", {}, ...wordings.map(wording))));
  }
  return item;
};

const MARKS = new RegExp(`[${QUOTES}]`, "gu");
const PROPOSED = 4; // queries at most
const LONG = 6; // words: of a longer query, only the one that is proposed is shown

/** A link to the results of a query, under the filters that are chosen. */
export const link = (query, label, filters = {}) => {
  const address = new URL(location.pathname === PAGE.pathname ? location : PAGE);
  address.hash = "";
  for (const [name, value] of Object.entries({ q: query, ...filters })) address.searchParams.set(name, value);
  address.search = address.search.replaceAll("%2C", ",");
  return make("a", { href: address.href }, label);
};

/** Queries that a reader may have meant, each with the word that is new in it. */
const proposalsFor = async (query, { results, unknown, asked, instead = [], isNear }) => {
  const proposals = new Map();
  // A word that finds something and is not in the vocabulary may be right: a much used one, a letter off, is proposed.
  const doubtful = [...unknown];
  for (const word of unknown.length || instead.length || results.length > 2 ? [] : asked.words) {
    if (word.length > 4 && spelt(await vocabulary(), word) !== "whole") doubtful.push(word);
  }
  for (const word of doubtful) {
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, "giu");
    const others = unknown.length ? near(await vocabulary(), word) : near(await vocabulary(), word, 1, 10);
    for (const other of others) proposals.set(query.replace(pattern, other), other);
  }
  // What is written as one word here may stand elsewhere as two, and the other way.
  if (results.length < 3 || isNear) {
    for (const [word, other] of compounds(await vocabulary(), asked.words)) {
      proposals.set(query.replace(new RegExp(word.split(" ").join("[\\s-]+"), "iu"), other), other);
    }
  }
  proposals.delete(query);
  return [...proposals].slice(0, PROPOSED);
};

/** The way to what is found without words that stand nowhere, if any are left. */
const withoutThem = (query, unknown) => {
  const rest = unknown.reduce((text, word) => text.replace(word, ""), query).trim();
  return rest !== query && parse(rest).all.length ? [make("p", {}, link(rest, words.without))] : [];
};

/** What is said where nothing, or next to nothing, is found: nearer words, and the query without what is nowhere. */
export const advice = async (given, found, isFiltered = false) => {
  const query = letters(given.trim()); // as the words are that it is made of
  const { results, unknown, instead = [], others = [], isNear } = found;
  const said = instead.map(([word, here]) => make("p", {}, words.spelled(words.quoted(word), words.quoted(here))));
  if (unknown.length) {
    said.push(make("p", {}, words.unknown(unknown.map(words.quoted).join(words.comma), unknown.length)));
  } else if (!results.length) {
    said.push(make("p", {}, words.none(query && (given.search(MARKS) < 0 ? words.quoted(given.trim()) : given.trim()), isFiltered)));
  } else if (isNear) {
    said.push(make("p", {}, words.nearest));
  } else if (found.nowhere) {
    said.push(make("p", {}, words.nowhere(results.length)));
  }
  // Of a phrase that stands nowhere the words may stand apart from each other.
  const loose = query.replace(MARKS, " ").replace(/\s+/g, " ").trim();
  if (!results.length && loose !== query) {
    const count = (await find(loose)).results.length;
    if (count) said.push(make("p", { class: "search-loose" }, link(loose, words.loose(loose, count))));
  }
  if (!results.length && found.apart) {
    said.push(make("p", {}, link(query, words.apart(found.apart), { kind: APART })));
  }
  const also = others.map(({ run }) => words.quoted(run.join(" ")));
  if (also.length) said.push(make("p", {}, words.also(also.join(words.comma))));
  const proposals = await proposalsFor(query, found);
  if (proposals.length) {
    const isLong = query.split(/\s+/).length > LONG;
    const offered = proposals.flatMap(([proposal, other], at) => [at ? words.or : "", link(proposal, isLong ? other : proposal.replace(/\?+$/, ""))]);
    said.push(make("p", { class: "search-meant" }, `${words.meant} `, ...offered, "?"));
  }
  if (!results.length) said.push(...withoutThem(query, unknown));
  return said;
};
