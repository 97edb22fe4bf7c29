/*
 * The box: one note shown at its reference, as a popup or, under a finger, as a panel below the paragraph.
 */
import { article, focused, headerEdge, isModified, listen, make, remSize, root } from "../lib/page.js";
import { language, words } from "../lib/words.js";
import { clamp } from "./fit.js";

const HOVER = 350; // ms of rest on a reference before it opens: with fewer, a pointer passing by would open it
const GRACE = 250; // ms to cross from the reference to the popup

const holds = (target, ...elements) => elements.some((element) => element.contains(target));
const inHistory = () => Number.isInteger(history.state?.note);

/** Make the box of the notes that references lead to; `margin` tells where a note is seen already. */
export const boxOf = ({ refs, noteOf, refAt, contentOf, margin }) => {
  let box = null; // the one that is open: { element, ref, note, how: "hover" | "click" | "touch", inline, … }
  let resting = 0;
  let leaving = 0;

  const show = (ref, how, isNew = true) => {
    const note = noteOf(ref);
    if (note.off) return;
    if (box?.ref === ref) {
      box.how = how; // opened by hovering, kept by a click
      return;
    }
    hide();
    const inline = how === "touch" && !ref.closest("table");
    const text = make("div", { class: "note-box-text" }, ...contentOf(note));
    const toList = make("a", { href: `#${note.item.id}` }, words.notes.list);
    const close = make("button", { class: "note-box-close", type: "button" }, words.close);
    const foot = make("div", { class: "note-box-foot", lang: language }, toList, close);
    const role = inline ? "note" : "dialog";
    const element = make("div", { class: "note-box", role, tabindex: "-1" }, text, foot);
    if (note.kind) element.dataset.kind = note.kind;
    const title = text.querySelector(".note-title");
    if (title) title.id = "_note-title";
    element.setAttribute(...(title ? ["aria-labelledby", title.id] : ["aria-label", `${words.notes.note} ${note.number}`]));
    ref.setAttribute("aria-expanded", "true");
    box = { element, ref, note, how, inline, scrolled: scrollY, address: location.href };
    close.addEventListener("click", leave);
    toList.addEventListener("click", (event) => {
      if (isModified(event)) return;
      event.preventDefault();
      // Where opening made an entry in the history, the list takes that entry: one step back leads to the text.
      const go = inHistory() ? "replace" : "assign";
      hide();
      location[go](toList.href);
    });
    if (inline) {
      element.classList.add("is-inline");
      const block = ref.closest("blockquote") ?? ref.closest("p, li, dd, h1, h2, h3, h4, h5, h6") ?? ref.parentElement;
      if (block.matches("li, dd")) block.append(element); // a list has no place for it between its items
      else block.after(element);
    } else {
      article.append(element);
      place();
      if (text.scrollHeight > text.clientHeight) text.tabIndex = 0; // arrow keys scroll it
    }
    if (how === "touch" && isNew) {
      history[inHistory() ? "replaceState" : "pushState"]({ ...history.state, note: refs.indexOf(ref) }, "");
      // Behind a long paragraph it may open out of sight: the page moves, but no more than it must.
      const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
      if (inline) element.scrollIntoView({ block: "nearest", behavior });
    }
  };

  const hide = (returnsFocus = false) => {
    if (!box) return;
    const { element, ref } = box;
    box = null;
    clearTimeout(leaving);
    leaving = 0;
    ref.setAttribute("aria-expanded", "false");
    element.remove();
    if (returnsFocus) ref.focus({ preventScroll: true });
  };
  /** Close at the reader's wish: what was opened under a finger closes by a step back, so that Back does the same. */
  const leave = () => {
    if (box.how === "touch" && inHistory()) history.back();
    else hide(box.how !== "hover" || holds(focused(), box.element));
  };
  addEventListener("popstate", (event) => {
    const ref = refs[event.state?.note];
    if (ref) return show(ref, "touch", false);
    if (box?.how !== "touch") return;
    const { scrolled, address } = box;
    const isBack = address === location.href; // and not a link to another place of the page
    hide(isBack);
    const restore = () => scrollTo({ top: scrolled, behavior: "instant" });
    if (!isBack) return;
    restore();
    setTimeout(restore, 50); // again, where Back came so soon that the page was still moving to the panel
  });

  /** Put the popup below its reference, else above it; a note that is seen in the margin opens whole right there. */
  const place = () => {
    if (!box || box.inline) return;
    const { element, ref, note } = box;
    const rem = remSize();
    const frame = article.getBoundingClientRect();
    const mark = ref.getBoundingClientRect();
    const wide = root.clientWidth;
    const top = headerEdge() + 8;
    const bottom = innerHeight - 8;
    const beside = margin.besideOf(note);
    const width = Math.min(beside ? beside.width + 1.2 * rem : 22 * rem, wide - 16);
    Object.assign(element.style, { width: `${width}px`, maxHeight: "none" });
    const [above, below] = [mark.top - top - 4, bottom - mark.bottom - 4];
    const up = element.offsetHeight > below && above > below;
    const height = Math.min(element.offsetHeight, beside ? bottom - top : Math.max(above, below));
    const x = beside ? beside.left - 0.6 * rem : mark.left - 2 * rem;
    const y = beside ? beside.top - 0.5 * rem : up ? mark.top - 4 - height : mark.bottom + 4;
    element.style.maxHeight = `${height}px`;
    element.style.left = `${clamp(x, 8, wide - width - 8) - frame.left}px`;
    element.style.top = `${clamp(y, top, Math.max(top, bottom - height)) - frame.top}px`;
  };

  // Clicks, taps and Enter.  With a modifier key they are the browser's: a new tab, a download.
  article.addEventListener("click", (event) => {
    if (isModified(event)) return;
    const ref = refAt(event.target);
    if (!ref || (!ref.contains(event.target) && !getSelection().isCollapsed)) return;
    event.preventDefault();
    if (event.pointerType === "mouse" && margin.open(noteOf(ref))) return;
    if (box?.ref === ref && box.how !== "hover") return leave();
    const isTouch = event.pointerType === "touch" || matchMedia("(pointer: coarse)").matches;
    show(ref, isTouch ? "touch" : "click");
    // Whoever does not point at the box is taken to it, and told its name and what it says.
    if (event.pointerType !== "mouse") box?.element.focus({ preventScroll: true });
  });

  // Hovering.  Only a move of the pointer itself counts: a page that scrolls under it opens nothing.
  let under = null;
  let at = "";
  const stopResting = () => clearTimeout(resting);
  listen("scroll", () => {
    stopResting();
    under = null;
  }, { passive: true, capture: true });
  listen("pointermove", (event) => {
    const here = `${event.screenX} ${event.screenY}`;
    const ref = refAt(event.target);
    if (event.pointerType !== "mouse" || here === at || ref === under) return;
    at = here;
    under = ref;
    stopResting();
    if (!ref || margin.besideOf(noteOf(ref)) || (box && box.how !== "hover")) return;
    resting = setTimeout(() => show(ref, "hover"), HOVER);
  });
  const wander = (event) => {
    if (box?.how !== "hover") return;
    const isNear = event.type === "pointerover" && holds(event.target, box.element, box.ref);
    clearTimeout(isNear ? leaving : 0);
    if (isNear) leaving = 0;
    else leaving ||= setTimeout(() => {
      leaving = 0;
      if (box?.how === "hover" && !holds(focused(), box.element)) hide();
    }, GRACE);
  };
  listen("pointerover", wander);
  root.addEventListener("pointerleave", wander);

  const elsewhere = (event) => {
    stopResting();
    if (!box || box.inline || holds(event.target, box.element, box.ref)) return;
    if (event.type === "pointerdown" || box.how !== "hover") hide();
  };
  listen("pointerdown", elsewhere);
  listen("focusin", elsewhere);

  listen("keydown", (event) => {
    if (!box) return;
    if (event.key === "Escape") return leave();
    if (event.key !== "Tab" || box.inline) return;
    // The popup stands at the article's end: Tab is led into it and out of it as if it stood at its reference.
    const { element, ref } = box;
    const stops = [...element.querySelectorAll("a[href], button, [tabindex='0']")];
    const here = focused();
    const next = event.shiftKey ? [element, stops[0]].includes(here) && ref : here === ref && stops[0];
    if (next) {
      event.preventDefault();
      next.focus();
    } else if (here === ref || (here === stops.at(-1) && !event.shiftKey)) hide(true); // Tab goes on from the reference
  });

  return {
    place,
    isOf: (block) => block === box?.element,
    hideOff: () => box?.note.off && hide(),
    /** Open again what was open when the reader left the page. */
    restore: () => {
      const ref = refs[history.state?.note];
      if (ref) show(ref, "touch", false);
    },
  };
};
