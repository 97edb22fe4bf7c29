/*
 * A clause, out of the page that it stands on: from its heading to the next, with the notes that it refers to.
 */
import { targetOf } from "../lib/address.js";
import { copiedId, fetchPage } from "../lib/fetched.js";
import { make } from "../lib/page.js";

/** Make links to what stands in the panel too lead there. */
const moveIn = (parts, url) => {
  const ids = new Set([...parts.querySelectorAll("[id]")].map(({ id }) => id));
  for (const link of parts.querySelectorAll("a[href]")) {
    const id = copiedId(targetOf(link));
    if (link.pathname === url.pathname && ids.has(id)) link.setAttribute("href", `#${id}`);
  }
};

/** The notes that a clause refers to, with the numbers they have on its page. */
const notesOf = (parts, page) => {
  const list = [...page.querySelectorAll(":scope > div.footnote")].at(-1);
  const all = [...(list?.querySelectorAll(":scope > ol > li[id]") ?? [])];
  const called = new Set([...parts.querySelectorAll("a.footnote-ref")].map((ref) => copiedId(targetOf(ref))));
  const items = all.filter(({ id }) => called.has(id));
  if (!items.length) return "";
  const ids = new Set([...parts.querySelectorAll("[id]")].map(({ id }) => id));
  const ordered = make("ol", {}, ...items.map((item) => {
    const copy = item.cloneNode(true);
    copy.value = all.indexOf(item) + 1;
    for (const back of copy.querySelectorAll("a.footnote-backref")) if (!ids.has(copiedId(targetOf(back)))) back.remove();
    return copy;
  }));
  const name = list.getAttribute("aria-label") ?? "";
  return make("div", { class: "footnote", role: "doc-endnotes", "aria-label": name }, make("p", { class: "whose" }, name), ordered);
};

/** The heading of the clause that a target names, by its id or an old one, or stands in, as words that are quoted do. */
const headingOf = (target, page) => {
  let block = target?.closest(".aliases")?.nextElementSibling ?? [...page.children].find((one) => one.contains(target));
  while (block && !block.matches(":is(h2, h3, h4, h5, h6)[data-place]")) block = block.previousElementSibling;
  return block;
};

/** The change of a clause since its last record before, from the comparison that its page links to. */
export const changeOf = async (link, id) => {
  const given = new URL(link.href);
  const [older, newer] = given.searchParams.get("compare")?.split(",") ?? [];
  const place = older ? new URL(`${older}/${newer}.html`, given) : given; // a plain table
  const page = await fetchPage(place.href);
  const row = [...page.querySelectorAll(".comparison-table > tbody")].find(
    (one) => [...one.querySelectorAll(":scope > tr > td:nth-child(2) .cell-head > a")].some((name) => copiedId(targetOf(name)) === id),
  );
  const difference = row.querySelector(".difference"); // where anything is said of it
  const cells = [...row.rows[1].cells].filter((cell, at) => !at || cell.querySelector("ins, del, mark"));
  const change = make(
    "div",
    { class: "clause-panel-change" },
    ...(difference ? [make("p", { class: "difference" }, difference.textContent)] : []),
    ...cells.map((cell) => make("div", {}, ...cell.cloneNode(true).childNodes)),
  );
  moveIn(change, place);
  return change;
};

/** Return what the panel shows of the clause at an address: its name, its document, its text and apparatus. */
export const clauseAt = async (url) => {
  const page = await fetchPage(url.href);
  const id = targetOf(url);
  const heading = headingOf([...page.querySelectorAll("[id]")].find((element) => element.id === copiedId(id)) ?? null, page);
  if (!heading) throw new Error(`no clause at ${url}`);
  const parts = new DocumentFragment();
  for (let next = heading.nextElementSibling; next && !next.matches("h1, h2, h3, h4, h5, h6, .footnote"); next = next.nextElementSibling) {
    parts.append(next.cloneNode(true));
  }
  parts.append(notesOf(parts, page));
  for (const part of parts.querySelectorAll(".quoted")) part.classList.toggle("is-lit", part.dataset.quotation === id);
  moveIn(parts, url);
  const name = heading.cloneNode(true);
  for (const link of [...name.querySelectorAll(".headerlink"), ...page.querySelectorAll("h1 .headerlink")]) link.remove();
  const text = (selector) => page.querySelector(selector)?.textContent.trim().replace(/\s+/g, " ") ?? "";
  return { id: heading.id, name: name.childNodes, title: text("h1"), facts: text(".document-kind"), parts };
};
