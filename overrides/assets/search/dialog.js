/*
 * The dialog that searches on the spot: the best results, and the way to all.  What finds and shows them comes when a
 * reader opens it.
 */
import { button, focused, isModified, make, root } from "../lib/page.js";
import { language, words } from "../lib/words.js";
import { PAGE, field, saySlow } from "./form.js";

const WAIT = 120; // ms without a key before a search is begun
const SHORT = 8; // cards
const READ = 24; // results, which the engine has read already
const STEPS = new Map([["ArrowDown", 1], ["ArrowUp", -1]]);

const engine = () => Promise.all([import("./engine.js"), import("./query.js"), import("./results.js"), import("./ranking.js")]);

/** Make the dialog; what is returned opens it. */
export const makeDialog = () => {
  const input = field({ placeholder: words.search.search });
  const close = button(words.close, { class: "search-close" }, () => element.close());
  const form = make("form", { class: "search-form", role: "search", action: PAGE.href }, input, close);
  const status = make("p", { class: "search-status", role: "status" });
  const list = make("ol", { class: "search-list" });
  const foot = make("div", { class: "search-foot" });
  const named = { class: "search-dialog md-typeset", "aria-label": words.search.search, lang: language };
  const element = make("dialog", named, form, status, list, foot);
  root.querySelector(":scope > body").append(element);

  /** Keep with the page in the history what is asked, and which result was chosen; nothing once it is closed. */
  const keep = (search) => history.replaceState({ ...history.state, search }, "");
  const stopsOf = () => [input, ...element.querySelectorAll(".search-list > li > a, details[open] a, .search-foot a")];

  let asked = 0;
  const search = async () => {
    const number = (asked += 1);
    const query = input.value;
    const over = saySlow(status, () => number === asked);
    try {
      const [{ find }, { parse }, { advice, card, link, read }, { cardsOf }] = await engine();
      if (!parse(query).all.length) return [status, list, foot].forEach((place) => place.replaceChildren());
      const found = await find(query);
      const hits = await Promise.all(found.results.slice(0, READ).map((result) => read(result, found)));
      const said = await advice(query, found);
      if (number !== asked) return; // a later search has begun
      const count = found.results.length;
      const isPlain = count && !found.isNear && !found.instead && !found.nowhere;
      status.replaceChildren(isPlain ? words.search.found(count) : said.shift()?.textContent ?? "");
      list.replaceChildren(...cardsOf(hits).slice(0, SHORT).map(card));
      foot.replaceChildren(...said, ...(count ? [link(query.trim(), words.search.all(count))] : []));
    } catch (error) {
      status.replaceChildren(words.search.failed);
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
    const chosen = event.target.closest("a");
    if (event.target !== element && (!chosen || isModified(event))) return;
    element.close();
    if (chosen) keep({ query: input.value, at: stopsOf().indexOf(chosen) });
  });
  element.addEventListener("cancel", () => keep());
  close.addEventListener("click", () => keep());
  element.addEventListener("keydown", (event) => {
    event.stopPropagation(); // elsewhere on the page the theme turns to another page at some letters
    const stops = stopsOf();
    const at = stops.indexOf(focused());
    const step = STEPS.get(event.key);
    const isLetter = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (step && at >= 0) {
      event.preventDefault();
      stops[(at + step + stops.length) % stops.length].focus();
    } else if (at > 0 && isLetter) {
      input.focus(); // typing goes on
    }
  });
  return async (left) => {
    if (element.open) return;
    element.showModal();
    if (left) {
      input.value = left.query;
      await search();
      (stopsOf()[left.at] ?? input).focus();
      return;
    }
    input.select();
    // What is needed comes while the reader types; that it cannot be had is told at the first search.
    engine().then(([{ load }]) => load()).catch(() => {});
  };
};
