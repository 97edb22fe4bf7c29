/*
 * Search: a dialog on every page, the page of results, and the words marked where a result leads.
 *
 * Without this script the header's link leads to the page of results (docs/search.md), which then lists what would
 * be searched.  The index is Pagefind's, made from the edition's own records (macros/search.py, macros/indexing.py);
 * nothing of it is loaded before a reader searches, and nothing is asked of any other server.
 *   1 the engine: what a query means, what is found, what words come near
 *   2 results as HTML, with the words found marked
 *   3 the dialog
 *   4 the page of results
 *   5 the words at their place
 */
(() => {
  "use strict";

  const HOME = new URL("../", document.currentScript.src); // the site's root
  const PAGE = new URL("search/", HOME);
  const WAIT = 120; // ms without a key before a search is begun
  const SHORT = 8; // results in the dialog
  const BATCH = 20; // results at a time on the page
  const EXCERPT = 230; // letters
  const FEW = 5000; // results: of more, the engine would take too long over their words one by one
  const KEYS = "search-keys"; // where a reader's choice about single keys is kept
  const JOINT = "\u2063"; // between words that are printed without a space (macros/search.py)
  const RANKING = { termSimilarity: 3, pageLength: 0.4, metaWeights: { title: 5, heading: 0.3, names: 4, also: 0.1 } };

  const WORDS = {
    en: {
      search: "Search", field: "Words to search for", go: "Search", close: "Close", clear: "Clear",
      found: (n) => (n === 1 ? "1 passage" : `${n.toLocaleString("en")} passages`),
      shown: (some) => `the first ${some} shown`,
      all: (n) => (n === 1 ? "Show it on the results page" : `All ${n.toLocaleString("en")} results`),
      none: (query) => `Nothing was found for ${query}.`,
      unknown: (some) => `${some} ${some.includes("”, “") ? "stand" : "stands"} nowhere here.`,
      comma: ", ", meant: "Did you mean", without: "Search without it", or: " or ", filtered: (n) => `Without the filters there would be ${n === 1 ? "one" : n}.`,
      more: "Show more", filters: "Filters", reset: "Clear filters", reference: "Elsewhere in this edition",
      sort: "Order", relevance: "By relevance", newest: "Newest first", oldest: "Oldest first",
      period: "Years", from: "from", to: "to", any: "any",
      keys: "Single keys (/ s f) open the search", failed: "The search could not be loaded. Please try again.",
      quoted: (text) => `“${text}”`,
    },
    ja: {
      search: "検索", field: "検索する語", go: "検索", close: "閉じる", clear: "消去",
      found: (n) => `${n} 件`,
      shown: (some) => `最初の ${some} 件を表示`,
      all: (n) => `${n} 件すべてを表示`,
      none: (query) => `${query}は見つかりませんでした。`,
      unknown: (some) => `${some}はここにはありません。`,
      comma: "、", meant: "もしかして", without: "この語を除いて検索", or: "・", filtered: (n) => `絞り込みを外すと ${n} 件あります。`,
      more: "さらに表示", filters: "絞り込み", reset: "絞り込みを解除", reference: "この版のその他の箇所",
      sort: "並び順", relevance: "関連度順", newest: "新しい順", oldest: "古い順",
      period: "年", from: "から", to: "まで", any: "指定なし",
      keys: "一文字のキー（/ s f）で検索を開く", failed: "検索を読み込めませんでした。もう一度お試しください。",
      quoted: (text) => `「${text}」`,
    },
  };
  const spoken = document.documentElement.lang.slice(0, 2);
  const language = spoken in WORDS ? spoken : "en";
  const words = WORDS[language];

  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const button = (label, attributes, act) => {
    const element = make("button", { type: "button", ...attributes }, label);
    element.addEventListener("click", act);
    return element;
  };
  const KANA = 0x3040;
  const STAND_INS = 0x14400; // of kana with a sound mark, which is no accent (macros/search.py)
  const coded = (text) => text.replace(/[\u3040-\u30ff]/gu, (sign) => sign.normalize("NFD").length === 1 ? sign : String.fromCodePoint(sign.codePointAt(0) - KANA + STAND_INS));
  const decoded = (text) => text.replace(/[\u{14400}-\u{144bf}]/gu, (sign) => String.fromCodePoint(sign.codePointAt(0) - STAND_INS + KANA));
  const fold = (text) => text.normalize("NFKD").replace(/(?<![\u3040-\u30ff])\p{M}/gu, "").normalize("NFC").toLowerCase();

  /* 1 The engine ---------------------------------------------------------------------------------------------------- */

  const SIGNS = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff";
  const SIGN = new RegExp(`[${SIGNS}]`, "u");
  const TITLE_PARTS = new RegExp(`[${SIGNS}]|[\\p{L}\\p{N}\\p{M}’']+|[^\\p{L}\\p{N}]+`, "gu");
  const PIECES = new RegExp(`[${SIGNS}]|[^${SIGNS}]+`, "gu");
  const SPACE = /[\s\-‐‑–—/]+/; // and what parts compounds
  const QUOTED = /["“”„«»「」『』]([^"“”„«»「」『』]+)["“”„«»「」『』]?/g;

  let engine; // promised at the first search
  const load = () =>
    (engine ??= import(new URL("pagefind.js", PAGE)).then(async (pagefind) => {
      await pagefind.options({ ranking: RANKING });
      await pagefind.init();
      return pagefind;
    }));
  let vocabulary; // promised when a word is met that the index does not have
  const loadVocabulary = () =>
    (vocabulary ??= fetch(new URL("vocabulary.json", PAGE))
      .then((response) => response.json())
      .then((counts) => Object.entries(counts).map(([word, count]) => ({ word, folded: fold(word), count }))));

  /** The words of a text as the index has them: parts of compounds and signs of unspaced scripts are words. */
  const tokens = (text) =>
    text.normalize("NFKC").split(SPACE).flatMap((part) => part.match(PIECES) ?? [])
      .map((piece) => piece.replace(/[^\p{L}\p{N}\p{M}_]/gu, "")).filter(Boolean);

  /**
   * What is asked for: words, of which a passage holds all, and phrases, whose words stand together.  Words of an
   * unspaced script are phrases of their signs.  A phrase of one word is one that is taken as it stands, where others
   * find longer words too: in capitals, or with signs in it (US, U.S., 2+2).
   */
  const parse = (query) => {
    const asked = { words: [], phrases: [] };
    const rest = query.replace(QUOTED, (_, quoted) => {
      asked.phrases.push(tokens(quoted));
      return " ";
    });
    for (const part of rest.split(SPACE)) {
      const bare = part.normalize("NFKC").replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
      const parts = tokens(bare);
      const isCapital = /\p{Lu}.*\p{Lu}/u.test(bare) && bare === bare.toUpperCase();
      const hasSigns = parts.join("") !== bare.replace(/[’'_]/g, "");
      if (parts.length > 1 || isCapital || hasSigns) asked.phrases.push(parts);
      else asked.words.push(...parts);
    }
    asked.phrases = asked.phrases.filter((phrase) => phrase.length);
    asked.all = [...asked.words, ...asked.phrases.flat()];
    return asked;
  };

  const exact = (phrase) => coded(`"${phrase.join(" ")}"`);
  const chosen = (filters) =>
    Object.fromEntries(Object.entries(filters).filter(([, values]) => values.length).map(([name, any]) => [name, { any }]));

  /** What is found: results, the best first, each with the places of the words found; and counts by filter. */
  const find = async (query, filters = {}) => ask(parse(query), { filters: chosen(filters) });
  const ask = async (asked, options) => {
    const pagefind = await load();
    if (!asked.all.length) {
      const { results, filters: counts } = await pagefind.search(null, options);
      return { results, counts, unknown: [], asked };
    }
    const search = (text) => pagefind.search(text, options);
    const ranked = await search(coded(asked.all.join(" ")));
    const phrases = [];
    for (const phrase of asked.phrases) phrases.push(await search(exact(phrase)));
    for (const [at, phrase] of asked.phrases.entries()) {
      // What is taken as it stands and does not stand anywhere may be the beginning of a word, still being typed.
      if (phrase.length > 1 || phrases[at].results.length || (await spelt(phrase[0])) !== "begun") continue;
      const others = asked.phrases.toSpliced(at, 1);
      return ask({ ...asked, words: [...asked.words, phrase[0]], phrases: others }, options);
    }
    // Words that stand together count double; of one word its own forms come before longer words.
    const { words: some } = asked;
    const isFew = ranked.results.length < FEW;
    const favoured = isFew && some.length && !phrases.length ? placesOf(await search(exact(some))) : new Map();
    const places = phrases.map(placesOf);
    const results = ranked.results
      .filter(({ id }) => places.every((found) => found.has(id)))
      .map((result) => ({
        ...result,
        score: result.score * (favoured.has(result.id) ? 2 : 1) * (some.length === 1 && favoured.size && !favoured.has(result.id) ? 0.2 : 1),
        words: [...places, some.length > 1 ? favoured : new Map()].flatMap((found) => found.get(result.id) ?? []),
        rest: some.length ? result.words : [], // of a query that is all phrases no word is marked by itself
      }))
      .sort((one, other) => other.score - one.score);
    let counts = phrases.length === 1 && !some.length ? phrases[0].filters : ranked.filters;
    if (phrases.length && (phrases.length > 1 || some.length)) counts = await recount(pagefind, results, [ranked, ...phrases]);
    const unknown = await unknownAmong(pagefind, asked, results);
    return unknown.length ? { results: [], counts: {}, unknown, asked } : { results, counts, unknown, asked };
  };

  const placesOf = ({ results }) => new Map(results.map((result) => [result.id, result.words]));

  /** Whether the vocabulary has a word, or has only words that begin so. */
  const spelt = async (word) => {
    const folded = fold(word);
    const longer = (await loadVocabulary()).filter((known) => known.folded.startsWith(folded));
    return longer.some((known) => known.folded === folded) ? "whole" : longer.length ? "begun" : "";
  };

  /**
   * The words of a query that stand nowhere.  The engine passes over such words, or takes a shorter one for them; so
   * what the best result does not show is looked up in the vocabulary, and what that does not have in the index, which
   * knows a word's other forms.
   */
  const unknownAmong = async (pagefind, asked, results) => {
    const best = results.length ? await results[0].data() : null;
    const shown = best ? `${decoded(best.content)} ${JSON.parse(best.anchors[0].id).title}`.split(/[\s-]+/) : [];
    const unknown = [];
    for (const word of new Set(asked.all)) {
      if (shown.some((part) => isForm(part, word))) continue;
      const found = await spelt(word);
      if (found === "whole" || (found && asked.words.includes(word))) continue;
      if (!(await pagefind.search(exact([word]))).results.length) unknown.push(word);
    }
    return unknown;
  };

  /** Counts by filter for what several searches have in common: of one search alone the engine tells them. */
  const members = new Map();
  const recount = async (pagefind, results, searches) => {
    const counts = {};
    for (const [name, values] of Object.entries(searches[0].filters)) {
      counts[name] = {};
      for (const value of Object.keys(values)) {
        counts[name][value] = 0;
        if (searches.some(({ filters }) => !filters[name]?.[value])) continue;
        const key = `${name} ${value}`;
        if (!members.has(key)) {
          const all = await pagefind.search(null, { filters: { [name]: value } });
          members.set(key, new Set(all.results.map(({ id }) => id)));
        }
        counts[name][value] = results.filter(({ id }) => members.get(key).has(id)).length;
      }
    }
    return counts;
  };

  /** How many letters would have to be changed, added, dropped or swapped to make one word of the other. */
  const distance = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let before = [];
    let row = Array.from({ length: other.length + 1 }, (_, index) => index);
    for (let i = 1; i <= one.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= other.length; j += 1) {
        const same = one[i - 1] === other[j - 1];
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
      }
      [before, row] = [row, next];
    }
    return row[other.length];
  };

  /** The words of the edition that come nearest to one, the nearest and most used first. */
  const near = async (word, most = word.length < 4 ? 1 : word.length < 8 ? 2 : 3, least = 1) => {
    const folded = fold(word);
    const first = (other) => (other.folded[0] === folded[0] ? 1 : 0);
    return (await loadVocabulary())
      .filter((known) => known.count >= least && known.folded !== folded)
      .map((known) => ({ ...known, far: distance(folded, known.folded, most) }))
      .filter(({ far, folded: other }) => far <= most && far < other.length / 2)
      .sort((one, other) => one.far - other.far || first(other) - first(one) || other.count - one.count)
      .slice(0, 3).map(({ word: known }) => known);
  };

  /* 2 Results as HTML ----------------------------------------------------------------------------------------------- */

  /** A passage's words as they are printed, a space behind each that has one. */
  const printed = (content) => decoded(content).split(" ").map((word) => (word.endsWith(JOINT) ? word.slice(0, -1) : `${word} `));

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
    const within = (first) => places.filter((place) => place >= first && sum[place + 1] - sum[first] < EXCERPT * 0.8).length;
    const best = [...places].sort((one, other) => within(other) - within(one) || one - other)[0] ?? 0;
    let start = best;
    while (start > 0 && sum[best] - sum[start - 1] < EXCERPT / 4 && !/[.!?。]["”’)]?\s?$/.test(parts[start - 1])) start -= 1;
    let end = start;
    while (end < parts.length && sum[end + 1] - sum[start] <= EXCERPT) end += 1;
    while (start > 0 && sum[end] - sum[start - 1] <= EXCERPT && end === parts.length) start -= 1;
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
    nodes.push(parts.slice(at, end).join(""));
    return nodes;
  };

  /** Whether a printed word is one that was asked for; short words only if they are the same, or not at all. */
  const isForm = (part, word, isLong = false) => {
    const [one, other] = [part.replace(/[^\p{L}\p{N}\p{M}]/gu, ""), word].map(fold);
    if (other.length < 4 && !SIGN.test(other)) return !isLong && one === other;
    return one.startsWith(other.length > 4 ? other.replace(/(?:ies|es|s|ed|ing|y|e)$/, "") : other);
  };

  /** A title with the words of a query marked: the engine does not say where they stand in it. */
  const markedTitle = (title, asked) =>
    (title.match(TITLE_PARTS) ?? []).map((part) =>
      /[\p{L}\p{N}]/u.test(part) && asked.all.some((word) => isForm(part, word)) ? make("mark", {}, part) : part);

  /** What a result says and where it leads; the record is what macros/indexing.py hands through. */
  const read = async (result, asked) => {
    const data = await result.data();
    const record = JSON.parse(data.anchors[0].id);
    const parts = printed(data.content);
    const isAsked = (place) => asked.words.some((word) => isForm(parts[place], word, Boolean(result.words.length)));
    const places = runs([...(result.words ?? []), ...(result.rest ?? []).filter(isAsked)].filter((place) => place in parts));
    const forms = places.map(([first, last]) => parts.slice(first, last + 1).join("").replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""));
    const address = new URL(record.address, HOME);
    for (const form of [...new Set(forms)].filter((form) => form && form.length < 80).slice(0, 6)) address.searchParams.append("h", form);
    const [start, end] = stretch(parts, places.map(([first]) => first));
    const text = marked(parts, start, end, places);
    if (start > 0) text.unshift("… ");
    if (end < parts.length) text.push("…");
    return { ...record, href: address.href, text: parts.join("").trim() === record.title ? [] : text, name: markedTitle(record.title, asked) };
  };

  const hit = (found, withGroup) => {
    const link = make("a", { href: found.href, class: "search-hit" });
    const about = make("span", { class: "search-about" }, make("span", { class: "search-kind" }, found.label));
    if (withGroup && found.group) about.append(" · ", make("span", { class: "search-group" }, found.group));
    const title = make("span", { class: "search-title" }, ...found.name);
    const text = make("span", { class: "search-text", ...(found.language ? { lang: found.language } : {}) }, ...found.text);
    link.append(title, " ", about, ...(found.text.length ? [" ", text] : []));
    return make("li", { "data-kind": found.kind }, link);
  };

  const link = (query, label, more = {}) => {
    const address = new URL(PAGE);
    for (const [name, value] of Object.entries({ q: query, ...more })) if (value) address.searchParams.set(name, value);
    return make("a", { href: address.href }, label);
  };

  /** What is said where nothing, or next to nothing, is found: nearer words, and the query without what is nowhere. */
  const advice = async (query, { results, unknown, asked }) => {
    const said = [];
    if (unknown.length) said.push(make("p", {}, words.unknown(unknown.map(words.quoted).join(", "))));
    else if (!results.length) said.push(make("p", {}, words.none(words.quoted(query.trim()))));
    // A word that finds something may be right: only a much used one, a letter off, is proposed instead.
    const doubtful = unknown.length ? unknown : results.length < 3 ? asked.words.filter((word) => word.length > 4) : [];
    const proposals = new Set();
    for (const word of doubtful) {
      const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, "giu");
      for (const other of await (unknown.length ? near(word) : near(word, 1, 10))) proposals.add(query.trim().replace(pattern, other));
    }
    if (proposals.size) {
      const offered = [...proposals].slice(0, 4).flatMap((proposal, at) => [at ? words.or : "", link(proposal, proposal)]);
      said.push(make("p", { class: "search-meant" }, `${words.meant} `, ...offered, "?"));
    }
    const rest = unknown.reduce((text, word) => text.replace(word, ""), query).replace(/["“”]\s*["“”]/g, "").trim();
    if (unknown.length && parse(rest).all.length) said.push(make("p", {}, link(rest, words.without)));
    return said;
  };

  /* 3 The dialog ---------------------------------------------------------------------------------------------------- */

  const home = document.querySelector(".md-content .search"); // on the page of results
  let dialog;
  const open = () => {
    if (home) return field.focus();
    dialog ??= build();
    if (dialog.open) return;
    dialog.showModal();
    dialog.querySelector("input").select();
    load().catch(() => {}); // the failure is told at the first search
  };

  const build = () => {
    const input = make("input", {
      type: "text", name: "q", "aria-label": words.field, placeholder: words.search, inputmode: "search",
      enterkeyhint: "search", autocomplete: "off", autocapitalize: "off", spellcheck: "false", maxlength: "200",
    });
    const status = make("p", { class: "search-status", role: "status" });
    const list = make("ol", { class: "search-list" });
    const foot = make("div", { class: "search-foot" });
    const form = make("form", { class: "search-form", role: "search", action: PAGE.href, method: "get" }, input,
      button(words.close, { class: "search-close" }, () => element.close()));
    const element = make("dialog", { class: "search-dialog md-typeset", "aria-label": words.search, lang: language }, form, status, list, foot);
    document.body.append(element);

    let asked = 0;
    const search = async () => {
      const number = (asked += 1);
      const query = input.value;
      if (!parse(query).all.length) {
        for (const place of [status, list, foot]) place.replaceChildren();
        return;
      }
      try {
        const found = await find(query);
        const hits = await Promise.all(found.results.slice(0, SHORT).map((result) => read(result, found.asked)));
        const said = await advice(query, found);
        if (number !== asked) return; // a later search has begun
        const count = found.results.length;
        status.replaceChildren(count ? words.found(count) : said.shift()?.textContent ?? "");
        list.replaceChildren(...hits.map((each) => hit(each, true)));
        foot.replaceChildren(...said, ...(count ? [link(query.trim(), words.all(count))] : []));
      } catch (error) {
        engine = undefined;
        status.replaceChildren(words.failed);
        throw error;
      }
    };
    let waiting;
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(search, WAIT);
    });
    form.addEventListener("submit", (event) => {
      if (!parse(input.value).all.length) event.preventDefault();
    });
    element.addEventListener("click", (event) => {
      if (event.target === element) element.close(); // the shade around it
      else if (event.target.closest("a") && isPlain(event)) element.close(); // a result may be on this very page
    });
    element.addEventListener("keydown", (event) => {
      event.stopPropagation(); // elsewhere on the page the theme turns to another page at some letters
      const stops = [input, ...element.querySelectorAll("a")];
      const at = stops.indexOf(document.activeElement);
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && at >= 0) {
        event.preventDefault();
        stops[(at + step + stops.length) % stops.length].focus();
      } else if (at > 0 && event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) {
        input.focus(); // typing goes on
      }
    });
    return element;
  };

  const opener = document.querySelector("a.search-open");
  opener?.setAttribute("aria-keyshortcuts", "/ s f Control+K Meta+K");
  const isPlain = (event) => !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  opener?.addEventListener("click", (event) => {
    if (!isPlain(event)) return;
    event.preventDefault();
    open();
  });
  const stored = (value) => {
    try {
      return value === undefined ? localStorage.getItem(KEYS) : localStorage.setItem(KEYS, value);
    } catch {
      return null; // storage may be forbidden
    }
  };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.shiftKey && event.key !== "/") return;
    const isTyping = event.target.closest?.("input, select, textarea, [contenteditable]");
    const isChord = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
    const isKey = !event.ctrlKey && !event.metaKey && !isTyping && ["/", "s", "f"].includes(event.key) && stored() !== "off";
    if (!isChord && !(isKey && !dialog?.open)) return;
    event.preventDefault();
    open();
  });

  /* 4 The page of results ------------------------------------------------------------------------------------------- */

  let field;
  const equip = () => {
    const filters = new Map(); // by name: the list in the page, and for each value its box and count
    const state = { q: "", kind: [], document: [], thread: [], from: "", to: "", sort: "" };

    field = make("input", {
      type: "text", name: "q", id: "search-field", "aria-label": words.field, inputmode: "search", enterkeyhint: "search",
      autocomplete: "off", autocapitalize: "off", spellcheck: "false", maxlength: "200",
    });
    const form = make("form", { class: "search-form", role: "search", action: PAGE.href }, field,
      make("button", { type: "submit", class: "search-go" }, words.go));
    const status = make("p", { class: "search-status", role: "status" });
    const advised = make("div", { class: "search-advice" });
    const list = make("div", { class: "search-groups" });
    const more = button(words.more, { class: "search-more", hidden: "" }, () => showMore());
    const sort = make("select", { id: "search-sort" });
    for (const [value, label] of [["", words.relevance], ["newest", words.newest], ["oldest", words.oldest]]) sort.append(make("option", { value }, label));
    sort.addEventListener("change", () => choose({ sort: sort.value }));
    const order = make("p", { class: "search-order" }, make("label", { for: sort.id }, words.sort), " ", sort);

    const choices = make("div", { class: "search-choices" });
    for (const source of home.querySelectorAll("ul[data-filter]")) {
      const name = source.dataset.filter;
      const head = make("legend", {}, source.previousElementSibling.textContent);
      const box = make("ul", {});
      const values = new Map();
      for (const item of source.children) {
        const check = make("input", { type: "checkbox", name, value: item.dataset.value });
        const count = make("span", { class: "search-count" });
        const row = make("li", {}, make("label", {}, check, " ", make("span", {}, item.textContent.trim()), " ", count));
        values.set(item.dataset.value, { check, count, row });
        box.append(row);
        check.addEventListener("change", () =>
          choose({ [name]: [...values].filter(([, { check: each }]) => each.checked).map(([value]) => value) }));
      }
      filters.set(name, values);
      choices.append(make("fieldset", { "data-filter": name }, head, box));
    }
    const [from, to] = ["from", "to"].map((name) => {
      const select = make("select", { "aria-label": `${words.period}: ${words[name]}` });
      select.addEventListener("change", () => choose({ [name]: select.value }));
      return select;
    });
    const period = make("fieldset", {}, make("legend", {}, words.period), make("p", { class: "search-period" }, from, " – ", to));
    choices.append(period);
    const reset = button(words.reset, { class: "search-reset" }, () => choose({ kind: [], document: [], thread: [], from: "", to: "" }));
    const panel = make("details", { class: "search-filters" }, make("summary", {}, words.filters), choices, reset);
    const wide = matchMedia("(min-width: 60em)");
    const unfold = () => { panel.open = wide.matches; };
    wide.addEventListener("change", unfold);
    unfold();
    const columns = make("div", { class: "search-columns", lang: language, hidden: "" }, panel,
      make("div", { class: "search-results" }, order, list, more));
    home.before(form, status, advised, columns);
    home.querySelector(".search-without-script").remove();
    home.classList.add("is-equipped");

    const keys = make("input", { type: "checkbox" });
    keys.checked = stored() !== "off";
    keys.addEventListener("change", () => stored(keys.checked ? "on" : "off"));
    home.parentElement.append(make("p", { class: "search-keys", lang: language }, make("label", {}, keys, " ", words.keys)));

    /* The address holds all that is chosen. */
    const LISTS = ["kind", "document", "thread"];
    const readAddress = () => {
      const given = new URLSearchParams(location.search);
      for (const name of Object.keys(state)) {
        const value = (given.get(name) ?? "").trim();
        state[name] = LISTS.includes(name) ? value.split(",").filter((each) => filters.get(name)?.has(each)) : value;
      }
      for (const name of ["from", "to"]) if (!/^\d{4}$/.test(state[name])) state[name] = "";
      if (!["newest", "oldest"].includes(state.sort)) state.sort = "";
    };
    const address = () => {
      const made = new URL(PAGE);
      for (const [name, value] of Object.entries(state)) if (String(value)) made.searchParams.set(name, String(value));
      made.search = made.search.replaceAll("%2C", ",");
      return made;
    };
    const choose = (change) => {
      Object.assign(state, change);
      history.pushState(null, "", address());
      run();
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      choose({ q: field.value.trim() });
    });
    addEventListener("popstate", () => {
      readAddress();
      run();
    });

    /* A search: the results at once, then the counts beside the filters. */
    let years = [];
    const asFilters = (without) => {
      const given = Object.fromEntries(LISTS.map((name) => [name, state[name]]));
      given.year = state.from || state.to ? years.filter((year) => year >= (state.from || year) && year <= (state.to || year)) : [];
      if (given.year.length === 0 && (state.from || state.to)) given.year = ["none"];
      if (without) given[without] = [];
      return given;
    };
    const isFiltered = () => LISTS.some((name) => state[name].length) || state.from || state.to;

    let number = 0;
    let coming; // gives the next results
    let shown = 0;
    let total = 0;
    const run = async () => {
      const mine = (number += 1);
      field.value = state.q;
      sort.value = state.sort;
      document.title = document.title.replace(/^.*? - /, `${state.q ? `${state.q} – ` : ""}${words.search} - `);
      const isAsked = parse(state.q).all.length > 0 || Boolean(isFiltered());
      columns.hidden = !isAsked;
      home.hidden = isAsked;
      reset.hidden = !isFiltered();
      for (const place of [status, advised, list]) place.replaceChildren();
      more.hidden = true;
      if (!isAsked) return;
      try {
        const pagefind = await load();
        if (!years.length) {
          const all = await pagefind.filters();
          years = Object.keys(all.year ?? {}).sort();
          for (const select of [from, to]) {
            select.append(make("option", { value: "" }, words.any), ...years.map((year) => make("option", {}, year)));
          }
        }
        from.value = state.from;
        to.value = state.to;
        const found = await find(state.q, asFilters());
        if (mine !== number) return;
        total = found.results.length;
        shown = 0;
        coming = state.sort ? byDate(found) : inOrder(found);
        const said = await advice(state.q, found);
        if (mine !== number) return;
        if (!total && !found.unknown.length && isFiltered()) {
          const all = await find(state.q);
          if (all.results.length) said.push(make("p", {}, words.filtered(all.results.length), " ", button(words.reset, { class: "search-reset" }, () => reset.click())));
        }
        await showMore(mine);
        if (mine !== number) return;
        advised.replaceChildren(...said);
        home.hidden = total > 0;
        columns.hidden = !total && !isFiltered();
        order.hidden = total < 2;
        await count(found, mine);
      } catch (error) {
        engine = undefined;
        status.replaceChildren(words.failed);
        throw error;
      }
    };

    /** Give results a batch at a time, the best first. */
    const inOrder = async function* ({ results, asked }) {
      for (const result of results) yield [result, asked];
    };
    /** Give results document by document in order of date, what has no document last. */
    const byDate = async function* ({ results, asked, counts }) {
      const left = new Map(results.map((result) => [result.id, result]));
      const documents = [...filters.get("document")?.keys() ?? []]; // in order of date, as the page lists them
      if (state.sort === "newest") documents.reverse();
      for (const id of documents) {
        if (!counts.document?.[id]) continue;
        const here = await find(state.q, { ...asFilters(), document: [id] });
        for (const result of here.results) {
          if (left.delete(result.id)) yield [result, asked];
        }
      }
      for (const result of left.values()) yield [result, asked];
    };

    const showMore = async (mine = number) => {
      const batch = [];
      while (batch.length < BATCH) {
        const { value, done } = await coming.next();
        if (done) break;
        batch.push(read(...value));
      }
      const hits = await Promise.all(batch);
      if (mine !== number) return;
      const groups = new Map();
      for (const each of hits) groups.set(each.group, [...(groups.get(each.group) ?? []), each]);
      for (const [group, some] of groups) {
        const head = make("h2", {}, group || words.reference);
        const items = make("ol", { class: "search-list" }, ...some.map((each) => hit(each, false)));
        list.append(make("section", {}, head, items));
      }
      shown += hits.length;
      more.hidden = shown >= total;
      const all = words.found(total);
      status.replaceChildren(total ? (shown < total ? `${all}${words.comma}${words.shown(shown)}` : all) : "");
    };

    /** Write the counts beside the filters: of each filter, what there would be if it were chosen. */
    const count = async (found, mine) => {
      for (const [name, values] of filters) {
        const counts = state[name].length ? (await find(state.q, asFilters(name))).counts[name] : found.counts[name];
        if (mine !== number) return;
        let some = 0;
        for (const [value, { check, count: place, row }] of values) {
          const found = counts?.[value] ?? 0;
          check.checked = state[name].includes(value);
          place.textContent = String(found);
          row.hidden = !found && !check.checked;
          some += row.hidden ? 0 : 1;
        }
        choices.querySelector(`fieldset[data-filter="${name}"]`).hidden = !some;
      }
      period.hidden = !years.length;
    };

    readAddress();
    run();
  };
  if (home) equip();

  /* 5 The words at their place -------------------------------------------------------------------------------------- */

  /** Mark words in an element, or from a heading to the next; the marks change nothing in the page (CSS highlights). */
  const highlight = () => {
    const address = new URL(location.href);
    const forms = address.searchParams.getAll("h").slice(0, 6);
    if (!forms.length) return;
    address.searchParams.delete("h");
    address.search = address.search.replaceAll("%2C", ",");
    history.replaceState(history.state, "", address); // what is copied from the address bar is the passage's own
    if (!globalThis.CSS?.highlights) return;
    const ranges = scopes().flatMap((scope) => forms.flatMap((form) => rangesOf(form, scope)));
    CSS.highlights.set("search", new Highlight(...ranges));
  };

  const scopes = () => {
    const article = document.querySelector(".md-content__inner");
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !article?.contains(target)) return article ? [[article]] : [];
    const copies = [...document.querySelectorAll(`[data-note="${CSS.escape(target.id)}"]`)].map((copy) => [copy]);
    if (!/^H[1-6]$/.test(target.tagName)) return [[target], ...copies];
    const section = [target];
    for (let next = target.nextElementSibling; next && !/^H[1-6]$/.test(next.tagName); next = next.nextElementSibling) section.push(next);
    return [section];
  };

  const NOT_TEXT = "sup, .headerlink, .paragraph-number, .hidden-label, .proof, script, style";
  const rangesOf = (form, scope) => {
    const nodes = [];
    let text = "";
    for (const root of scope) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const node = walker.currentNode;
        if (node.parentElement.closest(NOT_TEXT)) continue;
        nodes.push({ node, start: text.length });
        text += node.data;
      }
      text += "\n";
    }
    const pattern = form.trim().split(/\s+/).map((word) => word.replace(/[^\p{L}\p{N}\s]/gu, "\\$&")).join("\\s+");
    const isSign = SIGN.test(form);
    const found = text.matchAll(new RegExp(isSign ? pattern : `(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, "giu"));
    const at = (offset) => {
      const { node, start } = nodes.findLast((each) => each.start <= offset);
      return [node, Math.min(offset - start, node.data.length)];
    };
    return [...found].map((match) => {
      const range = new Range();
      range.setStart(...at(match.index));
      const [node, offset] = at(match.index + match[0].length - 1);
      range.setEnd(node, offset + 1);
      return range;
    });
  };

  highlight();
})();
