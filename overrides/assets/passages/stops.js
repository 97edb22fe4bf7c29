/*
 * One stop of the Tab key for the numbers of a list of notes, and for the rows of a table; arrows lead on.
 */
import { targetOf } from "../lib/address.js";
import { byId } from "../lib/page.js";

const STEPS = new Map([
  ["ArrowDown", (at) => at + 1],
  ["ArrowUp", (at) => at - 1],
  ["Home", () => 0],
  ["End", (_, last) => last],
]);

/** Make one stop of the marks in each list of an article. */
export const gatherStops = (article) => {
  for (const list of article.querySelectorAll(".footnote > ol, .comparison-table")) {
    const all = [...list.querySelectorAll("a.note-number, .passage-link")];
    if (!all.length) continue;
    const shown = () => all.filter((mark) => mark.checkVisibility());
    const stop = (mark) => {
      for (const other of all) other.tabIndex = other === mark ? 0 : -1;
    };
    const stopIn = (element) => {
      const item = element?.closest("li[id], tbody[id]");
      const mark = all.find((one) => item?.contains(one));
      if (mark) stop(mark);
    };
    const stopAtTarget = () => stopIn(byId(targetOf(location)));
    stop(all[0]);
    list.addEventListener("focusin", (event) => stopIn(event.target));
    addEventListener("hashchange", stopAtTarget);
    stopAtTarget();
    // What is filtered away is no stop.
    article.addEventListener("click", () => {
      const [first] = shown();
      if (first && !all.some((mark) => mark.tabIndex === 0 && mark.checkVisibility())) stop(first);
    });
    list.addEventListener("keydown", (event) => {
      const here = shown();
      const at = here.indexOf(event.target);
      const next = STEPS.get(event.key)?.(at, here.length - 1);
      if (at < 0 || next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      here[Math.max(0, Math.min(next, here.length - 1))].focus();
    });
  }
};
