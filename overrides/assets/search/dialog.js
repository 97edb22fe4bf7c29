/*
 * The dialog that searches on the spot: the best results, and the way to all.  What finds and shows them comes when a
 * reader opens it.
 */
import { button, focused, isModified, make, root } from "../lib/page.js";
import { language, words } from "../lib/words.js";
import { PAGE, field, saySlow } from "./form.js";

const WAIT = 120; // ms without a key before a search is begun
const SHORT = 8; // results
const STEPS = new Map([["ArrowDown", 1], ["ArrowUp", -1]]);

const engine = () => Promise.all([import("./engine.js"), import("./query.js"), import("./results.js")]);

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

  let asked = 0;
  const search = async () => {
    const number = (asked += 1);
    const query = input.value;
    const over = saySlow(status, () => number === asked);
    try {
      const [{ find }, { parse }, { advice, hit, link, read }] = await engine();
      if (!parse(query).all.length) return [status, list, foot].forEach((place) => place.replaceChildren());
      const found = await find(query);
      const hits = await Promise.all(found.results.slice(0, SHORT).map((result) => read(result, found.asked)));
      const said = await advice(query, found);
      if (number !== asked) return; // a later search has begun
      const count = found.results.length;
      const isPlain = count && !found.isNear && !found.instead;
      status.replaceChildren(isPlain ? words.search.found(count) : said.shift()?.textContent ?? "");
      list.replaceChildren(...hits.map((each) => hit(each, true)));
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
    if (event.target === element || (event.target.closest("a") && !isModified(event))) element.close();
  });
  element.addEventListener("keydown", (event) => {
    event.stopPropagation(); // elsewhere on the page the theme turns to another page at some letters
    const stops = [input, ...element.querySelectorAll("a")];
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
  return () => {
    if (element.open) return;
    element.showModal();
    input.select();
    // What is needed comes while the reader types; that it cannot be had is told at the first search.
    engine().then(([{ load }]) => load()).catch(() => {});
  };
};
