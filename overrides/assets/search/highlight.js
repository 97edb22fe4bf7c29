/*
 * The words that a result was found by, marked at their place.
 */
import { targetOf, withQuery } from "../lib/address.js";
import { article, byId, walker } from "../lib/page.js";
import { LONGEST } from "./form.js";
import { UNSPACED } from "./letters.js";

const NOT_TEXT = "sup, .headerlink, .paragraph-number, .hidden-label, .proof, script, style";

/** Mark the words that a result was found by, in the passage it leads to; the page itself stays as it is. */
export const equip = () => {
  const given = new URLSearchParams(location.search);
  const forms = given.getAll("h").map((form) => form.trim()).filter((form) => form && form.length <= LONGEST).slice(0, 6);
  history.replaceState(history.state, "", withQuery({ h: "" })); // what is copied from the address bar is the passage's own
  if (!CSS.highlights) return;
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
  const hasSigns = new RegExp(`[${UNSPACED}]`, "u").test(form);
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
