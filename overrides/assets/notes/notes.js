/*
 * Notes brought closer to their words: in the margin, in a box at their reference, and by kind.
 *
 * The page is whole without these scripts: numbered references lead to a list of notes at its foot, and each note
 * leads back.  They read that HTML (a.footnote-ref, .footnote > ol > li, .note-head[data-kind]), and know no page.
 */
import { targetOf } from "../lib/address.js";
import { article, fonts, listen, make } from "../lib/page.js";
import { boxOf } from "./box.js";
import { switchKinds } from "./kinds.js";
import { marginOf } from "./margin.js";

const REF = "sup > a.footnote-ref";

const headOf = (item) => {
  const { kind, verdict } = item.querySelector(".note-head")?.dataset ?? {};
  return { kind, verdict };
};

/** The notes of a list, in its order, each with what leads to it in the text. */
const notesOf = (list) =>
  [...list.querySelectorAll(":scope > ol > li[id]")].map((item, index) => {
    item.value = index + 1; // a hidden item is not counted: its number is fixed, so that it stays the reference's
    return { item, number: index + 1, ...headOf(item), refs: [], copy: null, off: false };
  });

/** A note's content, without what may stand only once on a page (ids) and without the way back. */
const contentOf = ({ item, number }) => {
  const content = item.cloneNode(true);
  for (const link of content.querySelectorAll(".footnote-backref, .note-number")) link.remove();
  for (const element of content.querySelectorAll("[id], [aria-describedby]")) {
    element.removeAttribute("id");
    element.removeAttribute("aria-describedby");
  }
  (content.querySelector("p") ?? content).prepend(make("span", { class: "note-number" }, String(number)), " ");
  return content.childNodes;
};

/** Bring the notes of a list to the words that they are about. */
export const equip = (list) => {
  const notes = notesOf(list);
  const byId = new Map(notes.map((note) => [note.item.id, note]));
  const noteOf = (ref) => (ref ? byId.get(targetOf(ref)) : undefined);
  const refs = [...article.querySelectorAll(REF)].filter(noteOf);
  for (const ref of refs) {
    noteOf(ref).refs.push(ref);
    ref.setAttribute("aria-haspopup", "dialog");
  }

  /** The reference at a place, or behind the words there that a note is about, but for links in them. */
  const refAt = (target) => {
    const noted = target.closest?.("a, .noted");
    const ref = target.closest?.(REF) ?? (noted?.matches(".noted") ? noted.nextElementSibling?.querySelector("a") : null);
    return noteOf(ref) ? ref : null;
  };

  const margin = marginOf({ list, notes, contentOf, isApart: (block) => box?.isOf(block), laidOut: () => box?.place() });
  const box = boxOf({ refs, noteOf, refAt, contentOf, margin });

  // Either end lights up the other.
  const light = (event) => {
    const note = noteOf(refAt(event.target)) ?? byId.get(event.target.closest?.(".note-copy")?.dataset.note);
    const isOn = event.type === "pointerover" || event.type === "focusin";
    for (const end of note ? [note.copy, ...note.refs] : []) end?.classList.toggle("is-lit", isOn);
  };
  for (const type of ["pointerover", "pointerout", "focusin", "focusout"]) article.addEventListener(type, light);

  // A paragraph is no note: whoever is sent to it with some kinds of notes alone gets these.
  const noteAt = (target) => byId.get(target.id) ?? (target.matches("sup") ? noteOf(target.querySelector(REF)) : null);
  const changed = () => {
    box.hideOff();
    margin.layOut();
  };
  switchKinds({ list, notes, noteAt, changed });
  new ResizeObserver(margin.layOutSoon).observe(article); // what is folded, late images and fonts, a panel below a paragraph
  addEventListener("resize", margin.layOutSoon);
  listen("toggle", margin.layOutSoon, true);
  fonts.ready.then(margin.layOutSoon);
  box.restore();
};
