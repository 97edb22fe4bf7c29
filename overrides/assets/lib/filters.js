/*
 * Filters of a list that a page has whole: a reader chooses, and sees the entries of these alone.
 *
 * What is chosen stands in the address.  Where nothing is left, it says so and offers all; and a link to an entry that
 * is filtered away shows all.  Without script all are there.
 */
import { asked, targetOf, withQuery } from "./address.js";
import { button, byId, make } from "./page.js";
import { words } from "./words.js";

export const option = (value, label) => make("option", { value }, label);

/**
 * Put filters before an element: `choices` has the options of each by its name, `fits` says whether an entry is of
 * what is chosen (by the same names), and `also` is told it when all entries are shown or hidden.
 */
export const filter = (place, entries, choices, fits, also) => {
  const fields = Object.entries(choices).map(([name, options]) => [
    name,
    make("select", { "data-filter": name }, option("", words.filters.all), ...options),
  ]);
  const count = make("p", { class: "filter-count", role: "status" });

  const show = () => {
    const chosen = Object.fromEntries(fields.map(([name, field]) => [name, field.value]));
    for (const entry of entries) entry.hidden = !fits(entry, chosen);
    also(chosen);
    const shown = entries.filter((entry) => !entry.hidden).length;
    if (shown === entries.length) count.replaceChildren();
    else count.replaceChildren(shown ? words.filters.shown(shown, entries.length) : words.filters.none, " ", button(words.filters.reset, {}, reset));
  };
  const keep = () => {
    history.replaceState(history.state, "", withQuery(Object.fromEntries(fields.map(([name, field]) => [name, field.value]))));
    show();
  };
  const reset = () => {
    for (const [, field] of fields) field.value = "";
    keep();
    fields[0][1].focus({ preventScroll: true }); // what was pressed is gone
  };
  const read = () => {
    for (const [name, field] of fields) {
      const value = asked(name);
      field.value = choices[name].some((one) => one.value === value) ? value : "";
    }
    show();
  };
  const follow = () => {
    const target = byId(targetOf(location));
    if (!entries.includes(target) || !target.hidden) return;
    for (const [, field] of fields) field.value = "";
    keep();
    target.scrollIntoView();
  };

  for (const [, field] of fields) field.addEventListener("change", keep);
  addEventListener("popstate", read);
  addEventListener("hashchange", follow);
  const labelled = fields.map(([name, field]) => make("label", {}, words.filters[name], " ", field));
  place.before(make("div", { class: "filters" }, ...labelled, count));
  read();
  follow();
};
