/*
 * Choose what to compare: two or more texts, and a subject; they are set side by side in this page.
 *
 * The page is whole without this script: it lists the texts (li[data-document]), the comparisons of two that were made
 * beforehand (a[data-pair="older,newer"]), and subjects with their clauses (a[data-thread]).  The script fetches what it
 * needs of those comparisons and joins them column by column, clause by clause: it compares no words itself, and where
 * a comparison was not made it says so.  The address keeps the choice.  The tools above the table are compare.js'.
 * It knows no page, no language but that of its words below, and asks nothing of any server but this site's.
 */
import { article, button, languageAmong, make } from "./lib/page.js";
import { asked as given, withQuery } from "./lib/address.js";
import { fetchPage } from "./lib/fetched.js";

(() => {
  const root = article?.querySelector(".comparisons:has(a[data-pair])");
  if (!root) return;

  const PATIENCE = 300; // ms that pass before a reader is told to wait
  const WORDS = {
    en: {
      choose: "Set side by side", subject: "Subject", all: "All clauses", clear: "Clear", more: "Choose one more.",
      loading: "Loading …", failed: "The comparison could not be loaded.", again: "Try again",
      shown: (names, count) => `${names}: ${count} ${count === 1 ? "clause" : "clauses"} side by side.`,
      empty: (names) => `${names}: no clause of this subject is recorded.`,
      page: "This comparison has its own page",
      missing: (names) => `${names} are not compared beforehand. Nearest to it:`,
      apart: "Only texts of one series are compared.",
      region: (names) => `Comparison of ${names}`,
      against: (year, other, said) => (other ? `${year}, against ${other}: ${said}` : `${year}: ${said}`),
      unset: (year, other) => `${year} is not compared with ${other} beforehand: no changes are marked.`,
      blank: "Not recorded here",
    },
    ja: {
      choose: "並べて比較", subject: "主題", all: "すべての条項", clear: "選択を解除", more: "もう一つ選んでください。",
      loading: "読み込んでいます…", failed: "比較を読み込めませんでした。", again: "もう一度",
      shown: (names, count) => `${names}：${count} 条項を並べて表示。`,
      empty: (names) => `${names}：この主題の条項は記録されていません。`,
      page: "この比較のページ",
      missing: (names) => `${names} の比較は用意されていません。近いもの：`,
      apart: "比較できるのは同じシリーズの文書だけです。",
      region: (names) => `${names} の比較`,
      against: (year, other, said) => (other ? `${year}（${other}と比較）: ${said}` : `${year}: ${said}`),
      unset: (year, other) => `${year} と ${other} の比較は用意されていません。変更は表示されません。`,
      blank: "記録なし",
    },
  };
  const language = languageAmong(WORDS);
  const words = WORDS[language];
  const listed = (names) => new Intl.ListFormat(language === "en" ? "en-GB" : language).format(names);


  /* What there is, as the page lists it ------------------------------------------------------------------------------- */

  const series = [...root.querySelectorAll(".series")].map((group) => ({
    name: group.querySelector(".whose")?.textContent,
    ids: [...group.querySelectorAll("li[data-document]")].map((item) => item.dataset.document),
  }));
  const order = series.flatMap(({ ids }) => ids);
  const label = new Map([...root.querySelectorAll("li[data-document]")].map((item) => [item.dataset.document, item.querySelector("a").textContent]));
  const title = new Map([...root.querySelectorAll("li[data-document]")].map((item) => [item.dataset.document, item.querySelector(".series-title").textContent]));
  const pairs = new Map([...root.querySelectorAll("a[data-pair]")].map((link) => [link.dataset.pair, link]));
  const threads = new Map([...root.querySelectorAll("a[data-thread]")].map((link) => [link.dataset.thread, link]));
  const names = (ids) => listed(ids.map((id) => label.get(id)));
  const couples = (ids) => ids.slice(1).map((id, at) => [ids[at], id]);
  const isMade = ([older, newer]) => pairs.has(`${older},${newer}`);

  /** The shortest way from one text to a later one by comparisons that are made. */
  const way = (from, to) => {
    const all = series.find(({ ids }) => ids.includes(from)).ids;
    const ways = [[from]];
    for (const path of ways) {
      if (path.at(-1) === to) return path;
      const later = all.slice(all.indexOf(path.at(-1)) + 1, all.indexOf(to) + 1);
      // The furthest first; each text is reached once.
      for (const next of later.reverse()) if (isMade([path.at(-1), next]) && !ways.some((other) => other.includes(next))) ways.push([...path, next]);
    }
    return [];
  };

  /* Comparisons of two, and what is joined of them --------------------------------------------------------------------- */

  const fetched = new Map();
  const pairOf = (older, newer) => {
    const { href } = pairs.get(`${older},${newer}`);
    if (!fetched.has(href)) {
      const read = async () => {
        const page = await fetchPage(href);
        const comparison = page.querySelector(".comparison[data-place]:has(> .comparison-table)")?.cloneNode(true);
        if (!comparison) throw new Error(`no comparison at ${href}`);
        for (const element of comparison.querySelectorAll("[id]")) element.removeAttribute("id"); // rows move between tables
        return parse(comparison);
      };
      const found = read();
      found.catch(() => fetched.delete(href)); // the next try asks again
      fetched.set(href, found);
    }
    return fetched.get(href);
  };

  /** A comparison of two in its parts: heads of columns, sentences of its legend, and rows. */
  const parse = (comparison) => ({
    heads: [...comparison.querySelectorAll("thead th")],
    legend: [...comparison.querySelectorAll(".legend > span")],
    rows: [...comparison.querySelector(".comparison-table").tBodies].map((body) => {
      const cells = [...body.querySelectorAll(":scope > tr > td[data-state]")];
      return {
        name: body.querySelector(".row-name").firstChild.textContent, // behind it stands the row's link
        said: body.querySelector(".said")?.textContent ?? "",
        cells,
        clauses: cells.map((cell) => [...cell.querySelectorAll(".cell-head a")].map(({ dataset }) => dataset.clause)),
        notes: [...body.querySelectorAll(".row-notes .note-body")],
      };
    }),
  });

  const blank = (id) => make(
    "td",
    { "data-state": "not-recorded" },
    make("p", { class: "cell-head" }, make("span", { class: "cell-year" }, label.get(id))),
    make("p", { class: "blank", lang: language }, words.blank),
  );

  /** Cells of one text as one, with all their clauses; those that only say that it has none count if no other does. */
  const merged = (cells) => {
    const some = cells.filter((cell) => cell.querySelector(".cell-head a"));
    const [first, ...others] = some.length ? some : cells;
    if (!others.length || !some.length) return first;
    const one = first.cloneNode(true);
    for (const other of others) {
      const [head, ...rest] = other.cloneNode(true).children;
      for (const link of head.querySelectorAll("a")) one.querySelector(".cell-head").append("; ", link);
      one.append(...rest);
    }
    return one;
  };

  /**
   * Which clauses stand for each other in all of the comparisons: the first of them, by each.  Where a comparison was not
   * made, the clauses of one id do.
   */
  const groups = (comparisons, isComplete) => {
    const first = new Map();
    const rows = comparisons.flatMap((one) => one.rows).map(({ clauses }) => clauses.flat());
    const ids = isComplete ? [] : Object.values(Object.groupBy(new Set(rows.flat()), (clause) => `row-${clause.split("#")[1]}`));
    for (const all of [...rows, ...ids]) {
      const known = new Set(all.map((clause) => first.get(clause) ?? clause));
      const [kept] = known;
      for (const [clause, one] of first) if (known.has(one)) first.set(clause, kept);
      for (const clause of all) first.set(clause, kept);
    }
    return first;
  };

  /**
   * Join the comparisons of the chosen texts: each column takes, at each row, what the comparison with the last earlier
   * text that has the clause says of it.
   */
  const join = (ids, found) => {
    const between = (older, newer) => found.get(`${ids[older]},${ids[newer]}`)?.rows;
    const isComplete = found.size === (ids.length * (ids.length - 1)) / 2;
    const group = groups([...found.values()], isComplete);
    const groupOf = ({ clauses }) => group.get(clauses.flat()[0]);
    const order = [...new Set(between(0, 1).map(groupOf))];
    for (let at = 2; at < ids.length; at += 1) {
      let last = -1;
      for (const from of between(at - 1, at)) {
        if (!from.clauses[1].length) continue;
        if (!order.includes(groupOf(from))) order.splice(last + 1, 0, groupOf(from));
        last = order.indexOf(groupOf(from));
      }
    }
    return order.map((key) => {
      const row = { name: "", cells: [], clauses: [], said: [], notes: new Map() };
      const of = (older, newer) => between(older, newer)?.filter((from) => groupOf(from) === key);
      const take = (at, froms, base) => {
        row.cells[at] = merged(froms.map(({ cells }) => cells[1]));
        row.clauses[at] = froms.flatMap(({ clauses }) => clauses[1]);
        const named = froms.filter(({ clauses }) => clauses[1].length);
        if (named.length) row.name = named.map(({ name }) => name).join("; ");
        // Words that both share are marked on both sides.
        const [before] = froms.map(({ cells }) => cells[0]);
        if (before?.querySelector("mark") && !row.cells[base].querySelector("ins, del, mark")) row.cells[base] = before;
        const said = froms.map((from) => from.said).filter(Boolean).join(" ");
        // That a clause is gone is said once.
        if (said && (row.clauses[at].length || base === at - 1)) {
          row.said.push(words.against(label.get(ids[at]), base === at - 1 ? "" : label.get(ids[base]), said));
        }
      };
      const all = [...found.values()].flatMap(({ rows }) => rows).filter((from) => groupOf(from) === key);
      for (const note of all.flatMap(({ notes }) => notes)) row.notes.set(note.textContent, note);
      const fromFirst = of(0, 1);
      row.cells[0] = fromFirst.length ? merged(fromFirst.map(({ cells }) => cells[0])) : null;
      row.clauses[0] = fromFirst.flatMap(({ clauses }) => clauses[0]);
      row.name = fromFirst.map(({ name }) => name).join("; ");
      for (let at = 1; at < ids.length; at += 1) {
        const base = row.clauses.findLastIndex((clauses) => clauses.length);
        const froms = of(Math.max(base, base < 0 ? at - 1 : 0), at);
        if (froms?.length) take(at, froms, base < 0 ? at - 1 : base);
        else if (froms) [row.cells[at], row.clauses[at]] = [null, []];
        else {
          // That comparison was not made: the clause of the same name is the same clause, but nothing is marked in it.
          const wanted = new Set(row.clauses[base].map((clause) => clause.split("#")[1]));
          const same = between(at - 1, at).filter(({ clauses }) => clauses[1].some((clause) => wanted.has(clause.split("#")[1])));
          row.cells[at] = same.length ? merged(same.map(({ cells }) => cells[1])) : blank(ids[at]);
          row.clauses[at] = same.flatMap(({ clauses }) => clauses[1]);
          if (same.length) row.said.push(words.unset(label.get(ids[at]), label.get(ids[base])));
        }
      }
      // What a text says that has no clause here is said in the comparison with one that has.
      row.cells = row.cells.map((cell, at) => {
        if (cell) return cell;
        const later = row.clauses.findIndex((clauses, number) => number > at && clauses.length);
        return (later > at && of(at, later)?.[0]?.cells[0]) || blank(ids[at]);
      });
      return row;
    });
  };

  /** Where one text has our summary only, those of the others stand beside it. */
  const withSummaries = (row, found) => {
    if (!row.cells.some(({ dataset }) => dataset.state === "summary")) return row.cells;
    const told = [...found.values()].flatMap(({ rows }) => rows).flatMap(({ cells }) => cells);
    return row.cells.map((cell) => {
      if (cell.querySelector(".summary")) return cell;
      const parts = [...cell.querySelectorAll(".cell-head a")].flatMap(({ href }) => {
        const is = (one) => one.querySelectorAll(".cell-head a").length === 1 && one.querySelector(".cell-head a").href === href;
        return [...(told.find((one) => is(one) && one.querySelector(".summary"))?.querySelectorAll(".whose, .summary") ?? [])];
      });
      if (!parts.length) return cell;
      const copy = cell.cloneNode(true);
      const whose = parts.find((part) => part.matches(".whose"));
      copy.append(...[whose, ...parts.filter((part) => part.matches(".summary"))].map((part) => part.cloneNode(true)));
      return copy;
    });
  };

  /** What is said of texts of which too little is held, in the words of the page. */
  const held = (ids, cells) => {
    const isShared = cells.some((cell) => cell.querySelector("mark"));
    return [["in-excerpts", isShared ? "shared" : "quoted"], ["summary", "summary"], ["not-recorded", "notRecorded"], ["no-clause", "noClause"], ["wordless", "wordless"], ["unplaced", "unplaced"]]
      .map(([state, about]) => [root.dataset[about], ids.filter((id, at) => cells[at].dataset.state === state)])
      .filter(([, these]) => these.length)
      .map(([sentence, these]) => sentence.replace("{}", new Intl.ListFormat("en-GB").format(these.map((id) => label.get(id)))));
  };

  const change = (cells) => {
    const full = cells.filter(({ dataset }) => ["in-full", "silent"].includes(dataset.state));
    const isChanged = full.some((cell) => cell.querySelector("ins, del")) || new Set(full.map(({ dataset }) => dataset.state)).size > 1;
    return isChanged ? "changed" : full.length === cells.length ? "same" : "not-compared";
  };

  const print = (ids, found, rows) => {
    const heads = ids.map((id, at) => {
      const [older, newer] = at ? [ids[at - 1], id] : [id, ids[1]];
      const head = found.get(`${older},${newer}`).heads[at ? 1 : 0].cloneNode(true);
      head.querySelector("a").textContent = label.get(id);
      return head;
    });
    const all = rows.flatMap(({ cells }) => cells);
    const isToldOf = { changes: (cell) => cell.querySelector("ins, del"), shared: (cell) => cell.querySelector("mark") };
    const sentences = new Map([...found.values()].flatMap(({ legend }) => legend).map((one) => [one.dataset.of, one]));
    const legend = make("p", { class: "legend" });
    for (const about of ["changes", "in-excerpts", "shared", "summary", "unplaced", "no-clause", "not-recorded"]) {
      const isNeeded = sentences.has(about) && all.some(isToldOf[about] ?? (({ dataset }) => dataset.state === about));
      if (isNeeded) legend.append(sentences.get(about).cloneNode(true), " ");
    }
    const bodies = rows.map((row) => {
      const { name, said, notes } = row;
      const cells = withSummaries(row, found);
      const isRead = ids.length > 2;
      const sentence = [...said.map((one) => (isRead ? one : one.slice(one.indexOf(": ") + 2))), ...held(ids, cells)].join(" ");
      const head = make("th", { scope: "rowgroup", colspan: ids.length }, make("span", { class: "row-name" }, name), " ", make("span", { class: "difference" }, sentence));
      const body = make(
        "tbody",
        { "data-change": change(cells), "data-complete": cells.every(({ dataset }) => !["not-recorded", "no-clause"].includes(dataset.state)) },
        make("tr", { class: "row-head" }, head),
        make("tr", {}, ...cells.map((cell) => cell.cloneNode(true))),
      );
      if (notes.size) {
        const copies = [...notes.values()].map((note) => note.cloneNode(true));
        body.append(make("tr", { class: "row-notes" }, make("td", { colspan: ids.length }, ...copies)));
      }
      return body;
    });
    const table = make("table", { class: "comparison-table" }, make("thead", {}, make("tr", {}, ...heads)), ...bodies);
    const isWide = ids.length > 3;
    const region = isWide ? { role: "region", tabindex: "0", "aria-label": words.region(names(ids)) } : {};
    return make("div", { class: "comparison", ...region }, legend, table);
  };

  /* The form ------------------------------------------------------------------------------------------------------------ */

  const boxes = new Map();
  const form = make("form", { class: "choose", lang: language, "aria-label": words.choose });
  for (const { name, ids } of series) {
    const field = make("fieldset", {}, make("legend", {}, name ? `${words.choose}: ${name}` : words.choose));
    for (const id of ids) {
      const box = make("input", { type: "checkbox", name: "compare", value: id });
      boxes.set(id, box);
      field.append(make("label", { title: title.get(id) }, box, make("span", {}, label.get(id))));
    }
    form.append(field);
  }
  const subject = make("select", { name: "thread" }, make("option", { value: "" }, words.all));
  for (const [id, link] of threads) subject.append(make("option", { value: id }, link.textContent));
  const clear = button(words.clear, {}, () => choose([], ""));
  const tools = make("div", { class: "choose-tools" });
  if (threads.size) tools.append(make("label", {}, words.subject, " ", subject));
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

  /** What can be shown in the place of a choice that cannot. */
  const nearest = (ids) => {
    const steps = couples(ids).flatMap(([older, newer]) => way(older, newer).slice(1));
    const found = [[ids[0], ...steps]];
    if (ids.length === 2) {
      const [older, newer] = ids.map((id) => order.indexOf(id));
      const far = (key) => Math.abs(order.indexOf(key[0]) - older) + Math.abs(order.indexOf(key[1]) - newer);
      const own = series.find((one) => one.ids.includes(ids[0])).ids;
      const all = [...pairs.keys()].map((key) => key.split(",")).filter(([one]) => own.includes(one));
      found.push(...all.sort((one, other) => far(one) - far(other)).slice(0, 2));
    }
    return found;
  };

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
      return finish(ids.length ? words.more : "");
    }
    if (!series.some((one) => ids.every((id) => one.ids.includes(id)))) {
      drop();
      return finish(words.apart);
    }
    const missing = couples(ids).find((couple) => !isMade(couple));
    if (missing) {
      drop();
      return finish(words.missing(names(missing)), ...nearest(ids).map(offer));
    }
    form.setAttribute("aria-busy", "true");
    const slow = setTimeout(() => {
      status.textContent = words.loading;
    }, PATIENCE);
    let found;
    try {
      const needed = ids.flatMap((older, at) => ids.slice(at + 1).map((newer) => [older, newer])).filter(isMade);
      found = new Map(await Promise.all(needed.map(async (key) => [key.join(","), await pairOf(...key)])));
    } catch {
      if (mine !== latest) return;
      drop();
      return finish(words.failed, button(words.again, {}, show));
    } finally {
      clearTimeout(slow);
    }
    if (mine !== latest) return;
    const clauses = new Set(threads.get(thread)?.dataset.clauses.split(" "));
    const isOf = (row) => !thread || row.clauses.flat().some((clause) => clauses.has(clause.split("#")[1]));
    const rows = join(ids, found).filter(isOf);
    drop();
    const more = [];
    const own = pairs.get(ids.join(","));
    if (own?.dataset.kind === "page") more.push(make("a", { href: own.href }, words.page));
    finish(rows.length ? words.shown(names(ids), rows.length) : words.empty(names(ids)), ...more);
    if (!rows.length) return;
    comparison = print(ids, found, rows);
    root.before(comparison);
    comparison.dispatchEvent(new Event("comparison", { bubbles: true })); // compare.js puts its tools above it
    lead(rows);
  };

  /** Lead to the row that the address names. */
  const lead = (rows) => {
    const row = given("row");
    const at = row ? rows.findIndex(({ clauses }) => clauses.flat().some((clause) => clause.split("#")[1] === row)) : -1;
    const head = comparison.querySelectorAll(".row-head > th")[at];
    if (!head) return;
    head.tabIndex = -1;
    head.focus({ preventScroll: true });
    head.scrollIntoView({ block: "center", behavior: "instant" });
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => choose(order.filter((id) => boxes.get(id).checked), subject.value));
  addEventListener("popstate", show);
  show();
})();
