/*
 * The page of results: its form, its filters made of the lists that the page holds (macros/templates/search.html),
 * and results grouped by document.  The address holds all that is chosen, so that it can be shared.
 */
import { asked as given } from "../lib/address.js";
import { button, focused, make, root } from "../lib/page.js";
import { language, words as interfaceWords } from "../lib/words.js";
import { find, valuesOf } from "./engine.js";
import { LONGEST, PAGE, field, saySlow, singleKeys } from "./form.js";
import { parse } from "./query.js";
import { cardsOf } from "./ranking.js";
import { advice, card, hit, read } from "./results.js";

const { search: words } = interfaceWords;
const BATCH = 20; // results at a time
const LISTS = ["kind", "evidence", "document", "thread"];
const NOTHING = { kind: [], evidence: [], document: [], thread: [], from: "", to: "" };
const STEPS = new Map([["ArrowDown", 1], ["ArrowUp", -1]]);
const ORDERS = new Map([["", words.relevance], ["newest", words.newest], ["oldest", words.oldest]]);

/** What is tried is tried a second time if it fails: what is not sent at once often is the next moment. */
const twice = (search) => search().catch(search);

/** Make the page of results of the element that lists what can be searched. */
export const equip = (home) => {
  const state = { q: "", ...NOTHING, sort: "" };

  /* What stands on the page ----------------------------------------------------------------------------------------- */

  const input = field({ id: "_search-field" });
  const go = make("button", { type: "submit", class: "search-go" }, words.search);
  const form = make("form", { class: "search-form", role: "search", action: PAGE.href }, input, go);
  const status = make("p", { class: "search-status", role: "status" });
  const advised = make("div", { class: "search-advice" });
  const list = make("div", { class: "search-groups" });
  const more = button(words.more, { class: "search-more", hidden: "" }, () => showMore());
  const select = (attributes, choices, name) => {
    const options = [...choices].map(([value, label]) => make("option", { value }, label));
    const element = make("select", attributes, ...options);
    element.addEventListener("change", () => choose({ [name]: element.value }));
    return element;
  };
  const sort = select({ id: "_search-sort" }, ORDERS, "sort");
  const order = make("p", { class: "search-order" }, make("label", { for: sort.id }, words.sort), " ", sort);

  const filters = new Map(); // by name: the group of boxes, and for each value its box, count and row
  for (const source of home.querySelectorAll("ul[data-filter]")) {
    const name = source.dataset.filter;
    const values = new Map();
    for (const { dataset, textContent } of source.children) {
      const label = textContent.trim();
      const box = make("input", { type: "checkbox", name, value: dataset.value });
      const count = make("span", { class: "search-count" });
      const row = make("li", {}, make("label", {}, box, " ", make("span", {}, label), " ", count));
      values.set(dataset.value, { box, count, row, label });
      box.addEventListener("change", () => {
        choose({ [name]: [...values].filter(([, each]) => each.box.checked).map(([value]) => value) });
      });
    }
    const rows = make("ul", {}, ...[...values.values()].map(({ row }) => row));
    const head = make("legend", {}, source.previousElementSibling.textContent);
    filters.set(name, { values, group: make("fieldset", { "data-filter": name }, head, rows) });
  }
  const [from, to] = ["from", "to"].map((name) =>
    select({ "aria-label": `${words.period}: ${words[name]}` }, new Map([["", words.any]]), name));
  const years = make("p", { class: "search-period" }, from, " – ", to);
  const period = make("fieldset", {}, make("legend", {}, words.period), years);
  const clear = () => button(words.reset, { class: "search-reset" }, () => choose(NOTHING));
  const reset = clear();
  const groups = [...filters.values()].map(({ group }) => group);
  const summary = make("summary", {}, words.filters);
  const panel = make("details", { class: "search-filters" }, summary, ...groups, period, reset);
  const wide = matchMedia("(min-width: 60em)");
  const unfold = () => {
    panel.open = wide.matches;
  };
  wide.addEventListener("change", unfold);
  unfold();

  const results = make("div", { class: "search-results" }, order, list, more);
  const columns = make("div", { class: "search-columns", lang: language, hidden: "" }, panel, results);
  home.before(form, status, advised, columns);
  home.querySelector(".search-without-script")?.remove();
  home.classList.add("is-equipped");

  const single = make("input", { type: "checkbox" });
  single.checked = singleKeys.get() !== "off";
  single.addEventListener("change", () => singleKeys.set(single.checked ? "on" : "off"));
  home.parentElement.append(make("p", { class: "search-keys", lang: language }, make("label", {}, single, " ", words.keys)));

  /* The address ----------------------------------------------------------------------------------------------------- */

  const readAddress = () => {
    for (const name of Object.keys(state)) {
      const value = given(name).trim().slice(0, LONGEST);
      state[name] = LISTS.includes(name) ? value.split(",").filter((each) => filters.get(name)?.values.has(each)) : value;
    }
    for (const name of ["from", "to"]) if (!/^\d{4}$/.test(state[name])) state[name] = "";
    if (state.from && state.to && state.from > state.to) [state.from, state.to] = [state.to, state.from];
    if (!ORDERS.has(state.sort)) state.sort = "";
  };
  const choose = (change) => {
    Object.assign(state, change);
    const address = new URL(PAGE);
    for (const [name, value] of Object.entries(state)) if (String(value)) address.searchParams.set(name, String(value));
    address.search = address.search.replaceAll("%2C", ",");
    history.pushState(null, "", address);
    run();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    choose({ q: input.value.trim() });
  });
  addEventListener("popstate", () => {
    readAddress();
    run(history.state);
  });
  // Who comes back finds the list as long as it was, and the place in it.
  addEventListener("pagehide", () => history.replaceState({ shown, scroll: scrollY }, ""));
  const hitAt = (step) => {
    const stops = [...list.querySelectorAll("a.search-hit, details[open] a")];
    const at = stops.indexOf(focused()) + step;
    return at < 0 ? input : stops[at];
  };
  for (const place of [input, list]) {
    place.addEventListener("keydown", (event) => {
      const step = STEPS.get(event.key);
      const next = step && (place === list || step > 0) ? hitAt(step) : undefined;
      if (!next) return;
      event.preventDefault();
      next.focus();
    });
  }

  /* A search: the results first, then the counts beside the filters -------------------------------------------------- */

  const known = []; // the years that anything is of
  const countFilters = () => LISTS.reduce((sum, name) => sum + state[name].length, state.from || state.to ? 1 : 0);
  const isFiltered = () => countFilters() > 0;
  const chosen = (without) => {
    const isWithin = (year) => year >= (state.from || year) && year <= (state.to || year);
    const within = state.from || state.to ? known.filter(isWithin) : [];
    const year = (state.from || state.to) && !within.length ? ["none"] : within;
    const made = { ...Object.fromEntries(LISTS.map((name) => [name, state[name]])), year };
    return without ? { ...made, [without]: [] } : made;
  };

  const title = root.querySelector("head > title");
  const siteName = title.textContent.match(/ - .*/s)?.[0] ?? "";
  let number = 0; // of the search that was begun last
  let coming; // gives its results one after the other
  let shown = 0;
  let total = 0;
  let asked = { asked: parse("") }; // what was searched in the end
  let hits = []; // those that are shown
  /** Show what is asked for, and nothing found yet. */
  const clearFor = (isAsked) => {
    input.value = state.q;
    sort.value = state.sort;
    title.textContent = (state.q ? `${state.q} – ${words.search}` : words.search) + siteName;
    columns.hidden ||= !isAsked; // it comes with the results
    home.hidden = isAsked;
    reset.hidden = !isFiltered();
    summary.textContent = isFiltered() ? `${words.filters} (${countFilters()})` : words.filters;
    more.hidden = true;
    for (const place of [status, advised, list]) place.replaceChildren();
  };
  const learnYears = async () => {
    if (!known.length) {
      known.push(...(await twice(() => valuesOf("year"))).toSorted());
      for (const choice of [from, to]) choice.append(...known.map((year) => make("option", {}, year)));
    }
    [from.value, to.value] = [state.from, state.to];
  };
  /** Show results, as many as there were when the reader left, and what else there is to say of them. */
  const showFound = async (found, said, back) => {
    const mine = number;
    total = found.results.length;
    shown = 0;
    asked = found;
    hits = [];
    coming = state.sort ? byDate(found) : found.results.values();
    await showMore();
    while (back?.shown > shown && shown < total && mine === number) await showMore();
    if (mine !== number) return;
    if (!total || found.isNear || found.instead || found.nowhere) status.replaceChildren(said.shift()?.textContent ?? ""); // is announced
    advised.replaceChildren(...said);
    home.hidden = total > 0;
    columns.hidden = !total && !isFiltered();
    order.hidden = total < 2;
    if (back?.scroll) scrollTo(0, back.scroll);
    await count(found, mine);
  };
  const run = async (back) => {
    const mine = (number += 1);
    const isAsked = parse(state.q).all.length > 0 || isFiltered();
    clearFor(isAsked);
    if (!isAsked) return;
    const over = saySlow(status, () => mine === number);
    try {
      await learnYears();
      const found = await twice(() => find(state.q, chosen()));
      const said = await advice(state.q, found, isFiltered());
      if (!found.results.length && !found.unknown.length && isFiltered()) {
        const without = (await find(state.q)).results.length;
        if (without) said.push(make("p", {}, words.filtered(without), " ", clear()));
      }
      over();
      if (mine === number) await showFound(found, said, back);
    } catch (error) {
      if (mine !== number) return; // another search has been begun
      status.replaceChildren(words.failed);
      advised.replaceChildren(button(interfaceWords.again, { class: "search-more" }, () => run()));
      home.hidden = false;
      throw error;
    } finally {
      over();
    }
  };

  /**
   * Give results document by document in order of date, what belongs to no document last.  What belongs to several
   * comes with the one that it is shown under.
   */
  const byDate = async function* ({ results: all, counts: count }) {
    const counts = await count();
    const left = new Map(all.map((result) => [result.id, result]));
    const documents = [...(filters.get("document")?.values.keys() ?? [])]; // in order of date, as the page lists them
    for (const id of state.sort === "newest" ? documents.toReversed() : documents) {
      if (!counts.get("document")?.get(id)) continue;
      const { label } = filters.get("document").values.get(id);
      for (const result of (await find(state.q, { ...chosen(), document: [id] })).results) {
        if (left.has(result.id) && (await read(result, asked)).group === label && left.delete(result.id)) yield result;
      }
    }
    yield* left.values();
  };

  /** Add results under their documents. */
  const addByDocument = (come) => {
    for (const [group, some] of Map.groupBy(come, (each) => each.group || words.elsewhere)) {
      const items = some.map((each) => hit(each, false));
      const last = list.lastElementChild;
      if (last?.querySelector("h2").textContent === group) last.querySelector("ol").append(...items);
      else list.append(make("section", {}, make("h2", {}, group), make("ol", { class: "search-list" }, ...items)));
    }
  };
  /** Add results as cards, those that say a clause which is there already to its card. */
  const addCards = (come) => {
    const before = cardsOf(hits);
    hits = [...hits, ...come];
    const after = cardsOf(hits);
    if (!before.length) list.replaceChildren(make("ol", { class: "search-list" }));
    const [items] = list.children;
    for (const [at, made] of after.entries()) {
      const old = before[at];
      if (!old) items.append(card(made));
      else if (old.wordings.length < made.wordings.length) {
        const isOpen = items.children[at].querySelector("details")?.open;
        items.children[at].replaceWith(card(made));
        if (isOpen) items.children[at].querySelector("details").open = true;
      }
    }
  };

  const showMore = async () => {
    const mine = number;
    const batch = [];
    while (batch.length < BATCH) {
      const { value, done } = await coming.next();
      if (done) break;
      batch.push(read(value, asked));
    }
    const come = await Promise.all(batch);
    if (mine !== number) return;
    if (state.sort) addByDocument(come);
    else addCards(come);
    shown += come.length;
    more.hidden = shown >= total;
    status.replaceChildren(total ? words.found(total) : "", shown < total ? `${words.comma}${words.shown(shown)}` : "");
  };

  /** Write what there is, or would be if it were chosen, beside each filter; what there is not goes. */
  const count = async (found, mine) => {
    for (const [name, { values, group }] of filters) {
      const unfiltered = state[name].length ? await find(state.q, chosen(name)) : found;
      const counts = (await unfiltered.counts()).get(name);
      if (mine !== number) return;
      for (const [value, { box, count: place, row }] of values) {
        const some = counts?.get(value) ?? 0;
        box.checked = state[name].includes(value);
        place.textContent = String(some);
        row.hidden = !some && !box.checked;
      }
      group.hidden = [...values.values()].every(({ row }) => row.hidden);
    }
    period.hidden = !known.length;
  };

  readAddress();
  run(history.state);
};
