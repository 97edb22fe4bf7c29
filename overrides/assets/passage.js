/*
 * Passages: what can be done with a paragraph, a clause, a note, a row of a comparison.
 *
 * The page is whole without this script: each passage has a permalink (a.paragraph-number, a.note-number,
 * a.passage-link, a.headerlink), the foot of the page (.page-foot) says how to cite it and leads to the form for
 * problems.  The script reads that HTML and adds
 *   1 the words that a quotation led to, all of them: the first alone bear its id and show themselves;
 *   2 the tools: a popover at the permalink that copies the link, cites the passage, and reports a problem with it;
 *   3 one stop of the Tab key for the numbers of a list of notes, and for the rows of a table; arrows lead on.
 * Citations are static files, from which the passage's record is picked.  It knows no page, no language but that of
 * its few words, and asks nothing of any server but these files.
 */
import { article, button, byId, focused, languageAmong, make, root } from "./lib/page.js";
import { siteAddress, targetOf } from "./lib/address.js";
import { fetchText } from "./lib/fetched.js";

(() => {
  if (!article) return;

  const LONGEST = 400; // characters of a passage that a report quotes: addresses have their limits
  const WORDS = {
    en: {
      paragraph: (number) => `Paragraph ${number}`,
      note: (number) => `Note ${number}`,
      tools: (name) => `${name}: link, citation`,
      link: "Copy link", cite: "Cite", report: "Report a problem",
      format: "Format", copy: "Copy", download: "Download",
      linkCopied: "Link copied", copied: "Citation copied", byHand: "Copying is not allowed here. Copy it by hand:",
      failed: "The citation could not be loaded.",
    },
    ja: {
      paragraph: (number) => `第${number}段落`,
      note: (number) => `注${number}`,
      tools: (name) => `${name}：リンク・引用`,
      link: "リンクをコピー", cite: "引用", report: "問題を報告",
      format: "形式", copy: "コピー", download: "ダウンロード",
      linkCopied: "リンクをコピーしました", copied: "引用をコピーしました", byHand: "ここではコピーできません。手でコピーしてください：",
      failed: "引用を読み込めませんでした。",
    },
  };
  const language = languageAmong(WORDS);
  const words = WORDS[language];


  /* 1 Quoted words -------------------------------------------------------------------------------------------------- */

  const quoted = article.querySelectorAll(".quoted[data-quotation]");
  const light = () => {
    const id = targetOf(location);
    for (const part of quoted) part.classList.toggle("is-lit", part.dataset.quotation === id);
  };
  addEventListener("hashchange", light);
  light();

  /* 2 Tools --------------------------------------------------------------------------------------------------------- */

  if (!("popover" in HTMLElement.prototype)) return; // the permalinks are links

  const foot = [...article.querySelectorAll(":scope > footer.page-foot")].at(-1); // it stands below what authors write
  const key = foot?.dataset.key; // what the page's citations are known by, if it has any
  const report = foot?.querySelector("a.report");
  const formats = [...(foot?.querySelectorAll("a[data-format]") ?? [])].filter(({ href }) => siteAddress(href));

  /** The text of an element without what is not of it: numbers, marks and signs. */
  const textOf = (element) => {
    const copy = element.cloneNode(true);
    for (const sign of copy.querySelectorAll("sup, .paragraph-number, .note-number, .passage-link, .headerlink, .proof, .footnote-backref")) sign.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  };
  const passageOf = (mark) => {
    const element = mark.closest("[id]");
    const title = element.querySelector(".note-title, .row-name") ?? (mark.matches(".headerlink") ? element : null);
    const number = mark.textContent;
    const isPage = element.matches("h1");
    return {
      mark,
      element,
      name: title ? textOf(title).replace(/\.$/, "") : words[mark.matches(".note-number") ? "note" : "paragraph"](number),
      address: location.href.replace(/[?#].*/, "") + (isPage ? "" : `#${element.id}`),
      place: (element.closest("[data-place]") ?? element.querySelector("[data-place]"))?.dataset.place,
      // Citations of sources, which are footnotes too, are not cited in their turn.
      key: key && !/^(?:cite|fn)-/.test(element.id) ? (isPage ? key : `${key}-${element.id}`) : "",
    };
  };
  /** The form for problems, filled in with a passage, or with the words of it that the reader has selected. */
  const reportOf = ({ name, address, place, element }, selected) => {
    const form = new URL(report.href);
    form.searchParams.set("title", `${form.searchParams.get("title")}, ${name}`);
    form.searchParams.set("address", address);
    form.searchParams.set("words", (selected || textOf(element)).slice(0, LONGEST));
    if (place) form.searchParams.set("place", place);
    return form.href;
  };

  /* How a record stands in each kind of file. */
  const PICK = new Map(Object.entries({
    txt: (text, id) => text.split("\n").find((line) => line.startsWith(`[${id}] `))?.slice(id.length + 3),
    bib: (text, id) => text.split(/\n(?=@)/).find((item) => item.includes(`{${id},\n`))?.trim(),
    ris: (text, id) => text.split(/(?<=ER  - \r\n)/).find((item) => item.includes(`\r\nID  - ${id}\r\n`))?.trim(),
    json: (text, id) => {
      const item = JSON.parse(text).find((record) => record.id === id);
      // Three numbers of a date on one line, not on five.
      return item && JSON.stringify([item], null, 2).replace(/\[\s+\[([\s\d,]+)\]\s+\]/, (dates, numbers) => `[[${numbers.trim().replace(/\s+/g, " ")}]]`);
    },
  }));
  const files = new Map();
  const load = (href) => {
    if (!files.has(href)) {
      files.set(href, fetchText(href));
    }
    return files.get(href);
  };

  const copy = async (text, said, status) => {
    try {
      await navigator.clipboard.writeText(text);
      status.textContent = said;
    } catch {
      const field = make("textarea", { readonly: "", rows: "2", "aria-label": words.byHand });
      field.value = text;
      status.replaceChildren(words.byHand, field);
      field.select();
    }
  };

  /** The panel of citations: a choice of formats, the record, and what to do with it. */
  const citation = (passage, status) => {
    const shown = make("pre", { class: "passage-citation" });
    const take = button(words.copy, {}, () => copy(shown.textContent, words.copied, status));
    const download = make("a", { download: "" }, words.download);
    const choose = async (format) => {
      const kind = format.dataset.format;
      for (const [index, one] of [...choice.children].entries()) one.setAttribute("aria-pressed", String(formats[index] === format));
      download.href = format.href;
      shown.dataset.format = kind;
      shown.textContent = "";
      take.disabled = true;
      status.replaceChildren();
      const record = await load(format.href).then((text) => PICK.get(kind)(text, passage.key)).catch(() => "");
      if (shown.dataset.format !== kind) return; // another one was chosen in the meantime
      shown.textContent = record ?? "";
      take.disabled = !record;
      if (!record) status.textContent = words.failed;
      place();
    };
    const choice = make(
      "div",
      { class: "passage-formats", role: "group", "aria-label": words.format },
      ...formats.map((format) => button(format.textContent, {}, () => choose(format))),
    );
    choose(formats[0]);
    return make("div", { class: "passage-cite" }, choice, shown, make("div", { class: "passage-actions" }, take, download));
  };

  const tools = make("div", { class: "passage-tools", popover: "auto", role: "dialog", lang: language });
  article.append(tools);
  let open = null; // the passage whose tools are shown

  const place = () => {
    if (!open) return;
    const mark = open.mark.getBoundingClientRect();
    const header = Math.max(0, root.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0);
    const wide = root.clientWidth;
    const above = mark.top - tools.offsetHeight - 4;
    const isAbove = mark.bottom + 4 + tools.offsetHeight > innerHeight && above > header;
    tools.style.left = `${Math.max(8, Math.min(mark.left, wide - tools.offsetWidth - 8)) + scrollX}px`;
    tools.style.top = `${(isAbove ? above : mark.bottom + 4) + scrollY}px`;
  };

  const show = (mark, selected) => {
    open?.mark.setAttribute("aria-expanded", "false");
    const passage = open = passageOf(mark);
    const status = make("p", { class: "passage-status", role: "status" });
    const actions = make("div", { class: "passage-actions" }, button(words.link, {}, () => copy(passage.address, words.linkCopied, status)));
    if (passage.key && formats.length) {
      const cite = button(words.cite, {}, () => {
        const panel = tools.querySelector(".passage-cite");
        cite.setAttribute("aria-expanded", String(!panel));
        status.replaceChildren();
        if (panel) panel.remove();
        else actions.after(citation(passage, status));
        place();
      });
      cite.setAttribute("aria-expanded", "false");
      actions.append(cite);
    }
    if (report) actions.append(make("a", { href: reportOf(passage, selected) }, words.report));
    tools.setAttribute("aria-label", passage.name);
    tools.replaceChildren(make("p", { class: "passage-name" }, passage.name), actions, status);
    mark.focus({ preventScroll: true }); // whence the popover takes the focus, and where it gives it back
    tools.showPopover();
    place();
    actions.firstChild.focus({ preventScroll: true });
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

  const marks = [...article.querySelectorAll(
    `.paragraph-number, a.note-number, .passage-link, [data-place] > .headerlink${key ? ", h1[id] > .headerlink" : ""}`,
  )].filter((mark) => mark.closest("[id]"));
  for (const mark of marks) {
    mark.setAttribute("aria-haspopup", "dialog");
    mark.setAttribute("aria-expanded", "false");
    mark.setAttribute("aria-label", words.tools(passageOf(mark).name));
    mark.removeAttribute("title");
    let isShown = false;
    let selected = "";
    mark.addEventListener("pointerdown", () => {
      isShown = open?.mark === mark; // the popover closes before the click comes
      selected = getSelection().toString().trim(); // and the selection is gone by then
    });
    mark.addEventListener("click", (event) => {
      // With a modifier key it is the browser's: a new tab, a download.
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (!isShown) show(mark, selected || getSelection().toString().trim());
      isShown = false;
      selected = "";
    });
  }

  if (foot && formats.length) {
    const text = foot.querySelector(".page-foot-citation").textContent;
    const status = make("span", { class: "passage-status", role: "status", lang: language });
    const take = button(words.copy, {}, () => {
      formats.at(-1).after(" ", status);
      copy(text, words.copied, status);
    });
    take.lang = language;
    formats[0].before(take, " · ");
  }

  /* 3 One stop for many ----------------------------------------------------------------------------------------------- */

  for (const list of article.querySelectorAll(".footnote > ol, .comparison-table")) {
    const all = [...list.querySelectorAll("a.note-number, .passage-link")];
    const shown = () => all.filter((mark) => mark.checkVisibility());
    const stop = (mark) => {
      for (const other of all) other.tabIndex = other === mark ? 0 : -1;
    };
    const stopIn = (element) => {
      const item = element?.closest("li[id], tbody[id]");
      const mark = all.find((one) => item?.contains(one));
      if (mark) stop(mark);
    };
    if (all.length) stop(all[0]);
    list.addEventListener("focusin", (event) => stopIn(event.target));
    addEventListener("hashchange", () => stopIn(byId(targetOf(location))));
    stopIn(byId(targetOf(location)));
    // What is filtered away is no stop.
    article.addEventListener("click", () => {
      if (!all.some((mark) => mark.tabIndex === 0 && mark.checkVisibility()) && shown().length) stop(shown()[0]);
    });
    list.addEventListener("keydown", (event) => {
      const here = shown();
      const at = here.indexOf(event.target);
      const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: here.length - 1 }[event.key];
      if (at < 0 || next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      here[Math.max(0, Math.min(next, here.length - 1))].focus();
    });
  }
})();
