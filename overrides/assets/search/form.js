/*
 * What the dialog and the page of results share: the field, the word that a search goes on, and a reader's choice.
 */
import { SITE } from "../lib/address.js";
import { choice } from "../lib/choice.js";
import { make } from "../lib/page.js";
import { words } from "../lib/words.js";

export const PAGE = new URL("search/", SITE); // of results
/** The longest query that is searched for: what an address asks for is cut to it. */
export const LONGEST = 200; // signs
const SLOW = 300; // ms without a result before it is said that a search is going on

/** Whether single keys open the search, "off" if not: a choice that some who speak to their machine need. */
export const singleKeys = choice("search-keys");

export const field = (attributes) =>
  make("input", {
    type: "text", name: "q", "aria-label": words.search.field, inputmode: "search", enterkeyhint: "search",
    autocomplete: "off", autocapitalize: "off", spellcheck: "false", maxlength: String(LONGEST), ...attributes,
  });

/** Say that a search is going on, if it takes long and none has begun since; what is returned ends the waiting. */
export const saySlow = (status, isLatest) => {
  const waiting = setTimeout(() => isLatest() && status.replaceChildren(words.search.searching), SLOW);
  return () => clearTimeout(waiting);
};
