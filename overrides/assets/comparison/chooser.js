/*
 * Choose what to compare: two or more texts, and a subject; they are set side by side in this page.
 *
 * The page is whole without this script: it lists the texts (li[data-document]), the comparisons of two that were made
 * beforehand (a[data-pair="older,newer"]), and subjects with their clauses (a[data-thread]).  The script fetches what it
 * needs of those comparisons and joins them column by column, clause by clause: it compares no words itself, and where
 * a comparison was not made it says so.  The address keeps the choice.  The tools above the table are tools.js'.
 */
import { asked as given, withQuery } from "../lib/address.js";
import { button, isModified, make } from "../lib/page.js";
import { language, listed, words } from "../lib/words.js";
import { join } from "./join.js";
import { pairAt } from "./pairs.js";
import { tableOf } from "./table.js";
import { equip as equipTable } from "./tools.js";
import { couples, nearest } from "./ways.js";

const PATIENCE = 300; // ms that pass before a reader is told to wait

/** Give a page's list of texts a form that sets some of them side by side. */
export const equip = (root) => {
  const documents = [...root.querySelectorAll("li[data-document]")];
  const series = [...root.querySelectorAll(".series")].map((group) => ({
    name: group.querySelector(".whose")?.textContent,
    ids: documents.filter((item) => group.contains(item)).map((item) => item.dataset.document),
  }));
  const order = series.flatMap(({ ids }) => ids);
  const label = new Map(documents.map((item) => [item.dataset.document, item.querySelector("a").textContent]));
  const pairs = new Map([...root.querySelectorAll("a[data-pair]")].map((link) => [link.dataset.pair, link]));
  const threads = new Map([...root.querySelectorAll("a[data-thread]")].map((link) => [link.dataset.thread, link]));
  const names = (ids) => listed(ids.map((id) => label.get(id)));
  const findings = root.dataset.findings.split("|");
  const isMade = (couple) => pairs.has(couple.join());

  const fetched = new Map(); // promised, by the two texts
  const pairOf = (couple) => {
    const key = couple.join();
    if (!fetched.has(key)) {
      const pair = pairAt(pairs.get(key).href);
      pair.catch(() => fetched.delete(key)); // the next try asks again
      fetched.set(key, pair);
    }
    return fetched.get(key);
  };

  /* The form ------------------------------------------------------------------------------------------------------------ */

  const boxes = new Map();
  const form = make("form", { class: "choose", lang: language, "aria-label": words.chooser.choose });
  for (const { name, ids } of series) {
    const field = make("fieldset", {}, make("legend", {}, name ? `${words.chooser.choose}: ${name}` : words.chooser.choose));
    for (const id of ids) {
      const box = make("input", { type: "checkbox", name: "compare", value: id });
      boxes.set(id, box);
      field.append(make("label", {}, box, make("span", {}, label.get(id))));
    }
    form.append(field);
  }
  const subject = make("select", { name: "thread" }, make("option", { value: "" }, words.chooser.all));
  for (const [id, link] of threads) subject.append(make("option", { value: id }, link.textContent));
  const clear = button(words.chooser.clear, {}, () => choose([], ""));
  const tools = make("div", { class: "choose-tools" });
  if (threads.size) tools.append(make("label", {}, words.chooser.subject, " ", subject));
  tools.append(clear);
  form.append(tools);
  const status = make("p", { class: "choose-status", role: "status", lang: language });
  const offers = make("div", { class: "choose-offers", lang: language });
  root.before(form, status, offers);
  for (const others of root.querySelectorAll(".series-others")) others.hidden = true; // the form offers them

  let comparison = null;
  let latest = 0; // an answer that comes after the next question is not shown

  const asked = () => {
    const ids = given("compare").split(",");
    const thread = given("thread");
    return { ids: order.filter((id) => ids.includes(id)), thread: threads.has(thread) ? thread : "" };
  };
  /** Take a choice of the reader: the address and the history keep it. */
  const choose = (ids, thread) => {
    const url = withQuery({ compare: ids.join(","), thread, row: "" });
    if (url.href !== location.href) history.pushState(history.state, "", url);
    show();
  };
  const offer = (ids) => button(names(ids), {}, () => choose(ids, asked().thread));

  const show = async () => {
    const { ids, thread } = asked();
    const mine = latest += 1;
    for (const [id, box] of boxes) box.checked = ids.includes(id);
    subject.value = thread;
    clear.disabled = !ids.length && !thread;
    offers.replaceChildren();
    const finish = (text, ...more) => {
      status.textContent = text;
      offers.replaceChildren(...more);
      form.removeAttribute("aria-busy");
    };
    const drop = () => {
      comparison?.remove();
      comparison = null;
    };
    if (ids.length < 2) {
      drop();
      return finish(ids.length ? words.chooser.more : "");
    }
    const own = series.find((one) => ids.every((id) => one.ids.includes(id)));
    if (!own) {
      drop();
      return finish(words.chooser.apart);
    }
    const made = [...pairs.keys()].map((key) => key.split(","));
    const missing = couples(ids).find((couple) => !isMade(couple));
    if (missing) {
      drop();
      return finish(words.chooser.missing(names(missing)), ...nearest(ids, own.ids, made).map(offer));
    }
    const chosen = pairs.get(ids.join());
    if (chosen?.dataset.kind === "nothing") {
      drop();
      return finish(words.chooser.nothing(names(ids), chosen.dataset.rows));
    }
    form.setAttribute("aria-busy", "true");
    const slow = setTimeout(() => {
      status.textContent = words.chooser.loading;
    }, PATIENCE);
    const isOf = (row) => !thread || row.clauses.flat().some((clause) => clauses.has(clause.split("#")[1]));
    const clauses = new Set(threads.get(thread)?.dataset.clauses.split(" "));
    let rows;
    let table;
    try {
      const needed = ids.flatMap((older, at) => ids.slice(at + 1).map((newer) => [older, newer])).filter(isMade);
      const found = new Map(await Promise.all(needed.map(async (couple) => [couple.join(), await pairOf(couple)])));
      rows = join(ids, found, label, findings).filter(isOf);
      if (thread && rows.length === 1) rows[0].name = threads.get(thread).textContent;
      const address = (row) => withQuery({ row: rowOf(row) }).href;
      table = tableOf(ids, found, rows, { label, findings, address });
    } catch {
      if (mine !== latest) return;
      drop();
      return finish(words.chooser.failed, button(words.again, {}, show));
    } finally {
      clearTimeout(slow);
    }
    if (mine !== latest) return;
    drop();
    const more = chosen?.dataset.kind === "page" ? [make("a", { href: chosen.href }, words.chooser.page)] : [];
    finish(rows.length ? words.chooser.shown(names(ids), rows.length) : words.chooser.empty(names(ids)), ...more);
    if (!rows.length) return;
    comparison = table;
    root.before(comparison);
    equipTable(comparison);
    comparison.querySelector(".digest")?.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link || isModified(event)) return;
      event.preventDefault();
      history.replaceState(history.state, "", link.href);
      lead(rows);
    });
    lead(rows);
  };

  const rowOf = ({ clauses }) => clauses.flat().at(-1).split("#")[1];
  /** Lead to the row that the address names. */
  const lead = (rows) => {
    const row = given("row");
    const at = row ? rows.findIndex(({ clauses }) => clauses.flat().some((clause) => clause.split("#")[1] === row)) : -1;
    const head = comparison.querySelectorAll(".row-head > th")[at];
    if (!head) return;
    const fold = head.querySelector(".row-fold");
    if (fold) fold.open = true;
    head.tabIndex = -1;
    head.focus({ preventScroll: true });
    head.scrollIntoView({ block: "center", behavior: "instant" });
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => choose(order.filter((id) => boxes.get(id).checked), subject.value));
  addEventListener("popstate", show);
  /** Show what the address asks for, so that it is seen at once. */
  const begin = async () => {
    await show();
    if (comparison && !given("row") && !scrollY) form.scrollIntoView({ behavior: "instant" });
  };
  begin();
};
