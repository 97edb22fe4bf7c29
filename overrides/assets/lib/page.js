/*
 * The page, as scripts may trust it.
 *
 * What an element is named stands before what a document has itself: beside <img name="querySelector">,
 * `document.querySelector` is a picture.  The document's prototype cannot be reached by a name, and an element that is
 * no form cannot be shadowed.  So what is needed of `document` is read here, through its prototype, and nowhere else;
 * and no name or id is ever read as a property of `window`.
 *
 * Scripts act on what templates made, told by marks that an author's text cannot hold (macros/text/allowlist.py):
 *   attributes  data-change data-clause data-clauses data-complete data-document data-filter data-format data-key
 *               data-kind data-of data-pair data-place data-quotation data-state data-thread data-value, and the
 *               sentences data-quoted data-shared data-summary data-not-recorded of a list of comparisons
 *   classes     those of the templates, and of the footnotes, headings and code that Markdown makes: footnote
 *               footnote-ref footnote-backref headerlink highlight
 *   ids         that begin with an underscore, as all do that scripts or the theme give
 * What scripts make themselves they keep, and do not look for by a name.
 */
const page = document; // oxlint-disable-line no-restricted-globals
const { prototype } = Document;
const own = (name, of = page) => Object.getOwnPropertyDescriptor(prototype, name).get.call(of);

export const root = own("documentElement");
export const article = root.querySelector(".md-content__inner");

/** The first element with an id; the id may be anything that an address gives. */
export const byId = (id) => prototype.getElementById.call(page, id);
/** The element that has the focus; the body where none has. */
export const focused = () => own("activeElement");
export const fonts = own("fonts");
/** Listen to what happens anywhere on the page. */
export const listen = (...given) => EventTarget.prototype.addEventListener.apply(page, given);
/** Walk through the texts of an element, or whatever else a filter names. */
export const walker = (...given) => prototype.createTreeWalker.apply(page, given);

/** The root of a page that is given as text; none of its scripts runs, and nothing it names is loaded. */
// oxlint-disable-next-line no-restricted-globals
export const parsed = (text) => own("documentElement", new DOMParser().parseFromString(text, "text/html"));

/** Make an element with attributes and what stands in it: elements, or text that is never read as markup. */
export const make = (tag, attributes, ...children) => {
  const element = prototype.createElement.call(page, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};
export const button = (label, attributes, act) => {
  const element = make("button", { type: "button", ...attributes }, label);
  element.addEventListener("click", act);
  return element;
};

/** Whether a click is the browser's: with a modifier key, or another button, it opens a tab or a menu. */
export const isModified = (event) => Boolean(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
/** What a rem measures, in px. */
export const remSize = () => parseFloat(getComputedStyle(root).fontSize);
/** The lower edge of the header, which stays in view, in px from the top of the window. */
export const headerEdge = () => Math.max(0, root.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0);
