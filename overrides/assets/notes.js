/*
 * Notes brought closer to their words.
 *
 * The page is whole without this script: numbered references lead to a list of notes at its foot, and each note leads
 * back.  The script reads that HTML (a.footnote-ref, div.footnote > ol > li, .note-head[data-kind]) and adds
 *   1 the margin: copies of the notes beside their words, where the page has room for them;
 *   2 the box: one note shown at its reference, as a popup or, under a finger, as a panel below the paragraph;
 *   3 the switch: buttons that show or hide kinds of notes.
 * It knows no page, no language but that of its five words, and asks nothing of any server.
 */
import { article, byId as elementById, focused, fonts, languageAmong, listen, make, root } from "./lib/page.js";
import { asked, targetOf, withQuery } from "./lib/address.js";

(() => {
  const list = [...(article?.querySelectorAll(":scope > div.footnote") ?? [])].at(-1); // Markdown puts it last
  if (!list) return;

  const HOVER = 350; // ms of rest on a reference before it opens: with fewer, a pointer passing by would open it
  const GRACE = 250; // ms to cross from the reference to the popup
  const CAPS = [30, 20, 15, 11, 8.7, 7.9, 7, 6.1, 5.3, 4.4, 3.6]; // heights, in rem, that crowding notes are cut to
  const WORDS = {
    en: { note: "Note", notes: "Notes", none: "Text only", list: "In the list", close: "Close" },
    ja: { note: "注", notes: "注", none: "本文のみ", list: "一覧で見る", close: "閉じる" },
  };
  const language = languageAmong(WORDS);
  const words = WORDS[language]; // the names of the kinds come from the page

  const clamp = (value, least, most) => Math.max(least, Math.min(value, most));
  const remSize = () => parseFloat(getComputedStyle(root).fontSize);
  const holds = (target, ...elements) => elements.some((element) => element.contains(target));

  const notes = [...list.querySelectorAll(":scope > ol > li[id]")].map((item, index) => {
    item.value = index + 1; // a hidden item is not counted: its number is fixed, so that it stays the reference's
    return { item, number: index + 1, kind: item.querySelector(".note-head")?.dataset.kind, refs: [], copy: null, off: false };
  });
  const byId = new Map(notes.map((note) => [note.item.id, note]));
  const noteOf = (ref) => (ref ? byId.get(targetOf(ref)) : undefined);
  const REF = "sup > a.footnote-ref";
  const refAt = (target) => {
    const ref = target.closest?.(REF);
    return noteOf(ref) ? ref : null;
  };
  const refs = [...article.querySelectorAll(REF)].filter(noteOf);
  for (const ref of refs) {
    noteOf(ref).refs.push(ref);
    ref.setAttribute("aria-haspopup", "dialog");
  }

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

  /* 1 The margin -------------------------------------------------------------------------------------------------- */

  // The copies are hidden from screen readers and from Tab on purpose.  The same words stand in the list, with their
  // ids and ways back, and in the box, which every reference opens by keyboard.  Were they told a third time, beside
  // the text, such a reader would pass each note, and each link in it, twice.
  const margin = make("div", { class: "note-margin", "aria-hidden": "true", hidden: "" });
  // A link that is clicked there works, but does not take the focus to where it cannot be told.
  margin.addEventListener("mousedown", (event) => event.target.closest("a") && event.preventDefault());
  article.append(margin);

  const copyOf = (note) => {
    if (!note.copy) {
      note.copy = make("div", { class: "note-copy", "data-note": note.item.id, tabindex: "-1" }, ...contentOf(note));
      if (note.kind) note.copy.dataset.kind = note.kind;
      for (const stop of note.copy.querySelectorAll("a, [tabindex]")) stop.tabIndex = -1;
      margin.append(note.copy);
    }
    return note.copy;
  };

  /** Where copies may stand: a column right of the text, less the bands that wide blocks reach into. */
  const columnFor = (items, rem) => {
    const blocks = [...article.children].filter((block) => block !== margin && block !== box?.element);
    const texts = blocks.filter((block) => items.some((item) => block.contains(item.ref)));
    const edge = Math.max(...texts.map((block) => block.getBoundingClientRect().right));
    let limit = root.clientWidth;
    for (const sidebar of root.querySelectorAll(".md-sidebar, .clause-panel")) {
      const { left, width } = sidebar.getBoundingClientRect();
      if (width && left >= edge - 1) limit = Math.min(limit, left);
    }
    const frame = article.getBoundingClientRect();
    const left = edge + 2 * rem;
    const bands = blocks.map((block) => block.getBoundingClientRect()).filter((area) => area.right > left - rem / 2);
    bands.sort((one, other) => one.top - other.top);
    const cells = [];
    let top = 0;
    for (const band of bands) {
      cells.push({ top, bottom: band.top - frame.top - rem });
      top = Math.max(top, band.bottom - frame.top + rem);
    }
    cells.push({ top, bottom: frame.height });
    return { left: left - frame.left, top: frame.top, width: Math.min(limit - left - 0.8 * rem, 22 * rem), cells };
  };

  /** Place items in cells, none upon another, each as near its marker as the others let it; or say that it fails. */
  const arrange = (items, cells, gap) => {
    for (const cell of cells) Object.assign(cell, { items: [], free: cell.bottom - cell.top });
    for (const item of items) {
      const end = item.natural + item.height;
      const cost = (cell) => { // how far away, and how crowded, a place in a cell would be
        const overlaps = cell.items.map((other) =>
          Math.min(end, other.natural + other.height) - Math.max(item.natural, other.natural));
        const distance = Math.max(cell.top - item.natural, end - cell.bottom, 0);
        return overlaps.reduce((sum, overlap) => sum + Math.max(0, overlap), distance);
      };
      const best = cells.filter((cell) => cell.free >= item.height).sort((one, other) => cost(one) - cost(other))[0];
      if (!best) return false;
      best.items.push(item);
      best.free -= item.height + gap;
    }
    // Neighbours that overlap become a group, which moves as one and so shares the shift.  With each place reckoned
    // less the heights above it, that is the pooling of those that stand in the wrong order.
    for (const cell of cells) {
      const groups = [];
      let above = 0;
      for (const item of cell.items) {
        let group = { items: [item], start: item.natural - above };
        item.above = above;
        above += item.height + gap;
        while (groups.length && groups.at(-1).start >= group.start) {
          const { items: others, start } = groups.pop();
          const together = [...others, ...group.items];
          group = { items: together, start: (start * others.length + group.start * group.items.length) / together.length };
        }
        groups.push(group);
      }
      for (const group of groups) {
        const start = clamp(group.start, cell.top, cell.bottom - above + gap);
        for (const item of group.items) Object.assign(item, { group, place: start + item.above });
      }
    }
    return true;
  };

  /** Cut what crowds, the longest first, until each item stands near its marker; or say that it cannot be. */
  const fit = (items, cells, rem) => {
    const far = (item) => Math.abs(item.place - item.natural);
    for (const item of items) item.height = Math.min(item.full, CAPS[0] * rem);
    for (;;) {
      const placed = arrange(items, cells, rem / 2);
      const crowd = placed ? items.filter((item) => far(item) > 4 * rem).flatMap((item) => item.group.items) : items;
      const longest = Math.max(...crowd.map((item) => item.height));
      const cap = CAPS.find((cap) => cap * rem < longest - 1);
      if (crowd.length && cap) for (const item of crowd) item.height = Math.min(item.height, cap * rem);
      else if (!placed || items.some((item) => far(item) > 14 * rem)) return false;
      else break;
    }
    for (const cell of cells) { // room that is left below what was cut is given back to it
      for (const [index, item] of cell.items.entries()) {
        const room = (cell.items[index + 1]?.place ?? cell.bottom) - rem / 2 - item.place;
        item.height = Math.min(item.full, Math.max(item.height, room));
      }
    }
    return true;
  };

  const layOut = () => {
    const rem = remSize();
    const items = notes
      .map((note) => ({ note, ref: note.refs.find((ref) => !list.contains(ref) && ref.getClientRects().length) }))
      .filter((item) => item.ref && !item.note.off);
    const column = items.length ? columnFor(items, rem) : null;
    margin.hidden = !column || column.width < 12.5 * rem;
    if (!margin.hidden) {
      Object.assign(margin.style, { left: `${column.left}px`, width: `${column.width}px` });
      for (const { copy } of notes) if (copy) copy.hidden = true;
      for (const item of items) {
        const copy = copyOf(item.note);
        copy.hidden = false;
        copy.classList.remove("is-cut"); // and no other class: it may be lit up at this moment
        copy.style.maxHeight = "";
      }
      for (const item of items) {
        item.full = Math.ceil(item.note.copy.getBoundingClientRect().height);
        item.natural = item.ref.getBoundingClientRect().top - column.top + 0.2 * rem;
      }
      items.sort((one, other) => one.natural - other.natural);
      margin.hidden = !fit(items, column.cells, rem);
      for (const { note, place, height, full } of items) {
        Object.assign(note.copy.style, { top: `${place}px`, maxHeight: `${height}px` });
        note.copy.classList.toggle("is-cut", height < full - 1);
      }
    }
    if (box && !box.inline) placeBox();
  };
  let pending = 0;
  const layOutSoon = () => {
    clearTimeout(pending);
    pending = setTimeout(layOut, 100);
  };

  // Either end lights up the other.
  const light = (event) => {
    const note = noteOf(refAt(event.target)) ?? byId.get(event.target.closest?.(".note-copy")?.dataset.note);
    const on = event.type === "pointerover" || event.type === "focusin";
    for (const end of note ? [note.copy, ...note.refs] : []) end?.classList.toggle("is-lit", on);
  };
  for (const type of ["pointerover", "pointerout", "focusin", "focusout"]) article.addEventListener(type, light);

  /* 2 The box ----------------------------------------------------------------------------------------------------- */

  let box = null; // the one that is open: { element, ref, note, how: "hover" | "click" | "touch", inline, … }
  const inHistory = () => Number.isInteger(history.state?.note);

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
    const toList = make("a", { href: `#${note.item.id}` }, words.list);
    const close = make("button", { class: "note-box-close", type: "button" }, words.close);
    const foot = make("div", { class: "note-box-foot", lang: language }, toList, close);
    const role = inline ? "note" : "dialog";
    const element = make("div", { class: "note-box", role, tabindex: "-1" }, text, foot);
    if (note.kind) element.dataset.kind = note.kind;
    const title = text.querySelector(".note-title");
    if (title) title.id = "_note-title";
    element.setAttribute(...(title ? ["aria-labelledby", title.id] : ["aria-label", `${words.note} ${note.number}`]));
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
      placeBox();
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

  /** Whether a note is to be seen in the margin at this moment. */
  const isBeside = ({ copy }) => {
    if (margin.hidden || !copy || copy.hidden) return false;
    const { top, bottom } = copy.getBoundingClientRect();
    return top < innerHeight - 40 && bottom > 80;
  };
  /** Put the popup below its reference, else above it; a note that is seen in the margin opens whole right there. */
  const placeBox = () => {
    const { element, ref, note } = box;
    const rem = remSize();
    const frame = article.getBoundingClientRect();
    const mark = ref.getBoundingClientRect();
    const wide = root.clientWidth;
    const top = Math.max(0, root.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0) + 8;
    const bottom = innerHeight - 8;
    const beside = isBeside(note) && note.copy.getBoundingClientRect();
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
  const isModified = (event) => event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  article.addEventListener("click", (event) => {
    if (isModified(event)) return;
    const cut = !event.target.closest("a") && getSelection().isCollapsed && event.target.closest(".note-copy.is-cut");
    const ref = cut ? byId.get(cut.dataset.note)?.refs[0] : refAt(event.target);
    if (!ref) return;
    event.preventDefault();
    if (box?.ref === ref && box.how !== "hover") return leave();
    const isTouch = event.pointerType === "touch" || matchMedia("(pointer: coarse)").matches;
    show(ref, isTouch ? "touch" : "click");
    // Whoever does not point at the box is taken to it, and told its name and what it says.
    if (event.pointerType !== "mouse") box?.element.focus({ preventScroll: true });
  });

  // Hovering.  Only a move of the pointer itself counts: a page that scrolls under it opens nothing.
  let resting = 0;
  let leaving = 0;
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
    if (!ref || isBeside(noteOf(ref)) || (box && box.how !== "hover")) return;
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

  /* 3 The switch -------------------------------------------------------------------------------------------------- */

  const KEY = "notes-hidden"; // a reader's choice, kept for the next page: the hidden kinds, or "none" for text alone
  const stored = (value) => {
    try {
      return value === undefined ? localStorage.getItem(KEY) : localStorage.setItem(KEY, value);
    } catch {
      return null; // storage may be forbidden: the address keeps the choice all the same
    }
  };
  const kinds = [...new Set(notes.map((note) => note.kind).filter(Boolean))];
  const buttons = new Map();
  const none = make("button", { type: "button", lang: language }, words.none);
  let visible = new Set(kinds);
  let before = new Set(kinds); // what "text only" hid, and shows again

  const apply = () => {
    for (const note of notes) {
      note.off = note.kind ? !visible.has(note.kind) : !visible.size;
      note.item.hidden = note.off;
      for (const ref of note.refs) {
        ref.closest("sup").hidden = note.off;
        const noted = ref.closest("sup").previousElementSibling;
        if (noted?.matches(".noted")) noted.classList.toggle("is-off", note.off);
      }
    }
    list.hidden = notes.every((note) => note.off);
    for (const [kind, button] of buttons) button.setAttribute("aria-pressed", String(visible.has(kind)));
    none.setAttribute("aria-pressed", String(!visible.size));
    if (box?.note.off) hide();
    const shown = kinds.filter((kind) => visible.has(kind)).join(",") || "none";
    const address = withQuery({ notes: visible.size === kinds.length ? "" : shown });
    if (address.href !== location.href) history.replaceState(history.state, "", address);
    layOut();
  };
  const choose = (chosen) => {
    if (!chosen.size) before = visible;
    visible = chosen;
    stored(visible.size ? kinds.filter((kind) => !visible.has(kind)).join(",") : "none");
    apply();
  };
  /** Whoever follows a link to a hidden note is shown its kind. */
  const reveal = () => {
    const target = elementById(targetOf(location));
    const note = byId.get(target?.id) ?? noteOf(target?.querySelector(REF));
    if (!note?.off) return;
    visible = new Set(note.kind ? [...visible, note.kind] : kinds);
    apply();
    target.scrollIntoView();
  };

  if (kinds.length > 1) {
    const label = make("span", { id: "_note-kinds", lang: language }, words.notes);
    const group = make("div", { class: "note-kinds", role: "group", "aria-labelledby": label.id }, label);
    for (const kind of kinds) {
      const these = notes.filter((note) => note.kind === kind);
      const name = make("span", { class: "note-kinds-name" }, these[0].item.querySelector(".note-kind")?.textContent ?? kind);
      const count = make("span", { class: "note-kinds-count" }, String(these.length));
      const button = make("button", { type: "button", "data-kind": kind }, name, " ", count);
      const others = () => [...visible].filter((other) => other !== kind);
      button.addEventListener("click", () => choose(new Set(visible.has(kind) ? others() : [...visible, kind])));
      buttons.set(kind, button);
    }
    none.addEventListener("click", () => choose(visible.size ? new Set() : before));
    group.append(...buttons.values(), none);
    (article.querySelector(":scope > p, :scope > .paragraph") ?? list).before(group);

    const given = asked("notes").split(",").filter((kind) => kind === "none" || kinds.includes(kind));
    const hidden = (stored() ?? "").split(",");
    if (given.length) visible = new Set(kinds.filter((kind) => given.includes(kind)));
    else visible = new Set(kinds.filter((kind) => !hidden.includes(kind) && hidden[0] !== "none"));
    apply();
    addEventListener("hashchange", reveal);
    reveal();
  }

  layOut();
  new ResizeObserver(layOutSoon).observe(article); // what is folded, late images and fonts, a panel below a paragraph
  addEventListener("resize", layOutSoon);
  listen("toggle", layOutSoon, true);
  fonts.ready.then(layOutSoon);
  const opened = refs[history.state?.note]; // come back to from another page, or reloaded
  if (opened) show(opened, "touch", false);
})();
