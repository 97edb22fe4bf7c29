/*
 * The choice of a colour scheme: the system's, the light one, the dark one.
 *
 * It stands in for Material's own script for the same radio buttons, which on every visit has the styles of the whole
 * page computed three times over, even where nothing is chosen.  A choice holds for the pages that follow, too: they
 * begin with it (partials/javascripts/palette.html).
 */
import { choice } from "./lib/choice.js";
import { make, root } from "./lib/page.js";

const chosen = choice("scheme");

/** Let the radio buttons of a form choose; what is drawn of each is the label behind it, where it is checked. */
export const equip = (form) => {
  const body = form.closest("body");
  const options = [...form.querySelectorAll("input")];
  const system = options.find((option) => option.dataset.mdColorMedia === "(prefers-color-scheme)");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const current = () => options.find((option) => option.checked);
  const frame = make("meta", { name: "theme-color" }); // what the browser draws around the page
  root.querySelector("head").append(frame);

  const label = () => {
    for (const option of options) option.nextElementSibling.hidden = !option.checked;
    requestAnimationFrame(() => setTimeout(() => {
      body.removeAttribute("data-md-color-switching");
      frame.content = getComputedStyle(body).backgroundColor; // which is known by now
    }));
  };
  const apply = () => {
    body.setAttribute("data-md-color-switching", ""); // frame.css: all colours change at once
    body.dataset.mdColorScheme = current() !== system ? current().dataset.mdColorScheme : dark.matches ? "slate" : "default";
    label();
  };

  const named = options.find((option) => option !== system && option.dataset.mdColorScheme === chosen.get());
  (named ?? system ?? options[0]).checked = true;
  label();
  form.addEventListener("change", () => {
    chosen.set(current() === system ? "" : current().dataset.mdColorScheme);
    apply();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const next = options[(options.indexOf(current()) + 1) % options.length];
    next.click();
    next.focus();
  });
  dark.addEventListener("change", () => current() === system && apply());
};
