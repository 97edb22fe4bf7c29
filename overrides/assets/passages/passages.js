/*
 * Passages: what can be done with a paragraph, a clause, a note, a row of a comparison.
 *
 * The page is whole without these scripts: each passage has a permalink (a.paragraph-number, a.note-number,
 * a.passage-link, a.headerlink), the foot of the page (.page-foot) says how to cite it and leads to the form for
 * problems.  They read that HTML and add the tools: a popover at the permalink that copies the link, cites the passage,
 * and reports a problem with it.  Citations are static files, from which the passage's record is picked.
 */
import { siteAddress } from "../lib/address.js";
import { fetchText } from "../lib/fetched.js";
import { article, button, focused, headerEdge, isModified, make, root } from "../lib/page.js";
import { language, words } from "../lib/words.js";
import { lightQuoted } from "./quoted.js";
import { recordOf } from "./records.js";
import { gatherStops } from "./stops.js";

const LONGEST = 400; // characters of a passage that a report quotes: addresses have their limits
const SIGNS = "sup, .paragraph-number, .note-number, .passage-link, .headerlink, .proof, .footnote-backref";
const MARKS = ".paragraph-number, a.note-number, .passage-link, [data-place] > .headerlink";

/** The text of an element without what is not of it: numbers, marks and signs. */
const textOf = (element) => {
  const copy = element.cloneNode(true);
  for (const sign of copy.querySelectorAll(SIGNS)) sign.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
};

/** Copy a text and say so in a status; where that is not allowed, give it to be copied by hand. */
const copy = async (text, said, status) => {
  try {
    await navigator.clipboard.writeText(text);
    status.textContent = said;
  } catch {
    const field = make("textarea", { readonly: "", rows: "2", "aria-label": words.passages.byHand });
    field.value = text;
    status.replaceChildren(words.passages.byHand, field);
    field.select();
  }
};

const files = new Map(); // promised, by address
const load = (href) => {
  if (!files.has(href)) {
    const file = fetchText(href);
    file.catch(() => files.delete(href)); // the next try asks again
    files.set(href, file);
  }
  return files.get(href);
};

/** What the foot of a page knows of it: the key of its citations, their files, the form for problems. */
const footOf = () => {
  const foot = [...article.querySelectorAll(":scope > footer.page-foot")].at(-1); // it stands below what authors write
  return {
    foot,
    key: foot?.dataset.key,
    report: foot?.querySelector("a.report"),
    formats: [...(foot?.querySelectorAll("a[data-format]") ?? [])].filter(({ href }) => siteAddress(href)),
  };
};

/** The passage that a permalink stands at. */
const passageOf = (mark, key) => {
  const element = mark.closest("[id]");
  const title = element.querySelector(".note-title, .row-name") ?? (mark.matches(".headerlink") ? element : null);
  const isPage = element.matches("h1");
  const numbered = mark.matches(".note-number") ? words.passages.note : words.passages.paragraph;
  return {
    mark,
    element,
    name: title ? textOf(title).replace(/\.$/, "") : numbered(mark.textContent),
    address: location.href.replace(/[?#].*/, "") + (isPage ? "" : `#${element.id}`),
    place: (element.closest("[data-place]") ?? element.querySelector("[data-place]"))?.dataset.place,
    // Citations of sources, which are footnotes too, are not cited in their turn.
    key: key && !/^(?:cite|fn)-/.test(element.id) ? (isPage ? key : `${key}-${element.id}`) : "",
  };
};

/** The form for problems, filled in with a passage, or with the words of it that the reader has selected. */
const reportOf = (report, { name, address, place, element }, selected) => {
  const form = new URL(report.href);
  form.searchParams.set("title", `${form.searchParams.get("title")}, ${name}`);
  form.searchParams.set("address", address);
  form.searchParams.set("words", (selected || textOf(element)).slice(0, LONGEST));
  if (place) form.searchParams.set("place", place);
  return form.href;
};

/** The panel of citations: a choice of formats, the record, and what to do with it; `filled` is called when it came. */
const citationOf = (passage, formats, status, filled) => {
  const shown = make("pre", { class: "passage-citation" });
  const take = button(words.copy, {}, () => copy(shown.textContent, words.passages.copied, status));
  const download = make("a", { download: "" }, words.passages.download);
  const choose = async (format) => {
    const kind = format.dataset.format;
    for (const [index, one] of [...choice.children].entries()) one.setAttribute("aria-pressed", String(formats[index] === format));
    download.href = format.href;
    shown.dataset.format = kind;
    shown.textContent = "";
    take.disabled = true;
    status.replaceChildren();
    const record = await load(format.href).then((text) => recordOf(kind, text, passage.key)).catch(() => "");
    if (shown.dataset.format !== kind) return; // another one was chosen in the meantime
    shown.textContent = record;
    take.disabled = !record;
    if (!record) status.textContent = words.passages.failed;
    filled();
  };
  const choice = make(
    "div",
    { class: "passage-formats", role: "group", "aria-label": words.passages.format },
    ...formats.map((format) => button(format.textContent, {}, () => choose(format))),
  );
  choose(formats[0]);
  return make("div", { class: "passage-cite" }, choice, shown, make("div", { class: "passage-actions" }, take, download));
};

/** Give the permalinks of the page their tools. */
const equipMarks = ({ key, report, formats }) => {
  const tools = make("div", { class: "passage-tools", popover: "auto", role: "dialog", lang: language });
  article.append(tools);
  let open = null; // the passage whose tools are shown

  const place = () => {
    if (!open) return;
    const mark = open.mark.getBoundingClientRect();
    const above = mark.top - tools.offsetHeight - 4;
    const isAbove = mark.bottom + 4 + tools.offsetHeight > innerHeight && above > headerEdge();
    tools.style.left = `${Math.max(8, Math.min(mark.left, root.clientWidth - tools.offsetWidth - 8)) + scrollX}px`;
    tools.style.top = `${(isAbove ? above : mark.bottom + 4) + scrollY}px`;
  };

  const show = (mark, selected) => {
    open?.mark.setAttribute("aria-expanded", "false");
    const passage = open = passageOf(mark, key);
    const status = make("p", { class: "passage-status", role: "status" });
    const copyLink = button(words.passages.link, {}, () => copy(passage.address, words.passages.linkCopied, status));
    const actions = make("div", { class: "passage-actions" }, copyLink);
    if (passage.key && formats.length) {
      const cite = button(words.passages.cite, { "aria-expanded": "false" }, () => {
        const panel = tools.querySelector(".passage-cite");
        cite.setAttribute("aria-expanded", String(!panel));
        status.replaceChildren();
        if (panel) panel.remove();
        else actions.after(citationOf(passage, formats, status, place));
        place();
      });
      actions.append(cite);
    }
    if (report) actions.append(make("a", { href: reportOf(report, passage, selected) }, words.passages.report));
    tools.setAttribute("aria-label", passage.name);
    tools.replaceChildren(make("p", { class: "passage-name" }, passage.name), actions, status);
    mark.focus({ preventScroll: true }); // whence the popover takes the focus, and where it gives it back
    tools.showPopover();
    place();
    copyLink.focus({ preventScroll: true });
  };
  tools.addEventListener("toggle", (event) => {
    const isOpen = event.newState === "open";
    open?.mark.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) open = null;
  });
  addEventListener("resize", place);
  tools.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    // The popover stands at the article's end: Tab is led out of it as if it stood at its permalink.
    const stops = [...tools.querySelectorAll("a[href], button, textarea")];
    const here = stops.indexOf(focused());
    const { mark } = open;
    if (event.shiftKey && here <= 0) event.preventDefault();
    if (event.shiftKey ? here <= 0 : here === stops.length - 1) {
      tools.hidePopover();
      mark.focus({ preventScroll: true }); // from here Tab goes on
    }
  });

  const marks = [...article.querySelectorAll(key ? `${MARKS}, h1[id] > .headerlink` : MARKS)];
  for (const mark of marks.filter((one) => one.closest("[id]"))) {
    mark.setAttribute("aria-haspopup", "dialog");
    mark.setAttribute("aria-expanded", "false");
    const { name } = passageOf(mark, key);
    // The name begins with what is seen, so that it can be spoken (WCAG 2.2, 2.5.3).
    const number = mark.matches(".note-number") ? words.passages.note(mark.textContent) : "";
    mark.setAttribute("aria-label", words.passages.tools(number && number !== name ? `${number}, ${name}` : name));
    mark.removeAttribute("title");
    let isShown = false;
    let selected = "";
    mark.addEventListener("pointerdown", () => {
      isShown = open?.mark === mark; // the popover closes before the click comes
      selected = getSelection().toString().trim(); // and the selection is gone by then
    });
    mark.addEventListener("click", (event) => {
      if (isModified(event)) return;
      event.preventDefault();
      if (!isShown) show(mark, selected || getSelection().toString().trim());
      isShown = false;
      selected = "";
    });
  }
};

/** A button at the foot of the page that copies how to cite it. */
const equipFoot = ({ foot, formats }) => {
  if (!formats.length) return;
  const text = foot.querySelector(".page-foot-citation").textContent;
  const status = make("span", { class: "passage-status", role: "status", lang: language });
  const take = button(words.copy, { lang: language }, () => {
    formats.at(-1).after(" ", status);
    copy(text, words.passages.copied, status);
  });
  formats[0].before(take, " · ");
};

/** Give the passages of the article their tools. */
export const equip = () => {
  lightQuoted(article);
  if ("popover" in HTMLElement.prototype) { // else the permalinks are links
    const page = footOf();
    equipMarks(page);
    equipFoot(page);
  }
  gatherStops(article);
};
