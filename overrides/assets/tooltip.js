/*
 * What a title says, within everyone's reach.
 *
 * A browser shows a title late, to a mouse alone, and not for as long as it takes to read.  This script shows it to a
 * pointer that rests, to the Tab key and to a finger, beside its element, as text and never as markup.  The
 * pointer may go onto it, Escape takes it away, and nothing else does before the reader leaves (WCAG 2.2, 1.4.13).
 * The page is whole without this script: titles are the browser's then.
 */

import { listen, make, root } from "./lib/page.js";

const REST = 350; // ms of rest on an element, as on a note's number
const GRACE = 250; // ms to cross from the element to what is shown of it
const GAP = 6; // px between the two, and to the window's edge
const ACTS = "a[href], button, input, label, select, summary, textarea"; // what a finger sets off

/** Show the titles of all that stands in the page's body, now or later. */
export const equip = (body) => {
  let shown = null; // { host, element, title, given, how: "pointer" | "focus" | "touch", line }
  let resting = 0;
  let leaving = 0;
  let under = null; // what the pointer is on
  let at = "";
  let isTabbing = false;

  /** The innermost element with a title; what the style sheet prints out already takes no pointer. */
  const hostAt = (target) => {
    if (shown?.element.contains(target)) return shown.host;
    const host = target.closest?.("[title]");
    if (shown?.host.contains(target) && !shown.host.contains(host)) return shown.host; // its title is away
    return host?.title && getComputedStyle(host).pointerEvents !== "none" ? host : null;
  };

  const hide = () => {
    clearTimeout(resting);
    clearTimeout(leaving);
    if (!shown) return;
    const { host, element, title, given } = shown;
    shown = null;
    element.remove();
    if (!host.title) host.title = title; // unless it was given another one meanwhile
    for (const [name, value] of given) {
      if (value === null) host.removeAttribute(name);
      else host.setAttribute(name, value);
    }
  };

  const show = (host, how, y) => {
    hide();
    const { title } = host;
    const lang = host.closest("[lang]")?.lang ?? "";
    const element = make("div", { id: "_tooltip", class: "tooltip", role: "tooltip", popover: "manual", lang }, title);
    // While it is shown the title is away, or the browser would show it too; the element keeps what it had of it.
    const stands = { "aria-describedby": [host.getAttribute("aria-describedby"), element.id].filter(Boolean).join(" ") };
    if (!host.textContent.trim() && !host.hasAttribute("aria-label")) stands["aria-label"] = title;
    const given = Object.keys(stands).map((name) => [name, host.getAttribute(name)]);
    host.removeAttribute("title");
    for (const [name, value] of Object.entries(stands)) host.setAttribute(name, value);
    // With its element in one landmark, and in one dialog: beside it everything may be inert.
    (host.closest("dialog, header, nav, main, footer") ?? body).append(element);
    element.showPopover?.();
    const line = [...host.getClientRects()].findIndex((area) => area.top <= y && y <= area.bottom);
    shown = { host, element, title, given, how, line: Math.max(line, 0) };
    place();
  };

  /** Put it below the line of its element that is pointed at, else above it, whole within the window. */
  const place = () => {
    if (!shown) return;
    const { host, element, line } = shown;
    const area = host.getClientRects()[line] ?? host.getBoundingClientRect();
    if (!host.isConnected || area.bottom < 0 || area.top > innerHeight) return hide();
    const { width, height } = element.getBoundingClientRect();
    const most = root.clientWidth - width - GAP;
    const isBelow = area.bottom + GAP + height <= innerHeight || area.top < height + GAP;
    element.style.left = `${Math.max(GAP, Math.min(area.left + area.width / 2 - width / 2, most))}px`;
    element.style.top = `${isBelow ? area.bottom + GAP : area.top - GAP - height}px`;
  };
  addEventListener("scroll", place, { capture: true, passive: true });
  addEventListener("resize", place);

  // Only a move of the pointer itself counts: a page that scrolls under it shows nothing.
  const moveTo = (host, y) => {
    if (host === under) return;
    under = host;
    clearTimeout(resting);
    clearTimeout(leaving);
    if (host === shown?.host) return;
    if (shown?.how === "pointer") leaving = setTimeout(hide, GRACE);
    if (host) resting = setTimeout(() => host.isConnected && show(host, "pointer", y), REST);
  };
  listen("pointermove", (event) => {
    const here = `${event.screenX} ${event.screenY}`;
    if (event.pointerType === "touch" || here === at) return;
    at = here;
    moveTo(hostAt(event.target), event.clientY);
  }, { passive: true });
  root.addEventListener("pointerleave", () => moveTo(null));
  listen("pointerdown", (event) => {
    isTabbing = false;
    if (event.pointerType !== "touch" && !shown?.element.contains(event.target)) hide();
  });

  listen("pointerup", (event) => {
    if (event.pointerType !== "touch" || shown?.element.contains(event.target)) return;
    const host = event.target.closest(ACTS) ? null : hostAt(event.target);
    if (host && host !== shown?.host) show(host, "touch", event.clientY);
    else hide();
  });

  // Where a script takes the focus, nothing is shown: the reader has not gone there to ask.
  listen("focusin", (event) => {
    const host = isTabbing && hostAt(event.target);
    if (host && host !== shown?.host) show(host, "focus");
  });
  listen("focusout", () => shown?.how === "focus" && hide());

  // What lies uppermost goes first: Escape closes nothing else as long as a title is shown.
  addEventListener("keydown", (event) => {
    isTabbing = event.key === "Tab";
    if (event.key !== "Escape" || !shown) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    hide();
  }, true);
};
