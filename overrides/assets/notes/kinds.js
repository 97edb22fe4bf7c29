/*
 * The switch: buttons that show or hide kinds of notes.  The address and the reader's browser keep what is chosen.
 */
import { asked, targetOf, withQuery } from "../lib/address.js";
import { choice } from "../lib/choice.js";
import { article, button, byId, make } from "../lib/page.js";
import { language, words } from "../lib/words.js";

const NONE = "none"; // text alone
const KINDS = ["correction", "source", "context", "later", "textual"]; // as the switch has them: the gravest first
const VERDICTS = ["holds", "holds in part", "does not hold", "not confirmed", "judgement"];
/** What is given, each once, in an order; what the order does not know comes last. */
const inOrder = (order, given) => [...new Set([...order, ...given])].filter((one) => one && given.includes(one));
const hiddenKinds = choice("notes-hidden"); // for the next page: the kinds that are hidden, or "none"

/** Which kinds are shown: those that the address names, else all that the reader did not hide elsewhere. */
export const shownKinds = (kinds, given, hidden) => {
  const named = given.split(",").filter((kind) => kind === NONE || kinds.includes(kind));
  if (named.length) return kinds.filter((kind) => named.includes(kind));
  return hidden === NONE ? [] : kinds.filter((kind) => !hidden.split(",").includes(kind));
};

/** Give a list of notes its switch, if there is a choice; `changed` is called when it is settled which are shown. */
export const switchKinds = ({ list, notes, noteAt, changed }) => {
  const kinds = inOrder(KINDS, notes.map((note) => note.kind));
  if (kinds.length < 2) return changed();
  const buttons = new Map();
  const filters = new Map();
  let visible = new Set(kinds);
  let before = new Set(kinds); // what "text only" hid, and shows again
  const verdicts = inOrder(VERDICTS, notes.map((note) => note.verdict));
  const chosen = new Set(asked("verdict").split(",").filter((verdict) => verdicts.includes(verdict))); // none: all notes

  const apply = () => {
    for (const note of notes) {
      note.off = (note.kind ? !visible.has(note.kind) : !visible.size) || (chosen.size > 0 && !chosen.has(note.verdict));
      note.item.hidden = note.off;
      for (const ref of note.refs) {
        ref.parentElement.hidden = note.off;
        const noted = ref.parentElement.previousElementSibling;
        if (noted?.matches(".noted")) noted.classList.toggle("is-off", note.off);
      }
    }
    article.classList.toggle("is-bare", !visible.size);
    list.hidden = notes.every((note) => note.off);
    if (list.hidden && visible.size) empty.replaceChildren(words.filters.none, " ", button(words.filters.reset, {}, all));
    else empty.replaceChildren();
    for (const [kind, element] of buttons) element.setAttribute("aria-pressed", String(visible.has(kind)));
    none.setAttribute("aria-pressed", String(!visible.size));
    const shown = kinds.filter((kind) => visible.has(kind)).join(",") || NONE;
    for (const [verdict, element] of filters) element.setAttribute("aria-pressed", String(chosen.has(verdict)));
    const address = withQuery({ notes: visible.size === kinds.length ? "" : shown, verdict: [...chosen].join(",") });
    if (address.href !== location.href) history.replaceState(history.state, "", address);
    changed();
  };
  const choose = (wanted) => {
    if (!wanted.size) before = visible;
    visible = wanted;
    hiddenKinds.set(visible.size ? kinds.filter((kind) => !visible.has(kind)).join(",") : NONE);
    apply();
  };
  const all = () => {
    chosen.clear();
    choose(new Set(kinds));
    none.focus({ preventScroll: true }); // what was pressed is gone
  };
  /** Whoever follows a link to a hidden note is shown its kind. */
  const reveal = () => {
    const target = byId(targetOf(location));
    const note = target ? noteAt(target) : null;
    if (!note?.off) return;
    visible = new Set(note.kind ? [...visible, note.kind] : kinds);
    chosen.clear();
    apply();
    target.scrollIntoView();
  };

  /** Buttons that leave the notes with some verdicts alone, with how many there are. */
  const verdictsOf = () => {
    const name = make("span", { id: "_note-verdicts", lang: language }, words.notes.verdicts);
    for (const verdict of verdicts) {
      const these = notes.filter((note) => note.verdict === verdict);
      const said = these[0].item.querySelector(".note-head > .verdict").cloneNode(true);
      const count = make("span", { class: "note-kinds-count" }, String(these.length));
      const element = make("button", { type: "button" }, said, " ", count);
      element.addEventListener("click", () => {
        if (!chosen.delete(verdict)) chosen.add(verdict);
        if (chosen.size && !visible.size) visible = before;
        apply();
      });
      filters.set(verdict, element);
    }
    return make("div", { class: "note-kinds", role: "group", "aria-labelledby": name.id }, name, ...filters.values());
  };

  const none = button(words.notes.none, { lang: language }, () => choose(visible.size ? new Set() : before));
  const label = make("span", { id: "_note-kinds", lang: language }, words.notes.notes);
  const group = make("div", { class: "note-kinds", role: "group", "aria-labelledby": label.id }, label);
  for (const kind of kinds) {
    const these = notes.filter((note) => note.kind === kind);
    const name = make("span", { class: "note-kinds-name" }, these[0].item.querySelector(".note-kind")?.textContent ?? kind);
    const count = make("span", { class: "note-kinds-count" }, String(these.length));
    const others = () => [...visible].filter((other) => other !== kind);
    const toggle = () => choose(new Set(visible.has(kind) ? others() : [...visible, kind]));
    const element = make("button", { type: "button", "data-kind": kind }, name, " ", count);
    element.addEventListener("click", toggle);
    buttons.set(kind, element);
  }
  const empty = make("span", { role: "status", lang: language });
  group.append(...buttons.values(), none, empty);
  article.querySelector(":scope > .note-switch").append(group, ...(verdicts.length > 1 ? [verdictsOf()] : []));

  visible = new Set(shownKinds(kinds, asked("notes"), hiddenKinds.get()));
  apply();
  addEventListener("hashchange", reveal);
  reveal();
};
