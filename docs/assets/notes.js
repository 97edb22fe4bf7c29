/*
 * Notes brought closer to their words.
 *
 * The page is whole without this script: numbered references lead to a list of notes at its foot, and each note leads
 * back.  The script reads that HTML (a.footnote-ref, div.footnote > ol > li, .note-head[data-kind]) and adds
 *   1 the margin: copies of the notes beside their words, where the page has room for them;
 *   2 the box: one note shown at its reference, as a popup or, under a finger, below the paragraph;
 *   3 the switch: buttons that show or hide the kinds of notes.
 * It knows no page, no language but that of its few words below, and asks nothing of any server.
 */
(() => {
  "use strict";

  const article = document.querySelector(".md-content__inner");
  const list = article?.querySelector("div.footnote");
  if (!list) return;

  const HOVER = 350; // ms of rest on a reference before it opens: fewer would catch a pointer passing by
  const GRACE = 250; // ms to cross from the reference to the popup
  // Heights of notes in the margin, in rem: a note that crowds its neighbours is cut to the next one.
  const CAPS = [30, 20, 15, 11, 8.7, 7.9, 7, 6.1, 5.3, 4.4, 3.6];
  const WORDS = {
    en: { note: "Note", notes: "Notes", none: "Text only", list: "In the list", close: "Close" },
    ja: { note: "注", notes: "注", none: "本文のみ", list: "一覧で見る", close: "閉じる" },
  };
  const spoken = document.documentElement.lang.slice(0, 2);
  const language = spoken in WORDS ? spoken : "en"; // the kinds' names come from the page itself
  const words = WORDS[language];
  const coarse = matchMedia("(pointer: coarse)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const clamp = (value, least, most) => Math.max(least, Math.min(value, most));

  /* What the page holds ------------------------------------------------------------------------------------------- */

  const notes = [...list.querySelectorAll(":scope > ol > li[id]")].map((item, index) => {
    item.value = index + 1; // hidden items are not counted: the number is fixed, so that it stays the reference's
    const head = item.querySelector(".note-head[data-kind]");
    const label = head?.querySelector(".note-kind")?.textContent;
    return { item, number: index + 1, kind: head?.dataset.kind, label, refs: [], copy: null, off: false };
  });
  const byId = new Map(notes.map((note) => [note.item.id, note]));
  const refs = [...article.querySelectorAll("a.footnote-ref")].filter((ref) => byId.has(ref.hash.slice(1)));
  const noteOf = (ref) => byId.get(ref.hash.slice(1));
  const refAt = (target) => {
    const ref = target.closest?.("a.footnote-ref");
    return ref && byId.has(ref.hash.slice(1)) ? ref : null;
  };
  for (const ref of refs) {
    noteOf(ref).refs.push(ref);
    ref.setAttribute("aria-haspopup", "dialog");
  }

  /** A note's content without what may stand only once on a page (ids) and without its way back. */
  const contentOf = (note) => {
    const content = document.createDocumentFragment();
    for (const child of note.item.childNodes) content.append(child.cloneNode(true));
    for (const link of content.querySelectorAll(".footnote-backref")) link.remove();
    for (const element of content.querySelectorAll("[id], [aria-describedby]")) {
      element.removeAttribute("id");
      element.removeAttribute("aria-describedby");
    }
    const number = make("span", { class: "note-number" }, String(note.number));
    (content.querySelector("p") ?? content).prepend(number, " ");
    return content;
  };

  /* 1 The margin -------------------------------------------------------------------------------------------------- */

  // The copies are hidden from screen readers and from Tab on purpose.  The same words stand in the list, with their
  // ids and ways back, and in the box, which any reference opens by keyboard: said a third time, as landmarks beside
  // the text, they would make such a reader pass every note twice and every link in it as well.
  const margin = make("div", { class: "note-margin", "aria-hidden": "true", hidden: "" });
  // A link that is clicked there works, but does not take the focus to where it cannot be told.
  margin.addEventListener("mousedown", (event) => event.target.closest("a") && event.preventDefault());

  article.append(margin);

  const copyOf = (note) => {
    if (!note.copy) {
      note.copy = make("div", { class: "note-copy", "data-note": note.item.id, tabindex: "-1" }, contentOf(note));
      if (note.kind) note.copy.dataset.kind = note.kind;
      for (const link of note.copy.querySelectorAll("a")) link.tabIndex = -1;
      margin.append(note.copy);
    }
    return note.copy;
  };

  /** Where copies may stand: a column right of the text, less the bands that wide blocks reach into; or nothing. */
  const column = (items, rem) => {
    const blocks = [...article.children].filter((block) => block !== margin && block !== list && block !== box?.element);
    const holding = blocks.filter((block) => items.some((item) => block.contains(item.ref)));
    const edge = Math.max(...holding.map((block) => block.getBoundingClientRect().right));
    let limit = document.documentElement.clientWidth - 0.8 * rem;
    for (const sidebar of document.querySelectorAll(".md-sidebar")) {
      const { left, width } = sidebar.getBoundingClientRect();
      if (width && left >= edge - 1) limit = Math.min(limit, left - 0.8 * rem);
    }
    const left = edge + 2 * rem;
    const width = Math.min(limit - left, 22 * rem);
    if (width < 12.5 * rem) return null;
    const frame = article.getBoundingClientRect();
    const cells = [];
    let top = 0;
    const bands = blocks
      .map((block) => block.getBoundingClientRect())
      .filter((area) => area.height && area.right > left - rem / 2)
      .map((area) => [area.top - frame.top - rem, area.bottom - frame.top + rem])
      .sort((one, other) => one[0] - other[0]);
    bands.push([frame.height, Infinity]);
    for (const [start, end] of bands) {
      if (start > top) cells.push({ top, bottom: start });
      top = Math.max(top, end);
    }
    return { left: left - frame.left, top: frame.top, width, cells };
  };

  /** Give each item a place in a cell, none upon another, each as near its marker as its neighbours let it. */
  const arrange = (items, cells, gap) => {
    for (const cell of cells) Object.assign(cell, { items: [], free: cell.bottom - cell.top });
    for (const item of items) {
      let best = null;
      let least = Infinity;
      for (const cell of cells.filter((cell) => cell.free >= item.height)) {
        const distance = Math.max(cell.top - item.natural, item.natural + item.height - cell.bottom, 0);
        const overlap = (other) =>
          Math.min(item.natural + item.height, other.natural + other.height) - Math.max(item.natural, other.natural);
        const crowding = cell.items.reduce((sum, other) => sum + Math.max(0, overlap(other)), 0);
        if (distance + crowding < least) [best, least] = [cell, distance + crowding];
      }
      if (!best) return false;
      best.items.push(item);
      best.free -= item.height + gap;
    }
    // Overlapping neighbours become a group that moves as one and shares the shift evenly.  With each item's place
    // reckoned less the heights before it, that is the pooling of neighbours that stand in the wrong order.
    for (const cell of cells) {
      const groups = [];
      let before = 0;
      for (const item of cell.items) {
        let group = { items: [item], sum: item.natural - before };
        item.before = before;
        before += item.height + gap;
        while (groups.length && mean(groups.at(-1)) >= mean(group)) {
          const above = groups.pop();
          group = { items: [...above.items, ...group.items], sum: above.sum + group.sum };
        }
        groups.push(group);
      }
      for (const group of groups) {
        const start = clamp(mean(group), cell.top, cell.bottom - before + gap);
        for (const item of group.items) Object.assign(item, { place: start + item.before, group });
      }
    }
    return true;
  };
  const mean = (group) => group.sum / group.items.length;

  /** Cut what crowds until every note stands near its marker; false if that cannot be. */
  const fit = (items, cells, rem) => {
    for (;;) {
      for (const item of items) item.height = Math.min(item.full, CAPS[item.cap] * rem);
      const all = arrange(items, cells, 0.5 * rem);
      const far = (item) => Math.abs(item.place - item.natural);
      const crowded = new Set(all ? items.filter((item) => far(item) > 4 * rem).flatMap((item) => item.group.items) : items);
      const longest = Math.max(...[...crowded].map((item) => item.height));
      const next = [...crowded].filter((item) => item.height > CAPS.at(-1) * rem && item.height > longest - rem / 2);
      if (!next.length) return all && items.every((item) => far(item) <= 14 * rem) && grow(cells, 0.5 * rem);
      for (const item of next) item.cap = CAPS.findIndex((cap) => cap * rem < item.height);
    }
  };

  /** Give what was cut the room that is left below it. */
  const grow = (cells, gap) => {
    for (const { items, bottom } of cells) {
      items.forEach((item, index) => {
        const room = (items[index + 1]?.place ?? bottom) - gap - item.place;
        item.height = Math.min(item.full, Math.max(item.height, room));
      });
    }
    return true;
  };

  const layOut = () => {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const items = notes
      .map((note) => ({ note, ref: note.refs.find((ref) => !list.contains(ref) && ref.getClientRects().length), cap: 0 }))
      .filter((item) => item.ref && !item.note.off);
    const room = items.length ? column(items, rem) : null;
    margin.hidden = !room;
    if (room) {
      margin.style.width = `${room.width}px`;
      margin.style.left = `${room.left}px`;
      for (const note of notes) if (note.copy) note.copy.hidden = true;
      for (const item of items) copyOf(item.note).hidden = false;
      for (const item of items) {
        item.full = measured(item.note.copy);
        item.natural = item.ref.getBoundingClientRect().top - room.top + 0.2 * rem;
      }
      items.sort((one, other) => one.natural - other.natural);
      margin.hidden = !fit(items, room.cells, rem);
      for (const item of items) {
        const { style, classList } = item.note.copy;
        style.top = `${item.place}px`;
        style.maxHeight = `${item.height}px`;
        classList.toggle("is-cut", item.height < item.full - 1);
      }
    }
    if (box && !box.inline) placeBox();
  };
  const measured = (copy) => {
    copy.style.maxHeight = "none";
    copy.classList.remove("is-cut");
    return Math.ceil(copy.getBoundingClientRect().height);
  };

  let pending = 0;
  const layOutSoon = () => {
    clearTimeout(pending);
    pending = setTimeout(layOut, 100);
  };

  // Either end lights up the other.
  const light = (event) => {
    const ref = refAt(event.target);
    const note = ref ? noteOf(ref) : byId.get(event.target.closest?.(".note-copy")?.dataset.note);
    const on = event.type === "pointerover" || event.type === "focusin";
    for (const end of note ? [note.copy, ...note.refs] : []) end?.classList.toggle("is-lit", on);
  };
  for (const type of ["pointerover", "pointerout", "focusin", "focusout"]) article.addEventListener(type, light);

  /* 2 The box ----------------------------------------------------------------------------------------------------- */

  let box = null; // the one that is open: { element, text, ref, note, how: "hover" | "click" | "touch", inline }

  const show = (ref, how, fromHistory = false) => {
    const note = noteOf(ref);
    if (note.off) return;
    if (box?.ref === ref) {
      box.how = how; // opened by hovering, kept by a click
      return;
    }
    hide();
    const inline = how === "touch" && !ref.closest("table");
    const text = make("div", { class: "note-box-text" }, contentOf(note));
    const toList = make("a", { class: "note-box-list", href: `#${note.item.id}` }, words.list);
    const close = make("button", { class: "note-box-close", type: "button" }, words.close);
    const foot = make("div", { class: "note-box-foot", lang: language }, toList, close);
    const element = make("div", { id: "note-box", class: "note-box", role: inline ? "note" : "dialog", tabindex: "-1" }, text, foot);
    if (note.kind) element.dataset.kind = note.kind;
    element.classList.toggle("is-inline", inline);
    const title = text.querySelector(".note-title");
    if (title) title.id = "note-box-title";
    if (title) element.setAttribute("aria-labelledby", title.id);
    else element.setAttribute("aria-label", `${words.note} ${note.number}`);
    box = { element, text, ref, note, how, inline };
    ref.setAttribute("aria-expanded", "true");
    ref.setAttribute("aria-controls", element.id);
    close.addEventListener("click", () => leave());
    toList.addEventListener("click", (event) => {
      if (isModified(event)) return;
      event.preventDefault();
      const replaces = box.how === "touch";
      hide();
      // Where opening made an entry in the history, the list takes that entry: one step back leads to the text.
      if (replaces) location.replace(toList.href);
      else location.assign(toList.href);
    });
    if (inline) {
      // Never among the parts of a quotation or of a list, where only certain elements may stand.
      const block = ref.closest("blockquote") ?? ref.closest("p, li, dd, h1, h2, h3, h4, h5, h6") ?? ref.parentElement;
      if (block.matches("li, dd")) block.append(element);
      else block.after(element);
    } else {
      article.append(element);
      placeBox();
      if (text.scrollHeight > text.clientHeight) text.tabIndex = 0; // so that arrow keys scroll it
    }
    if (how === "touch" && !fromHistory) {
      const state = { ...history.state, note: refs.indexOf(ref) };
      if (Number.isInteger(history.state?.note)) history.replaceState(state, "");
      else history.pushState(state, "");
      // Behind a long paragraph it may open out of sight: the page moves no more than it must.
      if (inline) element.scrollIntoView({ block: "nearest", behavior: calm.matches ? "instant" : "smooth" });
    }
  };

  /** Close the box; with `back`, the focus returns to the reference. */
  const hide = (back = false) => {
    if (!box) return;
    const { element, ref } = box;
    box = null;
    clearTimeout(grace);
    grace = 0;
    ref.setAttribute("aria-expanded", "false");
    ref.removeAttribute("aria-controls");
    element.remove();
    if (back) ref.focus({ preventScroll: true });
  };

  /** Close the box for the reader: under a finger that is a step back in the history. */
  const leave = () => {
    if (box.how === "touch" && Number.isInteger(history.state?.note)) history.back();
    else hide(box.how !== "hover" || box.element.contains(document.activeElement));
  };
  addEventListener("popstate", (event) => {
    const ref = refs[event.state?.note];
    if (ref) show(ref, "touch", true);
    else if (box?.how === "touch") hide(true);
  });

  /** Put the popup below its reference, else above; a note that stands in the margin opens there. */
  const placeBox = () => {
    const { element, ref, note } = box;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const frame = article.getBoundingClientRect();
    const mark = ref.getBoundingClientRect();
    const wide = document.documentElement.clientWidth;
    const top = Math.max(0, document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0) + 8;
    const bottom = innerHeight - 8;
    const beside = isBeside(note) ? note.copy.getBoundingClientRect() : null;
    const width = Math.min(beside ? beside.width + 1.2 * rem : 22 * rem, wide - 16);
    element.style.width = `${width}px`;
    element.style.maxHeight = "none";
    const height = element.offsetHeight;
    const below = bottom - mark.bottom - 4;
    const above = mark.top - top - 4;
    const up = height > below && above > below;
    const most = Math.min(height, beside ? bottom - top : Math.max(above, below));
    const y = beside ? beside.top - 0.5 * rem : up ? mark.top - 4 - most : mark.bottom + 4;
    const x = beside ? beside.left - 0.6 * rem : mark.left - 2 * rem;
    element.style.maxHeight = `${most}px`;
    element.style.top = `${clamp(y, top, Math.max(top, bottom - most)) - frame.top}px`;
    element.style.left = `${clamp(x, 8, wide - width - 8) - frame.left}px`;
  };
  /** Whether a note is to be seen in the margin at this moment. */
  const isBeside = (note) => {
    if (margin.hidden || !note.copy || note.copy.hidden) return false;
    const { top, bottom } = note.copy.getBoundingClientRect();
    return top < innerHeight - 40 && bottom > 80;
  };

  const isModified = (event) => event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  article.addEventListener("click", (event) => {
    if (isModified(event)) return;
    const copy = event.target.closest(".note-copy.is-cut");
    const cut = copy && !event.target.closest("a") && getSelection().isCollapsed ? byId.get(copy.dataset.note) : null;
    const ref = cut ? cut.refs[0] : refAt(event.target);
    if (!ref) return;
    event.preventDefault();
    clearTimeout(resting);
    if (box?.ref === ref && box.how !== "hover") return leave();
    show(ref, coarse.matches || event.pointerType === "touch" ? "touch" : "click");
    // Whoever does not point at the box is taken to it, and told its name and what it says.
    if (event.pointerType !== "mouse") box?.element.focus({ preventScroll: true });
  });

  // Hovering.  Only a move of the pointer itself counts: a page that scrolls under it opens nothing.
  let resting = 0;
  let grace = 0;
  let under = null;
  let at = "";
  addEventListener("scroll", () => {
    clearTimeout(resting);
    under = null;
  }, { passive: true, capture: true });
  document.addEventListener("pointermove", (event) => {
    const here = `${event.screenX} ${event.screenY}`;
    if (event.pointerType !== "mouse" || here === at) return;
    at = here;
    const ref = refAt(event.target);
    if (ref === under) return;
    under = ref;
    clearTimeout(resting);
    if (!ref || isBeside(noteOf(ref)) || (box && box.how !== "hover")) return;
    resting = setTimeout(() => show(ref, "hover"), HOVER);
  });
  const away = (event) => {
    if (box?.how !== "hover") return;
    const near = event.type === "pointerover" && [box.element, box.ref].some((end) => end.contains(event.target));
    if (near) {
      clearTimeout(grace);
      grace = 0;
    } else if (!grace) {
      grace = setTimeout(() => {
        grace = 0;
        if (box?.how === "hover" && !box.element.contains(document.activeElement)) hide();
      }, GRACE);
    }
  };
  document.addEventListener("pointerover", away);
  document.documentElement.addEventListener("pointerleave", away);

  document.addEventListener("pointerdown", (event) => {
    if (box && !box.inline && ![box.element, box.ref].some((end) => end.contains(event.target))) hide();
  });
  document.addEventListener("focusin", (event) => {
    if (box?.how === "click" && ![box.element, box.ref].some((end) => end.contains(event.target))) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (!box) return;
    if (event.key === "Escape") return leave();
    if (event.key !== "Tab" || box.inline) return;
    // The popup stands at the article's end: Tab is led into it and out of it as if it stood at its reference.
    const { element, ref } = box;
    const stops = [...element.querySelectorAll("a[href], button, [tabindex='0']")];
    const here = document.activeElement;
    if (here === ref && !event.shiftKey) stops[0].focus();
    else if (event.shiftKey && (here === element || here === stops[0])) ref.focus();
    else {
      if (here === ref || (here === stops.at(-1) && !event.shiftKey)) hide(true); // and on from the reference
      return;
    }
    event.preventDefault();
  });

  /* 3 The switch -------------------------------------------------------------------------------------------------- */

  const kinds = new Map();
  for (const note of notes) if (note.kind) kinds.set(note.kind, { label: note.label, count: 0, button: null });
  for (const note of notes) if (note.kind) kinds.get(note.kind).count += 1;

  const KEY = "notes-hidden"; // a reader's choice, for every page: kinds, or "none" for the text alone
  const remembered = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage may be forbidden: the address still keeps the choice
    }
  };
  const hidden = new Set();
  let textOnly = false;
  const shown = () => (textOnly ? [] : [...kinds.keys()].filter((kind) => !hidden.has(kind)));

  const apply = () => {
    const visible = shown();
    for (const note of notes) {
      note.off = note.kind ? !visible.includes(note.kind) : !visible.length;
      note.item.hidden = note.off;
      for (const ref of note.refs) {
        const mark = ref.closest("sup") ?? ref;
        mark.hidden = note.off;
        const noted = mark.previousElementSibling;
        if (noted?.matches(".noted")) noted.classList.toggle("is-off", note.off);
      }
    }
    list.hidden = notes.every((note) => note.off);
    for (const [kind, { button }] of kinds) button.setAttribute("aria-pressed", String(visible.includes(kind)));
    none.setAttribute("aria-pressed", String(!visible.length));
    if (box?.note.off) hide();
    const address = new URL(location.href);
    if (visible.length === kinds.size) address.searchParams.delete("notes");
    else address.searchParams.set("notes", visible.join(",") || "none");
    address.search = address.search.replaceAll("%2C", ",");
    if (address.href !== location.href) history.replaceState(history.state, "", address);
    layOut();
  };
  const choose = (change) => {
    change();
    try {
      localStorage.setItem(KEY, textOnly || !shown().length ? "none" : [...hidden].join(","));
    } catch {
      // As above.
    }
    apply();
  };
  const only = (kind) => {
    for (const other of kinds.keys()) if (other !== kind) hidden.add(other);
    hidden.delete(kind);
    textOnly = false;
  };
  const toggle = (kind) => {
    if (textOnly) only(kind);
    else if (!hidden.delete(kind)) hidden.add(kind);
  };
  const none = make("button", { type: "button", lang: language }, words.none);

  /** Whoever follows a link to a hidden note is shown its kind. */
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const note = notes.find((note) => target && (note.item === target || note.refs.some((ref) => ref.closest("sup") === target)));
    if (!note?.off) return;
    if (note.kind) toggle(note.kind);
    else textOnly = hidden.clear() ?? false;
    apply();
    target.scrollIntoView();
  };

  if (kinds.size > 1) {
    const label = make("span", { id: "note-kinds-label", lang: language }, words.notes);
    const group = make("div", { class: "note-kinds", role: "group", "aria-labelledby": label.id }, label);
    for (const [kind, entry] of kinds) {
      const name = make("span", { class: "note-kinds-name" }, entry.label);
      const count = make("span", { class: "note-kinds-count" }, String(entry.count));
      entry.button = make("button", { type: "button", "data-kind": kind }, name, " ", count);
      entry.button.addEventListener("click", () => choose(() => toggle(kind)));
      group.append(entry.button);
    }
    none.addEventListener("click", () => choose(() => {
      if (!textOnly && shown().length) textOnly = true;
      else if (textOnly && hidden.size < kinds.size) textOnly = false; // the kinds that stood before
      else textOnly = hidden.clear() ?? false;
    }));
    group.append(none);
    (article.querySelector(":scope > p, :scope > .paragraph") ?? list).before(group);

    const given = new URLSearchParams(location.search).get("notes");
    const choice = given ?? remembered() ?? "";
    if (choice === "none") textOnly = true;
    else if (given === null) for (const kind of choice.split(",")) hidden.add(kind);
    else for (const kind of kinds.keys()) if (!given.split(",").includes(kind)) hidden.add(kind);
    hidden.delete("");
    apply();
    addEventListener("hashchange", reveal);
    if (location.hash) reveal();
  }

  /* And begin ------------------------------------------------------------------------------------------------------ */

  layOut();
  new ResizeObserver(layOutSoon).observe(article); // folding, late images and fonts, a box below a paragraph
  addEventListener("resize", layOutSoon);
  document.addEventListener("toggle", layOutSoon, true);
  document.fonts?.ready.then(layOutSoon);
  const opened = refs[history.state?.note]; // come back to from another page, or reloaded
  if (opened) show(opened, "touch", true);
})();
