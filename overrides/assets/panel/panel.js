/*
 * The clause beside the text: a link to a clause opens it there, and the reader stays where he reads.
 *
 * The page is whole without this script: the link (a[data-clause]) leads to the clause on its own page.  The script
 * fetches that page and takes the clause out of it, from its heading to the next: nothing is told here that does not
 * stand there.  Where there is room beside the text the clause is shown in a panel, which leaves the text alone;
 * elsewhere in a sheet over it.  Links to other clauses open in the same place.  The address keeps what is open, Back
 * leads back, Esc closes.  If anything fails, the link is followed.
 */
import { SITE, asked as given, siteAddress, targetOf, withQuery } from "../lib/address.js";
import { focused, isModified, listen, make, remSize, root } from "../lib/page.js";
import { language, words } from "../lib/words.js";
import { changeOf, clauseAt } from "./clause.js";

const PATIENCE = 300; // ms that pass before a reader is told to wait
const [LEAST, MOST, GAP] = [15.5, 26, 1.2]; // rem: width of the panel, and what keeps it from the text

/* Addresses: `declarations/some-id#some-clause` in this page's query, the clause's own page and place behind it. */

const addressOf = (url) => url.pathname.slice(SITE.pathname.length).replace(/\/$/, "") + url.hash;
const urlOf = (address) => {
  const url = siteAddress(address);
  if (!url?.hash || url.search) return null; // a place on a page, and no more
  if (!/\.html$|\/$/.test(url.pathname)) url.pathname += "/";
  return url;
};
const asked = () => given("clause");
const withClause = (address) => withQuery({ clause: address });
const isHere = (url) => url.origin === location.origin && url.pathname === location.pathname;

/** Make the links to clauses in a commentary open beside it. */
export const equip = (article) => {
  const content = root.querySelector(".md-content");

  const title = make("h2", { id: "_clause-title", class: "clause-panel-title", tabindex: "-1" });
  const source = make("p", { id: "_clause-document", class: "clause-panel-document" });
  const body = make("div", { class: "clause-panel-body" });
  const toPage = make("a", { class: "clause-panel-page", href: "" }, words.panel.page);
  const back = make("button", { type: "button" }, words.panel.back);
  const close = make("button", { type: "button" }, words.close);
  const tools = make("div", { class: "clause-panel-tools", lang: language }, back, toPage, close);
  const status = make("p", { class: "clause-panel-status", role: "status", lang: language });
  const text = make("div", { class: "clause-panel-text" }, source, title, status, body);
  const panel = make(
    "dialog",
    { class: "clause-panel md-typeset", "aria-labelledby": `${title.id} ${source.id}` },
    tools,
    text,
  );
  const track = make("div", { class: "clause-track" }, panel);
  content.append(track);

  let shown = ""; // the address of the clause in the panel
  let opener = null; // what the focus returns to
  let latest = 0; // numbers what readers asked for: an answer that comes after the next question is not shown
  let isLeaving = false;
  const links = (address) => [...article.querySelectorAll("a[data-clause]")].filter((link) => addressOf(link) === address);

  /** Place the panel beside the text, which moves over if it must, and say whether there is room. */
  const place = () => {
    const rem = remSize();
    const wide = root.clientWidth;
    const edge = () => Math.max(...[...article.querySelectorAll(":scope > .paragraph")].map((one) => one.getBoundingClientRect().right));
    for (const moves of [false, true]) {
      article.classList.toggle("is-beside-panel", moves);
      const left = edge() + GAP * rem;
      const width = Math.min(wide - left - 0.8 * rem, MOST * rem);
      if (width < LEAST * rem) continue;
      Object.assign(track.style, { left: `${left - content.getBoundingClientRect().left}px`, width: `${width}px` });
      return true;
    }
    article.classList.remove("is-beside-panel");
    return false;
  };

  /** Open the panel, or move it to where the window has room for it; `takes` tells whether the focus goes to it. */
  const raise = (wantsFocus) => {
    let takes = wantsFocus;
    const isBeside = place();
    const held = focused();
    if (!panel.open || panel.matches(":modal") === isBeside) {
      panel.close();
      if (isBeside) panel.show();
      else panel.showModal();
      panel.dispatchEvent(new Event("toggle")); // notes/margin.js lays the margin out anew
      takes ||= !isBeside && !panel.contains(held); // the text below a sheet cannot hold it
    }
    if (takes) title.focus({ preventScroll: true });
    else if (held.localName === "body") focused().blur();
    else held.focus({ preventScroll: true });
  };

  const lower = () => {
    const isInside = panel.contains(focused()) || panel.matches(":modal");
    latest += 1;
    shown = "";
    mark();
    article.classList.remove("is-beside-panel");
    if (!panel.open) return;
    panel.close();
    panel.dispatchEvent(new Event("toggle"));
    if (isInside && opener?.checkVisibility()) opener.focus({ preventScroll: true });
  };

  /** Show at the text which of its links is open. */
  const mark = () => {
    for (const link of article.querySelectorAll("a[data-clause][aria-expanded='true']")) link.setAttribute("aria-expanded", "false");
    for (const link of shown ? links(shown) : []) link.setAttribute("aria-expanded", "true");
  };

  const fill = (address, url, { id, name, title: document_, facts, parts }) => {
    shown = address;
    title.replaceChildren(...name);
    source.replaceChildren(make("strong", {}, document_), " ", make("span", {}, facts));
    status.textContent = "";
    body.replaceChildren(parts);
    toPage.href = url.href;
    panel.removeAttribute("aria-busy");
    const link = body.querySelector(".clause-compared > a");
    // Where it cannot be had, the link to the comparison stands.
    if (link) changeOf(link, id).then((change) => link.parentElement.after(change)).catch(() => {});
  };
  /** Say in the panel that a clause is on its way, or that it did not arrive. */
  const tell = (url, message) => {
    title.replaceChildren("…");
    source.replaceChildren();
    status.textContent = message;
    body.replaceChildren();
    toPage.href = url.href;
    panel.setAttribute("aria-busy", String(message === words.panel.loading));
  };
  const settle = () => {
    back.hidden = !(history.state?.clause > 1);
    text.removeAttribute("tabindex");
    if (text.scrollHeight > text.clientHeight) text.tabIndex = 0; // arrow keys scroll it
    text.scrollTop = 0;
  };

  /**
   * Show the clause at an address.  `enter` makes an entry in the history when it has come; `takes` tells whether the
   * focus goes to it.
   */
  const open = async (address, { enter = null, takes = true } = {}) => {
    const url = urlOf(address);
    const mine = latest += 1;
    if (!url) return lower();
    const slow = setTimeout(() => {
      tell(url, words.panel.loading);
      raise(takes);
    }, PATIENCE);
    try {
      const found = await clauseAt(url);
      if (mine !== latest) return;
      enter?.();
      fill(address, url, found);
    } catch {
      if (mine !== latest) return;
      if (enter) return location.assign(url); // a reader's own click leads on
      tell(url, words.panel.failed);
    } finally {
      clearTimeout(slow);
    }
    raise(takes);
    settle();
    mark();
  };

  const enter = (address) => () => {
    const depth = (history.state?.clause ?? 0) + 1; // how many steps lead back to the text alone
    if (depth === 1) history.scrollRestoration = "manual"; // those steps leave the page where it has been read to
    history.pushState({ clause: depth }, "", withClause(address));
    history.scrollRestoration = "auto";
  };

  /** Close at the reader's wish: what a step forward opened, a step back closes. */
  const leave = () => {
    const depth = history.state?.clause ?? 0;
    isLeaving = depth > 0;
    if (isLeaving) return history.go(-depth);
    if (asked()) history.replaceState(history.state, "", withClause(""));
    lower();
  };

  /** Make the panel show what the address says. */
  const follow = (takes) => {
    const address = asked();
    if (address && isLeaving) return leave(); // another script's entry stood between
    isLeaving = false;
    if (!address) lower();
    else if (address !== shown) open(address, { takes });
    else settle();
  };
  addEventListener("popstate", () => {
    if (!asked()) history.scrollRestoration = "auto";
    follow(panel.contains(focused()));
  });

  /* What readers do --------------------------------------------------------------------------------------------------- */

  for (const link of article.querySelectorAll("a[data-clause]")) {
    link.setAttribute("aria-haspopup", "dialog");
    link.setAttribute("aria-expanded", "false");
  }

  content.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || isModified(event)) return;
    const isInside = panel.contains(link);
    if (isInside && isHere(link)) {
      event.preventDefault();
      return go(link);
    }
    const address = siteAddress(link.href) ? addressOf(link) : "";
    if (!link.matches("[data-clause]") || !urlOf(address)) return;
    event.preventDefault();
    if (address === shown) return isInside ? title.focus() : leave();
    if (!isInside) {
      // A link in a note's popup goes with it: the focus returns to the note's number.
      const note = link.closest(".note-copy")?.dataset.note;
      const isNumber = (ref) => (note ? targetOf(ref) === note : ref.getAttribute("aria-expanded") === "true");
      const isCopy = link.closest(".note-copy, .note-box:not(.is-inline)");
      opener = isCopy ? [...article.querySelectorAll("a.footnote-ref")].find(isNumber) : link;
    }
    open(address, { enter: enter(address) });
  });

  /** Go to a place of this page: inside the panel, or in the text, which a sheet gives free. */
  const go = (link) => {
    const inside = [...panel.querySelectorAll("[id]")].find(({ id }) => id === targetOf(link));
    if (inside) {
      inside.tabIndex = -1;
      inside.focus({ preventScroll: true });
      return inside.scrollIntoView({ block: "nearest" });
    }
    if (!panel.matches(":modal")) {
      location.hash = link.hash; // the query stays, and with it the panel
      return;
    }
    opener = null;
    lower();
    history.replaceState(null, "", withClause(""));
    location.replace(link.hash);
  };

  back.addEventListener("click", () => history.back());
  close.addEventListener("click", leave);
  panel.addEventListener("cancel", (event) => { // Esc, and the step back of some phones, where the panel is a sheet
    event.preventDefault();
    leave();
  });
  panel.addEventListener("close", () => { // by the browser, whatever we say
    if (!panel.open && shown) leave();
  });
  let pressed = null; // where a click began: words that are marked beyond the sheet's edge do not close it
  panel.addEventListener("pointerdown", ({ target }) => {
    pressed = target;
  });
  panel.addEventListener("click", ({ target }) => {
    if (target === panel && pressed === panel && panel.matches(":modal")) leave(); // beside the sheet
  });
  listen("keydown", (event) => {
    if (event.key !== "Escape" || !panel.open || panel.matches(":modal")) return;
    const other = root.querySelector(".note-box, [data-md-toggle]:checked"); // that one first
    if (other && !panel.contains(focused())) return;
    event.stopPropagation();
    leave();
  }, true);
  addEventListener("resize", () => panel.open && raise(false));

  follow(false);
};
