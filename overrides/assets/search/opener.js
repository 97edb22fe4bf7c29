/*
 * Search: what opens it, on every page.
 *
 * Without a script the header's link leads to the page of results (docs/search.md), which then lists what would be
 * searched.  What finds and shows is loaded when a reader searches: engine.js asks the index (index.js), which
 * is made of the edition's own records (macros/derived/search.py, macros/site/postings.py), results.js writes what was
 * found.
 */
import { isModified, listen, root } from "../lib/page.js";
import { makeDialog } from "./dialog.js";
import { singleKeys } from "./form.js";

const TYPING = "input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]";

let openDialog;
/** Open the search: on the page of results that is its field, elsewhere the dialog, which may be as it was `left`. */
const open = (left) => {
  const results = root.querySelector(".search:has(> ul[data-filter])");
  if (results) return results.parentElement.querySelector(".search-form input")?.focus();
  openDialog ??= makeDialog();
  openDialog(left);
};
/** Who comes back from a result finds the others, and the place among them. */
const reopen = () => {
  const left = history.state?.search;
  if (typeof left?.query === "string") open(left);
};

/** Make the link to the page of results, and some keys, open the search on the spot. */
export const equip = (opener) => {
  opener.setAttribute("aria-keyshortcuts", "/ s f Control+K Meta+K");
  opener.addEventListener("click", (event) => {
    if (isModified(event)) return;
    event.preventDefault();
    open();
  });
  for (const event of ["pageshow", "popstate"]) addEventListener(event, reopen);
  reopen();
  listen("keydown", (event) => {
    if (event.defaultPrevented || event.altKey) return;
    const hasModifier = event.ctrlKey || event.metaKey;
    const isChord = hasModifier && !event.shiftKey && event.key.toLowerCase() === "k";
    const isKey = !hasModifier && !event.target.closest?.(TYPING) && ["/", "s", "f"].includes(event.key);
    if (!isChord && !(isKey && singleKeys.get() !== "off")) return;
    event.preventDefault();
    open();
  });
};
