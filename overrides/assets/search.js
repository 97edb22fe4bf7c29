/*
 * Search: the dialog that opens on every page, and the words marked where a result leads.
 *
 * Without this script the header's link leads to the page of results (docs/search.md), which then lists what would
 * be searched.  What finds and shows is loaded when a reader searches: search/engine.js asks Pagefind, whose index is
 * made from the edition's own records (macros/search.py, macros/indexing.py), search/results.js writes what was
 * found, and search/page.js makes the page of results.  Nothing is asked of any other server.
 */
import { article, button, byId, focused, languageAmong, listen, make, root, walker } from "./lib/page.js";
import { SITE, targetOf, withQuery } from "./lib/address.js";

export const PAGE = new URL("search/", SITE);

const WAIT = 120; // ms without a key before a search is begun
const SLOW = 300; // ms without a result before it is said that a search is going on
const SHORT = 8; // results in the dialog
const KEYS = "search-keys"; // where a reader's choice about single keys is kept

const WORDS = {
  en: {
    search: "Search", field: "Words to search for", close: "Close", comma: ", ", or: " or ",
    found: (n) => (n === 1 ? "1 passage" : `${n.toLocaleString("en")} passages`),
    shown: (some) => `the first ${some} shown`,
    all: (n) => (n === 1 ? "Show it on the results page" : `All ${n.toLocaleString("en")} results`),
    searching: "Searching …", none: (query, isFiltered) =>
      `Nothing was found${query ? ` for ${query}` : ""}${isFiltered ? " with these filters" : ""}.`,
    unknown: (some, n) => `${some} ${n === 1 ? "stands" : "stand"} nowhere here.`,
    nearest: "No passage holds all of these words. These come nearest.",
    spelled: (word, here) => `${word} stands nowhere here; this was found for ${here}.`,
    filtered: (n) => `Without the filters there would be ${n === 1 ? "one" : n}.`,
    quoted: (text) => `“${text}”`,
    meant: "Did you mean", without: "Search without it", elsewhere: "Elsewhere in this edition", more: "Show more",
    filters: "Filters", reset: "Clear filters", period: "Years of the documents", again: "Try again", from: "from", to: "to", any: "any",
    sort: "Order", relevance: "By relevance", newest: "Newest first", oldest: "Oldest first",
    keys: "Single keys (/ s f) open the search", failed: "The search could not be loaded. Please try again.",
  },
  ja: {
    search: "検索", field: "検索する語", close: "閉じる", comma: "、", or: "・",
    found: (n) => `${n} 件`,
    shown: (some) => `最初の ${some} 件を表示`,
    all: (n) => `${n} 件すべてを表示`,
    searching: "検索しています…", none: (query, isFiltered) =>
      `${isFiltered ? "この条件では" : ""}${query ? `${query}は` : ""}見つかりませんでした。`,
    unknown: (some) => `${some}はここにはありません。`,
    nearest: "すべての語を含む箇所はありません。近いものを表示します。",
    spelled: (word, here) => `${word}はここにはないため、${here}で検索しました。`,
    filtered: (n) => `絞り込みを外すと ${n} 件あります。`,
    quoted: (text) => `「${text}」`,
    meant: "もしかして", without: "この語を除いて検索", elsewhere: "この版のその他の箇所", more: "さらに表示",
    filters: "絞り込み", reset: "絞り込みを解除", period: "文書の年", again: "もう一度", from: "から", to: "まで", any: "指定なし",
    sort: "並び順", relevance: "関連度順", newest: "新しい順", oldest: "古い順",
    keys: "一文字のキー（/ s f）で検索を開く", failed: "検索を読み込めませんでした。もう一度お試しください。",
  },
};
export const language = languageAmong(WORDS);
export const words = WORDS[language];

/** The longest query that is searched for: what an address asks for is cut to it. */
export const LONGEST = 200; // signs
export const field = (attributes) =>
  make("input", {
    type: "text", name: "q", "aria-label": words.field, inputmode: "search", enterkeyhint: "search",
    autocomplete: "off", autocapitalize: "off", spellcheck: "false", maxlength: String(LONGEST), ...attributes,
  });

/** Say that a search is going on, if it takes long and none has begun since; what is returned ends the waiting. */
export const saySlow = (status, isLatest) => {
  const waiting = setTimeout(() => isLatest() && status.replaceChildren(words.searching), SLOW);
  return () => clearTimeout(waiting);
};

/** Scripts written without spaces, of which each sign is a word to a search (macros/wording.py). */
export const SIGNS = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff";

/** Whether single keys open the search: a reader's choice, which some who speak to their machine need. */
export const keys = (value) => {
  try {
    return value === undefined ? localStorage.getItem(KEYS) : localStorage.setItem(KEYS, value);
  } catch {
    return null; // storage may be forbidden
  }
};

/* The dialog -------------------------------------------------------------------------------------------------------- */

const home = article?.querySelector(".search:has(> ul[data-filter])"); // on the page of results
const isPlain = (event) => !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

let dialog;
let results; // its field, on the page of results
const open = () => {
  if (home) return results?.focus();
  dialog ??= build();
  if (dialog.open) return;
  dialog.showModal();
  dialog.querySelector("input").select();
  // What is needed comes while the reader types; that it cannot be had is told at the first search.
  import("./search/engine.js").then(({ load }) => load()).catch(() => {});
};

const build = () => {
  const input = field({ placeholder: words.search });
  const close = button(words.close, { class: "search-close" }, () => element.close());
  const form = make("form", { class: "search-form", role: "search", action: PAGE.href }, input, close);
  const status = make("p", { class: "search-status", role: "status" });
  const list = make("ol", { class: "search-list" });
  const foot = make("div", { class: "search-foot" });
  const named = { class: "search-dialog md-typeset", "aria-label": words.search, lang: language };
  const element = make("dialog", named, form, status, list, foot);
  root.querySelector(":scope > body").append(element);

  let asked = 0;
  const search = async () => {
    const number = (asked += 1);
    const query = input.value;
    const over = saySlow(status, () => number === asked);
    try {
      const { parse, find } = await import("./search/engine.js");
      const { read, hit, link, advice } = await import("./search/results.js");
      if (!parse(query).all.length) return [status, list, foot].forEach((place) => place.replaceChildren());
      const found = await find(query);
      const hits = await Promise.all(found.results.slice(0, SHORT).map((result) => read(result, found.asked)));
      const said = await advice(query, found);
      if (number !== asked) return; // a later search has begun
      const count = found.results.length;
      const isPlain = count && !found.isNear && !found.instead;
      status.replaceChildren(isPlain ? words.found(count) : said.shift()?.textContent ?? "");
      list.replaceChildren(...hits.map((each) => hit(each, true)));
      foot.replaceChildren(...said, ...(count ? [link(query.trim(), words.all(count))] : []));
    } catch (error) {
      status.replaceChildren(words.failed);
      throw error;
    } finally {
      over();
    }
  };
  let waiting;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, WAIT);
  });
  form.addEventListener("submit", (event) => input.value.trim() || event.preventDefault());
  element.addEventListener("click", (event) => {
    // The shade around it closes it, and so does a result, which may be on this very page.
    if (event.target === element || (event.target.closest("a") && isPlain(event))) element.close();
  });
  element.addEventListener("keydown", (event) => {
    event.stopPropagation(); // elsewhere on the page the theme turns to another page at some letters
    const stops = [input, ...element.querySelectorAll("a")];
    const at = stops.indexOf(focused());
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const isLetter = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (step && at >= 0) {
      event.preventDefault();
      stops[(at + step + stops.length) % stops.length].focus();
    } else if (at > 0 && isLetter) {
      input.focus(); // typing goes on
    }
  });
  return element;
};

const opener = root.querySelector("a.search-open");
opener?.setAttribute("aria-keyshortcuts", "/ s f Control+K Meta+K");
opener?.addEventListener("click", (event) => {
  if (!isPlain(event)) return;
  event.preventDefault();
  open();
});
listen("keydown", (event) => {
  if (event.defaultPrevented || event.altKey) return;
  const isTyping = event.target.closest?.("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");
  const hasModifier = event.ctrlKey || event.metaKey;
  const isChord = hasModifier && !event.shiftKey && event.key.toLowerCase() === "k";
  const isKey = !hasModifier && !isTyping && ["/", "s", "f"].includes(event.key) && keys() !== "off";
  if (!isChord && !isKey) return;
  event.preventDefault();
  open();
});

if (home) {
  import("./search/page.js").then(({ equip }) => {
    results = equip(home);
  });
}

/* The words at their place ------------------------------------------------------------------------------------------ */

const NOT_TEXT = "sup, .headerlink, .paragraph-number, .hidden-label, .proof, script, style";

/** Mark the words that a result was found by, in the passage it leads to; the page itself stays as it is. */
const highlight = () => {
  const given = new URLSearchParams(location.search);
  if (!given.has("h")) return;
  const forms = given.getAll("h").map((form) => form.trim()).filter((form) => form && form.length <= LONGEST).slice(0, 6);
  history.replaceState(history.state, "", withQuery({ h: "" })); // what is copied from the address bar is the passage's own
  if (!globalThis.CSS?.highlights) return;
  const ranges = scopes().flatMap((scope) => forms.flatMap((form) => rangesOf(form, scope)));
  CSS.highlights.set("search", new Highlight(...ranges));
  // A result that is a whole page leads to its words.
  const isBelow = ranges.length && ranges[0].getBoundingClientRect().top > innerHeight;
  if (!location.hash && isBelow) ranges[0].startContainer.parentElement.scrollIntoView({ block: "center" });
};

/** The elements to look in: the passage that is led to, and the copies of a note; without a passage the whole page. */
const scopes = () => {
  const target = byId(targetOf(location));
  if (!target || !article?.contains(target)) return article ? [[article]] : [];
  const isHeading = (element) => /^H[1-6]$/.test(element.tagName);
  if (!isHeading(target)) {
    const copies = [...article.querySelectorAll("[data-note]")].filter(({ dataset }) => dataset.note === target.id);
    return [target, ...copies].map((element) => [element]);
  }
  const section = [target];
  for (let next = target.nextElementSibling; next && !isHeading(next); next = next.nextElementSibling) section.push(next);
  return [section];
};

const rangesOf = (form, scope) => {
  const nodes = [];
  let text = "";
  for (const part of scope) {
    const texts = walker(part, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const node = texts.currentNode;
      if (node.parentElement.closest(NOT_TEXT)) continue;
      nodes.push({ node, start: text.length });
      text += node.data;
    }
    text += "\n";
  }
  const escaped = form.split(/\s+/).map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("\\s+");
  const hasSigns = new RegExp(`[${SIGNS}]`, "u").test(form);
  const pattern = new RegExp(hasSigns ? escaped : `(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "giu");
  const at = (offset) => {
    const { node, start } = nodes.findLast((each) => each.start <= offset);
    return [node, Math.min(offset - start, node.data.length)];
  };
  return [...text.matchAll(pattern)].map((match) => {
    const range = new Range();
    range.setStart(...at(match.index));
    const [node, offset] = at(match.index + match[0].length - 1);
    range.setEnd(node, Math.min(offset + 1, node.data.length));
    return range;
  });
};

highlight();
