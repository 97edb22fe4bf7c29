/*
 * The chronology's filters: a reader chooses a thread or a kind, and sees the marks and the entries of these alone.
 *
 * What is chosen stands in the address.  Without script all are there.
 */
import { asked, withQuery } from "./lib/address.js";
import { make } from "./lib/page.js";
import { words } from "./lib/words.js";

const option = (value, label) => make("option", { value }, label);

export const equip = (whole) => {
  const entries = [...whole.querySelectorAll("li[data-of]")];
  const lanes = [...whole.querySelectorAll("tr[data-thread]")];
  const count = make("p", { class: "chronology-count", role: "status" });
  const choices = {
    thread: lanes.filter((lane) => lane.dataset.thread).map((lane) => option(lane.dataset.thread, lane.firstElementChild.textContent)),
    kind: [...whole.querySelectorAll("span[data-kind]")].map((sign) => option(sign.dataset.kind, sign.parentElement.textContent.trim())),
  };
  const fields = Object.entries(choices).map(([name, options]) => [
    name,
    make("select", { "data-filter": name }, option("", words.chronology.all), ...options),
  ]);

  const show = () => {
    const [thread, kind] = fields.map(([, field]) => field.value);
    for (const entry of entries) {
      const { of, kind: own } = entry.dataset;
      entry.hidden = Boolean((thread && !of.split(" ").includes(thread)) || (kind && own !== kind));
    }
    for (const lane of lanes) {
      lane.hidden = Boolean(thread && lane.dataset.thread !== thread);
      for (const mark of lane.querySelectorAll("a[data-kind]")) mark.hidden = Boolean(kind && mark.dataset.kind !== kind);
    }
    const shown = entries.filter((entry) => !entry.hidden).length;
    count.replaceChildren(shown < entries.length ? words.chronology.shown(shown, entries.length) : "");
  };

  const read = () => {
    for (const [name, field] of fields) {
      const value = asked(name);
      field.value = choices[name].some((one) => one.value === value) ? value : "";
    }
    show();
  };

  for (const [, field] of fields)
    field.addEventListener("change", () => {
      history.replaceState(history.state, "", withQuery(Object.fromEntries(fields.map(([name, one]) => [name, one.value]))));
      show();
    });
  addEventListener("popstate", read);
  const labelled = fields.map(([name, field]) => make("label", {}, words.chronology[name], " ", field));
  whole.querySelector(".chronology-key").before(make("div", { class: "chronology-tools" }, ...labelled, count));
  read();
};
