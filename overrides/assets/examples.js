/*
 * Examples: a button beside each block of code that copies it.
 *
 * The page is whole without this script.  Of a difference, whose lines begin with a sign, what is copied are the lines
 * that are to be written, without it.
 */
import { button, make } from "./lib/page.js";
import { language, words } from "./lib/words.js";

const SHOWN = 2000; // milliseconds that the button says what it did

/** The lines that a difference adds. */
export const added = (text) => text.split("\n").filter((line) => line.startsWith("+")).map((line) => `${line.slice(1)}\n`).join("");

/** Give a block of code its button. */
export const equip = (code) => {
  const isDifference = code.querySelector(".gi, .gd") !== null; // a line added, or taken out
  const status = make("span", { class: "hidden-label", lang: language, role: "status" });
  const named = isDifference ? { "aria-label": words.examples.lines } : {};
  let waiting;
  const copy = button(words.copy, { class: "code-copy", lang: language, ...named }, async () => {
    try {
      await navigator.clipboard.writeText(isDifference ? added(code.textContent) : code.textContent);
      copy.textContent = words.examples.copied;
      status.textContent = words.examples.copied;
    } catch {
      getSelection().selectAllChildren(code);
      status.textContent = words.examples.byHand;
    }
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      copy.textContent = words.copy;
      status.textContent = "";
    }, SHOWN);
  });
  code.closest(".highlight").append(copy, status);
};
