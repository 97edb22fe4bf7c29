/*
 * The margin: copies of the notes beside their words, where the page has room for them.
 *
 * The copies are hidden from screen readers and from Tab on purpose.  The same words stand in the list, with their ids
 * and ways back, and in the box, which every reference opens by keyboard.  Were they told a third time, beside the
 * text, such a reader would pass each note, and each link in it, twice.
 */
import { article, make, remSize, root } from "../lib/page.js";
import { language, words } from "../lib/words.js";
import { arrange, cellsBetween } from "./fit.js";

const LEAST = 12.5; // rem: in a narrower column there are no notes
const MOST = 22; // rem: a wider one is not used
const FAR = 50; // rem: a note that finds no room nearer to its words is left to the box

/**
 * Make the margin of a list of notes; `isApart` tells a block that floats over the text from one that takes room in
 * it, and `laidOut` is called when copies have moved.
 */
export const marginOf = ({ list, notes, contentOf, isApart, laidOut }) => {
  const margin = make("div", { class: "note-margin", "aria-hidden": "true", hidden: "" });
  // A link that is clicked there works, but does not take the focus to where it cannot be told.
  margin.addEventListener("mousedown", (event) => event.target.closest("a") && event.preventDefault());
  article.append(margin);

  /** Leave a copy its gist, with a button for the rest if there is any. */
  const shorten = (copy) => {
    const gist = copy.querySelector(":scope > p:first-child > .gist");
    if (!gist) return;
    const rest = make("span", { class: "note-rest" });
    while (gist.nextSibling) rest.append(gist.nextSibling);
    const isMore = rest.textContent.trim() || copy.children.length > 1 || gist.querySelector(":scope > .citation");
    gist.after(...(isMore ? [" ", make("button", { type: "button", class: "note-more", lang: language }, words.notes.more)] : []), rest);
    copy.classList.toggle("is-short", Boolean(isMore));
  };
  /** Open a copy, or leave it its gist again; its neighbours make room. */
  const toggle = (copy) => {
    const more = copy.querySelector(".note-more");
    if (!more) return;
    const set = () => more.textContent = copy.classList.toggle("is-short") ? words.notes.more : words.notes.less;
    set();
    layOut();
    if (!margin.hidden || copy.matches(".is-short")) return;
    set(); // there is no room for all of it
    layOut();
  };
  margin.addEventListener("click", (event) => {
    const copy = event.target.closest(".note-copy");
    const isOpening = event.target.closest(".note-more") || (copy?.matches(".is-short") && !event.target.closest("a"));
    if (copy && isOpening && getSelection().isCollapsed) toggle(copy);
  });

  const copyOf = (note) => {
    if (!note.copy) {
      note.copy = make("div", { class: "note-copy", "data-note": note.item.id, tabindex: "-1" }, ...contentOf(note));
      if (note.kind) note.copy.dataset.kind = note.kind;
      shorten(note.copy);
      for (const stop of note.copy.querySelectorAll("a, button, [tabindex]")) stop.tabIndex = -1;
      margin.append(note.copy);
    }
    return note.copy;
  };

  /** Where copies may stand: a column right of the text, less the bands that wide blocks reach into. */
  const columnFor = (items, rem) => {
    const blocks = [...article.children].filter((block) => block !== margin && !isApart(block));
    const texts = blocks.filter((block) => items.some((item) => block.contains(item.ref)));
    const edge = Math.max(...texts.map((block) => block.getBoundingClientRect().right));
    let limit = root.clientWidth;
    for (const sidebar of root.querySelectorAll(".md-sidebar, .clause-panel")) {
      const { left, width } = sidebar.getBoundingClientRect();
      if (width && left >= edge - 1) limit = Math.min(limit, left);
    }
    const frame = article.getBoundingClientRect();
    const left = edge + 2 * rem;
    const bands = blocks
      .map((block) => block.getBoundingClientRect())
      .filter((area) => area.right > left - rem / 2)
      .map(({ top, bottom }) => ({ top: top - frame.top, bottom: bottom - frame.top }));
    const width = Math.min(limit - left - 0.8 * rem, MOST * rem);
    return { left: left - frame.left, top: frame.top, width, cells: cellsBetween(bands, frame.height, rem) };
  };

  const layOut = () => {
    const rem = remSize();
    const items = notes
      .map((note) => ({ note, ref: note.refs.find((ref) => !list.contains(ref) && ref.getClientRects().length) }))
      .filter((item) => item.ref && !item.note.off);
    const column = items.length ? columnFor(items, rem) : null;
    margin.hidden = !column || column.width < LEAST * rem;
    if (!margin.hidden) {
      Object.assign(margin.style, { left: `${column.left}px`, width: `${column.width}px` });
      for (const { copy } of notes) if (copy) copy.hidden = true;
      for (const item of items) {
        const copy = copyOf(item.note);
        copy.hidden = false;
      }
      for (const item of items) {
        item.height = Math.ceil(item.note.copy.getBoundingClientRect().height);
        item.natural = item.ref.getBoundingClientRect().top - column.top + 0.2 * rem;
      }
      items.sort((one, other) => one.natural - other.natural);
      margin.hidden = !arrange(items, column.cells, rem / 2);
      for (const { note, place, natural } of items) {
        note.copy.style.top = `${place}px`;
        note.copy.hidden = Math.abs(place - natural) > FAR * rem;
      }
    }
    laidOut();
  };
  let pending = 0;
  const layOutSoon = () => {
    clearTimeout(pending);
    pending = setTimeout(layOut, 100);
  };

  /** Where a note is to be seen in the margin at this moment, or nothing. */
  const besideOf = ({ copy }) => {
    if (margin.hidden || !copy || copy.hidden) return null;
    const area = copy.getBoundingClientRect();
    return area.top < innerHeight - 40 && area.bottom > 80 ? area : null;
  };
  /** Open a note where it is seen in the margin; say whether it is. */
  const open = (note) => {
    if (!besideOf(note)) return false;
    if (note.copy.matches(".is-short")) toggle(note.copy);
    return !note.copy.matches(".is-short"); // else there was no room
  };
  return { layOut, layOutSoon, besideOf, open };
};
